"""The names of a page: resolved a stretch at a time, and only where something changed."""

from __future__ import annotations

from store.entities.gold import Decision, Resolved, Standing, attributes
from store.kinds import Kind
from store.records import Annotation, Entity, Found, Rule
from tui.reading.overlay import Overlay
from tui.reading.page import Page

PAGE = Page("Amazon sells.\n\n" * 2000)
FOUND = [
    Found(*bounds, [Entity(start, start + 6, "ORG") for start in range(-(-bounds[0] // 15) * 15, bounds[1] - 6, 15)])
    for bounds in PAGE.spans()
]


def decision(start: int, what: Decision = Decision.REJECT, key: str = "d", end: int | None = None) -> Annotation:
    predicted = Entity(start, start + 6, "ORG")
    return Annotation(key, "a", Kind.ENTITY, "ORG", start, end or start + 6, "", "", "ada", "ada's", "", "1",
                      attributes=attributes(what, "m 1", predicted))  # fmt: skip


def rule(label: str | None) -> Rule:
    return Rule("r", "Amazon", label, True, None, "", "ada", "ada's", "1", "1")


def test_a_decision_concerns_its_stretch_and_its_withdrawal_gives_back_what_was_there() -> None:
    names = Overlay(PAGE, "a", FOUND)
    before = names.of(0)
    assert names.decide(decision(15)) == {0}
    assert names.at(15) is None
    assert names.hidden_at(16) is not None
    assert names.forget("d") == {0}
    assert names.of(0) == before
    assert names.forget("d") == set()


def test_a_decision_over_two_stretches_is_known_in_both() -> None:
    border = PAGE.bounds(1)[0]
    names = Overlay(PAGE, "a", FOUND)
    across = Annotation("x", "a", Kind.ENTITY, "ORG", border - 3, border + 9, "", "", "ada", "ada's", "", "1",
                        attributes={"decision": "add"})  # fmt: skip
    assert names.decide(across) == {0, 1}
    assert [name.source for name in (names.at(border - 1), names.at(border)) if name] == ["x", "x"]
    assert len([name for name in names.within((border - 3, border + 9)) if name.source == "x"]) == 1
    assert sum(name.start == border - 3 for stretch in names.everything() for name in stretch) == 1


def test_rules_change_every_stretch_but_none_is_worked_out_before_it_is_looked_at() -> None:
    names = Overlay(PAGE, "a", FOUND)
    worked: list[int] = []
    real = names._work_out

    def work_out(index: int) -> Resolved:
        worked.append(index)
        return real(index)

    names._work_out = work_out  # type: ignore[method-assign]
    version = names.version
    assert names.rule([rule("LOC")])
    assert names.version != version
    assert worked == []
    name = names.at(15)
    assert name is not None
    assert (name.label, name.standing) == ("LOC", Standing.RULED)
    assert worked == [0]
    assert not names.rule([rule("LOC")]), "they are the same"


def test_undecided_names_are_given_one_by_one_and_none_for_a_stretch_without() -> None:
    names = Overlay(PAGE, "a", FOUND, rules=[rule("ORG")])
    assert list(names.undecided(0)) == [None] * len(PAGE)
    names = Overlay(PAGE, "a", FOUND)
    following = names.undecided(20)
    assert [next(following) and 1 for _ in range(3)] == [1, 1, 1]
    back = next(names.undecided(20, -1))
    assert back is not None
    assert back.start == 15
