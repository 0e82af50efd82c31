"""Who says it: short texts, the claim in square brackets, and who is proposed by which words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.attribution.people import People, Somebody
from store.attribution.proposing import LONGEST, propose
from store.attribution.records import Proposal, Rule, Sure
from store.records import Entity

PEOPLE = ("Ada Moreau", "Moreau", "Ole Berg", "Berg", "Rosa Lind", "Lind")
PLACES = ("Columbus", "Ohio")
FIRMS = ("Northmoor Water", "Northmoor", "Oslo Post", "Reuters", "World Health Organization", "WHO")


def names_in(text: str) -> list[Entity]:
    """The people and firms of these tests, as a pipeline would have found them."""
    found: dict[int, Entity] = {}
    for words, label in [
        *((one, "PERSON") for one in PEOPLE),
        *((one, "ORG") for one in FIRMS),
        *((one, "GPE") for one in PLACES),
    ]:
        for match in re.finditer(rf"\b{words}\b", text):
            inside = any(one.start <= match.start() < one.end for one in found.values())
            if not inside:
                found[match.start()] = Entity(match.start(), match.end(), label)
    return sorted(found.values(), key=lambda one: one.start)


def proposed(marked: str, names: Sequence[Entity] | None = None, author: str | None = None) -> Proposal | None:
    """What is proposed of the claim in square brackets."""
    start, end = marked.index("["), marked.index("]") - 1
    text = marked.replace("[", "").replace("]", "")
    return propose(text, (start, end), names_in(text) if names is None else names, author)


def said(marked: str) -> tuple[str, str, str, str] | None:
    """Its kind, the claimant, the words that name who it is, and those that attribute it."""
    text = marked.replace("[", "").replace("]", "")
    one = proposed(marked)
    if one is None:
        return None
    source, cue = (text[slice(*span)] if span else "" for span in (one.source, one.cue))
    return str(one.kind), one.claimant, source, cue


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a verb before what it attributes, behind it, and in the middle
        ("[Ada Moreau said that the port was closed.]", ("named", "Ada Moreau", "Ada Moreau", "said")),
        ("[On Monday the mayor, Ole Berg, warned that costs rise.]", ("named", "Ole Berg", "Ole Berg", "warned")),
        ("[The port was closed, Ada Moreau said.]", ("named", "Ada Moreau", "Ada Moreau", "said")),
        ("[The port, Ada Moreau says, was closed.]", ("named", "Ada Moreau", "Ada Moreau", "says")),
        ("[Ole Berg, who heads the union, said the port would close.]", ("named", "Ole Berg", "Ole Berg", "said")),
        ("[Its chairman, Ole Berg, denied that.]", ("named", "Ole Berg", "Ole Berg", "denied")),
        ("[Ole Berg, of Columbus, Ohio, said the port would close.]", ("named", "Ole Berg", "Ole Berg", "said")),
        # turned round
        ('["Closed for good," said Ole Berg, the mayor.]', ("named", "Ole Berg", "Ole Berg", "said")),
        ("[The port is shut, points out Ada Moreau, a pilot.]", ("named", "Ada Moreau", "Ada Moreau", "points out")),
        ('["It is shut," said her neighbour, Rosa Lind.]', ("named", "Rosa Lind", "Rosa Lind", "said")),
        # according to, in a statement, papers
        ("[The port, according to Ada Moreau, is shut.]", ("named", "Ada Moreau", "Ada Moreau", "according to")),
        ('[In a letter, Ole Berg called it "mad".]', ("named", "Ole Berg", "Ole Berg", "called")),
        ("[Northmoor Water's report found no leaks.]", ("named", "Northmoor Water", "Northmoor Water", "found")),
        ("[A report by Northmoor Water found that it rose.]", ("named", "Northmoor Water", "Northmoor Water", "found")),
        ("[A spokesman for Northmoor Water said so many leak.]",
         ("named", "Northmoor Water", "A spokesman for Northmoor Water", "said")),
        # whoever is told is not who tells; who passes on is not who says
        ("[Ole Berg told Reuters that the port was shut.]", ("named", "Ole Berg", "Ole Berg", "told")),
        ("[The port is shut, Ole Berg told Reuters.]", ("named", "Ole Berg", "Ole Berg", "told")),
        ("[Reuters reported that Ole Berg had said the port was shut.]", ("named", "Ole Berg", "Ole Berg", "said")),
        ("[Reuters quoted Ole Berg as saying the port was shut.]", ("named", "Ole Berg", "Ole Berg", "saying")),
        # nobody's name
        ("[Two officials, who asked not to be named, said it was shut.]",
         ("anonymous", "Two officials", "Two officials", "said")),
        ("[Police said the road was open.]", ("anonymous", "Police", "Police", "said")),
        ("[A person close to Northmoor Water said it was shut.]",
         ("anonymous", "A person close to Northmoor Water", "A person close to Northmoor Water", "said")),
        # names in full, and what stands for them
        ("Ada Moreau is the mayor. [Moreau argued that it was shut.]", ("named", "Ada Moreau", "Moreau", "argued")),
        ("Ada Moreau came. [It was shut, she said.]", ("named", "Ada Moreau", "she", "said")),
        ("Northmoor Water has new pipes. [It was all paid, the company said.]",
         ("named", "Northmoor Water", "the company", "said")),
        ("The World Health Organization (WHO) met. [The WHO says it is safe.]",
         ("named", "World Health Organization", "WHO", "says")),
        ("Ole Berg met Rosa Lind. [She said it was shut.]", ("named", "Rosa Lind", "She", "said")),
        ("Mr Lind met Ms Berg. [She said it was shut.]", ("named", "Berg", "She", "said")),
        # quotations over sentences and paragraphs
        ('"It is shut," Ada Moreau said. ["Nobody told us."]', ("named", "Ada Moreau", "Ada Moreau", "said")),
        ("“It is shut,” Ada Moreau said. “Nobody told us.\n\n“[They never do.”]",
         ("named", "Ada Moreau", "Ada Moreau", "said")),
        ('Ada Moreau was angry. ["Nobody told us."]', ("named", "Ada Moreau", "Ada Moreau", "")),
        # the article itself
        ("[The port has two cranes.]", ("author", "", "", "")),
        ("[I think that the port should stay open.]", ("author", "", "", "")),
        ('[The so-called "big crane" is eighty metres tall.]', ("author", "", "", "")),
        ("By Rosa Lind\n\n[The port has two cranes.]", ("author", "Rosa Lind", "", "")),
        # what looks like saying and is not
        ("[The report was long and the claim was paid.]", ("author", "", "", "")),
        ("[Ole Berg added 200 names to the list.]", ("author", "", "", "")),
        ("[When Ada Moreau announced the plan, two hundred people left.]", ("author", "", "", "")),
        ("[No one said it was open.]", ("author", "", "", "")),
        # a guess would be no help
        ('["Nobody told us."]', None),
        ("[The port is said to be shut.]", None),
        ("[The crane allegedly fell on Monday.]", None),
        ("[She said it was shut.]", None),
        # another language, which no rule here knows
        ("[Der Hafen ist seit Montag zu, und das wird auch so bleiben, sagte die Bürgermeisterin am Abend.]", None),
        ("[第二句在这里！]", None),
    ],
)  # fmt: skip
def test_who_says_it(text: str, expected: tuple[str, str, str, str] | None) -> None:
    assert said(text) == expected


def test_the_words_of_a_claim_choose_among_several_attributions() -> None:
    both = "The fund believes that {0}; Ole Berg says that {1}."
    assert said(both.format("[70 is enough]", "it is not")) == ("anonymous", "The fund", "The fund", "believes")
    assert said(both.format("70 is enough", "[it is not]")) == ("named", "Ole Berg", "Ole Berg", "says")


def test_the_speakers_of_an_interview_stand_before_their_paragraphs() -> None:
    text = "Ada Moreau runs the port.\n\nPost: Is it shut?\n\nMoreau: {0}\n\nPost: Why?\n\nMoreau: {1}\n"
    first = proposed(text.format("[Since May.] Yes.", "No money."))
    second = proposed(text.format("Since May.", "There is no money. [The bank said no.]"))
    assert first is not None
    assert second is not None
    assert (first.claimant, first.rule, second.claimant) == ("Ada Moreau", Rule.LABEL, "Ada Moreau")


def test_how_sure_it_is_is_told() -> None:
    plain, followed = proposed("[Ada Moreau said so much.]"), proposed("Ada Moreau came. [It was shut, she said.]")
    assert plain is not None
    assert followed is not None
    assert (plain.sure, plain.rule, followed.sure) == (Sure.HIGH, Rule.SAYS, Sure.FAIR)


def test_a_name_that_no_pipeline_found_counts_as_well() -> None:
    one = proposed("[The port is shut, Ingeborg Tasman said.]", names=[])
    assert one is not None
    assert (one.claimant, one.kind) == ("Ingeborg Tasman", "named")


def test_whoever_is_known_as_the_author_is_believed_before_a_byline() -> None:
    one = proposed("By Rosa Lind\n\n[The port has two cranes.]", author="Ole Berg")
    assert one is not None
    assert one.claimant == "Ole Berg"


def test_a_long_article_is_not_read_whole() -> None:
    class Counted(str):
        """A text that counts how much of it is sliced."""

        __slots__ = ()
        taken = 0

        def __getitem__(self, key: object) -> str:
            piece = str.__getitem__(self, key)  # type: ignore[index]
            Counted.taken += len(piece)
            return piece

    filler = "The port has two cranes and a long wall of grey stone.\n\n" * 40_000
    text = Counted(filler + "The port is shut, Moreau said.\n\n" + filler)
    at = str.index(text, "The port is shut")
    one = propose(text, (at, at + 30), [Entity(at + 18, at + 24, "PERSON")])
    assert one is not None
    assert one.claimant == "Moreau"
    assert Counted.taken < 500_000 < len(text)


def test_many_pronouns_are_not_followed_back_again_and_again(monkeypatch: pytest.MonkeyPatch) -> None:
    work_out, worked_out = People._work_out, []

    def counted(self: People, *arguments: Any) -> Somebody | None:
        worked_out.append(arguments)
        return work_out(self, *arguments)

    monkeypatch.setattr(People, "_work_out", counted)
    line = "It was so, she said, and she added that it was, and she warned that it was late. "
    assert proposed(line * 60 + "[She said it was shut.]") is None
    assert len(worked_out) < 1_000


def test_a_claim_as_long_as_a_chapter_has_no_one_claimant() -> None:
    text = "Ada Moreau said it. " * 400
    assert propose(text, (0, LONGEST + 1), []) is None
    assert propose(text, (5, 5), []) is None


WORDS = st.sampled_from(
    "Ada Moreau she said says , . \" “ ” ' ’ ; : — ( ) that the a report according to by of in who and told Reuters "
    "statement , \n\n \n 7 É 漢 👩‍👩‍👧 's believes claim \t two officials it they was heard".split(" ")
)


@given(st.lists(WORDS, max_size=60), st.integers(0, 400), st.integers(1, 120), st.booleans())
def test_whatever_the_text_a_proposal_lies_in_it(words: list[str], start: int, length: int, known: bool) -> None:
    text = " ".join(words)
    end = min(len(text), start + length)
    one = propose(text, (start, end), names_in(text) if known else [])
    if one is None:
        return
    for span in (one.source, one.cue):
        assert span is None or (0 <= span[0] < span[1] <= len(text) and text[slice(*span)].strip())
    assert (one.source is None) == (one.kind == "author")
    assert one.claimant.strip() or one.kind == "author"
