"""An HTML tree becomes blocks: every word that a browser would show, in its order, without a stylesheet.

The tree is walked, never recursed into: how deep a page is nested is up to whoever wrote it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from store.articles.blocks import Block

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_HIDDEN = frozenset(
    "script style noscript template head title nav svg math iframe object embed canvas audio video button input select "
    "option textarea form dialog map".split()
)
"""What shows no words of an article."""

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = frozenset(
    "p div section article main header footer aside address figure figcaption details summary dl dt dd hr body html "
    "fieldset legend center caption table thead tbody tfoot menu ul ol li blockquote pre tr td th".split()
)
_SAME = {"list": "ul", "item": "li", "quote": "blockquote", "row": "tr", "cell": "td", "lb": "br"}
"""TEI's names, which trafilatura uses for its trees, and HTML's."""

_CONTAINER = re.compile(
    r"<(/?)(?:div|span|section|article|aside|main|font|center|table|blockquote|ul|ol|dl|b|i|u|em|strong|small|big|a|q|cite"
    r"|ins|del|sub|sup|details|figure|fieldset|form|label|abbr|code|tt|nav|header|footer|address|object|bdo|bdi|mark|s"
    r"|[a-z]+-[\w-]+|(p|li|t[rdh]|d[td]|tbody|thead))(?=[\s>/])[^<>]*>",
    re.IGNORECASE,
)
"""Tags of elements that nest; the second group are those that do so only in one of the others."""

_DEEPEST = 80
"""Containers in each other, of which each may bring two elements more: real pages have up to 60."""

_LONGEST_CELL = 400
"""Code points."""

_BORDER = "\x01"
"""Stands between the blocks of a cell of a table."""

_LINE_END = "\x00"
"""Stands for `<br>` until white space is folded; no document has one."""


def parse(text: str) -> HtmlElement | None:
    """The tree of an HTML document or a piece of one; None if there is nothing in it.

    Entities of a document's own are not expanded, nothing is loaded, and libxml2's limits of depth and size hold.
    """
    import lxml.etree
    import lxml.html

    # A declaration of an encoding speaks of bytes, which are decoded by now.
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    data = shallow(text.replace(_LINE_END, "").replace(_BORDER, "")).encode("utf-8", "replace")
    if not data.strip():
        return None
    try:
        return lxml.html.document_fromstring(data, parser=parser, ensure_head_body=True)
    except (lxml.etree.ParserError, lxml.etree.XMLSyntaxError, ValueError, AssertionError):
        return None


def shallow(page: str) -> str:
    """The page without the elements that are nested deeper than any page means them; their words stay.

    libxml2 drops what lies deeper than 256 elements, words and all.
    """
    if page.count("<") <= _DEEPEST:
        return page
    kept: list[str] = []
    depth = dropped = position = 0
    for tag in _CONTAINER.finditer(page):
        if tag[2]:
            drop = depth > _DEEPEST
            dropped += drop
        elif not tag[1]:
            depth += 1
            drop = depth > _DEEPEST
            dropped += drop
        else:
            drop = depth > _DEEPEST
            depth = max(0, depth - 1)
        if drop:
            kept += (page[position : tag.start()], " ")
            position = tag.end()
    return "".join(kept) + page[position:] if dropped else page


def blocks(root: Any) -> Iterator[Block]:
    """The blocks of an element of lxml: of HTML, of XHTML, or of the tree that trafilatura makes."""
    import lxml.etree

    walker = _Walker()
    events = lxml.etree.iterwalk(root, events=("start", "end"))
    for event, element in events:
        if not isinstance(element.tag, str):
            if event == "end" and element.tail:
                walker.words(element.tail)
            continue
        name = element.tag.rpartition("}")[2].lower()
        name = _SAME.get(name, name)
        if name == "head" and element.get("rend"):
            name = element.get("rend")
        if event == "start":
            if name in _HIDDEN or element.get("hidden") is not None or element.get("aria-hidden") == "true":
                events.skip_subtree()
                continue
            yield from walker.start(name, element)
            walker.words(element.text or "")
        else:
            if not (name in _HIDDEN or element.get("hidden") is not None or element.get("aria-hidden") == "true"):
                yield from walker.end(name)
            if element is not root:
                walker.words(element.tail or "")
    yield from walker.flush()


def plain(paragraphs: Iterable[str]) -> Iterator[Block]:
    """Paragraphs that hold no markup."""
    return (Block("paragraph", words) for words in paragraphs)


class _Walker:
    """What is open, and the words since the last block."""

    def __init__(self) -> None:
        self._words: list[str] = []
        self._heading = 0
        self._lists: list[int | None] = []  # the number of the last item; None for a list without numbers
        self._item: str | None = None
        self._quotes = 0
        self._code = 0
        self._cells: list[str] | None = None

    def words(self, text: str) -> None:
        if text:
            self._words.append(text)

    def start(self, name: str, element: Any) -> Iterable[Block]:
        found: list[Block] = []
        if name == "br":
            self._words.append("\n" if self._code else _LINE_END)
            return found
        if name == "code" and "\n" in (element.text or "") and not self._code:
            name = "pre"
        if name not in _BLOCKS and name not in _HEADINGS and name != "pre":
            return found
        if self._cells is not None and name not in {"td", "th", "tr"}:
            self._words.append(_BORDER)
            return found
        found += self.flush()
        if name in _HEADINGS:
            self._heading = _HEADINGS[name]
        elif name in {"ul", "ol", "menu"}:
            numbered = name == "ol" or element.get("rend") == "ol"
            self._lists.append((_number(element.get("start")) - 1) if numbered else None)
        elif name == "li":
            self._item = "-"
            if self._lists and (last := self._lists[-1]) is not None:
                self._lists[-1] = last + 1
                self._item = f"{last + 1}."
        elif name == "blockquote":
            self._quotes += 1
        elif name == "pre":
            self._code += 1
        elif name == "tr":
            if self._cells:  # a table inside of one: the outer one is there for the layout
                found += [Block("paragraph", cell) for cell in self._cells]
            self._cells = []
        return found

    def end(self, name: str) -> Iterable[Block]:
        found: list[Block] = []
        if name in {"td", "th"} and self._cells is not None:
            self._cells.append(self._taken())
            return found
        if name == "tr" and self._cells is not None:
            if rest := self._taken():
                self._cells.append(rest)
            cells, self._cells = tuple(self._cells), None
            # What has one column, or paragraphs for cells, is a table that a page is laid out with.
            parts = [[part.strip() for part in cell.split(_BORDER) if part.strip()] for cell in cells]
            if len(cells) > 1 and max(map(len, parts)) < 2 and max(map(len, cells)) <= _LONGEST_CELL:
                return [Block("row", "", cells=tuple("".join(part) for part in parts))]
            return [Block("paragraph", part) for cell in parts for part in cell]
        if name == "code" and self._code:
            name = "pre"
        if (name not in _BLOCKS and name not in _HEADINGS and name != "pre") or self._cells is not None:
            if self._cells is not None and name in _BLOCKS:
                self._words.append(_BORDER)
            return found
        found += self.flush()
        if name in _HEADINGS:
            self._heading = 0
        elif name in {"ul", "ol", "menu"} and self._lists:
            self._lists.pop()
        elif name == "li":
            self._item = None
        elif name == "blockquote" and self._quotes:
            self._quotes -= 1
        elif name == "pre" and self._code:
            self._code -= 1
        return found

    def flush(self) -> list[Block]:
        """The words since the last block as a block, if there are any."""
        if self._code:
            text = "".join(self._words)
            self._words.clear()
            return [Block("code", text)] if text.strip() else []
        text = self._taken()
        if not text:
            return []
        if self._heading:
            return [Block("heading", text, level=self._heading)]
        if self._item is not None:
            marker, self._item = self._item, ""
            if marker:
                return [Block("item", text, level=max(1, len(self._lists)), marker=marker)]
        return [Block("quote" if self._quotes else "paragraph", text)]

    def _taken(self) -> str:
        """The words, with white space as a browser shows it."""
        text = _folded("".join(self._words)).strip(" " + _LINE_END)
        self._words.clear()
        return "\n".join(line.strip() for line in text.split(_LINE_END)) if _LINE_END in text else text


def _folded(text: str) -> str:
    """The text with what HTML calls white space as single blanks; a no-break space is none of it."""
    for sign in "\t\n\r\f":  # ten times as fast as a regular expression
        text = text.replace(sign, " ")
    while "  " in text:
        text = text.replace("  ", " ")
    return text


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else 1
