"""Figures as lines: what stands where, and that every line fits."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.kinds import State
from store.tallies import By, Stats, Tally
from tui.reading.cells import width_of
from tui.reading.charts import ASCII, BLOCKS, Signs
from tui.reading.figures import lines

TODAY = date(2026, 11, 25)
NOTHING = Stats(0, 0, 0, 0, 0, 2, dict.fromkeys(State, 0) | {State.UNREAD: 2}, 0, 0, "ada")
SOME = Stats(
    claims=9, notes=2, decisions=4, relations=1, withdrawn=3, articles=30,
    states={State.UNREAD: 20, State.READING: 6, State.DONE: 3, State.SKIPPED: 1}, queued=2, words_read=1234,
    reader="ada",
    by_label=[Tally("CLAIM", "CLAIM", claims=6, notes=2), Tally("SOURCE", "SOURCE", claims=3)],
    by_annotator=[Tally("ada", "ada", claims=6, notes=2, decisions=4, relations=1, done=3), Tally("b", "b", claims=3)],
    by_day=[Tally("2026-11-20", "2026-11-20", claims=9), Tally("2026-11-24", "2026-11-24", notes=2, done=3)],
    by_article=[Tally(str(number), f"Title {number}", claims=1) for number in range(12)],
    worked_on=40,
)  # fmt: skip


def drawn(stats: Stats, width: int = 60, *, by: By | None = None) -> list[str]:
    return ["".join(piece.text for piece in line).rstrip() for line in lines(stats, TODAY, width, BLOCKS, by=by)]


def test_the_sums_come_first_and_then_a_short_chart_of_each_sort() -> None:
    assert drawn(SOME)[:27] == [
        "Made",
        "  9 claims · 2 notes · 4 decisions · 1 relation",
        "  3 withdrawn",
        "",
        "Articles, as ada reads them",
        "  done    ███████                                          3",
        "  reading ██████████████▏                                  6",
        "  unread  ███████████████████████████████████████████████ 20",
        "  skipped ██▍                                              1",
        "  2 in the queue · about 1,234 words read",
        "",
        "Labels",
        "  CLAIM  ████████████████████████████████████████████ 6  2 N",
        "  SOURCE ██████████████████████                       3",
        "",
        "Annotators",
        "  ada ███████████████████████ 13  6 C  2 N  4 D  1 R  3 done",
        "  b   █████▎                   3  3 C",
        "",
        "Days",
        "  ········█···▂·",
        "      2026-11-25",
        "  2 days · the most on 2026-11-20: 9",
        "",
        "Articles",
        "  Title 0 ███████████████████████████████████████████ 1  1 C",
        "  Title 1 ███████████████████████████████████████████ 1  1 C",
    ]
    assert drawn(SOME)[-2:] == ["  Title 9 ███████████████████████████████████████████ 1  1 C", "  and 30 more"]


@pytest.mark.parametrize(
    ("by", "first"),
    [
        (By.LABEL, ["Labels", "  CLAIM  ████████████████████████████████████████████ 6  2 N"]),
        (By.ANNOTATOR, ["Annotators", "  ada ███████████████████████ 13  6 C  2 N  4 D  1 R  3 done"]),
        (By.DAY, ["Days", "  2026-11-24 ███████▏                         2  2 N  3 done"]),  # the latest first
        (By.ARTICLE, ["Articles: 12 of 40, those with the most",
                      "  Title 0  ██████████████████████████████████████████ 1  1 C"]),
    ],
)  # fmt: skip
def test_by_one_sort_there_is_one_chart_with_all_its_rows(by: By, first: list[str]) -> None:
    assert drawn(SOME, by=by)[:2] == first
    assert drawn(NOTHING, by=by)[1:] == ["  nothing yet"]


def test_where_nothing_was_done_it_says_so() -> None:
    assert drawn(NOTHING)[1] == "  nothing yet"
    assert len(drawn(NOTHING)) == 8


def test_of_one_article_it_is_told_how_it_stands() -> None:
    one = Stats(1, 0, 0, 0, 0, 1, dict.fromkeys(State, 0) | {State.DONE: 1}, 0, 214, "ada")
    assert drawn(one)[3:] == ["The article, as ada reads it", "  done · about 214 words read"]


@given(st.integers(20, 160), st.sampled_from([None, *By]), st.sampled_from([BLOCKS, ASCII]))
def test_every_line_fits(width: int, by: By | None, signs: Signs) -> None:
    assert all(sum(width_of(piece.text) for piece in line) <= width for line in lines(SOME, TODAY, width, signs, by=by))
