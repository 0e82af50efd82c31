"""The time and the keys of new rows, in one place so that a test can hold them still."""

from __future__ import annotations

from datetime import UTC, datetime

from uuid_utils import uuid7


def now() -> str:
    """The time as ISO 8601 in UTC with microseconds, which sorts as text."""
    return datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def new_key() -> str:
    """A UUIDv7 (RFC 9562): unique everywhere and ascending in time, so that indexes grow at one end."""
    return str(uuid7())
