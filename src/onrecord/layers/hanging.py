"""What the event of a verb hangs on, and how that stands: "will sign if he goes", "once he goes", "in exchange for"."""

from __future__ import annotations

from onrecord.layers.aspect import Aspect
from onrecord.record import Status

# What is still to come, so that a clause of time beside it is too.
OPEN: tuple[Status, ...] = ("planned", "conditional", "possible", "called-for", "not-yet")


class Hanging(Aspect):
    """The conditions in one sentence."""

    # ---- a clause that something hangs on

    def _in_condition(self, at: int, depth: int) -> Status | None:
        """How a verb stands in a clause that something hangs on, or in one of time beside what is still to come."""
        tree, verbal = self.tree, self.verbal
        if self._is_condition(at):
            if not self._is_unreal(at):
                return "possible"
            return "happened" if self._negated(at) else "denied"
        if depth == 0 or self._is_to([at]):
            return None
        above, relation = tree.above(at), tree.words[at].relation or ""
        if above is None:
            return None
        if relation == "conj" and self._then(at, above) == "possible":
            return "possible"
        if relation == "conj":
            shares = not tree.below(at, "nsubj", "nsubj:pass", "aux") or self._marks(at) or tree.words[at].tag == "VBN"
            return self._in_condition(above, depth - 1) if shares and self._is_condition(above) else None
        if relation in ("ccomp", "csubj:pass", "csubj") and self._is_condition(above):
            return "possible"
        helpers = {tree.word(one) for one in tree.below(at, "aux")}
        if relation == "acl:relcl" and self._is_general(at) and self._is_ahead(above, depth):
            return "possible"
        if relation.startswith("advcl") and not helpers - self.lists.perfect - verbal.had:
            then = self._then(at, above)
            before = bool(self._marks(at) & verbal.before) and tree.words[at].tag != "VBD"
            if then is not None and (self._is_in_past(at, above) or self._is_ahead(above, depth, before=before)):
                return then
        return None

    def _is_in_past(self, at: int, above: int) -> bool:
        """Whether a present stands beside a past, so that it is to come: "told them to wait till he comes"."""
        tree = self.tree
        present = tree.words[at].tag in ("VBZ", "VBP") and not tree.below(at, "aux")
        return present and tree.words[above].tag in ("VBD", "VBN") and not tree.below(above, "aux:pass")

    def _is_ahead(self, above: int, depth: int, *, before: bool = False) -> bool:
        """Whether the clause round a word is about what is still to come."""
        tree = self.tree
        verb = above if tree.is_verb(above) or tree.below(above, "cop", "aux") else tree.clause_above(above)
        if verb is None:
            return False
        status = self._of_verb(verb, depth - 1)
        ahead = {tree.word(one) for one in tree.below(verb, "aux")}
        return status in OPEN or (
            status == "denied" and bool(before or ahead & (self.lists.will | self.lists.would | self.lists.may))
        )

    def _then(self, at: int, above: int) -> Status | None:
        """What a clause of time beside what is still to come tells of: sure to come, or not."""
        tree, verbal = self.tree, self.verbal
        links = self._marks(at) | {tree.word(one) for one in tree.below(at, "advmod")}
        if tree.words[at].tag in ("VBG", "VB") and not tree.below(at, "aux"):
            return None
        perfect = {tree.word(one) for one in tree.below(at, "aux")} & (self.lists.perfect | verbal.had)
        helpers = {tree.word(one) for one in tree.below(at, "aux", "aux:pass", "cop")}
        if helpers & (self.lists.will | self.lists.would | self.lists.may | self.lists.must):
            return None
        past = not perfect and (tree.words[at].tag == "VBD" or bool(helpers & self.lists.past))
        subjects = tree.own_subjects(at)
        if links & verbal.whenever:
            return "possible"
        if links & verbal.once:
            sure = any({tree.word(one), *self._forms(one)} & verbal.sure for one in subjects)
            return "planned" if sure or self._is_dated(at) else "possible"
        if links & verbal.when:
            chance = perfect or {tree.word(one) for one in tree.below(above, "aux")} & self.lists.may
            return None if past else "possible" if chance else "planned"
        if links & verbal.before:
            late = (
                self._negated(above)
                or past
                or any(tree.word(one) in self.lists.must for one in tree.below(above, "aux"))
            )
            return "possible" if late else "planned"
        if links & verbal.after:
            return "possible" if perfect and not past else None if past else "planned"
        return None

    def _is_condition(self, at: int) -> bool:
        """Whether a clause is one that something hangs on: "if he goes", "only after he goes", "should he go"."""
        tree, lists, verbal, marks = self.tree, self.lists, self.verbal, self._marks(at)
        if marks & lists.condition or self._is_in_case(at):
            return True
        if marks & (lists.inverted | verbal.had) or self._is_led(at):
            return True
        above, relation = tree.above(at), tree.words[at].relation or ""
        adverbs = {tree.word(one) for one in tree.below(at, "advmod")}
        if marks & lists.only_then or adverbs & lists.only_then:
            if above is not None and self._is_past(at) and self._is_past(above):
                return False
            only = self._near(at) | (self._near(above) if above is not None and above < at else set())
            return bool(only & lists.only)
        if above is not None and self._led_by(at, above, relation):
            return True
        if self._is_were_to(at):
            return True
        subject = tree.below(at, "nsubj", "nsubj:pass")
        helpers = [
            one for one in tree.below(at, "aux", "aux:pass", "cop") if tree.word(one) in lists.inverted | verbal.had
        ]
        return bool(subject and helpers and not marks and helpers[0] < subject[0] and self._opens(helpers[0]))

    def _is_led(self, at: int) -> bool:
        """Whether the word before a clause makes it a condition: "provided that", "so long as", "the moment"."""
        tree, verbal = self.tree, self.verbal
        marks = [one for one in tree.below(at, "mark") if one > tree.first]
        if any(
            tree.word(one - 1) in verbal.supposing | (verbal.as_long if tree.word(one) in verbal.as_ else frozenset())
            for one in marks
        ):
            return True
        if not (tree.words[at].relation or "").startswith("advcl") or tree.words[at].tag == "VBG" or self._is_to([at]):
            return False
        before = self._word_before(at)
        return before in verbal.supposing | verbal.whenever or (
            not marks and before in verbal.once | verbal.instants and bool(tree.below(at, "nsubj", "nsubj:pass"))
        )

    def _opens(self, at: int) -> bool:
        """Whether a word opens a clause: at the start, behind a mark or a conjunction, not behind a question's word."""
        tree = self.tree
        return at == tree.first or tree.words[at - 1].tag not in ("WRB", "WP", "RB", "RBR", "RBS")

    def _is_in_case(self, at: int) -> bool:
        tree = self.tree
        return any(
            tree.word(two) in self.verbal.terms for one in tree.below(at, "mark") for two in tree.below(one, "fixed")
        )

    def _led_by(self, at: int, above: int, relation: str) -> bool:
        """Whether the word above a clause makes it a condition: "provided that", "as soon as", "on condition that"."""
        tree, verbal = self.tree, self.verbal
        word = tree.word(above)
        if word in verbal.supposing and relation in ("ccomp", "advcl") and not tree.own_subjects(above):
            return True
        if word in verbal.as_long and tree.words[above].relation == "advmod" and relation == "advcl":
            return bool({tree.word(one) for one in tree.below(above, "advmod")} & (verbal.as_ | verbal.thus))
        if not relation.startswith("acl"):
            return False
        if word in verbal.terms and tree.preposition(above) in verbal.terms_by and self._has_that(at):
            return True
        timed = (tree.words[above].relation or "").startswith("obl") and tree.preposition(above) in ("", "on", "at")
        return word in verbal.instants and timed and tree.words[at].tag != "VBG"

    def _is_past(self, at: int) -> bool:
        helpers = self._auxiliaries(at)
        return bool(helpers & (self.lists.past | self.verbal.did)) or (not helpers and self.tree.words[at].tag == "VBD")

    def _has_that(self, at: int) -> bool:
        """Whether a clause opens with "that", or with its subject."""
        tree = self.tree
        words = {tree.word(one) for one in tree.below(at)}
        return bool(words & self.verbal.that) or (
            not words & self.verbal.which and bool(tree.below(at, "nsubj", "nsubj:pass"))
        )

    def _is_were_to(self, at: int) -> bool:
        """ "Were he to go", wherever the parser puts the "were"."""
        tree = self.tree
        to = next((one for one in tree.below(at, "mark") if tree.word(one) in self.lists.to), None)
        if to is None:
            return False
        for one in range(to - 1, max(tree.first, to - 8) - 1, -1):
            if tree.word(one) in self.verbal.were:
                return one < to - 1 and (
                    one == tree.first or tree.words[one - 1].tag in (",", ":", "IN", "CC", "``", "''")
                )
            if tree.is_verb(one) or tree.words[one].pos == "PUNCT":
                return False
        return False

    def _is_unreal(self, at: int) -> bool:
        """Whether a condition is one that was not met: "had he signed", "if he had asked, they would have"."""
        tree, verbal = self.tree, self.verbal
        marked = self._marks(at)
        if not (self._auxiliaries(at) | marked) & verbal.had:
            return False
        above = tree.above(at)
        if not marked - verbal.had:
            return True
        words = {tree.word(one) for one in range(tree.first, tree.last)}
        return bool(marked & self.lists.condition and above is not None and words & self.lists.would)

    def _is_general(self, at: int) -> bool:
        """Whether a relative clause tells of whoever or whatever does it: "anyone who crosses", "a deal that ends"."""
        tree, verbal = self.tree, self.verbal
        noun = tree.above(at)
        helpers = {tree.word(one) for one in tree.below(at, "aux", "aux:pass")}
        present = tree.words[at].tag in ("VBZ", "VBP") or bool(helpers & self.lists.now)
        past = tree.words[at].tag == "VBD" and not helpers and noun is not None and self._is_supposed(noun)
        if noun is None or not (present or past) or helpers & (self.lists.will | self.lists.would | self.lists.may):
            return False
        kinds = {tree.word(noun)} | {tree.word(one) for one in tree.below(noun, "det")}
        if kinds & verbal.anyone:
            return present or bool(kinds & verbal.any)
        subjects = {tree.word(one) for one in tree.below(at, "nsubj", "nsubj:pass")}
        if not present or not subjects & verbal.relatives or tree.words[at - 1].pos == "PUNCT":
            return False
        if kinds & verbal.articles:
            return tree.words[noun].relation in ("nsubj", "nsubj:pass") or self._is_supposed(noun)
        return tree.words[noun].tag == "NNS" and not tree.below(noun, "det", "nummod", "nmod:poss", "amod")

    def _is_supposed(self, at: int) -> bool:
        """Whether the verb above a word is one with "would" or "could"."""
        verb = self.tree.clause_above(at)
        helpers = {self.tree.word(one) for one in self.tree.below(verb, "aux")} if verb is not None else set()
        return bool(helpers & (self.lists.would | self.verbal.can))

    # ---- what hangs

    def _hangs(self, at: int) -> bool:
        """Whether a verb hangs on a clause or a phrase, its own or of what it is joined to or told by."""
        return self._held_at(at) is not None

    def _held_at(self, at: int) -> int | None:
        """The head of what a verb hangs on."""
        for holder in self._holders(at):
            found = self._held_by(at, holder)
            if found is not None:
                return found
        return None

    def _held_by(self, at: int, holder: int) -> int | None:
        tree, verbal = self.tree, self.verbal
        above = tree.above(holder)
        if above is not None and self._is_failing(above) and self._is_which(above):
            return above
        clauses = [
            one for one in tree.below(holder, "advcl", "ccomp", "conj") if one != at and self._is_condition_of(one)
        ]
        for one in sorted(clauses, key=lambda one: tree.word(one) in verbal.supposing):
            return next((two for two in tree.below(one, "ccomp") if tree.word(one) in verbal.supposing), one)
        for one in tree.below(holder, "dislocated", "nsubj"):
            if any(self._is_were_to(two) for two in tree.below(one, "acl")):
                return one
        if holder == at and (or_else := self._or_else(at)) is not None:
            return or_else
        for one in tree.below(holder, "advmod"):
            if tree.word(one) in verbal.as_long and one + 1 < tree.last and tree.word(one + 1) in verbal.as_:
                return one
            if tree.word(one) in verbal.otherwise or any(self._is_condition(two) for two in tree.below(one, "advcl")):
                return one
        for one in tree.below(holder, "obl", "obl:unmarked", "nmod", "advcl", "obl:tmod"):
            if self._is_term(one):
                return one
        led = (one for one in tree.below(holder, "case") if tree.word(one) in verbal.failing | verbal.subject_to)
        return next(led, self._any(holder))

    def _or_else(self, at: int) -> int | None:
        """What is to be done, or else: "leave now or you will be shot"."""
        tree, above = self.tree, self.tree.above(at)
        if above is None or tree.words[at].relation != "conj":
            return None
        joins = {tree.word(one) for one in tree.below(at, "cc", "advmod")}
        own = self._auxiliaries(at) & (self.lists.will | self.lists.would)
        return above if joins & self.verbal.or_else and own and tree.below(at, "nsubj", "nsubj:pass") else None

    def _is_condition_of(self, at: int) -> bool:
        tree, verbal = self.tree, self.verbal
        if self._is_condition(at):
            return True
        if self._is_failing(at):
            return not self._is_which(at)
        if tree.word(at) in verbal.supposing | verbal.subject_to:
            return True
        above = tree.above(at)
        return above is not None and self._then(at, above) == "possible" and not self._marks(at) & verbal.before

    def _is_failing(self, at: int) -> bool:
        """ "Failing an agreement", not "for failing to agree"."""
        return (
            self.tree.word(at) in self.verbal.failing and not self._marks(at) and not self._is_to(self.tree.below(at))
        )

    def _is_which(self, at: int) -> bool:
        """ "Failing which"."""
        return at + 1 < self.tree.last and self.tree.words[at + 1].tag == "WDT"

    def _is_term(self, at: int) -> bool:
        """Whether a phrase is one that something hangs on: "in exchange for", "failing a deal", "on condition that"."""
        tree, verbal = self.tree, self.verbal
        cases = {tree.word(one) for one in tree.below(at, "case")}
        word = tree.word(at)
        if cases & (verbal.failing | verbal.subject_to) or word in verbal.subject_to:
            return True
        above = tree.above(at)
        behind = tree.below(at, "nmod", "acl", "acl:relcl", "parataxis")
        if word in verbal.absence and cases & verbal.exchange_by and behind:
            return True
        if word in verbal.exchange and cases & verbal.exchange_by and behind:
            return above is None or not self._is_laid_down(above)
        if word in verbal.terms and cases & verbal.terms_by and any(map(self._has_that, behind)):
            return True
        if word in verbal.counted and cases & verbal.exchange_by and tree.below(at, "nummod"):
            return True
        if word in verbal.instants and any(self._is_condition(one) for one in tree.below(at, "acl", "acl:relcl")):
            return True
        if any(tree.word(one) in self.lists.only for one in tree.below(at, "advmod", "cc:preconj")):
            return bool(cases & verbal.only_by)
        return above is not None and at < above and self._is_wanting(at, above, cases)

    def _is_wanting(self, at: int, above: int, cases: set[str]) -> bool:
        """ "Without a truce, the convoys will stop", "with a truce, they could start"."""
        tree, lists = self.tree, self.lists
        helpers = {tree.word(one) for one in tree.below(above, "aux")}
        if cases & self.verbal.without:
            return bool(helpers & (lists.will | lists.would | lists.may)) and tree.words[at].tag not in ("PRP", "DT")
        return bool(cases & self.verbal.with_ and helpers & (lists.would | lists.may)) and not tree.below(at, "acl")

    def _any(self, at: int) -> int | None:
        """Whoever or whatever it would be done to: "any closure would be answered"."""
        tree, verbal = self.tree, self.verbal
        helpers = {tree.word(one) for one in tree.below(at, "aux")}
        if not helpers & (self.lists.will | self.lists.would) or self._marks(at) & (verbal.before | verbal.after):
            return None
        for one in tree.below(at, "nsubj", "nsubj:pass"):
            kinds = {tree.word(one)} | {tree.word(two) for two in tree.below(one, "det")}
            if kinds & (verbal.any | verbal.whenever) or any(
                self._is_general(two) for two in tree.below(one, "acl:relcl")
            ):
                return one
        objects = (
            one for one in tree.below(at, "obj") if {tree.word(two) for two in tree.below(one, "det")} & verbal.any
        )
        return next(objects, None)

    def _holders(self, at: int) -> list[int]:
        """The verbs that may carry the condition of a verb, itself first."""
        tree = self.tree
        holders, one = [at], at
        for _ in range(4):
            above, relation = tree.above(one), tree.words[one].relation
            if above is None or self._is_condition(one):
                break
            if relation == "conj" and tree.below(one, "aux") and tree.below(one, "nsubj", "nsubj:pass"):
                break
            if relation in ("conj", "xcomp") or (relation in ("acl", "advcl") and self._is_to([one])):
                holders.append(above)
                one = above
                continue
            if relation in ("ccomp", "parataxis") and tree.is_verb(above):
                holders.append(above)
            break
        return [*holders, *self._told_by(at), *self._joined_last(at)]

    def _told_by(self, at: int) -> list[int]:
        """What is put in behind it and tells it: "he would go, the aide said, if the siege was lifted"."""
        return [one for one in self.tree.below(at, "parataxis") if self.tree.is_verb(one) and one > at]

    def _joined_last(self, at: int) -> list[int]:
        """What it is joined to by "and" with the same auxiliary: a condition at the end goes for both."""
        tree = self.tree
        own = {tree.word(one) for one in tree.below(at, "aux")}
        return [
            one for one in tree.below(at, "conj") if own and own == {tree.word(two) for two in tree.below(one, "aux")}
        ]
