"""The index of names: every name of the library, its variants joined, and where it is written.

It is derived. Triggers note which articles' predictions, decisions or rules changed, whoever changed them, and
`refresh` makes the names of these articles anew, a batch a transaction; nothing else is looked at. It shows what
everybody decided together: of two decisions on one place the newest counts. Of several pipelines
that have read an article the one that read it last is asked. What stands in page furniture or a repeat is left out.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

import orjson
import sqlalchemy
from sqlalchemy import ColumnElement, Connection, func
from sqlmodel import Session

from store import folds, models
from store.database import Database
from store.entities import decisions, gold, rules
from store.entities.gold import Shown
from store.entities.matching import Matcher
from store.models import table
from store.records import Entity, Found, Hit, IndexedName
from store.search import words
from store.shelf.putting_away import kept
from store.text.folding import Folded

_BATCH = 64
"""Articles in one transaction: an act of a reader waits for no more."""

_BEFORE, _AFTER = 40, 80
"""Code points of context around a mention."""

_LOOKED_AT = 100_000
"""Code points up to which an article is searched for page furniture here, where an act of a reader may wait for it."""

NUMBERS = frozenset("DATE TIME PERCENT MONEY QUANTITY ORDINAL CARDINAL".split())
"""What is found but is not called by a name: not in the index."""

_PEOPLE = frozenset(("PERSON", "PER"))
"""What may be called by its last word alone, once it was called by its full name."""


class Names:
    """The index of one library."""

    def __init__(self, database: Database) -> None:
        """Read and keep the index that is in `database`."""
        self._database = database

    def stale(self) -> int:
        """How many articles have names that were not looked at since something changed."""
        with self._database.reading() as session:
            row = table(models.NameStale)
            return session.connection().scalar(sqlalchemy.select(func.count()).select_from(row)) or 0

    def refresh(self, *, stopped: Callable[[], bool] = lambda: False) -> Iterator[int]:
        """Make the names of the stale articles anew; after each batch, how many articles were done.

        Raises:
            LibraryError: the library cannot be written.
        """
        while self.stale() and not stopped():
            with self._database.writing() as session:
                row = table(models.NameStale)
                connection = session.connection()
                ids = connection.scalars(sqlalchemy.select(row.c.article_id).limit(_BATCH)).all()
                _make_anew(session, ids)
                connection.execute(sqlalchemy.delete(row).where(row.c.article_id.in_(ids)))
            yield len(ids)

    def count(self, query: str = "") -> int:
        """How many names `find` has for the query."""
        total = table(models.NameTotal)
        with self._database.reading() as session:
            statement = sqlalchemy.select(func.count()).select_from(total).where(*_matches(query))
            return session.connection().scalar(statement) or 0

    def find(self, query: str = "", *, start: int = 0, limit: int | None = None) -> list[IndexedName]:
        """The names that have every word of the query in their key, the most mentioned first."""
        total = table(models.NameTotal)
        statement = (
            sqlalchemy.select(total)
            .where(*_matches(query))
            .order_by(total.c.mentions.desc(), total.c.key, total.c.label)
            .offset(start)
            .limit(-1 if limit is None else limit)
        )
        with self._database.reading() as session:
            return [
                IndexedName(row.label, row.key, row.text, row.articles, row.mentions)
                for row in session.connection().execute(statement)
            ]

    def variants(self, name: IndexedName) -> dict[str, int]:
        """How the name is written, and how often, the commonest first."""
        row = table(models.Name)
        number: ColumnElement[Any] = func.sum(row.c["count"])
        statement = (
            sqlalchemy.select(row.c.text, number)
            .where(row.c.key == name.key, row.c.label == name.label)
            .group_by(row.c.text)
            .order_by(number.desc(), row.c.text)
        )
        with self._database.reading() as session:
            return {str(text): int(count) for text, count in session.connection().execute(statement)}

    def places(self, name: IndexedName, *, limit: int = 500) -> list[Hit]:
        """The mentions of a name with the words around them, at most `limit`, article by article."""
        row, article = table(models.Name), table(models.Article)
        columns = sqlalchemy.select(article.c.id, article.c.title, article.c.source, article.c.text)
        having = sqlalchemy.select(row.c.article_id).where(row.c.key == name.key, row.c.label == name.label).distinct()
        found: list[Hit] = []
        with self._database.reading() as session:
            standing = rules.standing(session)
            statement = columns.where(article.c.id.in_(having), kept(article.c.id)).order_by(
                article.c.listing, article.c.id
            )
            for one in session.connection().execute(statement):
                runs = folds.standing(session.connection(), [one.id]).get(one.id, ())
                shown = _outside(shown_in(session, one.id, one.text, standing), runs)
                keys = _keys(one.text, shown)
                for mention in shown:
                    if mention.label == name.label and keys[_words(one.text, mention), mention.label] == name.key:
                        context = _context(one.text, mention.start, mention.end)
                        found.append(Hit("name", one.id, one.title, one.source, mention.start, mention.end, context,
                                         label=name.label))  # fmt: skip
                        if len(found) >= limit:
                            return found
        return found


def shown_in(session: Session, article_id: str, text: str, standing: Sequence[Any] | None = None) -> list[Shown]:
    """The names of an article as everybody's decisions and rules leave them, in text order.

    Args:
        session: a view of the library.
        article_id: the article.
        text: its text.
        standing: the rules of the library, if they are known already.
    """
    ruled = rules.standing(session, article_id) if standing is None else standing
    decided = decisions.of_article(session, article_id)
    return gold.shown(text, article_id, read_last(session.connection(), article_id), decided, ruled)


def read_last(connection: Connection, article_id: str) -> list[Found]:
    """What the pipeline that read the article last said of it."""
    return _read_last(connection, [article_id])[article_id]


def _read_last(connection: Connection, ids: Sequence[str]) -> dict[str, list[Found]]:
    """The same of each of some articles, read with one statement."""
    row = table(models.Prediction)
    number: ColumnElement[int] = sqlalchemy.literal_column("prediction.rowid").label("written")
    rows = connection.execute(
        sqlalchemy.select(row, number).where(row.c.article_id.in_(ids)).order_by(row.c.start)
    ).all()
    last: dict[str, tuple[int, str]] = {}
    for one in rows:
        last[one.article_id] = max(last.get(one.article_id, (-1, "")), (one.written, one.pipeline))
    found: dict[str, list[Found]] = {article_id: [] for article_id in ids}
    for one in rows:
        if one.pipeline == last[one.article_id][1]:
            entities = [Entity(*entity) for entity in orjson.loads(one.entities)]
            found[one.article_id].append(Found(one.start, one.end, entities))
    return found


def _outside(shown: Sequence[Shown], runs: Sequence[Folded]) -> list[Shown]:
    """The names that begin in none of the runs; both are in text order."""
    if not runs:
        return [*shown]
    starts = [run.start for run in runs]
    left = []
    for one in shown:
        index = bisect_right(starts, one.start) - 1
        if index < 0 or one.start >= runs[index].end:
            left.append(one)
    return left


@lru_cache(65_536)
def key_of(text: str) -> str:
    """What the variants of one name have in common: case, diacritics, articles, possessives and signs left out."""
    first, last = gold.core(text, 0, len(text))
    return " ".join(folded for _, _, folded in words.words(text[first:last])) or text.casefold()


def _words(text: str, name: Shown) -> str:
    return " ".join(text[name.start : name.end].split())


def _keys(text: str, shown: Sequence[Shown]) -> Mapping[tuple[str, str], str]:
    """The key of each variant in one article, by variant and label: that of the full name, where just one fits it."""
    own = {(written := _words(text, name), name.label): key_of(written) for name in shown}
    full: dict[tuple[str, str], set[str]] = defaultdict(set)
    for (_, label), key in own.items():
        if label in _PEOPLE and " " in key:
            full[label, key.rpartition(" ")[2]].add(key)
    return {
        (written, label): next(iter(full[label, key])) if len(full.get((label, key), ())) == 1 else key
        for (written, label), key in own.items()
    }


def _make_anew(session: Session, ids: Sequence[str]) -> None:
    """Put the names of these articles in place of those they had, and the differences into the totals.

    A deleted article has none.
    """
    name, article = table(models.Name), table(models.Article)
    connection = session.connection()
    standing = rules.standing(session)
    everywhere = Matcher(standing, "")
    difference: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    written_as: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    before = sqlalchemy.select(name.c.key, name.c.label, func.sum(name.c.count)).group_by(
        name.c.article_id, name.c.key, name.c.label
    )
    for key, label, count in connection.execute(before.where(name.c.article_id.in_(ids))):
        difference[key, label][0] -= 1
        difference[key, label][1] -= count
    connection.execute(sqlalchemy.delete(name).where(name.c.article_id.in_(ids)))
    rows: list[dict[str, object]] = []
    own_rules = {rule.article_id for rule in standing}
    found, decided = _read_last(connection, ids), decisions.of_articles(session, ids)
    named = [one for one in ids if everywhere or one in own_rules or found[one] or decided[one]]
    texts = connection.execute(
        sqlalchemy.select(article.c.id, article.c.text).where(article.c.id.in_(named), kept(article.c.id))
    ).all()
    seen = folds.known(connection, named)
    short = {key: text for key, text in texts if key not in seen and len(text) <= _LOOKED_AT}
    folds.enter(connection, short)
    folded = folds.standing(connection, named)
    for article_id, text in texts:
        everything = gold.shown(text, article_id, found[article_id], decided[article_id], standing)
        shown = [one for one in _outside(everything, folded.get(article_id, ())) if one.label not in NUMBERS]
        keys = _keys(text, shown)
        counts = Counter((_words(text, one), one.label) for one in shown)
        first: dict[tuple[str, str], int] = {}
        for one in shown:
            first.setdefault((_words(text, one), one.label), one.start)
        for (written, label), count in counts.items():
            key = keys[written, label]
            rows.append({"article_id": article_id, "label": label, "key": key, "text": written, "count": count,
                         "start": first[written, label]})  # fmt: skip
            difference[key, label][1] += count
            if key_of(written) == key:
                written_as[key, label][written] += count
        for key, label in {(keys[written, label], label) for written, label in counts}:
            difference[key, label][0] += 1
    if rows:
        connection.execute(sqlalchemy.insert(name), rows)
    commonest = {name: variants.most_common(1)[0][0] for name, variants in written_as.items()}
    _add_to_totals(connection, difference, commonest)


def _add_to_totals(
    connection: Connection,
    difference: Mapping[tuple[str, str], Sequence[int]],
    written_as: Mapping[tuple[str, str], str],
) -> None:
    changes = [
        {
            "key": key,
            "label": label,
            "text": written_as.get((key, label), key),
            "articles": articles,
            "mentions": mentions,
        }
        for (key, label), (articles, mentions) in difference.items()
        if articles or mentions
    ]
    if changes:
        connection.execute(
            sqlalchemy.text(
                "INSERT INTO name_total(key, label, text, articles, mentions)"
                " VALUES (:key, :label, :text, :articles, :mentions) ON CONFLICT(key, label) DO UPDATE SET"
                " articles = articles + excluded.articles, mentions = mentions + excluded.mentions"
            ),
            changes,
        )
        gone = [change for change in changes if int(str(change["mentions"])) < 0]
        if gone:
            connection.execute(
                sqlalchemy.text("DELETE FROM name_total WHERE key = :key AND label = :label AND mentions <= 0"), gone
            )


def _matches(query: str) -> list[ColumnElement[bool]]:
    total = table(models.NameTotal)
    return [total.c.key.contains(word, autoescape=True) for _, _, word in words.words(query)]


def _context(text: str, start: int, end: int) -> str:
    first, last = max(0, start - _BEFORE), end + _AFTER
    line = " ".join(text[first:last].split())
    return ("…" if first else "") + line + ("…" if last < len(text) else "")
