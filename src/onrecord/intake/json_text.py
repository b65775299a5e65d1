"""JSON read so that each string leads back to the bytes that it was written with."""

from __future__ import annotations

import re
from typing import Union

from onrecord.clean import Sourced, join, stand_in
from onrecord.errors import InputError

Value = Union[Sourced, float, bool, None, "list[Value]", "dict[str, Value]"]

DEEPEST = 100
"""Levels of lists and objects. News has under ten."""

MOST_VALUES = 2_000_000
"""Values in one text. An item of news has some hundred."""

_SPACE = re.compile(r"[ \t\r\n]*+")
_PLAIN = re.compile(r'"([^"\\\x00-\x1f]*+)"')
_STRING = re.compile(r'"((?:[^"\\]|\\.)*+)"', re.DOTALL)
_ESCAPE = re.compile(
    r"\\(?:u(?P<high>[dD][89abAB][0-9a-fA-F]{2})\\u(?P<low>[dD][c-fC-F][0-9a-fA-F]{2})|u(?P<unit>[0-9a-fA-F]{4})|(?P<char>.))",
    re.DOTALL,
)
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][+-]?\d{1,3})?")
_WORDS = {"true": True, "false": False, "null": None}
_CHARACTERS = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}


def read_json(source: Sourced, uri: str) -> Value:
    """The value in `source`. Raises InputError where it is not JSON, or nested too deep."""
    reading = Reading(uri)
    value, at = _value(source, _skip(source.text, 0), reading, 0)
    if _skip(source.text, at) < len(source.text):
        raise _wrong(reading, source, at)
    return value


class Reading:
    """What is being read, and how many values it may still have."""

    def __init__(self, uri: str) -> None:
        self.uri = uri
        self.left = MOST_VALUES


def _wrong(reading: Reading, source: Sourced, at: int) -> InputError:
    line = source.text.count("\n", 0, at) + 1
    return InputError(reading.uri, f"is not JSON at line {line}", "mend it, or give it as text")


def _skip(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at


def _value(source: Sourced, at: int, reading: Reading, depth: int) -> tuple[Value, int]:
    text = source.text
    first = text[at : at + 1]
    reading.left -= 1
    if reading.left < 0:
        raise InputError(reading.uri, f"has more than {MOST_VALUES} values", "cut it up, if it is no trap")
    if depth > DEEPEST:
        raise InputError(reading.uri, f"is JSON nested deeper than {DEEPEST} levels", "give a file of news, not a trap")
    if first == '"':
        return _string(source, at, reading)
    if first == "{":
        return _object(source, at, reading, depth)
    if first == "[":
        return _list(source, at, reading, depth)
    number = _NUMBER.match(text, at)
    if number:
        return float(number[0]), number.end()
    for word, value in _WORDS.items():
        if text.startswith(word, at):
            return value, at + len(word)
    raise _wrong(reading, source, at)


def _object(source: Sourced, at: int, reading: Reading, depth: int) -> tuple[Value, int]:
    text = source.text
    found: dict[str, Value] = {}
    at = _skip(text, at + 1)
    while text[at : at + 1] != "}":
        if text[at : at + 1] != '"':
            raise _wrong(reading, source, at)
        key, at = _string(source, at, reading)
        at = _skip(text, at)
        if text[at : at + 1] != ":":
            raise _wrong(reading, source, at)
        found[key.text], at = _value(source, _skip(text, at + 1), reading, depth + 1)
        at = _next(source, at, "}", reading)
    return found, at + 1


def _list(source: Sourced, at: int, reading: Reading, depth: int) -> tuple[Value, int]:
    text = source.text
    found: list[Value] = []
    at = _skip(text, at + 1)
    while text[at : at + 1] != "]":
        value, at = _value(source, at, reading, depth + 1)
        found.append(value)
        at = _next(source, at, "]", reading)
    return found, at + 1


def _next(source: Sourced, at: int, end: str, reading: Reading) -> int:
    """Past a comma, or at the end."""
    text = source.text
    at = _skip(text, at)
    if text[at : at + 1] == ",":
        return _skip(text, at + 1)
    if text[at : at + 1] != end:
        raise _wrong(reading, source, at)
    return at


def _string(source: Sourced, at: int, reading: Reading) -> tuple[Sourced, int]:
    plain = _PLAIN.match(source.text, at)
    if plain:
        return source[plain.start(1) : plain.end(1)], plain.end()
    match = _STRING.match(source.text, at)
    if match is None:
        raise _wrong(reading, source, at)
    return _unescape(source[match.start(1) : match.end(1)]), match.end()


def _unescape(source: Sourced) -> Sourced:
    parts: list[Sourced] = []
    last = 0
    for match in _ESCAPE.finditer(source.text):
        old = source[match.start() : match.end()]
        parts.append(source[last : match.start()])
        parts.append(stand_in(_character(match), old.source_start(), old.source_end()))
        last = match.end()
    return join((*parts, source[last:]))


def _character(match: re.Match[str]) -> str:
    """The character of an escape; half a surrogate pair is none, and becomes U+FFFD."""
    if match["high"]:
        return chr(0x10000 + ((int(match["high"], 16) - 0xD800) << 10) + int(match["low"], 16) - 0xDC00)
    if match["unit"]:
        unit = int(match["unit"], 16)
        return "\ufffd" if 0xD800 <= unit < 0xE000 else chr(unit)
    return _CHARACTERS.get(match["char"], match["char"])
