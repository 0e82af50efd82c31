"""A Markdown file an article: what was quoted, with its notes, as Obsidian and other note books read it.

The three templates can be the reader's own: a TOML file with `article`, `annotation` and `note`, each a text with
`$name` where a value goes.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from string import Template

import orjson

from store.errors import ExportError
from store.exchange import Job
from store.exchange.passages import Passage, Unit, passages
from store.exchange.sheets import Sheet
from store.records import Annotation

TEMPLATES = {
    "article": "---\n$front_matter\n---\n\n# $title\n$notes$annotations",
    "annotation": "\n> [!quote] $label · $annotator\n$quoted\n$remark$relations\n^$block\n",
    "note": "\n$note\n\n— $annotator\n",
}
"""What is used where the reader's file says nothing."""

_IN_ARTICLE = "title author source url published id front_matter notes annotations"
_IN_ANNOTATION = "id block label kind quote quoted note remark relations annotator created updated start end attributes"
VALUES = {
    "article": frozenset(_IN_ARTICLE.split()),
    "annotation": frozenset(_IN_ANNOTATION.split()),
    "note": frozenset(_IN_ANNOTATION.split()),
}
"""What each template can name."""

_NO_NAME = re.compile(r"[\\/:*?\"<>|#^\[\]\x00-\x1f\x7f]+")
_NO_LINK = re.compile(r"[\[\]|^\x00-\x1f\x7f]+")
_LONGEST_LINK = 80
"""Code points of a link's words."""

_LONGEST_NAME = 80
"""Code points of a title in a file's name."""


def write(sheets: Iterable[Sheet], job: Job, folder: Path) -> None:
    """Write a file for each article; one without annotations has only its head.

    Raises:
        ExportError: the templates cannot be used.
    """
    templates = _templates(job.template)
    for passage in passages(sheets, Unit.ARTICLE, job.losses):
        links = _links(passage) if "relations" in templates["annotation"].get_identifiers() else {}
        spans = {span.id for span in passage.spans}
        job.losses.add_each("relations", [one for one in passage.relations if not links or one.source_id not in spans])
        job.losses.add_each("names", passage.entities)
        (folder / _file_name(passage)).write_text(_article(passage, templates, links), "utf-8", newline="\n")


def _templates(path: Path | None) -> dict[str, Template]:
    said: Mapping[str, object] = {}
    if path is not None:
        try:
            said = tomllib.loads(path.read_text("utf-8"))
        except OSError as error:
            raise ExportError(f"The templates in {path} cannot be read ({error.strerror}).") from error
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise ExportError(f"The templates in {path} are not TOML: {error}.") from error
    for name, text in said.items():
        if name not in TEMPLATES or not isinstance(text, str):
            raise ExportError(f"{path} has {name}, which is no template: there are {', '.join(TEMPLATES)}, all texts.")
    templates = {name: Template(str(said.get(name, text))) for name, text in TEMPLATES.items()}
    for name, template in templates.items():
        if not template.is_valid():
            raise ExportError(f"The template {name} in {path} has a $ that names nothing: write $$ for the sign.")
        unknown = sorted(set(template.get_identifiers()) - VALUES[name])
        if unknown:
            raise ExportError(
                f"The template {name} in {path} names ${unknown[0]}: it can name {', '.join(sorted(VALUES[name]))}."
            )
    return templates


def _links(passage: Passage) -> dict[str, str]:
    """The relations that lead from each annotation, each a line of a list: a link to the other end, and the note."""
    spans = {span.id: span for span in passage.spans}
    links: dict[str, str] = {}
    for relation in passage.relations:
        target = spans.get(relation.target_id)
        words = "the article"
        if target is not None:
            quote = " ".join(_NO_LINK.sub(" ", target.quote).split())
            words = f"[[#^{_block(target)}|{quote[:_LONGEST_LINK] or target.kind}]]"
        line = f"- {' '.join(relation.label.split())} {words} · {' '.join(relation.annotator.split())}"
        note = "".join(f"\n  {part}".rstrip() if part else "\n" for part in relation.note.split("\n"))
        links[relation.source_id] = links.get(relation.source_id, "\n") + line + (note if relation.note else "") + "\n"
    return links


def _article(passage: Passage, templates: Mapping[str, Template], links: Mapping[str, str]) -> str:
    meta = passage.meta
    front = {**meta, "postil": passage.article.id}
    known = {name: " ".join(meta.get(name, "").split()) for name in ("title", "author", "source", "url", "published")}
    return templates["article"].substitute(
        known,
        id=passage.article.id,
        # A JSON text is a YAML text too, whatever is in it.
        front_matter="\n".join(f"{name}: {orjson.dumps(value).decode()}" for name, value in front.items()),
        notes="".join(templates["note"].substitute(_values(note, links)) for note in passage.notes),
        annotations="".join(templates["annotation"].substitute(_values(span, links)) for span in passage.spans),
    )


def _block(annotation: Annotation) -> str:
    """What a link leads to an annotation by."""
    return f"postil-{annotation.id[-12:]}"


def _values(annotation: Annotation, links: Mapping[str, str]) -> dict[str, object]:
    quote = " … ".join(_pieces(annotation))
    return {
        "id": annotation.id,
        "block": _block(annotation),
        "label": " ".join((annotation.label or annotation.kind).split()),
        "kind": annotation.kind,
        "quote": quote,
        "quoted": "\n".join(f"> {line}".rstrip() for line in quote.split("\n")),
        "note": annotation.note,
        "remark": f"\n{annotation.note}\n" if annotation.note else "",
        "relations": links.get(annotation.id, ""),
        "annotator": " ".join(annotation.annotator.split()),
        "created": annotation.created,
        "updated": annotation.updated,
        "start": "" if annotation.start is None else annotation.start,
        "end": "" if annotation.end is None else annotation.end,
        "attributes": orjson.dumps(annotation.attributes).decode() if annotation.attributes else "",
    }


def _pieces(annotation: Annotation) -> list[str]:
    begin = annotation.start or 0
    pieces = [annotation.quote[start - begin : end - begin] for start, end in annotation.pieces]
    return pieces or [annotation.quote]


def _file_name(passage: Passage) -> str:
    """The title without the signs that a file's name or a link to it cannot have, and the beginning of the id."""
    title = " ".join(_NO_NAME.sub(" ", passage.article.title).split())[:_LONGEST_NAME].strip(" .")
    while len(title.encode()) > 200:  # a file system counts bytes
        title = title[:-1]
    return f"{title} {passage.article.id[:8]}.md".lstrip()
