"""Rule files: patterns as data, each with the examples that it is tested on.

ignore_case = true             for all of the file's rules (a rule may say otherwise); (?-i:May) where case matters
any_space = true               a space in a pattern is any white space within a paragraph, line ends included

[patterns]                     named sub-patterns, written {name} where they are used
number = '\\d+(?:,\\d{3})*'

[words]                        lists of words, usable as sub-patterns too: {name} is one of them
soldier = ["soldier", "troop"]

[[rule]]                       at a place, the first rule that matches wins
name     = "at least"
pattern  = '(?:at least|no fewer than) (?P<low>{number})'
examples = ["at least 33"]
not      = ["at least as many"]
...                            anything else fills the fields of the type that the file is loaded as
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from threading import Lock
from typing import Generic, TypeVar

import msgspec

from onrecord.errors import RuleError
from onrecord.lang.needs import may_match
from onrecord.lang.patterns import Parts, Pattern, compiled, one_of
from onrecord.lang.starts import build_index
from onrecord.lang.trees import fold

Right = TypeVar("Right")

# Two threads that convert to one type for the first time at once have crashed the process (msgspec 0.22).
_loading = Lock()

_PLACE = re.compile(r"(?<![^\W_])[^\W_]+|[^\w\s]|_")


class Rule(msgspec.Struct, Generic[Right], frozen=True, kw_only=True):
    """One rule: its pattern, the value that it fills in, and what it must and must not match."""

    name: str
    written: Pattern
    right: Right
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...] = ()

    @property
    def pattern(self) -> re.Pattern[str]:
        """The pattern, compiled when first asked for. Raises RuleError where it is none."""
        return compiled(self.written)

    def may_match(self, text: str, start: int, end: int, *, anchored: bool = False) -> bool:
        """Whether it is worth trying in `text[start:end]`, or, where `anchored`, at its start."""
        return may_match(self.written, text, start, end, anchored=anchored)


class RuleFile(msgspec.Struct, Generic[Right], frozen=True, kw_only=True):
    """A loaded rule file: rules in order, and its word lists."""

    file: str
    rules: tuple[Rule[Right], ...]
    words: dict[str, tuple[str, ...]] = {}
    patterns: dict[str, str] = {}


class Found(msgspec.Struct, Generic[Right], frozen=True):
    """A rule that matched at a place."""

    rule: Rule[Right]
    match: re.Match[str]

    @property
    def start(self) -> int:
        return self.match.start()

    @property
    def end(self) -> int:
        return self.match.end()


@cache
def has_language(language: str, noun: str) -> bool:
    """Whether there is a file of rules or words for this noun in this language."""
    return files("onrecord.lang").joinpath(language, f"{noun}.toml").is_file()


@cache
def read_words(language: str, noun: str) -> Mapping[str, object]:
    """The tables of `lang/<language>/<noun>.toml` as they stand, read once.

    Raises RuleError where the file is missing or is not TOML.
    """
    name = f"lang/{language}/{noun}.toml"
    path = files("onrecord.lang").joinpath(language, f"{noun}.toml")
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise RuleError(name, "file", "is missing") from None
    except tomllib.TOMLDecodeError as error:
        raise RuleError(name, "file", str(error)) from error


@cache
def load_rules(language: str, noun: str, right: type[Right]) -> RuleFile[Right]:
    """The rules of `lang/<language>/<noun>.toml`, each with its right-hand side as a `right`.

    Raises RuleError, naming the file and the rule, where a rule has no example or a right-hand side does not fit
    the type; a pattern that does not compile is found out when it is first tried.
    """
    with _loading:
        return parse_rules(read_words(language, noun), f"lang/{language}/{noun}.toml", right)


def parse_rules(tables: Mapping[str, object], file: str, right: type[Right]) -> RuleFile[Right]:
    """The rules in the tables of one file. Raises RuleError as `load_rules` does."""
    words = msgspec.convert(tables.get("words", {}), dict[str, tuple[str, ...]])
    patterns = dict(msgspec.convert(tables.get("patterns", {}), dict[str, str]))
    for name, listed in words.items():
        patterns.setdefault(name, one_of(listed))
    everywhere = {"ignore_case": tables.get("ignore_case", False), "any_space": tables.get("any_space", False)}
    parts = Parts(patterns)
    rules = tuple(
        _parse_rule(everywhere | table, file, parts, right)
        for table in msgspec.convert(tables.get("rule", []), list[dict[str, object]])
    )
    return RuleFile(file=file, rules=rules, words=words, patterns=patterns)


def _parse_rule(table: dict[str, object], file: str, parts: Parts, right: type[Right]) -> Rule[Right]:
    table = dict(table)
    name = str(table.pop("name", "without a name"))
    source = str(table.pop("pattern", ""))
    examples = msgspec.convert(table.pop("examples", []), tuple[str, ...])
    counter_examples = msgspec.convert(table.pop("not", []), tuple[str, ...])
    if not source or not examples:
        raise RuleError(file, f"rule {name!r}", "needs a pattern and at least one example")
    written = Pattern(
        file=file, name=name, source=source, parts=parts,
        ignore_case=bool(table.pop("ignore_case")), loose=bool(table.pop("any_space")),
    )  # fmt: skip
    try:
        value = msgspec.convert(table, right)
    except msgspec.ValidationError as error:
        raise RuleError(file, f"rule {name!r}", f"{type(error).__name__}: {error}") from error
    return Rule(name=name, written=written, right=value, examples=examples, counter_examples=counter_examples)


def find_all(rules: Sequence[Rule[Right]], text: str, start: int = 0, end: int | None = None) -> Iterator[Found[Right]]:
    """What the rules find in `text[start:end]`, left to right, none overlapping; at a place the first rule wins.

    A match starts at a word or at a mark, never inside a word and never at white space, and is not empty.
    """
    stop = len(text) if end is None else end
    index = build_index(tuple([rule.written for rule in rules]))
    folded = fold(text[start:stop])
    tried: dict[int, re.Pattern[str] | None] = {}
    last = start
    for place in _PLACE.finditer(text, start, stop):
        at = place.start()
        if at < last:
            continue
        for order in index.at(folded, at - start):
            if order not in tried:
                rule = rules[order]
                tried[order] = rule.pattern if rule.may_match(text, start, stop) else None
            pattern = tried[order]
            match = pattern.match(text, at, stop) if pattern else None
            if match and match.end() > at:
                yield Found(rules[order], match)
                last = match.end()
                break
