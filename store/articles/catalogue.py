"""The articles of a library: added once, listed a page at a time, read, and left where the reader was."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence

import orjson
import sqlalchemy
from sqlalchemy import ColumnElement, Connection, FromClause, case, func
from sqlmodel import Session, select

from store import models
from store.articles import found_at, revisions, seen, versions
from store.articles.courses import courses
from store.clock import now
from store.database import Database
from store.errors import ArticleError
from store.kinds import Grouping, Kind, Order, State
from store.metadata import languages
from store.metadata.laying import listing
from store.models import table
from store.records import Article, ArticleRow, Outline, Place, Provenance, Seen, Source, Version
from store.shelf import filtering, putting_away, sorting
from store.text.words import count_words

_COLUMNS = [field.name for field in dataclasses.fields(Article) if field.name != "provenance"]
"""Of the table `article`, those that an article brings with it."""


class Articles:
    """The articles, as one annotator sees them."""

    def __init__(self, database: Database, annotator_id: str) -> None:
        """Read from and write to `database` on behalf of one annotator."""
        self._database = database
        self._annotator_id = annotator_id

    def add(self, articles: Iterable[Article]) -> list[bool]:
        """Add the articles in one transaction; for each, whether it is new.

        One with the same text stays as it is, but that it is there again if it was deleted.
        """
        with self._database.writing() as session:
            return insert(session.connection(), list(articles))

    def seen_before(self, article_ids: Sequence[str]) -> dict[str, Seen]:
        """For each of the articles that is nearly the same as an older one of the library: that one, and how nearly."""
        return seen.seen_before(self._database, article_ids)

    def get(self, article_id: str) -> Article | None:
        """The article with its text, deleted or not, or None if the library does not have it."""
        with self._database.reading() as session:
            known = (
                select(models.Article, models.Provenance)
                .join(models.Provenance, isouter=True)
                .where(models.Article.id == article_id)
            )
            found = session.exec(known).first()
            return None if found is None else _record(*found)

    def sources(self, article_id: str) -> list[Source]:
        """The places at which the article's text was found, the first one first."""
        with self._database.reading() as session:
            return found_at.of(session.connection(), article_id)

    def versions(self, article_id: str) -> list[Version]:
        """The other versions of the article's text, the oldest first."""
        return self.versions_of([article_id]).get(article_id, [])

    def versions_of(self, article_ids: Sequence[str]) -> dict[str, list[Version]]:
        """The same of each of some articles; of what has none there is no entry."""
        with self._database.reading() as session:
            return revisions.of(session.connection(), article_ids)

    def called(self, name: str) -> str:
        """The id of the article that a person means by `name`: its id or the beginning of it, or its exact title.

        Raises:
            ArticleError: there is none, or there are several.
        """
        return self._called(name, deleted=False)

    def called_of_deleted(self, name: str) -> str:
        """The same of the articles that were deleted.

        Raises:
            ArticleError: there is none, or there are several.
        """
        return self._called(name, deleted=True)

    def _called(self, name: str, *, deleted: bool) -> str:
        row = table(models.Article)
        meant = row.c.id.startswith(name.casefold(), autoescape=True) | (row.c.title == name)
        gone = putting_away.deleted(row.c.id)
        with self._database.reading() as session:
            found = session.connection().execute(sqlalchemy.select(row.c.id, gone).where(meant)).all()
        ids = [key for key, is_gone in found if is_gone == deleted]
        if not ids and found and not deleted:
            raise ArticleError(f"The article {name} was deleted: postil delete --back brings it back.")
        if not ids and deleted:
            raise ArticleError(f"No article {name} was deleted: postil articles --deleted lists those that were.")
        if not ids:
            raise ArticleError(f"The library has no article {name}: postil articles lists what there is.")
        if len(ids) > 1:
            raise ArticleError(
                f"{len(ids):,} articles of the library could be meant: use more of the id that postil articles shows."
            )
        return str(ids[0])

    def count(self, pattern: str = "") -> int:
        """How many articles of the list `pattern` leaves: words of title, source or author, and filters.

        `store.shelf.filtering` says which. Archived and deleted articles are in the list only if it asks for them.
        """
        with self._database.reading() as session:
            statement = select(func.count()).select_from(models.Article)
            return session.exec(statement.where(*self._asked(session, pattern))).one()

    def page(
        self, pattern: str = "", *, start: int = 0, size: int = 100, order: Order = Order.TITLE
    ) -> list[ArticleRow]:
        """A page of the articles that `count` counts, in an order: rows `start` to `start + size`."""
        with self._database.reading() as session:
            asked = self._asked(session, pattern)
            ids = sorting.page(session.connection(), order, asked, self._annotator_id, start, size)
            return rows_of(session, ids, self._annotator_id)

    def ids(self, pattern: str = "", *, order: Order = Order.TITLE) -> list[str]:
        """The ids of the articles that `count` counts, in an order."""
        with self._database.reading() as session:
            asked = self._asked(session, pattern)
            return list(sorting.ids(session.connection(), order, asked, self._annotator_id))

    def position(self, article_id: str, pattern: str = "", *, order: Order = Order.TITLE) -> int | None:
        """Which row of the list an article has, from 0; None if `pattern` leaves it out."""
        with self._database.reading() as session:
            asked = self._asked(session, pattern)
            ids = sorting.ids(session.connection(), order, asked, self._annotator_id)
            return next((row for row, one in enumerate(ids) if one == article_id), None)

    def rows(self, pattern: str = "", *, order: Order = Order.TITLE, batch: int = 500) -> Iterator[ArticleRow]:
        """Every article that `count` counts, in an order, read `batch` at a time."""
        ids = self.ids(pattern, order=order)
        for start in range(0, len(ids), batch):
            with self._database.reading() as session:
                yield from rows_of(session, ids[start : start + batch], self._annotator_id)

    def outlines(self) -> Iterator[Outline]:
        """Every article by title, read a row at a time: the library is held in view until the last."""
        row = table(models.Article)
        columns = (row.c.id, row.c.title, row.c.words, row.c.length, *languages.columns(row))
        kept = putting_away.kept(row.c.id)
        statement = sqlalchemy.select(*columns).where(kept).order_by(row.c.listing, row.c.id)
        with self._database.reading() as session:
            for each in session.connection().execution_options(yield_per=100).execute(statement):
                yield Outline(each.id, each.title, each.words, each.length, languages.spoken(each).code)

    def place(self, article_id: str) -> Place | None:
        """Where the annotator left the article, or None if it was never opened."""
        with self._database.reading() as session:
            row = session.get(models.ReadingState, (article_id, self._annotator_id))
            if row is None:
                return None
            return Place(row.caret, row.furthest, top=row.top, back=row.back)

    def leave(
        self,
        article_id: str,
        *,
        caret: int,
        furthest: int,
        top: int | None = None,
        back: int | None = None,
    ) -> None:
        """Remember where the annotator is in the article. `furthest` never goes back.

        It says nothing of what was decided about the article, but that one marked unread is being read again.
        """
        with self._database.writing() as session:
            choice = session.get(models.ReadingChoice, (article_id, self._annotator_id))
            if choice is not None and choice.state == State.UNREAD:
                choice.state, choice.updated = None, now()
                session.add(choice)
            row = session.get(models.ReadingState, (article_id, self._annotator_id))
            at = now()
            if row is None:
                row = models.ReadingState(
                    article_id=article_id,
                    annotator_id=self._annotator_id,
                    caret=caret,
                    furthest=furthest,
                    updated=at,
                )
            row.caret, row.furthest, row.updated = caret, max(furthest, row.furthest), at
            row.top, row.back = top, back
            session.add(row)

    def _asked(self, session: Session, pattern: str) -> list[sqlalchemy.ColumnElement[bool]]:
        return filtering.conditions(session.connection(), pattern, self._annotator_id)


def insert(connection: Connection, batch: Sequence[Article], added: Mapping[str, str] | None = None) -> list[bool]:
    """Add the articles in the caller's transaction; for each, whether it is new.

    One with the same text stays as it is, but that it is there again if it was deleted.

    Args:
        connection: the transaction.
        batch: the articles.
        added: by id, when an article came into the library that it comes from; of the others it is now.
    """
    row = table(models.Article)
    # Core, and one statement for all: a folder of ten thousand files is added while somebody watches.
    known = set(connection.scalars(sqlalchemy.select(row.c.id).where(row.c.id.in_(keys(a.id for a in batch)))))
    if known:
        putting_away.bring_back(connection, known)
    new: dict[str, Article] = {}
    for article in batch:
        if article.id not in known:
            new.setdefault(article.id, article)
    times = dict(added or {})
    if new:
        times |= {article_id: times.get(article_id) or now() for article_id in new}
        columns = [_columns(article, times[article.id]) for article in new.values()]
        connection.execute(sqlalchemy.insert(row), columns)
        texts = {article.id: article.text for article in new.values()}
        versions.enter(connection, texts)
        languages.enter(connection, texts)
        if told := [_provenance_columns(article) for article in new.values() if article.provenance]:
            connection.execute(sqlalchemy.insert(table(models.Provenance)), told)
    found_at.enter(connection, batch, times)
    return [new.pop(article.id, None) is not None for article in batch]


def _columns(article: Article, added: str) -> dict[str, object]:
    columns = {name: getattr(article, name) for name in _COLUMNS}
    return columns | {
        "added": added,
        "words": count_words(article.text),
        "length": len(article.text),
        "listing": listing(article.title, article.source, article.author),
    }


def _provenance_columns(article: Article) -> dict[str, object]:
    assert article.provenance is not None
    columns = dataclasses.asdict(article.provenance)
    return columns | {"article_id": article.id, "meta": orjson.dumps(columns["meta"]).decode()}


def keys(wanted: Iterable[str]) -> sqlalchemy.Select[str]:
    """Keys as a subquery over one JSON parameter: SQLite sets a limit to how many parameters there may be."""
    each = func.json_each(orjson.dumps(list(wanted)).decode()).table_valued("value")
    return sqlalchemy.select(each.c.value)


def _folded_words(article: FromClause) -> ColumnElement[int]:
    """How many words of an article are page furniture or repeats, as far as somebody has looked."""
    folding = table(models.Folding)
    words = sqlalchemy.select(folding.c.words).where(folding.c.article_id == article.c.id).scalar_subquery()
    return func.coalesce(words, 0)


def rows_of(session: Session, ids: Sequence[str], annotator_id: str) -> list[ArticleRow]:
    """The lines of the library's table for some of its articles, in the order of `ids`, as one annotator sees them."""
    annotation, course = table(models.Annotation), courses(annotator_id)
    shelf, membership = table(models.Shelf), table(models.Membership)
    groups = (
        sqlalchemy.select(membership.c.article_id, membership.c.kind, membership.c.name)
        .where(membership.c.article_id.in_(ids), membership.c.withdrawn.is_(None))
        .order_by(membership.c.article_id, membership.c.kind, membership.c.name)
    )
    counts = (
        sqlalchemy.select(
            annotation.c.article_id,
            func.sum(case((annotation.c.kind == Kind.CLAIM, 1), else_=0)).label("claims"),
            func.sum(case((annotation.c.note != "", 1), else_=0)).label("notes"),
        )
        .where(annotation.c.article_id.in_(ids), annotation.c.withdrawn.is_(None))
        .group_by(annotation.c.article_id)
    )
    columns = (
        sqlalchemy.select(
            *(course.article.c[name] for name in ("id", "title", "source", "published", "length")),
            (course.article.c.words - _folded_words(course.article)).label("words"),
            course.state.label("state"),
            course.queue.label("queue"),
            func.coalesce(course.place.c.furthest, 0).label("furthest"),
            *languages.columns(course.article),
            shelf.c.archived,
            shelf.c.deleted,
        )
        .select_from(course.joined.join(shelf, shelf.c.article_id == course.article.c.id, isouter=True))
        .where(course.article.c.id.in_(ids))
    )
    connection = session.connection()
    counted = {row.article_id: (row.claims, row.notes) for row in connection.execute(counts)}
    found = {row.id: row for row in connection.execute(columns)}
    grouped: dict[tuple[str, str], list[str]] = {}
    for article_id, kind, name in connection.execute(groups):
        grouped.setdefault((article_id, kind), []).append(name)
    superseded = revisions.superseded(connection, ids)
    rows = []
    for article_id in ids:
        row = found[article_id]
        claims, notes = counted.get(article_id, (0, 0))
        rows.append(
            ArticleRow(
                id=row.id,
                title=row.title,
                source=row.source,
                published=row.published,
                words=row.words,
                length=row.length,
                claims=claims,
                notes=notes,
                state=State(row.state),
                progress=min(1.0, row.furthest / row.length),
                tags=tuple(grouped.get((article_id, Grouping.TAG), ())),
                collections=tuple(grouped.get((article_id, Grouping.COLLECTION), ())),
                archived=row.archived is not None,
                deleted=row.deleted is not None,
                queue=row.queue,
                language=languages.spoken(row).code,
                older=article_id in superseded,
            )
        )
    return rows


def _record(row: models.Article, told: models.Provenance | None) -> Article:
    return Article(
        id=row.id,
        text=row.text,
        title=row.title,
        author=row.author,
        source=row.source,
        url=row.url,
        published=row.published,
        format=row.format,
        path=row.path,
        provenance=None if told is None else _provenance(told),
    )


def _provenance(row: models.Provenance) -> Provenance:
    return Provenance(
        extractor=row.extractor,
        original=row.original,
        part=row.part,
        fetched=row.fetched,
        language=row.language,
        meta=orjson.loads(row.meta),
    )
