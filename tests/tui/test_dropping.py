"""Paths as terminals paste them: each way of writing a name is read, and what is not only names is none."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.dropping import LONGEST, address, completed, named

THERE = {"/a b.pdf", "/it's.txt", "/plain.txt", "/ü (1).html", "/folder", "/mnt/c/My Texts/a.txt", "/back\\slash.txt",
         '/"quoted".txt'}  # fmt: skip


@pytest.mark.parametrize(
    ("pasted", "names"),
    [
        ("/plain.txt", ["/plain.txt"]),
        ("/plain.txt \n", ["/plain.txt"]),
        ("/a b.pdf", ["/a b.pdf"]),
        ("'/a b.pdf'", ["/a b.pdf"]),
        ('"/a b.pdf" ', ["/a b.pdf"]),
        ("/a\\ b.pdf ", ["/a b.pdf"]),
        ("'/it'\\''s.txt'", ["/it's.txt"]),
        ("/it\\'s.txt", ["/it's.txt"]),
        ("/it's.txt", ["/it's.txt"]),
        ("file:///a%20b.pdf", ["/a b.pdf"]),
        ("file://localhost/%C3%BC%20(1).html", ["/ü (1).html"]),
        ("'/a b.pdf' /plain.txt /folder", ["/a b.pdf", "/plain.txt", "/folder"]),
        ("/plain.txt\n/a b.pdf\r\n", ["/plain.txt", "/a b.pdf"]),
        ("file:///a%20b.pdf\nfile:///plain.txt", ["/a b.pdf", "/plain.txt"]),
        ("/ü\\ \\(1\\).html", ["/ü (1).html"]),
        ("C:\\My Texts\\a.txt", ["/mnt/c/My Texts/a.txt"]),
        ('"C:\\My Texts\\a.txt"', ["/mnt/c/My Texts/a.txt"]),
        ("/back\\slash.txt", ["/back\\slash.txt"]),
        ('/"quoted".txt', ['/"quoted".txt']),
        ("", []),
        (" \n ", []),
        ("just some words", []),
        ("/plain.txt and more", []),
        ("/plain.txt; rm -rf /", []),
        ("/not there.txt", []),
        ("it's a text with an apostrophe", []),
        ("/plain.txt\0", []),
        ("file://elsewhere/plain.txt", []),
        ("/plain.txt\n" * (LONGEST // 10), []),
    ],
)
def test_a_paste_is_names_or_nothing(pasted: str, names: list[str]) -> None:
    assert named(pasted, THERE.__contains__) == names


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Zl", "Zp")), min_size=1), min_size=1))
def test_whatever_files_are_called_a_shells_way_of_writing_them_is_read(parts: list[str]) -> None:
    there = {f"/{part.replace('/', '')}.txt" for part in parts}
    assert named(" ".join(map(shlex.quote, sorted(there))), there.__contains__) == sorted(there)


@given(st.text())
def test_nothing_that_is_pasted_is_an_error(text: str) -> None:
    assert named(text, lambda _: False) == []
    assert address(text) is None or text.strip()


@pytest.mark.parametrize(
    ("pasted", "found"),
    [
        (" https://example.org/a?b=c#d \n", "https://example.org/a?b=c#d"),
        ("HTTP://EXAMPLE.ORG", "HTTP://EXAMPLE.ORG"),
        ("'https://example.org/a'", "https://example.org/a"),
        ("https://", None),
        ("see https://example.org", None),
        ("https://a.org https://b.org", None),
        ("ftp://example.org/a", None),
        ("javascript:alert(1)", None),
    ],
)
def test_one_web_address_is_told_from_everything_else(pasted: str, found: str | None) -> None:
    assert address(pasted) == found


def test_tab_goes_on_as_far_as_there_is_one_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("report one.txt", "report two.txt", "summary.md", ".hidden"):
        (tmp_path / name).touch()
    (tmp_path / "texts").mkdir()
    here = str(tmp_path)
    assert completed(f"{here}/r") == (f"{here}/report ", ["report one.txt", "report two.txt"])
    assert completed(f"{here}/report t") == (f"{here}/report two.txt", ["report two.txt"])
    assert completed(f"{here}/te") == (f"{here}/texts/", ["texts/"])
    assert completed(f"{here}/x") == (f"{here}/x", [])
    assert completed(f"{here}/nowhere/x") == (f"{here}/nowhere/x", [])
    assert completed(f"{here}/.h") == (f"{here}/.hidden", [".hidden"])
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", here)
    assert completed("su") == ("summary.md", ["summary.md"])
    assert completed("~/su") == ("~/summary.md", ["summary.md"])
    assert len(completed("")[1]) == 4, "hidden files only for whoever asks"
    assert named("~/summary.md") == [f"{here}/summary.md"]
