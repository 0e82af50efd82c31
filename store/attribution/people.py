"""From the words that name somebody to who it is: pronouns, nouns and short names followed to the fullest name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from store.attribution.cues import Cues
from store.attribution.first_names import FEMALE, MALE
from store.attribution.passages import Passage, Sort, Statement, Token
from store.attribution.records import ClaimantKind, Span, Sure
from store.attribution.subjects import Form, Subject, named
from store.attribution.words import (
    DETERMINERS,
    FEMALE_NOUNS,
    INSTITUTIONS,
    MALE_NOUNS,
    MEN,
    ORGANISED,
    PLACES,
    PRONOUNS,
    ROLES,
    SPEAKERS,
    STATEMENTS,
    TITLES,
    WOMEN,
)

_PEOPLE = frozenset(("PERSON", "PER"))
_NO_PEOPLE = frozenset(("ORG", "GPE", "LOC", "FAC", "NORP", "LAW", "EVENT"))
_SPEAKING_FOR = frozenset(
    "company firm club charity group chipmaker carmaker airline retailer developer maker manufacturer party union "
    "association organisation organization agency bank startup start-up operator publisher broadcaster utility "
    "supermarket lender insurer network".split()
)
"""Nouns that stand for the organisation that was spoken of last."""

_PUBLIC = frozenset("Court Ministry University Parliament Department Congress Senate Commission".split())
"""Words of names that no firm and no charity has."""

_FIRMS = ORGANISED | frozenset(
    "AB ASA SpA NV Oyj Inc Inc. Corp Corp. Corporation Co Co. Company Ltd Ltd. AG SA plc PLC LLC GmbH Holdings Group "
    "Resources Industries Athletic Rovers United City Appliance Water & Bank Airlines Motors Energy".split()
)
"""Words with which the full name of an organisation goes on behind the short one."""

_BACK = 14
"""Statements that a pronoun is followed back."""

_BACK_FOR_MANY = 3
"""Statements that `they` is followed back."""

_FURTHER = 200_000
"""Code points before a claim in which the fullest form of a name is looked for."""

_HEAD = 4000
"""Code points of the article's beginning in which it is looked for too."""

_CAPITALS = r"(?:[^\W\d_a-z][\w’'.-]*[ \n]){1,3}"


@dataclass(frozen=True, slots=True)
class Somebody:
    """Who says something."""

    kind: ClaimantKind
    name: str
    sure: Sure


class People:
    """Who is who in a passage."""

    def __init__(self, passage: Passage, cues_of: Callable[[int], Cues]) -> None:
        """Know the people of a passage, and what each of its statements has of attribution."""
        self._passage = passage
        self._text = passage.text
        self._cues_of = cues_of
        self._names = [
            (token, statement) for statement in passage.statements for token in statement.tokens
            if token.sort is Sort.NAME
        ]  # fmt: skip
        self._full: dict[str, str] = {}
        self._known: dict[tuple[Span, str, int], Somebody | None] = {}
        """Who subjects are, by how far they may be followed back: else many pronouns would be followed many times."""

    def who(self, subject: Subject, statement: int) -> Somebody | None:
        """Who the subject is that a statement names; None if that would be a guess."""
        return self._who(subject, statement, _BACK)

    def _who(self, subject: Subject, statement: int, depth: int) -> Somebody | None:
        key = subject.span, subject.head, depth
        if key not in self._known:
            self._known[key] = self._work_out(subject, statement, depth)
        return self._known[key]

    def _work_out(self, subject: Subject, statement: int, depth: int) -> Somebody | None:
        if subject.form is Form.NAME:
            return Somebody(ClaimantKind.NAMED, self.fullest(subject.span), Sure.HIGH)
        if subject.form is Form.NOUN:
            return self._noun(subject, statement, depth)
        way = PRONOUNS[subject.head]
        if way == "a":
            return Somebody(ClaimantKind.AUTHOR, "", Sure.HIGH)
        found = self._before(subject.span[0], statement, way, depth) if depth else None
        return None if found is None else Somebody(found.kind, found.name, Sure.FAIR)

    # Names

    def fullest(self, span: Span) -> str:
        """The fullest form of a name that the article gives, near the claim or at its beginning."""
        name = _tidy(self._text[slice(*span)])
        if name not in self._full:
            self._full[name] = self._find_fullest(name, span[0])
        return self._full[name]

    def _find_fullest(self, name: str, at: int) -> str:
        words = name.split()
        if name.isupper() and len(name) < 8 and (spelled := self._spelled_out(name)) is not None:
            return spelled
        first = next((token.start for token, _ in self._names if _tidy(token.word) == name), at)
        longer = [
            (abs(token.start - at), _tidy(token.word))
            for token, _ in self._names
            if _holds(_tidy(token.word).split(), words) and self._is_fuller(token, words, first)
        ]
        if longer:
            return min(longer)[1]
        if len(words) > 2 or not words:
            return name
        start = max(0, self._passage.start - _FURTHER)
        regions = ((start, self._passage.start), (0, min(_HEAD, self._passage.start)))
        pattern = re.compile(rf"(?<![\w’'])({_CAPITALS}){re.escape(name)}(?!\w)")
        for region in regions:
            found = [_without_titles(match[0]) for match in pattern.finditer(self._text, *region)]
            found = [one for one in found if len(one.split()) > len(words)]
            if found:
                return found[-1]
        return name

    def _is_fuller(self, token: Token, words: Sequence[str], first: int) -> bool:
        """Whether a longer name is the same one's: told before the short form, or as people and firms are called."""
        longer = token.word.split()
        if longer[-len(words) :] == list(words) and (token.label in _PEOPLE or token.start < first):
            return True
        return token.start < first or bool(_FIRMS & set(longer)) or token.label in _PEOPLE

    def _spelled_out(self, letters: str) -> str | None:
        """What an abbreviation stands for, where its name was given."""
        region = self._text[max(0, self._passage.start - _FURTHER) : self._passage.end]
        place = region.find(f"({letters})")
        if place > 0:
            before = re.search(
                r"((?:[^\W\d_a-z][\w’'-]*(?: (?:of|for|and|the|on|in|’|'))*[ ]){1,8})$", region[:place][-120:]
            )
            if before is not None:
                spelled = before[1].strip()
                return spelled[4:] if spelled.startswith("The ") else spelled
        for token, _ in self._names:
            initials = "".join(word[0] for word in token.word.split() if word[0].isupper())
            if initials == letters and len(token.word) > len(letters) + 2:
                return _tidy(token.word)
        return None

    # Nouns

    def _noun(self, subject: Subject, statement: int, depth: int) -> Somebody | None:
        words = " ".join(self._text[slice(*subject.span)].split())
        if subject.name is not None:
            return Somebody(ClaimantKind.NAMED, self.fullest(subject.name), Sure.HIGH)
        definite = words.lower().startswith(("the ", "its ", "their "))
        if subject.head in INSTITUTIONS or (subject.head == "police" and definite):
            tokens = self._within(subject.span, statement)
            if any(token.sort is Sort.NAME for token in tokens) and not _has_possessive(tokens):
                return Somebody(ClaimantKind.NAMED, words.removeprefix("the ").removeprefix("The "), Sure.HIGH)
            if definite and (found := self._organisation(subject, statement, tokens)) is not None:
                return Somebody(ClaimantKind.NAMED, found, Sure.FAIR)
        elif subject.head in STATEMENTS and definite:
            found_who = self._before(subject.span[0], statement, "s", depth) if depth else None
            if found_who is not None:
                return Somebody(found_who.kind, found_who.name, Sure.FAIR)
        elif definite and subject.head not in SPEAKERS and (person := self._in_office(subject.head)) is not None:
            return Somebody(ClaimantKind.NAMED, person, Sure.FAIR)
        return Somebody(ClaimantKind.ANONYMOUS, words, Sure.HIGH)

    def _within(self, span: Span, statement: int) -> list[Token]:
        tokens = self._passage.statements[statement].tokens
        return [token for token in tokens if token.start >= span[0] and token.end <= span[1]]

    def _organisation(self, subject: Subject, statement: int, tokens: Sequence[Token]) -> str | None:
        """The organisation that `the ministry`, `the company` stands for."""
        nouns = {token.word for token in tokens if token.sort is Sort.WORD and token.word not in DETERMINERS}
        nouns = nouns - {subject.head} or nouns  # `the defence ministry` is no other ministry
        alike = [
            (token.start > subject.span[0], abs(token.start - subject.span[0]), token)
            for token, _ in self._names
            if nouns & set(token.word.lower().split()) and not self._is_somebody(token)
        ]
        if alike:
            return self.fullest(min(alike, key=lambda one: one[:2])[2].span)
        if subject.head not in _SPEAKING_FOR or len(tokens) > 2:
            return None
        named_like: str | None = None
        for index in range(statement, max(-1, statement - 9), -1):
            tokens = self._passage.statements[index].tokens
            ones = [
                token for token in tokens
                if token.sort is Sort.NAME and token.end <= subject.span[0] and self._may_be_organisation(token)
            ]  # fmt: skip
            organisations = [token for token in ones if token.label == "ORG"]
            if organisations:
                return self.fullest(organisations[0].span)
            if ones and named_like is None:
                named_like = self.fullest(ones[0].span)
        return named_like

    def _is_somebody(self, token: Token) -> bool:
        return token.label in _PEOPLE and token.word.split()[0].lower() in MALE | FEMALE

    def _may_be_organisation(self, token: Token) -> bool:
        if _PUBLIC & set(token.word.split()):
            return False
        return token.label in ("ORG", "MISC") or (token.label == "" and not self.is_person(token))

    def _in_office(self, noun: str) -> str | None:
        """Who holds an office: `Mayor X`, `X, the mayor`."""
        found: list[str] = []
        for statement in self._passage.statements:
            tokens = statement.tokens
            for place, token in enumerate(tokens):
                if token.sort is not Sort.NAME or not self.is_person(token):
                    continue
                before = tokens[place - 1] if place else None
                if before is not None and before.is_sign(",") and place > 1:
                    before = tokens[place - 2]
                after = tokens[place + 1 : place + 7]
                apposed = bool(after) and after[0].is_sign(",") and any(one.word == noun for one in _until(after[1:]))
                if (before is not None and before.sort is Sort.WORD and before.word == noun) or apposed:
                    found.append(self.fullest(token.span))
        return found[0] if len(set(found)) == 1 else None

    # Pronouns

    def _before(self, offset: int, statement: int, way: str, depth: int) -> Somebody | None:
        """The nearest before an offset whom a pronoun fits."""
        for back, index in enumerate(range(statement, -1, -1)):
            if back >= (min(depth, _BACK_FOR_MANY) if way in ("p", "s") else depth):
                return None
            found = self._in_statement(self._passage.statements[index], index, offset, way, depth - back - 1)
            if found is not None:
                return found
        return None

    def _in_statement(self, statement: Statement, index: int, offset: int, way: str, depth: int) -> Somebody | None:
        attributions = [one for one in self._cues_of(index).attributions if one.subject.span[1] <= offset]
        for attribution in attributions:
            subject = attribution.subject
            if self._fits(subject, way) and (found := self._who(subject, index, depth)) is not None:
                return found
        if way in ("p", "s"):
            return None
        tokens = [token for token in statement.tokens if token.end <= offset]
        if way == "i" and (noun := _institution(tokens)) is not None:
            return self._who(noun, index, 0)
        possessed: Subject | None = None
        for place, token in enumerate(tokens):
            if token.sort is not Sort.NAME:
                continue
            subject = named(tokens, place)
            if not self._fits(subject, way) or not self._is_plainly(token, subject, way):
                continue
            after = statement.tokens[place + 1] if place + 1 < len(statement.tokens) else None
            if after is not None and after.sort is Sort.POSSESSIVE:
                possessed = possessed or subject
                continue
            return self._who(subject, index, 0)
        if possessed is not None and len({token.word for token in tokens if token.sort is Sort.NAME}) == 1:
            return self._who(possessed, index, 0)
        return None

    def _is_plainly(self, token: Token, subject: Subject, way: str) -> bool:
        """Whether a name that says nothing here is surely of the kind that a pronoun wants."""
        if way == "i":
            return token.label == "ORG" or subject.title in INSTITUTIONS
        known = token.label in _PEOPLE or subject.title in ROLES or self.gender(token.word, "") != ""
        return known or len(token.word.split()) == 1

    def _fits(self, subject: Subject, way: str) -> bool:
        """Whether a pronoun may stand for the subject."""
        if subject.form is Form.PRONOUN:
            return PRONOUNS[subject.head] == way or (way == "s" and subject.head in ("it", "they"))
        if subject.form is Form.NOUN:
            return self._noun_fits(subject, way)
        token = Token(*subject.span, Sort.NAME, self._text[slice(*subject.span)], subject.label)
        person = (self.is_person(token) or subject.title in ROLES) and subject.title not in INSTITUTIONS
        if way in ("i", "s", "p"):
            return not person
        return person and self.gender(token.word, subject.title) in ("", way)

    def _noun_fits(self, subject: Subject, way: str) -> bool:
        plural = subject.head.endswith("s") or subject.head in ("people", "police")
        institution = subject.head in INSTITUTIONS
        if way == "p":
            return plural or institution
        if way in ("i", "s"):
            return institution
        if plural or institution:
            return False
        words = set(self._text[slice(*subject.span)].lower().split())
        other = FEMALE_NOUNS if way == "m" else MALE_NOUNS
        return not words & other

    def is_person(self, token: Token) -> bool:
        """Whether a name may be somebody's."""
        words = token.word.split()
        if token.label in _PEOPLE:
            return not (ORGANISED | PLACES) & set(words)
        if len(words) == 2 and words[0].lower() in MALE | FEMALE and not (ORGANISED | PLACES) & set(words):
            return True
        if token.label in _NO_PEOPLE:
            return any(one.label in _PEOPLE and one.word.split()[-1] == words[-1] for one, _ in self._names)
        if len(words) == 1:
            return any(
                one.label in _PEOPLE and one.word.split()[-1] == words[-1] for one, _ in self._names if one is not token
            )
        return 2 <= len(words) <= 4 and not (ORGANISED | PLACES) & set(words) and "&" not in words

    def gender(self, name: str, title: str) -> str:
        """`m` or `f`, as titles and first names tell; empty if they do not."""
        if title in MEN | MALE_NOUNS:
            return "m"
        if title in WOMEN | FEMALE_NOUNS:
            return "f"
        last = name.split()[-1]
        for statement in self._passage.statements:
            for place, token in enumerate(statement.tokens):
                if token.sort is Sort.NAME and place and token.word.split()[-1] == last:
                    before = named(statement.tokens, place).title
                    if before in MEN | WOMEN:
                        return "m" if before in MEN else "f"
        full = self._full.get(name) or self._find_fullest(name, self._passage.claim[0])
        first = full.split()[0].lower().partition("-")[0]
        return "m" if first in MALE else "f" if first in FEMALE else ""


def _until(tokens: Sequence[Token]) -> Iterator[Token]:
    for token in tokens:
        if token.sort is Sort.SIGN or token.word in ("of", "who", "which"):
            return
        yield token


def _institution(tokens: Sequence[Token]) -> Subject | None:
    """The company or board with which a statement begins."""
    if not tokens or not tokens[0].is_word(("the",)):
        return None
    for token in tokens[1:4]:
        if token.sort is not Sort.WORD:
            return None
        if token.word in INSTITUTIONS:
            return Subject(Form.NOUN, (tokens[0].start, token.end), token.word)
    return None


def _has_possessive(tokens: Sequence[Token]) -> bool:
    return any(token.sort is Sort.POSSESSIVE for token in tokens)


def _holds(longer: Sequence[str], words: Sequence[str]) -> bool:
    """Whether a longer name is a fuller form: it ends or begins with the words, or has them all in order."""
    if len(longer) <= len(words):
        return False
    count = len(words)
    return any(list(longer[place : place + count]) == list(words) for place in range(len(longer) - count + 1))


def _tidy(name: str) -> str:
    """A name on one line, without a possessive ending."""
    name = " ".join(name.split())
    return name[:-2] if name.endswith(("'s", "’s")) else name


def _without_titles(name: str) -> str:
    words = name.split()
    while len(words) > 1 and (words[0].lower().rstrip(".") in TITLES | DETERMINERS or len(words[0]) < 2):
        words = words[1:]
    return " ".join(words)
