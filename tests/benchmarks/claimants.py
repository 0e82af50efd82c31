"""How right the proposed claimants are: on gold of our own, beside the nearest name and beside what a guess would be.

A proposal is *right* if it names the kind, the claimant and the very span that gold has; for the article itself
its kind is all. *Name* asks for the claimant alone, *span* for the source alone. What gold calls unclear counts
against precision if anything is proposed. The baseline takes the person or organisation that stands nearest to the
claim in its paragraph, and the article itself where there is none.

`development.txt` was in view while the rules were made; `test.txt` was written before them and only ever scored.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from time import perf_counter

from store.attribution.proposing import propose
from store.attribution.records import ClaimantKind, Proposal, Rule, Sure
from store.entities.layers import Layers
from store.records import Entity
from store.text.paragraphs import paragraphs
from tests.benchmarks import claimant_gold, gold, quality
from tests.benchmarks.claimant_gold import Claim, Marked

Proposer = Callable[[str, tuple[int, int], Sequence[Entity]], Proposal | None]


@dataclass(frozen=True, slots=True)
class Score:
    """How right some proposals are, in percent of those made, and of those that gold has."""

    claims: int
    attributed: int
    """Of these claims, the ones that somebody else makes than the article."""
    proposed: int
    precision: float
    recall: float
    name: float
    """Claimants named right, of those that gold has."""
    span: float
    """Sources at the very span, of those that gold has."""
    kind: float
    """Kinds that are right, of those proposed."""


def names_of(texts: Sequence[Marked]) -> list[list[Entity]]:
    """The names that postil's own pipeline finds in each text."""
    return quality.read([gold.Document(one.text, []) for one in texts], Layers()).names


def nearest(text: str, claim: tuple[int, int], names: Sequence[Entity]) -> Proposal | None:
    """The baseline: the person or organisation nearest to the claim, in its paragraph."""
    start, end = next(span for span in paragraphs(text, 0, len(text)) if span[0] <= claim[0] < span[1])
    near = [one for one in names if one.label in ("PERSON", "ORG") and start <= one.start < end]
    if not near:
        return Proposal(ClaimantKind.AUTHOR, "", None, None, Rule.NOBODY, Sure.FAIR)
    found = min(near, key=lambda one: max(claim[0] - one.start, one.end - claim[1], 0))
    return Proposal(
        ClaimantKind.NAMED, text[found.start : found.end], (found.start, found.end), None, Rule.BESIDE, Sure.FAIR
    )


def proposals(
    texts: Sequence[Marked], names: Sequence[Sequence[Entity]], proposer: Proposer
) -> Iterator[tuple[Marked, Claim, Proposal | None]]:
    """What is proposed of every claim."""
    for marked, found in zip(texts, names, strict=True):
        for claim in marked.claims:
            yield marked, claim, proposer(marked.text, (claim.start, claim.end), found)


def is_right(claim: Claim, proposal: Proposal) -> bool:
    """Whether a proposal is what gold has."""
    if proposal.kind != claim.kind:
        return False
    return claim.kind == "author" or (named_right(claim, proposal) and proposal.source == claim.source)


def named_right(claim: Claim, proposal: Proposal) -> bool:
    """Whether the claimant's name is the one that gold has."""
    return claim.kind == proposal.kind == "author" or _plain(proposal.claimant) == _plain(claim.claimant)


def score(made: Sequence[tuple[Claim, Proposal | None]]) -> Score:
    """The score of what was proposed of some claims."""
    clear = [(claim, proposal) for claim, proposal in made if claim.kind != "unclear"]
    proposed = [(claim, proposal) for claim, proposal in made if proposal is not None]
    right = sum(is_right(claim, proposal) for claim, proposal in proposed)
    attributed = [(claim, proposal) for claim, proposal in clear if claim.source is not None]
    names = sum(proposal is not None and named_right(claim, proposal) for claim, proposal in attributed)
    spans = sum(proposal is not None and proposal.source == claim.source for claim, proposal in attributed)
    kinds = sum(proposal.kind == claim.kind for claim, proposal in proposed)
    return Score(
        len(made),
        len(attributed),
        len(proposed),
        _percent(right, len(proposed)),
        _percent(right, len(clear)),
        _percent(names, len(attributed)),
        _percent(spans, len(attributed)),
        _percent(kinds, len(proposed)),
    )


def report(*, errors: bool = False) -> Iterator[str]:
    """The lines of the report; with `errors`, each claim of the development texts that is proposed wrong."""
    yield f"{'':26}{'claims':>7}{'made':>6}{'P':>7}{'R':>7}{'name':>7}{'span':>7}{'kind':>7}"
    for file in ("development", "test"):
        texts = claimant_gold.read(claimant_gold.FOLDER / f"{file}.txt")
        names = names_of(texts)
        for proposer in (propose, nearest):
            made = list(proposals(texts, names, proposer))
            what = "postil" if proposer is propose else "nearest name"
            yield _line(f"{file}: {what}", score([(claim, one) for _, claim, one in made]))
            if proposer is not propose:
                continue
            for kind in ("named", "anonymous", "author"):
                yield _line(f"  {kind}", score([(claim, one) for _, claim, one in made if claim.kind == kind]))
            for sure in Sure:
                yield _line(f"  sure: {sure}", score([(c, one) for _, c, one in made if one and one.sure is sure]))
            if errors and file == "development":
                yield from _errors(made)
            rules = Counter(str(one.rule) for _, _, one in made if one is not None)
            yield "  rules: " + ", ".join(f"{rule} {count}" for rule, count in rules.most_common())
    yield from _speed()


def _errors(made: Sequence[tuple[Marked, Claim, Proposal | None]]) -> Iterator[str]:
    for marked, claim, proposal in made:
        wrong = claim.kind != "unclear" if proposal is None else not is_right(claim, proposal)
        if wrong:
            source = marked.text[slice(*claim.source)] if claim.source else ""
            yield f"  {marked.name}: {marked.text[claim.start : claim.end][:70]!r}"
            yield f"      gold {claim.kind} {claim.claimant!r} at {source!r}"
            if proposal is not None:
                said = marked.text[slice(*proposal.source)] if proposal.source else ""
                yield f"      said {proposal.kind} {proposal.claimant!r} at {said!r} ({proposal.rule})"


def _speed() -> Iterator[str]:
    """How long one proposal takes, in a short text and in a very long one."""
    texts = claimant_gold.read(claimant_gold.FOLDER / "development.txt")
    short = "\n".join(one.text for one in texts)
    long = short * (1 + 10_000_000 // len(short))
    for text in (short, long):
        middle = text.index("\n", len(text) // 2) + 1
        times = []
        for _ in range(20):
            started = perf_counter()
            propose(text, (middle, middle + 80))
            times.append(perf_counter() - started)
        yield f"{len(text):,} code points: {1000 * sorted(times)[10]:.1f} ms a proposal"


def _line(what: str, one: Score) -> str:
    attributed = (one.name, one.span) if one.attributed else (None, None)
    values = (one.precision, one.recall, *attributed, one.kind)
    cells = "".join(f"{'-':>7}" if value is None else f"{value:7.1f}" for value in values)
    return f"{what:26}{one.claims:7}{one.proposed:6}{cells}"


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold().removeprefix("the ")


def _percent(count: int, of: int) -> float:
    return 100 * count / max(1, of)
