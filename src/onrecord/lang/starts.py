"""Which rules can match at a place: an index of patterns by the characters that they can start with.

Trying a hundred patterns at every word is what makes a rule engine slow. Each pattern is asked, once, what
its matches can begin with (`"last n"`, `"last w"`, …); the answers stand in a tree, and a place in a text
is looked up in it. The answer may name a pattern that does not match, never leave out one that does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import msgspec

# Characters looked at: on the times file 3, 5 and 8 read 400, 590 and 800 reports a second and take 0.1, 0.13, 0.45 s
# to build.
_DEPTH = 5
_MOST = 1000  # beginnings a pattern may have before fewer characters are looked at; 300 to 4000 are much alike
_ASCII = {
    code: "0" if chr(code).isdigit() else " " if chr(code).isspace() else chr(code).lower() for code in range(128)
}


class _TooManyError(Exception):
    """A pattern has more beginnings of a length than are worth listing."""


class Index(msgspec.Struct, frozen=True):
    """A tree of characters; at each node the patterns (by number, in order) whose beginnings are all read there."""

    open: tuple[int, ...]
    next: dict[str, Index]

    def at(self, folded: str, place: int) -> tuple[int, ...]:
        """The numbers of the patterns that can match where `folded[place:]` starts, in order."""
        node = self
        for character in folded[place : place + _DEPTH]:
            following = node.next.get(character)
            if following is None:
                break
            node = following
        return node.open


def fold(text: str) -> str:
    """`text` as the index has it: lower case, any digit a 0, any white space a space; as long as `text`."""
    if text.isascii():
        return text.translate(_ASCII)
    return "".join(map(_fold_character, text))


@lru_cache(maxsize=4096)
def _fold_character(character: str) -> str:
    if character.isascii():
        return _ASCII[ord(character)]
    if character.isspace():
        return " "
    if character.isdecimal():
        return "0"
    # What `re` takes for the same letter as an ASCII one when case is ignored: dotted and dotless i, long s, kelvin.
    return {"İ": "i", "ı": "i", "ſ": "s", "\u212a": "k"}.get(character, character)


@lru_cache(maxsize=64)
def build_index(patterns: tuple[re.Pattern[str], ...]) -> Index:
    """The index of `patterns`, which are numbered in the order given."""
    tree: dict[str, Any] = {}
    for number, pattern in enumerate(patterns):
        for start in starts_of(pattern):
            node = tree
            for character in start:
                node = node.setdefault(character, {})
            node.setdefault("", []).append(number)
    return _freeze(tree, frozenset())


def _freeze(tree: dict[str, Any], above: frozenset[int]) -> Index:
    here = above | frozenset(tree.get("", ()))
    return Index(tuple(sorted(here)), {key: _freeze(child, here) for key, child in tree.items() if key})


def starts_of(pattern: re.Pattern[str]) -> frozenset[str]:
    """Folded strings of a few characters, one of which any match of `pattern` begins with; `""` says anything."""
    tree = parser.parse(pattern.pattern, pattern.flags)
    for depth in range(_DEPTH, 0, -1):
        try:
            grown, done = _grow(tree, {""}, depth)
        except _TooManyError:
            continue
        return frozenset(grown | done)
    return frozenset({""})


def _grow(items: Iterable[Any], heads: set[str], depth: int) -> tuple[set[str], set[str]]:
    """The heads made longer by what the items match: those that can still grow, and those that are done."""
    done: set[str] = set()
    for operation, argument in items:
        done |= {head for head in heads if len(head) >= depth}
        heads = {head for head in heads if len(head) < depth}
        if not heads:
            break
        if len(heads) + len(done) > _MOST:
            raise _TooManyError
        heads, finished = _grow_one(operation, argument, heads, depth)
        done |= finished
    return heads, done


def _grow_one(operation: Any, argument: Any, heads: set[str], depth: int) -> tuple[set[str], set[str]]:
    if operation in (op.AT, op.ASSERT, op.ASSERT_NOT):  # they match no character, and can only forbid
        return heads, set()
    if operation is op.LITERAL:
        characters = _characters([(op.LITERAL, argument)])
    elif operation is op.IN:
        characters = _characters(argument)
    elif operation is op.BRANCH:
        return _grow_any(argument[1], heads, depth)
    elif operation is op.SUBPATTERN:
        return _grow(argument[-1], heads, depth)
    elif operation is op.ATOMIC_GROUP:
        return _grow(argument, heads, depth)
    elif operation in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
        return _grow_repeat(argument[0], argument[1], argument[2], heads, depth)
    else:
        characters = None
    if characters is None:
        return set(), heads
    return {head + character for head in heads for character in characters}, set()


def _grow_any(branches: Iterable[Any], heads: set[str], depth: int) -> tuple[set[str], set[str]]:
    grown: set[str] = set()
    done: set[str] = set()
    for branch in branches:
        more, finished = _grow(branch, heads, depth)
        grown |= more
        done |= finished
    return grown, done


def _grow_repeat(least: int, most: int, items: Any, heads: set[str], depth: int) -> tuple[set[str], set[str]]:
    """At most two rounds over the least are followed, to keep the beginnings few; what goes on longer is done."""
    grown: set[str] = set() if least else set(heads)
    done: set[str] = set()
    for count in range(1, min(most, least + 2) + 1):
        heads, finished = _grow(items, heads, depth)
        done |= finished
        if not heads:
            break
        if count >= least:
            if count == least + 2 and most > count:
                return grown, done | heads
            grown |= heads
    return grown, done


def _characters(items: Iterable[Any]) -> set[str] | None:
    """The folded characters of a class, or None where there are too many to list or they depend on case rules."""
    found: set[str] = set()
    for operation, argument in items:
        if operation is op.LITERAL and argument < 128:
            found.add(_ASCII[argument])
        elif operation is op.LITERAL and not chr(argument).isalpha():
            found.add(_fold_character(chr(argument)))
        elif operation is op.RANGE and argument[1] < 128:
            found |= {_ASCII[code] for code in range(argument[0], argument[1] + 1)}
        elif operation is op.CATEGORY and argument is op.CATEGORY_DIGIT:
            found.add("0")
        elif operation is op.CATEGORY and argument is op.CATEGORY_SPACE:
            found.add(" ")
        else:
            return None
    return found
