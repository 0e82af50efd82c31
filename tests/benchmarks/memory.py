"""What the memory of an open 10 MB article is made of: resident memory, measured step by step in a process of its own.

A text with signs outside Latin-1 takes two bytes a code point in memory, one with emoji four, so 10 MB of UTF-8 may be
40. The steps are those that the reader takes when it opens an article that the library knows.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from tests.benchmarks.measures import Measure

ANNOTATIONS, ENTITIES = 100_000, 500_000

T = TypeVar("T")


def measure(rounds: int) -> Iterator[Measure]:  # noqa: ARG001 -- memory is much the same each time
    """Each step against the bytes of the text's file."""
    from store.library import Library
    from tests.benchmarks import bulk, texts

    with TemporaryDirectory() as folder:
        file = Path(folder) / "large.txt"
        file.write_text(texts.make(texts.SIZES["10 MB"]), "utf-8")
        with Library(Path(folder) / "large.db", annotator="ada") as library:
            article = texts.article(file.read_text("utf-8"), file)
            bulk.fill(library, article, annotations=ANNOTATIONS, entities=ENTITIES)
            command = [sys.executable, "-m", "tests.benchmarks.memory", str(library.path), article.id]
        done = subprocess.run(command, capture_output=True, check=True, text=True)
    steps: dict[str, float] = json.loads(done.stdout)
    for name, megabytes in [*steps.items(), ("together", sum(steps.values()))]:
        yield Measure(name, megabytes, 10.0, unit="MB")


def _resident() -> float:
    """Megabytes of this process that are in memory."""
    lines = Path("/proc/self/status").read_text("utf-8").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))


def _open(path: Path, article_id: str) -> dict[str, float]:
    """Megabytes by step."""
    found = {"the interpreter": _resident()}

    def step(name: str, do: Callable[[], T]) -> T:
        before = _resident()
        made = do()
        found[name] = _resident() - before
        return made

    def imports() -> None:
        import store.library  # noqa: F401
        import tui.app  # noqa: F401

    step("Textual, our screens, SQLModel", imports)
    from store.entities.pipelines import DEFAULT, identity
    from store.library import Library
    from tui.reading.layout import Layout
    from tui.reading.marks import Marks
    from tui.reading.names import Names
    from tui.reading.notebook import Looks, Notebook
    from tui.reading.page import Page

    library = step("the library, opened", lambda: Library(path, annotator="ada"))
    article = step("the text", lambda: library.articles.get(article_id))
    assert article is not None
    page = Page(article.text)
    layout = Layout(page, 80)
    step("all rows", lambda: layout.settle(1000))
    annotations = step("100,000 annotations", lambda: library.annotations.of(article_id))
    notebook = step("their order", lambda: Notebook(annotations))
    marks, looks = Marks(page), Looks(library.scheme.labels())
    step("their marks", lambda: marks.add(mark for one in notebook for mark in looks.marks(one)))
    stretches = step("500,000 names", lambda: library.predictions.of(article_id, identity(DEFAULT)))
    names = Names()

    def count() -> None:
        for stretch in stretches:
            names.add(stretch.entities, page.text)

    step("their counts", count)
    library.close()
    return found


if __name__ == "__main__":
    print(json.dumps(_open(Path(sys.argv[1]), sys.argv[2])))
