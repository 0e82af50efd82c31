"""Whole runs of the installed command in a pseudo-terminal, as a reader has them."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import SAMPLES
from tests.tui.terminal import POSTIL, Terminal, terminal


def postil(*arguments: str | Path, cwd: Path, code: int = 0) -> str:
    """Run a command without a terminal; its standard output."""
    done = subprocess.run([POSTIL, *arguments], cwd=cwd, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == code, done.stderr
    return done.stdout


def exported(cwd: Path) -> list[dict[str, Any]]:
    """What `postil export` writes of the library in the folder."""
    return [json.loads(line) for line in postil("export", "--library", "own.db", cwd=cwd).splitlines()]


@pytest.fixture
def run(tmp_path: Path) -> Path:
    """A folder with one article."""
    (tmp_path / "short.txt").write_text(
        "A short report\n\nAmazon bought a mill in Leeds. It cost $4 million, Ada Lovelace said.\n", "utf-8"
    )
    return tmp_path


def until_saved(screen: Terminal) -> None:
    screen.wait_for("✓ saved")


def until_kept(folder: Path, text: str) -> None:
    """Wait until the only draft of the library in the folder says something."""
    kept: list[Any] = []
    for _ in range(1000):
        with closing(sqlite3.connect(folder / "own.db")) as connection:
            kept = connection.execute("SELECT text FROM draft").fetchall()
        if kept == [(text,)]:
            return
        time.sleep(0.02)
    pytest.fail(f"the drafts are {kept}")


def test_a_claim_that_was_saved_survives_kill_9(run: Path) -> None:
    with terminal("read", "short.txt", "--library", "own.db", cwd=run) as screen:
        until_saved(screen)
        screen.send(")c")
        screen.wait_for(lambda text: "1 claim" in text and "✓ saved" in text)
        screen.kill()
    (record,) = exported(run)
    (span,) = record["spans"]
    assert (span["kind"], span["label"], span["text"]) == ("claim", "CLAIM", "Amazon bought a mill in Leeds.")
    assert record["text"][span["start"] : span["end"]] == span["text"]


def test_what_was_being_typed_survives_kill_9_and_a_lost_line(run: Path) -> None:
    with terminal("read", "short.txt", "--library", "own.db", cwd=run) as screen:
        until_saved(screen)
        screen.send(")aWho says")
        screen.wait_for("Who says")
        until_kept(run, "Who says")
        screen.kill()
    with terminal("--library", "own.db", cwd=run) as screen:
        screen.wait_for("1 article · 1 draft of notes not saved: W lists it")
        screen.send("W")
        screen.wait_for("goes on with it at its place")
        screen.send("\r")
        screen.wait_for("not saved · ctrl+o takes an empty note instead")
        screen.send(" so?")
        screen.wait_for("Who says so?")
        screen.hang_up()  # at once: the signal has to be quicker than the pause after a key
    until_kept(run, "Who says so?")
    assert exported(run)[0]["spans"] == []


def test_a_session_is_found_again(run: Path) -> None:
    with terminal("read", "short.txt", "--library", "own.db", cwd=run) as screen:
        until_saved(screen)
        screen.wait_for("ORG · organisation")  # the names have come
        screen.send("))caWho says so?\x13")
        screen.wait_for(lambda text: "1 note" in text and "✓ saved" in text)
        screen.send("Aread again\x13")
        screen.wait_for(lambda text: "2 notes" in text and "✓ saved" in text)
        screen.send("q")
        screen.wait_for("1 article")
        screen.send("q")
        assert screen.end() == 0
    with terminal("--library", "own.db", cwd=run) as screen:
        screen.wait_for("A short report")
        screen.send("\r")
        screen.wait_for("CLAIM by")  # the caret is where it was left
        screen.wait_for("Who says so?")
        screen.send("\x11")
        assert screen.end() == 0
    (record,) = exported(run)
    assert record["spans"][0]["note"] == "Who says so?"
    assert record["notes"][0]["note"] == "read again"
    assert {entity["label"] for entity in record["predictions"]} >= {"ORG", "MONEY", "PERSON"}


def test_the_first_command_of_the_readme_opens_the_samples(run: Path) -> None:
    with terminal("read", SAMPLES, "--library", "own.db", cwd=run, columns=160, rows=50) as screen:
        screen.wait_for("The money race behind the AI laboratories")
        screen.wait_for("ORG · organisation")
        screen.send("q")
        screen.wait_for("12 articles")
        screen.send("\x11")
        assert screen.end() == 0


def test_a_burst_of_keys_is_done_in_order(run: Path) -> None:
    with terminal("read", "short.txt", "--library", "own.db", cwd=run) as screen:
        until_saved(screen)
        screen.send(")c)cuu\x12")
        screen.wait_for(lambda text: "redone" in text and "1 claim" in text)
        screen.send("\x11")
        screen.end()
    (record,) = exported(run)
    assert [span["text"] for span in record["spans"]] == ["Amazon bought a mill in Leeds."]


def test_nothing_of_a_hostile_text_reaches_the_terminal(run: Path) -> None:
    (run / "hostile.txt").write_text("Title\n\n\x1b]0;owned\x07 \x1b[2J [bold]x[/] \x9b31m \u202eabc\n", "utf-8")
    with terminal("read", "hostile.txt", "--library", "own.db", cwd=run) as screen:
        until_saved(screen)
        screen.wait_for("[bold]x[/]")
        screen.send("\x11")
        screen.end()
        assert b"owned\x07" not in screen.output
        assert "\u202e".encode() not in screen.output


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_session_that_is_ended_gives_the_terminal_back(run: Path, number: signal.Signals) -> None:
    with terminal("read", "short.txt", "--library", "own.db", cwd=run) as screen:
        until_saved(screen)
        os.kill(screen.pid, number)
        screen.end()
        assert b"\x1b[?1049l" in screen.output, "back from the alternate screen"
        assert screen.output.rfind(b"\x1b[?1003l") > screen.output.rfind(b"\x1b[?1003h"), "no mouse reports any more"


def test_a_full_disk_behind_a_pipe_is_a_sentence(run: Path) -> None:
    postil("add", "short.txt", "--library", "own.db", cwd=run)
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [POSTIL, "export", "--library", "own.db"], cwd=run, stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == 1
    assert done.stderr == b"postil: Standard output cannot be written (No space left on device).\n"


def test_no_color_is_heeded(run: Path) -> None:
    with terminal("read", "short.txt", "--library", "own.db", cwd=run, NO_COLOR="1") as screen:
        until_saved(screen)
        screen.send(")c")
        screen.wait_for("1 claim")
        screen.send("\x11")
        assert screen.end() == 0
        colors = {code for part in screen.output.split(b"\x1b[") for code in [part.split(b"m")[0]] if b"38;2" in code}
        for code in colors:
            red, green, blue = code.split(b"38;2;")[1].split(b";")[:3]
            assert red == green == blue, "only greys"


def test_a_library_that_cannot_be_used_is_a_sentence_and_exit_code_1(run: Path) -> None:
    (run / "own.db").write_text("not a database, but somebody's notes")
    with terminal("read", "short.txt", "--library", "own.db", cwd=run) as screen:
        screen.wait_for("own.db is not a postil library")
        assert screen.end() == 1
        assert b"Traceback" not in screen.output
    assert (run / "own.db").read_text() == "not a database, but somebody's notes"


def test_files_that_cannot_be_read_are_told_again_at_the_end(run: Path) -> None:
    (run / "empty.txt").touch()
    with terminal("read", "empty.txt", "short.txt", "missing.txt", "--library", "own.db", cwd=run) as screen:
        until_saved(screen)
        screen.wait_for("A short report")
        screen.send("\x11")
        assert screen.end() == 1
        assert "empty.txt is empty" in screen.text
        assert "missing.txt does not exist" in screen.text


def test_without_a_terminal_an_article_is_printed_with_its_marks(run: Path) -> None:
    printed = postil("read", "short.txt", "--library", "own.db", cwd=run)
    assert "[Amazon ORG] bought a mill in [Leeds GPE]." in printed
    assert "\x1b" not in printed


def test_an_export_is_not_disturbed_by_a_reader_that_goes_away(run: Path) -> None:
    postil("add", SAMPLES, "--library", "own.db", cwd=run)
    pipe = subprocess.Popen(
        [POSTIL, "export", "--library", "own.db"], cwd=run, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert pipe.stdout is not None
    assert pipe.stderr is not None
    os.read(pipe.stdout.fileno(), 10)
    pipe.stdout.close()
    said = pipe.stderr.read()
    pipe.stderr.close()
    assert pipe.wait() == 0
    assert said == b""
