"""The clipboard: the tool of this machine, else the terminal, and a sentence that is true."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tui import clipboard


def tool(folder: Path, name: str, script: str) -> None:
    """A program that stands in for a clipboard tool."""
    program = folder / name
    program.write_text(f"#!{sys.executable}\nimport sys, time, pathlib\n{script}\n", "utf-8")
    program.chmod(0o755)


KEEPS = "pathlib.Path(__file__).with_name('kept').write_bytes(sys.stdin.buffer.read())"


def copied(tmp_path: Path, text: str = "a word", **environment: str) -> tuple[clipboard.Copied, list[str]]:
    sent: list[str] = []
    return clipboard.copy(text, sent.append, {"PATH": str(tmp_path), "TERM": "xterm"} | environment), sent


def test_the_tool_of_this_machine_is_used(tmp_path: Path) -> None:
    tool(tmp_path, "wl-copy", KEEPS)
    done, sent = copied(tmp_path, "a wörd", WAYLAND_DISPLAY="wayland-0")
    assert (done.sentence, sent) == ("copied 6 characters with wl-copy", [])
    assert (tmp_path / "kept").read_text("utf-8") == "a wörd"


def test_over_ssh_the_terminal_is_asked_and_not_the_machine_far_away(tmp_path: Path) -> None:
    tool(tmp_path, "wl-copy", KEEPS)
    done, sent = copied(tmp_path, WAYLAND_DISPLAY="wayland-0", SSH_TTY="/dev/pts/0")
    assert sent == ["a word"]
    assert done.sentence == "sent 6 characters to the terminal (OSC 52): copied if it lets programs copy"


def test_in_tmux_it_is_said_what_that_takes(tmp_path: Path) -> None:
    assert copied(tmp_path, TMUX="/tmp/tmux")[0].sentence.endswith("lets programs copy and tmux's set-clipboard is on")


@pytest.mark.parametrize("script", ["sys.exit(1)", "time.sleep(60)"])
def test_a_tool_that_fails_or_hangs_is_passed_over(
    tmp_path: Path, script: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clipboard, "_PATIENCE", 0.3)
    tool(tmp_path, "xclip", script)
    done, sent = copied(tmp_path, DISPLAY=":0")
    assert (done.done, sent) == (True, ["a word"])


def test_a_tool_without_its_display_is_not_tried(tmp_path: Path) -> None:
    tool(tmp_path, "xclip", KEEPS)
    assert copied(tmp_path)[1] == ["a word"]


@pytest.mark.parametrize(
    "environment", [{"TERM": "linux"}, {"TERM_PROGRAM": "Apple_Terminal"}, {"STY": "1.screen"}], ids=str
)
def test_a_terminal_that_is_known_not_to_copy_is_told(tmp_path: Path, environment: dict[str, str]) -> None:
    done, sent = copied(tmp_path, **environment)
    assert (done.done, sent) == (False, [])
    assert done.sentence.startswith("Not copied: ")


def test_a_text_longer_than_some_terminals_take_is_said_to_be(tmp_path: Path) -> None:
    assert "more than some terminals take" in copied(tmp_path, "x" * 100_000)[0].sentence


def test_half_a_surrogate_pair_does_not_stop_the_rest(tmp_path: Path) -> None:
    assert copied(tmp_path, "a\ud83d!")[1] == ["a?!"]
