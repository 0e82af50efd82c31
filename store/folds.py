"""What is folded of an article: what the rules find, less what somebody decided is the article's own."""

from __future__ import annotations

from sqlmodel import col, select

from store import history, models
from store.clock import new_key, now
from store.database import Database
from store.errors import AnnotationError
from store.records import Annotation, Article, Kind
from store.rows import annotation_record
from store.text.anchors import anchor
from store.text.folding import Folded, folded, left

OWN = "TEXT"
"""What a decision says: this is the article's own text."""


class Folds:
    """The decisions on what is folded, made on behalf of one annotator."""

    def __init__(self, database: Database, annotator_id: str) -> None:
        """Read everybody's decisions in `database`; make those of one annotator."""
        self._database = database
        self._annotator_id = annotator_id

    def of(self, article: Article) -> list[Folded]:
        """The runs of furniture and repeats of an article, in its order, less what anybody decided is its own."""
        row = models.Annotation
        statement = select(row.start, row.end).where(
            row.article_id == article.id, row.kind == Kind.FOLD, col(row.withdrawn).is_(None)
        )
        with self._database.reading() as session:
            decided = [(start, end) for start, end in session.exec(statement) if start is not None and end is not None]
        return left(folded(article.text), decided)

    def keep_open(self, article: Article, start: int, end: int) -> Annotation:
        """Decide that a run is the article's own text, so that it is not folded any more.

        Args:
            article: the text.
            start: the run's first code point.
            end: the code point after its last.

        Raises:
            AnnotationError: the span is not inside the text.
        """
        try:
            place = anchor(article.text, start, end)
        except ValueError as error:
            raise AnnotationError(f"Nothing was decided: there is {error}.") from error
        with self._database.writing() as session:
            at = now()
            row = models.Annotation(
                id=new_key(), article_id=article.id, annotator_id=self._annotator_id, kind=Kind.FOLD, label=OWN,
                start=start, end=end, quote=place.quote, prefix=place.prefix, suffix=place.suffix,
                created=at, updated=at,
            )  # fmt: skip
            session.add(row)
            history.record(session, "keep open", None, row)
            return annotation_record(row, session.get_one(models.Annotator, self._annotator_id).name)
