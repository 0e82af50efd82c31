"""Encodings that are told, declared, lied about and mixed."""

from __future__ import annotations

import codecs
import io

import pytest

from store.articles.decoding import markup_of
from store.articles.sources import Options
from tests.store.articles.making import one, refusal

WORDS = "Ein Café für “Łódź”.\n"


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_byte_order_mark_is_believed(mark: bytes, encoding: str) -> None:
    assert one("a.txt", mark + WORDS.encode(encoding)).text == WORDS


def test_a_mark_that_lies_is_said_to() -> None:
    said = refusal("a.txt", codecs.BOM_UTF16_LE + b"abc")
    assert said == "a.txt begins as UTF-16-LE and is not: byte 4 cannot be read; say what it is with --encoding."


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_told_and_read_when_it_is_named(encoding: str) -> None:
    data = "Some plain words.\n".encode(encoding)
    assert "is UTF-16 without a byte order mark: say --encoding" in refusal("a.txt", data)
    assert one("a.txt", data, Options(encoding=encoding)).text == "Some plain words.\n"


def test_windows_1252_is_read_when_it_is_named_and_never_guessed() -> None:
    data = "“Café” – 5 €\n".encode("cp1252")
    assert "a.txt is not UTF-8: line 1 has the byte 0x93" in refusal("a.txt", data)
    assert one("a.txt", data, Options(encoding="windows-1252")).text == "“Café” – 5 €\n"


def test_an_encoding_that_is_named_wrongly_is_a_sentence() -> None:
    assert "There is no encoding klingon" in refusal("a.txt", "Words.", Options(encoding="klingon"))
    assert "There is no encoding hex" in refusal("a.txt", "Words.", Options(encoding="hex"))
    assert "a.txt is not ascii" not in refusal("a.txt", b"", Options(encoding="ascii"))
    assert "line 2 has the byte 0xFF" in refusal("a.txt", b"ok\n\xff", Options(encoding="utf-8"))


def page(declared: str, words: bytes) -> bytes:
    return b'<html><head><meta charset="' + declared.encode() + b'"></head><body>' + words


@pytest.mark.parametrize(
    ("data", "charset", "words"),
    [
        (page("utf-8", "Łódź".encode()), None, "Łódź"),
        (page("iso-8859-2", "Łódź".encode("iso-8859-2")), None, "Łódź"),
        (page("iso-8859-1", "“5 €”".encode("cp1252")), None, "“5 €”"),  # what the web means by Latin-1
        (page("iso-8859-2", "Łódź".encode()), "utf-8", "Łódź"),  # the server's word goes before
        (page("ascii", "Łódź".encode()), "no-such-encoding", "Łódź"),
        (page("utf-16", "Łódź".encode()), None, "Łódź"),  # a lie: it could be read if it were
        (page("utf-8", "“Café”".encode("cp1252")), None, "“Café”"),
        (page("utf-8", "Łódź ".encode() + "“Café”".encode("cp1252")), None, "Łódź “Café”"),  # of both
        (codecs.BOM_UTF16_BE + "Łódź".encode("utf-16-be"), "utf-8", "Łódź"),
    ],
)
def test_a_page_is_read_as_it_says_or_else_as_it_can_be(data: bytes, charset: str | None, words: str) -> None:
    assert markup_of(data, charset).endswith(words)


def test_every_byte_is_something_on_a_page() -> None:
    everything = io.BytesIO(b"<html>" + bytes(range(256)) * 2).getvalue()
    assert len(markup_of(everything)) > 500
