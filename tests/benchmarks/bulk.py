"""Libraries with more in them than anybody could type: rows go in by SQLAlchemy Core, thousands at a time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path
from random import Random

import orjson
import sqlalchemy
from sqlmodel import SQLModel

from store import models
from store.articles import plain
from store.clock import new_key, now
from store.entities.pipelines import DEFAULT, identity
from store.library import Library
from store.models import table
from store.records import Article
from store.text import stretches
from store.text.anchors import anchor
from tests.benchmarks import texts
from tui.reading.names import MEANINGS

Row = dict[str, object]

_AT_ONCE = 10_000
"""Rows in memory."""

_NAME = re.compile(r"\b[^\W\d_]{3,}\b")
_LABELS = tuple(MEANINGS)


def fill(library: Library, article: Article, *, annotations: int, entities: int) -> None:
    """Put an article into the library, with claims on it by the library's annotator and names in all of its stretches.

    The claims are spread evenly over the text, are 20 to 300 code points long, and so overlap here and there.
    """
    library.articles.add([article])
    _insert(library, models.Annotation, claims(article, library.annotator_id, annotations))
    _insert(library, models.Prediction, _predictions(article, entities))


def many_articles(library: Library, count: int, *, length: int, claims_each: int = 0) -> None:
    """Put `count` articles of about `length` code points into the library, with claims on each."""
    random = Random(count)
    vocabulary = sorted(set(_NAME.findall(texts.make(60_000))))

    def make(number: int) -> Article:
        title = f"{' '.join(random.choices(vocabulary, k=6)).capitalize()} {number}"
        words = random.choices(vocabulary, k=max(1, length // 7))
        return plain.read(f"{title}\n\n{' '.join(words)}.\n", Path(f"{number}.txt"))

    articles = (make(number) for number in range(count))
    while batch := list(islice(articles, _AT_ONCE)):
        _insert(library, models.Article, map(_article_row, batch))
        marked = (claims(article, library.annotator_id, claims_each) for article in batch)
        _insert(library, models.Annotation, chain.from_iterable(marked))


def claims(article: Article, annotator_id: str, count: int) -> Iterator[Row]:
    """Rows for `count` claims on an article."""
    random, text, at = Random(count), article.text, now()
    for number in range(count):
        start = number * (len(text) - 1) // count
        place = anchor(text, start, min(len(text), start + random.randint(20, 300)))
        yield {
            "id": new_key(),
            "article_id": article.id,
            "annotator_id": annotator_id,
            "kind": "claim",
            "label": "CLAIM",
            "start": place.start,
            "end": place.end,
            "quote": place.quote,
            "prefix": place.prefix,
            "suffix": place.suffix,
            "note": "",
            "attributes": "{}",
            "created": at,
            "updated": at,
        }


def _predictions(article: Article, count: int) -> Iterator[Row]:
    """A row for each stretch; the entities are words of the text, as evenly spread as the words are."""
    words = sum(1 for _ in _NAME.finditer(article.text))
    pipeline, starts = identity(DEFAULT), stretches.cut(article.text)
    seen = found = 0
    for start, end in zip(starts, [*starts[1:], len(article.text)], strict=True):
        entities = []
        for word in _NAME.finditer(article.text, start, end):
            seen += 1
            if found * words < seen * count:
                entities.append((word.start(), word.end(), _LABELS[found % len(_LABELS)]))
                found += 1
        yield {
            "article_id": article.id,
            "pipeline": pipeline,
            "start": start,
            "end": end,
            "entities": orjson.dumps(entities).decode(),
        }


def _article_row(article: Article) -> Row:
    return {
        "id": article.id,
        "title": article.title,
        "format": article.format,
        "path": article.path,
        "added": now(),
        "words": article.text.count(" "),
        "length": len(article.text),
        "listing": article.title.casefold(),
        "text": article.text,
    }


def _insert(library: Library, model: type[SQLModel], rows: Iterable[Row]) -> None:
    statement, rows = sqlalchemy.insert(table(model)), iter(rows)
    with library.database.writing() as session:
        while batch := list(islice(rows, _AT_ONCE)):
            session.connection().execute(statement, batch)
