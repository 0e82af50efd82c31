"""Web Annotations and Hypothesis's exports come in where the library has the article that they are about."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.exchange.importing import import_files
from store.exchange.recognizing import recognize
from store.kinds import Kind
from store.library import Library
from tests.conftest import article
from tests.store.exchange import generated
from tests.store.exchange.shared import FIREMEN, export_to, firemen, said, taken_in
from tests.store.helpers import copied, execute

URL = "https://example.org/firemen"


@pytest.fixture
def other(tmp_path: Path) -> Library:
    """A library of carol's that has the article, as one that was published."""
    library = Library(tmp_path / "other.db", annotator="carol")
    library.articles.add([article(FIREMEN)])
    execute(library.path, f"UPDATE article SET url = '{URL}'")
    return library


def test_web_annotations_come_back_with_their_ids(library: Library, other: Library, tmp_path: Path) -> None:
    here = firemen(library)
    path = export_to(library, "w3c", tmp_path / "page.jsonld")
    assert recognize(path) == "w3c"
    report = taken_in(other, path)
    assert (report.files[0][2].annotations, report.relations) == (5, 1)
    ours, theirs = library.annotations.of(here.id), other.annotations.of(here.id)
    assert [(a.id, *said(a)) for a in theirs] == [(a.id, *said(a)) for a in ours]
    (one,), (two,) = library.relations.of(here.id), other.relations.of(here.id)
    assert (one.id, one.label, one.source_id, one.target_id) == (two.id, two.label, two.source_id, two.target_id)
    again = taken_in(other, path)
    assert (again.files[0][2].annotations, again.relations) == (0, 0)


@settings(max_examples=6, deadline=None)
@given(st.data())
def test_what_people_said_goes_over_the_web(blank_library: Path, data: st.DataObject) -> None:
    with copied(blank_library) as one, copied(blank_library) as other:
        here = generated.fill(data, one.path, one)
        generated.set_attributes(data, one.path)
        other.articles.add(here)
        taken_in(other, export_to(one, "w3c", one.path.with_name("page")), format_name="w3c")
        for article_ in here:
            ours, theirs = one.annotations.of(article_.id), other.annotations.of(article_.id)
            assert {repr((a.id, *said(a))) for a in ours} == {repr((a.id, *said(a))) for a in theirs}


def quoted(exact: str, prefix: str = "", suffix: str = "", start: int | None = None) -> list[dict[str, Any]]:
    selectors: list[dict[str, Any]] = [
        {"type": "TextQuoteSelector", "exact": exact, "prefix": prefix, "suffix": suffix}
    ]
    if start is not None:
        selectors.append({"type": "TextPositionSelector", "start": start, "end": start + len(exact)})
    return selectors


HYPOTHESIS = {
    "total": 4,
    "rows": [
        {
            "id": "Wm2hdnK2Ee6C",
            "created": "2026-01-02T03:04:05.678901+00:00",
            "updated": "2026-01-03T03:04:05.678901+00:00",
            "user": "acct:dora@hypothes.is",
            "uri": f"{URL}/",
            "text": "Is it?",
            "tags": ["CLAIM", "to do"],
            "target": [{"source": URL, "selector": [
                {"type": "RangeSelector", "startOffset": 3},
                *quoted("is", prefix="東京は大き", suffix=" nothing", start=900),
            ]}],
        },
        {"id": "b", "user": "acct:dora@hypothes.is", "uri": URL, "text": "", "tags": [],
         "target": [{"source": URL, "selector": quoted("The council", start=3)}]},
        {"id": "c", "user": "acct:dora@hypothes.is", "uri": URL, "text": "Nice.", "tags": [], "references": ["b"],
         "target": [{"source": URL}]},
        {"id": "d", "user": "acct:dora@hypothes.is", "uri": "https://example.org/other", "text": "x", "target": []},
        {"id": "e", "user": "acct:dora@hypothes.is", "uri": URL, "text": "x",
         "target": [{"source": URL, "selector": quoted("not said")}]},
    ],
}  # fmt: skip


@pytest.mark.parametrize("wrap", ["rows", "annotations", "array", "lines"])
def test_an_export_of_hypothesis(other: Library, tmp_path: Path, wrap: str) -> None:
    rows: Any = HYPOTHESIS["rows"]
    path = tmp_path / "export.json"
    path.write_bytes(
        {
            "rows": orjson.dumps(HYPOTHESIS),
            "annotations": orjson.dumps({"export_date": "x", "annotations": rows}, option=orjson.OPT_INDENT_2),
            "array": orjson.dumps(rows),
            "lines": b"\n".join(map(orjson.dumps, rows)),
        }[wrap]
        .replace(b'"is"', '"大きい"'.encode())
        .replace("東京は大き".encode(), "東京は".encode())
    )
    assert recognize(path) == "w3c"
    report = import_files(other, [path])
    reasons = [problem.rpartition(": ")[2] for problem in report.problems]
    assert [reason.split(",")[0] for reason in reasons] == [
        "postil add adds an article",
        "the text does not say “not said”",
    ]
    places = {"rows": "line 1, annotation 5", "annotations": "annotation 5", "array": "line 1", "lines": "line 5"}
    assert report.problems[1].startswith(f"{path}, {places[wrap]}: ")
    made = other.annotations.of(article(FIREMEN).id)
    assert [(a.kind, a.label, a.quote, a.note, a.annotator) for a in made] == [
        (Kind.NOTE, None, "", "Nice.", "dora@hypothes.is"),
        (Kind.CLAIM, "CLAIM", "大きい", "Is it?\n\n#to-do", "dora@hypothes.is"),
        (Kind.HIGHLIGHT, None, "The council", "", "dora@hypothes.is"),
    ]
    assert made[1].created == "2026-01-02T03:04:05.678901Z"
    assert taken_in_again(other, path) == 0


def taken_in_again(library: Library, path: Path) -> int:
    """How many annotations a second import adds."""
    return import_files(library, [path]).files[0][2].annotations


def test_of_several_places_the_one_with_the_context_is_meant(other: Library, tmp_path: Path) -> None:
    text = "It is safe. Bob says it is safe now. It is safe."
    other.articles.add([article(text)])
    execute(other.path, f"UPDATE article SET url = 'https://example.org/safe' WHERE text = '{text}'")
    path = tmp_path / "one.json"
    about = {"type": "SpecificResource", "source": "https://example.org/safe"}

    def place(selectors: list[dict[str, Any]]) -> int | None:
        item = {"@context": "http://www.w3.org/ns/anno.jsonld", "type": "Annotation", "motivation": "highlighting",
                "bodyValue": str(selectors), "target": about | {"selector": selectors}}  # fmt: skip
        path.write_bytes(orjson.dumps(item))
        before = {a.id for a in other.annotations.of(article(text).id)}
        taken_in(other, path)
        (new,) = [a for a in other.annotations.of(article(text).id) if a.id not in before]
        return new.start

    assert place(quoted("is safe")) == 3
    assert place(quoted("is safe", prefix="Bob says it ")) == 24
    assert place(quoted("is safe", suffix=" now")) == 24
    assert place(quoted("is safe", start=40)) == 40
    assert place(quoted("is safe", start=38)) == 40  # a hint
