"""The attributions in a statement: each with its cue, its subject and the words that it attributes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from store.attribution.passages import Sort, Statement, Token
from store.attribution.records import Span
from store.attribution.subjects import Form, Subject, left_of, named, right_of
from store.attribution.verbs import (
    CALLING,
    PUTTING,
    TELLING,
    auxiliaries,
    has_object,
    is_base_form,
    is_noun,
    is_parenthetic,
    turned,
)
from store.attribution.words import (
    ADVERBS,
    AGENCIES,
    BEING,
    DETERMINERS,
    DOING,
    HAVING,
    HEARD,
    NOUNS,
    PASSING_ON,
    PHRASES,
    PRONOUNS,
    SAYING,
    STATEMENTS,
    STATING,
    UNCLEAR,
    WILL,
)

_LONGEST = 500
"""Tokens that a sentence may have: what is longer is a list or a table."""

_OPINIONS = frozenset(
    "think thinks believe believes dispute disputes believed disputed expect expects agree accept".split()
)
"""What one may not do, and say something thereby: `she does not think that ...`."""


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
    if len(tokens) > _LONGEST:
        return Cues((), False)
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
    group = auxiliaries(tokens, place)
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
    behind = None if word in CALLING | PUTTING | TELLING else turned(tokens, before_verb, last)
    parenthetic = is_parenthetic(tokens, before_verb, last)
    if behind is None and is_noun(tokens, word, last, parenthetic=parenthetic):
        return None
    attributes = behind is not None or has_object(tokens, word, last, parenthetic=parenthetic)
    if not attributes and (word not in STATING or word in CALLING | PUTTING):
        return None
    subject: Subject | None
    if behind is not None:
        subject = behind[0]
    elif word.endswith("ing") and before_verb >= 0 and tokens[before_verb].is_sign(","):
        subject = before[-1].subject if before else _first_subject(tokens, before_verb)
    elif before_verb >= 0 and tokens[before_verb].is_word(("and", "but", "or", "then", "yet")):
        subject = before[-1].subject if before else _beginning(tokens)
    else:
        subject = left_of(tokens, before_verb)
    if subject is None or not (attributes or subject.paper):
        return None
    alone = not any(token.is_word(DOING | WILL) for token in tokens[before_verb + 1 : place])
    singular = subject.form is Form.NOUN and not (subject.plural or subject.paper)
    if alone and word in NOUNS and is_base_form(word) and singular:
        return None  # `the key monthly employment report`
    return _attributing(statement, subject, place, last, reversed_=behind is not None)


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


def _attributing(statement: Statement, subject: Subject, place: int, last: int, *, reversed_: bool) -> Attribution:
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
    if not reversed_ and not is_parenthetic(tokens, place - 1, last):
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
