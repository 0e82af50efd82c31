"""The text layer of a PDF: paragraphs, what a page's end divides, and files that have none."""

from __future__ import annotations

import pytest

from store.articles.pdf import Line, paragraphs
from tests.store.articles.making import LOCKED, one, pdf, refusal

PAGE = [
    (72.0, 760.0, 20.0, "The bridge"),
    (72.0, 720.0, 11.0, "The council of the town decided on Monday that the old bridge will be closed for"),
    (72.0, 706.0, 11.0, "two years of repairs."),
    (72.0, 680.0, 11.0, "It was built (by hand) in a year that nobody remembers, said the mayor, who is"),
    (72.0, 666.0, 11.0, "ninety."),
]


def lines(*words: str, left: float = 72.0, size: float = 10.0) -> list[Line]:
    """Lines below each other, as long as their words."""
    return [Line(text, left, left + 5 * len(text), 700.0 - 12 * n, size) for n, text in enumerate(words)]


def test_lines_become_paragraphs_and_the_first_is_the_title() -> None:
    article = one("a.pdf", pdf([PAGE]))
    assert article.text == (
        "The bridge\n\n"
        "The council of the town decided on Monday that the old bridge will be closed for two years of repairs.\n\n"
        "It was built (by hand) in a year that nobody remembers, said the mayor, who is ninety.\n"
    )
    assert (article.title, article.format) == ("The bridge", "text")


def test_a_pdf_says_who_wrote_it() -> None:
    article = one("a.pdf", pdf([PAGE], info="/Title (On bridges) /Author (Ann Lee) /CreationDate (D:20250603120000Z)"))
    assert (article.title, article.author, article.published) == ("On bridges", "Ann Lee", None)
    assert article.provenance is not None
    assert article.provenance.meta == {"pages": 1, "created": "2025-06-03"}
    assert article.provenance.extractor.startswith("pypdfium2 ")


@pytest.mark.parametrize("title", ["Microsoft Word - draft.docx", "bridge.tex", "untitled"])
def test_the_name_of_a_file_is_no_title(title: str) -> None:
    assert one("a.pdf", pdf([PAGE], info=f"/Title ({title})")).title == "The bridge"


def test_a_word_that_a_line_divides_is_one_again() -> None:
    assert list(paragraphs([lines("The whole govern\ufffe", "ment is here.")])) == ["The whole government is here."]
    assert list(paragraphs([lines("The well-", "known man.")])) == ["The well-known man."]


def test_a_paragraph_that_a_page_divides_is_one_again() -> None:
    first, second = lines("One sentence begins on a page and"), lines("ends on the next one.", "It is short.")
    assert list(paragraphs([first, second])) == ["One sentence begins on a page and ends on the next one. It is short."]


def test_running_heads_and_page_numbers_are_left_out() -> None:
    pages = [lines("The Daily Post", f"Sentence {word} stands here.", f"page {n}") for n, word in enumerate("abcd")]
    assert [" ".join(paragraphs(pages))] == [" ".join(f"Sentence {word} stands here." for word in "abcd")]


def test_a_first_line_that_is_indented_begins_a_paragraph() -> None:
    page = lines("It is closed for a long time, they said to all of us.", "", "It will be open again.")
    indented = Line("It will be open again.", 90.0, 200.0, 688.0, 10.0)
    assert list(paragraphs([[page[0], indented]])) == [page[0].text, indented.text]


def test_a_scanned_one_is_a_sentence() -> None:
    said = refusal("scan.pdf", pdf([[], []]))
    assert said.startswith("scan.pdf has no text in its 2 pages, only pictures: it was scanned;")


def test_one_with_a_password_is_a_sentence() -> None:
    assert refusal("a.pdf", pdf([PAGE], trailer=LOCKED)).startswith("a.pdf is locked with a password")


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"%PDF-1.4\n" + b"\xff" * 10_000, pdf([PAGE])[:300]])
def test_a_damaged_one_is_a_sentence(data: bytes) -> None:
    assert refusal("a.pdf", data) == "a.pdf is damaged or no PDF: open it with another program and save it anew."
