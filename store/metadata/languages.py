"""The language of each article: found in its text, declared by its source, or said by a person.

What is found follows from the text alone and is kept in a table of its own. Articles that came before there was one
are looked at when somebody first asks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy
from sqlalchemy import ColumnElement, Connection, FromClause, func

from store import models
from store.database import Database
from store.metadata.fields import Field
from store.models import table
from store.records import Article
from store.text.language import LOOKED_AT, code_of, guess, name_of, spellings

_BATCH = 64
"""Articles in one transaction: an act of a reader waits for no more."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """What is known of an article's language."""

    said: str | None = None
    """What a person says, as a code."""
    found: str | None = None
    """What the text is plainly in; None if it cannot be told."""
    declared: str | None = None
    """As the source declares it."""

    @property
    def code(self) -> str | None:
        """The language that counts: what a person says; else what the text is plainly in; else what is declared.

        The text is believed before the source, since templates of pages declare a language whatever is written in them.
        """
        return self.said or self.found or code_of(self.declared or "")

    @property
    def why(self) -> str:
        """Why it is this one, in a few words."""
        declared = code_of(self.declared or "")
        if self.said:
            other = self.found or declared
            return f"corrected; found {name_of(other)}" if other and other != self.said else "corrected"
        if self.found and declared and self.found != declared:
            return f"the text is {name_of(self.found)}, though its source declares {name_of(declared)}"
        if self.found:
            return "found in the text" + (", and declared by its source" if declared else "")
        return "declared by its source; the text alone does not tell" if declared else "the text does not tell"


class Languages:
    """The languages of one library's articles."""

    def __init__(self, database: Database) -> None:
        """Read and keep what is in `database`."""
        self._database = database
        self._looked_to = 0
        """The number of an article up to which all were looked at."""

    def of(self, article: Article) -> Spoken:
        """What is known of an article's language; its text is looked at if the library never did."""
        row = table(models.Article)
        with self._database.reading() as session:
            statement = sqlalchemy.select(*columns(row)).where(row.c.id == article.id)
            found = session.connection().execute(statement).first()
        if found is not None:
            return spoken(found, article.text)
        declared = None if article.provenance is None else article.provenance.language
        return Spoken(None, guess(article.text), declared)

    def refresh(self, *, most: int | None = None) -> int:
        """Look at the articles that never were looked at, or at so many of them; how many were.

        Raises:
            LibraryError: the library cannot be written.
        """
        done = 0
        while most is None or done < most:
            with self._database.reading() as session:
                size = _BATCH if most is None else min(_BATCH, most - done)
                last, texts = _beginnings(session.connection(), self._looked_to, size)
            if texts:
                with self._database.writing() as session:
                    enter(session.connection(), texts)
            self._looked_to = last
            if not texts:
                break
            done += len(texts)
        return done


def enter(connection: Connection, texts: Mapping[str, str]) -> None:
    """Keep which languages texts are in, by the ids of their articles; what is known of one stays."""
    if texts:
        connection.exec_driver_sql(
            "INSERT OR IGNORE INTO language (article_id, code) SELECT ?, ? WHERE EXISTS"
            " (SELECT 1 FROM article WHERE id = ?)",
            [(key, guess(text), key) for key, text in texts.items()],
        )


def columns(article: FromClause) -> Sequence[ColumnElement[Any]]:
    """What is known of the language of the articles of a query, as columns of it that `spoken` reads."""
    correction, language, told = (table(m) for m in (models.Correction, models.Language, models.Provenance))
    looked_at = sqlalchemy.select(language.c.article_id).where(language.c.article_id == article.c.id)
    said = sqlalchemy.select(correction.c.value).where(
        correction.c.article_id == article.c.id,
        correction.c.field == Field.LANGUAGE.value,
        correction.c.withdrawn.is_(None),
    )
    found = sqlalchemy.select(language.c.code).where(language.c.article_id == article.c.id)
    declared = sqlalchemy.select(told.c.language).where(told.c.article_id == article.c.id)
    return (
        # Correlated with the articles and nothing else: a query may have these tables for its own sake too.
        said.correlate(article).scalar_subquery().label("said_language"),
        found.correlate(article).scalar_subquery().label("found_language"),
        declared.correlate(article).scalar_subquery().label("declared_language"),
        looked_at.correlate(article).exists().label("language_looked_at"),
    )


def spoken(row: Any, text: str | None = None) -> Spoken:
    """What is known of the language of an article, by a row with `columns`; `text` is looked at if it never was."""
    found = row.found_language
    if text is not None and not row.language_looked_at:
        found = guess(text)
    return Spoken(row.said_language, found, row.declared_language)


def is_in(article: FromClause, code: str) -> ColumnElement[bool]:
    """The condition that an article's language, as `Spoken.code` has it, is this one."""
    said, found, declared, _ = (column.element for column in columns(article))
    known = func.coalesce(said, found)
    tag = func.replace(func.lower(declared), "_", "-")
    language = func.substr(tag, 1, func.instr(tag.op("||")("-"), "-") - 1)
    return (known == code) | (known.is_(None) & language.in_(spellings(code)))


def _beginnings(connection: Connection, after: int, most: int) -> tuple[int, dict[str, str]]:
    """How the articles begin that nobody has looked at, by their ids, from the one numbered `after` on.

    With them the number up to which there is no other.
    """
    rows = connection.exec_driver_sql(
        "SELECT number, id, substr(text, 1, ?) FROM article"
        " WHERE number > ? AND id NOT IN (SELECT article_id FROM language) ORDER BY number LIMIT ?",
        (LOOKED_AT, after, most),
    ).all()
    last = rows[-1][0] if rows else connection.exec_driver_sql("SELECT max(number) FROM article").scalar_one()
    return last or 0, {row[1]: row[2] for row in rows}
