"""One SQLite file: originals, reports, records, full text."""

from onrecord.store.facets import Facet
from onrecord.store.finding import Hit
from onrecord.store.narrowing import SORTS, Found, Wanted
from onrecord.store.store import Store
from onrecord.store.stories import story_digest
from onrecord.store.version import reading_version, telling_version

__all__ = ["SORTS", "Facet", "Found", "Hit", "Store", "Wanted", "reading_version", "story_digest", "telling_version"]
