"""Reading and annotating: the keys, what the screen shows, and what the library keeps."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from store.articles import files
from store.kinds import Kind
from store.library import Library
from store.records import ArticleRow
from tests.conftest import SAMPLES, article
from tests.store.helpers import query
from tests.store.text.sentences_by_language import SENTENCES
from tests.tui.drive import Session, reading
from tui.reading.names import Name
from tui.screens.reader import ReaderScreen
from tui.widgets.article_table import ArticleTable
from tui.widgets.note_editor import NoteEditor
from tui.widgets.side_panel import SidePanel

TEXT = """A short report

Amazon bought a mill. It cost $4 million, Ada Lovelace said. Nobody else was asked!

The second paragraph has one sentence.
"""
FIRST = "Amazon bought a mill."
SECOND = "It cost $4 million, Ada Lovelace said."


def kept(path: Path) -> list[tuple[str, str, str]]:
    """Kind, quote and note of what the library keeps of the article."""
    with Library(path, annotator="ada") as library:
        return [(row.kind, row.quote, row.note) for row in library.annotations.of(article(TEXT).id)]


async def test_c_tags_the_sentence_under_the_caret_with_one_key(library_path: Path) -> None:
    async with reading(library_path, article(TEXT)) as session:
        await session.keys(")", "c")
        await session.until(lambda: session.status.startswith("tagged CLAIM"))
        assert "1 claim" in session.title
        assert "✓ saved" in session.title
    assert kept(library_path) == [(Kind.CLAIM, FIRST, "")]


async def test_a_claim_is_there_when_the_article_is_opened_again(library_path: Path) -> None:
    async with reading(library_path, article(TEXT)) as session:
        await session.keys(")", ")", "c")
        await session.until_saved()
        await session.keys("ctrl+q")
    async with reading(library_path, article(TEXT)) as session:
        assert "1 claim" in session.title
        assert session.pane.page.text[session.pane.caret :].startswith(SECOND), "the place was kept too"
        await session.keys("l")
        assert session.status.startswith("CLAIM by ada")


async def test_a_selection_of_two_sentences_is_tagged_to_the_letter(library_path: Path) -> None:
    async with reading(library_path, article(TEXT)) as session:
        await session.keys(")", "v", ")", ")", "c")
        await session.until_saved()
        assert session.pane.selection is None
    assert kept(library_path) == [(Kind.CLAIM, f"{FIRST} {SECOND}", "")]


async def test_s_and_p_select_the_sentence_and_the_paragraph(library_path: Path) -> None:
    async with reading(library_path, article(TEXT)) as session:
        await session.keys(")", ")", "w", "v", "s")
        assert session.pane.page.text[slice(*session.pane.selection or ())] == SECOND
        await session.keys("p")
        assert session.pane.page.text[slice(*session.pane.selection or ())].startswith(FIRST)
        await session.keys("escape")
        assert session.pane.selection is None


async def test_tagging_the_same_sentence_twice_says_so_and_adds_nothing(library_path: Path) -> None:
    async with reading(library_path, article(TEXT)) as session:
        await session.keys(")", "c", "c")
        await session.until(lambda: "already" in session.status)
        assert "✓ saved" in session.title
    assert len(kept(library_path)) == 1


async def test_a_writes_a_note_on_the_sentence(library_path: Path) -> None:
    async with reading(library_path, article(TEXT)) as session:
        await session.keys(")", "a")
        await session.type("who [really]?")
        await session.keys("ctrl+s")
        await session.until(lambda: session.status == "note saved")
        assert isinstance(session.app.screen, ReaderScreen)
    assert kept(library_path) == [(Kind.NOTE, FIRST, "who [really]?")]


async def test_a_on_a_claim_writes_the_claims_own_note_and_again_changes_it(library_path: Path) -> None:
    async with reading(library_path, article(TEXT)) as session:
        await session.keys(")", "c")
        await session.until_saved()
        await session.keys("a", *"one", "ctrl+s")
        await session.until(lambda: "1 note" in session.title)
        await session.keys("a", *"!", "ctrl+s")
        await session.until_saved()
        await session.until(lambda: isinstance(session.app.screen, ReaderScreen))
    assert kept(library_path) == [(Kind.CLAIM, FIRST, "one!")]


async def test_A_writes_one_note_on_the_article_and_again_changes_it(library_path: Path) -> None:  # noqa: N802
    async with reading(library_path, article(TEXT)) as session:
        await session.keys("A", *"one", "ctrl+s")
        await session.until(lambda: "1 note" in session.title)
        await session.keys("A", *"two", "ctrl+s")
        await session.until(lambda: isinstance(session.app.screen, ReaderScreen))
        await session.until_saved()
    assert kept(library_path) == [(Kind.NOTE, "", "onetwo")]


async def test_escape_asks_before_a_note_is_lost(library_path: Path) -> None:
    async with reading(library_path, article(TEXT)) as session:
        await session.keys(")", "a", *"word", "escape")
        assert isinstance(session.app.screen, NoteEditor)
        await session.keys("escape", *"s", "escape")
        assert isinstance(session.app.screen, NoteEditor)
        await session.keys("y")
        await session.until(lambda: isinstance(session.app.screen, ReaderScreen))
        await session.until_saved()
    assert kept(library_path) == [(Kind.NOTE, FIRST, "words")]


async def test_escape_closes_an_untouched_note_at_once_and_n_discards(library_path: Path) -> None:
    async with reading(library_path, article(TEXT)) as session:
        await session.keys(")", "a", "escape")
        assert isinstance(session.app.screen, ReaderScreen)
        await session.keys("a", *"x", "escape", "n")
        assert isinstance(session.app.screen, ReaderScreen)
    assert kept(library_path) == []


async def test_letters_that_arrive_in_a_burst_behind_a_reach_the_note(library_path: Path) -> None:
    async with reading(library_path, article(TEXT)) as session:
        # As a slow link delivers them: all at once, before the box has had a moment to open.
        session.burst(")", "a", *"check", "ctrl+s")
        await session.until(lambda: "1 note" in session.title)
    assert kept(library_path) == [(Kind.NOTE, FIRST, "check")]


async def test_keys_in_a_burst_behind_ctrl_s_are_not_written_into_the_note(library_path: Path) -> None:
    async with reading(library_path, article(TEXT)) as session:
        session.burst(")", "a", *"one", "ctrl+s", ")", "a", *"two", "ctrl+s", ")", "c")
        await session.until(lambda: "1 claim" in session.title and "2 notes" in session.title)
    assert [(quote, note) for _, quote, note in kept(library_path)] == [
        (FIRST, "one"),
        (SECOND, "two"),
        ("Nobody else was asked!", ""),
    ]


async def test_keys_behind_a_note_that_was_being_written_reach_the_text(library_path: Path) -> None:
    async with reading(library_path, article(TEXT)) as session:
        await session.keys(")", "a")
        session.burst(*"one", "ctrl+s", ")", "c")
        await session.until(lambda: "1 claim" in session.title and "1 note" in session.title)
    assert [(quote, note) for _, quote, note in kept(library_path)] == [(FIRST, "one"), (SECOND, "")]


async def test_undo_goes_to_what_it_undid(library_path: Path) -> None:
    async with reading(library_path, article(TEXT)) as session:
        await session.keys(")", "c")
        await session.until_saved()
        await session.keys("G", "u")
        await session.until(lambda: session.status == "undone: tag")
        assert session.pane.page.text[session.pane.caret :].startswith(FIRST)


async def test_a_note_that_cannot_be_saved_stays_on_the_screen(library_path: Path) -> None:
    async with reading(library_path, article(TEXT)) as session:
        await session.keys(")", "a", *"keep me")
        assert session.app._desk._library is not None
        library = session.app._desk._library
        note, library.annotations.note = library.annotations.note, _refuse  # type: ignore[method-assign,assignment]
        await session.keys("ctrl+s")
        await session.until(lambda: "no room" in session.app.screen.query_one("#note-says").left)  # type: ignore[attr-defined]
        assert isinstance(session.app.screen, NoteEditor)
        library.annotations.note = note  # type: ignore[method-assign]
        await session.keys("ctrl+s")
        await session.until_saved()
    assert kept(library_path) == [(Kind.NOTE, FIRST, "keep me")]


async def test_d_withdraws_u_brings_back_and_ctrl_r_withdraws_again(library_path: Path) -> None:
    async with reading(library_path, article(TEXT)) as session:
        await session.keys(")", "c")
        await session.until(lambda: "1 claim" in session.title)
        await session.keys("d")
        await session.until(lambda: "0 claims" in session.title)
        await session.keys("u")
        await session.until(lambda: "1 claim" in session.title)
        await session.keys("ctrl+r")
        await session.until(lambda: "0 claims" in session.title)
    assert kept(library_path) == []


async def test_undo_reaches_back_over_a_restart(library_path: Path) -> None:
    async with reading(library_path, article(TEXT)) as session:
        await session.keys(")", "c")
        await session.until_saved()
    async with reading(library_path, article(TEXT)) as session:
        await session.keys("u")
        await session.until(lambda: session.status == "undone: tag")
        await session.keys("u")
        await session.until(lambda: session.status == "There is nothing to undo.")
    assert kept(library_path) == []


async def test_undo_in_another_article_names_it(library_path: Path) -> None:
    async with reading(library_path, article(TEXT)) as session:
        await session.keys(")", "c")
        await session.until_saved()
    async with reading(library_path, article("Another text altogether.")) as session:
        await session.keys("u")
        await session.until(lambda: session.status == "undone: tag in “A short report”")


async def test_somebody_elses_claim_is_shown_and_cannot_be_withdrawn(library_path: Path) -> None:
    async with reading(library_path, article(TEXT), who="bob") as session:
        await session.keys(")", "c")
        await session.until_saved()
    async with reading(library_path, article(TEXT)) as session:
        await session.keys(")")
        assert session.status == "CLAIM by bob"
        await session.keys("d")
        await session.until(lambda: "belongs to bob" in session.status)
    assert len(kept(library_path)) == 1


async def test_brackets_go_from_mark_to_mark(library_path: Path) -> None:
    async with reading(library_path, article(TEXT)) as session:
        await session.keys(")", "c", "}", "c")
        await session.until(lambda: "2 claims" in session.title)
        await session.keys("g", "]")
        assert session.pane.page.text[session.pane.caret :].startswith("Amazon")
        await session.keys("]")
        assert session.pane.page.text[session.pane.caret :].startswith("The second")
        await session.keys("]")
        assert session.status == "There is no mark after this."
        await session.keys("[")
        assert session.pane.page.text[session.pane.caret :].startswith("Amazon")


async def test_the_gutter_shows_where_a_claim_begins_and_ends(library_path: Path) -> None:
    long = "One claim that is so long that it needs more rows than one, " * 4 + "and ends."
    async with reading(library_path, article(long)) as session:
        await session.keys("c")
        await session.until_saved()
        rows = [session.pane.render_line(y).text for y in range(4)]
        assert [row.lstrip()[:1] for row in rows] == ["C", "│", "│", "└"]


async def test_entities_stream_in_and_are_kept_for_the_next_time(library_path: Path) -> None:
    from store.entities.pipelines import DEFAULT

    async with reading(library_path, article(TEXT), size=(120, 30), pipeline=DEFAULT) as session:
        await session.until(lambda: session.pane.marks.at(TEXT.index("Amazon")))
        await session.keys(")")
        assert session.status.startswith("ORG Amazon (organisation)")
        panel = session.reader.query_one(SidePanel)
        await session.until(lambda: any(isinstance(line, Name) and line.text == "Amazon" for line in panel._outline))
        # `e` selects the entity
        await session.keys("v", "e")
        assert session.pane.selection == (TEXT.index("Amazon"), TEXT.index("Amazon") + 6)
    async with reading(library_path, article(TEXT), pipeline=DEFAULT) as session:
        assert session.pane.marks.at(TEXT.index("Amazon")), "they came with the article"
        assert session.app._feed._reader is None, "no process was started"


async def test_a_long_article_is_settled_when_its_last_stretch_was_read(library_path: Path) -> None:
    from store.entities.pipelines import DEFAULT

    filling = "It was cold by the river, and they went on without a word.\n\n" * 80
    text = f"It was all for Strandvik, they said.\n\n{filling}{filling}Paula Strandvik lost the vote.\n"

    def labels(session: Session) -> list[str | None]:
        return [mark.label for mark in session.pane.marks.at(text.index("Strandvik"))]

    async with reading(library_path, article(text), pipeline=DEFAULT) as session:
        assert len(session.pane.page.spans()) > 1
        await session.until(lambda: labels(session) == ["PERSON"])
        drafts = "SELECT count(*) FROM prediction WHERE pipeline LIKE '%draft%'"
        await session.until(lambda: query(library_path, drafts) == [0])
    async with reading(library_path, article(text), pipeline=DEFAULT) as session:
        assert labels(session) == ["PERSON"]
        assert session.app._feed._reader is None, "no process was started"


async def test_a_missing_pipeline_is_a_sentence_and_reading_goes_on(library_path: Path) -> None:
    async with reading(library_path, article(TEXT)) as session:
        assert session.status.startswith("No names are marked: the pipeline no_such_pipeline is not installed")
        await session.keys(")", "c")
        await session.until(lambda: "1 claim" in session.title)


async def test_a_broken_pipeline_is_a_sentence_and_reading_goes_on(library_path: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "meta.json").write_text('{"lang": "en", "name": "broken", "version": "1"}')
    (broken / "config.cfg").write_text("[nlp]\nlang = en\npipeline = []\n")
    async with reading(library_path, article(TEXT), pipeline=str(broken)) as session:
        await session.until(lambda: "cannot be used" in session.status)
        await session.keys(")", "c")
        await session.until(lambda: "1 claim" in session.title)


async def test_the_panel_leads_to_names_claims_and_notes(library_path: Path) -> None:
    async with reading(library_path, article(TEXT), size=(120, 30)) as session:
        await session.keys("}", ")", "c", "g")
        await session.until_saved()
        panel = session.reader.query_one(SidePanel)
        await session.until(lambda: panel.can_choose(1))
        await session.keys("tab")
        assert panel.has_focus
        await session.keys("g", "enter")
        assert session.pane.has_focus
        assert session.pane.page.text[session.pane.caret :].startswith(SECOND)


async def test_o_shows_the_panel_on_a_narrow_screen_and_hides_it(library_path: Path) -> None:
    async with reading(library_path, article(TEXT)) as session:
        panel = session.reader.query_one(SidePanel)
        assert not panel.display
        await session.keys("o")
        assert panel.display
        await session.keys("o")
        assert not panel.display


async def test_q_goes_to_the_library_and_the_count_is_there(library_path: Path) -> None:
    async with reading(library_path, article(TEXT)) as session:
        await session.keys(")", "c")
        await session.until_saved()
        await session.keys("q")

        def row() -> ArticleRow | None:
            tables = session.app.screen.query(ArticleTable)
            return tables.first().row(0) if tables else None

        await session.until(row)
        found = row()
        assert found is not None
        assert found.claims == 1


async def test_help_and_palette_show_the_actions_that_apply(library_path: Path) -> None:
    async with reading(library_path, article(TEXT), size=(100, 60)) as session:
        await session.keys("question_mark")
        shown = session.app.export_screenshot()
        assert "next&#160;sentence" in shown
        assert "tag&#160;the&#160;selection" in shown
        await session.keys("escape", "ctrl+p")
        await session.keys(*"withdraw the")
        await session.pilot.pause(0.5)
        assert "under&#160;the&#160;caret&#160;(d)" in session.app.export_screenshot()


async def test_text_that_looks_like_markup_or_commands_is_shown_as_it_is(library_path: Path) -> None:
    hostile = "[bold]not bold[/bold] [link=file:///etc]x[/link] \x1b[31mred\x1b[0m \x9b5m \u202egnp.exe {oops} \\[x]"
    async with reading(library_path, article(hostile), size=(120, 24)) as session:
        row = session.pane.render_line(0).text
        assert "[bold]not bold[/bold]" in row
        assert "␛[31mred␛[0m" in row
        assert not set(row) & {"\x1b", "\x9b", "\u202e"}
        await session.keys("c", "a", *"[b]note[/b]", "ctrl+s")
        await session.until(lambda: "1 note" in session.title)


async def test_resizing_keeps_the_row_at_the_top(library_path: Path) -> None:
    text = "\n\n".join(f"Paragraph {n} " + "has many words that wrap differently " * 5 for n in range(200))
    async with reading(library_path, article(text), size=(100, 30)) as session:
        await session.until(lambda: session.pane.layout_rows.settled)
        for _ in range(9):
            await session.keys("space")
        pane = session.pane
        top = pane.layout_rows.span(round(pane.scroll_y))[0]
        await session.pilot.resize_terminal(70, 30)
        await session.pilot.pause()
        start, end = pane.layout_rows.span(round(pane.scroll_y))
        assert start <= top <= end


async def test_rows_are_served_from_those_kept_after_scrolling_back(library_path: Path) -> None:
    text = "\n\n".join(f"Paragraph {n} says a thing or two." for n in range(500))
    async with reading(library_path, article(text)) as session:
        await session.until(lambda: session.pane.layout_rows.settled)
        await session.keys("space", "pageup", "space", "pageup")
        painted = session.pane.rows_painted
        await session.keys("space", "pageup")
        assert session.pane.rows_painted - painted <= 12, "only rows that the caret left or entered"


async def test_a_long_text_is_laid_out_where_it_is_looked_at_and_nowhere_else_first(library_path: Path) -> None:
    text = "\n\n".join("A paragraph of a long article. " * 12 for _ in range(6000))
    async with reading(library_path, article(text)) as session:
        pane = session.pane
        await session.keys("G")
        assert pane.caret >= len(text) - 2
        assert "article." in pane.render_line(pane.size.height - 1).text
        await session.until(lambda: pane.layout_rows.settled)
        assert pane.layout_rows.row_of(pane.caret) == pane.layout_rows.total - 1


async def test_every_sample_opens_and_lays_out(library_path: Path) -> None:
    for path in sorted(SAMPLES.iterdir()):
        async with reading(library_path, files.read(path)) as session:
            await session.keys("G", "g", "space", "}", ")")
            assert 0 <= session.pane.caret < len(session.pane.page.text)


def _refuse(*_: object, **__: object) -> None:
    from store.errors import LibraryWriteError

    raise LibraryWriteError("There is no room left to write the library: nothing was changed; free some room.")


async def test_a_text_in_a_language_without_a_pipeline_is_said_to_be_so(library_path: Path) -> None:
    from store.entities.pipelines import DEFAULT

    german = article(" ".join(SENTENCES["de"]))
    async with reading(library_path, german, size=(160, 24), pipeline=DEFAULT) as session:
        await session.until(lambda: "the text seems to be German" in session.status)
        assert session.app._feed._reader is None, "no process was started"


async def test_the_process_may_be_killed_while_one_reads(library_path: Path) -> None:
    from store.entities.pipelines import DEFAULT

    long = article(TEXT + "\n\nAngela Merkel left Berlin for a week, as the mayor says.\n" * 2000)
    async with reading(library_path, long, size=(160, 30), pipeline=DEFAULT) as session:
        await session.until(lambda: session.pane.marks.at(TEXT.index("Amazon")))
        reader = session.app._feed._reader
        assert reader is not None
        assert reader._process is not None
        child = reader._process._process
        assert child is not None
        os.kill(child._child.pid, signal.SIGKILL)
        await session.until(lambda: "it is started again" in session.status)
        last = long.text.rindex("Berlin")
        reader.prefer(last)
        await session.until(lambda: session.pane.marks.at(last))
