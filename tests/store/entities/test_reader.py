"""The thread that reads the open article: in what order, with which pipeline, and how it ends."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from queue import Queue

import pytest

from store.entities import lasting
from store.entities.pipelines import DEFAULT, PipelineError
from store.entities.reader import EntityReader, Work
from store.records import Entity, Found

SOON = 30.0
"""Seconds in which something has to happen on the slowest machine."""


class Listener:
    """What a reader reports, from its thread, to be waited for in the test's."""

    def __init__(self) -> None:
        self.found: Queue[tuple[str, Found]] = Queue()
        self.failed: Queue[PipelineError] = Queue()
        self.said: Queue[str] = Queue()

    def starts(self, work: Work, count: int) -> list[int]:
        """Where the next stretches of an article that were read begin, whatever else was read between them."""
        starts: list[int] = []
        while len(starts) < count:
            article_id, found = self.found.get(timeout=SOON)
            starts += [found.start] if article_id == work.article_id else []
        return starts


def reader_of(listener: Listener) -> EntityReader:
    """A reader that does not wait before it starts a process again."""
    return EntityReader(
        found=lambda work, found: listener.found.put((work.article_id, found)),
        failed=lambda _, error: listener.failed.put(error),
        said=lambda _, sentence: listener.said.put(sentence),
        passed_over=lambda _, sentence: listener.said.put(sentence),
        pause=0,
    )


@pytest.fixture(scope="module")
def running() -> Iterator[tuple[EntityReader, Listener]]:
    """A reader with the small pipeline, for the tests that leave it running."""
    listener = Listener()
    reader = reader_of(listener)
    yield reader, listener
    reader.close()


@pytest.fixture
def heard() -> Listener:
    """What is heard of a reader of the test's own."""
    return Listener()


MakesWork = Callable[..., Work]


@pytest.fixture
def pages(ruler: str) -> MakesWork:
    """Makes an article of so many stretches of seven code points."""

    def make(name: str, count: int, pipeline: str = ruler) -> Work:
        return Work(name, "Oslo.\n\n" * count, [(start, start + 7) for start in range(0, 7 * count, 7)], pipeline)

    return make


def test_a_reader_reads_the_nearest_stretches_first_and_looks_ahead_rather_than_back(
    running: tuple[EntityReader, Listener], pages: MakesWork
) -> None:
    reader, heard = running
    work = pages("nearest first", 6)
    reader.read(work, near=24)
    assert heard.starts(work, 6) == [21, 28, 14, 35, 7, 0]


def test_at_the_start_of_a_stretch_a_reader_begins_with_that_stretch(
    running: tuple[EntityReader, Listener], pages: MakesWork
) -> None:
    reader, heard = running
    work = pages("at the start", 6)
    reader.read(work, near=21)
    assert heard.starts(work, 1) == [21]


def test_a_reader_reports_each_stretch_with_its_article(running: tuple[EntityReader, Listener], ruler: str) -> None:
    reader, heard = running
    work = Work("one sentence", "Ada Berg left Oslo.", [(0, 19)], ruler)
    reader.read(work)
    read = ("", Found(0, 0, []))
    while read[0] != "one sentence":
        read = heard.found.get(timeout=SOON)
    assert read[1] == Found(0, 19, [Entity(0, 8, "PERSON"), Entity(14, 18, "GPE")])


def test_a_reader_goes_on_to_the_next_article_and_leaves_the_rest_of_the_last(
    running: tuple[EntityReader, Listener], pages: MakesWork
) -> None:
    reader, heard = running
    last, following = pages("the last", 500), pages("the next", 1)
    reader.read(last)
    heard.starts(last, 1)
    reader.read(following)
    read: list[str] = []
    while "the next" not in read:
        read.append(heard.found.get(timeout=SOON)[0])
    assert read.count("the last") < 250
    assert heard.found.empty()


def test_a_reader_follows_the_eyes(running: tuple[EntityReader, Listener], pages: MakesWork) -> None:
    reader, heard = running
    work = pages("followed", 500)
    reader.read(work)
    heard.starts(work, 1)
    reader.prefer(3000)
    starts = heard.starts(work, 500 - 1)
    assert starts.index(3003) < starts.index(1750)


def test_a_reader_with_nothing_to_read_starts_nothing(ruler: str, heard: Listener) -> None:
    before = threading.active_count()
    reader = reader_of(heard)
    reader.read(Work("empty", "", [], ruler))
    assert threading.active_count() == before
    reader.close()


def test_a_reader_that_is_closed_ends_its_thread_and_its_process(heard: Listener, pages: MakesWork) -> None:
    short = pages("short", 6)
    reader = reader_of(heard)
    reader.read(short)
    heard.starts(short, 1)
    process, thread = reader._process, reader._thread
    assert process is not None
    assert process._process is not None
    assert thread is not None
    child = process._process._child
    reader.close()
    assert child.poll() is not None
    assert not thread.is_alive()
    assert heard.failed.empty()


def test_a_reader_can_be_closed_while_the_pipeline_is_loading(heard: Listener, pages: MakesWork) -> None:
    short = pages("short", 6)
    reader = reader_of(heard)
    reader.read(short)
    reader.close()
    reader.read(short)  # too late: nothing happens
    assert heard.found.empty()
    assert heard.failed.empty()


def test_a_reader_says_that_it_has_failed_and_reads_other_work_all_the_same(heard: Listener, pages: MakesWork) -> None:
    reader = reader_of(heard)
    reader.read(pages("unreadable", 6, "xx_no_such_pipeline"))
    assert "cannot be used" in heard.failed.get(timeout=SOON).sentence
    short = pages("short", 6)
    reader.read(short)
    assert len(heard.starts(short, 6)) == 6
    reader.close()
    assert heard.failed.empty()


def test_a_process_that_cannot_be_started_is_a_failure_too(
    heard: Listener, pages: MakesWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "/no/such/python")
    reader = reader_of(heard)
    reader.read(pages("short", 6, DEFAULT))
    assert "cannot be started" in heard.failed.get(timeout=SOON).sentence
    reader.close()


def test_a_reader_settles_an_article_once_all_its_stretches_were_read(heard: Listener, pages: MakesWork) -> None:
    settled: Queue[tuple[Work, list[Found]]] = Queue()
    reader = EntityReader(
        found=lambda work, found: heard.found.put((work.article_id, found)),
        failed=lambda _, error: heard.failed.put(error),
        settled=lambda *each: settled.put(each),
    )
    short = pages("short", 6)
    reader.read(short, near=24)
    work, stretches = settled.get(timeout=SOON)
    assert (work, [stretch.start for stretch in stretches]) == (short, [0, 7, 14, 21, 28, 35])
    assert not any(stretch.draft for stretch in stretches)
    assert all(found.draft for _, found in heard.found.queue)
    # What was read before is settled together with the rest.
    drafts = [Found(start, start + 7, [], draft=True) for start in range(0, 42, 7)]
    resumed = replace(short, stretches=short.stretches[2:], drafts=drafts[:2])
    reader.read(resumed)
    work, stretches = settled.get(timeout=SOON)
    assert (work, len(stretches)) == (resumed, 6)
    # Read, but not settled when postil ended.
    read = replace(short, stretches=[], drafts=drafts)
    reader.read(read)
    assert settled.get(timeout=SOON)[0] is read
    reader.close()


# Another pipeline


def test_another_article_with_another_pipeline_ends_the_one_and_starts_the_other(
    heard: Listener, pages: MakesWork, small_pipelines: Path
) -> None:
    reader = reader_of(heard)
    english, german = pages("english", 500), pages("german", 3, str(small_pipelines / "german"))
    reader.read(english)
    heard.starts(english, 1)
    reader.read(german)
    assert sorted(heard.starts(german, 3)) == [0, 7, 14]
    reader.read(english)
    heard.starts(english, 1)
    reader.close()
    assert heard.failed.empty()
    assert heard.said.empty()


def test_going_to_and_fro_while_pipelines_load_fails_nothing(
    heard: Listener, pages: MakesWork, small_pipelines: Path
) -> None:
    reader = reader_of(heard)
    english, german = pages("english", 3), pages("german", 3, str(small_pipelines / "german"))
    for _ in range(5):
        reader.read(english)
        reader.read(german)
    reader.read(english)
    assert sorted(heard.starts(english, 3)) == [0, 7, 14]
    reader.close()
    assert heard.failed.empty()
    assert heard.said.empty()


# The process dies


def kill(reader: EntityReader) -> None:
    """Kill the spaCy process that the reader uses, as a machine without memory does."""
    assert reader._process is not None
    assert reader._process._process is not None
    os.kill(reader._process._process._child.pid, signal.SIGKILL)


def test_a_process_that_is_killed_in_the_middle_comes_back_and_nothing_is_lost(
    heard: Listener, pages: MakesWork
) -> None:
    reader = reader_of(heard)
    long = pages("long", 300)
    reader.read(long)
    read = heard.starts(long, 5)
    kill(reader)
    read += heard.starts(long, 295)
    assert sorted(read) == list(range(0, 2100, 7))
    assert "it was killed, as a machine does that has run out of memory); it is started again" in heard.said.get()
    reader.close()
    assert heard.failed.empty()


def test_a_process_that_is_killed_while_it_has_nothing_to_do_comes_back_for_the_next_article(
    heard: Listener, pages: MakesWork
) -> None:
    reader = reader_of(heard)
    first, second = pages("first", 2), pages("second", 3)
    reader.read(first)
    heard.starts(first, 2)
    kill(reader)
    reader.read(second)
    assert sorted(heard.starts(second, 3)) == [0, 7, 14]
    reader.close()
    assert heard.failed.empty()


def test_a_stretch_that_kills_the_process_twice_is_passed_over_and_the_others_are_read(
    heard: Listener, mortal: str
) -> None:
    reader = reader_of(heard)
    text = "Oslo.  Oslo.  poison Oslo.  Oslo.  "
    work = Work("poisoned", text, [(0, 7), (7, 14), (14, 21), (21, 28), (28, 35)], mortal)
    reader.read(work)
    assert sorted(heard.starts(work, 4)) == [0, 7, 21, 28]
    said = [heard.said.get(timeout=SOON) for _ in range(3)]
    assert [sentence.endswith("is started again.") for sentence in said] == [True, True, False]
    assert said[2] == "Names in one part of the article are not marked: the process dies over it."
    reader.close()
    assert heard.failed.empty()


def test_when_all_tries_fail_it_is_said_and_the_next_article_may_be_read(
    heard: Listener, pages: MakesWork, mortal: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lasting, "_TRIES", 3)
    reader = reader_of(heard)
    poison = Work("all poison", "poison " * 9, [(start, start + 7) for start in range(0, 63, 7)], mortal)
    reader.read(poison)
    assert heard.failed.get(timeout=SOON).sentence.startswith(
        "No more names are marked: the process that finds them ended 3 times in a row (it was killed"
    )
    short = pages("short", 2)
    reader.read(short)
    assert sorted(heard.starts(short, 2)) == [0, 7]
    reader.close()
