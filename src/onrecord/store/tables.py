"""A table of a store as a mapping: what was read is held, what was changed waits until it is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, MutableMapping
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Kept(MutableMapping[K, V], Generic[K, V]):
    """A mapping over rows that `read` finds, one at a time; `keys` lists those that are written.

    `take` gives what was set since (None: deleted) to whoever writes it. At most `bound` values are held after it.
    """

    def __init__(self, read: Callable[[K], V | None], keys: Callable[[], Iterable[K]], bound: int) -> None:
        self._read = read
        self._keys = keys
        self._bound = bound
        self._held: dict[K, V | None] = {}
        self._changed: dict[K, V | None] = {}

    def __getitem__(self, key: K) -> V:
        if key in self._held:
            value = self._held[key]
        else:
            value = self._held[key] = self._read(key)
        if value is None:
            raise KeyError(key)
        return value

    def __setitem__(self, key: K, value: V) -> None:
        if key not in self._held or self._held[key] != value:
            self._held[key] = self._changed[key] = value

    def __delitem__(self, key: K) -> None:
        self._held[key] = self._changed[key] = None

    def __iter__(self) -> Iterator[K]:
        yield from self._keys()

    def __len__(self) -> int:
        return sum(1 for _ in self._keys())

    def take(self) -> dict[K, V | None]:
        """What was set or deleted since it was last asked."""
        changed, self._changed = self._changed, {}
        if len(self._held) > self._bound:
            self._held.clear()
        return changed

    def forget(self) -> None:
        """Hold nothing: what was set is not written, what was read may have changed."""
        self._held.clear()
        self._changed.clear()
