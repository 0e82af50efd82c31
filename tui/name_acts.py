"""The acts on names: decisions on one place, and rules for all places of the same words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from store.entities.gold import Decision
from store.records import Annotation, Entity, Rule
from tui.acts import Acted, ArticleActs
from tui.reading.page import Span

if TYPE_CHECKING:
    from store.library import Library


class NameActs(ArticleActs):
    """What one annotator does to one article, its names included."""

    async def decide(self, what: Decision, span: Span, label: str, predicted: Entity | None, pipeline: str) -> None:
        """Decide on one name."""
        article = self._article
        changed = await self._hand(
            lambda library: library.decisions.decide(article, what, span, label, predicted=predicted, pipeline=pipeline)
        )
        self._listener.post_message(Acted("", changed))

    async def rule_here(self, words: str, label: str | None, at: Span, said: str) -> Rule:
        """Decide on the same words wherever they stand in the article; the decision `at` one of them gives way."""
        article_id = self._article.id

        def do(library: Library) -> tuple[Rule, Sequence[Rule], dict[str, Annotation | None]]:
            rule, changed = library.rules.add(words, label, article_id=article_id, at=at)
            return rule, library.rules.all(article_id), dict(changed)

        rule, rules, changed = await self._hand(do)
        self._listener.post_message(Acted(said, changed, rules=rules))
        return rule

    async def rule_everywhere(self, rule_id: str, said: str) -> None:
        """Let a rule of this article hold in every one."""
        article_id = self._article.id

        def do(library: Library) -> Sequence[Rule]:
            library.rules.everywhere(rule_id)
            return library.rules.all(article_id)

        rules = await self._hand(do)
        self._listener.post_message(Acted(said, rules=rules))
