"""The process that makes spaCy's DocBins: `python -m store.exchange.spacy_worker FOLDER`.

It reads one JSON object a line from standard input, `{"split": "train", "text": …, "ents": [[start, end, label]],
"spans": [[start, end, label, id]], "data": {…}}`, writes `FOLDER/SPLIT/0001.spacy` and so on, and at the end prints
what it could not carry, `{"lost": {"what": 3}, "docs": {"train": 12}}`. Offsets are code points.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, DocBin, Span

SPANS_KEY = "sc"
"""Where spaCy's span categorizer looks for its spans."""

_TOKENS = 200_000
"""Tokens in one file: `spacy train` reads a folder of files one after the other, and memory stays flat."""


class Shelf:
    """The DocBins of one split, written one after the other."""

    def __init__(self, folder: Path) -> None:
        """Write into `folder`, which is made with the first."""
        self._folder = folder
        self._files = 0
        self._tokens = 0
        self.docs = 0
        self._bin: DocBin | None = None

    def add(self, doc: Doc) -> None:
        """Add a doc; when there are enough, they are written."""
        from spacy.tokens import DocBin

        if self._bin is None:
            self._bin = DocBin(attrs=["ENT_IOB", "ENT_TYPE"], store_user_data=True)
        self._bin.add(doc)
        self.docs += 1
        self._tokens += len(doc)
        if self._tokens >= _TOKENS:
            self.write()

    def write(self) -> None:
        """Write what was added since the last file."""
        if self._bin is not None:
            self._folder.mkdir(exist_ok=True)
            self._files += 1
            self._bin.to_disk(self._folder / f"{self._files:04}.spacy")
            self._bin, self._tokens = None, 0


def main() -> None:
    """Make the files from standard input."""
    import spacy

    nlp = spacy.blank("en")
    nlp.max_length = 1_000_000_000  # the limit is the parser's, and nothing is parsed
    shelves = {split: Shelf(Path(sys.argv[1]) / split) for split in ("train", "dev")}
    lost: Counter[str] = Counter()
    for line in sys.stdin:
        said = json.loads(line)
        shelves[said["split"]].add(_doc(nlp, said, lost))
    for shelf in shelves.values():
        shelf.write()
    print(json.dumps({"lost": lost, "docs": {split: shelf.docs for split, shelf in shelves.items()}}))


def _doc(nlp: Language, said: dict[str, Any], lost: Counter[str]) -> Doc:
    from spacy.util import filter_spans

    doc = nlp.make_doc(said["text"])
    doc.user_data["postil"] = said["data"]
    ents = _spans(doc, said["ents"], lost, "names that do not begin and end where spaCy's tokens do, widened to them")
    apart = filter_spans(ents)
    if len(apart) < len(ents):
        lost["names in one token with another"] += len(ents) - len(apart)
    doc.set_ents(apart)
    what = "spans that do not begin and end where spaCy's tokens do, widened to them"
    doc.spans[SPANS_KEY] = _spans(doc, said["spans"], lost, what)
    return doc


def _spans(doc: Doc, wanted: Sequence[Sequence[Any]], lost: Counter[str], what: str) -> list[Span]:
    found = []
    for start, end, label, *key in wanted:
        span = doc.char_span(start, end, label=label, span_id=key[0] if key else 0, alignment_mode="expand")
        if span is None:
            lost["spans without a token"] += 1
            continue
        if (span.start_char, span.end_char) != (start, end):
            lost[what] += 1
        found.append(span)
    return found


if __name__ == "__main__":
    main()
