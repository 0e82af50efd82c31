"""What a library can do with other people's libraries."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from store.database import Database

if TYPE_CHECKING:
    from store.sharing.compare import Comparison
    from store.sharing.merge import Merged


class Sharing:
    """Comparing and merging, on behalf of one annotator."""

    def __init__(self, database: Database, annotator_id: str) -> None:
        """Compare others with `database`, and merge them into it as one annotator's act."""
        self._database = database
        self._annotator_id = annotator_id

    def compare(self, path: Path, *, progress: Callable[[int], None] = lambda _: None) -> Comparison:
        """How the library at `path` differs from this one; see `store.sharing.compare.compare`."""
        from store.sharing.compare import compare

        return compare(self._database, path, progress)

    def merge(
        self,
        paths: Sequence[Path],
        *,
        same_person: str | None = None,
        dry_run: bool = False,
        progress: Callable[[int], None] = lambda _: None,
    ) -> Merged:
        """Bring in the libraries at `paths`; see `store.sharing.merge.merge`.

        With `same_person`, what the annotator of that name made in them is this annotator's.
        """
        from store.sharing.merge import merge

        return merge(
            self._database, self._annotator_id, paths, same_person=same_person, dry_run=dry_run, progress=progress
        )
