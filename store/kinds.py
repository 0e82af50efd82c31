"""The closed sets of words that columns, records and options are made of, apart: the first frame needs some."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What an annotation is."""

    CLAIM = "claim"
    NOTE = "note"
    HIGHLIGHT = "highlight"
    ENTITY = "entity"
    FOLD = "fold"
    """A decision that what looks like page furniture or a repeat is the article's own text."""
    SETTLED = "settled"
    """A decision that an annotation of another version of the text stays there: it is not shown on this one again."""


DECISIONS = frozenset({Kind.ENTITY, Kind.FOLD, Kind.SETTLED})
"""Decisions on what a model or the rules found: not shown as annotations, and exported as what they decide."""


class State(StrEnum):
    """How far an annotator is with an article."""

    UNREAD = "unread"
    READING = "reading"
    DONE = "done"
    SKIPPED = "skipped"


class Grouping(StrEnum):
    """What brings articles together."""

    TAG = "tag"
    """A word on an article."""
    COLLECTION = "collection"
    """What an article is read for: a project, a topic."""


class Order(StrEnum):
    """What a list of articles is sorted by."""

    TITLE = "title"
    ADDED = "added"
    """The newest first."""
    PUBLISHED = "published"
    """The newest first, as the sources write their dates; then those without one."""
    WORDS = "words"
    """The longest first."""
    STATE = "state"
    """Those that are being read, those that were never opened, those that are done, those that were skipped."""
    READ = "read"
    """The one that was read last first; then those that were never opened."""


class Why(StrEnum):
    """Why two texts are said to be versions of one."""

    URL = "url"
    """They were found at the same address."""
    ITEM = "item"
    """They were the same item of a feed."""
    PATH = "path"
    """They were read from the same file."""
    ALIKE = "alike"
    """They share most of their paragraphs."""


class Fate(StrEnum):
    """What became of the words of an annotation in another version of its text."""

    ORPHANED = "orphaned"
    """They are not there."""
    CHANGED = "changed"
    """Other words stand in their place, but for a few."""
    MOVED = "moved"
    """They are there, and other words around them."""
    SAME = "same"
    """They are there, and so are those around them."""


class Subject(StrEnum):
    """What sort of thing a note stands on while it is written."""

    SPAN = "span"
    """Words that have no note of the annotator's yet."""
    ARTICLE = "article"
    """A whole article that has none."""
    ANNOTATION = "annotation"
    RELATION = "relation"
