"""What a library knows of its articles beside their texts, and correcting it: one act, one step that can be undone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import sqlalchemy
from sqlmodel import Session

from store import history, models
from store.articles.catalogue import Articles, keys
from store.clock import later_than, new_key
from store.database import Database
from store.errors import MetadataError
from store.metadata import languages, laying
from store.metadata.fields import COLUMNS, ONE_EACH, Field, checked
from store.metadata.languages import Languages, Spoken
from store.models import table
from store.records import Article, Correction
from store.text.language import code_of


@dataclass(frozen=True, slots=True)
class Told:
    """All that is known of an article beside its text."""

    article: Article
    """As it stands: corrected."""
    spoken: Spoken
    """Its language."""
    added: str
    """When it came into the library: ISO 8601, UTC."""
    words: int
    corrections: Mapping[Field, Correction] = field(default_factory=dict)
    """Those that stand."""

    def value(self, name: Field) -> str | None:
        """What stands in a field."""
        if name is Field.LANGUAGE:
            return self.spoken.code
        value: str | None = getattr(self.article, name)
        return value

    def given(self, name: Field) -> str | None:
        """What would stand there if nobody had corrected it."""
        if name is Field.LANGUAGE:
            return self.spoken.found or code_of(self.spoken.declared or "")
        correction = self.corrections.get(name)
        return self.value(name) if correction is None else correction.original


class Metadata:
    """The metadata of the articles, corrected on behalf of one annotator."""

    def __init__(self, database: Database, annotator_id: str) -> None:
        """Read everybody's corrections in `database`; make those of one annotator."""
        self._database = database
        self._annotator_id = annotator_id
        self._articles = Articles(database, annotator_id)
        self._languages = Languages(database)

    def of(self, article_id: str) -> Told:
        """What is known of an article.

        Raises:
            MetadataError: the library has no such article.
        """
        article = self._articles.get(article_id)
        if article is None:
            raise MetadataError(f"The library has no article {article_id[:12]} any more.")
        row, correction, annotator = (table(m) for m in (models.Article, models.Correction, models.Annotator))
        standing = (
            sqlalchemy.select(correction, annotator.c.name.label("annotator"))
            .join(annotator)
            .where(correction.c.article_id == article.id, correction.c.withdrawn.is_(None))
        )
        with self._database.reading() as session:
            connection = session.connection()
            known = connection.execute(
                sqlalchemy.select(row.c.added, row.c.words).where(row.c.id == article.id)
            ).first()  # fmt: skip
            made = {
                Field(one.field): Correction(one.value, one.original, one.annotator, one.updated)
                for one in connection.execute(standing)
            }
        if known is None:  # taken away between the two questions
            raise MetadataError(f"The library has no article {article_id[:12]} any more.")
        return Told(article, self._languages.of(article), known.added, known.words, made)

    def values(self, article_ids: Sequence[str]) -> dict[Field, list[str | None]]:
        """By field what stands there in several articles: the different values, of many the first two."""
        row = table(models.Article)
        statement = sqlalchemy.select(
            *(row.c[name.value] for name in COLUMNS), *languages.columns(row)
        ).where(row.c.id.in_(keys(article_ids)))  # fmt: skip
        found: dict[Field, list[str | None]] = {name: [] for name in Field}
        with self._database.reading() as session:
            for one in session.connection().execute(statement):
                said = {name: one[place] for place, name in enumerate(COLUMNS)}
                said[Field.LANGUAGE] = languages.spoken(one).code
                for name, value in said.items():
                    if len(found[name]) < 2 and value not in found[name]:
                        found[name].append(value)
        return found

    def correct(self, article_ids: Sequence[str], said: Mapping[Field, str], as_given: Collection[Field] = ()) -> int:
        """Correct fields of one article or of several, as one act; how many of the articles it changed.

        Args:
            article_ids: the articles.
            said: what is typed for each field; an empty text says that nothing is known of it.
            as_given: the fields of which the correction is taken back, so that what the source says stands.

        Raises:
            MetadataError: something does not fit, or an article is not there; nothing was changed.
        """
        values: dict[Field, str | None] = {}
        for name, text in said.items():
            try:
                values[name] = checked(name, text)
            except ValueError as error:
                raise MetadataError(f"Nothing was changed, {name}: {error}.") from error
        if len(set(article_ids)) > 1 and (alone := [*(ONE_EACH & values.keys())]):
            raise MetadataError(
                f"Nothing was changed: {len(set(article_ids)):,} articles have no {' and no '.join(sorted(alone))} in"
                " common; correct one at a time."
            )
        changed = 0
        step = new_key()
        with self._database.writing() as session:
            for article_id in dict.fromkeys(article_ids):
                changed += self._correct(session, article_id, values, as_given, step)
        return changed

    def _correct(
        self,
        session: Session,
        article_id: str,
        values: Mapping[Field, str | None],
        as_given: Iterable[Field],
        step: str,
    ) -> bool:
        """Correct one article; whether anything changed."""
        stands = _standing(session, article_id)
        wanted = {name: (value, False) for name, value in values.items()} | dict.fromkeys(as_given, (None, True))
        changed = False
        for name, (value, back) in wanted.items():
            row = session.get(models.Correction, (article_id, name.value))
            corrected = row is not None and row.withdrawn is None
            if (not corrected) if back else value == stands[name]:
                continue
            before = None if row is None else history.snapshot(row)
            if row is None:
                row = models.Correction(
                    article_id=article_id,
                    field=name.value,
                    original=stands[name] if name in COLUMNS else None,
                    annotator_id="",
                    updated="",
                )
            row.value, row.annotator_id, row.updated = value, self._annotator_id, later_than(row.updated)
            row.withdrawn = row.updated if back else None
            session.add(row)
            history.record(session, "correct", before, row, step)
            laying.show(session.connection(), [(article_id, name.value)])
            changed = True
        return changed


def _standing(session: Session, article_id: str) -> dict[Field, str | None]:
    """What stands in the fields of an article now; of the language only what a person says."""
    row, correction = table(models.Article), table(models.Correction)
    connection = session.connection()
    found = connection.execute(
        sqlalchemy.select(*(row.c[name.value] for name in COLUMNS)).where(row.c.id == article_id)
    ).first()  # fmt: skip
    if found is None:
        raise MetadataError(f"The library has no article {article_id[:12]} any more: nothing was changed.")
    said = connection.scalar(
        sqlalchemy.select(correction.c.value).where(
            correction.c.article_id == article_id,
            correction.c.field == Field.LANGUAGE.value,
            correction.c.withdrawn.is_(None),
        )
    )
    return dict(zip(COLUMNS, found, strict=True)) | {Field.LANGUAGE: said}
