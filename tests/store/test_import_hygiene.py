"""What importing the store brings along, looked at in fresh processes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.store.helpers import run_python

UNIMPORTABLE = {"store.migrations.env", "store.entities.components.factories"}
"""Alembic's entry point, which only Alembic can run; components of spaCy, which only its process and spaCy import."""

MODULES = sorted(
    {
        ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for file in (ROOT / "store").rglob("*.py")
    }
    - UNIMPORTABLE
)

LOOK = """
import importlib, sys
unwanted = set(sys.argv[1].split(","))
for name in sys.argv[2:]:
    importlib.import_module(name)
    found = unwanted & set(sys.modules)
    if found:
        print(name, "brings", *sorted(found))
        break
"""
"""Prints the first of the modules that brings something unwanted."""


def test_there_are_modules_to_look_at() -> None:
    assert len(MODULES) > 30
    assert "store.entities.worker" in MODULES


def test_no_module_of_the_store_brings_a_screen_or_spacy() -> None:
    assert run_python(LOOK, "tui,textual,rich,typer,spacy", *MODULES) == ""


def test_alembic_comes_with_the_migrations_only() -> None:
    others = [name for name in MODULES if not name.startswith("store.migrations.")]
    assert run_python(LOOK, "alembic", *others) == ""


HEAVY = "lxml,trafilatura,htmldate,pypdfium2,httpx,yaml,tarfile,zipfile,csv"


def test_a_text_is_read_without_the_libraries_of_other_kinds(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Words.")
    code = "import sys; from pathlib import Path; from store.articles import files; files.read(Path('a.txt'))"
    look = f"{code}; print(*sorted(set(sys.argv[1].split(',')) & set(sys.modules)))"
    assert run_python(look, HEAVY, folder=tmp_path) == ""


def test_what_parses_files_of_strangers_is_not_in_this_process(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<html><p>Words.</p></html>")
    code = "import sys; from pathlib import Path; from store.articles import files; files.read(Path('a.html'))"
    look = f"{code}; print(*sorted(set(sys.argv[1].split(',')) & set(sys.modules)))"
    assert run_python(look, "lxml,trafilatura,htmldate,pypdfium2,httpx", folder=tmp_path) == ""


def test_no_module_of_the_store_brings_the_library_of_a_kind() -> None:
    assert run_python(LOOK, "lxml,trafilatura,htmldate,pypdfium2,httpx", *MODULES) == ""


@pytest.mark.parametrize("name", ["store.records", "store.errors", "store.header", "store.entities.pipelines"])
def test_what_a_screen_needs_at_once_comes_without_the_database(name: str) -> None:
    assert run_python(LOOK, "sqlmodel,sqlalchemy,pydantic", name) == ""


@pytest.mark.parametrize("name", [name for name in MODULES if name.startswith(("store.text", "store.entities.pr"))])
def test_each_module_can_be_the_first_to_be_imported(name: str) -> None:
    assert run_python(f"import {name}; print('imported')") == "imported"


def test_importing_makes_no_file(own_home: Path, tmp_path: Path) -> None:
    run_python(LOOK, "nothing", *MODULES, folder=tmp_path)
    assert list(own_home.rglob("*")) == list(tmp_path.rglob("*")) == []
