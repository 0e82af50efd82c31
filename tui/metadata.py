"""What the form of metadata shows, looked up in the library in one go by a thread."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from store.metadata.fields import Field
from store.metadata.telling import told_of
from tui.reading.metadata_form import FIELDS, Row, Shown

if TYPE_CHECKING:
    from store.library import Library


def look(library: Library, article_ids: Sequence[str]) -> Shown:
    """What is known of one article, or what several have in common.

    Raises:
        MetadataError: one of them is not in the library any more.
    """
    if len(article_ids) != 1:
        rows = {name: _common(values) for name, values in library.metadata.values(article_ids).items()}
        return Shown(f"Metadata of {len(article_ids):,} articles", rows)
    told = library.metadata.of(article_ids[0])
    rows = {}
    for name in FIELDS:
        correction = told.corrections.get(name)
        rows[name] = Row(
            told.value(name),
            corrected="" if correction is None else correction.annotator,
            given=told.given(name),
            why=told.spoken.why if name is Field.LANGUAGE else "",
        )
    return Shown(f"Metadata of “{told.article.title}”", rows, told_of(told))


def _common(values: Sequence[str | None]) -> Row:
    return Row(values[0]) if len(values) == 1 else Row(None, differ=True)
