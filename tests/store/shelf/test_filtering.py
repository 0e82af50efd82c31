"""What can be typed above the list: words and filters, whole or half typed."""

from __future__ import annotations

import pytest

from store.kinds import Grouping, State
from store.library import Library
from store.shelf.filtering import Asked, parse, quoted
from tests.conftest import article

TAG, COLLECTION = Grouping.TAG, Grouping.COLLECTION


@pytest.mark.parametrize(
    ("line", "asked"),
    [
        ("", Asked()),
        ("Two Words", Asked(("two", "words"))),
        ("tag:budget harbour", Asked(("harbour",), ((TAG, "budget"),))),
        ('in:"Elections 2024" TAG:eu', Asked((), ((COLLECTION, "Elections 2024"), (TAG, "eu")))),
        ('in:"Elections 20', Asked((), ((COLLECTION, "Elections 20"),))),
        ("tag: is: in:", Asked()),
        ('tag:"', Asked()),
        ("is:archived IS:Done", Asked((), (), ("archived", "done"))),
        ("Budget: what next", Asked(("budget:", "what", "next"))),
        ('"quoted words" here', Asked(("quoted", "words", "here"))),
        ("heritage:x tag:a:b", Asked(("heritage:x",), ((TAG, "a:b"),))),
    ],
)
def test_a_line_is_words_and_filters(line: str, asked: Asked) -> None:
    assert parse(line) == asked


@pytest.mark.parametrize("name", ["budget", "two words"])
def test_a_filter_that_is_written_for_a_name_asks_for_it(name: str) -> None:
    assert parse(quoted(COLLECTION, name)) == Asked((), ((COLLECTION, name),))


def test_filters_and_words_have_to_hold_together(library: Library) -> None:
    ripe, raw, gone = (article(text) for text in ("Ripe apples.", "Raw apples.", "Ripe plums."))
    library.articles.add([ripe, raw, gone])
    library.groups.add(TAG, "budget", [ripe.id, raw.id])
    library.groups.add(TAG, "bud", [gone.id])
    library.groups.add(COLLECTION, "Elections 2024", [ripe.id, gone.id])
    library.reading.mark([raw.id], State.DONE)

    def found(line: str) -> set[str]:
        ids = library.articles.ids(line)
        assert library.articles.count(line) == len(ids)
        return set(ids)

    assert found("tag:BUDGET") == {ripe.id, raw.id}
    assert found("tag:bud") == {gone.id}, "the tag of that very name"
    assert found("tag:b") == {ripe.id, raw.id, gone.id}, "or else those that begin so"
    assert found('tag:budget in:"elections 2024"') == {ripe.id}
    assert found("tag:budget raw") == {raw.id}
    assert found("tag:nothing") == set()
    assert found("is:done") == {raw.id}
    assert found("is:unread") == {ripe.id, gone.id}
    assert found("is:nonsense") == set()
    library.shelf.archive([ripe.id])
    assert found("tag:budget") == {raw.id}
    assert found("is:archived tag:budget") == found("is:arch") == {ripe.id}
