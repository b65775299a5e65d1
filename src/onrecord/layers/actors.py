"""Find who acts and speaks in a report, with role, country and sector, all mentions of one folded together."""

from __future__ import annotations

from functools import cache

import msgspec

from onrecord.lang import read_words


@cache
def demonyms(language: str) -> dict[str, str]:
    """The country (ISO 3166-1 alpha-3) that each name of a people or its adjective speaks of."""
    listed = msgspec.convert(read_words(language, "demonyms")["countries"], dict[str, tuple[str, ...]])
    return {word: country for country, words in listed.items() for word in words}


def country_of_demonym(word: str, language: str = "en") -> str | None:
    """The country that `word` speaks of, where it is the name of a people or its adjective."""
    return demonyms(language).get(word)
