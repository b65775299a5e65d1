-- Full-text indexes. Their words are not stored again: each reads them from the view that it is over.
-- unicode61 without diacritics: "Büro" is found by "buro". Beginnings of two and three letters have lists of their own;
-- those of a longer one are looked up among the words (query.py), of which *_words are the lists.
CREATE VIRTUAL TABLE text_index USING fts5(
  headline, text, names, content = 'searched', content_rowid = 'row', prefix = '2 3',
  tokenize = "unicode61 remove_diacritics 2");
CREATE VIRTUAL TABLE said_index USING fts5(
  source, content, content = 'said', content_rowid = 'row', prefix = '2 3',
  tokenize = "unicode61 remove_diacritics 2");
CREATE VIRTUAL TABLE text_words USING fts5vocab(text_index, row);
CREATE VIRTUAL TABLE said_words USING fts5vocab(said_index, row);
