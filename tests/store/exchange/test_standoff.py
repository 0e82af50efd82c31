"""brat, CoNLL and SLATE: what they write is read, and what postil writes for them has the shape that they document."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.errors import ImportingError
from store.exchange.importing import import_files
from store.exchange.recognizing import recognize
from store.kinds import Kind
from store.library import Library
from store.records import Annotation
from tests.conftest import article
from tests.store.exchange import generated
from tests.store.exchange.shared import FIREMEN, export_to, exported, firemen, job_for, said, span, taken_in
from tests.store.helpers import copied

BRAT = re.compile(
    r"(?:T[0-9]+\t[A-Za-z0-9_-]+ [0-9]+ [0-9]+(?:;[0-9]+ [0-9]+)*\t[^\n]+"
    r"|R[0-9]+\t[A-Za-z0-9_-]+ Arg1:T[0-9]+ Arg2:T[0-9]+"
    r"|#[0-9]+\t[A-Za-z0-9_-]+ [TR][0-9]+\t[^\n]*)\Z"
)
"""A line as brat's page on its standoff has them."""


@pytest.fixture
def other(tmp_path: Path) -> Library:
    return Library(tmp_path / "other.db", annotator="carol")


def only(library: Library) -> list[Annotation]:
    """The annotations of the one article that there is."""
    (row,) = library.articles.rows()
    return library.annotations.of(row.id)


# brat


def test_brat_has_a_text_and_its_annotations(library: Library, tmp_path: Path) -> None:
    here = firemen(library)
    library.annotations.tag(here, *span(FIREMEN, "open!\n\nThe council"))
    job = job_for("brat", names=True, predictions=True)
    folder = export_to(library, "brat", tmp_path / "brat", job)
    (text,), (standoff,) = folder.glob("*.txt"), folder.glob("*.ann")
    assert text.stem == standoff.stem == here.id[:16]
    source = text.read_bytes().decode()
    assert source == FIREMEN
    lines = standoff.read_text("utf-8").splitlines()
    assert all(BRAT.match(line) for line in lines)
    for line in lines:
        if line[0] == "T":
            _, place, quote = line.split("\t")
            parts = [tuple(map(int, part.split())) for part in place.partition(" ")[2].split(";")]
            assert " ".join(source[start:end] for start, end in parts) == quote
    assert f"R1\tattributed_to Arg1:T1 Arg2:T{2}" in lines
    over = [line for line in lines if "The council" in line]
    assert over[0].partition("\t")[2].startswith("CLAIM 60 65;67 78\t")
    assert job.losses.counts() == {"notes on whole articles": 1}
    configuration = (folder / "annotation.conf").read_text("utf-8")
    for name in ("[entities]", "CLAIM", "PERSON", "[relations]", "attributed_to\tArg1:<ANY>, Arg2:<ANY>", "[events]"):
        assert f"\n{name}\n" in f"\n{configuration}"


@settings(max_examples=8, deadline=None)
@given(st.data())
def test_what_people_said_of_words_comes_back_from_brat(blank_library: Path, data: st.DataObject) -> None:
    with copied(blank_library) as one, copied(blank_library) as other:
        here = generated.fill(data, one.path, one)
        generated.set_attributes(data, one.path)
        job = job_for("brat")
        taken_in(other, export_to(one, "brat", one.path.with_name("brat"), job))
        lost = job.losses.counts()
        for article_ in here:
            ours = [a for a in one.annotations.of(article_.id) if a.quote.strip("\n")]
            theirs = other.annotations.of(article_.id)
            if lost.keys() <= {"notes on whole articles", "relations that lead to another article or to a name"}:
                assert len(theirs) == len(ours)
            assert {a.id for a in theirs} == {a.id for a in ours}
            # A span that begins or ends with line ends comes back without them.
            exact = {a.id for a in ours if a.quote == a.quote.strip("\n") and not a.pieces}
            assert {repr(said(a)) for a in ours if a.id in exact} == {repr(said(a)) for a in theirs if a.id in exact}


def test_a_text_that_begins_with_the_mark_of_utf_8_files_comes_back_from_brat(
    library: Library, other: Library, tmp_path: Path
) -> None:
    marked = article("\ufeffOne sentence.")
    library.articles.add([marked])
    library.annotations.tag(marked, 1, 4)
    taken_in(other, export_to(library, "brat", tmp_path / "brat"))
    assert [(one.article_id, one.quote) for one in only(other)] == [(marked.id, "One")]


BRATS_OWN = """T1\tOrganization 0 4\tSony
T2\tMERGE-ORG 14 27\tjoint venture
T3\tOrganization 33 41\tEricsson
T4\tContent 14 19;28 32\tjoint with
E1\tMERGE-ORG:T2 Org1:T1 Org2:T3
R1\tOrigin Arg1:T3 Arg2:T4
*\tEquiv T1 T3
A1\tNegation E1
A2\tConfidence T1 L1
#1\tAnnotatorNotes T1\tthis annotation is suspect
N1\tReference T1 Wikipedia:1\tSony
T9\tPlace 90 99\tnowhere
X
"""


def test_a_folder_of_brats(other: Library, tmp_path: Path) -> None:
    folder = tmp_path / "brat"
    folder.mkdir()
    (folder / "a.txt").write_bytes(b"Sony formed a joint venture with Ericsson.\r\n")
    (folder / "a.ann").write_text(BRATS_OWN, "utf-8")
    report = import_files(other, [folder])
    assert report.problems == [
        f"{folder}, a.ann: line 13 was left out: it is no line of brat's",
        f"{folder}, a.ann: line 12 was left out: it stands at 90 99, which is no span of a text of 44 code points",
    ]
    made = {a.quote: a for a in only(other)}
    assert made["Sony"].note == "this annotation is suspect"
    assert made["Sony"].attributes == {"Confidence": "L1"}
    assert made["joint venture"].attributes == {"Negation": True}
    assert made["joint venture with"].pieces == ((14, 19), (28, 32))
    (row,) = other.articles.rows()
    quotes = {a.id: a.quote for a in made.values()}
    found = {(r.label, quotes[r.source_id], quotes[r.target_id]) for r in other.relations.of(row.id)}
    assert found == {
        ("Org1", "joint venture", "Sony"),
        ("Org2", "joint venture", "Ericsson"),
        ("Origin", "Ericsson", "joint venture with"),
        ("same_as", "Sony", "Ericsson"),
    }


def test_annotations_without_a_text_are_a_sentence(other: Library, tmp_path: Path) -> None:
    (tmp_path / "a.ann").write_text("", "utf-8")
    with pytest.raises(ImportingError, match=r"a\.ann has no text beside it: a\.txt is not there"):
        import_files(other, [tmp_path / "a.ann"])


# CoNLL


def test_conll_tags_the_names(library: Library) -> None:
    firemen(library)
    job = job_for("conll", predictions=True)
    text = exported(library, "conll", job).decode()
    assert text.startswith("-DOCSTART- -X- -X- O\n\n👨🏻‍🚒 -X- -X- O\nfiremen -X- -X- O\n")
    tagged = [line.split(" ") for line in text.splitlines() if line]
    assert {len(columns) for columns in tagged} == {4}
    assert [(c[0], c[3]) for c in tagged if c[3] != "O"] == [("Ada", "B-PERSON"), ("東", "B-GPE"), ("京", "I-GPE")]
    assert job.losses.counts() == {
        "notes on whole articles": 1,
        "relations": 1,
        "annotations, which are not names (--label tags them instead)": 4,
    }


def test_conll_tags_the_labels_that_are_asked_for(library: Library) -> None:
    here = firemen(library)
    library.annotations.tag(here, *span(FIREMEN, "drive firetrucks"), "EVIDENCE")
    job = job_for("conll", labels=frozenset({"CLAIM", "EVIDENCE"}))
    text = exported(library, "conll", job).decode()
    assert "firemen -X- -X- B-CLAIM\ndrive -X- -X- I-CLAIM\nfiretrucks -X- -X- I-CLAIM\n, -X- -X- O\n" in text
    assert job.losses.counts()["annotations over one that is longer"] == 1


CONLLS = {
    "IOB1": ["EU I-ORG", "UN B-ORG", "says O", "Ada I-PER", "Lee I-PER", ". O"],
    "IOB2": ["EU B-ORG", "UN B-ORG", "says O", "Ada B-PER", "Lee I-PER", ". O"],
    "IOBES": ["EU S-ORG", "UN S-ORG", "says O", "Ada B-PER", "Lee E-PER", ". O"],
    "CoNLL-2003": ["EU NNP I-NP I-ORG", "UN NNP I-NP B-ORG", "says V O O", "Ada N I-NP I-PER",
                   "Lee N I-NP I-PER", ". . O O"],
    "tabs": ["EU\tB-ORG", "UN\tB-ORG", "says\tO", "Ada\tB-PER", "Lee\tI-PER", ".\tO"],
}  # fmt: skip


@pytest.mark.parametrize("kind", CONLLS)
def test_the_kinds_of_conll(other: Library, tmp_path: Path, kind: str) -> None:
    path = tmp_path / "file"
    path.write_bytes(("-DOCSTART- -X- O O\r\n\r\n" + "\r\n".join(CONLLS[kind]) + "\r\n\r\nYes O\r\n").encode())
    assert recognize(path) == "conll"
    taken_in(other, path)
    (row,) = other.articles.rows()
    text = other.articles.get(row.id)
    assert text is not None
    assert text.text == "EU UN says Ada Lee .\nYes\n"
    assert [(a.kind, a.label, a.quote) for a in only(other)] == [
        (Kind.ENTITY, "ORG", "EU"),
        (Kind.ENTITY, "ORG", "UN"),
        (Kind.ENTITY, "PER", "Ada Lee"),
    ]
    again = export_to(other, "conll", tmp_path / "again").read_text("utf-8")
    assert "EU -X- -X- B-ORG\nUN -X- -X- B-ORG\nsays -X- -X- O\nAda -X- -X- B-PER\nLee -X- -X- I-PER\n" in again


def test_what_is_wrong_in_conll_is_said_with_its_line(other: Library, tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text("# a comment\nEU B-ORG\nodd\nUN Q-ORG\nsays O\n\n-DOCSTART- O\n\nYes O\nNo O\n", "utf-8")
    report = import_files(other, [path])
    assert report.problems == [
        f"{path}, line 1: line 3 was left out: it has a token and no tag",
        f"{path}, line 1: the tag Q-ORG in line 4 was left out: it is neither O nor B-… nor I-…",
    ]
    assert other.articles.count() == 2


# SLATE


SLATES = """(0, 1) - label:a
((0, 0), (1, 1)) - b c
[(0, 0), (1, 2)] -
(1, 1, 1) - d
1 - e
((1, 0, 1), (1, 1)) - f
0 1 -
(7, 0) - a
(0,, - a
__import__("os").system("x") - a
(0, 1, 99) - a
"""


def test_slates_annotations_are_parsed_and_never_run(other: Library, tmp_path: Path) -> None:
    (tmp_path / "book.txt").write_bytes("Éva lives  here.\r\nSo do we 👍\r\n".encode())
    path = tmp_path / "book.txt.category.annotations1"
    path.write_text(SLATES, "utf-8")
    report = import_files(other, [path], format_name="slate")
    assert [problem.removeprefix(f"{path}: ") for problem in report.problems] == [
        "line 8 was left out: the text has no such line or word",
        "line 9 was left out: its place is not in brackets that close",
        "line 10 was left out: it is not a place and a label",
        "line 11 was left out: the word has no such sign",
    ]
    assert sorted((a.label or "", a.quote) for a in only(other)) == [
        ("", "So do we 👍"),
        ("", "we"),
        ("", "Éva"),
        ("", "Éva lives  here."),
        ("a", "lives"),
        ("b", "Éva lives  here.\nSo do"),
        ("c", "Éva lives  here.\nSo do"),
        ("d", "o"),
        ("e", "So do we 👍"),
        ("f", "o do"),
    ]
    (row,) = other.articles.rows()
    quotes = {a.id: a.quote for a in only(other)}
    assert {(quotes[r.source_id], quotes[r.target_id]) for r in other.relations.of(row.id)} == {
        ("we", "Éva"),
        ("So do we 👍", "Éva lives  here."),
    }


def test_slate_is_recognized_and_its_text_looked_for(other: Library, tmp_path: Path) -> None:
    path = tmp_path / "book.txt.annotations"
    path.write_text("(0, 0) - a\n(0, 1) - b\n", "utf-8")
    assert recognize(path) == "slate"
    with pytest.raises(ImportingError, match=r"has no text beside it: it is looked for as book\.txt\.$"):
        import_files(other, [path])
    (tmp_path / "book.txt").write_text("One two", "utf-8")
    taken_in(other, path)
    assert [a.quote for a in only(other)] == ["One", "two"]


def test_conll_in_sentences_loses_no_token(library: Library) -> None:
    text = "Dr. No said it. 3.5 of 1,000 agree! 'It's' well-known…\n\n第一に。終わり"
    library.articles.add([article(text)])
    tokens = [line.split(" ")[0] for line in exported(library, "conll").decode().splitlines()[1:] if line]
    assert "".join(tokens) == "".join(text.split())
    assert tokens[:5] == ["Dr", ".", "No", "said", "it"]
    assert {"3.5", "1,000", "It's", "well-known"} <= set(tokens)
