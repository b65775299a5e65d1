"""What the words that govern a verb make of it, and what governs them: "may agree to leave", "dropped its plan to"."""

from __future__ import annotations

from collections.abc import Set

from onrecord.layers.calls import Calls
from onrecord.layers.hanging import OPEN
from onrecord.record import Status

# What becomes of what a word makes of its verb, by how the word stands: "may agree to", "did not agree to".
_WITHIN: dict[Status, dict[Status, Status]] = {
    "possible": {"planned": "possible", "called-for": "possible", "denied": "possible"},
    "conditional": {"planned": "conditional", "possible": "conditional", "called-for": "conditional"},
    "called-for": {"planned": "called-for", "possible": "called-for"},
    "denied": {"planned": "denied", "possible": "denied", "called-for": "denied", "denied": "possible"},
    "not-yet": {"planned": "not-yet", "denied": "possible"},
}
_BOUND = ("xcomp", "ccomp", "acl", "advcl", "csubj", "csubj:pass", "obl", "nmod", "dep", "amod", "root", "parataxis")


class Governors(Calls):
    """What governs the verbs of one sentence."""

    def _by_governor(self, at: int, depth: int) -> Status:
        """How a verb without a telling auxiliary stands: as what governs it has it."""
        tree = self.tree
        above, relation = tree.above(at), tree.words[at].relation or ""
        to = self._is_to([at]) or self._shares_to(at)
        if above is None or depth == 0:
            return "planned" if to else "happened"
        if relation == "conj":
            return self._of_joined(at, above, depth)
        bare = tree.words[at].tag in ("VB", "VBG", "NN") or to or relation == "xcomp"
        if not bare or relation not in _BOUND:
            return "happened"
        above = self._holder(at, above, to=to)
        if self._is_wanted(at, above):
            return "denied" if self._negated(above) else "called-for"
        if not self._stands_apart(at, above, relation, to=to):
            told = self._of_chain(at, above, depth, to=to) or self._of_governor(at, above, relation, depth, to=to)
            if told is not None:
                return told
        return self._of_purpose(at, above, relation, depth) if to else self._of_gerund(at, above, relation, depth)

    def _stands_apart(self, at: int, above: int, relation: str, *, to: bool) -> bool:
        """Whether a clause is no complement: "after leaving", ", ruling that", "To win them over, he promised"."""
        tree = self.tree
        if to:
            return relation == "advcl" and at < above
        if self._marks(at) & self.verbal.beside:
            return True
        alone = relation == "advcl" and tree.words[at].tag == "VBG" and not tree.below(at, "mark", "case")
        return alone and at > above and tree.words[min([at, *tree.below(at, "advmod")]) - 1].pos == "PUNCT"

    # ---- which word governs

    def _holder(self, at: int, above: int, *, to: bool) -> int:
        """The word that tells how a verb stands, where the parser hangs the verb on another.

        "called on the king to go" on the king, "pressure is growing on him to go" on the growth, "would not go, the
        aide said, dismissing the call" on the going.
        """
        tree, verbal = self.tree, self.verbal
        if not to:
            return self._teller(at, above)
        if tree.is_verb(above):
            if self._forms(above) & verbal.grows:
                for one in tree.own_subjects(above):
                    if not tree.is_verb(one) and one < at and self._governed(one, "acl", to=True):
                        return one
            return self._over_relative(above)
        verb = tree.above(above)
        told = self._forms(above) & verbal.duties or self._governed(above, "acl", to=True)
        if verb is None or not tree.is_verb(verb) or told:
            return above
        taken = (
            tree.words[above].relation in ("obj", "iobj", "nsubj:pass") or tree.preposition(above) in verbal.steered_by
        )
        steers = self._forms(verb) & (self.lists.called_by | verbal.called_verbs | verbal.give)
        return verb if taken and steers else above

    def _over_relative(self, above: int) -> int:
        """The verb that governs an infinitive hung on a relative clause: "asked the man who fled to come back"."""
        tree = self.tree
        noun = tree.above(above)
        verb = tree.above(noun) if noun is not None and tree.words[above].relation == "acl:relcl" else None
        if verb is None or not tree.is_verb(verb) or self._governed(above, "xcomp", to=True):
            return above
        steers = self._forms(verb) & (self.lists.called_by | self.verbal.called_verbs)
        return verb if steers and tree.words[noun or 0].relation in ("obj", "iobj") else above

    def _teller(self, at: int, above: int) -> int:
        """The verb of saying between a clause and the participle behind it, to which the participle belongs."""
        tree = self.tree
        if tree.words[at].relation != "advcl" or at < above:
            return above
        said: int | None = above
        for _ in range(3):
            said = tree.above(said) if said is not None else None
            if said is not None and above < said < at and tree.is_verb(said):
                return said
        return next((one for one in tree.below(above, "parataxis") if above < one < at and tree.is_verb(one)), above)

    # ---- what it makes of the verb

    def _of_chain(self, at: int, above: int, depth: int, *, to: bool) -> Status | None:
        """Of verbs that say nothing of their own: "had to go", "continued to", "managed to", "let him go"."""
        tree, lists, verbal = self.tree, self.lists, self.verbal
        if not tree.is_verb(above):
            return None
        forms, xcomp = self._forms(above), tree.words[at].relation == "xcomp"
        past = tree.words[above].tag in ("VBD", "VBN")
        if forms & lists.have_to and to and xcomp and not tree.below(above, "obj"):
            return self._of_duty(at, above, depth)
        if to and forms & lists.going and tree.words[above].tag == "VBG":
            return self._within(above, "planned", depth)
        if forms & lists.goes_on_by and xcomp:
            upper = self.status(above, depth - 1)
            return upper if past or upper != "happened" else "ongoing"
        if forms & verbal.stops and tree.words[at].tag == "VBG" and not tree.below(at, "mark"):
            if self._has_other(at, above):
                return self._prevented(above, forms, depth)
            return "happened" if self.status(above, depth - 1) == "happened" else "ongoing"
        if to and forms & lists.carried_to:
            return self.status(above, depth - 1)
        if to and (perfect := self._of_perfect(at, above, forms, depth)) is not None:
            return perfect
        if forms & verbal.let and (to or xcomp) and tree.words[at].tag == "VB":
            upper = self.status(above, depth - 1)
            return "possible" if upper == "happened" and not past else upper
        return None

    def _of_duty(self, at: int, above: int, depth: int) -> Status:
        """ "Has to go", "would have to go", "has yet to go"."""
        if (self._near(above) | self._near(at)) & self.lists.yet:
            return "not-yet"
        upper = self.status(above, depth - 1)
        if upper in ("denied", "conditional", "not-yet"):
            return upper
        if self._auxiliaries(above) & (self.lists.will | self.lists.would | self.lists.may) and self._hangs(at):
            return "conditional"
        return "planned" if self._speaks(above) else "called-for"

    def _of_perfect(self, at: int, above: int, forms: Set[str], depth: int) -> Status | None:
        """ "Is said to have fled", "is believed to be hiding"."""
        tree, lists = self.tree, self.lists
        helpers = {tree.word(one) for one in tree.below(at, "aux", "aux:pass", "cop")}
        if self._is_unfulfilled(above, forms):
            return "denied"
        if forms & self.verbal.believed and helpers & (self.verbal.been_so | lists.be):
            return "possible"
        if helpers & self.verbal.been_so:
            upper = self.status(above, depth - 1)
            return "denied" if forms & (lists.planned_by | self.verbal.planned_verbs) else upper
        if helpers & lists.be and tree.words[at].tag == "VBG" and forms & self.verbal.implied_verbs:
            return "ongoing" if self.status(above, depth - 1) == "happened" else None
        return None

    def _takes_none(self, forms: Set[str], relation: str) -> bool:
        """Whether an infinitive behind a verb is no complement: "blocked the road to protest"."""
        denied = forms & self.lists.denied_by and not forms & self.verbal.denies_to
        return bool(denied or (relation == "advcl" and forms & self.verbal.no_infinitive))

    def _is_unfulfilled(self, above: int, forms: Set[str]) -> bool:
        """ "Had been expected to": it did not come about."""
        tree = self.tree
        helpers = {tree.word(one) for one in tree.below(above, "aux", "aux:pass", "cop")}
        return bool(helpers & self.verbal.had and helpers - self.verbal.had and forms & self.verbal.expected)

    def _of_governor(self, at: int, above: int, relation: str, depth: int, *, to: bool) -> Status | None:
        """What a governing word makes of the verb, and what governs that; None where it says nothing."""
        tree, lists = self.tree, self.lists
        forms = self._forms(above)
        kept = self._kept(at, above)
        if kept is not None:
            return self._prevented(above, forms, depth)
        told = self._of_another(at, above, to=to)
        if told is None and to and not tree.is_verb(above) and forms & self.verbal.duties:
            told = "planned" if self._is_laid_down(above) else "called-for"
        if told is not None and forms & (lists.wanted_of | self.verbal.like_to_see):
            return "denied" if self._negated(above) else told
        if told is None and tree.is_verb(above):
            told = self._of_verbs(at, above, forms, to=to)
            if told is None and to and forms & self.verbal.implied_verbs:
                return self.status(above, depth - 1)
        elif told is None and to:
            told = self._of_adjective(above)
        if told is None and not (to and tree.is_verb(above) and self._takes_none(forms, relation)):
            told = self._governed(above, relation, to=to)
        told = told or self._by_gift(above, to=to)
        if told is not None:
            return self._within(above, told, depth)
        return self.status(above, depth - 1) if forms & lists.like_it and relation == "xcomp" else None

    def _of_verbs(self, at: int, above: int, forms: Set[str], *, to: bool) -> Status | None:
        tree, verbal = self.tree, self.verbal
        subjects = [one for one in tree.own_subjects(above) if tree.words[one].relation == "nsubj"]
        names = {tree.word(one) for one in subjects}
        if to and forms & verbal.tell:
            told = {tree.word(one) for one in tree.below(above, "obj", "iobj", "nsubj:pass")}
            told |= {tree.word(one) for one in tree.below(at, "nsubj")}
            return "planned" if names & verbal.commanders or told & verbal.commanded else "called-for"
        if to and forms & verbal.expects and self._has_other(at, above) and subjects and not names & verbal.experts:
            return "called-for"
        if to and self._is_term_set(above):
            return "called-for"
        if to and names & verbal.times_come and forms & verbal.grows:
            return "called-for"
        if to and forms & verbal.picks and self._has_other(at, above):
            return "planned"
        gerund = tree.words[at].tag == "VBG"
        if to and forms & verbal.called_verbs:
            return "called-for"
        if forms & verbal.denied_verbs and (to or gerund or tree.words[at].relation == "xcomp"):
            return "denied"
        if forms & verbal.planned_verbs and (to or self._marks(at) & self.lists.to):
            return "planned"
        if gerund and forms & verbal.believed and self._marks(at) & self.lists.of:
            return "possible"
        return "possible" if forms & verbal.possible_verbs and (to or gerund) else None

    def _of_adjective(self, above: int) -> Status | None:
        """ "It is up to him to go", "it would be wrong to"."""
        word = self.tree.word(above)
        if not self.tree.below(above, "cop") and not self.tree.below(above, "expl"):
            return None
        cases = {self.tree.word(one) for one in self.tree.below(above, "case")}
        if ({word} | cases & self.verbal.up) & self.verbal.called_adjectives and not self._is_laid_down(above):
            return "called-for"
        if word in self.verbal.denied_adjectives:
            return "denied"
        return "possible" if word in self.verbal.possible_adjectives else None

    def _by_gift(self, above: int, *, to: bool) -> Status | None:
        """What the object of a verb makes of an infinitive behind it: "gave orders to shell the town"."""
        objects = self.tree.below(above, "obj") if to and self.tree.is_verb(above) else []
        if self._forms(above) & self.verbal.dropped_by and any(self._governed(one, "acl", to=to) for one in objects):
            return "denied"
        told = [self._governed(one, "acl", to=to) for one in objects if self._forms(above) & self.lists.given_by]
        return next((one for one in told if one is not None), None)

    def _prevented(self, above: int, forms: Set[str], depth: int) -> Status:
        """What is kept from being done stands by the keeping: "stopped them from entering", "in order to stop them"."""
        upper = self._upper(above, depth)
        if upper in ("happened", "ongoing", "planned"):
            return "denied"
        if upper == "called-for":
            return "ongoing" if forms & self.verbal.stops else "denied"
        return "possible"

    # ---- what governs the governing word

    def _within(self, above: int, told: Status, depth: int) -> Status:
        """What is governed by a word that is denied itself, or only possible: "may agree to", "no plan to"."""
        return _WITHIN.get(self._upper(above, depth), {}).get(told, told)

    def _upper(self, above: int, depth: int) -> Status:
        """How a governing word itself stands."""
        tree = self.tree
        if tree.is_verb(above) or tree.below(above, "cop"):
            return "denied" if self._negated(above) and depth <= 1 else self.status(above, depth - 1)
        failed = {tree.word(one) for one in tree.below(above, "amod")} & self.lists.denied_words
        verb, relation = tree.above(above), tree.words[above].relation
        if failed or self._negated(above):
            return "denied"
        if verb is None or not tree.is_verb(verb):
            return "happened"
        if self._is_dropped(above, verb, relation or ""):
            return "possible" if self._negated(verb) else "denied"
        if relation == "nsubj:pass" and self._negated(verb):
            return "denied"
        if relation == "obj" and self._forms(verb) & self.verbal.weighs:
            return "possible"
        upper = self.status(verb, depth - 1) if relation == "obj" and depth > 1 else "happened"
        return upper if upper in ("denied", "possible", "conditional") else "happened"

    def _is_dropped(self, at: int, verb: int, relation: str) -> bool:
        """Whether a plan, a threat or a call comes to nothing: "dropped its threat to", "the plan fizzled out"."""
        tree, lists, verbal, forms = self.tree, self.lists, self.verbal, self._forms(verb)
        if relation == "nsubj":
            fizzled = forms & verbal.fizzles
            nothing = {tree.word(one) for one in tree.below(verb, "xcomp", "obl", "acl", "advmod")} & verbal.empty
            return bool(fizzled and (not forms & verbal.comes or nothing))
        dropped = forms & (verbal.dropped_by | lists.denied_by | lists.disowned_by)
        if self._is_taken(at):
            return bool(dropped)
        return (
            relation in ("obl", "nmod")
            and tree.preposition(at) in verbal.gone_back_by
            and bool(forms & verbal.dropped_by)
        )

    # ---- where nothing tells

    def _of_joined(self, at: int, above: int, depth: int) -> Status:
        """What is joined to another verb stands as that does: "to meet and talk"."""
        tree = self.tree
        own = {tree.word(one) for one in tree.below(at, "cc")}
        if self._is_to([at]) and not self._is_to([above]):
            above = self._infinitive_before(above) or above
        if tree.words[at].tag == "VBN" and tree.words[above].tag == "VBG":
            above = tree.clause_above(above) or above  # "acquitted of spying but jailed for perjury"
        if self._is_to([at]) and {tree.word(one) for one in tree.below(above, "advmod")} & self.lists.nots:
            return self._by_governor(above, depth - 1)  # "not to leave, and to name"
        upper = self.status(above, depth - 1)
        if own & self.verbal.or_else and upper == "called-for" and self._forms(at) & self.verbal.suffer:
            return "conditional"
        return upper

    def _shares_to(self, at: int) -> bool:
        tree = self.tree
        if tree.words[at].relation != "conj" or tree.words[at].tag != "VB":
            return False
        above = tree.above(at)
        return above is not None and self._is_to([above])

    def _infinitive_before(self, at: int) -> int | None:
        """The infinitive that another is joined to, where the parser has a verb between: "to find who fled, and to"."""
        tree, one = self.tree, at
        for _ in range(4):
            above = tree.above(one)
            if above is None:
                return None
            one = above
            if self._is_to([one]):
                return one
        return None

    def _of_purpose(self, at: int, above: int, relation: str, depth: int) -> Status:
        """An infinitive that nothing governs: what something is done for, or a headline's future."""
        tree, forms = self.tree, self._forms(at)
        if relation in ("root", "parataxis") and not tree.is_verb(above):
            return "planned"
        if not tree.is_verb(above) and not tree.below(above, "cop"):
            headline = tree.above(above) is None and relation in ("acl", "xcomp")
            if tree.word(above) in self.lists.nots or self._upper(above, depth) == "denied":
                return "denied"
            return "planned" if headline else "possible"
        upper = self.status(above, depth - 1)
        if forms & self.lists.done_at or upper in OPEN or upper == "denied":
            return upper
        return upper if forms & self.verbal.said_at else "possible"

    def _of_gerund(self, at: int, above: int, relation: str, depth: int) -> Status:
        """A participle or gerund that nothing governs: it has the time of its clause."""
        tree, lists, verbal = self.tree, self.lists, self.verbal
        marks = self._marks(at) | {tree.word(one) for one in tree.below(at, "case")}
        if marks & lists.toward and not marks & verbal.beside:
            upper = self.status(above, depth - 1)
            return upper if upper in ("not-yet", "denied", "conditional") else "possible"
        if marks & lists.toward:
            upper = self.status(above, depth - 1)
            return upper if upper in ("not-yet", "denied", "conditional") else "possible"
        if marks & lists.purpose:
            return "happened"
        if relation == "acl" and marks & lists.of:
            verb = tree.above(above)
            none = verb is not None and tree.words[above].relation == "nsubj" and self._negated(verb)
            return "denied" if none or self._negated(above) else "happened"
        if tree.words[at].tag in ("VBG", "VB") and relation in ("advcl", "xcomp", "conj"):
            upper = self.status(above, depth - 1)
            return "happened" if upper in ("denied", "called-for") and marks & verbal.beside - verbal.means else upper
        return "happened"
