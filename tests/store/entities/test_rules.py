"""Rules: made, changed, withdrawn, undone, counted; and exchanged as spaCy's patterns."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.care.check import check
from store.entities import rule_patterns as patterns
from store.errors import RuleError
from store.library import Library
from store.records import Reach
from tests.conftest import article
from tests.store.helpers import plans, query, statements

ONE = article("AI here, and AI there. The aim is AI.", "one.txt")
TWO = article("No ai, but OpenAI and AI.", "two.txt")
THREE = article("Nothing of the kind.", "three.txt")


@pytest.fixture(autouse=True)
def _articles(library: Library) -> None:
    library.articles.add([ONE, TWO, THREE])


def said(library: Library) -> list[tuple[str, str | None, bool, bool]]:
    return [(one.pattern, one.label, one.case_sensitive, one.article_id is None) for one in library.rules.all()]


def test_a_rule_for_one_article_can_come_to_hold_in_all_and_one_undo_takes_both_back(library: Library) -> None:
    rule, _ = library.rules.add("AI", None, article_id=ONE.id)
    assert library.rules.all(TWO.id) == []
    library.rules.everywhere(rule.id)
    assert said(library) == [("AI", None, True, True)]
    undone = library.history.undo()
    assert undone is not None
    assert undone.rules
    assert said(library) == []
    library.history.redo()
    assert said(library) == [("AI", None, True, True)]


def test_after_another_act_making_it_hold_in_all_is_an_act_of_its_own(library: Library) -> None:
    rule, _ = library.rules.add("AI", None, article_id=ONE.id)
    library.annotations.tag(ONE, 0, 2)
    library.rules.everywhere(rule.id)
    library.history.undo()
    assert said(library) == [("AI", None, True, False)]


def test_the_same_words_again_change_the_rule(library: Library) -> None:
    library.rules.add("AI", None)
    library.rules.add(" AI ", "PRODUCT")
    assert said(library) == [("AI", "PRODUCT", True, True)]
    with pytest.raises(RuleError, match="such a rule already"):
        library.rules.add("AI", "PRODUCT")


def test_a_rule_is_changed_and_withdrawn_and_both_are_undone(library: Library) -> None:
    rule, _ = library.rules.add("AI", "PRODUCT")
    library.rules.change(rule.id, label=None, case_sensitive=False)
    assert said(library) == [("AI", None, False, True)]
    library.rules.withdraw(rule.id)
    assert said(library) == []
    library.history.undo()
    library.history.undo()
    assert said(library) == [("AI", "PRODUCT", True, True)]


def test_another_annotators_rule_holds_but_is_not_ours_to_change(library: Library, library_path: Path) -> None:
    with Library(library_path, annotator="bob") as other:
        rule, _ = other.rules.add("AI", "ORG")
    assert [one.annotator for one in library.rules.all(ONE.id)] == ["bob"]
    with pytest.raises(RuleError, match="belongs to bob"):
        library.rules.withdraw(rule.id)


@pytest.mark.parametrize("words", ["", " – ", "x" * 201])
def test_what_is_no_phrase_is_no_rule(library: Library, words: str) -> None:
    with pytest.raises(RuleError):
        library.rules.add(words, "ORG")


@pytest.mark.parametrize("label", ["", "TWO WORDS", "x\n"])
def test_what_is_no_label_is_refused(library: Library, label: str) -> None:
    with pytest.raises(RuleError, match="is no label"):
        library.rules.add("AI", label)


def test_how_far_a_rule_would_reach_is_counted_in_the_articles_that_have_its_words(
    library: Library, library_path: Path
) -> None:
    with statements() as seen:
        assert library.rules.reach("AI") == Reach(4, 2, words=15)
    assert any("VIRTUAL TABLE INDEX" in step for step in plans(library_path, seen))
    assert library.rules.reach("ai", case_sensitive=False) == Reach(5, 2, words=15)
    assert library.rules.reach("absent") == Reach(0, 0)
    assert library.rules.reach("AI", stopped=lambda: True).more


def test_a_word_as_common_as_the_is_many_even_in_a_small_library() -> None:
    assert Reach(1000, 900, words=10**6).many
    assert Reach(50, 1, words=1000).many
    assert not Reach(39, 1, words=1400).many
    assert not Reach(3, 1, words=4).many


def test_words_of_a_script_without_spaces_are_counted_too(library: Library) -> None:
    library.articles.add([article("我在中国。中国人")])
    assert library.rules.reach("中国") == Reach(2, 1, words=8)


def test_a_library_with_rules_is_sound(library: Library, library_path: Path) -> None:
    library.rules.add("AI", None)
    library.history.undo()
    assert list(check(library_path)) == []


# Patterns


def test_rules_go_out_as_patterns_and_come_in_as_they_were(library: Library, tmp_path: Path) -> None:
    library.rules.add("AI", None, note="never a place")
    library.rules.add("New York Times", "ORG", case_sensitive=False)
    library.rules.add("GPT-4", "PRODUCT")
    library.rules.add("here", "LOC", article_id=ONE.id)
    file = tmp_path / "patterns.jsonl"
    file.write_bytes(b"".join(patterns.lines(library.rules.all())))
    assert patterns.read(file) == [
        ("AI", None, True, "never a place"),
        ("GPT-4", "PRODUCT", True, ""),
        ("new york times", "ORG", False, ""),
    ]


def test_spacy_reads_what_goes_out_and_finds_the_same(library: Library) -> None:
    import orjson
    import spacy

    library.rules.add("New York Times", "ORG", case_sensitive=False)
    library.rules.add("GPT-4", "PRODUCT")
    ruler = spacy.blank("en").add_pipe("entity_ruler")
    ruler.add_patterns([orjson.loads(line) for line in patterns.lines(library.rules.all())])  # type: ignore[attr-defined]
    doc = ruler(spacy.blank("en")("The new york Times on GPT-4."))
    assert [(entity.text, entity.label_) for entity in doc.ents] == [
        ("new york Times", "ORG"),
        ("GPT-4", "PRODUCT"),
    ]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("{", "line 2: this is not JSON"),
        ("[]", "line 2: a pattern is an object"),
        ('{"label": "ORG", "pattern": "x", "color": "red"}', "line 2: the key color is unknown"),
        ('{"pattern": "x"}', "line 2: the label is missing"),
        ('{"label": "ORG"}', "line 2: the pattern is missing"),
        ('{"label": "ORG", "pattern": [{"POS": "NOUN"}]}', "line 2: a rule of postil is a phrase"),
        ('{"label": "ORG", "pattern": [{"LOWER": "x", "OP": "+"}]}', "line 2: a rule of postil is a phrase"),
        ('{"label": "ORG", "pattern": [{"LOWER": "x"}, {"TEXT": "Y"}]}', "line 2: case counts for some"),
        ('{"label": "ORG", "pattern": "…"}', "line 2: A rule needs words"),
    ],
)
def test_what_cannot_be_a_rule_is_named_by_file_and_line(tmp_path: Path, line: str, why: str) -> None:
    file = tmp_path / "patterns.jsonl"
    file.write_text('{"label": "ORG", "pattern": [{"TEXT": "New"}, {"ORTH": "York"}]}\n' + line)
    with pytest.raises(RuleError) as raised:
        patterns.read(file)
    assert raised.value.sentence.startswith(f"{file}, {why}")
    assert raised.value.sentence.endswith("Nothing was imported.")


def test_an_import_is_one_act_and_all_or_nothing(library: Library, library_path: Path) -> None:
    assert library.rules.add_all([("AI", None, True, ""), ("GPT-4", "PRODUCT", True, "")]) == 2
    assert library.rules.add_all([("AI", None, True, ""), ("GPT-5", "PRODUCT", True, "")]) == 1
    library.history.undo()
    library.history.undo()
    assert said(library) == []
    with pytest.raises(RuleError):
        library.rules.add_all([("AI", None, True, ""), ("…", "PRODUCT", True, "")])
    assert query(library_path, "SELECT count(*) FROM rule WHERE withdrawn IS NULL") == [0]
