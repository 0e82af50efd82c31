"""Settings: what config.toml, the environment and the flags say, the later ones winning."""

from __future__ import annotations

import getpass
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from store.entities.pipelines import DEFAULT
from store.errors import SettingsError
from tui import locations


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


def load(
    *, library: Path | None = None, annotator: str | None = None, environment: Mapping[str, str] = os.environ
) -> Settings:
    """The settings in force; the arguments are the flags.

    Raises:
        SettingsError: config.toml cannot be read, or says something that cannot be.
    """
    said = _config(locations.config_file())
    for field in fields(Settings):
        value = environment.get(f"POSTIL_{field.name.upper()}")
        if value:
            said[field.name] = value
    if library is not None:
        said["library"] = str(library)
    if annotator is not None:
        said["annotator"] = annotator
    name = said.pop("annotator", None) or _login_name()
    if not name.strip() or not name.isprintable():
        raise SettingsError(f"{name!r} is not a name for an annotator: give another with --annotator.")
    path = said.pop("library", None)
    return Settings(Path(path).expanduser() if path else locations.default_library(), name.strip(), **said)


def _config(path: Path) -> dict[str, str]:
    try:
        said = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path} cannot be read ({error}): mend it or move it away.") from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path} is not TOML ({error}): mend it or move it away.") from error
    known = [field.name for field in fields(Settings)]
    for name, value in said.items():
        if name not in known:
            raise SettingsError(
                f"{path} has the setting {name}, which postil does not know: it knows {', '.join(known)}."
            )
        if not isinstance(value, str):
            raise SettingsError(f"{path} says {name} = {value!r}: write text between quotation marks.")
    return said


def _login_name() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # no such user: a container with a bare number
        return "annotator"
