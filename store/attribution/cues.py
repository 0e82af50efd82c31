"""The attributions in a statement: each with its cue, its subject and the words that it attributes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from store.attribution.passages import Sort, Statement, Token
from store.attribution.records import Span
from store.attribution.subjects import Form, Subject, left_of, named, right_of
from store.attribution.words import (
    ADVERBS,
    AGENCIES,
    BEING,
    DAYS,
    DETERMINERS,
    DOING,
    FINITE,
    HAVING,
    HEARD,
    MODAL,
    NEGATIVE,
    NEVER_ALONE,
    NOUNS,
    PASSING_ON,
    PHRASES,
    PREPOSITIONS,
    PRONOUNS,
    SAYING,
    STATEMENTS,
    STATING,
    UNCLEAR,
    WILL,
)

_OPINIONS = frozenset(
    "think thinks believe believes dispute disputes believed disputed expect expects agree accept".split()
)
"""What one may not do, and say something thereby: `she does not think that ...`."""

_CALLING = frozenset("call calls called calling describe describes described describing".split())
_PUTTING = frozenset("put puts putting".split())
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d").fullmatch

_OBJECTS = frozenset("it this these those you".split())
"""Of those, the ones that may be what somebody finds or calls: `found it too late`."""

_TELLING = frozenset(
    "told tells tell informed informs reminded reminds assured assures reassured accused accuses blamed blames".split()
)
"""Verbs behind which whoever is told stands, and not who tells."""

_CLAUSE_STARTS = frozenset("he she it they we i you there this these those nobody everyone everybody nothing".split())


@dataclass(frozen=True, slots=True)
class Attribution:
    """One attribution."""

    subject: Subject
    cue: Span
    content: tuple[Span, ...]
    """What it attributes."""
    quotes: bool
    """Whether a quotation stands beside it, so that it may go on in the next sentence."""

    @property
    def passes_on(self) -> bool:
        """Whether its subject passes on what others say."""
        return self.subject.head in AGENCIES | PASSING_ON


@dataclass(frozen=True, slots=True)
class Cues:
    """What a statement has of attribution."""

    attributions: tuple[Attribution, ...]
    unclear: bool
    """Whether it says that somebody says so, and not who."""


def cues(statement: Statement, text: str) -> Cues:
    """The attributions of a statement, in order."""
    tokens = statement.tokens
    found: list[Attribution] = []
    unclear = False
    for place, token in enumerate(tokens):
        if token.sort is not Sort.WORD:
            continue
        if token.word in UNCLEAR or _is_hearsay(tokens, place):
            unclear = True
        if token.word == "saying" and place and tokens[place - 1].is_word(("as",)):
            attribution = _quoted_as_saying(statement, place)
        elif token.word == "according" and place + 2 < len(tokens) and tokens[place + 1].word == "to":
            attribution = _according(statement, place)
        else:
            attribution = _saying(statement, place, found)
        if attribution is not None:
            found.append(attribution)
    if not found and (stated := _in_a_statement(statement)) is not None:
        found.append(stated)
    return Cues(tuple(_marked(one, text) for one in found), unclear and not found)


def _marked(attribution: Attribution, text: str) -> Attribution:
    """The attribution, its subject known for an agency if it is one."""
    subject = attribution.subject
    if subject.form is not Form.NAME or subject.head:
        return attribution
    word = next((word for word in text[slice(*subject.span)].lower().split() if word in AGENCIES | PASSING_ON), None)
    if word is None:
        return attribution
    agency = Subject(subject.form, subject.span, word, label=subject.label)
    return Attribution(agency, attribution.cue, attribution.content, attribution.quotes)


def _is_hearsay(tokens: Sequence[Token], place: int) -> bool:
    """Whether it is `was told`, `is said to` or `heard that` with nobody who says it."""
    token = tokens[place]
    if token.word not in HEARD:
        return False
    before = tokens[place - 1] if place else None
    while before is not None and before.is_word(ADVERBS) and place > 1:
        place -= 1
        before = tokens[place - 1]
    return token.word == "heard" or (before is not None and (before.is_word(BEING) or before.word == "'s"))


def _according(statement: Statement, place: int) -> Attribution | None:
    tokens = statement.tokens
    found = right_of(tokens, place + 2)
    if found is None:
        return None
    subject, behind = found
    cue = tokens[place].start, tokens[place + 1].end
    content: list[Span] = []
    if place and tokens[place - 1].start > statement.start:
        content.append((statement.start, tokens[place].start))
    after = tokens[behind].start if behind < len(tokens) else statement.end
    if place == 0 or after < statement.end - 1:
        content.append((after, statement.end))
    return Attribution(subject, cue, tuple(content) or ((statement.start, statement.end),), bool(statement.quotes))


def _quoted_as_saying(statement: Statement, place: int) -> Attribution | None:
    """`Y quoted X as saying`, `X was quoted as saying`: X says it."""
    tokens = statement.tokens
    for index in range(place - 2, max(-1, place - 10), -1):
        if not tokens[index].is_word(("quoted", "quotes", "cited", "cites")):
            continue
        if index == place - 2:
            before = index - 1
            while before >= 0 and tokens[before].is_word(BEING | HAVING | ADVERBS):
                before -= 1
            subject = left_of(tokens, before)
        else:
            found = right_of(tokens, index + 1)
            subject = found[0] if found is not None else None
        if subject is not None:
            cue = tokens[place].span
            content = (statement.start, subject.span[0]), (cue[1], statement.end)
            return Attribution(subject, cue, content, bool(statement.quotes))
    return None


def _in_a_statement(statement: Statement) -> Attribution | None:
    """`In a statement, the ministry called ...`: the clause's subject, whatever it does."""
    tokens = statement.tokens
    if not tokens or not tokens[0].is_word(("in",)):
        return None
    comma = next((place for place, token in enumerate(tokens[:14]) if token.is_sign(",")), None)
    if comma is None or not any(token.is_word(STATEMENTS) for token in tokens[1:comma]) or not statement.quotes:
        return None
    subject: Subject | None = None
    for place in range(comma + 1, min(comma + 10, len(tokens))):
        token = tokens[place]
        if token.sort is Sort.NAME:
            subject = named(tokens, place)
        elif token.sort is Sort.WORD and token.word in PRONOUNS:
            subject = Subject(Form.PRONOUN, token.span, token.word)
        elif subject is None and not token.is_word(DETERMINERS):
            subject = left_of(tokens, place)
        if subject is not None:
            break
    if subject is None:
        return None
    cue = tokens[0].start, tokens[comma - 1].end
    return Attribution(subject, cue, ((cue[1], statement.end),), True)


# Verbs


def _saying(statement: Statement, place: int, before: Sequence[Attribution]) -> Attribution | None:
    tokens = statement.tokens
    word = tokens[place].word
    last = place
    if word in PHRASES:
        if place + 1 >= len(tokens) or tokens[place + 1].word not in PHRASES[word]:
            return None
        last = place + 1
    elif word not in SAYING and word not in STATING:
        return None
    group = _group(tokens, place)
    if group is None:
        return None
    before_verb, passive, negated = group
    if passive or (negated and word not in _OPINIONS):
        return None
    if place and tokens[place - 1].sort is Sort.POSSESSIVE:
        return None  # `Berg's claim`
    if (
        before_verb >= 0
        and tokens[before_verb].is_word(DETERMINERS | {"an"})
        and not tokens[before_verb].is_word(("both", "all", "each", "some", "many", "most", "few", "others", "that"))
    ):
        return None  # `the claim`, `a report`
    turned = None if word in _CALLING | _PUTTING | _TELLING else _turned(tokens, before_verb, last)
    parenthetic = _is_parenthetic(tokens, before_verb, last)
    if turned is None and _is_noun(tokens, word, last, parenthetic=parenthetic):
        return None
    has_object = turned is not None or _has_object(tokens, word, last, parenthetic=parenthetic)
    if not has_object and (word not in STATING or word in _CALLING | _PUTTING):
        return None
    subject: Subject | None
    if turned is not None:
        subject = turned[0]
    elif word.endswith("ing") and before_verb >= 0 and tokens[before_verb].is_sign(","):
        subject = before[-1].subject if before else _first_subject(tokens, before_verb)
    elif before_verb >= 0 and tokens[before_verb].is_word(("and", "but", "or", "then", "yet")):
        subject = before[-1].subject if before else _beginning(tokens)
    else:
        subject = left_of(tokens, before_verb)
    if subject is None or not (has_object or subject.paper):
        return None
    alone = not any(token.is_word(DOING | WILL) for token in tokens[before_verb + 1 : place])
    singular = subject.form is Form.NOUN and not (subject.plural or subject.paper)
    if alone and word in NOUNS and _base_form(word) and singular:
        return None  # `the key monthly employment report`
    return _attributing(statement, subject, place, last, turned=turned is not None)


def _group(tokens: Sequence[Token], place: int) -> tuple[int, bool, bool] | None:
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


def _base_form(word: str) -> bool:
    return not word.endswith(("s", "ed", "ing"))


def _is_noun(tokens: Sequence[Token], word: str, last: int, *, parenthetic: bool) -> bool:
    """Whether what may be a verb is a noun here: `the largest dispute is`, `health posts in the study`."""
    before = tokens[last - 1] if last else None
    counted = before is not None and before.sort is Sort.NUMBER and not _YEAR(before.word)
    if before is not None and (counted or before.is_word(("further", "such", "billion", "million"))):
        return word in NOUNS or word.endswith("ed")
    if word not in NOUNS or parenthetic or word.endswith("ed"):
        return False
    following = tokens[last + 1] if last + 1 < len(tokens) else None
    return following is None or following.is_word(FINITE | PREPOSITIONS) or following.is_sign(".;")


def _turned(tokens: Sequence[Token], before: int, last: int) -> tuple[Subject, int] | None:
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


def _is_parenthetic(tokens: Sequence[Token], before: int, last: int) -> bool:
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


def _has_object(tokens: Sequence[Token], word: str, last: int, *, parenthetic: bool) -> bool:
    """Whether what follows the verb is what somebody says."""
    following = tokens[last + 1 :]
    if word in _CALLING:
        return _calls(following, word)
    if word in _PUTTING:
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


def _beginning(tokens: Sequence[Token]) -> Subject | None:
    """The name or the pronoun with which a statement begins, for a second verb of its subject."""
    first = tokens[0]
    if first.sort is Sort.NAME and not (len(tokens) > 1 and tokens[1].sort in (Sort.POSSESSIVE, Sort.NAME)):
        return named(tokens, 0)
    if first.sort is Sort.WORD and first.word in PRONOUNS:
        return Subject(Form.PRONOUN, first.span, first.word)
    return None


def _first_subject(tokens: Sequence[Token], end: int) -> Subject | None:
    """The first name of a clause, for a participle that goes on with it."""
    place = next((place for place, token in enumerate(tokens[:end]) if token.sort is Sort.NAME), None)
    return None if place is None else named(tokens, place)


def _attributing(statement: Statement, subject: Subject, place: int, last: int, *, turned: bool) -> Attribution:
    """The attribution with what it is about: what follows it, what stands before, or both."""
    tokens = statement.tokens
    cue = tokens[place].start, tokens[last].end
    first, end = min(cue[0], subject.span[0]), max(cue[1], subject.span[1])
    begin, stop = statement.start, statement.end
    for token in tokens:
        if token.is_sign(";"):
            if token.end <= first:
                begin = token.end
            elif token.start >= end:
                stop = token.start
                break
    quotes = bool(statement.quotes)
    spans = [(begin, first), (end, stop)]
    if not turned and not _is_parenthetic(tokens, place - 1, last):
        before = [token for token in statement.quotes if token.end <= first]
        spans = [(end, stop)] if not before else spans
    content = tuple(span for span in spans if _has_words(tokens, span))
    return Attribution(subject, cue, content, quotes)


def _has_words(tokens: Sequence[Token], span: Span) -> bool:
    return any(token.start >= span[0] and token.end <= span[1] and token.sort is not Sort.SIGN for token in tokens)


def about(attributions: Sequence[Attribution], claim: Span) -> Attribution | None:
    """The attribution that a claim falls under; of several the one that more of the claim falls under."""
    scored = [(_shared(one, claim), one) for one in attributions]
    reached = [(share, one) for share, one in scored if share]
    if not reached:
        return None
    own = [(share, one) for share, one in reached if not one.passes_on] or reached
    return max(own, key=lambda pair: (pair[0], -pair[1].cue[0]))[1]


def _shared(attribution: Attribution, claim: Span) -> int:
    """How many code points of the claim an attribution is about."""
    return sum(max(0, min(end, claim[1]) - max(start, claim[0])) for start, end in attribution.content)


def attributed_quotes(found: Cues) -> Iterator[Attribution]:
    """The attributions whose quotation may go on behind the statement, the last first."""
    return (one for one in reversed(found.attributions) if one.quotes)
