"""Texts that hypothesis draws: what articles are made of, and what breaks a program that counts bytes or cells."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from store.articles.identity import canonical

SIGNS = [
    *"aZ9.,!?…-'’”()#>*\\\"/%&<|",
    *" \n\t\xa0\u2028\u3000",
    *"éßİｱ漢字かกा한ᄒבش",
    *"\u0301\u3099\u094d\u064b\ufe0f\u200d\u200b\u00ad\ufeff\u202e",
    *"👨🏻🚒❤🇩🇪𝒜\U0001f9d1\x1b\x7f",
]
"""One code point each: marks, joiners, flags, wide and invisible signs, directions and controls among them."""

CLUSTERS = ["e\u0301", "👨🏻‍🚒", "🇩🇪", "❤️", "か\u3099", "क्ष", "각", "1️⃣"]
"""What a reader calls one sign."""

WORDS = ["The", "council", "said", "Dr.", "U.S.", "No.", "e.g.", "3.5", "on", "Monday", "it's", "東京", "«Oui»", "2024"]

signs: SearchStrategy[str] = st.sampled_from([*SIGNS, *CLUSTERS])
anything: SearchStrategy[str] = st.characters(codec="utf-8", exclude_characters="\0")

texts: SearchStrategy[str] = st.lists(signs | anything, max_size=60).map("".join).map(canonical)
"""Canonical texts of any signs; they may be empty."""

articles: SearchStrategy[str] = texts.filter(lambda text: bool(text.strip()))
"""Canonical texts that an article may have."""

prose: SearchStrategy[str] = st.lists(
    st.sampled_from([*WORDS, *(f"{stop}{gap}" for stop in ".!?…。” " for gap in ["", " ", "\n", "\n\n"])]), max_size=80
).map(lambda parts: " ".join(parts).replace(" .", "."))
"""What looks like sentences and paragraphs."""


@st.composite
def spans(draw: st.DrawFn, text: str) -> tuple[int, int]:
    """A span of a text that is not empty."""
    start = draw(st.integers(0, len(text) - 1))
    return start, draw(st.integers(start + 1, len(text)))
