"""Labels of two schemes in one. What a label means is for the people of a library to settle: ours stays as it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from string import ascii_uppercase
from typing import Any

_SAID = {"key": "its key", "color": "its colour", "guideline": "its guideline", "examples": "its examples"}


@dataclass(frozen=True, slots=True)
class Labels:
    """What becomes of somebody else's labels in our scheme."""

    new: Sequence[Mapping[str, Any]]
    """Labels that ours has not, in their order, with places after ours and keys that are free."""
    differing: Mapping[str, Sequence[str]]
    """Of labels that both have, what they differ in: `its key`, ..."""


def joined(ours: Iterable[Mapping[str, Any]], theirs: Iterable[Mapping[str, Any]]) -> Labels:
    """What becomes of `theirs`; a label is known by its name."""
    here = {label["name"]: label for label in ours}
    keys = {str(label["key"]).casefold() for label in here.values()}
    position = max((label["position"] for label in here.values()), default=0)
    new: list[dict[str, Any]] = []
    differing = {}
    for label in sorted(theirs, key=lambda label: (label["position"], label["name"])):
        known = here.get(label["name"])
        if known is None:
            position += 1
            key = free(label, keys)
            keys.add(key.casefold())
            new.append(dict(label) | {"position": position, "key": key})
        elif different := [said for name, said in _SAID.items() if known[name] != label[name]]:
            differing[label["name"]] = different
    return Labels(new, differing)


def free(label: Mapping[str, Any], taken: set[str]) -> str:
    """The label's key, or a letter of its name, or any letter that no other label has; its key if all are taken."""
    wanted = [label["key"], *label["name"].upper(), *ascii_uppercase]
    return str(next((key for key in wanted if key.isalnum() and key.casefold() not in taken), label["key"]))
