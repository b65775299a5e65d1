"""The reader of XML: lenient, bounded, and true to the bytes."""

import contextlib
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.clean import decode
from onrecord.errors import InputError
from onrecord.intake import reports_in
from onrecord.intake.elements import DEEPEST, MOST_TOKENS, Node, paragraphs, read_elements, root_name, tree


def read(text: str) -> Node:
    return tree(decode(text.encode(), "utf-8"), "x.xml")


def test_names_lose_their_prefix_and_case_and_attributes_are_read():
    node = read("<nitf:Body Class=\"a &amp; b\" x='2'><p/>t</nitf:Body>").first("body")
    assert node is not None
    assert (node.get("class"), node.get("x"), node.get("none")) == ("a & b", "2", "")
    assert node.words() == "t"


def test_comments_instructions_and_document_types_are_passed_over_and_cdata_is_text():
    text = '<!DOCTYPE a [<!ENTITY b "c"><!ELEMENT a ANY>]><?pi <x> ?><!-- <y> --><a>1<![CDATA[<2>&amp;]]>&b;</a>'
    assert read(text).words() == "1<2>&amp;&b;"


def test_an_entity_that_is_defined_in_the_document_is_never_expanded():
    bombs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    data = (
        f'<!DOCTYPE nitf [<!ENTITY l0 "ha"> {bombs}]><nitf><body><p>The mayor said &l11; no.</p></body></nitf>'.encode()
    )
    (report,) = reports_in(data, uri="x.xml")
    assert report.text == "The mayor said &l11; no."


def test_a_document_nested_too_deep_is_refused():
    assert len(list(read("<a>" * (DEEPEST - 1)).walk())) == DEEPEST
    with pytest.raises(InputError, match="nested deeper"):
        read("<a>" * (DEEPEST + 1))


def test_a_document_of_too_many_tags_is_refused(monkeypatch):
    assert MOST_TOKENS > 1_000_000
    monkeypatch.setattr("onrecord.intake.elements.MOST_TOKENS", 100)
    with pytest.raises(InputError, match="more than 100"):
        read("<a/>" * 101)


@pytest.mark.parametrize(
    "trap", ["<a ", "<!--", "<![CDATA[", "<?", "<!", "<", "<script>", "<!DOCTYPE a [", "&#", '<a b="']
)
def test_what_opens_and_never_ends_costs_no_more_than_its_length(trap):
    start = time.process_time()
    with contextlib.suppress(InputError):  # refused or read, but soon
        list(read(trap * 20_000).pieces())
    assert time.process_time() - start < 5


@given(st.text(st.sampled_from("<>/!?-[]&;\"'= abxCDATA#\n"), max_size=60))
def test_no_text_breaks_the_reader_and_every_piece_stands_in_the_source(text):
    data = text.encode()
    for piece in read(text).pieces():
        for start, end, source_start, source_end in piece.pieces:
            assert 0 <= start < end <= len(piece.text)
            assert 0 <= source_start <= source_end <= len(data)


def test_paragraphs_are_cut_at_blocks_and_layout_is_one_space():
    node = read("<body><div>one\n   two<p>three <i>four</i></p>five<br/>six</div><style>x</style></body>")
    assert [p.text for p in paragraphs(node)] == ["one two", "three four", "five\nsix"]


def test_the_declared_encoding_is_read():
    node, encoding = read_elements("<?xml version='1.0' encoding='iso-8859-1'?><a>Büro</a>".encode("latin-1"), "x")
    assert (node.words(), encoding) == ("Büro", "cp1252")
    node, _ = read_elements("<?xml version='1.0' encoding='utf-16'?><a>Büro</a>".encode("utf-16"), "x")
    assert node.words("a") == "Büro"
    assert root_name("<a/>".encode("utf-16")) == "a"


@pytest.mark.parametrize(
    ("data", "root"),
    [
        (b"<a/>", "a"),
        (b"\xef\xbb\xbf<?xml version='1.0'?><!-- <b> --><x:Feed a='1'>", "feed"),
        (b"<!DOCTYPE nitf SYSTEM 'x'><nitf>", "nitf"),
        (b"text <a>", ""),
        (b"", ""),
    ],
)
def test_the_first_element_names_the_document(data, root):
    assert root_name(data) == root
