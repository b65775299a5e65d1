"""What each format's tests ask: do words of a report lead back to the bytes that say them?"""

from collections.abc import Callable

import pytest

from onrecord.intake import reports_in
from onrecord.record import Report, Span


def bytes_of(report: Report, data: bytes, words: str) -> bytes:
    """The bytes of the original that `words`, which stand once in the report, came from."""
    assert report.text.count(words) == 1, f"{words!r} stands {report.text.count(words)} times in {report.text!r}"
    start = report.text.index(words)
    source_start, source_end = report.source_of(Span(start, start + len(words)))
    return data[source_start:source_end]


@pytest.fixture(scope="session")
def came_from() -> Callable[[Report, bytes, str], bytes]:
    """`bytes_of`."""
    return bytes_of


@pytest.fixture(scope="session")
def only() -> Callable[..., Report]:
    """The only report in some bytes."""

    def read(data: bytes, uri: str = "file") -> Report:
        (report,) = reports_in(data, uri=uri)
        return report

    return read


@pytest.fixture(scope="session")
def kinds() -> Callable[[Report], list[tuple[str, str]]]:
    """The parts of a report: what each is, and its words."""
    return lambda report: [(part.kind, report.words(part.span)) for part in report.parts]
