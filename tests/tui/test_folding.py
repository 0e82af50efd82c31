"""Page furniture and repeats in the reader: one dim line, shown and folded with a key, and never in the way."""

from __future__ import annotations

from pathlib import Path

from store.entities.pipelines import DEFAULT
from store.library import Library
from tests.conftest import article
from tests.tui.drive import Session, keep_names, reading
from tui.widgets.bars import Bar

BODY = """Glass recyclers warn of a glut

Europe's glass recyclers have more broken bottles than they can sell, and prices have fallen by a third since May.

Home
News
Weather
Log in
Subscribe

The association blames beer, of which fewer bottles were sold. It has asked the ministry for a year without deposits.

Share this article
Facebook
Copy link"""
LAST = "The ministry has not answered yet, and will not before the summer, says the association."
TEXT = f"{BODY}\n\n{LAST}"
MENU = TEXT.index("Home"), TEXT.index("\n\nThe association")


def rows(session: Session) -> list[str]:
    """What the pane shows."""
    return [session.pane.render_line(y).text.strip(" ▸") for y in range(session.pane.size.height)]


async def test_a_run_of_furniture_is_one_line_that_says_what_and_how_much(library_path: Path) -> None:
    async with reading(library_path, article(TEXT)) as session:
        shown = rows(session)
        assert "··· 5 lines folded: menu · z shows ···" in shown
        assert "··· 3 lines folded: share buttons · z shows ···" in shown
        assert not {"Home", "Facebook"} & set(shown)
        assert LAST[:40] in "\n".join(shown)


async def test_a_key_shows_the_run_and_folds_it_again(library_path: Path) -> None:
    async with reading(library_path, article(TEXT)) as session:
        session.pane.go_to(MENU[0], reveal=False)
        await session.keys("z")
        assert "Weather" in rows(session)
        await session.keys("j", "j", "z")
        assert "Weather" not in rows(session)
        assert session.pane.caret == MENU[0]
        await session.keys("Z")
        assert {"Weather", "Facebook"} <= set(rows(session))
        await session.keys("Z")
        assert not {"Weather", "Facebook"} & set(rows(session))


async def test_elsewhere_the_key_says_that_there_is_nothing(library_path: Path) -> None:
    async with reading(library_path, article(TEXT)) as session:
        await session.keys("z")
        assert session.status.startswith("No page furniture and no repeat stands here.")


async def test_motions_take_a_fold_for_one_place(library_path: Path) -> None:
    async with reading(library_path, article(TEXT)) as session:
        after = TEXT.index("The association")
        for forward, back in (("w", "b"), ("right_parenthesis", "left_parenthesis"),
                              ("right_curly_bracket", "left_curly_bracket")):  # fmt: skip
            session.pane.go_to(MENU[0], reveal=False)
            await session.keys(forward)
            assert session.pane.caret == after, forward
            await session.keys(back)
            assert session.pane.caret <= MENU[0], back
            assert "Weather" not in rows(session)


async def test_a_selection_across_a_fold_takes_the_whole_text(library_path: Path) -> None:
    async with reading(library_path, article(TEXT)) as session:
        start = TEXT.index("and prices")
        session.pane.go_to(start)
        await session.keys("v", "right_curly_bracket", "right_curly_bracket", "right_curly_bracket")
        ((first, end),) = session.pane.cursor.selected
        assert first == start
        assert end > TEXT.index("The association")
        assert "Weather" not in rows(session)


async def test_a_search_opens_the_fold_that_has_the_hit(library_path: Path) -> None:
    async with reading(library_path, article(TEXT)) as session:
        await session.keys("/")
        await session.type("weather")
        await session.keys("enter")
        await session.until(lambda: session.pane.caret == TEXT.index("Weather"))
        assert "Weather" in rows(session)


async def test_what_an_annotation_stands_on_is_not_folded(library_path: Path) -> None:
    shown = article(TEXT)
    with Library(library_path, annotator="ada") as library:
        library.articles.add([shown])
        library.annotations.tag(shown, TEXT.index("Weather"), TEXT.index("Weather") + 7)
    async with reading(library_path, shown) as session:
        assert "Weather" in "".join(rows(session))
        assert "Facebook" not in "".join(rows(session))


async def test_what_is_said_to_be_text_is_remembered_and_can_be_undone(library_path: Path) -> None:
    shown = article(TEXT)
    async with reading(library_path, shown) as session:
        session.pane.go_to(MENU[0], reveal=False)
        await session.keys("K")
        await session.until(lambda: "Weather" in rows(session))
        await session.until_saved()
    async with reading(library_path, shown) as session:
        assert "Weather" in rows(session)
        assert "Facebook" not in rows(session)
        assert "0 claims  0 notes" in session.title, "a decision is no mark"
        await session.keys("u")
        await session.until(lambda: "Weather" not in rows(session))


async def test_what_is_folded_takes_no_time_to_read(library_path: Path) -> None:
    body = " ".join(f"word{number}" for number in range(1150)) + "."
    async with reading(library_path, article(f"{body}\n\n{LAST}\n\n{body}")) as session:
        assert session.pane.layout_rows.total < 250
        assert session.title.startswith("5 min")


async def test_at_the_last_fold_nothing_is_left_to_read(library_path: Path) -> None:
    async with reading(library_path, article(f"{TEXT}\n\nMost read\nThe baker\nThe strike")) as session:
        await session.keys("G")
        right = session.reader.query_one("#status", Bar).right
        assert right[-1].endswith("100%")


async def test_names_in_what_is_folded_are_not_counted(library_path: Path) -> None:
    shown = article(TEXT)
    keep_names(library_path, shown, [("Europe", "LOC"), ("Weather", "ORG"), ("Facebook", "ORG")])
    async with reading(library_path, shown, pipeline=DEFAULT) as session:
        assert set(session.reader._names.by_label()) == {"LOC"}
        session.pane.go_to(MENU[0], reveal=False)
        await session.keys("K")
        await session.until(lambda: "ORG" in session.reader._names.by_label())
        assert [name.text for name in session.reader._names.by_label()["ORG"]] == ["Weather"]
