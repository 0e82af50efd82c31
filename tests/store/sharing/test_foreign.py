"""Reading somebody else's library: what comes out of a good one, and each bad row skipped with its reason."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import SQLModel

from store import models
from store.library import Library
from store.metadata.fields import Field
from store.models import table
from store.sharing import foreign
from store.sharing.foreign import Foreign, Skipped, open_foreign
from store.sharing.rows import COLUMNS, DERIVED, LONGEST_TEXT
from tests.conftest import article
from tests.store.helpers import connect, execute, query
from tests.store.sharing.conftest import OTHER, WORDS, Gift

MODELS = (
    models.Annotator, models.Article, models.Provenance, models.Label, models.Annotation, models.Relation,
    models.ReadingState, models.ReadingChoice, models.Rule, models.Prediction, models.SchemeAttribute,
    models.SchemeRelation, models.Correction, models.Source,
)  # fmt: skip

METHODS = {
    "annotator": Foreign.annotators,
    "article": Foreign.articles,
    "provenance": Foreign.provenances,
    "correction": Foreign.corrections,
    "source": Foreign.sources,
    "label": Foreign.labels,
    "scheme_attribute": Foreign.scheme_attributes,
    "scheme_relation": Foreign.scheme_relations,
    "annotation": Foreign.annotations,
    "relation": Foreign.relations,
    "rule": Foreign.rules,
    "membership": Foreign.memberships,
    "reading_state": Foreign.reading_states,
    "reading_choice": Foreign.reading_choices,
    "prediction": Foreign.predictions,
}


def everything(gift: Gift) -> tuple[dict[str, list[dict[str, Any]]], list[Skipped]]:
    """All that is read of the file, by table, and what is skipped."""
    with open_foreign(gift.path) as opened:
        return {name: list(read(opened)) for name, read in METHODS.items()}, opened.skipped


def tamper(gift: Gift, statement: str, *values: object) -> None:
    """Change one row; with a trick, if SQLite would look at what it is given."""
    with connect(gift.path) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        assert connection.execute(statement, values).rowcount == 1


@pytest.mark.parametrize("model", MODELS, ids=lambda model: table(model).name)
def test_there_is_a_rule_for_every_column(model: type[SQLModel]) -> None:
    name = table(model).name
    columns = {column.name for column in table(model).columns} - {"number"}
    assert {*COLUMNS[name], *DERIVED.get(name, ())} == columns


def test_what_comes_out_of_a_good_file_is_what_is_in_it(gift: Gift) -> None:
    rows, skipped = everything(gift)
    assert skipped == []
    execute(gift.path, "UPDATE annotator SET here = 0")  # who opens a library is the business of that file
    for name, found in rows.items():
        assert found, name
        columns = [*found[0]]
        names = ", ".join(f'"{column}"' for column in columns)
        held = [dict(zip(columns, row, strict=True)) for row in query(gift.path, f"SELECT {names} FROM {name}")]
        assert sorted(map(repr, found)) == sorted(map(repr, held))


def test_annotations_come_grouped_by_their_articles(gift: Gift) -> None:
    with open_foreign(gift.path) as opened:
        articles = [row["article_id"] for row in opened.annotations()]
    assert sorted(articles) in (articles, articles[::-1])
    assert len(articles) == 4


def test_what_can_be_made_from_something_else_is_not_taken_over(gift: Gift) -> None:
    tamper(gift, "UPDATE article SET words = 99, length = 99, listing = 'lie' WHERE id = ?", WORDS.id)
    tamper(gift, "UPDATE annotation SET prefix = 'lie', suffix = 'lie' WHERE id = ?", gift.note)
    rows, skipped = everything(gift)
    (read,) = (row for row in rows["article"] if row["id"] == WORDS.id)
    assert (read["words"], read["length"], read["listing"]) == (5, 24, "one two three. and four.")
    (note,) = (row for row in rows["annotation"] if row["id"] == gift.note)
    assert (note["prefix"], note["suffix"]) == ("One two three. And ", ".")
    assert skipped == []


NUL_IN_JSON = '{"a":"\\u0000"}'
DEEP = '{"a":' * 30 + "1" + "}" * 30
LATER = (datetime.now(UTC) + timedelta(days=2)).isoformat(timespec="microseconds").replace("+00:00", "Z")

BAD_ANNOTATIONS = [
    ("id", "not-a-uuid", "its id is not a UUID as postil writes it"),
    ("id", "01A20F7A-8B29-742F-B606-A80BECE55650", "its id is not a UUID as postil writes it"),
    ("article_id", "0" * 64, "its article is not in the file or was skipped"),
    ("annotator_id", "01a20f7a-8b29-742f-b606-a80bece55650", "its annotator is not in the file or was skipped"),
    ("kind", "virus", "its kind is not one that postil knows"),
    ("label", "", "its label is not a name"),
    ("label", "CLAIM\x1b[2J", "its label is not a name"),
    ("start", -1, "it stands at -1:7, outside its text of 24 code points"),
    ("start", 7, "it stands at 7:7, outside its text of 24 code points"),
    ("start", None, "its start or its end is not a number"),
    ("end", 2**62, f"it stands at 0:{2**62}, outside its text of 24 code points"),
    ("end", 8, "its quote is not what stands at 0:8 of the text"),
    ("quote", "One too", "its quote is not what stands at 0:7 of the text"),
    ("pieces", "[[0,3]]", "its pieces do not follow each other from its start to its end"),
    ("pieces", "[[0,5],[4,7]]", "its pieces do not follow each other from its start to its end"),
    ("pieces", "[[0,true],[4,7]]", "its pieces are not pairs of numbers"),
    ("pieces", '["03","47"]', "its pieces are not pairs of numbers"),
    ("pieces", "[", "its pieces are not JSON"),
    ("note", "a\0b", "its note has a NUL in it"),
    ("note", "n" * (LONGEST_TEXT + 1), "its note is longer than 1,000,000 code points"),
    ("attributes", "[]", "its attributes are not of the right form"),
    ("attributes", "{'a': 1}", "its attributes are not JSON"),
    ("attributes", '{"a":"\\ud800"}', "its attributes are not JSON"),
    ("attributes", NUL_IN_JSON, "its attributes have a NUL in them or are too deep"),
    ("attributes", DEEP, "its attributes have a NUL in them or are too deep"),
    ("attributes", "[" * 200_000, "its attributes are not JSON"),
    ("attributes", '{"a":"' + "x" * 1_000_000 + '"}', "its attributes are too long"),
    ("created", "99999-01-01T00:00:00.000000Z", "its time `created` is not a time as postil writes it"),
    ("created", "9999-01-01T00:00:00.000000Z", "its time `created` lies before 1970 or after tomorrow"),
    ("created", LATER, "its time `created` lies before 1970 or after tomorrow"),
    ("updated", "1969-12-31T23:59:59.999999Z", "its time `updated` lies before 1970 or after tomorrow"),
    ("updated", "2026-02-30T00:00:00.000000Z", "its time `updated` is no day or no hour"),
    ("updated", "2026-01-01 00:00:00", "its time `updated` is not a time as postil writes it"),
    ("withdrawn", "yes", "its time `withdrawn` is not a time as postil writes it"),
]


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    BAD_ANNOTATIONS,
    ids=[f"{row[0]}-{place}" for place, row in enumerate(BAD_ANNOTATIONS)],
)
def test_an_annotation_that_we_could_not_have_made_is_skipped(
    gift: Gift, column: str, value: object, reason: str
) -> None:
    tamper(gift, f'UPDATE annotation SET "{column}" = ? WHERE id = ?', value, gift.claim)
    with open_foreign(gift.path) as opened:
        read = [row["id"] for row in opened.annotations()]
        key = str(value) if column == "id" else gift.claim
        assert opened.skipped == [Skipped("annotation", key, reason)]
        assert opened.skipped_count == {"annotation": 1}
    assert sorted(read) == sorted([gift.note, gift.whole, gift.withdrawn])


def test_a_note_on_the_whole_article_quotes_nothing(gift: Gift) -> None:
    tamper(gift, "UPDATE annotation SET quote = 'One' WHERE id = ?", gift.whole)
    _, skipped = everything(gift)
    assert skipped == [Skipped("annotation", gift.whole, "it quotes words, but stands on the article as a whole")]


BAD_ROWS = [
    ("annotator", "id", "ben", "its id is not a UUID as postil writes it"),
    ("annotator", "name", " ", "it has no name"),
    ("annotator", "created", "2026", "its time `created` is not a time as postil writes it"),
    ("article", "text", "Another text, with more in it.", "its text is not the one that its id was made from"),
    ("article", "text", "a\0b", "its text has signs that no text has"),
    ("article", "text", "a\r\nb", "its text has line ends that are not postil's"),
    ("article", "text", " \n", "its text is empty"),
    ("article", "title", "t" * (LONGEST_TEXT + 1), "its title is longer than 1,000,000 code points"),
    ("article", "url", "a\0b", "its URL has a NUL in it"),
    ("article", "format", "exe", "its format is not one that postil knows"),
    ("article", "added", "soon", "its time `added` is not a time as postil writes it"),
    ("correction", "article_id", "none", "its article is not in the file or was skipped"),
    ("correction", "annotator_id", "nobody", "its annotator is not in the file or was skipped"),
    ("correction", "field", "text", "its field is not one that postil knows"),
    ("correction", "field", "url", "of its value, it is no URL"),
    ("correction", "field", "title", "its source's value is not one of a title"),
    ("correction", "value", None, "it says that an article has no language"),
    ("correction", "value", "German\x1b[2J", "of its value, it is not one line"),
    ("correction", "value", "a\0b", "its value has a NUL in it"),
    ("correction", "original", "de", "its source's value is not one of a language"),
    ("correction", "updated", "now", "its time `updated` is not a time as postil writes it"),
    ("correction", "withdrawn", "2026-01-01T00:00:00.000000Z", "it was taken back and still says something"),
    ("source", "article_id", "none", "its article is not in the file or was skipped"),
    ("source", "kind", "virus", "its kind is not one that postil knows"),
    ("source", "place", "", "its place is empty"),
    ("source", "seen", "soon", "its time `seen` is not a time as postil writes it"),
    ("label", "name", "x" * 501, "its name is not a name"),
    ("label", "key", "\n", "its key is not a name"),
    ("label", "key", "x" * 17, "its key is not a name"),
    ("label", "color", "", "its colour is not a name"),
    ("label", "position", -1, "its place in the scheme is no place"),
    ("label", "examples", "{}", "its examples are not of the right form"),
    ("label", "examples", "[1]", "its examples are not texts"),
    ("scheme_attribute", "name", "", "its name is not a name"),
    ("scheme_attribute", "type", "virus", "its type is not one that postil knows"),
    ("scheme_attribute", "options", "[]", "it is a choice without options"),
    ("scheme_attribute", "least", 1e300, "its bounds are not numbers"),
    ("scheme_attribute", "required", 2, "its switches are neither 0 nor 1"),
    ("scheme_attribute", "labels", "[[]]", "its labels are not texts"),
    ("scheme_relation", "key", "x" * 17, "its key is not a name"),
    ("scheme_relation", "sources", "1", "its labels are not of the right form"),
    ("scheme_relation", "position", -1, "its place in the scheme is no place"),
    ("relation", "id", "r1", "its id is not a UUID as postil writes it"),
    ("relation", "label", "", "its label is not a name"),
    ("relation", "source_id", "nobody", "one of its annotations is not in the file or was skipped"),
    ("relation", "attributes", "1", "its attributes are not of the right form"),
    ("relation", "annotator_id", "nobody", "its annotator is not in the file or was skipped"),
    ("reading_state", "caret", 25, "it names a place outside the text"),
    ("reading_state", "top", -1, "it names a place outside the text"),
    ("reading_state", "annotator_id", "nobody", "its annotator is not in the file or was skipped"),
    ("reading_state", "updated", "now", "its time `updated` is not a time as postil writes it"),
    ("reading_choice", "state", "asleep", "its state is not one that postil knows"),
    ("reading_choice", "queued", "soon", "its time `queued` is not a time as postil writes it"),
    ("reading_choice", "annotator_id", "nobody", "its annotator is not in the file or was skipped"),
    ("reading_choice", "updated", "now", "its time `updated` is not a time as postil writes it"),
    ("prediction", "article_id", "none", "its article is not in the file or was skipped"),
    ("prediction", "end", 25, "its stretch lies outside the text"),
    ("prediction", "pipeline", "", "its pipeline is not a name"),
    ("prediction", "entities", "{}", "its entities are not of the right form"),
    ("prediction", "entities", '[[0,3]]', "its entities are not what a pipeline says"),
    ("prediction", "entities", '[[0,25,"ORG"]]', "it has an entity outside its stretch"),
    ("prediction", "entities", '[[4,7,"ORG"],[0,3,"ORG"]]', "its entities are not in the order of the text"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "column", "value", "reason"),
    BAD_ROWS,
    ids=[f"{row[0]}-{row[1]}-{place}" for place, row in enumerate(BAD_ROWS)],
)
def test_a_row_that_we_could_not_have_made_is_skipped(
    gift: Gift, name: str, column: str, value: object, reason: str
) -> None:
    count = len(query(gift.path, f"SELECT 1 FROM {name}"))
    tamper(gift, f'UPDATE {name} SET "{column}" = ? WHERE rowid = (SELECT max(rowid) FROM {name})', value)
    with open_foreign(gift.path) as opened:
        assert len(list(METHODS[name](opened))) == count - 1
        assert [one.reason for one in opened.skipped if one.table == name] == [reason]
        assert opened.skipped_count[name] == 1


@pytest.mark.parametrize("label", ["👩🏽\u200d🚒", "نمی\u200cخواهم", "a label of two words"])
def test_names_are_not_only_of_letters(gift: Gift, label: str) -> None:
    tamper(gift, "UPDATE annotation SET label = ? WHERE id = ?", label, gift.claim)
    rows, skipped = everything(gift)
    assert label in [row["label"] for row in rows["annotation"]]
    assert skipped == []


def test_a_relation_to_itself_is_skipped(gift: Gift) -> None:
    tamper(gift, "UPDATE relation SET target_id = source_id")
    _, skipped = everything(gift)
    assert skipped == [Skipped("relation", gift.relation, "it leads from an annotation to itself")]


def test_what_refers_to_a_skipped_row_is_skipped_too(gift: Gift) -> None:
    tamper(gift, "UPDATE article SET title = ? WHERE id = ?", "a\0b", WORDS.id)
    rows, skipped = everything(gift)
    assert [row["id"] for row in rows["article"]] == [OTHER.id]
    assert sorted(row["id"] for row in rows["annotation"]) == sorted([gift.whole, gift.withdrawn])
    assert rows["relation"] == rows["reading_state"] == rows["reading_choice"] == rows["prediction"] == []
    assert {one.table for one in skipped} == rows.keys() - {
        "annotator",
        "label",
        "rule",
        "scheme_attribute",
        "scheme_relation",
        "source",
    }


def test_what_refers_to_a_skipped_row_is_skipped_whatever_is_read_first(gift: Gift) -> None:
    tamper(gift, "UPDATE annotator SET name = '' WHERE id = ?", gift.ben)
    with open_foreign(gift.path) as opened:
        assert list(opened.relations()) == []
        assert list(opened.reading_states()) == list(opened.reading_choices()) == []
        assert opened.skipped_count == {
            "annotator": 1, "annotation": 4, "relation": 1, "reading_state": 1, "reading_choice": 1,
        }  # fmt: skip


def test_reading_twice_says_what_was_skipped_once(gift: Gift) -> None:
    tamper(gift, "UPDATE annotation SET note = 'a' || char(0) WHERE id = ?", gift.note)
    with open_foreign(gift.path) as opened:
        next(opened.annotations())
        assert len(list(opened.annotations())) == len(list(opened.annotations())) == 3
        assert [one.key for one in opened.skipped] == [gift.note]
        assert opened.skipped_count == {"annotation": 1}


def test_many_bad_rows_are_counted_and_the_first_are_told(gift: Gift, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(foreign, "MOST_TOLD", 2)
    with connect(gift.path) as connection:
        connection.execute("UPDATE annotation SET kind = 'virus'")
    with open_foreign(gift.path) as opened:
        assert list(opened.annotations()) == []
        assert len(opened.skipped) == 2
        assert opened.skipped_count == {"annotation": 4}


def test_text_that_is_not_utf_8_costs_only_its_row(gift: Gift) -> None:
    tamper(gift, "UPDATE annotation SET note = CAST(x'ff41' AS TEXT) WHERE id = ?", gift.claim)
    with open_foreign(gift.path) as opened:
        assert len(list(opened.annotations())) == 3
        (skipped,) = opened.skipped
        assert skipped == Skipped("annotation", "row 1", "it has text that is not UTF-8")
        assert list(opened.relations()) == []


def test_half_a_surrogate_pair_costs_only_its_row(gift: Gift) -> None:
    tamper(gift, "UPDATE article SET author = CAST(x'eda080' AS TEXT) WHERE id = ?", OTHER.id)
    with open_foreign(gift.path) as opened:
        assert [row["id"] for row in opened.articles()] == [WORDS.id]
        assert [one.reason for one in opened.skipped] == ["it has text that is not UTF-8"]


def test_rows_after_a_bad_one_are_read_however_many_came_before(gift: Gift) -> None:
    with connect(gift.path) as connection:
        connection.execute("BEGIN")
        for number in range(1_200):
            key = f"01a20f7a-8b29-742f-b606-{number:012x}"
            created = "2026-01-01T00:00:00.000000Z"
            name = b"\xff" if number == 700 else f"reader {number}".encode()
            connection.execute(
                "INSERT INTO annotator VALUES (?, CAST(? AS TEXT), ?, 'somebody', 0)", (key, name, created)
            )
        connection.execute("COMMIT")
    with open_foreign(gift.path) as opened:
        names = [row["name"] for row in opened.annotators()]
        assert sorted(names) == sorted(["ada", "ben", *(f"reader {n}" for n in range(1_200) if n != 700)])
        assert opened.skipped_count == {"annotator": 1}


def test_what_a_bad_row_is_called_can_be_shown(gift: Gift) -> None:
    tamper(gift, "UPDATE annotation SET id = ? WHERE id = ?", "\x1b[2J" + "x" * 500, gift.claim)
    _, skipped = everything(gift)
    assert skipped[0].key == "�[2J" + "x" * 60


def test_an_article_of_many_annotations_is_read_whole(gift: Gift) -> None:
    long = article("word " * 400, "long.txt")
    from store.library import Library

    with Library(gift.path, annotator="ben") as library:
        library.articles.add([long])
    with connect(gift.path) as connection:
        connection.execute("BEGIN")
        for number in range(1_500):
            values = (f"01a20f7a-8b29-742f-b606-{number:012x}", long.id, gift.ben)
            connection.execute(
                'INSERT INTO annotation (id, article_id, annotator_id, kind, start, "end", quote, prefix, suffix,'
                " note, attributes, created, updated) SELECT ?, ?, ?, 'highlight', 0, 4, 'word', '', '', '', '{}',"
                " created, updated FROM annotation LIMIT 1",
                values,
            )
        connection.execute("COMMIT")
    with open_foreign(gift.path) as opened:
        assert len(list(opened.annotations())) == 1_504
        assert opened.skipped == []


def test_a_corrected_article_comes_as_its_source_gives_it_whatever_the_file_shows(gift: Gift) -> None:
    with Library(gift.path, annotator="ben") as library:
        library.metadata.correct([WORDS.id], {Field.TITLE: "A better title", Field.AUTHOR: "Ben"})
    tamper(gift, "UPDATE article SET title = 'A lie' WHERE id = ?", WORDS.id)
    rows, skipped = everything(gift)
    (read,) = (row for row in rows["article"] if row["id"] == WORDS.id)
    assert (read["title"], read["author"], read["listing"]) == (WORDS.title, None, WORDS.title.casefold())
    assert {row["field"]: row["value"] for row in rows["correction"]} == {
        "title": "A better title", "author": "Ben", "language": "en",
    }  # fmt: skip
    assert skipped == []
    tamper(gift, "UPDATE correction SET original = NULL WHERE field = 'title'")
    rows, skipped = everything(gift)
    assert [one.reason for one in skipped] == ["its source's value is not one of a title"]
    assert "A lie" in [row["title"] for row in rows["article"]]  # a title like any other
