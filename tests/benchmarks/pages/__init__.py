"""Web pages of our own making, each an article of `articles.txt` in the markup of a sort of site (`sites/`).

The gold text of a page is what its author wrote: title and lines about the author aside, every heading, paragraph,
item, quotation, cell, caption and line of code, and nothing of what the site puts around it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path
from string import Template


@dataclass(frozen=True, slots=True)
class Page:
    """A page and what an extractor should find in it."""

    name: str
    html: str
    gold: str
    """The words of the article, a block a line."""
    title: str
    author: str
    published: str


_HERE = Path(__file__).parent


def pages() -> Iterator[Page]:
    """Every article on two sorts of sites, and every sort of site with two articles."""
    articles = (_HERE / "articles.txt").read_text("utf-8").split("=====\n")
    sites = sorted((_HERE / "sites").glob("*.html"))
    if len(articles) != len(sites):
        raise ValueError(f"{len(articles)} articles, {len(sites)} sites")
    for number, source in enumerate(articles):
        head, _, body = source.partition("\n\n")
        fields = dict(line.split(": ", 1) for line in head.splitlines())
        blocks = list(_blocks(body))
        for site in (sites[number], sites[(number + 5) % len(sites)]):
            yield Page(
                name=f"{site.stem}: {fields['title']}",
                html=_page(site, fields, [*map(_html, blocks)]),
                gold="\n".join(map(_words, blocks)),
                title=fields["title"],
                author=fields["author"],
                published=fields["published"],
            )


def _page(site: Path, fields: dict[str, str], body: list[str]) -> str:
    """The page of an article on a site."""
    change = _CHANGES.get(site.stem)
    blocks = [change(block) for block in body] if change else body
    return Template(site.read_text("utf-8")).substitute(
        {name: escape(value) for name, value in fields.items()},
        body="\n".join(blocks),
        first=blocks[0],
        second="\n".join(blocks[1:2]),
        rest="\n".join(blocks[2:]),
    )


_CHANGES: dict[str, Callable[[str], str]] = {
    "blocks": lambda block: re.sub(r"<p>(.*?)</p>", r"<div class='css-1a2b3c'><span>\1</span></div>", block),
    "breaks": lambda block: re.sub(r"^<p>(.*)</p>$", r"\1<br><br>", block),
    "tables": lambda block: re.sub(r"<h2>(.*)</h2>", r"<p><b><font size=4>\1</font></b></p>", block),
    "wiki": lambda block: block.replace("</h2>", "<span class='mw-editsection'>[<a href='#'>edit</a>]</span></h2>"),
}
"""What some sites make of an article's own elements."""


def _blocks(body: str) -> Iterator[str]:
    code = re.compile(r"```\n.*?\n```", re.DOTALL)
    position = 0
    for fence in code.finditer(body):
        yield from filter(None, body[position : fence.start()].strip().split("\n\n"))
        yield fence[0]
        position = fence.end()
    yield from filter(None, body[position:].strip().split("\n\n"))


def _html(block: str) -> str:
    lines = block.splitlines()
    match block[:2]:
        case "# ":
            return f"<h2>{escape(block[2:])}</h2>"
        case "> ":
            return f"<blockquote><p>{escape(block[2:])}</p></blockquote>"
        case "^ ":
            return f"<figure><img src='picture.jpg' alt=''><figcaption>{escape(block[2:])}</figcaption></figure>"
        case "- ":
            return "<ul>" + "".join(f"<li>{escape(line[2:])}</li>" for line in lines) + "</ul>"
        case "1.":
            return "<ol>" + "".join(f"<li>{escape(line.partition(' ')[2])}</li>" for line in lines) + "</ol>"
        case "| ":
            rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
            cells = ["".join(f"<td>{escape(cell)}</td>" for cell in row) for row in rows]
            return "<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>"
        case "``":
            return f"<pre><code>{escape(chr(10).join(lines[1:-1]))}</code></pre>"
        case _:
            return f"<p>{escape(block)}</p>"


def _words(block: str) -> str:
    return re.sub(r"^(?:# |> |\^ |- |\d+\. |\| |```)", "", block, flags=re.MULTILINE)
