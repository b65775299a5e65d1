"""How an event stands by the form of its verb: a progressive goes on, as does a habit, or a perfect with "since"."""

from __future__ import annotations

from collections.abc import Sequence, Set

from onrecord.layers.beside import Beside
from onrecord.record import Status


class Aspect(Beside):
    """The statuses of verbs that stand by themselves."""

    def _progressive(self, at: int, auxiliaries: Sequence[str]) -> Status | None:
        """ "is shelling" goes on, "is meeting him on Friday" is to come, "was shelling" is over unless so reported."""
        if not auxiliaries:
            return None
        tree, lists, helpers = self.tree, self.lists, set(auxiliaries)
        if self._is_to([at]) and helpers & lists.be:  # "is believed to be hiding"
            above = tree.above(at)
            return "ongoing" if above is not None and self._forms(above) & lists.stated else None
        if helpers & lists.past and not self._is_reported(at):
            return "happened"
        return "planned" if self._on_day(at) and not helpers & lists.perfect else "ongoing"

    def _is_reported(self, at: int) -> bool:
        """Whether somebody said then what was going on: "said that troops were shelling the town"."""
        tree, lists = self.tree, self.lists
        clauses = tree.below(at, "advcl", "obl", "nmod")
        if lists.past_perfect & {tree.word(one) for one in tree.below(at, "aux")} or any(
            {tree.word(two) for two in tree.below(one, "mark", "advmod", "case")} & lists.then for one in clauses
        ):
            return False
        while tree.words[at].relation == "conj" and tree.above(at) is not None:
            at = tree.above(at) or at
        above = tree.above(at)
        told = above is not None and tree.words[at].relation == "ccomp" and tree.words[above].tag not in ("VBZ", "VBP")
        return told and bool(self._forms(above or 0) & lists.stated)

    def _on_day(self, at: int) -> bool:
        """Whether a day is named on which it is done: "is meeting the king on Friday", not "until Friday"."""
        tree, lists = self.tree, self.lists
        for one in tree.below(at, "obl", "obl:unmarked", "advmod", "nmod:unmarked"):
            near = {tree.word(two) for two in tree.below(one, "amod")} if self._is_time(one) else set()
            if tree.preposition(one) in lists.until | lists.since:
                continue
            month = {tree.word(one), *(tree.word(two) for two in tree.below(one))} & lists.times
            if tree.word(one) in lists.days or near & lists.ahead_words or (month and tree.below(one, "case")):
                return True
        return False

    def _finite(self, at: int, helpers: set[str]) -> Status:
        tree, lists = self.tree, self.lists
        tag, forms = tree.words[at].tag, self._forms(at) | {tree.word(at).removesuffix("s")}
        present = tag in ("VBZ", "VBP") or bool(helpers & lists.now)
        if present and (self._near(at) & (lists.often | lists.ongoing_words) or self._every(at)):
            return "ongoing"
        if helpers & lists.perfect and self._since(at) and not self._is_counted(at):
            return "happened" if tree.is_passive(at) and not forms & lists.held_by else "ongoing"
        if present and not helpers & lists.perfect:
            told = self._of_open_clause(at)
            if told is not None:
                return told
            return "ongoing" if not forms & lists.stances and self._is_of_now(at, forms) else "happened"
        return "happened"

    def _of_open_clause(self, at: int) -> Status | None:
        """A present in a clause of what is to come: "anyone who crosses will be shot", "as soon as they prove it"."""
        tree, lists = self.tree, self.lists
        relation, above = tree.words[at].relation, tree.above(at)
        if above is None or relation not in ("acl:relcl", "advcl"):
            return None
        main = tree.clause_above(above) if relation == "acl:relcl" or not tree.is_verb(above) else above
        if main is None:
            return None
        marks = self._marks(at)
        if relation == "advcl":
            timed = marks & lists.assumed or tree.word(above) in lists.as_soon or self._near(main) & lists.as_soon
            if not (timed and marks) and not marks & lists.before:
                return None
            return ("possible" if timed else "planned") if self._leaves_open(main) else "happened"
        if tree.word(above) in lists.moments or (not self._is_definite(above) and not self._is_set_off_clause(at)):
            named = tree.words[above].pos == "PROPN" and not tree.below(above, "det")
            return "possible" if not named and self._leaves_open(main) else None
        return None

    def _leaves_open(self, verb: int) -> bool:
        return self._is_open(self._of_verb(verb, 2))

    def _is_set_off_clause(self, at: int) -> bool:
        """Whether a comma stands before a relative clause."""
        return any(self.tree.word(one) == "," for one in self.tree.below(at, "punct") if one < at)

    def _is_of_now(self, at: int, forms: Set[str]) -> bool:
        """Whether a present tells what holds: in a whole sentence, of what lasts or in a clause beside the news."""
        tree, lists = self.tree, self.lists
        if not any(tree.word(one) in lists.full_stops for one in range(max(tree.first, tree.last - 2), tree.last)):
            return False  # a headline's present tells the past
        if self._on_day(at) or self._is_caption():
            return False
        passive = bool({tree.word(one) for one in tree.below(at, "aux:pass")} & lists.now)
        if forms & (lists.held_by if passive else lists.endures):
            return True
        relation, above = tree.words[at].relation, tree.above(at)
        if above is None:
            return False
        marks = self._marks(at) | {tree.word(one) for one in tree.below(at, "advmod")}
        if relation in ("acl:relcl", "ccomp") or (relation == "advcl" and marks & lists.meantime):
            return True
        return relation == "conj" and tree.is_verb(above) and not passive and self._by_auxiliary(above) == "ongoing"

    def _is_caption(self) -> bool:
        """Whether the sentence is one under a picture: marked so, or a present with the day ("…, May 4")."""
        tree, lists = self.tree, self.lists
        words = range(tree.first, tree.last)
        if any(tree.word(one) in lists.pictures for one in range(tree.first, min(tree.first + 2, tree.last))):
            return True
        if not any(tree.above(one) is None and tree.words[one].tag in ("VBZ", "VBP") for one in words):
            return False
        return any(
            tree.word(one) in lists.days
            or (tree.word(one) in lists.times and one + 1 < tree.last and tree.words[one + 1].tag == "CD")
            for one in words
        )

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
            tree.word(one) in self.lists.since and max(one, part) > at  # not "has since left"
            for part in parts
            for one in (part, *tree.below(part, "case", "mark"))
        ) or any(tree.word(one) in self.lists.since for part in parts for one in tree.below(part, "case", "mark"))

    def _is_counted(self, at: int) -> bool:
        """Whether it is said how often it was done: "has done so 18 times since 1932"."""
        return any(
            self.tree.word(one) in self.lists.often_done for one in self.tree.below(at, "obl:unmarked", "advmod")
        )
