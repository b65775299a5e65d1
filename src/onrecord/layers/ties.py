"""Tie a figure to what other layers found: who did it, where, when, and on whose word.

Where the encoder gives a tree of the sentence, the clause that tells the figure decides; else the order of the words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from onrecord.layers.attributions import innermost
from onrecord.layers.clauses import load_classes
from onrecord.layers.numbers import Token
from onrecord.layers.predicates import FAR, Predicates
from onrecord.record import Actor, Attribution, Place, Span, TimeExpression

CLAUSE_COST = 40
"""What a comma or the start of a clause between a figure and a time or place counts as, in characters of distance."""

FARTHEST = 4.0
"""How far a clause that says where or when may be from the figure's, by `Predicates.distance`: two or three clauses."""

LATER_COST = 2.0
"""How much farther the time of something else is: "died after Monday's attack"."""

CARRIED = ("appos", "nmod")
"""How a name can hang on the noun that acts: "the rebel group, the Reds"; "members of the Reds"."""


class Told(NamedTuple):
    """A figure in its sentence: its words, its number alone, the phrase of what it counts, the words of its outcome.

    `voice` is how these take the people (`Governed.voice`), empty where no outcome is told.
    """

    span: Span
    number: Span
    people: Span
    outcome: Span | None
    voice: str
    sentence: Span
    tokens: Sequence[Token]
    syntax: Predicates | None


class Ties(NamedTuple):
    """The earlier layers of a report."""

    attributions: Sequence[Attribution]
    times: Sequence[TimeExpression]
    places: Sequence[Place]
    actors: Sequence[Actor]
    language: str

    def attribution_of(self, told: Told) -> str | None:
        """The attribution on whose word the figure stands: the innermost whose content holds its number."""
        found = innermost(self.attributions, told.number)
        return found.id if found else None

    def _is_of_telling(self, told: Told, words: Span) -> bool:
        """Whether words say who told the figure, or where and when: those of a source, or of the clause of its cue."""
        if any(words in span for each in self.attributions for span in each.source.spans if told.span not in span):
            return True
        teller = innermost(self.attributions, told.number)
        if teller is not None and any(words in content for content in teller.content):
            return False
        top = told.syntax.top(words) if told.syntax else None
        if told.syntax is None or top is None:
            return teller is not None
        verb = told.syntax.clause(top)
        cued = any(told.syntax.span(verb) & cue for each in self.attributions for cue in each.cue)
        return cued and verb != told.syntax.clause(_anchor(told, told.syntax))

    # ---- when

    def time_of(self, told: Told) -> TimeExpression | None:
        """The time of the clause that tells the figure, or of one near it.

        Of lengths of time only those that stand for a stretch of the calendar ("so far").
        """
        here = [
            t
            for t in self.times
            if t.span in told.sentence
            and not (t.span & told.span)
            and (t.type in ("DATE", "TIME") or t.interval)
            and not self._is_of_telling(told, t.span)
        ]
        if told.syntax is None:
            return min(here, key=lambda t: self._gap(told, t.span), default=None)
        own = _anchor(told, told.syntax)
        near = [(_time_cost(told.syntax, own, t.span), self._gap(told, t.span), t) for t in here]
        best = min(near, key=lambda one: one[:2], default=None)
        if best is None or best[0] <= FARTHEST:
            return best[2] if best else None
        return min(near, key=lambda one: one[1])[2] if told.outcome and self.attribution_of(told) else None

    # ---- where

    def place_of(self, told: Told) -> str | None:
        """The place that the clause says it was in, or a clause near it; one that only describes a noun is none."""
        mentions = [(p.id, m) for p in self.places for m in p.mentions if m in told.sentence]
        here = [one for one in mentions if not self._is_of_telling(told, one[1])]
        if told.syntax is None:
            located = [one for one in here if self._is_located(told, one[1])]
            return min(located, key=lambda one: self._gap(told, one[1]), default=(None,))[0]
        own = _anchor(told, told.syntax)
        near = [(_place_cost(told.syntax, own, m), self._gap(told, m), id) for id, m in here]
        best = min(near, default=None)
        return best[2] if best and best[0] <= FARTHEST else None

    def _is_located(self, told: Told, mention: Span) -> bool:
        """Whether a place is not the first part of another name or phrase, nor what something came from or is for."""
        classes = load_classes(self.language)
        before = next((t.lower for t in reversed(told.tokens) if t.end <= mention.start), "")
        after = next((t for t in told.tokens if t.start >= mention.end), None)
        if before in classes.origin:
            return False
        follows = classes.preposition | classes.boundary | classes.calendar
        free = after is None or not after.text[0].isalpha() or after.lower in follows
        return before in classes.locative or free

    # ---- by whom

    def actor_of(self, told: Told) -> str | None:
        """Who did it: the agent of the predicate, where an actor is named by those words."""
        if told.outcome is None or told.voice not in ("active", "passive"):
            return None
        here = [(m, a.id) for a in self.actors for m in a.mentions if m in told.sentence]
        if told.syntax is None:
            return self._by_order(told, here)
        verb = told.syntax.top(told.outcome)
        if verb is None:
            return None
        agent = told.syntax.led_agent(verb) if told.voice == "passive" else told.syntax.agent(verb)
        if agent is None or told.syntax.span(agent) & told.people:
            return None
        return _named(told.syntax, agent, here)

    def _by_order(self, told: Told, here: Sequence[tuple[Span, str]]) -> str | None:
        """After "by" where the clause is passive; the last subject before the verb where it is active."""
        verb = told.outcome or told.span
        if told.voice == "passive":
            after = [(m, id) for m, id in here if m.start > verb.end and self._is_led(told, verb.end, m.start)]
            return min(after)[1] if after else None
        before = [(m, id) for m, id in here if m.end <= verb.start and self._is_subject(told, m)]
        return max(before, key=lambda pair: pair[0].start)[1] if before else None

    def _is_led(self, told: Told, start: int, end: int) -> bool:
        """Whether between a verb and a mention stand "by" and words before its noun alone, no phrase of another."""
        classes = load_classes(self.language)
        between = [t.lower for t in told.tokens if start <= t.start < end]
        stops = classes.preposition | classes.boundary | classes.relative | classes.joiner
        return between[:1] == ["by"] and not any(word in stops for word in between[1:])

    def _is_subject(self, told: Told, mention: Span) -> bool:
        """Whether a verb may follow the mention: it stands behind no preposition, and none comes after it."""
        prepositions = load_classes(self.language).preposition
        before = [t.lower for t in told.tokens if t.end <= mention.start][-2:]
        after = next((t.lower for t in told.tokens if t.start >= mention.end), "")
        return not (set(before) & prepositions) and after.isalpha() and after not in prepositions | {"and", "or"}

    def _gap(self, told: Told, other: Span) -> int:
        """The characters between a figure, its predicate included, and other words; each clause begun counts more."""
        anchor = told.span
        if told.outcome is not None and told.voice != "part":
            anchor = Span(min(anchor.start, told.outcome.start), max(anchor.end, told.outcome.end))
        start, end = (anchor.end, other.start) if other.start >= anchor.end else (other.end, anchor.start)
        if end <= start:
            return 0
        classes = load_classes(self.language)
        boundaries = classes.boundary | classes.relative
        between = [t for t in told.tokens if start <= t.start < end]
        return end - start + CLAUSE_COST * sum(t.lower in boundaries or t.text in ",;" for t in between)


def _anchor(told: Told, syntax: Predicates) -> int:
    """The word whose clause tells the figure: of its outcome, or of what it counts."""
    words = told.outcome if told.outcome is not None and told.voice != "part" else told.span
    return syntax.top(words) or 0


def _time_cost(syntax: Predicates, own: int, words: Span) -> float:
    top = syntax.top(words)
    if top is None:
        return 2 * FAR
    later = LATER_COST if syntax.case(top) in syntax.words.later else 0.0
    return syntax.distance(own, top) + later


def _place_cost(syntax: Predicates, own: int, words: Span) -> float:
    """How far a place is from the clause of a figure; one acted on, or that describes a happening, a little farther."""
    top = syntax.top(words)
    if top is None:
        return 2 * FAR
    loose = syntax.is_located(top)
    if loose is None:
        if syntax.is_of_happening(top) or (syntax.relation(top) == "obj" and syntax.case(top) is None):
            loose = 1.0
        else:
            return 2 * FAR
    return syntax.distance(own, top) + loose


def _named(syntax: Predicates, agent: int, here: Sequence[tuple[Span, str]]) -> str | None:
    """The actor whose mention the agent heads; else one that says whose or of whom it is, or who did what happened."""
    for at in _carriers(syntax, agent):
        over = [(mention.end - mention.start, id) for mention, id in here if syntax.span(at) & mention]
        headed = [(mention.end - mention.start, id) for mention, id in here if syntax.top(mention) == at]
        if found := min(headed or over, default=None):
            return found[1]
    return None


def _carriers(syntax: Predicates, agent: int) -> Iterator[int]:
    """The words that may name who acts, the agent first: a happening is its owner's, its maker's, or its starter's."""
    yield agent
    if syntax.is_happening(agent):
        yield from syntax.below(agent, "nmod:poss", "amod", "compound")
        yield from syntax.led(agent)
        launched = syntax.tree.above(agent) if syntax.relation(agent) == "obj" else None
        if launched is not None and (starter := syntax.agent(launched)) is not None:
            yield starter
    else:
        yield from (
            child for child in syntax.below(agent, *CARRIED) if syntax.case(child) in (None, *syntax.words.part)
        )
