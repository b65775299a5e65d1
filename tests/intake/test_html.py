"""What is read of a saved web page, and where each word of it stands in the file."""

import html
import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.clean import decode_source
from onrecord.intake import article, reports_in
from onrecord.intake.markup import walk

FIRST = "Envoys of the two sides met in the old town hall on Wednesday and left after three hours without a word."
SECOND = "Neither side would say whether the talks go on, and the mediator&#8217;s office gave no date &amp; no place."
THIRD = "“We will not sign,” <b>Ana Vega</b>, who leads one of the two delegations, said as she left the hall at night."

LINKED = {
    "@context": "https://schema.org",
    "@graph": [
        {"@type": "WebSite", "name": "Example"},
        {
            "@type": "NewsArticle",
            "headline": "Talks end without a word",
            "datePublished": "2024-02-21T18:05:00+02:00",
            "dateModified": "2024-02-21T20:00:00+02:00",
            "author": [{"@type": "Person", "name": "Ana Vega and Jo Berg"}],
            "publisher": {"@type": "Organization", "name": "Example News"},
        },
    ],
}


def page(body=None, head=""):
    body = (
        body
        or f"""
      <nav><ul><li><a href="/">Home</a></li><li><a href="/world">World news of the day</a></li></ul></nav>
      <main><article>
        <h1>Talks end without
            a word</h1>
        <figure><img src="x.jpg"><figcaption><span class="caption">People wait outside the hall in Lima.</span>
          <span class="credit">(Ana Vega/ABC via Wire)</span></figcaption></figure>
        <p>LIMA, Feb. 21 (Wire) -- {FIRST}</p>
        <p>{SECOND}</p>
        <script>var tracked = "The envoys met";</script>
        <h2>No date for another round</h2>
        <p>{THIRD}</p>
        <p><a href="/other">Envoys meet for the third time in Lima</a></p>
        <p>{FIRST.replace("three", "four")}</p>
      </article></main>
      <footer><p>Copyright 2024 Example News. All rights reserved by the company that owns it.</p></footer>"""
    )
    return f"<!DOCTYPE html>\n<html lang='en-GB'><head><meta charset='utf-8'>{head}</head><body>{body}</body></html>"


def read(text, **options):
    (report,) = reports_in(text.encode(), uri=options.pop("uri", "page.html"), **options)
    return report


def words(report, kind):
    return [report.words(part.span) for part in report.parts if part.kind == kind]


def test_the_article_is_read_and_menus_scripts_and_footers_are_not():
    report = read(page())
    assert report.format == "html"
    assert words(report, "headline") == ["Talks end without a word"]
    assert words(report, "dateline") == ["LIMA, Feb. 21 (Wire) --"]
    assert words(report, "body") == [
        FIRST,
        html.unescape(SECOND),
        "No date for another round",
        re.sub("<.*?>", "", THIRD),
        FIRST.replace("three", "four"),
    ]
    assert "Home" not in report.text
    assert "tracked" not in report.text
    assert "All rights reserved by" not in report.text


def test_captions_and_credits_are_kept_apart():
    report = read(page())
    assert words(report, "caption") == ["People wait outside the hall in Lima."]
    assert words(report, "credit") == ["(Ana Vega/ABC via Wire)"]
    (caption,) = report.captions
    assert (caption.credit.photographer, caption.credit.agency, caption.credit.via) == ("Ana Vega", "ABC", "Wire")


def test_a_link_to_another_report_is_no_prose():
    assert words(read(page()), "note") == ["Envoys meet for the third time in Lima"]


def test_each_part_leads_back_to_its_place_in_the_page():
    data = page().encode()
    (report,) = reports_in(data, uri="page.html")
    for part in report.parts:
        start, end = report.source_of(part.span)
        written = re.sub(r"<[^>]*>", "", data[start:end].decode())
        assert " ".join(html.unescape(written).split()) == report.words(part.span)


def test_the_pages_own_metadata_is_read_json_ld_first():
    head = f"""<title>Talks end without a word | Example News</title>
      <meta property="og:title" content="Talks end without a word - World | Example">
      <meta property="og:site_name" content="Example"><meta name="author" content="https://example.org/ana">
      <script type="application/ld+json">{json.dumps(LINKED)}</script>"""
    report = read(page(head=head))
    assert report.headline == "Talks end without a word"
    assert report.byline == "Ana Vega, Jo Berg"
    assert report.first_created == "2024-02-21T18:05:00+02:00"
    assert report.version_created == "2024-02-21T20:00:00+02:00"
    assert report.provider == "Example News"
    assert report.language == "en"
    assert (report.dating.value, report.dating.origin, report.dating.weekday) == (
        "2024-02-21T18:05:00+02:00",
        "metadata",
        True,
    )


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:published_time" content="2024-02-21T18:05:00Z"><meta name="byl" content="Ana Vega">',
        '<meta name="DC.date.issued" content="2024-02-21 18:05:00Z"><meta name="byl" content="Ana Vega">',
        '<meta itemprop="datePublished" content="2024-02-21T18:05:00Z"><meta name="parsely-author" content="Ana Vega">',
    ],
)
def test_meta_tags_serve_where_there_is_no_json_ld(head):
    report = read(page(head=head))
    assert (report.first_created, report.byline) == ("2024-02-21T18:05:00Z", "Ana Vega")


def test_a_time_element_dates_a_page_without_other_metadata():
    time = '<time datetime="2024-02-21">Wednesday</time>'
    body = f"<article><h1>Talks end</h1>{time}<p>{FIRST}</p><p>{SECOND}</p></article>"
    assert read(page(body)).first_created == "2024-02-21"


def test_an_article_in_several_containers_is_read_whole_where_the_extractor_takes_one(monkeypatch):
    box = "<div class='box'><div class='inner'>{}</div></div><div class='ad'><p>{}</p></div>"
    block = "".join(f"<p>{FIRST.replace('three', n)}</p>" for n in ("four", "five", "six", "seven"))
    source, _ = decode_source(page(box.format(block, SECOND) + box.format(f"<p>{FIRST}</p><p>Short.</p>", "")).encode())
    found = walk(source.text)
    monkeypatch.setattr(article, "_by_extractor", lambda text, page: set(range(4)))
    chosen = [group for group in article.choose_article(source, found) if group.chosen]
    assert [article.read_group(source, group.runs).text for group in chosen][-2:] == [
        FIRST.replace("three", "seven"),
        FIRST,
    ]
    assert len(chosen) == 5


def test_a_page_that_the_extractor_finds_nothing_in_gives_its_paragraphs_outside_menus(monkeypatch):
    monkeypatch.setattr(article, "_by_extractor", lambda text, page: set())
    report = read(page())
    assert FIRST in words(report, "body")
    assert "World news of the day" not in report.text


def test_line_breaks_make_lines_and_two_of_them_paragraphs():
    report = read(
        page(f"<div><h1>Talks end</h1><div>{FIRST}<br><br>{SECOND}<br>{FIRST.replace('three', 'four')}</div></div>")
    )
    assert len(words(report, "body")) == 2


def test_a_page_in_another_encoding_is_read_as_it_declares():
    text = page().replace("utf-8", "iso-8859-1").replace("“", "«").replace("”", "»").replace("Lima", "Málaga")
    (report,) = reports_in(text.encode("latin-1"), uri="page.html")
    assert report.encoding == "cp1252"
    assert "Málaga" in report.text


WORDS = st.text(alphabet="abc é€&<>'\"“”\u00a0\u00ad😀—;#\n\t", min_size=1, max_size=30)


@given(st.lists(WORDS, min_size=1, max_size=4), st.booleans())
@settings(deadline=None, max_examples=40)
def test_whatever_a_page_says_each_word_of_it_leads_back_to_its_bytes(said, named):
    def write(text):
        return (
            html.escape(text)
            if not named
            else "".join(f"&#{ord(c)};" if c in "é€<&—" else html.escape(c) for c in text)
        )

    data = page("<article><h1>Talks end</h1>" + "".join(f"<p>{FIRST} {write(s)} <b>x</b></p>" for s in said)).encode()
    (report,) = reports_in(data, uri="page.html")
    for part in report.parts:
        start, end = report.source_of(part.span)
        written = html.unescape(re.sub(r"<[^>]*>", "", data[start:end].decode())).replace("\u00ad", "")
        assert " ".join(written.split()) == " ".join(report.words(part.span).split())


TAGS = [
    *("<p>", "</p>", "<div class='a b'>", "</div>", "<br>", "<", ">", "&amp;", "&", "a < b", "<script>", "</script>"),
    *("<!--", "-->", "words here ", "<b>", "</b>", '<a href="x>y">', "'", '"', "<li", "é", "\n", "<h1>", "</h1>"),
    *("<figcaption>", "</figcaption>", "<![CDATA[", "]]>", "<title>", "</title>"),
]


@given(st.lists(st.sampled_from(TAGS), max_size=40).map("".join))
@settings(deadline=None)
def test_any_string_of_tags_can_be_walked_and_its_runs_are_in_order(text):
    at = 0
    for run in walk(text).runs:
        assert at <= run.start < run.end <= len(text)
        assert text[run.start : run.end].strip()
        at = run.end
