"""Libraries that hypothesis fills: articles of any signs, with annotations of two people in every state."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from store.entities.gold import Decision
from store.errors import AnnotationError
from store.library import Library
from store.metadata.fields import Field
from store.records import Annotation, Article, Entity, Found
from tests.conftest import article
from tests.store.helpers import execute
from tests.store.strategies import articles, spans

notes = st.text(st.characters(codec="utf-8"), min_size=1, max_size=30).filter(str.strip)

lines = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp"]), max_size=20).map(
    lambda text: text if text.strip() else "x"
)
"""Texts of one line."""

attributes = st.dictionaries(
    st.sampled_from(["verdict", "claim_type", "priority", "claimant", "日付"]),
    st.none() | st.booleans() | st.integers(-5, 5) | notes | st.lists(notes, max_size=2),
    max_size=2,
)


@st.composite
def pieces(draw: st.DrawFn, text: str) -> tuple[tuple[int, int], ...]:
    """The pieces of a discontinuous span; none if the text is too short for them."""
    borders = sorted(draw(st.lists(st.integers(0, len(text)), min_size=4, max_size=6, unique=True)))
    return tuple(zip(borders[::2], borders[1::2], strict=False))


def fill(data: st.DataObject, path: Path, library: Library) -> list[Article]:
    """Put some articles into ada's library, with what she and bob say of them."""
    here = [article(text) for text in data.draw(st.lists(articles, min_size=1, max_size=3, unique=True))]
    library.articles.add(here)
    made: list[Annotation] = []
    with Library(path, annotator='bob, Jr. "x"') as bobs:
        for one in here:
            for owner in (library, bobs):
                made += _annotate(data, owner, one)
            if data.draw(st.booleans()):
                _predict(data, library, one)
        ends = st.sampled_from(made) if made else st.nothing()
        for owner in (library, bobs) if len(made) > 1 else ():
            source, target = data.draw(st.tuples(ends, ends))
            if source.id != target.id:
                owner.relations.relate(source.id, target.id, "supports", note=data.draw(st.just("") | notes))
        for mark in made:
            if data.draw(st.integers(0, 4)) == 0:
                (library if mark.annotator == "ada" else bobs).annotations.withdraw(mark.id)
    return here


def correct(data: st.DataObject, path: Path, library: Library, here: list[Article]) -> None:
    """Let ada and bob correct what is said of the articles, and take some of it back."""
    with Library(path, annotator='bob, Jr. "x"') as bobs:
        for owner in (library, bobs):
            for one in data.draw(st.lists(st.sampled_from(here), max_size=3)):
                said = data.draw(st.dictionaries(st.sampled_from([Field.TITLE, Field.AUTHOR, Field.PUBLISHED]), lines))
                if data.draw(st.booleans()):
                    said |= {Field.LANGUAGE: "de", Field.SOURCE: "", Field.URL: "https://example.org/日"}
                back = data.draw(st.sets(st.sampled_from([*Field]), max_size=2))
                owner.metadata.correct([one.id], said, back - said.keys())


def _annotate(data: st.DataObject, owner: Library, one: Article) -> list[Annotation]:
    made = []
    for start, end in data.draw(st.lists(spans(one.text), max_size=3, unique=True)):
        tagged = owner.annotations.tag(one, start, end, data.draw(st.sampled_from(["CLAIM", "SOURCE"])))
        made.append(owner.annotations.edit_note(tagged.id, data.draw(notes)) if data.draw(st.booleans()) else tagged)
    if len(one.text) > 8 and data.draw(st.booleans()):
        apart = data.draw(pieces(one.text))
        made.append(owner.annotations.tag(one, apart[0][0], apart[-1][1], "CUE", pieces=apart))
    if data.draw(st.booleans()):
        made.append(owner.annotations.note(one, data.draw(st.none() | spans(one.text)), data.draw(notes)))
    return made


def _predict(data: st.DataObject, library: Library, one: Article) -> None:
    named = sorted(set(data.draw(st.lists(spans(one.text), max_size=3))))
    found = [Entity(start, end, "ORG") for start, end in named]
    library.predictions.keep(one.id, "p 1", [Found(0, len(one.text), found)])


def decide(data: st.DataObject, path: Path, library: Library, here: list[Article]) -> None:
    """Let ada and bob decide on names: on what was predicted, on each other's places and on any others."""
    with Library(path, annotator='bob, Jr. "x"') as bobs:
        for one in here:
            said = [name for stretch in library.predictions.of(one.id, "p 1") for name in stretch.entities]
            for owner in (library, bobs):
                for name in data.draw(st.lists(st.sampled_from(said), max_size=2)) if said else ():
                    what = data.draw(st.sampled_from([*Decision]))
                    span = data.draw(spans(one.text)) if what is Decision.BORDER else (name.start, name.end)
                    _decide(owner, one, what, span, data.draw(_LABELS), predicted=name, pipeline="p 1")
                for span in data.draw(st.lists(spans(one.text), max_size=2)):
                    _decide(owner, one, Decision.ADD, span, data.draw(_LABELS))
                for decision in library.decisions.of(one.id):
                    if decision.annotator == owner.annotator and data.draw(st.integers(0, 4)) == 0:
                        owner.annotations.withdraw(decision.id)


_LABELS = st.sampled_from(["ORG", "PERSON"])


def _decide(owner: Library, *said: Any, **about: Any) -> None:
    with suppress(AnnotationError):  # it is decided so already, or is no name's place
        owner.decisions.decide(*said, **about)


def set_attributes(data: st.DataObject, path: Path) -> None:
    """Give what was made attributes: no screen writes them yet."""
    import orjson

    said = orjson.dumps(data.draw(attributes)).decode().replace("'", "''")
    theirs = f"UPDATE annotation SET attributes = '{said}' WHERE kind <> 'entity'"
    execute(path, f"{theirs}; UPDATE relation SET attributes = '{said}'")
