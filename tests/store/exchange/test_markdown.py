"""Markdown for note books: an article a file, with templates that can be the reader's own."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from store.entities.gold import Decision
from store.errors import ExportError
from store.library import Library
from tests.conftest import article
from tests.store.exchange.shared import FIREMEN, export_to, firemen, job_for, span


def only_file(folder: Path) -> Path:
    (file,) = folder.iterdir()
    return file


def test_an_article_is_a_file_with_front_matter_quotes_and_notes(library: Library, tmp_path: Path) -> None:
    here = firemen(library)
    library.annotations.tag(here, *span(FIREMEN, "open!\n\nThe council"))
    library.decisions.decide(here, Decision.ADD, span(FIREMEN, "The council"), "ORG")
    job = job_for("markdown")
    text = only_file(export_to(library, "markdown", tmp_path / "notes", job)).read_text("utf-8")
    _, front, body = text.split("---\n", 2)
    assert yaml.safe_load(front) == {"title": here.title, "postil": here.id}
    claim = next(a for a in library.annotations.of(here.id) if a.quote.startswith("firemen"))
    (relation,) = library.relations.of(here.id)
    link = f"- {relation.label} [[#^postil-{relation.target_id[-12:]}|Ada]] · ada\n"
    quote = (
        "\n> [!quote] CLAIM · ada\n> firemen drive firetrucks\n\nall of them?\nreally\n\n"
        f"{link}\n^postil-{claim.id[-12:]}\n"
    )
    assert quote in body
    assert "\n> open!\n>\n> The council\n" in body
    assert body.index("Who wrote this?") < body.index("firemen drive firetrucks\n")
    assert job.losses.counts() == {"names": 1}


def test_a_relation_is_a_link_with_its_note(library: Library, tmp_path: Path) -> None:
    here = firemen(library)
    (relation,) = library.relations.of(here.id)
    library.relations.edit_note(relation.id, "**Both** say so.\n\n#sources")
    job = job_for("markdown")
    text = only_file(export_to(library, "markdown", tmp_path / "notes", job)).read_text("utf-8")
    target = relation.target_id[-12:]
    assert f"- {relation.label} [[#^postil-{target}|Ada]] · ada\n  **Both** say so.\n\n  #sources\n" in text
    assert f"\n^postil-{target}\n" in text
    assert job.losses.counts() == {}


def test_file_names_are_titles_without_what_a_name_cannot_have(library: Library, tmp_path: Path) -> None:
    titles = ["a/b\\c: d?", "same", "[[x]] #1 ^2", "..", "漢" * 100, "same\n"]
    library.articles.add(article(title) for title in titles)
    folder = export_to(library, "markdown", tmp_path / "notes")
    names = sorted(file.name for file in folder.iterdir())
    assert len(names) == 6
    assert [name.rpartition(" ")[0] for name in names if "a b" in name] == ["a b c d"]
    assert not any(set(name) & set('\\/:*?"<>|#^[]') for name in names)
    assert all(len(name.encode()) < 255 for name in names)


def test_the_readers_own_templates(library: Library, tmp_path: Path) -> None:
    here = firemen(library)
    template = tmp_path / "own.toml"
    template.write_text(
        'article = "$title costs $$5\\n$annotations"\nannotation = "- ${quote} ($start-$end)\\n"\n', "utf-8"
    )
    folder = export_to(library, "markdown", tmp_path / "notes", job_for("markdown", template=template))
    text = only_file(folder).read_text("utf-8")
    assert text.startswith(f"{here.title} costs $5\n- firemen drive firetrucks (5-29)\n- Ada (36-39)\n")


@pytest.mark.parametrize(
    ("toml", "reason"),
    [
        ("article = 'x", "are not TOML"),
        ("artikel = 'x'", "has artikel, which is no template: there are article, annotation, note"),
        ("note = 5", "has note, which is no template"),
        ("note = '$ $x'", "has a $ that names nothing"),
        ("note = '$nothing'", r"names $nothing: it can name annotator, attributes"),
        (None, "cannot be read (No such file or directory)"),
    ],
)
def test_templates_that_cannot_be_used_are_a_sentence(
    library: Library, tmp_path: Path, toml: str | None, reason: str
) -> None:
    template = tmp_path / "own.toml"
    if toml is not None:
        template.write_text(toml, "utf-8")
    with pytest.raises(ExportError) as refused:
        export_to(library, "markdown", tmp_path / "notes", job_for("markdown", template=template))
    assert reason in refused.value.sentence
