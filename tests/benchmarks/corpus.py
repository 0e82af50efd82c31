"""A corpus: `postil entities` over many articles, against bare `nlp.pipe` with the same components.

Each is taken from the start of its first process to the end of its last, with the import of spaCy and the loading of
the model, over a corpus that is long beside them. postil also reads the texts from the library, sends them to other
processes, and writes the answers to the disk. Wall time means little on a machine that does other things too, so the
processor time of all processes together stands beside it.

Run as a program, this module is the floor: it reads the file of paragraphs that it is given.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from store.articles import plain
from store.entities import corpus
from store.entities.choosing import Pipelines
from store.entities.layers import Layers
from store.entities.pipelines import DEFAULT
from store.entities.planning import plan
from store.entities.process import as_prose
from store.library import Library
from store.records import Article
from store.text import stretches
from store.text.paragraphs import paragraphs
from tests.benchmarks import commands, texts
from tests.benchmarks.measures import Measure
from tests.benchmarks.terminal import environment

_SIZE = 1_200_000
"""Bytes of the corpus: about 200,000 words."""

_ARTICLE = 6_000
"""Bytes of an article: about 1,000 words."""

_BATCH = 16
_NICE = 5
_OTHER_COMPONENTS = ("tok2vec", "tagger", "parser", "senter", "attribute_ruler", "lemmatizer")


@dataclass(frozen=True, slots=True)
class _Cost:
    wall: float
    """Seconds from start to end."""
    processor: float
    """Seconds of all processes together."""


def measure(rounds: int) -> Iterator[Measure]:
    """One process against the floor, and two against one: wall and processor time each."""
    articles = _articles()
    words = sum(len(article.text.split()) for article in articles)
    with TemporaryDirectory() as folder:
        pieces = Path(folder, "paragraphs.json")
        pieces.write_text(json.dumps([piece for article in articles for piece in _pieces(article.text)]), "utf-8")
        costs: dict[str, list[_Cost]] = {"floor": [], "one": [], "two": []}
        for number in range(rounds):
            costs["floor"].append(_cost(lambda: _bare(pieces)))
            for name, workers in (("one", 1), ("two", 2)):
                library = _library(Path(folder, f"{name}-{number}.db"), articles)
                with library:
                    costs[name].append(_cost(partial(_ours, library, workers)))
    wall = {name: 1000 * median(cost.wall for cost in each) for name, each in costs.items()}
    processor = {name: 1000 * median(cost.processor for cost in each) for name, each in costs.items()}
    speed = f"{words / wall['one'] * 1000:,.0f} words/s"
    yield Measure(f"a corpus of {words:,} words, wall", wall["one"], wall["floor"], "1.1x", note=speed)
    yield Measure("the same, processor time", processor["one"], processor["floor"], "1.1x")
    gain = f"{wall['one'] / wall['two']:.2f} times as fast; {words / wall['two'] * 1000:,.0f} words/s"
    yield Measure("two processes against one, wall", wall["two"], wall["one"], "0.59x", note=gain)
    yield Measure("the same, processor time", processor["two"], processor["one"])


def _articles() -> list[Article]:
    """The corpus: paragraphs of the samples in articles of even size."""
    found: list[Article] = []
    waiting: list[str] = []
    for paragraph in texts.make(_SIZE).split("\n\n"):
        waiting.append(paragraph)
        if sum(map(len, waiting)) >= _ARTICLE:
            heading = f"Article number {len(found)} of the corpus"
            found.append(plain.read("\n\n".join([heading, *waiting]), Path(f"{len(found)}.txt")))
            waiting = []
    return found


def _pieces(text: str) -> list[str]:
    """The paragraphs of an article as the model sees them, cut where postil cuts."""
    starts = stretches.cut(text)
    spans = zip(starts, [*starts[1:], len(text)], strict=True)
    return [as_prose(text[a:b]) for start, end in spans for a, b in paragraphs(text, start, end)]


def _library(path: Path, articles: list[Article]) -> Library:
    library = Library(path, annotator="ada")
    library.articles.add(articles)
    return library


def _ours(library: Library, workers: int) -> None:
    todo = plan(library, Pipelines(forced=DEFAULT, layers=Layers.none()))
    steps = corpus.read(library, todo.readings, workers=workers, said=lambda sentence: sys.exit(sentence))
    done = sum(step.done for step in steps)
    assert done == len(todo.readings), f"{done} of {len(todo.readings)}"


def _bare(pieces: Path) -> None:
    subprocess.run(
        commands.helper("corpus", str(pieces)),
        env=environment(pieces.parent),
        check=True,
        start_new_session=True,
    )


def _cost(do: Callable[[], None]) -> _Cost:
    before, started = _processor(), perf_counter()
    do()
    return _Cost(perf_counter() - started, _processor() - before)


def _processor() -> float:
    """Seconds of the processor that this process and those of its children that have ended took."""
    return sum(
        usage.ru_utime + usage.ru_stime
        for usage in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


def _main(pieces: Path) -> None:
    import spacy

    os.nice(_NICE)
    nlp = spacy.load(DEFAULT, exclude=_OTHER_COMPONENTS)
    assert nlp.component_names == ["ner"], nlp.component_names
    texts_of_all = json.loads(pieces.read_text("utf-8"))
    found = [
        (ent.start_char, ent.end_char, ent.label_)
        for doc in nlp.pipe(texts_of_all, batch_size=_BATCH)
        for ent in doc.ents
    ]
    assert found


if __name__ == "__main__":
    _main(Path(sys.argv[1]))
