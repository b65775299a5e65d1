"""PDF (with the extra `pdf`): one report a file, each page leading back to the object that holds it."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from onrecord.clean import Sourced, join, stand_in
from onrecord.errors import InputError
from onrecord.intake.drafts import Draft, build_reports
from onrecord.record import Report

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader  # type: ignore[import-not-found,unused-ignore]

MOST_PAGES = 500
"""Pages of a file. A report has a few; a book of 500 is no report."""

_HYPHEN = re.compile(r"(?<=[a-z])-\n(?=[a-z])")


def sniff(data: bytes) -> bool:
    """Whether the bytes are a PDF's."""
    return b"%PDF-" in data[:1024]


def reports(data: bytes, *, uri: str, date: str | None = None) -> Iterator[Report]:
    """The report in the file. Raises InputError where there is no text, or the extra is not installed."""
    try:
        from pypdf import PdfReader  # type: ignore[import-not-found,unused-ignore]
        from pypdf.errors import PyPdfError  # type: ignore[import-not-found,unused-ignore]
    except ImportError as error:
        raise InputError(uri, "is a PDF, which needs the extra `pdf`", "pip install 'onrecord[pdf]'") from error
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it says of damage would go to standard error
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise InputError(uri, "is locked with a password", "save it without one")
        if len(reader.pages) > MOST_PAGES:
            raise InputError(uri, f"has more than {MOST_PAGES} pages", "give the pages of the report")
        pages = [_page(page, reader, data) for page in reader.pages]
        about = {key.lstrip("/"): str(value) for key, value in (reader.metadata or {}).items()}
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError, OSError) as error:
        raise InputError(uri, f"is a damaged PDF ({error})", "open and save it anew") from error
    text = join(pages)
    if not text.text.strip():
        raise InputError(uri, "is a PDF without text (a picture of pages)", "give one with text in it")
    draft = Draft(metadata={}, published=_day(about.get("CreationDate", "")))
    for key in ("Title", "Author", "Subject", "Producer"):
        draft.note(key.lower(), about.get(key))
    draft.add(text, None)
    yield from build_reports([draft], data, uri=uri, format="pdf", date=date, encoding=None)


def _page(page: PageObject, reader: PdfReader, data: bytes) -> Sourced:
    """The text of a page; its first character stands for the bytes of the object that the page is drawn by."""
    text = page.extract_text().encode("utf-8", "replace").decode("utf-8")
    start, end = _object(page, reader, data)
    return stand_in(_HYPHEN.sub("", text).strip() + "\n\n", start, end)


def _object(page: PageObject, reader: PdfReader, data: bytes) -> tuple[int, int]:
    contents = page.raw_get("/Contents") if "/Contents" in page else page.indirect_reference
    first = contents[0] if isinstance(contents, list) and contents else contents
    number = getattr(first, "idnum", None) or getattr(page.indirect_reference, "idnum", 0)
    start = next((offsets[number] for offsets in reader.xref.values() if number in offsets), 0)
    end = data.find(b"endobj", start)
    return start, end + 6 if end >= 0 else len(data)


def _day(value: str) -> str | None:
    match = re.match(r"D:(\d{4})(\d\d)(\d\d)", value)
    return "-".join(match.groups()) if match else None
