"""Settings: what config.toml, the environment and the flags say, the later ones winning."""

from __future__ import annotations

import getpass
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from store.entities.choosing import ANY, Pipelines
from store.entities.layers import Layers
from store.entities.pipelines import DEFAULT
from store.errors import SettingsError
from tui import locations
from tui.keymap import Keymap


@dataclass(frozen=True, slots=True)
class Settings:
    """What the reader chose."""

    library: Path
    """The library's file. Flag `--library`, environment `POSTIL_LIBRARY`, config `library`."""
    annotator: str
    """Who annotates. Flag `--annotator`, environment `POSTIL_ANNOTATOR`, config `annotator`; else the login name."""
    pipeline: str = DEFAULT
    """The spaCy pipeline that finds entities. Environment `POSTIL_PIPELINE`, config `pipeline`."""
    theme: str = "postil-dark"
    """The colours, by Textual's name of a theme. Environment `POSTIL_THEME`, config `theme`."""
    keys: Keymap = field(default_factory=Keymap)
    """The reader's own keys. Config `[keys]`."""
    entities: Layers = field(default_factory=Layers)
    """What is laid over the pipeline's answer. Config `[entities]`."""
    pipelines: Mapping[str, str] = field(default_factory=dict)
    """A pipeline for texts of a language, by its code. Config `[pipelines]`."""
    forced: str = ""
    """The pipeline for every text, whatever its language. Flag `--pipeline`."""

    @property
    def reads_with(self) -> Pipelines:
        """The pipelines with their layers."""
        return Pipelines(self.pipeline, self.pipelines, self.forced, self.entities)


_TABLES = ("keys", "entities", "pipelines")
"""Settings that are a table in config.toml."""

_TEXTS = [setting.name for setting in fields(Settings) if setting.name not in (*_TABLES, "forced")]


def load(
    *,
    library: Path | None = None,
    annotator: str | None = None,
    pipeline: str | None = None,
    environment: Mapping[str, str] = os.environ,
) -> Settings:
    """The settings in force; the arguments are the flags.

    Raises:
        SettingsError: config.toml cannot be read, or says something that cannot be.
    """
    file = locations.config_file()
    config = _config(file)
    keys = _table(config, "keys", "a line for each action", file)
    entities = _table(config, "entities", "a line for each layer", file)
    pipelines = _table(config, "pipelines", "a line for each language", file)
    said = _texts(config, file)
    for name in _TEXTS:
        value = environment.get(f"POSTIL_{name.upper()}")
        if value:
            said[name] = value
    if library is not None:
        said["library"] = str(library)
    if annotator is not None:
        said["annotator"] = annotator
    name = said.pop("annotator", "") or _login_name()
    if not name.strip() or not name.isprintable():
        told = f"{file} says annotator = {name!r}, which" if name == config.get("annotator") else repr(name)
        raise SettingsError(f"{told} is not a name for an annotator: give another with --annotator.")
    path = said.pop("library", "")
    try:
        library_path = Path(path).expanduser() if path else locations.default_library()
    except RuntimeError as error:
        told = f"{file} says library = {path!r}" if path == config.get("library") else f"There is {path}"
        raise SettingsError(f"{told}, but there is no such home folder: name a file with --library.") from error
    return Settings(
        library_path,
        name.strip(),
        **said,
        keys=Keymap.read(keys, file),
        entities=Layers.read(entities, file),
        pipelines=_by_language(pipelines, file),
        forced=pipeline or "",
    )


def _config(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path} cannot be read ({error}): mend it or move it away.") from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path} is not TOML ({error}): mend it or move it away.") from error


def _table(config: dict[str, Any], name: str, lines: str, path: Path) -> dict[str, Any]:
    """A table, taken out of the config."""
    table: object = config.pop(name, {})
    if not isinstance(table, dict):
        raise SettingsError(f"{path} says {name} = {table!r}: write a table [{name}], with {lines}.")
    return table


def _by_language(table: Mapping[str, object], path: Path) -> dict[str, str]:
    """Pipelines by language, as the table says; an empty one says nothing."""
    from store.text.function_words import NAMES

    for language, pipeline in table.items():
        if language not in NAMES or language == ANY:
            known = ", ".join(code for code in NAMES if code != ANY)
            raise SettingsError(
                f"{path} has pipelines.{language}, which is no language that postil can tell: it knows {known}."
            )
        if not isinstance(pipeline, str):
            raise SettingsError(
                f"{path} says pipelines.{language} = {pipeline!r}: write a pipeline's name or folder between"
                " quotation marks."
            )
    return {language: str(pipeline) for language, pipeline in table.items() if pipeline}


def _texts(config: Mapping[str, Any], path: Path) -> dict[str, str]:
    """The settings that are text, which is all but the tables; an empty one says nothing."""
    for name, value in config.items():
        if name not in _TEXTS:
            known = ", ".join([*_TEXTS, *_TABLES])
            raise SettingsError(f"{path} has the setting {name}, which postil does not know: it knows {known}.")
        if not isinstance(value, str):
            raise SettingsError(f"{path} says {name} = {value!r}: write text between quotation marks.")
    return {name: value for name, value in config.items() if value}


def _login_name() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # no such user: a container with a bare number
        return "annotator"
