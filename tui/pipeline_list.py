"""What `postil pipelines` lists: every pipeline that is there or named, and the languages that it reads."""

from __future__ import annotations

from dataclasses import dataclass

from store.entities import installed
from store.entities.choosing import Pipelines
from store.entities.pipelines import PipelineError, identity
from store.text.function_words import NAMES


@dataclass(frozen=True, slots=True)
class Row:
    """A pipeline."""

    name: str
    version: str
    language: str
    """Its code."""
    entities: bool
    """Whether it has a component that finds names."""
    reads: list[str]
    """The languages whose texts it is chosen for; an empty one stands for texts whose language cannot be told."""
    spacy: str
    """The versions of spaCy that it was made for."""
    fits: bool
    """Whether it can be used with the spaCy that is installed."""
    problem: str
    """Why it cannot be used; empty if it can."""


def rows(chosen: Pipelines) -> list[Row]:
    """The pipelines that are installed, and those that the reader names and that are not there."""
    there = installed.pipelines(chosen.named)
    languages = [code for code in NAMES if code != "xx"] + ["", *{one.language for one in there} - NAMES.keys()]
    reads: dict[str, list[str]] = {}
    for language in languages:
        try:
            name = chosen.for_language(language or None).name
        except PipelineError:
            continue
        reads.setdefault(name, []).append(language)
    found = []
    for one in there:
        problem = f"it {one.problem}" if one.problem else ""
        mine = [] if problem else reads.get(one.name, [])
        finds = one.finds_entities
        fits = not installed.needs_newer(one.spacy, installed.spacy_version())
        found.append(Row(one.name, one.version, one.language, finds, mine, one.spacy, fits, problem))
    for name in chosen.named:
        if name not in {one.name for one in there}:
            problem = _why_missing(name)
            found.append(Row(name, "", installed.language_of(name) or "", False, [], "", False, problem))
    return found


def _why_missing(name: str) -> str:
    try:
        identity(name)
    except PipelineError:
        return "it is named in the settings, and is not there"
    return "it is named in the settings, and is no pipeline of spaCy's"
