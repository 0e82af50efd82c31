"""docs/formats.md says what the code does: its records are made, and made again here."""

from __future__ import annotations

import importlib.util
from types import ModuleType

import pytest

from store.errors import ExportError
from store.exchange import FORMATS, formats, readable, unit_for
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_formats", ROOT / "docs/make_formats.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_shows_what_the_code_writes(maker: ModuleType) -> None:
    page = maker.PAGE.read_text("utf-8")
    assert maker.filled(page) == page, "run python docs/make_formats.py"


def test_every_format_has_its_part_of_the_page(maker: ModuleType) -> None:
    headings = [line for line in maker.PAGE.read_text("utf-8").splitlines() if line.startswith("## ")]
    for name in FORMATS:
        assert any(name in heading for heading in headings)
    assert set(formats()) | set(readable()) == FORMATS.keys()


def test_a_unit_that_a_format_cannot_have_is_a_sentence() -> None:
    assert unit_for(FORMATS["markdown"], None) == "article"
    with pytest.raises(ExportError, match="markdown has no record of one sentence: its unit is article"):
        unit_for(FORMATS["markdown"], "sentence")
