"""Wire copy as agencies send it by line: IPTC 7901, ANPA 1312 and the telex frame ZCZC … NNNN; one report a message."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.clean import Sourced, decode_source
from onrecord.errors import InputError
from onrecord.intake.drafts import Draft, build_reports
from onrecord.record import Report

_LINE_END = re.compile(r"\r\n?")
_START = re.compile("\x01")
_IPTC = re.compile(
    r"\x01?\s*(?P<service>[A-Za-z]{2,4})(?P<sequence>\d{3,5})\s+(?P<urgency>\d)\s+(?P<category>\S{1,5})\s+(?P<count>\d{1,5})"
    r"(?P<more>[^\n\x02]*)"
)
_ANPA = re.compile(r"\x01\s*(?P<service>[a-zA-Z])(?P<sequence>\d{4})(?P<more>[^\n\x02]*)\n?(?P<line>[^\n\x02]*)")
_ANPA_LINE = re.compile(
    r"(?P<priority>[a-z])\s(?P<category>[\w-]{1,3})[\x10-\x14\s]+(?P<slug>\S.*?)(?:\s+(?P<day>\d\d-\d\d))?(?:\s+(?P<count>\d{3,5}))?\s*$"
)
_TAKE = re.compile(
    r"\b(?:\d(?:st|nd|rd|th) ?(?:Ld|Lead|Add|Take|Sub)[\w-]*|Writethru|Update\d*|Correction|Urgent)\b", re.IGNORECASE
)
_TELEX = re.compile(r"\s*ZCZC[^\n]*\n")
MOST_HEAD_LINES = 12


def sniff(data: bytes) -> bool:
    """Whether the bytes open with the marks of a wire message."""
    head = data[:64].lstrip(b"\x16\x7f\x00\r\n \t")
    framed = head.startswith(b"\x01") and b"\x02" in data[:4096]
    return framed or head.startswith(b"ZCZC") or bool(_BARE.match(head))


_BARE = re.compile(rb"[a-z]{3}\d{3,5} \d [a-z]{1,3} +\d{2,5} [^\n]{0,60}\r?\n")
"""A head of IPTC 7901 whose control characters a gateway has taken out."""


def reports(data: bytes, *, uri: str, date: str | None = None) -> Iterator[Report]:
    """The report of each message. Raises InputError where a message has no text."""
    source, encoding = decode_source(data)
    source = source.substitute(_LINE_END, "\n")
    telex = source.text.lstrip("\x16\x7f\x00\r\n \t").startswith("ZCZC")
    drafts: list[Draft] = []
    format = "telex"
    if telex:
        starts = [match.start() for match in re.finditer(r"^\s*ZCZC", source.text, re.MULTILINE)]
        for start, stop in zip(starts, [*starts[1:], len(source)], strict=True):
            drafts.append(_telex_draft(source[start:stop]))
    else:
        starts = [match.start() for match in _START.finditer(source.text)] or [0]
        for start, stop in zip(starts, [*starts[1:], len(source)], strict=True):
            format, draft = _message(source[start:stop], uri)
            drafts.append(draft)
    yield from build_reports(drafts, data, uri=uri, format=format, date=date, encoding=encoding)


def _message(source: Sourced, uri: str) -> tuple[str, Draft]:
    text = source.text
    begin = text.find("\x02")
    if begin < 0 and not text.startswith("\x01"):
        slug = re.compile(r"[^\n]*\n\s*[^\n]*").match(text)
        begin = slug.end() if slug else begin
    if begin < 0:
        raise InputError(uri, "is a wire message without text (no STX)", "give a whole message")
    end = text.find("\x03", begin)
    end = len(text) if end < 0 else end
    draft = Draft(metadata={})
    iptc = _IPTC.match(text)
    if iptc:
        _iptc_head(source[:begin], iptc, draft)
        _iptc_text(source[begin + 1 : end], draft)
        _foot(source[end + 1 :].strip(), draft)
        return "iptc-7901", draft
    anpa = _ANPA.match(text)
    line = _ANPA_LINE.match(anpa["line"].strip("\r")) if anpa else None
    if anpa:
        draft.note("service", anpa["service"])
        draft.note("sequence", anpa["sequence"])
    for name, value in (line.groupdict() if line else {}).items():
        draft.note({"count": "word count", "day": "sent"}.get(name, name), value)
    draft.add(source[1:begin].strip(), "metadata")
    while source.text[begin : begin + 1] == "\x02":
        begin += 1
    _anpa_text(source[begin:end], draft)
    _foot(source[end + 1 :].strip(), draft)
    return "anpa", draft


def _foot(foot: Sourced, draft: Draft) -> None:
    """What stands under the text: when it was sent, `131137 GMT Nov 13` or `AP-WF-11-13-13 1509GMT`."""
    draft.add(foot, "metadata")
    iptc = re.search(r"\b(\d\d)(\d\d)(\d\d)(?: GMT)? ([A-Za-z]{3}) (\d\d)\b", foot.text)
    american = re.search(r"-(?P<month>\d\d)-(?P<day>\d\d)-(?P<year>\d\d) (?P<hour>\d\d)(?P<minute>\d\d)GMT", foot.text)
    if iptc and iptc[4].lower() in _MONTHS:
        day, hour, minute, month, year = iptc.groups()
        number = _MONTHS.index(month.lower()) + 1
        draft.published = f"{_year(year)}-{number:02}-{day}T{hour}:{minute}:00Z"
    elif american:
        at = american.groupdict()
        draft.published = f"{_year(at['year'])}-{at['month']}-{at['day']}T{at['hour']}:{at['minute']}:00Z"


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def _year(two: str) -> int:
    """The year that two digits stand for: wires by computer start in 1970."""
    return int(two) + (2000 if int(two) < 70 else 1900)


def _iptc_head(head: Sourced, match: re.Match[str], draft: Draft) -> None:
    for name in ("service", "sequence", "urgency", "category"):
        draft.note(name, match[name])
    draft.note("word count", match["count"])
    draft.note("options", match["more"])
    draft.add(head[: match.end()], "metadata")
    slug = head[match.end() :].strip()
    draft.note("slug", slug.text)
    draft.add(slug, "metadata")


def _iptc_text(source: Sourced, draft: Draft) -> None:
    """The text: head lines down to one that ends in `=`, then the report."""
    lines = list(_lines(source))[:MOST_HEAD_LINES]
    last = next((n for n, line in enumerate(lines) if line.text.rstrip().endswith("=")), None)
    if last is None:
        draft.add(source.strip(), None)
        return
    while last + 1 < len(lines) and lines[last + 1].text.rstrip().endswith("="):
        last += 1
    title: list[Sourced] = []
    for line in lines[: last + 1]:
        words = line.strip()
        words = words[: len(words.text.rstrip("= "))]
        if re.match(r"By |Von |Par ", words.text):
            draft.byline = words.text.partition(" ")[2]
            draft.add(words, "byline")
        elif words.text:
            title.append(words)
            draft.add(words, "headline")
    draft.headline = " ".join(line.text for line in title) or None
    draft.add(source[sum(len(line) for line in lines[: last + 1]) :], None)


def _lines(source: Sourced) -> Iterator[Sourced]:
    """The lines with their ends."""
    for match in re.finditer(r"[^\n]*\n|[^\n]+$", source.text):
        yield source[match.start() : match.end()]


def _anpa_text(source: Sourced, draft: Draft) -> None:
    """The text: head lines that open with `^` and end in `<` or `=`, then the report's paragraphs."""
    slug = True
    at = 0
    for line in _lines(source):
        plain = line.text.strip("\r\n\x10\x11\x12\x13\x14 ")
        if not plain:
            at += len(line)
            continue
        body = plain.lstrip("^")
        if not plain.startswith("^") and plain[-1:] not in "<=":
            break
        if body.startswith(("\t", "   ")):
            break
        at += len(line)
        start = line.text.index(body) if body in line.text else 0
        words = line[start : start + len(body.rstrip("<= "))]
        _head_line(words, body, slug, draft)
        slug = False
    rest = source[at:]
    draft.add(rest.substitute(re.compile(r"(?m)^\^"), ""), None)


def _head_line(words: Sourced, line: str, slug: bool, draft: Draft) -> None:
    text = words.text
    if slug:
        draft.metadata["slug"] = re.sub(r",\d+$", "", text)
        take = _TAKE.search(text)
        draft.version = take[0] if take else None
        draft.note("take", take[0] if take else None)
        draft.add(words, "metadata")
    elif re.match(r"Eds?:|EDITORS?|Note", text):
        draft.note("ednote", re.sub(r"^Eds?:\s*", "", text))
        draft.add(words, "note")
    elif line.rstrip().endswith("="):
        if text.lower().startswith("by "):
            draft.byline = text[3:]
        draft.add(words, "byline")
    elif re.match(r"AP Photo|With |AP Graphic|AP Video|Photo", text):
        draft.add(words, "note")
    elif draft.headline is None:
        draft.headline = text
        draft.add(words, "headline")
    else:
        draft.add(words, "body")


def _telex_draft(source: Sourced) -> Draft:
    """ZCZC and its number, the desk's codes, a headline between colons, the text, NNNN."""
    draft = Draft(metadata={})
    opened = _TELEX.match(source.text)
    at = opened.end() if opened else 0
    draft.note("sequence", opened[0].replace("ZCZC", "") if opened else None)
    end = re.search(r"^\s*NNNN\s*$", source.text, re.MULTILINE)
    draft.add(source[:at].strip(), "metadata")
    codes = re.compile(r"(?:[A-Z]{2,3} [A-Z]{2,4}\d?|#[^\n]*)\s*\n").match(source.text, at)
    if codes:
        draft.note("category", codes[0])
        draft.add(source[at : codes.end()].strip(), "metadata")
        at = codes.end()
    title = re.compile(r":(?:([^:\n]*):)?([^\n]*)\n").match(source.text, at)
    if title:
        draft.note("slug", title[1])
        draft.headline = title[2].strip()
        draft.add(source[title.start(2) : title.end(2)].strip(), "headline")
        at = title.end()
    draft.add(source[at : end.start() if end else len(source)], None)
    return draft
