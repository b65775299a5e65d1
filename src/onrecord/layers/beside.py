"""What stands at a word, as the ways of telling how an event stands ask it."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.layers.setting import Setting
from onrecord.layers.syntax import Tree


def is_to(setting: Setting, verbs: Sequence[int]) -> bool:
    """Whether one of the verbs is an infinitive with "to"."""
    return any(setting.tree.word(one) in setting.lists.to for verb in verbs for one in setting.tree.below(verb, "mark"))


def speaks(setting: Setting, at: int) -> bool:
    return any(setting.tree.word(one) in setting.lists.first_person for one in setting.tree.own_subjects(at))


def is_dated(setting: Setting, at: int) -> bool:
    """Whether a day ahead is named: "on Friday", "next week", "in May"."""
    tree = setting.tree
    ahead = setting.lists.days | setting.lists.verbs.months
    for one in tree.below(at, "obl", "obl:unmarked", "advmod", "nmod:unmarked"):
        inner = {
            tree.word(one),
            *(tree.word(two) for two in tree.below(one, "amod", "nummod", "nmod", "compound", "nmod:unmarked")),
        }
        if inner & ahead and tree.preposition(one) not in setting.lists.verbs.dated_back:
            return True
    return False


def is_time(setting: Setting, at: int) -> bool:
    return setting.tree.word(at) in setting.lists.days | setting.lists.durations | setting.lists.times


def is_definite(setting: Setting, at: int) -> bool:
    """Whether a noun speaks of one that is known: "the raid", "their visit", not "a raid", "raids"."""
    tree = setting.tree
    determiners = {tree.word(one) for one in tree.below(at, "det", "amod", "det:predet")}
    return bool(determiners & setting.lists.definite or tree.below(at, "nmod:poss"))


def is_taken(tree: Tree, at: int) -> bool:
    """Whether a noun is what is done: an object, also where the parser sees an oblique, or a passive's subject."""
    relation = tree.words[at].relation
    return relation in ("obj", "nsubj:pass") or (relation == "obl" and not tree.preposition(at))


def is_present(tree: Tree, at: int) -> bool:
    return tree.words[at].tag in ("VBZ", "VBP") and not tree.below(at, "aux", "aux:pass")


def is_gerund(tree: Tree, at: int) -> bool:
    """Whether a verb is a gerund or a participle: "firing", "having fired"."""
    return tree.words[at].tag == "VBG" or any(tree.words[one].tag == "VBG" for one in tree.below(at, "aux"))


def beside_words(tree: Tree, at: int) -> set[str]:
    return {tree.word(one) for one in tree.below(at, "amod", "advmod", "det", "nmod:desc", "compound")}


def word_before(tree: Tree, at: int) -> str:
    """The word before all that a word governs."""
    first = at
    while (before := min(tree.below(first), default=first)) < first:
        first = before
    return tree.word(first - 1) if first > tree.first else ""


def has_other(tree: Tree, at: int, above: int) -> bool:
    """Whether somebody else is to do what a verb governs: a noun stands between the two."""
    if tree.below(at, "nsubj", "nsubj:pass") or tree.below(above, "obj", "iobj"):
        return True
    first = min(tree.below(at, "mark"), default=at)
    return any(tree.words[one].pos in ("NOUN", "PROPN", "PRON") for one in range(above + 1, min(first, at)))
