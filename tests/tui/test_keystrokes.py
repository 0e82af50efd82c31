"""What an hour's work costs in keys: a scripted session on a fixed article, counted."""

from __future__ import annotations

from pathlib import Path

from store.entities.pipelines import DEFAULT
from store.kinds import Kind
from store.library import Library
from tests.conftest import article
from tests.tui.drive import keep_names, reading
from tests.tui.keystrokes import NOTES, PREDICTED, SENTENCES, TEXT, Work, script


def test_the_script_is_the_work_that_it_says() -> None:
    work = [step.work for step in script()]
    kinds = (Work.SENTENCE_CLAIM, Work.PART_CLAIM, Work.NOTE, Work.NAME)
    assert [work.count(kind) for kind in kinds] == [20, 10, 10, 20]


def test_a_mark_costs_no_more_keys_than_were_counted_when_it_was_last_looked_at() -> None:
    keys = sum(len(step.keys) for step in script())
    assert keys / len(script()) <= 2.5


async def test_the_script_marks_what_it_should(library_path: Path) -> None:
    report = article(TEXT)
    keep_names(library_path, report, [(name.words, name.label) for name in PREDICTED])
    async with reading(library_path, report, size=(100, 30), pipeline=DEFAULT) as session:
        for step in script():
            await session.keys(*step.keys[: step.letters_at])
            if step.letters:
                await session.type(step.letters)
            await session.keys(*step.keys[step.letters_at :])
            await session.until_saved()
    with Library(library_path, annotator="ada") as library:
        everything = library.annotations.of(report.id)
    decided = [(one.quote, one.attributes["decision"], one.label) for one in everything if one.kind is Kind.ENTITY]
    assert decided == [(name.words, name.decision, name.decided) for name in PREDICTED]
    marks = [one for one in everything if one.kind is not Kind.ENTITY]
    claims = [mark.quote for mark in marks if mark.kind is Kind.CLAIM]
    assert sum(quote in SENTENCES for quote in claims) == 20
    assert len(claims) == 30
    assert [mark.note for mark in marks if mark.note] == NOTES
