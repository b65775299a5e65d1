"""Addresses that last: of a report, of a passage in it."""

from __future__ import annotations

import re

from onrecord.record import Span

_PASSAGE = re.compile(r"(\d{1,9})-(\d{1,9})", re.ASCII)


def report_address(digest: str, uri: str, span: Span | None = None) -> str:
    """Where a report is shown; with `span`, with those words marked, at them.

    A report is named by the digest of its original and, where that holds several, by its number there: what follows
    a last `#` in its uri.
    """
    number = re.search(r"#(\d+)$", uri, re.ASCII) if "#" in uri else None
    asked = [f"n={number[1]}"] if number else []
    if span:
        asked.append(f"at={span.start}-{span.end}")
    return f"/report/{digest}" + (f"?{'&'.join(asked)}" if asked else "") + ("#words-at" if span else "")


def passage_of(value: str | None, length: int) -> Span | None:
    """The span that `at=start-end` names in a text of that length; None where it names none."""
    found = _PASSAGE.fullmatch(value or "")
    start, end = (int(found[1]), int(found[2])) if found else (0, 0)
    return Span(start, end) if start < end <= length else None
