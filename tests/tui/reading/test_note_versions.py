"""Versions of a note: which one is offered, in which order the key shows them, and what becomes of their drafts."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime, timedelta, timezone

from store.kinds import Subject
from store.records import Draft, Standing
from tui.reading.note_versions import Versions, when

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
PLACE = Standing(Subject.ARTICLE, "a", "a")


def draft(text: str, saved: str = "", **more: object) -> Draft:
    at = "2026-11-24T10:42:00.000000Z"
    return dataclasses.replace(Draft(text, PLACE, text, saved, 1, at, at), **more)  # type: ignore[arg-type]


def test_without_a_draft_there_is_nothing_to_say() -> None:
    versions = Versions("saved")
    assert versions.offer([], "saved") is None
    assert (versions.words("ctrl+o", NOON), versions.used, versions.left_behind()) == ("", (), ())


def test_the_latest_draft_is_offered_and_the_key_goes_round() -> None:
    new, old = draft("new", "saved"), draft("old", "saved")
    versions = Versions("saved")
    assert versions.offer([new, old], "saved") == "new"
    assert versions.words("ctrl+o", NOON) == "A draft of 10:42, not saved · ctrl+o takes a draft of 10:42 instead"
    assert versions.next("new!") == "old"
    assert versions.next("old") == "saved"
    assert versions.words("ctrl+o", NOON) == "A draft of 10:42 is kept · ctrl+o takes it instead"
    assert versions.next("saved") == "new!"  # what was typed in it is still there
    assert (versions.used, versions.left_behind()) == ((new,), (old,))


def test_nothing_is_put_in_the_place_of_what_somebody_has_typed_already() -> None:
    versions = Versions("")
    assert versions.offer([draft("kept")], "typ") is None
    assert versions.next("typ") == "kept"
    assert versions.next("kept") == "typ"


def test_what_was_discarded_or_is_older_than_what_is_saved_comes_by_key_only() -> None:
    for one in (draft("words", discarded="2026-11-24T11:00:00.000000Z"), draft("words", "as it was")):
        versions = Versions("")
        assert versions.offer([one], "") is None
        assert versions.others == 1
    assert Versions("").offer([one], "", wanted=one) == "words"  # unless it was asked for


def test_a_draft_that_says_what_is_saved_is_no_other_version() -> None:
    same = draft("saved")
    versions = Versions("saved")
    assert versions.offer([same], "saved") is None
    assert (versions.others, versions.used) == (0, (same,))


def test_times_are_told_in_the_readers_zone() -> None:
    assert when("2026-11-24T10:42:00.000000Z", NOON) == "10:42"
    assert when("2026-11-23T10:42:00.000000Z", NOON) == "23 Nov 10:42"
    tokyo = timezone(timedelta(hours=9))
    assert when("2026-11-24T20:42:00.000000Z", NOON.astimezone(tokyo)) == "25 Nov 05:42"
