"""What cleaning promises of any text: it leads back to its bytes, changes little, and changes nothing twice."""

import html
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.clean import build_report, decode, decode_source
from onrecord.clean.encoding import find_encoding
from onrecord.clean.paragraphs import find_paragraphs
from onrecord.clean.spaces import tidy
from onrecord.intake import text_report
from onrecord.record import Span

ODD = st.text(
    alphabet=st.one_of(
        st.sampled_from("aZé€ 😀\n\r\t\u200b\ufeff\u00a0\u2028\x00\x0c\u202eم中.-–—_()/■"), st.characters(codec="utf-8")
    ),
    max_size=200,
)
PIECES = st.lists(
    st.sampled_from(
        [
            "LIMA, Feb. 21 (Wire) -- ", "(Ana Vega/ABC via Wire)", "\n", "\n\n", "■", "///", "URGENT: ", "By Ana Vega",
            "The envoys met in the old town hall on Wednesday for three hours.", " The envoys met on Feb. 21, 2024. ",
            "ATTENTION - ADDS details ///", "Photo taken on May 3, 2011 shows a bridge.", "\r\n", "\u00a0", "ab/cd",
            "Talks end without a deal", "é", "“Never,” she said.", " ", "-30-", "Reporting by Ana Vega", "{", "\t   ",
        ]
    )
    | st.text(max_size=5),
    max_size=25,
).map("".join)  # fmt: skip


@given(ODD)
def test_each_character_of_a_cleaned_text_leads_back_to_the_bytes_that_say_it(text):
    data = text.encode("utf-8", errors="replace")
    clean = tidy(decode(data, "utf-8"))
    assert "".join(clean.text[a:b] for a, b, _, _ in clean.pieces) == clean.text
    for a, b, start, end in clean.pieces:
        width = (end - start) // (b - a)
        for at in range(a, b):
            written = data[start + (at - a) * width : start + (at - a + 1) * width].decode("utf-8")
            assert written == clean.text[at] or tidy(decode(written.encode(), "utf-8")).text == clean.text[at]


@given(PIECES)
@settings(max_examples=300, deadline=None)
def test_each_part_leads_back_to_the_same_words_of_the_original(text):
    report = text_report(text)
    data = text.encode("utf-8", errors="replace")
    for part in report.parts:
        start, end = report.source_of(part.span)
        assert tidy(decode(data[start:end], "utf-8")).text == report.words(part.span)


@given(PIECES)
@settings(max_examples=300, deadline=None)
def test_parts_are_in_order_do_not_overlap_and_leave_out_nothing_but_white_space(text):
    report = text_report(text)
    at = 0
    for part in report.parts:
        assert not report.text[at : part.span.start].strip()
        assert part.span.start >= at
        assert len(part.span) > 0
        at = part.span.end
    assert not report.text[at:].strip()


@given(PIECES | ODD)
@settings(deadline=None)
def test_cleaning_a_cleaned_text_changes_nothing(text):
    once = text_report(text)
    twice = text_report(once.text)
    assert twice.text == once.text
    assert twice.parts == once.parts


@given(PIECES)
@settings(deadline=None)
def test_a_repeat_says_what_its_first_telling_says(text):
    report = text_report(text)
    for part in report.parts:
        if part.kind == "repeat":
            said = re.findall(r"\w+", report.words(part.span).casefold())
            assert said == re.findall(r"\w+", report.words(part.of).casefold())


def test_a_clean_text_file_is_kept_as_it_is():
    text = "A headline\n\n   Büro says\u2009so.\n\n\nIt is “right”.\n"
    report = text_report(text.replace("\u2009", " "))
    assert report.text == text.replace("\u2009", " ")
    assert sum(end - start for _, _, start, end in report.pieces) == len(report.text.encode())


@pytest.mark.parametrize(
    ("written", "clean"),
    [
        ("a\r\nb\rc", "a\nb\nc"),
        ("\ufeffa", "a"),
        ("no\u00adthing", "nothing"),
        ("a\u00a0b\u2003c", "a b c"),
        ("a\u200bb\x00c\u202ed", "abcd"),
        ("a\x0cb\u2028c", "a\nb\nc"),
        ("ا\u200cب 👩\u200d🌾", "ا\u200cب 👩\u200d🌾"),
    ],
)
def test_only_the_characters_that_harm_are_changed(written, clean):
    assert tidy(decode(written.encode(), "utf-8")).text == clean


SAID = "Café owners in Zürich said “no” – they won’t pay €5."


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (SAID.encode("utf-8"), "utf-8"),
        (b"\xef\xbb\xbf" + SAID.encode("utf-8"), "utf-8"),
        (SAID.encode("utf-16"), "utf-16-le"),
        (SAID.encode("utf-16-le"), "utf-16-le"),
        (SAID.encode("utf-16-be"), "utf-16-be"),
        (b"\xfe\xff" + SAID.encode("utf-16-be"), "utf-16-be"),
        (SAID.encode("utf-32-le"), "utf-32-le"),
        (b"\x00\x00\xfe\xff" + SAID.encode("utf-32-be"), "utf-32-be"),
        (SAID.encode("cp1252"), "cp1252"),
        (SAID.encode("mac_roman"), "mac_roman"),
        (b"plain", "utf-8"),
    ],
)
def test_the_encoding_is_found_and_the_words_are_read_in_it(data, encoding):
    source, found = decode_source(data)
    assert found == encoding
    assert tidy(source).text == (SAID if len(data) > 5 else "plain")


@pytest.mark.parametrize(
    ("said", "encoding"),
    [
        ("Rozmowy zakończyły się w środę bez porozumienia; żaden z nich nie chciał mówić.", "cp1250"),
        ("Görüşmeler anlaşma olmadan sona erdi, heyetler salondan gece geç saatlerde ayrıldı.", "cp1254"),
        ("Les négociations se sont achevées tard, l’été dernier, à côté de l’hôtel.", "mac_roman"),
        ("Les négociations se sont achevées tard, en été, à côté d'un hôtel.", "cp850"),
        ("“We won’t sign” – a café in São Paulo", "cp1252"),
    ],
)
def test_latin_letters_are_read_by_the_table_in_which_they_fit(said, encoding):
    source, found = decode_source(said.encode(encoding))
    assert (found, source.text) == (encoding, said)


def test_a_text_in_another_script_is_read_in_its_encoding():
    said = "Переговоры завершились без соглашения, сообщили в среду официальные лица обеих сторон. " * 3
    source, found = decode_source(said.encode("cp1251"))
    assert found == "cp1251"
    assert source.text == said


@pytest.mark.parametrize(
    ("declared", "found"),
    [("iso-8859-1", "cp1252"), ("windows-1250", "cp1250"), ("no such", "cp1252"), ("utf-8", "cp1252"), ("", "cp1252")],
)
def test_what_a_file_declares_is_believed_where_it_can_be(declared, found):
    assert find_encoding("Café, señor".encode("latin-1"), declared) == found


def test_a_character_cut_off_at_the_end_and_a_few_spoilt_bytes_do_not_hide_utf_8():
    assert find_encoding(SAID.encode()[:-3]) == "utf-8"
    source, encoding = decode_source(SAID.encode() + b"\x92 " + SAID.encode())
    assert encoding == "utf-8"
    assert source.text.count("\ufffd") == 1


def test_lines_are_paragraphs_where_they_are_long_and_wrapped_where_they_break_in_mid_sentence():
    long = "The first line says much more than a hundred characters would hold, and goes on. " * 2
    assert len(find_paragraphs(f"{long}\n{long}\n{long}")) == 3
    wrapped = (
        "\tThe envoys met in the old town hall for more than three hours\nand left without a word to those who waited\n"
        "outside in the rain.\n\tThe second day begins at nine, and few expect that it will\nbring more than the first."
    )
    assert [wrapped[s.start : s.end].split()[0] for s in find_paragraphs(wrapped)] == ["The", "The"]


def test_an_entity_that_resolves_is_one_character_from_all_its_bytes():
    from onrecord.intake.markup import read_run

    page = "Smith &amp; Sons&#8217; caf&eacute; &nosuch; "
    clean = read_run(decode(page.encode(), "utf-8"), 0, len(page))
    assert clean.text == html.unescape(page)
    for a, b, start, end in clean.pieces:
        assert html.unescape(page.encode()[start:end].decode()) == clean.text[a:b]


def test_a_report_of_nothing_is_empty():
    report = build_report(decode(b"", "utf-8"), uri="x", digest="0")
    assert report.parts == ()
    assert report.source_of(Span(0, 0)) == (0, 0)
