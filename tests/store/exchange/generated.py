"""Libraries that hypothesis fills: articles of any signs, with annotations of two people in every state."""

from __future__ import annotations

from pathlib import Path

from hypothesis import strategies as st

from store.library import Library
from store.records import Annotation, Article, Entity, Found
from tests.conftest import article
from tests.store.helpers import execute
from tests.store.strategies import articles, spans

notes = st.text(st.characters(codec="utf-8"), min_size=1, max_size=30).filter(str.strip)

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


def set_attributes(data: st.DataObject, path: Path) -> None:
    """Give what was made attributes: no screen writes them yet."""
    import orjson

    said = orjson.dumps(data.draw(attributes)).decode().replace("'", "''")
    execute(path, f"UPDATE annotation SET attributes = '{said}'; UPDATE relation SET attributes = '{said}'")
