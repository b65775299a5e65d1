"""What a text must hold for a pattern to match in it: "of a year told from now" needs "year".

Most patterns need a word that a sentence lacks: those are not tried in it, and not compiled before a text has the word.
The answer may let through a pattern that does not match, never keep out one that does.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import chain

import msgspec

from onrecord.lang.patterns import Pattern
from onrecord.lang.trees import Characters, Edge, Either, Letters, Repeat, Tree, Words, fold, tree_of
from onrecord.lang.walks import may_get_through

_MOST = 40  # strings listed for one stretch of a pattern before it is looked at in two
_WIDEST = 120  # strings of which a text may need one; the months with their short forms are 23
_NOTHING = frozenset({""})
_NEEDS = 3  # needs kept of a pattern, the most telling


class Told(msgspec.Struct, frozen=True):
    """What is known of a tree's matches: all of them (`exact`, where they are few), or sets that each has one of."""

    exact: frozenset[str] | None = None
    needs: tuple[frozenset[str], ...] = ()

    def sets(self) -> tuple[frozenset[str], ...]:
        """The sets of which every match holds one."""
        if self.exact is None:
            return self.needs
        return () if "" in self.exact else (self.exact,)


def may_match(pattern: Pattern, text: str, start: int, end: int, *, anchored: bool = False) -> bool:
    """Whether `text[start:end]` holds what any match of the pattern needs, and a way through it.

    Where `anchored`, only a match at `start` counts.
    """
    folded = _folded(text, start, end)
    for need in needs_of(pattern):
        for word in need:
            if word in folded:
                break
        else:
            return False
    return may_get_through(pattern, folded, anchored=anchored)


@lru_cache(maxsize=8)
def _folded(text: str, start: int, end: int) -> str:
    return fold(text[start:end])


@cache
def needs_of(pattern: Pattern) -> tuple[tuple[str, ...], ...]:
    """Sets of folded strings; any match of `pattern` holds one of each."""
    sets = dict.fromkeys(_told(tree_of(pattern)).sets())
    telling = sorted((need for need in sets if _is_telling(need)), key=_weight, reverse=True)
    return tuple(tuple(sorted(_shortest(need))) for need in telling[:_NEEDS])


def _shortest(need: frozenset[str]) -> list[str]:
    """Those that hold no other one."""
    found: list[str] = []
    for word in sorted(need, key=len):
        for other in found:
            if other in word:
                break
        else:
            found.append(word)
    return found


def _is_telling(need: frozenset[str]) -> bool:
    """Whether some texts lack them all: not spaces, nor a few letters."""
    return " " not in need and (_weight(need)[0] > 1 or len(need) < 4)


def _weight(need: frozenset[str]) -> tuple[int, int]:
    return min(map(len, need)), -len(need)


@cache
def _told(tree: Tree) -> Told:
    if isinstance(tree, Letters):
        return Told(frozenset({tree.text}))
    if isinstance(tree, Words):
        return _told_of_words(tree)
    if isinstance(tree, Characters):
        return Told(tree.of) if tree.of is not None and len(tree.of) <= _MOST else Told()
    if isinstance(tree, Either):
        return _told_of_either([_told(branch) for branch in tree.branches])
    if isinstance(tree, Repeat):
        return _told_of_repeat(_told(tree.item), tree.least, tree.most)
    if isinstance(tree, Edge):
        return Told(_NOTHING)
    return _told_of_row([_told(item) for item in tree.items])


def _told_of_words(words: Words) -> Told:
    """Of words with any white space between them, the longest stand for all."""
    if not words.loose:
        if len(words.of) <= _MOST:
            return Told(words.of)
        need = words.of
    else:
        need = frozenset([max(word.split(" "), key=len) for word in words.of])
    return Told(None, (need,)) if len(need) <= _WIDEST and "" not in need else Told()


def _told_of_row(items: Iterable[Told]) -> Told:
    """The strings of neighbours are joined while they are few."""
    run = _NOTHING
    needs: list[frozenset[str]] = []
    whole = True
    for item in items:
        joined = _joined(run, item.exact)
        if joined is None:
            whole = False
            needs += (*Told(run).sets(), *item.needs)
        run = joined if joined is not None else item.exact if item.exact is not None else _NOTHING
    return Told(run) if whole else Told(None, (*needs, *Told(run).sets()))


def _joined(left: frozenset[str], right: frozenset[str] | None) -> frozenset[str] | None:
    if right is None or len(left) * len(right) > _MOST:
        return None
    if left == _NOTHING:
        return right
    return frozenset([a + b for a in left for b in right])


def _told_of_either(branches: list[Told]) -> Told:
    exact = [branch.exact for branch in branches if branch.exact is not None]
    together = frozenset(chain.from_iterable(exact))
    if len(exact) == len(branches) and len(together) <= _MOST:
        return Told(together)
    best = [max(branch.sets(), key=_weight, default=None) for branch in branches]
    known = [need for need in best if need is not None]
    need = frozenset(chain.from_iterable(known))
    return Told(None, (need,)) if len(known) == len(branches) and len(need) <= _WIDEST else Told()


def _told_of_repeat(item: Told, least: int, most: int) -> Told:
    if least == 0:
        return Told(item.exact | {""}) if most == 1 and item.exact is not None else Told()
    if least == most:
        return _told_of_row([item] * min(least, 8)) if least <= 8 else Told(None, item.sets())
    return Told(None, item.sets())
