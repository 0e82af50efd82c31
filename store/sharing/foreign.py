"""Somebody else's library, read row by row: each row is one that ours could have made, or is skipped with its reason.

    with open_foreign(path) as foreign:
        for row in foreign.annotations():
            ...
        foreign.skipped

Nothing of it is trusted and nothing in it is run; ours is not touched. Rows that refer to a row which was skipped are
skipped too, so that what comes out holds together.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Set
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from store.articles.found_at import PATH
from store.metadata import laying
from store.metadata.fields import Field
from store.sharing.quarantine import Reader, Unreadable, quarantined
from store.sharing.rows import COLUMNS, Row, Rules, Unfit

MOST_TOLD = 1_000
"""Skipped rows that are kept with their reasons; the others are counted."""

SECONDS = 600.0
"""How long SQLite may be at work on somebody's library."""

_BY_ARTICLE = "article_id, withdrawn, kind, start"
"""The order of an index, so that nothing has to be sorted."""

Found: TypeAlias = Iterator[dict[str, Any]]
"""Rows as dicts with every column that their model has but `number`."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that was not taken."""

    table: str
    """`annotation`, ..."""
    key: str
    """The row's id, or which row it is: short, and safe to show."""
    reason: str
    """A plain half sentence: `its quote is not what stands at 10:25 of the text`."""


class Foreign:
    """Somebody else's library, open to be read; made by `open_foreign` only.

    Each method reads one table from the beginning, and may be called again. A method reads first, for itself, the
    tables that its rows refer to, unless they were read to their end before.
    """

    def __init__(self, reader: Reader) -> None:
        """Read by `reader`."""
        self.path = reader.path
        self.schema = reader.version
        """The schema that the file came with."""
        self.skipped: list[Skipped] = []
        """The first rows that were not taken, of the tables read so far."""
        self.skipped_count: Counter[str] = Counter()
        """How many rows were not taken, by table."""
        self._reader = reader
        self._rules = Rules()
        self._annotators: Set[str] | None = None
        self._lengths: dict[str, int] | None = None
        self._ends: Set[str] | None = None

    def annotators(self) -> Found:
        """The annotators.

        Raises:
            ForeignLibraryError: as with the others, the file turned out damaged, or its time is over.
        """
        fit = set()
        for row in self._table("annotator"):
            try:
                made = self._rules.annotator(row)
            except Unfit as unfit:
                self._skip("annotator", row[0], unfit)
            else:
                fit.add(made["id"])
                yield made
        self._annotators = fit

    def articles(self) -> Found:
        """The articles, with their texts, as their sources give them: what people corrected is for `corrections`."""
        lengths = {}
        originals = self._originals()
        for row in self._table("article"):
            try:
                made = self._rules.article(row)
            except Unfit as unfit:
                self._skip("article", row[0], unfit)
            else:
                lengths[made["id"]] = made["length"]
                laying.put({made["id"]: made}, originals.get(made["id"], ()))
                yield made
        self._lengths = lengths

    def provenances(self) -> Found:
        """How the articles' texts were got."""
        lengths = self._known_lengths()
        for row in self._table("provenance"):
            try:
                made = self._rules.provenance(row, lengths)
            except Unfit as unfit:
                self._skip("provenance", row[0], unfit)
            else:
                yield made

    def corrections(self) -> Found:
        """What people corrected in the articles' metadata, and what they took back."""
        annotators, lengths = self._known_annotators(), self._known_lengths()
        for row in self._table("correction"):
            try:
                made = self._rules.correction(row, lengths, annotators)
            except Unfit as unfit:
                self._skip("correction", row[0], unfit)
            else:
                yield made

    def sources(self) -> Found:
        """The addresses at which the articles' texts were found. Paths are of somebody's own disk, and passed over."""
        lengths = self._known_lengths()
        for row in self._table("source"):
            if row[1] == PATH:
                continue
            try:
                made = self._rules.source(row, lengths)
            except Unfit as unfit:
                self._skip("source", row[0], unfit)
            else:
                yield made

    def labels(self) -> Found:
        """The labels of its scheme."""
        yield from self._scheme("label", self._rules.label)

    def scheme_attributes(self) -> Found:
        """The attributes of its scheme."""
        yield from self._scheme("scheme_attribute", self._rules.scheme_attribute)

    def scheme_relations(self) -> Found:
        """The relations of its scheme."""
        yield from self._scheme("scheme_relation", self._rules.scheme_relation)

    def annotations(self) -> Found:
        """The annotations, withdrawn ones too, grouped by their articles."""
        annotators, lengths = self._known_annotators(), self._known_lengths()
        wanted = self._related()
        fit = set()
        here, text = None, None
        for row in self._table("annotation", order=_BY_ARTICLE):
            if row[1] != here:  # one text at a time
                here = row[1]
                text = self._text(here) if here in lengths else None
            try:
                if text is None:
                    raise Unfit("its article is not in the file or was skipped")
                made = self._rules.annotation(row, text, annotators)
            except Unfit as unfit:
                self._skip("annotation", row[0], unfit)
            else:
                if row[0] in wanted:
                    fit.add(row[0])
                yield made
        self._ends = fit

    def relations(self) -> Found:
        """The relations, withdrawn ones too."""
        annotators, ends = self._known_annotators(), self._known_ends()
        for row in self._table("relation"):
            try:
                made = self._rules.relation(row, annotators, ends)
            except Unfit as unfit:
                self._skip("relation", row[0], unfit)
            else:
                yield made

    def rules(self) -> Found:
        """The rules about names, withdrawn ones too."""
        annotators, lengths = self._known_annotators(), self._known_lengths()
        for row in self._table("rule"):
            try:
                made = self._rules.rule(row, lengths, annotators)
            except Unfit as unfit:
                self._skip("rule", row[0], unfit)
            else:
                yield made

    def memberships(self) -> Found:
        """Which articles have which tags and are in which collections, or were."""
        annotators, lengths = self._known_annotators(), self._known_lengths()
        for row in self._table("membership"):
            try:
                made = self._rules.membership(row, lengths, annotators)
            except Unfit as unfit:
                self._skip("membership", row[0], unfit)
            else:
                yield made

    def reading_states(self) -> Found:
        """How far its readers are."""
        annotators, lengths = self._known_annotators(), self._known_lengths()
        for row in self._table("reading_state"):
            try:
                made = self._rules.reading_state(row, lengths, annotators)
            except Unfit as unfit:
                self._skip("reading_state", row[0], unfit)
            else:
                yield made

    def reading_choices(self) -> Found:
        """What its readers decided about reading the articles."""
        annotators, lengths = self._known_annotators(), self._known_lengths()
        for row in self._table("reading_choice"):
            try:
                made = self._rules.reading_choice(row, lengths, annotators)
            except Unfit as unfit:
                self._skip("reading_choice", row[0], unfit)
            else:
                yield made

    def predictions(self) -> Found:
        """What pipelines said."""
        lengths = self._known_lengths()
        for row in self._table("prediction"):
            try:
                made = self._rules.prediction(row, lengths)
            except Unfit as unfit:
                self._skip("prediction", row[0], unfit)
            else:
                yield made

    def _scheme(self, table: str, rule: Callable[[Row], dict[str, Any]]) -> Found:
        for row in self._table(table):
            try:
                made = rule(row)
            except Unfit as unfit:
                self._skip(table, row[0], unfit)
            else:
                yield made

    def _table(self, table: str, *, order: str = "") -> Iterator[Row]:
        """The rows of a table that can be read at all; what was skipped of it before is forgotten."""
        self.skipped = [one for one in self.skipped if one.table != table]
        del self.skipped_count[table]
        columns = ", ".join(f'"{name}"' for name in COLUMNS[table])
        for row in self._reader.rows(table, columns, order):
            if isinstance(row, Unreadable):
                self._skip(table, row.key, Unfit(row.reason))
            else:
                yield row

    def _skip(self, table: str, key: object, unfit: Unfit) -> None:
        self.skipped_count[table] += 1
        if len(self.skipped) < MOST_TOLD:
            self.skipped.append(Skipped(table, _shown(key), str(unfit)))

    def _text(self, article_id: str) -> str | None:
        found = self._reader.one("SELECT text FROM article WHERE id = ?", article_id)
        return None if found is None else found[0]

    def _known_annotators(self) -> Set[str]:
        if self._annotators is None:
            _exhaust(self.annotators())
        assert self._annotators is not None
        return self._annotators

    def _known_lengths(self) -> dict[str, int]:
        if self._lengths is None:
            _exhaust(self.articles())
        assert self._lengths is not None
        return self._lengths

    def _known_ends(self) -> Set[str]:
        """Of the annotations that relations lead from and to, those that are fit."""
        if self._ends is None:
            _exhaust(self.annotations())
        assert self._ends is not None
        return self._ends

    def _originals(self) -> Mapping[str, list[tuple[str, str, str | None]]]:
        """By article what its source says in the fields that people corrected; a row that says none of it has none."""
        found = defaultdict(list)
        for row in self._reader.rows("correction", ", ".join(COLUMNS["correction"])):
            if isinstance(row, Unreadable):
                continue
            with suppress(Unfit):
                original = self._rules.original(row)
                if original[1] != Field.LANGUAGE:
                    found[original[0]].append(original)
        return found

    def _related(self) -> Set[object]:
        """The ids of the annotations that relations lead from and to; a relation that cannot be read has none."""
        rows = self._reader.rows("relation", "source_id, target_id")
        return {end for row in rows if not isinstance(row, Unreadable) for end in row}


@contextmanager
def open_foreign(path: Path, *, seconds: float = SECONDS) -> Iterator[Foreign]:
    """Somebody else's library, open for the block; older ones come as the newest schema has them.

    Args:
        path: a file that nobody has open; what is read is a copy of it in a private place.
        seconds: how long SQLite may be at work on it, all in all.

    Raises:
        ForeignLibraryError: it is refused; the sentence says why.
    """
    with quarantined(path, seconds=seconds) as reader:
        yield Foreign(reader)


def _exhaust(rows: Found) -> None:
    for _ in rows:
        pass


def _shown(key: object) -> str:
    if not isinstance(key, str):
        return f"a row without an id ({type(key).__name__})"
    return "".join(sign if sign.isprintable() else "�" for sign in key[:64]) or "a row without an id"
