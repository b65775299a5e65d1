"""How the event of a verb stands: by its auxiliaries, by the clause that it heads, and by what governs it."""

from __future__ import annotations

from onrecord.layers.aspect import Aspect
from onrecord.record import Status


class VerbStanding(Aspect):
    """The statuses of the verbs of one sentence."""

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

    def _is_feared(self, at: int) -> bool:
        """Whether a clause tells what is feared, hoped or warned of: "fear that they would leave"."""
        above = self.tree.above(at)
        held = above is not None and self.tree.words[at].relation in ("ccomp", "acl")
        return held and bool(self._forms(above or 0) & self.lists.possible_by)

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

    def _is_told(self, at: int) -> bool:
        """Whether a verb is in what somebody is said to have said: there "would" is a future of the past."""
        tree = self.tree
        above = tree.clause_above(at)
        while tree.words[at].relation == "conj" and above is not None:
            at, above = above, tree.clause_above(above)
        said = tree.words[at].relation in ("ccomp", "parataxis") and above is not None
        by_text = any(tree.preposition(one) in self.lists.by_text for one in tree.below(at, "obl"))
        return said or by_text or any(tree.words[one].tag == "VBD" for one in tree.below(at, "parataxis", "ccomp"))

    def _shares_to(self, at: int) -> bool:
        tree = self.tree
        if tree.words[at].relation != "conj" or tree.words[at].tag != "VB":
            return False
        above = tree.above(at)
        return above is not None and self._is_to([above])
