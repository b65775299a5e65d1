"""What the page of an actor shows: what it said, what others said of it, and who spoke for its side unnamed."""

from __future__ import annotations

from urllib.parse import quote

import msgspec

from onrecord.errors import InputError
from onrecord.record import Span
from onrecord.store import Store
from onrecord.web.addresses import report_address
from onrecord.web.verdicts import with_remarks

PARTS = ("said", "of", "side")
"""The parts of the page that are lists of what was said, by their names in an address."""

Row = dict[str, object]

_ROWS = 200  # of a page of one part; and of what the actor said
_BESIDE = 50  # rows of the other parts beside it
_PASSED = 20_000  # reports that one answer looks through for unnamed sources
_LATEST = 500  # reports that name the actor in which its country, its sector and its figures are looked for
_LAST = 2**63 - 1  # the largest row

_STATE = ("GOV", "MIL", "COP", "SPY", "JUD", "LEG")
"""Sectors that speak for a country (ontology/sectors.toml)."""


class More(msgspec.Struct, frozen=True, kw_only=True):
    """Where a part of the page goes on."""

    part: str
    address: str


class ActorView(msgspec.Struct, frozen=True, kw_only=True):
    """An actor: what it `said`, what others said `of` it, what unnamed sources of its `side` said; the newest first.

    `more` has where the parts go on: what came before. With `part` only that part is shown,
    from `until` back. `counted` are figures whose actor it is.
    """

    name: str
    country: str | None
    sector: str | None
    reports: int
    part: str | None
    until: str | None
    said: list[Row] = []
    of: list[Row] = []
    side: list[Row] = []
    counted: list[Row] = []
    more: list[More] = []

    def table(self) -> list[Row]:
        """A row for each thing said of the part that was asked for, for CSV; without one, what the actor said."""
        return self.rows(self.part or "said")

    def rows(self, part: str) -> list[Row]:
        """The rows of a part."""
        return {"said": self.said, "of": self.of, "side": self.side}[part]


_COLUMNS = """SELECT r.dated, r.uri AS report, r.digest, t.id, t.source, a.name AS actor, t.kind, t.cue,
  coalesce(t.content, substr(r.text, t.content_start + 1, t.content_end - t.content_start)) AS content, t.quote,
  t.stance, t.content_start, t.content_end, t.row"""

_JOINED = "JOIN report r ON r.id = t.report LEFT JOIN actor a ON a.report = t.report AND a.id = t.actor"

_SAID = f"""{_COLUMNS} FROM actor a JOIN attribution t ON t.report = a.report AND t.actor = a.id
JOIN report r ON r.id = t.report WHERE a.name = ?1 AND a.report <= (?2 >> 20) AND t.row < ?2
ORDER BY a.report DESC, t.row DESC LIMIT ?3"""

_OF_ROWS = f"""{_COLUMNS} FROM (SELECT value AS row FROM json_each(?)) s JOIN attribution t ON t.row = s.row {_JOINED}
ORDER BY t.row DESC"""

_SIDE = f"""{_COLUMNS} FROM attribution t {_JOINED}
WHERE t.row < ?1 AND t.row >= (?2 << 20) AND t.kind = 'unnamed' AND a.name IS NOT ?3 AND (
  (a.country = ?4 AND a.sector IN (SELECT value FROM json_each(?5)))
  OR instr(' ' || replace(replace(replace(t.source, '-', ' '), '''', ' '), '’', ' ') || ' ', ' ' || ?3 || ' '))
ORDER BY t.row DESC LIMIT ?6"""

_FLOOR = "SELECT id FROM report WHERE id <= ? ORDER BY id DESC LIMIT 1 OFFSET ?"

_COUNTED = """SELECT r.dated, r.uri AS report, r.digest, f.id,
  substr(r.text, f.span_start + 1, f.span_end - f.span_start) AS words, f.low, f.best, f.high, f.outcome,
  p.name AS place
FROM (SELECT report, id FROM actor WHERE name = ? ORDER BY report DESC LIMIT ?) a
CROSS JOIN figure f ON f.report = a.report AND f.actor = a.id JOIN report r ON r.id = a.report
LEFT JOIN place p ON p.report = f.report AND p.id = f.place
ORDER BY a.report DESC, f.span_start LIMIT 100"""

_KNOWN = """SELECT country, sector, (SELECT count FROM tally WHERE kind = 'named' AND key = ?1) AS reports
FROM (SELECT country, sector, report FROM actor WHERE name = ?1 ORDER BY report DESC LIMIT ?2)
GROUP BY country, sector ORDER BY count(DISTINCT report) DESC LIMIT 1"""


def actor_view(store: Store, name: str, part: str | None, until: int | None) -> ActorView:
    """What the store holds of the actors of that name. An unknown name: an empty view.

    With a `part`, only that, of what stands before the row `until`.
    """
    known = store.select(_KNOWN, (name, _LATEST))
    country, sector = (_text(known[0][key]) if known else None for key in ("country", "sector"))
    before = _LAST if until is None else min(until, _LAST)
    rows: dict[str, list[Row]] = {}
    more: list[More] = []
    for one in (part,) if part else PARTS:
        limit = _ROWS if part or one == "said" else _BESIDE
        if one == "said":
            found, following = _said(store, name, before, limit)
        elif one == "of":
            found, following = _said_of(store, name, before, limit)
        elif not known:
            continue
        else:
            found, following = _of_their_side(store, name, country, sector, before, limit)
        rows[one] = with_remarks(store, [_led(row) for row in found])
        if following is not None:
            more.append(More(part=one, address=f"/actor/{quote(name, safe='')}?part={one}&until={following}"))
    return ActorView(
        name=name,
        country=country,
        sector=sector,
        reports=int(str(known[0]["reports"])) if known else 0,
        part=part,
        until=None if until is None else str(until),
        **rows,
        counted=[] if part else with_remarks(store, store.select(_COUNTED, (name, _LATEST))),
        more=more,
    )


def part_of(value: str | None) -> str | None:
    """A part of the page that an address asks for. Raises InputError where there is none of that name."""
    if value and value not in PARTS:
        raise InputError(f"part {value[:40]!r}", "is no part of an actor's page", f"there are {', '.join(PARTS)}")
    return value or None


def until_of(value: str | None) -> int | None:
    """The row that a page goes on from. Raises InputError where it is no number."""
    if value and not (value.isascii() and value.isdigit() and len(value) < 20):
        raise InputError(f"until {value[:40]!r}", "is no row", "follow the link of the page")
    return int(value) if value else None


def _said(store: Store, name: str, until: int, limit: int) -> tuple[list[Row], int | None]:
    found = store.select(_SAID, (name, until, limit + 1))
    if not found:  # a source that is no actor: "officials"
        found = _rows(store, store.said_in_words(name, until, limit + 1))
    return _cut(found, limit)


def _said_of(store: Store, name: str, until: int, limit: int) -> tuple[list[Row], int | None]:
    rows, following = store.said_of(name, until, limit)
    return _rows(store, rows), following


def _rows(store: Store, rows: list[int]) -> list[Row]:
    return store.select(_OF_ROWS, (msgspec.json.encode(rows).decode(),))


def _of_their_side(
    store: Store, name: str, country: str | None, sector: str | None, until: int, limit: int
) -> tuple[list[Row], int | None]:
    """What unnamed sources of the actor's country and sector said, or those that its name tells ("a source in …")."""
    floor = store.select(_FLOOR, (until >> 20, _PASSED))
    lowest = int(str(floor[0]["id"])) if floor else 0
    sectors = [sector] if sector else list(_STATE)
    own = country if country not in _NO_COUNTRY else None
    found = store.select(_SIDE, (until, lowest, name, own, msgspec.json.encode(sectors).decode(), limit + 1))
    rows, following = _cut(found, limit)
    return rows, following if following is not None or not floor else lowest << 20


_NO_COUNTRY = ("IGO", "NGO", "IMG", "MNC")  # codes of those who belong to none: of one are all the world's


def _cut(rows: list[Row], limit: int) -> tuple[list[Row], int | None]:
    """Rows up to the limit, and the row to go on from where there are more."""
    return rows[:limit], int(str(rows[limit - 1]["row"])) if len(rows) > limit else None


def _led(row: Row) -> Row:
    """A row with where its words are."""
    start, end = int(str(row["content_start"])), int(str(row["content_end"]))
    kept = {key: value for key, value in row.items() if key not in ("content_start", "content_end", "row")}
    return {**kept, "at": report_address(str(row["digest"]), str(row["report"]), Span(start, end))}


def _text(value: object) -> str | None:
    return None if value is None else str(value)
