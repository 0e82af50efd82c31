"""What a plain text says of itself, where it plainly does."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.articles.labelled import fields
from store.articles.plain import read

HEAD = "The bridge\n\nAuthor: Ann Lee\nSource: The Daily Post\nPublished: 3 June 2025\n\nIt is closed.\n"
FOOT = "The bridge\n\nIt is closed.\n\nBy: Ann Lee\nSource: https://post.example/bridge\nDate: 2025-06-03\n"


def test_lines_below_the_title_are_believed_and_the_text_stays_as_it_is() -> None:
    article = read(HEAD, Path("a.txt"))
    assert (article.title, article.author) == ("The bridge", "Ann Lee")
    assert (article.source, article.published) == ("The Daily Post", "3 June 2025")
    assert article.text == HEAD


def test_so_are_the_last_lines_and_an_address_is_no_source() -> None:
    assert fields(FOOT) == {"author": "Ann Lee", "url": "https://post.example/bridge", "published": "2025-06-03"}


def test_a_title_may_be_labelled_and_labels_are_no_title() -> None:
    assert read("Title: The bridge\nAuthor: Ann\n\nIt is closed.", Path("a.txt")).title == "The bridge"
    assert read("Author: Ann\n\nThe bridge\n\nIt is closed.", Path("a.txt")).title == "The bridge"


def test_the_first_to_say_it_is_believed() -> None:
    assert fields("Author: Ann\n\nWords.\n\nAuthor: Bob\n")["author"] == "Ann"


@pytest.mark.parametrize(
    "text",
    [
        "The bridge\n\nIt is closed.\n\nSource: Ann.\n\nMore words after it.\n\nAnd more.",
        "It is closed. Source: Ann Lee",
        "The bridge\n\nAuthor:\n\nAnn Lee wrote it.",
        "The bridge\n\nDate: soon\n\nIt is closed.",
        "The author: a life in letters\n\nIt is a book.",
        "Authority: none\n\nWords.",
        "",
    ],
)
def test_nothing_is_believed_that_is_not_plain(text: str) -> None:
    assert fields(text) == {}
