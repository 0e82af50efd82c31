"""The guess of a language: right for texts, silent where there is too little to tell."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from store.text.function_words import CYRILLIC, LATIN, NAMES
from store.text.language import LOOKED_AT, guess, name_of
from tests.conftest import SAMPLES
from tests.store.strategies import texts
from tests.store.text.sentences_by_language import OTHERS, SENTENCES

ALL = SENTENCES | OTHERS


@pytest.mark.parametrize("language", ALL)
def test_a_paragraph_is_known(language: str) -> None:
    assert guess(" ".join(ALL[language])) == language


def test_most_sentences_are_known_alone_and_none_is_taken_for_another_language() -> None:
    guessed = [(language, guess(sentence)) for language, sentences in ALL.items() for sentence in sentences]
    right = sum(said == language for language, said in guessed)
    wrong = [(language, said) for language, said in guessed if said not in {language, None}]
    assert right / len(guessed) >= 0.85
    assert wrong == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        "42 + 7 = 49",
        "👩‍🚒 🚒",
        "Angela Merkel",
        "pip install postil",
        "Ada Berg left Oslo. " * 20,
        "Lorem ipsum dolor sit amet consectetur adipiscing elit sed eiusmod tempor incididunt labore",
        "def f(x): return x",
        "Москва 2024",
        "Привет world, πώς you 今天",
    ],
)
def test_what_cannot_be_told_is_not_guessed(text: str) -> None:
    assert guess(text) is None


def test_foreign_names_and_quotations_do_not_change_the_language() -> None:
    english = " ".join(SENTENCES["en"])
    assert guess(f"{english} „{SENTENCES['de'][1]}“ said Jürgen Müller of the Süddeutsche Zeitung. {english}") == "en"
    assert guess("微软公司 (Microsoft) 昨天在 Seattle 宣布，Windows 的新版本将于明年发布，价格没有变化。") == "zh"


def test_only_the_beginning_of_a_long_text_is_looked_at() -> None:
    english = " ".join(SENTENCES["en"]) + " "
    german = " ".join(SENTENCES["de"]) + " "
    beginning = english * (LOOKED_AT // len(english) + 1)
    assert guess(beginning + german * 1000) == "en"


def test_the_english_samples_are_english() -> None:
    for path in sorted(SAMPLES.glob("*.*")):
        if path.stem != "many-scripts":
            assert guess(path.read_text("utf-8")) == "en", path.name


def test_persian_is_not_arabic() -> None:
    assert guess("شورای شهر دیروز بودجه سال آینده را پس از گفتگوی طولانی تصویب کرد و گزارش آن چاپ شد.") == "fa"
    assert guess("وافق مجلس المدينة أمس على ميزانية العام المقبل بعد نقاش طويل.") == "ar"


def test_every_language_that_can_be_guessed_has_a_name() -> None:
    assert {*LATIN, *CYRILLIC, "el", "he", "hi", "th", "ko", "ja", "zh", "fa", "ar"} <= NAMES.keys()
    assert name_of("nb") == "Norwegian"
    assert name_of("tlh") == "tlh"


@settings(max_examples=100, deadline=None)
@given(texts)
def test_any_text_has_a_language_or_none(text: str) -> None:
    assert guess(text) is None or guess(text) in NAMES
