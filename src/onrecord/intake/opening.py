"""Open files, folders and bytes as reports."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from onrecord.clean import build_report, decode
from onrecord.errors import InputError
from onrecord.intake.formats import find_format
from onrecord.record import Report


def text_report(text: str, *, uri: str = "text", date: str | None = None) -> Report:
    """A report of a string. `date` (ISO 8601) is the day that it speaks from, where the text does not say."""
    data = text.encode("utf-8", errors="replace")
    digest = hashlib.sha256(data).hexdigest()
    return build_report(decode(data, "utf-8"), uri=uri, digest=digest, encoding="utf-8", date=date)


def reports_in(data: bytes, *, uri: str, date: str | None = None) -> Iterator[Report]:
    """The reports in the bytes of one file, of any format known. Raises InputError where there is none."""
    if not data.strip():
        raise InputError(uri, "is empty", "give a file with a report in it")
    yield from find_format(data).reports(data, uri=uri, date=date)


def open_reports(
    *paths: str | Path, date: str | None = None, failed: Callable[[InputError], None] | None = None
) -> Iterator[Report]:
    """The reports in files and folders (searched through), in a settled order.

    An input that cannot be read is told to `failed`, and the others are read; without `failed`, InputError is raised.
    """
    for path in _files(paths):
        try:
            yield from reports_in(path.read_bytes(), uri=str(path), date=date)
        except InputError as error:
            if failed is None:
                raise
            failed(error)


def _files(paths: Iterable[str | Path]) -> Iterator[Path]:
    for path in map(Path, paths):
        yield from sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
