"""JSONL and CSV: the column that holds the text, the other columns beside it, and rows that are none."""

from __future__ import annotations

import pytest

from store.articles.sources import Options
from tests.store.articles.making import one, read, refusal
from tests.store.helpers import at_most

JSONL = (
    '{"id": 7, "headline": "The bridge", "text": "It is\\r\\nclosed.", "authors": ["Ann", "Bob"], "score": 0.5}\n'
    "\n"
    '{"text": "", "id": 8}\n'
    "{not json}\n"
    "[1]\n"
    '{"id": 9}\n'
    '{"text": "More words.", "meta": {"source": "The Post", "page": 3}, "lang": "en"}\n'
)

CSV = 'id,title,body,url\r\n1,The bridge,"It is ""closed"",\r\nthey say.",https://post.example/1\r\n2,Mill,Words.,\r\n'


def test_each_row_of_jsonl_is_an_article_and_the_other_columns_are_kept() -> None:
    (first, second), sentences = read("data.jsonl", JSONL)
    assert (first.title, first.text, first.author) == ("The bridge", "It is\nclosed.", "Ann, Bob")
    assert first.provenance is not None
    assert (first.provenance.part, first.provenance.meta) == ("line 1", {"id": 7, "score": 0.5})
    assert (second.source, second.title) == ("The Post", "More words.")
    assert second.provenance is not None
    assert (second.provenance.part, second.provenance.language) == ("line 7", "en")
    assert second.provenance.meta == {"meta": {"page": 3}}
    assert [sentence.partition(" (")[0] for sentence in sentences] == [
        "data.jsonl, line 3: its text is empty.",
        "data.jsonl, line 4 is no JSON",
        "data.jsonl, line 5 is no JSON object.",
        "data.jsonl, line 6 has no text: it has id.",
    ]


def test_each_row_of_csv_is_an_article() -> None:
    (first, second), sentences = read("data.csv", CSV)
    assert sentences == []
    assert (first.title, first.text, first.url) == (
        "The bridge",
        'It is "closed",\nthey say.',
        "https://post.example/1",
    )
    assert [article.provenance and article.provenance.part for article in (first, second)] == ["line 2", "line 4"]
    assert [article.provenance and article.provenance.meta for article in (first, second)] == [{"id": "1"}, {"id": "2"}]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_columns_may_be_apart_by_other_signs(delimiter: str) -> None:
    assert one("data.csv", f"id{delimiter}text\n1{delimiter}Words.\n").text == "Words."


def test_the_column_may_be_named() -> None:
    data = "a,b\nOne.,Two.\n"
    assert one("data.csv", data, Options(text_field="b")).text == "Two."
    assert refusal("data.csv", data) == (
        "data.csv has no column that is plainly the text: name it with --text-field. It has a, b."
    )
    assert refusal("data.csv", data, Options(text_field="c")) == "data.csv, line 2 has no c: it has a, b."


def test_a_row_that_is_not_utf_8_does_not_cost_the_others() -> None:
    articles, sentences = read("data.csv", "text\nOne.\ncaf\xe9\nTwo.\n".encode("latin-1"))
    assert [article.text for article in articles] == ["One.", "Two."]
    assert sentences == ["data.csv, line 3 is not UTF-8: say what it is with --encoding."]
    articles, sentences = read("data.csv", "text\ncaf\xe9\n".encode("cp1252"), Options(encoding="windows-1252"))
    assert ([article.text for article in articles], sentences) == (["caf\xe9"], [])
    assert "There is no encoding x-none" in refusal("a.csv", "text\na", Options(encoding="x-none"))


def test_half_a_surrogate_pair_and_a_nul_are_no_text() -> None:
    articles, sentences = read("a.jsonl", '{"text": "a"}\n{"text": "\\ud800"}\n{"text": "a\\u0000"}\n')
    assert len(articles) == 1
    assert [sentence[:15] for sentence in sentences] == ["a.jsonl, line 2", "a.jsonl, line 3"]


def test_a_quotation_mark_that_is_never_closed_is_bounded() -> None:
    with at_most(30):
        articles, _ = read("a.csv", 'text,n\n"' + "It goes on,\n" * 100_000)
    assert len(articles) == 1


def test_many_bad_rows_are_counted() -> None:
    _, sentences = read("a.jsonl", '{"text": "ok"}\n' + "bad\n" * 1_000)
    assert len(sentences) == 21
    assert sentences[-1] == "a.jsonl has 980 more rows that are no articles."


def test_an_empty_table_is_a_sentence() -> None:
    assert refusal("a.csv", "") == "a.csv has no rows: there is nothing to read."
    assert refusal("a.csv", "text\n") == "a.csv has no rows: there is nothing to read."
    assert refusal("a.jsonl", "\n\n") == "a.jsonl has no rows: there is nothing to read."
