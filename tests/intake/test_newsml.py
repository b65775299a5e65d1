"""NewsML-G2 and NewsML 1."""

import pytest

from onrecord.errors import InputError
from onrecord.intake import reports_in

G2 = """<?xml version="1.0"?><newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>
<newsItem guid="tag:x:1" version="4" xml:lang="en"><rightsInfo><copyrightNotice>© Example</copyrightNotice></rightsInfo>
<itemMeta><itemClass qcode="ninat:text"/><provider literal="Example News"/>
<versionCreated>2019-03-06T10:00:00Z</versionCreated>
<firstCreated>2019-03-06T08:00:00Z</firstCreated><embargoed>2019-03-07T00:00:00Z</embargoed>
<pubStatus qcode="stat:withheld"/><edNote>Corrects the mayor's name.</edNote></itemMeta>
<contentMeta><urgency>3</urgency><slugline>TRUCE/LIMA</slugline><headline>No truce</headline><by>By Ana Vega</by>
<language tag="en"/><subject qcode="medtop:1"><name>ports</name></subject></contentMeta>
<contentSet><inlineXML contenttype="application/xhtml+xml">
<html xmlns="http://www.w3.org/1999/xhtml">
<head><title>T</title></head>
<body><p>LIMA, March 6 (ENA) - The mayor said &quot;no&quot;.</p><p>Nobody was hurt.</p></body></html>
</inlineXML></contentSet>
</newsItem>
<newsItem guid="tag:x:2" version="1"><itemMeta><itemClass qcode="ninat:picture"/></itemMeta>
<contentMeta><headline>Ships</headline><description role="drol:caption">Ships at
   anchor.</description></contentMeta><contentSet><remoteContent href="x.jpg"/></contentSet></newsItem>
</itemSet></newsMessage>""".encode()


def test_each_news_item_is_a_report_with_its_wire_fields(kinds, came_from):
    text, picture = reports_in(G2, uri="m.xml")
    assert (text.uri, text.format) == ("m.xml#1", "newsml-g2")
    assert (text.headline, text.byline, text.provider) == ("No truce", "Ana Vega", "Example News")
    assert (text.version, text.language) == ("4", "en")
    assert (text.first_created, text.version_created) == ("2019-03-06T08:00:00Z", "2019-03-06T10:00:00Z")
    assert text.metadata == {
        "class": "ninat:text",
        "ednote": "Corrects the mayor's name.",
        "embargo": "2019-03-07T00:00:00Z",
        "guid": "tag:x:1",
        "rights": "© Example",
        "slug": "TRUCE/LIMA",
        "status": "stat:withheld",
        "subject": "ports",
        "urgency": "3",
    }
    assert kinds(text) == [
        ("headline", "No truce"),
        ("byline", "By Ana Vega"),
        ("dateline", "LIMA, March 6 (ENA) -"),
        ("body", 'The mayor said "no".'),
        ("body", "Nobody was hurt."),
        ("note", "Corrects the mayor's name."),
    ]
    assert came_from(text, G2, 'said "no"') == b"said &quot;no&quot;"
    assert kinds(picture) == [("headline", "Ships"), ("caption", "Ships at anchor.")]


@pytest.mark.parametrize("kind", ["packageItem", "conceptItem", "knowledgeItem", "planningItem", "catalogItem"])
def test_an_item_that_carries_no_news_is_named_in_the_refusal(kind):
    with pytest.raises(InputError, match=f"NewsML-G2 {kind.lower()}"):
        list(reports_in(f"<{kind} guid='x'><itemMeta/></{kind}>".encode(), uri="x.xml"))


NEWSML = b"""<?xml version="1.0" encoding="utf-8"?><NewsML Version="1.2">
<NewsEnvelope><DateAndTime>20190306T090000Z</DateAndTime><Priority FormalName="2"/></NewsEnvelope>
<NewsItem><Identification><NewsIdentifier><ProviderId>ena.example</ProviderId><NewsItemId>7</NewsItemId>
<RevisionId PreviousRevision="1" Update="A">2</RevisionId>
<PublicIdentifier>urn:newsml:ena:7:2</PublicIdentifier></NewsIdentifier>
<NameLabel>Lima-TRUCE</NameLabel></Identification>
<NewsManagement><NewsItemType FormalName="News"/><FirstCreated>20190306T080000Z</FirstCreated>
<ThisRevisionCreated>20190306T085500Z</ThisRevisionCreated><Status FormalName="Embargoed"/><Urgency FormalName="1"/>
<Instruction FormalName="Update"/></NewsManagement>
<NewsComponent><NewsLines><HeadLine>No truce</HeadLine><DateLine>LIMA, March 6, 2019 (ENA) -</DateLine></NewsLines>
<NewsComponent><Role FormalName="Main"/>
<DescriptiveMetadata><Language FormalName="en"/></DescriptiveMetadata>
<ContentItem><DataContent><p>The mayor said no &amp; left.</p><p>Nobody was hurt.</p></DataContent></ContentItem>
</NewsComponent>
<NewsComponent><Role FormalName="Caption"/>
<ContentItem><DataContent><p>Ships at anchor.</p></DataContent></ContentItem>
</NewsComponent></NewsComponent></NewsItem></NewsML>"""


def test_a_newsml_1_item_keeps_its_revision_status_and_captions(only, kinds, came_from):
    report = only(NEWSML)
    assert (report.format, report.headline, report.version) == ("newsml-1", "No truce", "2")
    assert (report.first_created, report.version_created) == ("2019-03-06T08:00:00Z", "2019-03-06T08:55:00Z")
    assert report.language == "en"
    assert {
        k: report.metadata[k] for k in ("urgency", "status", "slug", "previous version", "update", "instruction")
    } == {
        "urgency": "1",
        "status": "Embargoed",
        "slug": "Lima-TRUCE",
        "previous version": "1",
        "update": "A",
        "instruction": "Update",
    }
    assert kinds(report) == [
        ("headline", "No truce"),
        ("dateline", "LIMA, March 6, 2019 (ENA) -"),
        ("body", "The mayor said no & left."),
        ("body", "Nobody was hurt."),
        ("caption", "Ships at anchor."),
    ]
    assert came_from(report, NEWSML, "no & left") == b"no &amp; left"
