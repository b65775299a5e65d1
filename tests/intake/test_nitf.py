"""NITF."""

import pytest

from onrecord.errors import InputError

NITF = """<?xml version="1.0" encoding="iso-8859-1"?>
<!DOCTYPE nitf SYSTEM "nitf-3-4.dtd">
<nitf baselang="en-US"><head><title>Slug title</title>
<meta name="anpa-takekey" content="1st Lead"/>
<docdata management-status="embargoed"><urgency ed-urg="2"/><date.issue norm="20190306T080000Z"/>
<doc-id regsrc="ENA" id-string="x1"/>
<ed-msg info="ADDS details"/><du-key key="Truce-Lima" version="3"/></docdata></head>
<body><body.head><hedline><hl1>No truce in Lima</hl1><hl2>Harbour shut</hl2></hedline>
<note><p>Eds: recasts throughout.</p></note>
<byline>By Ana Vega<byttl>Staff writer</byttl></byline>
<dateline>
<location>LIMA, Peru</location></dateline></body.head>
<body.content><p>The caf\xe9s stayed shut, the mayor&#8217;s office said.</p>
<media media-type="image"><media-caption>Ships at anchor.</media-caption>
<media-producer>A. Person</media-producer></media>
<p>Nobody was hurt.</p></body.content>
<body.end><tagline>Editing by B. Other</tagline></body.end></body></nitf>""".encode("latin-1")


def test_a_file_keeps_its_wire_fields(only):
    report = only(NITF)
    assert report.format == "nitf"
    assert report.headline == "No truce in Lima"
    assert report.byline == "Ana Vega"
    assert (report.provider, report.version, report.language) == ("ENA", "3", "en")
    assert report.first_created == "2019-03-06T08:00:00Z"
    assert report.metadata == {
        "ednote": "ADDS details",
        "guid": "x1",
        "slug": "Truce-Lima",
        "status": "embargoed",
        "take": "1st Lead",
        "urgency": "2",
    }


def test_its_parts_are_what_it_says_they_are(only, kinds):
    assert kinds(only(NITF)) == [
        ("headline", "No truce in Lima"),
        ("headline", "Harbour shut"),
        ("byline", "By Ana Vega"),
        ("byline", "Staff writer"),
        ("note", "Eds: recasts throughout."),
        ("dateline", "LIMA, Peru"),
        ("body", "The cafés stayed shut, the mayor’s office said."),
        ("body", "Nobody was hurt."),
        ("caption", "Ships at anchor."),
        ("credit", "A. Person"),
        ("note", "Editing by B. Other"),
    ]


def test_words_lead_back_over_entities_and_single_byte_letters(only, came_from):
    report = only(NITF)
    assert came_from(report, NITF, "cafés") == "cafés".encode("latin-1")
    assert came_from(report, NITF, "mayor’s") == b"mayor&#8217;s"


def test_a_dateline_that_no_rule_knows_is_the_place_that_the_format_says(only):
    report = only(NITF.replace(b"LIMA, Peru", b"on board ship"))
    assert report.dateline is not None
    assert report.words(report.dateline.span) == "on board ship"


def test_a_dateline_that_the_text_says_again_and_in_full_is_read_there(only):
    report = only(NITF.replace(b"<p>The caf", b"<p>LIMA, Peru (ENA) - The caf"))
    assert report.words(report.dateline.span) == "LIMA, Peru (ENA) -"
    assert [report.words(place) for place in report.dateline.places] == ["LIMA", "Peru"]
    assert report.text.count("LIMA") == 1


def test_places_are_told_from_the_day_after_them(only):
    report = only(NITF.replace(b"LIMA, Peru", b"on board ship, Callao, March 6"))
    assert [report.words(place) for place in report.dateline.places] == ["on board ship", "Callao"]


def test_a_file_without_text_is_refused(only):
    with pytest.raises(InputError, match="nitf without any text"):
        only(b"<nitf><head/><body/></nitf>")
