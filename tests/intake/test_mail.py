"""Letters, alone and in a mailbox."""

import base64
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import InputError
from onrecord.intake import reports_in
from onrecord.intake.mail import _lead_back, _unbase, _unquote
from onrecord.record import Report, Span

HEAD = b"""Received: by 192.0.2.1 with SMTP
From: "Ana Vega" <ana@news.example>
To: desk@news.example
Subject: =?utf-8?q?Caf=C3=A9_truce?=
Date: Wed, 06 Mar 2019 08:00:00 +0100
Message-ID: <1@news.example>
MIME-Version: 1.0
"""


def test_a_letter_keeps_its_fields_and_its_text(only, kinds, came_from):
    data = HEAD + b"Content-Type: text/plain; charset=iso-8859-1\n\nThe mayor of Z\xfcrich said no.\n"
    report = only(data, "a.eml")
    assert (report.format, report.headline, report.byline) == ("mail", "Café truce", "Ana Vega")
    assert report.first_created == "2019-03-06T08:00:00+01:00"
    assert report.metadata["to"] == "desk@news.example"
    assert kinds(report) == [("headline", "Café truce"), ("body", "The mayor of Zürich said no.")]
    assert came_from(report, data, "Zürich") == b"Z\xfcrich"
    assert came_from(report, data, "Café truce") == b"=?utf-8?q?Caf=C3=A9_truce?="


def test_quoted_printable_and_base64_lead_back_to_what_was_sent(only, came_from):
    quoted = HEAD + b"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n"
    quoted += b"The mayor of Z=C3=BCrich said =\nno.\n"
    report = only(quoted)
    assert came_from(report, quoted, "Zürich") == b"Z=C3=BCrich"
    assert came_from(report, quoted, "said no") == b"said =\nno"
    text = base64.encodebytes("The mayor of Zürich said no.".encode())
    based = HEAD + b"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n" + text
    report = only(based)
    assert "or of Zürich s" in base64.b64decode(came_from(report, based, "or of Zürich s")).decode()
    assert len(came_from(report, based, "or of Zürich s")) <= 4 * 6


def test_of_alternatives_the_plain_one_is_read_and_attachments_are_not(only, kinds):
    data = (
        HEAD
        + b"""Content-Type: multipart/mixed; boundary="b1"

--b1
Content-Type: multipart/alternative; boundary=b2

--b2
Content-Type: text/html

<p>The mayor said <b>no</b> in HTML.</p>
--b2
Content-Type: text/plain

The mayor said no.
--b2--
--b1
Content-Type: text/plain
Content-Disposition: attachment; filename=x.txt

Attached words.
--b1--
"""
    )
    assert kinds(only(data))[1:] == [("body", "The mayor said no.")]
    html = data.replace(b"Content-Type: text/plain\n\nThe mayor said no.\n", b"Content-Type: image/png\n\nx\n")
    assert kinds(only(html))[1:] == [("body", "The mayor said no in HTML.")]


def test_a_letter_without_text_is_refused(only):
    with pytest.raises(InputError, match="letter without text"):
        only(HEAD + b"Content-Type: image/png\n\nx")


def test_alternatives_within_alternatives_are_read_once(only):
    data = HEAD
    for depth in range(18):
        data += b"Content-Type: multipart/alternative; boundary=b%d\n\n--b%d\n" % (depth, depth)
    start = time.process_time()
    assert only(data + b"Content-Type: text/plain\n\nThe mayor said no.\n").text.endswith("The mayor said no.")
    assert time.process_time() - start < 2


def test_a_letter_whose_parts_are_nowhere_is_refused(only):
    with pytest.raises(InputError, match="letter without text"):
        only(HEAD + b'Content-Type: multipart/mixed; boundary="b1"\n\nThe mayor said no.\n')


def test_a_mailbox_gives_each_letter_as_an_original_of_its_own():
    letter = HEAD + b"\nThe mayor said no, number %d.\n\n"
    data = b"From ana Wed Mar  6 08:00:00 2019\n" + letter % 1 + b"From ana Wed Mar  6 09:00:00 2019\n" + letter % 2
    first, second = reports_in(data, uri="box")
    assert (first.uri, second.uri) == ("box!1", "box!2")
    assert first.digest != second.digest
    assert second.text.endswith("number 2.")


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40), st.sampled_from(["qp", "base64"]))
def test_every_character_leads_back_to_the_bytes_that_say_it(text, coding):
    import quopri

    sent = quopri.encodestring(text.encode()) if coding == "qp" else base64.encodebytes(text.encode())
    decoded, runs = (_unquote if coding == "qp" else _unbase)(sent, 0)
    source, encoding = _lead_back(decoded, runs, "utf-8")
    if encoding != "utf-8":
        return  # bytes that look like UTF-16: another reading, as for a file
    assert source.text == decoded.decode("utf-8", "replace")
    report = Report(uri="x", digest="", text=source.text, pieces=source.pieces)
    for at, character in enumerate(source.text):
        start, end = report.source_of(Span(at, at + 1))
        assert 0 <= start <= end <= len(sent)
        if coding == "qp" and character not in "\r\n":
            assert quopri.decodestring(sent[start:end]).decode() == character
