"""How the event of a noun stands: by the words beside it, its own clauses, and the word that it is an argument of."""

from __future__ import annotations

from onrecord.layers.beside import beside_words, is_time
from onrecord.layers.governing import governed_by, under
from onrecord.layers.hanging import hangs
from onrecord.layers.negation import is_negated
from onrecord.layers.nouncourse import by_own_clause, is_lasting
from onrecord.layers.nounroles import by_refusal, hangs_on, of_argument
from onrecord.layers.setting import Setting, is_open, stands
from onrecord.record import Status


def of_noun(setting: Setting, at: int, depth: int) -> Status:
    """How the event of the noun at `at` stands; words that govern it are asked up to `depth` times."""
    tree, lists = setting.tree, setting.lists
    above, relation = tree.above(at), tree.words[at].relation
    if is_negated(setting, at):
        return _of_none(setting, at, above, depth)
    told = (
        by_refusal(setting, at, above, depth)
        or by_own_clause(setting, at, depth)
        or _by_words_beside(setting, at, above)
    )
    if told is not None:
        return told
    if above is None or depth == 0:
        return "ongoing" if above is None and is_lasting(setting, at) else "happened"
    lent = _lent(setting, at, above, depth)
    if lent is not None:
        return lent
    if relation == "compound" and tree.forms(above) & lists.texts:
        return "possible"
    if relation in ("conj", "compound", "flat"):
        upper = tree.above(above) if is_time(setting, above) else None  # "a stoppage for Thursday and a march"
        return stands(setting, above if upper is None else upper, depth - 1)
    if relation == "appos" and beside_words(tree, at) & lists.such:
        clause = tree.clause_above(above)
        return setting.of_verb(setting, clause, depth - 1) if clause is not None else "happened"
    if tree.preposition(at) in lists.amid:
        return "ongoing"
    if relation != "amod":
        return of_argument(setting, at, above, relation or "", depth)
    return "happened"


def _of_none(setting: Setting, at: int, above: int | None, depth: int) -> Status:
    """What is not there: "no talks took place" denies it, "without a deal, they will strike" leaves it open."""
    tree, lists = setting.tree, setting.lists
    relation = tree.words[at].relation
    if above is None:
        return "denied"
    late = {tree.word(two) for one in tree.below(at, "advmod") for two in (one, *tree.below(one))} | tree.modifiers(
        above
    )
    if late & lists.yet and relation in ("nsubj", "nsubj:pass", "obj"):
        return "not-yet"
    if relation in ("nsubj", "obj") and tree.marks(above) & lists.condition:
        return "possible"
    clause = tree.clause_above(at)
    if tree.preposition(at) in lists.nots and clause is not None:
        upper = setting.of_verb(setting, clause, depth - 1)
        ahead = tree.auxiliaries(clause) & (lists.will | lists.would | lists.may)
        if is_open(upper) or (upper == "denied" and ahead):
            return "possible"
    return "denied"


def _by_words_beside(setting: Setting, at: int, above: int | None) -> Status | None:
    """What the words beside a noun make of it: "a failed coup", "the planned visit", "now in its sixth year"."""
    tree, lists = setting.tree, setting.lists
    if any(tree.word(one) in lists.ahead_words and tree.below(one, "nsubj") for one in tree.below(at, "case")):
        return "planned"  # "is due to vote", where the parser sees a noun
    if above is not None and tree.words[above].relation == "case" and tree.word(above) in lists.ahead_words:
        return "planned"  # "pending an inquiry"
    if any(tree.word(one) in lists.old and tree.below(one) for one in tree.below(at, "amod")):
        return "ongoing"
    beside = beside_words(tree, at) - (lists.any_one | lists.more if above is not None else frozenset())
    if (
        above is not None
        and tree.word(above) in lists.denied_words
        and tree.words[at].relation in ("compound", "nsubj")
        and not tree.below(above, "obj")
    ):
        return "denied"  # "with the strike averted"
    when = {tree.word(two) for one in tree.below(at, "nmod:poss") for two in tree.below(one, "amod")}
    if (beside | when) & lists.past_words:
        return "happened"  # "a repeat of last year's riots"
    if any(tree.words[one].tag == "JJS" for one in tree.below(at, "amod")):
        beside -= lists.possible_words  # "the severest possible crackdown"
    tied = above is not None and hangs_on(setting, at, above) == "conditional"
    for words, status in (
        (lists.denied_words, "denied"),
        (frozenset() if tied else lists.possible_words, "possible"),
        (lists.ahead_words, "planned"),
        (lists.ongoing_words, "ongoing"),
    ):
        if beside & words:
            return status  # type: ignore[return-value]
    if _is_in_its_week(setting, at, above):
        return "ongoing"
    return "planned" if _is_next(setting, at) else None


def _is_in_its_week(setting: Setting, at: int, above: int | None) -> bool:
    """ "the strike, now in its third week": said beside the noun, or beside the verb that it is the subject of."""
    tree, lists = setting.tree, setting.lists
    near = tree.below(at, "nmod", "obl", "appos", "acl")
    if above is not None and tree.words[at].relation in ("nsubj", "nsubj:pass"):
        near = [*near, *tree.below(above, "obl"), above]
    return any(
        tree.preposition(one) in lists.under_way
        and tree.word(one) in lists.durations
        and any(tree.word(two) in lists.its for two in tree.below(one, "nmod:poss"))
        for one in near
    )


def _is_next(setting: Setting, at: int) -> bool:
    """ "his visit next week", "next week's talks", "tomorrow's vote", "a strike due on Monday"."""
    tree, lists = setting.tree, setting.lists
    parts = tree.below(at, "nmod:poss", "nmod:unmarked", "nmod")
    days = {tree.word(two) for one in parts for two in (one, *tree.below(one, "amod")) if is_time(setting, one)}
    if days & lists.ahead_words:
        return True
    behind = at + 1
    while behind < tree.last and tree.word(behind) == ",":
        behind += 1
    return behind < tree.last and tree.word(behind) in lists.due


def _lent(setting: Setting, at: int, above: int, depth: int) -> Status | None:
    """How a verb stands that the parser took for an adjective of its object: "to free pilots", "stop arming"."""
    tree, lists = setting.tree, setting.lists
    word = tree.words[at]
    if word.relation not in ("amod", "compound") or word.tag not in ("VB", "VBG", "VBP", "JJ") or at == tree.first:
        return None
    before = tree.word(at - 1)
    for modal, status in (
        (lists.will, "planned"),
        (lists.would | lists.may, "possible"),
        (lists.must, "called-for"),
    ):
        if before in modal:
            return status  # type: ignore[return-value]
    if before in lists.to:
        upper = tree.above(above)
        told = governed_by(setting, upper, "xcomp", to=True) if upper is not None else None
        if upper is None or (told is None and not tree.is_verb(upper)):  # a headline: "Court to free poet"
            return "conditional" if hangs(setting, above) else "planned"
        return under(setting, upper, told) if told is not None else "possible"
    if word.tag == "VBG" and tree.is_verb(at - 1):
        return (
            governed_by(setting, above, "xcomp", to=False)
            if above == at - 1
            else setting.of_noun(setting, above, depth - 1)
        )
    return None
