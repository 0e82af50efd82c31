"""Claimants on gold of our own: the gold fits its texts, and what is proposed is as right as it was."""

from __future__ import annotations

import pytest

from store.attribution.proposing import propose
from store.attribution.records import ClaimantKind, Proposal, Rule, Sure
from tests.benchmarks import claimants
from tests.benchmarks.claimant_gold import FOLDER, Claim, read
from tests.benchmarks.claimants import Score, nearest, proposals, score

TEXTS = {name: read(FOLDER / f"{name}.txt") for name in ("development", "test")}


def test_there_is_enough_of_it() -> None:
    claims = [claim for texts in TEXTS.values() for text in texts for claim in text.claims]
    assert (len(claims), sum(map(len, TEXTS.values()))) == (213, 27)
    assert {claim.kind for claim in claims} == {"named", "anonymous", "author", "unclear"}
    for texts in TEXTS.values():
        for text in texts:
            for claim in text.claims:
                assert text.text[claim.start : claim.end].strip()
                assert (claim.source is not None) == (claim.kind in ("named", "anonymous"))


@pytest.fixture(scope="module")
def scores() -> dict[str, tuple[Score, Score]]:
    """Postil's score and the baseline's, with the names that the real pipeline finds."""
    every = claimants.names_of([*TEXTS["development"], *TEXTS["test"]])
    names = {"development": every[: len(TEXTS["development"])], "test": every[len(TEXTS["development"]) :]}

    def made(part: str, proposer: claimants.Proposer) -> Score:
        return score([(claim, one) for _, claim, one in proposals(TEXTS[part], names[part], proposer)])

    return {part: (made(part, propose), made(part, nearest)) for part in TEXTS}


@pytest.mark.parametrize("part", ["development", "test"])
def test_proposals_are_as_right_as_they_were(scores: dict[str, tuple[Score, Score]], part: str) -> None:
    floors = {"development": (98, 98), "test": (92, 89)}[part]
    ours, baseline = scores[part]
    assert ours.precision >= floors[0]
    assert ours.recall >= floors[1]
    assert ours.recall > 2 * baseline.recall


def test_a_score_asks_for_kind_name_and_span() -> None:
    claim = Claim(0, 9, "named", "the Oslo Post", (10, 19))

    def said(kind: ClaimantKind, name: str, source: tuple[int, int] | None) -> Proposal:
        return Proposal(kind, name, source, None, Rule.SAYS, Sure.HIGH)

    right = said(ClaimantKind.NAMED, "Oslo Post", (10, 19))
    wrong_span = said(ClaimantKind.NAMED, "Oslo Post", (6, 19))
    author = said(ClaimantKind.AUTHOR, "", None)
    made = [(claim, right), (claim, wrong_span), (claim, None), (claim, author)]
    unclear = Claim(0, 9, "unclear")
    found = score([*made, (unclear, right), (Claim(0, 9, "author"), author)])
    assert (found.proposed, found.precision, found.recall) == (5, 40, 40)
    assert (found.name, found.span, found.kind) == (50, 25, 60)
