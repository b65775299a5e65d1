"""How an event stands by the form of its verb: a progressive goes on, as does a habit, or a perfect with "since"."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.layers.beside import Beside
from onrecord.record import Status


class Aspect(Beside):
    """The statuses of verbs that stand by themselves."""

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

    def _finite(self, at: int, helpers: set[str]) -> Status:
        tag = self.tree.words[at].tag
        present = tag in ("VBZ", "VBP") or bool(helpers & self.lists.now)
        if present and (self._near(at) & (self.lists.often | self.lists.ongoing_words) or self._every(at)):
            return "ongoing"
        if helpers & self.lists.perfect and self._since(at) and not self.tree.is_passive(at):
            return "ongoing"
        return "happened"

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
