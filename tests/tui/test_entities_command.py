"""`postil entities` and `postil pipelines`: a corpus read at once, and what there is to read it with."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from store.entities.pipelines import DEFAULT
from store.library import Library
from tests.store.helpers import query
from tests.store.text.sentences_by_language import SENTENCES
from tests.tui.conftest import Run

SOON = 60.0


@pytest.fixture
def corpus(run: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command in a folder with a library of three articles, one of them German."""
    monkeypatch.setenv("POSTIL_PIPELINE", DEFAULT)
    Path("one.txt").write_text("Angela Merkel met Emmanuel Macron in Paris.")
    Path("two.txt").write_text("Nothing is said here about anybody.")
    Path("german.txt").write_text(" ".join(SENTENCES["de"]))
    run("add", "one.txt", "two.txt", "german.txt")
    return run


def complaints(err: str) -> list[str]:
    """What was said on standard error beside how far it is, which a slow machine tells too."""
    return [line for line in err.splitlines() if " articles, " not in line or line.startswith("postil:")]


def test_articles_are_read_once_and_what_cannot_be_is_said_at_the_end(corpus: Run) -> None:
    code, out, err = corpus("entities", "--workers", "1")
    assert out.startswith("2 articles, 13 words at ")
    assert out.endswith(" words/s: 3 names.\n")
    assert complaints(err) == [
        "postil: No names are marked: the text seems to be German; install a pipeline for it (python3 -m spacy download"
        " de_core_news_sm), or force one with --pipeline NAME. (1 article)"
    ]
    assert code == 1
    code, out, _ = corpus("entities", "one.txt", "two.txt")
    assert (code, out) == (0, "Nothing is left to read: read before, 2 articles.\n")
    code, out, _ = corpus("entities", "--all", "one.txt", "--workers", "1")
    assert (code, out.split(" at ")[0]) == (0, "1 article, 7 words")


def test_a_pipeline_may_be_forced_on_every_text(corpus: Run) -> None:
    code, out, err = corpus("entities", "german.txt", "--pipeline", DEFAULT, "--workers", "1")
    assert (code, complaints(err)) == (0, [])
    assert out.startswith("1 article, ")
    assert query(Path("own.db"), "SELECT count(*) FROM prediction") == [1]


def test_an_article_that_is_not_there_is_a_sentence(corpus: Run) -> None:
    code, _, err = corpus("entities", "no such article")
    assert (code, err) == (
        1,
        "postil: The library has no article no such article: postil articles lists what there is.\n",
    )


def test_a_pipeline_that_is_missing_is_a_sentence(corpus: Run) -> None:
    code, _, err = corpus("entities", "--pipeline", "xx_no_such")
    assert code == 1
    assert err == (
        "postil: No names are marked: the pipeline xx_no_such is not installed (python3 -m pip install xx_no_such)."
        " (3 articles)\n"
    )


def test_ctrl_c_is_said_and_what_was_read_stays(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    with Library(path, annotator="ada") as library:
        from tests.conftest import article

        library.articles.add([article(f"The mayor of Oslo said so, number {n}. " * 200, f"{n}.txt") for n in range(80)])
    command = [
        sys.executable,
        "-c",
        "from tui.cli import main; main()",
        "entities",
        "--library",
        str(path),
        "--workers",
        "1",
    ]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        assert child.stderr is not None
        first = child.stderr.readline()  # a line of progress, after five seconds
        assert " of 80 articles, " in first
        os.kill(child.pid, signal.SIGINT)
        _, err = child.communicate(timeout=SOON)
    finally:
        child.kill()
    assert child.returncode == 130
    assert "Stopped after " in err
    assert "Traceback" not in err
    read = query(path, "SELECT count(DISTINCT article_id) FROM prediction")[0]
    assert 1 <= read < 80


def test_pipelines_are_listed_with_what_they_read(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POSTIL_PIPELINE", DEFAULT)
    code, out, _ = run("pipelines")
    assert code == 0
    (line,) = [line for line in out.splitlines() if line.startswith(DEFAULT)]
    assert line.split() == (f"{DEFAULT} 3.8.0 English finds names; reads English, texts of no known language".split())


def test_a_pipeline_that_is_named_and_missing_is_listed_too(run: Run) -> None:
    _, out, _ = run("pipelines", "--json")
    rows = {row["name"]: row for row in map(json.loads, out.splitlines())}
    assert rows["no_such_pipeline"]["problem"] == "it is named in the settings, and is not there"
    assert rows["no_such_pipeline"]["reads"] == []
    assert (rows[DEFAULT]["entities"], rows[DEFAULT]["fits"], rows[DEFAULT]["language"]) == (True, True, "en")
