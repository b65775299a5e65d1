"""Say why bytes cannot be read as a report, and what to do about it."""

from __future__ import annotations

import re

from onrecord.errors import InputError

LARGEST = 20 * 2**20
"""Bytes of one page or text. The largest of some thousand news pages that we saw has 1.3 MiB, a book 2."""

_SIGNATURES: tuple[tuple[bytes, int, str, str], ...] = (
    (b"%PDF-", 0, "is a PDF", "save its text as a .txt file"),
    (b"\x89PNG\r\n\x1a\n", 0, "is a picture (PNG)", "give the text of the report"),
    (b"\xff\xd8\xff", 0, "is a picture (JPEG)", "give the text of the report"),
    (b"GIF8", 0, "is a picture (GIF)", "give the text of the report"),
    (b"RIFF", 0, "is a picture or a recording (RIFF)", "give the text of the report"),
    (b"II*\0", 0, "is a picture (TIFF)", "give the text of the report"),
    (b"MM\0*", 0, "is a picture (TIFF)", "give the text of the report"),
    (b"BM", 0, "is a picture (BMP)", "give the text of the report"),
    (b"ID3", 0, "is a recording (MP3)", "give a transcript of it"),
    (b"OggS", 0, "is a recording (Ogg)", "give a transcript of it"),
    (b"fLaC", 0, "is a recording (FLAC)", "give a transcript of it"),
    (b"ftyp", 4, "is a video or a recording (MP4)", "give a transcript of it"),
    (b"\x1aE\xdf\xa3", 0, "is a video (Matroska)", "give a transcript of it"),
    (b"PK\x03\x04", 0, "is a zip file or an office document", "unpack it, or save it as plain text"),
    (b"\x1f\x8b", 0, "is packed (gzip)", "unpack it"),
    (b"BZh", 0, "is packed (bzip2)", "unpack it"),
    (b"\xfd7zXZ\0", 0, "is packed (xz)", "unpack it"),
    (b"7z\xbc\xaf\x27\x1c", 0, "is packed (7z)", "unpack it"),
    (b"Rar!\x1a\x07", 0, "is packed (RAR)", "unpack it"),
    (b"\x28\xb5\x2f\xfd", 0, "is packed (zstd)", "unpack it"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0, "is an old office document", "save it as plain text"),
    (rb"{\rtf", 0, "is a document (RTF)", "save it as plain text"),
    (b"SQLite format 3\0", 0, "is a database (SQLite)", "give files, not stores, to read"),
    (b"\x7fELF", 0, "is a program", "give the file of a report"),
    (b"MZ", 0, "is a program", "give the file of a report"),
    (b"%!PS", 0, "is a print file (PostScript)", "save its text as a .txt file"),
    (b"wOFF", 0, "is a font", "give the file of a report"),
    (b"wOF2", 0, "is a font", "give the file of a report"),
)
"""Bytes that a kind of file starts with, at which place, what it is, and the remedy."""

_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_WORDS = re.compile(r"(?:[^\W\d_]['’\-\w]*[,;:]?[ \n]+){3}[^\W\d_]")
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u4e00-\u9fff]{6}")


def refuse_bytes(data: bytes, uri: str) -> None:
    """Raise InputError where bytes are no text of one report: empty, too large, or another kind of file."""
    if not data.strip(b" \t\r\n\f\v\0\xef\xbb\xbf\xff\xfe"):
        raise InputError(uri, "is empty", "give a file with a report in it")
    if len(data) > LARGEST:
        size = f"{len(data) / 2**20:.0f} MB"
        raise InputError(
            uri, f"is too large for one report ({size})", f"cut it into files of {LARGEST >> 20} MB at most"
        )
    for signature, at, what, remedy in _SIGNATURES:
        if data[at : at + len(signature)] == signature and _is_binary(data):
            raise InputError(uri, what, remedy)


def _is_binary(data: bytes) -> bool:
    """Whether bytes are hardly text: a signature of two letters ("BM") may open a sentence."""
    head = data[:4096]
    return bool(_CONTROL.search(head)) or head.startswith((b"%PDF-", b"{\\rtf", b"%!PS"))


def refuse_text(data: bytes, text: str, encoding: str, uri: str) -> None:
    """Raise InputError where what was decoded is no writing: bytes without an encoding, or nothing like a sentence."""
    if not encoding.startswith(("utf-16", "utf-32")) and len(_CONTROL.findall(data[:65536])) * 20 > len(data[:65536]):
        raise InputError(uri, "is not text", "give the file of a report, as text or as a web page")
    sample = text[:65536]
    letters = sum(map(str.isalpha, sample))
    if sample.count("\ufffd") * 10 > max(letters, 1):
        remedy = "save it as UTF-8, or fetch it again if it is damaged"
        raise InputError(uri, f"cannot be decoded (read as {encoding}, too much of it is damaged)", remedy)
    if not has_sentence(text):
        raise InputError(uri, "holds no sentence", "give a report in words")
    table = _table(text)
    if table:
        raise InputError(uri, f"is a table ({table})", "put each report's text into a file of its own")


def has_sentence(text: str) -> bool:
    """Whether four words stand in a row somewhere, or a run of characters of a script that sets no spaces."""
    return bool(_WORDS.search(text) or _UNSPACED.search(text))


def _table(text: str) -> str | None:
    """What kind of table a text is, where every line has the same three or more cells."""
    lines = [line for line in text[:20_000].split("\n")[:-1][:50] if line.strip()]
    if len(lines) < 3:
        return None
    for mark, name in (("\t", "tabs"), (";", "semicolons"), (",", "commas")):
        counts = {line.count(mark) for line in lines}
        if (
            len(counts) == 1
            and counts.pop() >= 2
            and not any(line.rstrip().endswith((".", ".”", '."')) for line in lines)
        ):
            return f"cells between {name}"
    return None
