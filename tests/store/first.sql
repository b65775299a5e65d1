-- The first schema, as stores of it stand on disks: what a migration starts from (first.py).
CREATE TABLE original (
  digest TEXT PRIMARY KEY,
  size   INTEGER NOT NULL,
  data   BLOB NOT NULL
);
CREATE TABLE report (
  id         INTEGER PRIMARY KEY,
  digest     TEXT NOT NULL REFERENCES original(digest),
  fragment   TEXT NOT NULL,
  uri        TEXT NOT NULL,
  made_by    TEXT NOT NULL,
  added      TEXT NOT NULL,
  dated      TEXT,
  headline   TEXT,
  byline     TEXT,
  provider   TEXT,
  language   TEXT,
  format     TEXT NOT NULL,
  version    TEXT,
  first_created   TEXT,
  version_created TEXT,
  metadata   TEXT NOT NULL,
  layers     TEXT NOT NULL,
  names      TEXT NOT NULL,
  text       TEXT NOT NULL,
  record     BLOB NOT NULL,
  UNIQUE (digest, fragment)
);
CREATE INDEX report_uri ON report(uri);
CREATE INDEX report_made_by ON report(made_by);
CREATE TABLE other_name (
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
  row INTEGER PRIMARY KEY,
  report INTEGER NOT NULL REFERENCES report(id) ON DELETE CASCADE ON UPDATE CASCADE, id TEXT NOT NULL,
  span_start INTEGER NOT NULL, span_end INTEGER NOT NULL,
  source TEXT NOT NULL, actor TEXT, kind TEXT, conditions TEXT, issuers TEXT NOT NULL,
  cue TEXT NOT NULL,
  content_start INTEGER NOT NULL, content_end INTEGER NOT NULL,
  content TEXT,
  content_spans TEXT,
  quote TEXT NOT NULL, stance TEXT, told_to TEXT, via TEXT,
  basis TEXT NOT NULL, score REAL,
  UNIQUE (report, id)
);
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
CREATE TABLE story (
  id    TEXT PRIMARY KEY,
  title TEXT NOT NULL,
  data  TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE story_report (
  story  TEXT NOT NULL REFERENCES story(id) ON DELETE CASCADE ON UPDATE CASCADE,
  report INTEGER NOT NULL REFERENCES report(id) ON DELETE CASCADE ON UPDATE CASCADE,
  place  INTEGER NOT NULL,
  PRIMARY KEY (story, report)
) WITHOUT ROWID;
CREATE INDEX story_report_report ON story_report(report);
CREATE VIEW reports AS
SELECT id AS row, uri AS report, digest, dated, headline, byline, provider, language, format, version, first_created,
       version_created, layers, made_by, added, metadata, text FROM report;
CREATE VIEW actors AS
SELECT r.uri AS report, r.dated, a.id, a.name, a.role, a.country, a.sector, a.wikidata, a.mentions,
       a.span_start, a.span_end, a.basis, a.score
FROM actor a JOIN report r ON r.id = a.report;
CREATE VIEW attributions AS
SELECT r.uri AS report, r.dated, t.id, t.source, a.name AS actor, a.country, a.sector, t.kind, t.conditions, t.cue,
       coalesce(t.content, substr(r.text, t.content_start + 1, t.content_end - t.content_start)) AS content,
       t.quote, t.stance, t.told_to, t.via, t.span_start, t.span_end, t.content_start, t.content_end, t.basis, t.score
FROM attribution t JOIN report r ON r.id = t.report LEFT JOIN actor a ON a.report = t.report AND a.id = t.actor;
CREATE VIEW times AS
SELECT r.uri AS report, r.dated, t.id, substr(r.text, t.span_start + 1, t.span_end - t.span_start) AS words,
       t.type, t.value, t.mod, t.quant, t.freq, t.anchor, t.function, t.interval_start, t.interval_end,
       t.span_start, t.span_end, t.basis, t.score
FROM time t JOIN report r ON r.id = t.report;
CREATE VIEW places AS
SELECT r.uri AS report, r.dated, p.id, p.name, p.geonameid, p.country, p.feature, p.lat, p.lon, p.population, p.mentions,
       p.span_start, p.span_end, p.basis, p.score
FROM place p JOIN report r ON r.id = p.report;
CREATE VIEW figures AS
SELECT r.uri AS report, r.dated, f.id, substr(r.text, f.span_start + 1, f.span_end - f.span_start) AS words,
       f.low, f.best, f.high, f.low_exclusive, f.high_exclusive, f.approximate, f.unit, f.counted, f.outcome,
       a.name AS actor, p.name AS place, f.interval_start, f.interval_end, f.cumulative,
       f.attribution, t.source, f.span_start, f.span_end, f.basis, f.score
FROM figure f JOIN report r ON r.id = f.report
LEFT JOIN actor a ON a.report = f.report AND a.id = f.actor
LEFT JOIN place p ON p.report = f.report AND p.id = f.place
LEFT JOIN attribution t ON t.report = f.report AND t.id = f.attribution;
CREATE VIEW events AS
SELECT r.uri AS report, r.dated, e.id, substr(r.text, e.span_start + 1, e.span_end - e.span_start) AS words,
       e.type, e.mode, e.context, e.status, e.condition,
       (SELECT group_concat(a.name, '; ') FROM json_each(e.actors) i JOIN actor a ON a.report = e.report AND a.id = i.value)
         AS actors,
       (SELECT group_concat(a.name, '; ') FROM json_each(e.recipients) i
          JOIN actor a ON a.report = e.report AND a.id = i.value) AS recipients,
       (SELECT group_concat(coalesce(t.value, '?'), '; ') FROM json_each(e.times) i
          JOIN time t ON t.report = e.report AND t.id = i.value) AS times,
       (SELECT group_concat(p.name, '; ') FROM json_each(e.places) i JOIN place p ON p.report = e.report AND p.id = i.value)
         AS places,
       e.figures, e.attribution, t.source, e.mentions, e.span_start, e.span_end, e.basis, e.score
FROM event e JOIN report r ON r.id = e.report
LEFT JOIN attribution t ON t.report = e.report AND t.id = e.attribution;
CREATE VIEW talks AS
SELECT r.uri AS report, r.dated, k.id, substr(r.text, k.span_start + 1, k.span_end - k.span_start) AS words,
       (SELECT group_concat(a.name, '; ') FROM json_each(k.parties) i JOIN actor a ON a.report = k.report AND a.id = i.value)
         AS parties,
       (SELECT group_concat(a.name, '; ') FROM json_each(k.mediators) i
          JOIN actor a ON a.report = k.report AND a.id = i.value) AS mediators,
       (SELECT group_concat(a.name, '; ') FROM json_each(k.hosts) i JOIN actor a ON a.report = k.report AND a.id = i.value)
         AS hosts,
       (SELECT group_concat(p.name, '; ') FROM json_each(k.venue) i JOIN place p ON p.report = k.report AND p.id = i.value)
         AS venue,
       k.format, k.stage, k.text_status, k.truce, k.outcome, k.rounds, k.issues, k.span_start, k.span_end, k.basis, k.score
FROM talk k JOIN report r ON r.id = k.report;
CREATE VIEW stories AS
SELECT s.id AS story, s.title, sr.place, r.uri AS report, r.dated, r.headline, r.provider
FROM story s LEFT JOIN story_report sr ON sr.story = s.id LEFT JOIN report r ON r.id = sr.report;
CREATE VIEW searched AS SELECT id AS row, headline, text, names FROM report;
CREATE VIEW said AS
SELECT t.row AS row, t.source || ' ' || coalesce(a.name, '') AS source,
       coalesce(t.content, substr(r.text, t.content_start + 1, t.content_end - t.content_start)) AS content
FROM attribution t JOIN report r ON r.id = t.report LEFT JOIN actor a ON a.report = t.report AND a.id = t.actor;
CREATE VIRTUAL TABLE text_index USING fts5(
  headline, text, names, content = 'searched', content_rowid = 'row', tokenize = "unicode61 remove_diacritics 2");
CREATE VIRTUAL TABLE said_index USING fts5(
  source, content, content = 'said', content_rowid = 'row', tokenize = "unicode61 remove_diacritics 2");
