"""`postil meta`: what is known of articles, shown and corrected without a terminal."""

from __future__ import annotations

import json
from pathlib import Path

from tests.tui.conftest import Run

PAGE = """---
title: Home
author: admin
lang: de
tags: [sea]
---
The harbour closed on Monday. Nobody knows why it is so, and the crews that were there have said nothing of it.
"""


def shown(out: str) -> dict[str, str]:
    return {line[:20].strip(): line[21:] for line in out.splitlines() if not line.startswith("corrected")}


def test_without_options_it_shows(run: Run) -> None:
    Path("home.md").write_text(PAGE)
    run("add", "home.md")
    code, out, _ = run("meta", "Home")
    assert code == 0
    said = shown(out)
    assert (said["author"], said["source"]) == ("admin", "not known")
    assert said["language"] == "en  (the text is English, though its source declares German)"
    assert (said["file"], said["declared language"]) == ("home.md", "de")
    assert said["source: tags"] == "sea"


def test_with_options_it_corrects_and_goes_back(run: Run) -> None:
    Path("home.md").write_text(PAGE)
    Path("two.txt").write_text("One two three.")
    run("add", "home.md", "two.txt")
    code, out, _ = run("meta", "home.md", "--title", "The harbour", "--author", "", "--language", "german")
    assert (code, out.splitlines()[0]) == (0, "corrected: 1 article")
    assert shown(out)["author"] == "not known  (corrected by ada; found: admin)"
    code, out, _ = run("meta", "The harbour", "two.txt", "--source", "The Herald", "--as-found", "author", "--json")
    one, two = map(json.loads, out.splitlines())
    assert (one["author"], one["language"], one["detected_language"], one["declared_language"]) == (
        "admin", "de", "en", "de",
    )  # fmt: skip
    assert one["corrections"]["title"]["found"] == "Home"
    assert (one["source"], two["source"]) == ("The Herald", "The Herald")
    assert run("search", "source:herald", "language:de")[1].splitlines()[0].endswith("The harbour")
    assert json.loads(run("articles", "--json")[1].splitlines()[0])["language"] is None  # too short to tell
    history = [line.split("  ")[2:] for line in run("history")[1].splitlines()]
    assert history[0] == ["correct", "3 changes", "in The harbour and 1 more"]
    assert run("meta", "The harbour", "--source", "The Herald")[1].startswith("Nothing was changed")
    assert run("meta", "two.txt", "--published", "2024")[0] == 0
    assert "correct  published: nothing → “2024”" in run("history")[1].splitlines()[0]


def test_what_is_refused_is_a_sentence_and_changes_nothing(run: Run) -> None:
    Path("home.md").write_text(PAGE)
    run("add", "home.md")
    for options, said in {
        ("--url", "herald"): "Nothing was changed, url: “herald”: it is no URL; write it with https://.",
        ("--title", "a\nb"): "Nothing was changed, title: it is not one line.",
        ("--as-found", "text"): "There is no field text: there are title, author, source, url, published, language.",
        ("--as-found", "url", "--url", "x"): "Say what the url is, or take it back with --as-found, not both.",
    }.items():
        code, out, err = run("meta", "Home", *options)
        assert (code, out, err) == (1, "", f"postil: {said}\n")
    assert run("meta", "Away")[0] == 1
