"""Words as pieces of BERT's uncased vocabulary (Devlin et al. 2018, appendix A; github.com/google-research/bert).

A word is put in lower case without accents, cut at its marks, and each stretch is read as the longest piece that the
vocabulary has, then the longest that goes on from there (`##…`), to its end; a stretch that cannot be read is `[UNK]`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from onrecord.errors import ModelError

CLS, SEP, UNK = 101, 102, 100
"""Ids of BERT's uncased vocabulary. `[SEP]` also stands between paragraphs."""

_SIZE = 30_522
_LONGEST_WORD = 200  # characters looked at: the rest of an address or an odd string says nothing
_LONGEST_STRETCH = 100  # characters of a stretch that is read, as BERT has it
_MOST_PIECES = 12
"""Pieces kept of one word: addresses and odd strings are longer, and their tail says nothing."""

_REMEMBERED = 20_000
"""Words remembered, since most words of a report come again; some 4 MB. A thousand reports have twice as many."""

_PLAIN = re.compile(r"[a-z0-9]+")
_STRETCH = re.compile(r"[^ ]+")
_HAN = (
    (0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0x20000, 0x2A6DF), (0x2A700, 0x2B73F), (0x2B740, 0x2B81F), (0x2B920, 0x2CEAF),
    (0xF900, 0xFAFF), (0x2F800, 0x2FA1F),
)  # fmt: skip


class Pieces:
    """The pieces of words, the words of late remembered."""

    def __init__(self, vocabulary: Mapping[str, int]) -> None:
        self._vocabulary = vocabulary
        self._longest = max(map(len, vocabulary))
        self.of = lru_cache(maxsize=_REMEMBERED)(self._cut)

    def _cut(self, word: str) -> tuple[int, ...]:
        """The ids of one word's pieces, at least one."""
        lower = word.lower()
        if len(lower) <= _LONGEST_STRETCH and _PLAIN.fullmatch(lower):
            return tuple(self._read(lower))[:_MOST_PIECES]
        found = [id for stretch in stretches(word[:_LONGEST_WORD]) for id in self._read(stretch)]
        return tuple(found[:_MOST_PIECES]) or (UNK,)

    def _read(self, stretch: str) -> list[int]:
        """The ids of a stretch without spaces or marks, or of one mark."""
        if len(stretch) > _LONGEST_STRETCH:
            return [UNK]
        found: list[int] = []
        start = 0
        while start < len(stretch):
            prefix = "##" if start else ""
            for end in range(min(len(stretch), start + self._longest), start, -1):
                id = self._vocabulary.get(prefix + stretch[start:end])
                if id is not None:
                    found.append(id)
                    start = end
                    break
            else:
                return [UNK]
        return found


def read_vocabulary(path: Path) -> dict[str, int]:
    """vocabulary.txt, a piece a line, its id the number of the line; ModelError where it is missing or damaged."""
    try:
        pieces = path.read_text(encoding="utf-8").split("\n")[:-1]
    except FileNotFoundError as error:
        raise ModelError(f"{path}: the model's vocabulary is missing; install onrecord again") from error
    except UnicodeDecodeError as error:
        raise ModelError(f"{path}: the model's vocabulary is damaged ({error}); install onrecord again") from error
    found = {piece: id for id, piece in enumerate(pieces)}
    if len(found) != _SIZE or (found.get("[UNK]"), found.get("[CLS]"), found.get("[SEP]")) != (UNK, CLS, SEP):
        raise ModelError(f"{path}: the model's vocabulary is damaged (it is not BERT's); install onrecord again")
    return found


def stretches(word: str) -> Iterator[str]:
    """The stretches of a word that are read alone: in lower case, without accents, each mark apart.

    >>> list(stretches("Côte-d’Ivoire"))
    ['cote', '-', 'd', '’', 'ivoire']
    """
    plain = unicodedata.normalize("NFD", "".join(map(_clean, word)))
    apart = "".join(map(_apart, plain))
    return (found[0] for found in _STRETCH.finditer(apart))


@lru_cache(maxsize=4096)
def _clean(character: str) -> str:
    """A space for white space, nothing for what is not to be seen, spaces round a Han character."""
    if character in "\t\n\r":
        return " "
    if character == "\ufffd" or unicodedata.category(character) in ("Cc", "Cf", "Co"):
        return ""
    if character.isspace():
        return " "
    code = ord(character)
    return f" {character} " if any(first <= code <= last for first, last in _HAN) else character


@lru_cache(maxsize=4096)
def _apart(character: str) -> str:
    """A character in lower case, nothing for an accent, spaces round a mark."""
    if unicodedata.category(character) == "Mn":
        return ""
    lower = character.lower()
    return f" {lower} " if _is_mark(lower) else lower


def _is_mark(character: str) -> bool:
    if character.isascii():
        return character.isprintable() and not character.isalnum() and character != " "
    return len(character) == 1 and unicodedata.category(character).startswith("P")
