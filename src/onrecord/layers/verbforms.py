"""How an event stands by the form of its verb: its auxiliaries, its tense, what goes on and what is commanded."""

from __future__ import annotations

from collections.abc import Sequence, Set

from onrecord.layers.beside import is_dated, is_definite, is_present, is_time, is_to, speaks
from onrecord.layers.governing import governed_by, is_laid_down
from onrecord.layers.setting import Setting, is_open
from onrecord.layers.syntax import Tree
from onrecord.record import Status

# ---- its auxiliaries


def by_auxiliary(setting: Setting, at: int) -> Status | None:
    """What its own auxiliaries make of a verb; None where it has none that tell."""
    tree, lists, verbal = setting.tree, setting.lists, setting.lists.verbs
    auxiliaries = [tree.word(one) for one in tree.below(at, "aux", "aux:pass", "cop")]
    helpers = set(auxiliaries)
    going = bool(tree.below(at, "cop")) and tree.preposition(at) in lists.under_way
    if helpers & lists.now and (going or helpers & lists.being):
        return "ongoing"
    adjective = tree.forms(at) if not tree.is_verb(at) else set()
    if adjective & (lists.possible_by | lists.planned_by) and not helpers & lists.must:
        return "possible" if adjective & lists.possible_by else "planned"
    if helpers & (lists.will | lists.would) and _is_feared(setting, at):
        return "possible"
    if is_to(setting, [at]) and helpers & lists.is_to:
        return _of_is_to(setting, at, helpers)
    if helpers & lists.will or (tree.forms(at) & lists.be and is_to(setting, tree.below(at, "xcomp", "ccomp"))):
        return "planned"
    if helpers & lists.would:
        return _of_would(setting, at, helpers)
    if helpers & lists.may:
        return "possible"
    if helpers & lists.must or _follows_ought(setting, at):
        if helpers & lists.perfect:
            return "denied" if helpers & verbal.ought else "possible"
        return "planned" if speaks(setting, at) or is_laid_down(setting, at) else "called-for"
    if not helpers and is_imperative(setting, at):
        return "possible" if is_dare(setting, at) else "called-for"
    if tree.words[at].tag == "VBG" and not tree.below(at, "cop") and not (helpers and helpers <= lists.bare):
        return None if is_to(setting, [at]) else _progressive(setting, at, auxiliaries)
    if tree.modifiers(at) & verbal.maybe:
        return "possible"
    finite = tree.words[at].tag in ("VBD", "VBZ", "VBP") or bool(helpers - lists.bare)
    if finite and not is_to(setting, [at]) and not _shares_modal(setting, at, helpers):
        return "planned" if _is_scheduled(setting, at) else _finite(setting, at, helpers)
    return None


def _of_is_to(setting: Setting, at: int, helpers: set[str]) -> Status:
    """ "Is to meet", "was to have met", "the aim is to meet"."""
    if helpers & setting.lists.perfect:
        return "denied"
    for one in setting.tree.below(at, "nsubj", "nsubj:outer"):
        if setting.tree.forms(one) & setting.lists.verbs.aims:
            return governed_by(setting, one, "acl", to=True) or "possible"
    return "planned"


def _of_would(setting: Setting, at: int, helpers: set[str]) -> Status:
    """A future of the past where somebody says so, else what might be; "would later" is past."""
    lists, verbal = setting.lists, setting.lists.verbs
    tree = setting.tree
    if helpers & lists.perfect:
        return "denied"
    near, forms = tree.modifiers(at), tree.forms(at)
    told = _is_told(setting, at)
    if near & verbal.later and not told:
        return "happened"
    above = tree.clause_above(at)
    if above is not None and tree.forms(above) & verbal.opinions:
        return "possible"
    if near & verbal.perhaps or forms & (verbal.stances | verbal.effects):
        return "possible"
    if any(setting.tree.words[one].tag == "VBG" for one in setting.tree.below(at, "csubj", "nsubj")):
        return "possible"  # "bombing the port would send a signal"
    return "planned" if told and not _is_drafted(setting, at) else "possible"


def _is_drafted(setting: Setting, at: int) -> bool:
    """Whether it is a plan or a bill that says so, which lays down nothing yet."""
    tree = setting.tree
    parts = [one for one in tree.below(at, "obl") if tree.preposition(one) in setting.lists.by_text]
    return any(tree.forms(one) & setting.lists.verbs.drafts for one in parts)


def _follows_ought(setting: Setting, at: int) -> bool:
    """ "Ought to go", where the parser sees no auxiliary."""
    tree = setting.tree
    to = next((one for one in tree.below(at, "mark") if tree.word(one) in setting.lists.to), tree.first)
    return to > tree.first and tree.word(to - 1) in setting.lists.verbs.ought


def _shares_modal(setting: Setting, at: int, helpers: set[str]) -> bool:
    """Whether a verb shares the auxiliary of one that it is joined to, whatever form the model gives it."""
    tree = setting.tree
    above = tree.above(at)
    if (
        helpers
        or tree.words[at].relation != "conj"
        or above is None
        or (tree.own_subjects(at) != tree.own_subjects(above) and tree.below(at, "nsubj", "nsubj:pass"))
    ):
        return False
    modal = setting.lists.will | setting.lists.would | setting.lists.may | setting.lists.must
    return tree.words[at].tag == "VBP" and bool({tree.word(one) for one in tree.below(above, "aux")} & modal)


def _is_scheduled(setting: Setting, at: int) -> bool:
    """Whether a present tells of what is to come: "the summit opens on 4 May"."""
    tree = setting.tree
    if not is_present(tree, at) or not tree.forms(at) & setting.lists.verbs.scheduled:
        return False
    often = tree.modifiers(at) & setting.lists.often or _every(setting, at)
    return not often and not _is_picture(setting) and is_dated(setting, at)


def _is_feared(setting: Setting, at: int) -> bool:
    """Whether a clause tells what is feared, hoped or warned of: "fear that they would leave"."""
    above = setting.tree.above(at)
    held = above is not None and setting.tree.words[at].relation in ("ccomp", "acl", "xcomp")
    feared = setting.lists.possible_by | setting.lists.verbs.doubted_nouns
    return held and bool(setting.tree.forms(above or 0) & feared)


def _is_told(setting: Setting, at: int) -> bool:
    """Whether a verb is in what somebody is said to have said: there "would" is a future of the past."""
    tree = setting.tree
    above = tree.clause_above(at)
    while tree.words[at].relation == "conj" and above is not None:
        at, above = above, tree.clause_above(above)
    said = tree.words[at].relation in ("ccomp", "parataxis") and above is not None
    by_text = any(tree.preposition(one) in setting.lists.by_text for one in tree.below(at, "obl"))
    return said or by_text or any(tree.words[one].tag == "VBD" for one in tree.below(at, "parataxis", "ccomp"))


# ---- commands


def is_imperative(setting: Setting, at: int) -> bool:
    """Whether a verb is a command: a base form at the head of a quotation or of what follows a colon."""
    tree = setting.tree
    word = tree.words[at]
    if word.tag != "VB" or tree.below(at, "nsubj", "nsubj:pass", "csubj", "mark", "aux") or tree.is_passive(at):
        return False
    above = tree.above(at)
    if word.relation == "conj" and above is not None:
        return is_imperative(setting, above)
    first = min([at, *tree.below(at, "advmod")])
    opens = first == tree.first or tree.words[first - 1].pos == "PUNCT"
    return opens and (above is None or word.relation in ("root", "ccomp", "parataxis", "appos"))


def is_dare(setting: Setting, at: int) -> bool:
    """Whether a command is a condition: "touch it and we will shoot"."""
    tree = setting.tree
    for one in tree.below(at, "conj"):
        joined = {tree.word(two) for two in tree.below(one, "cc")}
        if joined & setting.lists.verbs.and_ and tree.below(one, "nsubj", "nsubj:pass"):
            return True
    return False


# ---- what goes on


def _progressive(setting: Setting, at: int, auxiliaries: Sequence[str]) -> Status | None:
    """ "is shelling" goes on, "is meeting him on Friday" is to come, "was shelling" is over unless so reported."""
    if not auxiliaries:
        return None
    tree, lists, helpers = setting.tree, setting.lists, set(auxiliaries)
    if is_to(setting, [at]) and helpers & lists.be:  # "is believed to be hiding"
        above = tree.above(at)
        return "ongoing" if above is not None and tree.forms(above) & lists.stated else None
    if helpers & lists.past and not _is_reported(setting, at):
        still = tree.modifiers(at) & lists.yet and not tree.below(at, "advcl")
        return "ongoing" if still else "happened"  # "were still searching"
    return "planned" if _on_day(setting, at) and not helpers & lists.perfect else "ongoing"


def _is_reported(setting: Setting, at: int) -> bool:
    """Whether somebody said then what was going on: "said that troops were shelling the town"."""
    tree, lists = setting.tree, setting.lists
    clauses = tree.below(at, "advcl", "obl", "nmod")
    if lists.past_perfect & {tree.word(one) for one in tree.below(at, "aux")} or any(
        {tree.word(two) for two in tree.below(one, "mark", "advmod", "case")} & lists.then for one in clauses
    ):
        return False
    above = tree.above(at)
    while tree.words[at].relation == "conj" and above is not None:
        at, above = above, tree.above(above)
    told = above is not None and tree.words[at].relation == "ccomp" and tree.words[above].tag not in ("VBZ", "VBP")
    return told and bool(tree.forms(above or 0) & lists.stated)


def _on_day(setting: Setting, at: int) -> bool:
    """Whether a day is named on which it is done: "is meeting the king on Friday", not "until Friday"."""
    tree, lists = setting.tree, setting.lists
    for one in tree.below(at, "obl", "obl:unmarked", "advmod", "nmod:unmarked"):
        near = {tree.word(two) for two in tree.below(one, "amod")} if is_time(setting, one) else set()
        if tree.preposition(one) in lists.until | lists.since:
            continue
        month = {tree.word(one), *(tree.word(two) for two in tree.below(one))} & lists.times
        if tree.word(one) in lists.days or near & lists.ahead_words or (month and tree.below(one, "case")):
            return True
    return False


# ---- a past or a present


def _finite(setting: Setting, at: int, helpers: set[str]) -> Status:
    tree, lists = setting.tree, setting.lists
    tag, forms = tree.words[at].tag, tree.forms(at) | {tree.word(at).removesuffix("s")}
    present = tag in ("VBZ", "VBP") or bool(helpers & lists.now)
    if present and (tree.modifiers(at) & (lists.often | lists.ongoing_words) or _every(setting, at)):
        return "ongoing"
    if helpers & lists.perfect and _since(setting, at) and not _is_counted(setting, at):
        return "happened" if tree.is_passive(at) and not forms & lists.held_by else "ongoing"
    if present and not helpers & lists.perfect:
        told = _of_open_clause(setting, at)
        if told is not None:
            return told
        return "ongoing" if not forms & lists.stances and _is_of_now(setting, at, forms) else "happened"
    return "happened"


def _of_open_clause(setting: Setting, at: int) -> Status | None:
    """A present in a clause of what is to come: "anyone who crosses will be shot", "as soon as they prove it"."""
    tree, lists = setting.tree, setting.lists
    relation, above = tree.words[at].relation, tree.above(at)
    if above is None or relation not in ("acl:relcl", "advcl"):
        return None
    main = tree.clause_above(above) if relation == "acl:relcl" or not tree.is_verb(above) else above
    if main is None:
        return None
    marks = tree.marks(at)
    if relation == "advcl":
        timed = marks & lists.assumed or tree.word(above) in lists.as_soon or tree.modifiers(main) & lists.as_soon
        if not (timed and marks) and not marks & lists.before:
            return None
        return ("possible" if timed else "planned") if _leaves_open(setting, main) else "happened"
    if tree.word(above) in lists.moments or (not is_definite(setting, above) and not _is_set_off_clause(tree, at)):
        named = tree.words[above].pos == "PROPN" and not tree.below(above, "det")
        return "possible" if not named and _leaves_open(setting, main) else None
    return None


def _leaves_open(setting: Setting, verb: int) -> bool:
    return is_open(setting.of_verb(setting, verb, 2))


def _is_set_off_clause(tree: Tree, at: int) -> bool:
    """Whether a comma stands before a relative clause."""
    return any(tree.word(one) == "," for one in tree.below(at, "punct") if one < at)


def _is_of_now(setting: Setting, at: int, forms: Set[str]) -> bool:
    """Whether a present tells what holds: in a whole sentence, of what lasts or in a clause beside the news."""
    tree, lists = setting.tree, setting.lists
    if not any(tree.word(one) in lists.full_stops for one in range(max(tree.first, tree.last - 2), tree.last)):
        return False  # a headline's present tells the past
    if _on_day(setting, at) or _is_caption(setting):
        return False
    passive = bool({tree.word(one) for one in tree.below(at, "aux:pass")} & lists.now)
    if forms & (lists.held_by if passive else lists.endures):
        return True
    relation, above = tree.words[at].relation, tree.above(at)
    if above is None:
        return False
    marks = tree.marks(at) | {tree.word(one) for one in tree.below(at, "advmod")}
    if relation in ("acl:relcl", "ccomp") or (relation == "advcl" and marks & lists.meantime):
        return True
    return relation == "conj" and tree.is_verb(above) and not passive and by_auxiliary(setting, above) == "ongoing"


def _is_caption(setting: Setting) -> bool:
    """Whether the sentence is one under a picture: marked so, or a present with the day ("…, May 4")."""
    tree, lists = setting.tree, setting.lists
    words = range(tree.first, tree.last)
    if _is_picture(setting):
        return True
    if not any(tree.above(one) is None and tree.words[one].tag in ("VBZ", "VBP") for one in words):
        return False
    return any(
        tree.word(one) in lists.days
        or (tree.word(one) in lists.times and one + 1 < tree.last and tree.words[one + 1].tag == "CD")
        for one in words
    )


def _is_picture(setting: Setting) -> bool:
    """Whether the first words mark a caption: "FILE - Guards take part in a drill in May"."""
    tree = setting.tree
    return any(tree.word(one) in setting.lists.pictures for one in range(tree.first, min(tree.first + 2, tree.last)))


def _every(setting: Setting, at: int) -> bool:
    tree = setting.tree
    return any(
        tree.word(one) in setting.lists.every
        for part in tree.below(at, "obl", "obl:unmarked", "nmod:unmarked")
        for one in tree.below(part, "det")
    )


def _since(setting: Setting, at: int) -> bool:
    tree = setting.tree
    parts = tree.below(at, "obl", "advcl", "advmod")
    if any(
        tree.preposition(one) in setting.lists.purpose and tree.word(one) in setting.lists.durations for one in parts
    ):
        return True
    return any(
        tree.word(one) in setting.lists.since and max(one, part) > at  # not "has since left"
        for part in parts
        for one in (part, *tree.below(part, "case", "mark"))
    ) or any(tree.word(one) in setting.lists.since for part in parts for one in tree.below(part, "case", "mark"))


def _is_counted(setting: Setting, at: int) -> bool:
    """Whether it is said how often or to how many it was done: "has done so 18 times since 1932"."""
    tree = setting.tree
    taken = [] if tree.forms(at) & setting.lists.held_by else tree.below(at, "obj", "nsubj:pass")
    return any(tree.below(one, "nummod") and not is_definite(setting, one) for one in taken) or any(
        tree.word(one) in setting.lists.often_done for one in tree.below(at, "obl:unmarked", "advmod")
    )
