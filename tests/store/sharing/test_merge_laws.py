"""Whatever people did, and in whatever order their libraries are merged, the same comes of it, and nothing is lost."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings

from store.care.check import check
from store.library import Library
from tests.store.helpers import query
from tests.store.sharing.libraries import Act, acts, copy, export, fork, merged, work

slow = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def three(folder: Path, blank: Path, begun: Sequence[Act], *sittings: Sequence[Act]) -> tuple[Path, Path, Path]:
    """Libraries of ada, of bob, and of another ada, who all began with one library."""
    begin = folder / "begin.db"
    shutil.copyfile(blank, begin)
    work(begin, "ada", begun)
    ours, theirs, others = (fork(begin, f"{name}.db") for name in ("a", "b", "c"))
    work(ours, "ada", sittings[0])
    work(theirs, "bob", sittings[1])
    others.unlink()
    shutil.copyfile(blank, others)
    with Library(others, annotator="cy"):
        pass
    work(others, "ada of elsewhere", sittings[2])
    return ours, theirs, others


@slow
@given(begun=acts, one=acts, two=acts)
def test_merging_gives_the_same_whichever_library_it_is_merged_into(
    blank_library: Path, begun: Sequence[Act], one: Sequence[Act], two: Sequence[Act]
) -> None:
    with TemporaryDirectory() as folder:
        ours, theirs, _ = three(Path(folder), blank_library, begun, one, two, [])
        assert export(merged(ours, theirs)) == export(merged(theirs, ours))


@slow
@given(begun=acts, one=acts, two=acts, three_=acts)
def test_merging_three_gives_the_same_in_every_order(
    blank_library: Path, begun: Sequence[Act], one: Sequence[Act], two: Sequence[Act], three_: Sequence[Act]
) -> None:
    with TemporaryDirectory() as folder:
        ours, theirs, others = three(Path(folder), blank_library, begun, one, two, three_)
        left = merged(merged(ours, theirs), others)
        right = merged(ours, copy(merged(theirs, others), "right.db"))
        assert export(left) == export(right) == export(merged(others, theirs, ours))
        assert list(check(left)) == []


@slow
@given(begun=acts, one=acts, two=acts)
def test_merging_again_or_with_oneself_changes_nothing(
    blank_library: Path, begun: Sequence[Act], one: Sequence[Act], two: Sequence[Act]
) -> None:
    with TemporaryDirectory() as folder:
        ours, theirs, _ = three(Path(folder), blank_library, begun, one, two, [])
        both = merged(ours, theirs)
        before = export(both)
        with Library(both, annotator="ada") as library:
            for other in (theirs, ours, copy(both, "itself.db")):
                assert library.sharing.merge([other]).changes() == 0
        assert export(both) == before


@slow
@given(begun=acts, one=acts, two=acts)
def test_no_annotation_is_lost_but_those_that_their_owner_withdrew_later(
    blank_library: Path, begun: Sequence[Act], one: Sequence[Act], two: Sequence[Act]
) -> None:
    with TemporaryDirectory() as folder:
        ours, theirs, _ = three(Path(folder), blank_library, begun, one, two, [])
        both = dict(query(merged(ours, theirs), "SELECT id, withdrawn FROM annotation"))
        rows = [dict(zip(["id", "withdrawn", "updated"], row, strict=True)) for path in (ours, theirs)
                for row in query(path, "SELECT id, withdrawn, updated FROM annotation")]  # fmt: skip
        for row in rows:
            if row["withdrawn"] is None and both[row["id"]] is not None:
                assert any(
                    other["id"] == row["id"] and other["withdrawn"] and other["updated"] > row["updated"]
                    for other in rows
                )


@slow
@given(begun=acts, one=acts, two=acts)
def test_undoing_a_merge_gives_the_first_export_back_and_redoing_it_the_second(
    blank_library: Path, begun: Sequence[Act], one: Sequence[Act], two: Sequence[Act]
) -> None:
    with TemporaryDirectory() as folder:
        ours, theirs, others = three(Path(folder), blank_library, begun, one, two, two)
        before = export(ours)
        with Library(ours, annotator="ada") as library:
            changes = library.sharing.merge([theirs, others]).changes()
        after = export(ours)
        with Library(ours, annotator="ada") as library:
            if changes:
                library.history.undo()
        assert export(ours) == before
        assert list(check(ours)) == []
        with Library(ours, annotator="ada") as library:
            if changes:
                library.history.redo()
        assert export(ours) == after
        assert list(check(ours)) == []
