"""Whether a clause is one that something hangs on, and how its verb stands: "if he goes", "once he goes"."""

from __future__ import annotations

from onrecord.layers.beside import is_dated, is_to, word_before
from onrecord.layers.negation import is_negated
from onrecord.layers.setting import Setting, is_open
from onrecord.layers.syntax import Tree
from onrecord.record import Status


def in_condition(setting: Setting, at: int, depth: int) -> Status | None:
    """How a verb stands in a clause that something hangs on, or in one of time beside what is still to come."""
    tree, verbal = setting.tree, setting.lists.verbs
    if is_condition(setting, at):
        if not _is_unreal(setting, at):
            return "possible"
        return "happened" if is_negated(setting, at) else "denied"
    if depth == 0 or is_to(setting, [at]):
        return None
    above, relation = tree.above(at), tree.words[at].relation or ""
    if above is None:
        return None
    if relation == "conj" and of_time_clause(setting, at, above) == "possible":
        return "possible"
    if relation == "conj":
        shares = not tree.below(at, "nsubj", "nsubj:pass", "aux") or tree.marks(at) or tree.words[at].tag == "VBN"
        return in_condition(setting, above, depth - 1) if shares and is_condition(setting, above) else None
    if relation in ("ccomp", "csubj:pass", "csubj") and is_condition(setting, above):
        return "possible"
    helpers = {tree.word(one) for one in tree.below(at, "aux")}
    if relation == "acl:relcl" and is_general(setting, at) and _is_ahead(setting, above, depth):
        return "possible"
    if relation.startswith("advcl") and not helpers - setting.lists.perfect - verbal.had:
        then = of_time_clause(setting, at, above)
        before = bool(tree.marks(at) & verbal.before) and tree.words[at].tag != "VBD"
        if then is not None and (_is_in_past(tree, at, above) or _is_ahead(setting, above, depth, before=before)):
            return then
    return None


def _is_in_past(tree: Tree, at: int, above: int) -> bool:
    """Whether a present stands beside a past, so that it is to come: "told them to wait till he comes"."""
    present = tree.words[at].tag in ("VBZ", "VBP") and not tree.below(at, "aux")
    return present and tree.words[above].tag in ("VBD", "VBN") and not tree.below(above, "aux:pass")


def _is_ahead(setting: Setting, above: int, depth: int, *, before: bool = False) -> bool:
    """Whether the clause round a word is about what is still to come."""
    tree = setting.tree
    verb = above if tree.is_verb(above) or tree.below(above, "cop", "aux") else tree.clause_above(above)
    if verb is None:
        return False
    status = setting.of_verb(setting, verb, depth - 1)
    ahead = {tree.word(one) for one in tree.below(verb, "aux")}
    return is_open(status) or (
        status == "denied" and bool(before or ahead & (setting.lists.will | setting.lists.would | setting.lists.may))
    )


def of_time_clause(setting: Setting, at: int, above: int) -> Status | None:
    """What a clause of time beside what is still to come tells of: sure to come, or not."""
    tree, verbal = setting.tree, setting.lists.verbs
    links = tree.marks(at) | {tree.word(one) for one in tree.below(at, "advmod")}
    if tree.words[at].tag in ("VBG", "VB") and not tree.below(at, "aux"):
        return None
    perfect = {tree.word(one) for one in tree.below(at, "aux")} & (setting.lists.perfect | verbal.had)
    helpers = {tree.word(one) for one in tree.below(at, "aux", "aux:pass", "cop")}
    if helpers & (setting.lists.will | setting.lists.would | setting.lists.may | setting.lists.must):
        return None
    past = not perfect and (tree.words[at].tag == "VBD" or bool(helpers & setting.lists.past))
    if past and links & verbal.before and {tree.word(one) for one in tree.below(above, "aux")} & verbal.had:
        return None  # "whether they had been moved before the troops came"
    subjects = tree.own_subjects(at)
    if links & verbal.whenever:
        return "possible"
    if links & verbal.once:
        sure = any({tree.word(one), *tree.forms(one)} & verbal.sure for one in subjects)
        return "planned" if sure or is_dated(setting, at) else "possible"
    if links & verbal.when:
        chance = perfect or {tree.word(one) for one in tree.below(above, "aux")} & setting.lists.may
        return None if past else "possible" if chance else "planned"
    if links & verbal.before:
        late = (
            is_negated(setting, above)
            or past
            or any(tree.word(one) in setting.lists.must for one in tree.below(above, "aux"))
        )
        return "possible" if late else "planned"
    if links & verbal.after:
        return "possible" if perfect and not past else None if past else "planned"
    return None


# ---- what makes a condition


def is_condition(setting: Setting, at: int) -> bool:
    """Whether a clause is one that something hangs on: "if he goes", "only after he goes", "should he go"."""
    tree, lists, verbal, marks = setting.tree, setting.lists, setting.lists.verbs, setting.tree.marks(at)
    if marks & lists.condition or _is_in_case(setting, at):
        return True
    if marks & (lists.inverted | verbal.had) or _is_led(setting, at):
        return True
    above, relation = tree.above(at), tree.words[at].relation or ""
    adverbs = {tree.word(one) for one in tree.below(at, "advmod") if one < at}
    if marks & lists.only_then or adverbs & lists.only_then:
        if above is not None and _is_past(setting, at) and _is_past(setting, above):
            return False
        only = tree.modifiers(at) | (tree.modifiers(above) if above is not None and above < at else set())
        return bool(only & lists.only)
    if above is not None and _led_by(setting, at, above, relation):
        return True
    if is_were_to(setting, at):
        return True
    subject = tree.below(at, "nsubj", "nsubj:pass")
    helpers = [one for one in tree.below(at, "aux", "aux:pass", "cop") if tree.word(one) in lists.inverted | verbal.had]
    return bool(subject and helpers and not marks and helpers[0] < subject[0] and _opens(tree, helpers[0]))


def _is_led(setting: Setting, at: int) -> bool:
    """Whether the word before a clause makes it a condition: "provided that", "so long as", "the moment"."""
    tree, verbal = setting.tree, setting.lists.verbs
    marks = [one for one in tree.below(at, "mark") if one > tree.first]
    if any(
        tree.word(one - 1) in verbal.supposing | (verbal.as_long if tree.word(one) in verbal.as_ else frozenset())
        for one in marks
    ):
        return True
    if not (tree.words[at].relation or "").startswith("advcl") or tree.words[at].tag == "VBG" or is_to(setting, [at]):
        return False
    before = word_before(tree, at)
    return before in verbal.supposing | verbal.whenever or (
        not marks and before in verbal.once | verbal.instants and bool(tree.below(at, "nsubj", "nsubj:pass"))
    )


def _opens(tree: Tree, at: int) -> bool:
    """Whether a word opens a clause: at the start, behind a mark or a conjunction, not behind a question's word."""
    return at == tree.first or tree.words[at - 1].tag not in ("WRB", "WP", "RB", "RBR", "RBS")


def _is_in_case(setting: Setting, at: int) -> bool:
    tree = setting.tree
    return any(
        tree.word(two) in setting.lists.verbs.terms
        for one in tree.below(at, "mark")
        for two in tree.below(one, "fixed")
    )


def _led_by(setting: Setting, at: int, above: int, relation: str) -> bool:
    """Whether the word above a clause makes it a condition: "provided that", "as soon as", "on condition that"."""
    tree, verbal = setting.tree, setting.lists.verbs
    word = tree.word(above)
    if word in verbal.supposing and relation in ("ccomp", "advcl") and not tree.own_subjects(above):
        return True
    if word in verbal.as_long and tree.words[above].relation == "advmod" and relation == "advcl":
        return bool({tree.word(one) for one in tree.below(above, "advmod")} & (verbal.as_ | verbal.thus))
    if not relation.startswith("acl"):
        return False
    if word in verbal.terms and tree.preposition(above) in verbal.terms_by and has_that(setting, at):
        return True
    timed = (tree.words[above].relation or "").startswith("obl") and tree.preposition(above) in ("", "on", "at")
    return word in verbal.instants and timed and tree.words[at].tag != "VBG"


def _is_past(setting: Setting, at: int) -> bool:
    helpers = setting.tree.auxiliaries(at)
    return bool(helpers & (setting.lists.past | setting.lists.verbs.did)) or (
        not helpers and setting.tree.words[at].tag == "VBD"
    )


def has_that(setting: Setting, at: int) -> bool:
    """Whether a clause opens with "that", or with its subject."""
    tree = setting.tree
    words = {tree.word(one) for one in tree.below(at)}
    return bool(words & setting.lists.verbs.that) or (
        not words & setting.lists.verbs.which and bool(tree.below(at, "nsubj", "nsubj:pass"))
    )


def is_were_to(setting: Setting, at: int) -> bool:
    """ "Were he to go", wherever the parser puts the "were"."""
    tree = setting.tree
    to = next((one for one in tree.below(at, "mark") if tree.word(one) in setting.lists.to), None)
    if to is None:
        return False
    for one in range(to - 1, max(tree.first, to - 8) - 1, -1):
        if tree.word(one) in setting.lists.verbs.were:
            return one < to - 1 and (one == tree.first or tree.words[one - 1].tag in (",", ":", "IN", "CC", "``", "''"))
        if tree.is_verb(one) or tree.words[one].pos == "PUNCT":
            return False
    return False


def _is_unreal(setting: Setting, at: int) -> bool:
    """Whether a condition is one that was not met: "had he signed", "if he had asked, they would have"."""
    tree, verbal = setting.tree, setting.lists.verbs
    marked = tree.marks(at)
    if not (tree.auxiliaries(at) | marked) & verbal.had:
        return False
    above = tree.above(at)
    if not marked - verbal.had:
        return True
    words = {tree.word(one) for one in range(tree.first, tree.last)}
    return bool(marked & setting.lists.condition and above is not None and words & setting.lists.would)


def is_general(setting: Setting, at: int) -> bool:
    """Whether a relative clause tells of whoever or whatever does it: "anyone who crosses", "a deal that ends"."""
    tree, verbal = setting.tree, setting.lists.verbs
    noun = tree.above(at)
    helpers = {tree.word(one) for one in tree.below(at, "aux", "aux:pass")}
    present = tree.words[at].tag in ("VBZ", "VBP") or bool(helpers & setting.lists.now)
    past = tree.words[at].tag == "VBD" and not helpers and noun is not None and _is_supposed(setting, noun)
    past = past or (tree.words[at].tag == "VBD" and not helpers and noun is not None and _is_ordered(setting, noun))
    if (
        noun is None
        or not (present or past)
        or helpers & (setting.lists.will | setting.lists.would | setting.lists.may)
    ):
        return False
    kinds = {tree.word(noun)} | {tree.word(one) for one in tree.below(noun, "det")}
    if kinds & verbal.anyone:
        return present or bool(kinds & verbal.any)
    subjects = {tree.word(one) for one in tree.below(at, "nsubj", "nsubj:pass")}
    if not present or not subjects & verbal.relatives or tree.words[at - 1].pos == "PUNCT":
        return False
    if kinds & verbal.articles:
        return tree.words[noun].relation in ("nsubj", "nsubj:pass") or _is_supposed(setting, noun)
    return tree.words[noun].tag == "NNS" and not tree.below(noun, "det", "nummod", "nmod:poss", "amod")


def _is_ordered(setting: Setting, at: int) -> bool:
    """Whether the verb above "any …" is one for what is to be done: "ordered to fire on any ship that entered"."""
    verb, tree = setting.tree.clause_above(at), setting.tree
    return (
        verb is not None
        and any(tree.word(one) in setting.lists.verbs.any for one in tree.below(at, "det"))
        and setting.of_verb(setting, verb, 2) == "planned"
    )


def _is_supposed(setting: Setting, at: int) -> bool:
    """Whether the verb above a word is one with "would" or "could"."""
    verb = setting.tree.clause_above(at)
    helpers = {setting.tree.word(one) for one in setting.tree.below(verb, "aux")} if verb is not None else set()
    return bool(helpers & (setting.lists.would | setting.lists.verbs.can))
