"""Answer, from the dependencies of a sentence, what stands where round a predicate: who does it, what it is done to.

A predicate is the word that governs the rest of its words. A phrase is told by the word that heads it (an index in
`Mentions.words`); what is joined to it by "and" comes with it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence, Set
from functools import lru_cache

from onrecord.record import Mentions, Sentence, Span, Word

_SUBJECT = ("nsubj", "nsubj:pass", "csubj", "csubj:pass", "nsubj:outer", "csubj:outer")
_OBJECT = ("obj", "iobj")
_OBLIQUE = ("obl", "obl:agent", "nmod", "obl:unmarked")
_RELATIVE = ("WDT", "WP", "WP$")
# What is told of a noun besides, or stands beside it.
_OWN_CLAUSES = ("acl:relcl", "acl", "appos", "conj", "cc", "punct")
_VERBAL = ("VERB", "AUX")
# Relations that no noun has to a verb: where the parser gives one, the noun before a verb is its subject.
_NO_VERBS = ("flat", "appos", "compound", "nmod", "nmod:desc", "dep", "amod")
# How far up a chain of clauses an unspoken subject is sought ("agreed to try to help").
_DEPTH = 6


Arguments = tuple[tuple[str, Span], ...]
"""The arguments of a predicate, each with its PropBank role."""


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


class Tree:
    """The dependencies of one sentence."""

    def __init__(
        self, text: str, words: Sequence[Word], first: int, last: int, arguments: Mapping[int, Arguments]
    ) -> None:
        self.text = text
        self.words = words
        self.first = first
        self.last = last
        self.arguments = arguments
        self._below: dict[int, list[tuple[int, str | None]]] = {}
        self._words: dict[int, str] = {}
        self._forms: dict[int, Set[str]] = {}
        for at in range(first, last):
            head = words[at].head
            if head is not None and head != at and first <= head < last:
                self._below.setdefault(head, []).append((at, words[at].relation))

    def word(self, at: int) -> str:
        """A word in small letters."""
        found = self._words.get(at)
        if found is None:
            found = self._words[at] = self.words[at].span.of(self.text).lower()
        return found

    def lemmas(self, at: int) -> set[str]:
        """What the dictionary form of a word may be: the model's forms may lack their last e ("us" of "used")."""
        lemma = self.words[at].lemma or self.word(at)
        return {lemma, lemma + "e"}

    def forms(self, at: int) -> Set[str]:
        """What the dictionary form of a word may be, by its ending too, and that with its particle ("call off")."""
        known = self._forms.get(at)
        if known is not None:
            return known
        word = self.words[at]
        verb = (word.tag or "").startswith("VB")
        found: Set[str] = _verb_forms(word.lemma or "", self.word(at)) if verb else self.lemmas(at)
        particles = self.below(at, "compound:prt", "advmod")
        if particles:
            found = found | {f"{form} {self.word(one)}" for form in found for one in particles}
        self._forms[at] = found
        return found

    def marks(self, at: int) -> set[str]:
        """The words that open the clause of a verb: "if", "that", "to"."""
        return {self.word(one) for one in self.below(at, "mark")}

    def auxiliaries(self, at: int) -> set[str]:
        return {self.word(one) for one in self.below(at, "aux", "aux:pass")}

    def modifiers(self, at: int) -> set[str]:
        """The adverbs and adjectives of a word."""
        return {self.word(one) for one in self.below(at, "advmod", "amod")}

    def above(self, at: int) -> int | None:
        """The word that governs `at`; None for the root."""
        head = self.words[at].head
        return head if head is not None and head != at and self.first <= head < self.last else None

    def clause_above(self, at: int) -> int | None:
        """The next verb above a word."""
        above = self.above(at)
        while above is not None and not self.is_verb(above):
            above = self.above(above)
        return above

    def below(self, at: int, *relations: str) -> list[int]:
        """What `at` governs, of these relations, in order."""
        under = self._below.get(at)
        if under is None:
            return []
        found = []
        for one, relation in under:  # asked some sixty times for one standing, where a comprehension is slower
            if not relations or relation in relations:
                found.append(one)
        return found

    def is_verb(self, at: int) -> bool:
        return self.words[at].pos in _VERBAL

    def top(self, span: Span) -> int | None:
        """The word of a stretch that governs the rest of it: a verb first, then one that nothing in it governs."""
        inside = [at for at in range(self.first, self.last) if self.words[at].span & span]
        tops = [
            at for at in inside if self.above(at) not in inside and self.words[at].pos not in ("PUNCT", "DET", "ADP")
        ]
        return next((at for at in tops if self.is_verb(at)), tops[0] if tops else inside[0] if inside else None)

    def joined(self, at: int) -> list[int]:
        """`at` and what is joined to it: "soldiers, guards and a nurse"."""
        found = [at]
        for one in found:
            found += self.below(one, "conj")
        return found

    def stretch(self, at: int) -> Span:
        """From the first to the last word that `at` governs, without its relative clauses and what is joined to it."""
        found = [at]
        for one in found:
            found += [low for low in self.below(one) if self.words[low].relation not in _OWN_CLAUSES]
        return Span(self.words[min(found)].span.start, self.words[max(found)].span.end)

    def preposition(self, at: int) -> str:
        """The preposition of a phrase, in small letters.

        Of "in front of" it is the first word, of "to X's envoy" that of X, which the parser may give it.
        """
        own = [one for one in self.below(at, "case") if self.words[one].pos != "PART"]
        if own or self.is_verb(at):
            return self.word(own[0]) if own else ""
        first = at
        while (before := min(self.below(first), default=first)) < first:
            first = before
        return self.word(first) if self.words[first].relation == "case" and self.words[first].pos == "ADP" else ""

    def is_passive(self, at: int) -> bool:
        """Whether the subject of a verb is acted on."""
        if self.below(at, "aux:pass", "nsubj:pass", "csubj:pass"):
            return True
        word = self.words[at]
        if word.tag != "VBN" or self.below(at, "aux", "cop"):
            return False
        if word.relation in ("acl", "advcl", "amod"):
            return True
        above = self.above(at)
        if word.relation != "conj" or above is None or self.words[above].tag != "VBN":
            return False
        return not self.below(at, *_SUBJECT) and self.is_passive(above)

    def subjects(self, at: int) -> list[int]:
        """Who does what the verb at `at` says, or has it done to them where it is passive."""
        return self._subjects(at, _DEPTH) or self.argument(at, "ARG1" if self.is_passive(at) else "ARG0")

    def _subjects(self, at: int, depth: int) -> list[int]:
        own = self.own_subjects(at)
        relation, above = self.words[at].relation, self.above(at)
        if own:
            if self.words[own[0]].tag in _RELATIVE:
                return self._taken_up(at, own[0])
            return [one for one in self.joined(own[0]) if (one < at) == (own[0] < at)]
        if above is None or depth == 0:
            return []
        if relation == "conj":
            return self._subjects(above, depth - 1)
        if relation == "xcomp":
            return self._controlled(above, depth)
        if relation == "advcl" and not self.below(at, *_SUBJECT):
            return self._subjects(above, depth - 1)
        if relation == "acl" and self.words[at].tag in ("VBG", "VBN"):
            return self.joined(above)
        if relation == "acl":
            return self.owners(above, depth - 1)
        return []

    def own_subjects(self, at: int) -> list[int]:
        """The subject in the verb's own clause; a noun before it that no other relation explains is one."""
        found = self.below(at, *_SUBJECT)
        if found or not self.is_verb(at):
            return found
        return [
            one
            for one in self.below(at, *_NO_VERBS)
            if one < at and self.words[one].pos in ("NOUN", "PROPN", "PRON") and not self.preposition(one)
        ][:1]

    def argument(self, at: int, *kinds: str) -> list[int]:
        """The heads of the arguments of these kinds, and what is joined to them; on one side of the predicate."""
        here = self.words[at].span
        spans = [span for kind, span in self.arguments.get(here.start, ()) if kind in kinds]
        spans = [span for span in spans if (span < here) == (spans[0] < here)]
        return [one for span in spans if (top := self.top(span)) is not None for one in self.joined(top)]

    def _taken_up(self, at: int, pronoun: int) -> list[int]:
        """Whom a relative pronoun means: what its clause belongs to."""
        above = self.above(at)
        while self.words[at].relation == "conj" and above is not None:
            at, above = above, self.above(above)
        return self.joined(above) if above is not None and self.words[at].relation == "acl:relcl" else [pronoun]

    def _controlled(self, verb: int, depth: int) -> list[int]:
        """The unspoken subject of what `verb` governs: its object ("urged X to go"), else its subject."""
        objects = self.below(verb, *_OBJECT)
        return self.joined(objects[0]) if objects else self._subjects(verb, depth - 1)

    def objects(self, at: int) -> list[int]:
        """What the verb takes, the one who is given something first."""
        found = [one for part in sorted(self.below(at, *_OBJECT), key=lambda one: self.words[one].relation == "obj")
                 for one in self.joined(part)]  # fmt: skip
        if found:
            return found
        if self.words[at].relation == "acl:relcl" and self.below(at, *_SUBJECT):
            above = self.above(at)
            own = self.below(at, *_SUBJECT)[0]
            return self.joined(above) if above is not None and self.words[own].tag not in _RELATIVE else []
        shared = [one for one in self.below(at, "conj") if self.is_verb(one) and one - at <= 2]
        return self.objects(shared[0]) if shared else []

    def oblique(self, at: int, prepositions: Collection[str]) -> list[int]:
        """The phrases behind these prepositions that belong to a word."""
        return [
            one
            for part in self.below(at, *_OBLIQUE)
            if self.preposition(part) in prepositions
            for one in self.joined(part)
        ]

    def agents(self, at: int) -> list[int]:
        """Who does what a passive or a noun says: "by …"."""
        return self.oblique(at, ("by",))

    def clauses(self, at: int) -> list[int]:
        """The verbs of the clauses that a predicate takes: "demanded that X leave", "threatened to bomb"."""
        found = self.below(at, "ccomp", "xcomp")
        return found or [one for one in self.argument(at, "ARG1", "ARG2") if self.is_verb(one)]

    def owners(self, at: int, depth: int) -> list[int]:
        """Whose the noun at `at` is: "X's", or who has it as the object of a verb."""
        own = self.below(at, "nmod:poss")
        above = self.above(at)
        if own:
            return self.joined(own[0])
        if above is not None and depth > 0 and self.words[at].relation in ("obj", "xcomp") and self.is_verb(above):
            return self._subjects(above, depth - 1)
        return []


def arguments_of(seen: Mentions) -> dict[int, Arguments]:
    """The arguments of each predicate of a report, by where its word starts."""
    found: dict[int, list[tuple[str, Span]]] = {}
    for link in seen.links:
        if link.kind.startswith("ARG") and not link.kind.startswith("ARGM"):
            found.setdefault(seen.spans[link.head].span.start, []).append((link.kind, seen.spans[link.tail].span))
    return {start: tuple(arguments) for start, arguments in found.items()}


def tree_of(text: str, seen: Mentions, sentence: Sentence, arguments: Mapping[int, Arguments]) -> Tree | None:
    """The dependencies of a sentence; None where the report was not encoded."""
    if sentence.first_word >= sentence.last_word or seen.words[sentence.first_word].head is None:
        return None
    return Tree(text, seen.words, sentence.first_word, sentence.last_word, arguments)
