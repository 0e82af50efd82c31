"""Merging: what comes in, what is said of it, and what becomes of it when it is undone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from store.care.check import check
from store.errors import AnnotationError, LibraryError, SharingError
from store.library import Library
from store.metadata.fields import Field
from tests.store.helpers import execute, fingerprint, query, quotes
from tests.store.sharing.conftest import Filled
from tests.store.sharing.libraries import ARTICLES, CORRECTED, REPORT, export

ARTICLE, VERSION, OTHER = ARTICLES[:3]
URL = "https://herald.example/2"


def tag(library: Library, words: str, label: str = "CLAIM") -> str:
    start = REPORT.index(words)
    return library.annotations.tag(ARTICLE, start, start + len(words), label).id


def test_annotations_keep_their_ids_owners_and_times(library: Library, somebodys: Filled) -> None:
    bobs = somebodys(fill=lambda bob: tag(bob, "The council voted"))
    merged = library.sharing.merge([bobs])
    (claim,) = library.annotations.of(ARTICLE.id)
    assert (claim.annotator, claim.quote) == ("bob", "The council voted")
    assert [(claim.id, claim.created, claim.updated)] == query(bobs, "SELECT id, created, updated FROM annotation")
    assert merged.brought[0].added == {"article": 1, "annotation": 1}


def test_relations_reading_positions_and_predictions_come_too(library: Library, somebodys: Filled) -> None:
    def fill(bob: Library) -> None:
        one, two = tag(bob, "The council voted"), tag(bob, "Fishing crews said", "SOURCE")
        bob.relations.relate(one, two, "attributed_to")
        bob.articles.leave(ARTICLE.id, caret=3, furthest=9)

    library.sharing.merge([somebodys(fill=fill)])
    (relation,) = library.relations.of(ARTICLE.id)
    assert (relation.label, relation.annotator) == ("attributed_to", "bob")
    with Library(library.path, annotator="bob") as bob:
        place = bob.articles.place(ARTICLE.id)
        assert place is not None
        assert place.caret == 3


def test_rules_come_too_and_the_index_of_names_follows_there_and_back(library: Library, somebodys: Filled) -> None:
    def fill(bob: Library) -> None:
        bob.rules.add("Monday", "DATE_OF_VOTE")
        bob.rules.add("Ada Moreau", "PERSON", article_id=ARTICLE.id)

    def names() -> list[str]:
        for _ in library.names.refresh():
            pass
        return [name.text for name in library.names.find()]

    merged = library.sharing.merge([somebodys(fill=fill)])
    assert merged.brought[0].added["rule"] == 2
    assert [(rule.pattern, rule.annotator) for rule in library.rules.all()] == [
        ("Ada Moreau", "bob"),
        ("Monday", "bob"),
    ]
    assert sorted(names()) == ["Ada Moreau", "Monday"]
    library.history.undo()
    assert (library.rules.all(), names()) == ([], [])
    assert list(check(library.path)) == []


def test_the_later_version_of_an_annotation_stands(library: Library, somebodys: Filled) -> None:
    bobs = somebodys(fill=lambda bob: bob.annotations.note(ARTICLE, None, "first"))
    library.sharing.merge([bobs])
    with Library(bobs, annotator="bob") as bob:
        (note,) = bob.annotations.of(ARTICLE.id)
        bob.annotations.edit_note(note.id, "second")
    merged = library.sharing.merge([bobs])
    assert [note.note for note in library.annotations.of(ARTICLE.id)] == ["second"]
    assert merged.brought[0].updated["annotation"] == 1
    # What the older copy says changes nothing.
    assert library.sharing.merge([somebodys(name="again")]).changes() == 0


def test_withdrawals_travel(library: Library, somebodys: Filled) -> None:
    bobs = somebodys(fill=lambda bob: tag(bob, "The council"))
    library.sharing.merge([bobs])
    with Library(bobs, annotator="bob") as bob:
        bob.history.undo()
    merged = library.sharing.merge([bobs])
    assert library.annotations.of(ARTICLE.id) == []
    assert merged.brought[0].withdrawn["annotation"] == 1


def test_labels_that_are_new_get_a_place_and_a_free_key_and_others_stay(library: Library, somebodys: Filled) -> None:
    bobs = somebodys()
    execute(bobs, "UPDATE label SET guideline = 'Whatever Bob says.' WHERE name = 'CLAIM'")
    execute(bobs, "INSERT INTO label VALUES ('CAUSE', 5, 'C', 'claim', 'Why it happened.', '[]')")
    merged = library.sharing.merge([bobs])
    labels = {label.name: label for label in library.scheme.labels()}
    assert (labels["CAUSE"].position, labels["CAUSE"].key) == (5, "A")
    assert labels["CLAIM"].guideline != "Whatever Bob says."
    assert merged.brought[0].labels == {"CLAIM": ["its guideline"]}


def test_attributes_and_relations_that_are_new_come_in_and_ours_stay(library: Library, somebodys: Filled) -> None:
    bobs = somebodys()
    ours = library.scheme.definition()
    verdict = "'verdict', 99, 'choice', '[\"true\", \"false\"]', NULL, NULL, 0, 1, '[\"CLAIM\"]', 'Whatever Bob says.'"
    execute(bobs, f"INSERT OR REPLACE INTO scheme_attribute VALUES ({verdict})")
    execute(bobs, f"INSERT INTO scheme_attribute VALUES ({verdict.replace('verdict', 'truth')})")
    execute(bobs, "INSERT INTO scheme_relation VALUES ('explains', 9, 'S', '[]', '[]', 'Why it holds.')")
    merged = library.sharing.merge([bobs])
    now = library.scheme.definition()
    assert [*now.attributes[:-1]] == [*ours.attributes]
    assert (now.attributes[-1].name, now.attributes[-1].options) == ("truth", ("true", "false"))
    assert (now.relations[-1].name, now.relations[-1].key) == ("explains", "E")
    brought = merged.brought[0]
    assert (brought.added["scheme_attribute"], brought.added["scheme_relation"]) == (1, 1)
    assert brought.scheme == {
        "the attribute verdict": ["its options", "whether it is required", "its guideline"],
    }
    library.history.undo()
    assert library.scheme.definition() == ours
    assert library.sharing.merge([bobs]).changes() == merged.changes()


def test_a_dry_run_says_the_same_and_writes_nothing(library: Library, somebodys: Filled, tmp_path: Path) -> None:
    bobs = somebodys(fill=lambda bob: tag(bob, "The council"))
    before = export(library.path)
    dry = library.sharing.merge([bobs], dry_run=True)
    assert export(library.path) == before
    assert sorted(file.name for file in tmp_path.glob("*.backup")) == []
    assert dry.brought[0].added == library.sharing.merge([bobs]).brought[0].added


def test_a_copy_of_the_library_is_kept_from_before(library: Library, somebodys: Filled) -> None:
    merged = library.sharing.merge([somebodys(fill=lambda bob: tag(bob, "The council"))])
    assert merged.backup is not None
    with Library(merged.backup, annotator="ada") as before:
        assert before.articles.count() == 0


def test_a_merge_that_brings_nothing_leaves_no_copy_and_no_step(library: Library, somebodys: Filled) -> None:
    bobs = somebodys()
    library.sharing.merge([bobs])
    files, latest = set(fingerprint(library.path.parent)), library.history.latest()
    merged = library.sharing.merge([bobs])
    assert (merged.changes(), merged.backup) == (0, None)
    assert (set(fingerprint(library.path.parent)), library.history.latest()) == (files, latest)


def test_a_file_that_is_no_library_changes_nothing(library: Library, somebodys: Filled, tmp_path: Path) -> None:
    nonsense = tmp_path / "nonsense.db"
    nonsense.write_text("nonsense")
    before = export(library.path)
    with pytest.raises(LibraryError, match=r"nonsense\.db"):
        library.sharing.merge([somebodys(), nonsense])
    assert export(library.path) == before


# People


def test_two_people_of_one_name_are_told_apart_in_every_library(library: Library, somebodys: Filled) -> None:
    library.articles.add([ARTICLE])
    tag(library, "The council")
    query_ids = "SELECT id FROM annotator WHERE given = 'ada'"
    execute(
        others := somebodys("bob", name="others"), "UPDATE annotator SET name = 'x', given = 'x' WHERE name = 'ada'"
    )
    with Library(others, annotator="ada") as ada:
        tag(ada, "Fishing crews")
    (theirs,) = query(others, query_ids)
    library.sharing.merge([others])
    names = {claim.quote: claim.annotator for claim in library.annotations.of(ARTICLE.id)}
    assert names == {
        "The council": f"ada ({library.annotator_id[-4:]})",
        "Fishing crews": f"ada ({theirs[-4:]})",
    }
    with Library(library.path, annotator="ada") as again:  # who opens the library is still who began it
        assert again.annotator_id == library.annotator_id
    library.history.undo()
    assert [claim.annotator for claim in library.annotations.of(ARTICLE.id)] == ["ada"]


def test_somebody_who_worked_elsewhere_under_another_name_is_one_person(library: Library, somebodys: Filled) -> None:
    laptop = somebodys("ada.on.laptop", lambda ada: tag(ada, "The council"))
    library.sharing.merge([laptop])
    assert [claim.annotator for claim in library.annotations.of(ARTICLE.id)] == ["ada.on.laptop"]
    library.sharing.merge([laptop], same_person="ada.on.laptop")
    (claim,) = library.annotations.of(ARTICLE.id)
    assert claim.annotator == "ada"
    library.annotations.withdraw(claim.id)  # only an owner may
    assert library.sharing.merge([laptop], same_person="ada.on.laptop").changes() == 0


def test_a_person_whom_the_other_library_does_not_know(library: Library, somebodys: Filled) -> None:
    with pytest.raises(SharingError, match="no one annotator called eve: it has"):
        library.sharing.merge([somebodys()], same_person="eve")


# Undoing


def test_a_merge_is_one_step_across_restarts(library: Library, somebodys: Filled) -> None:
    library.sharing.merge([somebodys(fill=lambda bob: tag(bob, "The council"))])
    with Library(library.path, annotator="ada") as ada:
        undone = ada.history.undo()
        assert undone is not None
        assert (undone.action, undone.article_id) == ("merge", None)
        assert ada.articles.count() == 0
        ada.history.redo()
        assert quotes(ada, ARTICLE) == ["The council"]
        ada.history.undo()
        assert ada.articles.count() == 0
    assert list(check(library.path)) == []


def test_what_others_did_since_stays_with_what_it_stands_on(library: Library, somebodys: Filled) -> None:
    def fill(bob: Library) -> None:
        tag(bob, "The council")
        tag(bob, "Fishing crews")
        bob.articles.add([OTHER])

    library.sharing.merge([somebodys(fill=fill)])
    with Library(library.path, annotator="bob") as bob:
        bob.annotations.edit_note(bob.annotations.of(ARTICLE.id)[0].id, "Still mine.")
    library.history.undo()
    assert [(each.quote, each.note) for each in library.annotations.of(ARTICLE.id)] == [("The council", "Still mine.")]
    assert [row.id for row in library.articles.page()] == [ARTICLE.id]
    assert list(check(library.path)) == []
    library.history.redo()
    assert quotes(library, ARTICLE) == ["The council", "Fishing crews"]
    assert library.articles.count() == 2


def test_ones_own_work_on_what_came_in_goes_and_comes_with_it(library: Library, somebodys: Filled) -> None:
    library.sharing.merge([somebodys(fill=lambda bob: tag(bob, "The council"))])
    tag(library, "Ada Moreau")
    library.articles.leave(ARTICLE.id, caret=1, furthest=1)
    for _ in range(2):
        library.history.undo()
    assert library.articles.count() == 0
    assert list(check(library.path)) == []
    for _ in range(2):
        library.history.redo()
    assert quotes(library, ARTICLE) == ["The council", "Ada Moreau"]


def test_a_merge_under_a_later_one_cannot_be_undone_first(library: Library, somebodys: Filled) -> None:
    library.sharing.merge([somebodys(fill=lambda bob: tag(bob, "The council"))])
    with Library(library.path, annotator="cy") as cy:
        cy.sharing.merge([somebodys("dan", lambda dan: tag(dan, "Fishing crews"))])
    with pytest.raises(AnnotationError, match="cy has merged another library since"):
        library.history.undo()


def test_of_several_libraries_the_last_may_change_what_the_first_brought(library: Library, somebodys: Filled) -> None:
    first = somebodys(fill=lambda bob: bob.annotations.note(ARTICLE, None, "first"))
    second = first.with_name("second.db")
    second.write_bytes(first.read_bytes())
    with Library(second, annotator="bob") as bob:
        bob.annotations.edit_note(bob.annotations.of(ARTICLE.id)[0].id, "second")
    library.sharing.merge([first, second])
    assert [note.note for note in library.annotations.of(ARTICLE.id)] == ["second"]
    library.history.undo()
    assert library.articles.count() == 0


def test_a_screen_is_told_what_a_merge_brought_and_took(library: Library, somebodys: Filled) -> None:
    library.articles.add([ARTICLE])
    tag(library, "Ada Moreau")
    seen = library.history.latest()
    library.sharing.merge([somebodys(fill=lambda bob: tag(bob, "The council"))])
    news = library.annotations.news(ARTICLE.id, seen)
    assert news is not None
    assert {now and now.quote for now in news.changed.values()} == {"Ada Moreau", "The council"}
    library.history.undo()
    news = library.annotations.news(ARTICLE.id, news.seen)
    assert news is not None
    assert news.everything
    assert [now and now.quote for now in news.changed.values()] == ["Ada Moreau"]


def test_what_went_with_a_merge_cannot_be_redone_without_it(library: Library, somebodys: Filled) -> None:
    library.sharing.merge([somebodys()])
    with Library(library.path, annotator="bob") as bob:
        tag(bob, "The council")
        bob.history.undo()
        library.history.undo()  # the article goes, and with it what bob took back
        with pytest.raises(AnnotationError, match="came with a merge"):
            bob.history.redo()
        library.history.redo()
        bob.history.redo()
        assert quotes(bob, ARTICLE) == ["The council"]


# Metadata


def title(library: Library) -> str:
    return library.articles.page()[0].title


def test_the_later_correction_of_a_field_stands_and_the_source_s_own_comes_back_everywhere(
    library: Library, somebodys: Filled
) -> None:
    library.articles.add([replace(ARTICLE, title="Home | The Herald")])
    library.metadata.correct([ARTICLE.id], {Field.TITLE: "Ours", Field.AUTHOR: "Ada"})
    ours = library.articles.get(ARTICLE.id)
    bobs = somebodys(fill=lambda bob: bob.metadata.correct([ARTICLE.id], {Field.TITLE: "Theirs"}))
    merged = library.sharing.merge([bobs])
    assert merged.brought[0].updated["correction"] == 1
    found = library.articles.get(ARTICLE.id)
    assert found is not None
    assert (found.title, found.author) == ("Theirs", "Ada")
    assert [hit.article_title for hit in library.search.find("title:theirs")] == ["Theirs"]
    library.metadata.correct([ARTICLE.id], {}, [Field.TITLE])
    assert title(library) == "Home | The Herald"
    library.history.undo()
    assert title(library) == "Theirs"
    library.history.undo()  # the merge
    assert library.articles.get(ARTICLE.id) == ours
    library.history.redo()
    assert title(library) == "Theirs"
    assert list(check(library.path)) == []


def test_of_two_pages_with_one_text_the_first_is_the_source_and_a_correction_stays_on_top(
    library: Library, somebodys: Filled
) -> None:
    bobs = somebodys()  # whose page came first, and says another title
    library.articles.add([replace(ARTICLE, title="Home | The Herald", url="https://herald.example/1")])
    library.metadata.correct([ARTICLE.id], {Field.TITLE: "Ours"})
    library.sharing.merge([bobs])
    found = library.articles.get(ARTICLE.id)
    assert found is not None
    assert (found.title, found.url) == ("Ours", None)
    assert library.metadata.of(ARTICLE.id).given(Field.TITLE) == ARTICLE.title
    library.sharing.merge([somebodys("cy", lambda cy: cy.metadata.correct([ARTICLE.id], {Field.URL: URL}))])
    library.history.undo()
    library.history.undo()
    found = library.articles.get(ARTICLE.id)
    assert found is not None
    assert (found.title, found.url) == ("Ours", "https://herald.example/1")
    assert library.metadata.of(ARTICLE.id).given(Field.TITLE) == "Home | The Herald"
    assert list(check(library.path)) == []


def test_what_was_corrected_on_a_merged_article_stays_with_it_when_the_merge_is_undone(
    library: Library, somebodys: Filled
) -> None:
    library.sharing.merge([somebodys(fill=lambda bob: bob.articles.add([OTHER]))])
    with Library(library.path, annotator="carol") as carol:
        carol.metadata.correct([ARTICLE.id], {Field.SOURCE: "The Herald"})
        assert library.history.undo() is not None  # the merge: what somebody has worked on stays
        assert [row.source for row in library.articles.page()] == ["The Herald"]
        carol.history.undo()
        assert [row.source for row in library.articles.page()] == [None]
    assert list(check(library.path)) == []
    library.history.redo()
    assert library.articles.count() == 2
    assert list(check(library.path)) == []


# Versions of one text


def test_annotations_on_another_version_are_carried_over_or_orphaned(library: Library, somebodys: Filled) -> None:
    def fill(bob: Library) -> None:
        tag(bob, "Ada Moreau, who led the inquiry")
        tag(bob, "“an honest guess”")
        tag(bob, "a third of")
        bob.annotations.note(ARTICLE, None, "see the minutes")

    library.articles.add([VERSION])
    merged = library.sharing.merge([somebodys(fill=fill)])
    carried = {one.annotation.quote: one for one in library.annotations.carried(VERSION.id)}
    assert {words: CORRECTED[one.start : one.end] for words, one in carried.items() if one.start is not None} == {
        "Ada Moreau, who led the inquiry": "Ada Moreau, who led the inquiry",
        "“an honest guess”": '"an honest guess"',
    }
    assert [words for words, one in carried.items() if one.orphaned] == ["a third of"]
    assert carried[""].annotation.note == "see the minutes"
    assert merged.orphaned == 1
    assert library.annotations.of(VERSION.id) == []  # nothing was moved


def test_what_somebody_put_on_both_versions_is_not_shown_twice(library: Library) -> None:
    library.articles.add([ARTICLE, VERSION])
    tag(library, "The council")
    library.annotations.tag(VERSION, 0, len("The council"))
    assert library.annotations.carried(VERSION.id) == []
