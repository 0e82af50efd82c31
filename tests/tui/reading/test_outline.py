"""The outline: contents, marks, notes and names as lines, each found again by what it is."""

from __future__ import annotations

from store.kinds import Kind
from store.records import Annotation
from tui.reading.names import Name
from tui.reading.notebook import Notebook
from tui.reading.outline import Line, Marked, Noted, Outline, Title
from tui.reading.structure import Heading


def annotation(key: str, start: int, *, kind: Kind = Kind.CLAIM, note: str = "") -> Annotation:
    label = None if kind is Kind.NOTE else "CLAIM"
    return Annotation(key, "article", kind, label, start, start + 5, "quote", note, "ada", "ada's", "2026", "2026")


CLAIM, NOTED, NOTE = annotation("a", 0), annotation("b", 9, note="why?"), annotation("c", 20, kind=Kind.NOTE, note="x")
CONTENTS = [Heading(1, 0, "One"), Heading(2, 15, "Two")]
NAMES = {"PERSON": [Name("PERSON", "Ada", 3)], "GENE": [Name("GENE", "Bob", 1)]}


def outline(notebook: Notebook, state: str = "") -> Outline:
    return Outline(CONTENTS, notebook.marked, notebook.noted, NAMES, state)


def test_every_section_follows_the_one_before() -> None:
    assert list(outline(Notebook([CLAIM, NOTED, NOTE]), "finding names …")) == [
        Title("CONTENTS"), *CONTENTS,
        Title("CLAIMS"), Marked(CLAIM), Marked(NOTED),
        Title("NOTES"), Noted(NOTED), Noted(NOTE),
        Title("NAMES"), Title("finding names …", quiet=True),
        Title("PERSON · person", quiet=True), Name("PERSON", "Ada", 3),
        Title("GENE", quiet=True), Name("GENE", "Bob", 1),
    ]  # fmt: skip


def test_without_headings_there_are_no_contents_and_empty_sections_have_a_hint() -> None:
    assert list(Outline()) == [
        Title("CLAIMS"), Title("c tags one", quiet=True), Title("NOTES"), Title("a writes one", quiet=True),
        Title("NAMES"),
    ]  # fmt: skip


def test_every_line_that_can_be_chosen_is_found_again() -> None:
    lines = outline(Notebook([CLAIM, NOTED, NOTE]))
    for row, line in enumerate(lines):
        if not isinstance(line, Title):
            assert lines.find(line) == row
    assert lines.find(Name("PERSON", "Ada", 99)) == lines.find(Name("PERSON", "Ada", 3))
    gone: list[Line] = [Name("PERSON", "Eve", 1), Marked(annotation("z", 50)), Noted(CLAIM), Title("CLAIMS")]
    assert [lines.find(line) for line in gone] == [None] * 4


def test_the_heading_over_an_offset_is_found() -> None:
    lines = outline(Notebook())
    assert [lines.heading_at(offset) for offset in (0, 14, 15, 99)] == [1, 1, 2, 2]
    assert Outline().heading_at(5) is None


def test_where_nothing_is_marked_the_nearest_line_is_the_heading_or_the_mark_before() -> None:
    assert outline(Notebook([CLAIM, NOTED])).nearest(99) == 2
    marked = Notebook([CLAIM, NOTED])
    without_contents = Outline((), marked.marked, marked.noted)
    assert [without_contents.nearest(offset) for offset in (0, 7, 99)] == [0, 1, 2]


def test_a_line_whose_mark_has_gone_since_is_empty() -> None:
    notebook = Notebook([CLAIM, NOTED, NOTE])
    lines = outline(notebook)
    notebook.remove("b")
    assert lines[5] == Title("", quiet=True)
    assert len(list(lines)) == len(lines)
