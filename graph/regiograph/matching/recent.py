"""Values that are made when they are asked for, of which the last are held."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import TypeVar

_K = TypeVar("_K", bound=Hashable)
_T = TypeVar("_T")


class Recent(OrderedDict[_K, _T]):
    """Values by key, of which those asked for last are held."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def of(self, key: _K, make: Callable[[_K], _T]) -> _T:
        """Return the value of a key, made if it is not held."""
        if key in self:
            self.move_to_end(key)
            return self[key]
        value = self[key] = make(key)
        if len(self) > self._most:
            self.popitem(last=False)
        return value
