"""What is folded of an article: what the rules find, less what somebody decided is the article's own.

What the rules found is kept (`Folding`), since looking at a text takes a thousandth of a second for each five thousand
code points. It is looked for when it is first needed: adding an article waits for nothing of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

import orjson
from sqlalchemy import Connection

from store import history, models
from store.clock import new_key, now
from store.database import Database
from store.errors import AnnotationError
from store.kinds import Kind
from store.records import Annotation, Article
from store.rows import annotation_record
from store.text.anchors import anchor
from store.text.folding import RULES, Folded, folded, left
from store.text.words import count_words

OWN = "TEXT"
"""What a decision says: this is the article's own text."""

_BATCH = 200_000
"""Code points that are looked at between two transactions, if one article has not more."""

_UNSEEN = """
SELECT id, text, number FROM article WHERE id IN (
    SELECT id FROM article WHERE number > ? AND id NOT IN (SELECT article_id FROM folding WHERE rules = ?)
    AND (? IS NULL OR id IN (SELECT value FROM json_each(?))) AND length <= ? ORDER BY number LIMIT 64
) ORDER BY number
"""


class Folds:
    """The decisions on what is folded, made on behalf of one annotator."""

    def __init__(self, database: Database, annotator_id: str) -> None:
        """Read everybody's decisions in `database`; make those of one annotator."""
        self._database = database
        self._annotator_id = annotator_id

    def of(self, article: Article) -> list[Folded]:
        """The runs of furniture and repeats of an article, in its order, less what anybody decided is its own."""
        with self._database.reading() as session:
            connection = session.connection()
            found = known(connection, [article.id]).get(article.id)
            decided = decisions(connection, [article.id]).get(article.id, [])
        return left(folded(article.text) if found is None else found, decided)

    def known(self, article_id: str) -> list[Folded] | None:
        """The runs that the rules found in an article, whatever was decided; None if it was not looked at."""
        with self._database.reading() as session:
            return known(session.connection(), [article_id]).get(article_id)

    def keep(self, article: Article, found: Sequence[Folded]) -> None:
        """Keep what the rules found in an article of the library; nothing is kept of one that is not there."""
        with self._database.writing() as session:
            connection = session.connection()
            there = connection.exec_driver_sql("SELECT 1 FROM article WHERE id = ?", (article.id,)).first()
            if there and article.id not in known(connection, [article.id]):
                enter(connection, {article.id: article.text}, {article.id: found})

    def look(
        self,
        article_ids: Sequence[str] | None = None,
        *,
        longest: int = 10**9,
        stopped: Callable[[], bool] = lambda: False,
    ) -> Iterator[int]:
        """Look at the articles that were not looked at yet; after each batch, how many it was.

        Args:
            article_ids: which of them; None for all.
            longest: code points of the longest that is looked at.
            stopped: whether to look no further.

        Raises:
            LibraryError: the library cannot be written.
        """
        wanted = None if article_ids is None else orjson.dumps(list(article_ids)).decode()
        last = 0
        while not stopped():
            with self._database.reading() as session:
                rows = session.connection().exec_driver_sql(_UNSEEN, (last, RULES, wanted, wanted, longest))
                batch: dict[str, str] = {}
                for row in rows:
                    batch[row.id], last = row.text, row.number
                    if sum(map(len, batch.values())) >= _BATCH:
                        break
            if not batch:
                return
            found = {article_id: folded(text) for article_id, text in batch.items()}  # no act waits for this
            with self._database.writing() as session:
                connection = session.connection()
                seen = known(connection, list(batch))
                enter(connection, {key: text for key, text in batch.items() if key not in seen}, found)
            yield len(batch)

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


def known(connection: Connection, article_ids: Sequence[str]) -> dict[str, list[Folded]]:
    """The runs that today's rules found in each of some articles, of those that were looked at."""
    rows = connection.exec_driver_sql(
        "SELECT article_id, runs FROM folding WHERE rules = ? AND article_id IN (SELECT value FROM json_each(?))",
        (RULES, orjson.dumps(list(article_ids)).decode()),
    )
    return {
        article_id: [Folded(start, end, tuple(kinds), count) for start, end, count, _, *kinds in orjson.loads(runs)]
        for article_id, runs in rows.all()
    }


def standing(connection: Connection, article_ids: Sequence[str]) -> dict[str, list[Folded]]:
    """The runs of each of some articles, less what anybody decided is its own; of those that were looked at."""
    decided = decisions(connection, article_ids)
    return {key: left(found, decided.get(key, ())) for key, found in known(connection, article_ids).items()}


def decisions(connection: Connection, article_ids: Sequence[str]) -> dict[str, list[tuple[int, int]]]:
    """The spans of each of some articles of which anybody decided that they are its own text."""
    rows = connection.exec_driver_sql(
        'SELECT article_id, start, "end" FROM annotation WHERE kind = ? AND withdrawn IS NULL AND start IS NOT NULL'
        " AND article_id IN (SELECT value FROM json_each(?)) ORDER BY article_id, start",
        (Kind.FOLD.value, orjson.dumps(list(article_ids)).decode()),
    )
    found: dict[str, list[tuple[int, int]]] = {}
    for article_id, start, end in rows:
        found.setdefault(article_id, []).append((start, end))
    return found


def enter(
    connection: Connection, texts: Mapping[str, str], found: Mapping[str, Sequence[Folded]] | None = None
) -> None:
    """Keep what the rules find in articles, by their ids; `found` is that, if it is known already."""
    rows = []
    for article_id, text in texts.items():
        runs = folded(text) if found is None else found[article_id]
        kept = [[run.start, run.end, run.count, count_words(text[run.start : run.end]), *run.kinds] for run in runs]
        rows.append((article_id, RULES, orjson.dumps(kept).decode()))
    if rows:
        connection.exec_driver_sql(
            "INSERT OR REPLACE INTO folding (article_id, rules, runs, words) VALUES (?, ?, ?, 0)", rows
        )
