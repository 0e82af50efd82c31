"""CoNLL-2003's columns with IOB2 tags: a token a line, an empty line between sentences, `-DOCSTART-` before a text.

The tags are the names, or with labels asked for the annotations with these labels. Offsets are token indexes, so that
white space is not kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from store.exchange import Job
from store.exchange.names import apart
from store.exchange.passages import Passage, Unit, passages, sentences_of
from store.exchange.sheets import Sheet
from store.records import Entity
from store.text.tokens import covering, fits, tokens

_START = "-DOCSTART- -X- -X- O\n"


def write(sheets: Iterable[Sheet], job: Job) -> Iterator[bytes]:
    """The texts, one after the other."""
    for passage in passages(sheets, Unit(job.unit), job.losses, predictions=job.predictions, furniture=job.furniture):
        yield _document(passage, job).encode()


def tagged(passage: Passage, job: Job) -> list[tuple[str, int, int, str]]:
    """The tokens of a passage, each with its start, its end and its tag."""
    cut = tokens(passage.text)
    tags = _tags(cut, _wanted(passage, job), job)
    return [(passage.text[start:end], start, end, tag) for (start, end), tag in zip(cut, tags, strict=True)]


def _document(passage: Passage, job: Job) -> str:
    lines = [_START]
    rest = tagged(passage, job)
    position = 0
    for _, end in sentences_of(passage.text):
        sentence = []
        while position < len(rest) and rest[position][1] < end:
            sentence.append(f"{rest[position][0]} -X- -X- {rest[position][3]}\n")
            position += 1
        if sentence:
            lines += ["\n", *sentence]
    return "".join([*lines, "\n"])


def _wanted(passage: Passage, job: Job) -> Sequence[Entity]:
    job.losses.add_each("notes on whole articles", passage.notes)
    job.losses.add_each("relations", passage.relations)
    if not job.labels:
        job.losses.add_each("annotations, which are not names (--label tags them instead)", passage.spans)
        return passage.entities
    named = [Entity(span.start or 0, span.end or 0, span.label or "") for span in passage.spans]
    named += passage.entities
    kept = apart(named)
    job.losses.add("annotations over one that is longer", len(named) - len(kept))
    job.losses.add("notes on annotations", sum(bool(span.note) for span in passage.spans))
    return kept


def _tags(cut: Sequence[tuple[int, int]], wanted: Iterable[Entity], job: Job) -> list[str]:
    tags = ["O"] * len(cut)
    for entity in wanted:
        covered = covering(cut, entity.start, entity.end)
        if covered is None:
            job.losses.add("spans without a token")
            continue
        first, last = covered
        if any(tag != "O" for tag in tags[first : last + 1]):
            job.losses.add("spans in one token with another")
            continue
        if not fits(cut, covered, entity.start, entity.end):
            job.losses.add("spans that do not begin and end where tokens do, widened to them")
        label = "_".join(entity.label.split())
        tags[first : last + 1] = [f"B-{label}", *[f"I-{label}"] * (last - first)]
    return tags
