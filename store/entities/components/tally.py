"""What a whole document says about each of its names: compact, so that ten megabytes of text leave a small tally."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from store.entities.components import evidence, lexicon, never
from store.entities.components.evidence import Scores
from store.entities.components.kinds import fitted, is_name
from store.entities.components.passages import Passage
from store.records import Entity

_ACRONYM = re.compile("[A-Z]{3,5}")

_SETTLED = 10.0
"""The score of a verdict that nothing can outweigh."""

_NONE: Mapping[str, str] = {}

_UNTELLING = 0.1
"""The weight of what a pipeline says in a headline or in a line of capitals."""


def key_of(name: str) -> str:
    """What the mentions of one name have in common: the words, whatever their case and the space between them."""
    return " ".join(name.split()).casefold()


def ranked(scores: Scores) -> list[tuple[str, float]]:
    """The types with the most that speaks for them first; of equal ones, the first in the alphabet."""
    return sorted(scores.items(), key=lambda item: (-item[1], item[0]))


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a name is in a document."""

    label: str
    score: float
    """How much speaks for it; `evidence` says what that means."""


class Tally:
    """Counts of names. Add every passage, then ask for verdicts."""

    def __init__(
        self, *, labels: Collection[str] = (), english: bool = True, listed: Mapping[str, str] = _NONE
    ) -> None:
        """Nothing counted yet.

        Args:
            labels: those that the pipeline gives; a verdict is one of them.
            english: whether the words in names and beside them are English; else only the pipeline's votes count.
            listed: by key, the labels of names that a list settles.
        """
        self._labels = labels
        self._english = english
        self._listed = listed
        self.votes: defaultdict[str, Scores] = defaultdict(lambda: Scores(float))
        """By name: how often the pipeline gave it each label."""
        self.cues: defaultdict[str, Counter[str]] = defaultdict(Counter)
        """By name: how often its neighbours spoke for each type."""
        self.spelled: dict[str, str] = {}
        """By name: how it was written first."""
        self.seen: Counter[str] = Counter()
        """By name: how often it stood with a capital where that says something."""
        self.small: set[str] = set()
        """Words that stand without a capital somewhere."""
        self.longer: defaultdict[str, set[str]] = defaultdict(set)
        """By word: the names that end with it."""
        self.opens: defaultdict[str, set[str]] = defaultdict(set)
        """By word: the names of several words that begin with it."""
        self.short: dict[str, str] = {}
        """By acronym, and by the name that it stands for: the other."""
        self._verdicts: dict[str, Verdict | None] = {}

    def add(self, passage: Passage, entities: Iterable[Entity]) -> None:
        """Count what is in a passage; offsets in its text. Add passages in the order of the text."""
        self._verdicts.clear()
        taken: list[tuple[int, int]] = []
        for entity in entities:
            first, last = passage.covered(entity.start, entity.end)
            if first < last:
                taken.append((first, last))
                if is_name(entity.label):
                    self._count(passage, first, last, entity)
        for first, last in candidates(passage, taken, self.small):
            self._count(passage, first, last, None)
        for word in passage.words:
            if not word.capital:
                self.small.add(word.text)

    def _count(self, passage: Passage, first: int, last: int, entity: Entity | None) -> None:
        words = passage.words
        start, end = (entity.start, entity.end) if entity else (words[first].start, words[last - 1].end)
        name = passage.text[start:end]
        key = key_of(name)
        telling = words[first].telling
        if telling and words[first].capital:
            self.seen[key] += 0 if words[first].initial else 1
        if entity:
            self.votes[key][entity.label] += 1.0 if telling else _UNTELLING
        if key not in self.spelled or (telling and self.spelled[key].isupper()):
            self.spelled[key] = name
        spoken_for = evidence.of_neighbours(passage, first, last) if self._english else None
        if spoken_for:
            self.cues[key][spoken_for[0]] += spoken_for[1]
        parts = key.split()
        if len(parts) > 1:
            self.longer[parts[-1]].add(key)
            self.opens[parts[0]].add(key)
            self._pair(passage, first, last, key)

    def _pair(self, passage: Passage, first: int, last: int, key: str) -> None:
        """A name and the acronym in brackets after it."""
        words, text = passage.words, passage.text
        if last >= len(words) or text[words[last - 1].end : words[last].start].strip() != "(":
            return
        short = words[last].text
        initials = "".join(word.text[0] for word in words[first:last] if word.capital)
        if short.isupper() and len(short) > 1 and initials.upper() == short:
            self.short[key_of(short)] = key
            self.short[key] = key_of(short)

    def verdict(self, key: str) -> Verdict | None:
        """The label that a name has in this document; None if nothing speaks for any."""
        if key in self._listed and key in self.votes:
            return Verdict(self._listed[key], _SETTLED)
        if key not in self._verdicts:
            best = ranked(self.scores(key))
            self._verdicts[key] = Verdict(self._label(key, best[0][0]), best[0][1]) if best else None
        return self._verdicts[key]

    def scores(self, key: str, *, related: bool = True) -> Scores:
        """The evidence for each type of a name."""
        name = self.spelled.get(key, key)
        words = [word.title() for word in name.split()] if name.isupper() and len(name) > 5 else name.split()
        scores = evidence.of_words(words) if self._english else Scores(float)
        if self._english and not scores and _ACRONYM.fullmatch(name) and self.seen[key]:
            scores["ORG"] += evidence.SLIGHT
        votes = self.votes.get(key)
        if votes:
            total = sum(votes.values())
            for label, count in votes.items():
                scores[evidence.type_of(label)] += evidence.saturated(total, 0.67) * count / total
        for label, count in self.cues.get(key, Counter()).items():
            scores[label] += evidence.saturated(count, 1.5)
        if not related:
            return scores
        for other, weight in self._related(key):
            for label, score in ranked(self.scores(other, related=False))[:1]:
                scores[label] += weight * min(score, 3.0)
        return scores

    def _related(self, key: str) -> Iterator[tuple[str, float]]:
        """Other forms of a name, with what their evidence weighs."""
        if key in self.short:
            yield self.short[key], 1.0
        if " " in key:
            return
        for other in sorted(self.longer.get(key, ()))[:3]:
            if self._is(other, "PERSON"):
                yield other, 1.0
        for other in sorted(self.opens.get(key, ()))[:3]:
            if self._is(other, "PERSON"):
                yield other, 0.7
            elif self._is(other, "ORG"):
                yield other, 0.5

    def _is(self, key: str, label: str) -> bool:
        best = ranked(self.scores(key, related=False))
        return bool(best) and best[0][0] == label

    def _label(self, key: str, kind: str) -> str:
        """The pipeline's own label for a type: of those that count as it, the one that it gave most."""
        votes = self.votes.get(key, Scores(float))
        fitting = [label for label, _ in ranked(votes) if evidence.type_of(label) == kind]
        if fitting:
            return fitting[0]
        if kind == "LOC":
            last = self.spelled.get(key, key).split()[-1]
            kind = "LOC" if last in lexicon.cues("last") else "GPE"
        return self.fitted(kind)

    def fitted(self, label: str) -> str:
        """A label of OntoNotes in the pipeline's own scheme."""
        return fitted(label, self._labels)


def candidates(seen: Passage, taken: list[tuple[int, int]], small: set[str]) -> Iterator[tuple[int, int]]:
    """Runs of capitalised words that may be names and that no entity has taken: first word, last word + 1."""
    words = seen.words
    busy = {index for first, last in taken for index in range(first, last)}
    for first, last in seen.runs():
        if not words[first].telling or any(index in busy for index in range(first, last)):
            continue
        if words[first].initial and (words[first].text in lexicon.plain() or words[first].text.lower() in small):
            first += 1
        while first < last and words[first].text in lexicon.titles():
            first += 1
        if first < last and _may_be_a_name(seen, first, last, busy):
            yield first, last


def _may_be_a_name(seen: Passage, first: int, last: int, busy: set[int]) -> bool:
    run = seen.words[first:last]
    if any(word.text in lexicon.plain() for word in (run[0], run[-1])):
        return False
    if all(len(word.text) == 1 for word in run) or never.is_never(" ".join(word.text for word in run)):
        return False
    if any(_is_compound(word.text) for word in run):
        return False
    # Not the second half of `Institute for Social Research` whose first half an entity has, or is lost.
    before = seen.words[first - 1] if first else None
    if before and before.text in {"of", "for", "and", "&", "the"} and first > 1:
        further = seen.words[first - 2]
        joined = seen.text[further.end : run[0].start] == f" {before.text} "
        if joined and before.text in {"of", "for"} and (further.capital or first - 2 in busy):
            return False
    return not (first and first - 1 in busy and seen.text[before.end : run[0].start] == " " if before else False)


def _is_compound(word: str) -> bool:
    """Whether a word is `KDP-controlled`, `All-State` or `U-21`: a name with something else, or none."""
    return "-" in word and any(not part[:1].isupper() or lexicon.is_ordinary(part) for part in word.split("-"))
