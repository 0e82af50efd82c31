"""The lists in `data`, each read once, when a layer first asks for it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache, lru_cache

from store.entities.layers import DATA

_ADDED = ("s", "es", "ed", "ing", "d", "ly", "er", "ers", "ness", "r", "rs", "ment", "able", "ings", "est")
_IN_PLACE_OF_E = ("ing", "ed", "er", "es", "est")
"""Endings that English adds to a word, or puts in the place of its last e or after its last letter doubled."""

_BRITISH = (("our", "or"), ("is", "iz"), ("ys", "yz"), ("tre", "ter"), ("ogue", "og"), ("ence", "ense"), ("ll", "l"))
"""Spellings, and what the list, which is American, has for them."""


@cache
def given_names() -> frozenset[str]:
    """First names of people, with a capital."""
    return frozenset(" ".join(_lines("given-names.txt")).split())


@cache
def places() -> frozenset[str]:
    """Countries, states and cities; several words have a space between them."""
    return frozenset(name.strip() for name in " ".join(_lines("places.txt")).split(";"))


@cache
def peoples() -> frozenset[str]:
    """Nationalities, faiths and their like, singular and plural."""
    return frozenset(" ".join(_lines("peoples.txt")).split())


def is_listed(word: str) -> bool:
    """Whether a word with a capital is on one of the lists of names."""
    return word in given_names() or word in places() or word in peoples()


@lru_cache(maxsize=50_000)
def is_ordinary(word: str) -> bool:
    """Whether a word, whatever its case, is an ordinary English word or a plural, past tense or the like of one."""
    return _derives(word.lower(), 3)


def _derives(word: str, steps: int) -> bool:
    if word in _words():
        return True
    return steps > 0 and any(_derives(stem, steps - 1) for stem in _stems(word))


def _stems(word: str) -> Iterator[str]:
    for suffix in _ADDED:
        if word.endswith(suffix) and len(word) - len(suffix) >= 3:
            yield word[: -len(suffix)]
    for british, american in _BRITISH:
        if british in word[1:]:
            yield word[0] + word[1:].replace(british, american)
    for suffix in _IN_PLACE_OF_E:
        stem = word.removesuffix(suffix)
        if stem != word and len(stem) >= 3:
            yield stem + "e"
            if stem[-1] == stem[-2]:
                yield stem[:-1]


@cache
def _words() -> frozenset[str]:
    return frozenset(" ".join(_lines("words.txt")).split())


@cache
def never() -> frozenset[str]:
    """Words that are never names."""
    return frozenset(" ".join(_lines("never.txt")).split())


@cache
def cues(place: str) -> dict[str, str]:
    """By word: the type that it speaks for. `place` is where it stands: last, first, before, after."""
    return {word: label for label, words in _cues()[place].items() for word in words.split()}


@cache
def titles() -> frozenset[str]:
    """Words before a person's name in a run of capitals."""
    return frozenset(_cues()["titles"]["words"].split())


@cache
def plain() -> frozenset[str]:
    """Words that have a capital for other reasons than being a name."""
    return frozenset(_cues()["plain"]["words"].split())


@cache
def _cues() -> dict[str, dict[str, str]]:
    return tomllib.loads((DATA / "cues.toml").read_text("utf-8"))


def _lines(name: str) -> Iterator[str]:
    for line in (DATA / name).read_text("utf-8").splitlines():
        if not line.startswith("#"):
            yield line
