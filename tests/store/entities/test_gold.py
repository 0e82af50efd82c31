"""Predictions, rules and decisions laid over each other: what is shown, and what is gold."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from store.entities.gold import Decision, Shown, Standing, attributes, core, gold, over, resolve, shown
from store.entities.matching import Matcher
from store.kinds import Kind
from store.records import Annotation, Entity, Found, Rule

TEXT = "Anthropic made AI. Amazon Web Services sells the AI of Amazon."


def at(words: str, label: str = "ORG", nth: int = 0) -> Entity:
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return Entity(start, start + len(words), label)


def said(what: Decision, entity: Entity, predicted: Entity | None = None, *, updated: str = "1") -> Annotation:
    return Annotation(
        id=f"{what} {entity.start}", article_id="a", kind=Kind.ENTITY, label=entity.label, start=entity.start,
        end=entity.end, quote="", note="", annotator="ada", annotator_id="ada's", created="", updated=updated,
        attributes=attributes(what, "model 1", predicted),
    )  # fmt: skip


def rule(pattern: str, label: str | None) -> Rule:
    return Rule(f"rule {pattern}", pattern, label, True, None, "", "ada", "ada's", "2026", "2026")


def names(predictions: list[Entity], decisions: list[Annotation] = [], rules: list[Rule] = []) -> list[str]:  # noqa: B006
    resolved = resolve(TEXT, predictions, decisions, Matcher(rules, "a").within(TEXT, 0, len(TEXT)))
    return [f"{TEXT[one.start : one.end]} {one.label} {one.standing}" for one in resolved.shown]


AI = at("AI", "GPE")


def test_what_nobody_decided_on_is_undecided() -> None:
    assert names([at("Anthropic")]) == ["Anthropic ORG undecided"]


def test_an_accepted_name_is_accepted() -> None:
    assert names([AI], [said(Decision.ACCEPT, AI, AI)]) == ["AI GPE accept"]


def test_a_rejected_name_is_none() -> None:
    assert names([AI], [said(Decision.REJECT, AI, AI)]) == []
    resolved = resolve(TEXT, [AI], [said(Decision.REJECT, AI, AI)])
    assert resolved.hidden == [Shown(AI.start, AI.end, "GPE", Standing.REJECTED, f"reject {AI.start}")]


def test_a_rejection_holds_whatever_another_pipeline_calls_the_place() -> None:
    assert names([at("AI", "ORG")], [said(Decision.REJECT, AI, AI)]) == []


def test_a_relabelled_name_has_its_new_label() -> None:
    assert names([AI], [said(Decision.RELABEL, at("AI", "PRODUCT"), AI)]) == ["AI PRODUCT relabel"]


def test_a_name_with_other_borders_takes_the_place_of_the_predicted_one() -> None:
    short, long = at("Web Services"), at("Amazon Web Services")
    assert names([short], [said(Decision.BORDER, long, short)]) == ["Amazon Web Services ORG border"]
    assert names([long], [said(Decision.BORDER, short, long)]) == ["Web Services ORG border"]


def test_a_missing_name_is_added_and_hides_what_it_lies_over() -> None:
    assert names([at("Web")], [said(Decision.ADD, at("Amazon Web Services"))]) == ["Amazon Web Services ORG add"]


def test_a_decision_holds_when_the_pipeline_says_nothing_any_more() -> None:
    assert names([], [said(Decision.ACCEPT, AI, AI)]) == ["AI GPE accept"]


def test_of_two_decisions_on_one_place_the_newest_counts() -> None:
    yes, no = said(Decision.ACCEPT, AI, AI, updated="1"), said(Decision.REJECT, AI, AI, updated="2")
    assert names([AI], [yes, no]) == names([AI], [no, yes]) == []


def test_a_rule_wins_over_the_pipeline_and_finds_what_it_missed() -> None:
    assert names([AI], [], [rule("AI", "PRODUCT")]) == ["AI PRODUCT rule", "AI PRODUCT rule"]


def test_a_rule_can_say_that_words_are_never_a_name() -> None:
    assert names([AI, at("Anthropic")], [], [rule("AI", None)]) == ["Anthropic ORG undecided"]
    assert names([at("the AI", "ORG")], [], [rule("AI", None)]) == [], "an article makes no other name of it"


def test_a_rule_does_not_cut_a_longer_name() -> None:
    assert names([at("Amazon Web Services")], [], [rule("Amazon", "LOC")]) == [
        "Amazon Web Services ORG undecided",
        "Amazon LOC rule",
    ]


def test_a_decision_on_the_place_wins_over_a_rule() -> None:
    first, second = at("AI", "GPE"), at("AI", "GPE", 1)
    assert names([first, second], [said(Decision.ACCEPT, first, first)], [rule("AI", None)]) == ["AI GPE accept"]
    assert names([first], [said(Decision.REJECT, first, first)], [rule("AI", "ORG")]) == ["AI ORG rule"], "the second"


def test_gold_is_what_was_decided_and_nothing_else() -> None:
    found = [Found(0, len(TEXT), [at("Anthropic"), AI, at("Amazon Web Services")])]
    decided = [said(Decision.ACCEPT, at("Anthropic"), at("Anthropic")), said(Decision.REJECT, AI, AI)]
    assert [TEXT[one.start : one.end] for one in gold(TEXT, "a", found, decided, [rule("Amazon", "ORG")])] == [
        "Anthropic",
        "Amazon",
    ]


def test_a_long_text_is_resolved_by_stretch_and_no_name_is_told_twice() -> None:
    text = "Amazon sells. " * 2000
    across = Annotation("x", "a", Kind.ENTITY, "ORG", 8188, 8200, "", "", "ada", "ada's", "", "1",
                        attributes={"decision": "add"})  # fmt: skip
    found = shown(text, "a", [], [across], [rule("Amazon", "ORG")])
    assert sum(one.source == "x" for one in found) == 1
    assert len(found) >= 1998
    spans = [span for _, span in over(text, [], [], Matcher([], "a"))]
    assert (spans[0][0], spans[-1][1]) == (0, len(text))
    assert all(end - start <= 8192 for start, end in spans)


def test_the_core_of_a_name_has_no_article_and_no_possessive() -> None:
    for text in ("the AI's", "The AI", "an AI’s", "AI"):
        assert text[slice(*core(text, 0, len(text)))] == "AI"
    assert core("the", 0, 3) == (0, 3)


spans = st.tuples(st.integers(0, 50), st.integers(1, 12)).map(lambda pair: (pair[0], min(len(TEXT), sum(pair))))


@given(
    predicted=st.lists(spans, max_size=8),
    decided=st.lists(st.tuples(spans, st.sampled_from(Decision), st.integers(0, 9)), max_size=8),
    ruled=st.lists(st.tuples(st.sampled_from(["AI", "Amazon", "Web Services", "sells the AI"]),
                             st.sampled_from(["ORG", None])), max_size=3),
)  # fmt: skip
def test_no_name_lies_over_another_whatever_was_decided(
    predicted: list[tuple[int, int]],
    decided: list[tuple[tuple[int, int], Decision, int]],
    ruled: list[tuple[str, str | None]],
) -> None:
    apart: list[Entity] = []
    for start, end in sorted(predicted):
        if not apart or apart[-1].end <= start:
            apart.append(Entity(start, end, "ORG"))
    decisions = [said(what, Entity(*span, "ORG"), updated=str(when)) for span, what, when in decided]
    matched = Matcher([rule(*one) for one in dict(ruled).items()], "a").within(TEXT, 0, len(TEXT))
    found = resolve(TEXT, apart, decisions, matched).shown
    assert all(before.end <= after.start for before, after in itertools.pairwise(found))
    assert {one.source for one in found if one.standing not in (Standing.UNDECIDED, Standing.RULED)} <= {
        one.id for one in decisions
    }
