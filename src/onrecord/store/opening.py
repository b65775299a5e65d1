"""Open a store's file: make it, migrate it, or refuse what is not a store."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

import msgspec

from onrecord.errors import StoreError
from onrecord.store.about import spoken_of

APPLICATION_ID = 0x6F6E7264
"""`onrd`: marks an SQLite file as a store (PRAGMA application_id)."""

_CORRECTIONS = """
CREATE TABLE correction (               -- what persons say of items: only ever added to (docs/store.md)
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  digest TEXT NOT NULL, fragment TEXT NOT NULL, uri TEXT NOT NULL,  -- the report, which may be gone
  layer  TEXT NOT NULL,
  was    TEXT NOT NULL,                 -- the item's id when the verdict was given
  item   TEXT,                          -- the id of the item now on the same bytes of the original; NULL: orphaned
  span_start INTEGER NOT NULL, span_end INTEGER NOT NULL, words TEXT NOT NULL,
  source_start INTEGER NOT NULL, source_end INTEGER NOT NULL,       -- bytes of the original
  verdict TEXT NOT NULL,                -- confirmed, corrected, rejected, withdrawn
  fields TEXT NOT NULL,                 -- JSON object: the values put in the place of the machine's
  by TEXT NOT NULL, at TEXT NOT NULL, note TEXT NOT NULL,
  reading TEXT NOT NULL,                -- JSON: the machine's item as it was then
  made_by TEXT NOT NULL                 -- what had read it
);
CREATE INDEX correction_report ON correction(digest, fragment, layer, item);
"""

_ACROSS = """
ALTER TABLE report ADD COLUMN sentences BLOB;
ALTER TABLE report ADD COLUMN number INTEGER;
CREATE INDEX report_number ON report(number);
DROP TABLE story_report;
DROP TABLE story;
CREATE TABLE placed (                   -- what is known across reports, kept as each comes (placing.py)
  number INTEGER PRIMARY KEY,           -- how many came before it; `report.number` leads here
  uri    TEXT NOT NULL UNIQUE,          -- several versions of one uri stand in one place
  family INTEGER NOT NULL,              -- the number of the first report of those that are one report
  story  INTEGER,                       -- its row in `story`
  sketch BLOB NOT NULL                  -- the words that its story is told by (msgpack, zlib)
);
CREATE INDEX placed_family ON placed(family);
CREATE INDEX placed_story ON placed(story, family);

CREATE TABLE near (
  number INTEGER PRIMARY KEY,
  data   BLOB NOT NULL                  -- the reports that a report is like, and how much (msgpack)
);

CREATE TABLE copy (
  number INTEGER NOT NULL,              -- the later report,
  of     INTEGER NOT NULL,              -- the earlier one that it repeats
  relation TEXT NOT NULL, taken REAL NOT NULL, kept REAL NOT NULL,
  data   TEXT NOT NULL,                 -- JSON: with the passages that are new
  PRIMARY KEY (number, of)
) WITHOUT ROWID;
CREATE INDEX copy_of ON copy(of);

CREATE TABLE copy_gram (                -- runs of four words, by their hash: who had them first
  gram   INTEGER NOT NULL,
  number INTEGER NOT NULL,
  PRIMARY KEY (gram, number)
) WITHOUT ROWID;

CREATE TABLE story_word (               -- in how many reports a word stands; under '' how many were counted
  word    TEXT PRIMARY KEY,
  reports INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE story_holder (
  word TEXT PRIMARY KEY,
  held BLOB NOT NULL                    -- the newest reports that it is a heavy word of (msgpack)
) WITHOUT ROWID;

CREATE TABLE story (
  row      INTEGER PRIMARY KEY,
  id       TEXT NOT NULL UNIQUE,        -- the uri of its first report
  digest   TEXT NOT NULL,               -- its name in an address (stories.py)
  title    TEXT NOT NULL,
  reports  INTEGER NOT NULL,
  began    TEXT, latest TEXT,           -- the days of its first and last report
  standing BLOB NOT NULL,               -- what the index knows of it (msgpack)
  told_by  TEXT,                        -- what built `data`
  data     BLOB                         -- the whole story (JSON, zlib); NULL: not told since its reports changed
);
CREATE INDEX story_digest ON story(digest);
CREATE INDEX story_reports ON story(reports DESC, id);
CREATE INDEX story_latest ON story(latest DESC);
"""

_TALLIES = """
CREATE TABLE tally (                    -- how much there is, kept as reports come and go (tallies.py)
  kind  TEXT NOT NULL,                  -- layer, speaker, place, day
  key   TEXT NOT NULL,                  -- the layer, the actor's name, the GeoNames number, the day
  name  TEXT NOT NULL,
  count INTEGER NOT NULL,               -- items, attributions of a speaker, reports that name a place, quotations
  PRIMARY KEY (kind, key)
) WITHOUT ROWID;
CREATE INDEX tally_count ON tally(kind, count DESC, name);
INSERT INTO tally SELECT 'layer', 'actors', 'actors', count(*) FROM actor;
INSERT INTO tally SELECT 'layer', 'attributions', 'attributions', count(*) FROM attribution;
INSERT INTO tally SELECT 'layer', 'times', 'times', count(*) FROM time;
INSERT INTO tally SELECT 'layer', 'places', 'places', count(*) FROM place;
INSERT INTO tally SELECT 'layer', 'figures', 'figures', count(*) FROM figure;
INSERT INTO tally SELECT 'layer', 'events', 'events', count(*) FROM event;
INSERT INTO tally SELECT 'layer', 'talks', 'talks', count(*) FROM talk;
INSERT INTO tally SELECT 'speaker', a.name, a.name, count(*) FROM attribution t
JOIN actor a ON a.report = t.report AND a.id = t.actor GROUP BY a.name;
INSERT INTO tally SELECT 'place', geonameid, name, count(DISTINCT report) FROM place
WHERE geonameid IS NOT NULL GROUP BY geonameid;
INSERT INTO tally SELECT 'day', substr(r.dated, 1, 10), substr(r.dated, 1, 10), count(*) FROM attribution t
JOIN report r ON r.id = t.report WHERE t.quote != 'indirect' AND r.dated NOT NULL GROUP BY 2;
"""

_BEGINNINGS = """
DROP TABLE text_index;
DROP TABLE said_index;
"""

_FACETS = """
CREATE TABLE facet (                    -- what reports can be found by (facets.py)
  id      INTEGER PRIMARY KEY,          -- 16 times a count, and `kind`
  kind    INTEGER NOT NULL,             -- which: its place in KINDS
  key     TEXT NOT NULL,                -- the name, the GeoNames number, the month
  name    TEXT NOT NULL,
  reports INTEGER NOT NULL,             -- how many have it
  UNIQUE (kind, key)
);

CREATE TABLE has (                      -- the facets of a report, short enough that a thousand are read at once
  report INTEGER PRIMARY KEY REFERENCES report(id) ON DELETE CASCADE ON UPDATE CASCADE,
  facets TEXT NOT NULL                  -- their ids with commas between
);
CREATE TEMP TABLE found AS
SELECT t.report, 0 AS kind, a.name AS key, a.name AS name FROM attribution t
JOIN actor a ON a.report = t.report AND a.id = t.actor GROUP BY 1, 3
UNION ALL SELECT DISTINCT report, 1, kind, kind FROM attribution WHERE kind IS NOT NULL
UNION ALL SELECT DISTINCT report, 2, type, type FROM event
UNION ALL SELECT DISTINCT report, 3, status, status FROM event
UNION ALL SELECT DISTINCT report, 4, outcome, outcome FROM figure WHERE outcome IS NOT NULL
UNION ALL SELECT report, 5, CAST(geonameid AS TEXT), max(name) FROM place
WHERE geonameid NOT NULL GROUP BY report, geonameid
UNION ALL SELECT id, 6, provider, provider FROM report WHERE provider IS NOT NULL
UNION ALL SELECT id, 7, language, language FROM report WHERE language IS NOT NULL
UNION ALL SELECT id, 8, substr(dated, 1, 7), substr(dated, 1, 7) FROM report WHERE dated IS NOT NULL;
INSERT INTO facet SELECT row_number() OVER () * 16 + kind, kind, key, name, reports
FROM (SELECT kind, key, min(name) AS name, count(*) AS reports FROM found GROUP BY kind, key);
INSERT INTO has SELECT v.report, group_concat(f.id) FROM found v JOIN facet f ON f.kind = v.kind AND f.key = v.key
GROUP BY v.report;
INSERT INTO has SELECT id, '' FROM report WHERE id NOT IN (SELECT report FROM has);
DROP TABLE found;
INSERT INTO tally SELECT 'mention', geonameid, min(name), sum(mentions) FROM place
WHERE geonameid IS NOT NULL GROUP BY geonameid;
INSERT INTO tally SELECT 'dated', id >> 20, id >> 20, count(*) FROM report GROUP BY id >> 20;
"""

_SPOKEN = """
CREATE TABLE spoken (                   -- of whom others speak (about.py)
  name TEXT NOT NULL,                   -- of an actor
  row  INTEGER NOT NULL,                -- of an attribution by another whose content holds a mention of it
  PRIMARY KEY (name, row)
) WITHOUT ROWID;
INSERT INTO spoken SELECT json_extract(j.value, '$[0]'), t.row FROM report r JOIN json_each(spoken_of(r.record)) j
JOIN attribution t ON t.report = r.id AND t.id = json_extract(j.value, '$[1]');
CREATE INDEX attribution_unnamed ON attribution(row) WHERE kind = 'unnamed';
"""

_WRITTEN = """
CREATE TABLE written (                  -- how often there was written, so that pages know when they are no more so
  id    INTEGER PRIMARY KEY CHECK (id = 1),
  count INTEGER NOT NULL
);
INSERT INTO written VALUES (1, 0);
"""

_NAMED = """
INSERT INTO tally SELECT 'named', name, name, count(DISTINCT report) FROM actor GROUP BY name;
"""

MIGRATIONS: tuple[str, ...] = (_CORRECTIONS, _ACROSS, _TALLIES, _BEGINNINGS, _FACETS, _SPOKEN, _WRITTEN, _NAMED)
"""`MIGRATIONS[n]` is the SQL that takes a store of schema n + 1 to n + 2. The views are made anew after it."""


_INDEXED = 5
"""The schema since which the full-text indexes are as indexes.sql makes them."""


def schema_version() -> int:
    """The schema that this onrecord writes."""
    return len(MIGRATIONS) + 1


def open_file(path: Path, *, readonly: bool, timeout: float, shared: bool = False) -> sqlite3.Connection:
    """A connection to the store at `path`, which is made where there is none (not when `readonly`).

    Raises StoreError where the file is missing, foreign, damaged, of a newer onrecord, or locked.
    """
    _refuse_missing(path, readonly=readonly)
    mode = "ro" if readonly else "rwc"
    with explained(path):
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=timeout, check_same_thread=not shared
        )
        try:
            connection.isolation_level = None
            _refuse_foreign(connection, path)
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA cache_size = -65536")  # 64 MiB: the index pages of 100,000 reports' common words
            if not readonly:
                connection.execute("PRAGMA journal_mode = WAL")
                # A kill loses nothing. A power cut may lose what was last added, whole reports, which adding again
                # brings back; waiting for the disk at each (FULL) takes 1 to 10 ms, as long as half the reading.
                connection.execute("PRAGMA synchronous = NORMAL")
                # A report changes some 200 pages, most of them in indexes; the next ones change the same pages again.
                connection.execute("PRAGMA wal_autocheckpoint = 8000")
            _settle_schema(connection, path, readonly=readonly)
        except BaseException:
            connection.close()
            raise
    return connection


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into StoreError with the file, what is wrong and what to do."""
    try:
        yield
    except (sqlite3.Error, UnicodeDecodeError, zlib.error, msgspec.MsgspecError) as error:
        raise StoreError(f"{path}: {_explain(error)}") from error


def _explain(error: Exception) -> str:
    name = getattr(error, "sqlite_errorname", "") or ""
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return "another process is writing to it; wait for it to end and try again"
    if name.startswith(("SQLITE_FULL", "SQLITE_IOERR_WRITE", "SQLITE_IOERR_FSYNC", "SQLITE_IOERR_SHMSIZE")):
        return "the disk is full; what was added before is kept, the last report was not added: make room and go on"
    undecodable = not isinstance(error, sqlite3.Error) or "Could not decode" in str(error)
    if undecodable or name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        return "the store is damaged; take it from a copy, or add the reports to a new one"
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")):
        return "cannot be opened or written; look at the folder and the rights"
    return f"SQLite says: {error}"


def _refuse_missing(path: Path, *, readonly: bool) -> None:
    """Refuse what is no file. It is not opened here: to close it would take away the locks that other stores of this
    process have on it (sqlite.org/howtocorrupt.html, 2.2), and another process would clear up under them.
    """
    try:
        there, folder = path.exists(), path.is_dir()
    except OSError as error:
        raise StoreError(f"{path}: cannot be opened ({error.strerror}); look at the path and the rights") from error
    if folder:
        raise StoreError(f"{path}: cannot be opened (it is a folder); look at the path and the rights")
    if readonly and not there:
        raise StoreError(f"{path}: there is no store; make one with `onrecord add`")


def _refuse_foreign(connection: sqlite3.Connection, path: Path) -> None:
    """Refuse a file of another program before anything is written, so that it stays as it is."""
    try:
        _version(connection, path)
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorname", "") == "SQLITE_NOTADB":
            raise StoreError(f"{path}: is not a store of onrecord; give another path") from error
        raise


def _settle_schema(connection: sqlite3.Connection, path: Path, *, readonly: bool) -> None:
    found = _version(connection, path)
    if found == schema_version():
        return
    if found > schema_version():
        raise StoreError(f"{path}: was made by a newer onrecord (schema {found}); update onrecord")
    if readonly:
        problem = "is empty" if found == 0 else f"has an older schema ({found})"
        raise StoreError(f"{path}: {problem}; open it for writing once, `onrecord add` does")
    connection.create_function("spoken_of", 1, spoken_of)
    connection.execute("BEGIN IMMEDIATE")
    try:
        found = _version(connection, path)  # another process may have been first
        for script in _scripts(found):
            run_script(connection, script)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {schema_version()}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _scripts(found: int) -> Iterator[str]:
    here = files("onrecord.store")
    if found == schema_version():
        return
    if found == 0:
        yield (here / "schema.sql").read_text(encoding="utf-8")
    else:
        yield "".join(f"DROP VIEW IF EXISTS {name};\n" for name in VIEWS)
        yield from MIGRATIONS[found - 1 :]
    yield (here / "views.sql").read_text(encoding="utf-8")
    if found < _INDEXED:  # an index can be filled when the view that it is over is there
        yield (here / "indexes.sql").read_text(encoding="utf-8")
        yield "".join(f"INSERT INTO {name}({name}) VALUES ('rebuild');\n" for name in ("text_index", "said_index"))


VIEWS = (
    "reports",
    "actors",
    "attributions",
    "times",
    "places",
    "figures",
    "events",
    "talks",
    "stories",
    "copies",
    "corrections",
    "searched",
    "said",
)


def _version(connection: sqlite3.Connection, path: Path) -> int:
    """The schema of the file; 0 for a new one."""
    application = int(connection.execute("PRAGMA application_id").fetchone()[0])
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    tables = int(connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0])
    if application == 0 and version == 0 and tables == 0:
        return 0
    if application != APPLICATION_ID:
        raise StoreError(f"{path}: is an SQLite file of another program; give another path")
    return version


def run_script(connection: sqlite3.Connection, script: str) -> None:
    """Run each statement of `script` inside the open transaction (executescript would commit it)."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            connection.execute(statement)
            statement = ""
    if statement.strip() and not statement.strip().startswith("--"):
        connection.execute(statement)
