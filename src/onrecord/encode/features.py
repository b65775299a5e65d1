"""What the encoder is told of a word beside its pieces: its case, and where it stands to quotation marks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

CASES = ("lower", "Title", "UPPER", "miXed", "digit", "mark")
"""The classes of `case_of`, in the order of the model's embedding."""

QUOTES = ("outside", "inside", "opens", "closes")
"""The classes of `quote_states`, in the order of the model's embedding."""

_OPEN, _CLOSE, _EITHER = {"“", "„", "«", "‘‘", "``"}, {"”", "»", "’’"}, {'"', "''"}


def case_of(word: str) -> int:
    """The class of a word's shape, an index of `CASES`.

    >>> [CASES[case_of(w)] for w in ("said", "Gaza", "UN", "McKay", "2026", ",")]
    ['lower', 'Title', 'UPPER', 'miXed', 'digit', 'mark']
    """
    if any(c.isdigit() for c in word):
        return 4
    if not any(c.isalpha() for c in word):
        return 5
    if word == word.lower():
        return 0
    if word[:1].isupper() and word[1:] == word[1:].lower():
        return 1
    return 2 if word == word.upper() else 3


def quote_states(words: Sequence[str], paragraphs: Iterable[int]) -> list[int]:
    """For each word an index of `QUOTES`; the end of a paragraph closes an open quotation.

    `paragraphs` holds the index of each paragraph's first word. Double marks count, curly or straight; a
    single curly mark only where it opens outside double ones (`‘…’`, as British papers print).
    """
    starts = set(paragraphs)
    states: list[int] = []
    inside, single = False, False
    for index, word in enumerate(words):
        if index in starts:
            inside = single = False
        if word in _OPEN or (word in _EITHER and not inside):
            states.append(2)
            inside, single = True, False
        elif inside and not single and (word in _CLOSE or word in _EITHER):
            states.append(3)
            inside = False
        elif word == "‘" and not inside:
            states.append(2)
            inside = single = True
        elif word == "’" and single:
            states.append(3)
            inside = single = False
        else:
            states.append(1 if inside else 0)
    return states
