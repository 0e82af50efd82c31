"""Gold entities: what each annotator says are the names of an article, for whatever learns from them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from store.entities import decisions, gold, index, rules
from store.entities.gold import Standing
from store.records import Annotation, Found, Rule


@dataclass(frozen=True, slots=True)
class GoldEntity:
    """One name that a person vouches for."""

    start: int
    """Code point in the article's text."""
    end: int
    label: str
    annotator: str
    """Who decided, or made the rule."""
    decision: str
    """`accept`, `relabel`, `border`, `add` or `rule`."""
    id: str
    """The decision's id, or the rule's."""
    pipeline: str | None
    """Name and version of the pipeline that predicted something there, if one did."""


def gold_entities(session: Session, article_id: str, text: str, *, annotator: str | None = None) -> list[GoldEntity]:
    """The gold entities of an article in a view of the library, in text order: those of one annotator never overlap.

    Args:
        session: the view.
        article_id: the article.
        text: its text.
        annotator: the name of the annotator whose they are; None gives everybody's, annotator by annotator.
    """
    found = index.read_last(session.connection(), article_id)
    decided, standing = decisions.of_article(session, article_id), rules.standing(session, article_id)
    everybody = of_everybody(text, article_id, found, decided, standing)
    return [one for one in everybody if annotator in (None, one.annotator)]


def of_everybody(
    text: str, article_id: str, found: Sequence[Found], decided: Iterable[Annotation], standing: Iterable[Rule]
) -> Iterator[GoldEntity]:
    """The same from what was read already: what one pipeline said, everybody's decisions, everybody's rules."""
    by_annotator: dict[str, tuple[list[Annotation], list[Rule]]] = defaultdict(lambda: ([], []))
    for decision in decided:
        by_annotator[decision.annotator][0].append(decision)
    for rule in standing:
        by_annotator[rule.annotator][1].append(rule)
    for annotator, (own, own_rules) in sorted(by_annotator.items()):
        known = {decision.id: decision for decision in own}
        for name in gold.gold(text, article_id, found, own, own_rules):
            made = known.get(name.source)
            pipeline = None if made is None else made.attributes.get("pipeline")
            yield GoldEntity(
                name.start,
                name.end,
                name.label,
                annotator,
                "rule" if name.standing is Standing.RULED else str(name.standing),
                name.source,
                None if pipeline is None else str(pipeline),
            )
