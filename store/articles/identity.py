"""What makes two articles the same article: the SHA-256 of the canonical text."""

from __future__ import annotations

import hashlib


def canonical(text: str) -> str:
    """The text with every line end made LF, and nothing else changed."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def article_id(text: str) -> str:
    """SHA-256 of a canonical text as UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()
