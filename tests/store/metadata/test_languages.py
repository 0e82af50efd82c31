"""The language of an article: what is found, what is declared, what a person says, and which of them counts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from store.entities.choosing import Pipelines
from store.entities.pipelines import PipelineError
from store.entities.planning import plan
from store.library import Library
from store.metadata.fields import Field
from store.metadata.languages import Spoken
from store.records import Article, Provenance
from tests.conftest import article
from tests.store.helpers import execute, query
from tests.store.text.sentences_by_language import SENTENCES

GERMAN, ENGLISH = (" ".join(SENTENCES[code]) for code in ("de", "en"))


def declared(text: str, language: str | None) -> Article:
    return replace(article(text), provenance=Provenance("postil html 1", language=language))


@pytest.mark.parametrize(
    ("spoken", "code", "why"),
    [
        (Spoken(found="de"), "de", "found in the text"),
        (Spoken(found="de", declared="de-AT"), "de", "found in the text, and declared by its source"),
        (Spoken(found="de", declared="en"), "de", "the text is German, though its source declares English"),
        (Spoken(found="de", declared="{{lang}}"), "de", "found in the text"),
        (Spoken(declared="de_DE"), "de", "declared by its source; the text alone does not tell"),
        (Spoken(declared="{{lang}}"), None, "the text does not tell"),
        (Spoken(said="fr", found="de", declared="en"), "fr", "corrected; found German"),
        (Spoken(said="fr"), "fr", "corrected"),
    ],
)
def test_a_person_counts_before_the_text_and_the_text_before_its_source(
    spoken: Spoken, code: str | None, why: str
) -> None:
    assert (spoken.code, spoken.why) == (code, why)


def test_it_is_found_when_an_article_comes_in_and_listed(library: Library) -> None:
    library.articles.add([declared(GERMAN, "en"), declared(ENGLISH, None), declared("1999", "DE-at")])
    assert query(library.path, "SELECT code FROM language ORDER BY code") == [None, "de", "en"]
    assert sorted(str(row.language) for row in library.articles.rows()) == ["de", "de", "en"]


def test_articles_of_an_older_postil_are_looked_at_when_somebody_asks(library: Library) -> None:
    articles = [declared(f"{GERMAN} {n}", None) for n in range(70)]
    library.articles.add(articles)
    execute(library.path, "DELETE FROM language")
    assert library.languages.of(articles[0]).code == "de"  # read with the article, and not kept
    assert {row.language for row in library.articles.page()} == {None}
    assert library.languages.refresh(most=3) == 3
    assert len(library.search.find("language:de", limit=100)) == 70
    assert library.languages.refresh() == 0


def test_search_finds_what_counts(library: Library) -> None:
    texts = {
        "said": declared(f"{ENGLISH} 1", "en"),
        "found": declared(GERMAN, "en"),
        "declared": declared("1999", "de_AT"),
        "english": declared(ENGLISH, "de"),
        "norwegian": declared("17", "no"),
    }
    library.articles.add(texts.values())
    library.metadata.correct([texts["said"].id], {Field.LANGUAGE: "German"})

    def found(query: str) -> set[str]:
        ids = {hit.article_id for hit in library.search.find(query)}
        return {name for name, one in texts.items() if one.id in ids}

    assert found("language:de") == found("language:German") == {"said", "found", "declared"}
    assert found("language:en") == {"english"}
    assert found("language:nb") == {"norwegian"}
    library.history.undo()
    assert found("language:en") == {"english", "said"}


def test_names_are_found_by_a_pipeline_for_the_language_that_counts(library: Library) -> None:
    here = declared(GERMAN, "de")
    library.articles.add([here])
    assert plan(library, Pipelines()).readings == []
    library.metadata.correct([here.id], {Field.LANGUAGE: "en"})
    assert [reading.article_id for reading in plan(library, Pipelines()).readings] == [here.id]
    with pytest.raises(PipelineError):
        Pipelines().for_language("de")


def test_it_goes_with_its_article(library: Library, library_path: Path) -> None:
    library.articles.add([declared(GERMAN, None)])
    execute(library_path, "PRAGMA foreign_keys = ON; DELETE FROM provenance; DELETE FROM article")
    assert query(library_path, "SELECT * FROM language") == []
