"""The process that owns spaCy: its import, its model, its GIL.

Run as `python -m store.entities.worker PIPELINE LAYERS`, the layers as JSON. It reads one JSON object a line from
standard input, `{"paragraphs": [[offset, text], ...], "whole": true}`, and answers each with a line,
`{"entities": [[start, end, label], ...]}`. Its first line is `{"ready": true}` or `{"failed": "why"}`. It ends when its
input does, so it never outlives the postil that started it.

A whole article is answered as it is to be shown. The stretches of a longer one are answered each for itself, and
settled when all are known: `{"settle": "begin"}`, then `{"settle": "count", "paragraphs": ..., "entities": ...}` for
every stretch with what was answered, and again with `"answer"`, which is answered.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from store.entities.components import document
from store.entities.components.passages import passage
from store.entities.components.tally import Tally
from store.entities.layers import Layers
from store.records import Entity

if TYPE_CHECKING:
    from spacy.language import Language

Part = tuple[int, str, list[Entity]]
"""A paragraph: where it begins, its text as prose, and the entities in it with offsets in that text."""

_BATCH = 16
"""Paragraphs at a time: more buys no speed and costs much memory."""


def main() -> None:
    """Load the pipeline named on the command line and answer until the input ends."""
    # Whatever a pipeline prints must not mix with the answers.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    if hasattr(os, "nice"):
        os.nice(5)  # the reader's keys come first

    def answer(value: dict[str, Any]) -> None:
        answers.write(json.dumps(value) + "\n")
        answers.flush()

    try:
        reading = Reading(sys.argv[1], Layers.from_json(sys.argv[2]))
    except Exception as error:  # whatever a pipeline's own code raises, the reader gets a sentence
        answer({"failed": f"{type(error).__name__}: {error}"[:500]})
        return
    answer({"ready": True})
    for line in sys.stdin:
        question = json.loads(line)
        match question.get("settle"):
            case "begin":
                reading.begin()
            case "count":
                reading.count(_parts(question))
            case "answer":
                answer({"entities": list(_flat(reading.settled(_parts(question))))})
            case _:
                parts = list(reading.read(question["paragraphs"]))
                if question.get("whole"):
                    reading.begin()
                    reading.count(parts)
                    parts = list(reading.settled(parts))
                answer({"entities": list(_flat(parts))})


class Reading:
    """A loaded pipeline with its layers, and the tally of the document that is being settled."""

    def __init__(self, pipeline: str, layers: Layers) -> None:
        """Load the pipeline; whatever it raises is raised."""
        from store.entities.components import factories

        self._layers = layers
        self._nlp = _load(pipeline)
        self._labels = factories.labels_of(self._nlp)
        self._english = self._nlp.lang == "en"
        self._gazetteer: Any = None
        if layers.gazetteer or layers.patterns:
            lists = {"shipped": layers.gazetteer, "patterns": [str(file) for file in layers.patterns]}
            self._nlp.add_pipe("postil_gazetteer", config=lists)
            self._gazetteer = self._nlp.get_pipe("postil_gazetteer")
        for layer, component in factories.LOCAL.items():
            if getattr(layers, layer) and (self._english or layer not in factories.ENGLISH):
                self._nlp.add_pipe(component)
        self.begin()

    def begin(self) -> None:
        """Go on to another document."""
        listed = self._gazetteer.listed if self._gazetteer else {}
        self._tally = Tally(labels=self._labels, english=self._english, listed=listed)

    def read(self, paragraphs: list[tuple[int, str]]) -> Iterator[Part]:
        """What the pipeline and the layers that look at a paragraph say of each."""
        pieces = ((text, (at, text)) for at, text in paragraphs)
        for doc, (at, text) in self._nlp.pipe(pieces, as_tuples=True, batch_size=_BATCH):
            spans = [Entity(span.start_char, span.end_char, span.label_) for span in doc.ents]
            yield at, text, [span for span in spans if not text[span.start : span.end].isspace()]

    def count(self, parts: Iterable[Part]) -> None:
        """Add paragraphs to the tally of the document."""
        if self._layers.consistency or self._layers.recall:
            for _, text, entities in parts:
                self._tally.add(passage(text), entities)

    def settled(self, parts: Iterable[Part]) -> Iterator[Part]:
        """The paragraphs with their entities as the tally of the whole document has them."""
        consistency, recall = self._layers.consistency, self._layers.recall and self._english
        for at, text, entities in parts:
            if consistency or recall:
                entities = document.settled(self._tally, text, entities, consistency=consistency, recall=recall)
                if self._layers.patterns and self._gazetteer:
                    entities = self._gazetteer.readers(self._nlp.make_doc(text), entities)
            yield at, text, entities


def _load(pipeline: str) -> Language:
    """The pipeline with only what its entities need, which is half the time of the whole one."""
    import spacy
    from spacy import util

    folder = util.get_package_path(pipeline) if util.is_package(pipeline) else util.ensure_path(pipeline)
    # A package keeps its data in a folder with the version in its name.
    configs = sorted([*folder.glob("config.cfg"), *folder.glob("*/config.cfg")])
    if not configs:
        raise ValueError("it has no config.cfg")
    config = util.load_config(configs[0])
    names: list[str] = config["nlp"]["pipeline"]
    needed = {"ner", "entity_ruler"}
    encoder = config["components"].get("ner", {}).get("model", {}).get("tok2vec", {}).get("@architectures", "")
    if "Listener" in encoder:  # it listens to a component that runs before it
        needed |= {"tok2vec", "transformer", "curated_transformer"}
    if not needed & set(names):
        raise ValueError("the pipeline has no component that finds entities")
    return spacy.load(pipeline, exclude=[name for name in names if name not in needed])


def _parts(question: dict[str, Any]) -> list[Part]:
    """The paragraphs of a stretch with what was answered of them before."""
    entities = [Entity(*entity) for entity in question["entities"]]
    parts, position = [], 0
    for at, text in question["paragraphs"]:
        inside = []
        while position < len(entities) and entities[position].start < at + len(text):
            entity = entities[position]
            inside.append(Entity(entity.start - at, entity.end - at, entity.label))
            position += 1
        parts.append((at, text, inside))
    return parts


def _flat(parts: Iterable[Part]) -> Iterator[tuple[int, int, str]]:
    for at, _, entities in parts:
        for entity in entities:
            yield at + entity.start, at + entity.end, entity.label


if __name__ == "__main__":
    main()
