"""What the words that govern a verb make of it, and what governs them: "may agree to leave", "dropped its plan to"."""

from __future__ import annotations

from collections.abc import Set

from onrecord.layers.beside import has_other, is_gerund, is_to, speaks
from onrecord.layers.calls import is_term_set, is_wanted, kept_from, of_another
from onrecord.layers.governing import governed_by, is_laid_down
from onrecord.layers.hanging import hangs
from onrecord.layers.negation import is_negated
from onrecord.layers.purposes import of_gerund, of_purpose
from onrecord.layers.setting import Setting, stands
from onrecord.layers.syntax import Tree
from onrecord.layers.upper import upper_of, within
from onrecord.record import Status

_BOUND = (
    "xcomp",
    "ccomp",
    "acl",
    "advcl",
    "csubj",
    "csubj:pass",
    "nsubj",
    "obl",
    "nmod",
    "dep",
    "amod",
    "root",
    "parataxis",
)


def by_governor(setting: Setting, at: int, depth: int) -> Status:
    """How a verb without a telling auxiliary stands: as what governs it has it."""
    tree = setting.tree
    above, relation = tree.above(at), tree.words[at].relation or ""
    to = is_to(setting, [at]) or _shares_to(setting, at)
    if above is None or depth == 0:
        return "planned" if to else "happened"
    if relation == "conj":
        return _of_joined(setting, at, above, depth)
    bare = tree.words[at].tag in ("VB", "VBG", "NN") or to or relation == "xcomp"
    bare |= is_gerund(tree, at) and bool(tree.forms(above) & setting.lists.verbs.believed)  # "suspected of having fled"
    if not bare or relation not in _BOUND:
        return "happened"
    above = _holder(setting, at, above, to=to)
    if is_wanted(setting, at, above):
        return "denied" if is_negated(setting, above) else "called-for"
    if to and not tree.is_verb(above) and _is_unfulfilled(setting, above, tree.forms(above)):
        return "denied"  # "had been due to begin"
    if not _stands_apart(setting, at, above, relation, to=to):
        told = _of_chain(setting, at, above, depth, to=to) or _of_governor(setting, at, above, relation, depth, to=to)
        if told is not None:
            return told
    return of_purpose(setting, at, above, relation, depth) if to else of_gerund(setting, at, above, relation, depth)


def _stands_apart(setting: Setting, at: int, above: int, relation: str, *, to: bool) -> bool:
    """Whether a clause is no complement: "after leaving", ", ruling that", "To win them over, he promised"."""
    tree = setting.tree
    if to:
        return relation == "advcl" and at < above
    if tree.marks(at) & setting.lists.verbs.beside:
        return True
    alone = relation == "advcl" and tree.words[at].tag == "VBG" and not tree.below(at, "mark", "case")
    return alone and at > above and tree.words[min([at, *tree.below(at, "advmod")]) - 1].pos == "PUNCT"


# ---- which word governs


def _holder(setting: Setting, at: int, above: int, *, to: bool) -> int:
    """The word that tells how a verb stands, where the parser hangs the verb on another.

    "called on the king to go" on the king, "pressure is growing on him to go" on the growth, "would not go, the
    aide said, dismissing the call" on the going.
    """
    tree, verbal = setting.tree, setting.lists.verbs
    if not to and not (tree.marks(at) & setting.lists.of and tree.forms(above) & verbal.fades):
        return _teller(tree, at, above)
    if tree.is_verb(above):
        if tree.forms(above) & (verbal.grows | verbal.fades):
            for one in tree.own_subjects(above):
                if not tree.is_verb(one) and one < at and governed_by(setting, one, "acl", to=True):
                    return one
        return _over_relative(setting, above)
    verb = tree.above(above)
    told = tree.forms(above) & (verbal.duties | verbal.choices) or governed_by(setting, above, "acl", to=True)
    if verb is None or not tree.is_verb(verb) or told:
        return above
    taken = tree.words[above].relation in ("obj", "iobj", "nsubj:pass") or tree.preposition(above) in verbal.steered_by
    steers = tree.forms(verb) & (setting.lists.called_by | verbal.called_verbs | verbal.give)
    return verb if taken and steers else above


def _over_relative(setting: Setting, above: int) -> int:
    """The verb that governs an infinitive hung on a relative clause: "asked the man who fled to come back"."""
    tree = setting.tree
    noun = tree.above(above)
    verb = tree.above(noun) if noun is not None and tree.words[above].relation == "acl:relcl" else None
    if verb is None or not tree.is_verb(verb) or governed_by(setting, above, "xcomp", to=True):
        return above
    steers = tree.forms(verb) & (setting.lists.called_by | setting.lists.verbs.called_verbs)
    return verb if steers and tree.words[noun or 0].relation in ("obj", "iobj") else above


def _teller(tree: Tree, at: int, above: int) -> int:
    """The verb of saying between a clause and the participle behind it, to which the participle belongs."""
    if tree.words[at].relation != "advcl" or at < above:
        return above
    said: int | None = above
    for _ in range(3):
        said = tree.above(said) if said is not None else None
        if said is not None and above < said < at and tree.is_verb(said):
            return said
    return next((one for one in tree.below(above, "parataxis") if above < one < at and tree.is_verb(one)), above)


# ---- what it makes of the verb


def _of_chain(setting: Setting, at: int, above: int, depth: int, *, to: bool) -> Status | None:
    """Of verbs that say nothing of their own: "had to go", "continued to", "managed to", "let him go"."""
    tree, lists, verbal = setting.tree, setting.lists, setting.lists.verbs
    if not tree.is_verb(above):
        return None
    forms, xcomp = tree.forms(above), tree.words[at].relation == "xcomp"
    past = tree.words[above].tag in ("VBD", "VBN")
    if forms & lists.have_to and to and xcomp and not tree.below(above, "obj"):
        return _of_duty(setting, at, above, depth)
    if to and forms & lists.going and tree.words[above].tag == "VBG":
        return within(setting, above, "planned", depth)
    if forms & lists.goes_on_by and xcomp:
        upper = stands(setting, above, depth - 1)
        if upper == "possible" and tree.marks(above) & lists.condition:
            return "ongoing"  # "if they go on shelling the town"
        return upper if past or upper != "happened" else "ongoing"
    if xcomp and not to and tree.words[at].tag == "VBN" and tree.is_passive(above) and forms & verbal.believed:
        return "possible"  # "were believed killed"
    if forms & verbal.stops and tree.words[at].tag == "VBG" and not tree.below(at, "mark"):
        if has_other(tree, at, above):
            return _prevented(setting, above, forms, depth)
        return "happened" if stands(setting, above, depth - 1) == "happened" else "ongoing"
    if to and forms & lists.carried_to:
        return stands(setting, above, depth - 1)
    if to and (perfect := _of_perfect(setting, at, above, forms, depth)) is not None:
        return perfect
    if forms & verbal.let and (to or xcomp) and tree.words[at].tag == "VB":
        upper = stands(setting, above, depth - 1)
        return "possible" if upper == "happened" and not past else upper
    return None


def _of_duty(setting: Setting, at: int, above: int, depth: int) -> Status:
    """ "Has to go", "would have to go", "has yet to go"."""
    tree = setting.tree
    if (tree.modifiers(above) | tree.modifiers(at)) & setting.lists.yet:
        return "not-yet"
    upper = stands(setting, above, depth - 1)
    if upper in ("denied", "conditional", "not-yet"):
        return upper
    if tree.auxiliaries(above) & (setting.lists.will | setting.lists.would | setting.lists.may) and hangs(setting, at):
        return "conditional"
    return "planned" if speaks(setting, above) else "called-for"


def _of_perfect(setting: Setting, at: int, above: int, forms: Set[str], depth: int) -> Status | None:
    """ "Is said to have fled", "is believed to be hiding"."""
    tree, lists = setting.tree, setting.lists
    helpers = {tree.word(one) for one in tree.below(at, "aux", "aux:pass", "cop")}
    if _is_unfulfilled(setting, above, forms):
        return "denied"
    if forms & lists.verbs.believed and helpers & (lists.verbs.been_so | lists.be):
        return "possible"
    if helpers & lists.verbs.been_so:
        upper = stands(setting, above, depth - 1)
        return "denied" if forms & (lists.planned_by | lists.verbs.planned_verbs) else upper
    if helpers & lists.be and tree.words[at].tag == "VBG" and forms & lists.verbs.implied_verbs:
        return "ongoing" if stands(setting, above, depth - 1) == "happened" else None
    return None


def _takes_none(setting: Setting, forms: Set[str], relation: str) -> bool:
    """Whether an infinitive behind a verb is no complement: "blocked the road to protest"."""
    denied = forms & setting.lists.denied_by and not forms & setting.lists.verbs.denies_to
    return bool(denied or (relation == "advcl" and forms & setting.lists.verbs.no_infinitive))


def _is_unfulfilled(setting: Setting, above: int, forms: Set[str]) -> bool:
    """ "Had been expected to": it did not come about."""
    tree = setting.tree
    helpers = {tree.word(one) for one in tree.below(above, "aux", "aux:pass", "cop")}
    return bool(
        helpers & setting.lists.verbs.had and helpers - setting.lists.verbs.had and forms & setting.lists.verbs.expected
    )


def _of_governor(setting: Setting, at: int, above: int, relation: str, depth: int, *, to: bool) -> Status | None:
    """What a governing word makes of the verb, and what governs that; None where it says nothing."""
    tree, lists = setting.tree, setting.lists
    forms = tree.forms(above)
    if tree.modifiers(above) & lists.verbs.falsely:
        return "denied"
    kept = kept_from(setting, at, above)
    if kept is not None:
        return _prevented(setting, above, forms, depth)
    told = of_another(setting, at, above, to=to)
    if told is None and to and not tree.is_verb(above) and forms & lists.verbs.duties:
        told = "planned" if is_laid_down(setting, above) else "called-for"
    if told is not None and forms & (lists.wanted_of | lists.verbs.like_to_see):
        return "denied" if is_negated(setting, above) else told
    if told is None and tree.is_verb(above):
        told = _of_verbs(setting, at, above, forms, to=to)
        if told is None and to and forms & lists.verbs.implied_verbs:
            return stands(setting, above, depth - 1)
    elif told is None and to:
        told = _of_adjective(setting, above)
    if to and _was_able(setting, above):
        return "happened"
    if told is None and to and _is_means(setting, above):
        told = "possible"
    if told is None and not (to and tree.is_verb(above) and _takes_none(setting, forms, relation)):
        told = governed_by(setting, above, relation, to=to)
    told = told or _by_gift(setting, above, to=to)
    if to and forms & lists.verbs.choices and is_negated(setting, above):
        return "planned"  # "have no choice but to leave"
    if told == "planned" and _is_alleged(setting, above):
        return "possible"
    if told is not None:
        return within(setting, above, told, depth)
    return stands(setting, above, depth - 1) if forms & lists.like_it and relation == "xcomp" else None


def _was_able(setting: Setting, above: int) -> bool:
    """ "Were able to leave" says that they left."""
    tree, lists = setting.tree, setting.lists
    helpers = {tree.word(one) for one in tree.below(above, "cop", "aux")}
    return bool(tree.forms(above) & lists.verbs.could_do and helpers & lists.past) and not is_negated(setting, above)


def _is_alleged(setting: Setting, above: int) -> bool:
    """Whether a plan is only charged, or not decided on: "accused of planning to", "no decision to"."""
    tree, lists = setting.tree, setting.lists
    if not tree.is_verb(above):
        return bool(tree.forms(above) & lists.verdicts) and is_negated(setting, above)
    over = tree.above(above)
    charged = over is not None and is_gerund(tree, above) and tree.marks(above) & lists.of
    return bool(charged and tree.forms(over or 0) & lists.verbs.charged)


def _of_verbs(setting: Setting, at: int, above: int, forms: Set[str], *, to: bool) -> Status | None:
    tree, verbal = setting.tree, setting.lists.verbs
    subjects = [one for one in tree.own_subjects(above) if tree.words[one].relation == "nsubj"]
    names = {tree.word(one) for one in subjects}
    if to and forms & verbal.tell:
        told = {tree.word(one) for one in tree.below(above, "obj", "iobj", "nsubj:pass")}
        told |= {tree.word(one) for one in tree.below(at, "nsubj")}
        return "planned" if names & verbal.commanders or told & verbal.commanded else "called-for"
    if to and forms & verbal.expects and has_other(tree, at, above) and subjects and not names & verbal.experts:
        return "called-for"
    if to and is_term_set(setting, above):
        return "called-for"
    if to and names & verbal.times_come and forms & verbal.grows:
        return "called-for"
    if to and forms & verbal.picks and has_other(tree, at, above):
        return "planned"
    gerund = is_gerund(tree, at)
    if to and forms & verbal.called_verbs:
        return "called-for"
    if forms & verbal.denied_verbs and (to or gerund or tree.words[at].relation == "xcomp"):
        return "denied"
    if forms & verbal.planned_verbs and (to or tree.marks(at) & setting.lists.to):
        return "planned"
    if gerund and forms & verbal.believed and tree.marks(at) & setting.lists.of:
        return "possible"
    return "possible" if forms & verbal.possible_verbs and (to or gerund) else None


def _of_adjective(setting: Setting, above: int) -> Status | None:
    """ "It is up to him to go", "it would be wrong to"."""
    word = setting.tree.word(above)
    tree = setting.tree
    if not tree.below(above, "cop") and not tree.below(above, "expl"):
        return None
    cases = {tree.word(one) for one in tree.below(above, "case")}
    if ({word} | cases & setting.lists.verbs.up) & setting.lists.verbs.called_adjectives and not is_laid_down(
        setting, above
    ):
        return "called-for"
    if word in setting.lists.verbs.denied_adjectives:
        return "denied"
    return "possible" if word in setting.lists.verbs.possible_adjectives else None


def _is_means(setting: Setting, above: int) -> bool:
    """Whether something is said to be needed for it: "the raid was necessary to free them", "votes needed to win"."""
    tree, verbal = setting.tree, setting.lists.verbs
    if not tree.forms(above) & verbal.needed:
        return False
    if tree.is_verb(above):
        return tree.words[above].tag == "VBN" and tree.words[above].relation == "acl"
    own = [one for one in tree.own_subjects(above) if not tree.is_verb(one)]
    return bool(own) and not tree.below(above, "expl") and tree.word(own[0]) not in verbal.singular


def _by_gift(setting: Setting, above: int, *, to: bool) -> Status | None:
    """What the object of a verb makes of an infinitive behind it: "gave orders to shell the town"."""
    objects = setting.tree.below(above, "obj") if to and setting.tree.is_verb(above) else []
    if setting.tree.forms(above) & setting.lists.verbs.dropped_by and any(
        governed_by(setting, one, "acl", to=to) for one in objects
    ):
        return "denied"
    told = [
        governed_by(setting, one, "acl", to=to) for one in objects if setting.tree.forms(above) & setting.lists.given_by
    ]
    return next((one for one in told if one is not None), None)


def _prevented(setting: Setting, above: int, forms: Set[str], depth: int) -> Status:
    """What is kept from being done stands by the keeping: "stopped them from entering", "in order to stop them"."""
    upper = upper_of(setting, above, depth)
    if upper in ("happened", "ongoing", "planned"):
        return "denied"
    if upper == "called-for":
        return "ongoing" if forms & setting.lists.verbs.stops else "denied"
    return "possible"


# ---- where nothing tells


def _of_joined(setting: Setting, at: int, above: int, depth: int) -> Status:
    """What is joined to another verb stands as that does: "to meet and talk"."""
    tree = setting.tree
    own = {tree.word(one) for one in tree.below(at, "cc")}
    if is_to(setting, [at]) and not is_to(setting, [above]):
        above = _infinitive_before(setting, above) or above
    if tree.words[at].tag in ("VBN", "VB") and tree.words[above].tag == "VBG":
        above = tree.clause_above(above) or above  # "acquitted of spying but jailed for perjury"
    if is_to(setting, [at]) and {tree.word(one) for one in tree.below(above, "advmod")} & setting.lists.nots:
        return by_governor(setting, above, depth - 1)  # "not to leave, and to name"
    upper = stands(setting, above, depth - 1)
    suffers = tree.forms(at) & setting.lists.verbs.suffer or tree.below(at, "aux:pass")
    bid = upper == "called-for" and not tree.auxiliaries(above) & setting.lists.must  # "must be tried or be freed"
    if own & setting.lists.verbs.or_else and bid and suffers:
        return "conditional"
    return upper


def _shares_to(setting: Setting, at: int) -> bool:
    tree = setting.tree
    if tree.words[at].relation != "conj" or tree.words[at].tag != "VB":
        return False
    above = tree.above(at)
    return above is not None and is_to(setting, [above])


def _infinitive_before(setting: Setting, at: int) -> int | None:
    """The infinitive that another is joined to, where the parser has a verb between: "to find who fled, and to"."""
    tree, one = setting.tree, at
    for _ in range(4):
        above = tree.above(one)
        if above is None:
            return None
        one = above
        if is_to(setting, [one]):
            return one
    return None
