"""Read who a phrase speaks of: country, sector and role ("an Israeli government official": ISR, GOV, official)."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from onrecord.layers.lexicon import Item, Lexicon, cut, load_lexicon, read_items

_OUT_OF_OFFICE = frozenset({"GOV", "LEG", "MIL", "JUD"})
_UNARMED = frozenset({"PTY", "CVL", "SOC", None})


class Described(msgspec.Struct, frozen=True):
    """What a phrase says of an actor: `country` (ISO 3166-1 alpha-3, or IGO, NGO, IMG, MNC), `sector`, `role`."""

    country: str | None = None
    sector: str | None = None
    role: str | None = None


def actor_of(phrase: str, language: str = "en") -> Described:
    """What `phrase`, a noun phrase that names someone, says of them.

    >>> actor_of("an Israeli government official")
    Described(country='ISR', sector='GOV', role='government official')
    """
    lexicon = load_lexicon(language)
    words = cut(phrase)
    return describe(words, read_items(words, lexicon), lexicon)


def describe(words: Sequence[str], items: Sequence[Item], lexicon: Lexicon) -> Described:
    """The same, of words that are cut and whose items are read."""
    end = next((at for at in range(1, len(words)) if words[at].lower() in lexicon.words["stop"]), len(words))
    head = _without_names([item for item in items if item.first < end])
    head += _led_by_surname(words[:end], head, lexicon)
    tail = [item for item in items if item.first >= end]
    former = any(word.lower() in lexicon.words["former"] or word.lower().startswith("ex-") for word in words[:end])
    sector = _sector(head) or _sector(tail)
    if sector is None:
        sector = _of_bare_name(head)
    if sector == "GOV" and _of_unknown(words[:end], head, lexicon):
        sector = None
    roles = [item for item in head if item.kind in ("role", "title") and item.name]
    leads = _leads(words[:end], lexicon)
    country = leads or _country(words, head, tail, sector, lexicon)
    if leads and any(item.name in lexicon.words["unclear"] for item in head):
        sector = "MIL"
    if former and sector in _OUT_OF_OFFICE and roles:
        sector = "ELI"
    return Described(country, sector, roles[-1].name if roles else None)


def _of_unknown(words: Sequence[str], items: Sequence[Item], lexicon: Lexicon) -> bool:
    """Whether the phrase gives an office that firms and clubs have too, and a name that no list knows before it: "APL
    president" may be anyone's."""
    at = next((item.first for item in items if item.kind == "role" and item.name in lexicon.words["anywhere"]), 0)
    if at == 0 or any(item.first < at for item in items):
        return False
    before = words[at - 1]
    return words[at].islower() and before[0].isupper() and before.lower() not in lexicon.words["determiner"]


def _leads(words: Sequence[str], lexicon: Lexicon) -> str | None:
    """The country that leads ("the Saudi-led coalition", "U.S.-led forces")."""
    for at, word in enumerate(words):
        name, _, led = word.rpartition("-")
        if word == "led" and at > 1 and words[at - 1] == "-":
            name, led = words[at - 2], word
        if led in lexicon.words["leading"] and name:
            return next((item.country for item in read_items([name], lexicon) if item.country), None)
    return None


def _without_names(items: Sequence[Item]) -> list[Item]:
    """The items less towns that follow a role: there they are parts of a person's name ("General Prosper …")."""
    kept: list[Item] = []
    for item in items:
        after_role = any(before.kind in ("role", "title") for before in kept)
        if not (after_role and item.kind in ("place", "people") and item.name.istitle()):
            kept.append(item)
    return kept


def _led_by_surname(words: Sequence[str], items: Sequence[Item], lexicon: Lexicon) -> list[Item]:
    """The leader whom a title and a surname mean ("President Assad"), where all who led under it are of one country."""
    titled = [item for item in items if item.kind in ("role", "title")]
    if not titled or any(item.kind in ("leader", "people", "country", "org") for item in items):
        return []
    rest = words[titled[-1].last :]
    entries = lexicon.leaders.get(rest[0], ()) if len(rest) == 1 and rest[0] not in lexicon.given else ()
    if len({entry.country for entry in entries}) != 1:
        return []
    return [Item(titled[-1].last, len(words), "leader", entries[0].name, entries[0].country, entries[0].sector)]


def _sector(items: Sequence[Item]) -> str | None:
    """The sector that the last noun gives, or, where it takes its neighbours', the one that they give."""
    nouns = [item for item in items if item.kind in ("role", "body", "title") and item.sector]
    lent = [item for item in items if item.kind in ("modifier", "org", "leader") and item.sector]
    if nouns:
        noun = nouns[-1]
        before = [
            item
            for item in (*lent, *nouns[:-1])
            if item.first < noun.first
            and item.sector
            and (item.kind != "body" or not item.hard or item.sector != "GOV")
        ]
        if before and (not noun.hard or (noun.sector in _UNARMED and before[-1].sector in ("OPP", "REB", "PRM"))):
            return max(before, key=lambda item: item.first).sector
        if noun.hard or not lent or noun.kind == "role":
            orgs = [item for item in lent if item.kind == "org" and item.sector not in (None, "GOV")]
            return orgs[-1].sector if orgs and not noun.hard else noun.sector
    return lent[-1].sector if lent else None


def _of_bare_name(items: Sequence[Item]) -> str | None:
    """A capital by itself is a government; a people by itself is civilians."""
    kinds = {item.kind for item in items}
    if kinds == {"capital"} and len(items) == 1:
        return "GOV"
    return "CVL" if kinds == {"people"} else None


def _country(
    words: Sequence[str], head: Sequence[Item], tail: Sequence[Item], sector: str | None, lexicon: Lexicon
) -> str | None:
    people = next((item.country for item in head if item.kind == "people"), None)
    org = next((item for item in head if item.kind == "org"), None)
    spoken_for = any(item.kind in ("people", "country") and org is not None and item.first < org.first for item in head)
    if org is not None and org.country and not spoken_for:
        return org.country
    places = [item for item in head if item.kind in ("country", "capital", "place")]
    elsewhere = next((item.country for item in tail if item.kind in ("country", "people", "capital", "place")), None)
    ethnic = bool(words) and any(word.lower() in lexicon.words["ethnic"] for word in words[:3])
    armed = (
        sector in ("REB", "PRM")
        and bool(places)
        and places[0].last < len(words)
        and words[places[0].last] in ("'s", "’s")
    )
    of_there = (
        sector == "CVL"
        and bool(tail)
        and not lexicon.words["partitive"].isdisjoint(words[: tail[0].first])
        and len(head) == 1
        and people is not None
    )
    if elsewhere and (ethnic or armed or of_there):
        return elsewhere
    leader = next((item.country for item in (*head, *tail) if item.kind == "leader"), None)
    of_tail = next((item.country for item in tail if item.kind == "org"), None)
    return people or (places[0].country if places else None) or leader or elsewhere or of_tail
