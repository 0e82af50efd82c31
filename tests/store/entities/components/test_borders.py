"""Names end where their words do."""

from __future__ import annotations

import pytest

from store.entities.components.borders import mend
from tests.store.entities.components.marked import marked, unmarked


@pytest.mark.parametrize(
    ("said", "mended"),
    [
        ("[the Labour Office|ORG] said", "the [Labour Office|ORG] said"),
        ("[The Hague's|GPE] court", "The [Hague|GPE]'s court"),
        ("[Berg's|PERSON] plan", "[Berg|PERSON]'s plan"),
        ("[Berg 's|PERSON] plan", "[Berg|PERSON] 's plan"),
        ("[Jens’|PERSON] plan", "[Jens|PERSON]’ plan"),
        ("[“Berg|PERSON] said", "“[Berg|PERSON] said"),
        ('["Aften"|ORG] said', '"[Aften|ORG]" said'),
        ("[Oslo,|GPE] he said", "[Oslo|GPE], he said"),
        ("He left [Trondheim.|GPE]", "He left [Trondheim|GPE]."),
        ("She left [U.S.|GPE]", "She left [U.S.|GPE]"),
        ("[Berg & Co.|ORG] said", "[Berg & Co.|ORG] said"),
        ("[Yahoo!|ORG] said", "[Yahoo!|ORG] said"),
        ("[Berg 2015|PERSON] and", "[Berg|PERSON] 2015 and"),
        ("[Windows 11|PRODUCT] and", "[Windows 11|PRODUCT] and"),
        ("[Norway - Ada Berg|PERSON] won", "[Norway|PERSON] - [Ada Berg|PERSON] won"),
        ("[Ada Berg 💖|PERSON] won", "[Ada Berg|PERSON] 💖 won"),
        ("[Ada Berg said|PERSON] so", "[Ada Berg|PERSON] said so"),
        ("[the bank|ORG] said", "the [bank|ORG] said"),
        ("[The|ORG] who", "[The|ORG] who"),
        ("on [the 3rd of May|DATE]", "on [the 3rd of May|DATE]"),
    ],
)
def test_what_is_not_of_a_name_is_left_out_of_it(said: str, mended: str) -> None:
    text, entities = unmarked(said)
    assert marked(text, mend(text, entities)) == mended


def test_what_nothing_is_left_of_is_no_name() -> None:
    text, entities = unmarked("he said [–|ORG] and")
    assert mend(text, entities) == []
