"""Settings: a flag wins over the environment, the environment over config.toml, and that over what is usual."""

from __future__ import annotations

import getpass
from dataclasses import fields
from pathlib import Path

import pytest

from store.entities.choosing import Pipelines
from store.entities.layers import Layers
from store.entities.pipelines import DEFAULT
from store.errors import SettingsError
from tui import locations
from tui.settings import Settings, load

NOTHING: dict[str, str] = {}


def write_config(content: str | bytes) -> Path:
    """The reader's config.toml, in the home of this test."""
    path = locations.config_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def mistake(content: str | bytes) -> str:
    """What is said about a config.toml, with its path as FILE."""
    path = write_config(content)
    with pytest.raises(SettingsError) as raised:
        load(environment=NOTHING)
    assert str(path) in raised.value.sentence
    return raised.value.sentence.replace(str(path), "FILE")


def test_settings_and_the_library_are_in_the_home_of_the_reader(own_home: Path) -> None:
    assert locations.config_file() == own_home / "XDG_CONFIG_HOME" / "postil" / "config.toml"
    assert locations.default_library() == own_home / "XDG_DATA_HOME" / "postil" / "library.db"


def test_without_any_settings_there_is_a_usual_one_for_each(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(getpass, "getuser", lambda: "ada")
    assert load(environment=NOTHING) == Settings(locations.default_library(), "ada", DEFAULT, "postil-dark")


def test_asking_for_settings_makes_no_folder(own_home: Path) -> None:
    load(environment=NOTHING)
    assert [*own_home.iterdir()] == []


def test_config_toml_wins_over_what_is_usual() -> None:
    write_config('library = "/books/a.db"\nannotator = "bob"\npipeline = "xx_one"\ntheme = "nord"\n')
    assert load(environment=NOTHING) == Settings(Path("/books/a.db"), "bob", "xx_one", "nord")


def test_the_environment_wins_over_config_toml() -> None:
    write_config('library = "/books/a.db"\nannotator = "bob"\npipeline = "xx_one"\ntheme = "nord"\n')
    environment = {
        "POSTIL_LIBRARY": "/books/b.db",
        "POSTIL_ANNOTATOR": "eve",
        "POSTIL_PIPELINE": "xx_two",
        "POSTIL_THEME": "gruvbox",
    }
    assert load(environment=environment) == Settings(Path("/books/b.db"), "eve", "xx_two", "gruvbox")


def test_a_flag_wins_over_the_environment() -> None:
    environment = {"POSTIL_LIBRARY": "/books/b.db", "POSTIL_ANNOTATOR": "eve"}
    chosen = load(library=Path("/books/c.db"), annotator="zoe", environment=environment)
    assert (chosen.library, chosen.annotator) == (Path("/books/c.db"), "zoe")


def test_each_setting_is_looked_for_on_its_own() -> None:
    write_config('annotator = "bob"\ntheme = "nord"\n')
    chosen = load(library=Path("c.db"), environment={"POSTIL_THEME": "gruvbox"})
    assert chosen == Settings(Path("c.db"), "bob", DEFAULT, "gruvbox")


@pytest.mark.parametrize("name", [field.name for field in fields(Settings)])
def test_an_empty_variable_says_nothing(name: str) -> None:
    write_config('library = "a.db"\nannotator = "bob"\npipeline = "xx"\ntheme = "nord"\n')
    assert load(environment={f"POSTIL_{name.upper()}": ""}) == load(environment=NOTHING)


def test_the_environment_is_that_of_the_process_unless_another_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POSTIL_ANNOTATOR", "eve")
    assert load().annotator == "eve"


def test_a_tilde_is_the_readers_home(own_home: Path) -> None:
    write_config('library = "~/notes.db"')
    assert load(environment=NOTHING).library == own_home / "notes.db"


def test_white_space_around_a_name_is_no_part_of_it() -> None:
    assert load(annotator=" Ada Lovelace ", environment=NOTHING).annotator == "Ada Lovelace"


@pytest.mark.parametrize("error", [KeyError("uid not found: 1234"), OSError("no such user")])
def test_somebody_without_a_login_name_is_an_annotator(error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody() -> str:
        raise error

    monkeypatch.setattr(getpass, "getuser", nobody)
    assert load(environment=NOTHING).annotator == "annotator"


# Mistakes


@pytest.mark.parametrize("name", ["  ", "ada\x1b[31m", "ada\nbob", "\u202eada"])
def test_what_cannot_be_a_name_is_refused(name: str) -> None:
    with pytest.raises(SettingsError, match="--annotator"):
        load(annotator=name, environment=NOTHING)


def test_an_unknown_setting_is_named_with_those_that_are_known() -> None:
    assert mistake('colour = "red"') == (
        "FILE has the setting colour, which postil does not know: it knows library, annotator, pipeline, theme, "
        "keys, entities, pipelines."
    )


@pytest.mark.parametrize(
    ("line", "value"), [("theme = 1", "1"), ("theme = true", "True"), ("theme = []", "[]"), ("[theme]", "{}")]
)
def test_a_setting_that_is_not_text_is_refused(line: str, value: str) -> None:
    assert mistake(line) == f"FILE says theme = {value}: write text between quotation marks."


@pytest.mark.parametrize(
    "content", ["theme = ", 'theme = "nord', "theme", 'theme = "a"\ntheme = "b"', "\ufefftheme = 'a'"]
)
def test_what_is_not_toml_is_refused(content: str) -> None:
    assert mistake(content).startswith("FILE is not TOML (")


def test_what_is_not_utf_8_is_refused() -> None:
    assert mistake(b'theme = "caf\xe9"').startswith("FILE cannot be read (")


def test_a_folder_in_the_place_of_the_file_is_refused() -> None:
    locations.config_file().mkdir(parents=True)
    with pytest.raises(SettingsError, match="cannot be read") as raised:
        load(environment=NOTHING)
    assert str(locations.config_file()) in raised.value.sentence


def test_a_file_where_the_folder_should_be_is_refused() -> None:
    folder = locations.config_file().parent
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_text("")
    with pytest.raises(SettingsError, match="cannot be read"):
        load(environment=NOTHING)


def test_a_mistake_in_the_file_is_told_even_where_a_flag_would_win() -> None:
    write_config("annotator = 5")
    with pytest.raises(SettingsError, match="annotator = 5"):
        load(annotator="ada", environment=NOTHING)


def test_a_name_that_cannot_be_in_config_toml_is_told_with_the_file() -> None:
    mistake('annotator = "  "')


def test_a_library_in_the_home_of_nobody_is_refused() -> None:
    mistake('library = "~nobody-of-that-name/library.db"')


@pytest.mark.parametrize("name", ["pipeline", "theme"])
def test_an_empty_setting_says_nothing(name: str) -> None:
    usual = load(environment=NOTHING)
    write_config(f'{name} = ""')
    assert load(environment=NOTHING) == usual


def test_each_language_may_have_its_pipeline() -> None:
    write_config('pipeline = "xx_one"\n[pipelines]\nde = "de_core_news_sm"\nfr = "/models/fr"\nit = ""\n')
    chosen = load(environment=NOTHING)
    assert chosen.pipelines == {"de": "de_core_news_sm", "fr": "/models/fr"}
    assert chosen.reads_with == Pipelines("xx_one", {"de": "de_core_news_sm", "fr": "/models/fr"})


def test_a_flag_forces_a_pipeline_on_every_text() -> None:
    write_config('[pipelines]\nde = "de_core_news_sm"\n')
    assert load(pipeline="xx_two", environment=NOTHING).reads_with.forced == "xx_two"


def test_a_language_that_cannot_be_told_is_refused() -> None:
    said = mistake('[pipelines]\nklingon = "tlh_small"')
    assert said.startswith("FILE has pipelines.klingon, which is no language that postil can tell: it knows ar, bg, ")


def test_a_pipeline_that_is_not_text_is_refused() -> None:
    assert mistake("[pipelines]\nde = 1") == (
        "FILE says pipelines.de = 1: write a pipeline's name or folder between quotation marks."
    )
    assert mistake("pipelines = 1") == (
        "FILE says pipelines = 1: write a table [pipelines], with a line for each language."
    )


# What is laid over the pipeline


def test_layers_are_chosen_in_a_table_and_go_with_the_pipeline() -> None:
    path = write_config('[entities]\nrecall = false\npatterns = ["names.jsonl"]\n')
    chosen = load(environment=NOTHING)
    assert chosen.entities == Layers(recall=False, patterns=(path.parent / "names.jsonl",))
    assert chosen.reads_with == Pipelines(DEFAULT, layers=chosen.entities)


def test_layers_that_cannot_be_are_refused() -> None:
    assert mistake("entities = 5") == "FILE says entities = 5: write a table [entities], with a line for each layer."
    assert mistake("[entities]\nrecall = 1") == "FILE says entities.recall = 1: write true or false."
