"""Find names of people, and of bodies that the lexicon lacks, by their capitals and the words beside them."""

from __future__ import annotations

import msgspec

from onrecord.layers.phrases import Described
from onrecord.layers.reading import Phrase, Reading, follows, make_phrase

# Words that a name is made of at the most: more are a headline's.
LONGEST_NAME = 5
LONGEST_BODY = 7
LONGEST_ACRONYM = 6
# Kinds of item that end a person's name.
_BESIDE_NAME = frozenset({"role", "modifier", "people"})
_ENDS_NAME = frozenset({"org", "people", "country", "body", "role"})


def read_person(reading: Reading, at: int) -> tuple[int, int, Phrase] | None:
    """A person's full name that starts with a given name, or that an age or a verb of saying follows."""
    end = name_end(reading, at)
    names = [word for word in reading.words[at:end] if word[0].isupper()]
    if names and at == 0 and follows(reading, at):
        return None
    if len(names) < 2:
        return read_body(reading, at) if names else None
    body = read_body(reading, at)
    if body is not None:
        return body
    if names[-1] in reading.lexicon.kinds:
        return None
    following, after = reading.word(end), reading.word(end + 1)
    aged = following == "," and after.isdigit() and len(after) <= 2
    said = (
        following.lower() in reading.lexicon.words["says"]
        or reading.word(at - 1).lower() in reading.lexicon.words["quoting"]
    )
    beside = next((reading.item_at(end + skipped) for skipped in (1, 2, 3) if reading.item_at(end + skipped)), None)
    titled = following == "," and beside is not None and beside.kind in _BESIDE_NAME
    first_name = names[0] in reading.lexicon.given or names[0] in reading.lexicon.words["name_start"]
    if not (first_name or aged or said or titled):
        return None
    if following[:1].isupper() and following.isalpha():
        return None
    return at, end, make_phrase(reading, at, end, "person", head="", name=tuple(reading.words[at:end]))


def name_end(reading: Reading, at: int) -> int:
    """Where a person's name that starts at `at` ends; `at` where there is none."""
    end, capitals = at, 0
    while end < len(reading.words) and capitals < LONGEST_NAME:
        item = reading.item_at(end)
        if item is not None and item.kind in _ENDS_NAME and not (capitals and item.kind == "country"):
            break
        if _is_name(reading, end):
            capitals += 1
            end += 1 if len(reading.words[end]) > 1 else 2
        elif _is_connector(reading, end, capitals):
            end += 1
        else:
            break
    return end if capitals else at


def _is_name(reading: Reading, at: int) -> bool:
    """A capitalised word, or an initial and its point."""
    word = reading.words[at]
    whole = len(word) > 1 or reading.word(at + 1) == "."
    return word[0].isupper() and whole and word.lower() not in reading.lexicon.words["no_name"]


def _is_connector(reading: Reading, at: int, capitals: int) -> bool:
    lower = reading.words[at].lower()
    known = lower in reading.lexicon.words["connector"] or lower[:3] in reading.lexicon.words["prefix"]
    return (
        known
        and (capitals > 0 or lower[:3] in reading.lexicon.words["first_prefix"])
        and reading.word(at + 1)[:1].isupper() | ("-" in lower)
    )


def read_body(reading: Reading, at: int) -> tuple[int, int, Phrase] | None:
    """An organisation that the lexicon lacks, told by a word of its capitalised name: "Department of …", "… Front"."""
    if reading.words[at] in reading.lexicon.bodies and reading.word(at + 1) not in reading.lexicon.words["inside"]:
        return None
    if reading.is_headline():
        return None
    end, capitals, sector, of = at, 0, None, False
    for here in range(at, min(len(reading.words), at + LONGEST_BODY)):
        word = reading.words[here]
        item = reading.item_at(here)
        if item is not None and item.kind in ("title", "role"):
            break
        if word[0].isupper():
            capitals += 1
            sector = sector or reading.lexicon.bodies.get(word)
            end = here + 1
        elif (
            word not in reading.lexicon.words["inside"]
            or sector is None
            or (word in reading.lexicon.words["joiner"] and not of)
        ):
            break
        of = of or word in reading.lexicon.words["inside"]
    if sector is None or capitals < 2 or reading.words[end - 1] in reading.lexicon.given:
        return None
    phrase = make_phrase(reading, at, end, "org", head=" ".join(reading.words[at:end]))
    described = Described(phrase.described.country, sector, None)
    return at, end, msgspec.structs.replace(phrase, described=described, name=(phrase.head,), bare=False)


def read_acronym(reading: Reading, at: int) -> tuple[int, int, Phrase] | None:
    """Capitals that a verb follows: "ABC said" names a body, though not which."""
    word = reading.words[at]
    if not (word.isupper() and word.isalpha() and 3 <= len(word) <= LONGEST_ACRONYM):
        return None
    if not follows(reading, at + 1) or reading.word(at + 1).lower() not in reading.lexicon.words["verb"]:
        return None
    if reading.text[reading.spans[0].start : reading.spans[-1].end].isupper():
        return None
    return at, at + 1, make_phrase(reading, at, at + 1, "org", head=word, name=(word,))
