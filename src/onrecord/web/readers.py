"""Stores kept open between requests, and a mark that changes whenever somebody writes to the file.

To open a store takes about a millisecond, and what it has read of the file is forgotten with it: readers are kept.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from onrecord.errors import StoreError
from onrecord.store import Store

KEPT = 4
"""Readers that are kept open: more than a process can keep busy."""


class Readers:
    """Readers of the store at `path`, lent one to a thread at a time.

    A file that was put in the place of the one that they read is noticed, and they are let go.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        self._idle: list[Store] = []
        self._watch: Store | None = None
        self._file: tuple[int, int] | None = None
        self._started = time.time()

    @contextmanager
    def reader(self) -> Iterator[Store]:
        """A store to read from. Raises StoreError where it cannot be opened."""
        with self._lock:
            self._settle()
            file = self._file
            store = self._idle.pop() if self._idle else None
        store = store or Store(self.path, readonly=True, shared=True)
        sound = True
        try:
            yield store
        except StoreError:
            sound = False
            raise
        finally:
            with self._lock:
                sound = sound and file == self._file and len(self._idle) < KEPT
                if sound:
                    self._idle.append(store)
            if not sound:
                store.close()

    def mark(self) -> str:
        """A word that is another whenever the store is another than it was. Raises StoreError where there is none."""
        with self._lock:
            self._settle()
            if self._watch is None:
                self._watch = Store(self.path, readonly=True, shared=True)
            return f"{self._file} {self._watch.writes()}"

    def changed(self) -> float | None:
        """When the store or these pages last changed, in seconds; None where that is so lately that it may yet."""
        times = [self._started]
        for name in (self.path, self.path.with_name(self.path.name + "-wal")):
            with suppress(OSError):
                times.append(os.stat(name).st_mtime)
        return max(times) if time.time() - max(times) > _SETTLED else None

    def close(self) -> None:
        """Let go of every reader that is not lent."""
        with self._lock:
            self._let_go()

    def _settle(self) -> None:
        """Let the readers go where the file is another."""
        try:
            found = os.stat(self.path)
        except OSError as error:
            self._let_go()
            raise StoreError(f"{self.path}: the store is gone ({error.strerror})") from error
        file = (found.st_dev, found.st_ino)
        if file != self._file:
            self._let_go()
            self._file = file

    def _let_go(self) -> None:
        for store in (*self._idle, *([self._watch] if self._watch else [])):
            store.close()
        self._idle.clear()
        self._watch = None
        self._file = None


_SETTLED = 2.0  # seconds: HTTP tells times in whole ones, so a change within the same one would not be seen
