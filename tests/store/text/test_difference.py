"""What changed between two versions, told so that both can be put together again."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from store.text.difference import Change, Kind, differences
from store.text.paragraphs import paragraphs

OLD = "The mill was built in 1815.\n\nIt was sold for a pound.\n\nNobody lives there.\n\nThe end."
NEW = "An old mill\n\nThe mill was built in 1816.\n\nIt was sold for a pound.\n\nIt is a museum.\n\nThe end."


def brief(changes: list[Change]) -> list[tuple[str, str]]:
    return [(change.kind.value, "".join(words for _, words in change.words)) for change in changes]


def test_paragraphs_are_the_same_new_gone_or_changed_word_by_word() -> None:
    found = differences(OLD, NEW)
    assert [change.kind.value for change in found] == ["new", "changed", "same", "new", "gone", "same"]
    assert found[1].words == (
        (Kind.SAME, "The mill was built in "), (Kind.GONE, "1815"), (Kind.NEW, "1816"), (Kind.SAME, "."),
    )  # fmt: skip
    assert (found[1].start, found[2].count) == (NEW.index("The mill"), 1)


def test_quotes_and_spaces_are_no_change() -> None:
    assert [change.kind for change in differences("“A”  mill\n\nB", '"A" mill\n\n\nB')] == [Kind.SAME]


def test_a_paragraph_that_was_moved_is_gone_there_and_new_here() -> None:
    first, *rest = [f"Paragraph {number} of a text." for number in range(6)]
    kinds = [change.kind.value for change in differences("\n\n".join([first, *rest]), "\n\n".join([*rest, first]))]
    assert kinds == ["gone", "same", "new"]


WORDS = st.sampled_from(["a mill", "a mill burned", "the town", "the town said so", "birds nest", "no"])


@given(st.lists(WORDS, max_size=12), st.lists(WORDS, max_size=12))
def test_both_versions_can_be_put_together_again(one: list[str], other: list[str]) -> None:
    old, new = "\n\n".join(one), "\n\n".join(other)
    left: list[str] = []
    right: list[str] = []
    after = paragraphs(new, 0, len(new))
    for change in differences(old, new):
        if change.kind is Kind.SAME:
            first = [start for start, _ in after].index(change.start or 0)
            same = [new[start:end] for start, end in after[first : first + change.count]]
            left, right = left + same, right + same
        if change.kind in (Kind.GONE, Kind.CHANGED):
            left.append("".join(words for kind, words in change.words if kind is not Kind.NEW))
        if change.kind in (Kind.NEW, Kind.CHANGED):
            right.append("".join(words for kind, words in change.words if kind is not Kind.GONE))
    assert (left, right) == (one, other)
