"""Rules about names: made, changed, withdrawn, and how far one reaches. Each act is one transaction with its entry."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import sqlalchemy
from sqlalchemy import func, literal_column
from sqlmodel import Session, col, select

from store import history, models
from store.clock import new_key, now
from store.database import Database
from store.entities import matching
from store.entities.decisions import Changed, Decisions
from store.errors import RuleError
from store.models import table
from store.records import Reach, Rule
from store.rows import rule_record
from store.shelf.putting_away import kept

_COUNTED = 100_000
"""Places that are counted; a rule with more has too many to tell apart."""

_NO_SPACES = "*[぀-ヿ㐀-䶿一-鿿豈-﫿]*"
"""GLOB for words of a script without spaces, which the full text index takes for one long word."""


class Rules:
    """The rules of a library, made and changed on behalf of one annotator."""

    def __init__(self, database: Database, annotator_id: str) -> None:
        """Read everybody's rules in `database`; make and change those of one annotator."""
        self._database = database
        self._annotator_id = annotator_id
        self._decisions = Decisions(database, annotator_id)

    def all(self, article_id: str | None = None) -> list[Rule]:
        """Everybody's rules that stand, by their words; with an article, those that hold in it."""
        with self._database.reading() as session:
            return standing(session, article_id)

    def get(self, rule_id: str) -> Rule:
        """The rule with this id, or the one whose id ends with it.

        Raises:
            RuleError: there is none, or there are several.
        """
        found = [rule for rule in self.all() if rule.id == rule_id or (len(rule_id) > 3 and rule.id.endswith(rule_id))]
        if len(found) != 1:
            raise RuleError(f"There is no rule {rule_id}: postil rules lists them." if not found else
                            f"{len(found)} rules could be meant by {rule_id}: write more of its id.")  # fmt: skip
        return found[0]

    def add(
        self,
        pattern: str,
        label: str | None,
        *,
        case_sensitive: bool = True,
        article_id: str | None = None,
        note: str = "",
        at: tuple[int, int] | None = None,
    ) -> tuple[Rule, Changed]:
        """Decide what a name is, or with None that it is none, in one article or in every one.

        The annotator's rule for the same words in the same scope is changed.

        Args:
            pattern: the words.
            label: what they are.
            case_sensitive: whether `AI` speaks of `Ai` too.
            article_id: where the rule holds; None for every article.
            note: a word about it.
            at: a place in that article at which the annotator's own decision gives way to the rule.

        Returns:
            The rule, and the decisions that were withdrawn for it.

        Raises:
            RuleError: the pattern or the label is none, or the rule is there already.
        """
        with self._database.writing() as session:
            step = new_key()
            changed: Changed = {}
            if at is not None and article_id is not None:
                changed = self._decisions.withdraw_at(session, article_id, at, step)
            row = self._put(session, step, pattern, label, case_sensitive, article_id, note)
            if row is None and not changed:
                raise RuleError("There is such a rule already.")
            row = row or self._same(session, matching.normal(pattern), case_sensitive, article_id)
            assert row is not None
            return rule_record(row, self._name(session)), changed

    def add_all(self, rules: Iterable[tuple[str, str | None, bool, str]]) -> int:
        """Add rules for every article (pattern, label, whether case counts, note) in one act, all or none of them.

        Returns:
            How many are new or were changed.

        Raises:
            RuleError: one of them cannot be a rule.
        """
        with self._database.writing() as session:
            step = new_key()
            return sum(
                self._put(session, step, pattern, label, case_sensitive, None, note) is not None
                for pattern, label, case_sensitive, note in rules
            )

    def everywhere(self, rule_id: str) -> Rule:
        """Let a rule of one article hold in every article.

        If making the rule was the annotator's latest act, this is a part of it: one undo takes back both.

        Raises:
            RuleError: the rule is not there, or is another's.
        """
        with self._database.writing() as session:
            row = self._own(session, rule_id)
            before = history.snapshot(row)
            latest = history.latest_act(session, self._annotator_id)
            step = latest.step if latest is not None and latest.subject_id == rule_id else new_key()
            for other in self._of_pattern(session, row.pattern, bool(row.case_sensitive), None):
                earlier = history.snapshot(other)
                other.withdrawn = other.updated = now()
                history.record(session, "decide", earlier, other, step)
            row.article_id = None
            row.updated = now()
            history.record(session, "decide", before, row, step)
            return rule_record(row, self._name(session))

    def change(self, rule_id: str, *, label: str | None, case_sensitive: bool | None = None) -> Rule:
        """Change what a rule says, and whether case counts.

        Raises:
            RuleError: the rule is not there, is another's, or the label is none.
        """
        with self._database.writing() as session:
            row = self._own(session, rule_id)
            before = history.snapshot(row)
            row.label = checked_label(label)
            row.case_sensitive = row.case_sensitive if case_sensitive is None else int(case_sensitive)
            row.updated = now()
            session.add(row)
            history.record(session, "edit", before, row)
            return rule_record(row, self._name(session))

    def withdraw(self, rule_id: str) -> None:
        """Withdraw a rule; undo brings it back.

        Raises:
            RuleError: the rule is not there, or is another's.
        """
        with self._database.writing() as session:
            row = self._own(session, rule_id)
            before = history.snapshot(row)
            row.withdrawn = row.updated = now()
            session.add(row)
            history.record(session, "withdraw", before, row)

    def reach(self, pattern: str, *, case_sensitive: bool = True, stopped: Callable[[], bool] = lambda: False) -> Reach:
        """In how many places, of how many articles, the words stand. Looks only into articles that have them.

        Args:
            pattern: the words.
            case_sensitive: whether case counts.
            stopped: asked after each article; counting ends when it says so.
        """
        places = articles = words = 0
        with self._database.reading() as session:
            for text, length in _texts_with(session, pattern):
                found = matching.count(text, pattern, case_sensitive, most=_COUNTED - places)
                places += found
                articles += found > 0
                words += length if found else 0
                if places >= _COUNTED or stopped():
                    return Reach(places, articles, more=True, words=words)
        return Reach(places, articles, words=words)

    def _put(
        self,
        session: Session,
        step: str,
        pattern: str,
        label: str | None,
        case_sensitive: bool,
        article_id: str | None,
        note: str,
    ) -> models.Rule | None:
        """Make a rule, or change the one for the same words; None if it is there as it is."""
        pattern, label = checked_pattern(pattern), checked_label(label)
        row = self._same(session, pattern, case_sensitive, article_id)
        before = None if row is None else history.snapshot(row)
        at = now()
        if row is None:
            row = models.Rule(
                id=new_key(), annotator_id=self._annotator_id, pattern=pattern, case_sensitive=int(case_sensitive),
                article_id=article_id, created=at, updated=at,
            )  # fmt: skip
        elif (row.label, row.note) == (label, note or row.note):
            return None
        row.label, row.note, row.updated = label, note or row.note, at
        session.add(row)
        history.record(session, "decide", before, row, step)
        return row

    def _same(self, session: Session, pattern: str, case_sensitive: bool, article_id: str | None) -> models.Rule | None:
        return next(iter(self._of_pattern(session, pattern, case_sensitive, article_id)), None)

    def _of_pattern(
        self, session: Session, pattern: str, case_sensitive: bool, article_id: str | None
    ) -> list[models.Rule]:
        row = models.Rule
        here = col(row.article_id).is_(None) if article_id is None else row.article_id == article_id
        return list(
            session.exec(
                select(row).where(
                    here,
                    col(row.withdrawn).is_(None),
                    row.pattern == pattern,
                    row.case_sensitive == int(case_sensitive),
                    row.annotator_id == self._annotator_id,
                )
            )
        )

    def _own(self, session: Session, rule_id: str) -> models.Rule:
        row = session.exec(select(models.Rule).where(models.Rule.id == rule_id)).first()
        if row is None or row.withdrawn is not None:
            raise RuleError("That rule is not there any more.")
        if row.annotator_id != self._annotator_id:
            owner = session.get_one(models.Annotator, row.annotator_id).name
            raise RuleError(f"That rule belongs to {owner}: only its owner changes it.")
        return row

    def _name(self, session: Session) -> str:
        return session.get_one(models.Annotator, self._annotator_id).name


def standing(session: Session, article_id: str | None = None) -> list[Rule]:
    """Everybody's rules that stand, by their words, but for those of deleted articles; or those that hold in one."""
    rule, annotator = table(models.Rule), table(models.Annotator)
    statement = (
        sqlalchemy.select(rule, annotator.c.name.label("annotator"))
        .join(annotator)
        .where(rule.c.withdrawn.is_(None))
        .order_by(func.lower(rule.c.pattern), rule.c.id)
    )
    here = kept(rule.c.article_id) if article_id is None else rule.c.article_id == article_id
    statement = statement.where(rule.c.article_id.is_(None) | here)
    return [rule_record(row, row.annotator) for row in session.connection().execute(statement)]


def checked_pattern(pattern: str) -> str:
    """The words of a rule as they are kept.

    Raises:
        RuleError: there is no word in them, or they are too long.
    """
    pattern = matching.normal(pattern.encode("utf-8", "replace").decode())
    if not matching.has_a_word(pattern):
        raise RuleError("A rule needs words: there is no letter and no digit in this one.")
    if len(pattern) > matching.LONGEST:
        raise RuleError(f"A rule has no more than {matching.LONGEST} signs: “{pattern[:40]}…” has {len(pattern):,}.")
    return pattern


def checked_label(label: str | None) -> str | None:
    """A label of a rule as it is kept.

    Raises:
        RuleError: it is empty, has spaces in it or signs that cannot be printed.
    """
    if label is None:
        return None
    if not label or not label.isprintable() or " " in label or len(label) > 40:
        raise RuleError(f"{label!r} is no label for a name: write one word, such as PERSON or ORG.")
    return label


def _texts_with(session: Session, pattern: str) -> Iterator[tuple[str, int]]:
    """Text and number of words of the articles that may have the pattern, found by the full text index if it can."""
    article = table(models.Article)
    phrase = '"' + pattern.replace('"', " ") + '"'
    index = sqlalchemy.table("article_words", sqlalchemy.column("rowid"))
    having = literal_column("article_words").op("MATCH")(sqlalchemy.bindparam("phrase", phrase))
    numbers: sqlalchemy.Select[Any] = sqlalchemy.select(sqlalchemy.column("rowid")).select_from(index).where(having)
    statement = sqlalchemy.select(article.c.text, article.c.words).where(article.c.number.in_(numbers))
    if session.connection().scalar(
        sqlalchemy.text("SELECT :pattern GLOB :glob"), {"pattern": pattern, "glob": _NO_SPACES}
    ):
        statement = sqlalchemy.select(article.c.text, article.c.words).where(func.instr(article.c.text, pattern) > 0)
    rows = session.connection().execution_options(stream_results=True).execute(statement.where(kept(article.c.id)))
    return ((row.text, row.words) for row in rows)
