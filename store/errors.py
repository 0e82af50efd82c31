"""The tree of exceptions. Each carries one sentence for the person at the keyboard.

PostilError
├── ArticleError            a file cannot become an article
├── LibraryError            the library file cannot be used
│   ├── NotALibraryError    it is something else, and was left alone
│   ├── NewerLibraryError   a later postil made it
│   ├── LibraryLockedError  another process holds it for long; trying again helps
│   ├── LibraryWriteError   the disk is full, read-only or broken; nothing was changed
│   └── ForeignLibraryError somebody else's library that is refused
├── PipelineError           a pipeline cannot be used; in store.entities.pipelines
├── AnnotationError         an act that the library refuses
├── GroupError              a tag or a collection that cannot be called so, or is not there
├── MetadataError           a correction of an article's metadata that the library refuses
├── RuleError               a rule about names, or a file of patterns, that cannot be used
├── SchemeError             a scheme, or a file with one, that cannot be used
├── SearchError             a query that cannot be understood
├── ExportError             the export cannot be written
├── ImportingError          what was to come in cannot be read
├── CopyError               a copy of the library cannot be written
├── SharingError            a merge that cannot be done as it was asked for
├── StatsError              what cannot be counted as it was asked for
└── SettingsError           config.toml, the environment or a flag says something impossible
"""

from __future__ import annotations


class PostilError(Exception):
    """What went wrong, in one sentence that names the file and says what to do."""

    @property
    def sentence(self) -> str:
        """The sentence, to be shown as it stands."""
        return str(self.args[0])


class ArticleError(PostilError):
    """A file cannot become an article."""


class LibraryError(PostilError):
    """The library file cannot be used."""


class MetadataError(PostilError):
    """A correction of an article's metadata that the library refuses."""


class NotALibraryError(LibraryError):
    """The file is not a postil library; it was left as it was."""


class NewerLibraryError(LibraryError):
    """The library has a schema of a later postil; it was left as it was."""


class LibraryLockedError(LibraryError):
    """Another process held the library's lock for longer than we wait."""


class LibraryWriteError(LibraryError):
    """The library could not be written; nothing of the act was kept."""


class ForeignLibraryError(LibraryError):
    """Somebody else's library is refused, or cannot be read to its end; ours was not touched."""


class AnnotationError(PostilError):
    """The library refuses an act on an annotation."""


class GroupError(PostilError):
    """A tag or a collection cannot be called so, or there is none of that name."""


class RuleError(PostilError):
    """A rule about names cannot be made, or a file of patterns cannot be read; nothing of it was kept."""


class SchemeError(PostilError):
    """A scheme, or a file with one, cannot be used; the library's own stays as it was."""


class SearchError(PostilError):
    """A query cannot be understood."""


class ExportError(PostilError):
    """The export cannot be written."""


class ImportingError(PostilError):
    """What was to come in cannot be read; nothing of it was kept."""


class CopyError(PostilError):
    """A copy of the library cannot be written; nothing stands under its name."""


class SharingError(PostilError):
    """A merge cannot be done as it was asked for."""


class StatsError(PostilError):
    """Nothing can be counted as it was asked for."""


class SettingsError(PostilError):
    """A setting cannot be used."""
