"""The words that say who someone is: organisations, leaders, peoples, countries, roles, bodies, titles.

`read_items` marks each stretch of a run of words that the word files (lang/<language>/*.toml) or the table of
places know, the longest first. It knows nothing of sentences or of who acts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache

import msgspec

from onrecord.gazetteer import fold, open_gazetteer
from onrecord.lang import read_words
from onrecord.lang.plurals import plural
from onrecord.layers.placewords import spelt_out, vocabulary

TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,}|[^\W\d_]+(?:[-’'&](?!s\b)[^\W\d_]+)*(?:-\d+)?|\d+(?:[.,]\d+)*|[’']s\b|[^\w\s]", re.UNICODE
)
_LONGEST_PLACE = 4
# A town of fewer people is not read in a phrase: its name is likelier a person's.
SMALL_TOWN = 20_000


class Item(msgspec.Struct, frozen=True):
    """A known stretch, `words[first:last]`.

    `kind` is org, leader, people, country, capital, place, role, body, modifier or title; `name` the word as the word
    files have it; `hard` whether the sector is its own and not that of its neighbours.
    """

    first: int
    last: int
    kind: str
    name: str
    country: str | None = None
    sector: str | None = None
    hard: bool = True


class Entry(msgspec.Struct, frozen=True):
    """A line of the lexicon: its words and what they say."""

    words: tuple[str, ...]
    kind: str
    name: str
    country: str | None = None
    sector: str | None = None
    hard: bool = True


class Lexicon(msgspec.Struct, frozen=True, kw_only=True):
    """A language's words: by their first word, as written (`exact`) or in lower case (`folded`), the longest first."""

    language: str
    exact: Mapping[str, tuple[Entry, ...]]
    folded: Mapping[str, tuple[Entry, ...]]
    words: Mapping[str, frozenset[str]]
    bodies: Mapping[str, str]
    given: frozenset[str]
    common: frozenset[str]
    kinds: frozenset[str]
    leaders: Mapping[str, tuple[Entry, ...]]
    same: Mapping[str, str]


@cache
def load_lexicon(language: str) -> Lexicon:
    """The lexicon of a language. Raises RuleError where a file is missing or not as it should be."""
    tables = read_words(language, "actors")
    spots = vocabulary(language)
    words = msgspec.convert(tables["words"], dict[str, frozenset[str]])
    exact = [*_organizations(language), *_leaders(language), *_peoples(language), *_titles(language)]
    folded = list(_nouns(language, words["soft"]))
    leaders: dict[str, list[Entry]] = {}
    for entry in exact:
        if entry.kind == "leader":
            leaders.setdefault(entry.words[-1].removeprefix("al-"), []).append(entry)
            leaders.setdefault(entry.words[-1], []).append(entry)
    return Lexicon(
        language=language,
        exact=_by_first(exact),
        folded=_by_first(folded),
        words=words,
        bodies=msgspec.convert(tables["bodies"], dict[str, str]),
        given=spots.given,
        kinds=spots.kinds,
        common=spots.lookalikes | spots.never | words["adjective"] | {name.lower() for name in spots.given},
        leaders={surname: tuple(entries) for surname, entries in leaders.items()},
        same=msgspec.convert(tables["same"], dict[str, str]),
    )


def knows_actor(word: str, language: str = "en") -> bool:
    """Whether a common noun names people or a body of them: "delegation", "officials", not "activities"."""
    return any(item.kind in ("role", "body", "title") for item in read_items([word], load_lexicon(language)))


def cut(text: str) -> list[str]:
    """The words and marks of `text`, as the lexicon cuts them."""
    return TOKEN.findall(text)


def read_items(words: Sequence[str], lexicon: Lexicon) -> list[Item]:
    """The stretches that the lexicon or the table of places knows, left to right, none overlapping."""
    items: list[Item] = []
    at = 0
    while at < len(words):
        item = _entry_at(words, at, lexicon)
        if item is None or (item.kind == "body" and item.last - item.first == 1 and words[at][0].isupper()):
            place = _place_at(words, at, lexicon)
            item = place if place is not None and (item is None or place.kind == "country") else item
        if item is not None and not (item.kind == "leader" and _is_half(words, item, items)):
            items.append(item)
        at = item.last if item is not None else at + 1
    return items


def _is_half(words: Sequence[str], item: Item, items: Sequence[Item]) -> bool:
    """Whether the leader's surname ends somebody else's full name: an unknown name stands before it."""
    if item.last - item.first > 1 or item.first == 0:
        return False
    known = bool(items) and items[-1].last == item.first
    return words[item.first - 1][0].isupper() and not known and (item.first > 1 or len(words) == item.last)


def _entry_at(words: Sequence[str], at: int, lexicon: Lexicon) -> Item | None:
    best: Entry | None = None
    for entry in lexicon.exact.get(words[at], ()):
        if tuple(words[at : at + len(entry.words)]) == entry.words:
            best = entry
            break
    for entry in lexicon.folded.get(words[at].lower(), ()):
        if best is not None and len(best.words) >= len(entry.words):
            break
        if tuple(word.lower() for word in words[at : at + len(entry.words)]) == entry.words:
            best = entry
            break
    if best is None:
        return None
    return Item(at, at + len(best.words), best.kind, best.name, best.country, best.sector, best.hard)


def _place_at(words: Sequence[str], at: int, lexicon: Lexicon) -> Item | None:
    if not words[at][:1].isupper():
        return None
    for width in range(min(_LONGEST_PLACE, len(words) - at), 0, -1):
        if not words[at + width - 1][:1].isupper():
            continue
        found = _place(" ".join(words[at : at + width]), lexicon.language)
        if found is not None and width == 1 and found[0] == "place" and words[at].lower() in lexicon.common:
            found = None
        if found is not None:
            return Item(at, at + width, found[0], " ".join(words[at : at + width]), found[1])
    return None


@lru_cache(maxsize=1 << 14)  # a report has some hundred names, and most come again
def _place(name: str, language: str) -> tuple[str, str] | None:
    """The kind (country, capital, place) and the country of the best-known place of that name."""
    words = vocabulary(language)
    if name in words.abbreviations and words.abbreviations[name][2] == "anywhere":
        entry = spelt_out(name, words, open_gazetteer())[1][0].entry
        return ("country" if entry.feature[:5] == "A.PCL" else "place", entry.country3 or "")
    if name.isupper() and len(name) < 5:
        return None
    best: tuple[int, int, str, str] | None = None
    for named in open_gazetteer().named(fold(name)):
        entry = named.entry
        if entry.country3 is None:
            continue
        if entry.feature[:5] == "A.PCL":
            rank, kind = 4, "country"
        elif entry.feature == "P.PPLC":
            rank, kind = 3, "capital"
        elif entry.feature == "A.ADM1" or entry.feature[0] in "HTL":
            rank, kind = 2, "place"
        elif named.own and entry.population > 100_000:
            rank, kind = 1, "place"
        elif named.own and entry.population > SMALL_TOWN:
            rank, kind = 0, "place"
        else:
            continue
        if best is None or (rank, entry.population) > best[:2]:
            best = (rank, entry.population, kind, entry.country3)
    return (best[2], best[3]) if best else None


def _by_first(entries: Sequence[Entry]) -> dict[str, tuple[Entry, ...]]:
    grouped: dict[str, list[Entry]] = {}
    for entry in entries:
        grouped.setdefault(entry.words[0], []).append(entry)
    return {word: tuple(sorted(group, key=lambda entry: -len(entry.words))) for word, group in grouped.items()}


def _organizations(language: str) -> Iterator[Entry]:
    listed = msgspec.convert(read_words(language, "organizations"), dict[str, dict[str, list[str]]])
    for country, sectors in listed.items():
        for sector, names in sectors.items():
            for line in names:
                fullest, *others = line.split("|")
                for name in (fullest, *others):
                    yield Entry(
                        tuple(cut(name)),
                        "org",
                        fullest,
                        None if country == "ANY" else country,
                        None if sector == "NONE" else sector,
                    )


def _leaders(language: str) -> Iterator[Entry]:
    tables = msgspec.convert(read_words(language, "leaders"), dict[str, dict[str, list[str]]])
    listed = {sector: countries for sector, countries in tables.items() if sector != "shared"}
    for sector, countries in listed.items():
        for country, names in countries.items():
            for name in names:
                yield Entry(tuple(cut(name)), "leader", name, country, sector)
    yield from _surnames(language, listed, frozenset(tables["shared"]["words"]))


def _surnames(language: str, listed: dict[str, dict[str, list[str]]], shared: frozenset[str]) -> Iterator[Entry]:
    """The surnames that one leader has and that are neither common names nor words: "Netanyahu", not "Brown"."""
    spots = vocabulary(language)
    bearers: dict[str, list[Entry]] = {}
    for sector, countries in listed.items():
        for country, names in countries.items():
            for name in names:
                words = cut(name)
                if len(words) > 1 and len(words[-1]) > 3:
                    entry = Entry((words[-1],), "leader", words[-1], country, sector)
                    bearers.setdefault(words[-1], []).append(entry)
    for surname, entries in bearers.items():
        common = (
            surname in shared
            or surname in spots.surnames
            or surname in spots.given
            or surname.lower() in spots.lookalikes
        )
        if not common and len({entry.country for entry in entries}) == 1 and not open_gazetteer().named(fold(surname)):
            yield entries[0]


def _peoples(language: str) -> Iterator[Entry]:
    tables = read_words(language, "demonyms")
    for country, names in msgspec.convert(tables["countries"], dict[str, list[str]]).items():
        for name in names:
            yield Entry(tuple(cut(name)), "people", name, country)


def _titles(language: str) -> Iterator[Entry]:
    for title, role in msgspec.convert(read_words(language, "titles")["titles"], dict[str, str]).items():
        words = tuple(cut(title))
        sector = role_sectors(language).get(role)
        yield Entry(words, "title", role, None, sector)
        if words[-1] == ".":
            yield Entry(tuple(word for word in words if word != "."), "title", role, None, sector)


@cache
def role_sectors(language: str) -> dict[str, str | None]:
    """The sector of each role noun; None for those that take their neighbours'."""
    listed = msgspec.convert(read_words(language, "roles")["sectors"], dict[str, list[str]])
    return {noun: None if sector == "neutral" else sector for sector, nouns in listed.items() for noun in nouns}


def _nouns(language: str, soft: frozenset[str]) -> Iterator[Entry]:
    tables = read_words(language, "roles")
    plurals = msgspec.convert(tables["plurals"], dict[str, str])
    roles = role_sectors(language)
    for noun, sector in roles.items():
        for form in (noun, plural(noun, language)):
            yield Entry(tuple(cut(form)), "role", noun, None, sector, noun not in soft and sector is not None)
    for form, noun in plurals.items():
        sector = roles.get(noun)
        yield Entry(tuple(cut(form)), "role", noun, None, sector, noun not in soft and sector is not None)
    tables = read_words(language, "sectors")
    for sector, nouns in msgspec.convert(tables["sectors"], dict[str, list[str]]).items():
        for noun in nouns:
            for form in {noun, plural(noun, language)} if noun not in roles else {noun}:
                yield Entry(tuple(cut(form)), "body", noun, None, sector, noun not in soft)
    for sector, nouns in msgspec.convert(tables["modifiers"], dict[str, list[str]]).items():
        for noun in nouns:
            if noun not in roles and noun not in tables["sectors"].get(sector, ()):  # type: ignore[attr-defined]
                yield Entry(tuple(cut(noun)), "modifier", noun, None, sector)
