"""Take records into a library: one transaction, one step of the journal, and nothing twice."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

import orjson
import sqlalchemy
from sqlmodel import Session

from store import bulk, folds, journaled, models
from store.articles import catalogue, plain
from store.articles.identity import article_id
from store.clock import new_key, now
from store.exchange import placing
from store.exchange.incoming import Bad, BadRecordError, Incoming, Link, Mark, Record, kind_of, to_canonical
from store.exchange.staging import Staging
from store.kinds import Kind
from store.metadata.fields import COLUMNS
from store.models import table
from store.records import Article
from store.sharing.shared import CORRECTION, MEMBERSHIP
from store.text.anchors import anchor

_TOGETHER = 5_000
"""Annotations that are kept in memory before they are written."""

_NAMESPACE = UUID("7d1f6d0e-3d3b-5b1c-9a54-706f7374696c")
"""What the ids are made in (RFC 9562, version 5) of annotations that come without one."""

_Row = dict[str, Any]


@dataclass(slots=True)
class Arrived:
    """What came of one file."""

    articles: int = 0
    """New ones."""
    annotations: int = 0
    relations: int = 0
    corrections: int = 0
    """Of metadata."""
    groups: int = 0
    """Tags and collections of articles."""
    known: int = 0
    """Annotations, relations, corrections, tags and collections that were here already, and that stay as they are."""
    problems: list[str] = field(default_factory=list)
    """What was left out, each as `notes.jsonl, line 3: why`."""
    labels: set[str] = field(default_factory=set)
    """Labels of claims that the scheme does not have."""


class Intake:
    """One import. Everything happens in the caller's transaction."""

    def __init__(self, session: Session, *, annotator: str, annotator_id: str) -> None:
        """Take in on behalf of an annotator of the library, who owns what has no author."""
        self._connection = session.connection()
        self._annotator = annotator
        person, label = table(models.Annotator), table(models.Label)
        self._people: dict[str, str] = {
            row.name: row.id for row in self._connection.execute(sqlalchemy.select(person.c.name, person.c.id))
        }
        self._people[annotator] = annotator_id
        self._scheme = set(self._connection.scalars(sqlalchemy.select(label.c.name)))
        self._step = new_key()
        self._at = now()
        self._staging = Staging(self._connection)
        self._path = Path()
        self._arrived = Arrived()
        self._waiting: list[Record] = []
        self._marks = 0

    def file(self, path: Path, incoming: Iterable[Incoming]) -> Arrived:
        """Take in what a reader made of the file; relations wait for `finish`, since they may lead to a later file."""
        self._path, self._arrived = path, Arrived()
        for record in incoming:
            if isinstance(record, Bad):
                self._problem(record.place, record.reason)
                continue
            self._waiting.append(record)
            self._marks += 1 + len(record.marks)
            if self._marks >= _TOGETHER:
                self._flush()
        self._flush()
        return self._arrived

    def finish(self) -> tuple[int, int, list[str]]:
        """Take in the relations: how many are new, how many were known, and what is wrong with the rest."""
        problems: list[str] = []
        added, known = 0, 0
        for links in self._staging.complete(problems):
            ids = set(self._connection.scalars(_among(models.Relation, (row["id"] for row, _ in links))))
            new = {row["id"]: (row, where) for row, where in links if row["id"] not in ids}
            bulk.insert(self._connection, models.Relation, [row for row, _ in new.values()])
            self._journal("relation", [(row, where) for row, where in new.values()])
            added, known = added + len(new), known + len(links) - len(new)
        self._staging.close()
        return added, known, problems

    def _flush(self) -> None:
        records, self._waiting, self._marks = self._waiting, [], 0
        placed = self._articles(records)
        rows: list[_Row] = []
        for record, article, new in placed:
            rows += self._annotations(record, article, new=new)
        ids = set(self._connection.scalars(_among(models.Annotation, (row["id"] for row in rows))))
        fresh: dict[str, _Row] = {}
        for row in rows:
            if row["id"] not in ids:
                fresh.setdefault(row["id"], row)
        self._arrived.known += len(rows) - len(fresh)
        self._arrived.annotations += len(fresh)
        bulk.insert(self._connection, models.Annotation, list(fresh.values()))
        self._journal("annotation", [(row, row["article_id"]) for row in fresh.values()])

    # Articles

    def _articles(self, records: list[Record]) -> list[tuple[Record, Article, bool]]:
        """The records that have an article, which of them is new, and what pipelines said of it kept."""
        articles: list[tuple[Record, Article]] = []
        for record in records:
            if record.text is None and record.article_id is None and record.url is None:
                self._links(record, {})
                continue
            try:
                article = self._read(record) if record.text is not None else self._meant(record)
            except BadRecordError as error:
                self._problem(record.place, str(error))
                continue
            for problem in record.problems:
                self._problem(record.place, problem)
            articles.append((record, article))
        added = {article.id: time for record, article in articles if (time := record.meta.get("added"))}
        new = catalogue.insert(self._connection, [article for _, article in articles], added)
        self._arrived.articles += sum(new)
        self._corrections(articles)
        self._predictions(articles)
        looked_at = {article.id: article.text for record, article in articles if record.folded}
        seen = folds.known(self._connection, list(looked_at)) if looked_at else {}
        folds.enter(self._connection, {key: text for key, text in looked_at.items() if key not in seen})
        self._groups(articles)
        return [(record, article, fresh) for (record, article), fresh in zip(articles, new, strict=True)]

    def _read(self, record: Record) -> Article:
        to_canonical(record)
        text = record.text or ""
        if not text.strip():
            raise BadRecordError("its text is empty")
        if "\0" in text:
            raise BadRecordError("its text has a NUL sign, so it is not a text")
        key = article_id(text)
        if record.article_id is not None and record.article_id != key:
            raise BadRecordError("its id is not the SHA-256 of its text, so the text was changed")
        meta = {name: record.meta.get(name) for name in ("author", "source", "url", "published")}
        title = record.title or plain.read(text, self._path).title
        # As the source gives it: what people corrected is laid over it when it is here.
        given = {one.field.value: one.original for one in record.corrections if one.field in COLUMNS}
        title = given.pop("title", None) or title
        meta |= given
        form, told = record.meta.get("format") or "text", record.provenance
        return Article(id=key, text=text, title=title, format=form, provenance=told, **meta)

    def _meant(self, record: Record) -> Article:
        """The article of the library that a record without a text is about."""
        article = table(models.Article)
        found = sqlalchemy.select(article.c.id, article.c.title, article.c.text).limit(1)
        if record.article_id is not None:
            found = found.where(article.c.id == record.article_id)
        else:
            found = found.where(article.c.url.in_(_addresses(record.url or ""))).order_by(article.c.number.desc())
        row = self._connection.execute(found).first()
        if row is None:
            about = record.url or record.article_id or "nothing"
            raise BadRecordError(f"it is about {about}, which the library does not have: postil add adds an article")
        return Article(id=row.id, text=row.text, title=row.title)

    def _predictions(self, articles: list[tuple[Record, Article]]) -> None:
        rows = [
            {
                "article_id": article.id,
                "pipeline": said.pipeline,
                "start": said.start,
                "end": said.end,
                "entities": orjson.dumps(said.entities).decode(),
            }
            for record, article in articles
            for said in record.predicted
        ]
        if rows:
            statement = sqlalchemy.insert(table(models.Prediction)).prefix_with("OR IGNORE")
            self._connection.execute(statement, rows)

    def _corrections(self, articles: list[tuple[Record, Article]]) -> None:
        """Take in what people corrected, where the library has no correction of its own."""
        rows: dict[str, _Row] = {}
        for record, article in articles:
            for one in record.corrections:
                row: _Row = {
                    "article_id": article.id,
                    "field": one.field.value,
                    "value": one.value,
                    "original": None,  # what stands in the library's own article
                    "annotator_id": self._person(one.annotator),
                    "updated": one.updated,
                    "withdrawn": one.withdrawn,
                }
                rows.setdefault(CORRECTION.known_as(row), row)
        if not rows:
            return
        known = CORRECTION.find(self._connection, rows)
        new = {key: row for key, row in rows.items() if key not in known}
        self._arrived.known += len(known)
        self._arrived.corrections += len(new)
        CORRECTION.insert(self._connection, list(new.values()))
        self._journal("correction", [(row, row["article_id"]) for row in new.values()])

    def _groups(self, articles: list[tuple[Record, Article]]) -> None:
        """Which tags and collections the articles come with; what the library says of the same stays."""
        rows: dict[str, _Row] = {}
        for record, article in articles:
            for one in record.groups:
                row = {
                    "article_id": article.id,
                    "kind": one.kind.value,
                    "name": one.name,
                    "annotator_id": self._person(one.annotator),
                    "updated": one.updated,
                    "withdrawn": one.withdrawn,
                }
                rows.setdefault(MEMBERSHIP.known_as(row), row)
        if rows:
            known = MEMBERSHIP.find(self._connection, rows)
            new = [row for key, row in rows.items() if key not in known]
            importer = self._people[self._annotator]
            journaled.write(
                self._connection, MEMBERSHIP, new, action="import", step=self._step, importer=importer, at=self._at
            )
            self._arrived.groups += len(new)
            self._arrived.known += len(known)

    # Annotations

    def _annotations(self, record: Record, article: Article, *, new: bool) -> list[_Row]:
        """Rows for the marks of a record; its relations are staged."""
        standing = {} if new or all(mark.id for mark in record.marks) else self._standing(article.id)
        rows, keys = [], dict[Hashable, str]()
        for mark in record.marks:
            try:
                row = self._row(mark, article)
            except BadRecordError as error:
                self._problem(mark.place or record.place, f"an annotation was left out: {error}")
                continue
            if mark.id is None:
                content = _content(row)
                row["id"] = standing.get(content) or _derived(article.id, self._owner(mark), *content[1:])
            if mark.key is not None:
                keys[mark.key] = row["id"]
            rows.append(row)
        self._links(record, keys)
        return rows

    def _row(self, mark: Mark, article: Article) -> _Row:
        kind = kind_of(mark)
        if kind is Kind.CLAIM and mark.label not in self._scheme and mark.label is not None:
            self._arrived.labels.add(mark.label)
        attributes = mark.attributes
        if kind is Kind.ENTITY and mark.kind is None:
            attributes = {"decision": "add", **attributes}
        row: _Row = {
            "id": mark.id,
            "article_id": article.id,
            "annotator_id": self._person(self._owner(mark)),
            "kind": kind.value,
            "label": mark.label,
            "start": None,
            "end": None,
            "pieces": "[]",
            "quote": "",
            "prefix": "",
            "suffix": "",
            "note": mark.note,
            "attributes": orjson.dumps(attributes).decode() if attributes else "{}",
            "created": mark.created or mark.updated or self._at,
            "updated": mark.updated or mark.created or self._at,
            "withdrawn": mark.withdrawn,
        }
        if mark.start is not None or mark.quote is not None:
            at = anchor(article.text, *placing.place(article.text, mark))
            row |= {
                "start": at.start,
                "end": at.end,
                "pieces": placing.pieces(mark, at.start, at.end),
                "quote": at.quote,
                "prefix": at.prefix,
                "suffix": at.suffix,
            }
        return row

    def _standing(self, key: str) -> dict[tuple[Any, ...], str]:
        """The annotations on an article by what they say, for those that come without an id."""
        row = table(models.Annotation)
        found = self._connection.execute(sqlalchemy.select(row).where(row.c.article_id == key))
        return {_content(dict(each._mapping)): each.id for each in found}

    # Relations

    def _links(self, record: Record, keys: Mapping[Hashable, str]) -> None:
        rows = []
        for link in record.links:
            source, target = (_end(end, keys) for end in (link.source, link.target))
            if not isinstance(source, str) or not isinstance(target, str):
                self._problem(record.place, "a relation was left out: it leads to nothing")
                continue
            rows.append((self._place(record.place), self._relation(link, source, target)))
        self._staging.add(rows)

    def _relation(self, link: Link, source: str, target: str) -> _Row:
        owner = link.annotator or self._annotator
        return {
            "id": link.id or _derived(owner, link.label, source, target, link.note),
            "annotator_id": self._person(owner),
            "label": link.label,
            "source_id": source,
            "target_id": target,
            "note": link.note,
            "attributes": orjson.dumps(link.attributes).decode(),
            "created": link.created or link.updated or self._at,
            "updated": link.updated or link.created or self._at,
            "withdrawn": link.withdrawn,
        }

    # What belongs to all of it

    def _problem(self, place: str, why: str) -> None:
        self._arrived.problems.append(f"{self._place(place)}: {why}")

    def _place(self, place: str) -> str:
        return f"{self._path}, {place}" if place else str(self._path)

    def _owner(self, mark: Mark) -> str:
        return mark.annotator or self._annotator

    def _person(self, name: str) -> str:
        """The key of the annotator of that name, who is made if the library does not know one."""
        key = self._people.get(name)
        if key is None:
            key = self._people[name] = new_key()
            bulk.insert(
                self._connection, models.Annotator, [{"id": key, "name": name, "given": name, "created": self._at}]
            )
        return key

    def _journal(self, subject: str, rows: list[tuple[_Row, str]]) -> None:
        """Write the new rows into the journal, each with the article that it is about: all one act, undone as one."""
        importer = self._people[self._annotator]
        changes = [
            {
                "step": self._step,
                "annotator_id": importer,
                "at": self._at,
                "action": "import",
                "subject": subject,
                "subject_id": row["id"] if "id" in row else CORRECTION.known_as(row),
                "article_id": article,
                "after": orjson.dumps(row).decode(),
                "undone": 0,
            }
            for row, article in rows
        ]
        bulk.insert(self._connection, models.Change, changes)


def _among(model: type[models.Annotation] | type[models.Relation], ids: Iterable[str]) -> sqlalchemy.Select[str]:
    row = table(model)
    return sqlalchemy.select(row.c.id).where(row.c.id.in_(catalogue.keys(ids)))


def _addresses(url: str) -> list[str]:
    """An address in the ways that it may be written."""
    page = url.partition("#")[0].rstrip("/")
    return [url, page, f"{page}/"]


def _content(row: Mapping[str, Any]) -> tuple[Any, ...]:
    """What makes two annotations on one article the same, where nothing says that they are."""
    return tuple(row[name] for name in ("annotator_id", "kind", "label", "start", "end", "pieces", "note"))


def _end(end: Hashable, keys: Mapping[Hashable, str]) -> Hashable:
    """The id of the annotation that a relation calls `end`, if the record has it."""
    try:
        return keys.get(end, end)
    except TypeError:  # whatever a file may say there
        return None


def _derived(*parts: object) -> str:
    """A UUID that depends on nothing but the parts, so that a repeated import makes the same."""
    return str(uuid5(_NAMESPACE, orjson.dumps([str(part) for part in parts]).decode()))
