"""The index of names: what is in it, that it follows every write, and what a change costs."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.entities.gold import Decision
from store.entities.index import key_of
from store.library import Library
from store.records import Article, Entity, Found
from tests.conftest import article
from tests.store.helpers import plans, query, statements

ONE = article("Sam Altman spoke. Altman's firm is OpenAI. AI is not OpenAI.", "one.txt")
TWO = article("OPENAI again, on Monday.", "two.txt")


def predict(library: Library, text: Article, **names: str) -> None:
    entities, position = [], 0
    for written, label in names.items():
        written = written.replace("_", " ").rstrip("0123456789")
        start = text.text.index(written, position)
        position = start + len(written)
        entities.append(Entity(start, position, label))
    library.predictions.keep(text.id, "model 1", [Found(0, len(text.text), entities)])


@pytest.fixture(autouse=True)
def _articles(library: Library) -> None:
    library.articles.add([ONE, TWO])
    predict(library, ONE, Sam_Altman="PERSON", Altman1="PERSON", OpenAI="ORG", AI="GPE", OpenAI2="ORG")
    predict(library, TWO, OPENAI="ORG", Monday="DATE")


def index(library: Library) -> list[tuple[str, str, int, int]]:
    for _ in library.names.refresh():
        pass
    return [(one.text, one.label, one.articles, one.mentions) for one in library.names.find()]


NAMES = [("OpenAI", "ORG", 2, 3), ("Sam Altman", "PERSON", 1, 2), ("AI", "GPE", 1, 1)]


def test_variants_are_joined_by_case_possessive_and_short_form_and_numbers_are_no_names(library: Library) -> None:
    assert index(library) == NAMES
    openai, altman, _ = library.names.find()
    assert library.names.variants(openai) == {"OpenAI": 2, "OPENAI": 1}
    assert library.names.variants(altman) == {"Altman": 1, "Sam Altman": 1}


def test_a_short_form_that_fits_two_people_is_a_name_of_its_own(library: Library) -> None:
    two = article("Ann Lee met Bo Lee. Lee left.", "lee.txt")
    library.articles.add([two])
    predict(library, two, Ann_Lee="PERSON", Bo_Lee="PERSON", Lee1="PERSON")
    assert ("Lee", "PERSON", 1, 1) in index(library)


def test_each_mention_is_a_place_to_go_to(library: Library) -> None:
    index(library)
    places = library.names.places(library.names.find("openai")[0])
    texts = {ONE.id: ONE.text, TWO.id: TWO.text}
    assert sorted(texts[place.article_id][place.start : place.end] for place in places) == [
        "OPENAI",
        "OpenAI",
        "OpenAI",
    ]
    assert len(library.names.places(library.names.find("openai")[0], limit=1)) == 1


def test_names_are_found_by_their_words(library: Library) -> None:
    index(library)
    assert [one.text for one in library.names.find("altm sam")] == ["Sam Altman"]
    assert library.names.count("altm") == 1
    assert library.names.find("100%_") == []


def test_a_decision_a_rule_and_their_undo_are_followed(library: Library) -> None:
    index(library)
    start = ONE.text.index(" AI ") + 1
    library.decisions.decide(ONE, Decision.REJECT, (start, start + 2), "GPE", predicted=Entity(start, start + 2, "GPE"))
    assert index(library) == NAMES[:2]
    library.history.undo()
    library.rules.add("OpenAI", "PRODUCT", case_sensitive=False)
    assert index(library)[0] == ("OpenAI", "PRODUCT", 2, 3)
    library.history.undo()
    assert index(library) == NAMES
    library.articles.add([later := article("Later, OpenAI.", "later.txt")])
    library.rules.add("Later", "ORG")
    assert ("Later", "ORG", 1, 1) in index(library)
    assert library.articles.get(later.id) is not None


def test_a_new_article_has_the_names_of_the_rules_at_once(library: Library) -> None:
    library.rules.add("Mistral", "ORG")
    index(library)
    library.articles.add([article("Of Mistral and others.", "new.txt")])
    assert ("Mistral", "ORG", 1, 1) in index(library)


def test_what_another_program_writes_is_followed_too(library: Library) -> None:
    index(library)
    with library.database.writing() as session:
        session.connection().exec_driver_sql("DELETE FROM prediction WHERE article_id = ?", (TWO.id,))
    assert index(library)[0] == ("OpenAI", "ORG", 1, 2)


def test_the_pipeline_that_read_last_is_asked(library: Library) -> None:
    library.predictions.keep(TWO.id, "model 2", [Found(0, len(TWO.text), [])])
    assert index(library)[0] == ("OpenAI", "ORG", 1, 2)


def test_only_what_changed_is_made_anew(library: Library, library_path: Path) -> None:
    library.articles.add([article(f"Article {number}.", f"{number}.txt") for number in range(300)])
    index(library)
    with statements() as nothing:
        assert list(library.names.refresh()) == []
    assert len(nothing) == 1
    library.rules.add("Monday", None)
    assert query(library_path, "SELECT article_id FROM name_stale") == [TWO.id]
    with statements() as seen:
        assert list(library.names.refresh()) == [1]
    assert len(seen) < 20
    steps = plans(library_path, [one for one in seen if "?" in one[0] and not one[0].startswith("INSERT")])
    assert not [step for step in steps if step.startswith(("SCAN article", "SCAN prediction", "SCAN annotation"))]


def test_a_page_of_the_index_needs_no_sorting_of_all(library: Library, library_path: Path) -> None:
    index(library)
    with statements() as seen:
        library.names.find(start=0, limit=100)
    assert "name_total_by_mentions" in plans(library_path, seen)[0]


@pytest.mark.parametrize(
    ("written", "key"),
    [("the AI's", "ai"), ("ALTMAN", "altman"), ("Zoë", "zoe"), ("U.S.", "u s"), ("中国", "中国"), ("…", "…")],
)
def test_the_key_of_a_name(written: str, key: str) -> None:
    assert key_of(written) == key


def test_what_is_folded_is_left_out_until_somebody_says_that_it_is_text(library: Library) -> None:
    menu = article("The glut\n\nHome\nNews\nParis\nLog in\nSubscribe\n\nParis and Europe have more than they can sell.")
    library.articles.add([menu])
    predict(library, menu, Paris="GPE", Paris2="GPE", Europe="LOC")
    paris = ("Paris", "GPE", 1, 1)
    assert paris in index(library)
    (place,) = library.names.places(next(one for one in library.names.find() if one.text == "Paris"))
    assert menu.text[place.start :].startswith("Paris and")
    (run,) = library.folds.of(menu)
    library.folds.keep_open(menu, run.start, run.end)
    assert ("Paris", "GPE", 1, 2) in index(library)
    library.history.undo()
    assert paris in index(library)
