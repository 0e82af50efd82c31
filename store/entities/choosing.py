"""Which pipeline reads an article: the one that the reader forces, or else one of the language of its text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from store.entities.layers import Layers
from store.entities.pipelines import DEFAULT, Pipeline, PipelineError

ANY = "xx"
"""The language of a pipeline that is for any."""


@dataclass(frozen=True, slots=True)
class Pipelines:
    """The pipelines that the reader chose, and what is laid over them."""

    default: str = DEFAULT
    """For texts of its own language, and for those whose language cannot be told."""
    by_language: Mapping[str, str] = field(default_factory=dict)
    """For texts of a language, by its code."""
    forced: str = ""
    """For every text, whatever its language; empty forces none."""
    layers: Layers = field(default_factory=Layers)

    @classmethod
    def of(cls, chosen: Pipelines | Pipeline | str) -> Pipelines:
        """The same; a single pipeline is for its language, and for texts that are in none."""
        match chosen:
            case Pipelines():
                return chosen
            case Pipeline(name, layers):
                return cls(name, layers=layers)
        return cls(chosen)

    @property
    def named(self) -> tuple[str, ...]:
        """Every pipeline that the reader names."""
        return tuple(dict.fromkeys(name for name in (self.forced, self.default, *self.by_language.values()) if name))

    def for_language(self, language: str | None) -> Pipeline:
        """The pipeline for texts of a language; None stands for one that cannot be told.

        Raises:
            PipelineError: the text is in a language that no installed pipeline is for, or the one that is cannot be
                used; the sentence says what to install.
        """
        from store.entities import installed

        name = self._name_for(language)
        if name is None:
            assert language is not None
            raise PipelineError(_suggestion(language))
        installed.require_usable(name)
        return Pipeline(name, self.layers)

    def _name_for(self, language: str | None) -> str | None:
        from store.entities import installed

        if self.forced:
            return self.forced
        if language is None:
            return self.default
        if language in self.by_language:
            return self.by_language[language]
        if installed.language_of(self.default) in {language, ANY, None} or installed.find(self.default) is None:
            return self.default  # also where it is missing: that is to be said, and not to be got round
        best = installed.best_for(language)
        return None if best is None else best.name


def _suggestion(language: str) -> str:
    from store.entities import installed
    from store.text.language import name_of

    called = name_of(language)
    usual = installed.usual_for(language)
    if usual is None:
        return (
            f"No names are marked: the text seems to be {called}, for which no pipeline is installed;"
            " --pipeline NAME reads it with another."
        )
    return (
        f"No names are marked: the text seems to be {called}; install a pipeline for it"
        f" (python3 -m spacy download {usual}), or force one with --pipeline NAME."
    )
