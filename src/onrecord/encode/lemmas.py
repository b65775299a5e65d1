"""Make a word's lemma by the script that the model chose for it."""

from __future__ import annotations

import re

_SCRIPT = re.compile(r"([lk])(\d+)(.*)", re.DOTALL)


def apply_script(word: str, script: str) -> str:
    """`l` lower or `k` keep case, letters to strip from the end, letters to add; the word itself if nothing is left.

    >>> apply_script("Announced", "l1"), apply_script("was", "l3be"), apply_script("Gaza", "k0")
    ('announce', 'be', 'Gaza')
    """
    match = _SCRIPT.fullmatch(script)
    if not match:
        return word
    base = word.lower() if match[1] == "l" else word
    return base[: max(len(base) - int(match[2]), 0)] + match[3] or word
