"""Letters by e-mail: one report a letter, its text leading back through the transfer encoding to the bytes."""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from email.errors import HeaderParseError
from email.header import decode_header, make_header

import msgspec

from onrecord.clean import Sourced, decode, decode_source, insert, join, stand_in
from onrecord.errors import InputError
from onrecord.intake.drafts import Draft, build_reports
from onrecord.intake.elements import paragraphs, tree
from onrecord.record import Report

_FIELD = re.compile(rb"([A-Za-z][\w-]{0,60}):[ \t]*([^\r\n]*+(?:\r?\n[ \t]+[^\r\n]*+)*)\r?\n")
_KNOWN = re.compile(
    rb"^(?:received|return-path|delivered-to|from|message-id|mime-version|x-[\w-]+|date|subject|to)[ \t]*:",
    re.IGNORECASE,
)
_GAP = re.compile(rb"\r?\n\r?\n|\A\r?\n")
_PARAMETER = re.compile(r"([\w-]+)\*?=(?:\"([^\"]*)\"|([^\s;]+))")
_QUOTED = re.compile(rb"=(?:([0-9A-Fa-f]{2})|[ \t]*\r?\n)")
_GROUP = re.compile(rb"[A-Za-z0-9+/=]{4}")

DEEPEST = 20
"""Parts within parts. A letter forwarded ten times is rare."""


class Part(msgspec.Struct):
    """A part of a letter: its fields and where in the bytes its body stands."""

    fields: dict[str, str]
    start: int
    end: int


def sniff(data: bytes) -> bool:
    """Whether the bytes open with the fields of a letter, two of them known to every mail program."""
    head = data[:8192].lstrip(b"\xef\xbb\xbf \t\r\n")
    fields = _known_fields(head)
    return len(fields) >= 3 and bool({"from", "received", "message-id"} & fields) and bool({"date", "subject"} & fields)


def _known_fields(head: bytes) -> set[str]:
    """Names of fields at the top, up to the first line that is none."""
    found: set[str] = set()
    at = 0
    while (match := _FIELD.match(head, at)) is not None:
        if not _KNOWN.match(head, at) and not found:
            break
        found.add(match[1].decode().lower())
        at = match.end()
    return found


def reports(data: bytes, *, uri: str, date: str | None = None) -> Iterator[Report]:
    """The report in a letter. Raises InputError where it has no text."""
    start = len(data) - len(data.lstrip(b"\xef\xbb\xbf \t\r\n"))
    letter = _part(data, start, len(data))
    draft = Draft(metadata={})
    draft.headline = letter.fields.get("subject")
    draft.published = letter.fields.get("date")
    draft.byline = re.sub(r"\s*<[^>]*>|\"", "", letter.fields.get("from", "")).strip()
    draft.language = letter.fields.get("content-language")
    for name in (
        "from",
        "to",
        "reply-to",
        "message-id",
        "in-reply-to",
        "list-id",
        "x-priority",
        "importance",
        "keywords",
    ):
        draft.note(name, letter.fields.get(name))
    subject = _subject(data, start)
    if subject is not None:
        draft.add(subject, "headline")
    encodings: list[str] = []
    for source, kind in _texts(data, letter, uri, encodings, 0):
        draft.add(source, kind)
    if len(draft.blocks) == (subject is not None):
        raise InputError(uri, "is a letter without text", "save what is attached to it, and give that")
    yield from build_reports([draft], data, uri=uri, format="mail", date=date, encoding=next(iter(encodings), None))


def _part(data: bytes, start: int, end: int) -> Part:
    gap = _GAP.search(data, start, end)
    top = gap.start() if gap else end
    fields: dict[str, str] = {}
    at = start
    stop = gap.end() if gap else end
    while at < top and (match := _FIELD.match(data, at, stop)) is not None:
        fields.setdefault(match[1].decode().lower(), _plain(match[2]))
        at = match.end()
    return Part(fields, stop, end)


def _plain(raw: bytes) -> str:
    """The value of a field, with its encoded words read."""
    text = re.sub(r"\r?\n[ \t]+", " ", raw.decode("utf-8", "replace")).strip()
    try:
        return str(make_header(decode_header(text))).encode("utf-8", "replace").decode("utf-8")
    except (HeaderParseError, LookupError, ValueError):
        return text


def _subject(data: bytes, start: int) -> Sourced | None:
    """The subject as a stretch of the letter; an encoded one stands for its whole field."""
    match = re.compile(rb"^subject:[ \t]*([^\r\n]*+(?:\r?\n[ \t]+[^\r\n]*+)*)", re.IGNORECASE | re.MULTILINE).search(
        data, start, start + 65536
    )
    if match is None:
        return None
    text = _plain(match[1])
    source = decode(match[1], "utf-8", match.start(1))
    return source if source.text == text else stand_in(text, match.start(1), match.end(1))


def _texts(data: bytes, part: Part, uri: str, encodings: list[str], depth: int) -> Iterator[tuple[Sourced, None]]:
    """The texts of a part in order; of alternatives, the plain one or else the HTML."""
    kind, parameters = _content_type(part.fields.get("content-type", "text/plain"))
    if depth > DEEPEST:
        raise InputError(uri, f"has parts nested deeper than {DEEPEST}", "give a letter, not a trap")
    if kind.startswith("multipart/"):
        inner = list(_parts(data, part, parameters.get("boundary", "")))
        if kind == "multipart/alternative":
            inner.sort(key=lambda p: _RANK.get(_content_type(p.fields.get("content-type", ""))[0], 1))
        for child in inner:
            found = list(_texts(data, child, uri, encodings, depth + 1))
            yield from found
            if found and kind == "multipart/alternative":
                return
        return
    if kind not in ("text/plain", "text/html") or part.fields.get("content-disposition", "").startswith("attachment"):
        return
    source, encoding = _decoded(data, part, parameters.get("charset"))
    encodings.append(encoding)
    if kind == "text/html":
        yield from ((paragraph, None) for paragraph in paragraphs(tree(source, uri)))
    elif source.text.strip():
        yield source.strip(), None


_RANK = {"text/plain": 0, "text/html": 2}


def _content_type(value: str) -> tuple[str, dict[str, str]]:
    kind, _, rest = value.partition(";")
    return kind.strip().lower() or "text/plain", {
        name.lower(): quoted or plain for name, quoted, plain in _PARAMETER.findall(rest)
    }


def _parts(data: bytes, part: Part, boundary: str) -> Iterator[Part]:
    if not boundary:
        return
    mark = re.compile(
        rb"^--" + re.escape(boundary.encode("utf-8", "replace")) + rb"(--)?[ \t]*(?:\r?\n|\Z)", re.MULTILINE
    )
    marks = list(mark.finditer(data, part.start, part.end))
    for number, here in enumerate(marks, 1):
        if here[1]:
            return
        yield _part(data, here.end(), marks[number].start() if number < len(marks) else part.end)


def _decoded(data: bytes, part: Part, charset: str | None) -> tuple[Sourced, str]:
    """The text of a part, each character with the bytes that it was sent as."""
    raw = data[part.start : part.end]
    coding = part.fields.get("content-transfer-encoding", "").strip().lower()
    if coding == "quoted-printable":
        return _lead_back(*_unquote(raw, part.start), charset)
    if coding == "base64":
        return _lead_back(*_unbase(raw, part.start), charset)
    source, encoding = decode_source(raw, charset)
    moved = tuple((a, b, c + part.start, d + part.start) for a, b, c, d in source.pieces)
    return Sourced(source.text, moved), encoding


Runs = list[tuple[int, int, int, int]]
"""`(start, end, source_start, source_end)`: stretches of decoded bytes and the bytes that they were sent as."""


def _unquote(raw: bytes, start: int) -> tuple[bytes, Runs]:
    out: list[bytes] = []
    runs: Runs = []
    size = last = 0
    for match in _QUOTED.finditer(raw):
        plain = raw[last : match.start()]
        if plain:
            out.append(plain)
            runs.append((size, size + len(plain), start + last, start + match.start()))
            size += len(plain)
        if match[1]:
            out.append(bytes((int(match[1], 16),)))
            runs.append((size, size + 1, start + match.start(), start + match.end()))
            size += 1
        last = match.end()
    if last < len(raw):
        out.append(raw[last:])
        runs.append((size, size + len(raw) - last, start + last, start + len(raw)))
    return b"".join(out), runs


def _unbase(raw: bytes, start: int) -> tuple[bytes, Runs]:
    out: list[bytes] = []
    runs: Runs = []
    size = 0
    for match in _GROUP.finditer(raw):
        try:
            part = binascii.a2b_base64(match[0])
        except binascii.Error:
            continue
        out.append(part)
        runs.append((size, size + len(part), start + match.start(), start + match.end()))
        size += len(part)
    return b"".join(out), runs


def _lead_back(decoded: bytes, runs: Runs, charset: str | None) -> tuple[Sourced, str]:
    """The text of decoded bytes, leading back over them to those that were sent."""
    source, encoding = decode_source(decoded, charset)
    parts: list[Sourced] = []
    for a, b, c, d in source.pieces:
        width = (d - c) // (b - a)
        parts += _placed(source.text[a:b], c, width, runs)
    return join(parts), encoding


def _placed(text: str, at: int, width: int, runs: Runs) -> Iterator[Sourced]:
    """Characters of `width` decoded bytes each from `at` on, with the bytes sent."""
    from bisect import bisect_right

    done = 0
    while done < len(text):
        index = bisect_right(runs, at, key=lambda run: run[0]) - 1
        start, end, source, stop = runs[index]
        plain = stop - source == end - start
        whole = (end - at) // width if plain and width else 0
        if whole:
            count = min(whole, len(text) - done)
            first = source + at - start
            piece = text[done : done + count]
            yield Sourced(piece, ((0, count, first, first + count * width),))
        else:
            count = 1
            last = bisect_right(runs, at + max(width, 1) - 1, key=lambda run: run[0]) - 1
            ends = runs[last][3]  # of a group of base64, each character came from all of it
            yield stand_in(text[done], source, max(source, ends)) if width else insert(text[done], source)
        done += count
        at += count * width
