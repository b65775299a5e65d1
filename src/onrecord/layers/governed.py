"""How an event stands by the syntax round its predicate: its auxiliaries, and the words that govern it."""

from __future__ import annotations

from onrecord.layers.nounstanding import NounStanding
from onrecord.layers.verbstanding import VerbStanding
from onrecord.record import Span, Status

# How far up the governing words are asked.
_DEPTH = 5


class Governed(VerbStanding, NounStanding):
    """The statuses of the predicates of one sentence, from what governs them and what they govern."""

    def status(self, at: int, depth: int = _DEPTH) -> Status:
        """How the event of the word at `at` stands."""
        tree = self.tree
        verbal = tree.is_verb(at) or bool(tree.below(at, "cop")) or bool(tree.below(at, "aux"))
        if verbal and tree.words[at].relation not in ("amod", "compound"):
            return self._of_verb(at, depth)
        return self._of_noun(at, depth)

    def condition(self, at: int) -> Span | None:
        """The words of what it hangs on."""
        found = self._held_at(at)
        return self._stretch(found) if found is not None else None

    def _stretch(self, at: int) -> Span:
        words, found = self.tree.words, [at]
        for one in found:
            found += self.tree.below(one)
        inside = [one for one in found if self.tree.words[one].relation not in ("mark", "punct")]
        return Span(words[min(inside)].span.start, words[max(inside)].span.end)
