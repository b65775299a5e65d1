"""Find the noun phrases of a sentence that name someone who can act: people, groups, bodies, countries that act.

Each is found from a noun that the lexicon knows, a name, or a country with a verb beside it, and grows left over the
words that belong to it ("an [Israeli government] official") and right over a name or an "of …" ("leader [of it]").
"""

from __future__ import annotations

import re

import msgspec

from onrecord.layers.lexicon import TOKEN, Item, Lexicon, read_items
from onrecord.layers.names import name_end, read_acronym, read_person
from onrecord.layers.phrases import Described
from onrecord.layers.reading import Phrase, Reading, follows, make_phrase
from onrecord.record import Mentions, Sentence, Span

# Kinds of item that can stand before a noun and belong to its phrase.
_BEFORE = frozenset({"people", "country", "capital", "place", "org", "modifier", "body", "role", "title"})
_ADVERB = re.compile(r"[a-z]ly$")
# Words from a people's adjective to the noun that it goes with: "Israeli military reconnaissance drones".
_NOUN_REACH = 4
# Sectors of people who belong to the country that they are told to be in; reporters, envoys and troops may not.
_LOCAL = frozenset({"CVL", "COP", "JUD", "LEG", "OPP", "PTY", "REB", "GOV", "EDU", "LAB", "REL", "CRM", "PRM", "SPY"})
_POSSESSIVE = ("'s", "’s")


def read_phrases(text: str, seen: Mentions, sentence: Sentence, number: int, lexicon: Lexicon) -> list[Phrase]:
    """The phrases of a sentence, the `number`th of the report, in order, none overlapping."""
    span = sentence.span
    tags = {word.span.start: word.tag for word in seen.words[sentence.first_word : sentence.last_word] if word.tag}
    spans = [Span(*match.span()) for match in TOKEN.finditer(text, span.start, span.end)]
    words = [place.of(text) for place in spans]
    reading = Reading(
        text=text,
        lexicon=lexicon,
        spans=spans,
        words=words,
        items=read_items(words, lexicon),
        sentence=number,
        tags={at: tags[place.start] for at, place in enumerate(spans) if place.start in tags},
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
        return _pronoun(reading, at) or read_person(reading, at) or read_acronym(reading, at)
    if item.kind in ("role", "body", "title"):
        return _noun(reading, item, taken)
    if item.kind in ("org", "leader"):
        return _named(reading, item, taken)
    if item.kind == "people":
        return _people(reading, item, taken)
    if item.kind in ("country", "capital"):
        return _country(reading, item)
    return read_person(reading, at) if item.last - item.first == 1 else None


# --- nouns ------------------------------------------------------------------------------------------------------


def _noun(reading: Reading, item: Item, taken: int) -> tuple[int, int, Phrase] | None:
    following = reading.word(item.last)
    after = next((other for other in reading.items if other.first == item.last), None)
    if after is not None and after.kind in ("role", "body") and reading.words[item.last].islower():
        return None
    describing = reading.words[item.last - 1] in reading.lexicon.words["describing"]
    if after is not None and after.kind == "org" and describing:
        return None
    named = name_end(reading, item.last) if _takes_name(reading, item) else item.last
    if named == item.last and (item.kind == "title" or item.name in reading.lexicon.words["title_only"]):
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
    phrase = make_phrase(reading, first, last, kind, head=item.name, name=name, several=_is_plural(reading, item))
    return first, last, _located(reading, last, phrase)


def _located(reading: Reading, last: int, phrase: Phrase) -> Phrase:
    """The phrase with the country of the place behind it, where its own words name none: "demonstrators in Olmen"."""
    described = phrase.described
    at = last + 1
    # "ethnic Albanians in southern Serbia" are of Serbia
    ethnic = not reading.lexicon.words["ethnic"].isdisjoint(phrase.text.split()[:3])
    known = described.country is not None and not ethnic
    if reading.word(last).lower() not in reading.lexicon.words["located_in"] or known or described.sector not in _LOCAL:
        return phrase
    while reading.word(at).lower() in reading.lexicon.words["compass"]:
        at += 1
    item = reading.item_at(at)
    if item is None or item.kind not in ("country", "capital", "place") or not item.country:
        return phrase
    return msgspec.structs.replace(phrase, described=msgspec.structs.replace(described, country=item.country))


def _takes_name(reading: Reading, item: Item) -> bool:
    """Whether a name can follow the noun: not after a body, a plural or shouted noun, or "National", "Resident" …"""
    first = reading.words[item.first]
    if item.kind == "body" or first.isupper():
        return False
    return item.kind == "title" or first.islower() or (item.sector != "CVL" and not _is_plural(reading, item))


def _is_lone(item: Item, reading: Reading) -> bool:
    """Whether the bare noun says too little of anyone: a singular one, or one that needs its neighbours.

    "Foreign Secretary", with capitals inside a sentence, is somebody.
    """
    if item.sector is None or _is_plural(reading, item) or item.name == "police":
        return item.sector is None
    titled = item.kind == "role" and item.first > 0 and item.last - item.first > 1
    return not (titled and reading.words[item.first][0].isupper())


def _is_plural(reading: Reading, item: Item) -> bool:
    form = " ".join(reading.words[item.first : item.last]).lower()
    return form != item.name or (item.kind == "body" and form.endswith("s") and not form.endswith("ss"))


def _ends_phrase(reading: Reading, item: Item, following: str) -> bool:
    """Whether the noun is the last of its phrase: a mark, a small word, a verb follows, or it is a plural."""
    if not following or not following[0].isalpha():
        return following != "-"
    if following[0].isupper():
        return reading.words[item.last - 1][0].islower()
    third_person = following.endswith("s") and reading.item_at(item.last) is None and item.last not in reading.tags
    return follows(reading, item.last) or _is_plural(reading, item) or third_person


def _left(reading: Reading, first: int, taken: int) -> int:
    """Where the phrase starts whose noun starts at `first`: over modifiers, then over one determiner."""
    at = first
    words = reading.lexicon.words
    while at - 1 >= taken:
        before = reading.words[at - 1]
        item = reading.item_at(at - 1)
        if item is not None and item.kind in _BEFORE and item.first >= taken and not _blocks(reading, item, at):
            at = item.first
        elif (
            (before in _POSSESSIVE and at - 2 >= taken and reading.item_at(at - 2) is not None)
            or (item is None and (before.lower() in words["adjective"] or re.fullmatch(r"[a-z]+-[a-z-]+", before)))
            or (item is None and at == first and _is_name_before(reading, at - 1))
        ):
            at -= 1
        elif before == "-" and at - 2 >= taken and reading.words[at - 2].isalnum() and _touches(reading, at - 2):
            at -= 2
        else:
            break
    while at - 1 >= taken and (
        reading.word(at - 1).lower() in words["determiner"] or reading.word(at - 1)[0].isdigit()
    ):
        at -= 1
    return at


def _is_name_before(reading: Reading, at: int) -> bool:
    """Whether the word at `at` is a name that belongs to the noun after it: "Alberta government"."""
    name, noun = reading.words[at], reading.words[at + 1]
    return name[0].isupper() and noun[0].islower() and at > 0 and not follows(reading, at)


def _touches(reading: Reading, at: int) -> bool:
    return reading.spans[at].end == reading.spans[at + 1].start


def _blocks(reading: Reading, item: Item, at: int) -> bool:
    """Whether an item before the noun is a phrase of its own: a plural people, or a noun in the plural."""
    if item.kind == "people":
        return reading.words[item.last - 1].endswith("s") and not reading.words[item.last - 1].endswith("ss")
    return item.kind == "role" and _is_plural(reading, item)


def _right(reading: Reading, last: int) -> int:
    """Where the phrase ends whose noun ends at `last`: over "of the …" with a known name or noun in it."""
    if reading.word(last).lower() not in reading.lexicon.words["partitive"]:
        return last
    at = last + 1
    while reading.word(at).lower() in reading.lexicon.words["before_noun"] or (
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
    if following in _POSSESSIVE or (following[:1].isalpha() and not follows(reading, end)):
        return last
    return end


# --- names ------------------------------------------------------------------------------------------------------


def _named(reading: Reading, item: Item, taken: int) -> tuple[int, int, Phrase]:
    first = item.first
    beside = reading.item_at(first - 1)
    if item.kind == "org" and item.country is None and beside is not None and beside.first >= taken:
        first = beside.first if beside.kind == "people" else first  # which country's: "the Danish Foreign Ministry"
    if reading.word(first - 1).lower() in reading.lexicon.words["article"] and first - 1 >= taken:
        first -= 1
    kind = "person" if item.kind == "leader" else "org"
    head = "" if kind == "person" else item.name
    name = tuple(reading.words[item.first : item.last]) if kind == "person" else (item.name,)
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
        phrase = make_phrase(reading, first, last, "group", head=item.name.lower(), several=True)
        return first, last, _located(reading, last, phrase)
    if _shares_noun(reading, item) or _owns_noun(reading, item):
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


def _is_joint(reading: Reading, at: int) -> bool:
    """Whether the word at `at` joins the members of a list."""
    return reading.word(at) == "," or reading.word(at) in reading.lexicon.words["joiner"]


def _owns_noun(reading: Reading, item: Item) -> bool:
    """Whether what a state acts by, does or holds follows: "Olmen warplanes", "an Olmen ultimatum"."""
    at = item.last
    while _is_joint(reading, at) and (joined := reading.item_at(at + 1)) is not None and joined.kind == item.kind:
        at = joined.last  # "French and Egyptian warships"
    for place in range(at, at + _NOUN_REACH):
        noun = reading.word(place).lower()
        known = reading.item_at(place)
        held = noun in reading.lexicon.words["of_state"] or noun.removesuffix("s") in reading.lexicon.words["of_state"]
        if known is not None and known.kind in ("role", "body", "title", "people"):
            return held and at > item.last  # the last of a list has the noun in its own phrase
        if held:
            return not reading.tags.get(place + 1, "").startswith("NN") or reading.item_at(place + 1) is None
        if not reading.tags.get(place, "").startswith(("JJ", "NN", "CD", "VB")):
            return False
    return False


def _shares_noun(reading: Reading, item: Item) -> bool:
    """Whether the item is one of a list of peoples or countries that share the role noun after the last of them."""
    at = item.last
    listed = 0
    while True:
        joint = at
        while _is_joint(reading, joint):
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
    if before in words["article"]:
        before = reading.word(item.first - 2).lower()
    if following in _POSSESSIVE or following == "-" or before in words["located_before"]:
        return None
    if before == "," and item.kind == "capital" and following == ",":
        return None
    acts = _has_verb(reading, item)
    dealt_with = (before in words["acting_before"] and before not in words["joint"]) or _is_dealt_with(reading, item)
    dealt_with = dealt_with or _is_object(reading, item.first - 1)
    listed = _in_list_with(reading, item)
    if not (acts or dealt_with or listed or _shares_noun(reading, item) or _owns_noun(reading, item)):
        return None
    described = Described(item.country, "GOV" if item.kind == "capital" else None, None)
    phrase = make_phrase(reading, item.first, item.last, "country", head=item.country or "")
    return item.first, item.last, msgspec.structs.replace(phrase, described=described)


def _has_verb(reading: Reading, item: Item) -> bool:
    """Whether a verb stands after it, or, at the start of a sentence, after a time ("France on Tuesday summoned …")."""
    words = reading.lexicon.words
    if _is_verb(reading, item.last):
        return True
    if _ADVERB.search(reading.word(item.last)) and _is_verb(reading, item.last + 1):
        return True
    opens = item.first == 0 or reading.word(item.first - 1) in (",", ":", '"', "“")
    return (
        opens
        and reading.word(item.last).lower() in words["when"]
        and any(_is_verb(reading, item.last + skipped) for skipped in (1, 2, 3))
    )


def _is_verb(reading: Reading, at: int) -> bool:
    word = reading.word(at)
    tag = reading.tags.get(at, "")
    if tag:
        return tag.startswith(("VBD", "VBZ", "VBP", "MD")) or (
            tag == "RB" and word.lower() in reading.lexicon.words["verb"]
        )
    return word.lower() in reading.lexicon.words["verb"] or (word.islower() and word.endswith("ed"))


def _is_object(reading: Reading, at: int) -> bool:
    """Whether the word at `at` is a verb in the past whose object follows: "accused X", not "visited X"."""
    word = reading.word(at)
    past = reading.tags.get(at, "VBD") in ("VBD", "VB", "VBZ", "VBP", "VBG", "VBN")
    return past and word.islower() and word.endswith("ed") and word not in reading.lexicon.words["located_before"]


def _is_dealt_with(reading: Reading, item: Item) -> bool:
    """Whether it is on the other side of a dealing: "sanctions on X", "aid to the X"."""
    at = item.first - 1
    if reading.word(at).lower() in reading.lexicon.words["article"]:
        at -= 1
    return reading.word(at).lower() in reading.lexicon.words["dealing_by"] and (
        reading.word(at - 1).lower() in reading.lexicon.words["dealing"]
    )


def _in_list_with(reading: Reading, item: Item) -> bool:
    """Whether it stands in a list of countries or organisations ("A, B and C") that acts or is dealt with."""
    first, last = item.first, item.last
    while (
        (left := reading.item_at(first - 2)) is not None
        and left.kind in ("country", "org", "capital")
        and _is_joint(reading, first - 1)
    ):
        first = left.first
    while (
        (right := reading.item_at(last + 1)) is not None
        and right.kind in ("country", "org", "capital")
        and _is_joint(reading, last)
    ):
        last = right.last
    if (first, last) == (item.first, item.last):
        return False
    words = reading.lexicon.words
    before = reading.word(first - 1).lower()
    return _is_verb(reading, last) or (before in words["acting_before"] and before not in words["located_before"])


def _pronoun(reading: Reading, at: int) -> tuple[int, int, Phrase] | None:
    """ "he" or "she" where it is a subject: at the start, or after a mark, or before a verb of saying."""
    if reading.words[at].lower() not in reading.lexicon.words["pronoun"]:
        return None
    before = reading.word(at - 1)
    if before and before[0].isalpha() and before.lower() not in reading.lexicon.words["subject_after"]:
        return None
    return at, at + 1, make_phrase(reading, at, at + 1, "pronoun", head=reading.words[at].lower())
