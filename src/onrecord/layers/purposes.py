"""How a verb stands that no word governs: what something is done for, or what is done beside it, in its time."""

from __future__ import annotations

from onrecord.layers.negation import is_negated
from onrecord.layers.setting import Setting, is_open, stands
from onrecord.layers.upper import upper_of
from onrecord.record import Status


def of_purpose(setting: Setting, at: int, above: int, relation: str, depth: int) -> Status:
    """An infinitive that nothing governs: what something is done for, or a headline's future."""
    tree, forms = setting.tree, setting.tree.forms(at)
    if relation in ("root", "parataxis") and not tree.is_verb(above):
        return "planned"
    if (
        relation == "acl"
        and tree.preposition(above) not in setting.lists.purpose
        and any(
            tree.words[one].tag == "JJS" or tree.word(one) in setting.lists.such
            for one in tree.below(above, "amod", "det")
        )
    ):
        return "happened"  # "the latest to be killed", "the first officer to die"
    if not tree.is_verb(above) and not tree.below(above, "cop"):
        headline = tree.above(above) is None and relation in ("acl", "xcomp")
        if tree.word(above) in setting.lists.nots or upper_of(setting, above, depth) == "denied":
            return "denied"
        return "planned" if headline else "possible"
    upper = stands(setting, above, depth - 1)
    if forms & setting.lists.done_at or is_open(upper) or upper == "denied":
        return upper
    return upper if forms & setting.lists.verbs.said_at else "possible"


def of_gerund(setting: Setting, at: int, above: int, relation: str, depth: int) -> Status:
    """A participle or gerund that nothing governs: it has the time of its clause."""
    tree, lists, verbal = setting.tree, setting.lists, setting.lists.verbs
    marks = tree.marks(at) | {tree.word(one) for one in tree.below(at, "case")}
    if marks & lists.toward:
        upper = stands(setting, above, depth - 1)
        return upper if upper in ("not-yet", "denied", "conditional") else "possible"
    if marks & lists.purpose:
        return "happened"
    charged = marks & (lists.of | verbal.with_) and tree.forms(above) & verbal.charged
    if charged and is_open(stands(setting, above, depth - 1)):
        return "happened"  # "is likely to be charged with spying"
    if relation == "acl" and marks & lists.of:
        verb = tree.above(above)
        none = verb is not None and tree.words[above].relation == "nsubj" and is_negated(setting, verb)
        return "denied" if none or is_negated(setting, above) else "happened"
    if relation in ("csubj", "nsubj"):
        return "possible" if is_open(stands(setting, above, depth - 1)) else "happened"
    if tree.words[at].tag in ("VBG", "VB") and relation in ("advcl", "xcomp", "conj"):
        upper = stands(setting, above, depth - 1)
        return "happened" if upper in ("denied", "called-for") and marks & verbal.beside - verbal.means else upper
    return "happened"
