"""The pipeline: a report in, its record out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from onrecord.encode.sentences import cut
from onrecord.record import Record, Report


def read(report: Report) -> Record:
    """The record of `report`."""
    seen = cut(report)
    return Record(report=report, times=() if seen.words else ())


def pipe(reports: Iterable[Report]) -> Iterator[Record]:
    """The record of each report, in order, one in memory at a time."""
    return map(read, reports)
