"""A value that is computed when it is first asked for, and kept.

functools has the same with a lock around it (until Python 3.12), which took a tenth of the time of lint.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

Value = TypeVar("Value")


class kept(Generic[Value]):  # noqa: N801 - it stands where @property does
    """Makes a method an attribute. Two threads may compute it at once, so it must be the same each time."""

    def __init__(self, compute: Callable[[Any], Value]) -> None:
        self._compute = compute
        self._name = compute.__name__
        self.__doc__ = compute.__doc__

    @overload
    def __get__(self, owner: None, of: type) -> kept[Value]: ...

    @overload
    def __get__(self, owner: object, of: type) -> Value: ...

    def __get__(self, owner: object | None, of: type) -> kept[Value] | Value:
        if owner is None:
            return self
        # Found before this descriptor from now on, since it sets nothing. A frozen dataclass has the dictionary, too.
        value = owner.__dict__[self._name] = self._compute(owner)
        return value
