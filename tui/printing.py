"""An article as text for a pipe: its entities and annotations marked with plain signs, its notes after it.

[Amazon ORG]          an entity
{CLAIM: ... }[1]      an annotation, with the number of its note
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from store.records import Annotation, Article, Entity, Kind
from tui.reading import describe
from tui.reading.cells import shown


def lines(article: Article, annotations: Sequence[Annotation], entities: Iterable[Entity]) -> Iterator[str]:
    """The article's lines, its title first, and its notes last."""
    claims = sum(annotation.kind is Kind.CLAIM for annotation in annotations)
    noted = [annotation for annotation in annotations if annotation.note]
    about = describe.article(article, describe.minutes(article.text))
    if not article.text.lstrip().startswith(article.title):  # plain text has its title in it
        yield _safe(article.title)
    yield _safe(" · ".join([*about, describe.counts(claims, len(noted))]))
    yield ""
    numbers = {annotation.id: number for number, annotation in enumerate(noted, 1)}
    yield from marked(article.text, annotations, entities, numbers).rstrip("\n").split("\n")
    if noted:
        yield ""
        yield "Notes"
    for annotation in noted:
        where = " on the article" if annotation.whole_article else ""
        yield _safe(f"[{numbers[annotation.id]}] {annotation.annotator}{where}: {annotation.note}")


def marked(
    text: str, annotations: Iterable[Annotation], entities: Iterable[Entity], numbers: dict[str, int] | None = None
) -> str:
    """The text with signs where marks begin and end. Marks that end where others begin are closed first.

    Args:
        text: the article's text.
        annotations: those on the whole article are left out.
        entities: what a pipeline found.
        numbers: the number of each annotation's note.
    """
    opened: list[tuple[int, int, int, str]] = []
    closed: list[tuple[int, int, int, str]] = []
    for entity in entities:
        opened.append((entity.start, 1, -entity.end, "["))
        closed.append((entity.end, 0, -entity.start, f" {entity.label}]"))
    for annotation in annotations:
        if annotation.start is None or annotation.end is None:
            continue
        label = annotation.label or annotation.kind.upper()
        note = (numbers or {}).get(annotation.id)
        opened.append((annotation.start, 1, -annotation.end, f"{{{label}: "))
        closed.append((annotation.end, 0, -annotation.start, "}" + (f"[{note}]" if note else "")))
    pieces = []
    position = 0
    for offset, _, _, sign in sorted(opened + closed):
        pieces.append(_safe(text[position:offset]))
        pieces.append(sign)
        position = offset
    pieces.append(_safe(text[position:]))
    return "".join(pieces)


def _safe(text: str) -> str:
    """What may be a terminal after all gets no control codes from a text."""
    return "\n".join(shown(line) for line in text.split("\n"))
