"""Patterns as plain trees, folded: what reads characters, and where words begin and end.

A sub-pattern is parsed once, however many rules name it: the trees of a file share its branches. They are read here and
not by `re`, which goes by single characters and takes two to three times as long; only classes are left to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, TypeAlias

import msgspec

from onrecord.lang.patterns import FAULTS, Parts, Pattern, refusal

MOST = 2**32
"""No end of repeats."""

_LOOKS = ("(?=", "(?!", "(?<=", "(?<!")
_TOKEN = re.compile(
    r"(?P<words>\(\?:(?:[A-Za-z0-9 '’|]|\\[ .'-])+\))"  # a group of plain words: most of a pattern is such
    r"|(?P<letters>[^\\()\[{*+?.^$]+(?![*+?]|\{[\d,]))"  # `|` is among them, as it mostly parts words
    r"|(?P<edge>\\b)"
    r"|(?P<nothing>\\[ABZ]|[\^$]|\(\?[imsu]+\))"
    r"|(?P<again>\\[1-9]\d?|\(\?P=\w+\))"
    r"|(?P<character>\[\^?\]?(?:\\.|[^\]\\])*\]|\\x..|\\u....|\\.|\.|[^\\()\[{|*+?^$])"
    r"|(?P<times>[*+?][+?]?|\{(?:\d+(?:,\d*)?|,\d*)\}[+?]?)"
    r"|(?P<part>\{[a-z][a-z_0-9]*\})"
    r"|(?P<open>\((?!\?)|\(\?(?::|P<\w+>|>|=|!|<=|<!|[imsu-]+:))"
    r"|(?P<close>\))"
    r"|(?P<odd>.)",
    re.DOTALL,
)

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


class Edge(msgspec.Struct, frozen=True, eq=False):
    """No character, where a word begins or ends."""


class Words(msgspec.Struct, frozen=True, eq=False):
    """One of these strings, folded. Where `loose`, a space in one is any white space."""

    of: frozenset[str]
    loose: bool = False


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


Tree: TypeAlias = Letters | Words | Characters | Edge | Row | Either | Repeat

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

_EDGE = Edge()
_SPACES = Repeat(Letters(" "), 1, MOST)
_ANYTHING = Repeat(Characters(None), 0, MOST)


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


class _Group:
    """A group that is being read: what opened it, the branches before, and the row of items so far.

    None stands for what reads no character, and can only forbid.
    """

    def __init__(self, opening: str) -> None:
        self.opening = opening
        self.branches: list[Tree] = []
        self.row: list[Tree | None] = []

    def add(self, letters: str, loose: bool) -> None:
        """Go on with letters, and with other branches where they have `|`; those between two are taken together."""
        first, *others = letters.split("|", 1)
        self.row += _letters(first, loose)
        if others:
            self.branches.append(_row(self.row))
            between, parted, last = others[0].rpartition("|")
            if parted and between.isascii():
                self.branches.append(_words(between, loose))
            elif parted:
                self.branches += [_row(_letters(word, loose)) for word in between.split("|")]
            self.row = list(_letters(last, loose))

    def close(self) -> Tree | None:
        """What the group reads."""
        if self.opening.startswith(_LOOKS):
            return None
        self.branches.append(_row(self.row))
        if len(self.branches) == 1:
            return self.branches[0]
        words: set[str] = set()
        for branch in self.branches:
            if isinstance(branch, Letters):
                words.add(branch.text)
            elif isinstance(branch, Words):
                words |= branch.of
            else:
                return Either(tuple(self.branches))
        return Words(frozenset(words), any(isinstance(branch, Words) and branch.loose for branch in self.branches))


def _parse(source: str, parts: Parts, loose: bool) -> Tree:
    """The tree of a source. Raises `re.error` for what is not written in rules: conditions, comments, `(?x)`."""
    group, around = _Group(""), []
    for found in _TOKEN.finditer(source):
        kind, token = found.lastgroup, found[0]
        if kind == "letters":
            group.add(token, loose)
        elif kind == "words":
            group.row.append(_words(token[3:-1], loose))
        elif kind == "part":
            group.row.append(_part(token[1:-1], parts, loose))
        elif kind == "character":
            group.row.append(_SPACES if loose and token in (" ", "\\ ") else _character(token))
        elif kind == "times":
            _repeat(group.row, *_bounds(token))
        elif kind == "open":
            around.append(group)
            group = _Group(token)
        elif kind == "close" and around:
            item = group.close()
            group = around.pop()
            group.row.append(item)
        elif kind == "again":
            group.row.append(_ANYTHING)
        elif kind == "edge":
            group.row.append(_EDGE)
        elif kind == "nothing":
            group.row.append(None)
        else:
            raise re.error("cannot be read", source, found.start())
    tree = group.close()
    if around or tree is None:
        raise re.error("a parenthesis is not closed", source, len(source))
    return tree


def _row(items: Iterable[Tree | None]) -> Tree:
    """The items one after the other, letters joined."""
    row: list[Tree] = []
    for item in items:
        if isinstance(item, Letters) and row and isinstance(row[-1], Letters):
            row[-1] = Letters(row[-1].text + item.text)
        elif item is not None:
            row.append(item)
    return row[0] if len(row) == 1 else Row(tuple(row))


def _repeat(row: list[Tree | None], least: int, most: int) -> None:
    """Put a repeat in the place of a row's last item."""
    if not row:
        raise re.error("nothing to repeat")
    item = row.pop()
    row.append(item and Repeat(item, least, most))


@cache
def _bounds(token: str) -> tuple[int, int]:
    """The least and the most of `*`, `+?`, `{2}`, `{,3}`."""
    if token[0] != "{":
        return int(token[0] == "+"), 1 if token[0] == "?" else MOST
    least, comma, most = token[1 : token.index("}")].partition(",")
    return int(least or 0), int(most or MOST) if comma else int(least)


def _words(listed: str, loose: bool) -> Words:
    """The tree of `a|b|c d`, without marks but escaped ones."""
    return Words(frozenset(fold(listed.replace("\\", "")).split("|")), loose and " " in listed)


@cache
def row_of(letters: str) -> Row:
    """Folded letters with white space where they have a space."""
    row: list[Tree] = []
    for word in letters.split(" "):
        row += (_SPACES, Letters(word)) if word else (_SPACES,)
    return Row(tuple(row[1:]))


@cache
def _letters(token: str, loose: bool) -> tuple[Tree, ...]:
    """Letters as they stand; a space of a loose pattern is any white space."""
    if not token:
        return ()
    if not token.isascii():
        return tuple(_SPACES if loose and letter == " " else _character(re.escape(letter)) for letter in token)
    return row_of(fold(token)).items if loose and " " in token else (Letters(fold(token)),)


@cache
def _character(token: str) -> Tree:
    """What reads one character: a letter, an escaped one, a point or a class, as `re` has it."""
    ((operation, argument),) = parser.parse(token)
    if operation is op.IN:
        return _class(tuple(argument))
    found = _characters([(operation, argument)])
    return Characters(None) if found is None else Letters(*found)


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
