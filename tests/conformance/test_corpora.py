"""Every wire report and news page beside the repository is read: no error, no warning, nothing on any stream."""

import gzip
import html
import logging
import re
from pathlib import Path

import pytest

from onrecord.intake import open_reports, reports_in

DATA = Path(__file__).parents[3] / "shared" / "data"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not DATA.exists(), reason="needs ../shared, which is not part of the repository"),
]


def shown(markup):
    """The words of a stretch of markup, run together."""
    text = re.sub(r"<!--.*?-->|<(script|style|svg|noscript)\b.*?</\1>|<[^>]*>", "", markup, flags=re.DOTALL)
    return re.sub(r"\W", "", html.unescape(text))


def test_all_wire_reports_are_read_and_lead_back(capfd, caplog):
    files = sorted((DATA / "reports").glob("*.txt"))
    reports = list(open_reports(*files))
    assert len(reports) >= len(files) > 1000
    assert sum(bool(report.dateline) for report in reports) >= 470
    for report in reports:
        assert any(part.kind == "body" for part in report.parts), report.uri
        if report.format == "text":
            data = Path(report.uri).read_bytes()
            for part in report.parts[:8]:
                start, end = report.source_of(part.span)
                assert re.sub(r"\W", "", data[start:end].decode()) == re.sub(r"\W", "", report.words(part.span))
    assert capfd.readouterr() == ("", "")
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []


def test_all_news_pages_are_read_and_lead_back(capfd, caplog):
    files = sorted((DATA / "formats" / "html").glob("*/*.html.gz"))
    assert len(files) >= 50
    for path in files:
        data = gzip.decompress(path.read_bytes())
        (report,) = reports_in(data, uri=path.name)
        assert sum(part.kind == "body" for part in report.parts) >= 3
        assert report.headline
        assert report.dating
        for part in report.parts:
            start, end = report.source_of(part.span)
            assert re.sub(r"\W", "", report.words(part.span))[:40] in shown(data[start:end].decode()), path.name
    assert capfd.readouterr() == ("", "")
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []
