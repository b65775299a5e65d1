"""Patterns as plain trees: what `re` parses, folded, less all that reads no character.

A sub-pattern is parsed once, however many rules name it: the trees of a file share its branches.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, TypeAlias

import msgspec

from onrecord.lang.patterns import FAULTS, REFERENCE, Parts, Pattern, refusal

_STAND_IN = 0xF0000  # private use: a character from here on stands for a sub-pattern while `re` parses
_GROUP = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\(\?:((?:[A-Za-z0-9 '’|]|\\[ .'-])+)\)", re.DOTALL)
"""A group of plain words, not inside a class: read here, as `re` is slow in parsing what most of a pattern is."""

_ASCII = {
    code: "0" if chr(code).isdigit() else " " if chr(code).isspace() else chr(code).lower() for code in range(128)
}


class Letters(msgspec.Struct, frozen=True, eq=False):
    """These characters, folded, one after the other."""

    text: str


class Characters(msgspec.Struct, frozen=True, eq=False):
    """One character of these, folded; None where they are too many to list, or depend on rules of case.

    None of `never` is among them: only plain characters are listed there.
    """

    of: frozenset[str] | None
    never: frozenset[str] = frozenset()


class Words(msgspec.Struct, frozen=True, eq=False):
    """One of these strings, folded."""

    of: frozenset[str]


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


Tree: TypeAlias = Letters | Words | Characters | Row | Either | Repeat

_ODD = frozenset("\xa0٠İıſ\u212a")
"""One of each kind of characters that are not ASCII and are folded to what is."""

_ALL = frozenset(map(chr, range(128))) | _ODD
_PLAIN = frozenset(_ASCII.values())
_WORD = frozenset(character for character in _ALL if character.isalnum() or character == "_")
_DIGIT = frozenset(character for character in _ALL if character.isdecimal())
_SPACE = frozenset(character for character in _ALL if character.isspace())
_CATEGORIES = {
    op.CATEGORY_WORD: _WORD,
    op.CATEGORY_NOT_WORD: _ALL - _WORD,
    op.CATEGORY_DIGIT: _DIGIT,
    op.CATEGORY_NOT_DIGIT: _ALL - _DIGIT,
    op.CATEGORY_SPACE: _SPACE,
    op.CATEGORY_NOT_SPACE: _ALL - _SPACE,
}

_SPACE_CODE = ord(" ")
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
    named: list[Tree] = []

    def stand_in(tree: Tree) -> str:
        named.append(tree)
        return chr(_STAND_IN + len(named) - 1)

    source = _GROUP.sub(lambda found: stand_in(_words(found[1], loose)) if found[1] else found[0], source)
    source = REFERENCE.sub(lambda found: stand_in(_part(found[1], parts, loose)), source)
    return _row(parser.parse(source), named, loose)


def _words(listed: str, loose: bool) -> Tree:
    """The tree of `a|b|c d`, without marks but escaped ones."""
    words = fold(listed.replace("\\", "")).split("|")
    if not loose or " " not in listed:
        return Words(frozenset(words))
    return Either(tuple([_row_of_words(word.split(" ")) for word in words]))


def _row_of_words(words: list[str]) -> Tree:
    """Words with any spaces between them."""
    items = [item for word in words for item in (_SPACES, Letters(word)) if item is _SPACES or word]
    return Row(tuple(items[1:]))


def _row(items: Iterable[Any], named: Sequence[Tree], loose: bool) -> Tree:
    row: list[Tree] = []
    letters = ""
    for operation, argument in items:
        if operation is op.LITERAL and argument < 128 and not (loose and argument == _SPACE_CODE):
            letters += _ASCII[argument]
            continue
        item = _item(operation, argument, named, loose)
        if isinstance(item, Letters):
            letters += item.text
        elif item is not None:
            if letters:
                row.append(Letters(letters))
                letters = ""
            row.append(item)
    if letters:
        row.append(Letters(letters))
    return row[0] if len(row) == 1 else Row(tuple(row))


def _item(operation: Any, argument: Any, named: Sequence[Tree], loose: bool) -> Tree | None:
    """What one operation of `re` reads; None where it reads no character, and can only forbid."""
    if operation in (op.AT, op.ASSERT, op.ASSERT_NOT):
        return None
    if operation is op.LITERAL:
        if argument >= _STAND_IN:
            return named[int(argument) - _STAND_IN]
        if loose and argument == _SPACE_CODE:
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
        return _class(tuple(items))
    return Either((*parts, _class(tuple(others)))) if others else Either(tuple(parts))


@cache
def _class(items: tuple[tuple[Any, Any], ...]) -> Characters:
    of = _characters(items)
    return Characters(of) if of is not None else Characters(None, _never(items))


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


def _never(items: Sequence[tuple[Any, Any]]) -> frozenset[str]:
    """The folded plain characters that no character of a class is, whether case counts or not."""
    listed: set[str] = set()
    for operation, argument in items:
        if operation is op.LITERAL:
            listed.add(chr(argument))
        elif operation is op.RANGE:
            listed.update(map(chr, range(argument[0], min(argument[1], 127) + 1)))
            listed |= _ODD if argument[1] > 127 else frozenset()
        elif operation is op.CATEGORY:
            listed |= _CATEGORIES[argument]
    found = _ALL - listed if items[0][0] is op.NEGATE else listed
    return _PLAIN - {_fold_character(character) for character in found}
