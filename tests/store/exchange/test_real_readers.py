"""The exports opened by the programs that they are for: spaCy, datasets, pandas and pyarrow, a JSON-LD processor."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import orjson
import pytest

from store.exchange.losses import Losses
from store.exchange.spacy import in_dev
from store.library import Library
from store.records import Article
from tests.conftest import article
from tests.store.exchange.shared import FIREMEN, export_to, exported, firemen, job_for, span
from tests.store.helpers import execute, found, run_python


def many(library: Library, number: int) -> list[Article]:
    """Short articles with a claim and a name each."""
    articles = [article(f"Reactor {n} is safe, said Ada.") for n in range(number)]
    library.articles.add(articles)
    for here in articles:
        library.annotations.tag(here, *span(here.text, "is safe"))
        library.predictions.keep(here.id, "p 1", [found(here.text, ("Ada", "PERSON"))])
    return articles


# spaCy

TRAIN = """
import json, sys
import spacy
from pathlib import Path
from spacy.training import Corpus
from spacy.tokens import DocBin

folder = Path(sys.argv[1])
nlp = spacy.blank("en")
nlp.add_pipe("ner")
nlp.add_pipe("spancat", config={"spans_key": "sc"})
examples = list(Corpus(folder / "train")(nlp))
optimizer = nlp.initialize(lambda: examples)
losses = {}
for _ in range(2):
    nlp.update(examples, sgd=optimizer, losses=losses)
docs = [doc for split in ("train", "dev") for file in sorted((folder / split).glob("*.spacy"))
        for doc in DocBin().from_disk(file).get_docs(nlp.vocab)]
print(json.dumps({
    "losses": {name: float(loss) for name, loss in losses.items()},
    "labels": [list(nlp.get_pipe(name).labels) for name in ("ner", "spancat")],
    "docs": [{
        "text": doc.text,
        "ents": [(e.start_char, e.end_char, e.label_) for e in doc.ents],
        "spans": [(s.start_char, s.end_char, s.label_, s.id_) for s in doc.spans["sc"]],
        "article": doc.user_data["postil"]["article"],
    } for doc in docs],
    "examples": len(examples),
}))
"""


def test_spacy_reads_the_docbins_and_trains_on_them(library: Library, tmp_path: Path) -> None:
    articles = many(library, 12)
    here = firemen(library)
    job = job_for("spacy", dev=0.5, predictions=True)
    folder = export_to(library, "spacy", tmp_path / "spacy", job)
    said = orjson.loads(run_python(TRAIN, folder))
    assert "PERSON" in said["labels"][0]
    assert "CLAIM" in said["labels"][1]
    assert all(loss > 0 for loss in said["losses"].values())
    assert said["losses"].keys() == {"ner", "spancat"}
    docs = {doc["article"]: doc for doc in said["docs"]}
    assert docs.keys() == {one.id for one in [*articles, here]}
    assert said["examples"] == sum(not in_dev(one.id, 0.5) for one in [*articles, here])
    for one in articles:
        doc = docs[one.id]
        assert doc["text"] == one.text
        assert [one.text[start:end] for start, end, _ in doc["ents"]] == ["Ada"]
        assert [one.text[start:end] for start, end, *_ in doc["spans"]] == ["is safe"]
    firemens = [
        (a.start, a.end, a.label or "NOTE", a.id) for a in library.annotations.of(here.id) if not a.whole_article
    ]
    assert [tuple(marked) for marked in docs[here.id]["spans"]] == firemens
    assert job.losses.counts() == {
        "notes on whole articles": 1,
        "relations": 1,
        "names that do not begin and end where spaCy's tokens do, widened to them": 1,  # 東京 in a longer token
    }


def test_a_split_depends_on_nothing_but_the_article(library: Library, tmp_path: Path) -> None:
    articles = many(library, 8)
    split = {one.id for one in articles if in_dev(one.id, 0.5)}
    assert 0 < len(split) < 8
    assert {one.id for one in articles if in_dev(one.id, 0.25)} < split
    assert not any(in_dev(one.id, 0.0) for one in articles)
    assert all(in_dev(one.id, 1.0) for one in articles)
    export_to(library, "huggingface", tmp_path / "hf", job_for("huggingface", dev=0.5))
    lines = (tmp_path / "hf/data/validation.jsonl").read_bytes().splitlines()
    assert {orjson.loads(line)["id"] for line in lines} == split


# Hugging Face

OPEN = """
import sys
from datasets import load_dataset, ClassLabel
import json

found = load_dataset(sys.argv[1])
features = found["train"].features
names = features["ner_tags"].feature.names
print(json.dumps({
    "splits": {name: len(split) for name, split in found.items()},
    "names": names,
    "spans": sorted(features["spans"].feature),
    "rows": [{**row, "tags": [names[tag] for tag in row["ner_tags"]]} for split in found.values() for row in split],
}))
"""


def test_datasets_opens_the_folder(library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setenv("HF_HOME", str(tmp_path / "cache"))
    many(library, 6)
    here = firemen(library)
    job = job_for("huggingface", dev=0.5, predictions=True)
    folder = export_to(library, "huggingface", tmp_path / "hf", job)
    said = orjson.loads(run_python(OPEN, folder))
    assert sum(said["splits"].values()) == 7
    assert set(said["names"]) == {"O", "B-PERSON", "B-GPE", "I-GPE"}
    rows = {row["id"]: row for row in said["rows"]}
    row = rows[here.id]
    for marked in [*row["spans"], *row["entities"]]:
        assert row["text"][marked["start"] : marked["end"]] == marked["text"]
    assert [(word, tag) for word, tag in zip(row["tokens"], row["tags"], strict=True) if tag != "O"] == [
        ("Ada", "B-PERSON"), ("東", "B-GPE"), ("京", "I-GPE")]  # fmt: skip
    assert row["notes"][0]["note"] == "Who wrote this?"
    assert row["relations"][0]["label"] == "attributed_to"


# Tables


def test_pandas_and_pyarrow_read_the_table(library: Library) -> None:
    import pandas
    from pyarrow import parquet

    here = firemen(library)
    execute(library.path, """UPDATE annotation SET attributes = '{"verdict":"refuted"}' WHERE label = 'SOURCE'""")
    job = job_for("parquet")
    table = parquet.read_table(io.BytesIO(exported(library, "parquet", job)))
    frame = table.to_pandas()
    ours = library.annotations.of(here.id)
    assert list(frame["annotation"]) == [a.id for a in ours]
    assert str(table.schema.field("start").type) == "int64"
    spans = frame[frame["start"].notna()]
    for row in spans.itertuples():
        assert FIREMEN[int(row.start) : int(row.end)] == row.quote
        assert row.quote in row.context
    assert next(iter(spans["context"])) == "👨🏻‍🚒 firemen drive firetrucks, said Ada."
    assert orjson.loads(frame[frame["label"] == "SOURCE"]["attributes"].iloc[0]) == {"verdict": "refuted"}
    assert job.losses.counts() == {"relations": 1}

    from_csv = pandas.read_csv(io.BytesIO(exported(library, "csv")), keep_default_na=False)
    assert list(from_csv["quote"]) == [a.quote for a in ours]
    assert list(from_csv["note"]) == [a.note for a in ours]
    assert list(from_csv.columns) == list(frame.columns)


def test_csv_is_what_the_standard_library_reads(library: Library) -> None:
    here = article('Say "no", he said.\nNow; or\tlater.')
    library.articles.add([here])
    library.annotations.note(here, (4, 20), 'a "note",\r\nwith lines')
    (row,) = csv.DictReader(io.StringIO(exported(library, "csv").decode(), newline=""))
    assert (row["quote"], row["note"]) == (here.text[4:20], 'a "note",\r\nwith lines')


def test_many_rows_are_many_groups(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    from pyarrow import parquet

    monkeypatch.setattr("store.exchange.parquet._GROUP", 2)
    many(library, 5)
    file = parquet.ParquetFile(io.BytesIO(exported(library, "parquet")))
    assert (file.num_row_groups, file.metadata.num_rows) == (3, 5)


def test_parquet_without_pyarrow_is_a_sentence(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    from store.errors import ExportError

    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ExportError, match=r"Parquet needs pyarrow: python3 -m pip install 'postil\[parquet\]'"):
        exported(library, "parquet")


# JSON-LD

OA, AS, DC, DCTERMS, FOAF, SCHEMA, RDF = (
    "http://www.w3.org/ns/oa#",
    "http://www.w3.org/ns/activitystreams#",
    "http://purl.org/dc/elements/1.1/",
    "http://purl.org/dc/terms/",
    "http://xmlns.com/foaf/0.1/",
    "https://schema.org/",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
)

CONTEXT = {
    "oa": OA,
    "id": "@id",
    "type": "@type",
    **{
        name: f"{OA}{name}"
        for name in ("Annotation", "TextualBody", "SpecificResource", "TextQuoteSelector", "TextPositionSelector")
    },
    "AnnotationPage": f"{AS}OrderedCollectionPage",
    "Person": f"{FOAF}Person",
    "items": {"@id": f"{AS}items", "@type": "@id", "@container": "@list"},
    "body": {"@id": f"{OA}hasBody", "@type": "@id"},
    "target": {"@id": f"{OA}hasTarget", "@type": "@id"},
    "source": {"@id": f"{OA}hasSource", "@type": "@id"},
    "selector": {"@id": f"{OA}hasSelector", "@type": "@id"},
    "motivation": {"@id": f"{OA}motivatedBy", "@type": "@vocab"},
    "purpose": {"@id": f"{OA}hasPurpose", "@type": "@vocab"},
    **{
        name: f"{OA}{name}"
        for name in ("classifying", "commenting", "highlighting", "identifying", "linking", "tagging")
    },
    "creator": {"@id": f"{DCTERMS}creator", "@type": "@id"},
    "created": {"@id": f"{DCTERMS}created", "@type": "http://www.w3.org/2001/XMLSchema#dateTime"},
    "modified": {"@id": f"{DCTERMS}modified", "@type": "http://www.w3.org/2001/XMLSchema#dateTime"},
    "name": f"{FOAF}name",
    "value": f"{RDF}value",
    "format": f"{DC}format",
    "exact": f"{OA}exact",
    "prefix": f"{OA}prefix",
    "suffix": f"{OA}suffix",
    "start": {"@id": f"{OA}start", "@type": "http://www.w3.org/2001/XMLSchema#nonNegativeInteger"},
    "end": {"@id": f"{OA}end", "@type": "http://www.w3.org/2001/XMLSchema#nonNegativeInteger"},
}
"""The terms of the Web Annotation context that we use, with the IRIs that it gives them."""


def expanded(document: Any, contexts: dict[str, Any]) -> Any:
    """The document as a JSON-LD processor understands it, which fetches nothing."""
    from pyld import jsonld

    def load(url: str, _options: Any) -> dict[str, Any]:
        return {"contextUrl": None, "documentUrl": url, "document": {"@context": contexts[url]}}

    return jsonld.expand(document, {"documentLoader": load})


def test_a_json_ld_processor_finds_every_annotation(library: Library) -> None:
    here = firemen(library)
    (page,) = expanded(orjson.loads(exported(library, "w3c")), {"http://www.w3.org/ns/anno.jsonld": CONTEXT})
    assert page["@type"] == [f"{AS}OrderedCollectionPage"]
    items = {item["@id"]: item for item in page[f"{AS}items"][0]["@list"]}
    annotations, relations = library.annotations.of(here.id), library.relations.of(here.id)
    assert items.keys() == {f"urn:uuid:{key}" for key in [*(a.id for a in annotations), *(r.id for r in relations)]}
    for annotation in annotations:
        item = items[f"urn:uuid:{annotation.id}"]
        assert item["@type"] == [f"{OA}Annotation"]
        assert item[f"{DCTERMS}creator"][0][f"{FOAF}name"] == [{"@value": "ada"}]
        values = [body[f"{RDF}value"][0]["@value"] for body in item.get(f"{OA}hasBody", [])]
        assert values == [value for value in (annotation.label, annotation.note) if value]
        (target,) = item[f"{OA}hasTarget"]
        assert target[f"{OA}hasSource"] == [{"@id": f"urn:sha256:{here.id}"}]
        selectors = {selector["@type"][0]: selector for selector in target.get(f"{OA}hasSelector", [])}
        if annotation.start is not None:
            assert selectors[f"{OA}TextQuoteSelector"][f"{OA}exact"] == [{"@value": annotation.quote}]
            assert selectors[f"{OA}TextPositionSelector"][f"{OA}start"][0]["@value"] == annotation.start
        assert item["urn:postil:carried"][0]["@type"] == "@json"
    link = items[f"urn:uuid:{relations[0].id}"]
    assert link[f"{OA}motivatedBy"] == [{"@id": f"{OA}linking"}]
    assert link[f"{OA}hasTarget"] == [{"@id": f"urn:uuid:{relations[0].source_id}"}]


def test_a_verdict_is_a_claim_review(library: Library) -> None:
    here = firemen(library)
    claim = next(a for a in library.annotations.of(here.id) if a.quote.startswith("firemen"))
    attributes = {
        "verdict": "refuted",
        "justification": "Two of them cycle.",
        "claimant": {"name": "Ada", "kind": "named"},
        "claim_date": "2026-11-01",
        "review_url": "https://example.org/reviews/1",
        "rating": 1,
    }
    said = orjson.dumps(attributes).decode()
    execute(library.path, f"UPDATE annotation SET attributes = '{said}' WHERE id = '{claim.id}'")
    execute(library.path, "UPDATE article SET url = 'https://example.org/firemen'")
    job = job_for("claimreview")
    document = orjson.loads(exported(library, "claimreview", job))
    (review,) = expanded(document, {"https://schema.org": {"@vocab": SCHEMA}})
    assert review["@type"] == [f"{SCHEMA}ClaimReview"]
    assert review[f"{SCHEMA}claimReviewed"] == [{"@value": "firemen drive firetrucks"}]
    (rating,), (item,) = review[f"{SCHEMA}reviewRating"], review[f"{SCHEMA}itemReviewed"]
    assert rating[f"{SCHEMA}alternateName"] == [{"@value": "Refuted"}]
    assert item[f"{SCHEMA}author"][0][f"{SCHEMA}name"] == [{"@value": "Ada"}]
    assert item[f"{SCHEMA}appearance"][0][f"{SCHEMA}url"] == [{"@value": "https://example.org/firemen"}]
    assert job.losses.counts() == {"notes on whole articles": 1, "relations": 1, "annotations without a verdict": 3}


def test_losses_say_nothing_where_nothing_was_lost() -> None:
    losses = Losses()
    losses.add("relations", 0)
    assert losses.sentence("csv") == ""
