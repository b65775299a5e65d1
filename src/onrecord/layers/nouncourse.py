"""How the event of a noun stands by what it is said to do: what begins, goes on, ends, or has a clause of its own."""

from __future__ import annotations

from onrecord.layers.conditions import is_general
from onrecord.layers.governing import governed_by
from onrecord.layers.negation import is_negated
from onrecord.layers.setting import Setting, is_open
from onrecord.record import Status


def by_course(setting: Setting, verb: int, upper: Status) -> Status | None:
    """What a verb of beginning, going on or ending says of its subject; None of another verb."""
    tree, lists = setting.tree, setting.lists
    forms = tree.forms(verb)
    if forms & lists.runs:
        if upper == "possible" and tree.marks(verb) & lists.condition:
            return "ongoing"  # "if the killings continue"
        past = upper == "happened" and not _runs_now(setting, verb)
        return upper if past or is_open(upper) else "ongoing"
    if forms & lists.entered and any(tree.word(one) in lists.durations for one in tree.below(verb)):
        return "ongoing" if not is_open(upper) else upper
    if forms & lists.begun_by:
        return upper
    if forms & lists.fails and not tree.below(verb, "obj"):
        return "ongoing" if is_open(upper) or upper in ("denied", "ongoing") else None
    return None


def _runs_now(setting: Setting, at: int) -> bool:
    helpers = {setting.tree.word(one) for one in setting.tree.below(at, "aux")}
    return not is_negated(setting, at) and (
        helpers <= setting.lists.perfect and (bool(helpers) or setting.tree.words[at].tag in ("VBZ", "VBP"))
    )


def by_own_clause(setting: Setting, at: int, depth: int) -> Status | None:
    """What a noun's own clauses say of it: "talks planned for May", "the summit, which opens on Friday"."""
    tree, lists = setting.tree, setting.lists
    for one in tree.below(at, "acl"):
        if tree.words[one].tag != "VBN" or not tree.forms(one) & lists.behind:
            continue
        told = governed_by(setting, one, "nsubj:pass", to=False)
        if told is not None:
            return told
    if any(tree.words[one].tag == "VBG" and tree.forms(one) & lists.runs for one in tree.below(at, "acl")):
        return "ongoing"  # "the war raging in the north"
    if any(tree.words[one].tag == "VBN" and tree.modifiers(one) & lists.often for one in tree.below(at, "acl")):
        return "ongoing"  # "shootings recorded weekly"
    if depth < 2:
        return None
    for one in tree.below(at, "acl:relcl"):
        subject = tree.own_subjects(one)
        if not subject or subject[0] not in range(at, one) or tree.word(subject[0]) in lists.persons:
            continue
        if is_general(setting, one):  # "would not accept any truce that left them there"
            continue
        if _is_so_far(setting, one):
            return "ongoing"
        told = setting.of_verb(setting, one, depth - 2)
        if told in ("planned", "possible", "ongoing"):
            course = by_course(setting, one, told)
            return course or told
    return None


def _is_so_far(setting: Setting, verb: int) -> bool:
    """ "An offensive that has so far killed 300"."""
    tree, verbal = setting.tree, setting.lists.verbs
    far = [one for one in tree.below(verb, "advmod") if tree.word(one) in verbal.so_far]
    so = any({tree.word(two) for two in tree.below(one)} & verbal.thus for one in far)
    return so and bool(tree.auxiliaries(verb) & setting.lists.perfect) and not is_negated(setting, verb)


def is_lasting(setting: Setting, at: int) -> bool:
    """Whether a noun is one for what lasts: a war, a siege, a ban."""
    burst = {setting.tree.word(one) for one in setting.tree.below(at, "compound")} & setting.lists.bursts
    return bool(setting.tree.forms(at) & setting.lists.lasting_nouns) and not burst
