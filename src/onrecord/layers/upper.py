"""How a word that governs a verb stands itself: "may agree to", "no plan to", "dropped its threat to"."""

from __future__ import annotations

from onrecord.layers.beside import is_taken
from onrecord.layers.negation import is_negated
from onrecord.layers.setting import Setting, stands
from onrecord.record import Status

# What becomes of what a word makes of its verb, by how the word stands: "may agree to", "did not agree to".
_WITHIN: dict[Status, dict[Status, Status]] = {
    "possible": {"planned": "possible", "called-for": "possible", "denied": "possible"},
    "conditional": {"planned": "conditional", "possible": "conditional", "called-for": "conditional"},
    "called-for": {"planned": "called-for", "possible": "called-for"},
    "denied": {"planned": "denied", "possible": "denied", "called-for": "denied", "denied": "possible"},
    "not-yet": {"planned": "not-yet", "denied": "possible"},
}


def within(setting: Setting, above: int, told: Status, depth: int) -> Status:
    """What is governed by a word that is denied itself, or only possible: "may agree to", "no plan to"."""
    return _WITHIN.get(upper_of(setting, above, depth), {}).get(told, told)


def upper_of(setting: Setting, above: int, depth: int) -> Status:
    """How a governing word itself stands."""
    tree = setting.tree
    if tree.is_verb(above) or tree.below(above, "cop"):
        return "denied" if is_negated(setting, above) and depth <= 1 else stands(setting, above, depth - 1)
    failed = {tree.word(one) for one in tree.below(above, "amod")} & setting.lists.denied_words
    verb, relation = tree.above(above), tree.words[above].relation
    if failed or is_negated(setting, above):
        return "denied"
    if verb is None or not tree.is_verb(verb):
        return "happened"
    if _is_dropped(setting, above, verb, relation or ""):
        return "possible" if is_negated(setting, verb) else "denied"
    if relation == "nsubj:pass" and is_negated(setting, verb):
        return "denied"
    if relation == "obj" and tree.forms(verb) & setting.lists.verbs.weighs:
        return "possible"
    upper = stands(setting, verb, depth - 1) if relation == "obj" and depth > 1 else "happened"
    return upper if upper in ("denied", "possible", "conditional", "called-for") else "happened"


def _is_dropped(setting: Setting, at: int, verb: int, relation: str) -> bool:
    """Whether a plan, a threat or a call comes to nothing: "dropped its threat to", "the plan fizzled out"."""
    tree, lists, verbal, forms = setting.tree, setting.lists, setting.lists.verbs, setting.tree.forms(verb)
    if relation == "nsubj":
        fizzled = forms & verbal.fizzles
        nothing = {tree.word(one) for one in tree.below(verb, "xcomp", "obl", "acl", "advmod")} & verbal.empty
        return bool(fizzled and (not forms & verbal.comes or nothing))
    dropped = forms & (verbal.dropped_by | lists.denied_by | lists.disowned_by)
    if is_taken(tree, at):
        return bool(dropped)
    return (
        relation in ("obl", "nmod") and tree.preposition(at) in verbal.gone_back_by and bool(forms & verbal.dropped_by)
    )
