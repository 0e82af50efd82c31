"""Headings, paragraphs, items and the rest, written down as Markdown that means them and nothing more.

Only the signs of blocks are written. Emphasis and links are left out: a quote of an annotation is then the words alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

Kind = Literal["heading", "paragraph", "item", "quote", "code", "row"]


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of an article that stands by itself."""

    kind: Kind
    text: str
    """Its words; of code, its lines as they are."""
    level: int = 0
    """Of a heading 1 to 6; of an item how many lists it is in, from 1."""
    marker: str = "-"
    """What stands before an item: `-`, or its number as `3.`."""
    cells: tuple[str, ...] = ()
    """Of a row; its text is empty."""


_MARKER = re.compile(
    r"^([ \t]*)(?:(#{1,6}(?=\s|$)|[-+*](?=\s|$)|>|=+\s*$|~~~|```|\|)|(\d{1,9})([.)](?=\s|$)))", re.MULTILINE
)
"""What would make a heading, an item, a quotation, code or a table of a line."""

_STARTS = frozenset("#-+*>=~`|_0123456789 \t")
"""What such a line begins with."""

_RULE = re.compile(r"^([ \t]*)([-_*])(?=[ \t]*(?:\2[ \t]*){2,}$)", re.MULTILINE)
_PAIR = {"*": re.compile(r"\*(?=\S)|(?<=\S)\*"), "`": re.compile("`")}
"""A star with blanks on both sides means nothing."""

_UNDERSCORE = re.compile(r"(?<!\w)_|_(?!\w)")
_LINK = re.compile(r"(\[)(?=[^\[\]\n]*\]\()")
_BACKSLASH = re.compile(r"\\(?=[!-/:-@\[-`{-~])")


def as_markdown(blocks: Iterable[Block]) -> str:
    """The blocks as Markdown, with a blank line between them; items and rows that follow each other have none.

    Empty blocks are left out. The text ends in LF, or is empty.
    """
    parts: list[str] = []
    before: Block | None = None
    columns = 0
    for block in _filled(blocks):
        if before is not None:
            together = block.kind == before.kind and block.kind in {"item", "row"}
            parts.append("\n" if together else "\n\n")
            if block.kind == before.kind == "quote":
                parts[-1] = "\n>\n"
        if block.kind == "row":
            if before is None or before.kind != "row":
                columns = len(block.cells)
                parts.append(_row(block.cells) + "\n" + _row(["---"] * columns))
            else:
                parts.append(_row(block.cells))
        else:
            parts.append(_written(block))
        before = block
    return "".join(parts) + "\n" if parts else ""


def _filled(blocks: Iterable[Block]) -> Iterator[Block]:
    for block in blocks:
        if block.kind == "row":
            if any(block.cells):
                yield block
        elif block.kind == "code":
            if text := block.text.strip("\n"):
                yield replace(block, text=text)
        elif text := block.text.strip():
            yield replace(block, text=text)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|').replace(chr(10), ' ') for cell in cells)} |"


def _written(block: Block) -> str:
    match block.kind:
        case "heading":
            return f"{'#' * min(6, max(1, block.level))} {_inline(' '.join(block.text.split()))}"
        case "item":
            indent = "  " * (max(1, block.level) - 1)
            lines = escaped(block.text).split("\n")
            hanging = indent + " " * (len(block.marker) + 1)
            return f"{indent}{block.marker} " + f"\n{hanging}".join(lines)
        case "quote":
            return "\n".join(f"> {line}" if line else ">" for line in escaped(block.text).split("\n"))
        case "code":
            longest = max((len(run) for run in re.findall("`+", block.text)), default=0)
            fence = "`" * max(3, longest + 1)
            return f"{fence}\n{block.text}\n{fence}"
        case _:
            return escaped(block.text)


def escaped(text: str) -> str:
    """The words of a paragraph so that Markdown reads them as words; a sign that means nothing stays as it is."""
    text = _inline(text)
    if text[:1] not in _STARTS and "\n" not in text:
        return text
    text = _RULE.sub(r"\1\\\2", text)
    return _MARKER.sub(
        lambda found: f"{found[1]}\\{found[2]}" if found[2] else f"{found[1]}{found[3]}\\{found[4]}", text
    )


def _inline(text: str) -> str:
    if "\\" in text:
        text = _BACKSLASH.sub(r"\\\\", text)
    for sign, one in _PAIR.items():
        if text.count(sign) > 1:
            text = one.sub("\\\\" + sign, text)
    if text.count("_") > 1:
        text = _UNDERSCORE.sub(r"\\_", text)
    return _LINK.sub(r"\\\1", text) if "](" in text else text
