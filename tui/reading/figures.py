"""The figures of a library as lines, for `postil stats` and for the screen alike. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from store.kinds import State
from store.tallies import By, Stats, Tally
from tui.reading.cells import fit
from tui.reading.charts import Bar, Line, Piece, Role, Signs, bars, columns

_SHORT = 10
"""Rows of a chart where it is one of several."""


_STATES = (State.DONE, State.READING, State.UNREAD, State.SKIPPED)
"""In the order of the chart."""


def lines(stats: Stats, today: date, width: int, signs: Signs, *, by: By | None = None) -> list[Line]:
    """The figures in `width` cells.

    Args:
        stats: the figures.
        today: the day on which the days end.
        width: cells.
        signs: what charts are made of.
        by: one chart with all its rows; None gives the sums and a short chart of each sort.
    """
    if by is not None:
        return list(_whole(stats, width, signs, by))
    drawn = list(_sums(stats, width, signs))
    for title, chart in (
        ("Labels", _chart(stats.by_label, width, signs, claims=False)),
        ("Annotators", _chart(stats.by_annotator, width, signs)),
        ("Days", _days(stats, today, width, signs)),
        ("Articles", _chart(stats.by_article, width, signs, of=stats.worked_on) if stats.articles > 1 else []),
    ):
        if chart:
            drawn += [[], [Piece(fit(title, width).rstrip(), Role.HEADING)], *chart]
    return drawn


def _sums(stats: Stats, width: int, signs: Signs) -> Iterator[Line]:
    made = [
        counted(number, what)
        for number, what in (
            (stats.claims, "claim"), (stats.notes, "note"), (stats.decisions, "decision"),
            (stats.relations, "relation"),
        )
        if number
    ]  # fmt: skip
    if stats.withdrawn:
        made.append(f"{stats.withdrawn:,} withdrawn")
    yield [Piece("Made", Role.HEADING)]
    yield from _listed(made or ["nothing yet"], width, signs)
    yield []
    one = stats.articles == 1
    title = f"{'The article' if one else 'Articles'}, as {stats.reader} reads {'it' if one else 'them'}"
    yield [Piece(fit(title, width).rstrip(), Role.HEADING)]
    also = []
    if one:
        also += [str(state) for state, number in stats.states.items() if number]
    else:
        yield from bars([Bar(state, stats.states[state]) for state in _STATES], width, signs)
    if stats.queued:
        also.append("in the queue" if one else f"{stats.queued:,} in the queue")
    if stats.words_read:
        also.append(f"about {counted(stats.words_read, 'word')} read")
    yield from _listed(also, width, signs)


def _listed(parts: Sequence[str], width: int, signs: Signs) -> Iterator[Line]:
    """Parts in a line, and in further lines where they are too many for one."""
    line = ""
    for part in parts:
        longer = f"{line}{signs.between}{part}" if line else part
        if line and len(longer) > width - 2:
            yield [Piece(fit(f"  {line}", width).rstrip())]
            longer = part
        line = longer
    if line:
        yield [Piece(fit(f"  {line}", width).rstrip())]


def _whole(stats: Stats, width: int, signs: Signs, by: By) -> Iterator[Line]:
    match by:
        case By.LABEL:
            title, tallies = "Labels", stats.by_label
        case By.ANNOTATOR:
            title, tallies = "Annotators", stats.by_annotator
        case By.DAY:
            title, tallies = "Days", list(reversed(stats.by_day))
        case By.ARTICLE:
            title, tallies = _of_articles(stats), stats.by_article
    yield [Piece(fit(title, width).rstrip(), Role.HEADING)]
    if not tallies:
        yield [Piece("  nothing yet")]
    yield from _bars(tallies, width, signs, claims=by is not By.LABEL)


def _bars(tallies: Sequence[Tally], width: int, signs: Signs, *, claims: bool = True) -> list[Line]:
    """Of a label everything is a claim, and so is the value."""
    values = ((one, one.total if claims else one.claims) for one in tallies)
    return bars([Bar(one.name, value, _details(one, claims=claims)) for one, value in values], width, signs)


def _chart(
    tallies: Sequence[Tally], width: int, signs: Signs, *, claims: bool = True, of: int | None = None
) -> list[Line]:
    """The first bars, and how many there are beside them; `of` is how many there are where not all are told apart."""
    drawn = _bars(tallies[:_SHORT], width, signs, claims=claims)
    more = (len(tallies) if of is None else of) - len(drawn)
    if more > 0:
        drawn.append([Piece(f"  and {more:,} more", Role.QUIET)])
    return drawn


def _days(stats: Stats, today: date, width: int, signs: Signs) -> list[Line]:
    totals = {date.fromisoformat(one.key): one.total for one in stats.by_day if one.total}
    if not totals:
        return []
    busiest = max(totals, key=lambda day: (totals[day], day))
    told = f"  {counted(len(totals), 'day')}{signs.between}the most on {busiest.isoformat()}: {totals[busiest]:,}"
    return [*columns(totals, max(today, *totals), width, signs), [Piece(fit(told, width).rstrip(), Role.QUIET)]]


def _of_articles(stats: Stats) -> str:
    shown = len(stats.by_article)
    return (
        "Articles" if shown >= stats.worked_on else f"Articles: {shown:,} of {stats.worked_on:,}, those with the most"
    )


def _details(one: Tally, *, claims: bool) -> str:
    """`12 C  3 N  40 D  1 R  2 done`: claims, notes, decisions, relations, articles done."""
    parts = (
        (one.claims if claims else 0, "C"),
        (one.notes, "N"),
        (one.decisions, "D"),
        (one.relations, "R"),
        (one.done, "done"),
    )
    return "  ".join(f"{number:,} {what}" for number, what in parts if number)


def counted(number: int, what: str) -> str:
    """`1 claim`, `2 claims`."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"
