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

    layers = Layers.from_json(sys.argv[2])
    try:
        nlp = _load(sys.argv[1], layers)
    except Exception as error:  # whatever a pipeline's own code raises, the reader gets a sentence
        answer({"failed": f"{type(error).__name__}: {error}"[:500]})
        return
    answer({"ready": True})
    tally = Tally()
    for line in sys.stdin:
        question = json.loads(line)
        step = question.get("settle")
        if step == "begin":
            tally = Tally()
            continue
        parts = _told(question) if step else list(_read(nlp, question["paragraphs"]))
        if step == "count":
            _count(tally, parts)
            continue
        if question.get("whole"):
            _count(tally := Tally(), parts)
        if step or question.get("whole"):
            parts = list(_settled(tally, parts, layers))
        answer({"entities": [(at + e.start, at + e.end, e.label) for at, _, entities in parts for e in entities]})


def _load(pipeline: str, layers: Layers) -> Language:
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
    nlp = spacy.load(pipeline, exclude=[name for name in names if name not in needed])
    from store.entities.components import factories

    for layer, component in factories.NAMES.items():
        if getattr(layers, layer):
            nlp.add_pipe(component)
    return nlp


def _read(nlp: Language, paragraphs: list[tuple[int, str]]) -> Iterator[Part]:
    """What the pipeline says of each paragraph."""
    for doc, (at, text) in nlp.pipe(((part[1], part) for part in paragraphs), as_tuples=True, batch_size=_BATCH):
        spans = [Entity(span.start_char, span.end_char, span.label_) for span in doc.ents]
        yield at, text, [span for span in spans if not text[span.start : span.end].isspace()]


def _told(question: dict[str, Any]) -> list[Part]:
    """The paragraphs of a stretch with what was answered of them before."""
    entities = [Entity(*entity) for entity in question["entities"]]
    parts = []
    for at, text in question["paragraphs"]:
        inside = [e for e in entities if at <= e.start and e.end <= at + len(text)]
        parts.append((at, text, [Entity(e.start - at, e.end - at, e.label) for e in inside]))
    return parts


def _count(tally: Tally, parts: Iterable[Part]) -> None:
    for _, text, entities in parts:
        tally.add(passage(text), entities)


def _settled(tally: Tally, parts: Iterable[Part], layers: Layers) -> Iterator[Part]:
    for at, text, entities in parts:
        yield at, text, document.settled(tally, text, entities, consistency=layers.consistency, recall=layers.recall)


if __name__ == "__main__":
    main()
