"""Files within files: what a zip, gzip, WARC, tar or mailbox holds, each member as an original of its own."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import re
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO

import msgspec

from onrecord.errors import InputError

LARGEST = 256 * 2**20
"""Bytes that one member may unpack to. CC-NEWS pages are at most 1 MiB; a year of a mailing list is some 100 MiB."""

MOST = 16 * 2**30
"""Bytes that one file may unpack to in all, a member at a time: a file of CC-NEWS is 1 GiB packed and 5 unpacked."""

DEEPEST = 4
"""Packings within packings: a WARC in a gzip in a zip is three."""

CHUNK = 2**20
WARC_CHUNK = 2**16
"""Bytes unpacked at a time of a record of a WARC, most of which pack to 10 to 50 kB."""


class Original(msgspec.Struct, frozen=True, kw_only=True):
    """Bytes that reports are read from, and where they are: `path`, `archive.zip!member`.

    `metadata` is what the packing says of them: a WARC the page's address and when it was fetched.
    """

    uri: str
    data: bytes
    metadata: dict[str, str] = {}


def plain_name(name: str) -> str:
    """A file's name as text that can be written: bytes that are no UTF-8 in it are shown as `\\udce9`."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


class Budget:
    """How much may still be unpacked of one file."""

    def __init__(self, most: int = MOST, largest: int = LARGEST) -> None:
        self.left = most
        self.largest = largest

    def room(self) -> int:
        """Bytes that the next member may have."""
        return min(self.left, self.largest)

    def take(self, uri: str, size: int) -> None:
        """Count what was unpacked. Raises InputError where it is too much."""
        if size > self.room():
            raise InputError(uri, f"unpacks to more than {self.room()} bytes", "unpack it yourself, if it is no trap")
        self.left -= size


def unpack(data: bytes, uri: str, budget: Budget | None = None, depth: int = 0) -> Iterator[Original]:
    """The originals in a file: the file itself, where it packs nothing.

    Raises InputError where it is a trap or damaged.
    """
    budget = budget or Budget()
    opened = next((open_ for sniff, open_ in PACKINGS if sniff(data)), None)
    if opened is None:
        yield Original(uri=uri, data=data)
        return
    if depth >= DEEPEST:
        raise InputError(uri, f"is packed more than {DEEPEST} times over", "unpack it yourself, if it is no trap")
    for member in opened(data, uri, budget):
        for inner in unpack(member.data, member.uri, budget, depth + 1):
            yield msgspec.structs.replace(inner, metadata={**member.metadata, **inner.metadata})


def is_packed(head: bytes) -> bool:
    """Whether a file that opens with these bytes packs others."""
    return any(sniff(head) for sniff, _ in PACKINGS)


# -- gzip, bzip2, xz

_GZIP, _BZIP2, _XZ = b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00"


def _is_stream(data: bytes) -> bool:
    return data.startswith((_GZIP, _BZIP2, _XZ))


def _open_stream(data: bytes, uri: str, budget: Budget) -> Iterator[Original]:
    if data.startswith(_GZIP) and _starts_as_warc(data):
        yield from _open_packed_warc(data, uri, budget)
        return
    try:
        with _stream(data) as stream:
            unpacked = _read(stream, uri, budget)
    except (OSError, EOFError, zlib.error, lzma.LZMAError) as error:
        raise InputError(uri, f"is damaged ({error})", "fetch it again") from error
    yield Original(uri=f"{uri}!{_inner_name(uri)}", data=unpacked)


def _stream(data: bytes) -> gzip.GzipFile | bz2.BZ2File | lzma.LZMAFile:
    if data.startswith(_GZIP):
        return gzip.GzipFile(fileobj=io.BytesIO(data))
    return bz2.BZ2File(io.BytesIO(data)) if data.startswith(_BZIP2) else lzma.LZMAFile(io.BytesIO(data))


def _inner_name(uri: str) -> str:
    name = re.split(r"[/!\\]", uri)[-1]
    return re.sub(r"\.(?:gz|bz2|xz)$", "", name, flags=re.IGNORECASE)


def _read(stream: IO[bytes] | io.BufferedIOBase, uri: str, budget: Budget) -> bytes:
    """All of a stream, a piece at a time, no more than the budget has room for."""
    room = budget.room()
    parts: list[bytes] = []
    size = 0
    while size <= room and (part := stream.read(CHUNK)):
        parts.append(part)
        size += len(part)
    budget.take(uri, size)
    return b"".join(parts)


# -- zip and what is a zip: DOCX, XLSX, EPUB

MOST_MEMBERS = 100_000


def _is_zip(data: bytes) -> bool:
    return data.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def _open_zip(data: bytes, uri: str, budget: Budget) -> Iterator[Original]:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        names = {info.filename for info in archive.infolist()}
        if "xl/workbook.xml" in names:
            raise InputError(uri, "is a spreadsheet", "save the sheet as CSV and give that")
        if "ppt/presentation.xml" in names:
            raise InputError(uri, "is a presentation", "save its text and give that")
        document = "word/document.xml" in names
        members = [info for info in archive.infolist() if not info.is_dir()]
        if len(members) > MOST_MEMBERS:
            raise InputError(uri, f"has more than {MOST_MEMBERS} members", "unpack it yourself, if it is no trap")
        for info in members:
            if (document and info.filename != "word/document.xml") or _is_junk(info.filename):
                continue
            if info.flag_bits & 1:
                raise InputError(f"{uri}!{info.filename}", "is locked with a password", "unpack it yourself")
            with archive.open(info) as stream:
                name = f"{uri}!{plain_name(info.filename)}"
                yield Original(uri=name, data=_read(stream, name, budget))
    except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError, zlib.error, ValueError) as error:
        raise InputError(uri, f"is damaged ({error})", "fetch it again") from error


def _is_junk(name: str) -> bool:
    """What systems leave in archives."""
    return name.startswith("__MACOSX/") or name.rsplit("/", 1)[-1] in (".DS_Store", "Thumbs.db")


# -- tar


def _is_tar(data: bytes) -> bool:
    return data[257:262] == b"ustar"


def _open_tar(data: bytes, uri: str, budget: Budget) -> Iterator[Original]:
    try:
        with tarfile.open(fileobj=io.BytesIO(data), mode="r:") as archive:
            for info in archive:
                stream = archive.extractfile(info) if info.isfile() else None
                if stream is not None:
                    name = f"{uri}!{plain_name(info.name)}"
                    yield Original(uri=name, data=_read(stream, name, budget))
    except (tarfile.TarError, OSError, EOFError) as error:
        raise InputError(uri, f"is damaged ({error})", "fetch it again") from error


# -- WARC (and its forerunner ARC is refused by its sniffing in formats.py)

_HEAD = re.compile(rb"WARC/\d\.\d\r?\n")
_HEAD_END = re.compile(rb"\r?\n\r?\n")
_FIELD = re.compile(rb"^([\w-]+)[ \t]*:[ \t]*(.*?)[ \t]*\r?$", re.MULTILINE)
LONGEST_HEAD = 2**16


def _is_warc(data: bytes) -> bool:
    return data.startswith(b"WARC/")


def _open_warc(data: bytes, uri: str, budget: Budget) -> Iterator[Original]:
    """The pages of a WARC: the bodies of its responses and resources that are text, less what HTTP put around them."""
    pages = 0
    for page in _pages(data, uri, budget):
        pages += 1
        yield page
    if not pages:
        raise _no_page(uri)


def _starts_as_warc(data: bytes) -> bool:
    try:
        return zlib.decompressobj(31).decompress(data[:CHUNK], 5) == b"WARC/"
    except zlib.error:
        return False


def _open_packed_warc(data: bytes, uri: str, budget: Budget) -> Iterator[Original]:
    """The pages of a WARC whose records are gzip members of their own: one is in memory at a time."""
    pages = at = 0
    while at < len(data):
        record, at = _gzip_member(data, at, uri, budget)
        for page in _pages(record, uri, budget):
            pages += 1
            yield page
    if not pages:
        raise _no_page(uri)


def _gzip_member(data: bytes, at: int, uri: str, budget: Budget) -> tuple[bytes, int]:
    """What the gzip member at `at` unpacks to, and where the next one starts."""
    packed = zlib.decompressobj(31)
    parts: list[bytes] = []
    size = 0
    room = budget.room()
    try:
        while not packed.eof and at < len(data) and size <= room:
            chunk = data[at : at + WARC_CHUNK]
            parts.append(packed.decompress(chunk, room + 1 - size))
            at += len(chunk) - len(packed.unused_data) - len(packed.unconsumed_tail)
            size += len(parts[-1])
    except zlib.error as error:
        raise InputError(uri, f"is damaged ({error})", "fetch it again") from error
    budget.take(uri, size)
    return b"".join(parts), at


def _no_page(uri: str) -> InputError:
    return InputError(uri, "is a WARC without a page of text", "give one with responses of type text/html")


def _pages(data: bytes, uri: str, budget: Budget) -> Iterator[Original]:
    """The pages in records that stand one after another."""
    at = 0
    while (head := _HEAD.match(data, at)) is not None:
        end = _HEAD_END.search(data, head.end() - 2, head.end() + LONGEST_HEAD)
        if end is None:
            break
        fields = _fields(data[head.end() : end.start()])
        length = fields.get("content-length", "")
        if not length.isdigit():
            break
        body = data[end.end() : end.end() + int(length)]
        at = end.end() + int(length)
        while data[at : at + 1] in (b"\r", b"\n") and data[at : at + 1]:
            at += 1
        page = _page(fields, body, uri, budget)
        if page is not None:
            yield page


def _fields(head: bytes) -> dict[str, str]:
    return {name.decode().lower(): value.decode("utf-8", "replace") for name, value in _FIELD.findall(head)}


def _page(fields: dict[str, str], body: bytes, uri: str, budget: Budget) -> Original | None:
    kind = fields.get("content-type", "")
    target = fields.get("warc-target-uri", "").strip("<> ")
    metadata = {"url": target, "crawled": fields.get("warc-date", "")}
    if fields.get("warc-type") == "response" and "http" in kind:
        status = re.match(rb"HTTP/[\d.]+ (\d{3})", body)
        end = _HEAD_END.search(body, 0, LONGEST_HEAD)
        if status is None or status[1] != b"200" or end is None:
            return None
        http = _fields(body[: end.start()])
        kind = http.get("content-type", "")
        body = _unwrapped(body[end.end() :], http, uri, budget)
    elif fields.get("warc-type") not in ("resource", "conversion"):
        return None
    if not re.match(r"(?:text/(?:html|plain|xml)|application/(?:xhtml|xml|rss|atom|json))", kind.strip().lower()):
        return None
    if not body.strip():
        return None
    return Original(uri=f"{uri}!{target}", data=body, metadata={k: v for k, v in metadata.items() if v})


def _unwrapped(body: bytes, http: dict[str, str], uri: str, budget: Budget) -> bytes:
    """The body of an answer, put together from its chunks and unpacked."""
    if "chunked" in http.get("transfer-encoding", "").lower():
        body = _joined(body)
    coding = http.get("content-encoding", "").lower()
    if coding in ("gzip", "x-gzip", "deflate"):
        try:
            packed = zlib.decompressobj(47)  # gzip or zlib, whichever the head says
            body = packed.decompress(body, budget.room() + 1)
        except zlib.error:
            return body  # said to be packed, and is not: some crawlers unpack and leave the field
    budget.take(uri, len(body))
    return body


def _joined(body: bytes) -> bytes:
    parts: list[bytes] = []
    at = 0
    while (size := re.compile(rb"([0-9a-fA-F]{1,8})[^\r\n]{0,100}\r\n").match(body, at)) is not None:
        length = int(size[1], 16)
        if not length:
            break
        parts.append(body[size.end() : size.end() + length])
        at = size.end() + length + 2
    return b"".join(parts) if parts else body


# -- mailboxes

_FROM = re.compile(rb"^From [^\r\n]{1,300}\r?\n(?=[A-Za-z][\w-]{0,60}:)", re.MULTILINE)


def _is_mailbox(data: bytes) -> bool:
    return _FROM.match(data) is not None


def _open_mailbox(data: bytes, uri: str, budget: Budget) -> Iterator[Original]:
    """The letters of an mbox, numbered from 1; a letter is a stretch of the file, so nothing is unpacked."""
    starts = [(match.start(), match.end()) for match in _FROM.finditer(data) if _after_gap(data, match.start())]
    for number, (_, start) in enumerate(starts, 1):
        stop = starts[number][0] if number < len(starts) else len(data)
        yield Original(uri=f"{uri}!{number}", data=data[start:stop])


def _after_gap(data: bytes, at: int) -> bool:
    return at == 0 or data[max(at - 2, 0) : at] == b"\n\n" or data[max(at - 4, 0) : at] == b"\r\n\r\n"


PACKINGS = (
    (_is_stream, _open_stream),
    (_is_zip, _open_zip),
    (_is_tar, _open_tar),
    (_is_warc, _open_warc),
    (_is_mailbox, _open_mailbox),
)
