"""What each page shows, read from the store; a page, its JSON and its CSV are three forms of one view."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

import msgspec

from onrecord.errors import InputError
from onrecord.record import LAYERS, Correction, Record, Span, count_words, counts
from onrecord.store import Store, story_digest
from onrecord.web.addresses import passage_of, report_address
from onrecord.web.verdicts import Counts, summed, verdict_counts, verdicts_on

PAGE = 50
"""Rows on a page of a list: more than two screens of them are not read, they are searched."""

Row = dict[str, object]


class Listing(msgspec.Struct, frozen=True, kw_only=True):
    """A list of rows with what it is of, how many there are in all, and where the page starts."""

    title: str
    rows: list[Row]
    total: int
    start: int = 0
    counts: dict[str, int] = {}
    verdicts: Counts = {}
    stories: list[Row] = []

    def table(self) -> list[Row]:
        """The rows, for CSV."""
        return self.rows


class ReportView(msgspec.Struct, frozen=True, kw_only=True):
    """A report with its record; `at` are the words that were asked for.

    `corrections` are what persons say of its items, and `counts` how many items and verdicts of each kind there are.
    `outlets` are the names under which its very bytes came. `others` are the reports that repeat it or that it
    repeats, `siblings` the other reports of its original.
    """

    record: Record
    title: str
    outlets: list[str]
    address: str
    at: Span | None = None
    corrections: list[Correction] = []
    counts: Counts = {}
    story: Row | None = None
    others: list[Row] = []
    siblings: list[Row] = []

    def table(self) -> list[Row]:
        """Each item of the record with its words, for CSV."""
        report = self.record.report
        said = {one.id: one for one in self.corrections}
        return [
            {
                "id": item.id,
                "layer": layer,
                "words": " ".join(report.words(item.span).split()),
                "start": item.span.start,
                "end": item.span.end,
                "basis": item.basis.name,
                "verdict": said[item.id].verdict if item.id in said else None,
                "by": said[item.id].by if item.id in said else None,
                "note": said[item.id].note if item.id in said else None,
            }
            for layer in ("attributions", "figures", "events", "talks", "times", "places", "actors")
            for item in self.record.layer(layer) or ()
        ]


_REPORTS = """SELECT r.digest, r.uri AS report, r.dated, r.headline, r.provider, r.language, r.format,
  (SELECT count(*) FROM attribution a WHERE a.report = r.id) AS attributions,
  (SELECT count(*) FROM figure f WHERE f.report = r.id) AS figures
FROM report r WHERE r.id IN (SELECT value FROM json_each(?)) ORDER BY r.id DESC"""

_NAMES = "SELECT report FROM reports WHERE digest = ? ORDER BY row"

_OTHER_NAMES = """SELECT o.uri FROM other_name o JOIN report r ON r.id = o.report WHERE r.uri = ? ORDER BY o.uri"""

_STORY_OF = """SELECT story AS id, title, (SELECT count(*) FROM stories o WHERE o.story = s.story) AS reports
FROM stories s WHERE report = ? LIMIT 1"""


def front(store: Store, query: Mapping[str, str]) -> Listing:
    """The reports of the store, the newest first."""
    start = number_of(query, "start")
    held = {key: count for key, _, count in store.tallies("layer")}
    shown = ("attributions", "figures", "events", "places")
    found = store.select(_REPORTS, (msgspec.json.encode(store.newest(PAGE, start)).decode(),))
    return Listing(
        title=store.path.name,
        rows=_with_verdicts(store, with_titles(store, found)),
        total=store.count(),
        start=start,
        counts={name: held.get(name, 0) for name in shown},
        verdicts=verdict_counts(store),
        stories=[
            {**row, "first": row["began"], "last": row["latest"], "digest": story_digest(row["id"])}
            for row in store.stories(6, order="latest", least=2)
        ],
    )


def report(store: Store, digest: str, query: Mapping[str, str]) -> ReportView:
    """The report with that digest; of several in one original, that of number `n`. Raises KeyError for none."""
    names = [str(row["report"]) for row in store.select(_NAMES, (digest,))]
    number = query.get("n", "")
    chosen = next((name for name in names if number and name.endswith(f"#{number}")), None)
    record = store.get(chosen) if chosen else store.get(digest)
    told = record.report
    said = store.corrections(told)
    items = {name: {"items": len(layer)} for name in LAYERS if (layer := record.layer(name)) is not None}
    story = next(iter(store.select(_STORY_OF, (told.uri,))), None)
    return ReportView(
        record=record,
        title=told.headline or store.openings([told.uri]).get(told.uri) or told.uri,
        outlets=[told.uri, *(str(row["uri"]) for row in store.select(_OTHER_NAMES, (told.uri,)))],
        address=report_address(digest, told.uri),
        at=passage_of(query.get("at"), len(told.text)),
        corrections=said,
        counts={layer: {**items.get(layer, {}), **counts(said).get(layer, {})} for layer in items},
        story={**story, "digest": story_digest(str(story["id"]))} if story else None,
        others=_others(store, str(story["id"]), told.uri) if story else [],
        siblings=[{"report": name, "address": report_address(digest, name)} for name in names if name != told.uri],
    )


def with_titles(store: Store, rows: list[Row]) -> list[Row]:
    """Rows of reports, each with its `title`: its headline, else its opening words, else its name."""
    openings = store.openings(str(row["report"]) for row in rows if not row["headline"])
    return [{**row, "title": row["headline"] or openings.get(str(row["report"])) or row["report"]} for row in rows]


def _with_verdicts(store: Store, rows: list[Row]) -> list[Row]:
    """Rows of reports, each with the verdicts on its items in words."""
    held = verdicts_on(store, {str(row["digest"]) for row in rows})
    return [
        {**row, "verdicts": count_words(summed(held.counts(str(row["digest"]), str(row["report"]))))} for row in rows
    ]


def _others(store: Store, story: str, uri: str) -> list[Row]:
    """The reports of a story that repeat this one or that it repeats, with how."""
    rows = []
    for copy in store.story_copies(story)[0]:
        if uri not in (copy.uri, copy.of):
            continue
        other = copy.of if copy.uri == uri else copy.uri
        found = store.select("SELECT digest, dated, headline, provider FROM reports WHERE report = ?", (other,))
        later = store.select("SELECT text FROM reports WHERE report = ? ORDER BY row DESC LIMIT 1", (copy.uri,))
        if found:
            how = {
                "relation": copy.relation,
                "earlier": copy.uri == uri,
                "taken": copy.taken,
                "changed": [
                    f"{change.was} → {' '.join(change.span.of(str(later[0]['text'])).split())}"
                    for change in copy.changed
                    if later
                ],
                "added": sum(len(span) for span in copy.new),
            }
            rows.append(
                {**how, **found[-1], "report": other, "address": report_address(str(found[-1]["digest"]), other)}
            )
    return with_titles(store, rows)


MONTH = r"^(?!0000)\d{4}(-(0[1-9]|1[0-2]))?$"
"""A year or a month of ISO 8601, for Python and for ECMAScript."""


def day_of(query: Mapping[str, str], name: str) -> str | None:
    """A date, month or year of an address; None where there is none. Raises InputError where it is no such."""
    value = query.get(name) or None
    if value is None or (value.isascii() and re.fullmatch(MONTH.strip("^$"), value)):
        return value
    try:
        if len(value) != 10 or not value.isascii():
            raise ValueError(value)
        return date.fromisoformat(value).isoformat()
    except ValueError:
        wrong = f"{name} {value[:40]!r}"
        raise InputError(wrong, "is not a date", "write it as 2024-02-21, 2024-02 or 2024") from None


def number_of(query: Mapping[str, str], name: str) -> int:
    """A whole number that an address asks with; 0 where there is none. Raises InputError where it is no number."""
    value = query.get(name) or "0"
    if not (value.isascii() and value.isdigit() and len(value) < 10):
        raise InputError(f"{name} {value[:40]!r}", "is not a whole number", "write it as 50")
    return int(value)
