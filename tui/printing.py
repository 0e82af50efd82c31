"""An article as text for a pipe: its entities and annotations marked with plain signs, its notes after it.

[Amazon ORG]          an entity
{CLAIM: ... }[1]      an annotation, with the number of its note
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from store.entities.gold import Shown
from store.kinds import Kind
from store.records import Annotation, Article, Entity
from tui.reading import describe
from tui.reading.cells import shown


def lines(article: Article, annotations: Sequence[Annotation], entities: Iterable[Entity | Shown]) -> Iterator[str]:
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
    text: str,
    annotations: Iterable[Annotation],
    entities: Iterable[Entity | Shown],
    numbers: dict[str, int] | None = None,
) -> str:
    """The text with signs where marks begin and end. Marks that end where others begin are closed first.

    Args:
        text: the article's text.
        annotations: those on the whole article are left out.
        entities: what a pipeline found.
        numbers: the number of each annotation's note.
    """
    spans: list[tuple[int, int, str, str]] = []
    """Start, end and both signs of each mark; of marks on one span the first is the outer one."""
    for annotation in annotations:
        if annotation.start is not None and annotation.end is not None:
            label = _safe(annotation.label or annotation.kind.upper())
            note = (numbers or {}).get(annotation.id)
            spans.append((annotation.start, annotation.end, f"{{{label}: ", "}" + (f"[{note}]" if note else "")))
    spans += [(entity.start, entity.end, "[", f" {_safe(entity.label)}]") for entity in entities]
    signs: list[tuple[int, int, int, int, str]] = []
    for rank, (start, end, opening, closing) in enumerate(spans):
        signs.append((start, 1, -end, rank, opening))
        signs.append((end, 0, -start, -rank, closing))
    pieces = []
    position = 0
    for offset, *_, sign in sorted(signs):
        pieces.append(_safe(text[position:offset]))
        pieces.append(sign)
        position = offset
    pieces.append(_safe(text[position:]))
    return "".join(pieces)


def _safe(text: str) -> str:
    """What may be a terminal after all gets no control codes from a text."""
    return "\n".join(shown(line) for line in text.split("\n"))
