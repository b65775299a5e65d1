"""What verbs call for of somebody else, and what they keep somebody from: "wants him gone", "gave him a day to go"."""

from __future__ import annotations

from collections.abc import Set

from onrecord.layers.hanging import Hanging
from onrecord.record import Status


class Calls(Hanging):
    """What is called for, and kept from being done, in one sentence."""

    def _is_wanted(self, at: int, above: int) -> bool:
        """ "Wants the mine closed", "would like to see him gone"."""
        tree, wants = self.tree, self.lists.wanted_of
        if tree.words[at].tag not in ("VBN", "VBD", "JJ", "RB", "RP", "IN") or tree.below(
            at, "aux", "aux:pass", "cop", "mark"
        ):
            return False
        relation = tree.words[at].relation
        if relation == "conj":
            over = tree.above(above)
            return tree.words[above].tag == "VBN" and over is not None and self._is_wanted(above, over)
        if tree.is_verb(above):
            return relation in ("acl", "xcomp", "ccomp", "advcl") and bool(self._forms(above) & wants)
        verb = tree.above(above)
        taken = verb is not None and relation == "acl" and tree.words[above].relation == "obj" and tree.is_verb(verb)
        return taken and bool(self._forms(verb or 0) & wants) and not tree.below(verb or 0, "xcomp", "ccomp")

    def _of_another(self, at: int, above: int, *, to: bool) -> Status | None:
        """ "wants the king to resign" and "it is time to resign" call for it, "wants to resign" does not."""
        tree, lists, forms = self.tree, self.lists, self._forms(above)
        if not tree.is_verb(above):
            return "called-for" if to and forms & lists.time and tree.below(above, "cop") else None
        if forms & lists.wanted_of and self._has_other(at, above):
            return "called-for"
        if (
            forms & self.verbal.like_to_see
            and (over := tree.above(above)) is not None
            and tree.words[above].relation == "xcomp"
        ):
            return "called-for" if self._forms(over) & lists.wanted_of and self._has_other(at, above) else None
        if forms & self.verbal.been_so and tree.words[at].tag == "VB" and not to and self._has_other(at, above):
            return "called-for" if self._auxiliaries(above) & lists.would else None
        called = {tree.word(one) for one in tree.below(at, "mark")} & lists.purpose and to
        if called and self._is_laid_down(above):
            return "planned"
        if called and (forms & lists.called_for or forms & self.verbal.called_verbs or forms & lists.called_by):
            return "called-for"
        return None

    def _has_other(self, at: int, above: int) -> bool:
        """Whether somebody else is to do what a verb governs: a noun stands between the two."""
        tree = self.tree
        if tree.below(at, "nsubj", "nsubj:pass") or tree.below(above, "obj", "iobj"):
            return True
        first = min(tree.below(at, "mark"), default=at)
        return any(tree.words[one].pos in ("NOUN", "PROPN", "PRON") for one in range(above + 1, min(first, at)))

    def _is_term_set(self, above: int) -> bool:
        """Whether somebody is given a time to do it: "gave him until Friday to go"."""
        tree, verbal = self.tree, self.verbal
        if not self._forms(above) & verbal.give:
            return False
        parts = tree.below(above, "obj", "iobj", "obl", "obl:unmarked", "nmod:unmarked")
        return any(
            {tree.word(one)} & verbal.terms_of_time or tree.preposition(one) in self.lists.until for one in parts
        )

    def _kept(self, at: int, above: int) -> Status | None:
        """What somebody was kept from, or stopped short of, doing."""
        lists, tree, verbal = self.lists, self.tree, self.verbal
        links = self._marks(at) | {tree.word(one) for one in tree.below(at, "case")}
        if self._is_to([at]):
            return None
        forms = self._forms(above)
        if links & lists.kept_from and forms & lists.kept_from:
            return "denied"
        if links & verbal.off and self._is_off(links, above, forms):
            return "denied"
        return "denied" if links & lists.of and (self._near(above) | {tree.word(above)}) & lists.short else None

    def _is_off(self, links: set[str], above: int, forms: Set[str]) -> bool:
        """ "Acquitted of killing", "balked at pardoning", "ruled against extraditing", "shied away from attacking"."""
        tree, verbal = self.tree, self.verbal
        if links & self.lists.of:
            verb = tree.above(above)
            cleared = verb is not None and tree.words[above].relation == "obj" and self._forms(verb) & verbal.off_of
            return bool(forms & verbal.off_of or cleared)
        if links & verbal.at:
            return bool(forms & verbal.off_at)
        if links & verbal.against:
            return bool(forms & verbal.off_against)
        return bool(forms & verbal.off_verbs or tree.word(above) in verbal.rather)
