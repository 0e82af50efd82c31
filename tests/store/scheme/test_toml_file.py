"""A scheme as a file: it comes back as it went, and a mistake is told by its line."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.errors import SchemeError
from store.library import Library
from store.records import Label
from store.scheme import toml_file
from store.scheme.parts import Attribute, Definition, Type

texts = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=30).map(str.strip)


@given(st.lists(texts.filter(bool), max_size=4), texts)
@settings(max_examples=40, deadline=None)
def test_any_text_comes_back_as_it_went(examples: list[str], guideline: str) -> None:
    scheme = Definition(
        [Label("CLAIM", 1, "C", "claim", guideline, tuple(examples))],
        [Attribute("share", Type.NUMBER, least=-0.5, most=2.0, whole=True, required=True, labels=("CLAIM",))],
        [],
    )
    assert toml_file.read(toml_file.write(scheme), "scheme.toml") == scheme


def test_the_default_scheme_comes_back_as_it_went(library: Library) -> None:
    scheme = library.scheme.definition()
    assert toml_file.read(toml_file.write(scheme), "scheme.toml") == scheme


LABEL = '[[label]]\nname = "CLAIM"\nkey = "C"\n'


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        (LABEL + "x = \n", 4, "this is no TOML"),
        (LABEL + "[[label]]\n", 4, "this label has no name"),
        (LABEL + '[[label]]\nkey = "D"\nname = "two words"\n', 6, "name has to be one word"),
        (LABEL + '\n[[label]]\nname = "CLAIM"\nkey = "D"\n', 6, "there is another label called CLAIM"),
        (LABEL + '[[label]]\nname = "CUE"\nkey = "c"\n', 6, "another label has the key c"),
        (LABEL + 'guidelines = "x"\n', 4, "a label has no guidelines: it has color, examples, guideline, key, name"),
        (LABEL + "examples = [1]\n", 4, "examples has to be a list of texts"),
        (LABEL + '[[attribute]]\nname = "a"\ntype = "chioce"\n', 6, "chioce is none of choice, choices, number"),
        (LABEL + '[[attribute]]\nname = "a"\ntype = "choice"\n', 4, "a choice needs options"),
        (LABEL + '[[attribute]]\nname = "a"\ntype = "text"\noptions = ["x"]\n', 7, "only a choice has options"),
        (LABEL + '[[attribute]]\nname = "a"\ntype = "choice"\noptions = ["x", "x"]\n', 7, "an option is there twice"),
        (LABEL + '[[attribute]]\nname = "a"\ntype = "number"\nleast = 3\nmost = 1\n', 8, "the greatest number is"),
        (LABEL + '[[attribute]]\nname = "a"\ntype = "text"\nlabels = ["QLAIM"]\n', 7, "QLAIM is no label of this"),
        (LABEL + '[[relation]]\nname = "supports"\nkey = "s"\nto = ["X"]\n', 7, "X is no label of this file"),
        (LABEL + 'guideline = """\n[[label]]\nname = "no"\n"""\n[[label]]\nname = 3\n', 9, "name has to be one word"),
        ("[label]\n", 1, "write [[label]] with two brackets"),
        (LABEL + "\n[colours]\n", 5, "colours is not label, attribute or relation"),
    ],
)
def test_a_mistake_is_told_by_its_line(text: str, line: int, said: str) -> None:
    with pytest.raises(SchemeError) as refused:
        toml_file.read(text, "scheme.toml")
    assert refused.value.sentence.startswith(f"scheme.toml, line {line}: {said}")


def test_a_scheme_without_labels_is_none() -> None:
    with pytest.raises(SchemeError, match="needs one at least"):
        toml_file.read("# nothing\n", "scheme.toml")
