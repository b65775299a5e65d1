"""The store: one SQLite file that keeps originals, reports and records, and finds them again."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

import msgspec

from onrecord.encode.sentences import split
from onrecord.errors import StoreError
from onrecord.record import Correction, Record, Report, Span, Story
from onrecord.record.decoding import from_json
from onrecord.record.story import Copy
from onrecord.store import stories
from onrecord.store.about import add_spoken, find_said_by_words, find_said_of, remove_spoken
from onrecord.store.corrections import (
    insert_correction,
    list_corrections,
    orphan_corrections,
    remove_corrections,
    settle_corrections,
)
from onrecord.store.facets import Facet, add_facets, list_facets, remove_facets
from onrecord.store.finding import Hit, find_reports, find_said, list_said, rows_between
from onrecord.store.narrowing import Found, Wanted, find_narrowed
from onrecord.store.opening import explained, open_file
from onrecord.store.placing import Placing
from onrecord.store.rows import (
    Row,
    day_number,
    first_row,
    fragment_of,
    layer_rows,
    pack_spans,
    report_row,
    unpack_spans,
)
from onrecord.store.tallies import (
    Kind,
    count_days,
    count_reports,
    count_tallies,
    list_letters,
    list_tallies,
    rows_from,
    tally,
)
from onrecord.store.titles import list_openings
from onrecord.store.version import reading_version, telling_version

LEVEL = 3
"""Of zlib. Level 6 takes twice the time for a tenth less (0.44 and 0.24 ms, 4,050 and 4,470 bytes a record)."""

LAYER_TABLES = ("actor", "attribution", "time", "place", "figure", "event", "talk")


class _Bare(msgspec.Struct, frozen=True):
    """Of a record only the report, which is decoded in a tenth of the time."""

    report: Report


class Store:
    """A store in the file at `path`, which is made where there is none. Close it, or use it in a `with`.

    Each report is added whole or not at all, and no kill takes away what was added. One process writes at a time:
    another waits `timeout` seconds, then StoreError is raised. Any number read meanwhile. `readonly` opens without
    writing. A `shared` one may go from thread to thread, but be used by one at a time. `made_by` names what makes the
    records that are added; it is `reading_version()` unless given.

    >>> with Store("desk.onrecord") as store:                                  # doctest: +SKIP
    ...     store.add(record, data)
    True

    Raises StoreError where the file is missing (readonly), foreign, damaged, of a newer onrecord or locked, or the
    disk is full.
    """

    def __init__(
        self,
        path: str | Path,
        *,
        readonly: bool = False,
        timeout: float = 10.0,
        made_by: str | None = None,
        shared: bool = False,
    ) -> None:
        self.path = Path(path)
        self.readonly = readonly
        self._made_by = made_by
        self._connection = open_file(self.path, readonly=readonly, timeout=timeout, shared=shared)
        self._placing = Placing(self._connection, self._report)

    def __enter__(self) -> Store:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        with explained(self.path):
            self._connection.close()

    @property
    def made_by(self) -> str:
        """What makes the records that are added now."""
        if self._made_by is None:
            self._made_by = reading_version()
        return self._made_by

    # -- writing

    def add(self, record: Record, original: bytes) -> bool:
        """Keep `record` and the bytes that it was read from. False where it is there already, and nothing changes.

        It is compared with the reports before it and put into a story in the same step.

        The same bytes under another uri are not kept twice: the other uri leads to the same report.

        Raises StoreError where `original` is not what the report's digest says.
        """
        report = record.report
        if hashlib.sha256(original).hexdigest() != report.digest:
            raise StoreError(f"{self.path}: the original given for {report.uri} is not the one its digest names")
        if self.holds(report):
            return False
        with self._transaction():
            found = self._row_of(report)
            if found is not None:
                self._connection.execute("INSERT OR IGNORE INTO other_name VALUES (?, ?)", (report.uri, found))
                return False
            self._keep_original(report.digest, original)
            spans = _sentences(report)
            self._placing.add(self._insert(record, spans), record, spans)
        return True

    def replace(self, digest: str, records: Iterable[Record]) -> None:
        """Put `records`, read anew from the original with that digest, in the place of those there. All or none."""
        new = list(records)
        with self._transaction():
            rows = self._all("SELECT fragment, id FROM report WHERE digest = ?", (digest,))
            held = {fragment: int(row) for fragment, row in rows}
            for record in new:
                if record.report.digest != digest:
                    raise StoreError(f"{self.path}: {record.report.uri} was not read from the original {digest}")
                row = held.pop(fragment_of(record.report.uri), None)
                if row is not None:
                    self._placing.lift(row)
                spans = _sentences(record.report)
                self._placing.settle(self._insert(record, spans, row=row), record, spans)
            for row in held.values():
                self._remove(row)

    def refresh(self, again: Callable[[bytes, Report], Iterable[Record]]) -> int:
        """Read again what an older model or rule set read; return how many originals were.

        `again` gets the original and the first of the reports that were read from it (its uri, its dating), and gives
        the records of now. Each original is settled before the next, so a refresh that was broken off goes on.
        """
        count = 0
        for digest in self._stale_originals():
            was = next(self._records("WHERE digest = ? ORDER BY id LIMIT 1", (digest,))).report
            self.replace(digest, again(self.original(digest), was))
            count += 1
        return count

    def remove(self, key: str) -> bool:
        """Take the report with that uri or digest out with what was said of its items, and its original where no other
        report needs it.
        """
        row = self._find_row(key)
        if row is None:
            return False
        with self._transaction():
            digest, fragment = self._connection.execute(
                "SELECT digest, fragment FROM report WHERE id = ?", (row,)
            ).fetchone()
            self._remove(row)
            remove_corrections(self._connection, digest, fragment)
            self._connection.execute(
                "DELETE FROM original WHERE digest = ?1 AND NOT EXISTS (SELECT 1 FROM report WHERE digest = ?1)",
                (digest,),
            )
        return True

    def place(self) -> int:
        """Put the reports of an older store that have no place in a story yet there; return how many.

        Each is settled before the next, so that what was broken off goes on. `add` places what it adds by itself.
        """
        rows = [int(row) for (row,) in self._all("SELECT id FROM report WHERE number IS NULL ORDER BY id", ())]
        for row in rows:
            (record,) = self._records("WHERE id = ?", (row,))
            with self._transaction():
                spans = self.sentences(record.report)
                self._connection.execute("UPDATE report SET sentences = ? WHERE id = ?", (pack_spans(spans), row))
                self._placing.add(row, record, spans)
        return len(rows)

    def keep_story(self, story: Story) -> bool:
        """Keep what was told of a story, until a report joins or leaves it. False where one has meanwhile."""
        with self._transaction():
            return stories.keep_told(self._connection, story, telling_version(), len(story.reports))

    def correct(
        self,
        key: str | Record,
        id: str,
        verdict: str,
        *,
        by: str,
        note: str = "",
        fields: Mapping[str, object] | None = None,
    ) -> Correction:
        """Keep a person's verdict on the item `id` of a report (its uri, digest or record).

        A verdict is `confirmed`, `corrected`, `rejected` or `withdrawn`.

        It stands beside the machine's reading, which stays as it is; of several on one item the last one stands.
        `fields` are the values that a corrected item should have (`{"best": 33.0}`).

        Raises KeyError where there is no such report, InputError where the item, the name or a value is none.
        """
        record = self.get(key) if isinstance(key, str) else key
        with self._transaction():
            found = self._all(
                "SELECT made_by FROM report WHERE digest = ? AND fragment = ?",
                (record.report.digest, fragment_of(record.report.uri)),
            )
            if not found:
                raise KeyError(record.report.uri)
            made_by = found[0][0]
            number = insert_correction(
                self._connection, record, id, verdict, by=by, note=note, fields=fields or {}, made_by=made_by
            )
        return list_corrections(self._connection, "number = ?", (number,))[0]

    # -- reading

    def count(self) -> int:
        """How many reports there are."""
        with explained(self.path):
            return count_reports(self._connection)

    def days(self) -> dict[int, int]:
        """How many reports each day has, by its number (`date.fromordinal`), the latest first; 0: those of no day."""
        with explained(self.path):
            return count_days(self._connection)

    def newest(self, limit: int, start: int = 0) -> list[int]:
        """The rows of the newest reports from the `start`-th on (`row` in the view `reports`), the newest first."""
        with explained(self.path):
            return rows_from(self._connection, start, limit)

    def facets(self, kind: Facet, limit: int = 10) -> list[tuple[str, str, int]]:
        """The values of a facet that most reports have, as `(key, name, reports)`, without counting the whole store.

        `by`: who is said to have said something; `place`: by GeoNames number; `kind` of source; `event` and `status`;
        `outcome` of a figure; `outlet`; `language`; `month`.
        """
        with explained(self.path):
            return list_facets(self._connection, kind, limit)

    def tallies(self, kind: Kind, limit: int = 12, *, start: int = 0, letter: str = "") -> list[tuple[str, str, int]]:
        """What there is most of, the most first, as `(key, name, count)`, without counting the whole store.

        `layer`: how many items each has; `speaker`: how many attributions an actor of that name has; `place`: how many
        reports name the place of that GeoNames number; `day`: how many quotations its reports have, the latest first.
        With a `letter`, those whose names begin with it, by name.
        """
        with explained(self.path):
            return list_tallies(self._connection, kind, limit, start, letter)

    def count_tallies(self, kind: Kind, letter: str = "") -> int:
        """How many speakers or places there are, or how many whose names begin with a letter."""
        with explained(self.path):
            return count_tallies(self._connection, kind, letter)

    def letters(self, kind: Kind) -> str:
        """The signs that names of speakers or places begin with, in upper case."""
        with explained(self.path):
            return list_letters(self._connection, kind)

    def writes(self) -> int:
        """How often the store was written to: a number that is another after each time, the same for all who ask."""
        return int(self._one("SELECT count FROM written WHERE id = 1", ())[0])

    def size(self) -> int:
        """Bytes of the file, less what is free in it and what still stands in its log."""
        (pages,), (free,), (width,) = (
            self._one(f"PRAGMA {name}", ()) for name in ("page_count", "freelist_count", "page_size")
        )
        return (int(pages) - int(free)) * int(width)

    def holds(self, report: Report) -> bool:
        """Whether that report is there under its uri, so that it need not be read again. Its words are not compared."""
        row = self._row_of(report)
        return row is not None and bool(
            self._all(
                "SELECT 1 FROM report WHERE id = ?1 AND uri = ?2 UNION ALL "
                "SELECT 1 FROM other_name WHERE report = ?1 AND uri = ?2",
                (row, report.uri),
            )
        )

    def get(self, key: str) -> Record:
        """The record with that uri (of several, the newest) or digest. Raises KeyError where there is none."""
        row = self._find_row(key)
        if row is None:
            raise KeyError(key)
        return next(self._records("WHERE id = ?", (row,)))

    def sentences(self, report: Report) -> list[Span]:
        """The sentences of a report of this store, as they were cut when it was added."""
        row = self._row_of(report)
        rows = self._all("SELECT sentences FROM report WHERE id = ?", (row,)) if row is not None else []
        if not rows or rows[0][0] is None:
            return _sentences(report)
        with explained(self.path):
            return unpack_spans(rows[0][0])

    def records(self) -> Iterator[Record]:
        """Every record, those without a day first, then by day; a few in memory at a time."""
        last = 0
        while rows := self._all("SELECT id FROM report WHERE id > ? ORDER BY id LIMIT 64", (last,)):
            last = int(rows[-1][0])
            yield from self._records("WHERE id BETWEEN ? AND ? ORDER BY id", (int(rows[0][0]), last))

    def original(self, digest: str) -> bytes:
        """The bytes with that digest. Raises KeyError where there are none, StoreError where they are damaged."""
        row = self._one("SELECT data FROM original WHERE digest = ?", (digest,))
        if row is None:
            raise KeyError(digest)
        try:
            data = zlib.decompress(row[0])
        except zlib.error as error:
            raise StoreError(f"{self.path}: the original {digest} is damaged ({error})") from error
        if hashlib.sha256(data).hexdigest() != digest:
            raise StoreError(f"{self.path}: the original {digest} is damaged")
        return data

    def stale(self) -> Iterator[str]:
        """The uris of the reports that an older model or rule set read (`made_by` is another)."""
        return (row[0] for row in self._all("SELECT uri FROM report WHERE made_by != ? ORDER BY id", (self.made_by,)))

    def find(
        self,
        query: str = "",
        *,
        by: str | None = None,
        about: str | None = None,
        after: str | None = None,
        before: str | None = None,
        limit: int = 20,
    ) -> list[Hit]:
        """Where `query` stands, in the newest report first.

        With `by`, what that actor or source is said to have said; else whole reports. `about` is the name of an actor
        or place that the report names (with `by`: words of what was said). `after` and `before` are ISO dates that
        bound the day that a report speaks from: `after <= day < before`; a report without a day is then left out.

        Words are found whole, whatever their case and accents; all must be there. "Words in quotation marks" stand
        together, `word*` is a beginning, `-word` must not be there. Any other sign is a space.

        Raises InputError where `after` or `before` is no date.
        """
        days = rows_between(after, before)
        with explained(self.path):
            if by is not None:
                return find_said(self._connection, query, by, about, days, limit)
            return find_reports(self._connection, query, about, days, limit)

    def search(self, wanted: Wanted, limit: int = 50) -> Found:
        """What a search narrowed by what reports hold finds, with counts by facet (narrowing.py).

        Raises InputError where a bound is no date.
        """
        with explained(self.path):
            return find_narrowed(self._connection, wanted, limit)

    def said_by(self, name: str) -> list[dict[str, object]]:
        """All that an actor or source of that name is said to have said, oldest day first.

        Each row has `dated`, `report`, `id`, `source`, `actor`, `cue`, `content`, `quote`, `stance` and its span. All
        words of `name` must be in the source's own words or the actor's name, in any case.
        """
        with explained(self.path):
            return list_said(self._connection, name)

    def said_of(self, name: str, until: int, limit: int) -> tuple[list[int], int | None]:
        """The rows of what others said of the actor of that name, before the row `until`, the newest first.

        A row is the key of an attribution: the later, the higher. The second value is the row to go on from; None where
        nothing is left.
        """
        with explained(self.path):
            return find_said_of(self._connection, name, until, limit)

    def said_in_words(self, source: str, until: int, limit: int) -> list[int]:
        """The rows of what a source told in just these words is said to have said, as `said_of` gives them."""
        with explained(self.path):
            return find_said_by_words(self._connection, source, until, limit)

    def openings(self, uris: Iterable[str]) -> dict[str, str]:
        """The opening words of those of the reports that have no headline, by uri: what to call them in a list."""
        with explained(self.path):
            return list_openings(self._connection, uris)

    def select(self, sql: str, values: Iterable[object] = ()) -> list[dict[str, object]]:
        """The rows of a query over the views (docs/store.md), by the names of their columns.

        For readers of the store; one that would write raises StoreError.
        """
        with explained(self.path):
            self._connection.execute("PRAGMA query_only = ON")
            try:
                cursor = self._connection.execute(sql, tuple(values))
                names = [column[0] for column in cursor.description or ()]
                return [dict(zip(names, row, strict=True)) for row in cursor]
            finally:
                self._connection.execute(f"PRAGMA query_only = {'ON' if self.readonly else 'OFF'}")

    def stories(
        self, limit: int = 50, start: int = 0, *, order: str = "reports", least: int = 1
    ) -> list[dict[str, Any]]:
        """The stories of `least` reports or more from the `start`-th on, those of most reports first.

        With `order="latest"` those whose last report is newest first. Rows have `id`, `title`, `reports`, `copies`
        (those that repeat an earlier report), and the days `began` and `latest`.
        """
        with explained(self.path):
            return stories.list_stories(self._connection, limit, start, order, least)

    def count_stories(self, least: int = 1) -> int:
        """How many stories have `least` reports or more."""
        with explained(self.path):
            return stories.count_stories(self._connection, least)

    def story_row(self, id: str) -> dict[str, Any]:
        """The row of one story, as `stories` gives it. Raises KeyError where there is none."""
        with explained(self.path):
            row = stories.story_row(self._connection, id)
        if row is None:
            raise KeyError(id)
        return row

    def story_id(self, digest: str) -> str:
        """The id of the story with that name in an address (`story_digest`). Raises KeyError where there is none."""
        with explained(self.path):
            id = stories.id_of(self._connection, digest)
        if id is None:
            raise KeyError(digest)
        return id

    def story_records(self, id: str) -> Iterator[Record]:
        """The records of a story's reports, by day. Raises KeyError where there is no such story."""
        self.story_row(id)
        with explained(self.path):
            rows = stories.reports_of(self._connection, id)
        listed = msgspec.json.encode(rows).decode()
        yield from self._records("WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id", (listed,))

    def story_sentences(self, id: str) -> dict[str, list[Span]]:
        """The sentences of a story's reports, by uri, as they were cut when each was added."""
        with explained(self.path):
            return stories.sentences_in(self._connection, id)

    def story_items(self, id: str) -> dict[str, int]:
        """How many attributions, figures, events and talks the reports of a story have."""
        with explained(self.path):
            return stories.items_in(self._connection, id)

    def story_copies(self, id: str) -> tuple[list[Copy], dict[str, str]]:
        """What a story's reports repeat of each other, and the family of each: the first of those that are one."""
        with explained(self.path):
            return stories.copies_in(self._connection, id), stories.families_in(self._connection, id)

    def unplaced(self) -> int:
        """How many reports are in no story yet: those of a store that an older onrecord made (`place`)."""
        return int(self._one("SELECT count(*) FROM report WHERE number IS NULL", ())[0])

    def told(self, id: str) -> Story | None:
        """The story as it was last told; None where its reports, or how stories are told, have changed since.

        `onrecord.gather.tell` tells it anew then. Raises KeyError where there is no such story.
        """
        self.story_row(id)
        try:
            with explained(self.path):
                return stories.read_told(self._connection, id, telling_version())
        except (zlib.error, msgspec.MsgspecError):
            return None

    def corrections(
        self, report: Report | None = None, *, digests: Iterable[str] | None = None, all: bool = False
    ) -> list[Correction]:
        """The verdicts of persons on the items of a report, of the reports of some originals, or of every report.

        The oldest first; those that stand, orphaned ones among them; with `all`, also those that a later one or a
        withdrawal took back.
        """
        where, values = "1", list[object]()
        if report is not None:
            where, values = "digest = ? AND report = ?", [report.digest, report.uri]
        if digests is not None:
            where += " AND digest IN (SELECT value FROM json_each(?))"
            values.append(msgspec.json.encode([*digests]).decode())
        with explained(self.path):
            return list_corrections(
                self._connection, where if all else f"{where} AND standing AND verdict != 'withdrawn'", tuple(values)
            )

    def check(self) -> None:
        """Read the whole file and its indexes through. Raises StoreError where something is damaged."""
        problems = [row[0] for row in self._all("PRAGMA integrity_check(3)", ()) if row[0] != "ok"]
        problems += [f"a row of {row[0]} leads nowhere" for row in self._all("PRAGMA foreign_key_check", ())]
        if problems:
            raise StoreError(f"{self.path}: the store is damaged ({'; '.join(problems)}); take it from a copy")
        if not self.readonly:
            with self._transaction():
                for index in ("text_index", "said_index"):
                    self._connection.execute(f"INSERT INTO {index}({index}, rank) VALUES ('integrity-check', 1)")
        for (digest,) in self._all("SELECT digest FROM original", ()):
            self.original(digest)

    # -- the rows

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        if self.readonly:
            raise StoreError(f"{self.path}: is open for reading only")
        with explained(self.path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("UPDATE written SET count = count + 1 WHERE id = 1")
                self._connection.execute("COMMIT")
            except BaseException:
                self._placing.forget()
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    def _all(self, sql: str, values: tuple[object, ...]) -> list[tuple[Any, ...]]:
        with explained(self.path):
            return self._connection.execute(sql, values).fetchall()

    def _one(self, sql: str, values: tuple[object, ...]) -> tuple[bytes, ...]:
        with explained(self.path):
            row: tuple[bytes, ...] = self._connection.execute(sql, values).fetchone()
        return row

    def _row_of(self, report: Report) -> int | None:
        rows = self._all(
            "SELECT id FROM report WHERE digest = ? AND fragment = ?", (report.digest, fragment_of(report.uri))
        )
        return int(rows[0][0]) if rows else None

    def _find_row(self, key: str) -> int | None:
        for sql in (
            "SELECT id FROM report WHERE uri = ? ORDER BY id DESC LIMIT 1",
            "SELECT report FROM other_name WHERE uri = ? ORDER BY report DESC LIMIT 1",
            "SELECT id FROM report WHERE digest = ? ORDER BY id LIMIT 1",
        ):
            if rows := self._all(sql, (key,)):
                return int(rows[0][0])
        return None

    def _records(self, where: str, values: tuple[object, ...]) -> Iterator[Record]:
        with explained(self.path):
            rows = self._connection.execute(f"SELECT uri, text, record FROM report {where}", values).fetchall()
        for uri, text, data in rows:
            try:
                record = Record.from_json(zlib.decompress(data))
            except (zlib.error, msgspec.MsgspecError, ValueError) as error:
                raise StoreError(f"{self.path}: the record of {uri} is damaged ({error})") from error
            yield msgspec.structs.replace(record, report=msgspec.structs.replace(record.report, text=text))

    def _report(self, row: int) -> Report:
        """The report at a row, without its record."""
        text, data, uri = self._connection.execute(
            "SELECT text, record, uri FROM report WHERE id = ?", (row,)
        ).fetchone()
        try:
            report = from_json(zlib.decompress(data), _Bare).report
        except (zlib.error, msgspec.MsgspecError, ValueError) as error:
            raise StoreError(f"{self.path}: the record of {uri} is damaged ({error})") from error
        return msgspec.structs.replace(report, text=text)

    def _stale_originals(self) -> list[str]:
        rows = self._all(
            "SELECT digest FROM report WHERE made_by != ? GROUP BY digest ORDER BY min(id)", (self.made_by,)
        )
        return [row[0] for row in rows]

    def _keep_original(self, digest: str, original: bytes) -> None:
        self._connection.execute(
            "INSERT OR IGNORE INTO original VALUES (?, ?, ?)", (digest, len(original), zlib.compress(original, LEVEL))
        )

    def _insert(self, record: Record, sentences: Iterable[Span], row: int | None = None) -> int:
        """Write a record, over the row that it replaces where one is given; its row."""
        values = report_row(record)
        bare = msgspec.structs.replace(record, report=msgspec.structs.replace(record.report, text=""))
        try:
            values["text"] = str(values["text"]).encode("utf-8").decode("utf-8")
            data = zlib.compress(bare.to_json(), LEVEL)
        except UnicodeEncodeError as error:
            raise StoreError(
                f"{self.path}: {record.report.uri} holds half a surrogate pair, which is no text"
            ) from error
        place = self._free_row(str(values["dated"] or ""), row)
        packed = pack_spans(sentences)
        if row is None:
            added = datetime.now(UTC).isoformat(timespec="seconds")
            whole = {
                "id": place,
                **values,
                "made_by": self.made_by,
                "added": added,
                "sentences": packed,
                "record": data,
            }
            self._connection.execute(
                f"INSERT INTO report ({', '.join(whole)}) VALUES ({', '.join('?' * len(whole))})", tuple(whole.values())
            )
        else:
            self._clear(row)
            names = ", ".join(f"{name} = ?" for name in values)
            self._connection.execute(
                f"UPDATE report SET id = ?, {names}, made_by = ?, sentences = ?, record = ? WHERE id = ?",
                (place, *values.values(), self.made_by, packed, data, row),
            )
        settle_corrections(self._connection, record)
        for table, items in layer_rows(record):
            keys = ({"row": first_row(place) + n} if table == "attribution" else {} for n in range(len(items)))
            self._insert_rows(table, [{**key, "report": place, **item} for key, item in zip(keys, items, strict=True)])
        tally(self._connection, place, 1)
        add_facets(self._connection, place)
        add_spoken(self._connection, place, record)
        self._connection.execute("INSERT INTO text_index(rowid, headline, text, names) " + _SEARCHED, (place,))
        self._connection.execute("INSERT INTO said_index(rowid, source, content) " + _SAID, (place,))
        return place

    def _free_row(self, dated: str, row: int | None) -> int:
        """A row among those of the day; `row` itself where it is one of them."""
        day = first_row(day_number(dated) or 0)
        after = first_row((day_number(dated) or 0) + 1)
        if row is not None and day <= row < after:
            return row
        sql = "SELECT coalesce(max(id) + 1, ?1) FROM report WHERE id >= ?1 AND id < ?2"
        return int(self._connection.execute(sql, (max(day, 1), after)).fetchone()[0])

    def _clear(self, row: int) -> None:
        """Take a report's layers and its words in the indexes away."""
        tally(self._connection, row, -1)
        remove_facets(self._connection, row)
        remove_spoken(self._connection, row)
        self._connection.execute(
            "INSERT INTO text_index(text_index, rowid, headline, text, names) SELECT 'delete', * FROM ("
            + _SEARCHED
            + ")",
            (row,),
        )
        self._connection.execute(
            "INSERT INTO said_index(said_index, rowid, source, content) SELECT 'delete', * FROM (" + _SAID + ")", (row,)
        )
        for table in LAYER_TABLES:
            self._connection.execute(f"DELETE FROM {table} WHERE report = ?", (row,))

    def _insert_rows(self, table: str, rows: list[Row]) -> None:
        if rows:
            marks = ", ".join("?" * len(rows[0]))
            sql = f"INSERT INTO {table} ({', '.join(rows[0])}) VALUES ({marks})"
            self._connection.executemany(sql, [tuple(row.values()) for row in rows])

    def _remove(self, row: int) -> None:
        self._placing.lift(row)
        self._placing.remove(row)
        self._clear(row)
        digest, fragment = self._connection.execute(
            "SELECT digest, fragment FROM report WHERE id = ?", (row,)
        ).fetchone()
        orphan_corrections(self._connection, digest, fragment)
        self._connection.execute("DELETE FROM report WHERE id = ?", (row,))


_SEARCHED = "SELECT row, headline, text, names FROM searched WHERE row = ?"
_SAID = "SELECT row, source, content FROM said WHERE row IN (SELECT row FROM attribution WHERE report = ?)"


def _sentences(report: Report) -> list[Span]:
    """The sentences of a report's prose, as `encode.sentences.cut` cuts them, without their words."""
    return [span for part in report.prose() for span in split(report.text, part.span, report.language or "en")]
