"""How an event stands by the syntax round its predicate: its auxiliaries, and the words that govern it."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from onrecord.layers.syntax import Tree
from onrecord.record import Span, Status


class StatusWords(msgspec.Struct, frozen=True, kw_only=True):
    """The lists of `lang/<language>/status.toml`, which says what each is for."""

    will: frozenset[str]
    would: frozenset[str]
    may: frozenset[str]
    must: frozenset[str]
    have_to: frozenset[str]
    nots: frozenset[str]
    yet: frozenset[str]
    first_person: frozenset[str]
    condition: frozenset[str]
    chance: frozenset[str]
    planned_by: frozenset[str]
    possible_by: frozenset[str]
    called_by: frozenset[str]
    denied_by: frozenset[str]
    like_it: frozenset[str]
    goes_on_by: frozenset[str]
    ahead_words: frozenset[str]
    possible_words: frozenset[str]
    ongoing_words: frozenset[str]
    denied_words: frozenset[str]
    often: frozenset[str]
    amid: frozenset[str]
    since: frozenset[str]
    every: frozenset[str]
    days: frozenset[str]
    toward: frozenset[str]
    by_text: frozenset[str]
    of: frozenset[str]
    to: frozenset[str]
    be: frozenset[str]
    bare: frozenset[str]
    past: frozenset[str]
    now: frozenset[str]
    perfect: frozenset[str]
    endings: frozenset[str]
    purpose: frozenset[str]
    texts: frozenset[str]
    is_to: frozenset[str]
    going: frozenset[str]
    wanted_of: frozenset[str]
    time: frozenset[str]
    wished_that: frozenset[str]
    doubted_by: frozenset[str]
    disowned_by: frozenset[str]
    kept_from: frozenset[str]
    short: frozenset[str]
    awaited_by: frozenset[str]
    laws: frozenset[str]
    provided_by: frozenset[str]
    done_at: frozenset[str]
    behind: frozenset[str]
    longer: frozenset[str]
    only: frozenset[str]
    only_then: frozenset[str]
    inverted: frozenset[str]
    lasting: frozenset[str]
    durations: frozenset[str]
    old: frozenset[str]
    under_way: frozenset[str]
    being: frozenset[str]
    definite: frozenset[str]
    open_to: frozenset[str]
    given_by: frozenset[str]
    convened_by: frozenset[str]
    runs: frozenset[str]
    until: frozenset[str]
    carried_to: frozenset[str]
    brings: frozenset[str]
    called_for: frozenset[str]


# How far up the governing words are asked.
_DEPTH = 5


class Governed:
    """The statuses of the predicates of one sentence, from what governs them and what they govern."""

    def __init__(self, tree: Tree, lists: StatusWords) -> None:
        self.tree = tree
        self.lists = lists

    def status(self, at: int, depth: int = _DEPTH) -> Status:
        """How the event of the word at `at` stands."""
        tree = self.tree
        verbal = tree.is_verb(at) or bool(tree.below(at, "cop")) or bool(tree.below(at, "aux"))
        if verbal and tree.words[at].relation not in ("amod", "compound"):
            return self._of_verb(at, depth)
        return self._of_noun(at, depth)

    def condition(self, at: int) -> Span | None:
        """The words of the clause that it hangs on."""
        for holder in self._holders(at):
            for one in self.tree.below(holder, "advcl"):
                if self._is_condition(one):
                    return self._stretch(one)
        return None

    def _stretch(self, at: int) -> Span:
        words, found = self.tree.words, [at]
        for one in found:
            found += self.tree.below(one)
        inside = [one for one in found if self.tree.words[one].relation not in ("mark", "punct")]
        return Span(words[min(inside)].span.start, words[max(inside)].span.end)

    def _of_verb(self, at: int, depth: int) -> Status:
        lists = self.lists
        marks = self._marks(at)
        if marks & lists.ahead_words:
            return "planned"
        if marks & lists.chance and not self._has_ended(at, marks):
            return "possible"
        negated = self._negated(at)
        above = self.tree.above(at)
        near = self._near(at) | ({self.tree.word(above)} if above is not None else set())
        if near & lists.yet and (negated or self._is_to([at])):
            return "not-yet"
        if negated:
            return "denied"
        own = self._by_clause(at) or self._by_auxiliary(at)
        status = own or self._by_governor(at, depth)
        return "conditional" if status in ("planned", "possible") and self._hangs(at) else status

    def _has_ended(self, at: int, marks: set[str]) -> bool:
        """Whether a clause with "until" tells what came about: "fought until the army left"."""
        tree, lists, above = self.tree, self.lists, self.tree.above(at)
        helpers = {tree.word(one) for one in tree.below(at, "aux", "aux:pass")}
        ahead = {tree.word(one) for one in tree.below(above, "aux")} if above is not None else set()
        past = tree.words[at].tag == "VBD" or bool(helpers & lists.past)
        return bool(marks & lists.until) and past and not ahead & (lists.will | lists.would)

    def _by_clause(self, at: int) -> Status | None:
        """What the governor of a whole clause makes of it: denied, suspected, wished; None where it says nothing."""
        tree, lists = self.tree, self.lists
        above, relation = tree.above(at), tree.words[at].relation
        if above is None or relation not in ("ccomp", "csubj", "acl") or self._is_to([at]):
            return None
        forms = self._forms(above)
        report = tree.above(above) if relation == "acl" and tree.words[above].relation == "obj" else None
        if not self._negated(above) and self._forms(above if report is None else report) & lists.disowned_by:
            return "denied"
        helpers = {tree.word(one) for one in tree.below(at, "aux", "aux:pass", "cop")}
        singular = any(tree.words[one].tag in ("NN", "NNP") for one in tree.own_subjects(at))
        concord = tree.words[at].tag == "VBP" and (singular or tree.words[above].tag in ("VBD", "VBN"))
        if forms & lists.wished_that and helpers <= lists.be and (helpers or tree.words[at].tag == "VB" or concord):
            return "called-for"
        if forms & lists.doubted_by and relation != "acl" and not self._negated(above):
            return "possible"
        return None

    def _by_auxiliary(self, at: int) -> Status | None:
        """What its own auxiliaries make of a verb; None where it has none that tell."""
        tree, lists = self.tree, self.lists
        auxiliaries = [tree.word(one) for one in tree.below(at, "aux", "aux:pass", "cop")]
        helpers = set(auxiliaries)
        under = bool(tree.below(at, "cop")) and tree.preposition(at) in lists.under_way
        if helpers & lists.now and (under or helpers & lists.being):
            return "ongoing"
        adjective = self._forms(at) if not tree.is_verb(at) else set()
        if adjective & (lists.possible_by | lists.planned_by):
            return "possible" if adjective & lists.possible_by else "planned"
        if helpers & (lists.will | lists.would) and self._is_feared(at):
            return "possible"
        if self._is_to([at]) and helpers & lists.is_to:
            return "planned"
        if helpers & lists.will or (self._forms(at) & lists.be and self._is_to(tree.below(at, "xcomp", "ccomp"))):
            return "planned"
        if helpers & lists.would:
            return "denied" if helpers & lists.perfect else "planned" if self._is_told(at) else "possible"
        if helpers & lists.may:
            return "possible"
        if helpers & lists.must:
            return "planned" if self._speaks(at) or self._is_laid_down(at) else "called-for"
        if tree.words[at].tag == "VBG" and not tree.below(at, "cop"):
            return self._progressive(at, auxiliaries)
        finite = tree.words[at].tag in ("VBD", "VBZ", "VBP") or bool(helpers - lists.bare)
        if finite and not self._is_to([at]):
            return self._finite(at, helpers)
        return None

    def _progressive(self, at: int, auxiliaries: Sequence[str]) -> Status | None:
        """ "is shelling" goes on, "is meeting him on Friday" is to come, "was shelling" is over."""
        if not auxiliaries:
            return None
        if set(auxiliaries) & self.lists.past:
            return "happened"
        perfect = set(auxiliaries) & self.lists.perfect
        return "planned" if self._on_day(at) and not perfect else "ongoing"

    def _on_day(self, at: int) -> bool:
        """Whether a day is named on which it is done: "is meeting the king on Friday"."""
        tree = self.tree
        return any(
            tree.word(one) in self.lists.days
            for one in tree.below(at, "obl", "obl:unmarked", "advmod", "nmod:unmarked")
        )

    def _is_to(self, verbs: Sequence[int]) -> bool:
        """Whether one of the verbs is an infinitive with "to"."""
        return any(self.tree.word(one) in self.lists.to for verb in verbs for one in self.tree.below(verb, "mark"))

    def _is_feared(self, at: int) -> bool:
        """Whether a clause tells what is feared, hoped or warned of: "fear that they would leave"."""
        above = self.tree.above(at)
        held = above is not None and self.tree.words[at].relation in ("ccomp", "acl")
        return held and bool(self._forms(above or 0) & self.lists.possible_by)

    def _finite(self, at: int, helpers: set[str]) -> Status:
        tag = self.tree.words[at].tag
        present = tag in ("VBZ", "VBP") or bool(helpers & self.lists.now)
        if present and (self._near(at) & (self.lists.often | self.lists.ongoing_words) or self._every(at)):
            return "ongoing"
        if helpers & self.lists.perfect and self._since(at) and not self.tree.is_passive(at):
            return "ongoing"
        return "happened"

    def _by_governor(self, at: int, depth: int) -> Status:
        """How a verb without a telling auxiliary stands: as what governs it has it."""
        tree, lists = self.tree, self.lists
        above, relation = tree.above(at), tree.words[at].relation
        to = self._is_to([at]) or self._shares_to(at)
        if above is None or depth == 0:
            return "planned" if to else "happened"
        if relation == "conj":
            return self.status(above, depth - 1)
        lemmas = self._forms(above)
        bare = tree.words[at].tag in ("VB", "VBG", "NN") or to or relation == "xcomp"
        if bare and relation in ("xcomp", "ccomp", "acl", "advcl", "csubj", "obl", "nmod", "dep", "amod"):
            if lemmas & lists.have_to and to and (self._near(above) | self._near(at)) & lists.yet:
                return "not-yet"
            if lemmas & lists.have_to and to and relation == "xcomp":
                return "planned" if self._speaks(above) else "called-for"
            if to and lemmas & lists.going and tree.words[above].tag == "VBG":
                return "planned"
            if lemmas & lists.goes_on_by and relation == "xcomp":
                past = tree.words[above].tag in ("VBD", "VBN")
                return self.status(above, depth - 1) if past else "ongoing"
            if to and lemmas & lists.carried_to:
                return self.status(above, depth - 1)
            told = self._of_another(at, above, to=to) or self._kept(at, above)
            told = told or self._governed(above, relation, to=to) or self._by_gift(above, to=to)
            if told is not None:
                return self._under(above, told)
            if lemmas & lists.like_it and relation == "xcomp":
                return self.status(above, depth - 1)
            if to and self._forms(at) & lists.done_at:
                return self.status(above, depth - 1)
            if to:
                headline = tree.above(above) is None and not tree.is_verb(above) and relation in ("acl", "xcomp")
                return "planned" if headline else "possible"
            if tree.preposition(at) in lists.toward or self._marks(at) & lists.toward:
                upper = self.status(above, depth - 1)
                return upper if upper in ("not-yet", "denied", "conditional") else "possible"
            if self._marks(at) & lists.purpose:
                return "happened"
            if relation == "acl" and self._marks(at) & lists.of and self._negated(above):
                return "denied"
            if tree.words[at].tag in ("VBG", "VB") and relation in ("advcl", "xcomp", "acl", "conj"):
                return self.status(above, depth - 1) if relation != "acl" else "happened"
        return "happened"

    def _under(self, above: int, told: Status) -> Status:
        """What is governed by a word that is itself denied: "did not agree to leave", "no plan to leave"."""
        tree, upper = self.tree, self.tree.above(above)
        if self._negated(above):
            return "denied"
        if tree.is_verb(above) or told in ("denied", "not-yet"):
            return told
        turned_down = upper is not None and self._is_taken(above)
        failed = {tree.word(one) for one in tree.below(above, "amod")} & self.lists.denied_words
        no = self.lists.denied_by | self.lists.disowned_by
        return "denied" if failed or (turned_down and self._forms(upper or 0) & no) else told

    def _is_taken(self, at: int) -> bool:
        """Whether a noun is what is done: an object, also where the parser sees an oblique, or a passive's subject."""
        relation = self.tree.words[at].relation
        return relation in ("obj", "nsubj:pass") or (relation == "obl" and not self.tree.preposition(at))

    def _of_another(self, at: int, above: int, *, to: bool) -> Status | None:
        """ "wants the king to resign" and "it is time to resign" call for it, "wants to resign" does not."""
        tree, forms = self.tree, self._forms(above)
        if not to:
            return None
        other = tree.below(at, "nsubj", "nsubj:pass") or tree.below(above, "obj", "iobj")
        if forms & self.lists.wanted_of and tree.is_verb(above) and other:
            return "called-for"
        return "called-for" if forms & self.lists.time and tree.below(above, "cop") else None

    def _by_gift(self, above: int, *, to: bool) -> Status | None:
        """What the object of a verb makes of an infinitive behind it: "gave orders to shell the town"."""
        objects = self.tree.below(above, "obj") if to and self.tree.is_verb(above) else []
        told = [self._governed(one, "acl", to=to) for one in objects if self._forms(above) & self.lists.given_by]
        return next((one for one in told if one is not None), None)

    def _kept(self, at: int, above: int) -> Status | None:
        """What somebody was kept from, or stopped short of, doing."""
        lists, tree = self.lists, self.tree
        links = self._marks(at) | {tree.word(one) for one in tree.below(at, "case")}
        if links & lists.kept_from and not self._is_to([at]) and self._forms(above) & lists.kept_from:
            return "denied"
        return "denied" if links & lists.of and self._near(above) & lists.short else None

    def _is_laid_down(self, at: int) -> bool:
        """Whether a deal or a law says so: "the deal calls for", "under the law they must"."""
        tree, lists = self.tree, self.lists
        said = any(self._forms(one) & lists.laws for one in tree.own_subjects(at))
        return said or any(
            tree.preposition(one) in lists.by_text and self._forms(one) & lists.laws for one in tree.below(at, "obl")
        )

    def _governed(self, above: int, relation: str | None, *, to: bool) -> Status | None:
        """What a governing word makes of what it governs."""
        word = self.tree.word(above)
        lists = self.lists
        lemmas = self._forms(above) | {word} | {word.removesuffix(ending) for ending in lists.endings}
        if lemmas & lists.denied_by:
            return "denied"
        if lemmas & lists.awaited_by:
            return "not-yet"
        if lemmas & (lists.called_by | lists.provided_by) and self._is_laid_down(above):
            return "planned"
        if lemmas & lists.called_by:
            return "called-for"
        if word in lists.possible_by | lists.open_to and self.tree.below(above, "cop", "aux:pass"):
            return "possible"
        if lemmas & lists.planned_by and (to or relation in ("obj", "nmod", "obl", "nsubj:pass")):
            return "planned"
        return "possible" if lemmas & lists.possible_by else None

    def _of_noun(self, at: int, depth: int) -> Status:
        tree, lists = self.tree, self.lists
        above, relation = tree.above(at), tree.words[at].relation
        if self._negated(at):
            yet = above is not None and relation in ("nsubj", "nsubj:pass", "obj") and self._near(above) & lists.yet
            return "not-yet" if yet else "denied"
        refused = above is not None and self._is_taken(at) and self._forms(above) & lists.denied_by
        if refused and not self._negated(above or 0):
            return "denied"
        if any(tree.word(one) in lists.ahead_words and tree.below(one, "nsubj") for one in tree.below(at, "case")):
            return "planned"  # "is due to vote", where the parser sees a noun
        behind = [one for one in tree.below(at, "acl") if tree.words[one].tag == "VBN"]
        for one in behind:
            told = self._governed(one, "nsubj:pass", to=False) if self._forms(one) & lists.behind else None
            if told is not None:
                return told
        if any(tree.word(one) in lists.old and tree.below(one) for one in tree.below(at, "amod")):
            return "ongoing"
        beside = {tree.word(one) for one in tree.below(at, "amod", "advmod", "det", "nmod:desc", "compound")}
        for words, status in (
            (lists.denied_words, "denied"),
            (lists.possible_words, "possible"),
            (lists.ahead_words, "planned"),
            (lists.ongoing_words, "ongoing"),
        ):
            if beside & words:
                return status  # type: ignore[return-value]
        if above is None or depth == 0:
            return "happened"
        if relation == "compound" and self._forms(above) & lists.texts:
            return "possible"
        if relation in ("conj", "compound", "amod", "flat"):
            return self.status(above, depth - 1) if relation != "amod" else "happened"
        if tree.preposition(at) in lists.amid:
            return "ongoing"
        if relation in ("obj", "nmod", "obl", "nsubj:pass", "nsubj", "nmod:poss", "xcomp"):
            return self._of_argument(at, above, relation or "", depth)
        return "happened"

    def _is_named(self, at: int) -> bool:
        """Whether a verb says what its object is: "called the raid a crime"."""
        return bool(self.tree.below(at, "xcomp")) or len(self.tree.below(at, "obj", "iobj")) > 1

    def _runs_now(self, at: int) -> bool:
        helpers = {self.tree.word(one) for one in self.tree.below(at, "aux")}
        return not self._negated(at) and (
            helpers <= self.lists.perfect and (bool(helpers) or self.tree.words[at].tag in ("VBZ", "VBP"))
        )

    def _of_argument(self, at: int, above: int, relation: str, depth: int) -> Status:
        """How a noun stands by the word that it is an argument of."""
        tree, lists = self.tree, self.lists
        lemmas = self._forms(above)
        link = tree.preposition(at)
        if link in lists.purpose and lemmas & lists.called_for:
            return self._under(above, "called-for")
        if self._is_taken(at) and lemmas & lists.convened_by and not lemmas & lists.denied_by:
            named = tree.below(at, "nmod:poss") or {tree.word(one) for one in tree.below(at, "det")} & lists.definite
            return "happened" if named or self._is_named(above) else self._under(above, "planned")
        if relation == "nsubj" and lemmas & lists.runs and self._runs_now(above):
            return "ongoing"
        taken = self._is_taken(at) or relation == "nmod"
        if taken or link in ("for", "of", "to", "on", "against", "from"):
            told = self._governed(above, relation, to=False)
            if told is not None and not (relation == "nsubj:pass" and told == "possible"):
                return self._under(above, told)
        if link in lists.under_way and lemmas & lists.lasting:
            return "ongoing"
        verb = tree.clause_above(at)
        if link in lists.purpose and verb is not None:
            upper = self._of_verb(verb, depth - 1)
            if upper in ("planned", "conditional", "not-yet"):
                return upper
        if not tree.is_verb(above):
            return self._of_noun(above, depth - 1) if link in lists.of else "happened"
        upper = self._of_verb(above, depth - 1)
        if lemmas & lists.brings and (relation == "obj" or link in lists.to) and upper not in ("happened", "ongoing"):
            return upper
        if relation in ("obj", "nsubj:pass") and lemmas & (lists.like_it | lists.goes_on_by):
            return upper
        if relation == "nsubj" and lemmas & lists.like_it:
            return upper
        helpers = {tree.word(one) for one in tree.below(above, "aux")}
        if relation == "nsubj" and helpers & (lists.would | lists.may):
            return "possible"
        return "happened"

    # ---- what stands round a predicate

    def _forms(self, at: int) -> set[str]:
        """What the dictionary form of a word may be, and that with its particle ("call off").

        The model's forms of verbs may be short or long by an e, or keep a doubled letter or an i ("denie", "cancell").
        """
        lemmas = self.tree.lemmas(at)
        if (self.tree.words[at].tag or "").startswith("VB"):
            lemmas |= {lemma.removesuffix("e") for lemma in lemmas}
            lemmas |= {lemma[:-1] + "y" for lemma in lemmas if lemma.endswith("i")}
            lemmas |= {lemma[:-1] for lemma in lemmas if len(lemma) > 3 and lemma[-1] == lemma[-2]}
        particles = [self.tree.word(one) for one in self.tree.below(at, "compound:prt", "advmod")]
        return lemmas | {f"{lemma} {particle}" for lemma in lemmas for particle in particles}

    def _marks(self, at: int) -> set[str]:
        return {self.tree.word(one) for one in self.tree.below(at, "mark")}

    def _negated(self, at: int) -> bool:
        tree, lists = self.tree, self.lists
        if any(
            tree.word(one) in lists.longer and {tree.word(two) for two in tree.below(one)} & lists.nots
            for one in tree.below(at, "advmod")
        ):
            return True
        if any(tree.word(one) in lists.nots for one in tree.below(at, "advmod", "det", "cc:preconj", "mark", "case")):
            return True
        if tree.is_verb(at):
            for one in tree.own_subjects(at):
                if tree.word(one) in lists.nots or any(
                    tree.word(d) in lists.nots for d in tree.below(one, "det", "cc:preconj")
                ):
                    return True
        return False

    def _near(self, at: int) -> set[str]:
        found = self.tree.below(at, "advmod", "amod")
        return {self.tree.word(one) for one in found}

    def _hangs(self, at: int) -> bool:
        """Whether a verb hangs on a condition: an if-clause of its own, or of what it is joined to or told by."""
        return any(self._is_condition(one) for holder in self._holders(at) for one in self.tree.below(holder, "advcl"))

    def _holders(self, at: int) -> list[int]:
        """The verbs that may carry the if-clause of a verb, itself first."""
        above, relation = self.tree.above(at), self.tree.words[at].relation
        holders = [at]
        if relation in ("conj", "xcomp") and above is not None:
            holders.append(above)
        clause = self.tree.clause_above(at)
        return [*holders, clause] if relation in ("ccomp", "parataxis") and clause is not None else holders

    def _is_condition(self, at: int) -> bool:
        """Whether a clause is one that something hangs on: "if he goes", "only after he goes", "should he go"."""
        tree, lists, marks = self.tree, self.lists, self._marks(at)
        if marks & lists.condition:
            return True
        if marks & lists.only_then or {tree.word(one) for one in tree.below(at, "advmod")} & lists.only_then:
            return bool(self._near(at) & lists.only)
        subject = tree.below(at, "nsubj", "nsubj:pass")
        helpers = [one for one in tree.below(at, "aux", "aux:pass", "cop") if tree.word(one) in lists.inverted]
        return bool(subject and helpers and not marks and helpers[0] < subject[0])

    def _is_told(self, at: int) -> bool:
        """Whether a verb is in what somebody is said to have said: there "would" is a future of the past."""
        tree = self.tree
        above = tree.clause_above(at)
        while tree.words[at].relation == "conj" and above is not None:
            at, above = above, tree.clause_above(above)
        said = tree.words[at].relation in ("ccomp", "parataxis") and above is not None
        by_text = any(tree.preposition(one) in self.lists.by_text for one in tree.below(at, "obl"))
        return said or by_text or any(tree.words[one].tag == "VBD" for one in tree.below(at, "parataxis", "ccomp"))

    def _speaks(self, at: int) -> bool:
        return any(self.tree.word(one) in self.lists.first_person for one in self.tree.own_subjects(at))

    def _shares_to(self, at: int) -> bool:
        tree = self.tree
        if tree.words[at].relation != "conj" or tree.words[at].tag != "VB":
            return False
        above = tree.above(at)
        return above is not None and self._is_to([above])

    def _every(self, at: int) -> bool:
        tree = self.tree
        return any(
            tree.word(one) in self.lists.every
            for part in tree.below(at, "obl", "obl:unmarked", "nmod:unmarked")
            for one in tree.below(part, "det")
        )

    def _since(self, at: int) -> bool:
        tree = self.tree
        parts = tree.below(at, "obl", "advcl", "advmod")
        if any(tree.preposition(one) in self.lists.purpose and tree.word(one) in self.lists.durations for one in parts):
            return True
        return any(
            tree.word(one) in self.lists.since for part in parts for one in (part, *tree.below(part, "case", "mark"))
        )
