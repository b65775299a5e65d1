"""Whether a word is said not to be so: by its adverbs and determiners, a verb by its arguments too."""

from __future__ import annotations

from onrecord.layers.setting import Setting


def is_negated(setting: Setting, at: int) -> bool:
    tree, nots = setting.tree, setting.lists.nots
    for one in tree.below(at, "advmod", "det", "cc:preconj", "mark", "case", "cc"):
        word, relation = tree.word(one), tree.words[one].relation
        if word in setting.lists.longer and {tree.word(two) for two in tree.below(one)} & nots:
            return True
        if (
            word in setting.lists.verbs.rather
            and _is_instead(setting, one)
            and not tree.modifiers(at) & setting.lists.verbs.just
        ):
            return True
        if word in (setting.lists.verbs.nor if relation == "cc" else nots) and not _is_of_some(setting, one):
            return True
    if _is_barred(setting, at):
        return True
    if not tree.is_verb(at) and not tree.below(at, "aux:pass"):
        return False
    if any(_is_none(setting, one) for one in tree.own_subjects(at)):
        return True
    if tree.forms(at) & setting.lists.verbs.with_no:
        return False
    return any(
        tree.word(two) in nots and not _is_fewer(setting, one)
        for one in tree.below(at, "obj")
        for two in tree.below(one, "det")
    )


def _is_barred(setting: Setting, at: int) -> bool:
    """ "Under no circumstances", "let alone condemn it", "with nothing signed"."""
    tree, nots = setting.tree, setting.lists.nots
    if at - 2 >= tree.first and f"{tree.word(at - 2)} {tree.word(at - 1)}" in setting.lists.verbs.let_alone:
        return True
    above = tree.above(at)
    if above is not None and tree.words[at].relation == "acl" and tree.word(above) in nots:
        return True
    return any(
        tree.word(one) in setting.lists.verbs.no_way and tree.word(two) in nots
        for one in tree.below(at, "obl", "advmod")
        for two in tree.below(one, "det")
    )


def _is_instead(setting: Setting, at: int) -> bool:
    """Whether a word opens what was not done: "rather than vote", "instead of voting"."""
    return bool({setting.tree.word(one) for one in setting.tree.below(at, "fixed")} & setting.lists.verbs.rather_than)


def _is_none(setting: Setting, at: int) -> bool:
    """Whether a subject is nobody: "no convoy", "not one of them", "too few members"."""
    tree, lists, verbal = setting.tree, setting.lists, setting.lists.verbs
    if tree.word(at) in lists.nots or {tree.word(one) for one in tree.below(at, "case")} & lists.nots:
        return True
    for one in tree.below(at, "det", "cc:preconj", "amod", "advmod"):
        word, own = tree.word(one), {tree.word(two) for two in tree.below(one, "advmod", "det")}
        if word in lists.nots and not _is_fewer(setting, at) and not _is_of_some(setting, one):
            return True
        if tree.words[one].relation == "amod" and (
            (own & lists.nots and word in verbal.more) or (word in verbal.few and own & verbal.too)
        ):
            return True
    return False


def _is_of_some(setting: Setting, at: int) -> bool:
    """Whether a "not" only says that it is not all: "not only shelled it", "not all raids"."""
    return at + 1 < setting.tree.last and setting.tree.word(at + 1) in setting.lists.verbs.not_all


def _is_fewer(setting: Setting, at: int) -> bool:
    """ "No fewer than 30"."""
    tree = setting.tree
    return any(
        tree.word(one) in setting.lists.verbs.fewer
        for part in (at, *tree.below(at, "nummod", "amod"))
        for one in (part, *tree.below(part, "advmod"))
    )
