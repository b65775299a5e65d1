"""How the event of a verb stands: by its form, by the clause that it heads, and by what governs it."""

from __future__ import annotations

from collections.abc import Set

from onrecord.layers.beside import is_present, is_taken, is_to
from onrecord.layers.calls import is_wanted
from onrecord.layers.conditions import in_condition
from onrecord.layers.governing import is_laid_down
from onrecord.layers.governors import by_governor
from onrecord.layers.hanging import hangs
from onrecord.layers.negation import is_negated
from onrecord.layers.setting import Setting, stands
from onrecord.layers.syntax import Tree
from onrecord.layers.verbforms import by_auxiliary, is_imperative
from onrecord.record import Status


def of_verb(setting: Setting, at: int, depth: int) -> Status:
    """How the event of the verb at `at` stands; words that govern it are asked up to `depth` times."""
    lists = setting.lists
    tree = setting.tree
    marks = tree.marks(at)
    if (marks | _led(tree, at)) & lists.ahead_words:
        return "denied" if tree.auxiliaries(at) & lists.verbs.had else "planned"
    held = in_condition(setting, at, depth)
    if held is not None:
        return held
    if marks & lists.chance and not _has_ended(setting, at, marks):
        return "possible"
    above = tree.above(at)
    if (
        above is not None
        and marks & lists.verbs.before
        and (before := _of_before(setting, at, above, depth)) is not None
    ):
        return before
    if _shares_chance(setting, at, above):
        return "possible"
    negated = is_negated(setting, at)
    if _is_awaited(setting, at, negated=negated):
        return "not-yet"
    if negated:
        return _of_negated(setting, at)
    if above is not None and is_wanted(setting, at, above):
        return "denied" if is_negated(setting, above) else "called-for"
    own = _by_clause(setting, at) or by_auxiliary(setting, at)
    status = own or by_governor(setting, at, depth)
    if status == "happened" and is_present(tree, at) and above is not None and is_imperative(setting, above):
        return "conditional"
    if status in ("planned", "possible"):
        return "conditional" if hangs(setting, at) else status
    if status in ("happened", "ongoing") and is_present(tree, at) and _hangs_on_if(setting, at):
        return "conditional"
    return status


def _led(tree: Tree, at: int) -> set[str]:
    """The "due" of "are due to meet", where the parser sees a preposition."""
    cases = tree.below(at, "case") if tree.below(at, "cop", "aux", "mark") else []
    return {tree.word(one) for one in cases if tree.below(one, "fixed")}


def _of_before(setting: Setting, at: int, above: int, depth: int) -> Status | None:
    """ "Fled before he could be tried" denies it; "must approve it before it can begin" makes it hang."""
    helpers = setting.tree.auxiliaries(at)
    if not helpers & (setting.lists.verbs.can | setting.lists.will | setting.lists.would):
        return None
    upper = setting.of_verb(setting, above, depth - 1) if depth > 0 else "happened"
    if helpers & setting.lists.would and not helpers & setting.lists.verbs.can:
        return upper if upper == "planned" else None
    return "denied" if upper in ("happened", "ongoing") else "conditional"


def _shares_chance(setting: Setting, at: int, above: int | None) -> bool:
    """Whether a verb is the second half of a clause with "whether"."""
    tree = setting.tree
    if above is None or tree.words[at].relation != "conj" or tree.below(at, "nsubj", "nsubj:pass"):
        return False
    return bool(tree.marks(above) & setting.lists.verbs.whether)


def _is_awaited(setting: Setting, at: int, *, negated: bool) -> bool:
    """Whether it is said not to have taken place so far: "has not yet", "has so far not", "has yet to"."""
    tree, lists, verbal = setting.tree, setting.lists, setting.lists.verbs
    above = tree.above(at)
    near = tree.modifiers(at) | ({tree.word(above)} if above is not None else set())
    if near & lists.yet and (negated or is_to(setting, [at])):
        return True
    if any(
        tree.word(one - 1) in lists.yet
        for one in tree.below(at, "mark")
        if tree.word(one) in lists.to and one > tree.first
    ):
        return True
    if (
        above is not None
        and is_to(setting, [at])
        and tree.forms(above) & lists.have_to
        and tree.modifiers(above) & lists.yet
    ):
        return True
    helpers = {tree.word(one) for one in tree.below(at, "aux", "aux:pass")}
    if is_to(setting, [at]):
        return bool(above is not None and tree.forms(above) & verbal.remains and helpers & lists.be)
    if not negated or not helpers & (lists.perfect | verbal.had):
        return False
    so_far = [one for one in tree.below(at, "advmod") if tree.word(one) in verbal.so_far]
    if any({tree.word(two) for two in tree.below(one)} & verbal.thus for one in so_far):
        return True
    return any(tree.preposition(one) in verbal.as_of for one in tree.below(at, "obl", "obl:unmarked"))


def _of_negated(setting: Setting, at: int) -> Status:
    """What is said not to be so is denied, but for what "should not have" been done, which was, and what others
    "must not" do, which is wanted of them."""
    tree, lists = setting.tree, setting.lists
    helpers = {tree.word(one) for one in tree.below(at, "aux")}
    if helpers & lists.verbs.ought and helpers & lists.perfect:
        return "happened"
    if helpers & lists.would and helpers & lists.perfect and hangs(setting, at):
        return "happened"  # "had they come, the crowd would not have fled"
    return "called-for" if helpers & lists.must and not helpers & lists.perfect else "denied"


def _hangs_on_if(setting: Setting, at: int) -> bool:
    return any(setting.tree.marks(one) & setting.lists.condition for one in setting.tree.below(at, "advcl"))


def _has_ended(setting: Setting, at: int, marks: set[str]) -> bool:
    """Whether a clause with "until" tells what came about: "fought until the army left"."""
    tree, lists, above = setting.tree, setting.lists, setting.tree.above(at)
    helpers = {tree.word(one) for one in tree.below(at, "aux", "aux:pass")}
    ahead = {tree.word(one) for one in tree.below(above, "aux")} if above is not None else set()
    past = tree.words[at].tag == "VBD" or bool(helpers & lists.past)
    if not marks & lists.until or not past or ahead & (lists.will | lists.would):
        return False
    undone = above is not None and is_to(setting, [above]) and stands(setting, above, 2) != "happened"
    return not undone  # "refused to sail until they were paid"


# ---- what governs its clause


def _by_clause(setting: Setting, at: int) -> Status | None:
    """What the governor of a whole clause makes of it: denied, suspected, wished; None where it says nothing."""
    tree, lists = setting.tree, setting.lists
    above, relation = tree.above(at), tree.words[at].relation or ""
    if relation == "advcl" and tree.marks(at) & lists.verbs.that:
        relation = "ccomp"  # "have not ruled out that he was poisoned"
    if above is None or is_to(setting, [at]) or not relation.startswith(("ccomp", "csubj", "acl", "parataxis", "conj")):
        return None
    forms = tree.forms(above)
    if relation == "conj":
        wishes = tree.is_verb(above) and bool(tree.marks(at)) and bool(forms & (lists.wished_that | lists.called_by))
        if wishes and _is_wish(setting, at, above, forms):
            return _of_wish(setting, above, forms)
        return _by_clause(setting, above) if _shares_that(tree, at, above) else None
    if relation.startswith("acl") and forms & lists.time and tree.below(above, "cop"):
        return "called-for" if tree.words[at].tag == "VBD" else None
    if relation != "parataxis" and _is_disowned(setting, at, above, relation):
        return "denied"
    if _is_wish(setting, at, above, forms):
        return _of_wish(setting, above, forms)
    if relation in ("acl:relcl", "parataxis") and not (relation == "acl:relcl" and tree.marks(at) & lists.verbs.that):
        return None
    relation = "acl" if relation == "acl:relcl" else relation
    negated = is_negated(setting, above)
    if negated and forms & lists.verbs.open_when_denied and not _own_future(setting, at) and not _asks(tree, at):
        return "possible"
    if negated and forms & lists.verbs.open_when_denied and _own_future(setting, at) and _asks(tree, at):
        return "possible"  # "is not sure how they will vote"
    if relation == "acl":
        return _by_noun(setting, at, above, forms)
    if negated and forms & lists.verbs.suggests and not _asks(tree, at):
        return "denied"
    return "possible" if forms & lists.doubted_by and not negated else None


def _asks(tree: Tree, at: int) -> bool:
    """Whether a clause asks who, what or where: "said who had fired"."""
    return any((tree.words[one].tag or "").startswith("W") for one in tree.below(at))


def _own_future(setting: Setting, at: int) -> bool:
    helpers = {setting.tree.word(one) for one in setting.tree.below(at, "aux")}
    return bool(helpers & (setting.lists.will | setting.lists.would))


def _shares_that(tree: Tree, at: int, above: int) -> bool:
    """Whether a verb is the second half of a clause with "that": "that it be halved and the head replaced"."""
    if tree.marks(at):
        return True
    if tree.below(at, "aux", "aux:pass") or not tree.marks(above):
        return False
    tag = tree.words[at].tag
    gapped = tag == "VBN" or (tag == "VBD" and bool(tree.below(at, "nsubj", "nsubj:pass")))
    return tag == "VB" or (gapped and bool(tree.below(above, "aux:pass", "nsubj:pass")))


def _is_disowned(setting: Setting, at: int, above: int, relation: str) -> bool:
    """Whether somebody says that it is not so: "denied that", "dismissed reports that"."""
    tree, lists = setting.tree, setting.lists
    report = tree.above(above) if relation == "acl" and is_taken(tree, above) else None
    if relation == "acl:relcl" or is_negated(setting, above):
        return False
    over = tree.above(above) if relation == "acl" else above
    if over is not None and tree.word(over) in lists.verbs.untrue and tree.below(over, "cop"):
        return not is_negated(setting, over)
    return bool(tree.forms(above if report is None else report) & lists.disowned_by) and not (
        report is not None and is_negated(setting, report)
    )


def _is_wish(setting: Setting, at: int, above: int, forms: Set[str]) -> bool:
    """Whether a clause has the form of a wish: "that it be done", "that he go"."""
    tree, lists, verbal = setting.tree, setting.lists, setting.lists.verbs
    helpers = {tree.word(one) for one in tree.below(at, "aux", "aux:pass", "cop")}
    if not helpers <= lists.be or not (tree.marks(at) or helpers):
        return False
    singular = any(
        tree.words[one].tag in ("NN", "NNP") or tree.word(one) in verbal.singular for one in tree.own_subjects(at)
    )
    past = tree.words[above].tag in ("VBD", "VBN")
    tag = "VBP" if tree.words[at].tag == "VBD" and tree.word(at) in verbal.alike else tree.words[at].tag
    opened = tree.words[at].relation != "acl:relcl" or bool(tree.marks(at) & verbal.that)
    bare = bool(helpers) or tag == "VB" or (tag == "VBP" and opened and (singular or past))
    if forms & verbal.demanded_that:
        return bare or tag == "VBP"
    return bare and bool(
        forms & (lists.wished_that | verbal.wished_clauses | verbal.ordered_that | verbal.proposed_that) or helpers
    )


def _of_wish(setting: Setting, above: int, forms: Set[str]) -> Status:
    told: Status = "called-for"
    if forms & setting.lists.verbs.proposed_that:
        told = "possible"
    elif forms & setting.lists.verbs.ordered_that or is_laid_down(setting, above):
        told = "planned"
    return "denied" if is_negated(setting, above) else told


def _by_noun(setting: Setting, at: int, above: int, forms: Set[str]) -> Status | None:
    """What a noun makes of a clause behind it: "no evidence that", "speculation that"."""
    tree, verbal = setting.tree, setting.lists.verbs
    verb = tree.above(above)
    unfound = verb is not None and tree.words[above].relation in ("nsubj:pass", "nsubj") and is_negated(setting, verb)
    if verb is not None and tree.forms(verb) & verbal.open_when_denied and is_negated(setting, verb):
        return "possible"  # "did not confirm a report that they fled"
    if forms & verbal.proof and (is_negated(setting, above) or unfound):
        return "denied"
    return "possible" if forms & verbal.doubted_nouns else None
