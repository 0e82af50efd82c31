"""Markdown: its front matter says where it came from, and is not part of the text."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
import yaml

from store.articles.files import read as read_file
from store.articles.markdown import read
from store.errors import ArticleError
from store.library import Library
from store.records import Article

BODY = "It is closed.\n"


def article(front_matter: str, body: str = BODY) -> Article:
    return read(f"---\n{front_matter}\n---\n{body}", Path("some-file.md"))


def refusal(front_matter: str) -> str:
    with pytest.raises(ArticleError) as refused:
        article(front_matter)
    return refused.value.sentence


# Front matter


def test_front_matter_names_everything_that_is_known_of_an_article() -> None:
    read = article(
        "title: The bridge\n"
        "author: Ann Lee\n"
        "source: The Daily Post\n"
        "url: https://example.org/bridge\n"
        "published: 2024-03-05\n"
        "tags: [bridges, councils]"
    )
    assert read.title == "The bridge"
    assert read.author == "Ann Lee"
    assert read.source == "The Daily Post"
    assert read.url == "https://example.org/bridge"
    assert read.published == "2024-03-05"
    assert read.format == "markdown"


def test_front_matter_is_not_part_of_the_text() -> None:
    assert article("title: The bridge").text == BODY


def test_front_matter_makes_no_other_article() -> None:
    assert article("title: One").id == article("title: Two\nauthor: Somebody").id


@pytest.mark.parametrize(
    "date", ["2024-03-05", "2024-03-05T10:30:00", "2024-03-05 10:30 +02:00", "2024", "5 March 2024", "2024-02-30"]
)
def test_a_date_is_kept_as_it_is_written(date: str) -> None:
    assert article(f"published: {date}").published == date


@pytest.mark.parametrize("title", ["12:30:45", "1_000", "007", "0x1F", "1:" * 3000 + "1", "Yes", "No", "On"])
def test_a_title_is_kept_as_it_is_written(title: str) -> None:
    assert article(f"title: {title}").title == title


@pytest.mark.parametrize(
    "authors",
    ["[Ann Lee, Bo Orr]", "\n  - Ann Lee\n  - Bo Orr", "Ann Lee, Bo Orr", "[Ann Lee, {name: X}, null, Bo Orr]"],
)
def test_several_authors_are_one_line(authors: str) -> None:
    assert article(f"author: {authors}").author == "Ann Lee, Bo Orr"


@pytest.mark.parametrize("title", ["|\n  The\n  bridge", ">\n  The\n  bridge", '"The\\n bridge"', "  The   bridge  "])
def test_a_title_over_several_lines_is_one_line(title: str) -> None:
    assert article(f"title: {title}").title == "The bridge"


@pytest.mark.parametrize("nothing", ["", "null", "''", "{a: b}", "[]", "~"])
def test_a_field_that_says_nothing_is_left_out(nothing: str) -> None:
    assert article(f"author: {nothing}").author is None


def test_without_a_title_in_it_the_heading_is_the_title() -> None:
    assert article("author: Ann Lee", "# The bridge\n\nIt is closed.\n").title == "The bridge"


def test_the_title_in_it_goes_before_the_heading() -> None:
    assert article("title: The bridge", "# Closed\n\nIt is.\n").title == "The bridge"


@pytest.mark.parametrize(
    "text", ["---\ntitle: T\n...\nX.\n", "---  \ntitle: T\n---\t\nX.\n", "---\ntitle: T\n---\n\n\nX.\n"]
)
def test_front_matter_ends_where_yaml_does_and_the_text_begins_at_its_first_sign(text: str) -> None:
    read_here = read(text, Path("a.md"))
    assert (read_here.title, read_here.text) == ("T", "X.\n")


@pytest.mark.parametrize("empty", ["---\n---\n", "---\n# nothing yet\n---\n", "---\n[]\n---\n"])
def test_front_matter_may_be_empty(empty: str) -> None:
    assert read(empty + BODY, Path("some-file.md")).text == BODY


def test_windows_line_ends_and_a_byte_order_mark_hide_no_front_matter(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"\xef\xbb\xbf---\r\ntitle: T\r\n---\r\nX.\r\n")
    assert (read_file(path).title, read_file(path).text) == ("T", "X.\n")


def test_front_matter_without_a_text_is_refused() -> None:
    with pytest.raises(ArticleError, match="has front matter but no text after it"):
        article("title: The bridge", "\n \n")


# Front matter that cannot be read, by the loader in C and by the one that is there without it


@pytest.fixture(params=["C", "Python"])
def _either_loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "Python":
        monkeypatch.delattr(yaml, "CBaseLoader", raising=False)


@pytest.mark.usefixtures("_either_loader")
@pytest.mark.parametrize(
    ("front_matter", "line"),
    [
        ("title: The bridge: closed", 2),
        ("title: The bridge\nauthor: [Ann", 4),
        ('title: "The bridge\nauthor: x', 4),
        ("author: Ann\ntitle: *unknown", 3),
        ("author: Ann\n\ttitle: The bridge", 3),
        ("title: }", 2),
        ("title: &a [*a]", 2),
    ],
)
def test_yaml_that_cannot_be_read_is_refused_with_its_line(front_matter: str, line: int) -> None:
    assert refusal(front_matter).startswith(f"The front matter in line {line} of some-file.md is not YAML (")
    assert refusal(front_matter).endswith("): mend it or take it out.")


@pytest.mark.usefixtures("_either_loader")
def test_a_sign_that_yaml_does_not_allow_is_refused_with_its_line() -> None:
    assert "in line 3 of some-file.md" in refusal("author: Ann\ntitle: The \x08bridge")


@pytest.mark.skipif(not yaml.__with_libyaml__, reason="the loader in C was not built here")
def test_after_other_scripts_a_sign_that_yaml_does_not_allow_is_refused_with_its_line() -> None:
    assert "in line 3 of some-file.md" in refusal("author: Пётр Ильич\ntitle: The \x08bridge\nurl: x\nsource: y")


@pytest.mark.usefixtures("_either_loader")
@pytest.mark.parametrize(
    "value", ["!!python/object/apply:os.getcwd []", "!!bool maybe", "!!int ''", "!!timestamp soon", "!x y"]
)
def test_what_yaml_can_be_told_to_make_is_never_made(value: str) -> None:
    assert article(f"title: {value}").title in {"some-file", "maybe", "soon", "y"}


@pytest.mark.usefixtures("_either_loader")
def test_half_a_surrogate_pair_in_a_title_is_refused_or_replaced(library: Library) -> None:
    with contextlib.suppress(ArticleError):
        assert library.articles.add([article('title: "\\ud800"')]) == [True]


# What is not front matter


@pytest.mark.parametrize(
    "text",
    [
        "---\n\nSome words.\n\n---\n\nMore.\n",
        "---\n- a\n- list\n---\nMore.\n",
        "----\ntitle: T\n----\nMore.\n",
        "--- title: T\n---\nMore.\n",
        "\n---\ntitle: T\n---\nMore.\n",
        "---\ntitle: T\nMore.\n",
        "---\n",
        "Text.\n\n---\ntitle: T\n---\n",
    ],
)
def test_rules_and_lines_of_dashes_stay_in_the_text(text: str) -> None:
    assert read(text, Path("a.md")).text == text


@pytest.mark.parametrize("words", ["Breaking: the bridge is closed.", "He said: taxes: up."])
def test_words_with_a_colon_between_two_rules_stay_in_the_text(words: str) -> None:
    text = f"---\n\n{words}\n\n---\n\nMore.\n"
    assert read(text, Path("a.md")).text == text


# Headings


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# The bridge\n", "The bridge"),
        ("Words.\n\n### The bridge ###\n", "The bridge"),
        ("#The bridge\n", "some-file"),
        ("####### The bridge\n", "some-file"),
        ("Only words.\n", "some-file"),
    ],
)
def test_the_first_heading_is_the_title_else_the_files_name(text: str, title: str) -> None:
    assert read(text, Path("some-file.md")).title == title


def test_a_heading_may_end_in_a_number_sign() -> None:
    assert read("# Why C#\n", Path("a.md")).title == "Why C#"
