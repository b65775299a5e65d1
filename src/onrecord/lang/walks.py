"""Whether a pattern may match in a stretch of text, told by walking the pattern's tree along it.

Of the patterns that a text has the words for few match (11 of 92 in a report of 600 words); the others need not be
compiled. Places in the text are the bits of a number, so that a walk goes on from all of them at once. As trees know no
look-ahead and no case, the answer may let through a pattern that does not match, never keep out one that does.
"""

from __future__ import annotations

from functools import cache, lru_cache

from onrecord.lang.patterns import Pattern
from onrecord.lang.trees import Characters, Edge, Either, Letters, Repeat, Tree, Words, tree_of

# A pattern is compiled after so many walks: 5 spare a first report of 600 words half of its compiling, 10 to 50 a
# little more; a walk costs some thirtieth of compiling.
_MOST = 10


class Walks:
    """How often a pattern may still be walked; none is left once one got through, as it is compiled then."""

    def __init__(self) -> None:
        self.left = _MOST


class Stretch:
    """A folded stretch of text: the places of each character, as bits; one more bit is its end."""

    def __init__(self, folded: str) -> None:
        self.every = (1 << len(folded)) - 1
        self.places: dict[str, int] = {}
        for place, character in enumerate(folded):
            self.places[character] = self.places.get(character, 0) | 1 << place
        self.classes: dict[Characters, int] = {}
        self.walked: dict[tuple[Pattern, bool], bool] = {}
        words = sum(bits for character, bits in self.places.items() if character.isalnum() or character == "_")
        self.edges = words ^ words << 1 | 1 | 1 << len(folded)  # what stands round the stretch is not known

    def of(self, characters: Characters) -> int:
        """The places of characters of a class."""
        found = self.classes.get(characters)
        if found is None:
            if characters.of is not None:
                found = sum(self.places.get(character, 0) for character in characters.of)
            else:
                found = self.every - sum(self.places.get(character, 0) for character in characters.never)
            self.classes[characters] = found
        return found


def may_get_through(pattern: Pattern, folded: str, *, anchored: bool) -> bool:
    """Whether the pattern may match in `folded`; where `anchored`, at its start."""
    walks = walks_of(pattern)
    if not walks.left:
        return True
    stretch = _stretch(folded)
    through = stretch.walked.get((pattern, anchored))
    if through is None:
        walks.left -= 1
        through = bool(ends(tree_of(pattern), stretch, 1 if anchored else 2 * stretch.every + 1))
        stretch.walked[pattern, anchored] = through
        if through:
            walks.left = 0
    return through


@cache
def walks_of(pattern: Pattern) -> Walks:
    """The walks of a pattern in this process."""
    return Walks()


@lru_cache(maxsize=128)
def _stretch(folded: str) -> Stretch:
    return Stretch(folded)


def ends(tree: Tree, stretch: Stretch, starts: int) -> int:
    """The places where what the tree matches ends, of all that starts at one of `starts`."""
    if isinstance(tree, Letters):
        for letter in tree.text:
            starts = (starts & stretch.places.get(letter, 0)) << 1
            if not starts:
                break
        return starts
    if isinstance(tree, Words):
        return _ends_of_words(tree, stretch, starts)
    if isinstance(tree, Characters):
        return (starts & stretch.of(tree)) << 1
    if isinstance(tree, Either):
        found = 0
        for branch in tree.branches:
            found |= ends(branch, stretch, starts)
        return found
    if isinstance(tree, Repeat):
        return _ends_of_repeat(tree, stretch, starts)
    if isinstance(tree, Edge):
        return starts & stretch.edges
    for item in tree.items:
        starts = ends(item, stretch, starts)
        if not starts:
            break
    return starts


def _ends_of_words(words: Words, stretch: Stretch, starts: int) -> int:
    found = 0
    for word in words.of:
        ends_of_word = starts
        for letter in word:
            places = stretch.places.get(letter, 0)
            ends_of_word = (ends_of_word & places) << 1
            if words.loose and letter == " ":
                more = ends_of_word
                while more := (more & places) << 1:
                    ends_of_word |= more
            if not ends_of_word:
                break
        found |= ends_of_word
    return found


def _ends_of_repeat(repeat: Repeat, stretch: Stretch, starts: int) -> int:
    count = 0
    while count < repeat.least and starts:
        starts = ends(repeat.item, stretch, starts)
        count += 1
    found = starts
    while count < repeat.most and starts:
        starts = ends(repeat.item, stretch, starts) & ~found
        found |= starts
        count += 1
    return found
