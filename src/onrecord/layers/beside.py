"""Ask of a predicate what tells how its event stands: its marks and negation, what it hangs on, and what governs it."""

from __future__ import annotations

from collections.abc import Sequence, Set
from functools import lru_cache

from onrecord.layers.statuswords import StatusWords
from onrecord.layers.syntax import Tree
from onrecord.record import Status


@lru_cache(maxsize=8192)
def _verb_forms(lemma: str, word: str) -> frozenset[str]:
    """What the dictionary form of a verb may be, by what the model gives and by its ending.

    The model's forms may be short or long by an e, or keep a doubled letter or an i ("denie", "cancell").
    """
    forms = {lemma or word, (lemma or word) + "e"}
    forms |= {form.removesuffix("e") for form in forms}
    forms |= {form[:-1] + "y" for form in forms if form.endswith("i")}
    forms |= {form[:-1] for form in forms if len(form) > 3 and form[-1] == form[-2]}
    forms.add(word)
    for ending in ("s", "es", "d", "ed", "ing"):
        stem = word.removesuffix(ending)
        if stem == word or len(stem) < 3:
            continue
        forms |= {stem, stem + "e"} if ending == "ing" else {stem}
        if len(stem) > 3 and stem[-1] == stem[-2]:
            forms.add(stem[:-1])
        if stem.endswith("i"):
            forms.add(stem[:-1] + "y")
    return frozenset(forms)


class Beside:
    """What stands round the predicates of one sentence."""

    def __init__(self, tree: Tree, lists: StatusWords) -> None:
        self.tree = tree
        self.lists = lists
        self.verbal = lists.verbs
        self._known: dict[int, Set[str]] = {}

    # ---- how a word stands, by what it is

    def status(self, at: int, depth: int) -> Status:
        """How the event of the word at `at` stands; words that govern it are asked up to `depth` times."""
        raise NotImplementedError

    def _of_verb(self, at: int, depth: int) -> Status:
        raise NotImplementedError

    def _of_noun(self, at: int, depth: int) -> Status:
        raise NotImplementedError

    def _hangs(self, at: int) -> bool:
        """Whether a verb hangs on a clause or a phrase."""
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
            (tree.preposition(one) in lists.by_text and self._forms(one) & lists.laws)
            or (tree.preposition(one) in self.verbal.by and self._forms(one) & self.verbal.bound_by)
            for one in tree.below(at, "obl")
        )

    # ---- what stands at it

    def forms(self, at: int) -> Set[str]:
        """What the dictionary form of a word may be, and that with its particle ("call off")."""
        return self._forms(at)

    def _forms(self, at: int) -> Set[str]:
        """What the dictionary form of a word may be, and that with its particle ("call off")."""
        known = self._known.get(at)
        if known is not None:
            return known
        tree = self.tree
        word = tree.words[at]
        verb = (word.tag or "").startswith("VB")
        found: Set[str] = _verb_forms(word.lemma or "", tree.word(at)) if verb else tree.lemmas(at)
        particles = tree.below(at, "compound:prt", "advmod")
        if particles:
            found = found | {f"{form} {tree.word(one)}" for form in found for one in particles}
        self._known[at] = found
        return found

    def _marks(self, at: int) -> set[str]:
        return {self.tree.word(one) for one in self.tree.below(at, "mark")}

    def _auxiliaries(self, at: int) -> set[str]:
        return {self.tree.word(one) for one in self.tree.below(at, "aux", "aux:pass")}

    def _near(self, at: int) -> set[str]:
        found = self.tree.below(at, "advmod", "amod")
        return {self.tree.word(one) for one in found}

    def _negated(self, at: int) -> bool:
        """Whether a word is said not to be so: by its adverbs and determiners, and a verb by its arguments too."""
        tree, nots = self.tree, self.lists.nots
        for one in tree.below(at, "advmod", "det", "cc:preconj", "mark", "case", "cc"):
            word, relation = tree.word(one), tree.words[one].relation
            if word in self.lists.longer and {tree.word(two) for two in tree.below(one)} & nots:
                return True
            if word in self.verbal.rather and self._is_instead(one) and not self._near(at) & self.verbal.just:
                return True
            if word in (self.verbal.nor if relation == "cc" else nots):
                return True
        if self._is_barred(at):
            return True
        if not tree.is_verb(at):
            return False
        if any(self._is_none(one) for one in tree.own_subjects(at)):
            return True
        if self._forms(at) & self.verbal.with_no:
            return False
        return any(
            tree.word(two) in nots and not self._is_fewer(one)
            for one in tree.below(at, "obj")
            for two in tree.below(one, "det")
        )

    def _is_barred(self, at: int) -> bool:
        """ "Under no circumstances", "let alone condemn it", "with nothing signed"."""
        tree, nots = self.tree, self.lists.nots
        if at - 2 >= tree.first and f"{tree.word(at - 2)} {tree.word(at - 1)}" in self.verbal.let_alone:
            return True
        above = tree.above(at)
        if above is not None and tree.words[at].relation == "acl" and tree.word(above) in nots:
            return True
        return any(
            tree.word(one) in self.verbal.no_way and tree.word(two) in nots
            for one in tree.below(at, "obl", "advmod")
            for two in tree.below(one, "det")
        )

    def _is_instead(self, at: int) -> bool:
        """Whether a word opens what was not done: "rather than vote", "instead of voting"."""
        return bool({self.tree.word(one) for one in self.tree.below(at, "fixed")} & self.verbal.rather_than)

    def _is_none(self, at: int) -> bool:
        """Whether a subject is nobody: "no convoy", "not one of them", "too few members"."""
        tree, lists, verbal = self.tree, self.lists, self.verbal
        if tree.word(at) in lists.nots or {tree.word(one) for one in tree.below(at, "case")} & lists.nots:
            return True
        for one in tree.below(at, "det", "cc:preconj", "amod", "advmod"):
            word, own = tree.word(one), {tree.word(two) for two in tree.below(one, "advmod", "det")}
            if word in lists.nots and not self._is_fewer(at):
                return True
            if tree.words[one].relation == "amod" and (
                (own & lists.nots and word in self.verbal.more) or (word in verbal.few and own & verbal.too)
            ):
                return True
        return False

    def _word_before(self, at: int) -> str:
        """The word before all that a word governs."""
        tree, first = self.tree, at
        while (before := min(tree.below(first), default=first)) < first:
            first = before
        return tree.word(first - 1) if first > tree.first else ""

    def _is_fewer(self, at: int) -> bool:
        """ "No fewer than 30"."""
        return any(
            self.tree.word(one) in self.verbal.fewer
            for part in (at, *self.tree.below(at, "nummod", "amod"))
            for one in (part, *self.tree.below(part, "advmod"))
        )

    def _is_dated(self, at: int) -> bool:
        """Whether a day ahead is named: "on Friday", "next week", "in May"."""
        tree = self.tree
        ahead = self.lists.days | self.verbal.months
        for one in tree.below(at, "obl", "obl:unmarked", "advmod", "nmod:unmarked"):
            inner = {
                tree.word(one),
                *(tree.word(two) for two in tree.below(one, "amod", "nummod", "nmod", "compound", "nmod:unmarked")),
            }
            if inner & ahead and tree.preposition(one) not in self.verbal.dated_back:
                return True
        return False

    def _is_to(self, verbs: Sequence[int]) -> bool:
        """Whether one of the verbs is an infinitive with "to"."""
        return any(self.tree.word(one) in self.lists.to for verb in verbs for one in self.tree.below(verb, "mark"))

    def _speaks(self, at: int) -> bool:
        return any(self.tree.word(one) in self.lists.first_person for one in self.tree.own_subjects(at))

    def _is_open(self, status: Status) -> bool:
        """Whether a status leaves it open that something comes about."""
        return status in ("planned", "conditional", "possible", "called-for", "not-yet")

    def _is_definite(self, at: int) -> bool:
        """Whether a noun speaks of one that is known: "the raid", "their visit", not "a raid", "raids"."""
        tree = self.tree
        determiners = {tree.word(one) for one in tree.below(at, "det")}
        return bool(determiners & self.lists.definite or tree.below(at, "nmod:poss"))

    def _is_time(self, at: int) -> bool:
        return self.tree.word(at) in self.lists.days | self.lists.durations | self.lists.times
