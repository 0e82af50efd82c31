"""W3C Web Annotations and Hypothesis's exports, read: annotations of articles that the library has already.

An annotation is about the article with its address (or the hash that postil's own name); it stands where its quote
does, since the text of a web page is seldom the text of an article to the sign.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from store.exchange.carrying import restore, restore_link
from store.exchange.documents import values
from store.exchange.incoming import Bad, BadRecordError, Incoming, Link, Mark, Record, time_or_none, uuid_or_none

_LABEL = re.compile(r"[A-Z][A-Z0-9_]*\Z")
"""A tag that is a label; any other is kept as a `#tag` in the note, where search finds it."""

_HASH = "urn:sha256:"


def read(path: Path) -> Iterator[Incoming]:
    """A record for the annotations of one article that follow each other."""
    waiting: Record | None = None
    for place, item in _items(path):
        if isinstance(item, Bad):
            yield item
            continue
        try:
            record = _relation(place, item) or _annotation(place, item)
        except BadRecordError as error:
            yield Bad(place, str(error))
            continue
        if waiting is not None and (record.article_id, record.url) == (waiting.article_id, waiting.url):
            waiting.marks += record.marks
            waiting.links += record.links
            continue
        if waiting is not None:
            yield waiting
        waiting = record
    if waiting is not None:
        yield waiting


def _items(path: Path) -> Iterator[tuple[str, Any]]:
    """Every annotation of a file, whatever it is wrapped in, with its place."""
    for value in values(path):
        if isinstance(value, Bad):
            yield value.place, value
            continue
        place, document = value
        wrapped = _wrapped(document)
        if wrapped is None:
            yield place, document
            continue
        for number, item in enumerate(wrapped, 1):
            yield f"{place}, annotation {number}".removeprefix(", "), item


def _wrapped(document: Any) -> list[Any] | None:
    if not isinstance(document, dict):
        return None
    first = document.get("first")
    page = first if isinstance(first, dict) else document
    found = (page.get(name) for name in ("items", "rows", "annotations"))
    return next((items for items in found if isinstance(items, list)), None)


def _annotation(place: str, item: Any) -> Record:
    if not isinstance(item, dict):
        raise BadRecordError("it is not a JSON object")
    target = _first(item.get("target"))
    source = target.get("source") if isinstance(target, dict) else target
    if isinstance(source, dict):
        source = source.get("id")
    said = item.get("postil:article") or source or item.get("uri")
    if isinstance(said, dict):
        said = said.get("id") or said.get("@id")
    if not isinstance(said, str):
        raise BadRecordError("it does not say what it is about")
    hashed = said.removeprefix(_HASH) if said.startswith(_HASH) else None
    mark = Mark(None, place=place, anywhere=True)
    if isinstance(target, dict):
        _select(mark, target.get("selector"))
    _say(mark, item)
    mark.annotator = _creator(item)
    mark.created, mark.updated = (
        time_or_none(item.get("created")),
        time_or_none(item.get("modified") or item.get("updated")),
    )
    mark.id = uuid_or_none(item.get("id"))
    carried = item.get("postil:carried")
    if isinstance(carried, dict):
        mark.note = ""
        mark.label = carried["label"] if isinstance(carried.get("label"), str) else None
        restore(mark, carried)
    return Record(place, text=None, article_id=hashed, url=None if hashed else said, marks=[mark])


def _relation(place: str, item: Any) -> Record | None:
    """A record of a relation, if the item is one: it links two annotations that have UUIDs."""
    if not isinstance(item, dict) or item.get("motivation") != "linking":
        return None
    source = uuid_or_none(item.get("target"))
    bodies = _list(item.get("body"))
    ends = [uuid_or_none(body.get("source")) if isinstance(body, dict) else uuid_or_none(body) for body in bodies]
    target = next(filter(None, ends), None)
    if source is None or target is None:
        return None
    labels = [body["value"] for body in bodies if _is_text(body) and body.get("purpose") == "tagging"]
    link = Link(labels[0] if labels else "linked", source, target, annotator=_creator(item))
    link.created, link.updated = time_or_none(item.get("created")), time_or_none(item.get("modified"))
    link.id = uuid_or_none(item.get("id"))
    return Record(place, text=None, links=[restore_link(link, item.get("postil:carried"))])


def _select(mark: Mark, selectors: Any) -> None:
    """Put what the selectors say of the place into the mark; those of other kinds are for other readers."""
    for selector in _list(selectors):
        if not isinstance(selector, dict):
            continue
        kind = selector.get("type")
        if kind == "TextQuoteSelector" and isinstance(selector.get("exact"), str):
            mark.quote = selector["exact"]
            mark.prefix, mark.suffix = (str(selector.get(name) or "") for name in ("prefix", "suffix"))
        elif kind == "TextPositionSelector":
            start, end = selector.get("start"), selector.get("end")
            if isinstance(start, int) and isinstance(end, int):
                mark.start, mark.end = start, end


def _say(mark: Mark, item: Mapping[str, Any]) -> None:
    """Put what the bodies, or Hypothesis's text and tags, say into the mark: its label, and its note."""
    bodies = _list(item.get("body"))
    texts = [body for body in bodies if isinstance(body, str)]
    texts += [body["value"] for body in bodies if _is_text(body) and body.get("purpose") != "tagging"]
    texts += [item[name] for name in ("bodyValue", "text") if isinstance(item.get(name), str)]
    tags = [body["value"] for body in bodies if _is_text(body) and body.get("purpose") == "tagging"]
    tags += [tag for tag in _list(item.get("tags")) if isinstance(tag, str)]
    labels = [tag for tag in tags if _LABEL.match(tag)]
    mark.label = labels[0] if labels else None
    hashed = " ".join("#" + "-".join(tag.split()) for tag in tags if tag != mark.label and tag.strip())
    mark.note = "\n\n".join(text for text in [*texts, hashed] if text.strip())


def _is_text(body: Any) -> bool:
    return isinstance(body, dict) and isinstance(body.get("value"), str)


def _creator(item: Mapping[str, Any]) -> str | None:
    """Who made it; Hypothesis says `acct:ada@hypothes.is`."""
    said = _first(item.get("creator")) or item.get("user")
    if isinstance(said, dict):
        said = said.get("name") or said.get("nickname") or said.get("id")
    return said.removeprefix("acct:") if isinstance(said, str) and said else None


def _list(value: Any) -> list[Any]:
    """JSON-LD writes one value as itself, and several as an array."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _first(value: Any) -> Any:
    return next(iter(_list(value)), None)
