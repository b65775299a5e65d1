"""What the event of a verb hangs on: "will sign if he goes", "in exchange for", "any closure would be answered"."""

from __future__ import annotations

from onrecord.layers.beside import is_to
from onrecord.layers.conditions import has_that, is_condition, is_general, is_were_to, of_time_clause
from onrecord.layers.governing import is_laid_down
from onrecord.layers.negation import is_negated
from onrecord.layers.setting import Setting
from onrecord.layers.syntax import Tree
from onrecord.layers.verbforms import is_dare, is_imperative
from onrecord.record import Span


def hangs(setting: Setting, at: int) -> bool:
    """Whether a verb hangs on a clause or a phrase, its own or of what it is joined to or told by."""
    return _held_at(setting, at) is not None


def condition_of(setting: Setting, at: int) -> Span | None:
    """The words of what it hangs on."""
    found = _held_at(setting, at)
    return _stretch(setting.tree, found) if found is not None else None


def _stretch(tree: Tree, at: int) -> Span:
    words, found = tree.words, [at]
    for one in found:
        found += tree.below(one)
    inside = [one for one in found if tree.words[one].relation not in ("mark", "punct")]
    return Span(words[min(inside)].span.start, words[max(inside)].span.end)


def _held_at(setting: Setting, at: int) -> int | None:
    """The head of what a verb hangs on."""
    for holder in _holders(setting, at):
        found = _held_by(setting, at, holder)
        if found is not None:
            return found
    return None


def _held_by(setting: Setting, at: int, holder: int) -> int | None:
    tree, verbal = setting.tree, setting.lists.verbs
    above = tree.above(holder)
    if above is not None and _is_failing(setting, above) and _is_which(tree, above):
        return above
    clauses = [
        one for one in tree.below(holder, "advcl", "ccomp", "conj") if one != at and _is_condition_of(setting, one)
    ]
    clauses += [one for one in tree.below(holder, "nmod", "obl") if tree.marks(one) & setting.lists.condition]
    for one in sorted(clauses, key=lambda one: tree.word(one) in verbal.supposing):
        return next((two for two in tree.below(one, "ccomp") if tree.word(one) in verbal.supposing), one)
    for one in tree.below(holder, "dislocated", "nsubj"):
        if any(is_were_to(setting, two) for two in tree.below(one, "acl")):
            return one
    if holder == at and (or_else := _or_else(setting, at)) is not None:
        return or_else
    for one in tree.below(holder, "advmod"):
        if tree.word(one) in verbal.as_long and one + 1 < tree.last and tree.word(one + 1) in verbal.as_:
            return one
        if tree.word(one) in verbal.otherwise or any(is_condition(setting, two) for two in tree.below(one, "advcl")):
            return one
    for one in tree.below(holder, "obl", "obl:unmarked", "nmod", "advcl", "obl:tmod"):
        if _is_term(setting, one):
            return one
    led = (one for one in tree.below(holder, "case") if tree.word(one) in verbal.failing | verbal.subject_to)
    return next(led, _whoever(setting, holder))


def _or_else(setting: Setting, at: int) -> int | None:
    """What is to be done, or else: "leave now or you will be shot"."""
    tree, above = setting.tree, setting.tree.above(at)
    if above is None or tree.words[at].relation != "conj":
        return None
    joins = {tree.word(one) for one in tree.below(at, "cc", "advmod")}
    own = tree.auxiliaries(at) & (setting.lists.will | setting.lists.would)
    if own and is_imperative(setting, above) and is_dare(setting, above):
        return above  # "give us the port and we will free them"
    return above if joins & setting.lists.verbs.or_else and own and tree.below(at, "nsubj", "nsubj:pass") else None


def _is_condition_of(setting: Setting, at: int) -> bool:
    tree, verbal = setting.tree, setting.lists.verbs
    if is_condition(setting, at):
        return True
    if _is_failing(setting, at):
        return not _is_which(tree, at)
    if tree.word(at) in verbal.supposing | verbal.subject_to:
        return True
    above = tree.above(at)
    return above is not None and of_time_clause(setting, at, above) == "possible" and not tree.marks(at) & verbal.before


def _is_failing(setting: Setting, at: int) -> bool:
    """ "Failing an agreement", not "for failing to agree"."""
    tree = setting.tree
    return tree.word(at) in setting.lists.verbs.failing and not tree.marks(at) and not is_to(setting, tree.below(at))


def _is_which(tree: Tree, at: int) -> bool:
    """ "Failing which"."""
    return at + 1 < tree.last and tree.words[at + 1].tag == "WDT"


def _is_term(setting: Setting, at: int) -> bool:
    """Whether a phrase is one that something hangs on: "in exchange for", "failing a deal", "on condition that"."""
    tree, verbal = setting.tree, setting.lists.verbs
    cases = {tree.word(one) for one in tree.below(at, "case")} or {tree.preposition(at)}
    word = tree.word(at)
    if cases & (verbal.failing | verbal.subject_to) or word in verbal.subject_to:
        return True
    above = tree.above(at)
    behind = tree.below(at, "nmod", "acl", "acl:relcl", "parataxis")
    if word in verbal.absence and cases & verbal.exchange_by and behind:
        return True
    if word in verbal.exchange and cases & verbal.exchange_by and behind:
        return above is None or not is_laid_down(setting, above)
    if word in verbal.terms and cases & verbal.terms_by and any(has_that(setting, one) for one in behind):
        return True
    if word in verbal.counted and cases & verbal.exchange_by and tree.below(at, "nummod"):
        return True
    if word in verbal.instants and any(is_condition(setting, one) for one in tree.below(at, "acl", "acl:relcl")):
        return True
    if any(tree.word(one) in setting.lists.only for one in tree.below(at, "advmod", "cc:preconj")):
        return bool(cases & verbal.only_by)
    return above is not None and at < above and _is_wanting(setting, at, above, cases)


def _is_wanting(setting: Setting, at: int, above: int, cases: set[str]) -> bool:
    """ "Without a truce, the convoys will stop", "with a truce, they could start"."""
    tree, lists = setting.tree, setting.lists
    helpers = {tree.word(one) for one in tree.below(above, "aux")}
    if cases & lists.verbs.without:
        return bool(helpers & (lists.will | lists.would | lists.may)) and tree.words[at].tag not in ("PRP", "DT")
    return bool(cases & lists.verbs.with_ and helpers & (lists.would | lists.may)) and not tree.below(at, "acl")


def _whoever(setting: Setting, at: int) -> int | None:
    """Whoever or whatever it would be done to: "any closure would be answered"."""
    tree, verbal = setting.tree, setting.lists.verbs
    helpers = {tree.word(one) for one in tree.below(at, "aux")}
    if not helpers & (setting.lists.will | setting.lists.would) or tree.marks(at) & (verbal.before | verbal.after):
        return None
    if is_negated(setting, at):
        return None  # "will not pay any ransom"
    for one in tree.below(at, "nsubj", "nsubj:pass"):
        kinds = {tree.word(one)} | {tree.word(two) for two in tree.below(one, "det")}
        if kinds & (verbal.any | verbal.whenever) or any(
            is_general(setting, two) for two in tree.below(one, "acl:relcl")
        ):
            return one
    objects = (one for one in tree.below(at, "obj") if {tree.word(two) for two in tree.below(one, "det")} & verbal.any)
    return next(objects, None)


def _holders(setting: Setting, at: int) -> list[int]:
    """The verbs that may carry the condition of a verb, itself first."""
    tree = setting.tree
    holders, one = [at], at
    for _ in range(4):
        above, relation = tree.above(one), tree.words[one].relation
        if above is None or is_condition(setting, one):
            break
        if relation == "conj" and tree.below(one, "aux") and tree.below(one, "nsubj", "nsubj:pass"):
            break
        if relation in ("conj", "xcomp") or (relation in ("acl", "advcl") and is_to(setting, [one])):
            holders.append(above)
            one = above
            continue
        if relation in ("ccomp", "parataxis") and tree.is_verb(above):
            holders.append(above)
        break
    return [*holders, *_led_to(setting, at), *_told_by(tree, at), *_joined_last(tree, at)]


def _led_to(setting: Setting, at: int) -> list[int]:
    """What a verb leads to, with a condition of its own: "may be forced to resign if he loses"."""
    tree = setting.tree
    return [
        one
        for one in (tree.below(at, "xcomp") if tree.below(at, "aux") else ())
        if any(tree.marks(two) & setting.lists.condition for two in tree.below(one, "advcl"))
    ]


def _told_by(tree: Tree, at: int) -> list[int]:
    """What is put in behind it and tells it: "he would go, the aide said, if the siege was lifted"."""
    return [one for one in tree.below(at, "parataxis") if tree.is_verb(one) and one > at]


def _joined_last(tree: Tree, at: int) -> list[int]:
    """What it is joined to by "and" with the same auxiliary: a condition at the end goes for both."""
    own = {tree.word(one) for one in tree.below(at, "aux")}
    return [one for one in tree.below(at, "conj") if own and own == {tree.word(two) for two in tree.below(one, "aux")}]
