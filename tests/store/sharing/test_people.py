"""People of several libraries are told apart by their ids, in every order alike."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from store.sharing.people import Person, called

ADA, OTHER_ADA = "01a20f7f-a59f-7721-8ec4-4a73cd465e5b", "01a20f80-0000-7721-8ec4-4a73cd460000"

people = st.lists(
    st.builds(Person, id=st.uuids().map(str), given=st.sampled_from(["ada", "bob", "ada (0000)"]), works=st.booleans()),
    unique_by=lambda person: person.id,
)


def test_somebody_alone_is_called_by_the_name_given() -> None:
    assert called([Person(ADA, "ada", True)]) == {ADA: "ada"}


def test_two_of_one_name_both_get_a_part_of_their_ids() -> None:
    both = [Person(ADA, "ada", True), Person(OTHER_ADA, "ada", True)]
    assert called(both) == {ADA: "ada (5e5b)", OTHER_ADA: "ada (0000)"}


def test_somebody_who_made_nothing_takes_no_name_from_somebody_who_did() -> None:
    both = [Person(ADA, "ada", False), Person(OTHER_ADA, "ada", True)]
    assert called(both) == {OTHER_ADA: "ada", ADA: "ada (5e5b)"}


@given(people=people, data=st.data())
def test_names_are_unique_and_do_not_depend_on_the_order(people: list[Person], data: st.DataObject) -> None:
    names = called(people)
    assert len(set(names.values())) == len(people)
    assert called(data.draw(st.permutations(people))) == names
