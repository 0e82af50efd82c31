"""What an export takes: filters, units, and what is counted when something does not fit."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.errors import ExportError
from store.exchange.losses import Losses
from store.exchange.passages import Passage, Unit, passages, sentences_of
from store.exchange.selection import Selection, moment
from store.exchange.sheets import count, sheets
from store.kinds import Grouping, State
from store.library import Library
from store.text.tokens import covering, tokens
from store.text.units import LineEnds, Utf16
from tests.conftest import article
from tests.store.exchange import generated
from tests.store.exchange.shared import exported, job_for, lines
from tests.store.helpers import copied, execute, found
from tests.store.strategies import texts

ONE = article("Apples are red. Bob denies it. Ada agrees.")
TWO = article("Berries are blue.")


@pytest.fixture
def filled(library: Library) -> Library:
    """Two articles; claims of ada's and of bob's on the first, a source of ada's on the second."""
    library.articles.add([ONE, TWO])
    claim = library.annotations.tag(ONE, 0, 14)
    source = library.annotations.tag(TWO, 0, 7, "SOURCE")
    library.relations.relate(claim.id, source.id, "supports")
    with Library(library.path, annotator="bob") as bobs:
        bobs.annotations.tag(ONE, 16, 29)
    library.reading.mark([TWO.id], State.DONE)
    return library


def test_tags_and_collections_choose_articles_and_archived_ones_are_left_out_if_asked(filled: Library) -> None:
    filled.groups.add(Grouping.TAG, "fruit", [ONE.id, TWO.id])
    filled.groups.add(Grouping.COLLECTION, "basket", [TWO.id])
    filled.shelf.archive([ONE.id])
    assert [first for first, _ in taken(filled, tags=frozenset({"fruit"}))] == ["Apples", "Berries"]
    assert [first for first, _ in taken(filled, collections=frozenset({"basket"}))] == ["Berries"]
    assert [first for first, _ in taken(filled, tags=frozenset({"fruit"}), archived=False)] == ["Berries"]
    assert taken(filled, tags=frozenset({"nothing"})) == []


def taken(library: Library, **chosen: Any) -> list[tuple[str, list[str]]]:
    """The articles that are taken by their first words, each with what of it is."""
    selection = Selection(**chosen)
    found_ = [
        (sheet.article.text.split()[0], [row.quote for row in sheet.annotations])
        for sheet in sheets(library, selection)
    ]
    assert len(found_) == count(library, selection)
    return found_


def test_filters_choose_annotations_and_the_articles_that_have_some(filled: Library) -> None:
    everything = [("Apples", ["Apples are red", "Bob denies it"]), ("Berries", ["Berries"])]
    assert taken(filled) == everything
    assert taken(filled, labels=frozenset({"SOURCE"})) == [("Berries", ["Berries"])]
    assert taken(filled, labels=frozenset({"SOURCE", "CLAIM"})) == everything
    assert taken(filled, annotators=frozenset({"bob"})) == [("Apples", ["Bob denies it"])]
    assert taken(filled, articles=frozenset({TWO.id})) == [("Berries", ["Berries"])]
    assert taken(filled, states=frozenset({State.DONE})) == [("Berries", ["Berries"])]
    assert taken(filled, states=frozenset({State.UNREAD, State.READING})) == everything[:1]
    execute(filled.path, "UPDATE annotation SET updated = '2020-01-01T00:00:00.000000Z' WHERE quote <> 'Berries'")
    assert taken(filled, since=moment("2020-01-02")) == [("Berries", ["Berries"])]
    assert taken(filled, since=moment("2019-12-30T10:00")) == everything


def test_relations_to_what_was_not_selected_are_counted(filled: Library) -> None:
    losses = Losses()
    assert [len(sheet.relations) for sheet in sheets(filled, None, losses)] == [1, 0]
    assert losses.counts() == {}
    (sheet,) = sheets(filled, Selection(articles=frozenset({ONE.id})), losses)
    assert sheet.relations == []
    assert losses.counts() == {"relations to articles that were not selected": 1}


def test_what_was_withdrawn_comes_only_if_it_is_asked_for(filled: Library) -> None:
    gone = filled.annotations.tag(ONE, 31, 34, "SOURCE")
    filled.annotations.withdraw(gone.id)
    first, _ = lines(exported(filled, "jsonl"))
    assert "withdrawn" not in first
    first, second = lines(exported(filled, "jsonl", None, Selection(withdrawn=True)))
    assert [span["id"] for span in first["withdrawn"]["spans"]] == [gone.id]
    assert "withdrawn" not in second


@pytest.mark.parametrize("said", ["yesterday", "2026-13-01", "", "0001-01-01T00:00+23:00"])
def test_what_is_no_time_is_a_sentence(said: str) -> None:
    with pytest.raises(ExportError, match="is not a time: write it as 2026-11-24"):
        moment(said)


# Units


def test_a_sentence_a_record(filled: Library) -> None:
    filled.annotations.note(ONE, None, "on all of it")
    filled.predictions.keep(ONE.id, "p 1", [found(ONE.text, ("Bob", "PERSON"), ("red. Bob", "ORG"))])
    job = job_for("jsonl", unit="sentence")
    records = lines(exported(filled, "jsonl", job, Selection(articles=frozenset({ONE.id}))))
    assert [(r["text"], [s["text"] for s in r["spans"]], r["part"]) for r in records] == [
        ("Apples are red.", ["Apples are red"], [0, 15]),
        ("Bob denies it.", ["Bob denies it"], [16, 30]),
        ("Ada agrees.", [], [31, 42]),
    ]
    assert job.losses.counts() == {
        "relations to articles that were not selected": 1,
        "names over the border of a sentence": 1,
        "notes on whole articles": 1,
    }


def test_an_annotation_over_sentences_makes_them_one_record(library: Library) -> None:
    library.articles.add([ONE])
    library.annotations.tag(ONE, 11, 19)
    records = lines(exported(library, "doccano", job_for("doccano", unit="sentence")))
    assert [record["text"] for record in records] == ["Apples are red. Bob denies it.", "Ada agrees."]
    assert [entity["start_offset"] for entity in records[0]["entities"]] == [11]


def test_an_annotation_a_record(filled: Library) -> None:
    records = lines(exported(filled, "prodigy", job_for("prodigy", unit="annotation")))
    assert [(record["text"], len(record["spans"])) for record in records] == [
        ("Apples are red.", 1),
        ("Bob denies it.", 1),
        ("Berries are blue.", 1),
    ]
    assert records[1]["meta"]["id"] == f"{ONE.id}:16-30"


@settings(max_examples=10, deadline=None)
@given(st.data(), st.sampled_from([Unit.SENTENCE, Unit.ANNOTATION]))
def test_no_span_is_cut_and_none_is_lost(blank_library: Path, data: st.DataObject, unit: Unit) -> None:
    with copied(blank_library) as library:
        generated.fill(data, library.path, library)
        whole = list(passages(sheets(library), Unit.ARTICLE, Losses()))
        parts = list(passages(sheets(library), unit, Losses()))
        assert sorted(span.id for part in parts for span in part.spans) == sorted(
            span.id for passage in whole for span in passage.spans
        )
        for part in parts:
            _holds(part)
        if unit is Unit.SENTENCE:
            for passage in whole:
                mine = [part for part in parts if part.article.id == passage.article.id]
                assert len(mine) <= len(sentences_of(passage.text))
                borders = [(part.start, part.start + len(part.text)) for part in mine]
                assert all(end <= start for (_, end), (start, _) in pairwise(borders))


def _holds(part: Passage) -> None:
    assert part.article.text[part.start : part.start + len(part.text)] == part.text
    for span in part.spans:
        assert part.text[span.start : span.end] == span.quote
        for start, end in span.pieces:
            assert 0 <= start < end <= len(part.text)


# What offsets count


def test_the_oracle_of_the_three_units() -> None:
    text = "👨🏻‍🚒 firemen drive firetrucks"
    start = text.index("firetrucks")
    assert (start, Utf16(text).unit(start), len(text[:start].encode())) == (19, 22, 30)


@given(texts)
def test_units_there_and_back(text: str) -> None:
    units = Utf16(text)
    for offset in range(len(text) + 1):
        unit = units.unit(offset)
        assert unit == len(text[:offset].encode("utf-16-le")) // 2
        assert units.code_point(unit) == offset
    for offset, sign in enumerate(text):
        if ord(sign) > 0xFFFF:
            with pytest.raises(ValueError, match="inside a sign of two UTF-16 units"):
                units.code_point(units.unit(offset) + 1)


@given(st.lists(st.sampled_from(["a", "\r\n", "\r", "\n", "é", "👍"])).map("".join))
def test_offsets_follow_when_line_ends_become_one_sign(text: str) -> None:
    ends = LineEnds(text)
    canonical = text.replace("\r\n", "\n").replace("\r", "\n")
    for offset in range(len(text) + 1):
        if text[offset - 1 : offset + 1] != "\r\n":
            before = text[:offset].replace("\r\n", "\n").replace("\r", "\n")
            assert canonical[: ends.canonical(offset)] == before


@given(texts)
def test_tokens_hold_everything_but_space(text: str) -> None:
    cut = tokens(text)
    assert all(start < end for start, end in cut)
    assert all(first[1] <= second[0] for first, second in pairwise(cut))
    held = "".join(text[start:end] for start, end in cut)
    assert [sign for sign in held if not sign.isspace()] == [sign for sign in text if not sign.isspace()]
    for number, (start, end) in enumerate(cut):
        assert not any(sign.isspace() for sign in text[start:end])
        assert covering(cut, start, end) == (number, number)


def test_sentences_of_page_furniture_are_flagged_or_left_out_but_for_annotated_ones(library: Library) -> None:
    shown = article("Home\nNews\nWeather\nLog in\nSubscribe\n\nThe council met on Monday, and spoke of bread.")
    library.articles.add([shown])
    assert sum(library.folds.look()) == 1
    library.annotations.tag(shown, 5, 9)
    found = lines(exported(library, "prodigy", job_for("prodigy", unit="sentence")))
    assert [line["meta"].get("furniture", False) for line in found] == [True] * 5 + [False]
    assert found[1]["spans"][0]["postil"]["furniture"]
    job = job_for("prodigy", unit="sentence", furniture=False)
    kept = [line["text"] for line in lines(exported(library, "prodigy", job))]
    assert kept == ["News", "The council met on Monday, and spoke of bread."]
    assert "sentences of page furniture and repeats, as asked (4)" in (job.losses.sentence("prodigy") or "")
    parts = lines(exported(library, "jsonl", job_for("jsonl", unit="sentence")))
    assert [part.get("furniture", False) for part in parts] == [True] * 5 + [False]
