"""Whatever a file holds, it gives reports or InputError, and every report holds together."""

import importlib.util
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.errors import InputError
from onrecord.intake import reports_in

HERE = Path(__file__).parent


def _samples():
    """The files that the tests of the formats write, found by their names in capitals."""
    found = {}
    for path in sorted(HERE.glob("test_*.py")):
        if path.stem in ("test_any_bytes", "test_html", "test_text", "test_refusal"):
            continue
        spec = importlib.util.spec_from_file_location(f"sample_{path.stem}", path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        found |= {f"{path.stem}.{name}": value for name, value in vars(module).items() if isinstance(value, bytes)}
    return found


SAMPLES = _samples()
MARKS = (
    b"<",
    b">",
    b"&",
    b'"',
    b"\\ud800",
    b"\xff\xfe",
    b"\x00",
    b"\n\n",
    b"=?utf-8?b?",
    b"{",
    b"\x01",
    b"\x02",
    b"]]>",
)


def _look(data: bytes) -> None:
    try:
        reports = list(reports_in(data, uri="x"))
    except InputError:
        return
    for report in reports:
        at = 0
        for start, end, source_start, source_end in report.pieces:
            assert start == at < end
            assert 0 <= source_start <= source_end
            assert (source_end - source_start) % (end - start) == 0
            at = end
        assert at == len(report.text)
        assert report.text.encode().decode() == report.text
        assert all(part.span.end <= len(report.text) for part in report.parts)


def test_there_is_a_sample_of_most_formats():
    assert len(SAMPLES) >= 9


@pytest.mark.parametrize("name", SAMPLES)
def test_a_spoilt_file_gives_reports_or_a_refusal(name):
    chance = random.Random(name)
    for _ in range(25):
        data = bytearray(SAMPLES[name])
        for _ in range(chance.choice((1, 4, 16))):
            at = chance.randrange(len(data) + 1)
            change = chance.randrange(4)
            if change == 0:
                data[at : at + 1] = bytes((chance.randrange(256),))
            elif change == 1:
                del data[at : at + chance.randrange(1, 80)]
            elif change == 2:
                data[at:at] = chance.choice(MARKS)
            else:
                data[at:at] = data[chance.randrange(len(data) + 1) :][: chance.randrange(1, 80)]
        _look(bytes(data))


HEADS = (
    *(
        b"",
        b"<rss>",
        b"<nitf>",
        b"<NewsML>",
        b"<newsItem>",
        b"PK\x03\x04",
        b"\x1f\x8b",
        b"BZh",
        b"WARC/1.0\r\n",
        b"%PDF-",
    ),
    *(
        b"{",
        b"[",
        b"ZCZC ",
        b"\x01a0001\n\x02",
        b"From a\nFrom: b\n",
        b"From: a\nDate: b\nSubject: c\n",
        b"text,title\n",
    ),
)


@given(st.sampled_from(HEADS), st.binary(max_size=200))
@settings(max_examples=150, deadline=None)
def test_any_bytes_after_any_head_give_reports_or_a_refusal(head, data):
    _look(head + data)
