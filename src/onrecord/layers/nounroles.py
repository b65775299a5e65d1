"""How the event of a noun stands by the word that it is an argument of: what is done, what begins, what is hung on."""

from __future__ import annotations

from collections.abc import Set

from onrecord.layers.beside import beside_words, is_definite, is_gerund, is_taken
from onrecord.layers.governing import governed_by, under
from onrecord.layers.hanging import hangs
from onrecord.layers.negation import is_negated
from onrecord.layers.nouncourse import by_course, by_own_clause, is_lasting
from onrecord.layers.setting import Setting, is_open
from onrecord.layers.syntax import Tree
from onrecord.layers.upper import within
from onrecord.record import Status

_SUBJECT = ("nsubj", "nsubj:pass", "nsubj:outer")


def of_argument(setting: Setting, at: int, above: int, relation: str, depth: int) -> Status:
    """How a noun stands by the word that it is an argument of."""
    told = (
        hangs_on(setting, at, above)
        or _as_whatever(setting, at, above, relation)
        or _by_exchange(setting, at, above, depth)
        or _by_end(setting, at, above, depth)
        or _by_call(setting, at, above, relation, depth)
        or _as_subject(setting, at, above, relation, depth)
        or _by_governing_word(setting, at, above, relation, depth)
    )
    tree = setting.tree
    if told is not None:
        return told
    told = _by_time(setting, at, above, relation, depth) or _in_scope(setting, at, above, relation, depth)
    if told is not None:
        return told
    part = not tree.is_verb(above) and tree.preposition(at) in setting.lists.of
    if part and (is_negated(setting, above) or tree.word(above) in setting.lists.nots):
        return "denied" if tree.word(above) in setting.lists.nots else setting.of_noun(setting, above, depth - 1)
    if beside_words(tree, at) & setting.lists.any_one:
        return "possible"
    if beside_words(tree, at) & setting.lists.more:
        return "planned"
    if is_lasting(setting, at) and _lasts(setting, at, above, relation):
        return "ongoing"
    return setting.of_noun(setting, above, depth - 1) if part else "happened"


# ---- what is refused, ended, hung on


def by_refusal(setting: Setting, at: int, above: int | None, depth: int) -> Status | None:
    """What an object is that is refused, prevented or called off: denied, if the verb itself came about."""
    lists = setting.lists
    tree = setting.tree
    if above is None or not is_taken(tree, at):
        return None
    forms = tree.forms(above)
    if forms & lists.spared_by and not is_definite(setting, at):
        return "denied"  # "escaped arrest"
    loose = [tree.word(one) for one in tree.below(at, "advmod")]  # "called the march off"
    if not (forms | {f"{form} {word}" for form in forms for word in loose}) & lists.denied_by:
        return None
    if tree.forms(at) & lists.said_acts:
        return "happened"  # "rejected the offer": it was made
    upper = setting.of_verb(setting, above, depth - 1) if depth > 0 else "happened"
    if upper in ("happened", "ongoing"):
        return "denied"
    if upper in ("denied", "not-yet"):
        return "happened" if is_definite(setting, at) and not forms & lists.excludes else "possible"
    return by_own_clause(setting, at, depth) or ("planned" if is_definite(setting, at) else "possible")


def _by_end(setting: Setting, at: int, above: int, depth: int) -> Status | None:
    """What is to be stopped still goes on: "urged them to halt the raids", "calls for an end to the war"."""
    tree, lists = setting.tree, setting.lists
    if not tree.forms(above) & lists.ended_by:
        return None
    if tree.is_verb(above):
        if not is_taken(tree, at):
            return None
        upper = setting.of_verb(setting, above, depth - 1)
    elif tree.preposition(at) in lists.end_of:
        upper = setting.of_noun(setting, above, depth - 1)
    else:
        return None
    return "ongoing" if is_open(upper) or upper in ("denied", "ongoing") else "happened"


def hangs_on(setting: Setting, at: int, above: int) -> Status | None:
    """ "the deal depends on the release": the one is conditional, the other possible."""
    tree, lists = setting.tree, setting.lists
    tied = tree.words[above].relation in ("acl", "amod") or tree.words[above].pos in ("NOUN", "PROPN")
    if not tree.forms(above) & lists.hangs_on or tied:
        return None  # "men linked to the raid"
    if tree.words[at].relation in _SUBJECT:
        behind = [one for one in tree.below(above, "obl", "advcl") if tree.preposition(one) in lists.hung]
        return "conditional" if behind else None
    return "possible" if tree.preposition(at) in lists.hung or lists.to & _links(tree, at, above) else None


def _as_whatever(setting: Setting, at: int, above: int, relation: str) -> Status | None:
    """ "Any attempt would be met with force" hangs on an attempt."""
    tree, lists = setting.tree, setting.lists
    ahead = {tree.word(one) for one in tree.below(above, "aux")} & (lists.will | lists.would)
    whatever = relation in _SUBJECT and ahead and beside_words(tree, at) & lists.any_one
    return "possible" if whatever and not is_negated(setting, above) else None


def _links(tree: Tree, at: int, above: int) -> set[str]:
    """The prepositions of a noun, and those that the parser put with the word above ("subject to")."""
    return {tree.word(one) for one in (*tree.below(at, "case"), *tree.below(above, "fixed"))}


def _by_exchange(setting: Setting, at: int, above: int, depth: int) -> Status | None:
    """ "in return for the release", "in the event of a strike", "without a truce", "barring a hitch"."""
    tree, lists = setting.tree, setting.lists
    forms = tree.forms(above)
    if forms & lists.event_of and tree.preposition(at) in lists.of | lists.under_way:
        return "possible"
    traded = forms & lists.traded or any(tree.word(two) in lists.traded for two in tree.below(at, "case", "fixed"))
    traded = traded or any(tree.word(one - 1) in lists.traded for one in tree.below(at, "case") if one > tree.first)
    lacking = tree.preposition(at) in lists.lacking or tree.word(above) in lists.lacking
    if not (traded and _links(tree, at, above) & lists.purpose) and not lacking:
        return None
    clause = tree.clause_above(at if lacking and tree.word(above) not in lists.lacking else above)
    if clause is not None and is_open(setting.of_verb(setting, clause, depth - 1)):
        return "possible"
    return "denied" if lacking else "happened"


def _by_call(setting: Setting, at: int, above: int, relation: str, depth: int) -> Status | None:
    """ "pushed for a truce", "called a strike", "wants a vote", "demands for their release are met"."""
    tree, lists = setting.tree, setting.lists
    lemmas, link = tree.forms(above), tree.preposition(at)
    if (link in lists.purpose and lemmas & lists.called_for) or (link in lists.over and lemmas & lists.pressed):
        return under(setting, above, "called-for")
    if is_taken(tree, at) and lemmas & lists.convened_by and not lemmas & lists.denied_by:
        named = tree.below(at, "nmod:poss") or {tree.word(one) for one in tree.below(at, "det")} & lists.definite
        return "happened" if named or _is_named(tree, above) else within(setting, above, "planned", depth)
    if relation == "obj" and lemmas & lists.wanted:
        return within(setting, above, "called-for", depth)
    if link in lists.purpose and tree.is_verb(above):  # "hopes fade for his release"
        for one in tree.below(above, "nsubj", "nsubj:pass"):
            if tree.forms(one) & (lists.called_by | lists.possible_by):
                return governed_by(setting, one, "nmod", to=False)
    return None


def _is_named(tree: Tree, at: int) -> bool:
    """Whether a verb says what its object is: "called the raid a crime"."""
    return bool(tree.below(at, "xcomp")) or len(tree.below(at, "obj", "iobj")) > 1


# ---- as a subject


def _as_subject(setting: Setting, at: int, above: int, relation: str, depth: int) -> Status | None:
    """What begins, goes on or fails stands by its verb: "talks will resume", "the siege continues"."""
    tree, lists = setting.tree, setting.lists
    if relation not in _SUBJECT:
        return None
    verb = above
    if tree.forms(above) & lists.have_to and tree.below(above, "xcomp"):  # "has yet to begin"
        verb = tree.below(above, "xcomp")[0]
    upper = setting.of_verb(setting, verb, depth - 1)
    course = by_course(setting, verb, "possible" if tree.preposition(at) in lists.until else upper)
    if course is not None:
        return course
    there = bool(tree.below(above, "expl")) and tree.words[above].tag in ("VBZ", "VBP")
    if (upper == "ongoing" or there) and is_lasting(setting, at):
        return "ongoing"
    if tree.modifiers(above) & lists.ongoing_words and upper == "happened":
        return "ongoing"  # "the search was still on"
    for one in tree.below(above, "xcomp"):
        if not tree.is_verb(one) and not tree.below(one, "mark"):  # "a strike looks likely"
            told = governed_by(setting, one, "nmod", to=False)
            if told is not None:
                return "denied" if is_negated(setting, one) else told
    if tree.word(above) in lists.question and any(tree.word(one) in lists.out for one in tree.below(above, "case")):
        return "denied"  # "a truce is out of the question"
    if not tree.below(above, "cop") or (is_definite(setting, at) and tree.below(above, "xcomp", "ccomp", "advcl")):
        return None  # "the seizure is likely to anger them"
    if {tree.word(one) for one in tree.below(above, "cop")} & lists.past:
        return None
    forms = tree.forms(above)
    if forms & (lists.called_by | lists.possible_by | lists.planned_by):
        if is_negated(setting, above):
            return "denied"
        return upper if upper != "happened" else governed_by(setting, above, "nmod", to=False)
    return None


# ---- by the word above, whatever the role


def _by_governing_word(setting: Setting, at: int, above: int, relation: str, depth: int) -> Status | None:
    """ "the risk of an attack", "plans for a vote", "agreed on a truce", "a ban on rallies"."""
    tree, lists = setting.tree, setting.lists
    forms, link = tree.forms(above), tree.preposition(at)
    if forms & lists.outrages_by and tree.forms(at) & lists.outrages and is_definite(setting, at):
        return "happened" if tree.is_verb(above) else None  # "ordered the murder", "debated the killing"
    if link in lists.over and forms & lists.argued and not tree.forms(at) & lists.outrages:
        return "possible"  # "negotiated over the return", "differences over the release"
    if forms & lists.faced and is_taken(tree, at) and tree.forms(at) & lists.gatherings:
        return "planned"
    if link in lists.kept_from and forms & lists.kept_from and not tree.below(above, "obj"):
        return under(setting, above, "denied")  # "is holding back from violence"
    if link in lists.under_way and forms & lists.engaged:
        return "ongoing"  # "is involved in negotiations"
    if not tree.is_verb(above) and forms & lists.doers:
        return None  # "a suspect of the attack"
    if link in lists.purpose and forms & lists.tried_by and tree.is_verb(above) and tree.forms(at) & lists.outrages:
        return "happened"  # "should be tried for the murder"
    if forms & lists.series and link in lists.of:
        return setting.of_noun(setting, above, depth - 1)
    if not is_taken(tree, at) and relation != "nmod" and link not in lists.governs:
        return None
    if forms & lists.idle and forms & lists.planned_by <= lists.idle:
        return None
    told = governed_by(setting, above, relation, to=False)
    if told is None or (relation == "nsubj:pass" and told == "possible"):
        return None
    if told == "possible" and forms & lists.verbs.weighs and is_definite(setting, at) and is_lasting(setting, at):
        return "ongoing"  # "will discuss the dispute"
    if told == "possible" and link in lists.against and is_definite(setting, at):
        return None  # "campaigned against the invasion"
    ordered = told == "planned" and tree.is_verb(above) and not forms & lists.expects
    if ordered and setting.of_verb(setting, above, depth - 1) in ("possible", "called-for"):
        return "possible"  # "asked it to authorise a strike"
    if told == "possible" and (forms & lists.offers or _is_date(setting, above)):
        return told
    if _is_date(setting, above):
        return "planned"
    if told == "planned" and link in lists.over and forms & lists.verdicts and is_negated(setting, above):
        return "possible"  # "no decision on a strike"
    if tree.is_verb(above) and is_open(told):
        upper = setting.of_verb(setting, above, depth - 1)
        if upper == "denied":
            return "possible" if forms & lists.verbs.weighs else "denied"
        if upper == "happened" and hangs(setting, above):
            return "conditional"  # "threatened a strike unless"
    return under(setting, above, told)


def _is_date(setting: Setting, at: int) -> bool:
    """ "no date has been set for the vote": it is to come all the same."""
    tree = setting.tree
    return bool(tree.forms(at) & setting.lists.dates) or any(
        tree.forms(one) & setting.lists.dates for one in tree.below(at, "obj", "nsubj:pass")
    )


# ---- by the verb that carries it


def _by_time(setting: Setting, at: int, above: int, relation: str, depth: int) -> Status | None:
    """ "before the vote", "during the visit next month", "flew to Geneva for talks", "remains under siege"."""
    tree, lists = setting.tree, setting.lists
    link = tree.preposition(at)
    if link in lists.under_way and tree.forms(above) & lists.lasting:
        return "ongoing"
    state = link in lists.states_in and is_lasting(setting, at) and not tree.below(at, "det")
    if state and (relation == "nmod" or _is_set_off(tree, at)):
        return "ongoing"  # "the premier, under siege, …", "men on trial"
    clause = tree.clause_above(at)
    if clause is None or link not in lists.purpose | lists.before | lists.meanwhile:
        return None
    upper = setting.of_verb(setting, clause, depth - 1)
    if link in lists.before and tree.forms(at) & lists.gatherings and tree.below(clause, "expl"):
        return "planned"  # "there is little hope of a deal before the elections"
    if link in lists.purpose:
        going = tree.forms(clause) & lists.travels and tree.forms(at) & lists.gatherings
        if upper in ("planned", "conditional", "not-yet"):
            return upper
        return "planned" if going and upper == "happened" and not is_definite(setting, at) else None
    if not is_open(upper) or (is_lasting(setting, at) and is_definite(setting, at)):
        return None
    if link in lists.before:
        return "planned" if is_definite(setting, at) else "possible"
    return upper if upper == "planned" or not is_definite(setting, at) else None


def _is_set_off(tree: Tree, at: int) -> bool:
    """Whether a phrase stands between commas."""
    first = min(tree.below(at, "case"), default=at)
    return first > tree.first and tree.word(first - 1) == ","


def _in_scope(setting: Setting, at: int, above: int, relation: str, depth: int) -> Status | None:
    """What is done stands as the verb that does it; what is only spoken of ("the …") stands by itself."""
    tree, lists = setting.tree, setting.lists
    if not tree.is_verb(above) and not tree.below(above, "cop"):
        return None
    forms, link = tree.forms(above), tree.preposition(at)
    if forms & lists.speaks_of:
        return None  # "did not mention the sanctions"
    if relation == "nsubj:pass" and tree.marks(above) & lists.asked and is_definite(setting, at):
        return "happened"  # "whether the blast was caused by gas"
    upper = setting.of_verb(setting, above, depth - 1)
    taken = is_taken(tree, at)
    helpers = {tree.word(one) for one in tree.below(above, "aux")}
    if upper == "possible" and _is_known(setting, at, above, relation):
        return "happened"
    if taken and (told := _known_to_come(setting, at, forms, helpers, upper)) is not None:
        return told
    if link in lists.under_way and forms & lists.attends and tree.forms(at) & lists.gatherings and is_open(upper):
        return "planned"  # "will take part in the poll if"
    if upper in ("denied", "not-yet") and is_definite(setting, at) and tree.forms(at) & lists.said_acts:
        return "happened"  # "did not carry out the threat"
    if forms & lists.brings and (relation == "obj" or link in lists.into) and upper not in ("happened", "ongoing"):
        return upper
    if link in lists.verbs.with_ and forms & lists.met_with:
        return upper  # "will be met with a strike"
    if forms & (lists.like_it | lists.goes_on_by) and (taken or relation == "nsubj"):
        return upper if not (relation == "obj" and upper == "ongoing" and forms & lists.attends) else "ongoing"
    if taken and forms & lists.carriers:
        return upper
    if not is_open(upper) and upper != "denied":
        return None
    if (taken or relation == "obl:agent") and not is_definite(setting, at):
        return upper if not (upper == "denied" and forms & (lists.possible_by | lists.planned_by)) else "possible"
    if taken and tree.forms(at) & lists.gatherings:
        return "planned"
    if relation == "nsubj" and not (is_lasting(setting, at) and is_definite(setting, at)):
        if helpers & (lists.would | lists.may) or (
            tree.marks(above) & lists.condition and not is_definite(setting, at)
        ):
            return "possible"
        if upper == "planned" and (tree.forms(at) & lists.gatherings or not is_definite(setting, at)):
            return "planned"
    return None


def _known_to_come(setting: Setting, at: int, forms: Set[str], helpers: Set[str], upper: Status) -> Status | None:
    """What is to come, or goes on, whatever is done about it: "whether he would attend the summit"."""
    lists, known = setting.lists, is_definite(setting, at)
    if forms & lists.attends and helpers & (lists.will | lists.would):
        summit = upper == "possible" and known and setting.tree.forms(at) & lists.gatherings
        if summit or upper == "denied":
            return "planned"  # "will not attend the funeral"
    longer = forms & lists.prolonged_by and is_open(upper) and known and is_lasting(setting, at)
    return "ongoing" if longer else None  # "may extend the truce"


def _is_known(setting: Setting, at: int, above: int, relation: str) -> bool:
    """Whether a deed is one that was done, in what is only possible: "the killing of the cleric could provoke
    reprisals", "is suspected of carrying out the attack", "may have ordered the murder"."""
    tree, lists = setting.tree, setting.lists
    if not tree.forms(at) & (lists.outrages | lists.deeds) or not is_definite(setting, at):
        return False
    if relation == "nsubj":
        feared = (
            tree.words[above].relation in ("acl", "ccomp")
            and tree.forms(tree.above(above) or 0) & lists.verbs.doubted_nouns
        )
        may = tree.auxiliaries(above) & lists.may
        return bool((may or feared) and tree.forms(above) & (lists.verbs.effects | lists.brings))
    if not is_taken(tree, at):
        return False
    over = tree.above(above)
    suspected = over is not None and is_gerund(tree, above) and tree.forms(over) & lists.verbs.believed
    return bool(suspected or tree.auxiliaries(above) & lists.perfect)


# ---- of what lasts


def _lasts(setting: Setting, at: int, above: int, relation: str) -> bool:
    """Whether what is said with a lasting thing is said of now: "has killed", "to end", not "killed", "of 1943"."""
    tree, lists = setting.tree, setting.lists
    dated = tree.below(at, "nmod", "nummod", "compound", "amod")
    if tree.preposition(at) in lists.gone or any(tree.words[one].tag == "CD" for one in dated):
        return False
    if relation == "obl:agent":
        return True
    if not is_definite(setting, at) and relation != "nsubj" and tree.below(at, "det"):
        return False
    verb = above if tree.is_verb(above) or tree.below(above, "cop") else tree.clause_above(above)
    if verb is None:
        return True
    helpers = {tree.word(one) for one in tree.below(verb, "aux", "aux:pass", "cop")}
    if tree.words[verb].tag == "VBN" and not helpers:
        return False
    return tree.words[verb].tag != "VBD" and not helpers & lists.past
