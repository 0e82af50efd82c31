"""From paths to articles: what is read, and what is refused with a sentence that says why."""

from __future__ import annotations

import codecs
import os
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.articles.files import find, holds_several, read
from store.articles.identity import article_id, canonical
from store.articles.kinds import NAMED
from store.errors import ArticleError
from store.library import Library
from tests.conftest import SAMPLES
from tests.store.strategies import texts


def file(folder: Path, name: str, content: str | bytes = "Some words.\n") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def refusal(path: Path) -> str:
    """The sentence that `read` refuses the file with."""
    with pytest.raises(ArticleError) as refused:
        read(path)
    return refused.value.sentence


def found(*paths: Path) -> list[str]:
    """The names of the files found, and the sentences about what was not."""
    return [one.name if isinstance(one, Path) else str(one) for one in find(paths)]


# Identity


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_line_ends_make_no_difference(tmp_path: Path, line_end: str) -> None:
    article = read(file(tmp_path, "a.txt", line_end.join(["One.", "", "Two.", ""])))
    assert article.text == "One.\n\nTwo.\n"
    assert article.id == article_id("One.\n\nTwo.\n")


def test_a_byte_order_mark_makes_no_difference(tmp_path: Path) -> None:
    marked = read(file(tmp_path, "a.txt", codecs.BOM_UTF8 + b"Some words.\n"))
    assert marked.id == read(file(tmp_path, "b.txt", "Some words.\n")).id


def test_everything_else_does(tmp_path: Path) -> None:
    different = ["Some words.", "Some words.\n", " Some words.", "Some  words.", "some words.", "Some words.\u2028"]
    assert len({read(file(tmp_path, "a.txt", text)).id for text in different}) == len(different)


def test_composed_and_decomposed_letters_are_different_texts() -> None:
    assert article_id("caf\u00e9") != article_id("cafe\u0301")


def test_the_identity_is_the_sha256_of_the_text() -> None:
    assert article_id("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


@settings(max_examples=50, deadline=None)
@given(texts, st.randoms(use_true_random=False))
def test_a_mixture_of_line_ends_is_the_same_text(text: str, random: Random) -> None:
    mixed = "".join(random.choice(["\n", "\r\n"]) if sign == "\n" else sign for sign in text)
    assert canonical(mixed) == canonical(text.replace("\n", "\r")) == canonical(text) == text


# What is read


@pytest.mark.parametrize("name", ["a.txt", "a.TXT", "a.text", "README", "a.md", "a.Markdown"])
def test_text_and_markdown_are_read(tmp_path: Path, name: str) -> None:
    assert read(file(tmp_path, name)).text == "Some words.\n"


@pytest.mark.parametrize(("name", "kind"), [("a.txt", "text"), ("README", "text"), ("a.md", "markdown")])
def test_the_ending_of_the_name_says_what_the_signs_mean(tmp_path: Path, name: str, kind: str) -> None:
    assert read(file(tmp_path, name)).format == kind


def test_an_article_knows_its_file(tmp_path: Path) -> None:
    path = file(tmp_path, "a.txt")
    assert read(path).path == str(path)


def test_every_sample_article_is_read() -> None:
    paths = [path for path in find([SAMPLES]) if isinstance(path, Path)]
    assert len(paths) == len(list(SAMPLES.iterdir()))
    assert all(read(path).title for path in paths)


# What is found


def test_files_are_found_in_the_order_they_are_named(tmp_path: Path) -> None:
    assert found(file(tmp_path, "b.txt"), file(tmp_path, "a.txt")) == ["b.txt", "a.txt"]


def test_a_folder_is_looked_through_to_the_bottom_in_the_order_of_names(tmp_path: Path) -> None:
    for name in ["b.md", "a.txt", "z/c.txt", "d/e/f.markdown"]:
        file(tmp_path, name)
    assert found(tmp_path) == ["a.txt", "b.md", "f.markdown", "c.txt"]


def test_in_a_folder_hidden_files_and_files_of_other_kinds_are_passed_over(tmp_path: Path) -> None:
    for name in ["a.txt", ".b.txt", ".git/c.txt", "d.png", "Makefile"]:
        file(tmp_path, name)
    assert found(tmp_path) == ["a.txt"]


def test_a_file_that_is_named_is_found_whatever_its_kind(tmp_path: Path) -> None:
    assert found(file(tmp_path, ".hidden"), file(tmp_path, "a.png")) == [".hidden", "a.png"]


def test_a_folder_without_articles_is_said_to_be_one(tmp_path: Path) -> None:
    file(tmp_path, "a.png")
    assert found(tmp_path) == [f"The folder {tmp_path} has no articles: postil reads {NAMED} files."]


def test_a_missing_file_does_not_keep_the_others_from_being_found(tmp_path: Path) -> None:
    missing = tmp_path / "missing.txt"
    assert found(missing, file(tmp_path, "a.txt")) == [f"{missing} does not exist: check the path.", "a.txt"]


def test_a_link_to_nothing_is_said_to_be_one(tmp_path: Path) -> None:
    link = tmp_path / "link.txt"
    link.symlink_to(tmp_path / "gone.txt")
    assert found(link) == [f"{link} is a link to a file that does not exist."]
    assert refusal(link).startswith(f"{link} is not a file that can be read")


def test_a_link_to_itself_is_followed_no_further(tmp_path: Path) -> None:
    link = tmp_path / "link.txt"
    link.symlink_to(link)
    assert found(link) == [f"{link} is a link to a file that does not exist."]


@pytest.mark.skipif(os.geteuid() == 0, reason="root can read every folder")
def test_a_folder_that_may_not_be_read_is_said_to_be_one(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o000)
    file(tmp_path, "a.txt")
    try:
        assert found(tmp_path) == ["a.txt", f"The folder {closed} cannot be read (Permission denied)."]
    finally:
        closed.chmod(0o755)


def test_a_path_that_the_system_refuses_does_not_keep_the_others_from_being_found(tmp_path: Path) -> None:
    # As when the text of an article is pasted in place of its path.
    sentence, name = found(tmp_path / ("x" * 300), file(tmp_path, "a.txt"))
    assert "File name too long" in sentence
    assert name == "a.txt"


@pytest.mark.skipif(os.geteuid() == 0, reason="root can enter every folder")
def test_a_file_in_a_folder_that_may_not_be_entered_does_not_either(tmp_path: Path) -> None:
    closed = file(tmp_path, "closed/b.txt")
    closed.parent.chmod(0o000)
    try:
        sentence, name = found(closed, file(tmp_path, "a.txt"))
    finally:
        closed.parent.chmod(0o755)
    assert "Permission denied" in sentence
    assert name == "a.txt"


def test_of_a_file_that_holds_several_the_first_that_is_an_article_is_read(tmp_path: Path) -> None:
    path = file(tmp_path, "a.jsonl", '{"text": ""}\n{"text": "One."}\n{"text": "Two."}\n')
    assert read(path).text == "One."
    assert holds_several(path)
    assert not holds_several(file(tmp_path, "a.txt"))
    assert "line 1: its text is empty" in refusal(file(tmp_path, "b.jsonl", '{"text": ""}\n'))


# What is refused


@pytest.mark.parametrize("content", [b"", b" \n\t\r\n", codecs.BOM_UTF8, "\u3000\u2028".encode()])
def test_a_file_without_a_word_is_refused(tmp_path: Path, content: bytes) -> None:
    path = file(tmp_path, "a.txt", content)
    assert refusal(path) == f"{path} is empty: there is nothing to read."


def test_a_file_of_another_kind_is_refused_with_what_it_is(tmp_path: Path) -> None:
    path = file(tmp_path, "photo.txt.png", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")
    assert refusal(path) == f"{path} is a picture; postil reads {NAMED} files."


def test_a_nul_is_refused_with_its_line(tmp_path: Path) -> None:
    path = file(tmp_path, "a.txt", b"One.\r\nTwo.\r\nThr\0ee.")
    assert refusal(path) == f"{path} has a NUL byte in line 3, so it is not a text: name another file."


def test_a_binary_file_is_refused(tmp_path: Path) -> None:
    assert "NUL byte" in refusal(file(tmp_path, "a.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"))


def test_a_byte_that_is_not_utf_8_is_refused_with_its_line(tmp_path: Path) -> None:
    path = file(tmp_path, "a.txt", "One.\nTwo.\nA café.\n".encode("latin-1"))
    assert refusal(path) == (
        f"{path} is not UTF-8: line 3 has the byte 0xE9. Say what it is with --encoding; windows-1252 is the likeliest."
    )


def test_after_a_byte_order_mark_the_byte_that_is_not_utf_8_is_named_all_the_same(tmp_path: Path) -> None:
    content = codecs.BOM_UTF8 + b"abc\ncaf" + b"\xe9"
    assert "line 2 has the byte 0xE9" in refusal(file(tmp_path, "a.txt", content))


def test_lines_that_end_in_cr_are_counted(tmp_path: Path) -> None:
    assert "line 3 has the byte 0xE9" in refusal(file(tmp_path, "a.txt", b"One.\rTwo.\rA caf\xe9.\r"))


def test_a_file_cut_off_inside_a_sign_is_refused(tmp_path: Path) -> None:
    assert "line 1 has the byte 0xE2" in refusal(file(tmp_path, "a.txt", "Yes…".encode()[:-1]))


def test_a_huge_file_is_refused_without_being_read(tmp_path: Path) -> None:
    path = file(tmp_path, "a.txt")
    os.truncate(path, 200_000_000)  # sparse: it takes no room
    assert refusal(path) == f"{path} is too large (200 MB): postil reads up to 67 MB; split it."


def test_a_folder_is_not_read_as_a_file(tmp_path: Path) -> None:
    folder = tmp_path / "articles.md"
    folder.mkdir()
    assert refusal(folder) == f"{folder} is not a file that can be read: name a file or a folder."


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.txt"
    os.mkfifo(pipe)
    assert "is not a file that can be read" in refusal(pipe)


@pytest.mark.skipif(os.geteuid() == 0, reason="root can read every file")
def test_a_file_that_may_not_be_read_is_said_to_be_one(tmp_path: Path) -> None:
    path = file(tmp_path, "a.txt")
    path.chmod(0o000)
    assert refusal(path) == f"{path} cannot be read (Permission denied)."


def test_a_files_name_that_is_not_utf_8_is_kept_as_far_as_it_can_be(tmp_path: Path, library: Library) -> None:
    path = tmp_path / os.fsdecode(b"caf\xe9.txt")
    try:
        path.write_text("Some words.")
    except OSError:
        pytest.skip("this file system has no such names")
    article = read(path)
    assert article.path == str(tmp_path / "caf\ufffd.txt")
    assert library.articles.add([article]) == [True]
