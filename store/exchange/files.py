"""Write a file or a folder whole or not at all."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

from store.errors import ExportError


def write_whole(path: Path, pieces: Iterable[bytes]) -> None:
    """Write the pieces into a file beside `path`, bring it to the disk, and only then give it the name.

    An interruption at any moment leaves what stood at `path` before, or nothing. A link is followed; a device or a pipe
    is written to as it is, since there is no file to replace.

    Raises:
        ExportError: the file cannot be written.
    """
    try:
        path = path.resolve()
        if path.exists() and not path.is_file() and not path.is_dir():
            with path.open("wb") as device:
                device.writelines(pieces)
            return
        with tempfile.NamedTemporaryFile(
            dir=path.parent, prefix=f".{path.name}.", suffix=".part", delete=False
        ) as file:
            unfinished = Path(file.name)
            try:
                for piece in pieces:
                    file.write(piece)
                file.flush()
                os.fsync(file.fileno())
                unfinished.chmod(_mode(path))
                unfinished.replace(path)
            except BaseException:
                unfinished.unlink(missing_ok=True)
                raise
    except OSError as error:
        raise ExportError(f"{path} cannot be written ({error.strerror}): name another file with --output.") from error


def write_whole_folder(path: Path, fill: Callable[[Path], None]) -> None:
    """Let `fill` write into a folder beside `path`, and only then give it the name.

    An interruption at any moment leaves nothing under the name. What stands there already is not touched, unless it is
    an empty folder.

    Raises:
        ExportError: the folder cannot be written, or something stands at `path`.
    """
    try:
        path = path.absolute()
        if path.is_symlink() or (path.exists() and not (path.is_dir() and not any(path.iterdir()))):
            raise ExportError(f"{path} is there already, and is no empty folder: name another with --output.")
        unfinished = Path(tempfile.mkdtemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part"))
        try:
            fill(unfinished)
            mask = os.umask(0)
            os.umask(mask)
            unfinished.chmod(0o777 & ~mask)
            unfinished.replace(path)
        except BaseException:
            shutil.rmtree(unfinished, ignore_errors=True)
            raise
    except OSError as error:
        raise ExportError(f"{path} cannot be written ({error.strerror}): name another folder with --output.") from error


def _mode(path: Path) -> int:
    """The mode of the file that is replaced, or that of a new one: a temporary file is closed to everybody else."""
    try:
        return stat.S_IMODE(path.stat().st_mode)
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask
