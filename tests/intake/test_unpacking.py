"""Zip, gzip, tar and WARC: what they hold is read, and traps end soon and in little memory."""

import bz2
import gzip
import hashlib
import io
import lzma
import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from onrecord.errors import InputError
from onrecord.intake import reports_in
from onrecord.intake.opening import open_originals, open_reports, read_again, read_original
from onrecord.intake.unpacking import Budget, unpack

TEXT = b"The mayor of Lima said on Tuesday that the harbour would stay shut.\n"


def zipped(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("_", "."), data)
    return out.getvalue()


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_a_packed_file_is_read_and_its_original_is_what_it_unpacks_to(pack):
    (report,) = reports_in(pack(TEXT), uri="a.txt.gz")
    assert report.uri.startswith("a.txt.gz!a.txt")
    assert report.digest == hashlib.sha256(TEXT).hexdigest()


def test_each_member_of_a_zip_is_an_original_and_zips_in_zips_are_opened():
    data = zipped(a_txt=TEXT, b_zip=zipped(c_txt=TEXT.replace(b"Lima", b"Quito")))
    assert [report.uri for report in reports_in(data, uri="z.zip")] == ["z.zip!a.txt", "z.zip!b.zip!c.txt"]


def test_a_tar_is_opened():
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        info = tarfile.TarInfo("news/a.txt")
        info.size = len(TEXT)
        archive.addfile(info, io.BytesIO(TEXT))
    (report,) = reports_in(out.getvalue(), uri="t.tar.gz")
    assert report.uri == "t.tar.gz!t.tar!news/a.txt"


def test_a_member_that_is_no_report_is_told_and_the_others_are_read(tmp_path):
    (tmp_path / "z.zip").write_bytes(zipped(a_txt=TEXT, b_png=b"\x89PNG\r\n\x1a\n\0\0\0", c_txt=TEXT + b"Again."))
    told: list[InputError] = []
    reports = list(open_reports(tmp_path / "z.zip", failed=told.append))
    assert [report.uri.rpartition("!")[2] for report in reports] == ["a.txt", "c.txt"]
    assert [error.where.rpartition("!")[2] for error in told] == ["b.png"]


def test_names_that_are_no_utf8_are_written_out(tmp_path):
    name = b"caf\xe9.txt"
    Path(os.fsdecode(bytes(tmp_path) + b"/" + name)).write_bytes(TEXT)
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        info = tarfile.TarInfo(os.fsdecode(name))
        info.size = len(TEXT)
        archive.addfile(info, io.BytesIO(TEXT))
    (tmp_path / "t.tar").write_bytes(out.getvalue())
    uris = [report.uri for report in open_reports(tmp_path)]
    assert sorted(uri.rpartition("/")[2] for uri in uris) == ["caf\\udce9.txt", "t.tar!caf\\udce9.txt"]
    assert all(uri.encode() for uri in uris)


def test_the_original_of_a_member_is_given_with_its_reports(tmp_path):
    (tmp_path / "z.zip").write_bytes(zipped(a_txt=TEXT))
    (original,) = open_originals(tmp_path / "z.zip")
    (report,) = read_original(original)
    assert hashlib.sha256(original.data).hexdigest() == report.digest


def record(kind: str, body: bytes, target: str = "https://news.example/1", type: str = "application/http") -> bytes:
    head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {target}\r\nWARC-Date: 2019-03-06T08:00:00Z\r\n"
    head += f"Content-Type: {type}; msgtype=response\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body + b"\r\n\r\n"


PAGE = (
    b"<html><body><article><h1>No truce</h1>"
    + b"<p>The mayor of Lima said that nobody was hurt.</p>" * 6
    + b"</article>"
)


def answer(body: bytes, *fields: str, status: int = 200, kind: str = "text/html") -> bytes:
    lines = [f"HTTP/1.1 {status} OK", f"Content-Type: {kind}", *fields]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


@pytest.mark.parametrize("each", [True, False], ids=["a gzip member a record", "not packed"])
def test_a_warc_gives_its_pages_with_their_address_and_hour(each):
    chunks = (
        b"".join(b"%x\r\n%s\r\n" % (len(PAGE[n : n + 50]), PAGE[n : n + 50]) for n in range(0, len(PAGE), 50))
        + b"0\r\n\r\n"
    )
    records = [
        record("warcinfo", b"software: x\r\n", type="application/warc-fields"),
        record("response", answer(PAGE)),
        record("response", answer(PAGE, status=404), "https://news.example/gone"),
        record("response", answer(b"\xff\xd8\xff", kind="image/jpeg"), "https://news.example/x.jpg"),
        record("response", answer(gzip.compress(PAGE), "Content-Encoding: gzip"), "https://news.example/2"),
        record("response", answer(chunks, "Transfer-Encoding: chunked"), "https://news.example/3"),
    ]
    data = b"".join(map(gzip.compress, records)) if each else b"".join(records)
    reports = list(reports_in(data, uri="c.warc.gz"))
    assert [report.uri for report in reports] == [f"c.warc.gz!https://news.example/{n}" for n in (1, 2, 3)]
    assert {report.digest for report in reports} == {hashlib.sha256(PAGE).hexdigest()}
    assert reports[0].metadata["url"] == "https://news.example/1"
    assert reports[0].metadata["crawled"] == "2019-03-06T08:00:00Z"


def test_a_warc_without_pages_is_refused():
    with pytest.raises(InputError, match="WARC without a page"):
        list(reports_in(record("request", b"GET / HTTP/1.1\r\n\r\n"), uri="w.warc"))


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress, lambda data: zipped(a_txt=data)])
def test_what_unpacks_to_too_much_is_refused_before_it_is_all_unpacked(pack):
    with pytest.raises(InputError, match="unpacks to more than"):
        list(unpack(pack(bytes(3 * 2**20)), "bomb", Budget(most=2**21, largest=2**20)))


def test_many_members_that_are_too_much_together_are_refused():
    data = zipped(**{f"a{n}_txt": bytes(2**19) for n in range(5)})
    with pytest.raises(InputError, match="unpacks to more than"):
        list(unpack(data, "bomb", Budget(most=2**21, largest=2**20)))


def test_a_warc_record_that_unpacks_to_too_much_is_refused():
    data = gzip.compress(record("response", answer(bytes(2**21))))
    with pytest.raises(InputError, match="unpacks to more than"):
        list(unpack(data, "bomb", Budget(most=2**22, largest=2**20)))


def test_what_is_packed_over_and_over_is_refused():
    data = TEXT
    for _ in range(6):
        data = gzip.compress(data)
    with pytest.raises(InputError, match="packed more than 4 times"):
        list(reports_in(data, uri="a.gz"))


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress, lambda data: zipped(a_txt=data)])
def test_a_damaged_packing_is_told(pack):
    data = bytearray(pack(TEXT * 50))
    data[len(data) // 2 :] = b"\0" * (len(data) - len(data) // 2)
    with pytest.raises(InputError, match="is damaged"):
        list(reports_in(bytes(data), uri="a"))


def test_a_zip_locked_with_a_password_is_told():
    data = bytearray(zipped(a_txt=TEXT))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(InputError, match="password"):
        list(reports_in(bytes(data), uri="a.zip"))


MEMORY = 700 * 2**20
"""Bytes of address space that a trap may take: the libraries take some 300 MiB of it."""

TRAPS = {
    "a gzip of 2 GB": "gzip.compress(bytes(2**20)) * 2048",
    "a line of 200 MB": "b'x' * (200 * 2**20)",
    "a JSONL line of 200 MB": 'b\'{"text": "a"}\\n{"text": "\' + b\'x\' * (200 * 2**20) + b\'"}\'',
    "XML nested a million deep": "b'<rss>' + b'<a>' * 1_000_000",
    "XML of three million elements": "b'<rss>' + b'<a/>' * 3_000_000",
}


@pytest.mark.parametrize("trap", TRAPS.values(), ids=TRAPS)
def test_a_trap_ends_in_bounded_memory(trap, tmp_path):
    code = f"""
import gzip, resource
from onrecord.errors import InputError
from onrecord.intake import reports_in
data = {trap}
resource.setrlimit(resource.RLIMIT_AS, ({MEMORY} + len(data), {MEMORY} + len(data)))
try:
    list(reports_in(data, uri="trap"))
except InputError as error:
    print("refused", error)
"""
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=False)
    assert out.stdout.startswith("refused"), out.stderr[-2000:]


def test_a_file_of_one_line_of_a_gigabyte_is_refused_unread(tmp_path):
    path = tmp_path / "line.txt"
    with path.open("wb") as file:
        file.write(b"The mayor said no. " * 4000)
        file.truncate(2**30)  # sparse: it takes no room on the disk
    code = f"""
import resource
from onrecord.errors import InputError
from onrecord.intake import open_reports
resource.setrlimit(resource.RLIMIT_AS, ({MEMORY}, {MEMORY}))
try:
    list(open_reports({str(path)!r}))
except InputError as error:
    print("refused", error)
"""
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert "is larger than 64 MB" in out.stdout, out.stderr[-2000:]


def test_an_original_is_read_again_with_what_was_given_from_outside():
    (was,) = reports_in(record("response", answer(PAGE)), uri="c.warc", date="2019-03-06")
    (again,) = read_again(PAGE, was)
    assert again == was
    feed = b"<rss><channel><item><title>One word here</title></item><item><title>Two</title></item></channel></rss>"
    first, second = reports_in(feed, uri="f.xml")
    assert list(read_again(feed, second)) == [first, second]
