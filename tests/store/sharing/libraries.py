"""Libraries to merge: one that several people began with, each then going on alone."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from hypothesis import strategies as st

from store.care.copies import copy_to
from store.exchange.exporting import pieces
from store.exchange.selection import Selection
from store.kinds import Grouping, State
from store.library import Library
from store.metadata.fields import Field
from store.records import Article
from tests.conftest import article
from tests.store.helpers import found

REPORT = (
    "The council voted on Monday to close the harbour to heavy ships for a year.\n\n"
    "Fishing crews said that the measure would cost them a third of their income.\n\n"
    "Ada Moreau, who led the inquiry, called the figure “an honest guess”."
)
CORRECTED = REPORT.replace("a third", "a quarter").replace("“an honest guess”", '"an honest guess"')

TEXTS = [REPORT, CORRECTED, "A short text. It has two sentences.", "東京は雨です。👨🏻‍🚒 went home."]
ARTICLES = [article(text, f"{number}.txt") for number, text in enumerate(TEXTS)]

Act = tuple[str, int, int, int]
"""What to do, and three numbers that say where."""

_WHAT = [
    "add", "tag", "tag", "note", "about", "edit", "withdraw", "relate", "undo", "leave", "mark", "queue", "predict",
    "correct", "correct", "as given", "redo", "group", "group", "ungroup", "put away",
]  # fmt: skip

acts: st.SearchStrategy[Sequence[Act]] = st.lists(
    st.tuples(st.sampled_from(_WHAT), *[st.integers(0, 9)] * 3),
    max_size=8,
)
"""What somebody does in a sitting."""


_FIELDS = [Field.TITLE, Field.AUTHOR, Field.URL, Field.LANGUAGE]
_VALUES = {Field.URL: "https://example.org/1", Field.LANGUAGE: "German"}


def work(path: Path, annotator: str, sitting: Sequence[Act]) -> None:
    """Let an annotator do something in the library at `path`."""
    with Library(path, annotator=annotator) as library:
        library.articles.add(ARTICLES[:1])
        for what, one, two, three in sitting:
            _act(library, what, one, two, three)


def _act(library: Library, what: str, one: int, two: int, three: int) -> None:
    here = [each for each in ARTICLES if library.articles.get(each.id)]
    on: Article = here[one % len(here)]
    own = [each for each in library.annotations.of(on.id) if each.annotator_id == library.annotator_id]
    start = (two * 5) % (len(on.text) - 9)
    match what:
        case "add":  # of another page of the same words, which says something else of them
            added = ARTICLES[one % len(ARTICLES)]
            library.articles.add([replace(added, title=f"TITLE {three}", author="İda") if three % 2 else added])
        case "correct":
            name = _FIELDS[two % len(_FIELDS)]
            value = "" if three == 9 and name is not Field.TITLE else _VALUES.get(name, f"{name} {three % 3}")
            if name is not Field.LANGUAGE or value:
                library.metadata.correct([on.id], {name: value})
        case "as given":
            library.metadata.correct([each.id for each in here], {}, _FIELDS[: two % len(_FIELDS)])
        case "tag":
            if not any((each.start, each.end) == (start, start + 8) for each in own):
                library.annotations.tag(on, start, start + 8)
        case "note":
            library.annotations.note(on, (start, start + 3), f"note {three}")
        case "about":
            library.annotations.note(on, None, f"about {three}")
        case "edit" if own:
            library.annotations.edit_note(own[two % len(own)].id, f"edited {three}")
        case "withdraw" if own:
            library.annotations.withdraw(own[two % len(own)].id)
        case "relate" if len(own) > 1 and not library.relations.of(on.id):
            library.relations.relate(own[0].id, own[-1].id, "supports")
        case "undo":
            library.history.undo()
        case "group":
            library.groups.add(Grouping.TAG, f"tag {two % 2}", [on.id])
        case "ungroup" if library.groups.on(Grouping.TAG, [on.id]):
            library.groups.remove(Grouping.TAG, min(library.groups.on(Grouping.TAG, [on.id])), [on.id])
        case "put away":
            library.shelf.archive([on.id])
        case "redo":
            library.history.redo()
        case "leave":
            library.articles.leave(on.id, caret=two, furthest=three)
        case "mark":
            library.reading.mark([on.id], [*State][two % len(State)])
        case "queue":
            library.reading.toggle_queued([on.id])
        case "predict":
            library.predictions.keep(on.id, "pipeline 1", [found(on.text, (on.text[two : two + 2], "ORG"))])


def copy(path: Path, name: str) -> Path:
    """A copy of a library, beside it, that nobody has open."""
    target = path.with_name(name)
    copy_to(path, target)
    return target


def fork(path: Path, name: str) -> Path:
    """A library that begins with what is in the one at `path`, which nobody has open."""
    target = path.with_name(name)
    shutil.copyfile(path, target)
    return target


def merged(path: Path, *others: Path, annotator: str = "ada") -> Path:
    """What comes of merging `others` one after another into a copy of the library at `path`."""
    target = copy(path, f"{path.stem}+{'+'.join(other.stem for other in others)}.db")
    with Library(target, annotator=annotator) as library:
        for other in others:
            library.sharing.merge([other])
    return target


def export(path: Path, annotator: str = "ada") -> bytes:
    """Everything in the library at `path`, as it is exported, with what was withdrawn and taken back."""
    with Library(path, annotator=annotator) as library:
        return b"".join(pieces(library, selection=Selection(withdrawn=True)))
