"""What verbs call for of somebody else, and what they keep somebody from: "wants him gone", "gave him a day to go"."""

from __future__ import annotations

from collections.abc import Set

from onrecord.layers.beside import has_other, is_to
from onrecord.layers.governing import is_laid_down
from onrecord.layers.setting import Setting
from onrecord.record import Status


def is_wanted(setting: Setting, at: int, above: int) -> bool:
    """ "Wants the mine closed", "would like to see him gone"."""
    tree, wants = setting.tree, setting.lists.wanted_of
    if tree.words[at].tag not in ("VBN", "VBD", "JJ", "RB", "RP", "IN") or tree.below(
        at, "aux", "aux:pass", "cop", "mark"
    ):
        return False
    relation = tree.words[at].relation
    if relation == "conj":
        over = tree.above(above)
        return tree.words[above].tag == "VBN" and over is not None and is_wanted(setting, above, over)
    if tree.is_verb(above):
        return relation in ("acl", "xcomp", "ccomp", "advcl") and bool(tree.forms(above) & wants)
    verb = tree.above(above)
    taken = verb is not None and relation == "acl" and tree.words[above].relation == "obj" and tree.is_verb(verb)
    return taken and bool(tree.forms(verb or 0) & wants) and not tree.below(verb or 0, "xcomp", "ccomp")


def of_another(setting: Setting, at: int, above: int, *, to: bool) -> Status | None:
    """ "wants the king to resign" and "it is time to resign" call for it, "wants to resign" does not."""
    tree, lists, forms = setting.tree, setting.lists, setting.tree.forms(above)
    if not tree.is_verb(above):
        return "called-for" if to and forms & lists.time and tree.below(above, "cop") else None
    if forms & lists.wanted_of and has_other(tree, at, above):
        return "called-for"
    if (
        forms & lists.verbs.like_to_see
        and (over := tree.above(above)) is not None
        and tree.words[above].relation == "xcomp"
    ):
        return "called-for" if tree.forms(over) & lists.wanted_of and has_other(tree, at, above) else None
    if forms & lists.verbs.been_so and tree.words[at].tag == "VB" and not to and has_other(tree, at, above):
        return "called-for" if tree.auxiliaries(above) & lists.would else None
    called = {tree.word(one) for one in tree.below(at, "mark")} & lists.purpose and to
    if called and is_laid_down(setting, above):
        return "planned"
    if called and (forms & lists.called_for or forms & lists.verbs.called_verbs or forms & lists.called_by):
        return "called-for"
    return None


def is_term_set(setting: Setting, above: int) -> bool:
    """Whether somebody is given a time to do it: "gave him until Friday to go"."""
    tree, verbal = setting.tree, setting.lists.verbs
    if not tree.forms(above) & verbal.give:
        return False
    parts = tree.below(above, "obj", "iobj", "obl", "obl:unmarked", "nmod:unmarked")
    return any({tree.word(one)} & verbal.terms_of_time or tree.preposition(one) in setting.lists.until for one in parts)


def kept_from(setting: Setting, at: int, above: int) -> Status | None:
    """What somebody was kept from, or stopped short of, doing."""
    lists, tree, verbal = setting.lists, setting.tree, setting.lists.verbs
    links = tree.marks(at) | {tree.word(one) for one in tree.below(at, "case")}
    if is_to(setting, [at]):
        return None
    forms = tree.forms(above)
    if links & lists.kept_from and forms & lists.kept_from:
        return "denied"
    if links & verbal.off and _is_off(setting, links, above, forms):
        return "denied"
    return "denied" if links & lists.of and (tree.modifiers(above) | {tree.word(above)}) & lists.short else None


def _is_off(setting: Setting, links: set[str], above: int, forms: Set[str]) -> bool:
    """ "Acquitted of killing", "balked at pardoning", "ruled against extraditing", "shied away from attacking"."""
    tree, verbal = setting.tree, setting.lists.verbs
    if links & setting.lists.of:
        verb = tree.above(above)
        cleared = verb is not None and tree.words[above].relation == "obj" and tree.forms(verb) & verbal.off_of
        return bool(forms & verbal.off_of or cleared)
    if links & verbal.at:
        return bool(forms & verbal.off_at)
    if links & verbal.against:
        return bool(forms & verbal.off_against)
    return bool(forms & verbal.off_verbs or tree.word(above) in verbal.rather)
