"""Which language a text is in: by its script, and by the function words that no text can do without.

It answers only when it is sure, since a text without an answer is read as the reader has set, and a wrong one is not.
Written for texts of several sentences, so it needs neither a model nor a library: two lists of words are enough.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import cache

from store.text.function_words import CYRILLIC, LATIN, NAMES

LOOKED_AT = 12_000
"""Code points of the beginning of a text that are looked at."""

_SCRIPTS = {
    "latin": re.compile(r"[A-Za-zÀ-ɏḀ-ỿ]"),
    "cyrillic": re.compile(r"[Ѐ-ԯ]"),
    "greek": re.compile(r"[Ͱ-Ͽἀ-῿]"),
    "hebrew": re.compile(r"[א-ת]"),
    "arabic": re.compile(r"[ء-ۓ]"),
    "devanagari": re.compile(r"[ऀ-ॿ]"),
    "thai": re.compile(r"[ก-๎]"),
    "hangul": re.compile(r"[가-힣]"),
    "kana": re.compile(r"[ぁ-ヿ]"),
    "han": re.compile(r"[一-鿿]"),
}
_ONE_LANGUAGE = {"greek": "el", "hebrew": "he", "devanagari": "hi", "thai": "th", "hangul": "ko"}
_PERSIAN = re.compile(r"[پچژگ]")

_SIGNS_OF_A_WORD = {"hangul": 2, "han": 3, "kana": 2}
"""How many Latin letters a sign of these scripts stands for: few of them say as much as many letters."""

_MOSTLY = 0.6
"""The part of the letters that has to be in one script."""

_ENOUGH_WORDS = 4
"""Function words that have to be seen, ..."""

_DIFFERENT = 3
"""... how many of them have to be different, since Ada and Van are names too, ..."""

_ENOUGH = 0.16
"""... and the least part of all words that they have to be; in running text they are a third and more."""

_CLEARLY = 1.15
"""How many times the score of the next language the first one needs."""

_WORD = re.compile(r"[^\W\d_]+")

_CODE = re.compile("[a-z]{2,3}").fullmatch

_SAME = {
    "no": "nb",
    "iw": "he",
    "in": "id",
    "eng": "en",
    "deu": "de",
    "ger": "de",
    "fra": "fr",
    "fre": "fr",
    "spa": "es",
}
"""Other codes that are met: `no`, which Norwegian pages declare, withdrawn ones, and some of ISO 639-2."""

_BY_NAME = {name.lower(): code for code, name in NAMES.items()}


def guess(text: str) -> str | None:
    """The code of the language of a text, as spaCy writes it (`en`, `nb`, `zh`); None if it cannot be told."""
    head = text[:LOOKED_AT]
    letters = {name: len(signs.findall(head)) * _SIGNS_OF_A_WORD.get(name, 1) for name, signs in _SCRIPTS.items()}
    east_asian = letters["han"] + letters["kana"]
    if letters["kana"] * 10 > east_asian:  # Japanese is written in both, Chinese never in kana
        letters["kana"], letters["han"] = east_asian, 0
    script = max(letters, key=lambda name: letters[name])
    if letters[script] < _MOSTLY * sum(letters.values()) or not letters[script]:
        return None
    match script:
        case "latin":
            return _by_words(head, "latin")
        case "cyrillic":
            return _by_words(head, "cyrillic")
        case "kana":
            return "ja"
        case "han":
            return "zh"
        case "arabic":
            return "fa" if len(_PERSIAN.findall(head)) * 50 > letters["arabic"] else "ar"
    return _ONE_LANGUAGE[script]


def code_of(said: str) -> str | None:
    """The code of the language that is meant by a BCP 47 tag (`de-AT`, `en_US`) or an English name; None if by neither.

    Of a tag only the language counts: pipelines are for a language and not for a country.
    """
    tag = said.strip().lower()
    if tag in _BY_NAME:
        return _BY_NAME[tag]
    code = re.split("[-_]", tag, maxsplit=1)[0]
    return _SAME.get(code, code) if _CODE(code) else None


def spellings(code: str) -> list[str]:
    """How the language part of a declared language may be written that `code_of` takes for this one."""
    names = [name for name, known in _BY_NAME.items() if known == code]
    return [code, *(other for other, same in _SAME.items() if same == code), *names]


def name_of(code: str) -> str:
    """The English name of a language; the code itself if we know none."""
    return NAMES.get(code, code)


def _by_words(text: str, script: str) -> str | None:
    """The language whose function words stand in the text, each weighing less the more languages have it."""
    words = Counter(_WORD.findall(text.lower()))
    languages, weights = _table(script)
    scores: Counter[str] = Counter()
    hits: Counter[str] = Counter()
    different: Counter[str] = Counter()
    for word, count in words.items():
        for language in languages.get(word, ()):
            scores[language] += count * weights[word]  # type: ignore[assignment]
            hits[language] += count
            different[language] += 1
    if not scores:
        return None
    (first, best), (_, next_best) = [*scores.most_common(2), ("", 0)][:2]
    enough = max(_ENOUGH_WORDS, _ENOUGH * words.total())
    sure = hits[first] >= enough and different[first] >= _DIFFERENT and best >= _CLEARLY * next_best
    return first if sure else None


@cache
def _table(script: str) -> tuple[Mapping[str, list[str]], Mapping[str, float]]:
    """The languages that have a word, and what the word weighs."""
    languages: dict[str, list[str]] = {}
    for language, words in {"latin": LATIN, "cyrillic": CYRILLIC}[script].items():
        for word in dict.fromkeys(words.split()):
            languages.setdefault(word, []).append(language)
    return languages, {word: 1 / len(having) for word, having in languages.items()}
