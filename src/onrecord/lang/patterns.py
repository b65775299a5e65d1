"""A pattern as a rule file writes it, `{name}` and all; `re` compiles it when it is first matched.

Compiling all of a language's patterns takes half a second, and a report has use for a tenth of them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

import msgspec

from onrecord.errors import RuleError

FAULTS = (re.error, KeyError, RecursionError)
"""What a bad pattern raises: it does not compile, a sub-pattern is not defined, or names itself."""

REFERENCE = re.compile(r"\{([a-z][a-z_0-9]*)\}")
_PIECE = re.compile(r"\\.|\(\?<[=!]|[^\\ ()\[\]]+|.", re.DOTALL)
# White space with one line end at most: a paragraph ends with two. Taken whole: given back character by character, a
# thousand spaces in a row took seconds. Classes of characters in its place make compiling half as slow again.
_ANY_SPACE = r"(?:(?!\s*?\n\s*?\n)\s++)"


class Parts(msgspec.Struct, frozen=True, eq=False):
    """The named sub-patterns of one file."""

    sources: Mapping[str, str] = {}


class Pattern(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """A pattern as the rule `name` of `file` has it. Where `loose`, a space in it is any white space."""

    file: str
    name: str
    source: str
    parts: Parts = Parts()
    ignore_case: bool = False
    loose: bool = False


@cache
def compiled(pattern: Pattern) -> re.Pattern[str]:
    """The pattern as `re` has it. Raises RuleError where it is none."""
    try:
        source = expand(pattern.source, pattern.parts.sources)
        return re.compile(loosen(source) if pattern.loose else source, re.IGNORECASE if pattern.ignore_case else 0)
    except FAULTS as error:
        raise refusal(pattern, error) from error


def refusal(pattern: Pattern, error: Exception) -> RuleError:
    """What to raise where a pattern is none."""
    return RuleError(pattern.file, f"rule {pattern.name!r}", f"{type(error).__name__}: {error}")


def one_of(words: Sequence[str]) -> str:
    """A pattern for any of the words, the longest first."""
    return "(?:" + "|".join(re.escape(word) for word in sorted(words, key=lambda w: (-len(w), w))) + ")"


def expand(source: str, parts: Mapping[str, str]) -> str:
    """`source` with each `{name}` replaced by its sub-pattern, at any depth.

    Raises KeyError for a name that is not defined.
    """
    return REFERENCE.sub(lambda found: f"(?:{expand(parts[found[1]], parts)})", source)


def loosen(source: str) -> str:
    """`source` with each space for any run of white space that holds at most one line end.

    In a class or a look-behind, which has a fixed width, it is one character of white space.
    """
    loosened: list[str] = []
    in_class = False
    behind: list[bool] = []  # for each parenthesis that is open: whether it is a look-behind
    for found in _PIECE.finditer(source):
        piece = found[0]
        if piece in (" ", r"\ "):
            piece = r" \n" if in_class else r"[ \n]" if any(behind) else _ANY_SPACE
        elif piece in ("[", "]"):
            in_class = piece == "["
        elif piece[0] == "(" and not in_class:
            behind.append(len(piece) > 1)
        elif piece == ")" and not in_class and behind:
            behind.pop()
        loosened.append(piece)
    return "".join(loosened)
