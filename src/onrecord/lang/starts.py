"""Which rules can match at a place: an index of patterns by the characters that they can start with.

Trying a hundred patterns at every word is what makes a rule engine slow. Each pattern is asked, once, what
its matches can begin with (`"last n"`, `"last w"`, …); the answers stand in a tree, and a place in a text
is looked up in it. The answer may name a pattern that does not match, never leave out one that does.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any

import msgspec

from onrecord.lang.patterns import Pattern
from onrecord.lang.trees import Characters, Edge, Either, Letters, Repeat, Row, Tree, Words, row_of, tree_of

# Characters looked at. With 3, 4 and 5 all layers' indexes take 33, 52 and 90 ms to build, and the layers 456, 434 and
# 437 ms for 15 reports; 5 with 1000 beginnings take 135 and 415 ms.
_DEPTH = 4
_MOST = 300  # beginnings a pattern may have before fewer characters are looked at


class _TooManyError(Exception):
    """A pattern has more beginnings of a length than are worth listing."""


class Heads(msgspec.Struct, frozen=True):
    """What matches begin with: those read to their end, which more may follow, and those cut short."""

    whole: frozenset[str] = frozenset()
    cut: frozenset[str] = frozenset()


class Index(msgspec.Struct, frozen=True):
    """A tree of characters; at each node the patterns (by number, in order) whose beginnings are all read there."""

    open: tuple[int, ...]
    next: dict[str, Index]

    def at(self, folded: str, place: int) -> tuple[int, ...]:
        """The numbers of the patterns that can match where `folded[place:]` starts, in order."""
        node = self
        for character in folded[place : place + _DEPTH]:
            following = node.next.get(character)
            if following is None:
                break
            node = following
        return node.open


@lru_cache(maxsize=64)
def build_index(patterns: tuple[Pattern, ...]) -> Index:
    """The index of `patterns`, which are numbered in the order given."""
    tree: dict[str, Any] = {}
    for number, pattern in enumerate(patterns):
        for start in starts_of(pattern):
            node = tree
            for character in start:
                node = node.setdefault(character, {})
            node.setdefault("", []).append(number)
    return _freeze(tree, ())


def _freeze(tree: dict[str, Any], above: tuple[int, ...]) -> Index:
    own = tree.get("")
    here = tuple(sorted({*above, *own})) if own else above
    return Index(here, {key: _freeze(child, here) for key, child in tree.items() if key})


def starts_of(pattern: Pattern) -> frozenset[str]:
    """Folded strings of a few characters, one of which any match of `pattern` begins with; `""` says anything."""
    for depth in range(_DEPTH, 0, -1):
        try:
            heads = _heads(tree_of(pattern), depth)
        except _TooManyError:
            continue
        return heads.whole | heads.cut
    return frozenset({""})


@cache
def _heads(tree: Tree, depth: int) -> Heads:
    """The first `depth` characters of what a tree matches. Raises _TooManyError."""
    if isinstance(tree, Letters):
        head = frozenset({tree.text[:depth]})
        return Heads(cut=head) if len(tree.text) > depth else Heads(whole=head)
    if isinstance(tree, Words):
        return _heads_of_words(tree, depth)
    if isinstance(tree, Characters):
        return Heads(cut=frozenset({""})) if tree.of is None else Heads(whole=tree.of)
    if isinstance(tree, Either):
        found = [_heads(branch, depth) for branch in tree.branches]
        return _few(frozenset().union(*(f.whole for f in found)), frozenset().union(*(f.cut for f in found)))
    if isinstance(tree, Repeat):
        return _heads_of_repeat(tree, depth)
    if isinstance(tree, Edge):
        return Heads(whole=frozenset({""}))
    return _heads_of_row(tree, depth)


def _heads_of_words(words: Words, depth: int) -> Heads:
    whole: set[str] = set()
    cut: set[str] = set()
    for word in words.of:
        if words.loose and " " in word[:depth]:
            heads = _heads_of_row(row_of(word), depth)
            whole |= heads.whole
            cut |= heads.cut
        elif len(word) > depth:
            cut.add(word[:depth])
        else:
            whole.add(word)
    return _few(frozenset(whole), frozenset(cut))


def _heads_of_row(row: Row, depth: int) -> Heads:
    heads = Heads(whole=frozenset({""}))
    for item in row.items:
        heads = _followed(heads, item, depth)
        if not heads.whole:
            break
    return heads


def _heads_of_repeat(repeat: Repeat, depth: int) -> Heads:
    """At most two rounds over the least are followed, to keep the beginnings few; what goes on longer is cut."""
    heads = Heads(whole=frozenset({""}))
    whole = frozenset() if repeat.least else heads.whole
    for count in range(1, min(repeat.most, repeat.least + 2) + 1):
        heads = _followed(heads, repeat.item, depth)
        if count == repeat.least + 2 and repeat.most > count:
            return _few(whole, heads.cut | heads.whole)
        if count >= repeat.least:
            whole |= heads.whole
        if not heads.whole:
            break
    return _few(whole, heads.cut)


def _followed(heads: Heads, tree: Tree, depth: int) -> Heads:
    """The heads with what `tree` begins with behind those that are whole and still shorter than `depth`."""
    whole: set[str] = set()
    cut = set(heads.cut)
    for head in heads.whole:
        if len(head) >= depth:
            cut.add(head)
            continue
        more = _heads(tree, depth - len(head))
        whole.update([head + tail for tail in more.whole])
        cut.update([head + tail for tail in more.cut])
        if len(whole) + len(cut) > _MOST:
            raise _TooManyError
    return _few(frozenset(whole), frozenset(cut))


def _few(whole: frozenset[str], cut: frozenset[str]) -> Heads:
    if len(whole) + len(cut) > _MOST:
        raise _TooManyError
    return Heads(whole=whole, cut=cut)
