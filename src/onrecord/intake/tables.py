"""Tables of reports: JSONL, an object a line, and CSV, a row a report. Columns are known by their names, and told."""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Iterator

from onrecord.clean import Sourced, decode, decode_source
from onrecord.clean.encoding import find_encoding
from onrecord.errors import InputError
from onrecord.intake.drafts import Draft, build_draft
from onrecord.intake.json_text import read_json
from onrecord.record import Report

COLUMNS = {
    "text": "text body body_text content article full_text fulltext article_text maintext story article_body "
    "plain_text document lede",
    "headline": "headline title article_title hed",
    "byline": "byline author authors by writer",
    "published": "published date datetime pubdate pub_date publish_date published_at publication_date date_publish "
    "date_published created created_at timestamp time",
    "modified": "modified updated updated_at date_modify",
    "provider": "provider source agency outlet publisher publication newspaper source_domain media site",
    "language": "language lang",
    "url": "url link uri source_url web_url canonical_url",
    "guid": "id guid article_id doc_id docid",
    "section": "section category topic",
    "version": "version",
}
"""What columns are called, the best name first: those of Kaggle, Hugging Face, MediaCloud and news crawlers."""

LONGEST_LINE = 32 * 2**20
"""Bytes of a line. A report of 32 MiB is none."""


def pick_columns(names: list[str]) -> dict[str, str]:
    """Which column is what: `{"text": "Body", "published": "Date"}`; without "text" it is no table of reports.

    >>> pick_columns(["Title", "BODY", "date"])
    {'text': 'BODY', 'headline': 'Title', 'published': 'date'}
    """
    plain = {re.sub(r"[^a-z0-9]+", "_", name.strip().lower()).strip("_"): name for name in reversed(names)}
    found = {field: next((plain[n] for n in known.split() if n in plain), None) for field, known in COLUMNS.items()}
    picked = {field: name for field, name in found.items() if name is not None}
    return picked if "text" in picked else {}


def row_draft(row: dict[str, Sourced]) -> Draft | None:
    """The report of a row; None where no column is known to hold its text. Other columns are kept as metadata."""
    columns = pick_columns(list(row))
    if not columns or not row[columns["text"]].text.strip():
        return None

    def cell(field: str) -> str:
        return " ".join(row[columns[field]].text.split()) if field in columns else ""

    draft = Draft(
        metadata={},
        headline=cell("headline"),
        byline=cell("byline"),
        published=cell("published"),
        modified=cell("modified"),
        provider=cell("provider"),
        language=cell("language"),
        version=cell("version"),
    )
    if "headline" in columns:
        draft.add(row[columns["headline"]].strip(), "headline")
    draft.add(row[columns["text"]].strip(), None)
    for field in ("url", "guid", "section"):
        draft.note(field, cell(field))
    used = set(columns.values())
    for name, value in row.items():
        if name not in used and len(value.text) < LONGEST_CELL:
            draft.note(name, value.text)
    draft.note("columns", ", ".join(f"{field}={name}" for field, name in columns.items()))
    return draft


LONGEST_CELL = 500
"""Characters of a cell that is kept as metadata; a longer one is another text, which the original has."""


# -- JSONL


def sniff_jsonl(data: bytes) -> bool:
    """Whether the first line is a JSON object by itself, and another follows."""
    first, _, rest = data[:65536].lstrip(b"\xef\xbb\xbf").partition(b"\n")
    return first.strip().startswith(b"{") and first.strip().endswith(b"}") and rest.lstrip().startswith(b"{")


def reports_jsonl(data: bytes, *, uri: str, date: str | None = None) -> Iterator[Report]:
    """The report of each line, `uri#N` by its number. Lines that are no reports are told when the others are read."""
    encoding = find_encoding(data[:65536])
    digest = hashlib.sha256(data).hexdigest()
    wrong: list[str] = []
    count = 0
    at = 3 if data.startswith(b"\xef\xbb\xbf") else 0
    number = 0
    while at < len(data):
        number += 1
        end = data.find(b"\n", at, at + LONGEST_LINE + 1)
        if end < 0 and len(data) - at > LONGEST_LINE:
            raise InputError(f"{uri}, line {number}", f"is longer than {LONGEST_LINE} bytes", "give one report a line")
        end = len(data) if end < 0 else end
        line = data[at:end]
        if line.strip():
            draft = _line_draft(line, at, encoding, f"{uri}, line {number}", wrong)
            if draft is not None:
                count += 1
                name = f"{uri}#{number}"
                yield build_draft(draft, digest, uri=name, format="jsonl", date=date, encoding=encoding)
        at = end + 1
    if wrong or not count:
        more = f" and {len(wrong) - 1} more" if len(wrong) > 1 else ""
        raise InputError(
            uri, f"has lines that are no reports: {wrong[0] if wrong else 'all'}{more}", "mend those lines"
        )


def _line_draft(line: bytes, at: int, encoding: str, where: str, wrong: list[str]) -> Draft | None:
    try:
        value = read_json(decode(line, encoding, at), where)
    except InputError as error:
        wrong.append(f"{error.where} {error.problem}")
        return None
    row = {key: part for key, part in value.items() if isinstance(part, Sourced)} if isinstance(value, dict) else {}
    draft = row_draft(row)
    if draft is None:
        wrong.append(f"{where} has no field of text")
    return draft


# -- CSV


def sniff_csv(data: bytes) -> bool:
    """Whether the first line names columns, one of them a report's text."""
    head = data[:65536].decode("utf-8", "replace").lstrip("\ufeff")
    first = head.splitlines()[0] if head.strip() else ""
    return len(first) < 10_000 and _delimiter(first) is not None


def _delimiter(first: str) -> str | None:
    """What stands between the columns: the mark that gives a table with a column of text and another."""
    for mark in (",", ";", "\t", "|"):
        names = next(csv.reader([first], delimiter=mark), [])
        if len(names) > 1 and len(pick_columns(names)) > 1 and all(len(name) < 60 for name in names):
            return mark
    return None


def reports_csv(data: bytes, *, uri: str, date: str | None = None) -> Iterator[Report]:
    """The report of each row, `uri#N` by its number under the head."""
    source, encoding = decode_source(data)
    first = source.text.lstrip("\ufeff").splitlines()[0]
    rows = _rows(source, _delimiter(first) or ",")
    names = [cell.text.lstrip("\ufeff").strip() for cell in next(rows)]
    drafts = (row_draft(dict(zip(names, row, strict=False))) for row in rows)
    numbered = ((number, draft) for number, draft in enumerate(drafts, 1) if draft is not None)
    digest = hashlib.sha256(data).hexdigest()
    found = False
    for number, draft in numbered:
        found = True
        yield build_draft(draft, digest, uri=f"{uri}#{number}", format="csv", date=date, encoding=encoding)
    if not found:
        raise InputError(uri, "is a table without a row of text", "give one with a report in it")


def _rows(source: Sourced, delimiter: str) -> Iterator[list[Sourced]]:
    """The rows; a cell in quotation marks may hold line ends, and its doubled marks are one."""
    cell = re.compile(rf'(?:"((?:[^"]|"")*+)"|([^{re.escape(delimiter)}\r\n]*+))({re.escape(delimiter)}|\r\n?|\n|$|)')
    row: list[Sourced] = []
    at = 0
    while at < len(source):
        match = cell.match(source.text, at)
        if match is None:
            return
        which = 1 if match[1] is not None else 2
        value = source[match.start(which) : match.end(which)]
        row.append(value.substitute(_DOUBLED, '"') if which == 1 and '""' in value.text else value)
        if match[3] == "" and match.end() < len(source):  # something after a closing mark: taken as it stands
            at = match.end() + 1
            continue
        at = match.end()
        if match[3] != delimiter:
            yield row
            row = []
    if row:
        yield row


_DOUBLED = re.compile('""')
