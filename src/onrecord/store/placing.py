"""Put reports as they come into families of copies and into stories, in tables of the store.

Each lookup goes by an index, so a report costs the same whatever was added before it. What `link` works on are
mappings (tables.py) that hold a part of the tables in memory while one process adds.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

import msgspec

from onrecord.link.bearings import find_bearings
from onrecord.link.copies import HOLDERS as GRAM_HOLDERS
from onrecord.link.copies import Print, find_copies, same_report, sample, take_print
from onrecord.link.sketches import Frequencies, Sketch, Weights
from onrecord.link.stories import Near, Standing, StoryIndex
from onrecord.record import Record, Report, Span
from onrecord.store.rows import unpack_spans
from onrecord.store.stories import story_digest
from onrecord.store.tables import Kept

_REPORTS = ""
"""The word under which the number of reports stands in `story_word`, as in link/frequencies.tsv."""

_TITLE = 300  # characters of a title

_Numbers = tuple[tuple[int, ...], tuple[int, ...], dict[int, int]]
_SCALE = 10_000  # scores are rounded to four digits (link/stories.py) and kept whole


class Placing:
    """The families and stories of a store over `connection`; `fetch` gives a report by its row.

    Everything is to be called inside a transaction, and `forget` where one was rolled back.
    """

    def __init__(self, connection: sqlite3.Connection, fetch: Callable[[int], Report]) -> None:
        self._connection = connection
        self._fetch = fetch
        self._version = -1
        self._prints: dict[str, Print] = {}
        words: Kept[str, int] = Kept(
            self._word, lambda: self._firsts("SELECT word FROM story_word WHERE word != ''"), 1 << 18
        )
        self._words = words
        self._numbers: Kept[str, int] = Kept(self._number, lambda: self._firsts("SELECT uri FROM placed"), 4096)
        self._uris: Kept[int, str] = Kept(self._uri, lambda: self._firsts("SELECT number FROM placed"), 4096)
        self._sketches: Kept[int, Sketch] = Kept(self._sketch, self._uris.__iter__, 1024)
        self._holders: Kept[str, dict[int, int]] = Kept(
            self._held, lambda: self._firsts("SELECT word FROM story_holder"), 4096
        )
        self._near: Kept[int, Near] = Kept(self._nearness, self._uris.__iter__, 4096)
        self._story: Kept[int, str] = Kept(self._story_of, self._uris.__iter__, 1 << 14)
        self._standing: Kept[str, Standing] = Kept(self._stands, lambda: self._firsts("SELECT id FROM story"), 4096)
        self._index = StoryIndex(
            frequencies=Frequencies(words=words),
            numbers=self._numbers,
            uris=self._uris,
            sketches=self._sketches,
            holders=self._holders,
            near=self._near,
            story=self._story,
            standing=self._standing,
        )

    def add(self, row: int, record: Record, sentences: Sequence[Span]) -> None:
        """Place the report that was written to `row`. Another version of a uri stands where the first one does."""
        self._settle()
        report = record.report
        number = self._numbers.get(report.uri)
        if number is None:
            number = self._index.frequencies.reports
            self._run("UPDATE report SET number = ? WHERE id = ?", number, row)
            self._index.add(report, find_bearings(record, sentences))
            self._write()
            self._add_copies(number, report)
        else:
            self._run("UPDATE report SET number = ? WHERE id = ?", number, row)
            self._stale(number)

    def lift(self, row: int) -> None:
        """Take out the passages of the report at `row`, which is about to be read anew or removed."""
        number = self._number_at(row)
        if number is None:
            return
        self._settle()
        report = self._fetch(row)
        grams = sample(take_print(report))
        self._connection.executemany(
            "DELETE FROM copy_gram WHERE gram = ? AND number = ?", ((gram, number) for gram in grams)
        )
        self._run("DELETE FROM copy WHERE number = ?", number)
        self._prints.pop(report.uri, None)
        self._stale(number)

    def settle(self, row: int, record: Record, sentences: Sequence[Span]) -> None:
        """Say anew what the report at `row`, which was read anew, repeats. Its story stays as it is."""
        number = self._number_at(row)
        if number is None:
            self.add(row, record, sentences)
        else:
            self._add_copies(number, record.report)

    def remove(self, row: int) -> None:
        """Take the report at `row` out of its story, unless another version of it is there."""
        self._settle()
        number = self._number_at(row)
        if number is None or self._one("SELECT 1 FROM report WHERE number = ? AND id != ?", number, row):
            return
        self._index.remove(self._uris[number])
        self._write()
        self._run("DELETE FROM copy WHERE of = ?", number)
        self._run("DELETE FROM placed WHERE number = ?", number)

    def forget(self) -> None:
        """Hold nothing that may not be in the file."""
        self._prints.clear()
        for table in self._tables():
            table.forget()

    # -- copies

    def _add_copies(self, number: int, report: Report) -> None:
        taken = take_print(report)
        asked: list[int] = []

        def holders(grams: Sequence[int]) -> Iterable[str]:
            asked.extend(grams)
            return self._firsts(
                "SELECT p.uri FROM json_each(?) j JOIN copy_gram g ON g.gram = j.value "
                "JOIN placed p ON p.number = g.number WHERE g.number < ? ORDER BY j.key, g.number",
                msgspec.json.encode(grams).decode(),
                number,
            )

        found = find_copies(report, taken, holders, self._print)
        for copy in found:
            of = self._numbers[copy.of]
            data = msgspec.json.encode(copy).decode()
            self._run(
                "INSERT INTO copy VALUES (?, ?, ?, ?, ?, ?)", number, of, copy.relation, copy.taken, copy.kept, data
            )
        self._connection.executemany(
            "INSERT INTO copy_gram SELECT ?1, ?2 WHERE (SELECT count(*) FROM copy_gram WHERE gram = ?1) < ?3",
            ((gram, number, GRAM_HOLDERS) for gram in asked),
        )
        if len(self._prints) >= 512:
            self._prints.clear()
        self._prints[report.uri] = taken
        self._join(number, [self._numbers[uri] for uri in same_report(found)])

    def _print(self, uri: str) -> Print:
        if uri not in self._prints:
            row = self._one("SELECT min(id) FROM report WHERE number = ?", self._numbers[uri])
            self._prints[uri] = take_print(self._fetch(int(row)))
        return self._prints[uri]

    def _join(self, number: int, others: Sequence[int]) -> None:
        """Put a report into the oldest family of those it repeats, and the other families with it."""
        families = {int(self._one("SELECT family FROM placed WHERE number = ?", one)) for one in (number, *others)}
        oldest = min(families)
        for family in families - {oldest}:
            if family != number:
                self._run(
                    "UPDATE story SET data = NULL WHERE row IN (SELECT story FROM placed WHERE family = ?)", family
                )
            self._run("UPDATE placed SET family = ? WHERE family = ?", oldest, family)

    # -- stories

    def _write(self) -> None:
        """Write what the index has changed."""
        fresh = self._numbers.take()
        self._uris.take()
        number = max((number for number in fresh.values() if number is not None), default=None)
        for at, seen in self._sketches.take().items():
            if seen is not None:
                self._run(
                    "INSERT INTO placed (number, uri, family, sketch) VALUES (?1, ?2, ?1, ?3)",
                    at,
                    seen.uri,
                    _pack(seen),
                )
        many = self._connection.executemany
        words = self._words.take()
        if number is not None:
            words[_REPORTS] = number + 1
        many("INSERT INTO story_word VALUES (?1, ?2) ON CONFLICT (word) DO UPDATE SET reports = ?2", words.items())
        many(
            "INSERT INTO story_holder VALUES (?1, ?2) ON CONFLICT (word) DO UPDATE SET held = ?2",
            ((word, msgspec.msgpack.encode(held or {})) for word, held in self._holders.take().items()),
        )
        near = self._near.take()
        many(
            "INSERT INTO near VALUES (?1, ?2) ON CONFLICT (number) DO UPDATE SET data = ?2",
            ((at, _pack_near(known)) for at, known in near.items() if known is not None),
        )
        many("DELETE FROM near WHERE number = ?", ((at,) for at, known in near.items() if known is None))
        self._write_stories(self._standing.take(), self._story.take())

    def _write_stories(self, standing: dict[str, Standing | None], story: dict[int, str | None]) -> None:
        for id, held in standing.items():
            if held is not None:
                days = [date.fromordinal(day).isoformat() for day in (held.days[:1] + held.days[-1:])]
                self._run(
                    "INSERT INTO story (id, title, reports, began, latest, standing, digest) "
                    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (id) DO UPDATE SET "
                    "title = ?2, reports = ?3, began = ?4, latest = ?5, standing = ?6, data = NULL",
                    id,
                    self._title(held.first),
                    held.size,
                    days[0] if days else None,
                    days[-1] if days else None,
                    msgspec.msgpack.encode(held),
                    story_digest(id),
                )
        self._connection.executemany(
            "UPDATE placed SET story = (SELECT row FROM story WHERE id = ?) WHERE number = ?",
            ((id, number) for number, id in story.items() if id is not None),
        )
        for id, held in standing.items():
            if held is None:
                self._run("DELETE FROM story WHERE id = ?", id)

    def _title(self, number: int) -> str:
        """The headline of a report, or its first sentence."""
        headline, text, cuts = self._connection.execute(
            "SELECT headline, text, sentences FROM report WHERE number = ? LIMIT 1", (number,)
        ).fetchone() or ("", "", None)
        first = unpack_spans(cuts)[:1] if cuts else []
        return " ".join((headline or (first[0].of(text) if first else text))[:_TITLE].split())

    def _stale(self, number: int) -> None:
        self._run("UPDATE story SET data = NULL WHERE row = (SELECT story FROM placed WHERE number = ?)", number)

    def _settle(self) -> None:
        """Hold nothing that another process has changed since."""
        version = int(self._one("PRAGMA data_version"))
        if version != self._version:
            self.forget()
            self._version = version
        self._index.frequencies.reports = int(self._one("SELECT reports FROM story_word WHERE word = ''") or 0)

    # -- the rows

    def _word(self, word: str) -> int | None:
        found = self._one("SELECT reports FROM story_word WHERE word = ?", word)
        return None if found is None else int(found)

    def _number(self, uri: str) -> int | None:
        found = self._one("SELECT number FROM placed WHERE uri = ?", uri)
        return None if found is None else int(found)

    def _number_at(self, row: int) -> int | None:
        found = self._one("SELECT number FROM report WHERE id = ?", row)
        return None if found is None else int(found)

    def _uri(self, number: int) -> str | None:
        found = self._one("SELECT uri FROM placed WHERE number = ?", number)
        return None if found is None else str(found)

    def _sketch(self, number: int) -> Sketch | None:
        row = self._connection.execute("SELECT uri, sketch FROM placed WHERE number = ?", (number,)).fetchone()
        return _unpack(*row) if row else None

    def _held(self, word: str) -> dict[int, int] | None:
        data = self._one("SELECT held FROM story_holder WHERE word = ?", word)
        return None if data is None else msgspec.msgpack.decode(data, type=dict[int, int])

    def _nearness(self, number: int) -> Near | None:
        data = self._one("SELECT data FROM near WHERE number = ?", number)
        return None if data is None else _unpack_near(data)

    def _story_of(self, number: int) -> str | None:
        found = self._one("SELECT s.id FROM placed p JOIN story s ON s.row = p.story WHERE p.number = ?", number)
        return None if found is None else str(found)

    def _stands(self, id: str) -> Standing | None:
        data = self._one("SELECT standing FROM story WHERE id = ?", id)
        return None if data is None else msgspec.msgpack.decode(data, type=Standing)

    def _tables(self) -> tuple[Kept[Any, Any], ...]:
        words: tuple[Kept[Any, Any], ...] = (self._words, self._numbers, self._uris, self._sketches)
        return (*words, self._holders, self._near, self._story, self._standing)

    def _run(self, sql: str, *values: object) -> None:
        self._connection.execute(sql, values)

    def _one(self, sql: str, *values: object) -> Any:
        """The first cell of the first row; None where there is no row."""
        row = self._connection.execute(sql, values).fetchone()
        return row[0] if row else None

    def _firsts(self, sql: str, *values: object) -> list[Any]:
        return [row[0] for row in self._connection.execute(sql, values)]


class _Packed(msgspec.Struct, frozen=True, array_like=True):
    """A sketch as it is kept. What it gains stands last, with a default for those that were kept before."""

    day: int | None
    length: int
    words: Weights
    names: Weights
    opening: Weights
    headline: Weights
    days: tuple[str, ...] = ()


def _pack(seen: Sketch) -> bytes:
    packed = _Packed(seen.day, seen.length, seen.words, seen.names, seen.opening, seen.headline, seen.days)
    return zlib.compress(msgspec.msgpack.encode(packed), 1)


def _unpack(uri: str, data: bytes) -> Sketch:
    return Sketch(uri=uri, **msgspec.structs.asdict(msgspec.msgpack.decode(zlib.decompress(data), type=_Packed)))


def _pack_near(known: Near) -> bytes:
    highest = tuple(round(score * _SCALE) for score in known.highest)
    scores = {number: round(score * _SCALE) for number, score in known.scores.items()}
    return msgspec.msgpack.encode((known.days, highest, scores))


def _unpack_near(data: bytes) -> Near:
    days, highest, scores = msgspec.msgpack.decode(data, type=_Numbers)
    return Near(
        days=days,
        highest=tuple(score / _SCALE for score in highest),
        scores={number: score / _SCALE for number, score in scores.items()},
    )
