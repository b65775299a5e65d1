"""One SQLite file: originals, reports, records, full text."""

from onrecord.store.finding import Hit
from onrecord.store.store import Store
from onrecord.store.version import reading_version

__all__ = ["Hit", "Store", "reading_version"]
