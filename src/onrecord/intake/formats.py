"""The formats that reports come in, in the order in which they are tried.

To add one: a file here with `sniff(data) -> bool` and `reports(data, uri=…, date=…) -> Iterator[Report]`, and a line
in `FORMATS`. `sniff` is quick and looks at the first bytes; `reports` takes out the stretches of text, each a `Sourced`
that leads back to its bytes, and what the format's own fields say, and calls `onrecord.clean.build_report`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple, Protocol

from onrecord.intake import html, text
from onrecord.record import Report


class Read(Protocol):
    """How a format reads the bytes of one file."""

    def __call__(self, data: bytes, *, uri: str, date: str | None = None) -> Iterator[Report]: ...


class Format(NamedTuple):
    """A format: its name (`Report.format`), whether bytes look like it, and the reports in them."""

    name: str
    sniff: Callable[[bytes], bool]
    reports: Read


FORMATS: tuple[Format, ...] = (
    Format("html", html.sniff, html.reports),
    Format("text", text.sniff, text.reports),
)


def find_format(data: bytes) -> Format:
    """The first format that the bytes look like; text where none does."""
    return next(format for format in FORMATS if format.sniff(data))
