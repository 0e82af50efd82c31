"""A corpus is read by several processes, goes on where it was stopped, and no article stops the others."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from store.entities import corpus
from store.entities.choosing import Pipelines
from store.entities.corpus import Step
from store.entities.planning import Plan, plan
from store.entities.process import EntityProcess
from store.library import Library
from store.records import Article
from tests.conftest import article
from tests.store.helpers import query, statements
from tests.store.text.sentences_by_language import SENTENCES


def add(library: Library, *texts: str) -> list[Article]:
    added = [article(text, f"{number}.txt") for number, text in enumerate(texts)]
    library.articles.add(added)
    return added


def read(library: Library, what: Plan, workers: int = 2) -> list[Step]:
    return list(corpus.read(library, what.readings, workers=workers, said=lambda _: None, pause=0))


def names(library: Library, of: Article, what: Plan) -> list[str]:
    """The names that are kept of an article."""
    version = {reading.article_id: reading.version for reading in what.readings}[of.id]
    kept = library.predictions.of(of.id, version)
    assert not any(stretch.draft for stretch in kept)
    assert sum(stretch.end - stretch.start for stretch in kept) == len(of.text)
    return [of.text[entity.start : entity.end] for stretch in kept for entity in stretch.entities]


LONG = "Ada Berg left Oslo.\n\n" * 3_000
"""More stretches than one process takes at a time."""


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two stretches at a time, so that a text of a moment is shared out as a long one is."""
    monkeypatch.setattr(corpus, "_PIECE", 2)


def test_every_article_is_read_whole_however_long_it_is(library: Library, ruler: str) -> None:
    short, long, other = add(library, "Oslo is far.", LONG, "Nothing here.")
    todo = plan(library, Pipelines(ruler))
    steps = read(library, todo)
    assert {step.reading.article_id for step in steps if step.done} == {short.id, long.id, other.id}
    assert sum(step.names for step in steps) == 6_001
    assert names(library, short, todo) == ["Oslo"]
    assert names(library, long, todo) == ["Ada Berg", "Oslo"] * 3_000
    assert names(library, other, todo) == []
    assert not any(step.problem for step in steps)


def test_what_was_read_is_not_read_again_unless_it_is_wanted_anew(library: Library, ruler: str) -> None:
    first, second = add(library, "Oslo is far.", "Ada Berg is here.")
    chosen = Pipelines(ruler)
    read(library, plan(library, chosen))
    assert plan(library, chosen) == Plan([], 2, {})
    (third,) = add(library, "Oslo, too.")
    assert [reading.article_id for reading in plan(library, chosen).readings] == [third.id]
    anew = plan(library, chosen, {first.id, third.id}, anew=True)
    assert {reading.article_id for reading in anew.readings} == {first.id, third.id}
    # What is to be read anew is forgotten first, so a run that is stopped goes on without asking for all of it again.
    assert {reading.article_id for reading in plan(library, chosen).readings} == {first.id, third.id}
    assert second.id not in {reading.article_id for reading in plan(library, chosen).readings}


def test_a_run_that_is_stopped_keeps_what_it_read_and_goes_on_there(
    library: Library, ruler: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(corpus, "_KEPT_EVERY", 0.0)
    add(library, LONG)
    chosen = Pipelines(ruler)
    todo = plan(library, chosen)
    steps = corpus.read(library, todo.readings, workers=1, said=lambda _: None)
    for _ in range(5):
        next(steps)
    steps.close()  # type: ignore[attr-defined]
    kept = library.predictions.of(todo.readings[0].article_id, todo.readings[0].version)
    assert len(kept) >= 5
    asked: list[int] = []
    ask = EntityProcess.ask

    def note(process: EntityProcess, text: str, start: int, end: int) -> None:
        asked.append(start)
        ask(process, text, start, end)

    monkeypatch.setattr(EntityProcess, "ask", note)
    assert [step.done for step in read(library, plan(library, chosen), 1)][-1]
    assert {stretch.start for stretch in kept}.isdisjoint(asked)


def test_one_article_that_kills_the_process_does_not_stop_the_rest(library: Library, mortal: str) -> None:
    add(library, "Oslo one.", "poison", "Oslo two.", "Oslo three.")
    steps = read(library, plan(library, Pipelines(mortal)), 1)
    assert sum(step.done for step in steps) == 3
    assert [(step.reading.title, step.problem) for step in steps if step.problem] == [
        ("poison", "1 of its parts end the process, and were passed over")
    ]


def test_a_worker_that_is_killed_comes_back_and_nothing_is_lost(
    library: Library, ruler: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(corpus, "_KEPT_EVERY", 0.0)
    started: list[EntityProcess] = []
    ready = EntityProcess.wait_until_ready

    def note(process: EntityProcess) -> None:
        started.append(process)
        ready(process)

    monkeypatch.setattr(EntityProcess, "wait_until_ready", note)
    (long,) = add(library, LONG)
    todo = plan(library, Pipelines(ruler))
    said: list[str] = []
    steps = corpus.read(library, todo.readings, workers=1, said=said.append, pause=0)
    next(steps)
    os.kill(started[0]._child.pid, signal.SIGKILL)
    assert list(steps)[-1].done
    assert len(started) == 2
    assert [sentence.split(" (")[0] for sentence in said] == ["The process that finds names ended"]
    assert names(library, long, todo) == ["Ada Berg", "Oslo"] * 3_000


def test_a_pipeline_that_cannot_be_loaded_is_a_problem_of_each_of_its_articles(
    library: Library, tmp_path: Path
) -> None:
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "meta.json").write_text('{"lang": "en", "name": "x", "version": "1", "pipeline": ["ner"]}')
    add(library, "Oslo.", "Ada Berg.", "More of it.")
    steps = read(library, plan(library, Pipelines(str(broken))))
    assert len(steps) == 3
    assert all("cannot be used" in step.problem for step in steps)
    assert query(library.path, "SELECT count(*) FROM prediction") == [0]


def test_articles_are_read_with_the_pipeline_of_their_language(library: Library, ruler: str) -> None:
    german = str(Path(ruler).with_name("german"))
    english, in_german, french = add(library, *(" ".join(SENTENCES[code]) for code in ("en", "de", "fr")))
    todo = plan(library, Pipelines(ruler, {"de": german}))
    assert {reading.article_id: reading.pipeline.name for reading in todo.readings} == {
        english.id: ruler,
        in_german.id: german,
    }
    ((sentence, count),) = todo.unreadable.items()
    assert (count, "seems to be French" in sentence) == (1, True)
    assert sum(step.done for step in read(library, todo)) == 2
    assert french.id not in query(library.path, "SELECT article_id FROM prediction")


def test_answers_of_many_articles_are_kept_in_one_transaction(library: Library, ruler: str) -> None:
    add(library, *(f"Oslo number {number}." for number in range(40)))
    todo = plan(library, Pipelines(ruler))
    with statements() as seen:
        read(library, todo)
    written = [statement for statement, _ in seen if statement.startswith("INSERT")]
    assert 1 <= len(written) < 20
