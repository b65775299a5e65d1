"""What signs are worth in telling who sits at a table of talks and what is said there: learnt, and kept as data."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import msgspec

from onrecord.errors import RuleError

Signs = dict[str, float]
"""How much there is of each sign, mostly 1."""

ALWAYS = "always"
"""The sign that every answer has."""


class Worths(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`lang/<language>/worths.json`: by slot, the worth of each sign (log-odds) and the least sum that is told."""

    least: dict[str, float]
    worth: dict[str, dict[str, float]]

    def sum(self, slot: str, signs: Mapping[str, float]) -> float:
        """What some signs are worth together; of a slot that was not learnt, nothing is ever enough."""
        worth = self.worth.get(slot)
        if worth is None:
            return -math.inf
        return sum(worth.get(sign, 0.0) * much for sign, much in signs.items()) + worth[ALWAYS]


@cache
def load_worths(language: str) -> Worths:
    """What was learnt for a language. Raises RuleError, naming the file, where it is missing or wrong."""
    name = f"lang/{language}/worths.json"
    try:
        return msgspec.json.decode(files("onrecord").joinpath(name).read_bytes(), type=Worths)
    except (OSError, msgspec.MsgspecError) as error:
        raise RuleError(name, "the file", f"{error}; training/fit_table.py makes it") from error
