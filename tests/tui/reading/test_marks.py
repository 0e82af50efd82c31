"""Marks: a row finds its own, whatever else is marked, and shows all that hold for each sign of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from store.records import Entity, Found
from store.text.stretches import LONGEST
from tui.reading.marks import ANNOTATIONS, Layer, Mark, Marks, Run, runs
from tui.reading.page import Page, Span

LONG = "Every sentence of this text is as long as the next one. " * 500
assert len(LONG) > 3 * LONGEST

STYLES = {Layer.SENTENCE: "sentence", Layer.NOTE: "note", Layer.CLAIM: "claim", Layer.ENTITY: "person"}


@cache
def long_page() -> Page:
    return Page(LONG)


def claim(start: int, end: int, letter: str = "C", key: str = "") -> Mark:
    return Mark(start, end, Layer.CLAIM, "claim", key or f"{letter}{start}-{end}", letter)


def found(page: Page, index: int, *spans: Span, label: str = "PERSON") -> Found:
    return Found(*page.bounds(index), [Entity(start, end, label) for start, end in spans])


# Marks by stretch


def test_a_mark_is_found_by_every_row_that_shares_a_sign_with_it() -> None:
    marks = Marks(Page("One two three."))
    two = claim(4, 7)
    marks.add([two])
    assert marks.within(0, 4) == []
    assert marks.within(0, 5) == [two]
    assert marks.within(6, 14) == [two]
    assert marks.within(7, 14) == []


def test_a_mark_with_a_known_key_takes_the_place_of_the_old_one() -> None:
    marks = Marks(Page("One two three."))
    marks.add([claim(0, 3, key="one")])
    marks.add([claim(4, 7, key="one")])
    assert marks.within(0, 14) == [claim(4, 7, key="one")]


def test_a_mark_is_taken_away_by_its_key_and_no_other_with_it() -> None:
    marks = Marks(Page("One two three."))
    marks.add([claim(4, 7, key="one"), claim(4, 7, key="two")])
    marks.remove("one")
    marks.remove("never heard of")
    assert marks.within(0, 14) == [claim(4, 7, key="two")]


def test_marks_without_a_key_stand_beside_each_other() -> None:
    marks = Marks(Page("One two three."))
    marks.add([Mark(0, 3, Layer.NOTE, "note"), Mark(0, 3, Layer.NOTE, "note")])
    assert len(marks.within(0, 3)) == 2


def test_the_innermost_mark_at_an_offset_comes_first() -> None:
    marks = Marks(Page("One two three."))
    sentence, word = claim(0, 14), claim(4, 7)
    marks.add([sentence, word])
    assert marks.at(5) == [word, sentence]
    assert marks.at(8) == [sentence]


def test_an_entity_is_a_mark_in_the_style_of_its_type() -> None:
    page = Page("Ada met Bob at the Louvre.")
    marks = Marks(page)
    marks.put_entities(Found(0, len(page.text), [Entity(0, 3, "PERSON"), Entity(19, 25, "FAC"), Entity(25, 26, "NEW")]))
    assert [(mark.style, mark.label, mark.letter) for mark in marks.within(0, len(page.text))] == [
        ("person", "PERSON", ""),
        ("place", "FAC", ""),
        ("thing", "NEW", ""),
    ]


def test_the_entities_of_a_stretch_take_the_place_of_those_it_had() -> None:
    page = long_page()
    marks = Marks(page)
    marks.put_entities(found(page, 0, (0, 5), (6, 14)))
    marks.put_entities(found(page, 1, (LONGEST, LONGEST + 3)))
    marks.put_entities(found(page, 0, (6, 14)))
    assert [(mark.start, mark.end) for mark in marks.within(0, 100)] == [(6, 14)]
    assert len(marks.within(*page.bounds(1))) == 1


def test_a_mark_over_several_stretches_is_found_in_each_and_leaves_them_all() -> None:
    page = long_page()
    marks = Marks(page)
    long = claim(100, page.bounds(2)[0] + 1)
    marks.add([long])
    assert [marks.within(*span) for span in page.spans()][:4] == [[long], [long], [long], []]
    marks.remove(long.id)
    assert all(marks.within(*span) == [] for span in page.spans())


def test_a_mark_that_ends_where_a_stretch_does_is_not_in_the_next() -> None:
    page = long_page()
    marks = Marks(page)
    start = page.bounds(1)[0]
    marks.add([claim(start - 10, start)])
    assert [len(marks.within(*span)) for span in page.spans()][:2] == [1, 0]


# Epochs


def epochs(marks: Marks, page: Page) -> list[int]:
    return [marks.epoch(start) for start, _ in page.spans()]


def changed(before: list[int], after: list[int]) -> list[int]:
    return [index for index, (old, new) in enumerate(zip(before, after, strict=True)) if old != new]


def test_a_change_is_seen_in_the_stretches_it_touches_and_in_no_other() -> None:
    page = long_page()
    marks = Marks(page)
    border = page.bounds(2)[0]
    steps: list[tuple[Callable[[], None], list[int]]] = [
        (lambda: marks.add([claim(10, 20, key="one")]), [0]),
        (lambda: marks.add([claim(border - 1, border + 1, key="two")]), [1, 2]),
        (lambda: marks.put_entities(found(page, 1)), [1]),
        (lambda: marks.add([claim(border, border + 5, key="one")]), [0, 2]),
        (lambda: marks.remove("two"), [1, 2]),
        (lambda: marks.remove("two"), []),
    ]
    for step, touched in steps:
        before = epochs(marks, page)
        step()
        assert changed(before, epochs(marks, page)) == touched


def test_an_epoch_is_the_same_for_every_offset_of_a_stretch() -> None:
    page = long_page()
    marks = Marks(page)
    start, end = page.bounds(1)
    marks.add([claim(start + 5, start + 6)])
    assert marks.epoch(start) == marks.epoch(end - 1) != marks.epoch(start - 1)


# Laws over several stretches


offsets = st.integers(0, len(LONG) - 1)
lengths = st.integers(1, 60) | st.integers(1, 2 * LONGEST)
layers = st.sampled_from([Layer.NOTE, Layer.CLAIM])


@st.composite
def a_mark(draw: st.DrawFn) -> Mark:
    start = draw(offsets)
    layer = draw(layers)
    key = draw(st.sampled_from(["", *"abcdefgh"]))
    return Mark(start, min(len(LONG), start + draw(lengths)), layer, STYLES[layer], key, "C")


@st.composite
def some_entities(draw: st.DrawFn) -> Found:
    page = long_page()
    index = draw(st.integers(0, len(page) - 1))
    start, end = page.bounds(index)
    cuts = sorted(draw(st.sets(st.integers(start, end), max_size=12)))
    return found(page, index, *zip(cuts[::2], cuts[1::2], strict=False))


acts = st.lists(a_mark() | some_entities() | st.sampled_from([*"abcdefgh"]), max_size=20)


@settings(max_examples=80, deadline=None)
@given(acts, offsets, st.integers(1, 200))
def test_a_row_finds_its_marks_after_any_changes(acts: list[Mark | Found | str], start: int, length: int) -> None:
    page = long_page()
    end = min(start + length, page.bounds(page.index_of(start))[1])
    marks = Marks(page)
    keyed: dict[str, Mark] = {}
    others: list[Mark] = []
    entities: dict[int, list[Entity]] = {}
    for act in acts:
        if isinstance(act, str):
            marks.remove(act)
            keyed.pop(act, None)
        elif isinstance(act, Found):
            marks.put_entities(act)
            entities[act.start] = act.entities
        else:
            marks.add([act])
            if act.id:
                keyed[act.id] = act
            else:
                others.append(act)
    named = [
        Mark(entity.start, entity.end, Layer.ENTITY, "person", label="PERSON")
        for stretch in entities.values()
        for entity in stretch
    ]
    expected = [mark for mark in [*keyed.values(), *others, *named] if mark.start < end and mark.end > start]
    assert sorted(marks.within(start, end)) == sorted(expected)


@settings(max_examples=50, deadline=None)
@given(st.lists(a_mark(), max_size=12), offsets)
def test_what_is_marked_at_an_offset_is_ordered_from_the_inside_out(marked: list[Mark], offset: int) -> None:
    marks = Marks(long_page())
    marks.add(marked)
    lengths = [mark.end - mark.start for mark in marks.at(offset)]
    assert lengths == sorted(lengths)
    assert all(mark.start <= offset < mark.end for mark in marks.at(offset))


# Runs


def test_a_row_without_marks_is_one_run() -> None:
    assert runs((3, 9), []) == [Run(3, 9, ())]


def test_a_row_is_cut_where_a_mark_begins_or_ends() -> None:
    assert runs((0, 10), [claim(2, 5)]) == [Run(0, 2, ()), Run(2, 5, ("claim",)), Run(5, 10, ())]


def test_a_mark_that_goes_over_the_row_is_cut_to_it() -> None:
    assert runs((10, 20), [claim(0, 12), claim(18, 40)]) == [
        Run(10, 12, ("claim",)),
        Run(12, 18, ()),
        Run(18, 20, ("claim",)),
    ]


def test_overlapping_marks_share_a_run() -> None:
    note, mark = Mark(0, 6, Layer.NOTE, "note"), claim(4, 9)
    assert runs((0, 10), [mark, note]) == [
        Run(0, 4, ("note",)),
        Run(4, 6, ("note", "claim", "nested")),
        Run(6, 9, ("claim",)),
        Run(9, 10, ()),
    ]


def test_of_two_marks_of_one_layer_the_inner_one_is_painted_last() -> None:
    outer, inner = claim(0, 9), Mark(3, 6, Layer.CLAIM, "other")
    assert runs((0, 9), [inner, outer])[1] == Run(3, 6, ("claim", "other", "nested"))


def test_marks_that_touch_are_not_joined() -> None:
    assert runs((0, 6), [claim(0, 3), claim(3, 6)]) == [Run(0, 3, ("claim",)), Run(3, 6, ("claim",), edge=True)]


def test_an_empty_row_has_no_runs() -> None:
    assert runs((5, 5), [claim(0, 9)]) == []


short_marks = st.builds(
    lambda start, length, layer: Mark(start, start + length, layer, STYLES[layer]),
    st.integers(0, 40),
    st.integers(1, 30),
    st.sampled_from([*STYLES]),
)


@settings(max_examples=80, deadline=None)
@given(st.lists(short_marks, max_size=12), st.integers(0, 40), st.integers(0, 40))
def test_runs_cover_the_row_and_say_of_every_sign_what_marks_it(marked: list[Mark], start: int, length: int) -> None:
    span = (start, start + length)
    found = runs(span, marked)
    assert [offset for run in found for offset in range(run.start, run.end)] == list(range(*span))
    assert all(run.start < run.end for run in found)
    for run in found:
        for offset in range(run.start, run.end):
            over = {mark for mark in marked if mark.start <= offset < mark.end}
            names = [STYLES[layer] for layer in sorted({mark.layer for mark in over})]
            assert [name for name in run.styles if name != "nested"] == names
            assert ("nested" in run.styles) == (sum(mark.layer in ANNOTATIONS for mark in over) > 1)
