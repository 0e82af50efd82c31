"""A law: what is shared and opened as somebody else's is, row for row, what was in the library."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store.library import Library
from store.records import Article
from store.sharing.foreign import open_foreign
from store.sharing.snapshot import Choice, share
from tests.conftest import article
from tests.store.helpers import copied, found, query
from tests.store.strategies import anything, articles, spans

notes = st.text(anything, min_size=1, max_size=30).filter(lambda text: bool(text.strip()))


@st.composite
def acts(draw: st.DrawFn, text: str) -> list[Any]:
    """What somebody does on an article: spans to tag or to write on, some of it withdrawn."""
    act = st.tuples(st.none() | spans(text), st.none() | notes, st.booleans())
    return draw(st.lists(act, max_size=6))


@st.composite
def work(draw: st.DrawFn) -> list[tuple[str, list[Any]]]:
    """Texts with what was done on each."""
    texts = draw(st.lists(articles, min_size=1, max_size=3, unique=True))
    return [(text, draw(acts(text))) for text in texts]


def fill(library: Library, work: list[tuple[str, list[Any]]]) -> None:
    ends = []
    for number, (text, done) in enumerate(work):
        read = article(text, f"{number}.txt")
        library.articles.add([read])
        library.articles.leave(read.id, caret=0, furthest=len(text), top=0)
        library.predictions.keep(read.id, "pipe 1", [found(text, (text[:1], "ORG"))])
        for span, note, withdrawn in done:
            ends.append(_act(library, read, span, note))
            if withdrawn:
                library.annotations.withdraw(ends.pop())
    for source, target in pairwise(ends):
        library.relations.relate(source, target, "supports")


def _act(library: Library, read: Article, span: tuple[int, int] | None, note: str | None) -> str:
    """Tag the span, or write a note where there is none, or something to say, or it is tagged already."""
    tagged = {(one.start, one.end) for one in library.annotations.of(read.id) if one.label}
    if span is None or note is not None or span in tagged:
        return library.annotations.note(read, span, note or "once more").id
    return library.annotations.tag(read, *span).id


def rows(path: Path, table: str, columns: list[str]) -> list[str]:
    names = ", ".join(f'"{name}"' for name in columns)
    return sorted(repr(row) for row in query(path, f"SELECT {names} FROM {table}"))


@given(work())
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_it_is_what_was_in_the_library(blank_library: Path, work: list[tuple[str, list[Any]]]) -> None:
    with copied(blank_library) as library:
        fill(library, work)
        target = library.path.with_name("gift.db")
        share(library.path, target, Choice(positions=True, journal=True, predictions=True))
        with open_foreign(target) as opened:
            read = {
                "article": list(opened.articles()),
                "annotation": list(opened.annotations()),
                "relation": list(opened.relations()),
                "annotator": list(opened.annotators()),
                "label": list(opened.labels()),
                "scheme_attribute": list(opened.scheme_attributes()),
                "scheme_relation": list(opened.scheme_relations()),
                "reading_state": list(opened.reading_states()),
                "prediction": list(opened.predictions()),
            }
            assert opened.skipped == []
        for table, made in read.items():
            columns = [
                name for name in (made[0] if made else {"rowid": 0}) if name not in ("path", "here")
            ]  # which stay at home
            assert sorted(repr(tuple(row[name] for name in columns)) for row in made) == rows(
                library.path, table, columns
            )
