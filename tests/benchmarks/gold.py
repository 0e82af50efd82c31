"""Gold: texts whose names people have marked, read from column files (CoNLL-2003, IOB2 and their like) and JSONL.

A column file has a word a line, its tag in the last column, and an empty line after each sentence. What other files
leave open is decided so:

- *Words* stand in the first column, or in the second if the first counts them, as in Universal NER's `.iob2` files,
  whose tag is in the third.
- *Tags* may be IOB1, IOB2 or BIOES: a name begins at a B, S or U, and at an I that follows another type or none.
- *Sentences* are their words with a space between them, or what `# text = ` says; each is a paragraph.
- *Documents* begin at `-DOCSTART-` and at `# newdoc`. In a file that has neither each sentence is one: a tweet.

JSONL has an object a line: `text` (or `article`, the name of one of our samples) and `entities`, `spans` or `labels`,
each a list as `[start, end, label]` or an object with these keys; offsets are code points, ends exclusive.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from store.articles import files
from store.records import Entity

SAMPLES = Path(__file__).parents[2] / "sample_articles"

_TAG = re.compile(r"O|[BILUES]-\S+")
_BORDER = "\n\n"
"""Between two sentences: the model reads each on its own, as postil reads paragraphs."""


class GoldError(Exception):
    """A file is not gold, in a sentence that names the file and the line."""


@dataclass(frozen=True, slots=True)
class Document:
    """A text with the names that people have marked in it."""

    text: str
    names: list[Entity]
    """In text order; labels as the file has them."""


def read(path: Path) -> list[Document]:
    """The documents of a file.

    Raises:
        GoldError: it cannot be read, or holds something else.
    """
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise GoldError(f"{path} cannot be read ({error}).") from error
    first = next((line for line in lines if line.strip()), "")
    documents = list(_json_lines(lines, path) if first.startswith("{") else _columns(lines, path))
    if not any(document.names for document in documents):
        raise GoldError(f"{path} has no names: is the tag in its last column?")
    return documents


def _json_lines(lines: list[str], path: Path) -> Iterator[Document]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            said = json.loads(line)
            text = files.read(SAMPLES / said["article"]).text if "article" in said else said["text"]
            spans = next(said[key] for key in ("entities", "spans", "labels", "label") if key in said)
            names = sorted((_span(span) for span in spans), key=lambda name: name.start)
        except (ValueError, KeyError, TypeError, StopIteration) as error:
            raise GoldError(f"{path}, line {number} is no text with entities ({error!r}).") from error
        for name in names:
            if not 0 <= name.start < name.end <= len(text):
                raise GoldError(f"{path}, line {number}: {name.start} to {name.end} is not in the text.")
        yield Document(text, names)


def _span(span: Any) -> Entity:
    if not isinstance(span, dict):
        return Entity(int(span[0]), int(span[1]), str(span[2]))
    start = span["start"] if "start" in span else span["start_offset"]
    end = span["end"] if "end" in span else span["end_offset"]
    return Entity(int(start), int(end), str(span["label"]))


def _columns(lines: list[str], path: Path) -> Iterator[Document]:
    documents: list[list[tuple[str, list[Entity]]]] = [[]]
    words: list[tuple[str, str]] = []
    told = ""
    marked = False

    def end_sentence() -> None:
        nonlocal told
        if words:
            documents[-1].append(_sentence(words, told))
        words.clear()
        told = ""

    for number, line in enumerate([*lines, ""], 1):
        cells = line.split()
        if cells and (cells[0] == "-DOCSTART-" or line.startswith("# newdoc")):
            end_sentence()
            documents.append([])
            marked = True
        elif not cells:
            end_sentence()
        elif line.startswith("# ") and not _TAG.fullmatch(cells[-1]):
            told = line.removeprefix("# text = ") if line.startswith("# text = ") else told
        else:
            words.append(_word(cells, f"{path}, line {number}"))
    if not marked:
        documents = [[sentence] for sentence in documents[0]]
    for sentences in documents:
        if sentences:
            yield _document(sentences)


def _word(cells: list[str], where: str) -> tuple[str, str]:
    """A line's word and its tag."""
    if len(cells) > 2 and cells[0].isdigit() and _TAG.fullmatch(cells[2]):
        return cells[1], cells[2]
    if len(cells) > 1 and _TAG.fullmatch(cells[-1]):
        return cells[0], cells[-1]
    raise GoldError(f"{where} has no word with a tag like O or B-PER.")


def _sentence(words: list[tuple[str, str]], told: str) -> tuple[str, list[Entity]]:
    """The text of a sentence and the names in it."""
    text = told if _fits(words, told) else " ".join(word for word, _ in words)
    names: list[Entity] = []
    begun: Entity | None = None
    position = 0
    for word, tag in words:
        start = text.index(word, position)
        position = start + len(word)
        prefix, _, label = tag.partition("-")
        if begun and prefix in "ILE" and label == begun.label:
            begun = Entity(begun.start, position, label)
        else:
            names += [begun] if begun else []
            begun = Entity(start, position, label) if label else None
        if begun and prefix in "LESU":
            names.append(begun)
            begun = None
    return text, [*names, begun] if begun else names


def _fits(words: list[tuple[str, str]], told: str) -> bool:
    position = 0
    for word, _ in words:
        start = told.find(word, position)
        if start < 0 or told[position:start].strip():
            return False
        position = start + len(word)
    return True


def _document(sentences: list[tuple[str, list[Entity]]]) -> Document:
    text, names = "", []
    for sentence, found in sentences:
        names += [Entity(len(text) + name.start, len(text) + name.end, name.label) for name in found]
        text += sentence + _BORDER
    return Document(text.removesuffix(_BORDER), names)
