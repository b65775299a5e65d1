"""What holds no report and is told so: XML of other kinds, ARC, R data."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.errors import InputError
from onrecord.intake.elements import root_name
from onrecord.record import Report

_MARKS = (
    (b"X\n\x00\x00\x00", "R data", "save the texts as JSONL or CSV"),
    (b"filedesc:", "an ARC, the forerunner of WARC", "turn it into a WARC (warcio recompress)"),
)
_XML = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:\?xml|!--|[A-Za-z_])")
_HTML = (
    *("html", "head", "body", "div", "article", "p", "section", "main", "meta", "title", "h1", "h2", "span", "table"),
    *("a", "br", "b", "i", "em", "strong", "ul", "ol", "figure", "img", "font", "center", "header", "link", "script"),
)
"""Elements that a web page, or a piece of one, opens with."""


def sniff(data: bytes) -> bool:
    """Whether the bytes are known for something else than a report."""
    return _kind(data) is not None


def reports(data: bytes, *, uri: str, date: str | None = None) -> Iterator[Report]:
    """None: InputError is raised, with what the file is."""
    kind, remedy = _kind(data) or ("no report", "give a report")
    raise InputError(uri, f"is {kind}", remedy)


def _kind(data: bytes) -> tuple[str, str] | None:
    for mark, kind, remedy in _MARKS:
        if data.startswith(mark):
            return kind, remedy
    root = root_name(data) if _XML.match(data) else ""
    if root and root not in _HTML:
        return (
            f"XML without reports, or of a kind not known (<{root}>)",
            "give a format of docs/formats.md, or its text",
        )
    return None
