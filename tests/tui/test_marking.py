"""Marks: one by one, or all that a filter leaves, without a list of them."""

from __future__ import annotations

from tui.marking import Marked

IDS = ["a", "b", "c", "d"]


def test_rows_are_marked_one_by_one() -> None:
    marked = Marked()
    marked.toggle("b")
    marked.toggle("d")
    marked.toggle("b")
    assert [one in marked for one in IDS] == [False, False, False, True]
    assert (marked.count(4), marked.chosen(IDS)) == (1, ["d"])
    marked.listed("other words")
    assert marked.count(4) == 1, "another filter hides it, and it is marked all the same"


def test_all_are_marked_but_those_that_were_unmarked() -> None:
    marked = Marked()
    marked.toggle("b")
    marked.toggle_all("words")
    assert all(one in marked for one in IDS)
    assert (marked.all, marked.count(50_000), marked.chosen(IDS)) == (True, 50_000, IDS)
    marked.toggle("b")
    assert (marked.count(50_000), marked.chosen(IDS)) == (49_999, ["a", "c", "d"])
    marked.toggle_all("words")
    assert (marked.all, marked.count(4), marked.chosen(IDS)) == (False, 0, [])


def test_all_of_one_filter_are_not_those_of_another() -> None:
    marked = Marked()
    marked.toggle_all("words")
    marked.listed("words")
    assert marked.all
    marked.listed("other words")
    assert marked.count(4) == 0
