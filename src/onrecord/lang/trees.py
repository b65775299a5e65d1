"""Patterns as plain trees: what `re` parses, folded, less all that reads no character.

A sub-pattern is parsed once, however many rules name it: the trees of a file share its branches.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, TypeAlias

import msgspec

from onrecord.lang.patterns import FAULTS, REFERENCE, Parts, Pattern, refusal

_STAND_IN = 0xF0000  # private use: a character from here on stands for a sub-pattern while `re` parses
_ASCII = {
    code: "0" if chr(code).isdigit() else " " if chr(code).isspace() else chr(code).lower() for code in range(128)
}


class Letters(msgspec.Struct, frozen=True, eq=False):
    """These characters, folded, one after the other."""

    text: str


class Characters(msgspec.Struct, frozen=True, eq=False):
    """One character of these, folded; None where it may be any, or they depend on rules of case."""

    of: frozenset[str] | None


class Row(msgspec.Struct, frozen=True, eq=False):
    """One after the other."""

    items: tuple[Tree, ...]


class Either(msgspec.Struct, frozen=True, eq=False):
    """One of them."""

    branches: tuple[Tree, ...]


class Repeat(msgspec.Struct, frozen=True, eq=False):
    """The same from `least` to `most` times."""

    item: Tree
    least: int
    most: int


Tree: TypeAlias = Letters | Characters | Row | Either | Repeat

_SPACES = Repeat(Letters(" "), 1, parser.MAXREPEAT)
_ANYTHING = Repeat(Characters(None), 0, parser.MAXREPEAT)


def fold(text: str) -> str:
    """`text` as trees have it: lower case, any digit a 0, any white space a space; as long as `text`."""
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


@cache
def tree_of(pattern: Pattern) -> Tree:
    """The tree of a pattern. Raises RuleError where it is none."""
    try:
        return _parse(pattern.source, pattern.parts, pattern.loose)
    except FAULTS as error:
        raise refusal(pattern, error) from error


@cache
def _part(name: str, parts: Parts, loose: bool) -> Tree:
    return _parse(parts.sources[name], parts, loose)


def _parse(source: str, parts: Parts, loose: bool) -> Tree:
    names = REFERENCE.findall(source)
    numbers = iter(range(len(names)))
    parsed = parser.parse(REFERENCE.sub(lambda _: chr(_STAND_IN + next(numbers)), source))
    return _row(parsed, [_part(name, parts, loose) for name in names], loose)


def _row(items: Iterable[Any], named: Sequence[Tree], loose: bool) -> Tree:
    row: list[Tree] = []
    for operation, argument in items:
        item = _item(operation, argument, named, loose)
        if isinstance(item, Letters) and row and isinstance(row[-1], Letters):
            row[-1] = Letters(row[-1].text + item.text)
        elif item is not None:
            row.append(item)
    return row[0] if len(row) == 1 else Row(tuple(row))


def _item(operation: Any, argument: Any, named: Sequence[Tree], loose: bool) -> Tree | None:
    """What one operation of `re` reads; None where it reads no character, and can only forbid."""
    if operation in (op.AT, op.ASSERT, op.ASSERT_NOT):
        return None
    if operation is op.LITERAL:
        if argument >= _STAND_IN:
            return named[int(argument) - _STAND_IN]
        if loose and argument == ord(" "):
            return _SPACES
        found = _characters([(op.LITERAL, argument)])
        return Characters(None) if found is None else Letters(*found)
    if operation is op.IN:
        return _one_in(argument, named)
    if operation is op.BRANCH:
        return Either(tuple(_row(branch, named, loose) for branch in argument[1]))
    if operation is op.SUBPATTERN:
        return _row(argument[-1], named, loose)
    if operation is op.ATOMIC_GROUP:
        return _row(argument, named, loose)
    if operation in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
        return Repeat(_row(argument[2], named, loose), argument[0], argument[1])
    if operation in (op.ANY, op.NOT_LITERAL):
        return Characters(None)
    return _ANYTHING


def _one_in(items: Sequence[tuple[Any, Any]], named: Sequence[Tree]) -> Tree:
    """A class; `re` makes one of `{a}|{b}` too, as both are one character to it."""
    parts = [named[value - _STAND_IN] for kind, value in items if kind is op.LITERAL and value >= _STAND_IN]
    others = [(kind, value) for kind, value in items if not (kind is op.LITERAL and value >= _STAND_IN)]
    if not parts:
        return Characters(_characters(items))
    return Either((*parts, Characters(_characters(others)))) if others else Either(tuple(parts))


def _characters(items: Iterable[Any]) -> frozenset[str] | None:
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
    return frozenset(found)
