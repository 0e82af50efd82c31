"""Furniture: what a page puts around an article, told from the article by what lines look like and by a few words.

Most evidence is the company that a line keeps. A few lines are furniture wherever they stand (`Accept all cookies`);
others only beside such lines (`Weather`), or under the title of a box (`Related articles`). A line that ends like a
sentence and is long enough to be one is never taken for its place alone: to fold a sentence of the article is the worse
error.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from store.text import furniture_words as known
from store.text.likeness import fold
from store.text.once import once

_PROSE = 9
"""Words from which a line that ends like a sentence is prose."""

_LONG = 22
"""Words from which a paragraph is prose, however it ends."""

_BOX = 60
"""Words that a paragraph of furniture has at most."""

_LINK = 12
"""Words that a title in a list of articles has at most."""

_ROW = 10
"""Words of a row of a menu at most."""

_NAV = 4
"""Words of a line of a menu at most."""

_SENTENCE_END = re.compile(r"[.!?…:;,。！？]['\"’”»)\]]*$")
_ITEM = re.compile(r"(?:[-*+•]|\|)\s|#{1,6}\s|>")
_BEFORE = re.compile(r"[^\w©(#$€£]+")
_AFTER = re.compile(r"(?:\s*\(\d[\d,.: ]*(?:min)?\)|[^\w.!?)*]+)$")
_BETWEEN = re.compile(r"[>»›|•·]")
_NAME = re.compile(
    r"(?:By|by|BY|Von|Par)\s+(?:[^\W\d_]\.|[^\W\d_][\w'’-]+)(?:\s+(?:and|und|et|de|van|von|der|[^\W\d_]\.|[A-Z]['’\w-]+|,))*"
    r"(?:,.{1,60})?"
)


@dataclass(frozen=True)
class Line:
    """A paragraph as furniture is looked for: its place, and what it looks like."""

    start: int
    end: int
    text: str
    joined: bool
    """Whether no empty line stands between it and the one before."""
    whole: str | None = None
    """All of it, folded, if that is known."""

    @once
    def folded(self) -> str:
        """As it is compared with the lists of words: without signs, arrows and counts at both ends."""
        if len(self.text) >= 600:
            return ""
        words = fold(self.text) if self.whole is None else self.whole
        if begins := _BEFORE.match(words):
            words = words[begins.end() :]
        if not words or words[-1].isalnum() or words[-1] in ".!?*_":  # nothing to be looked for at its end
            return words
        return _AFTER.sub("", words)

    @once
    def words(self) -> int:
        """How many words it has; of a very long one, more than matter here."""
        return len(self.text[:2000].split())

    @once
    def ended(self) -> bool:
        """Whether it ends as a sentence or a clause does."""
        return bool(_SENTENCE_END.search(self.text))

    @once
    def prose(self) -> bool:
        """Whether it is plainly a part of an article, unless it says what only furniture says."""
        return self.words >= _LONG or (self.words >= _PROSE and self.ended)

    @once
    def item(self) -> bool:
        """Whether it is a heading, a row, an item or a quotation of Markdown."""
        return bool(_ITEM.match(self.text))

    @once
    def label(self) -> bool:
        """Whether it looks like what is written on a button or in a menu: a word or a few, the first with a capital."""
        if self.words > _NAV or self.ended or self.item:
            return False
        first = next((sign for sign in self.text if sign.isalnum()), "")
        return first.isupper() or first.isdigit()

    @once
    def says(self) -> str | None:
        """The kind of furniture that it is wherever it stands."""
        if self.words > _BOX or not self.folded:
            return None
        if self.folded in known.KIND_OF and self.folded not in known.WEAK:
            return self.hints
        if _NAME.fullmatch(self.text) and self.words <= 12:
            return known.BYLINE
        if _is_path(self.folded):
            return known.MENU
        return next((kind for kind, pattern in known.SAYS.items() if pattern.search(self.folded)), None)

    @once
    def hints(self) -> str | None:
        """The kind of furniture that it is beside other furniture."""
        kind = known.KIND_OF.get(self.folded)
        return kind if kind is not None else self._row

    @once
    def _row(self) -> str | None:
        """The kind of a row of a menu or of buttons: several words that are each a line of such (`back print`)."""
        if not 2 <= self.words <= _ROW or self.ended:
            return None
        kinds = [known.KIND_OF.get(word) for word in self.folded.split()]
        return kinds[0] if len(kinds) > 1 and None not in kinds else None

    @once
    def titles(self) -> str | None:
        """The kind of box that it is the title of."""
        if self.words > 12 or not self.folded:
            return None
        return next((kind for kind, title in known.TITLES.items() if title.fullmatch(self.folded)), None)


def furniture(
    text: str, paragraphs: Sequence[tuple[int, int]], folded: Sequence[str] | None = None
) -> list[str | None]:
    """The kind of furniture that each paragraph of a text is; None for the article's own.

    Args:
        text: the text.
        paragraphs: as `store.text.paragraphs` finds them.
        folded: each of them as it is compared (`store.text.likeness.fold`), if that is known already.
    """
    lines: list[Line] = []
    before = 0
    for index, (start, end) in enumerate(paragraphs):
        joined = index > 0 and text.count("\n", before, start) < 2
        lines.append(Line(start, end, text[start:end].strip(), joined, None if folded is None else folded[index]))
        before = end
    kinds = [line.says for line in lines]
    groups = list(_groups(lines))
    _boxes(lines, kinds)
    begun = next((index for index, line in enumerate(lines) if line.prose and kinds[index] is None), len(lines))
    for first, end in groups:
        _company(lines, kinds, first, end, begun=first > begun)
    _bylines(lines, kinds, groups)
    _talk(lines, kinds)
    _ends(lines, kinds)
    _beside(lines, kinds, spaced=sum(line.joined for line in lines) < 0.15 * len(lines))
    return kinds


def _is_path(folded: str) -> bool:
    """Whether a line is a path or a menu on one line: `Business > Industry`, `Home | About | Contact`."""
    if not _BETWEEN.search(folded):
        return False
    steps = [step.strip() for step in re.split(r"[>»›]", folded)]
    choices = [choice.strip() for choice in re.split(r"[|•·]", folded)]
    parts = steps if len(steps) > len(choices) else choices
    known_ones = sum(part in known.KIND_OF for part in parts)
    short = all(0 < len(part.split()) <= 3 for part in parts)
    return short and ((len(steps) > 2 and parts is steps) or (len(parts) > 1 and known_ones * 3 >= len(parts)))


def _groups(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Runs of lines with no empty line between them, as the first index and the one after the last.

    In a text with empty lines between nearly all of its lines: runs of what may be furniture.
    """
    spaced = sum(line.joined for line in lines) < 0.15 * len(lines)
    first = 0
    for index in range(1, len(lines) + 1):
        if index == len(lines) or not (
            lines[index].joined or (spaced and lines[index].label and lines[index - 1].label)
        ):
            yield first, index
            first = index


def _boxes(lines: Sequence[Line], kinds: list[str | None]) -> None:
    """Boxes that have a title: what stands under it belongs to it, as far as its sort of box goes."""
    index = 0
    while index < len(lines):
        kind = lines[index].titles
        end = index + 1
        if kind is not None:
            end = _end_of_box(lines, kinds, index, kind)
            if end > index + 1:
                for within in range(index, end):
                    kinds[within] = kinds[within] or kind
                kinds[index] = kind
        index = end


def _end_of_box(lines: Sequence[Line], kinds: Sequence[str | None], title: int, kind: str) -> int:
    """The index after the last line of a box."""
    end = title + 1
    if end == len(lines):
        return end
    if kind == known.AUTHOR:
        return end + (lines[end].words <= _BOX and not lines[end].item)
    alone = not lines[end].joined
    longest = _LINK if kind == known.RELATED else _PROSE
    while end < len(lines):
        line = lines[end]
        fits = kinds[end] is not None or (line.words <= longest and not (line.prose or line.text.startswith("#")))
        if alone and kind != known.RELATED:
            fits = kinds[end] is not None or line.hints is not None
        if not fits or (end > title + 1 and not line.joined and not (alone and not lines[end - 1].joined)):
            break
        end += 1
    if alone and end < len(lines) and end > title + 1 and not lines[end - 1].joined and kinds[end - 1] is None:
        end -= lines[end].prose  # the heading of what follows
    return end


def _company(lines: Sequence[Line], kinds: list[str | None], first: int, end: int, *, begun: bool) -> None:
    """Lines of one block of lines: where most are furniture, or one asks the reader to do something, all are.

    `begun` says whether a sentence of the article stands before them.
    """
    last = lines[end - 1]
    if not last.joined and last.hints is None and kinds[end - 1] is None and end < len(lines) and lines[end].prose:
        end -= 1  # the heading of what follows
    group = range(first, end)
    if end - first < 2 or any(lines[index].item for index in group):
        return
    surely = [kind for index in group if (kind := kinds[index]) is not None]
    hinted = sum(kinds[index] is not None or lines[index].hints is not None for index in group)
    prose = [index for index in group if kinds[index] is None and lines[index].prose]
    labels = sum(lines[index].label for index in group)
    count = end - first
    kind = None
    if not prose and count >= 4 and labels >= 0.8 * count and hinted >= 0.25 * count and hinted >= 2:
        kind = max((known.MENU, known.FOOTER, *surely), key=lambda kind: _votes(lines, group, kind))
    elif not prose and count >= 3 and hinted == count:
        kind = surely[0] if surely else lines[first].hints
    elif not prose and surely and 2 * hinted >= count:
        kind = surely[0]
    elif (asking := {kinds[first], kinds[end - 1], kinds[end - 2]} & _ASKING) and all(
        lines[index].words < _LONG for index in group if kinds[index] is None
    ):
        kind = next(kind for kind in known.KINDS if kind in asking)
    if kind is None:
        return
    dated = any(known.DATE.search(lines[index].folded) for index in group)
    if known.EVENT in surely or (kind in _ASKING and dated and kind != known.SIGN_UP):
        kind = known.EVENT
    if not begun and any(not lines[index].joined for index in group[1:]):  # the title may follow after an empty line
        sure = [index for index in group if lines[index].hints or kinds[index] not in {None, known.BYLINE}]
        group = range(first, sure[-1] + 1)
    for index in group:
        kinds[index] = kind if kind == known.EVENT else kinds[index] or kind


_ASKING = frozenset({known.EVENT, known.ADVERTISEMENT, known.SIGN_UP})
"""What asks the reader to do something, in the first or the last lines of its block."""


def _votes(lines: Sequence[Line], group: range, kind: str) -> int:
    return sum(lines[index].folded in known.LINES.get(kind, ()) for index in group)


def _bylines(lines: Sequence[Line], kinds: list[str | None], groups: Sequence[tuple[int, int]]) -> None:
    """Names, dates and departments that stand with a byline or for one, before the article's first sentence."""
    dates = [index for index, line in enumerate(lines) if _DATE_LINE.fullmatch(line.folded)]
    first_prose = next((index for index, line in enumerate(lines) if line.prose and kinds[index] is None), 0)
    for first, end in groups:
        group = range(first, end)
        if first >= first_prose or end - first > 5 or not all(_may_be_byline(lines[index]) for index in group):
            continue
        told = known.BYLINE in (kinds[index] for index in group)
        told = told or (len(dates) < 3 and any(index in dates for index in group))
        told = told or (end - first > 1 and any(lines[i].folded in known.LINES[known.BYLINE] for i in group))
        if told:
            for index in group:
                kinds[index] = kinds[index] or known.BYLINE


_DATE_LINE = re.compile(rf"(?:{known.DATE.pattern}),? ?(?:\d{{4}})?(?:[,|·]? ?(?:at )?\d{{1,2}}[:.]\d\d.{{0,8}})?")
"""A line that is a date, and perhaps a time."""


def _may_be_byline(line: Line) -> bool:
    return line.words <= 10 and not line.item and not (line.prose or line.text.endswith(("?", "!", ":")))


def _ends(lines: Sequence[Line], kinds: list[str | None]) -> None:
    """What stands after an article: who wrote it, whom the press may call, what is left of the page's foot."""
    last_prose = max((i for i, line in enumerate(lines) if line.prose and kinds[i] is None), default=-1)
    for index in range(max(0, last_prose - 1), len(lines)):
        line = lines[index]
        tail = index > last_prose
        if index == last_prose and _WHO.match(line.text) and line.words <= 45 and index > 3:
            kinds[index] = known.AUTHOR
        elif kinds[index] is None and not line.prose and _ABOUT.fullmatch(line.text) and index + 1 == last_prose:
            if lines[last_prose].words <= _BOX:
                kinds[index] = kinds[last_prose] = known.AUTHOR
        elif tail and _PRESS.fullmatch(line.folded):
            for after in range(index, len(lines)):
                kinds[after] = kinds[after] or known.AUTHOR


_WHO = re.compile(
    r"(?:[A-Z][\w'’.-]+ ){2,3}(?:is|was) (?:an?|the|our) [^.]{0,60}"
    r"(?:columnist|correspondent|reporter|journalist|editor|freelance|staff writer|contributor|author of|professor)"
)
_ABOUT = re.compile(r"About (?:the )?[A-Z][\w&' -]{1,40}")
_PRESS = re.compile(
    r"(?:media|press) (?:contacts?|enquir(?:y|ies)|inquir(?:y|ies))|(?:for (?:more|further) information|contact).{0,20}"
)


def _talk(lines: Sequence[Line], kinds: list[str | None]) -> None:
    """What readers wrote under an article: all that follows `14 comments`, if little follows."""
    before = 0
    total = sum(line.words for line in lines)
    first = 0
    for index, line in enumerate(lines):
        if _COUNTED.fullmatch(line.folded) and 4 * before > 3 * total:
            first = first or index
        elif line.words > _BOX:
            first = 0
        before += line.words
    if first:
        for within in range(first, len(lines)):
            kinds[within] = kinds[within] or known.COMMENTS


_COUNTED = re.compile(r"\d[\d,]* (?:comments?|replies|responses)")


def _beside(lines: Sequence[Line], kinds: list[str | None], *, spaced: bool) -> None:
    """Lines that say little on their own, beside furniture or between two pieces of it."""
    for order in (range(1, len(lines)), range(len(lines) - 2, -1, -1)):
        step = -1 if order.step > 0 else 1
        for index in order:
            line, neighbour = lines[index], kinds[index + step]
            if kinds[index] is None and neighbour is not None and line.hints is not None and not line.prose:
                close = line.joined if step < 0 else lines[index + 1].joined
                if close or spaced or index in {0, len(lines) - 1}:
                    kinds[index] = line.hints
    for index in range(1, len(lines) - 1):
        line, before, after = lines[index], kinds[index - 1], kinds[index + 1]
        if kinds[index] is None and before is not None and after is not None and not line.item:
            close = line.joined and lines[index + 1].joined
            if line.words <= _LINK and not line.prose and (close or line.hints is not None):
                kinds[index] = before
