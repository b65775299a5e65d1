"""Plain text: one report a file, in any encoding."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from onrecord.clean import build_report, decode_source
from onrecord.intake.refusal import refuse_bytes, refuse_text
from onrecord.record import Report


def sniff(data: bytes) -> bool:
    """Anything may be text: this format is tried last."""
    return True


def reports(data: bytes, *, uri: str, date: str | None = None) -> Iterator[Report]:
    """The report in `data`. Raises InputError where it is no text, or no words."""
    refuse_bytes(data, uri)
    source, encoding = decode_source(data)
    refuse_text(data, source.text, encoding, uri)
    yield build_report(source, uri=uri, digest=hashlib.sha256(data).hexdigest(), encoding=encoding, date=date)
