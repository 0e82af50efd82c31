"""Verbs in a statement: whether one says something, which words belong to it, and whether it stands turned round."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from store.attribution.passages import Sort, Token
from store.attribution.subjects import Form, Subject, left_of, right_of
from store.attribution.words import (
    ADVERBS,
    BEING,
    DAYS,
    DETERMINERS,
    DOING,
    FINITE,
    HAVING,
    MODAL,
    NEGATIVE,
    NEVER_ALONE,
    NOUNS,
    PHRASES,
    PREPOSITIONS,
    SAYING,
    WILL,
)

CALLING = frozenset("call calls called calling describe describes described describing".split())
"""Verbs that attribute what somebody says that something is."""

PUTTING = frozenset("put puts putting".split())
"""Verbs that attribute a figure: `puts the cost at ...`."""

TELLING = frozenset(
    "told tells tell informed informs reminded reminds assured assures reassured accused accuses blamed blames".split()
)
"""Verbs behind which whoever is told stands, and not who tells."""

_CLAUSE_STARTS = frozenset("he she it they we i you there this these those nobody everyone everybody nothing".split())
"""Words with which a clause begins that stands as an object without `that`."""

_OBJECTS = frozenset("it this these those you".split())
"""Of those, the ones that may be what somebody finds or calls: `found it too late`."""

_YEAR = re.compile(r"(?:1[5-9]|20)\d\d").fullmatch


def auxiliaries(tokens: Sequence[Token], place: int) -> tuple[int, bool, bool] | None:
    """The place before a verb with its auxiliaries, whether it is passive, and whether negated.

    None if it is no verb that somebody does: `to say`, `would say`, `a saying`.
    """
    passive = negated = progressive = False
    index = place - 1
    while index >= 0:
        token = tokens[index]
        if token.sort is Sort.POSSESSIVE and token.word in ("'s", "’s") and index + 1 < place:
            index -= 1  # `he's also said`
            continue
        if token.sort is not Sort.WORD:
            break
        if token.word in NEGATIVE or token.word.endswith(("n't", "n’t")):
            negated = True
            if token.word not in NEGATIVE and token.word[:-3] not in DOING | HAVING | BEING and token.word not in DOING:
                return None
        elif token.word in DAYS and index > 1 and tokens[index - 1].is_word(("on", "last", "in")):
            index -= 1
        elif token.word in BEING:
            progressive = tokens[place].word.endswith("ing")
            passive = passive or not progressive
        elif token.word in MODAL or token.word == "to":
            return None
        elif not (token.word in DOING | WILL | HAVING | ADVERBS or (token.word.endswith("ly") and len(token.word) > 4)):
            break
        index -= 1
    alone = index >= 0 and not (tokens[index].is_sign(",—–") or tokens[index].sort is Sort.QUOTE)
    if tokens[place].word.endswith("ing") and not progressive and alone:
        return None  # `a report showing`
    return index, passive, negated


def is_base_form(word: str) -> bool:
    """Whether a verb stands as several people's does: `they report`."""
    return not word.endswith(("s", "ed", "ing"))


def is_noun(tokens: Sequence[Token], word: str, last: int, *, parenthetic: bool) -> bool:
    """Whether what may be a verb is a noun here: `the largest dispute is`, `health posts in the study`."""
    before = tokens[last - 1] if last else None
    counted = before is not None and before.sort is Sort.NUMBER and not _YEAR(before.word)
    if before is not None and (counted or before.is_word(("further", "such", "billion", "million"))):
        return word in NOUNS or word.endswith("ed")
    if word not in NOUNS or parenthetic or word.endswith("ed"):
        return False
    following = tokens[last + 1] if last + 1 < len(tokens) else None
    return following is None or following.is_word(FINITE | PREPOSITIONS) or following.is_sign(".;")


def turned(tokens: Sequence[Token], before: int, last: int) -> tuple[Subject, int] | None:
    """The subject behind the verb, where the verb comes first: `"...", said X`."""
    if before < 0 or not (tokens[before].sort is Sort.QUOTE or tokens[before].is_sign(",—–")):
        return None
    first = last + 1
    while first < len(tokens) and tokens[first].is_word(ADVERBS):
        first += 1
    if first >= len(tokens) or tokens[first].sort in (Sort.QUOTE, Sort.SIGN):
        return None
    if tokens[first].is_word(PREPOSITIONS) or tokens[first].is_word(("that", "this", "it", "there", "how", "why")):
        return None
    found = right_of(tokens, first)
    if found is None:
        return None
    subject, behind = found
    if tokens[before].sort is Sort.QUOTE:
        if not _ends(tokens, behind) and _clause_follows(tokens, behind):
            return None  # `the "hawk" says X should go`
        return found if subject.form is not Form.PRONOUN or _ends(tokens, behind) else None
    # Behind a comma the verb may as well have its subject before: `X, who heads Y, said the company lost ...`.
    if left_of(tokens, before) is not None and subject.form is not Form.NAME:
        return None
    ends = _ends(tokens, behind) or tokens[behind].is_word(PREPOSITIONS)
    return found if ends and subject.form is not Form.PRONOUN and not _clause_follows(tokens, behind) else None


def _ends(tokens: Sequence[Token], place: int) -> bool:
    return (
        place >= len(tokens)
        or tokens[place].sort in (Sort.SIGN, Sort.QUOTE)
        or tokens[place].is_word(("who", "whose", "which"))
    )


def _clause_follows(tokens: Sequence[Token], place: int) -> bool:
    for token in tokens[place : place + 12]:
        if token.is_sign(",.;:") or token.sort is Sort.QUOTE:
            return False
        if token.is_word(FINITE):
            return True
    return False


def is_parenthetic(tokens: Sequence[Token], before: int, last: int) -> bool:
    """Whether the verb stands behind what it attributes, with its subject: `..., she stressed.`"""
    if not _clause_is_over(tokens[last + 1 : last + 11]):
        return False
    while before >= 0 and not (tokens[before].is_sign(",—–") or tokens[before].sort is Sort.QUOTE):
        if tokens[before].is_sign(";:"):
            return False
        before -= 1
    return before > 0 or (before == 0 and tokens[0].sort is Sort.QUOTE)


def _clause_is_over(following: Sequence[Token]) -> bool:
    """Whether nothing follows a verb but, perhaps, where and when: `said.`, `said on Sunday.`"""
    late = PREPOSITIONS - {"to"} | DAYS | {"late", "early", "later", "yesterday", "today", "afterwards", "earlier"}
    for index, token in enumerate(following):
        if token.is_sign(",.;:—–!?)") or token.sort is Sort.QUOTE:
            return True
        if index == 0 and not token.is_word(late):
            return False
        if token.is_word(("that",)) or token.is_word(FINITE):
            return False
    return not following


def has_object(tokens: Sequence[Token], word: str, last: int, *, parenthetic: bool) -> bool:
    """Whether what follows the verb is what somebody says."""
    following = tokens[last + 1 :]
    if word in CALLING:
        return _calls(following, word)
    if word in PUTTING:
        return any(one.is_word(("at", "between")) and index < 8 for index, one in enumerate(following)) and any(
            one.sort is Sort.NUMBER or one.word in DETERMINERS for one in following[:12]
        )
    if word in PHRASES or parenthetic:
        return True
    if word in SAYING:
        if not following or following[0].is_word(("goodbye", "to", "with", "by", "nothing")):
            return False
        return not following[0].is_word(("so", "no")) or not (len(following) < 3 or _ends_clause(following[1]))
    for index, token in enumerate(following[:12]):
        if token.is_word(("that",)) or token.sort is Sort.QUOTE or token.is_sign(":"):
            return index < 8
        if token.is_sign(",;."):
            break
    if following and following[0].is_sign(","):  # `claimed, without evidence, that`
        return any(one.is_sign(",") and other.is_word(("that",)) for one, other in pairwise(following[1:12]))
    if word in NEVER_ALONE or not following or following[0].is_word(("nothing", "to")):
        return False
    noun = following[0].is_word(DETERMINERS) or following[0].sort in (Sort.NAME, Sort.NUMBER)
    if not noun and not following[0].is_word(_CLAUSE_STARTS) and not following[0].is_word(PREPOSITIONS):
        return False
    if following[0].is_word(_CLAUSE_STARTS - _OBJECTS):
        return True
    return _clause_follows(tokens, last + 2)


def _ends_clause(token: Token) -> bool:
    return token.sort is not Sort.WORD or token.is_word(PREPOSITIONS | {"and", "but"})


def _calls(following: Sequence[Token], word: str) -> bool:
    if word.startswith("describ"):
        near = following[:10]
        return any(token.is_word(("as", "how")) or token.sort is Sort.QUOTE for token in near) or len(following) > 3
    if not following or following[0].is_word(("for", "on", "off", "up", "in", "to", "out", "at", "from")):
        return False
    near = following[:9]
    if any(token.sort is Sort.QUOTE for token in near) or following[0].is_word(("it", "this", "that", "them")):
        return True
    owned = following[0].is_word(("the", "his", "her", "their"))
    return owned and any(token.is_word(("a", "an")) for token in near[2:])
