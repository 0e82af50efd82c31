"""What leaves as JSONL comes in again, and leaves a second time the same to the byte."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.care.check import check
from store.entities.gold import Decision
from store.errors import ImportingError
from store.exchange.exporting import pieces
from store.exchange.importing import import_files
from store.exchange.selection import Selection
from store.kinds import Grouping
from store.library import Library
from store.metadata.fields import Field
from store.records import Entity, Found, Provenance
from tests.conftest import article
from tests.store.exchange import generated
from tests.store.exchange.test_jsonl import VALIDATOR
from tests.store.helpers import copied, query

EVERYTHING = Selection(withdrawn=True)

WORDS = article("Apples are red, said Ada.\n\nBerries are red.")


def export(library: Library, path: Path, selection: Selection = EVERYTHING) -> bytes:
    """The export of a library, which is written to a file too."""
    data = b"".join(pieces(library, "jsonl", selection))
    path.write_bytes(data)
    return data


@settings(max_examples=15, deadline=None)
@given(st.data())
def test_an_export_of_an_import_is_the_same_to_the_byte(blank_library: Path, data: st.DataObject) -> None:
    with copied(blank_library) as one, copied(blank_library) as other:
        here = generated.fill(data, one.path, one)
        generated.decide(data, one.path, one, here)
        generated.set_attributes(data, one.path)
        generated.correct(data, one.path, one, here)
        file = one.path.with_name("export.jsonl")
        said = export(one, file)
        report = import_files(other, [file])
        assert report.problems == []
        assert export(other, file) == said
        assert list(check(other.path)) == []


@pytest.fixture
def other(tmp_path: Path) -> Library:
    """Another library, of bob's."""
    return Library(tmp_path / "other.db", annotator="bob")


@pytest.fixture
def exported(library: Library, tmp_path: Path) -> Path:
    """An export with two claims, a note, a relation and a decision on a name, all of ada's."""
    library.articles.add([WORDS])
    one, two = library.annotations.tag(WORDS, 0, 14), library.annotations.tag(WORDS, 27, 42)
    library.annotations.note(WORDS, None, "Which berries?")
    library.relations.relate(two.id, one.id, "supports")
    ada = Entity(21, 24, "PERSON")
    library.predictions.keep(WORDS.id, "p 1", [Found(0, len(WORDS.text), [ada])])
    library.decisions.decide(WORDS, Decision.ACCEPT, (21, 24), "PERSON", predicted=ada, pipeline="p 1")
    export(library, tmp_path / "export.jsonl")
    return tmp_path / "export.jsonl"


def test_whose_it_is_and_when_it_was_made_come_along(library: Library, other: Library, exported: Path) -> None:
    import_files(other, [exported])
    ours, theirs = library.annotations.of(WORDS.id), other.annotations.of(WORDS.id)
    assert [(a.id, a.annotator, a.created, a.quote, a.note, a.attributes) for a in theirs] == [
        (a.id, "ada", a.created, a.quote, a.note, a.attributes) for a in ours
    ]
    (relation,) = other.relations.of(WORDS.id)
    assert (relation.label, relation.annotator) == ("supports", "ada")
    assert other.predictions.of(WORDS.id, "p 1") == library.predictions.of(WORDS.id, "p 1")


def test_a_second_import_adds_nothing(other: Library, exported: Path) -> None:
    first = import_files(other, [exported])
    ((_, name, arrived),) = first.files
    assert (name, arrived.articles, arrived.annotations, arrived.known, first.relations) == ("jsonl", 1, 4, 0, 1)
    before = query(other.path, "SELECT * FROM change"), query(other.path, "SELECT * FROM annotation")
    second = import_files(other, [exported])
    ((_, _, arrived),) = second.files
    assert (arrived.articles, arrived.annotations, arrived.known) == (0, 0, 4)
    assert (second.relations, second.known_relations) == (0, 1)
    assert (query(other.path, "SELECT * FROM change"), query(other.path, "SELECT * FROM annotation")) == before


def test_an_import_is_one_act_that_is_undone_and_redone(other: Library, exported: Path) -> None:
    import_files(other, [exported])
    undone = other.history.undo()
    assert undone is not None
    assert undone.action == "import"
    assert not other.annotations.of(WORDS.id)
    assert not other.relations.of(WORDS.id)
    other.history.redo()
    assert len(other.annotations.of(WORDS.id)) == 4
    assert len(other.relations.of(WORDS.id)) == 1
    assert {change.step for change in other.history.changes() if change.action == "import"} == {undone_step(other)}


def undone_step(library: Library) -> str | None:
    """The step that the latest undo or redo speaks of."""
    return next(change.reverses for change in library.history.changes() if change.reverses)


def test_a_dry_run_says_what_would_come_and_keeps_nothing(other: Library, exported: Path) -> None:
    report = import_files(other, [exported], dry_run=True)
    assert (report.files[0][2].annotations, report.relations) == (4, 1)
    assert other.articles.count() == 0
    assert query(other.path, "SELECT count(*) FROM annotator") == [1]


def test_relations_find_an_end_in_a_later_file(library: Library, other: Library, tmp_path: Path) -> None:
    here, there = article("Apples are red."), article("Berries are red.")
    library.articles.add([here, there])
    library.relations.relate(
        library.annotations.tag(here, 0, 15).id, library.annotations.tag(there, 0, 16).id, "supports"
    )
    first, second = pieces(library)
    for name, piece in (("1.jsonl", first), ("2.jsonl", second)):
        (tmp_path / name).write_bytes(piece)
    assert import_files(other, [tmp_path / "1.jsonl"], dry_run=True).problems == [
        f"{tmp_path / '1.jsonl'}, line 1: a relation was left out: it leads to an annotation that is not there"
    ]
    report = import_files(other, [tmp_path / "1.jsonl", tmp_path / "2.jsonl"])
    assert (report.relations, report.problems) == (1, [])


BAD = {
    "no JSON": (b"{", "line 2: it is not JSON"),
    "no object": (b"[1]", "line 2: it is not a JSON object"),
    "a changed text": (("text", "Pears are red."), "line 2: its id is not the SHA-256 of its text"),
    "a later schema": (("schema", "postil/9"), "line 2: its schema is postil/9"),
    "a text that is none": (("text", 5), "line 2: its field text is not a text"),
    "a part": (("part", [0, 3]), "line 2: it is a part of an article"),
    "no spans": (("spans", None), "line 2: its field spans is not an array"),
    "a span outside": (("spans", 0, "end", 99), "line 2: an annotation was left out: it stands at 0:99"),
    "a span elsewhere": (("spans", 0, "start", 1), "the text does not say “Apples are red”"),
    "a span of truth": (("spans", 0, "start", True), "line 2: span 1 was left out: its field start is not a whole"),
    "an id of nothing": (("spans", 0, "id", "x"), "line 2: span 1 was left out: its id is not a UUID"),
    "another kind": (("spans", 0, "kind", "doubt"), "line 2: span 1 was left out: it is a doubt"),
    "pieces": (("spans", 0, "pieces", [[0, 3], [2, 14]]), "its pieces do not follow each other"),
    "a time of day": (("spans", 0, "created", "noon"), "line 2: span 1 was left out: its field created is not a time"),
    "a decision of nothing": (("decisions", 0, "text", "AI"), "the text does not say “AI”"),
    "a prediction outside": (("predictions", 0, "end", 99), "line 2: prediction 1 was left out: it stands at 21:99"),
}


@pytest.mark.parametrize("case", BAD)
def test_what_is_bad_is_left_out_and_said_with_its_line(other: Library, exported: Path, case: str) -> None:
    wrong, said = BAD[case]
    good = exported.read_bytes()
    exported.write_bytes(b"\n" + (wrong if isinstance(wrong, bytes) else _with(good, *wrong)) + b"\n" + _other(good))
    report = import_files(other, [exported], format_name="jsonl")
    assert report.problems[0].startswith(f"{exported}, ")
    assert said in report.problems[0]
    assert "Pears" in {row.title for row in other.articles.rows()}
    nothing = query(other.path, "SELECT count(*) FROM article")
    with Library(exported.with_name("third.db"), annotator="carol") as third:
        with pytest.raises(ImportingError, match="nothing was imported") as refused:
            import_files(third, [exported], format_name="jsonl", strict=True)
        assert said in refused.value.sentence
        assert third.articles.count() == 0
    assert nothing == query(other.path, "SELECT count(*) FROM article")


def _with(line: bytes, *path: object) -> bytes:
    """The line with another value at a place in it."""
    value = orjson.loads(line)
    here = value
    *way, last, new = path
    for step in way:
        here = here[step]
    here[last] = new
    return orjson.dumps(value)


def _other(line: bytes) -> bytes:
    """A good line about another article."""
    value = orjson.loads(line)
    other = article("Pears")
    nothing: dict[str, list[object]] = {
        name: [] for name in ("spans", "notes", "relations", "entities", "predictions", "decisions")
    }
    meta = value["meta"] | {"title": "Pears"}
    return orjson.dumps(value | nothing | {"id": other.id, "text": other.text, "read": {}, "meta": meta})


def test_tags_and_collections_come_along_and_are_undone_with_the_rest(
    library: Library, other: Library, exported: Path
) -> None:
    library.groups.add(Grouping.TAG, "fruit", [WORDS.id])
    library.groups.add(Grouping.TAG, "gone again", [WORDS.id])
    library.groups.remove(Grouping.TAG, "gone again", [WORDS.id])
    with Library(library.path, annotator="bob") as bob:
        bob.groups.add(Grouping.COLLECTION, "Elections 2024", [WORDS.id])
    said = export(library, exported)
    line = orjson.loads(said)
    assert [(one["name"], one["annotator"]) for one in line["tags"]] == [("fruit", "ada")]
    assert [(one["name"], one["annotator"]) for one in line["collections"]] == [("Elections 2024", "bob")]
    assert [one["name"] for one in line["withdrawn"]["tags"]] == ["gone again"]
    assert list(VALIDATOR.iter_errors(line)) == []
    report = import_files(other, [exported])
    assert (report.files[0][2].groups, report.problems) == (3, [])
    assert export(other, exported.with_name("again.jsonl")) == said
    assert import_files(other, [exported]).files[0][2].groups == 0
    undone = other.history.undo()
    assert undone is not None
    assert (undone.action, undone.articles) == ("import", 1)
    assert (other.annotations.of(WORDS.id), other.groups.all(Grouping.TAG)) == ([], [])
    other.history.redo()
    assert other.articles.page()[0].tags == ("fruit",)
    assert len(other.annotations.of(WORDS.id)) == 4
    assert list(check(other.path)) == []


def test_a_tag_that_none_could_be_is_left_out_and_told(library: Library, other: Library, exported: Path) -> None:
    library.groups.add(Grouping.TAG, "fruit", [WORDS.id])
    file = exported.with_name("bad.jsonl")
    file.write_bytes(export(library, exported).replace(b'"fruit"', b'"fr\\u001bit"'))
    report = import_files(other, [file])
    assert report.problems == [f"{file}, line 1: tag 1 was left out: its name is not one that it could have in postil"]
    assert other.groups.all(Grouping.TAG) == []


def test_where_a_text_came_from_comes_along(library: Library, other: Library, tmp_path: Path) -> None:
    told = Provenance("postil text 1", original="0" * 64, part="line 3", language="en", meta={"tags": ["a"]})
    here = dataclasses.replace(article("Apples."), author="Ada", url="https://example.org/a", provenance=told)
    library.articles.add([here])
    said = export(library, tmp_path / "export.jsonl")
    assert orjson.loads(said)["provenance"] == {
        "extractor": "postil text 1",
        "original": "0" * 64,
        "part": "line 3",
        "language": "en",
        "meta": {"tags": ["a"]},
    }
    import_files(other, [tmp_path / "export.jsonl"])
    found = other.articles.get(here.id)
    assert found is not None
    assert (found.provenance, found.author, found.url) == (told, "Ada", "https://example.org/a")
    assert export(other, tmp_path / "again.jsonl") == said


def test_corrections_come_in_where_the_library_has_none_and_are_undone_with_the_import(
    library: Library, other: Library, tmp_path: Path
) -> None:
    library.articles.add([WORDS])
    library.metadata.correct([WORDS.id], {Field.AUTHOR: "Ada", Field.SOURCE: "The Herald"})
    data = export(library, tmp_path / "export.jsonl")
    other.articles.add([dataclasses.replace(WORDS, author="admin")])
    other.metadata.correct([WORDS.id], {Field.SOURCE: "The Echo"})
    report = import_files(other, [tmp_path / "export.jsonl"])
    assert [(arrived.corrections, arrived.known) for _, _, arrived in report.files] == [(1, 1)]
    told = other.metadata.of(WORDS.id)
    assert (told.value(Field.AUTHOR), told.value(Field.SOURCE)) == ("Ada", "The Echo")
    assert told.corrections[Field.AUTHOR].annotator == "ada"
    other.history.undo()
    assert other.metadata.of(WORDS.id).value(Field.AUTHOR) == "admin"
    assert list(check(other.path)) == []
    bad = data.replace(b'"field":"author"', b'"field":"colour"').replace(b'"value":"The Herald"', b'"value":7')
    (tmp_path / "bad.jsonl").write_bytes(bad)
    problems = import_files(other, [tmp_path / "bad.jsonl"]).problems
    assert [problem.rpartition("correction ")[2] for problem in problems] == [
        "1 was left out: it is of colour, which this postil does not know",
        "2 was left out: its field value is not a text",
    ]


MENU = "Home\nNews\nWeather\nLog in\nSubscribe"
OLD = f"{MENU}\n\nThe council met on Monday, and spoke of bread.\n\nNobody came to the meeting of the council but Ada."
NEW = OLD.replace("Nobody came", "Everybody came").replace("Monday, and spoke of bread", "Tuesday")


def test_folds_what_was_decided_on_them_and_what_was_settled_come_back(
    library: Library, other: Library, tmp_path: Path
) -> None:
    old, new = (dataclasses.replace(article(text), url="https://example.org/") for text in (OLD, NEW))
    library.articles.add([old])
    library.articles.add([new])
    start = OLD.index("and spoke of bread")
    gone = library.annotations.tag(old, start, start + len("and spoke of bread"))
    library.settling.leave(new.id, [gone.id])
    assert sum(library.folds.look()) == 2
    library.folds.keep_open(old, 0, len(MENU))
    said = export(library, tmp_path / "one.jsonl")
    lines = {line["id"]: line for line in map(orjson.loads, said.splitlines())}
    fold = {"start": 0, "end": len(MENU), "kinds": ["menu"], "count": 5}
    assert lines[new.id]["folds"] == [fold | {"state": "detected"}]
    assert lines[old.id]["folds"] == [fold | {"state": "text"}]
    assert [one["kind"] for one in lines[old.id]["fold_decisions"]] == ["fold"]
    assert [one["kind"] for one in lines[old.id]["spans"]] == ["claim"]
    assert lines[new.id]["settled"][0]["attributes"] == {"annotation": gone.id}
    assert [(one["article"], one["text"]) for one in lines[new.id]["orphaned"]] == [(old.id, "and spoke of bread")]
    assert import_files(other, [tmp_path / "one.jsonl"]).problems == []
    assert export(other, tmp_path / "two.jsonl") == said


def test_decisions_on_folds_that_an_earlier_postil_wrote_among_the_spans_come_in(
    library: Library, other: Library, tmp_path: Path
) -> None:
    menu = article(OLD)
    library.articles.add([menu])
    library.folds.keep_open(menu, 0, len(MENU))
    line = orjson.loads(export(library, tmp_path / "new.jsonl"))
    line["spans"] += line.pop("fold_decisions")
    (tmp_path / "old.jsonl").write_bytes(orjson.dumps(line))
    assert import_files(other, [tmp_path / "old.jsonl"]).problems == []
    assert other.folds.of(menu) == []
