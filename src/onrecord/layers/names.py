"""Find names of people, and of bodies that the lexicon lacks, by their capitals and the words beside them."""

from __future__ import annotations

import msgspec

from onrecord.layers.phrases import Described
from onrecord.layers.reading import Phrase, Reading, follows, make_phrase

# Words that a name is made of at the most: more are a headline's.
LONGEST_NAME = 5
LONGEST_BODY = 7
# Kinds of item that end a person's name.
_ENDS_NAME = frozenset({"org", "people", "country", "body", "role"})


def read_person(reading: Reading, at: int, taken: int) -> tuple[int, int, Phrase] | None:
    """A person's full name that starts with a given name, or that an age or a verb of saying follows."""
    end = name_end(reading, at)
    names = [word for word in reading.words[at:end] if word[0].isupper()]
    if names and at == 0 and follows(reading, names[0]):
        return None
    if len(names) < 2:
        return read_body(reading, at) if names else None
    body = read_body(reading, at)
    if body is not None:
        return body
    following, after = reading.word(end), reading.word(end + 1)
    aged = following == "," and after.isdigit() and len(after) <= 2
    said = following.lower() in reading.lexicon.words["says"] or reading.word(at - 1).lower() in ("said", "says")
    titled = following == "," and after.lower() in ("the", "a", "an", "who")
    if not (names[0] in reading.lexicon.given or aged or said or titled):
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
    known = lower in reading.lexicon.words["connector"] or lower[:3] in ("al-", "el-", "ul-", "ur-")
    return (
        known and (capitals > 0 or lower[:3] in ("al-", "el-")) and reading.word(at + 1)[:1].isupper() | ("-" in lower)
    )


def read_body(reading: Reading, at: int) -> tuple[int, int, Phrase] | None:
    """An organisation that the lexicon lacks, told by the last word of its capitalised name."""
    end = at
    while end < len(reading.words) and reading.words[end][0].isupper() and end - at < LONGEST_BODY:
        item = reading.item_at(end)
        if item is not None and item.kind == "title":
            break
        end += 1
        sector = reading.lexicon.bodies.get(reading.words[end - 1])
        following = reading.word(end)
        if sector is not None and end - at > 1 and not (following[:1].isupper() and following.isalpha()):
            phrase = make_phrase(reading, at, end, "org", head=" ".join(reading.words[at:end]))
            described = Described(phrase.described.country, sector, None)
            return at, end, msgspec.structs.replace(phrase, described=described, name=(phrase.head,))
    return None
