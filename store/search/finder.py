"""Find articles, notes and claims by their words, and notes by their tags.

A tag's words are words of its note, so that the notes' index finds the notes that may have it; each is looked at.
A claim's words are words of its article, so that the articles' index finds claims too: the claims of an article that
has all the words are looked through.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

import sqlalchemy
from sqlalchemy import ColumnElement, Row, Select, func, literal_column
from sqlmodel import Session

from store import models
from store.database import Database
from store.entities import index as names
from store.kinds import Kind
from store.metadata import languages
from store.metadata.languages import Languages
from store.models import table
from store.records import Hit, TagCount
from store.search import words
from store.search.query import Query, SoughtTag, parse
from store.search.words import Term
from store.shelf.filtering import PREFIXES
from store.shelf.groups import grouped
from store.shelf.putting_away import kept
from store.text import tags

_BEFORE, _AFTER = 30, 90
"""Code points of context before and after the first word that was found."""

_TITLE = 8.0
"""How much more a word in a title counts than one in the text."""

_BATCH = 64
"""Articles whose annotations are looked through at a time."""


class Finder:
    """The search of a library."""

    def __init__(self, database: Database) -> None:
        """Search in `database`."""
        self._database = database
        self._languages = Languages(database)

    def find(self, query: str, *, limit: int = 50) -> list[Hit]:
        """At most `limit` articles, notes, notes on relations and claims each, the best articles first.

        `label:` and `by:` ask for annotations and relations, so that articles are left out; a #tag asks for notes;
        `entity:` is a name as it is shown: one that was rejected is none any more, one that a person added is one.

        Raises:
            SearchError: the query cannot be understood.
            LibraryError: the library cannot be read.
        """
        sought = parse(query)
        if "language" in sought.filters:
            self._languages.refresh()
        with self._database.reading() as session:
            hits: list[Hit] = []
            if not (sought.tags or sought.filters.keys() & {"label", "by"}):
                hits += islice(_articles(session, sought), limit)
            hits += islice(_notes(session, sought), limit)
            hits += islice(_notes_on_relations(session, sought), limit)
            if not sought.tags:
                hits += islice(_claims(session, sought), limit)
        return hits

    def tags(self) -> list[TagCount]:
        """The tags of all notes that stand, the commonest first. It reads every note: a second for a million.

        Raises:
            LibraryError: the library cannot be read.
        """
        counts: Counter[str] = Counter()
        shown: dict[str, str] = {}
        with self._database.reading() as session:
            for model in (models.Annotation, models.Relation):
                noted = table(model)
                statement = sqlalchemy.select(noted.c.note).where(
                    noted.c.note != "", noted.c.withdrawn.is_(None), func.instr(noted.c.note, "#") > 0
                )
                for row in _rows(session, statement):
                    of_note = {tags.fold(tag.name): tag.name for tag in tags.tags(row.note)}
                    counts.update(of_note.keys())
                    for folded, name in of_note.items():
                        shown.setdefault(folded, name)
        return [TagCount(shown[name], count) for name, count in sorted(counts.items(), key=lambda one: (-one[1], one))]


def _articles(session: Session, sought: Query) -> Iterator[Hit]:
    article = table(models.Article)
    for number, title, source in _candidates(session, sought):
        columns = sqlalchemy.select(article.c.id, article.c.text).where(article.c.number == number)
        row = session.connection().execute(columns).one()
        start, end, context = _context(row.text, sought.terms)
        yield Hit("article", row.id, title, source, start, end, context)


def _notes(session: Session, sought: Query) -> Iterator[Hit]:
    annotation = table(models.Annotation)
    for row in _noted(session, sought, "note_words", annotation, _annotations(sought)):
        _, _, context = _context(row.note, _shown(sought))
        yield _hit("note", row, context)


def _notes_on_relations(session: Session, sought: Query) -> Iterator[Hit]:
    relation = table(models.Relation)
    for row in _noted(session, sought, "relation_words", relation, _relations(sought)):
        _, _, context = _context(row.note, _shown(sought))
        yield _hit("relation", row, context)


def _noted(
    session: Session, sought: Query, index: str, noted: sqlalchemy.Table, rows: Select[Any]
) -> Iterator[Row[Any]]:
    """Those of `rows` of the table `noted` whose notes have the words and the tags, the best first.

    A tag is there or not: without words, the newest come first, and no more are read than are wanted.
    """
    if not (sought.terms or sought.tags):
        return
    number: ColumnElement[int] = literal_column(f"{index}.rowid")
    order: ColumnElement[Any] = literal_column(f"{index}.rank") if sought.terms else number.desc()
    statement = (
        rows.join(sqlalchemy.table(index, sqlalchemy.column("rowid")), number == noted.c.number)
        .where(_match(index, sought), *_article_filters(session, sought, table(models.Article)))
        .where(*(noted.c.note.contains(_beginning(tag), autoescape=True) for tag in sought.tags))
        .order_by(order)
    )
    tagged = (row for row in _rows(session, statement) if all(tag.is_in(row.note) for tag in sought.tags))
    yield from _held(session, sought, tagged)


def _beginning(tag: SoughtTag) -> str:
    """How the tag begins in every note that has it, as far as LIKE knows upper and lower case: in ASCII."""
    return f"#{tag.name}" if tag.name.isascii() else "#"


def _shown(sought: Query) -> Sequence[Term]:
    """What a hit is shown by: its tags, which are rarer than its words."""
    return [*(tag.term for tag in sought.tags), *sought.terms]


def _claims(session: Session, sought: Query) -> Iterator[Hit]:
    annotation, article = table(models.Annotation), table(models.Article)
    marked = _annotations(sought).where(annotation.c.kind == Kind.CLAIM)
    if not sought.terms:
        statement = marked.where(*_article_filters(session, sought, article)).order_by(annotation.c.number)
        for row in _held(session, sought, _rows(session, statement)):
            yield _hit("claim", row, _one_line(row.quote))
        return
    candidates = (number for number, _, _ in _candidates(session, sought))
    while batch := list(islice(candidates, _BATCH)):
        here = sqlalchemy.select(article.c.id).where(article.c.number.in_(batch))
        statement = marked.where(annotation.c.article_id.in_(here)).order_by(
            annotation.c.article_id, annotation.c.start
        )
        for row in _rows(session, statement):
            if words.has_all(row.quote, sought.terms):
                _, _, context = _context(row.quote, sought.terms)
                yield _hit("claim", row, context)


def _candidates(session: Session, sought: Query) -> Iterator[tuple[int, str, str | None]]:
    """Number, title and source of the articles that have all the words, the best first; without words, the newest."""
    article = table(models.Article)
    statement = sqlalchemy.select(article.c.number, article.c.title, article.c.source, article.c.id.label("article_id"))
    if sought.terms:
        index = sqlalchemy.table("article_words", sqlalchemy.column("rowid"))
        statement = (
            statement.join(index, literal_column("article_words.rowid") == article.c.number)
            .where(_match("article_words", sought))
            .order_by(literal_column(f"bm25(article_words, {_TITLE}, 1.0)"), article.c.number)
        )
    else:
        statement = statement.order_by(article.c.number.desc())
    rows = _rows(session, statement.where(*_article_filters(session, sought, article)))
    for row in _held(session, sought, rows):
        yield row.number, row.title, row.source


def _match(index: str, sought: Query) -> ColumnElement[bool]:
    return literal_column(index).op("MATCH")(sqlalchemy.bindparam(f"{index}_match", sought.match))


def _annotations(sought: Query) -> Select[Any]:
    """Annotations that stand, with their article and annotator, as `label:` and `by:` leave them."""
    annotation, annotator, article = (table(m) for m in (models.Annotation, models.Annotator, models.Article))
    columns = ("id", "article_id", "kind", "label", "start", "end", "quote", "note")
    statement = (
        sqlalchemy.select(
            *(annotation.c[name] for name in columns),
            annotator.c.name.label("annotator"),
            article.c.title,
            article.c.source,
        )
        .select_from(annotation)
        .join(annotator, annotator.c.id == annotation.c.annotator_id)
        .join(article, article.c.id == annotation.c.article_id)
        .where(annotation.c.withdrawn.is_(None))
    )
    return _by(sought, statement, annotation.c.label)


def _relations(sought: Query) -> Select[Any]:
    """Relations that stand, with the place of the annotation that they lead from, as `label:` and `by:` leave them."""
    relation, annotation, annotator, article = (
        table(m) for m in (models.Relation, models.Annotation, models.Annotator, models.Article)
    )
    statement = (
        sqlalchemy.select(
            annotation.c.id, annotation.c.article_id, annotation.c.start, annotation.c.end, annotation.c.quote,
            relation.c.label, relation.c.note, annotator.c.name.label("annotator"), article.c.title, article.c.source,
        )
        .select_from(relation)
        .join(annotator, annotator.c.id == relation.c.annotator_id)
        .join(annotation, annotation.c.id == relation.c.source_id)
        .join(article, article.c.id == annotation.c.article_id)
        .where(relation.c.withdrawn.is_(None))
    )  # fmt: skip
    return _by(sought, statement, relation.c.label)


def _by(sought: Query, statement: Select[Any], label: ColumnElement[Any]) -> Select[Any]:
    """What `label:` and `by:` leave."""
    if (wanted := sought.filters.get("label")) is not None:
        statement = statement.where(func.lower(label) == wanted.lower())
    if (who := sought.filters.get("by")) is not None:
        statement = statement.where(func.lower(table(models.Annotator).c.name) == who.lower())
    return statement


def _article_filters(session: Session, sought: Query, article: sqlalchemy.Table) -> list[ColumnElement[bool]]:
    conditions = [kept(article.c.id)]
    for prefix, kind in PREFIXES.items():
        if (name := sought.filters.get(prefix)) is not None:
            conditions.append(grouped(session.connection(), article.c.id, kind, name))
    day = func.coalesce(article.c.published, article.c.added)
    conditions += [
        article.c[name].icontains(sought.filters[name], autoescape=True)
        for name in ("title", "author", "source")
        if name in sought.filters
    ]
    if (language := sought.filters.get("language")) is not None:
        conditions.append(languages.is_in(article, language))
    if (before := sought.filters.get("before")) is not None:
        conditions.append(day < before)
    if (after := sought.filters.get("after")) is not None:
        conditions.append(func.substr(day, 1, len(after)) > after)
    return conditions


def _held(session: Session, sought: Query, rows: Iterator[Row[Any]]) -> Iterator[Row[Any]]:
    """The rows whose article holds the name that `entity:` asks for; all rows, if it does not ask."""
    name = sought.filters.get("entity")
    if name is None:
        yield from rows
        return
    known: dict[str, bool] = {}
    for row in rows:
        if row.article_id not in known:
            known[row.article_id] = _has_entity(session, row.article_id, " ".join(name.split()).casefold())
        if known[row.article_id]:
            yield row


def _has_entity(session: Session, article_id: str, name: str) -> bool:
    """Whether the article has the name, as everybody's decisions and rules leave it."""
    article = table(models.Article)
    text = str(session.connection().scalar(sqlalchemy.select(article.c.text).where(article.c.id == article_id)))
    if name not in " ".join(text.split()).casefold():
        return False
    shown = names.shown_in(session, article_id, text)
    return any(" ".join(text[one.start : one.end].split()).casefold() == name for one in shown)


def _rows(session: Session, statement: Select[Any]) -> Iterator[Row[Any]]:
    return iter(session.connection().execute(statement))


def _hit(kind: str, row: Row[Any], context: str) -> Hit:
    return Hit(
        kind,
        row.article_id,
        row.title,
        row.source,
        row.start or 0,
        row.end or 0,
        context,
        annotation_id=row.id,
        label=row.label,
        annotator=row.annotator,
    )


def _context(text: str, terms: Sequence[Term]) -> tuple[int, int, str]:
    """Where the first of the terms that stands in the text does, and the words around it on one line."""
    found = next((place for one in terms if (place := words.find(text, one))), (0, 0))
    first, last = max(0, found[0] - _BEFORE), found[1] + _AFTER
    # Whole words: the pieces of those that were cut are left out.
    line = text[first:last]
    if first:
        line = "… " + line.partition(" ")[2] if " " in line[:_BEFORE] else "…" + line
    if last < len(text):
        line = (line.rpartition(" ")[0] if " " in line[-_AFTER:] else line) + " …"
    return *found, _one_line(line)


def _one_line(text: str) -> str:
    return " ".join(text[: 4 * (_BEFORE + _AFTER)].split())
