"""How right the entities are: the bare pipeline against postil's layers over it, on gold, side by side with their time.

Both read each document as the reader would have it read, in postil's own entity process. *exact* asks for the borders
and the type of a name, *type* for a name of that type that shares a word with it; both are nervaluate's, `strict` and
`ent_type`. Only names are compared, not dates and figures, and only in types that the gold has:

| the gold has         | the pipeline's labels that count as it                        |
|----------------------|---------------------------------------------------------------|
| PER, person          | PERSON                                                        |
| LOC, location        | GPE, LOC, FAC                                                 |
| ORG                  | ORG                                                           |
| MISC                 | NORP, EVENT, WORK_OF_ART, LAW, PRODUCT, LANGUAGE              |
| corporation, group   | ORG, both as ORG: the pipeline does not tell them apart       |
| product, creative-work | PRODUCT and WORK_OF_ART, both as MISC                       |

Where the gold has OntoNotes' own labels, they are compared as PER, LOC, ORG and MISC too.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from nervaluate import Evaluator

from store.entities.layers import SWITCHES, Layers
from store.entities.pipelines import DEFAULT, Pipeline
from store.entities.process import EntityProcess
from store.records import Entity
from store.text import stretches
from store.text.words import count_words
from tests.benchmarks import gold

OWN = sorted((Path(__file__).parents[1] / "gold").glob("*.jsonl"))
"""Our own gold."""

TYPES = {
    "PER": ("PERSON", "PER", "person"),
    "LOC": ("GPE", "LOC", "FAC", "location"),
    "ORG": ("ORG", "corporation", "group"),
    "MISC": ("MISC", "NORP", "EVENT", "WORK_OF_ART", "LAW", "PRODUCT", "LANGUAGE", "product", "creative-work"),
}
"""The labels that count as each type."""

_TYPE_OF = {label: type_ for type_, labels in TYPES.items() for label in labels}

_ONLY_PRODUCTS = frozenset("product creative-work".split())
_NEVER_PRODUCTS = frozenset("NORP EVENT LAW LANGUAGE".split())
"""What WNUT's gold has of MISC, and what it therefore leaves unmarked."""

_AHEAD = 2


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and their harmonic mean, in percent."""

    precision: float
    recall: float
    f1: float


@dataclass(frozen=True, slots=True)
class Reading:
    """What one choice of layers makes of the documents."""

    names: list[list[Entity]]
    seconds: float


def report(files: Sequence[Path]) -> Iterator[str]:
    """The lines of the report on files of gold; on our own gold, if there are none."""
    for file in files or OWN:
        documents = gold.read(file)
        words = sum(count_words(document.text) for document in documents)
        count = sum(len(names_of(document.names, _labels(documents))) for document in documents)
        yield f"\n{file.name}: {len(documents):,} documents, {words:,} words, {count:,} names"
        yield from _compared(documents)


def _compared(documents: Sequence[gold.Document]) -> Iterator[str]:
    choices = {"bare": Layers.none(), "postil": Layers()}
    readings = {name: read(documents, layers) for name, layers in choices.items()}
    scores = {name: scored(documents, reading.names) for name, reading in readings.items()}
    yield f"\n{'':14}" + "".join(f"{f'{name} {way}':^24}" for way in ("exact", "type") for name in choices)
    yield f"{'':14}" + f"{'P':>7}{'R':>7}{'F1':>7}   " * 2 * len(choices)
    for type_ in scores["bare"]:
        cells = [scores[name][type_][way] for way in (0, 1) for name in choices]
        row = "".join(f"{cell.precision:7.1f}{cell.recall:7.1f}{cell.f1:7.1f}   " for cell in cells)
        yield f"{type_:14}{row.rstrip()}"
    bare, ours = readings["bare"].seconds, readings["postil"].seconds
    yield f"\ntime: bare {bare:.2f} s, postil {ours:.2f} s, {ours / bare:.2f}x"
    yield "\nF1 exact, all types, with layers added one by one, and with all but one:"
    added = Layers.none()
    for layer in SWITCHES:
        added, without = _switched(added, layer, True), _switched(Layers(), layer, False)
        first, second = (scored(documents, read(documents, choice).names)["all"][0].f1 for choice in (added, without))
        yield f"  + {layer:12} {first:5.1f}   all but it {second:5.1f}"


def _switched(layers: Layers, layer: str, on: bool) -> Layers:
    return Layers.from_json(json.dumps(json.loads(layers.to_json()) | {layer: on}))


def read(documents: Sequence[gold.Document], layers: Layers) -> Reading:
    """Every document read by postil's entity process, timed from the first question to the last answer."""
    process = EntityProcess(Pipeline(DEFAULT, layers))
    try:
        process.wait_until_ready()
        list(_answers(process, [gold.Document("Oslo is the capital of Norway.", [])]))  # fills spaCy's caches
        started = perf_counter()
        names = list(_answers(process, documents))
        return Reading(names, perf_counter() - started)
    finally:
        process.close()


def _answers(process: EntityProcess, documents: Sequence[gold.Document]) -> Iterator[list[Entity]]:
    """The entities of each document; as many questions as in postil wait for an answer."""
    waiting: list[gold.Document] = []
    for document in documents:
        starts = stretches.cut(document.text)
        if len(starts) == 1:
            if len(waiting) == _AHEAD:
                waiting.pop(0)
                yield process.receive().entities
            process.ask(document.text, 0, len(document.text))
            waiting.append(document)
            continue
        while waiting:
            waiting.pop(0)
            yield process.receive().entities
        drafts = []
        for start, end in zip(starts, [*starts[1:], len(document.text)], strict=True):
            process.ask(document.text, start, end)
            drafts.append(process.receive())
        yield [entity for stretch in process.settle(document.text, drafts) for entity in stretch.entities]
    for _ in waiting:
        yield process.receive().entities


def scored(documents: Sequence[gold.Document], answers: Sequence[list[Entity]]) -> dict[str, tuple[Score, Score]]:
    """By type, and for all: the score of exact matches, and of those of the type alone."""
    labels = _labels(documents)
    types = [type_ for type_ in TYPES if any(_TYPE_OF.get(label) == type_ for label in labels)]
    true = [names_of(document.names, labels) for document in documents]
    said = [names_of(names, labels) for names in answers]
    result = Evaluator(true, said, tags=types, loader="dict").evaluate()
    scores = {type_: result["entities"][type_] for type_ in types} | {"all": result["overall"]}
    return {name: (_score(by_way["strict"]), _score(by_way["ent_type"])) for name, by_way in scores.items()}


def names_of(entities: Sequence[Entity], labels: frozenset[str]) -> list[dict[str, object]]:
    """The names as nervaluate takes them, its ends inclusive, in the types that gold with these labels has."""
    types = {_TYPE_OF[label] for label in labels if label in _TYPE_OF}
    unmarked = _NEVER_PRODUCTS if labels & _ONLY_PRODUCTS else frozenset()
    return [
        {"label": _TYPE_OF[entity.label], "start": entity.start, "end": entity.end - 1}
        for entity in entities
        if _TYPE_OF.get(entity.label) in types and entity.label not in unmarked
    ]


def _labels(documents: Sequence[gold.Document]) -> frozenset[str]:
    return frozenset(name.label for document in documents for name in document.names)


def _score(result: object) -> Score:
    return Score(*(100 * float(getattr(result, name)) for name in ("precision", "recall", "f1")))
