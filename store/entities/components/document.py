"""The layers that look at a whole document: recall and consistency, over the tally of its names."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from store.entities.components import evidence, lexicon, never
from store.entities.components.kinds import is_name
from store.entities.components.passages import Passage, passage
from store.entities.components.tally import Tally, candidates, key_of
from store.records import Entity
from store.text.paragraphs import paragraphs

_LEAD = 0.3
"""By how much a name's other type must lead before a mention is relabelled."""

_LONGEST = 4
"""Words of a name that is looked for in a headline."""


def one_type(tally: Tally, seen: Passage, entities: Iterable[Entity]) -> list[Entity]:
    """The entities of a passage, each name with the type that it has in the document.

    A mention whose own neighbours speak for the type that it has keeps it: Washington said this in Washington.
    """
    settled = []
    for entity in entities:
        if is_name(entity.label):
            key = key_of(seen.text[entity.start : entity.end])
            if _is_only_initial(tally, seen, entity, key):
                continue
            verdict = tally.verdict(key)
            if verdict and verdict.label != entity.label:
                own, other = evidence.type_of(entity.label), evidence.type_of(verdict.label)
                if own == other or (
                    verdict.score - tally.scores(key)[own] > _LEAD and _spoken_for(seen, entity) != own
                ):
                    entity = Entity(entity.start, entity.end, verdict.label)
        settled.append(entity)
    return settled


def _is_only_initial(tally: Tally, seen: Passage, entity: Entity, key: str) -> bool:
    """Whether it is ordinary words that the document has with a capital only where any word has one."""
    first, last = seen.index(entity.start), seen.index(entity.end)
    if first >= last or tally.seen[key]:
        return False
    words = seen.words[first:last]
    if words[0].telling and (len(words) > 1 or not words[0].initial):
        return False
    return all(lexicon.is_ordinary(word.text) and not lexicon.is_listed(word.text.title()) for word in words)


def _spoken_for(seen: Passage, entity: Entity) -> str | None:
    first, last = seen.index(entity.start), seen.index(entity.end)
    return evidence.of_neighbours(seen, first, last) if first < last else None


def found_again(tally: Tally, seen: Passage, entities: Iterable[Entity]) -> list[Entity]:
    """The entities of a passage, and the names that were missed in it, or half of which was."""
    kept = completed(tally, seen, entities)
    taken = [(seen.index(entity.start), seen.index(entity.end)) for entity in kept]
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
    spans = [(seen.index(entity.start), seen.index(entity.end)) for entity in kept]
    words = seen.words
    runs = {index: run for run in seen.runs() for index in range(*run)} if kept else {}
    for position, (entity, (first, last)) in enumerate(zip(kept, spans, strict=True)):
        if not is_name(entity.label) or first >= last or first not in runs:
            continue
        begin, end = runs[first]
        if (begin, end) == (first, last) or end - begin > 3 or not begin <= first < last <= end:
            continue
        if any(other != position and spans[other][0] < end and begin < spans[other][1] for other in range(len(kept))):
            continue
        others = [words[index] for index in range(begin, end) if not first <= index < last]
        if any(lexicon.is_ordinary(w.text) or w.text in lexicon.titles() or w.text in lexicon.plain() for w in others):
            continue
        if words[begin].text not in lexicon.given_names() and entity.label not in {"PERSON", "PER"}:
            continue
        if any(w.text in lexicon.peoples() or w.text in lexicon.places() or not w.telling for w in others):
            continue
        label = entity.label if entity.label in {"PERSON", "PER"} else tally.fitted("PERSON")
        kept[position] = Entity(words[begin].start, words[end - 1].end, label)
    return kept


def settled(
    tally: Tally, text: str, entities: Iterable[Entity], *, consistency: bool = True, recall: bool = True
) -> list[Entity]:
    """The entities of a paragraph as the tally of its whole document has them; offsets in the paragraph."""
    seen, kept = passage(text), list(entities)
    if consistency:
        kept = one_type(tally, seen, kept)
    if recall:
        kept = found_again(tally, seen, kept)
    return kept


def whole(
    text: str,
    entities: Iterable[Entity],
    *,
    labels: Collection[str] = (),
    english: bool = True,
    consistency: bool = True,
    recall: bool = True,
) -> list[Entity]:
    """The entities of a document that is at hand as a whole.

    Args:
        text: the document's.
        entities: what the pipeline said of it; they do not overlap.
        labels: those that the pipeline gives.
        english: whether the text is English.
        consistency: give each name one type.
        recall: add names that were missed.
    """
    kept = list(entities)
    parts = []
    for start, end in paragraphs(text, 0, len(text)):
        inside = [
            Entity(entity.start - start, entity.end - start, entity.label)
            for entity in kept
            if start <= entity.start and entity.end <= end
        ]
        parts.append((start, text[start:end], inside))
    tally = Tally(labels=labels, english=english)
    for _, part, inside in parts:
        tally.add(passage(part), inside)
    return [
        Entity(start + entity.start, start + entity.end, entity.label)
        for start, part, inside in parts
        for entity in settled(tally, part, inside, consistency=consistency, recall=recall)
    ]
