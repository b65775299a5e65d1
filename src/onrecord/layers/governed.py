"""How an event stands by the syntax round its predicate: its auxiliaries, and the words that govern it."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from onrecord.layers.syntax import Tree
from onrecord.record import Span, Status


class StatusWords(msgspec.Struct, frozen=True, kw_only=True):
    """The lists of `lang/<language>/status.toml`, which says what each is for."""

    will: frozenset[str]
    would: frozenset[str]
    may: frozenset[str]
    must: frozenset[str]
    have_to: frozenset[str]
    nots: frozenset[str]
    yet: frozenset[str]
    first_person: frozenset[str]
    condition: frozenset[str]
    chance: frozenset[str]
    planned_by: frozenset[str]
    possible_by: frozenset[str]
    called_by: frozenset[str]
    denied_by: frozenset[str]
    like_it: frozenset[str]
    goes_on_by: frozenset[str]
    ahead_words: frozenset[str]
    possible_words: frozenset[str]
    ongoing_words: frozenset[str]
    denied_words: frozenset[str]
    often: frozenset[str]
    amid: frozenset[str]
    since: frozenset[str]
    every: frozenset[str]
    days: frozenset[str]
    toward: frozenset[str]
    by_text: frozenset[str]
    of: frozenset[str]
    to: frozenset[str]
    be: frozenset[str]
    bare: frozenset[str]
    past: frozenset[str]
    now: frozenset[str]
    perfect: frozenset[str]
    endings: frozenset[str]
    purpose: frozenset[str]
    texts: frozenset[str]
    is_to: frozenset[str]


# How far up the governing words are asked.
_DEPTH = 5


class Governed:
    """The statuses of the predicates of one sentence, from what governs them and what they govern."""

    def __init__(self, tree: Tree, lists: StatusWords) -> None:
        self.tree = tree
        self.lists = lists

    def status(self, at: int, depth: int = _DEPTH) -> Status:
        """How the event of the word at `at` stands."""
        tree = self.tree
        verbal = tree.is_verb(at) or bool(tree.below(at, "cop")) or bool(tree.below(at, "aux"))
        if verbal and tree.words[at].relation not in ("amod", "compound"):
            return self._of_verb(at, depth)
        return self._of_noun(at, depth)

    def condition(self, at: int) -> Span | None:
        """The words of the clause that it hangs on."""
        for one in self.tree.below(at, "advcl"):
            if self._marks(one) & self.lists.condition:
                return self._stretch(one)
        return None

    def _stretch(self, at: int) -> Span:
        words, found = self.tree.words, [at]
        for one in found:
            found += self.tree.below(one)
        inside = [one for one in found if self.tree.words[one].relation not in ("mark", "punct")]
        return Span(words[min(inside)].span.start, words[max(inside)].span.end)

    def _of_verb(self, at: int, depth: int) -> Status:
        lists = self.lists
        marks = self._marks(at)
        if marks & lists.ahead_words:
            return "planned"
        if marks & lists.chance:
            return "possible"
        negated = self._negated(at)
        if self._near(at) & lists.yet and (negated or self._is_to([at])):
            return "not-yet"
        if negated:
            return "denied"
        own = self._by_auxiliary(at)
        if self._hangs(at, own):
            return "conditional"
        if own is not None:
            return own
        return self._by_governor(at, depth)

    def _by_auxiliary(self, at: int) -> Status | None:
        """What its own auxiliaries make of a verb; None where it has none that tell."""
        tree, lists = self.tree, self.lists
        auxiliaries = [tree.word(one) for one in tree.below(at, "aux", "aux:pass", "cop")]
        helpers = set(auxiliaries)
        adjective = tree.lemmas(at) if not tree.is_verb(at) else set()
        if adjective & (lists.possible_by | lists.planned_by):
            return "possible" if adjective & lists.possible_by else "planned"
        if helpers & (lists.will | lists.would) and self._is_feared(at):
            return "possible"
        if self._is_to([at]) and helpers & lists.is_to:
            return "planned"
        if helpers & lists.will or (tree.lemmas(at) & lists.be and self._is_to(tree.below(at, "xcomp", "ccomp"))):
            return "planned"
        if helpers & lists.would:
            return "denied" if helpers & lists.perfect else "planned" if self._is_told(at) else "possible"
        if helpers & lists.may:
            return "possible"
        if helpers & lists.must:
            return "planned" if self._speaks(at) else "called-for"
        if tree.words[at].tag == "VBG" and not tree.below(at, "cop"):
            return self._progressive(at, auxiliaries)
        finite = tree.words[at].tag in ("VBD", "VBZ", "VBP") or bool(helpers - lists.bare)
        if finite and not self._is_to([at]):
            return self._finite(at, helpers)
        return None

    def _progressive(self, at: int, auxiliaries: Sequence[str]) -> Status | None:
        """ "is shelling" goes on, "is meeting him on Friday" is to come, "was shelling" is over."""
        if not auxiliaries:
            return None
        if set(auxiliaries) & self.lists.past:
            return "happened"
        return "planned" if self._on_day(at) else "ongoing"

    def _on_day(self, at: int) -> bool:
        """Whether a day is named on which it is done: "is meeting the king on Friday"."""
        tree = self.tree
        return any(
            tree.word(one) in self.lists.days
            for one in tree.below(at, "obl", "obl:unmarked", "advmod", "nmod:unmarked")
        )

    def _is_to(self, verbs: Sequence[int]) -> bool:
        """Whether one of the verbs is an infinitive with "to"."""
        return any(self.tree.word(one) in self.lists.to for verb in verbs for one in self.tree.below(verb, "mark"))

    def _is_feared(self, at: int) -> bool:
        """Whether a clause tells what is feared, hoped or warned of: "fear that they would leave"."""
        above = self.tree.above(at)
        held = above is not None and self.tree.words[at].relation in ("ccomp", "acl")
        return held and bool(self.tree.lemmas(above or 0) & self.lists.possible_by)

    def _finite(self, at: int, helpers: set[str]) -> Status:
        tag = self.tree.words[at].tag
        present = tag in ("VBZ", "VBP") or bool(helpers & self.lists.now)
        if present and (self._near(at) & (self.lists.often | self.lists.ongoing_words) or self._every(at)):
            return "ongoing"
        if helpers & self.lists.perfect and self._since(at) and not self.tree.is_passive(at):
            return "ongoing"
        return "happened"

    def _by_governor(self, at: int, depth: int) -> Status:
        """How a verb without a telling auxiliary stands: as what governs it has it."""
        tree, lists = self.tree, self.lists
        above, relation = tree.above(at), tree.words[at].relation
        to = self._is_to([at]) or self._shares_to(at)
        if above is None or depth == 0:
            return "planned" if to else "happened"
        if relation == "conj":
            return self.status(above, depth - 1)
        lemmas = tree.lemmas(above)
        bare = tree.words[at].tag in ("VB", "VBG", "NN") or to or relation == "xcomp"
        if bare and relation in ("xcomp", "ccomp", "acl", "advcl", "csubj", "obl", "nmod", "dep", "amod"):
            if lemmas & lists.have_to and to and (self._near(above) | self._near(at)) & lists.yet:
                return "not-yet"
            if lemmas & lists.have_to and to and relation == "xcomp":
                return "planned" if self._speaks(above) else "called-for"
            if lemmas & lists.goes_on_by and relation == "xcomp":
                past = tree.words[above].tag in ("VBD", "VBN")
                return self.status(above, depth - 1) if past else "ongoing"
            told = self._governed(above, relation, to=to)
            if told is not None:
                return self._under(above, told)
            if lemmas & lists.like_it and relation == "xcomp":
                return self.status(above, depth - 1)
            if to:
                headline = tree.above(above) is None and not tree.is_verb(above) and relation in ("acl", "xcomp")
                return "planned" if headline else "possible"
            if tree.preposition(at) in lists.toward or self._marks(at) & lists.toward:
                upper = self.status(above, depth - 1)
                return upper if upper in ("not-yet", "denied", "conditional") else "possible"
            if tree.words[at].tag in ("VBG", "VB") and relation in ("advcl", "xcomp", "acl", "conj"):
                return self.status(above, depth - 1) if relation != "acl" else "happened"
        return "happened"

    def _under(self, above: int, told: Status) -> Status:
        """What is governed by a word that is itself denied: "did not agree to leave", "no plan to leave"."""
        return "denied" if self._negated(above) else told

    def _governed(self, above: int, relation: str | None, *, to: bool) -> Status | None:
        """What a governing word makes of what it governs."""
        word = self.tree.word(above)
        lists = self.lists
        lemmas = self.tree.lemmas(above) | {word} | {word.removesuffix(ending) for ending in lists.endings}
        if lemmas & lists.denied_by:
            return "denied"
        if lemmas & lists.called_by:
            return "called-for"
        if lemmas & lists.planned_by and (to or relation in ("obj", "nmod", "obl", "nsubj:pass")):
            return "planned"
        return "possible" if lemmas & lists.possible_by else None

    def _of_noun(self, at: int, depth: int) -> Status:
        tree, lists = self.tree, self.lists
        if self._negated(at):
            return "denied"
        beside = {tree.word(one) for one in tree.below(at, "amod", "advmod", "det", "nmod:desc", "compound")}
        for words, status in (
            (lists.denied_words, "denied"),
            (lists.possible_words, "possible"),
            (lists.ahead_words, "planned"),
            (lists.ongoing_words, "ongoing"),
        ):
            if beside & words:
                return status  # type: ignore[return-value]
        above, relation = tree.above(at), tree.words[at].relation
        if above is None or depth == 0:
            return "happened"
        if relation == "compound" and tree.lemmas(above) & lists.texts:
            return "possible"
        if relation in ("conj", "compound", "amod", "flat"):
            return self.status(above, depth - 1) if relation != "amod" else "happened"
        if tree.preposition(at) in lists.amid:
            return "ongoing"
        if relation in ("obj", "nmod", "obl", "nsubj:pass", "nsubj", "nmod:poss", "xcomp"):
            return self._of_argument(at, above, relation or "", depth)
        return "happened"

    def _of_argument(self, at: int, above: int, relation: str, depth: int) -> Status:
        """How a noun stands by the word that it is an argument of."""
        tree, lists = self.tree, self.lists
        lemmas = tree.lemmas(above)
        link = tree.preposition(at)
        if relation in ("obj", "nmod", "nsubj:pass") or link in ("for", "of", "to", "on", "against", "from"):
            told = self._governed(above, relation, to=False)
            if told is not None and not (relation == "nsubj:pass" and told == "possible"):
                return self._under(above, told)
        verb = tree.clause_above(at)
        if link in lists.purpose and verb is not None:
            upper = self._of_verb(verb, depth - 1)
            if upper in ("planned", "conditional", "not-yet"):
                return upper
        if not tree.is_verb(above):
            return self._of_noun(above, depth - 1) if link in lists.of else "happened"
        upper = self._of_verb(above, depth - 1)
        if relation in ("obj", "nsubj:pass") and lemmas & (lists.like_it | lists.goes_on_by):
            return upper
        if relation == "nsubj" and lemmas & lists.like_it:
            return upper
        helpers = {tree.word(one) for one in tree.below(above, "aux")}
        if relation == "nsubj" and helpers & (lists.would | lists.may):
            return "possible"
        return "happened"

    # ---- what stands round a predicate

    def _marks(self, at: int) -> set[str]:
        return {self.tree.word(one) for one in self.tree.below(at, "mark")}

    def _negated(self, at: int) -> bool:
        tree, lists = self.tree, self.lists
        if any(tree.word(one) in lists.nots for one in tree.below(at, "advmod", "det", "cc:preconj", "mark", "case")):
            return True
        if tree.is_verb(at):
            for one in tree.own_subjects(at):
                if tree.word(one) in lists.nots or any(
                    tree.word(d) in lists.nots for d in tree.below(one, "det", "cc:preconj")
                ):
                    return True
        return False

    def _near(self, at: int) -> set[str]:
        found = self.tree.below(at, "advmod", "amod")
        return {self.tree.word(one) for one in found}

    def _hangs(self, at: int, own: Status | None) -> bool:
        """Whether a verb hangs on a condition: an if-clause of its own, where nothing has happened yet."""
        if own in ("happened", "denied", "ongoing", "called-for"):
            return False
        holders = [at]
        if self.tree.words[at].relation == "conj" and (above := self.tree.above(at)) is not None:
            holders.append(above)
        if (above := self.tree.clause_above(at)) is not None and self.tree.words[at].relation in ("ccomp", "parataxis"):
            holders.append(above)
        clauses = [one for holder in holders for one in self.tree.below(holder, "advcl")]
        return own is not None and any(self._marks(one) & self.lists.condition for one in clauses)

    def _is_told(self, at: int) -> bool:
        """Whether a verb is in what somebody is said to have said: there "would" is a future of the past."""
        tree = self.tree
        above = tree.clause_above(at)
        while tree.words[at].relation == "conj" and above is not None:
            at, above = above, tree.clause_above(above)
        said = tree.words[at].relation in ("ccomp", "parataxis") and above is not None
        by_text = any(tree.preposition(one) in self.lists.by_text for one in tree.below(at, "obl"))
        return said or by_text or any(tree.words[one].tag == "VBD" for one in tree.below(at, "parataxis", "ccomp"))

    def _speaks(self, at: int) -> bool:
        return any(self.tree.word(one) in self.lists.first_person for one in self.tree.own_subjects(at))

    def _shares_to(self, at: int) -> bool:
        tree = self.tree
        if tree.words[at].relation != "conj" or tree.words[at].tag != "VB":
            return False
        above = tree.above(at)
        return above is not None and self._is_to([above])

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
        return any(
            tree.word(one) in self.lists.since for part in parts for one in (part, *tree.below(part, "case", "mark"))
        )
