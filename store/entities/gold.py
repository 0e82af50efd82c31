"""What a pipeline predicted, what rules say and what a person decided: what of it is shown, and what is gold.

A decision on the very place wins over a rule, a rule wins over the pipeline. Nothing that was predicted is changed.
Pure, and a stretch at a time: no key has to look at a whole article.
"""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from store.entities.matching import Match, Matcher
from store.records import Annotation, Entity, Found, Rule
from store.text import stretches

LONGEST = 1000
"""Code points that a decided name may have, so that those over a place are found without looking at all of them."""


class Decision(StrEnum):
    """What a person said of a name."""

    ACCEPT = "accept"
    REJECT = "reject"
    RELABEL = "relabel"
    BORDER = "border"
    ADD = "add"


class Standing(StrEnum):
    """How a name stands."""

    UNDECIDED = "undecided"
    ACCEPTED = "accept"
    REJECTED = "reject"
    RELABELLED = "relabel"
    MOVED = "border"
    ADDED = "add"
    RULED = "rule"
    RULED_OUT = "never"


HIDDEN = frozenset((Standing.REJECTED, Standing.RULED_OUT))
"""What is no name any more."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One name as it stands, or one that is none any more."""

    start: int
    """Code point in the whole text."""
    end: int
    label: str
    standing: Standing = Standing.UNDECIDED
    source: str = ""
    """The id of the decision or of the rule that says so; empty while it is undecided."""


class Resolved(NamedTuple):
    """A stretch, resolved."""

    shown: list[Shown]
    """The names, in text order, none over another."""
    hidden: list[Shown]
    """What was predicted and is no name, in no order."""


class _Taken:
    """Spans apart from each other, and which of them share a code point with another."""

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []

    def overlap(self, start: int, end: int) -> bool:
        return bisect_right(self._ends, start) < bisect_left(self._starts, end)

    def add(self, start: int, end: int) -> None:
        place = bisect_left(self._starts, start)
        self._starts.insert(place, start)
        self._ends.insert(place, end)


def decision_of(annotation: Annotation) -> Decision:
    """What a decision says; one that another program wrote and that says nothing known accepts its span."""
    try:
        return Decision(str(annotation.attributes.get("decision")))
    except ValueError:
        return Decision.ACCEPT


def predicted_by(annotation: Annotation) -> tuple[int, int] | None:
    """The span of the prediction that a decision is about; None for a name that nothing predicted."""
    match annotation.attributes.get("predicted"):
        case [int(start), int(end), *_]:
            return start, end
        case _:
            return None


def resolve(
    text: str, predictions: Sequence[Entity], decisions: Iterable[Annotation] = (), ruled: Iterable[Match] = ()
) -> Resolved:
    """How the names of a stretch stand.

    Of decisions that contradict each other, as those of two annotators may, the newest counts. A rule does not cut
    a longer name that the pipeline found: one for `Paris` says nothing of `Paris Hilton`.

    Args:
        text: the whole text.
        predictions: what one pipeline said, in text order, none over another.
        decisions: those that share a code point with the stretch.
        ruled: the places of rules, in text order, none over another.
    """
    shown: list[Shown] = []
    hidden: list[Shown] = []
    taken, spoken_of = _Taken(), set[tuple[int, int]]()
    for decision in sorted(decisions, key=lambda one: one.updated, reverse=True):
        if decision.start is None or decision.end is None:
            continue
        span, what, label = (decision.start, decision.end), decision_of(decision), decision.label or ""
        predicted = predicted_by(decision) or span
        if span in spoken_of or taken.overlap(*span):
            continue
        spoken_of |= {span, predicted}
        if what is Decision.REJECT:
            hidden.append(Shown(*span, label, Standing.REJECTED, decision.id))
        else:
            shown.append(Shown(*span, label, Standing(what), decision.id))
            taken.add(*span)
    left = [
        one for one in predictions if (one.start, one.end) not in spoken_of and not taken.overlap(one.start, one.end)
    ]
    starts = [one.start for one in left]
    ends = [one.end for one in left]
    for start, end, rule in ruled:
        if (start, end) in spoken_of or taken.overlap(start, end):
            continue
        over = range(bisect_right(ends, start), bisect_left(starts, end))
        if any(_is_longer(text, left[index], start, end) for index in over):
            continue
        taken.add(start, end)
        if rule.label is None:
            hidden += [Shown(left[i].start, left[i].end, left[i].label, Standing.RULED_OUT, rule.id) for i in over]
        else:
            shown.append(Shown(start, end, rule.label, Standing.RULED, rule.id))
    shown += [Shown(one.start, one.end, one.label) for one in left if not taken.overlap(one.start, one.end)]
    shown.sort(key=lambda one: one.start)
    return Resolved(shown, hidden)


def core(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without a leading article and a possessive ending, which belong to no name."""
    first = text[start : min(end, start + 4)].lower()
    for article in ("the ", "a ", "an "):
        if first.startswith(article) and start + len(article) < end:
            start += len(article)
            break
    if end - start > 2 and text[end - 2 : end].lower() in ("'s", "’s"):
        end -= 2
    return start, end


def _is_longer(text: str, entity: Entity, start: int, end: int) -> bool:
    """Whether what was predicted holds the span and more words than it."""
    first, last = core(text, entity.start, entity.end)
    return first <= start and end <= last and (first, last) != (start, end)


def over(
    text: str, found: Iterable[Found], decisions: Sequence[Annotation], matcher: Matcher
) -> Iterator[tuple[Resolved, tuple[int, int]]]:
    """A whole article, resolved stretch by stretch, with the span of each stretch.

    A decision that lies in two stretches is told of with the one that it begins in.
    """
    predicted = {stretch.start: stretch.entities for stretch in found}
    by_start = sorted((one for one in decisions if one.start is not None), key=lambda one: one.start or 0)
    starts = [one.start or 0 for one in by_start]
    borders = [*stretches.cut(text), len(text)]
    for start, end in itertools.pairwise(borders):
        here = by_start[bisect_left(starts, start - LONGEST) : bisect_left(starts, end)]
        touching = [one for one in here if (one.end or 0) > start]
        resolved = resolve(text, predicted.get(start, ()), touching, matcher.within(text, start, end))
        shown, hidden = ([one for one in names if one.start >= start] for names in resolved)
        yield Resolved(shown, hidden), (start, end)


def shown(
    text: str, article_id: str, found: Iterable[Found], decisions: Sequence[Annotation], rules: Iterable[Rule]
) -> list[Shown]:
    """The names of a whole article as they are shown, in text order."""
    resolved = over(text, found, decisions, Matcher(rules, article_id))
    return [one for names, _ in resolved for one in names.shown]


def gold(
    text: str, article_id: str, found: Iterable[Found], decisions: Sequence[Annotation], rules: Iterable[Rule]
) -> list[Shown]:
    """What one annotator says are the names of an article: accepted, relabelled, moved, added, or by a rule.

    `decisions` and `rules` are that annotator's. What nobody has decided on is left out; `found` is what was predicted,
    which says where a rule would cut a longer name.
    """
    names = shown(text, article_id, found, decisions, rules)
    return [name for name in names if name.standing is not Standing.UNDECIDED]


def attributes(what: Decision, pipeline: str, predicted: Entity | None) -> Mapping[str, object]:
    """What a decision keeps of what it decides on, beside its own span and label."""
    kept: dict[str, object] = {"decision": str(what)}
    if pipeline:
        kept["pipeline"] = pipeline
    if predicted is not None:
        kept["predicted"] = [predicted.start, predicted.end, predicted.label]
    return kept
