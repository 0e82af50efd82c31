"""The parts of a scheme as records: attributes and relations beside the labels, and all of them together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from store.records import Label


class Type(StrEnum):
    """What an attribute's value is."""

    CHOICE = "choice"
    CHOICES = "choices"
    NUMBER = "number"
    TEXT = "text"
    DATE = "date"
    SPAN = "span"
    URL = "url"


@dataclass(frozen=True, slots=True)
class Attribute:
    """What annotations with some labels may say beside their label."""

    name: str
    """Its key in an annotation's attributes."""
    type: Type
    options: tuple[str, ...] = ()
    """What a choice is made from, in the order of their digits."""
    least: float | None = None
    """The smallest number that it takes."""
    most: float | None = None
    """The greatest."""
    whole: bool = False
    """Whether a number has to be a whole one."""
    required: bool = False
    """Whether an annotation is not complete without it."""
    labels: tuple[str, ...] = ()
    """The labels whose annotations have it; empty for every label."""
    guideline: str = ""

    def applies_to(self, label: str | None) -> bool:
        """Whether annotations with the label have it."""
        return label is not None and (not self.labels or label in self.labels)


@dataclass(frozen=True, slots=True)
class RelationType:
    """What annotations with some labels may be to others."""

    name: str
    key: str
    """The key that makes it."""
    sources: tuple[str, ...] = ()
    """The labels that it may lead from; empty for every label."""
    targets: tuple[str, ...] = ()
    """The labels that it may lead to; empty for every label."""
    guideline: str = ""

    def allows(self, source: str | None, target: str | None) -> bool:
        """Whether it may lead from an annotation with the label `source` to one with `target`."""
        return (not self.sources or source in self.sources) and (not self.targets or target in self.targets)


@dataclass(frozen=True, slots=True)
class Definition:
    """A whole scheme, each part in its order."""

    labels: Sequence[Label] = ()
    attributes: Sequence[Attribute] = ()
    relations: Sequence[RelationType] = ()

    def of_label(self, label: str | None) -> list[Attribute]:
        """The attributes that annotations with the label have."""
        return [attribute for attribute in self.attributes if attribute.applies_to(label)]

    def attribute(self, name: str) -> Attribute | None:
        """The attribute of that name."""
        return next((attribute for attribute in self.attributes if attribute.name == name), None)
