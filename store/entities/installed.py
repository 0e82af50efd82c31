"""Which spaCy pipelines are installed and whether they can be used, told by their metadata without importing spaCy."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

from store.entities.pipelines import PipelineError

FINDERS = frozenset({"ner", "entity_ruler"})
"""Components that find entities: those that the process loads, with what they listen to."""

_LANGUAGE_IN_NAME = re.compile(r"([a-z]{2,3})_\w+")

_SIZES = ("_lg", "_md", "_sm")
"""How the names of pipelines end that run on a processor, those that find most first."""

_USUAL = {
    "en": "en_core_web_sm",
    "zh": "zh_core_web_sm",
} | {
    language: f"{language}_core_news_sm"
    for language in "ca da de el es fi fr hr it ja ko lt mk nb nl pl pt ro ru sl sv uk".split()
}
"""The small pipeline that spaCy offers for a language."""


@dataclass(frozen=True, slots=True)
class Installed:
    """A pipeline that is there."""

    name: str
    """A package, or a folder."""
    language: str
    """Its code, as `de`; `xx` is any."""
    version: str
    components: tuple[str, ...]
    """What it is made of, in order."""
    spacy: str
    """The versions of spaCy that it was made for, as `>=3.8.0,<3.9.0`; empty if it does not say."""
    problem: str = ""
    """Why it cannot be used, as the part of a sentence that follows its name; empty if it can."""

    @property
    def finds_entities(self) -> bool:
        """Whether it has a component for that."""
        return bool(FINDERS.intersection(self.components))


def pipelines(named: tuple[str, ...] = ()) -> list[Installed]:
    """Every pipeline that is installed as a package, by name, and behind them the folders among `named`."""
    from importlib import metadata

    packages = {point.name for point in metadata.entry_points(group="spacy_models")}
    found = [one for name in sorted(packages) if (one := find(name)) is not None]
    folders = dict.fromkeys(name for name in named if name not in packages)
    return found + [one for name in folders if (one := find(name)) is not None]


def find(name: str) -> Installed | None:
    """The pipeline in the package or folder `name`; None if there is none."""
    folder = Path(name) if Path(name).is_dir() else _folder_of_package(name)
    if folder is None:
        return None
    try:
        meta = json.loads((folder / "meta.json").read_text("utf-8"))
        language, version = str(meta["lang"]), str(meta["version"])
        told = "pipeline" in meta
        components = tuple(str(one) for one in meta["pipeline"]) if told else ()
        wanted = str(meta.get("spacy_version") or "")
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return Installed(name, language, version, components, wanted, _problem(components if told else None, wanted))


def spacy_version() -> str:
    """The version of spaCy that is installed."""
    from importlib import metadata

    return metadata.version("spacy")


def require_usable(name: str) -> None:
    """See that a pipeline can be used, as far as its metadata tell; one that is not there is none of our business.

    Raises:
        PipelineError: it needs a newer spaCy, or finds no entities.
    """
    found = find(name)
    if found is not None and found.problem:
        raise PipelineError(f"No names are marked: the pipeline {name} {found.problem}.")


def best_for(language: str) -> Installed | None:
    """The installed package to read texts of a language with; None if none can be used."""
    usable = [one for one in pipelines() if one.language == language and not one.problem]
    return min(usable, key=_rank, default=None)


def language_of(name: str) -> str | None:
    """The language of a pipeline, by what its name says or, if that is silent, what it says itself."""
    said = _LANGUAGE_IN_NAME.fullmatch(name)
    if said:
        return said[1]
    found = find(name)
    return None if found is None else found.language


def usual_for(language: str) -> str | None:
    """The name of the small pipeline that spaCy offers for a language; None if it offers none."""
    return _USUAL.get(language)


def _rank(one: Installed) -> tuple[int, str]:
    size = next((place for place, size in enumerate(_SIZES) if size in one.name), len(_SIZES))
    return size, one.name


def _folder_of_package(name: str) -> Path | None:
    """Where a package is, found without importing it."""
    from importlib.util import find_spec

    if not name.isidentifier():
        return None
    try:
        spec = find_spec(name)
    except (ImportError, ValueError):
        return None
    if spec is None or not spec.submodule_search_locations:
        return None
    return Path(next(iter(spec.submodule_search_locations)))


def _problem(components: tuple[str, ...] | None, wanted: str) -> str:
    """Why it cannot be used; what it does not tell is no reason."""
    if needs_newer(wanted, spacy_version()):
        return f"needs spaCy {wanted}, and {spacy_version()} is installed"
    if components is not None and not FINDERS.intersection(components):
        return "has no component that finds names"
    return ""


def needs_newer(wanted: str, installed: str) -> bool:
    """Whether a range of versions lies above the one that is installed. One that lies below is tried: it mostly works.

    Args:
        wanted: as `>=3.8.0,<3.9.0`; what cannot be read is no reason to refuse.
        installed: as `3.8.7`.
    """
    from packaging.specifiers import InvalidSpecifier, SpecifierSet
    from packaging.version import Version

    try:
        parts = SpecifierSet(wanted)
    except InvalidSpecifier:
        return False
    have = Version(installed)
    lowest = [
        Version(part.version) for part in parts if part.operator in {">=", ">", "~=", "=="} and "*" not in part.version
    ]
    return not parts.contains(have, prereleases=True) and any(version > have for version in lowest)
