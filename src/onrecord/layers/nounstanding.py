"""How the event of a noun stands: by the words beside it, and by the word that it is an argument of."""

from __future__ import annotations

from onrecord.layers.beside import Beside
from onrecord.record import Status


class NounStanding(Beside):
    """The statuses of the nouns of one sentence."""

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
