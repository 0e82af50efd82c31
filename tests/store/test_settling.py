"""What stands on another version is taken over, placed by hand or left: one step each, and the other stays as it is."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from store.entities.gold import Decision
from store.errors import AnnotationError
from store.kinds import Fate, Kind
from store.library import Library
from store.records import Annotation, Article
from store.sharing.snapshot import share
from tests.conftest import article
from tests.store.helpers import copied

TEXT = (
    "The mill was built in 1815 by two brothers, and it burned twice in the years that followed the war.\n\n"
    "Ada Moreau sold it to the town for a pound, which the council of sold it to the town an honest price.\n\n"
    "Nobody lives there any more. The roof is open, and birds nest in the beams of the upper floor."
)
CHANGED = "A correction was made.\n\n" + TEXT.replace("in 1815", "in 1816").replace("Nobody lives there any more. ", "")


def at_one_place(text: str, name: str) -> Article:
    return dataclasses.replace(article(text, name), url="https://example.org/mill")


OLD, NEW = at_one_place(TEXT, "old.txt"), at_one_place(CHANGED, "new.txt")


def tag(library: Library, words: str, label: str = "CLAIM") -> Annotation:
    start = TEXT.index(words)
    return library.annotations.tag(OLD, start, start + len(words), label)


@pytest.fixture(autouse=True)
def _articles(library: Library) -> None:
    library.articles.add([OLD])
    library.articles.add([NEW])


def fates(library: Library) -> dict[str, Fate]:
    return {one.annotation.quote: one.fate for one in library.settling.open(NEW.id)}


def test_the_most_doubtful_come_first(library: Library) -> None:
    tag(library, "sold it to the town")
    tag(library, "Nobody lives there any more.")
    tag(library, "The mill was built in 1815 by two brothers")
    tag(library, "The roof is open, and birds nest")
    assert list(fates(library).items()) == [
        ("Nobody lives there any more.", Fate.ORPHANED),
        ("The mill was built in 1815 by two brothers", Fate.CHANGED),
        ("The roof is open, and birds nest", Fate.MOVED),
        ("sold it to the town", Fate.SAME),
    ]


def test_straight_quotes_and_other_spaces_are_no_change(library: Library) -> None:
    curly, straight = (at_one_place(TEXT.replace("honest", f"{a}honest{b}") + n, f"{n}.txt") for a, b, n in
                       (("“", "”", ""), ('"', '"', " ")))  # fmt: skip
    library.articles.add([curly, straight])
    library.annotations.tag(curly, curly.text.index("“"), curly.text.index("”") + 1)
    (one,) = (one for one in library.settling.open(straight.id) if one.annotation.quote == "“honest”")
    assert (one.fate, straight.text[one.start : one.end]) == (Fate.SAME, '"honest"')


def test_what_is_taken_over_keeps_its_note_attributes_and_relations(library: Library) -> None:
    claim, source = tag(library, "sold it to the town for a pound"), tag(library, "Ada Moreau", "SOURCE")
    start = TEXT.index("Ada Moreau")
    claimant = {"quote": "Ada Moreau", "start": start, "end": start + 10}
    library.annotations.edit_note(claim.id, "for a pound?")
    library.annotations.set_attributes(claim.id, {"verdict": "supported", "claimant_span": claimant})
    library.relations.relate(claim.id, source.id, "attributed_to")
    copies = {one.label: one for one in library.settling.take(NEW, library.settling.open(NEW.id))}
    moved = CHANGED.index("Ada Moreau")
    assert copies["CLAIM"].note == "for a pound?"
    assert copies["CLAIM"].attributes == {
        "verdict": "supported", "claimant_span": {"quote": "Ada Moreau", "start": moved, "end": moved + 10},
    }  # fmt: skip
    (relation,) = library.relations.of(NEW.id)
    assert (relation.source_id, relation.target_id) == (copies["CLAIM"].id, copies["SOURCE"].id)
    assert library.settling.open(NEW.id) == library.settling.open(OLD.id) == []
    assert len(library.annotations.of(OLD.id)) == 2


def test_a_relation_is_joined_again_when_its_other_end_comes_later(library: Library) -> None:
    claim, source = tag(library, "sold it to the town for a pound"), tag(library, "Ada Moreau", "SOURCE")
    library.relations.relate(claim.id, source.id, "attributed_to")
    first, second = library.settling.open(NEW.id)
    library.settling.take(NEW, [first])
    (half,) = (one for one in library.relations.of(NEW.id))
    assert {half.source_id, half.target_id} & {claim.id, source.id}
    library.settling.take(NEW, [second])
    (whole,) = library.relations.of(NEW.id)
    assert whole.id == half.id
    assert not {whole.source_id, whole.target_id} & {claim.id, source.id}


def test_everything_certain_is_taken_over_in_one_step(library: Library) -> None:
    for words in ("it burned twice in the years", "Nobody lives there any more.", "birds nest in the beams"):
        tag(library, words)
    library.annotations.note(OLD, None, "on all of it")
    name = TEXT.index("Ada Moreau")
    library.decisions.decide(OLD, Decision.ADD, (name, name + 10), "PERSON")
    assert len(library.settling.take_certain(NEW)) == 4
    assert fates(library) == {"Nobody lives there any more.": Fate.ORPHANED}
    (decision,) = (one for one in library.annotations.of(NEW.id) if one.kind is Kind.ENTITY)
    assert decision.quote == "Ada Moreau"
    library.history.undo()
    assert len(fates(library)) == 5
    assert library.annotations.of(NEW.id) == []
    library.history.redo()
    assert len(fates(library)) == 1


def test_what_is_placed_by_hand_stands_there(library: Library) -> None:
    gone = tag(library, "Nobody lives there any more.")
    start = CHANGED.index("The roof is open")
    placed = library.settling.place(NEW, gone.id, [(start, start + len("The roof is open"))])
    assert (placed.quote, placed.label) == ("The roof is open", "CLAIM")
    assert fates(library) == {}
    assert library.settling.open(OLD.id) == []  # a copy does not come back to what it was made of
    with pytest.raises(AnnotationError, match="marked these words"):
        library.settling.place(NEW, gone.id, [(start, start + 4)])
    library.annotations.withdraw(placed.id)
    assert list(fates(library)) == ["Nobody lives there any more."]
    assert library.settling.place(NEW, gone.id, [(start, start + 8)]).id == placed.id


def test_what_is_left_is_not_asked_about_again_until_it_is_undone(library: Library) -> None:
    gone = tag(library, "Nobody lives there any more.")
    library.settling.leave(NEW.id, [gone.id])
    assert fates(library) == {}
    assert library.annotations.carried(NEW.id) == []
    library.history.undo()
    assert list(fates(library)) == ["Nobody lives there any more."]
    library.history.redo()
    assert fates(library) == {}


def test_each_annotator_settles_for_themselves(library: Library, library_path: Path) -> None:
    claim = tag(library, "it burned twice in the years")
    with Library(library_path, annotator="bob") as bobs:
        (one,) = bobs.settling.open(NEW.id)
        (copy,) = bobs.settling.take(NEW, [one])
        assert (copy.annotator, copy.quote) == ("bob", claim.quote)
        assert bobs.settling.open(NEW.id) == []
    assert list(fates(library)) == [claim.quote]


def test_the_same_taken_over_in_two_libraries_is_one_after_a_merge(library: Library, tmp_path: Path) -> None:
    tag(library, "it burned twice in the years")
    share(library.path, tmp_path / "before.db")
    with copied(tmp_path / "before.db") as elsewhere:
        assert len(elsewhere.settling.take_certain(NEW)) == 1
        share(elsewhere.path, tmp_path / "after.db")
    library.settling.take_certain(NEW)
    library.sharing.merge([tmp_path / "after.db"], same_person="ada")
    assert len(library.annotations.of(NEW.id)) == 1


def test_of_three_versions_the_last_copy_is_shown_and_not_what_it_was_made_of(library: Library) -> None:
    tag(library, "it burned twice in the years")
    library.settling.take_certain(NEW)
    third = at_one_place(CHANGED.replace("upper floor", "upper floors"), "third.txt")
    library.articles.add([third])
    (one,) = library.settling.open(third.id)
    assert one.annotation.article_id == NEW.id
