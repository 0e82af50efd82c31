"""Small pipelines, made by spaCy itself: one that knows two names, one that finds none, one that dies over a word."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.store.helpers import run_python

MAKE = """
import json, sys
from pathlib import Path
folder = Path(sys.argv[1])
sys.path.insert(0, str(folder / "code"))
import spacy
PATTERNS = [{"label": "GPE", "pattern": "Oslo"}, {"label": "PERSON", "pattern": "Ada Berg"}]
for name in ("ruler", "german", "newer"):
    nlp = spacy.blank("de" if name == "german" else "en", meta={"name": name})
    nlp.add_pipe("entity_ruler").add_patterns(PATTERNS)
    nlp.to_disk(folder / name)
meta = json.loads((folder / "newer" / "meta.json").read_text())
(folder / "newer" / "meta.json").write_text(json.dumps(meta | {"spacy_version": ">=99.0.0,<100.0.0"}))
spacy.blank("en").to_disk(folder / "blank")
nlp = spacy.blank("en", meta={"name": "mortal"})
nlp.add_pipe("mortal", name="entity_ruler")
nlp.to_disk(folder / "mortal")
"""

MORTAL = """
import os, signal
from spacy.language import Language
from spacy.tokens import Span

@Language.component("mortal")
def mortal(doc):
    if any(token.text == "poison" for token in doc):
        os.kill(os.getpid(), signal.SIGKILL)
    doc.ents = [Span(doc, token.i, token.i + 1, "GPE") for token in doc if token.text == "Oslo"]
    return doc
"""


@pytest.fixture(scope="session")
def small_pipelines(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of pipelines: `ruler`, `german`, `newer` (for a spaCy of some day), `blank` and `mortal`."""
    folder = tmp_path_factory.mktemp("pipelines")
    info = folder / "code" / "mortal-1.0.dist-info"
    info.mkdir(parents=True)
    (folder / "code" / "mortal.py").write_text(MORTAL)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: mortal\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[spacy_factories]\nmortal = mortal:mortal\n")
    run_python(MAKE, folder)
    return folder


@pytest.fixture(scope="session")
def ruler(small_pipelines: Path) -> str:
    """The folder of a small pipeline that knows two names by heart; beside it, `blank` is one that finds nothing."""
    return str(small_pipelines / "ruler")


@pytest.fixture
def mortal(small_pipelines: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The folder of a pipeline whose process is killed for real by the word `poison`."""
    monkeypatch.setenv("PYTHONPATH", str(small_pipelines / "code"))
    return str(small_pipelines / "mortal")
