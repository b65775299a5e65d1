"""The pipeline: a report in, its record out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from onrecord.record import Record, Report


def read(report: Report) -> Record:
    """The record of `report`."""
    return Record(report=report)


def pipe(reports: Iterable[Report]) -> Iterator[Record]:
    """The record of each report, in order, one in memory at a time."""
    return map(read, reports)
