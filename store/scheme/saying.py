"""What an annotation says in its attributes, checked against the scheme in the transaction that writes it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson
from sqlmodel import Session, select

from store import models
from store.errors import AnnotationError
from store.scheme.door import definition
from store.scheme.parts import Type
from store.scheme.values import Value, problem


def said(session: Session, row: models.Annotation, values: Mapping[str, Value | None]) -> str:
    """The column `attributes` of an annotation that says `values` too; what is None in them is taken back.

    What the annotation says and the scheme does not know stays; it can be taken back.

    Raises:
        AnnotationError: the scheme has no such attribute for the annotation's label, or a value does not fit.
    """
    attributes: dict[str, Any] = orjson.loads(row.attributes or "{}")
    scheme = definition(session) if values else None
    for name, value in values.items():
        if value is None:
            attributes.pop(name, None)
            continue
        assert scheme is not None
        attribute = scheme.attribute(name)
        if attribute is None or not attribute.applies_to(row.label):
            raise AnnotationError(f"The scheme of this library has no attribute {name} for {row.label or row.kind}.")
        wrong = problem(attribute, value)
        if wrong is None and attribute.type is Type.SPAN:
            wrong = _not_there(session, row.article_id, value)
        if wrong is not None:
            raise AnnotationError(f"{name} was not set: {wrong}.")
        attributes[name] = _storable(value)
    return orjson.dumps(attributes).decode()


def _not_there(session: Session, article_id: str, value: Any) -> str | None:
    text = session.exec(select(models.Article.text).where(models.Article.id == article_id)).one()
    found = text[value["start"] : value["end"]] == value["quote"]
    return None if found else "its words are not what stands there in the article"


def _storable(value: Any) -> Any:
    """The value with what a terminal may send and no text has replaced: half a surrogate pair, and NUL."""
    if isinstance(value, str):
        return value.replace("\0", "\ufffd").encode("utf-8", "replace").decode()
    return value
