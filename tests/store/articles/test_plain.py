"""Plain text: the first line is the title if it can be one."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.articles.plain import read


def title(text: str) -> str:
    return read(text, Path("some-file.txt")).title


def test_the_text_is_the_file_to_the_letter() -> None:
    text = "  One.\n\n\tTwo.  \n\n"
    assert read(text, Path("a.txt")).text == text


def test_the_first_line_is_the_title() -> None:
    assert title("The bridge\n\nIt is closed.") == "The bridge"


def test_blank_lines_before_the_title_do_not_matter() -> None:
    assert title("\n \n  The bridge  \nIt is closed.") == "The bridge"


@pytest.mark.parametrize(("length", "expected"), [(160, "x" * 160), (161, "some-file")])
def test_a_first_line_too_long_for_a_title_leaves_the_files_name(length: int, expected: str) -> None:
    assert title("x" * length + "\nMore.") == expected


def test_what_looks_like_front_matter_is_text() -> None:
    text = "---\ntitle: No\n---\nYes."
    assert read(text, Path("a.txt")).text == text


def test_plain_text_says_nothing_of_where_it_came_from() -> None:
    article = read("Some words.", Path("a.txt"))
    assert (article.author, article.source, article.url, article.published) == (None, None, None, None)
