-- The views that any SQLite client reads; docs/store.md describes each column. They are made anew when a store migrates.
-- `report` is the report's uri and `id` the item's id in it; spans are code points of the text: substr(text, start + 1,
-- end - start) are the words. A cell of several names has '; ' between them.

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
SELECT s.id AS story, s.title, p.number AS place, r.uri AS report, r.dated, r.headline, r.provider
FROM story s JOIN placed p ON p.story = s.row JOIN report r ON r.number = p.number;

CREATE VIEW copies AS
SELECT a.uri AS report, b.uri AS of, c.relation, c.taken, c.kept
FROM copy c JOIN placed a ON a.number = c.number JOIN placed b ON b.number = c.of;

CREATE VIEW corrections AS
SELECT c.number, coalesce(r.uri, c.uri) AS report, r.dated, c.digest, c.layer, c.item AS id, c.was, c.words,
       c.verdict, c.fields, c.by, c.at, c.note,
       NOT EXISTS (SELECT 1 FROM correction o WHERE o.digest = c.digest AND o.fragment = c.fragment
                   AND o.layer = c.layer AND o.item IS c.item AND o.number > c.number
                   AND (o.item IS NOT NULL OR (o.was, o.span_start, o.span_end) = (c.was, c.span_start, c.span_end)))
         AS standing,
       c.span_start, c.span_end, c.reading, c.made_by
FROM correction c LEFT JOIN report r ON r.digest = c.digest AND r.fragment = c.fragment;

-- What the two full-text indexes are over.
CREATE VIEW searched AS SELECT id AS row, headline, text, names FROM report;

CREATE VIEW said AS
SELECT t.row AS row, t.source || ' ' || coalesce(a.name, '') AS source,
       coalesce(t.content, substr(r.text, t.content_start + 1, t.content_end - t.content_start)) AS content
FROM attribution t JOIN report r ON r.id = t.report LEFT JOIN actor a ON a.report = t.report AND a.id = t.actor;
