"""One SQLite file: originals, reports, records, full text."""
