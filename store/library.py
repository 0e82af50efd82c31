"""Library: the one door to everything that is kept."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType

from sqlmodel import col, select

from store import models
from store.annotations import Annotations
from store.articles.catalogue import Articles
from store.attributing import Attributions
from store.clock import new_key, now
from store.database import Database
from store.drafts import Drafts
from store.entities.decisions import Decisions
from store.entities.index import Names
from store.entities.predictions import Predictions
from store.entities.rules import Rules
from store.folds import Folds
from store.hanging import Web
from store.history import History
from store.metadata.door import Metadata
from store.metadata.languages import Languages
from store.reading import Reading
from store.relations import Relations
from store.scheme.door import Scheme
from store.search.finder import Finder
from store.settling import Settling
from store.sharing.door import Sharing
from store.shelf.groups import Groups
from store.shelf.putting_away import PuttingAway
from store.sitting import Sitting, sitting
from store.stats import Figures
from store.watching import Watch


class Library:
    """One library file, opened for one annotator.

    Its methods may be called from any thread; each act is one transaction, on the disk when the method returns.
    """

    def __init__(self, path: Path, *, annotator: str) -> None:
        """Open the library at `path`, making it if there is none, on behalf of the annotator of that name.

        Raises:
            LibraryError: the file cannot be used; the sentence says why and what to do.
        """
        self.path = path
        annotator = annotator.encode("utf-8", "replace").decode()  # a login name may come in another encoding
        self.database = Database(path)
        try:
            self.annotator_id = self._annotator(annotator)
        except BaseException:
            self.database.close()
            raise
        self.annotator = annotator
        self.articles = Articles(self.database, self.annotator_id)
        self.reading = Reading(self.database, self.annotator_id)
        self.annotations = Annotations(self.database, self.annotator_id)
        self.relations = Relations(self.database, self.annotator_id)
        self.drafts = Drafts(self.database, self.annotator_id)
        self.web = Web(self.database, self.annotations, self.relations)
        self.attributions = Attributions(self.database, self.annotations, self.relations)
        self.history = History(self.database, self.annotator_id)
        self.predictions = Predictions(self.database)
        self.decisions = Decisions(self.database, self.annotator_id)
        self.folds = Folds(self.database, self.annotator_id)
        self.settling = Settling(self.database, self.annotator_id)
        self.rules = Rules(self.database, self.annotator_id)
        self.names = Names(self.database)
        self.metadata = Metadata(self.database, self.annotator_id)
        self.languages = Languages(self.database)
        self.search = Finder(self.database)
        self.scheme = Scheme(self.database, self.annotator_id)
        self.groups = Groups(self.database, self.annotator_id)
        self.shelf = PuttingAway(self.database, self.annotator_id)
        self.figures = Figures(self.database, self.annotator_id)
        self.sharing = Sharing(self.database, self.annotator_id)

    def watch(self) -> Watch:
        """A watch on what is written from now on, by anybody; whoever asks for one closes it.

        Raises:
            LibraryError: the library cannot be read.
        """
        return Watch(self.path)

    def sitting(self) -> Sitting:
        """What was done through this object since the library was opened."""
        return sitting(self.database)

    def close(self) -> None:
        """Close the file."""
        self.database.close()

    def __enter__(self) -> Library:
        """Use the library in a `with` block, which closes it."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file."""
        self.close()

    def _annotator(self, name: str) -> str:
        """The key of the annotator who gave the name `name` here, or is called so; made on the first visit."""
        person = models.Annotator
        known = (
            select(person)
            .where((person.name == name) | ((person.given == name) & (person.here == 1)))
            .order_by(col(person.here).desc(), col(person.given) != name)
        )
        with self.database.reading() as session:
            found = session.exec(known).first()
        if found is not None and found.here:
            return found.id
        with self.database.writing() as session:
            found = session.exec(known).first()  # another process may have been quicker
            if found is None:
                found = person(id=new_key(), name=name, created=now(), given=name)
            found.here = 1
            session.add(found)
            return found.id
