"""What a format makes one record of: a whole article, a sentence, or the sentences that one annotation stands in."""

from __future__ import annotations

import dataclasses
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Row

from store.exchange.losses import Losses
from store.exchange.names import entities_of
from store.exchange.sheets import Sheet
from store.kinds import DECISIONS
from store.metadata import languages
from store.records import Annotation, Entity, Relation
from store.rows import annotation_record, relation_record
from store.text import stretches
from store.text.folding import Folded
from store.text.paragraphs import paragraphs
from store.text.sentences import sentences


class Unit(StrEnum):
    """What is made one record."""

    ARTICLE = "article"
    ANNOTATION = "annotation"
    """The sentences that an annotation touches, with this annotation and no other."""
    SENTENCE = "sentence"
    """A sentence, or several where an annotation goes on from one to the next: nothing is cut."""


META = ("title", "author", "source", "url", "published", "language")
"""What is said of an article, in every format that has room for it."""


def meta_of(article: Row[Any], name: str) -> str | None:
    """What is said in one of `META` of an article, by its row of a sheet."""
    value: str | None
    value = languages.spoken(article, article.text).code if name == "language" else getattr(article, name)
    return value


@dataclass(frozen=True, slots=True)
class Passage:
    """A text with what stands in it. All offsets are code points of `text`."""

    article: Row[Any]
    """A row of `Article`: where the text comes from."""
    start: int
    """Where the text begins in the article."""
    text: str
    spans: Sequence[Annotation]
    """The annotations on words of the text, but for decisions about names; in text order, the longer first."""
    notes: Sequence[Annotation]
    """Those on the whole article; none where the text is not the whole."""
    entities: Sequence[Entity]
    """The named entities: in text order, none over another."""
    relations: Sequence[Relation]
    """Those between two of `spans` and `notes`."""
    whole: bool = True
    """Whether the text is all of the article."""
    folded: Sequence[Folded] = ()
    """The runs of page furniture and repeats of the article, in its own offsets."""

    @property
    def key(self) -> str:
        """What the record is called: the article's id, of a part with its place, as `0f3b…:120-180`."""
        return self.article.id if self.whole else f"{self.article.id}:{self.start}-{self.start + len(self.text)}"

    @property
    def meta(self) -> dict[str, Any]:
        """What is known of the article: `title` and, where they are known, the others of `META`.

        Of a passage that is page furniture or a repeat also `furniture`, which is true.
        """
        known: dict[str, Any] = {name: value for name in META if (value := meta_of(self.article, name)) is not None}
        return known | {"furniture": True} if self.furniture else known

    @property
    def furniture(self) -> bool:
        """Whether all of the text is page furniture or a repeat."""
        return self.is_furniture(0, len(self.text))

    def is_furniture(self, start: int | None, end: int | None) -> bool:
        """Whether a span of the text is page furniture or a repeat; what stands on the whole article is not."""
        if not self.folded or start is None or end is None:
            return False
        index = bisect_right(self.folded, self.start + start, key=lambda run: run.start) - 1
        return index >= 0 and self.start + end <= self.folded[index].end


def passages(
    sheets: Iterable[Sheet],
    unit: Unit,
    losses: Losses,
    *,
    predictions: bool | None = None,
    furniture: bool = True,
) -> Iterator[Passage]:
    """The passages of the articles in their order.

    Args:
        sheets: the articles.
        unit: what is made one passage.
        losses: where what belongs to none of them is counted.
        predictions: whether the model's own names are among the names, where nobody decided on them; None if no name
            is wanted.
        furniture: whether sentences that are page furniture or a repeat come too; those with an annotation do anyway.
    """
    for sheet in sheets:
        whole = _whole(sheet, losses, predictions=predictions)
        if unit is Unit.ARTICLE:
            yield whole
        elif unit is Unit.SENTENCE:
            for part in _by_sentence(whole, losses):
                if furniture or part.spans or not part.furniture:
                    yield part
                else:
                    losses.add("sentences of page furniture and repeats, as asked", 1)
        else:
            yield from _by_annotation(whole, losses)


def sentences_of(text: str) -> list[tuple[int, int]]:
    """The sentences of a whole text, in order and apart."""
    starts = stretches.cut(text)
    return [
        sentence
        for start, end in zip(starts, [*starts[1:], len(text)], strict=True)
        for paragraph in paragraphs(text, start, end)
        for sentence in sentences(text, *paragraph)
    ]


def _whole(sheet: Sheet, losses: Losses, *, predictions: bool | None) -> Passage:
    standing = [row for row in sheet.annotations if row.withdrawn is None and row.kind not in DECISIONS]
    records = [annotation_record(row, row.annotator) for row in standing]
    here = {record.id for record in records}
    relations = [relation_record(row) for row in sheet.relations if row.withdrawn is None]
    inside = [relation for relation in relations if relation.source_id in here and relation.target_id in here]
    losses.add("relations that lead to another article or to a name", len(relations) - len(inside))
    return Passage(
        article=sheet.article,
        start=0,
        text=sheet.article.text,
        spans=[record for record in records if not record.whole_article],
        notes=[record for record in records if record.whole_article],
        entities=entities_of(sheet, losses, predictions=predictions),
        relations=inside,
        folded=sheet.folded,
    )


def _by_sentence(whole: Passage, losses: Losses) -> Iterator[Passage]:
    found = sentences_of(whole.text)
    starts = [start for start, _ in found]
    joined = [False] * len(found)
    """Whether a sentence goes on in the next one."""
    for span in whole.spans:
        first, last = _touched(starts, span)
        joined[first:last] = [True] * (last - first)
    by_sentence: dict[int, list[Annotation]] = {}
    for span in whole.spans:
        by_sentence.setdefault(_touched(starts, span)[0], []).append(span)
    begin, spans, entities, relations = 0, list[Annotation](), 0, 0
    for index in range(len(found)):
        spans += by_sentence.get(index, ())
        if not joined[index]:
            part = _part(whole, found[begin][0], found[index][1], spans)
            entities, relations = entities + len(part.entities), relations + len(part.relations)
            yield part
            begin, spans = index + 1, []
    losses.add("names over the border of a sentence", len(whole.entities) - entities)
    losses.add("relations between passages", len(whole.relations) - relations)
    losses.add_each("notes on whole articles", whole.notes)


def _by_annotation(whole: Passage, losses: Losses) -> Iterator[Passage]:
    found = sentences_of(whole.text)
    starts = [start for start, _ in found]
    for span in whole.spans:
        first, last = _touched(starts, span)
        yield _part(whole, found[first][0], found[last][1], [span])
    losses.add_each("notes on whole articles", whole.notes)
    losses.add_each("relations between passages", whole.relations)


def _touched(starts: Sequence[int], span: Annotation) -> tuple[int, int]:
    """The first and the last sentence that the span is in; the space after a sentence is taken for a part of it."""
    assert span.start is not None
    assert span.end is not None
    return max(0, bisect_right(starts, span.start) - 1), max(0, bisect_left(starts, span.end) - 1)


def _part(whole: Passage, start: int, end: int, spans: Sequence[Annotation]) -> Passage:
    """A part of a passage; it grows to hold its spans, which may begin or end in the space around sentences."""
    start = min([start, *(span.start or 0 for span in spans)])
    end = max([end, *(span.end or 0 for span in spans)])
    here = {span.id for span in spans}
    first = bisect_left(whole.entities, start, key=lambda entity: entity.start)
    last = bisect_left(whole.entities, end, key=lambda entity: entity.start)
    return Passage(
        article=whole.article,
        start=start,
        text=whole.text[start:end],
        spans=[_moved(span, start) for span in spans],
        notes=(),
        entities=[
            Entity(entity.start - start, entity.end - start, entity.label)
            for entity in whole.entities[first:last]
            if entity.end <= end
        ],
        relations=[r for r in whole.relations if r.source_id in here and r.target_id in here],
        whole=False,
        folded=whole.folded,
    )


def _moved(span: Annotation, start: int) -> Annotation:
    assert span.start is not None
    assert span.end is not None
    pieces = tuple((first - start, last - start) for first, last in span.pieces)
    return dataclasses.replace(span, start=span.start - start, end=span.end - start, pieces=pieces)
