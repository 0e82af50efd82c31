"""The form of metadata in cells: fields first, then where the text came from, each in one line of the width."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from store.metadata.fields import Field
from tests.store.strategies import texts
from tui.reading.cells import width_of
from tui.reading.metadata_form import FIELDS, Row, Shown, beside, lines

NOTHING = dict.fromkeys(Field, Row(None))


def shown(told: list[tuple[str, str]] | None = None, **rows: Row) -> Shown:
    return Shown("Metadata", NOTHING | {Field(name): row for name, row in rows.items()}, told or [])


def words(form: Shown, place: int, width: int = 60) -> str:
    return "".join(bit.text for bit in lines(form, width)[place].bits).rstrip()


def test_a_line_says_what_stands_and_who_corrected_it() -> None:
    form = shown(title=Row("Numbers", corrected="bob", given="Home"), language=Row("de", why="found in the text"),
                 source=Row(None, differ=True))  # fmt: skip
    assert words(form, 0) == "title               Numbers  ● corrected by bob"
    assert words(form, 1) == "author              not known"
    assert words(form, 2) == "source              (they differ)"
    assert words(form, 5) == "language            de (German)    found in the text"


def test_beside_it_stands_what_helps() -> None:
    form = shown([("read by", "trafilatura")], title=Row("Numbers", corrected="bob", given="Home"),
                 author=Row("Ada", corrected="bob"), language=Row("fr", corrected="ada", given="de"))  # fmt: skip
    assert beside(form, 0)[1] == "The source says: “Home”. backspace goes back to it."
    assert beside(form, 1)[1] == "The source says: nothing. backspace goes back to it."
    assert beside(form, 5)[1] == "Found in the text or declared: “de (German)”. backspace goes back to it."
    assert beside(form, 6) == ["read by", "trafilatura"]


@given(st.builds(Row, texts | st.none(), st.booleans(), texts, texts | st.none(), texts), texts, st.integers(30, 120))
def test_a_line_fills_the_width_whatever_stands_in_it(row: Row, value: str, width: int) -> None:
    form = Shown("Metadata", dict.fromkeys(FIELDS, row), [("source: x", value)])
    made = lines(form, width)
    assert [line.row for line in made] == [*range(len(FIELDS) + 1)]
    for line in made:
        assert sum(width_of(bit.text) for bit in line.bits) == width
    for place in range(len(FIELDS) + 1):
        assert beside(form, place)
