"""RSS and Atom."""

from onrecord.intake import reports_in

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Example News</title><language>en-GB</language><link>https://news.example/</link>
<item>
  <title>Harbour talks &amp; a truce</title>
  <link>https://news.example/1</link><guid>n1</guid><dc:creator>Ana Vega</dc:creator>
  <pubDate>Wed, 06 Mar 2019 08:00:00 +0100</pubDate><category>ports</category>
  <description>&lt;p&gt;Caf&amp;eacute; owners said they would wait.&lt;/p&gt;&lt;p&gt;They did.&lt;/p&gt;</description>
</item>
<item>
  <title>Second</title>
  <description>short</description>
  <content:encoded><![CDATA[<p>The mayor said <b>“no”</b> to the plan.</p>
  <script>var x = "nothing";</script>]]></content:encoded>
</item>
</channel></rss>""".encode()


def test_each_item_is_a_report_with_what_its_fields_say(kinds):
    first, second = reports_in(RSS, uri="feed.xml")
    assert (first.uri, second.uri) == ("feed.xml#1", "feed.xml#2")
    assert first.format == "rss"
    assert first.headline == "Harbour talks & a truce"
    assert (first.byline, first.provider, first.language) == ("Ana Vega", "Example News", "en")
    assert first.first_created == "2019-03-06T08:00:00+01:00"
    assert first.dating.value.startswith("2019-03-06")
    assert first.metadata == {"guid": "n1", "subject": "ports", "url": "https://news.example/1"}
    assert kinds(first)[1:] == [("body", "Café owners said they would wait."), ("body", "They did.")]
    assert kinds(second)[1:] == [("body", "The mayor said “no” to the plan.")]


def test_escaped_html_leads_back_to_its_bytes(came_from):
    first, second = reports_in(RSS, uri="feed.xml")
    assert came_from(first, RSS, "Café owners") == b"Caf&amp;eacute; owners"
    assert came_from(first, RSS, "talks & a truce") == b"talks &amp; a truce"
    assert came_from(second, RSS, "“no”").decode() == "“no”"


ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr"><title>Dépêches</title>
<entry><title type="html">Tr&amp;ecirc;ve</title><id>urn:1</id><updated>2019-03-06T08:00:00Z</updated>
<link rel="alternate" href="https://news.example/1"/><author><name>Ana Vega</name></author>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Les pourparlers<br/>reprennent.</p></div></content>
</entry></feed>""".encode()


def test_an_atom_entry_keeps_its_xhtml_and_its_language(only, kinds, came_from):
    report = only(ATOM)
    assert report.format == "atom"
    assert kinds(report) == [("headline", "Trêve"), ("body", "Les pourparlers"), ("body", "reprennent.")]
    assert report.language == "fr"
    assert report.byline == "Ana Vega"
    assert report.metadata["url"] == "https://news.example/1"
    assert came_from(report, ATOM, "Trêve") == b"Tr&amp;ecirc;ve"


def test_base64_leads_back_to_the_whole_of_it(only, came_from):
    data = b'<feed version="0.3"><entry><title mode="base64" type="text/html">VHJ1Y2UgaG9sZHM=</title></entry></feed>'
    assert only(data).headline == "Truce holds"
    assert came_from(only(data), data, "T") == b"VHJ1Y2UgaG9sZHM="


def test_wordpress_text_without_tags_is_cut_at_its_empty_lines(only, kinds):
    data = b"""<rss><channel><item><title>T</title><description><![CDATA[One <b>bold</b> word here.

Two words.]]></description></item></channel></rss>"""
    assert kinds(only(data))[1:] == [("body", "One bold word here."), ("body", "Two words.")]
