"""How the event of a noun stands: by the words beside it, its own clauses, and the word that it is an argument of."""

from __future__ import annotations

from onrecord.layers.nounroles import NounRoles
from onrecord.record import Status


class NounStanding(NounRoles):
    """The statuses of the nouns of one sentence."""

    def _of_noun(self, at: int, depth: int) -> Status:
        tree, lists = self.tree, self.lists
        above, relation = tree.above(at), tree.words[at].relation
        if self._negated(at):
            return self._of_none(at, above, depth)
        told = self._by_refusal(at, above, depth) or self._by_own_clause(at, depth) or self._beside(at, above)
        if told is not None:
            return told
        if above is None or depth == 0:
            return "ongoing" if above is None and self._is_lasting(at) else "happened"
        lent = self._lent(at, above, depth)
        if lent is not None:
            return lent
        if relation == "compound" and self._forms(above) & lists.texts:
            return "possible"
        if relation in ("conj", "compound", "flat"):
            upper = tree.above(above) if self._is_time(above) else None  # "a stoppage for Thursday and a march"
            return self.status(above if upper is None else upper, depth - 1)
        if relation == "appos" and self._beside_words(at) & lists.such:
            clause = tree.clause_above(above)
            return self._of_verb(clause, depth - 1) if clause is not None else "happened"
        if tree.preposition(at) in lists.amid:
            return "ongoing"
        if relation != "amod":
            return self._of_argument(at, above, relation or "", depth)
        return "happened"

    def _of_none(self, at: int, above: int | None, depth: int) -> Status:
        """What is not there: "no talks took place" denies it, "without a deal, they will strike" leaves it open."""
        tree, lists = self.tree, self.lists
        relation = tree.words[at].relation
        if above is None:
            return "denied"
        late = {tree.word(two) for one in tree.below(at, "advmod") for two in (one, *tree.below(one))} | self._near(
            above
        )
        if late & lists.yet and relation in ("nsubj", "nsubj:pass", "obj"):
            return "not-yet"
        if relation in ("nsubj", "obj") and self._marks(above) & lists.condition:
            return "possible"
        clause = tree.clause_above(at)
        if (
            tree.preposition(at) in lists.nots
            and clause is not None
            and self._is_open(self._of_verb(clause, depth - 1))
        ):
            return "possible"
        return "denied"

    def _beside(self, at: int, above: int | None) -> Status | None:
        """What the words beside a noun make of it: "a failed coup", "the planned visit", "now in its sixth year"."""
        tree, lists = self.tree, self.lists
        if any(tree.word(one) in lists.ahead_words and tree.below(one, "nsubj") for one in tree.below(at, "case")):
            return "planned"  # "is due to vote", where the parser sees a noun
        if any(tree.word(one) in lists.old and tree.below(one) for one in tree.below(at, "amod")):
            return "ongoing"
        beside = self._beside_words(at) - (lists.any_one | lists.more if above is not None else frozenset())
        if (
            above is not None
            and tree.word(above) in lists.denied_words
            and tree.words[at].relation in ("compound", "nsubj")
        ):
            return "denied"  # "with the strike averted"
        if beside & lists.past_words:
            return "happened"
        hangs = above is not None and self._hangs_on(at, above) == "conditional"
        for words, status in (
            (lists.denied_words, "denied"),
            (frozenset() if hangs else lists.possible_words, "possible"),
            (lists.ahead_words, "planned"),
            (lists.ongoing_words, "ongoing"),
        ):
            if beside & words:
                return status  # type: ignore[return-value]
        if self._is_in_its_week(at, above):
            return "ongoing"
        return "planned" if self._is_next(at) else None

    def _is_in_its_week(self, at: int, above: int | None) -> bool:
        """ "the strike, now in its third week": said beside the noun, or beside the verb that it is the subject of."""
        tree, lists = self.tree, self.lists
        near = tree.below(at, "nmod", "obl", "appos", "acl")
        if above is not None and tree.words[at].relation in ("nsubj", "nsubj:pass"):
            near = [*near, *tree.below(above, "obl"), above]
        return any(
            tree.preposition(one) in lists.under_way
            and tree.word(one) in lists.durations
            and any(tree.word(two) in lists.its for two in tree.below(one, "nmod:poss"))
            for one in near
        )

    def _is_next(self, at: int) -> bool:
        """ "his visit next week", "next week's talks", "tomorrow's vote", "a strike due on Monday"."""
        tree, lists = self.tree, self.lists
        parts = tree.below(at, "nmod:poss", "nmod:unmarked", "nmod")
        days = {tree.word(two) for one in parts for two in (one, *tree.below(one, "amod")) if self._is_time(one)}
        if days & lists.ahead_words:
            return True
        behind = at + 1
        while behind < tree.last and tree.word(behind) == ",":
            behind += 1
        return behind < tree.last and tree.word(behind) in lists.due

    def _by_own_clause(self, at: int, depth: int) -> Status | None:
        """What a noun's own clauses say of it: "talks planned for May", "the summit, which opens on Friday"."""
        tree, lists = self.tree, self.lists
        for one in tree.below(at, "acl"):
            if tree.words[one].tag != "VBN" or not self._forms(one) & lists.behind:
                continue
            told = self._governed(one, "nsubj:pass", to=False)
            if told is not None:
                return told
        if any(tree.words[one].tag == "VBG" and self._forms(one) & lists.runs for one in tree.below(at, "acl")):
            return "ongoing"  # "the war raging in the north"
        if depth < 2:
            return None
        for one in tree.below(at, "acl:relcl"):
            subject = tree.own_subjects(one)
            if not subject or subject[0] not in range(at, one) or tree.word(subject[0]) in lists.persons:
                continue
            told = self._of_verb(one, depth - 2)
            if told in ("planned", "possible", "ongoing"):
                course = self._by_course(one, told)
                return course or told
        return None

    def _lent(self, at: int, above: int, depth: int) -> Status | None:
        """How a verb stands that the parser took for an adjective of its object: "to free pilots", "stop arming"."""
        tree, lists = self.tree, self.lists
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
            told = self._governed(upper, "xcomp", to=True) if upper is not None else None
            if upper is None or (told is None and not tree.is_verb(upper)):  # a headline: "Court to free poet"
                return "conditional" if self._hangs(above) else "planned"
            return self._under(upper, told) if told is not None else "possible"
        if word.tag == "VBG" and tree.is_verb(at - 1):
            return self._governed(above, "xcomp", to=False) if above == at - 1 else self._of_noun(above, depth - 1)
        return None
