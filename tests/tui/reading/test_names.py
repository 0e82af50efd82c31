"""Names: the entities of an article grouped by type and words, and the way from one mention to the next."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from store.records import Entity
from tui.reading.names import MEANINGS, STYLES, Name, Names

TEXT = "Ada met Bob in Rome. Ada and Ada\nLovelace left Rome, and Ada came back."


def entities(words: str, label: str, text: str = TEXT) -> list[Entity]:
    """Every mention of these words."""
    starts = [at for at in range(len(text)) if text.startswith(words, at)]
    return [Entity(start, start + len(words), label) for start in starts]


def named(*found: tuple[str, str], text: str = TEXT) -> Names:
    names = Names()
    for words, label in found:
        names.add(entities(words, label, text), text)
    return names


def test_a_name_is_counted_once_for_each_mention() -> None:
    names = named(("Ada", "PERSON"), ("Rome", "GPE"))
    assert names.by_label() == {"PERSON": [Name("PERSON", "Ada", 4)], "GPE": [Name("GPE", "Rome", 2)]}


def test_the_commonest_name_comes_first_and_equals_by_the_alphabet() -> None:
    names = named(("Bob", "PERSON"), ("came", "PERSON"), ("Ada", "PERSON"))
    assert [name.text for name in names.by_label()["PERSON"]] == ["Ada", "Bob", "came"]


def test_types_stand_in_the_order_of_their_meanings_and_unknown_ones_after_them() -> None:
    names = named(("Ada", "ZEBRA"), ("Bob", "ANIMAL"), ("Rome", "GPE"), ("met", "DATE"), ("left", "PERSON"))
    assert [*names.by_label()] == ["PERSON", "GPE", "DATE", "ANIMAL", "ZEBRA"]


def test_the_same_words_of_two_types_are_two_names() -> None:
    names = named(("Rome", "GPE"), ("Rome", "ORG"))
    assert {label: [name.count for name in found] for label, found in names.by_label().items()} == {
        "ORG": [2],
        "GPE": [2],
    }


def test_a_name_over_a_line_end_is_the_name_without_it() -> None:
    names = Names()
    text = "Ada\nLovelace and Ada  Lovelace"
    names.add([Entity(0, 12, "PERSON"), Entity(17, 30, "PERSON")], text)
    assert names.by_label() == {"PERSON": [Name("PERSON", "Ada Lovelace", 2)]}


def test_of_a_type_with_very_many_names_the_commonest_are_listed() -> None:
    words = [f"n{number:03}" for number in range(300)]
    text = " ".join([*words, words[250]])
    names = Names()
    names.add([Entity(at, at + 4, "PERSON") for at in range(0, len(text), 5)], text)
    listed = names.by_label()["PERSON"]
    assert [name.text for name in listed] == ["n250", *words[:199]]


def test_no_names_are_no_types() -> None:
    assert Names().by_label() == {}


def test_the_next_mention_is_the_first_after_the_caret_and_after_the_last_the_first_of_all() -> None:
    names = named(("Ada", "PERSON"))
    ada = Name("PERSON", "Ada", 4)
    starts = [entity.start for entity in entities("Ada", "PERSON")]
    caret, stops = 1, []
    for _ in range(5):
        caret = names.next_mention(ada, caret)
        stops.append(caret)
    assert stops == [*starts[1:], starts[0], starts[1]]


def test_the_only_mention_is_the_next_one_too() -> None:
    assert named(("Bob", "PERSON")).next_mention(Name("PERSON", "Bob", 1), 8) == 8


def test_every_type_that_has_a_style_has_a_meaning() -> None:
    assert STYLES.keys() <= MEANINGS.keys()


@settings(max_examples=50, deadline=None)
@given(
    st.lists(
        st.lists(st.tuples(st.integers(0, 24), st.sampled_from(["PERSON", "GPE", "X"])), max_size=6, unique=True),
        max_size=6,
        unique_by=tuple,
    ),
    st.integers(-1, 60),
)
def test_it_does_not_matter_in_which_pieces_the_names_come(pieces: list[list[tuple[int, str]]], after: int) -> None:
    text = "a b a c " * 7
    names = Names()
    starts: dict[tuple[str, str], list[int]] = {}
    for piece in pieces:
        names.add([Entity(2 * word, 2 * word + 1, label) for word, label in piece], text)
        for word, label in piece:
            starts.setdefault((label, text[2 * word]), []).append(2 * word)
    listed = [name for found in names.by_label().values() for name in found]
    assert Counter({(name.label, name.text): name.count for name in listed}) == Counter(
        {key: len(found) for key, found in starts.items()}
    )
    for name in listed:
        mentions = starts[name.label, name.text]
        following = [start for start in mentions if start > after]
        assert names.next_mention(name, after) == min(following or mentions)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 24), st.sampled_from(["PERSON", "GPE"]), st.booleans()), max_size=40))
def test_an_order_that_was_asked_for_before_is_kept_as_names_come_and_go(
    changes: list[tuple[int, str, bool]],
) -> None:
    text = "a b a c d " * 5
    kept, present = Names(), set[tuple[int, str]]()
    for word, label, comes in changes:
        entity = Entity(2 * word, 2 * word + 1, label)
        if comes and (word, label) not in present:
            kept.add([entity], text)
            present.add((word, label))
        elif not comes:
            kept.discard([entity], text)
            present.discard((word, label))
        counted_anew = Names()
        counted_anew.add((Entity(2 * word, 2 * word + 1, label) for word, label in present), text)
        assert kept.by_label() == counted_anew.by_label()
