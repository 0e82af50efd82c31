"""What speaks for the type of a name: the words of it, those beside it, and what the pipeline said of it.

Evidence is a number for each type. One opinion of the pipeline weighs about as much as one sure sign in the words, and
what is repeated adds less each time, so that a mistake made thirty times over does not outweigh everything.
"""

from __future__ import annotations

import re
from collections import defaultdict

from store.entities.components import lexicon
from store.entities.components.passages import Passage

_INNER_CAPITAL = re.compile(r"[A-Z]\w*[a-z][A-Z]\w*\Z")
_SURNAMES = ("Mc", "Mac", "De", "Di", "Da", "Du", "La", "Le", "Van", "Fitz", "O", "Al", "El")

SURE = 2.0
"""A sign in the words of the name: `... University`, `Battle of ...`."""

LIKELY = 1.8
"""A place or a given name that is on a list."""

SLIGHT = 1.0
"""The same, where the word is also another kind of name."""

_MOST = 2.5
"""What many repetitions of one opinion come to."""

Scores = defaultdict[str, float]
"""By type: how much speaks for it."""

_TITLE = 4
"""How often a title before a name counts: as much as a sign in its words."""

_NOUN_WITHIN = 5
"""Words after the comma among which the noun is looked for."""

TYPES = {"GPE": "LOC", "FAC": "LOC", "PER": "PERSON"}
"""Labels that count as one type, by the name that the others go under."""


def type_of(label: str) -> str:
    """The type that a label counts as."""
    return TYPES.get(label, label)


def saturated(count: float, half: float) -> float:
    """What `count` repetitions weigh; at `half` of them it is half of the most."""
    return _MOST * count / (count + half)


def of_words(words: list[str]) -> Scores:
    """What the words of a name say about its type."""
    scores = Scores(float)
    name = " ".join(words)
    if name in lexicon.places():
        scores["LOC"] += SLIGHT if name in lexicon.given_names() else LIKELY
    if all(word in lexicon.peoples() for word in words):
        scores["NORP"] += SURE
    first, last = words[0], words[-1]
    if len(words) == 1:
        if first in lexicon.given_names():
            scores["PERSON"] += SLIGHT
        elif is_coined(first):
            scores["ORG"] += LIKELY
        return scores
    spoken_for = lexicon.cues("last").get(last)
    if "of" in words and first in lexicon.cues("first"):
        spoken_for = lexicon.cues("first")[first]
    elif first in {"Lake", "Mount", "Mt", "Mt.", "Cape", "Fort", "Port", "Isle"}:
        spoken_for = spoken_for or "LOC"
    if spoken_for:
        scores[spoken_for] += SURE
    elif first in lexicon.given_names():
        scores["PERSON"] += LIKELY
    elif len(words) == 2 and not any(word.isupper() or lexicon.is_ordinary(word) for word in words):
        scores["PERSON"] += SLIGHT
    return scores


def is_coined(word: str) -> bool:
    """Whether a word has a capital inside, as names that companies coin have: `FairVote`, but not `McCartney`."""
    return bool(_INNER_CAPITAL.match(word)) and not word.startswith(_SURNAMES)


def of_neighbours(passage: Passage, first: int, last: int) -> tuple[str, int] | None:
    """The type that the words before and after `words[first:last]` speak for, and how often that counts."""
    words, text = passage.words, passage.text
    if first:
        before = words[first - 1]
        if text[before.end : words[first].start] in {" ", ". ", " . "}:
            speaks_for = lexicon.cues("before").get(before.text)
            if speaks_for:
                return speaks_for, _TITLE if before.text in lexicon.titles() else 1
        if before.text == "of" and first > 1 and lexicon.cues("noun").get(words[first - 2].text) == "LOC":
            return "LOC", _TITLE
    if last < len(words):
        told = _apposition(passage, last)
        if told:
            return told, _TITLE
        after = words[last]
        gap = text[words[last - 1].end : after.start]
        if after.text in lexicon.cues("after") and gap.strip() in {"", ",", '"'}:
            return lexicon.cues("after")[after.text], 1
        if gap.strip() == "," and after.text.isdigit() and len(after.text) == 2:  # an age
            return "PERSON", 1
    return None


def _apposition(passage: Passage, last: int) -> str | None:
    """What a name is by the noun that follows it after a comma: `Quarnby, a small town in the hills`."""
    words, text = passage.words, passage.text
    if text[words[last - 1].end : words[last].start].strip() != "," or words[last].text not in {"a", "an", "the"}:
        return None
    for index in range(last + 1, min(last + _NOUN_WITHIN, len(words))):
        if text[words[index - 1].end : words[index].start] not in {" ", "-"}:
            break
        told = lexicon.cues("noun").get(words[index].text)
        if told:
            return told
    return None
