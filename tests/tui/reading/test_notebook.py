"""The notebook: the annotations of the open article in text order, held against a list that is sorted anew."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.kinds import Kind
from store.records import Annotation
from tui.reading.marks import Layer, Mark
from tui.reading.notebook import Looks, Notebook


def annotation(
    key: str,
    start: int | None = None,
    end: int | None = None,
    *,
    kind: Kind = Kind.CLAIM,
    label: str | None = None,
    note: str = "",
) -> Annotation:
    return Annotation(
        id=key,
        article_id="article",
        kind=kind,
        label=label if label or kind is not Kind.CLAIM else "CLAIM",
        start=start,
        end=end,
        quote="",
        note=note,
        annotator="ada",
        annotator_id="ada's",
        created="2026-01-01T00:00:00Z",
        updated="2026-01-01T00:00:00Z",
    )


ON_THE_ARTICLE = annotation("article", kind=Kind.NOTE, note="good")
OUTER = annotation("outer", 0, 20)
INNER = annotation("inner", 0, 5, note="why?")
LATER = annotation("later", 30, 40, kind=Kind.NOTE, note="what?")
EVERYTHING = [LATER, INNER, ON_THE_ARTICLE, OUTER]


def keys(notebook: Notebook) -> list[str]:
    return [annotation.id for annotation in notebook]


def test_annotations_are_in_text_order_the_longer_first_and_those_on_the_article_before_all() -> None:
    assert keys(Notebook(EVERYTHING)) == ["article", "outer", "inner", "later"]


def test_of_two_on_the_same_span_the_older_comes_first() -> None:
    assert keys(Notebook([annotation("0002", 1, 2), annotation("0001", 1, 2)])) == ["0001", "0002"]


def test_claims_and_notes_are_counted_and_a_claim_with_a_note_is_both() -> None:
    notebook = Notebook(EVERYTHING)
    assert (len(notebook), notebook.claims, notebook.notes) == (4, 2, 3)


def test_a_changed_annotation_takes_the_place_of_the_old_one() -> None:
    notebook = Notebook(EVERYTHING)
    notebook.put(replace(INNER, start=50, end=60, note=""))
    assert keys(notebook) == ["article", "outer", "later", "inner"]
    assert (len(notebook), notebook.claims, notebook.notes) == (4, 2, 2)


def test_what_is_removed_is_gone_and_what_is_not_there_can_be_removed() -> None:
    notebook = Notebook(EVERYTHING)
    notebook.remove("outer")
    notebook.remove("outer")
    assert keys(notebook) == ["article", "inner", "later"]
    assert (notebook.get("outer"), notebook.get("inner")) == (None, INNER)
    assert (notebook.claims, notebook.notes) == (1, 3)


def test_those_on_the_article_are_found_without_the_others() -> None:
    assert [*Notebook(EVERYTHING).on_the_article()] == [ON_THE_ARTICLE]
    assert [*Notebook([OUTER]).on_the_article()] == []


@pytest.mark.parametrize(
    ("caret", "following", "preceding"),
    [(0, "later", None), (10, "later", "inner"), (30, None, "inner"), (35, None, "later")],
)
def test_the_neighbours_are_those_that_begin_after_and_before_the_caret(
    caret: int, following: str | None, preceding: str | None
) -> None:
    notebook = Notebook(EVERYTHING)
    found = [notebook.neighbour(caret, direction) for direction in (1, -1)]
    assert [one and one.id for one in found] == [following, preceding]


def test_an_empty_notebook_has_no_neighbours() -> None:
    notebook = Notebook()
    assert [notebook.neighbour(5, direction) for direction in (1, -1)] == [None, None]
    assert [*notebook] == []


@pytest.mark.parametrize(
    ("kind", "label", "sign"),
    [
        (Kind.CLAIM, "CLAIM", "C"),
        (Kind.CLAIM, "Quote", "Q"),
        (Kind.NOTE, None, "N"),
        (Kind.HIGHLIGHT, None, "H"),
        (Kind.ENTITY, "PERSON", "X"),
    ],
)
def test_an_annotation_has_the_letter_of_its_kind_or_its_label(kind: Kind, label: str | None, sign: str) -> None:
    assert Looks().letter(annotation("a", 0, 1, kind=kind, label=label)) == sign


@pytest.mark.parametrize(
    ("kind", "layer", "style"),
    [
        (Kind.CLAIM, Layer.CLAIM, "claim"),
        (Kind.NOTE, Layer.NOTE, "note"),
        (Kind.HIGHLIGHT, Layer.CLAIM, "other"),
        (Kind.ENTITY, Layer.CLAIM, "other"),
    ],
)
def test_an_annotation_is_marked_in_the_layer_and_style_of_its_kind(kind: Kind, layer: Layer, style: str) -> None:
    marked = annotation("key", 3, 9, kind=kind)
    assert Looks().marks(marked) == [Mark(3, 9, layer, style, "key", Looks().letter(marked))]


@st.composite
def an_annotation(draw: st.DrawFn) -> Annotation:
    start = draw(st.none() | st.integers(0, 12))
    end = None if start is None else start + draw(st.integers(1, 5))
    kind, note = draw(st.sampled_from(Kind)), draw(st.sampled_from(["", "why?"]))
    return annotation(draw(st.sampled_from("abcdef")), start, end, kind=kind, note=note)


def order(annotation: Annotation) -> tuple[bool, int, int, str]:
    """Where an annotation stands: as the list has it that the notebook is held against."""
    return annotation.start is not None, annotation.start or 0, -(annotation.end or 0), annotation.id


@settings(max_examples=80, deadline=None)
@given(
    st.lists(an_annotation(), max_size=6, unique_by=lambda annotation: annotation.id),
    st.lists(an_annotation() | st.sampled_from("abcdef"), max_size=15),
    st.integers(0, 18),
)
def test_after_any_changes_it_is_what_a_list_would_be(
    first: list[Annotation], acts: list[Annotation | str], caret: int
) -> None:
    notebook = Notebook(first)
    model = {annotation.id: annotation for annotation in first}
    for act in acts:
        if isinstance(act, str):
            notebook.remove(act)
            model.pop(act, None)
        else:
            notebook.put(act)
            model[act.id] = act
    expected = sorted(model.values(), key=order)
    assert [*notebook] == expected
    assert len(notebook) == len(expected)
    assert notebook.claims == sum(annotation.kind is Kind.CLAIM for annotation in expected)
    assert notebook.notes == sum(annotation.note != "" for annotation in expected)
    assert [*notebook.on_the_article()] == [annotation for annotation in expected if annotation.start is None]
    after = [found for found in expected if found.start is not None and found.start > caret]
    before = [found for found in expected if found.start is not None and found.start < caret]
    assert notebook.neighbour(caret, 1) == (after[0] if after else None)
    assert notebook.neighbour(caret, -1) == (before[-1] if before else None)
