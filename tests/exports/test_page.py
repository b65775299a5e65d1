"""The page: marks that overlap, links both ways, nothing that a report could do to it."""

import re
from html.parser import HTMLParser

from onrecord.exports.marks import Mark, marked
from onrecord.exports.page import article, page
from onrecord.intake import text_report
from onrecord.record import Attribution, Basis, Figure, Record, Source, Span

RULE = Basis(by="rule", name="by hand")
TEXT = "Rebels killed at least 12 people 😀 in Goma, a doctor said on Tuesday."


def _span(words: str, text: str = TEXT) -> Span:
    return Span(text.index(words), text.index(words) + len(words))


def _record(text: str = TEXT) -> Record:
    return Record(
        report=text_report(text),
        attributions=(
            Attribution(
                id="a1",
                source=Source(spans=(_span("a doctor", text),), kind="unnamed"),
                cue=(_span("said", text),),
                content=(Span(0, text.index(", a doctor")),),
                quote="indirect",
                basis=RULE,
            ),
        ),
        figures=(Figure(id="f1", span=_span("at least 12 people", text), basis=RULE, low=12),),
    )


class _Outline(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: list[str] = []
        self.open: list[str] = []
        self.addresses: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        if tag not in ("meta", "input", "br"):
            self.open.append(tag)
        for name, value in attrs:
            if name == "id":
                self.ids.append(value)
            elif name == "href" and value.startswith("#"):
                self.links.append(value[1:])
            elif name in ("href", "src", "action"):
                self.addresses.append(value)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def _outline(html: str) -> _Outline:
    outline = _Outline()
    outline.feed(html)
    assert outline.open == []
    return outline


def test_the_words_under_the_marks_are_the_words_of_the_text():
    marks = [
        Mark(Span(0, 20), "attributions", "a1"),
        Mark(Span(10, 30), "figures", "f1"),
        Mark(Span(32, 36), "times", "t1"),
    ]
    html = marked(TEXT, Span(0, len(TEXT)), marks, set())
    plain = re.sub(r"<[^>]*>", "", re.sub(r"<sup.*?</sup>", "", html))
    assert plain == TEXT


def test_a_part_longer_than_any_paragraph_is_cut_between_words_and_nothing_is_lost():
    text = "“" + "a word " * 3000 + "x" * 9000 + "”"
    html = page([Record(report=text_report(f"{TEXT}\n\n{text}"))])
    paragraphs = re.findall(r"<p>(.*?)</p>", html, re.DOTALL)
    assert max(map(len, paragraphs)) < 4100
    assert "".join(paragraphs).count("word") == 3000
    assert "".join(paragraphs).count("x") >= 9000
    assert not [one for one in paragraphs if re.search(r"\bwo?r?$", one)]


def test_where_two_marks_overlap_both_are_drawn():
    marks = [Mark(Span(0, 20), "attributions", "a1"), Mark(Span(10, 30), "figures", "f1")]
    html = marked("x" * 40, Span(0, 40), marks, set())
    assert '<span class="m attributions"><span class="m figures" id="words-f1">' in html


def test_a_mark_that_starts_before_the_region_is_drawn_inside_it():
    html = marked("abcdef", Span(2, 6), [Mark(Span(0, 4), "figures", "f1")], set())
    assert html.startswith('<span class="m figures" id="words-f1">cd</span>')


def test_each_item_links_to_its_words_and_back():
    outline = _outline(page([_record()]))
    assert {"a1", "f1", "words-a1", "words-f1"} <= set(outline.ids)
    assert {"a1", "f1", "words-a1", "words-f1"} == set(outline.links)


def test_two_reports_on_one_page_share_no_anchor():
    outline = _outline(page([_record(), _record()]))
    assert len(outline.ids) == len(set(outline.ids))
    assert set(outline.links) <= set(outline.ids)


def test_what_a_report_says_is_never_markup():
    hostile = '<script>alert("x")</script><img src=x onerror=alert(1)> ' + TEXT
    outline = _outline(page([_record(hostile)]))
    assert "script" not in outline.tags
    assert "img" not in outline.tags


def test_the_page_asks_nothing_of_any_network():
    html = page([_record()])
    assert _outline(html).addresses == []
    assert "@import" not in html
    assert "url(" not in html
    assert "default-src 'none'" in html


def test_a_page_of_no_reports_is_still_a_page():
    assert "<title>0 reports</title>" in page([])


def test_a_report_without_a_headline_is_called_by_its_opening_words() -> None:
    words = "The harbour of Callao stays shut, the mayor <said>, until the strike of the crews has come to an end."
    report = text_report(words)
    assert report.headline is None
    drawn = article(Record(report=report))
    assert (
        "<h1>The harbour of Callao stays shut, the mayor &lt;said&gt;, until the strike of the crews has …</h1>"
        in drawn
    )
    assert "<h1>Port &amp; strike</h1>" in article(Record(report=report), title="Port & strike")
    assert "<h1>Rain fell.</h1>" in article(Record(report=text_report("Rain fell.")))
