"""Who makes a claim, as its words and those around it tell: the door of this room. Pure, and bounded by the passage."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

from store.attribution.cues import Attribution, Cues, about, attributed_quotes, cues
from store.attribution.passages import Named, Passage, Sort, Statement
from store.attribution.people import People
from store.attribution.records import ClaimantKind, Proposal, Rule, Span, Sure
from store.attribution.subjects import Form, Subject, named
from store.attribution.words import PRONOUNS
from store.text import language

LONGEST = 4000
"""Code points of a claim for which anything is proposed: what is longer is said by many."""

_LABEL = re.compile(r"[*_]{0,2}(?P<name>[^\W\d_a-z][^\n:.!?\"“”]{0,40}?)[*_]{0,2}:[*_]{0,2}\s")
_BYLINE = re.compile(r"^[*_ ]*By (?P<name>[^\W\d_a-z][\w’'.-]*(?: [\w’'.-]+){1,3})[*_ ]*$", re.MULTILINE)
_TOP = 800
"""Code points in which a byline is looked for."""


def propose(text: str, claim: Span, names: Iterable[Named] = (), author: str | None = None) -> Proposal | None:
    """Who makes a claim; None where that would be a guess.

    Only a few paragraphs around the claim are read, and the places where a name of theirs may stand in full, so it
    takes no longer in a long article.

    What tells who says something is known of English only: of a claim in another language nothing is proposed.

    Args:
        text: the article's text.
        claim: the claim's span, in code points.
        names: names that are known in the text, in any order; those further away are not looked at. What is none of
            them and written like a name counts as one too.
        author: who wrote the article, if that is known; else a byline at its top is believed.
    """
    if not 0 < claim[1] - claim[0] <= LONGEST:
        return None
    passage = Passage(text, claim, names)
    return _Reader(passage, author).proposal() if _is_english(passage) else None


def _is_english(passage: Passage) -> bool:
    """Whether the claim's paragraph, or else the passage, is in English as far as can be told."""
    start, end = passage.claim
    spans = [span for span in passage.paragraphs if span[0] < end and span[1] > start]
    own = passage.text[spans[0][0] : spans[-1][1]] if spans else ""
    return (language.guess(own) or language.guess(passage.text[passage.start : passage.end]) or "en") == "en"


class _Reader:
    """Reads one passage."""

    def __init__(self, passage: Passage, author: str | None) -> None:
        self._passage = passage
        self._author = author
        self._cues: dict[int, Cues] = {}
        self._people = People(passage, self._cues_of)

    def proposal(self) -> Proposal | None:
        start, end = self._passage.claim
        places = [
            place for place, statement in enumerate(self._passage.statements)
            if statement.start < end and statement.end > start
        ]  # fmt: skip
        if not places:
            return None
        here = [(one, place) for place in places for one in self._cues_of(place).attributions]
        found = about([one for one, _ in here], (start, end))
        if found is not None:
            place = next(place for one, place in here if one is found)
            return self._made(found.subject, found.cue, place, Rule.SAYS)
        if (label := self._label(places[0])) is not None:
            return label
        if self._share_quoted() >= 0.5:
            return self._quoted(places[0])
        if any(self._cues_of(place).unclear for place in places):
            return None
        return self._by_the_article(Sure.HIGH)

    def _cues_of(self, place: int) -> Cues:
        if place not in self._cues:
            self._cues[place] = cues(self._passage.statements[place], self._passage.text)
        return self._cues[place]

    def _made(self, subject: Subject, cue: Span | None, place: int, rule: Rule) -> Proposal | None:
        somebody = self._people.who(subject, place)
        if somebody is None:
            return None
        if somebody.kind is ClaimantKind.AUTHOR:
            return self._by_the_article(Sure.FAIR)
        sure = somebody.sure if rule is Rule.SAYS else Sure.FAIR
        return Proposal(somebody.kind, somebody.name, subject.span, cue, rule, sure)

    def _by_the_article(self, sure: Sure) -> Proposal:
        author = self._author
        if author is None:
            byline = _BYLINE.search(self._passage.text, 0, _TOP)
            author = byline["name"] if byline else ""
        return Proposal(ClaimantKind.AUTHOR, author, None, None, Rule.NOBODY, sure)

    # Interviews

    @cached_property
    def _labels(self) -> dict[int, re.Match[str]]:
        """The speakers' names before paragraphs, by the paragraph's place."""
        text = self._passage.text
        found = {
            place: match for place, span in enumerate(self._passage.paragraphs)
            if (match := _LABEL.match(text, *span)) is not None
        }  # fmt: skip
        often = [match["name"] for match in found.values()]
        return {place: match for place, match in found.items() if often.count(match["name"]) > 1}

    def _label(self, place: int) -> Proposal | None:
        statement = self._passage.statements[place]
        match = self._labels.get(statement.paragraph)
        if match is None:
            return None
        span = match.span("name")
        if match["name"] in ("A", "Q"):
            name = self._interviewed() if match["name"] == "A" else None
            return None if name is None else Proposal(ClaimantKind.NAMED, name, span, None, Rule.LABEL, Sure.FAIR)
        return Proposal(ClaimantKind.NAMED, self._people.fullest(span), span, None, Rule.LABEL, Sure.HIGH)

    def _interviewed(self) -> str | None:
        """The one person whom the paragraphs without a speaker are about."""
        names = {
            self._people.fullest(token.span)
            for statement in self._passage.statements if statement.paragraph not in self._labels
            for token in statement.tokens if token.sort is Sort.NAME and self._people.is_person(token)
        }  # fmt: skip
        return names.pop() if len(names) == 1 else None

    # Quotations that are attributed elsewhere

    def _share_quoted(self) -> float:
        start, end = self._passage.claim
        quoted = sum(
            max(0, min(one.end, end) - max(one.start, start)) for one in self._passage.quotations if one.end > start
        )
        return quoted / (end - start)

    def _quoted(self, place: int) -> Proposal | None:
        """Who says a quotation that its own statement attributes to nobody."""
        statements, text = self._passage.statements, self._passage.text
        paragraph = statements[place].paragraph
        for before in range(place - 1, max(-1, place - 12), -1):
            statement = statements[before]
            found = next(attributed_quotes(self._cues_of(before)), None)
            if statement.paragraph == paragraph:
                if found is not None:
                    return self._made(found.subject, found.cue, before, Rule.QUOTE_GOES_ON)
                if not statement.is_quotation:
                    return self._beside(before)
                continue
            # The paragraph begins with the quotation: it goes on with one before it, or is told of just before.
            last = text[statement.end - 1]
            if paragraph - statement.paragraph > 1:
                return None
            opening = self._passage.quotation_at(statements[before + 1].start + 1)
            if found is not None and (opening is None or opening.goes_on or statement.quotes):
                return self._made(found.subject, found.cue, before, Rule.QUOTE_GOES_ON)
            if statement.is_quotation:
                paragraph = statement.paragraph
                continue
            return self._beside(before) if last in ".:" else None
        return self._afterwards(place)

    def _afterwards(self, place: int) -> Proposal | None:
        """Who is named right after a quotation with which the text begins."""
        statements = self._passage.statements
        for after in range(place + 1, min(len(statements), place + 4)):
            if statements[after].paragraph != statements[place].paragraph:
                return None
            found = next(iter(self._cues_of(after).attributions), None)
            if found is not None and found.quotes:
                return self._made(found.subject, found.cue, after, Rule.QUOTE_GOES_ON)
        return None

    def _beside(self, place: int) -> Proposal | None:
        """Whoever the statement before a quotation is about."""
        statement = self._passage.statements[place]
        attribution: Attribution | None = next(iter(self._cues_of(place).attributions), None)
        if attribution is not None:
            return self._made(attribution.subject, attribution.cue, place, Rule.BESIDE)
        subject = self._first_person(statement)
        return None if subject is None else self._made(subject, None, place, Rule.BESIDE)

    def _first_person(self, statement: Statement) -> Subject | None:
        tokens = statement.tokens
        for index, token in enumerate(tokens):
            if token.sort is Sort.WORD and PRONOUNS.get(token.word) in ("m", "f"):
                return Subject(Form.PRONOUN, token.span, token.word)
            if token.sort is Sort.NAME and self._people.is_person(token):
                owned = index + 1 < len(tokens) and tokens[index + 1].sort is Sort.POSSESSIVE
                if not owned:
                    return named(tokens, index)
        return None
