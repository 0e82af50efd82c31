"""Archives: what is in them is read where it is, within limits, and nothing is written anywhere."""

from __future__ import annotations

import gzip
import io
import zipfile
from random import Random

import pytest

from store.articles.files import read_source
from store.articles.sources import Budget, Options, Source
from store.errors import ArticleError
from tests.store.articles.making import epub, read, refusal, tarred, zipped
from tests.store.helpers import at_most

MEMBERS = {
    "a.txt": "Words.",
    "b/c.md": "# Title\n\nWords.",
    "b/d.jsonl": '{"text": "A row."}\n',
    "b/.hidden.txt": "No.",
    "__MACOSX/a.txt": "No.",
    "picture.png": b"\x89PNG",
}


@pytest.mark.parametrize("make", [zipped, tarred])
@pytest.mark.parametrize("options", [None, Options()])
def test_every_article_in_an_archive_is_read(make, options) -> None:  # type: ignore[no-untyped-def]
    articles, sentences = read("x.zip", make(MEMBERS), options)
    assert sentences == []
    assert [article.path for article in articles] == ["x.zip/a.txt", "x.zip/b/c.md", "x.zip/b/d.jsonl"]
    assert articles[2].provenance is not None
    assert articles[2].provenance.part == "line 1"


def test_archives_lie_in_archives_but_not_without_end() -> None:
    one = zipped({"a.txt": "Words."})
    two = zipped({"one.zip": one})
    assert [article.path for article in read("x.zip", two)[0]] == ["x.zip/one.zip/a.txt"]
    assert refusal("x.zip", zipped({"two.tgz": tarred({"one.zip": one})})) == (
        "x.zip/two.tgz/one.zip lies in 2 archives, one in the other: unpack it first."
    )


def test_a_book_in_an_archive_is_read() -> None:
    articles, _ = read("x.zip", zipped({"book.epub": epub({"One": "<p>Words.</p>"})}))
    assert [article.path for article in articles] == ["x.zip/book.epub"]


@pytest.mark.parametrize("name", ["../../etc/a.txt", "/etc/a.txt", "b/../../a.txt", "..\\..\\a.txt", "C:\\a.txt"])
@pytest.mark.parametrize("make", [zipped, tarred])
def test_a_member_that_would_lie_outside_is_left_alone(name: str, make) -> None:  # type: ignore[no-untyped-def]
    articles, (sentence,) = read("x.zip", make({name: "Words.", "good.txt": "Good."}))
    assert [article.text for article in articles] == ["Good."]
    assert sentence == f"x.zip has a member that would lie outside of it, {name}: it was left alone."


def test_links_are_not_followed() -> None:
    articles, sentences = read("x.tgz", tarred({"good.txt": "Good."}, links={"link.txt": "/etc/passwd"}))
    assert ([article.text for article in articles], sentences) == (["Good."], [])


def test_a_bomb_of_a_zip_is_left_alone_and_the_rest_is_read() -> None:
    with at_most(30):
        articles, (sentence,) = read("x.zip", zipped({"bomb.txt": b"0" * 60_000_000, "good.txt": "Good."}))
    assert [article.text for article in articles] == ["Good."]
    assert sentence == "x.zip/bomb.txt unpacks to more than 100 times its size: it was left alone."


def test_a_member_that_lies_about_its_size_is_measured() -> None:
    data = zipped({"bomb.txt": b"0" * 60_000_000})
    lying = data.replace((60_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    articles, sentences = read("x.zip", lying)
    assert (len(articles), len(sentences)) == (0, 1)


def test_a_bomb_of_a_tar_is_left_alone() -> None:
    with at_most(60):
        said = refusal("x.tgz", tarred({"a.png": b"0" * 300_000_000}))
    assert said == "x.tgz unpacks to more than 200 times its size: it was left alone."


def test_a_bomb_that_is_no_tar_is_left_alone() -> None:
    assert "is damaged, or no tar" in refusal("x.tgz", gzip.compress(b"0" * 100_000_000))


def test_all_archives_in_one_have_one_budget() -> None:
    inner = zipped({"a.txt": "x" * 600})
    source = Source("x.zip", io.BytesIO(zipped({"1.zip": inner, "2.zip": inner})), budget=Budget(bytes=1_000))
    found = list(read_source(source))
    assert [isinstance(one, ArticleError) for one in found] == [False, True]
    assert "unpacks to more than postil takes from one archive" in str(found[1])


def test_members_are_counted() -> None:
    source = Source(
        "x.zip", io.BytesIO(zipped({f"{n}.txt": f"Words {n}." for n in range(9)})), budget=Budget(members=5)
    )
    found = list(read_source(source))
    assert sum(not isinstance(one, ArticleError) for one in found) == 5
    assert str(found[-1]) == "x.zip has more members than postil takes from one archive: unpack it first."


def test_a_member_with_a_password_is_a_sentence() -> None:
    data = bytearray(zipped({"a.txt": "Words.", "b.txt": "Good."}))
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + place] |= 1
    articles, sentences = read("x.zip", bytes(data))
    assert [article.text for article in articles] == ["Good."]
    assert sentences == ["x.zip/a.txt is locked with a password: unpack the archive first."]


def test_a_damaged_member_does_not_cost_the_others() -> None:
    data = zipped({"a.txt": "Words that are here.", "b.txt": "Good."}, packed=False)
    articles, (sentence,) = read("x.zip", data.replace(b"Words that", b"Wxrds that"))
    assert [article.text for article in articles] == ["Good."]
    assert sentence.startswith("x.zip/a.txt is damaged")


@pytest.mark.parametrize("cut", [100, 1_000])
def test_an_archive_that_is_cut_off_is_a_sentence(cut: int) -> None:
    noise = Random(1).randbytes(5_000)
    assert "damaged" in read("x.zip", zipped({"a.txt": noise})[:cut])[1][0]
    assert "damaged" in read("x.tgz", tarred({"a.txt": noise})[:cut])[1][0]


def test_an_office_document_is_said_to_be_one() -> None:
    assert "is an Office document: save it as PDF" in refusal(
        "a.docx", zipped({"[Content_Types].xml": "", "a.xml": ""})
    )


def test_an_archive_without_articles_is_said_to_be_one() -> None:
    assert refusal("x.zip", zipped({"a.png": ""})).startswith("x.zip has no articles in it")
    empty = io.BytesIO()
    zipfile.ZipFile(empty, "w").close()
    assert refusal("x.zip", empty.getvalue()).startswith("x.zip has no articles in it")
