"""Entities: the words of a text read for names, against bare `nlp.pipe` with the same model in a process too.

Both processes are started, have loaded the model and are as nice as each other before anything is measured. postil's
measure runs from the first question sent to `EntityProcess` to the last stretch settled, with all of its layers; the
floor's from the first paragraph that goes into `nlp.pipe` to the last that comes out of it, on the same paragraphs.

Run as a program, this module is the floor: it reads the file that it is given once for every line of its input.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from store.entities.pipelines import DEFAULT
from store.entities.process import EntityProcess, as_prose
from store.text import stretches
from store.text.paragraphs import paragraphs
from store.text.words import count_words
from tests.benchmarks import commands, terminal, texts
from tests.benchmarks.measures import Measure, in_turns, milliseconds

_SIZE = 115_000
"""Bytes: about 20,000 words."""

_AIM = "1.25x"
_AHEAD = 2
"""Questions that wait for an answer, as in postil."""

_NICE = 5
_BATCH = 16
_OTHER_COMPONENTS = ("tok2vec", "tagger", "parser", "senter", "attribute_ruler", "lemmatizer")


def measure(rounds: int) -> Iterator[Measure]:
    """One measure: the time for the whole text."""
    with TemporaryDirectory() as folder:
        file = Path(folder, "text.txt")
        text = texts.make(_SIZE)
        file.write_text(text, "utf-8")
        words = count_words(text)
        with _entity_process(text) as ours, _bare_pipe(file) as floor:
            ours(), floor()  # spaCy's first documents fill its caches
            times, floors = in_turns(rounds, ours, floor)
        speed = f"{words / (milliseconds(times) / 1000):,.0f} words/s"
        yield Measure(f"entities of {words:,} words", milliseconds(times), milliseconds(floors), _AIM, note=speed)


@contextmanager
def _entity_process(text: str) -> Iterator[Callable[[], float]]:
    """postil's process, ready; a function that has it read the text and tells the seconds."""
    starts = stretches.cut(text)
    spans = list(zip(starts, [*starts[1:], len(text)], strict=True))
    process = EntityProcess(DEFAULT)

    def read() -> float:
        started = perf_counter()
        drafts = []
        for span in spans:
            if process.waiting == _AHEAD:
                drafts.append(process.receive())
            process.ask(text, *span)
        while process.waiting:
            drafts.append(process.receive())
        assert len(list(process.settle(text, drafts))) == len(spans)
        return perf_counter() - started

    try:
        process.wait_until_ready()
        yield read
    finally:
        process.close()


@contextmanager
def _bare_pipe(file: Path) -> Iterator[Callable[[], float]]:
    """The floor's process, ready; a function that has it read the file and tells the seconds."""
    command, environment = commands.helper("entities", str(file)), terminal.environment(file.parent)
    pipe = subprocess.PIPE
    # A session of its own, as postil's process has: Linux shares out the processor by sessions first.
    child = subprocess.Popen(command, env=environment, stdin=pipe, stdout=pipe, text=True, start_new_session=True)
    assert child.stdin is not None
    assert child.stdout is not None
    stdin, stdout = child.stdin, child.stdout

    def read() -> float:
        stdin.write("\n")
        stdin.flush()
        return float(stdout.readline())

    with child:
        try:
            if stdout.readline() != "ready\n":
                raise RuntimeError("The floor's process cannot load the pipeline.")
            yield read
        finally:
            child.kill()


def _main(file: Path) -> None:
    import spacy

    os.nice(_NICE)
    nlp = spacy.load(DEFAULT, exclude=_OTHER_COMPONENTS)
    assert nlp.component_names == ["ner"], nlp.component_names
    text = file.read_text("utf-8")
    # Cut where postil cuts, so that both read the same paragraphs.
    starts = stretches.cut(text)
    spans = [span for a, b in zip(starts, [*starts[1:], len(text)], strict=True) for span in paragraphs(text, a, b)]
    pieces = [as_prose(text[start:end]) for start, end in spans]
    print("ready", flush=True)
    for _ in sys.stdin:
        started = perf_counter()
        found = [
            (ent.start_char, ent.end_char, ent.label_)
            for doc in nlp.pipe(pieces, batch_size=_BATCH)
            for ent in doc.ents
        ]
        assert found
        print(perf_counter() - started, flush=True)


if __name__ == "__main__":
    _main(Path(sys.argv[1]))
