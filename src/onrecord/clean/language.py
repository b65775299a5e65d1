"""Say which language a text is in."""

from __future__ import annotations

import re
from functools import cache

import msgspec

from onrecord.lang import read_words

_WORD = re.compile(r"[^\W\d_]+")

ENOUGH = 0.15
"""Share of English's commonest words that makes a text English: of 1,035 English reports all but three lists have
0.2 to 0.5; French, German and Spanish ones have under 0.04."""

TOO_FEW = 0.05
"""Share under which a text is not English even where it is said to be."""

FEWEST = 20
"""Words that a text needs before a detector is asked: on fewer it guesses."""

SAMPLE = 4000
"""Characters looked at: two or three hundred words settle it."""


@cache
def _common() -> frozenset[str]:
    return frozenset(msgspec.convert(read_words("en", "common")["words"], list[str]))


def find_language(text: str, told: str | None = None) -> str | None:
    """The ISO 639-1 code of the language: as `told`, unless the words are plainly English or plainly not.

    None where nothing is told and the words are too few. Sites declare English for pages in other languages, and the
    other way round, often enough.
    """
    code = re.split(r"[-_]", (told or "").strip().casefold())[0]
    code = _SHORTER.get(code, code) if code.isalpha() and len(code) in (2, 3) else ""
    words = [word.casefold() for word in _WORD.findall(text[:SAMPLE])]
    share = sum(word in _common() for word in words) / len(words) if words else 0.0
    if share >= ENOUGH:
        return "en"
    if code and (code != "en" or share >= TOO_FEW or len(words) < FEWEST):
        return code
    if len(words) < FEWEST:
        return "en" if words and all(word.isascii() for word in words) else None
    from py3langid.langid import classify

    found = str(classify(text[:SAMPLE])[0])
    return _SHORTER.get(found, found)


# Three letters as two; what the detector takes for Nigerian Pidgin are lists of names in English.
_SHORTER = {
    "eng": "en",
    "fra": "fr",
    "fre": "fr",
    "deu": "de",
    "ger": "de",
    "spa": "es",
    "ita": "it",
    "ara": "ar",
    "pcm": "en",
}
