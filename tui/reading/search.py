"""Searching an article: every hit of a pattern in up to ten megabytes, found in a thread beside the screen.

A thread that gives up the interpreter's lock at every hit gets it back only after the switch interval, 5 ms, if the
screen is busy: a common word would take minutes. One that never gives it up freezes the screen while it looks. So each
look is short and holds the lock, and only where that finds nothing in time is it given up for a longer one.
"""

from __future__ import annotations

import re
import time
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import prod
from typing import TYPE_CHECKING
from unicodedata import decomposition, normalize

from store.text import graphemes
from tui.reading.page import Span

if TYPE_CHECKING:
    from regex import Pattern

_PATIENCE = (0.002, 0.25, 2.0)
"""Seconds for one look: first holding the lock, then again without it, then once more before the pattern is given up.
All of a plain search through ten megabytes takes 0.03."""

_AT_ONCE = 512
"""Matches of one look that holds the lock."""

_LONGEST_PATTERN = 10_000
"""Code points. Compiling holds the lock and cannot be stopped; this many take a tenth of a second."""

_MOST_REPEATS = 100_000
"""`{1000}` is compiled as a thousand copies, nested ones multiply, and memory ends before the time does."""

_ALIKE = {
    "'": "['‘’‚‛ʼ]",
    '"': '["“”„‟]',
    "-": "[-\u00ad\u2010\u2011\u2043\ufe63\uff0d]",
}
"""What else a sign of a plain pattern finds: what keyboards have one key for and typesetters several signs."""

_ESCAPE = re.compile(r"\\(?:[pPN]\{[^}]*\}|[gk]<\w*>|x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)", re.DOTALL)
_SYNTAX = re.compile(r"\(\?P?<\w+>|\(\?P[=>]\w+|\(\?[A-Za-z0-9-]+[:)]|\(\*[A-Z]+\)|\[:\^?\w+:\]")
"""Capitals in a regular expression that are no letters to look for: names of groups and classes, flags, verbs."""

_ASKS_FOR_CASE = re.compile(r"\\[pP]\{[^}]*?(?:upper|lower|title|\bL[ult]\b)|\[:\^?(?:upper|lower):", re.IGNORECASE)
_REPEAT = re.compile(r"\{\s*(\d+)")
_RECURSION = re.compile(r"\(\?(?:R|[+-]?\d+|&|P>)")


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for."""

    pattern: str
    regex: bool = False
    """Whether the pattern is a regular expression, in the syntax of the `regex` library."""


class PatternError(ValueError):
    """A pattern that cannot be looked for."""

    @property
    def sentence(self) -> str:
        """What is wrong with it, in one sentence, to be shown as it stands."""
        return str(self.args[0])


class Hits:
    """The hits of a query in a text: ascending spans of code points, none empty, no two sharing a code point."""

    def __init__(self, starts: Iterable[int] = (), ends: Iterable[int] = ()) -> None:
        """Take where each hit starts and ends; the n-th start belongs to the n-th end."""
        self.starts = array("I", starts)
        self.ends = array("I", ends)

    def __len__(self) -> int:
        """How many hits there are."""
        return len(self.starts)

    def within(self, start: int, end: int) -> list[Span]:
        """The hits that share a code point with `start..end`, whole, in text order."""
        if end <= start:
            return []
        first, last = bisect_right(self.ends, start), bisect_left(self.starts, end)
        return list(zip(self.starts[first:last], self.ends[first:last], strict=True))

    def after(self, offset: int) -> int | None:
        """The index of the first hit that starts after the offset."""
        index = bisect_right(self.starts, offset)
        return index if index < len(self.starts) else None

    def before(self, offset: int) -> int | None:
        """The index of the last hit that starts before the offset."""
        index = bisect_left(self.starts, offset) - 1
        return index if index >= 0 else None

    def at(self, offset: int) -> int | None:
        """The index of the hit that holds the code point at the offset."""
        index = bisect_right(self.starts, offset) - 1
        return index if index >= 0 and self.ends[index] > offset else None

    def shares(self, buckets: int, length: int) -> set[int]:
        """Which of so many equal parts of a text of `length` code points have a piece of a hit, the first being 0.

        Looks once for each part, not at each hit. Parts may be smaller than a code point.
        """
        found = set()
        for bucket in range(buckets):
            index = bisect_right(self.ends, bucket * length // buckets)
            if index < len(self.starts) and self.starts[index] * buckets < (bucket + 1) * length:
                found.add(bucket)
        return found


def find(text: str, query: Query, stopped: Callable[[], bool]) -> Hits:
    """All hits of the query in a canonical text, or those found until `stopped()` says so; it is asked often.

    Without capitals a pattern finds both cases, with one it is exact. White space in a plain pattern finds any white
    space, line ends too; straight quotes find curly ones, a hyphen any hyphen, and é is found as one code point or as
    two. In a regular expression `^` and `$` are the ends of lines, and capitals in escapes and names do not count, but
    one that asks for a case (`\\p{Lu}`) is exact. Hits are whole grapheme clusters; the next one is looked for after
    the cluster that the last one ends in.

    Raises:
        PatternError: the pattern is no regular expression, or takes more time or memory than anyone would wait for.
    """
    starts, ends = array("I"), array("I")
    if not query.pattern:
        return Hits()
    pattern = _compiled(query)
    single = text.isascii()  # every code point is a cluster of its own
    offset = patience = 0
    while not stopped():
        before, held = offset, patience == 0
        try:
            matches = pattern.finditer(text, offset, concurrent=not held, timeout=_PATIENCE[patience])
            for _ in range(_AT_ONCE):
                match = next(matches, None)
                if match is None:
                    return Hits(starts, ends)
                start, offset = match.span()
                if start == offset:
                    continue
                end = offset
                if not single:
                    start, offset = _whole(text, start, end)
                starts.append(start)
                ends.append(offset)
                if offset > end or not held:
                    break
            patience = 0
        except TimeoutError:
            patience = patience + 1 if offset == before else 0
            if patience == len(_PATIENCE):
                raise PatternError("This pattern takes too long; say more exactly what it repeats.") from None
        except MemoryError:
            raise PatternError("This pattern takes too much memory; try one that finds less at once.") from None
        time.sleep(0)  # lets the screen have the lock between two looks
    return Hits(starts, ends)


def _whole(text: str, start: int, end: int) -> Span:
    """`graphemes.snap`, which measures clusters, for the few spans that are not whole already."""
    if graphemes.start_of(text, start) == start and graphemes.start_of(text, end) == end:
        return start, end
    return graphemes.snap(text, start, end)


def _compiled(query: Query) -> Pattern[str]:
    import regex  # by the first search, not by the first frame

    if len(query.pattern) > _LONGEST_PATTERN:
        raise PatternError(f"A pattern may have at most {_LONGEST_PATTERN:,} signs, not {len(query.pattern):,}.")
    if not query.regex:
        words = regex.split(r"\s+", query.pattern)
        # A run is taken whole and only from its start: else each space of a long one would be tried as the first.
        plain = ("" if words[0] else r"(?<!\s)") + r"\s++".join(
            "".join(_ALIKE.get(sign) or _in_all_forms(sign) for sign in _composed(word)) for word in words
        )
        return regex.compile(plain, 0 if _has_capital(query.pattern) else regex.IGNORECASE)
    bare = _SYNTAX.sub("", _ESCAPE.sub("", query.pattern))
    _refuse_what_never_ends(query.pattern)
    exact = _has_capital(bare) or _ASKS_FOR_CASE.search(query.pattern)
    try:
        pattern = regex.compile(query.pattern, regex.MULTILINE | (0 if exact else regex.IGNORECASE))
    except regex.error as error:
        raise PatternError(f"That is not a regular expression: {error}.") from None
    except RecursionError:
        raise PatternError("That is not a regular expression: its groups are nested too deeply.") from None
    except (ValueError, OverflowError, MemoryError) as error:  # flags that exclude each other, impossible numbers
        raise PatternError(f"That is not a regular expression: {str(error) or 'it is too large'}.") from None
    if pattern.flags & regex.REVERSE:
        raise PatternError("A search runs forwards; leave out the flag (?r).")
    return pattern


def _composed(word: str) -> str:
    """The word with letters and their marks as one code point, where there is one; lone code points stay."""
    import regex

    return "".join(
        cluster if len(cluster) == 1 else normalize("NFC", cluster) for cluster in regex.findall(r"\X", word)
    )


def _in_all_forms(sign: str) -> str:
    """A pattern for a sign as one code point, as a letter with its marks, and as anything between."""
    import regex

    forms = _forms(sign)
    return regex.escape(sign) if len(forms) == 1 else f"(?:{'|'.join(map(regex.escape, sorted(forms)))})"


def _forms(sign: str) -> set[str]:
    forms = {sign, normalize("NFD", sign)}
    parts = decomposition(sign)
    if parts and not parts.startswith("<"):  # with a `<` it is another sign that is only like it
        letter, *marks = (chr(int(code, 16)) for code in parts.split())
        forms |= {form + "".join(marks) for form in _forms(letter)}
    return forms


def _has_capital(text: str) -> bool:
    return any(sign.isupper() or sign.istitle() for sign in text)


def _refuse_what_never_ends(pattern: str) -> None:
    """Raise for what neither `timeout` nor `stopped` could end: copies without number, groups that call themselves."""
    unescaped = _ESCAPE.sub("", pattern)
    if prod(max(1, int(count[:10])) for count in _REPEAT.findall(unescaped)) > _MOST_REPEATS:
        raise PatternError(f"Repeats in a pattern may come to {_MOST_REPEATS:,} at most, nested ones multiplied.")
    if _RECURSION.search(unescaped):
        raise PatternError("A pattern may not call one of its own groups, as (?R) and (?1) do.")
