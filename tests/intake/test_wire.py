"""Wire copy: IPTC 7901, ANPA and telex."""

import pytest

from onrecord.errors import InputError
from onrecord.intake import reports_in

IPTC = (
    b"\x01ena062 2 i 211  ena 061\r\n\r\nPeru-talks/\r\n\x02No truce in Lima =\r\nBy Ana Vega, ena =\r\n\r\n"
    b"   Lima (ena) - The mayor said that the harbour would stay shut until\r\nFriday.\r\n\r\n   Nobody was hurt.\r\n"
    b"ena av bo\r\n\x03061137 GMT Mar 19\r\n"
)


def test_an_iptc_7901_message_keeps_its_head_and_its_hour(only, kinds, came_from):
    report = only(IPTC)
    assert (report.format, report.headline, report.byline) == ("iptc-7901", "No truce in Lima", "Ana Vega, ena")
    assert report.first_created == "2019-03-06T11:37:00Z"
    assert report.metadata == {
        "category": "i",
        "options": "ena 061",
        "sequence": "062",
        "service": "ena",
        "slug": "Peru-talks/",
        "urgency": "2",
        "word count": "211",
    }
    assert ("headline", "No truce in Lima") in kinds(report)
    assert came_from(report, IPTC, "No truce in Lima") == b"No truce in Lima"
    assert came_from(report, IPTC, "until\nFriday") == b"until\r\nFriday"


def test_a_head_without_control_characters_is_known_too(only):
    bare = IPTC.replace(b"\x01", b"").replace(b"\x02", b"").replace(b"\x03", b"")
    assert only(bare).metadata["urgency"] == "2"


ANPA = (
    b"\x16\x16\x01z6715\x1f-----\nr i\x13\x11 BC-PE--Truce 1stLd-Writethru   03-06 0500\r\n"
    b"\x02\x02^BC-PE--Truce, 1st Ld-Writethru,416<\r\n^No truce in Lima, mayor says<\r\n^AP Photo LIM101<\r\n"
    b"^Eds: UPDATES throughout.<\r\n^By ANA VEGA=\r\n^Example News=\r\n"
    b"^\t   LIMA, Peru (AP) _ The harbour stays shut, the mayor said.\r\n^\t   Nobody was hurt.\r\n"
    b"\x03\r\nAP-WF-03-06-19 0337GMT<\r\n\x04"
)


def test_an_anpa_message_keeps_its_take_and_its_editors_note(only, kinds, came_from):
    report = only(ANPA)
    assert (report.format, report.headline, report.byline) == ("anpa", "No truce in Lima, mayor says", "ANA VEGA")
    assert report.version == "1st Ld-Writethru"
    assert report.first_created == "2019-03-06T03:37:00Z"
    assert report.metadata == {
        "category": "i",
        "ednote": "UPDATES throughout.",
        "priority": "r",
        "sent": "03-06",
        "sequence": "6715",
        "service": "z",
        "slug": "BC-PE--Truce, 1st Ld-Writethru",
        "take": "1st Ld-Writethru",
        "word count": "0500",
    }
    assert ("note", "Eds: UPDATES throughout.") in kinds(report)
    assert [words for kind, words in kinds(report) if kind == "body"] == [
        "The harbour stays shut, the mayor said.",
        "Nobody was hurt.",
    ]
    assert came_from(report, ANPA, "Nobody was hurt.") == b"Nobody was hurt."


def test_messages_one_after_another_are_reports_of_one_file():
    first, second = reports_in(ANPA + ANPA.replace(b"6715", b"6716"), uri="wire.tst")
    assert (first.uri, second.uri) == ("wire.tst#1", "wire.tst#2")
    assert second.metadata["sequence"] == "6716"


def test_a_telex_message_ends_at_its_mark(only, kinds):
    data = b"ZCZC ABC007\nYY TDR\n:TRUCE :No truce in Lima\n    LIMA, March 6 ENA - The mayor said no.\n\nNNNN\nafter\n"
    report = only(data)
    assert (report.format, report.headline) == ("telex", "No truce in Lima")
    assert report.metadata == {"category": "YY TDR", "sequence": "ABC007", "slug": "TRUCE"}
    assert "after" not in report.text


def test_a_message_without_text_is_refused():
    with pytest.raises(InputError, match=r"no STX|without any text"):
        list(reports_in(b"\x01z6715-----\nr i BC 03-06 0500\n" + b"\x02\x03", uri="x"))
