"""What persons said of the items that a page shows, found by report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from onrecord.exports.corrections import verdict_words
from onrecord.record import Correction, Span, counts
from onrecord.store import Store

Row = dict[str, object]
Counts = dict[str, dict[str, int]]
"""Standing verdicts of each kind, by layer."""


class Remark(msgspec.Struct, frozen=True, kw_only=True):
    """A verdict as a line shows it: what it is, and who gave it, when and why in words."""

    verdict: str
    words: str


class Verdicts:
    """The standing verdicts on the items of some reports, each report named by its digest and its uri."""

    def __init__(self, found: Iterable[Correction]) -> None:
        self._held: dict[tuple[str, str], list[Correction]] = {}
        for one in found:
            if one.id is not None:
                self._held.setdefault((one.digest, one.report), []).append(one)

    def of(self, digest: str, uri: str, id: str) -> Remark | None:
        """What was said of an item."""
        return next((remark_of(one) for one in self._held.get((digest, uri), ()) if one.id == id), None)

    def at(self, digest: str, uri: str, layer: str, span: Span) -> Remark | None:
        """What was said of the item of a layer that these words stand in. A figure's words are all of it."""
        held = self._held.get((digest, uri), ())
        return next((remark_of(one) for one in held if one.layer == layer and span in one.span), None)

    def counts(self, digest: str, uri: str, within: Span | None = None) -> Counts:
        """How many verdicts of each kind there are on a report, or on the items that stand in some of its words."""
        held = self._held.get((digest, uri), ())
        return counts(one for one in held if within is None or one.span in within)

    def all(self) -> Iterator[Correction]:
        """Every verdict."""
        for held in self._held.values():
            yield from held


def verdicts_on(store: Store, digests: Iterable[str]) -> Verdicts:
    """The standing verdicts on the reports of some originals."""
    return Verdicts(store.corrections(digests=digests))


def verdict_counts(store: Store) -> Counts:
    """How many verdicts of each kind the store holds, by layer."""
    rows = store.select(
        "SELECT layer, verdict, count(*) AS n FROM corrections WHERE standing AND id IS NOT NULL "
        "AND verdict != 'withdrawn' GROUP BY layer, verdict"
    )
    found: Counts = {}
    for row in rows:
        found.setdefault(str(row["layer"]), {})[str(row["verdict"])] = int(str(row["n"]))
    return found


def summed(found: Mapping[Any, Mapping[str, int]]) -> dict[str, int]:
    """The verdicts of all layers together."""
    total: dict[str, int] = {}
    for verdicts in found.values():
        for verdict, count in verdicts.items():
            total[verdict] = total.get(verdict, 0) + count
    return total


def with_remarks(store: Store, rows: list[Row]) -> list[Row]:
    """Rows of items (`digest`, `report`, `id`), each with the `verdict` on its item, and `said` in words."""
    held = verdicts_on(store, {str(row["digest"]) for row in rows})

    def remark(row: Row) -> dict[str, Any]:
        one = held.of(str(row["digest"]), str(row["report"]), str(row["id"]))
        return {"verdict": one.verdict if one else None, "said_of_it": one.words if one else None}

    return [{**row, **remark(row)} for row in rows]


def remark_of(one: Correction) -> Remark:
    """A verdict as a line shows it."""
    return Remark(verdict=one.verdict, words=verdict_words(one))
