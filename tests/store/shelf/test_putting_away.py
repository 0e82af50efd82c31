"""Archive and delete: what is put away is out of the way, behind every door, and comes back as it was."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import orjson
import pytest
from typer.testing import CliRunner

from store.care.copies import copy_to
from store.errors import ArticleError, CopyError
from store.exchange import FORMATS, Job
from store.exchange.exporting import into_folder, pieces
from store.exchange.importing import import_files
from store.exchange.losses import Losses
from store.exchange.selection import Selection
from store.kinds import Grouping
from store.library import Library
from store.records import Weight
from store.sharing.snapshot import Choice, share
from tests.conftest import article
from tests.store.helpers import found, query
from tui import cli

HERE = article("Ada Moreau counted the herons. She wrote to the council about them.", "here.txt")
GONE = replace(
    article("Zyxwood Tarn counted the quarkbirds. Nobody knows why.\n\nThe council answered him within a week."),
    url="https://example.org/gone",
)
VERSION = article(GONE.text.replace("a week", "two weeks"), "version.txt")
SECRET = ("Zyxwood", "quarkbirds")


@pytest.fixture
def filled(library: Library) -> Library:
    """Two articles, one of which is to go: with claims of two people, a note, a relation, names, a tag, a rule."""
    library.articles.add([HERE, GONE])
    here, gone = library.annotations.tag(HERE, 0, 10), library.annotations.tag(GONE, 0, 12)
    library.annotations.set_attributes(gone.id, {"verdict": "refuted"})
    library.annotations.note(GONE, (13, 20), "quarkbirds indeed")
    library.relations.relate(here.id, gone.id, "supports")
    library.relations.relate(gone.id, here.id, "attacks")
    library.predictions.keep(HERE.id, "p 1", [found(HERE.text, ("Ada Moreau", "PERSON"))])
    library.predictions.keep(GONE.id, "p 1", [found(GONE.text, ("Zyxwood Tarn", "PERSON"))])
    library.rules.add("quarkbirds", "PRODUCT", article_id=GONE.id)
    library.groups.add(Grouping.TAG, "birds", [HERE.id, GONE.id])
    with Library(library.path, annotator="bob") as bob:
        bob.annotations.tag(GONE, 25, 35)
    return library


def names(library: Library) -> set[str]:
    for _ in library.names.refresh():
        pass
    return {name.text for name in library.names.find()}


def test_an_archived_article_is_out_of_the_list_and_in_everything_else(filled: Library) -> None:
    assert filled.shelf.archive([GONE.id, GONE.id]) == 1
    assert filled.shelf.archive([GONE.id]) == 0
    assert filled.articles.ids() == [HERE.id]
    assert following(filled) is None
    (row,) = filled.articles.page("is:archived")
    assert (row.id, row.archived, row.deleted, row.claims) == (GONE.id, True, False, 2)
    assert {hit.article_id for hit in filled.search.find("quarkbirds")} == {GONE.id}
    assert "Zyxwood Tarn" in names(filled)
    assert b"".join(pieces(filled)).count(b"\n") == 2
    assert b"".join(pieces(filled, selection=Selection(archived=False))).count(b"\n") == 1
    assert filled.shelf.unarchive([HERE.id, GONE.id]) == 1
    assert filled.articles.count() == 2


def test_a_deleted_article_that_was_archived_comes_back_archived(filled: Library) -> None:
    filled.shelf.archive([GONE.id])
    filled.shelf.delete([GONE.id])
    assert filled.articles.count("is:archived") == 0
    assert filled.articles.ids("is:deleted") == [GONE.id]
    filled.shelf.restore([GONE.id])
    assert filled.articles.ids("is:archived") == [GONE.id]


def following(library: Library) -> str | None:
    """What is next to do after the article that stays."""
    found = library.reading.next(here=HERE.id)
    return None if found is None else found.article_id


def views(library: Library) -> Iterator[tuple[str, str]]:
    """Every way in which the library is looked at, by its name, and what is seen."""
    yield "list", repr(library.articles.page()) + repr(list(library.articles.rows())) + repr(library.articles.ids())
    yield "count", str(library.articles.count() == 2)
    yield "filtered", repr(library.articles.page("tag:birds"))
    yield "next", repr(following(library))
    yield "beginnings", repr(list(library.articles.outlines()))
    yield "seen before", repr(library.articles.seen_before([VERSION.id]))
    for query_ in ("quarkbirds", "label:CLAIM", "council", "Zyxwood", "tag:birds", "by:bob"):
        yield f"search {query_}", repr(library.search.find(query_))
    yield "names", repr(names(library)) + repr(library.names.count())
    yield "rules", repr(library.rules.all())
    yield "rules reach", str(library.rules.reach("quarkbirds").places > 0)
    yield "stats", repr(library.figures.count())
    yield "tags", repr([group.articles for group in library.groups.all(Grouping.TAG)] == [2])
    (claim,) = (one for one in library.annotations.of(HERE.id) if one.kind == "claim")
    yield "relations", repr(library.web.of(claim.id))
    yield "carried", repr(library.annotations.carried(VERSION.id))


def doors(library: Library, folder: Path) -> Iterator[tuple[str, str]]:
    """These, and every way out of the library; a DocBin has the same sheets as the rest, and would start spaCy."""
    yield from views(library)
    for known in FORMATS.values():
        if known.name == "spacy":
            continue
        job = Job(known.units[0], Losses(), names=True, predictions=True)
        if known.shape == "file":
            out = b"".join(pieces(library, known.name, job=job))
        elif known.shape == "folder":
            to = folder / known.name
            to.mkdir(parents=True)
            into_folder(library, known.name, to, job=job)
            out = b"".join(path.read_bytes() for path in sorted(to.rglob("*")) if path.is_file())
        else:
            continue
        yield f"export {known.name}", (out + b"").decode("utf-8", "replace")
    gift = folder / "gift.db"
    share(library.path, gift, Choice(positions=True, journal=True, predictions=True))
    yield "share", gift.read_bytes().decode("latin-1")
    for command in (["articles"], ["articles", "--json"], ["search", "quarkbirds"], ["names"], ["export"]):
        said = CliRunner().invoke(cli.app, [*command, "--library", str(library.path), "--annotator", "ada"])
        yield f"postil {' '.join(command)}", said.output


def test_a_deleted_article_is_behind_no_door(filled: Library, tmp_path: Path) -> None:
    filled.articles.add([VERSION])
    filled.shelf.delete([VERSION.id])  # what is carried over to it is looked for all the same
    before = dict(doors(filled, tmp_path / "before"))
    filled.shelf.delete([GONE.id])
    after = dict(doors(filled, tmp_path / "after"))
    for name, said in before.items():
        shows = any(word in said for word in (*SECRET, GONE.id, "True"))
        # A door that never showed it would prove nothing; Parquet packs its words.
        assert shows or name == "export parquet", name
        assert not any(word in after[name] for word in (*SECRET, GONE.id)), name
    assert {name: after[name] for name in ("count", "next", "rules reach", "tags")} == {
        "count": "False",
        "next": "None",
        "rules reach": "False",
        "tags": "False",
    }
    assert after["export parquet"] != before["export parquet"]
    with pytest.raises(ArticleError, match="was deleted: postil delete --back brings it back"):
        filled.articles.called(GONE.id[:12])
    with pytest.raises(CopyError, match="has no article"):
        share(filled.path, tmp_path / "asked.db", Choice(articles=[GONE.id]))


def test_undo_brings_everything_back_in_another_session(filled: Library) -> None:
    before = dict(views(filled))
    filled.shelf.delete([GONE.id, HERE.id])
    assert filled.articles.count() == 0
    assert names(filled) == set()
    with Library(filled.path, annotator="ada") as later:
        undone = later.history.undo()
        assert undone is not None
        assert (undone.action, undone.articles) == ("delete", 2)
        assert dict(views(later)) == before


def test_adding_it_again_brings_it_back_with_its_annotations(filled: Library) -> None:
    filled.shelf.delete([GONE.id])
    assert filled.shelf.deleted_among([HERE.id, GONE.id]) == {GONE.id}
    assert filled.articles.add([GONE]) == [False]
    assert filled.articles.ids("is:deleted") == []
    assert len(filled.annotations.of(GONE.id)) == 3
    assert "Zyxwood Tarn" in names(filled)


def test_importing_it_brings_it_back(filled: Library, tmp_path: Path) -> None:
    (tmp_path / "export.jsonl").write_bytes(b"".join(pieces(filled)))
    filled.shelf.delete([GONE.id, HERE.id])
    import_files(filled, [tmp_path / "export.jsonl"])
    assert filled.articles.count() == 2


def test_a_merge_does_not_bring_it_back_but_keeps_what_was_done_on_it(filled: Library, tmp_path: Path) -> None:
    theirs = tmp_path / "theirs.db"
    copy_to(filled.path, theirs)
    with Library(theirs, annotator="bob") as bob:
        noted = bob.annotations.note(GONE, (0, 7), "from bob")
        bob.shelf.archive([HERE.id])
    filled.shelf.delete([GONE.id])
    filled.sharing.merge([theirs])
    assert filled.articles.ids() == [HERE.id], "and what bob put away is put away at his place alone"
    filled.shelf.restore([GONE.id])
    assert noted.id in {one.id for one in filled.annotations.of(GONE.id)}


def test_a_merge_that_brought_what_was_deleted_since_is_undone_and_redone(library: Library, tmp_path: Path) -> None:
    with Library(tmp_path / "theirs.db", annotator="bob") as bob:
        bob.articles.add([HERE, GONE])
        bob.groups.add(Grouping.TAG, "birds", [HERE.id, GONE.id])
    library.sharing.merge([tmp_path / "theirs.db"])
    with Library(library.path, annotator="cy") as cy:
        cy.shelf.delete([GONE.id])
    library.history.undo()
    assert (
        query(library.path, "SELECT count(*) FROM article") == query(library.path, "SELECT count(*) FROM shelf") == [0]
    )
    library.history.redo()
    assert library.articles.ids() == [HERE.id]
    assert library.articles.ids("is:deleted") == [GONE.id]


def test_an_article_of_a_merge_that_was_tagged_since_stays_when_the_merge_is_undone(
    library: Library, tmp_path: Path
) -> None:
    with Library(tmp_path / "theirs.db", annotator="bob") as bob:
        bob.articles.add([HERE, GONE])
    library.sharing.merge([tmp_path / "theirs.db"])
    with Library(library.path, annotator="cy") as cy:
        cy.groups.add(Grouping.TAG, "mine", [HERE.id])
    library.history.undo()
    assert library.articles.ids() == [HERE.id]


def test_what_deleting_would_take_away_is_known_before(filled: Library) -> None:
    assert filled.shelf.weight([GONE.id]) == Weight(1, 3, 1)
    assert filled.shelf.weight([HERE.id, GONE.id]) == Weight(2, 4, 1)
    assert filled.shelf.weight([]) == Weight(0, 0, 0)


def test_the_next_article_is_never_one_that_is_put_away(filled: Library) -> None:
    third = article("Third.")
    filled.articles.add([third])
    filled.shelf.archive([GONE.id])
    assert following(filled) == third.id
    filled.shelf.delete([third.id])
    assert following(filled) is None
    filled.shelf.unarchive([GONE.id])
    assert following(filled) == GONE.id
    filled.reading.toggle_queued([third.id])
    assert following(filled) == GONE.id, "also if it waits in the queue"


def test_an_export_has_no_relation_to_what_is_deleted(filled: Library) -> None:
    filled.shelf.delete([GONE.id])
    (line,) = b"".join(pieces(filled)).splitlines()
    assert orjson.loads(line)["relations"] == []
