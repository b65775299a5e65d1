"""The formats that reports come in, in the order in which they are tried.

To add one: a file here with `sniff(data) -> bool` and `reports(data, uri=…, date=…) -> Iterator[Report]`, and a line
in `FORMATS`. `sniff` is quick and looks at the first bytes; `reports` takes out the stretches of text, each a `Sourced`
that leads back to its bytes, and what the format's own fields say, and calls `onrecord.clean.build_report`.

What packs other files (zip, gzip, WARC, mailboxes) is unpacked before, by `unpacking.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple, Protocol

from onrecord.intake import (
    docx,
    factiva,
    feeds,
    foreign,
    html,
    mail,
    newsml_1,
    newsml_g2,
    nexis,
    ninjs,
    nitf,
    pdf,
    tables,
    text,
    wire,
)
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
    Format("pdf", pdf.sniff, pdf.reports),
    Format("wire", wire.sniff, wire.reports),
    Format("feed", feeds.sniff, feeds.reports),
    Format("newsml-g2", newsml_g2.sniff, newsml_g2.reports),
    Format("newsml-1", newsml_1.sniff, newsml_1.reports),
    Format("nitf", nitf.sniff, nitf.reports),
    Format("docx", docx.sniff, docx.reports),
    Format("factiva", factiva.sniff, factiva.reports),
    Format("nexis", nexis.sniff, nexis.reports),
    Format("foreign", foreign.sniff, foreign.reports),
    Format("html", html.sniff, html.reports),
    Format("jsonl", tables.sniff_jsonl, tables.reports_jsonl),
    Format("ninjs", ninjs.sniff, ninjs.reports),
    Format("mail", mail.sniff, mail.reports),
    Format("csv", tables.sniff_csv, tables.reports_csv),
    Format("text", text.sniff, text.reports),
)


def find_format(data: bytes) -> Format:
    """The first format that the bytes look like; text where none does."""
    return next(format for format in FORMATS if format.sniff(data))
