"""Exports of Nexis and Factiva, and Word documents."""

import io
import zipfile

import pytest

from onrecord.errors import InputError
from onrecord.intake import reports_in

NEXIS_HTML = b"""<HTML><BODY><DIV><P><SPAN>1 of 2 DOCUMENTS</SPAN></P></DIV><BR><DIV><P>Example News</P></DIV>
<DIV><P><SPAN>March 6, 2019 Wednesday 8:00 AM GMT</SPAN></P></DIV><DIV><P>No truce in Lima</P></DIV>
<DIV><P><SPAN>BYLINE: </SPAN><SPAN>Ana Vega</SPAN></P></DIV><DIV><P>LENGTH: 239 words</P></DIV>
<DIV><P>DATELINE: LIMA, March 6 2019</P></DIV>
<DIV><P>The caf&eacute;s stayed shut, the mayor said.</P><P>Nobody was hurt.</P></DIV>
<DIV><P>LOAD-DATE: March 7, 2019</P></DIV><DIV><P>LANGUAGE: ENGLISH</P></DIV><DIV><P>GRAPHIC: Ships at anchor.</P></DIV>
<DIV><P>Copyright 2019 Example News</P></DIV>
<DIV><P><SPAN>2 of 2 DOCUMENTS</SPAN></P></DIV><DIV><P>Example News</P></DIV><DIV><P>March 8, 2019 Friday</P></DIV>
<DIV><P>Truce</P></DIV><DIV><P>LENGTH: 9 words</P></DIV><DIV><P>The mayor said yes.</P></DIV></BODY></HTML>"""


def test_a_nexis_page_is_cut_into_its_documents(kinds, came_from):
    first, second = reports_in(NEXIS_HTML, uri="nexis.html")
    assert (first.uri, first.format) == ("nexis.html#1", "nexis")
    assert (first.headline, first.byline, first.provider) == ("No truce in Lima", "Ana Vega", "Example News")
    assert first.first_created == "2019-03-06"
    assert first.metadata == {"loaded": "March 7, 2019", "word count": "239 words"}
    assert kinds(first) == [
        ("metadata", "Example News"),
        ("metadata", "March 6, 2019 Wednesday 8:00 AM GMT"),
        ("headline", "No truce in Lima"),
        ("byline", "Ana Vega"),
        ("dateline", "LIMA, March 6 2019"),
        ("body", "The cafés stayed shut, the mayor said."),
        ("body", "Nobody was hurt."),
        ("caption", "Ships at anchor."),
    ]
    assert came_from(first, NEXIS_HTML, "cafés stayed") == b"caf&eacute;s stayed"
    assert (second.headline, second.first_created) == ("Truce", "2019-03-08")


def test_the_text_export_reads_like_the_page():
    text = b"""

                               1 of 1 DOCUMENTS

                                  Example News

                            March 6, 2019 Wednesday

No truce in Lima

BYLINE: Ana Vega

LENGTH: 355 words

The harbour stays shut, the mayor said on
Tuesday.

LOAD-DATE: March 7, 2019
"""
    (report,) = reports_in(text, uri="nexis.txt")
    assert (report.headline, report.byline, report.first_created) == ("No truce in Lima", "Ana Vega", "2019-03-06")
    assert report.text.rstrip().endswith("the mayor said on\nTuesday.")


def docx(*lines: str) -> bytes:
    """A Word document of those lines; one that starts with # is a heading."""
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = ""
    for line in lines:
        style = '<w:pPr><w:pStyle w:val="Heading1"/></w:pPr>' if line.startswith("#") else ""
        text = line.lstrip("#").replace("&", "&amp;")
        gone = "<w:del><w:r><w:delText>gone</w:delText></w:r></w:del>"
        body += f'<w:p>{style}<w:r><w:t xml:space="preserve">{text}</w:t></w:r>{gone}</w:p>'
    data = f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{word}"><w:body>{body}</w:body></w:document>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", data)
        archive.writestr("word/header1.xml", "<w:hdr><w:t>Header</w:t></w:hdr>")
    return out.getvalue()


def test_a_word_document_is_one_report_of_its_document_part(kinds):
    data = docx("#No truce in Lima", "Ana & Bo said no.", "Nobody was hurt.")
    (report,) = reports_in(data, uri="a.docx")
    assert (report.uri, report.format) == ("a.docx!word/document.xml", "docx")
    assert kinds(report) == [
        ("headline", "No truce in Lima"),
        ("body", "Ana & Bo said no."),
        ("body", "Nobody was hurt."),
    ]


def test_a_word_export_of_nexis_is_cut_at_its_own_marks():
    lines = ("Job Number: 1", "Documents (2)", "1. No truce in Lima")
    article = "No truce in Lima|Example News|March 6, 2019 Wednesday|Copyright 2019 Example News|Section: WORLD"
    article += "|Length: 9 words|Byline: Ana Vega|Body|The mayor said no.|Classification|Language: ENGLISH"
    article += "|Load-Date: March 7, 2019|End of Document"
    first, second = reports_in(docx(*lines, *article.split("|"), *article.split("|")), uri="n.docx")
    for report in (first, second):
        assert (report.format, report.headline, report.byline) == ("nexis", "No truce in Lima", "Ana Vega")
        assert (report.provider, report.first_created) == ("Example News", "2019-03-06")
        assert report.metadata == {"loaded": "March 7, 2019", "section": "WORLD", "word count": "9 words"}
        assert report.text.endswith("The mayor said no.")


def test_a_word_document_without_text_is_refused():
    with pytest.raises(InputError, match="Word document without text"):
        list(reports_in(docx(" "), uri="a.docx"))


FACTIVA = """<html><head><meta charset="utf-8"></head><body>
<div id="article-1" class="article"><div class="article enArticle"><p></p>
<div>Foreign Desk</div><div id="hd"><span class="enHeadline">No truce in Lima  </span></div>
<div class="author">By Ana Vega </div>
<div>877 words</div><div>6 March 2019</div><div>08:00</div><div>Example News</div><div>EXN</div>
<div>Copyright 2019 Example. All Rights Reserved.  </div>
<p class="articleParagraph enarticleParagraph">LIMA, March 6 -- The cafés <b>stayed</b> shut, the mayor said.  </p>
<p class="articleParagraph enarticleParagraph">Nobody was hurt.</p></div></div>
<div class="article"><div class="article deArticle">
<div id="hd"><span class="deHeadline">Kein Frieden</span></div>
<div>12 Wörter</div><div>7 März 2019</div><div>Beispiel</div>
<p class="articleParagraph">Der Hafen bleibt zu.</p></div></div>
</body></html>""".encode()


def test_a_factiva_page_is_cut_into_its_articles(kinds, came_from):
    first, second = reports_in(FACTIVA, uri="f.html")
    assert (first.format, first.headline, first.byline) == ("factiva", "No truce in Lima", "Ana Vega")
    assert (first.provider, first.first_created, first.language) == ("Example News", "2019-03-06", "en")
    assert first.metadata == {"rights": "Copyright 2019 Example. All Rights Reserved.", "word count": "877 words"}
    assert [words for kind, words in kinds(first) if kind == "body"] == [
        "The cafés stayed shut, the mayor said.",
        "Nobody was hurt.",
    ]
    assert came_from(first, FACTIVA, "cafés stayed").decode() == "cafés <b>stayed"
    assert (second.headline, second.language, second.first_created) == ("Kein Frieden", "de", "2019-03-07")
