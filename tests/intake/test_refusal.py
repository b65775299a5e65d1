"""Hostile and broken files: each is refused with its name, what is wrong and what to do, or read as far as it goes."""

import gzip
import io
import os
import tarfile
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.errors import InputError
from onrecord.intake import open_reports, refusal, reports_in, text_report

SAID = "Envoys of the two sides met in the old town hall on Wednesday and left after three hours. "
PAGE = f"<!doctype html><html><head><title>Talks</title></head><body><article><p>{SAID * 4}</p></article></body></html>"


def zipped():
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("word/other.bin", b"\x80\x91\0\7" * 50)
    return held.getvalue()


def tarred():
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("empty"))
    return held.getvalue()


BARE = "without an article"

REFUSED = {
    "empty": (b"", "is empty"),
    "spaces only": (b" \n\t \r\n ", "is empty"),
    "a byte order mark only": (b"\xef\xbb\xbf", "is empty"),
    "a UTF-16 mark only": (b"\xff\xfe", "is empty"),
    "zero bytes": (b"\0" * 500, "is empty"),
    "PDF": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n", "PDF"),
    "PNG": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + b"\0" * 40, "is a picture (PNG)"),
    "JPEG": (b"\xff\xd8\xff\xe0\0\x10JFIF\0" + b"\1\2\3" * 40, "is a picture (JPEG)"),
    "GIF": (b"GIF89a\1\0\1\0\0\0\0;" * 9, "is a picture (GIF)"),
    "WebP": (b"RIFF\x24\0\0\0WEBPVP8 " + b"\0" * 20, "is a picture or a recording (RIFF)"),
    "TIFF": (b"II*\0\x08\0\0\0" + b"\0\1" * 20, "is a picture (TIFF)"),
    "BMP": (b"BM\x46\0\0\0\0\0\0\0" + b"\0" * 60, "is a picture (BMP)"),
    "MP3": (b"ID3\x04\0\0\0\0\0\0" + b"\xff\xfb\0\1" * 30, "is a recording (MP3)"),
    "Ogg": (b"OggS\0\2" + b"\0" * 40, "is a recording (Ogg)"),
    "FLAC": (b"fLaC\0\0\0\x22" + b"\0" * 40, "is a recording (FLAC)"),
    "MP4": (b"\0\0\0\x20ftypisom\0\0\2\0" + b"\0" * 40, "is a video or a recording (MP4)"),
    "Matroska": (b"\x1aE\xdf\xa3\x01\0\0\0" + b"\0" * 40, "is a video (Matroska)"),
    "7z": (b"7z\xbc\xaf\x27\x1c\0\4" + b"\0" * 40, "is packed (7z)"),
    "RAR": (b"Rar!\x1a\x07\1\0" + b"\0" * 40, "is packed (RAR)"),
    "zstd": (b"\x28\xb5\x2f\xfd\0\1" + b"\0" * 40, "is packed (zstd)"),
    "old Word": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "is an old office document"),
    "RTF": (rb"{\rtf1\ansi{\fonttbl\f0 Times;}\f0 Envoys met in the old town hall.\par}", "is a document (RTF)"),
    "SQLite": (b"SQLite format 3\0" + b"\0\1" * 60, "is a database (SQLite)"),
    "a program": (b"\x7fELF\2\1\1\0" + b"\0" * 60, "is a program"),
    "a Windows program": (b"MZ\x90\0\3\0\0\0" + b"\0" * 60, "is a program"),
    "PostScript": (b"%!PS-Adobe-3.0\n/Times findfont\n", "is a print file (PostScript)"),
    "a font": (b"wOF2\0\1\0\0" + b"\0" * 60, "is a font"),
    "random bytes": (bytes((i * 97 + i // 7) % 256 for i in range(4000)), "is not text"),
    "damaged UTF-16": (b"\xff\xfe" + b"\x00\xd8" * 300 + SAID.encode("utf-16-le"), "cannot be decoded"),
    "too large": (b"The envoys met. " * (refusal.LARGEST // 16 + 1), "is too large for one report (20 MB)"),
    "one word": (b"Lima", "holds no sentence"),
    "numbers": (b"12 14 15\n16 17 18\n" * 20, "holds no sentence"),
    "Base64": (b"RW52b3lzIG9mIHRoZSB0d28gc2lkZXM" * 30, "holds no sentence"),
    "punctuation": (b"... --- !!! ??? *** ///\n" * 9, "holds no sentence"),
    "emoji": ("😀😀😀 😀😀 😀".encode(), "holds no sentence"),
    "a table with commas": (b"name,place,killed\nthe first one here,Lima,3\nthe other,Bern,4\n" * 3, "is a table"),
    "a table with tabs": (b"what the row says\tplace\tkilled\n" * 5, "is a table"),
    "a page without text": (b"<!doctype html><html><head><title>x</title></head><body></body></html>", BARE),
    "a page of scripts": (b"<html><body><script>var a = 'the envoys met';</script></body></html>", BARE),
    "a page of menus": (b"<html><body><nav><p>Home</p></nav><footer><p>About</p></footer></body></html>", BARE),
    "a page cut off in its head": (b"<!doctype html><html><head><title>The envoys met in", BARE),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_no_report_is_refused_with_its_name_the_problem_and_a_remedy(what):
    data, problem = REFUSED[what]
    with pytest.raises(InputError) as raised:
        list(reports_in(data, uri=f"in/{what}.bin"))
    assert str(raised.value).startswith(f"in/{what}.bin: ")
    assert problem in raised.value.problem
    assert len(raised.value.remedy.split()) >= 2


def test_there_are_forty_kinds_of_refused_files_at_least():
    assert len(REFUSED) >= 40


def nested(depth):
    return "<div>" * depth + f"<p>{SAID * 4}</p>" + "</div>" * depth


READ = {
    "a truncated character": SAID.encode() + "é".encode()[:1],
    "a few damaged bytes": SAID.encode() * 3 + b"\x92\x93" + SAID.encode() * 3,
    "an odd byte at the end of UTF-16": (SAID * 2).encode("utf-16") + b"\x20",
    "zero bytes between words": SAID.replace("two", "t\0wo").encode(),
    "the wrong byte order mark": b"\xef\xbb\xbf" + (SAID + "café ").encode("cp1252") * 2,
    "only line ends of an old Mac": SAID.replace(". ", ".\r").encode() * 3,
    "one line of a megabyte": (SAID * 11_000).encode(),
    "BM opens a sentence": b"BMW workers met in the old town hall on Wednesday.",
    "MZ opens a sentence": b"MZ Example, the maker of motorcycles, said on Wednesday that it will close.",
    "a page cut off in a tag": PAGE[:-60].encode() + b"</p><p class='unclo",
    "a page with unclosed tags": f"<html><body><article><p>{SAID * 3}<b><i><p>{SAID * 2}".encode(),
    "a page with an unclosed comment": PAGE.replace("</article>", "</article><!-- ").encode(),
    "a page nested a thousand deep": f"<html><body><article>{nested(1000)}</article></body></html>".encode(),
    "a page of stray brackets": PAGE.replace("<p>", "<p>" + "< << <3 <>" * 500).encode(),
    "a page that declares the wrong encoding": PAGE.replace(
        "<head>", "<head><meta charset='utf-16'>"
    ).replace("hall", "hôtel").encode("cp1252"),
    "a page in UTF-16": PAGE.encode("utf-16"),
    "a page with odd references": PAGE.replace("two", "&#0;&#x110000;&#55296;&amp;&nosuch;two").encode(),
    "a page with broken metadata": PAGE.replace(
        "</head>", '<script type="application/ld+json">{"@type": "NewsArticle", "headline": [1, {</script></head>'
    ).encode(),
    "a page with metadata of the wrong types": PAGE.replace(
        "</head>",
        '<script type="application/ld+json">{"@type": ["NewsArticle", 3], "headline": {"a": 1}, "author": [[7], null], '
        '"datePublished": 5, "publisher": "x"}</script></head>',
    ).encode(),
}  # fmt: skip


@pytest.mark.parametrize("what", READ)
def test_what_is_damaged_is_read_as_far_as_it_goes_and_leads_back(what):
    (report,) = reports_in(READ[what], uri=what)
    assert "old town hall" in report.text or "motorcycles" in report.text or "hôtel" in report.text
    for part in report.parts:
        start, end = report.source_of(part.span)
        assert 0 <= start < end <= len(READ[what])


@pytest.mark.parametrize(
    "opening", ["<a ", "<!--", "<a '", '<a "x', "&#", "<![CDATA[", "<p", "</", "(", "A ", "LIMA, "]
)
def test_a_page_or_text_made_to_be_slow_is_read_in_good_time(opening):
    import time

    start = time.process_time()
    for data in (opening * 40_000, f"<html><body><p>{SAID * 3}</p>{opening * 40_000}"):
        try:
            list(reports_in(data.encode(), uri="slow"))
        except InputError:
            continue
    assert time.process_time() - start < 20


def test_files_that_cannot_be_opened_are_named(tmp_path):
    (tmp_path / "empty").mkdir()
    os.mkfifo(tmp_path / "pipe")
    for name, problem in (
        ("nowhere.txt", "is not there"),
        ("empty", "is a folder without files"),
        ("pipe", "is not a file"),
        ("*.xyz", "matches no file"),
    ):
        with pytest.raises(InputError) as raised:
            list(open_reports(tmp_path / name))
        assert str(raised.value).startswith(str(tmp_path / name))
        assert raised.value.problem == problem


def test_one_bad_file_among_others_is_told_and_the_others_are_read(tmp_path):
    (tmp_path / "a.txt").write_text(SAID)
    (tmp_path / "b.txt").write_bytes(REFUSED["PNG"][0])
    (tmp_path / "c.txt").write_text(SAID)
    (tmp_path / ".hidden").write_text(SAID)
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "d.html").write_text(PAGE)
    told = []
    reports = list(open_reports(tmp_path / "gone.txt", tmp_path, failed=told.append))
    assert [report.uri.removeprefix(f"{tmp_path}/") for report in reports] == ["a.txt", "c.txt", "deep/d.html"]
    assert [error.where.removeprefix(f"{tmp_path}/") for error in told] == ["gone.txt", "b.txt"]


def test_a_pattern_stands_for_the_files_that_it_matches(tmp_path):
    for name in ("b.txt", "a.txt", "c.md"):
        (tmp_path / name).write_text(SAID)
    assert [report.uri[-5:] for report in open_reports(f"{tmp_path}/*.txt")] == ["a.txt", "b.txt"]


@pytest.mark.parametrize("date", ["yesterday", "2024-13-01", "21.2.2024", ""])
def test_a_date_that_is_none_is_refused(date):
    with pytest.raises(InputError, match="write it as year-month-day"):
        list(open_reports(date=date))
    with pytest.raises(InputError, match="is no date"):
        text_report(SAID, date=date)


def test_any_string_makes_a_report_an_empty_one_too():
    assert text_report("").parts == ()
    assert text_report(" \ud800 ").text == " ? "


@pytest.mark.parametrize(
    "data", [gzip.compress(b"\x80\x91\0\7" * 99, mtime=0), zipped(), tarred()], ids=["gz", "zip", "tar"]
)
def test_a_packed_file_without_reports_is_refused(data):
    with pytest.raises(InputError, match=r"^in\.zip"):
        list(reports_in(data, uri="in.zip"))


FORMED = st.lists(
    st.sampled_from(
        [
            *(
                b"<html>",
                b"<p>",
                b"</p>",
                b"<?xml version='1.0'?>",
                b"<rss>",
                b"<nitf>",
                b"{",
                b"}",
                b"[",
                b'"',
                b":",
                b",",
            ),
            *(
                b"%PDF-1.4",
                b"PK\x03\x04",
                b"\x1f\x8b\x08",
                b"WARC/1.0\r\n",
                b"From x\n",
                b"Subject: a\n\n",
                b"\x01\x02\x03",
            ),
            *(
                b"The envoys met on Wednesday. ",
                b"\xff\xfe",
                b"\0",
                b"\n",
                b"BC-",
                b"^",
                b"<",
                b"&amp;",
                b"LIMA (AB) -- ",
            ),
        ]
    )
    | st.binary(max_size=12),
    max_size=30,
).map(b"".join)


@given(FORMED)
@settings(deadline=None, max_examples=300)
def test_any_bytes_are_read_or_refused_and_nothing_else_is_raised(data):
    told = []
    try:
        reports = list(reports_in(data, uri="any"))
    except InputError as error:
        told, reports = [error.where], []
    assert all(where.startswith("any") for where in told)
    assert all(part.span.end <= len(report.text) for report in reports for part in report.parts)
