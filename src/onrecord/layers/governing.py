"""What a word makes of what it governs: "refused to", "plans for", "the deal calls for"."""

from __future__ import annotations

from onrecord.layers.beside import is_taken
from onrecord.layers.negation import is_negated
from onrecord.layers.setting import Setting
from onrecord.record import Status


def governed_by(setting: Setting, above: int, relation: str | None, *, to: bool) -> Status | None:
    """What a governing word makes of what it governs."""
    word = setting.tree.word(above)
    lists = setting.lists
    lemmas = setting.tree.forms(above) | {word} | {word.removesuffix(ending) for ending in lists.endings}
    if lemmas & lists.denied_by:
        return "denied"
    if lemmas & lists.awaited_by:
        return "not-yet"
    if lemmas & (lists.called_by | lists.provided_by) and is_laid_down(setting, above):
        return "planned"
    if lemmas & lists.called_by:
        return "called-for"
    if word in lists.possible_by | lists.open_to and setting.tree.below(above, "cop", "aux:pass"):
        return "possible"
    if lemmas & lists.planned_by and (to or relation in ("obj", "nmod", "obl", "nsubj:pass")):
        return "planned"
    return "possible" if lemmas & lists.possible_by else None


def under(setting: Setting, above: int, told: Status) -> Status:
    """What is governed by a word that is itself denied: "did not agree to leave", "no plan to leave"."""
    tree, upper = setting.tree, setting.tree.above(above)
    if is_negated(setting, above):
        return "denied"
    if tree.is_verb(above) or told in ("denied", "not-yet"):
        return told
    turned_down = upper is not None and is_taken(tree, above)
    failed = {tree.word(one) for one in tree.below(above, "amod")} & setting.lists.denied_words
    no = setting.lists.denied_by | setting.lists.disowned_by
    return "denied" if failed or (turned_down and tree.forms(upper or 0) & no) else told


def is_laid_down(setting: Setting, at: int) -> bool:
    """Whether a deal or a law says so: "the deal calls for", "under the law they must"."""
    tree, lists = setting.tree, setting.lists
    said = any(tree.forms(one) & lists.laws for one in tree.own_subjects(at))
    return said or any(
        (tree.preposition(one) in lists.by_text and tree.forms(one) & lists.laws)
        or (tree.preposition(one) in lists.verbs.by and tree.forms(one) & lists.verbs.bound_by)
        for one in tree.below(at, "obl")
    )
