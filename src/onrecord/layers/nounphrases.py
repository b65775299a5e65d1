"""Find the noun phrases of a sentence that name someone who can act: people, groups, bodies, countries that act.

Each is found from a noun that the lexicon knows, a name, or a country with a verb beside it, and grows left over the
words that belong to it ("an [Israeli government] official") and right over a name or an "of …" ("leader [of it]").
"""

from __future__ import annotations

import re

import msgspec

from onrecord.layers.lexicon import TOKEN, Item, Lexicon, read_items
from onrecord.layers.names import name_end, read_person
from onrecord.layers.phrases import Described
from onrecord.layers.reading import Phrase, Reading, follows, make_phrase
from onrecord.record import Span

# Kinds of item that can stand before a noun and belong to its phrase.
_BEFORE = frozenset({"people", "country", "capital", "place", "org", "modifier", "body", "role", "title"})
_POSSESSIVE = ("'s", "’s")


def read_phrases(text: str, span: Span, lexicon: Lexicon, sentence: int) -> list[Phrase]:
    """The phrases of the sentence at `span`, in order, none overlapping."""
    spans = [Span(*match.span()) for match in TOKEN.finditer(text, span.start, span.end)]
    words = [place.of(text) for place in spans]
    reading = Reading(
        text=text, lexicon=lexicon, spans=spans, words=words, items=read_items(words, lexicon), sentence=sentence
    )
    found: list[tuple[int, int, Phrase]] = []
    by_first = {item.first: item for item in reading.items}
    taken = 0
    at = 0
    while at < len(words):
        grown = _grow(reading, at, by_first.get(at), taken)
        if grown is None:
            at = by_first[at].last if at in by_first else at + 1
            continue
        found.append(grown)
        at = taken = grown[1]
    return [phrase for _, _, phrase in found]


def _grow(reading: Reading, at: int, item: Item | None, taken: int) -> tuple[int, int, Phrase] | None:
    """The phrase that the item, or else a name, at word `at` is the noun of; it takes no word before `taken`."""
    if item is None:
        return _pronoun(reading, at) or read_person(reading, at, at)
    if item.kind in ("role", "body", "title"):
        return _noun(reading, item, taken)
    if item.kind in ("org", "leader"):
        return _named(reading, item, taken)
    if item.kind == "people":
        return _people(reading, item, taken)
    if item.kind in ("country", "capital"):
        return _country(reading, item)
    return None


# --- nouns ------------------------------------------------------------------------------------------------------


def _noun(reading: Reading, item: Item, taken: int) -> tuple[int, int, Phrase] | None:
    following = reading.word(item.last)
    after = next((other for other in reading.items if other.first == item.last), None)
    if after is not None and after.kind in ("role", "body") and reading.words[item.last].islower():
        return None
    named = name_end(reading, item.last) if item.kind != "body" else item.last
    if item.kind == "title" and named == item.last:
        return None
    if item.sector == "CVL" and item.first and reading.words[item.first][0].isupper():
        return None
    if named == item.last and not _ends_phrase(reading, item, following):
        return None
    if item.name in reading.lexicon.words["site"] and following.lower() not in reading.lexicon.words["says"]:
        return None
    first = _left(reading, item.first, taken)
    last = named if named > item.last else _right(reading, item.last)
    if named == item.last and first == item.first and last == item.last and _is_lone(item, reading):
        return None
    kind = "person" if named > item.last else "body" if item.kind == "body" else "group"
    name = tuple(reading.words[item.last : named]) if named > item.last else ()
    return (
        first,
        last,
        make_phrase(reading, first, last, kind, head=item.name, name=name, several=_is_plural(reading, item)),
    )


def _is_lone(item: Item, reading: Reading) -> bool:
    """Whether the bare noun says too little of anyone: a singular one, or one that needs its neighbours."""
    return item.sector is None or not (_is_plural(reading, item) or item.name == "police")


def _is_plural(reading: Reading, item: Item) -> bool:
    return " ".join(reading.words[item.first : item.last]).lower() != item.name


def _ends_phrase(reading: Reading, item: Item, following: str) -> bool:
    """Whether the noun is the last of its phrase: a mark, a small word, a verb follows, or it is a plural."""
    if not following or not following[0].isalpha():
        return following != "-"
    if following[0].isupper():
        return reading.words[item.last - 1][0].islower()
    return follows(reading, following) or _is_plural(reading, item)


def _left(reading: Reading, first: int, taken: int) -> int:
    """Where the phrase starts whose noun starts at `first`: over modifiers, then over one determiner."""
    at = first
    words = reading.lexicon.words
    while at - 1 >= taken:
        before = reading.words[at - 1]
        item = reading.item_at(at - 1)
        if item is not None and item.kind in _BEFORE and item.first >= taken and not _blocks(reading, item, at):
            at = item.first
        elif (before in _POSSESSIVE and at - 2 >= taken and reading.item_at(at - 2) is not None) or (
            item is None and (before.lower() in words["adjective"] or re.fullmatch(r"[a-z]+-[a-z-]+", before))
        ):
            at -= 1
        elif before == "-" and at - 2 >= taken and reading.words[at - 2].isalpha() and _touches(reading, at - 2):
            at -= 2
        else:
            break
    while at - 1 >= taken and (
        reading.word(at - 1).lower() in words["determiner"] or reading.word(at - 1)[0].isdigit()
    ):
        at -= 1
    return at


def _touches(reading: Reading, at: int) -> bool:
    return reading.spans[at].end == reading.spans[at + 1].start


def _blocks(reading: Reading, item: Item, at: int) -> bool:
    """Whether an item before the noun is a phrase of its own: a plural people, or a noun in the plural."""
    if item.kind == "people":
        return reading.words[item.last - 1].endswith("s") and not reading.words[item.last - 1].endswith("ss")
    return item.kind == "role" and _is_plural(reading, item)


def _right(reading: Reading, last: int) -> int:
    """Where the phrase ends whose noun ends at `last`: over "of the …" with a known name or noun in it."""
    if reading.word(last).lower() != "of":
        return last
    at = last + 1
    while reading.word(at).lower() in ("the", "a", "an", "his", "her", "its", "their") or (
        reading.item_at(at) is None and reading.word(at).lower() in reading.lexicon.words["adjective"]
    ):
        at += 1
    item = reading.item_at(at)
    if item is None or item.first != at:
        return last
    end = item.last
    while (more := reading.item_at(end)) is not None and more.first == end and more.kind != "title":
        end = more.last
    following = reading.word(end)
    if following in _POSSESSIVE or (following[:1].isalpha() and not follows(reading, following)):
        return last
    return end


# --- names ------------------------------------------------------------------------------------------------------


def _named(reading: Reading, item: Item, taken: int) -> tuple[int, int, Phrase]:
    first = item.first
    if reading.word(first - 1).lower() == "the" and first - 1 >= taken:
        first -= 1
    kind = "person" if item.kind == "leader" else "org"
    head = "" if kind == "person" else item.name
    name = tuple(item.name.split()) if kind == "person" else (item.name,)
    return first, item.last, make_phrase(reading, first, item.last, kind, head=head, name=name)


def _people(reading: Reading, item: Item, taken: int) -> tuple[int, int, Phrase] | None:
    """A people as a noun ("the Palestinians"), or as one of several before a noun ("Qatari and Egyptian envoys")."""
    word = reading.words[item.last - 1]
    following = reading.word(item.last)
    if (
        word.endswith(("ans", "is", "s", "men"))
        and not word.endswith(("ss", "ese"))
        and word not in ("Swiss", "Lebanese")
    ):
        first = _left(reading, item.first, taken)
        last = _right(reading, item.last)
        return first, last, make_phrase(reading, first, last, "group", head=item.name.lower(), several=True)
    if _shares_noun(reading, item):
        described = Described(item.country, None, None)
        phrase = make_phrase(reading, item.first, item.last, "country", head=item.country or "")
        return item.first, item.last, msgspec.structs.replace(phrase, described=described)
    if word.endswith("ese") and following.lower() in reading.lexicon.words["verb"]:
        return (
            item.first,
            item.last,
            make_phrase(reading, item.first, item.last, "group", head=item.name.lower(), several=True),
        )
    return None


def _shares_noun(reading: Reading, item: Item) -> bool:
    """Whether the item is one of a list of peoples or countries that share the role noun after the last of them."""
    at = item.last
    listed = 0
    while True:
        joint = at
        while reading.word(joint) in (",", "and"):
            joint += 1
        following = reading.item_at(joint)
        if joint == at or following is None or following.first != joint or following.kind not in ("people", "country"):
            break
        listed += 1
        at = following.last
    end = reading.item_at(at)
    while end is not None and end.kind in ("modifier", "body") and end.first == at:
        at, end = end.last, reading.item_at(end.last)
    return listed > 0 and end is not None and end.first == at and end.kind == "role"


def _country(reading: Reading, item: Item) -> tuple[int, int, Phrase] | None:
    """A country or a capital where it acts, is dealt with or shares a role noun; not where it is only a place."""
    before, following = reading.word(item.first - 1).lower(), reading.word(item.last)
    words = reading.lexicon.words
    if before == "the":
        before = reading.word(item.first - 2).lower()
    if following in _POSSESSIVE or following == "-" or before in words["located_before"]:
        return None
    if before == "," and item.kind == "capital" and following == ",":
        return None
    lower = following.lower()
    acts = lower in words["verb"] or (following.islower() and bool(re.search(r"ed$", lower)))
    dealt_with = before in words["acting_before"] and before not in ("that", "if", "as", "when", "than", "but")
    listed = _in_list_with(reading, item)
    if not (acts or dealt_with or listed or _shares_noun(reading, item)):
        return None
    described = Described(item.country, "GOV" if item.kind == "capital" else None, None)
    phrase = make_phrase(reading, item.first, item.last, "country", head=item.country or "")
    return item.first, item.last, msgspec.structs.replace(phrase, described=described)


def _in_list_with(reading: Reading, item: Item) -> bool:
    """Whether it stands in a list of countries or organisations ("A, B and C") that acts or is dealt with."""
    first, last = item.first, item.last
    while (
        (left := reading.item_at(first - 2)) is not None
        and left.kind in ("country", "org", "capital")
        and reading.word(first - 1) in ("and", ",")
    ):
        first = left.first
    while (
        (right := reading.item_at(last + 1)) is not None
        and right.kind in ("country", "org", "capital")
        and reading.word(last) in ("and", ",")
    ):
        last = right.last
    if (first, last) == (item.first, item.last):
        return False
    words = reading.lexicon.words
    lower = reading.word(last).lower()
    before = reading.word(first - 1).lower()
    acts = lower in words["verb"] or bool(re.search(r"ed$", lower))
    return acts or (before in words["acting_before"] and before not in words["located_before"])


def _pronoun(reading: Reading, at: int) -> tuple[int, int, Phrase] | None:
    """ "he" or "she" where it is a subject: at the start, or after a mark, or before a verb of saying."""
    if reading.words[at].lower() not in reading.lexicon.words["pronoun"]:
        return None
    before = reading.word(at - 1)
    if before and before[0].isalpha() and before.lower() not in ("and", "but", "that", "as", "when", "while", "said"):
        return None
    return at, at + 1, make_phrase(reading, at, at + 1, "pronoun", head=reading.words[at].lower())
