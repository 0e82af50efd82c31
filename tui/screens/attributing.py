"""Who makes the claim under the caret: proposed from the words around it, shown as a proposal, taken by one key.

It is worked out in a thread, a moment after the caret has come to rest: no key waits for it but the one that takes it.
"""

from __future__ import annotations

import asyncio
from abc import abstractmethod
from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import work
from textual.message import Message
from textual.timer import Timer

from store.attribution import saying
from store.attribution.records import AFTER, BEFORE, ClaimantKind, Proposal, Span
from store.records import Annotation
from store.scheme.parts import Attribute
from tui.acts import Acted
from tui.reading import describe
from tui.reading.marks import Layer, Mark
from tui.screens.verbs import Verbs

if TYPE_CHECKING:
    from store.entities.gold import Shown
    from store.scheme.parts import Definition

_REST = 0.12
"""Seconds that the caret rests on a claim before anything is worked out: who goes through a text wants no proposals."""

_MARK = "proposed claimant"
"""Whose marks the proposed source and cue are."""


class Attributing(Verbs):
    """A screen that proposes who makes a claim."""

    _said: str

    class Proposed(Message):
        """It was worked out who makes a claim."""

        def __init__(self, claim: Annotation, proposal: Proposal | None) -> None:
            """Tell of the claim as it was then; None if it would be a guess."""
            self.claim = claim
            self.proposal = proposal
            super().__init__()

        def can_replace(self, message: Message) -> bool:
            """Only the newest matters: it is about the claim that the caret is on."""
            return isinstance(message, Attributing.Proposed)

    def __init__(self) -> None:
        """Nothing is proposed."""
        super().__init__()
        self._scheme: Definition | None = None
        self._asked_about: Annotation | None = None
        """The claim under the caret about which something is or will be proposed."""
        self._proposal: Proposal | None = None
        self._after_act = False
        """Whether it was asked about because it was just tagged or changed."""
        self._said_before = ""
        """What the status line said when the proposal came."""
        self._answered = True
        """Whether what was asked about was worked out."""
        self._resting: Timer | None = None

    @abstractmethod
    def _show_status(self) -> None:
        """Say what the caret is on."""

    @abstractmethod
    def _show_what_applies(self) -> None:
        """Paint the footer again, if other keys apply than before."""

    @property
    def is_working_out(self) -> bool:
        """Whether something about the claim under the caret may yet be proposed."""
        return not self._answered

    # When

    def on_reading_pane_moved(self) -> None:
        """Ask about the claim under the caret, when the caret has come to rest."""
        self._ask(_REST)

    def on_acted(self, _: Acted) -> None:
        """Ask about what was just tagged."""
        self.call_later(self._ask, 0.0)  # when the screen has put it into its notebook

    def _ask(self, rest: float) -> None:
        claim = self._open_claim()
        if claim == self._asked_about:
            return
        self._drop()
        self._asked_about = claim
        self._answered = claim is None
        self._after_act = not rest
        if claim is not None and rest:
            self._resting = self.set_timer(rest, self._work_out)
        elif claim is not None:
            self._work_out()

    def _drop(self) -> None:
        """Propose nothing any more."""
        if self._resting is not None:
            self._resting.stop()
            self._resting = None
        self._asked_about = None
        self._answered = True
        if self._proposal is not None:
            self._proposal = None
            self.pane.marks.remove(_MARK)
            self.pane.marks_changed()
            self._show_status()
            self._show_what_applies()

    def _open_claim(self) -> Annotation | None:
        """The innermost annotation of one's own under the caret that does not say yet who makes it."""
        if self._scheme is None:
            return None
        for mark in self.pane.marks.at(self.pane.caret):
            found = self._notebook.get(mark.id)
            if found is not None and found.annotator_id == self._annotator_id and self._is_open(found):
                return found
        return None

    def _is_open(self, annotation: Annotation) -> bool:
        return saying.is_open(annotation, self._attributes_of(annotation))

    def _attributes_of(self, annotation: Annotation) -> Sequence[Attribute]:
        return self._scheme.of_label(annotation.label) if self._scheme is not None else ()

    # Working it out

    @work(exclusive=True, group="propose")
    async def _work_out(self) -> None:
        claim = self._asked_about
        if claim is not None:
            self.post_message(self.Proposed(claim, await self._proposal_of(claim)))

    async def _proposal_of(self, claim: Annotation) -> Proposal | None:
        """Who makes a claim, worked out in a thread from the names that are known here by now."""
        assert claim.start is not None
        assert claim.end is not None
        text, author, span = self.article.text, self.article.author, (claim.start, claim.end)
        near = max(0, claim.start - BEFORE), min(len(text), claim.end + AFTER)
        names = self.pane.marks.names.within(near)
        return await asyncio.to_thread(_propose, text, span, names, author)

    def on_attributing_proposed(self, message: Proposed) -> None:
        """Show it, if the caret is still there."""
        if message.claim != self._asked_about or message.claim != self._open_claim():
            return
        self._answered = True
        self._proposal, self._said_before = message.proposal, self._said if self._after_act else ""
        if message.proposal is None:
            return
        spans = sorted({span for span in (message.proposal.source, message.proposal.cue) if span is not None})
        self.pane.marks.add([Mark(*span, Layer.PROPOSAL, "proposed", _MARK, "?") for span in spans])
        self.pane.marks_changed()
        self._show_status()
        self._show_what_applies()

    def _proposed_beside(self, said: str) -> str:
        """The words, if nothing is said, or what was said when the proposal came: that the claim is tagged."""
        return self._proposed_words() if said in ("", self._said_before) else ""

    def _proposed_words(self) -> str:
        """The key that takes it, who is proposed, and by which words: `i: claimant Ada Moreau, “said”?`."""
        proposal = self._proposal
        if proposal is None:
            return ""
        text = self.article.text
        who = describe.short(proposal.claimant) if proposal.claimant else ""
        if proposal.kind is ClaimantKind.AUTHOR:
            who = f"the article itself ({who})" if who else "the article itself"
        elif proposal.kind is ClaimantKind.ANONYMOUS:
            who = f"{who} (no name)"
        cue = f", “{describe.short(text[slice(*proposal.cue)])}”" if proposal.cue is not None else ""
        return f"i: claimant {who}{cue}?"

    # Taking it

    async def action_take_claimant(self) -> None:
        """Take who is proposed to make the claim under the caret; if nobody is yet, wait for the proposal."""
        self.pane.take_count()
        await self._saving.settled()  # `c` and `i` may come in one burst
        claim = self._open_claim()
        if claim is None:
            self._say("There is no claim of yours here that does not say yet who makes it: c tags one.")
        else:
            await self._take(claim)

    async def _take(self, claim: Annotation) -> None:
        shown = self._proposal if claim == self._asked_about else None
        proposal = shown or await self._proposal_of(claim)
        if proposal is None:
            self._say("The words around this do not tell who makes it: enter looks into it, and types a name.")
        else:
            self._act(self._acts.attribute(claim.id, proposal))


def _propose(text: str, claim: Span, names: Sequence[Shown], author: str | None) -> Proposal | None:
    from store.attribution.proposing import propose  # its words and rules, which the first frame does not need

    return propose(text, claim, names, author)
