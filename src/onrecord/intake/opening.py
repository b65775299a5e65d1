"""Open files, folders and bytes as reports."""

from __future__ import annotations

import glob
import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from onrecord.clean import build_report, decode, read_iso
from onrecord.errors import InputError
from onrecord.intake.formats import find_format
from onrecord.intake.refusal import refuse_bytes
from onrecord.intake.tables import sniff_jsonl as is_jsonl
from onrecord.intake.unpacking import Original, is_packed, plain_name, unpack
from onrecord.record import Report

LARGEST = 64 * 2**20
"""Bytes of one original, but for JSONL, which is read by lines. An export of a thousand articles has some 10 MiB."""

LARGEST_FILE = 2 * 2**30
"""Bytes of a file, which are held in memory: CC-NEWS packs its WARCs to 1 GiB."""


def text_report(text: str, *, uri: str = "text", date: str | None = None) -> Report:
    """A report of a string. `date` (ISO 8601) is the day that it speaks from, where the text does not say.

    Any string makes a report, an empty one too; only a date that is none raises InputError.
    """
    _check_date(date)
    data = text.encode("utf-8", errors="replace")
    digest = hashlib.sha256(data).hexdigest()
    return build_report(decode(data, "utf-8"), uri=uri, digest=digest, encoding="utf-8", date=date)


def reports_in(data: bytes, *, uri: str, date: str | None = None) -> Iterator[Report]:
    """The reports in the bytes of one file, of any format known. Raises InputError where there is none."""
    _check_date(date)
    if not data.strip():
        refuse_bytes(b"", uri)
    for original in unpack(data, uri):
        yield from read_original(original, date=date)


def read_original(original: Original, *, date: str | None = None) -> Iterator[Report]:
    """The reports in one original. Raises InputError where there is none."""
    _check_date(date)
    uri, data = original.uri, original.data
    if not data.strip():
        refuse_bytes(b"", uri)
    format = find_format(data)
    if len(data) > LARGEST and format.name != "jsonl":
        raise _too_large(uri)
    for report in format.reports(data, uri=uri, date=date):
        more = {**original.metadata, **report.metadata}
        yield msgspec.structs.replace(report, metadata=more) if original.metadata else report


def read_again(data: bytes, was: Report) -> Iterator[Report]:
    """The reports in an original that was read before, as they are read now.

    `was` is one of those of then: what was given from outside it (its place, a day by option, a WARC's word) is kept.
    """
    date = was.dating.value if was.dating and was.dating.origin == "option" else None
    outside: dict[str, str] = {name: was.metadata[name] for name in ("url", "crawled") if name in was.metadata}
    name = re.sub(r"#\d+$", "", was.uri)
    yield from read_original(Original(uri=name, data=data, metadata=outside), date=date)


def open_originals(*paths: str | Path, failed: Callable[[InputError], None] | None = None) -> Iterator[Original]:
    """The originals in files, folders (searched through) and patterns (`wire/*.txt`), in a settled order.

    What packs others (zip, gzip, WARC, a mailbox) gives each of its members. An input that cannot be read is told to
    `failed`, and the others are read; without `failed`, InputError is raised.
    """
    for path in paths:
        with _telling(failed):
            for file in _files(path):
                with _telling(failed):
                    yield from unpack(_read(file), plain_name(str(file)))


def open_reports(
    *paths: str | Path, date: str | None = None, failed: Callable[[InputError], None] | None = None
) -> Iterator[Report]:
    """The reports in files, folders (searched through) and patterns (`wire/*.txt`), in a settled order.

    An input that cannot be read is told to `failed`, and the others are read; without `failed`, InputError is raised.
    """
    _check_date(date)
    for original in open_originals(*paths, failed=failed):
        with _telling(failed):
            yield from read_original(original, date=date)


@contextmanager
def _telling(failed: Callable[[InputError], None] | None) -> Iterator[None]:
    """Tell an InputError to `failed` and go on; raise it where there is none to tell."""
    try:
        yield
    except InputError as error:
        if failed is None:
            raise
        failed(error)


def _files(given: str | Path) -> list[Path]:
    """The files that a path stands for. In a folder those whose names start with a point are left out."""
    path = Path(given)
    if path.is_dir():
        found = sorted(_inside(path))
        if not found:
            raise InputError(str(given), "is a folder without files", "name files, or a folder with files in it")
        return found
    if not path.exists() and glob.has_magic(str(given)):
        named = sorted(Path(name) for name in glob.glob(str(given), recursive=True) if Path(name).is_file())
        if not named:
            raise InputError(str(given), "matches no file", "check the pattern and the folder that it starts from")
        return named
    return [path]


def _inside(folder: Path) -> Iterable[Path]:
    for path in folder.rglob("*"):
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(folder).parts):
            yield path


def _read(path: Path) -> bytes:
    try:
        if path.exists() and not path.is_file():
            raise InputError(str(path), "is not a file", "name a file, or a folder of files")
        size = path.stat().st_size
        if size > LARGEST_FILE:
            raise InputError(str(path), f"is larger than {LARGEST_FILE >> 30} GB", "cut it up, or pack it")
        with path.open("rb") as file:
            head = file.read(65536)
            if size > LARGEST and not is_packed(head) and not is_jsonl(head):
                raise _too_large(str(path))
            return head + file.read()
    except FileNotFoundError:
        raise InputError(str(path), "is not there", "check the name and the folder") from None
    except PermissionError:
        raise InputError(str(path), "may not be read by you", "change its permissions, or copy it") from None
    except OSError as error:
        raise InputError(str(path), f"cannot be read ({error.strerror})", "check the disk and the name") from error


def _too_large(uri: str) -> InputError:
    return InputError(uri, f"is larger than {LARGEST >> 20} MB", "cut it up, or give JSONL, a report a line")


def _check_date(date: str | None) -> None:
    if date is not None and read_iso(date) is None:
        raise InputError("--date", f"{date!r} is no date", "write it as year-month-day, such as 2019-03-06")
