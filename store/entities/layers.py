"""What postil lays over a pipeline's answer, what of it the reader wants, and a digest that tells choices apart."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from store.errors import SettingsError

VERSION = 1
"""Of the layers' code: raise it with every change that changes an answer, so that kept answers are made anew."""

DATA = Path(__file__).parent / "components" / "data"
"""The lists that the layers read."""


@dataclass(frozen=True, slots=True)
class Layers:
    """Which layers lie over a pipeline. Each is a spaCy component of its own; config.toml switches them."""

    gazetteer: bool = True
    """The names in `gazetteer.jsonl`, which models of some years ago cannot know. Config `entities.gazetteer`."""
    never: bool = True
    """Words that name nobody and no place, as AI, CEO and GPU. Config `entities.never`."""
    borders: bool = True
    """Names end where their words do: no possessive, quotation mark or article. Config `entities.borders`."""
    recall: bool = True
    """Names that the pipeline saw in one place and missed in another, or missed. Config `entities.recall`."""
    consistency: bool = True
    """One name has one type in a document. Config `entities.consistency`."""
    patterns: tuple[Path, ...] = ()
    """The reader's own names, in files of spaCy's patterns, one JSON object a line. Config `entities.patterns`."""

    @classmethod
    def none(cls) -> Layers:
        """The pipeline as it is."""
        return cls(gazetteer=False, never=False, borders=False, recall=False, consistency=False)

    @classmethod
    def read(cls, said: Mapping[str, object], path: Path) -> Layers:
        """The layers that an `[entities]` table asks for; `path` is the file that it stands in.

        Files of patterns are looked for beside it. They are read when they are used, not here.

        Raises:
            SettingsError: it names a layer that does not exist, or says something that cannot be.
        """
        switches: dict[str, bool] = {}
        for name, value in said.items():
            if name == "patterns":
                continue
            if name not in SWITCHES:
                known = ", ".join([*SWITCHES, "patterns"])
                raise SettingsError(f"{path} has entities.{name}, which postil does not know: it knows {known}.")
            if not isinstance(value, bool):
                raise SettingsError(f"{path} says entities.{name} = {value!r}: write true or false.")
            switches[name] = value
        files = said.get("patterns", [])
        if not isinstance(files, list) or not all(isinstance(file, str) and file for file in files):
            raise SettingsError(
                f'{path} says entities.patterns = {files!r}: write a list of files, as ["names.jsonl"].'
            )
        try:
            patterns = tuple(path.parent / Path(file).expanduser() for file in files)
        except RuntimeError as error:
            raise SettingsError(
                f"{path} says entities.patterns = {files!r}, but there is no such home folder."
            ) from error
        return cls(**switches, patterns=patterns)

    @classmethod
    def from_json(cls, text: str) -> Layers:
        """The layers that `to_json` wrote."""
        said = json.loads(text)
        return cls(**said | {"patterns": tuple(Path(file) for file in said["patterns"])})

    def to_json(self) -> str:
        """As text that `from_json` reads."""
        return json.dumps(asdict(self), default=str)

    def digest(self) -> str:
        """Eight hexadecimal digits that change with the layers, their version or their lists; empty without layers.

        Raises:
            OSError: a file of patterns cannot be read.
        """
        wanted = [name for name in SWITCHES if getattr(self, name)]
        if not wanted and not self.patterns:
            return ""
        digest = hashlib.sha256(json.dumps([VERSION, wanted]).encode())
        for file in (*sorted(DATA.iterdir()), *self.patterns):
            digest.update(hashlib.sha256(file.read_bytes()).digest())
        return digest.hexdigest()[:8]


SWITCHES = tuple(field.name for field in fields(Layers) if field.name != "patterns")
"""The layers by name, in the order in which they are laid over the pipeline."""
