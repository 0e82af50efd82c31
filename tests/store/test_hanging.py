"""What hangs on a claim, here and in other articles, and relating it to words that nobody tagged yet."""

from __future__ import annotations

import pytest

from store.errors import AnnotationError
from store.hanging import Link
from store.library import Library
from tests.conftest import article

HERE = article("Crews lost a third of their income. Nobody knows why.")
THERE = article("The office published its figures on Monday.", "there.txt")


@pytest.fixture
def claim(library: Library) -> str:
    library.articles.add([HERE, THERE])
    return library.annotations.tag(HERE, 0, 35).id


def test_what_hangs_on_a_claim_is_told_with_its_other_ends(library: Library, claim: str) -> None:
    other = library.annotations.tag(HERE, 36, 53).id
    far = library.annotations.tag(THERE, 4, 10, "EVIDENCE").id
    library.relations.relate(claim, other, "same_as")
    library.relations.relate(far, claim, "supports")
    told = [
        (one.relation.label, one.outgoing, one.other.quote, one.article_title == THERE.title)
        for one in library.web.of(claim)
    ]
    assert told == [("same_as", True, "Nobody knows why.", False), ("supports", False, "office", True)]
    assert [one.other.id for one in library.web.of(far)] == [claim]
    library.relations.withdraw(library.web.of(far)[0].relation.id)
    assert library.web.of(far) == []


def test_words_are_tagged_and_related_in_one_act(library: Library, claim: str) -> None:
    tagged = library.web.relate_to_span(claim, THERE, [(4, 10)], "EVIDENCE", Link("supports", outgoing=False))
    (hanging,) = library.web.of(claim)
    assert (hanging.other.id, hanging.relation.source_id, hanging.relation.target_id) == (tagged.id, tagged.id, claim)
    library.history.undo()
    assert (library.web.of(claim), library.annotations.of(THERE.id)) == ([], [])
    library.history.redo()
    assert len(library.web.of(claim)) == len(library.annotations.of(THERE.id)) == 1


def test_nothing_is_tagged_where_nothing_can_be_related(library: Library, claim: str) -> None:
    library.annotations.withdraw(claim)
    with pytest.raises(AnnotationError, match="not there any more"):
        library.web.relate_to_span(claim, THERE, [(4, 10)], "EVIDENCE", Link("supports", outgoing=False))
    assert library.annotations.of(THERE.id) == []
