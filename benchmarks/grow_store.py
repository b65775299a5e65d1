"""Grow a store that benchmarks/store.py made by repeating it under other uris and days, faster than it is filled.

    python benchmarks/store.py --reports 2000 --keep small.onrecord
    python benchmarks/grow_store.py small.onrecord large.onrecord --times 50
    python benchmarks/store.py --reports 0 --keep large.onrecord      # ask it

Each repeat is what adding it would have left, had its runs of words been others: reports with their records, items and
words in the indexes, stories, copies and what is kept to place the next report. Its words are those of the first, so
the vocabulary does not grow; its originals are the first's, of which it is another part (`#7`).
"""

from __future__ import annotations

import argparse
import random
import shutil
import sqlite3
import time
import zlib
from datetime import date, timedelta
from pathlib import Path

import msgspec

from onrecord.link.stories import Standing
from onrecord.store import Store, opening, story_digest
from onrecord.store.opening import run_script
from onrecord.store.store import LAYER_TABLES

_COUNTED_BY_DAY = """DROP TABLE has;
DROP TABLE facet;
DELETE FROM tally WHERE kind IN ('day', 'mention', 'dated');
INSERT INTO tally SELECT 'day', substr(r.dated, 1, 10), substr(r.dated, 1, 10), count(*) FROM attribution t
JOIN report r ON r.id = t.report WHERE t.quote != 'indirect' AND r.dated NOT NULL GROUP BY 2;
"""
"""What is counted by day is counted anew: another era has other days."""

DAILY = 60
"""Reports a day, as benchmarks/store.py makes them."""


def columns(connection: sqlite3.Connection, table: str) -> list[str]:
    """The names of a table's columns."""
    return [name for (name,) in connection.execute("SELECT name FROM pragma_table_info(?)", (table,))]


def copy_rows(
    connection: sqlite3.Connection, table: str, changed: dict[str, str], where: str, values: dict[str, object]
) -> None:
    """Repeat rows of a table with some columns changed."""
    names = columns(connection, table)
    cells = ", ".join(changed.get(name, name) for name in names)
    connection.execute(f"INSERT INTO {table} ({', '.join(names)}) SELECT {cells} FROM {table} WHERE {where}", values)


def shifted(data: bytes, era: int, days: int) -> bytes:
    """A record under the uri and the day of another era."""
    text = zlib.decompress(data).decode()
    text = text.replace('.txt"', f'.txt#{era}"', 1)
    start = text.index('"dating":{"value":"') + 19
    day = date.fromisoformat(text[start : start + 10]) + timedelta(days=days)
    return zlib.compress(f"{text[:start]}{day.isoformat()}{text[start + 10 :]}".encode(), 1)


def shifted_standing(data: bytes, number: int, days: int) -> bytes:
    """How a story stands in another era."""
    held = msgspec.msgpack.decode(data, type=Standing)
    return msgspec.msgpack.encode(
        Standing(
            first=held.first + number,
            size=held.size,
            newest=tuple(one + number for one in held.newest),
            days=tuple(day + days for day in held.days),
        )
    )


def shifted_near(data: bytes, number: int, days: int) -> bytes:
    """What is near a report in another era."""
    own, highest, scores = msgspec.msgpack.decode(data)
    own = [day + days for day in own]
    return msgspec.msgpack.encode((own, highest, {other + number: score for other, score in scores.items()}))


def shifted_held(data: bytes, number: int) -> bytes:
    """The reports that hold a word, in another era."""
    held = msgspec.msgpack.decode(data, type=dict[int, int])
    return msgspec.msgpack.encode({one + number: weight for one, weight in held.items()})


def fill_index(connection: sqlite3.Connection, index: str, names: str, view: str, low: int) -> None:
    """Put the rows of a view from one on into the full-text index that is over it."""
    connection.execute(
        f"INSERT INTO {index}(rowid, {names}) SELECT row, {names} FROM {view} WHERE row >= ? ORDER BY row",
        (low,),
    )


def grow(connection: sqlite3.Connection, times: int, minutes: float) -> None:
    """Repeat what the store holds until it is there so many times, or the minutes are over."""
    until = time.perf_counter() + 60 * minutes
    functions = (shifted, 3), (shifted_standing, 3), (shifted_near, 3), (shifted_held, 2), (story_digest, 1)
    for function, count in functions:
        connection.create_function(function.__name__, count, function, deterministic=True)
    reports, last, stories = connection.execute(
        "SELECT count(*), max(id), (SELECT max(row) FROM story) FROM report"
    ).fetchone()
    span = reports // DAILY + 1
    chance = random.Random(7)
    for era in range(1, times):
        start = time.perf_counter()
        days = span * era
        given = {
            "last": last, "era": era + 100, "days": days, "n": reports * era, "s": stories * era, "id": days << 20,
            "row": days << 40, "key": chance.getrandbits(62), "reports": reports, "stories": stories,
            "shift": f"+{days} days",
        }  # fmt: skip
        copy_rows(connection, "report", {
            "id": "id + :id", "fragment": "CAST(:era AS TEXT)", "uri": "uri || '#' || :era",
            "dated": "date(dated, :shift)", "record": "shifted(record, :era, :days)", "number": "number + :n",
        }, "id <= :last", given)  # fmt: skip
        for table in LAYER_TABLES:
            copy_rows(connection, table, {"report": "report + :id", "row": "row + :row"}, "report <= :last", given)
        copy_rows(connection, "spoken", {"row": "row + :row"}, "row < (:last + 1) << 20", given)
        copy_rows(connection, "placed", {
            "number": "number + :n", "uri": "uri || '#' || :era", "family": "family + :n", "story": "story + :s",
        }, "number < :reports", given)  # fmt: skip
        copy_rows(connection, "near", {
            "number": "number + :n", "data": "shifted_near(data, :n, :days)",
        }, "number < :reports", given)  # fmt: skip
        copy_rows(connection, "copy", {
            "number": "number + :n", "of": "of + :n", "data": "replace(data, '.txt\"', '.txt#' || :era || '\"')",
        }, "number < :reports", given)  # fmt: skip
        copy_rows(connection, "copy_gram", {
            "gram": "(gram | :key) - (gram & :key)", "number": "number + :n",
        }, "number < :reports", given)  # fmt: skip
        copy_rows(connection, "story", {
            "row": "row + :s", "id": "replace(id, '.txt', '.txt#' || :era)",
            "digest": "story_digest(replace(id, '.txt', '.txt#' || :era))",
            "began": "date(began, :shift)", "latest": "date(latest, :shift)",
            "standing": "shifted_standing(standing, :n, :days)", "told_by": "NULL", "data": "NULL",
        }, "row <= :stories", given)  # fmt: skip
        low = connection.execute("SELECT min(id) FROM report WHERE number >= ?", (reports * era,)).fetchone()[0]
        fill_index(connection, "text_index", "headline, text, names", "searched", low)
        fill_index(connection, "said_index", "source, content", "said", low << 20)
        print(f"{reports * (era + 1)} reports; {time.perf_counter() - start:.1f} s", flush=True)
        if time.perf_counter() > until:
            times = era + 1
            break
    connection.execute("UPDATE tally SET count = count * ? WHERE kind NOT IN ('day', 'mention', 'dated')", (times,))
    run_script(connection, _COUNTED_BY_DAY + opening._FACETS)
    connection.execute("UPDATE story_word SET reports = reports * ?", (times,))
    connection.execute("UPDATE story_holder SET held = shifted_held(held, ?)", (reports * (times - 1),))


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("small", type=Path)
    parser.add_argument("large", type=Path)
    parser.add_argument("--times", type=int, default=50)
    parser.add_argument("--minutes", type=float, default=60, help="stop after so many")
    parser.add_argument("--memory", type=int, default=3, help="GiB, as large as the file gets")
    options = parser.parse_args()
    with Store(options.small) as store:
        store.place()
    shutil.copyfile(options.small, options.large)
    with Store(options.large) as store:
        connection = store._connection
        connection.execute("PRAGMA journal_mode = OFF")  # a file that is made anew if the machine stops
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute(f"PRAGMA cache_size = -{options.memory << 20}")
        connection.execute("BEGIN EXCLUSIVE")
        grow(connection, options.times, options.minutes)
        connection.execute("COMMIT")
        connection.execute("PRAGMA journal_mode = WAL")


if __name__ == "__main__":
    main()
