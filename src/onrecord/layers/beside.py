"""Ask of a predicate what tells how its event stands: its marks and negation, what it hangs on, and what governs it."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.layers.statuswords import StatusWords
from onrecord.layers.syntax import Tree
from onrecord.record import Status


class Beside:
    """What stands round the predicates of one sentence."""

    def __init__(self, tree: Tree, lists: StatusWords) -> None:
        self.tree = tree
        self.lists = lists

    # ---- how a word stands, by what it is

    def status(self, at: int, depth: int) -> Status:
        """How the event of the word at `at` stands; words that govern it are asked up to `depth` times."""
        raise NotImplementedError

    def _of_verb(self, at: int, depth: int) -> Status:
        raise NotImplementedError

    def _of_noun(self, at: int, depth: int) -> Status:
        raise NotImplementedError

    def _by_auxiliary(self, at: int) -> Status | None:
        raise NotImplementedError

    def _by_own_clause(self, at: int, depth: int) -> Status | None:
        raise NotImplementedError

    # ---- what governs a word

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

    def _is_laid_down(self, at: int) -> bool:
        """Whether a deal or a law says so: "the deal calls for", "under the law they must"."""
        tree, lists = self.tree, self.lists
        said = any(self._forms(one) & lists.laws for one in tree.own_subjects(at))
        return said or any(
            tree.preposition(one) in lists.by_text and self._forms(one) & lists.laws for one in tree.below(at, "obl")
        )

    # ---- what stands at it

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

    def _near(self, at: int) -> set[str]:
        found = self.tree.below(at, "advmod", "amod")
        return {self.tree.word(one) for one in found}

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

    def _is_to(self, verbs: Sequence[int]) -> bool:
        """Whether one of the verbs is an infinitive with "to"."""
        return any(self.tree.word(one) in self.lists.to for verb in verbs for one in self.tree.below(verb, "mark"))

    def _speaks(self, at: int) -> bool:
        return any(self.tree.word(one) in self.lists.first_person for one in self.tree.own_subjects(at))

    # ---- what it hangs on

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
