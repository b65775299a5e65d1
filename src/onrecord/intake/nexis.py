"""Exports of Nexis: HTML, plain text, and the lines of a DOCX; one report an article."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from onrecord.clean import Sourced, decode_source
from onrecord.intake.drafts import Draft, build_reports
from onrecord.intake.elements import declared_encoding, paragraphs, tree
from onrecord.record import Report

_COUNT = re.compile(r"\d{1,6} of \d{1,6} DOCUMENTS$")
_COUNT_BYTES = re.compile(rb"\b\d{1,6} of \d{1,6} DOCUMENTS\b")
_END = "End of Document"
_FIELD = re.compile(r"([A-ZÄÖÜ][\w /-]{2,30}?):\s*")
_FIELD_NAMES = (
    "ABSTRACT BYLINE CATEGORY CITY COMPANY CORRECTION CORRECTION-DATE COUNTRY COLUMN DATELINE DATE DISTRIBUTION EDITION"
    " GEOGRAPHIC GRAPHIC HEADLINE HIGHLIGHT INDUSTRY JOURNAL-CODE LANGUAGE LENGTH LOAD-DATE NAME NOTES ORGANIZATION "
    "PERSON PUBLICATION-TYPE SECTION SERIES SOURCE STATE SUBJECT TICKER TYPE URL TERMS"
)
_FIELDS = frozenset(_FIELD_NAMES.split())
_GERMAN = {
    "SPRACHE": "LANGUAGE",
    "LÄNGE": "LENGTH",
    "RUBRIK": "SECTION",
    "UPDATE": "LOAD-DATE",
    "AUTOR": "BYLINE",
}
_COPYRIGHT = re.compile(r"copyright|all rights reserved|©", re.IGNORECASE)
_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november"),
    *("december", "januar", "februar", "märz", "april", "mai", "juni", "juli", "august", "september", "oktober"),
    *("november", "dezember"),
)
_NAME = "|".join(dict.fromkeys(_MONTHS))
_DATE = re.compile(
    rf"(?P<month>{_NAME})\s+(?P<day>\d{{1,2}}),\s+(?P<year>\d{{4}})|(?P<tag>\d{{1,2}})\.\s+(?P<monat>{_NAME})\s+(?P<jahr>\d{{4}})",
    re.IGNORECASE,
)
_NOTES = {
    "length": "word count",
    "load-date": "loaded",
    "section": "section",
    "edition": "edition",
    "subject": "subject",
    "publication-type": "type",
    "geographic": "place",
    "correction": "correction",
    "notes": "ednote",
}


def sniff(data: bytes) -> bool:
    """Whether the file counts its documents as Nexis does."""
    return bool(_COUNT_BYTES.search(data[:262_144])) and not data.startswith(b"PK")


def reports(data: bytes, *, uri: str, date: str | None = None) -> Iterator[Report]:
    """The report of each document."""
    source, encoding = decode_source(data, declared_encoding(data))
    if re.match(r"\s*<", source.text):
        lines = paragraphs(tree(source, uri))
    else:
        lines = [source[match.start() : match.end()] for match in _STRETCH.finditer(source.text)]
    drafts = drafts_of([line.strip() for line in lines])
    yield from build_reports(drafts, data, uri=uri, format="nexis", date=date, encoding=encoding)


_STRETCH = re.compile(r"\S(?:(?!\n[^\S\n]*\r?\n)[\s\S])*")


def is_export(lines: Sequence[Sourced]) -> bool:
    """Whether the lines of a document are an export."""
    return any(line.text == _END or _COUNT.match(line.text) for line in lines)


def drafts_of(lines: Sequence[Sourced]) -> list[Draft]:
    """The articles, cut at Nexis's own marks."""
    return [draft for article in _articles(lines) if (draft := _draft(article)) is not None]


def _articles(lines: Sequence[Sourced]) -> Iterator[list[Sourced]]:
    ended = any(line.text == _END for line in lines)
    held: list[Sourced] = []
    opened = ended
    for line in lines:
        if line.text == _END if ended else _COUNT.match(line.text):
            if opened:
                yield held
            held = []
            opened = True
        else:
            held.append(line)
    if opened and not ended:
        yield held


def _draft(lines: list[Sourced]) -> Draft | None:
    """One article: what stands above its first field, the fields, the body, and what stands below it."""
    fields = {n: name for n, line in enumerate(lines) if (name := field_name(line.text))}
    dated = next((n for n, line in enumerate(lines) if _DATE.match(line.text) and n not in fields), None)
    if dated is None:
        return None
    start = next((n for n, line in enumerate(lines) if line.text == "Body"), None)
    below = [
        n for n, name in fields.items() if name in ("LOAD-DATE", "LANGUAGE", "SUBJECT", "GRAPHIC", "PUBLICATION-TYPE")
    ]
    if start is None:
        head = [n for n, name in fields.items() if name in ("LENGTH", "BYLINE", "SECTION", "DATELINE", "HIGHLIGHT")]
        start = _last_of_run(head) if head else dated + 1
    end = next((n for n in below if n > start), len(lines))
    end = next((n for n in range(start + 1, end) if lines[n].text == "Classification"), end)
    while end > start + 1 and _COPYRIGHT.match(lines[end - 1].text):
        end -= 1
    draft = Draft(metadata={})
    _top(lines, dated, min([*fields, start]), draft)
    for n in (n for n in fields if n <= start):
        _keep(lines[n], fields[n], draft)
    for line in lines[start + 1 : end]:
        draft.add(line)
    for n in (n for n in fields if n >= end):
        _keep(lines[n], fields[n], draft)
    return draft


def _last_of_run(head: list[int]) -> int:
    """The last of the fields above the body, which stand together but for a highlight of several lines."""
    last = head[0]
    for n in head[1:]:
        if n - last > 3:
            break
        last = n
    return last


def field_name(line: str) -> str | None:
    """The field that a line gives: `LENGTH: 239 words` is LENGTH's."""
    match = _FIELD.match(line)
    name = match[1].upper() if match else ""
    name = _GERMAN.get(name, name)
    return name if name in _FIELDS else None


def _top(lines: list[Sourced], dated: int, fields: int, draft: Draft) -> None:
    """The paper, the day and the headline. New exports put the headline first, old ones after the day."""
    match = _DATE.match(lines[dated].text)
    if match:
        name, day, year = (match[a] or match[b] for a, b in (("month", "monat"), ("day", "tag"), ("year", "jahr")))
        draft.published = f"{year}-{_MONTHS.index(name.lower()) % 12 + 1:02}-{int(day):02}"
    after = [n for n in range(dated + 1, max(fields, dated + 1)) if not _COPYRIGHT.search(lines[n].text)]
    headline = after[0] if after else dated - 2
    source = dated - 1
    if source >= 0:
        draft.provider = lines[source].text
        draft.add(lines[source], "metadata")
    draft.add(lines[dated], "metadata")
    if 0 <= headline < len(lines):
        draft.headline = lines[headline].text
        draft.add(lines[headline], "headline")


def _keep(line: Sourced, name: str, draft: Draft) -> None:
    match = _FIELD.match(line.text)
    said = line[match.end() if match else 0 :].strip()
    if name == "BYLINE":
        draft.byline = said.text
        draft.add(said, "byline")
    elif name == "DATELINE":
        draft.add(said, "dateline")
    elif name == "GRAPHIC":
        draft.add(said, "caption")
    elif name == "LANGUAGE":
        draft.language = _LANGUAGES.get(said.text.split(";")[0].strip().lower())
    elif name == "HIGHLIGHT":
        draft.add(said, "body")
    draft.note(_NOTES.get(name.lower(), ""), said.text if name.lower() in _NOTES else None)


_LANGUAGES = {"english": "en", "german": "de", "german, deutsch": "de", "french": "fr", "spanish": "es", "dutch": "nl"}
