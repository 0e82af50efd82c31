"""Names that the pipeline missed, or half of which it missed."""

from __future__ import annotations

from collections.abc import Iterable

from store.entities.components import evidence, lexicon, never
from store.entities.components.kinds import is_name, is_person
from store.entities.components.passages import Passage
from store.entities.components.tally import Tally, candidates, key_of
from store.records import Entity

_LONGEST = 4
"""Words of a name that is looked for in a headline."""

_LONGEST_PERSON = 3
"""Words of the longest name that is put together of what the pipeline took for one and what stands beside it."""


def found_again(tally: Tally, seen: Passage, entities: Iterable[Entity]) -> list[Entity]:
    """The entities of a passage, and the names that were missed in it, or half of which was."""
    kept = completed(tally, seen, entities)
    taken = [seen.covered(entity.start, entity.end) for entity in kept]
    words = seen.words
    kept += _in_headlines(tally, seen, taken)
    for first, last in candidates(seen, taken, tally.small):
        name = seen.text[words[first].start : words[last - 1].end]
        label = _label(tally, seen, first, last, name)
        if label:
            kept.append(Entity(words[first].start, words[last - 1].end, tally.fitted(label)))
    return sorted(kept, key=lambda entity: entity.start)


def _label(tally: Tally, seen: Passage, first: int, last: int, name: str) -> str | None:
    """The label of a name that the pipeline missed here, or None if too little speaks for its being one."""
    word = seen.words[first]
    parts = [each.text for each in seen.words[first:last] if each.capital]
    key = key_of(name)
    verdict = tally.verdict(key)
    known = key in tally.votes
    ordinary = all(lexicon.is_ordinary(part) for part in parts)
    if known and not (ordinary and word.initial):
        return verdict.label if verdict else None
    if ordinary and not (verdict and verdict.score >= evidence.SURE):
        return None
    if word.initial and not tally.seen[key] and not (verdict and verdict.score >= evidence.LIKELY):
        return None
    if verdict and verdict.score >= evidence.SLIGHT:
        return verdict.label
    if len(parts) == 1:
        return "ORG" if name.isupper() and 2 < len(name) < 7 else "PERSON"
    return "ORG" if any(lexicon.is_ordinary(part) or part.isupper() for part in parts) else "PERSON"


def _in_headlines(tally: Tally, seen: Passage, taken: list[tuple[int, int]]) -> list[Entity]:
    """Names where every word has a capital: in headlines, tables and lines of capitals.

    Only those that are known by themselves: from the rest of the document, or from a list.
    """
    found = []
    busy = {index for first, last in taken for index in range(first, last)}
    words = seen.words
    for begin, end in seen.runs():
        first = begin
        while first < end and not words[first].telling:
            for last in range(min(end, first + _LONGEST), first, -1):
                if busy.isdisjoint(range(first, last)) and (label := _known_label(tally, seen, first, last)):
                    found.append(Entity(words[first].start, words[last - 1].end, label))
                    busy.update(range(first, last))
                    first = last - 1
                    break
            first += 1
    return found


def _known_label(tally: Tally, seen: Passage, first: int, last: int) -> str | None:
    words = seen.words[first:last]
    name = seen.text[words[0].start : words[-1].end]
    key = key_of(name)
    if tally.seen[key] and key in tally.votes and not never.is_never(name):
        verdict = tally.verdict(key)
        return verdict.label if verdict else None
    parts = [word.text.title() if word.text.isupper() and len(word.text) > 3 else word.text for word in words]
    if len(parts) == 2 and parts[0] in lexicon.given_names() and not lexicon.is_ordinary(parts[1]):
        return tally.fitted("PERSON")
    scores = evidence.of_words(parts)
    if " ".join(parts) in lexicon.places() and scores["LOC"] >= evidence.LIKELY:
        return tally.fitted("GPE")
    return tally.fitted("NORP") if scores["NORP"] else None


def completed(tally: Tally, seen: Passage, entities: Iterable[Entity]) -> list[Entity]:
    """The entities of a passage, those of people with the words of the name that were left out of them."""
    kept = list(entities)
    spans = [seen.covered(entity.start, entity.end) for entity in kept]
    runs = {index: run for run in seen.runs() for index in range(*run)} if kept else {}
    for position, (entity, span) in enumerate(zip(kept, spans, strict=True)):
        run = runs.get(span[0])
        if run is None or run == span or not (is_name(entity.label) and run[0] <= span[0] < span[1] <= run[1]):
            continue
        alone = sum(first < run[1] and run[0] < last for first, last in spans) == 1
        if alone and _is_one_person(seen, run, span, entity):
            label = entity.label if is_person(entity.label) else tally.fitted("PERSON")
            kept[position] = Entity(seen.words[run[0]].start, seen.words[run[1] - 1].end, label)
    return kept


def _is_one_person(seen: Passage, run: tuple[int, int], span: tuple[int, int], entity: Entity) -> bool:
    """Whether a run of capitalised words, of which the pipeline took some for a name, is all one person's name."""
    words = seen.words[run[0] : run[1]]
    if len(words) > _LONGEST_PERSON or not (is_person(entity.label) or words[0].text in lexicon.given_names()):
        return False
    left_out = seen.words[run[0] : span[0]] + seen.words[span[1] : run[1]]
    return not any(
        not word.telling
        or lexicon.is_ordinary(word.text)
        or word.text in lexicon.titles()
        or word.text in lexicon.plain()
        or word.text in lexicon.peoples()
        or word.text in lexicon.places()
        for word in left_out
    )
