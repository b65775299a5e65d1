-- What a store holds. Tables are singular and the store's own; the views of views.sql are what others read.
-- A report is a row of `report` and the rows of the seven layers that belong to it; `report.record` is the whole
-- record as JSON (zlib), less the text, which stands in `report.text` once.

CREATE TABLE original (
  digest TEXT PRIMARY KEY,              -- SHA-256 of the bytes, hexadecimal
  size   INTEGER NOT NULL,              -- bytes before compression
  data   BLOB NOT NULL                  -- zlib
);

CREATE TABLE report (
  id         INTEGER PRIMARY KEY,       -- its day's number * 2^20 + a count: rows stand in the order of days (rows.py)
  digest     TEXT NOT NULL REFERENCES original(digest),
  fragment   TEXT NOT NULL,             -- which report of its original: what follows '#' in the uri, '' for an only one
  uri        TEXT NOT NULL,
  made_by    TEXT NOT NULL,             -- what read it: version and digest of the rules and the model
  added      TEXT NOT NULL,             -- when, UTC
  dated      TEXT,                      -- the day it speaks from (Report.dating)
  headline   TEXT,
  byline     TEXT,
  provider   TEXT,
  language   TEXT,
  format     TEXT NOT NULL,
  version    TEXT,
  first_created   TEXT,
  version_created TEXT,
  metadata   TEXT NOT NULL,             -- JSON object: what the wire or the page says of the report
  layers     TEXT NOT NULL,             -- the layers that were read, with spaces between; one that is missing was not read
  names      TEXT NOT NULL,             -- names of the actors and places, for the index
  text       TEXT NOT NULL,
  record     BLOB NOT NULL,
  sentences  BLOB,                      -- where they start and end, each from the last (msgpack)
  number     INTEGER,                   -- its place across reports (`placed`); NULL until it has one
  UNIQUE (digest, fragment)
);
CREATE INDEX report_uri ON report(uri);
CREATE INDEX report_number ON report(number);
CREATE INDEX report_made_by ON report(made_by);

CREATE TABLE other_name (               -- other uris under which the same bytes came
  uri    TEXT NOT NULL,
  report INTEGER NOT NULL REFERENCES report(id) ON DELETE CASCADE ON UPDATE CASCADE,
  PRIMARY KEY (uri, report)
) WITHOUT ROWID;
CREATE INDEX other_name_report ON other_name(report);

CREATE TABLE actor (
  report INTEGER NOT NULL REFERENCES report(id) ON DELETE CASCADE ON UPDATE CASCADE, id TEXT NOT NULL,
  span_start INTEGER NOT NULL, span_end INTEGER NOT NULL, mentions INTEGER NOT NULL,
  name TEXT NOT NULL, role TEXT, country TEXT, sector TEXT, wikidata TEXT,
  basis TEXT NOT NULL, score REAL,
  PRIMARY KEY (report, id)
) WITHOUT ROWID;
CREATE INDEX actor_name ON actor(name);

CREATE TABLE attribution (
  row INTEGER PRIMARY KEY,              -- report * 2^20 + a count: in the order of days too
  report INTEGER NOT NULL REFERENCES report(id) ON DELETE CASCADE ON UPDATE CASCADE, id TEXT NOT NULL,
  span_start INTEGER NOT NULL, span_end INTEGER NOT NULL,
  source TEXT NOT NULL, actor TEXT, kind TEXT, conditions TEXT, issuers TEXT NOT NULL,
  cue TEXT NOT NULL,
  content_start INTEGER NOT NULL, content_end INTEGER NOT NULL,
  content TEXT,                         -- the words, only where other words break them; else they are text[start:end]
  content_spans TEXT,                   -- and their spans, JSON [[start, end], …], again only then
  quote TEXT NOT NULL, stance TEXT, told_to TEXT, via TEXT,
  basis TEXT NOT NULL, score REAL,
  UNIQUE (report, id)
);
CREATE INDEX attribution_unnamed ON attribution(row) WHERE kind = 'unnamed';

CREATE TABLE time (
  report INTEGER NOT NULL REFERENCES report(id) ON DELETE CASCADE ON UPDATE CASCADE, id TEXT NOT NULL,
  span_start INTEGER NOT NULL, span_end INTEGER NOT NULL,
  type TEXT NOT NULL, value TEXT, mod TEXT, quant TEXT, freq TEXT, anchor TEXT, function TEXT,
  interval_start TEXT, interval_end TEXT,
  basis TEXT NOT NULL, score REAL,
  PRIMARY KEY (report, id)
) WITHOUT ROWID;

CREATE TABLE place (
  report INTEGER NOT NULL REFERENCES report(id) ON DELETE CASCADE ON UPDATE CASCADE, id TEXT NOT NULL,
  span_start INTEGER NOT NULL, span_end INTEGER NOT NULL, mentions INTEGER NOT NULL,
  name TEXT NOT NULL, geonameid INTEGER, country TEXT, feature TEXT, lat REAL, lon REAL, population INTEGER,
  basis TEXT NOT NULL, score REAL,
  PRIMARY KEY (report, id)
) WITHOUT ROWID;
CREATE INDEX place_geonameid ON place(geonameid);

CREATE TABLE figure (
  report INTEGER NOT NULL REFERENCES report(id) ON DELETE CASCADE ON UPDATE CASCADE, id TEXT NOT NULL,
  span_start INTEGER NOT NULL, span_end INTEGER NOT NULL,
  low REAL, best REAL, high REAL, low_exclusive INTEGER NOT NULL, high_exclusive INTEGER NOT NULL,
  approximate INTEGER NOT NULL, unit TEXT, counted TEXT, outcome TEXT,
  actor TEXT, place TEXT, time TEXT, interval_start TEXT, interval_end TEXT, cumulative INTEGER, attribution TEXT,
  basis TEXT NOT NULL, score REAL,
  PRIMARY KEY (report, id)
) WITHOUT ROWID;
CREATE INDEX figure_outcome ON figure(outcome);

CREATE TABLE event (
  report INTEGER NOT NULL REFERENCES report(id) ON DELETE CASCADE ON UPDATE CASCADE, id TEXT NOT NULL,
  span_start INTEGER NOT NULL, span_end INTEGER NOT NULL, mentions INTEGER NOT NULL,
  type TEXT NOT NULL, mode TEXT, context TEXT NOT NULL, status TEXT NOT NULL, condition TEXT,
  actors TEXT NOT NULL, recipients TEXT NOT NULL, times TEXT NOT NULL, places TEXT NOT NULL, figures TEXT NOT NULL,
  attribution TEXT,
  basis TEXT NOT NULL, score REAL,
  PRIMARY KEY (report, id)
) WITHOUT ROWID;
CREATE INDEX event_type ON event(type);

CREATE TABLE talk (
  report INTEGER NOT NULL REFERENCES report(id) ON DELETE CASCADE ON UPDATE CASCADE, id TEXT NOT NULL,
  span_start INTEGER NOT NULL, span_end INTEGER NOT NULL,
  parties TEXT NOT NULL, mediators TEXT NOT NULL, hosts TEXT NOT NULL, venue TEXT NOT NULL,
  format TEXT, stage TEXT, text_status TEXT, truce TEXT, outcome TEXT,
  rounds INTEGER NOT NULL, issues INTEGER NOT NULL,
  basis TEXT NOT NULL, score REAL,
  PRIMARY KEY (report, id)
) WITHOUT ROWID;

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

CREATE TABLE tally (                    -- how much there is, kept as reports come and go (tallies.py)
  kind  TEXT NOT NULL,                  -- layer, speaker, named, place, mention, day, dated
  key   TEXT NOT NULL,                  -- the layer, the actor's name, the GeoNames number, the day, its number
  name  TEXT NOT NULL,
  count INTEGER NOT NULL,               -- items, attributions of a speaker, reports that name an actor or a place,
                                        -- mentions of a place, quotations, reports of a day (0: of none)
  PRIMARY KEY (kind, key)
) WITHOUT ROWID;
CREATE INDEX tally_count ON tally(kind, count DESC, name);

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

CREATE TABLE spoken (                   -- of whom others speak (about.py)
  name TEXT NOT NULL,                   -- of an actor
  row  INTEGER NOT NULL,                -- of an attribution by another whose content holds a mention of it
  PRIMARY KEY (name, row)
) WITHOUT ROWID;

CREATE TABLE written (                  -- how often there was written, so that pages know when they are no more so
  id    INTEGER PRIMARY KEY CHECK (id = 1),
  count INTEGER NOT NULL
);
INSERT INTO written VALUES (1, 0);
