"""A property that is found out once, when it is first asked for.

As `functools.cached_property`, without its lock: of a hundred thousand lines each is asked for a few of them, and in
Python 3.11 taking the lock costs more than most answers.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

T = TypeVar("T")


class once(Generic[T]):  # noqa: N801 -- it is written as the decorator that it is
    """Decorates a method without arguments of a class whose objects have a `__dict__` and are used by one thread."""

    def __init__(self, find: Callable[[Any], T]) -> None:
        """Find the value by `find`."""
        self._find = find
        self.__doc__ = find.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        """Keep the value under the method's own name, where it is found before this."""
        self._name = name

    @overload
    def __get__(self, owner: None, kind: type) -> once[T]: ...
    @overload
    def __get__(self, owner: object, kind: type) -> T: ...
    def __get__(self, owner: object | None, kind: type) -> once[T] | T:
        """Find the value and keep it."""
        if owner is None:
            return self
        value = owner.__dict__[self._name] = self._find(owner)
        return value
