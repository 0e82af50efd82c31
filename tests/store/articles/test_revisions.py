"""Which articles are versions of one text follows from where they were found and from what they share."""

from __future__ import annotations

import dataclasses
from itertools import permutations
from pathlib import Path

from store.kinds import Why
from store.library import Library
from store.records import Article, Provenance
from store.sharing.snapshot import share
from tests.conftest import article
from tests.store.helpers import copied

URL = "https://example.org/mill"
MONDAY = "The mill was built in 1815, and it burned twice in the years that followed.\n\nNobody lives there any more."
TUESDAY = MONDAY.replace("Nobody lives there any more.", "It is a museum now, says the town, and open on Sundays.")
OTHER = "The council met on Monday evening, and spoke of nothing but the price of bread in the town."


def found(
    text: str, *, url: str | None = None, path: str = "mill.txt", part: str | None = None, file: str = "a"
) -> Article:
    told = Provenance("postil text 1", original=64 * file, part=part)
    return dataclasses.replace(article(text, path), url=url, provenance=told)


def told(library: Library, of: Article) -> list[tuple[str, Why, bool]]:
    return [(one.article_id, one.why, one.newer) for one in library.articles.versions(of.id)]


def test_another_text_of_the_same_address_is_a_revision(library: Library) -> None:
    old, new = found(MONDAY, url=URL), found(OTHER, url=URL, path="other.txt")
    library.articles.add([old])
    library.articles.add([new])
    assert told(library, new) == [(old.id, Why.URL, False)]
    assert told(library, old) == [(new.id, Why.URL, True)]
    assert [row.older for row in sorted(library.articles.page(), key=lambda row: row.id != old.id)] == [True, False]


def test_another_text_of_the_same_file_is_a_revision_but_not_another_row_of_it(library: Library) -> None:
    old, new = found(MONDAY), found(OTHER)
    rows = [found(f"Row {number} of a table.", path="rows.csv", part=f"line {number}") for number in range(3)]
    library.articles.add([old, *rows])
    library.articles.add([new])
    assert told(library, new) == [(old.id, Why.PATH, False)]
    assert library.articles.versions_of([row.id for row in rows]) == {}


def test_an_item_of_a_feed_is_known_by_its_name(library: Library) -> None:
    def item(text: str, number: int, file: str) -> Article:
        one = found(text, path="feed.xml", part=f"item {number}", file=file)
        assert one.provenance is not None
        return dataclasses.replace(one, provenance=dataclasses.replace(one.provenance, meta={"guid": "tag:a,2026:1"}))

    old, new = item(MONDAY, 1, "a"), item(OTHER, 7, "b")
    library.articles.add([old])
    library.articles.add([new])
    assert told(library, new) == [(old.id, Why.ITEM, False)]


def test_texts_that_are_alike_are_versions_wherever_they_come_from(library: Library) -> None:
    old, new = found(MONDAY, path="a.txt"), found(TUESDAY, path="b.txt")
    library.articles.add([old])
    library.articles.add([new])
    assert told(library, new) == [(old.id, Why.ALIKE, False)]


def test_the_rows_of_a_file_with_one_address_for_all_are_no_revisions_of_each_other(library: Library) -> None:
    first = [found(f"Row {n}.", url="https://example.org/", path="rows.csv", part=f"line {n}") for n in (1, 2)]
    again = [
        found(f"New {n}.", url="https://example.org/", path="rows.csv", part=f"line {n}", file="b") for n in (1, 2)
    ]
    library.articles.add(first)
    library.articles.add(again)
    assert library.articles.versions_of([one.id for one in first + again]) == {}


def test_an_address_with_very_many_texts_is_the_place_of_none(library: Library) -> None:
    pages = [found(f"The front page of day {n}.", url=URL, path=f"{n}.html", file=f"{n % 10}") for n in range(40)]
    for page in pages[:32]:
        library.articles.add([page])
    assert len(library.articles.versions(pages[0].id)) == 31
    library.articles.add(pages[32:])
    assert library.articles.versions(pages[0].id) == []


def test_a_text_that_is_found_again_elsewhere_is_noted_and_not_added_twice(library: Library) -> None:
    library.articles.add([found(MONDAY, path="a.txt")])
    assert library.articles.add([found(MONDAY, url=URL, path="b.txt")]) == [False]
    places = [source.place for source in library.articles.sources(found(MONDAY).id)]
    assert places[0] == "a.txt"
    assert set(places[1:]) == {URL, "b.txt"}
    new = found(OTHER, url=URL, path="c.txt")
    library.articles.add([new])
    assert told(library, new) == [(found(MONDAY).id, Why.URL, False)]


def test_what_is_said_does_not_hang_on_the_order_of_merges(blank_library: Path, tmp_path: Path) -> None:
    old, new = found(MONDAY, url=URL), found(OTHER, url=URL)
    paths = []
    for name, one in (("first", old), ("second", new)):
        with copied(blank_library) as other:
            other.articles.add([one])
            paths.append(tmp_path / f"{name}.db")
            share(other.path, paths[-1])
    said = []
    for order in permutations(paths):
        with copied(blank_library) as ours:
            for path in order:
                ours.sharing.merge([path])
            said.append((told(ours, old), told(ours, new)))
    assert said[0] == said[1] == ([(new.id, Why.URL, True)], [(old.id, Why.URL, False)])


def test_a_merge_brings_addresses_and_no_paths_and_takes_them_back(
    library: Library, blank_library: Path, tmp_path: Path
) -> None:
    old, new = found(MONDAY, url=URL, path="/home/bob/secret.txt"), found(OTHER, url=URL)
    with copied(blank_library) as other:
        other.articles.add([old])
        share(other.path, tmp_path / "gift.db")
    library.articles.add([new])
    library.sharing.merge([tmp_path / "gift.db"])
    assert [source.place for source in library.articles.sources(old.id)] == [URL]
    assert len(told(library, new)) == 1
    library.history.undo()
    assert told(library, new) == []
    library.history.redo()
    assert len(told(library, new)) == 1
