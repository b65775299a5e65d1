-- Full-text indexes. Their words are not stored again: each reads them from the view that it is over.
-- unicode61 without diacritics: "Büro" is found by "buro".
CREATE VIRTUAL TABLE text_index USING fts5(
  headline, text, names, content = 'searched', content_rowid = 'row', tokenize = "unicode61 remove_diacritics 2");
CREATE VIRTUAL TABLE said_index USING fts5(
  source, content, content = 'said', content_rowid = 'row', tokenize = "unicode61 remove_diacritics 2");
