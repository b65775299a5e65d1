"""How the event of a noun stands by the word that it is an argument of: what is done, what begins, what is hung on."""

from __future__ import annotations

from onrecord.layers.beside import Beside
from onrecord.record import Status

_SUBJECT = ("nsubj", "nsubj:pass", "nsubj:outer")


class NounRoles(Beside):
    """The statuses that nouns have from what governs them."""

    def _of_argument(self, at: int, above: int, relation: str, depth: int) -> Status:
        """How a noun stands by the word that it is an argument of."""
        told = (
            self._hangs_on(at, above)
            or self._by_exchange(at, above, depth)
            or self._by_end(at, above, depth)
            or self._by_call(at, above, relation)
            or self._as_subject(at, above, relation, depth)
            or self._by_governing_word(at, above, relation, depth)
        )
        if told is not None:
            return told
        told = self._by_time(at, above, relation, depth) or self._in_scope(at, above, relation, depth)
        if told is not None:
            return told
        part = not self.tree.is_verb(above) and self.tree.preposition(at) in self.lists.of
        if part and (self._negated(above) or self.tree.word(above) in self.lists.nots):
            return "denied" if self.tree.word(above) in self.lists.nots else self._of_noun(above, depth - 1)
        if self._beside_words(at) & self.lists.any_one:
            return "possible"
        if self._beside_words(at) & self.lists.more:
            return "planned"
        if self._is_lasting(at) and self._lasts(at, above, relation):
            return "ongoing"
        return self._of_noun(above, depth - 1) if part else "happened"

    # ---- what is refused, ended, hung on

    def _by_refusal(self, at: int, above: int | None, depth: int) -> Status | None:
        """What an object is that is refused, prevented or called off: denied, if the verb itself came about."""
        lists = self.lists
        if above is None or not self._is_taken(at):
            return None
        forms = self._forms(above)
        if forms & lists.spared_by and not self._is_definite(at):
            return "denied"  # "escaped arrest"
        loose = [self.tree.word(one) for one in self.tree.below(at, "advmod")]  # "called the march off"
        if not (forms | {f"{form} {word}" for form in forms for word in loose}) & lists.denied_by:
            return None
        if self._forms(at) & lists.said_acts:
            return "happened"  # "rejected the offer": it was made
        upper = self._of_verb(above, depth - 1) if depth > 0 else "happened"
        if upper in ("happened", "ongoing"):
            return "denied"
        if upper in ("denied", "not-yet"):
            return "happened" if self._is_definite(at) else "possible"
        return self._by_own_clause(at, depth) or ("planned" if self._is_definite(at) else "possible")

    def _by_end(self, at: int, above: int, depth: int) -> Status | None:
        """What is to be stopped still goes on: "urged them to halt the raids", "calls for an end to the war"."""
        tree, lists = self.tree, self.lists
        if not self._forms(above) & lists.ended_by:
            return None
        if tree.is_verb(above):
            if not self._is_taken(at):
                return None
            upper = self._of_verb(above, depth - 1)
        elif tree.preposition(at) in lists.end_of:
            upper = self._of_noun(above, depth - 1)
        else:
            return None
        return "ongoing" if self._is_open(upper) or upper in ("denied", "ongoing") else "happened"

    def _hangs_on(self, at: int, above: int) -> Status | None:
        """ "the deal depends on the release": the one is conditional, the other possible."""
        tree, lists = self.tree, self.lists
        tied = tree.words[above].relation in ("acl", "amod") or tree.words[above].pos in ("NOUN", "PROPN")
        if not self._forms(above) & lists.hangs_on or tied:
            return None  # "men linked to the raid"
        if tree.words[at].relation in _SUBJECT:
            behind = [one for one in tree.below(above, "obl", "advcl") if tree.preposition(one) in lists.hung]
            return "conditional" if behind else None
        return "possible" if tree.preposition(at) in lists.hung or lists.to & self._links(at, above) else None

    def _links(self, at: int, above: int) -> set[str]:
        """The prepositions of a noun, and those that the parser put with the word above ("subject to")."""
        return {self.tree.word(one) for one in (*self.tree.below(at, "case"), *self.tree.below(above, "fixed"))}

    def _by_exchange(self, at: int, above: int, depth: int) -> Status | None:
        """ "in return for the release", "in the event of a strike", "without a truce", "barring a hitch"."""
        tree, lists = self.tree, self.lists
        forms = self._forms(above)
        if forms & lists.event_of and tree.preposition(at) in lists.of | lists.under_way:
            return "possible"
        traded = forms & lists.traded or any(tree.word(two) in lists.traded for two in tree.below(at, "case", "fixed"))
        lacking = tree.preposition(at) in lists.lacking or tree.word(above) in lists.lacking
        if not (traded and self._links(at, above) & lists.purpose) and not lacking:
            return None
        clause = tree.clause_above(at if lacking and tree.word(above) not in lists.lacking else above)
        if clause is not None and self._is_open(self._of_verb(clause, depth - 1)):
            return "possible"
        return "denied" if lacking else "happened"

    def _by_call(self, at: int, above: int, relation: str) -> Status | None:
        """ "pushed for a truce", "called a strike", "wants a vote", "demands for their release are met"."""
        tree, lists = self.tree, self.lists
        lemmas, link = self._forms(above), tree.preposition(at)
        if (link in lists.purpose and lemmas & lists.called_for) or (link in lists.over and lemmas & lists.pressed):
            return self._under(above, "called-for")
        if self._is_taken(at) and lemmas & lists.convened_by and not lemmas & lists.denied_by:
            named = tree.below(at, "nmod:poss") or {tree.word(one) for one in tree.below(at, "det")} & lists.definite
            return "happened" if named or self._is_named(above) else self._under(above, "planned")
        if relation == "obj" and lemmas & lists.wanted:
            return self._under(above, "called-for")
        if link in lists.purpose and tree.is_verb(above):  # "hopes fade for his release"
            for one in tree.below(above, "nsubj", "nsubj:pass"):
                if self._forms(one) & (lists.called_by | lists.possible_by):
                    return self._governed(one, "nmod", to=False)
        return None

    def _beside_words(self, at: int) -> set[str]:
        return {self.tree.word(one) for one in self.tree.below(at, "amod", "advmod", "det", "nmod:desc", "compound")}

    def _is_named(self, at: int) -> bool:
        """Whether a verb says what its object is: "called the raid a crime"."""
        return bool(self.tree.below(at, "xcomp")) or len(self.tree.below(at, "obj", "iobj")) > 1

    # ---- as a subject

    def _as_subject(self, at: int, above: int, relation: str, depth: int) -> Status | None:
        """What begins, goes on or fails stands by its verb: "talks will resume", "the siege continues"."""
        tree, lists = self.tree, self.lists
        if relation not in _SUBJECT:
            return None
        verb = above
        if self._forms(above) & lists.have_to and tree.below(above, "xcomp"):  # "has yet to begin"
            verb = tree.below(above, "xcomp")[0]
        upper = self._of_verb(verb, depth - 1)
        course = self._by_course(verb, "possible" if tree.preposition(at) in lists.until else upper)
        if course is not None:
            return course
        there = bool(tree.below(above, "expl")) and tree.words[above].tag in ("VBZ", "VBP")
        if (upper == "ongoing" or there) and self._is_lasting(at):
            return "ongoing"
        if self._near(above) & lists.ongoing_words and upper == "happened":
            return "ongoing"  # "the search was still on"
        if not tree.below(above, "cop") or (self._is_definite(at) and tree.below(above, "xcomp", "ccomp", "advcl")):
            return None  # "the seizure is likely to anger them"
        if {tree.word(one) for one in tree.below(above, "cop")} & lists.past:
            return None
        forms = self._forms(above)
        if forms & (lists.called_by | lists.possible_by | lists.planned_by):
            if self._negated(above):
                return "denied"
            return upper if upper != "happened" else self._governed(above, "nmod", to=False)
        return None

    def _by_course(self, verb: int, upper: Status) -> Status | None:
        """What a verb of beginning, going on or ending says of its subject; None of another verb."""
        tree, lists = self.tree, self.lists
        forms = self._forms(verb)
        if forms & lists.runs:
            past = upper == "happened" and not self._runs_now(verb)
            return upper if past or self._is_open(upper) else "ongoing"
        if forms & lists.entered and any(tree.word(one) in lists.durations for one in tree.below(verb)):
            return "ongoing" if not self._is_open(upper) else upper
        if forms & lists.begun_by:
            return upper
        if forms & lists.fails and not tree.below(verb, "obj"):
            return "ongoing" if self._is_open(upper) or upper in ("denied", "ongoing") else None
        return None

    def _runs_now(self, at: int) -> bool:
        helpers = {self.tree.word(one) for one in self.tree.below(at, "aux")}
        return not self._negated(at) and (
            helpers <= self.lists.perfect and (bool(helpers) or self.tree.words[at].tag in ("VBZ", "VBP"))
        )

    # ---- by the word above, whatever the role

    def _by_governing_word(self, at: int, above: int, relation: str, depth: int) -> Status | None:
        """ "the risk of an attack", "plans for a vote", "agreed on a truce", "a ban on rallies"."""
        tree, lists = self.tree, self.lists
        forms, link = self._forms(above), tree.preposition(at)
        if forms & lists.outrages_by and self._forms(at) & lists.outrages and self._is_definite(at):
            return "happened" if tree.is_verb(above) else None  # "ordered the murder", "debated the killing"
        if forms & lists.faced and self._is_taken(at) and self._forms(at) & lists.gatherings:
            return "planned"
        if link in lists.kept_from and forms & lists.kept_from and not tree.below(above, "obj"):
            return self._under(above, "denied")  # "is holding back from violence"
        if link in lists.under_way and forms & lists.engaged:
            return "ongoing"  # "is involved in negotiations"
        if not tree.is_verb(above) and forms & lists.doers:
            return None  # "a suspect of the attack"
        if forms & lists.series and link in lists.of:
            return self._of_noun(above, depth - 1)
        if not self._is_taken(at) and relation != "nmod" and link not in lists.governs:
            return None
        if forms & lists.idle and forms & lists.planned_by <= lists.idle:
            return None
        told = self._governed(above, relation, to=False)
        if told is None or (relation == "nsubj:pass" and told == "possible"):
            return None
        if told == "possible" and link in lists.against and self._is_definite(at):
            return None  # "campaigned against the invasion"
        ordered = told == "planned" and tree.is_verb(above) and not forms & lists.expects
        if ordered and self._of_verb(above, depth - 1) in ("possible", "called-for"):
            return "possible"  # "asked it to authorise a strike"
        if told == "possible" and (forms & lists.offers or self._is_date(above)):
            return told
        if self._is_date(above):
            return "planned"
        return self._under(above, told)

    def _is_date(self, at: int) -> bool:
        """ "no date has been set for the vote": it is to come all the same."""
        return bool(self._forms(at) & self.lists.dates) or any(
            self._forms(one) & self.lists.dates for one in self.tree.below(at, "obj", "nsubj:pass")
        )

    # ---- by the verb that carries it

    def _by_time(self, at: int, above: int, relation: str, depth: int) -> Status | None:
        """ "before the vote", "during the visit next month", "flew to Geneva for talks", "remains under siege"."""
        tree, lists = self.tree, self.lists
        link = tree.preposition(at)
        if link in lists.under_way and self._forms(above) & lists.lasting:
            return "ongoing"
        state = link in lists.states_in and self._is_lasting(at) and not tree.below(at, "det")
        if state and (relation == "nmod" or self._is_set_off(at)):
            return "ongoing"  # "the premier, under siege, …", "men on trial"
        clause = tree.clause_above(at)
        if clause is None or link not in lists.purpose | lists.before | lists.meanwhile:
            return None
        upper = self._of_verb(clause, depth - 1)
        if link in lists.purpose:
            going = self._forms(clause) & lists.travels and self._forms(at) & lists.gatherings
            if upper in ("planned", "conditional", "not-yet"):
                return upper
            return "planned" if going and upper == "happened" and not self._is_definite(at) else None
        if not self._is_open(upper) or (self._is_lasting(at) and self._is_definite(at)):
            return None
        if link in lists.before:
            return "planned" if self._is_definite(at) else "possible"
        return upper if upper == "planned" or not self._is_definite(at) else None

    def _is_set_off(self, at: int) -> bool:
        """Whether a phrase stands between commas."""
        first = min(self.tree.below(at, "case"), default=at)
        return first > self.tree.first and self.tree.word(first - 1) == ","

    def _in_scope(self, at: int, above: int, relation: str, depth: int) -> Status | None:
        """What is done stands as the verb that does it; what is only spoken of ("the …") stands by itself."""
        tree, lists = self.tree, self.lists
        if not tree.is_verb(above) and not tree.below(above, "cop"):
            return None
        forms, link = self._forms(above), tree.preposition(at)
        if forms & lists.speaks_of:
            return None  # "did not mention the sanctions"
        upper = self._of_verb(above, depth - 1)
        taken = self._is_taken(at)
        helpers = {tree.word(one) for one in tree.below(above, "aux")}
        if forms & lists.attends and taken and upper == "denied" and helpers & (lists.will | lists.would):
            return "planned"  # "will not attend the funeral"
        if upper in ("denied", "not-yet") and self._is_definite(at) and self._forms(at) & lists.said_acts:
            return "happened"  # "did not carry out the threat"
        if forms & lists.brings and (relation == "obj" or link in lists.to) and upper not in ("happened", "ongoing"):
            return upper
        if forms & (lists.like_it | lists.goes_on_by) and (taken or relation == "nsubj"):
            return upper if not (relation == "obj" and upper == "ongoing" and forms & lists.attends) else "ongoing"
        if taken and forms & lists.carriers:
            return upper
        if not self._is_open(upper) and upper != "denied":
            return None
        if taken and not self._is_definite(at):
            return upper if not (upper == "denied" and forms & (lists.possible_by | lists.planned_by)) else "possible"
        if taken and self._forms(at) & lists.gatherings:
            return "planned"
        if relation == "nsubj" and not (self._is_lasting(at) and self._is_definite(at)):
            if helpers & (lists.would | lists.may):
                return "possible"
            if upper == "planned" and (self._forms(at) & lists.gatherings or not self._is_definite(at)):
                return "planned"
        return None

    # ---- of a noun by itself

    def _is_lasting(self, at: int) -> bool:
        """Whether a noun is one for what lasts: a war, a siege, a ban."""
        burst = {self.tree.word(one) for one in self.tree.below(at, "compound")} & self.lists.bursts
        return bool(self._forms(at) & self.lists.lasting_nouns) and not burst

    def _lasts(self, at: int, above: int, relation: str) -> bool:
        """Whether what is said with a lasting thing is said of now: "has killed", "to end", not "killed", "of 1943"."""
        tree, lists = self.tree, self.lists
        dated = tree.below(at, "nmod", "nummod", "compound", "amod")
        if tree.preposition(at) in lists.gone or any(tree.words[one].tag == "CD" for one in dated):
            return False
        if relation == "obl:agent":
            return True
        if not self._is_definite(at) and relation != "nsubj" and tree.below(at, "det"):
            return False
        verb = above if tree.is_verb(above) or tree.below(above, "cop") else tree.clause_above(above)
        if verb is None:
            return True
        helpers = {tree.word(one) for one in tree.below(verb, "aux", "aux:pass", "cop")}
        if tree.words[verb].tag == "VBN" and not helpers:
            return False
        return tree.words[verb].tag != "VBD" and not helpers & lists.past
