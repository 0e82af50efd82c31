"""The time and the keys of new rows, in one place so that a test can hold them still."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from uuid_utils import uuid7


def now() -> str:
    """The time as ISO 8601 in UTC with microseconds, which sorts as text."""
    return _written(datetime.now(UTC))


def later_than(time: str) -> str:
    """The time as `now` writes it, or where another's clock was ahead the microsecond after `time`.

    For what several people change in turn: the later version stands in a merge, and that has to be the last one made.
    """
    at = now()
    return at if at > time else _written(datetime.fromisoformat(time) + timedelta(microseconds=1))


def new_key() -> str:
    """A UUIDv7 (RFC 9562): unique everywhere and ascending in time, so that indexes grow at one end."""
    return str(uuid7())


def _written(time: datetime) -> str:
    return time.isoformat(timespec="microseconds").replace("+00:00", "Z")
