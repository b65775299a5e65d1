"""Change the characters that harm and nothing else: line ends, odd spaces, control and invisible characters."""

from __future__ import annotations

import re

from onrecord.clean.sourced import Sourced

_LINE_END = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_SPACE = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
# Not U+200C and U+200D, which Persian, Indic scripts and emoji need.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]"
)


def tidy(source: Sourced) -> Sourced:
    """The text with `\\n` for each line end, a plain space for each odd one, and no invisible characters."""
    for pattern, new in ((_LINE_END, "\n"), (_SPACE, " "), (_INVISIBLE, "")):
        if pattern.search(source.text):
            source = source.substitute(pattern, new)
    return source
