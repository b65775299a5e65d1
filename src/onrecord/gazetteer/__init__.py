"""Places of the world, from GeoNames, in one small table."""

from onrecord.gazetteer.names import fold
from onrecord.gazetteer.table import Entry, Gazetteer, Named, open_gazetteer

__all__ = ["Entry", "Gazetteer", "Named", "fold", "open_gazetteer"]
