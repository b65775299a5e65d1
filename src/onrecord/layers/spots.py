"""Find the stretches of a report that may name a place, and hear what the words around each say.

A capitalised stretch that the table knows is a place unless its neighbours say otherwise: a title or a given name
before it, a street, a paper or a firm after it, a surname that the report uses elsewhere, a common word that is a
place too. A name that is also a surname needs words that speak for a place ("in", "near", ", Texas").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import msgspec

from onrecord.gazetteer import Gazetteer, Named, fold
from onrecord.layers.placewords import Vocabulary, spelt_out
from onrecord.layers.settle import lies_in
from onrecord.record import Mentions, Report, Sentence, Span

# The longest name looked up, in words: the table has few that are longer, and news writes none of them.
LONGEST = 6
# Kinds of region that a report names in full once and then without the kind.
SHORTENED = frozenset({"strip", "heights", "oblast", "governorate", "peninsula", "parish"})
# People from which a town that is also a surname is taken for the town.
WELL_KNOWN = 150_000
# Words as this layer cuts them: a possessive and a hyphen end a word, whatever the encoder's cutter does.
_TOKEN = re.compile(r"[^\W\d_]+(?:[’'](?!s\b)[^\W\d_]+)*|\d+|[’']s\b|[^\w\s]")
_CAPITALS = re.compile(r"[A-Z][\w’'-]*\.?(?:\s[A-Z][\w’'-]*\.?)+")
_NEXT = re.compile(r"\s([a-z]+)")
_GAPS = (" ", "\n", ". ")
_BROKEN = re.compile(r"[,;:()\"“”]|[^.A-Z][.]\s|\s\s")


class Spot(msgspec.Struct, kw_only=True):
    """A stretch that may name a place, what it can mean, and what speaks for it or against it.

    `cued`: a neighbour speaks for a place; `firm`: one that a person's name would not have; `barred`: a
    neighbour says that it is something else; `weak`: it may be a person or a part of another name;
    `prominent`: a reader takes the bare name for a place; `container`: the key of the name that it lies in.
    """

    span: Span
    key: str
    candidates: tuple[Named, ...]
    cued: bool = False
    firm: bool = False
    barred: bool = False
    weak: bool = False
    prominent: bool = False
    dateline: bool = False
    division: bool = False
    container: str | None = None


class Neighbours(msgspec.Struct, frozen=True, kw_only=True):
    """The words around a stretch: one and two before it, one and two after it, and how they stand to it."""

    two_before: str
    before: str
    after: str
    two_after: str
    touches_before: bool
    touches_after: bool


def find_spots(report: Report, seen: Mentions, words: Vocabulary, table: Gazetteer) -> list[Spot]:
    """The stretches of the report that name a place, in order."""
    spots = [*_in_dateline(report, words, table)]
    for sentence in seen.sentences:
        spots += _in_sentence(report.text, sentence, words, table)
    _listen_to_model(spots, seen)
    surnames = _surnames(report.text, words)
    cued = {spot.key for spot in spots if spot.cued and not spot.barred}
    sure = {spot.key for spot in spots if (spot.firm or spot.container or spot.dateline) and not spot.barred}
    spots = [spot for spot in spots if _stands(spot, surnames, cued, sure)]
    spots.sort(key=lambda spot: spot.span)
    _read_short_forms(spots)
    return spots


def _stands(spot: Spot, surnames: set[str], cued: set[str], sure: set[str]) -> bool:
    """Whether the spot is a place after all is heard: `cued` and `sure` are the keys that are so somewhere."""
    if spot.barred:
        return False
    if spot.key in surnames and not (spot.firm or spot.dateline or spot.container or _is_region(spot)):
        return False
    return spot.cued or spot.key in sure or (not spot.weak and (spot.prominent or spot.key in cued))


# --- where names stand ------------------------------------------------------------------------------------------


def _in_sentence(text: str, sentence: Sentence, words: Vocabulary, table: Gazetteer) -> list[Spot]:
    tokens = [Span(*match.span()) for match in _TOKEN.finditer(text, sentence.span.start, sentence.span.end)]
    spots = list(_abbreviations(text, sentence.span, words, table))
    taken = [spot.span for spot in spots]
    shouted = text[sentence.span.start : sentence.span.end].isupper() and len(tokens) > 3
    at = 0
    while at < len(tokens):
        spot, width = None, 1
        if text[tokens[at].start].isupper() and not any(tokens[at] & span for span in taken):
            spot, width = _longest(text, tokens, at, table)
        if spot is not None:
            _weigh(spot, text, _around(text, tokens, at, at + width), words, single=width == 1, shouted=shouted)
            spots.append(spot)
        at += width
    spots.sort(key=lambda spot: spot.span)
    _join_containers(text, spots)
    _join_lists(text, spots)
    return spots


def _abbreviations(text: str, span: Span, words: Vocabulary, table: Gazetteer) -> Iterator[Spot]:
    for match in words.abbreviation.finditer(text, span.start, span.end):
        before = text[max(span.start, match.start() - 3) : match.start()]
        if words.abbreviations[match[0]][2] == "after" and not re.search(r"\w, $|[A-Z]-$", before):
            continue
        following = _NEXT.match(text, match.end(), span.end)
        if following and following[1] in words.money_after:
            continue
        key, candidates = spelt_out(match[0], words, table)
        if candidates:
            yield Spot(span=Span(*match.span()), key=key, candidates=candidates, cued=True, firm=True, prominent=True)


def _longest(text: str, tokens: Sequence[Span], at: int, table: Gazetteer) -> tuple[Spot | None, int]:
    """The longest name of the table that starts at the token `at`, and its width in tokens."""
    start = tokens[at].start
    for width in range(min(LONGEST, len(tokens) - at), 0, -1):
        last = tokens[at + width - 1]
        name = text[start : last.end]
        capital = text[last.start].isupper() or (text[last.start].isalpha() and text[last.start - 1] == "-")
        if width > 1 and (not capital or _BROKEN.search(name)):
            continue
        key = fold(name)
        candidates = table.named(key) if len(key) > 2 or width > 1 else ()
        if candidates:
            return Spot(span=Span(start, last.end), key=key, candidates=candidates), width
    return None, 1


def _in_dateline(report: Report, words: Vocabulary, table: Gazetteer) -> list[Spot]:
    if report.dateline is None:
        return []
    spots: list[Spot] = []
    for span in report.dateline.places:
        spots += _listed(report.text, span, words, table)
    if spots:
        last = spots[-1].span.end
        end = report.dateline.date.start if report.dateline.date else report.dateline.span.end
        after = re.compile(r",\s+([A-Z][A-Za-z.’' -]*[A-Za-z.])").match(report.text, last, max(end, last))
        if after:
            spots += _listed(report.text, Span(*after.span(1)), words, table)
    for spot in spots:
        spot.cued = spot.dateline = True
    _join_containers(report.text, spots)
    return spots


def _listed(text: str, span: Span, words: Vocabulary, table: Gazetteer) -> Iterator[Spot]:
    """The places of a stretch that is nothing but places: the whole of it, or its parts between commas."""
    short = next(_abbreviations(text, Span(max(0, span.start - 3), span.end), words, table), None)
    if short is not None and short.span == span:
        yield short
        return
    key = fold(text[span.start : span.end])
    if candidates := table.named(key):
        yield Spot(span=span, key=key, candidates=candidates)
    elif "," in text[span.start : span.end]:
        for match in re.finditer(r"[^,\s](?:[^,]*[^,\s])?", text[span.start : span.end]):
            yield from _listed(text, Span(span.start + match.start(), span.start + match.end()), words, table)


# --- what the words around it say -------------------------------------------------------------------------------


def _around(text: str, tokens: Sequence[Span], first: int, last: int) -> Neighbours:
    def word(at: int) -> str:
        return text[tokens[at].start : tokens[at].end] if 0 <= at < len(tokens) else ""

    start, end = tokens[first].start, tokens[last - 1].end
    shortened = word(first - 1) == "." and word(first - 2)[:1].isupper()
    left = first - 1 - shortened
    return Neighbours(
        two_before=word(left - 1),
        before=word(left),
        after=word(last),
        two_after=word(last + 1),
        touches_before=left >= 0 and text[tokens[left].end : start] in _GAPS,
        touches_after=last < len(tokens) and text[end : tokens[last].start] in _GAPS,
    )


def _weigh(spot: Spot, text: str, near: Neighbours, words: Vocabulary, *, single: bool, shouted: bool) -> None:
    """Sets whether the neighbours speak for a place, against one, or leave it weak."""
    name = spot.span.of(text)
    large = _is_large(spot) or (not single and name.split()[-1] in words.kinds)
    spot.cued = _speaks_for(near, words)
    spot.firm = near.before.lower() in words.inside and near.after not in ("'s", "’s")
    spot.division = near.touches_after and near.after in words.division
    if (
        (spot.key in words.bodies and not large)
        or name in words.peoples
        or _names_a_thing(near, words)
        or _names_a_person(spot, name, near, words, single=single)
        or (single and _is_a_word(spot, name, near, words, shouted=shouted))
    ):
        spot.barred = True
    elif single and not large and (name in words.surnames or name in words.given):
        spot.cued = spot.firm or (
            spot.cued and (near.before == "-" or near.before in words.partitive or _speaks_after(near, words))
        )
        spot.weak = not spot.cued
    elif not large:
        titled = not single and name.split()[0] in words.royal
        spot.weak = not spot.cued and (titled or _is_part(near, words, single=single))
        spot.prominent = not spot.weak
    spot.prominent = spot.prominent or large
    if shouted and not _is_large(spot):
        spot.weak = True


def _speaks_for(near: Neighbours, words: Vocabulary) -> bool:
    return (
        near.before.lower() in words.locative
        or (near.before in words.partitive and near.two_before[:1] in (",", ";"))
        or (near.before == "-" and near.two_before in words.party)
        or _speaks_after(near, words)
        or (near.after == "-" and not near.touches_after and near.two_after in words.hyphened)
    )


def _speaks_after(near: Neighbours, words: Vocabulary) -> bool:
    """Whether the word after it is what a place has: "Dayton Police", "Dayton residents"."""
    return near.touches_after and (near.after in words.place_after or near.after in words.body_after)


def _names_a_thing(near: Neighbours, words: Vocabulary) -> bool:
    """Whether the word after makes it the name of a street, a paper, a firm, a currency …"""
    thing = near.after.rstrip(".") in words.thing_after and near.after not in words.body_after
    return near.touches_after and (thing or near.after in words.money_after)


def _names_a_person(spot: Spot, name: str, near: Neighbours, words: Vocabulary, *, single: bool) -> bool:
    """Whether a title or a given name stands before it, or it is a given name with a surname after it."""
    if near.touches_before and near.before[:1].isupper():
        if near.before.rstrip(".") in words.thing_before:
            return True
        if near.before in words.given and not _is_region(spot):
            return True
    surname_after = near.touches_after and near.after[:1].isupper() and near.after not in words.body_after
    return surname_after and single and name in words.given and not _is_region(spot)


def _is_a_word(spot: Spot, name: str, near: Neighbours, words: Vocabulary, *, shouted: bool) -> bool:
    """Whether the single word is one that news uses for something else, or an acronym."""
    if spot.key in words.never or (name.isupper() and len(name) < 5 and not shouted):
        return True
    return spot.key in words.lookalikes and near.before.lower() not in words.inside


def _is_part(near: Neighbours, words: Vocabulary, *, single: bool) -> bool:
    """Whether it is likely a part of a longer name: capitals or hyphens around it, "Bank of …" before it."""
    if near.before in words.partitive and near.two_before[:1].isupper():
        return True
    before = near.touches_before and near.before[:1].isupper() and near.two_before != ""
    after = near.touches_after and near.after[:1].isupper() and near.after not in words.body_after
    return single and (before or after or near.after == "-" or near.before == "-")


def _is_country(spot: Spot) -> bool:
    return any(named.entry.feature[:5] == "A.PCL" for named in spot.candidates)


def _is_region(spot: Spot) -> bool:
    """Whether the name is that of a country, a region or a natural feature."""
    return any(
        named.own and (named.entry.feature[:5] == "A.PCL" or named.entry.feature[0] in "HTL")
        for named in spot.candidates
    )


def _is_large(spot: Spot) -> bool:
    """Whether a reader would take the bare name for a place: a country, a capital, a state, a large town."""
    for named in spot.candidates:
        kind = named.entry.feature
        if kind[:5] == "A.PCL":
            return True
        if named.own and (kind in ("P.PPLC", "A.ADM1") or kind[0] in "HTL" or named.entry.population >= WELL_KNOWN):
            return True
    return False


def _join_containers(text: str, spots: Sequence[Spot]) -> None:
    """Says of a spot followed by ", X" or " (X)", where X can hold one of its candidates, that it lies in X."""
    for spot, whole in pairwise(spots):
        if not re.fullmatch(r",\s|\s\(|,\s(?:in|a town in)\s(?:the\s)?", text[spot.span.end : whole.span.start]):
            continue
        divisions = [named.entry for named in whole.candidates if named.entry.feature[0] == "A"]
        if _is_country(spot) and _is_country(whole):
            continue
        if any(lies_in(part.entry, division) for part in spot.candidates for division in divisions):
            spot.container = whole.key
            spot.cued = whole.cued = True
            spot.barred = whole.barred = False


def _join_lists(text: str, spots: Sequence[Spot]) -> None:
    """A name beside a place in a list ("Hama, Homs and Idlib") is a place too."""
    pairs = [(one, other, one.span.end, other.span.start) for one, other in pairwise(spots)]
    pairs += [(other, one, one.span.end, other.span.start) for one, other in reversed(list(pairwise(spots)))]
    for one, other, start, end in pairs:
        sure = not one.barred and (one.cued or (one.prominent and not one.weak))
        if sure and not other.weak and text[start:end] in (", ", " and ", ", and ", " or ", "-", "/"):
            other.cued = True


def _listen_to_model(spots: Iterable[Spot], seen: Mentions) -> None:
    """What the encoder marked as a place or as a person speaks louder than the words around it."""
    places = {span for mention in seen.of_kind("location") for span in mention.spans}
    people = [span for mention in seen.of_kind("person") for span in mention.spans]
    for spot in spots:
        if spot.span in places:
            spot.cued = True
        elif any(spot.span in span for span in people) and not spot.dateline:
            spot.barred = True


def _surnames(text: str, words: Vocabulary) -> set[str]:
    """The folded surnames of people whom the report names with a given name or a title."""
    surnames = set()
    for match in _CAPITALS.finditer(text):
        run = [word.rstrip(".").removesuffix("'s").removesuffix("’s") for word in match[0].split()]
        while len(run) > 1 and run[-1].lower() in words.never:
            run.pop()
        if any(word in words.given or word in words.thing_before for word in run[:-1]):
            surnames.add(fold(run[-1]))
    return surnames


def _read_short_forms(spots: Sequence[Spot]) -> None:
    """Reads "Gaza" as the "Gaza Strip" where the report writes that too, and likewise other kinds of region."""
    whole = {spot.key.rpartition(" ")[0]: spot for spot in spots if spot.key.rpartition(" ")[2] in SHORTENED}
    for spot in spots:
        if spot.key in whole and not any(named.entry.feature[:5] == "A.PCL" for named in spot.candidates):
            spot.key, spot.candidates = whole[spot.key].key, whole[spot.key].candidates
