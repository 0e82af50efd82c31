"""The names of a page: what was predicted, with rules and decisions laid over it, resolved where a row looks at it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from store.entities import gold
from store.entities.gold import Resolved, Shown, Standing
from store.entities.matching import Matcher
from store.records import Annotation, Entity, Found, Rule
from tui.reading.page import Page, Span

_KEPT = 512
"""Stretches whose names are kept resolved."""


class Overlay:
    """The names of one page, as one annotator's decisions and everybody's rules leave them."""

    def __init__(
        self,
        page: Page,
        article_id: str = "",
        found: Iterable[Found] = (),
        decisions: Iterable[Annotation] = (),
        rules: Sequence[Rule] = (),
    ) -> None:
        """Lay decisions and rules over what was found in an article; nothing is worked out yet."""
        self._page = page
        self._article_id = article_id
        self._predicted: dict[int, Sequence[Entity]] = {}
        self._decided: dict[str, Annotation] = {}
        self._by_stretch: dict[int, dict[str, Annotation]] = {}
        self._resolved: dict[int, Resolved] = {}
        self.version = 0
        """A number that changes whenever the rules do."""
        self.rules = rules
        self._matcher = Matcher(rules, article_id)
        for stretch in found:
            self._predicted[page.index_of(stretch.start)] = stretch.entities
        for decision in decisions:
            self.decide(decision)

    # What is known

    def predict(self, found: Found) -> int:
        """Take what a pipeline says of a stretch, in place of what it said before; which stretch that is."""
        index = self._page.index_of(found.start)
        self._predicted[index] = found.entities
        self._resolved.pop(index, None)
        return index

    def decide(self, decision: Annotation) -> set[int]:
        """Take a decision, new or changed; the stretches that it concerns."""
        concerned = self.forget(decision.id)
        for span in _spans(decision):
            for index in self._indexes(span):
                self._by_stretch.setdefault(index, {})[decision.id] = decision
                self._resolved.pop(index, None)
                concerned.add(index)
        self._decided[decision.id] = decision
        return concerned

    def forget(self, decision_id: str) -> set[int]:
        """Drop a decision that was withdrawn; the stretches that it concerned."""
        decision = self._decided.pop(decision_id, None)
        concerned = {index for span in _spans(decision) for index in self._indexes(span)} if decision else set()
        for index in concerned:
            self._by_stretch[index].pop(decision_id, None)
            self._resolved.pop(index, None)
        return concerned

    def rule(self, rules: Sequence[Rule]) -> bool:
        """Take the rules as they are now; whether any is another than before."""
        if list(rules) == list(self.rules):
            return False
        self.rules = rules
        self._matcher = Matcher(rules, self._article_id)
        self._resolved.clear()
        self.version += 1
        return True

    def decision(self, decision_id: str) -> Annotation | None:
        """The decision with this id."""
        return self._decided.get(decision_id)

    def stretches_of(self, decision_id: str, decision: Annotation | None) -> set[int]:
        """The stretches that a decision concerns, as it is known and as it will be."""
        spans = [span for one in (self._decided.get(decision_id), decision) if one for span in _spans(one)]
        return {index for span in spans for index in self._indexes(span)}

    # What is shown

    def of(self, index: int) -> Resolved:
        """The names of a stretch, and what is none any more."""
        known = self._resolved.get(index)
        if known is None:
            known = self._work_out(index)
            if len(self._resolved) >= _KEPT:
                self._resolved.clear()
            self._resolved[index] = known
        return known

    def at(self, offset: int) -> Shown | None:
        """The name over an offset."""
        shown = self.of(self._page.index_of(offset)).shown
        place = bisect_right(shown, offset, key=lambda name: name.end)
        return shown[place] if place < len(shown) and shown[place].start <= offset else None

    def hidden_at(self, offset: int) -> Shown | None:
        """What was predicted over an offset and is no name."""
        hidden = self.of(self._page.index_of(offset)).hidden
        return next((name for name in hidden if name.start <= offset < name.end), None)

    def within(self, span: Span) -> list[Shown]:
        """The names that share a code point with a span."""
        found = {name for index in self._indexes(span) for name in self.of(index).shown}
        return sorted((one for one in found if one.start < span[1] and one.end > span[0]), key=lambda one: one.start)

    def undecided(self, offset: int, direction: int = 1) -> Iterator[Shown | None]:
        """The undecided names that begin at or after an offset, or before it; None after each stretch without one.

        Whoever asks can give up after so many stretches: no key looks through a whole article.
        """
        first = self._page.index_of(offset)
        for index in range(first, len(self._page)) if direction > 0 else range(first, -1, -1):
            shown = self.of(index).shown
            place = bisect_left(shown, offset, key=lambda name: name.start)
            found = False
            for name in shown[place:] if direction > 0 else reversed(shown[:place]):
                if name.standing is Standing.UNDECIDED:
                    found = True
                    yield name
            if not found:
                yield None

    def everything(self) -> Iterator[list[Shown] | list[Entity]]:
        """The names of every stretch, to be counted in a thread: from what is known now, and nothing is kept."""
        predicted, by_stretch, matcher = dict(self._predicted), dict(self._by_stretch), self._matcher
        for index in range(len(self._page)):
            start, end = self._page.bounds(index)
            entities, decided = predicted.get(index, []), by_stretch.get(index)
            if not decided and not matcher:
                yield list(entities)
            else:
                resolved = gold.resolve(
                    self._page.text, entities, [*(decided or {}).values()], matcher.within(self._page.text, start, end)
                )
                yield [name for name in resolved.shown if name.start >= start]

    def _work_out(self, index: int) -> Resolved:
        text = self._page.text
        decided = self._by_stretch.get(index, {}).values()
        return gold.resolve(
            text, self._predicted.get(index, ()), decided, self._matcher.within(text, *self._page.bounds(index))
        )

    def _indexes(self, span: Span) -> range:
        return range(self._page.index_of(span[0]), self._page.index_of(span[1] - 1) + 1)


def _spans(decision: Annotation) -> list[Span]:
    """Where a decision is to be known: over its own span, and over that of what it decides on."""
    if decision.start is None or decision.end is None:
        return []
    own = (decision.start, decision.end)
    predicted = gold.predicted_by(decision)
    return [own] if predicted is None or predicted == own or predicted[0] >= predicted[1] else [own, predicted]
