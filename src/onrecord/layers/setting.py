"""What it takes to tell how the events of a sentence stand: its syntax, the lists, and how to ask of another word."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from onrecord.layers.statuswords import StatusWords
from onrecord.layers.syntax import Tree
from onrecord.record import Status

# What is still to come.
_OPEN: tuple[Status, ...] = ("planned", "conditional", "possible", "called-for", "not-yet")


class Setting(NamedTuple):
    """One sentence. `of_verb` and `of_noun` say how the word at an index stands, asking up to so many words above it.

    How a word stands hangs on how others do, whatever kind they are: what asks is given the two here, so that the
    modules for verbs and for nouns need not import each other.
    """

    tree: Tree
    lists: StatusWords
    of_verb: Callable[[Setting, int, int], Status]
    of_noun: Callable[[Setting, int, int], Status]


def stands(setting: Setting, at: int, depth: int) -> Status:
    """How the event of the word at `at` stands; words that govern it are asked up to `depth` times."""
    tree = setting.tree
    verbal = tree.is_verb(at) or bool(tree.below(at, "cop", "aux", "aux:pass"))
    if verbal and tree.words[at].relation not in ("amod", "compound"):
        return setting.of_verb(setting, at, depth)
    return setting.of_noun(setting, at, depth)


def is_open(status: Status) -> bool:
    """Whether a status leaves it open that something comes about."""
    return status in _OPEN
