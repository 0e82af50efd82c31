"""Decisions are annotations: owned, journaled, undone; and what was shown comes back with an undo."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.entities import gold
from store.entities.gold import Decision
from store.errors import AnnotationError
from store.kinds import Kind
from store.library import Library
from store.records import Article, Entity, Found
from tests.conftest import article
from tests.store.helpers import plans, query, statements

WORDS = article("Anthropic made AI. Amazon Web Services sells the AI of Amazon.")
PIPELINE = "model 1"
AI = Entity(15, 17, "GPE")
PREDICTED = [Entity(0, 9, "ORG"), AI, Entity(26, 38, "ORG"), Entity(55, 61, "ORG")]


def fill(library: Library) -> None:
    library.articles.add([WORDS])
    library.predictions.keep(WORDS.id, PIPELINE, [Found(0, len(WORDS.text), PREDICTED)])


@pytest.fixture(autouse=True)
def _article(request: pytest.FixtureRequest) -> None:
    if "library" in request.fixturenames:
        fill(request.getfixturevalue("library"))


def shown(library: Library) -> list[tuple[str, str, str]]:
    found = library.predictions.of(WORDS.id, PIPELINE)
    decided, rules = library.decisions.of(WORDS.id), library.rules.all(WORDS.id)
    return [
        (WORDS.text[one.start : one.end], one.label, str(one.standing))
        for one in gold.shown(WORDS.text, WORDS.id, found, decided, rules)
    ]


def reject(library: Library) -> None:
    library.decisions.decide(WORDS, Decision.REJECT, (15, 17), "GPE", predicted=AI, pipeline=PIPELINE)


def test_a_decision_is_an_annotation_with_what_was_predicted_by_whom(library: Library) -> None:
    reject(library)
    (kept,) = library.decisions.of(WORDS.id)
    assert (kept.kind, kept.label, kept.quote, kept.annotator) == (Kind.ENTITY, "GPE", "AI", "ada")
    assert kept.attributes == {"decision": "reject", "pipeline": "model 1", "predicted": [15, 17, "GPE"]}
    assert ("AI", "GPE", "undecided") not in shown(library)


def test_predictions_stay_as_they_were(library: Library) -> None:
    before = library.predictions.of(WORDS.id, PIPELINE)
    reject(library)
    assert library.predictions.of(WORDS.id, PIPELINE) == before


def test_thinking_again_changes_the_decision_and_makes_no_second_one(library: Library) -> None:
    reject(library)
    library.decisions.decide(WORDS, Decision.RELABEL, (15, 17), "PRODUCT", predicted=AI, pipeline=PIPELINE)
    assert [(one.label, one.attributes["decision"]) for one in library.decisions.of(WORDS.id)] == [
        ("PRODUCT", "relabel")
    ]
    library.history.undo()
    assert [one.attributes["decision"] for one in library.decisions.of(WORDS.id)] == ["reject"]


def test_a_name_over_others_withdraws_what_was_decided_on_them_in_the_same_act(library: Library) -> None:
    web = PREDICTED[2]
    library.decisions.decide(WORDS, Decision.ACCEPT, (26, 38), "ORG", predicted=web, pipeline=PIPELINE)
    before = shown(library)
    library.decisions.decide(WORDS, Decision.ADD, (19, 38), "ORG")
    assert [one.quote for one in library.decisions.of(WORDS.id)] == ["Amazon Web Services"]
    library.history.undo()
    assert shown(library) == before


def test_the_same_decision_twice_is_said_to_be_there(library: Library) -> None:
    reject(library)
    with pytest.raises(AnnotationError, match="decided so already"):
        reject(library)
    assert query(library.path, "SELECT count(*) FROM change") == [1]


@pytest.mark.parametrize("span", [(5, 5), (50, 500), (-1, 3)])
def test_a_span_that_is_none_is_refused(library: Library, span: tuple[int, int]) -> None:
    with pytest.raises(AnnotationError, match="Nothing was decided"):
        library.decisions.decide(WORDS, Decision.ADD, span, "ORG")


def test_a_page_is_no_name(library: Library) -> None:
    long = article("word " * 300)
    library.articles.add([long])
    with pytest.raises(AnnotationError, match="no more than 1,000 signs"):
        library.decisions.decide(long, Decision.ADD, (0, 1200), "ORG")


def test_another_annotators_decision_is_left_alone(library: Library, library_path: Path) -> None:
    reject(library)
    with Library(library_path, annotator="bob") as other:
        other.decisions.decide(WORDS, Decision.ACCEPT, (15, 17), "GPE", predicted=AI, pipeline=PIPELINE)
    assert sorted((one.annotator, one.attributes["decision"]) for one in library.decisions.of(WORDS.id)) == [
        ("ada", "reject"),
        ("bob", "accept"),
    ]


def test_a_decision_costs_the_same_in_an_article_with_ten_thousand_of_them(
    library: Library, library_path: Path
) -> None:
    long: Article = article("Amazon sells. " * 10_000)
    library.articles.add([long])
    with library.database.writing() as session:
        session.connection().exec_driver_sql(
            "INSERT INTO annotation (id, article_id, annotator_id, kind, label, start, end, quote, prefix, suffix,"
            " note, attributes, created, updated)"
            " WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 9998)"
            f" SELECT 'd' || i, '{long.id}', '{library.annotator_id}', 'entity', 'ORG', 14 * i, 14 * i + 6, 'Amazon',"
            " '',"
            " '', '', '{}', '2026', '2026' FROM n"
        )
    start = 14 * 9_999
    with statements() as seen:
        library.decisions.decide(long, Decision.ADD, (start, start + 6), "ORG")
    assert len(seen) <= 8
    looked_up = [one for one in seen if "kind" in one[0] and one[0].startswith("SELECT")]
    (step,) = plans(library_path, looked_up)
    assert "annotation_by_article" in step
    assert "start>? AND start<?" in step


spans = st.sampled_from([(0, 9), (15, 17), (26, 38), (19, 38), (45, 51), (49, 51), (55, 61), (0, 17)])
acts = st.one_of(
    st.tuples(st.just("decide"), st.sampled_from(Decision), spans, st.sampled_from(["ORG", "GPE"])),
    st.tuples(st.just("rule"), st.sampled_from(["AI", "Amazon"]), st.sampled_from(["ORG", None]), st.booleans()),
)


@settings(max_examples=25, deadline=None)
@given(st.lists(acts, min_size=1, max_size=6))
def test_undo_gives_back_what_was_shown_step_by_step_and_redo_what_came_then(did: list[tuple[object, ...]]) -> None:
    with tempfile.TemporaryDirectory() as folder, Library(Path(folder) / "library.db", annotator="ada") as library:
        fill(library)
        states = [shown(library)]
        for kind, first, second, third in did:
            try:
                if kind == "decide":
                    predicted = next((one for one in PREDICTED if (one.start, one.end) == second), None)
                    library.decisions.decide(WORDS, first, second, third, predicted=predicted)  # type: ignore[arg-type]
                else:
                    rule, _ = library.rules.add(str(first), second, article_id=WORDS.id)  # type: ignore[arg-type]
                    if third:
                        library.rules.everywhere(rule.id)
            except AnnotationError:
                continue
            except Exception as error:
                if type(error).__name__ != "RuleError":
                    raise
                continue
            states.append(shown(library))
        for state in reversed(states[:-1]):
            assert library.history.undo() is not None
            assert shown(library) == state
        assert library.history.undo() is None
        for state in states[1:]:
            assert library.history.redo() is not None
            assert shown(library) == state
