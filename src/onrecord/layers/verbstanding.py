"""How the event of a verb stands: by its auxiliaries, by the clause that it heads, and by what governs it."""

from __future__ import annotations

from collections.abc import Set

from onrecord.layers.governors import Governors
from onrecord.record import Status


class VerbStanding(Governors):
    """The statuses of the verbs of one sentence."""

    def _of_verb(self, at: int, depth: int) -> Status:
        lists = self.lists
        marks = self._marks(at)
        if (marks | self._led(at)) & lists.ahead_words:
            return "denied" if self._auxiliaries(at) & self.verbal.had else "planned"
        in_condition = self._in_condition(at, depth)
        if in_condition is not None:
            return in_condition
        if marks & lists.chance and not self._has_ended(at, marks):
            return "possible"
        above = self.tree.above(at)
        if (
            above is not None
            and marks & self.verbal.before
            and (before := self._of_before(at, above, depth)) is not None
        ):
            return before
        if self._shares_chance(at, above):
            return "possible"
        negated = self._negated(at)
        if self._is_awaited(at, negated=negated):
            return "not-yet"
        if negated:
            return self._of_negated(at)
        own = self._by_clause(at) or self._by_auxiliary(at)
        status = own or self._by_governor(at, depth)
        if status == "happened" and self._is_present(at) and above is not None and self._is_imperative(above):
            return "conditional"
        if status in ("planned", "possible"):
            return "conditional" if self._hangs(at) else status
        if status in ("happened", "ongoing") and self._is_present(at) and self._hangs_on_if(at):
            return "conditional"
        return status

    def _led(self, at: int) -> set[str]:
        """The "due" of "are due to meet", where the parser sees a preposition."""
        cases = self.tree.below(at, "case") if self.tree.below(at, "cop", "aux", "mark") else []
        return {self.tree.word(one) for one in cases if self.tree.below(one, "fixed")}

    def _of_before(self, at: int, above: int, depth: int) -> Status | None:
        """ "Fled before he could be tried" denies it; "must approve it before it can begin" makes it hang."""
        if not self._auxiliaries(at) & (self.verbal.can | self.lists.will):
            return None
        upper = self._of_verb(above, depth - 1) if depth > 0 else "happened"
        return "denied" if upper in ("happened", "ongoing") else "conditional"

    def _shares_chance(self, at: int, above: int | None) -> bool:
        """Whether a verb is the second half of a clause with "whether"."""
        if above is None or self.tree.words[at].relation != "conj" or self.tree.below(at, "nsubj", "nsubj:pass"):
            return False
        return bool(self._marks(above) & self.verbal.whether)

    def _is_awaited(self, at: int, *, negated: bool) -> bool:
        """Whether it is said not to have taken place so far: "has not yet", "has so far not", "has yet to"."""
        tree, lists, verbal = self.tree, self.lists, self.verbal
        above = tree.above(at)
        near = self._near(at) | ({tree.word(above)} if above is not None else set())
        if near & lists.yet and (negated or self._is_to([at])):
            return True
        if any(
            tree.word(one - 1) in lists.yet
            for one in tree.below(at, "mark")
            if tree.word(one) in lists.to and one > tree.first
        ):
            return True
        if (
            above is not None
            and self._is_to([at])
            and self._forms(above) & lists.have_to
            and self._near(above) & lists.yet
        ):
            return True
        helpers = {tree.word(one) for one in tree.below(at, "aux", "aux:pass")}
        if self._is_to([at]):
            return bool(above is not None and self._forms(above) & verbal.remains and helpers & lists.be)
        if not negated or not helpers & (lists.perfect | verbal.had):
            return False
        so_far = [one for one in tree.below(at, "advmod") if tree.word(one) in verbal.so_far]
        if any({tree.word(two) for two in tree.below(one)} & verbal.thus for one in so_far):
            return True
        return any(tree.preposition(one) in verbal.as_of for one in tree.below(at, "obl", "obl:unmarked"))

    def _of_negated(self, at: int) -> Status:
        """What is said not to be so is denied, but for what "should not have" been done, which was, and what others
        "must not" do, which is wanted of them."""
        tree, lists = self.tree, self.lists
        helpers = {tree.word(one) for one in tree.below(at, "aux")}
        if helpers & self.verbal.ought and helpers & lists.perfect:
            return "happened"
        return "called-for" if helpers & lists.must and not helpers & lists.perfect else "denied"

    def _is_present(self, at: int) -> bool:
        return self.tree.words[at].tag in ("VBZ", "VBP") and not self.tree.below(at, "aux", "aux:pass")

    def _hangs_on_if(self, at: int) -> bool:
        return any(self._marks(one) & self.lists.condition for one in self.tree.below(at, "advcl"))

    def _has_ended(self, at: int, marks: set[str]) -> bool:
        """Whether a clause with "until" tells what came about: "fought until the army left"."""
        tree, lists, above = self.tree, self.lists, self.tree.above(at)
        helpers = {tree.word(one) for one in tree.below(at, "aux", "aux:pass")}
        ahead = {tree.word(one) for one in tree.below(above, "aux")} if above is not None else set()
        past = tree.words[at].tag == "VBD" or bool(helpers & lists.past)
        return bool(marks & lists.until) and past and not ahead & (lists.will | lists.would)

    # ---- what governs its clause

    def _by_clause(self, at: int) -> Status | None:
        """What the governor of a whole clause makes of it: denied, suspected, wished; None where it says nothing."""
        tree, lists = self.tree, self.lists
        above, relation = tree.above(at), tree.words[at].relation or ""
        if (
            above is None
            or self._is_to([at])
            or not relation.startswith(("ccomp", "csubj", "acl", "parataxis", "conj"))
        ):
            return None
        forms = self._forms(above)
        if relation == "conj":
            wishes = (
                tree.is_verb(above) and bool(self._marks(at)) and bool(forms & (lists.wished_that | lists.called_by))
            )
            if wishes and self._is_wish(at, above, forms):
                return self._of_wish(above, forms)
            return self._by_clause(above) if self._shares_that(at, above) else None
        if relation.startswith("acl") and forms & lists.time and tree.below(above, "cop"):
            return "called-for" if tree.words[at].tag == "VBD" else None
        if relation != "parataxis" and self._is_disowned(at, above, relation):
            return "denied"
        if self._is_wish(at, above, forms):
            return self._of_wish(above, forms)
        if relation in ("acl:relcl", "parataxis") and not (
            relation == "acl:relcl" and self._marks(at) & self.verbal.that
        ):
            return None
        relation = "acl" if relation == "acl:relcl" else relation
        negated = self._negated(above)
        if negated and forms & self.verbal.open_when_denied and not self._own_future(at) and not self._asks(at):
            return "possible"
        if relation == "acl":
            return self._by_noun(at, above, forms)
        if negated and forms & self.verbal.suggests and not self._asks(at):
            return "denied"
        return "possible" if forms & lists.doubted_by and not negated else None

    def _asks(self, at: int) -> bool:
        """Whether a clause asks who, what or where: "said who had fired"."""
        return any((self.tree.words[one].tag or "").startswith("W") for one in self.tree.below(at))

    def _own_future(self, at: int) -> bool:
        helpers = {self.tree.word(one) for one in self.tree.below(at, "aux")}
        return bool(helpers & (self.lists.will | self.lists.would))

    def _shares_that(self, at: int, above: int) -> bool:
        """Whether a verb is the second half of a clause with "that": "that it be halved and the head replaced"."""
        tree = self.tree
        if self._marks(at):
            return True
        if tree.below(at, "aux", "aux:pass") or not self._marks(above):
            return False
        tag = tree.words[at].tag
        gapped = tag == "VBN" or (tag == "VBD" and bool(tree.below(at, "nsubj", "nsubj:pass")))
        return tag == "VB" or (gapped and bool(tree.below(above, "aux:pass", "nsubj:pass")))

    def _is_disowned(self, at: int, above: int, relation: str) -> bool:
        """Whether somebody says that it is not so: "denied that", "dismissed reports that"."""
        tree, lists = self.tree, self.lists
        report = tree.above(above) if relation == "acl" and self._is_taken(above) else None
        if relation == "acl:relcl" or self._negated(above):
            return False
        over = tree.above(above) if relation == "acl" else above
        if over is not None and tree.word(over) in self.verbal.untrue and tree.below(over, "cop"):
            return not self._negated(over)
        return bool(self._forms(above if report is None else report) & lists.disowned_by) and not (
            report is not None and self._negated(report)
        )

    def _is_wish(self, at: int, above: int, forms: Set[str]) -> bool:
        """Whether a clause has the form of a wish: "that it be done", "that he go"."""
        tree, lists, verbal = self.tree, self.lists, self.verbal
        helpers = {tree.word(one) for one in tree.below(at, "aux", "aux:pass", "cop")}
        if not helpers <= lists.be or not (self._marks(at) or helpers):
            return False
        singular = any(
            tree.words[one].tag in ("NN", "NNP") or tree.word(one) in verbal.singular for one in tree.own_subjects(at)
        )
        past = tree.words[above].tag in ("VBD", "VBN")
        tag = "VBP" if tree.words[at].tag == "VBD" and tree.word(at) in verbal.alike else tree.words[at].tag
        opened = tree.words[at].relation != "acl:relcl" or bool(self._marks(at) & verbal.that)
        bare = bool(helpers) or tag == "VB" or (tag == "VBP" and opened and (singular or past))
        if forms & verbal.demanded_that:
            return bare or tag == "VBP"
        return bare and bool(
            forms & (lists.wished_that | verbal.wished_clauses | verbal.ordered_that | verbal.proposed_that) or helpers
        )

    def _of_wish(self, above: int, forms: Set[str]) -> Status:
        told: Status = "called-for"
        if forms & self.verbal.proposed_that:
            told = "possible"
        elif forms & self.verbal.ordered_that or self._is_laid_down(above):
            told = "planned"
        return "denied" if self._negated(above) else told

    def _by_noun(self, at: int, above: int, forms: Set[str]) -> Status | None:
        """What a noun makes of a clause behind it: "no evidence that", "speculation that"."""
        tree, verbal = self.tree, self.verbal
        verb = tree.above(above)
        unfound = verb is not None and tree.words[above].relation in ("nsubj:pass", "nsubj") and self._negated(verb)
        if forms & verbal.proof and (self._negated(above) or unfound):
            return "denied"
        return "possible" if forms & verbal.doubted_nouns else None

    # ---- its auxiliaries

    def _by_auxiliary(self, at: int) -> Status | None:
        """What its own auxiliaries make of a verb; None where it has none that tell."""
        tree, lists, verbal = self.tree, self.lists, self.verbal
        auxiliaries = [tree.word(one) for one in tree.below(at, "aux", "aux:pass", "cop")]
        helpers = set(auxiliaries)
        under = bool(tree.below(at, "cop")) and tree.preposition(at) in lists.under_way
        if helpers & lists.now and (under or helpers & lists.being):
            return "ongoing"
        adjective = self._forms(at) if not tree.is_verb(at) else set()
        if adjective & (lists.possible_by | lists.planned_by) and not helpers & lists.must:
            return "possible" if adjective & lists.possible_by else "planned"
        if helpers & (lists.will | lists.would) and self._is_feared(at):
            return "possible"
        if self._is_to([at]) and helpers & lists.is_to:
            return self._of_is_to(at, helpers)
        if helpers & lists.will or (self._forms(at) & lists.be and self._is_to(tree.below(at, "xcomp", "ccomp"))):
            return "planned"
        if helpers & lists.would:
            return self._of_would(at, helpers)
        if helpers & lists.may:
            return "possible"
        if helpers & lists.must or self._follows_ought(at):
            if helpers & lists.perfect:
                return "denied" if helpers & verbal.ought else "possible"
            return "planned" if self._speaks(at) or self._is_laid_down(at) else "called-for"
        if not helpers and self._is_imperative(at):
            return "possible" if self._is_dare(at) else "called-for"
        if tree.words[at].tag == "VBG" and not tree.below(at, "cop") and not (helpers and helpers <= lists.bare):
            return None if self._is_to([at]) else self._progressive(at, auxiliaries)
        if self._near(at) & verbal.maybe:
            return "possible"
        finite = tree.words[at].tag in ("VBD", "VBZ", "VBP") or bool(helpers - lists.bare)
        if finite and not self._is_to([at]) and not self._shares_modal(at, helpers):
            return "planned" if self._is_scheduled(at) else self._finite(at, helpers)
        return None

    def _of_is_to(self, at: int, helpers: set[str]) -> Status:
        """ "Is to meet", "was to have met", "the aim is to meet"."""
        if helpers & self.lists.perfect:
            return "denied"
        for one in self.tree.below(at, "nsubj"):
            if self._forms(one) & self.verbal.aims:
                return self._governed(one, "acl", to=True) or "possible"
        return "planned"

    def _of_would(self, at: int, helpers: set[str]) -> Status:
        """A future of the past where somebody says so, else what might be; "would later" is past."""
        lists, verbal = self.lists, self.verbal
        if helpers & lists.perfect:
            return "denied"
        near, forms = self._near(at), self._forms(at)
        told = self._is_told(at)
        if near & verbal.later and not told:
            return "happened"
        above = self.tree.clause_above(at)
        if above is not None and self._forms(above) & verbal.opinions:
            return "possible"
        if near & verbal.perhaps or forms & (verbal.stances | verbal.effects):
            return "possible"
        return "planned" if told and not self._is_drafted(at) else "possible"

    def _is_drafted(self, at: int) -> bool:
        """Whether it is a plan or a bill that says so, which lays down nothing yet."""
        tree = self.tree
        parts = [one for one in tree.below(at, "obl") if tree.preposition(one) in self.lists.by_text]
        return any(self._forms(one) & self.verbal.drafts for one in parts)

    def _follows_ought(self, at: int) -> bool:
        """ "Ought to go", where the parser sees no auxiliary."""
        tree = self.tree
        to = next((one for one in tree.below(at, "mark") if tree.word(one) in self.lists.to), tree.first)
        return to > tree.first and tree.word(to - 1) in self.verbal.ought

    def _is_imperative(self, at: int) -> bool:
        """Whether a verb is a command: a base form at the head of a quotation or of what follows a colon."""
        tree = self.tree
        word = tree.words[at]
        if word.tag != "VB" or tree.below(at, "nsubj", "nsubj:pass", "csubj", "mark", "aux") or tree.is_passive(at):
            return False
        above = tree.above(at)
        if word.relation == "conj" and above is not None:
            return self._is_imperative(above)
        first = min([at, *tree.below(at, "advmod")])
        opens = first == tree.first or tree.words[first - 1].pos == "PUNCT"
        return opens and (above is None or word.relation in ("root", "ccomp", "parataxis", "appos"))

    def _is_dare(self, at: int) -> bool:
        """Whether a command is a condition: "touch it and we will shoot"."""
        tree = self.tree
        for one in tree.below(at, "conj"):
            joined = {tree.word(two) for two in tree.below(one, "cc")}
            if joined & self.verbal.and_ and tree.below(one, "nsubj", "nsubj:pass"):
                return True
        return False

    def _shares_modal(self, at: int, helpers: set[str]) -> bool:
        """Whether a verb shares the auxiliary of one that it is joined to, whatever form the model gives it."""
        tree = self.tree
        above = tree.above(at)
        if (
            helpers
            or tree.words[at].relation != "conj"
            or above is None
            or (tree.own_subjects(at) != tree.own_subjects(above) and tree.below(at, "nsubj", "nsubj:pass"))
        ):
            return False
        modal = self.lists.will | self.lists.would | self.lists.may | self.lists.must
        return tree.words[at].tag == "VBP" and bool({tree.word(one) for one in tree.below(above, "aux")} & modal)

    def _is_scheduled(self, at: int) -> bool:
        """Whether a present tells of what is to come: "the summit opens on 4 May"."""
        if not self._is_present(at) or not self._forms(at) & self.verbal.scheduled:
            return False
        often = self._near(at) & self.lists.often or self._every(at)
        return not often and self._is_dated(at)

    def _is_feared(self, at: int) -> bool:
        """Whether a clause tells what is feared, hoped or warned of: "fear that they would leave"."""
        above = self.tree.above(at)
        held = above is not None and self.tree.words[at].relation in ("ccomp", "acl", "xcomp")
        return held and bool(self._forms(above or 0) & self.lists.possible_by)

    def _is_told(self, at: int) -> bool:
        """Whether a verb is in what somebody is said to have said: there "would" is a future of the past."""
        tree = self.tree
        above = tree.clause_above(at)
        while tree.words[at].relation == "conj" and above is not None:
            at, above = above, tree.clause_above(above)
        said = tree.words[at].relation in ("ccomp", "parataxis") and above is not None
        by_text = any(tree.preposition(one) in self.lists.by_text for one in tree.below(at, "obl"))
        return said or by_text or any(tree.words[one].tag == "VBD" for one in tree.below(at, "parataxis", "ccomp"))
