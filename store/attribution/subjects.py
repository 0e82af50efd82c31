"""Who a verb's subject is: a pronoun, a name or a noun, left of the verb or, turned round, right of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from store.attribution.passages import Sort, Token
from store.attribution.records import Span
from store.attribution.words import (
    ADVERBS,
    BOUNDARIES,
    DETERMINERS,
    FINITE,
    FOR_AT,
    INSTITUTIONS,
    MAKING,
    OWNING,
    PAPERS,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVE,
    ROLES,
    SPEAKERS,
    SPOKESPEOPLE,
    SUBORDINATE,
)


class Form(StrEnum):
    """How somebody is named."""

    PRONOUN = "pronoun"
    NAME = "name"
    NOUN = "noun"


@dataclass(frozen=True, slots=True)
class Subject:
    """Words that name who says something."""

    form: Form
    span: Span
    head: str
    """The pronoun, the noun's main word in small letters, or nothing for a name."""
    name: Span | None = None
    """The name in whose place a noun speaks: `a spokesman for X`, `X's report`."""
    label: str = ""
    """The entity's label of a name."""
    title: str = ""
    """The word before a name, such as `Mr`, in small letters."""
    plural: bool = False
    """Whether a noun is of several."""
    paper: bool = False
    """Whether it speaks in a paper of its own: `X's report`."""


def named(tokens: Sequence[Token], place: int) -> Subject:
    """The name at a place as a subject."""
    token = tokens[place]
    before = tokens[place - 1] if place else None
    if before is not None and before.is_sign(",") and place > 1 and tokens[place - 2].is_word(ROLES):
        before = tokens[place - 2]
    title = before.word if before is not None and before.sort is Sort.WORD else ""
    if title in ("dr", "kc", "qc") and place > 1 and tokens[place - 2].sort is Sort.WORD:
        title = tokens[place - 2].word if tokens[place - 2].word in ("mr", "ms", "mrs") else title
    return Subject(Form.NAME, token.span, "", label=token.label, title=title)


def left_of(tokens: Sequence[Token], last: int) -> Subject | None:
    """The subject that ends with the token at `last`, right before the verb and its auxiliaries; None if none does."""
    if last < 0:
        return None
    last = _before_parenthesis(tokens, last)
    if last < 0:
        return None
    token = tokens[last]
    if token.is_sign(",—–"):
        return _before_commas(tokens, last)
    return _ending_at(tokens, last)


def right_of(tokens: Sequence[Token], first: int) -> tuple[Subject, int] | None:
    """The subject that begins with the token at `first`, right behind the verb, and the place behind it."""
    end = first
    while end < len(tokens) and not _ends_right(tokens, end):
        end += 1
    if end == first:
        return None
    words = tokens[first:end]
    if len(words) == 1 and words[0].sort is Sort.WORD and words[0].word in PRONOUNS:
        return Subject(Form.PRONOUN, words[0].span, words[0].word), end
    after = tokens[end + 1] if end + 1 < len(tokens) and tokens[end].is_sign(",") else None
    apposed = after is not None and after.sort is Sort.NAME and _stands_alone(tokens, end + 1)
    names = [place for place in range(first, end) if tokens[place].sort is Sort.NAME]
    if len(names) > 1 and _possessive(tokens, names[0]):
        names = names[1:]
    whole = _noun(tokens, first, _without_participle(tokens, first, end - 1))
    if apposed and not (names and names[-1] == end - 1 and not _is_of(tokens, names[-1], first)):
        return named(tokens, end + 1), end + 2
    if names and not _is_of(tokens, names[0], first) and not _possessive(tokens, names[-1]):
        near = names[0]
        while near + 1 in names:
            near += 1
        return named(tokens, near), near + 1
    return (whole, end) if whole is not None else None


def _without_participle(tokens: Sequence[Token], first: int, last: int) -> int:
    """The last word without `reported` or `published`, what follows which is cut off."""
    return last - 1 if last > first and tokens[last].is_word(MAKING | {"reported", "posted"}) else last


def _ends_right(tokens: Sequence[Token], place: int) -> bool:
    token = tokens[place]
    if token.sort is Sort.QUOTE or token.is_sign(",.;:!?—–()"):
        return True
    if token.sort is not Sort.WORD:
        return False
    ending = frozenset("in on at after to during as outside when before while and but that last this by via".split())
    return token.word in RELATIVE or token.word in ending


def _before_parenthesis(tokens: Sequence[Token], last: int) -> int:
    if tokens[last].is_sign(")"):
        while last >= 0 and not tokens[last].is_sign("("):
            last -= 1
        last -= 1
    return last


def _before_commas(tokens: Sequence[Token], comma: int) -> Subject | None:
    """The subject before what stands between commas: `X, who heads Y, said`, `its head, X, said`."""
    end = comma
    for _ in range(4):
        start = end - 1
        while start >= 0 and not (tokens[start].is_sign(",;:—–") or tokens[start].sort is Sort.QUOTE):
            start -= 1
        if start >= end - 1:
            return None
        place = tokens[end - 1].label in ("GPE", "LOC")  # `of Columbus, Ohio, said`
        if not place and _stands_alone(tokens, end - 1) and _begins_name(tokens, start + 1, end - 1):
            return named(tokens, end - 1)
        if start < 0 or tokens[start].is_sign(";:") or tokens[start].sort is Sort.QUOTE:
            return None
        if not _put_in(tokens, start + 1, end):
            return None
        found = _ending_at(tokens, _before_parenthesis(tokens, start - 1)) if start else None
        if found is not None and (start < 1 or not tokens[start - 1].is_sign(",")):
            return found
        end = start
    return None


def _begins_name(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether nothing but titles and a role stand before a name between commas."""
    return all(token.sort is Sort.WORD and token.word not in BOUNDARIES | PREPOSITIONS for token in tokens[first:last])


def _stands_alone(tokens: Sequence[Token], place: int) -> bool:
    if tokens[place].sort is not Sort.NAME:
        return False
    following = tokens[place + 1] if place + 1 < len(tokens) else None
    return following is None or following.sort is Sort.SIGN or following.word in RELATIVE


def _put_in(tokens: Sequence[Token], first: int, end: int) -> bool:
    """Whether what stands between commas is put in behind a subject: a relative clause, an apposition, an age."""
    token = tokens[first]
    if token.sort in (Sort.NUMBER, Sort.NAME):
        return True
    if token.sort is not Sort.WORD:
        return False
    if token.word in RELATIVE or token.word.endswith("ing") or token.word in DETERMINERS | PREPOSITIONS:
        return True
    if token.word in ("however", "meanwhile", "though", "too", "then", "himself", "herself", "now", "aged", "asked"):
        return True
    return token.word.endswith("ed") or not any(one.word in ("is", "are", "was", "were") for one in tokens[first:end])


def _ending_at(tokens: Sequence[Token], last: int) -> Subject | None:
    if last < 0:
        return None
    token = tokens[last]
    if token.sort is Sort.WORD and token.word in PRONOUNS:
        return Subject(Form.PRONOUN, token.span, token.word) if _opens(tokens, last) else None
    if token.is_word(BOUNDARIES):
        return None
    first = last
    while first > 0 and not _begins_clause(tokens, first - 1):
        first -= 1
    if first > 1 and tokens[first - 1].is_word(("and",)) and token.sort is Sort.WORD:
        pair = tokens[first - 2]
        if pair.sort is Sort.WORD and pair.word in PRONOUNS and _starts_noun(tokens[first]):
            return Subject(Form.PRONOUN, (pair.start, token.end), pair.word)
    if token.sort is Sort.NAME:
        if first and tokens[first - 1].is_word(SUBORDINATE):
            return None
        if not _is_of(tokens, last):
            return None if _possessive(tokens, last) else named(tokens, last)
        for place in range(first, last):
            follows = tokens[place + 1].is_word(FOR_AT)
            if tokens[place].sort is Sort.NAME and follows and not _is_of(tokens, place, first - 1):
                return named(tokens, place)
        return _noun(tokens, _start_of_noun(tokens, first, last), last)
    return _noun(tokens, _start_of_noun(tokens, first, last), last)


def _opens(tokens: Sequence[Token], place: int) -> bool:
    """Whether a pronoun begins its clause, or follows words such as `on Monday`: `the sum it had announced` is none."""
    first = place
    while first > 0 and not _begins_clause(tokens, first - 1):
        first -= 1
    if first and tokens[first - 1].is_word(SUBORDINATE):
        return False
    token = tokens[first]
    adverbial = token.is_word(PREPOSITIONS | ADVERBS | {"last", "earlier", "later", "asked", "a", "which"})
    return first == place or adverbial or (token.sort is Sort.WORD and token.word.endswith(("ly", "ing")))


def _begins_clause(tokens: Sequence[Token], place: int) -> bool:
    token = tokens[place]
    return token.sort is Sort.QUOTE or token.is_sign(",;:—–()[].-*_") or token.is_word(BOUNDARIES)


def _is_of(tokens: Sequence[Token], place: int, first: int = 0) -> bool:
    """Whether a name belongs to a noun before it: `researchers at X`, `the state of X`."""
    before = place - 1
    while before > first and (tokens[before].is_word(("the", "a", "an")) or tokens[before].sort is Sort.NAME):
        before -= 1
    return before > first and tokens[before].is_word(FOR_AT | {"by"})


def _possessive(tokens: Sequence[Token], place: int) -> bool:
    return place + 1 < len(tokens) and tokens[place + 1].sort is Sort.POSSESSIVE


def _starts_noun(token: Token) -> bool:
    return (
        token.sort is Sort.NAME
        or token.sort is Sort.NUMBER
        or token.is_word(DETERMINERS)
        or token.is_word(SPEAKERS | SPOKESPEOPLE)
    )


def _start_of_noun(tokens: Sequence[Token], first: int, last: int) -> int:
    """Where the subject begins in a clause that begins at `first`: behind `on Monday` and its like."""
    while (
        first < last
        and tokens[first].sort is Sort.WORD
        and (
            tokens[first].word.endswith("ly")
            or tokens[first].word in ("yesterday", "today", "now", "then", "yet", "still")
        )
    ):
        first += 1
    if not tokens[first].is_word(PREPOSITIONS | {"last", "earlier", "later", "this"}):
        return first
    for place in range(last, first + 1, -1):
        before = tokens[place - 1]
        starts = _starts_noun(tokens[place])
        free = not before.is_word(PREPOSITIONS | DETERMINERS) and before.sort is not Sort.POSSESSIVE
        within = tokens[place].sort is Sort.NAME and before.sort is Sort.NAME and place < last
        if starts and free and not within:
            return place
    return first


def _noun(tokens: Sequence[Token], first: int, last: int) -> Subject | None:
    """The words from `first` to `last` as a noun that speaks; None if they are none."""
    if first > last:
        return None
    words = tokens[first : last + 1]
    if any(token.sort is Sort.SIGN and token.word not in "-/&%'’" for token in words) or len(words) > 14:
        return None
    place = _head(tokens, first, last)
    if place is None:
        return None
    head = tokens[place]
    begins = tokens[first]
    if begins.is_word(("no", "neither", "nobody", "none", "nothing")) or head.word.endswith("ed"):
        return None
    if any(token.is_word(FINITE) or token.is_word(PRONOUNS) for token in words):
        return None
    if first and (tokens[first - 1].is_word(SUBORDINATE) or tokens[first - 1].is_word(("which", "whose", "whom"))):
        return None
    plural = head.word.endswith("s") and len(head.word) > 3 and not head.word.endswith("ss")
    if not (_starts_noun(begins) or plural or head.word in SPEAKERS | INSTITUTIONS | PAPERS | SPOKESPEOPLE):
        return None
    span = begins.start, tokens[last].end
    if head.word in PAPERS and begins.is_word(OWNING):
        return Subject(Form.PRONOUN, span, OWNING[begins.word], paper=True)
    owner = _owner(tokens, first, place)
    maker = _behind(tokens, place, last)
    name: Token | None = None
    if head.word in PAPERS:
        name = owner or _behind(tokens, place, last, by=frozenset("by of from".split()))
        maker_of = _maker_of_paper(tokens, first, place, last) if name is None else None
        if maker_of is not None:
            return maker_of
    elif head.word in SPOKESPEOPLE:
        name = owner or maker
    elif head.word in INSTITUTIONS and maker is not None and tokens[place + 1].is_word(("of",)):
        span = begins.start, maker.end
    if head.word in PAPERS and name is not None:
        return Subject(Form.NAME, name.span, head.word, label=name.label, paper=True)
    paper = head.word in PAPERS
    return Subject(
        Form.NOUN,
        span,
        head.word,
        name.span if name else None,
        name.label if name else "",
        plural=plural or head.word in SPEAKERS,
        paper=paper,
    )


def _head(tokens: Sequence[Token], first: int, last: int) -> int | None:
    """The main word of a noun phrase: the last before `of`, `at`, `who` and their like."""
    place = None
    for index in range(first, last + 1):
        token = tokens[index]
        cut = token.is_word(("seen", "published", "released", "familiar", "close", "obtained", "compiled", "conducted"))
        cut = cut or (token.sort is Sort.WORD and token.word.endswith("ing") and token.word not in SPEAKERS)
        stops = cut or token.is_word(FOR_AT | PREPOSITIONS)
        if stops and place is not None:
            break
        if (token.sort is Sort.WORD and not token.is_word(DETERMINERS)) or token.is_word(
            ("one", "some", "several", "many", "most", "both", "few", "two", "three", "four")
        ):
            place = index
    return place


def _maker_of_paper(tokens: Sequence[Token], first: int, head: int, last: int) -> Subject | None:
    """Who has no name and made a paper: `the council's report`, `figures released by the board`."""
    for place in range(first + 1, head):
        if tokens[place].sort is Sort.POSSESSIVE:
            return _in_a_paper(_noun(tokens, first, place - 1))
    for place in range(head + 1, last):
        if tokens[place].is_word(("by",)) and (place == head + 1 or tokens[place - 1].is_word(MAKING)):
            return _in_a_paper(_noun(tokens, place + 1, last))
    return None


def _in_a_paper(subject: Subject | None) -> Subject | None:
    return None if subject is None else replace(subject, paper=True)


def _owner(tokens: Sequence[Token], first: int, head: int) -> Token | None:
    """The name whose noun it is: `X's report`, `the X report`."""
    for index in range(first, head):
        token = tokens[index]
        adjective = token.label in ("NORP", "GPE", "LOC", "MISC", "EVENT") and not _possessive(tokens, index)
        if token.sort is Sort.NAME and not adjective:
            return token
    return None


def _behind(tokens: Sequence[Token], head: int, last: int, *, by: frozenset[str] = FOR_AT) -> Token | None:
    """The name behind a noun: `a spokesman for X`, `a report by X`."""
    for index in range(head + 1, last + 1):
        if tokens[index].sort is not Sort.NAME:
            continue
        between = tokens[head + 1 : index]
        seen = any(token.is_word(by) for token in between)
        made = any(token.is_word(("by",)) for token in between) and (
            len(between) > 1 and between[-1].is_word(("by", "the")) and any(token.is_word(MAKING) for token in between)
        )
        apart = any(token.sort is Sort.WORD and token.word.endswith("ed") for token in between)
        seen_by = any(token.is_word(("seen", "obtained")) for token in between)
        return tokens[index] if (made or (seen and not apart)) and not seen_by else None
    return None
