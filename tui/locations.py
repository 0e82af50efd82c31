"""Every path that postil uses without being told, in one place."""

from __future__ import annotations

from pathlib import Path

from platformdirs import PlatformDirs

_DIRS = PlatformDirs("postil", appauthor=False)


def default_library() -> Path:
    """The library of a reader who names none. Its folder is made when the library is first opened."""
    return Path(_DIRS.user_data_dir) / "library.db"


def config_file() -> Path:
    """Where the reader's settings are, if there are any."""
    return Path(_DIRS.user_config_dir) / "config.toml"


def log_file() -> Path:
    """Where tracebacks of bugs of ours are kept."""
    return Path(_DIRS.user_log_dir) / "postil.log"


def preferences_file() -> Path:
    """What postil remembers by itself, as `tui.preferences` writes it."""
    return Path(_DIRS.user_state_dir) / "preferences.json"
