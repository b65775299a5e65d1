"""Find the figures of a report: how many, of what, what befell them, where, when, and on whose word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

import msgspec

from onrecord.lang import has_language, read_words
from onrecord.layers.amounts import read_amounts
from onrecord.layers.groups import Group, find_counted, load_nouns, with_nouns
from onrecord.layers.measures import Amount, load_units
from onrecord.layers.numbers import Token, cut_tokens
from onrecord.layers.outcomes import find_triggers, load_outcomes
from onrecord.layers.patients import Governed, govern
from onrecord.layers.people import find_people, find_surnames
from onrecord.layers.predicates import Predicates
from onrecord.layers.syntax import arguments_of, tree_of
from onrecord.layers.ties import Ties, Told
from onrecord.record import Actor, Attribution, Basis, Figure, Mentions, Place, Report, Span, TimeExpression

UNBROKEN = str.maketrans("\n[]", "   ")
"""Line ends and an editor's square brackets, which break a sentence for the eye alone: "at least [9] people"."""

FEWEST_IN_TABLE = 8
"""Numbers that a table has at least: headlines with four ("Bomb kills 12, wounds 30") are none."""


class Found(NamedTuple):
    """A figure before it has an id and its ties: its group, its predicate, the sentence's tokens and its syntax."""

    group: Group
    governed: Governed | None
    tokens: Sequence[Token]
    sentence: Span
    syntax: Predicates | None

    @property
    def span(self) -> Span:
        first, last = (
            (self.group.amount.first, self.group.amount.last)
            if self.group.amount
            else (self.group.first, self.group.last)
        )
        return Span(self.tokens[first].start, self.tokens[last - 1].end)

    def words(self, first: int, last: int) -> Span:
        return Span(self.tokens[first].start, self.tokens[last - 1].end)

    @property
    def told(self) -> Told:
        """The figure as its ties need it."""
        amount, governed = self.group.amount, self.governed
        return Told(
            span=self.span,
            number=self.words(*amount.core) if amount and amount.core else self.span,
            people=self.words(self.group.first, self.group.last),
            outcome=self.words(governed.trigger.first, governed.trigger.last) if governed else None,
            voice=governed.voice if governed else "",
            sentence=self.sentence,
            tokens=self.tokens,
            syntax=self.syntax,
        )


class Context(NamedTuple):
    """What a sentence's figures need of the whole report.

    `text` has spaces for line ends, place for place: a line that a wire has broken is read as one. `dates` hold
    no figure but lengths of time; `places` are the characters of the names of places; `told` are the outcomes that
    doubtful words ("cases") say here.
    """

    text: str
    language: str
    dates: tuple[Span, ...]
    surnames: frozenset[str]
    places: frozenset[int]
    told: frozenset[str]


def find_figures(
    report: Report,
    seen: Mentions,
    attributions: tuple[Attribution, ...] | None = None,
    times: tuple[TimeExpression, ...] | None = None,
    places: tuple[Place, ...] | None = None,
    actors: tuple[Actor, ...] | None = None,
) -> tuple[Figure, ...] | None:
    """The figures of `report`, in order of their words; None where there are no rules for its language.

    The span of a figure is its number with the words that bound it and its unit ("more than 29,000",
    "up to $3 million"); `of` are the words for what is counted. One person of whom an outcome is told
    ("a soldier was killed") is a figure of 1, whose span is the words for that person.
    """
    language = report.language or "en"
    if not has_language(language, "figures"):
        return None
    context = Context(
        text=report.text.translate(UNBROKEN),
        language=language,
        dates=tuple(t.span for t in times or () if t.type != "DURATION"),
        surnames=find_surnames(report.text, load_nouns(language)),
        places=frozenset(at for place in places or () for m in place.mentions for at in range(m.start, m.end)),
        told=load_outcomes(language).told_in(report.text),
    )
    arguments = arguments_of(seen)
    found: list[Found] = []
    for sentence in seen.sentences:
        headline = sentence.paragraph < len(report.parts) and report.parts[sentence.paragraph].kind == "headline"
        tree = tree_of(report.text, seen, sentence, arguments)
        syntax = Predicates(tree, language) if tree else None
        found += _find_in_sentence(context, sentence.span, headline, syntax)
    ties = Ties(attributions or (), times or (), places or (), actors or (), language)
    found.sort(key=lambda f: f.span)
    return tuple(_figure(f"f{number}", one, ties) for number, one in enumerate(found, 1))


def _find_in_sentence(context: Context, span: Span, headline: bool, syntax: Predicates | None) -> list[Found]:
    language = context.language
    tokens = cut_tokens(context.text, span.start, span.end)
    if not tokens:
        return []
    amounts = _kept(tokens, read_amounts(context.text, tokens, language), context.dates, language)
    if _is_table(tokens, amounts):
        return []
    triggers = find_triggers(tokens, load_outcomes(language), context.told)
    if not amounts and not triggers:
        return []
    starts, nouns = {t.first: (t.last, t.kind) for t in triggers}, load_nouns(language)
    groups = find_counted(tokens, amounts, nouns, starts)
    if syntax:
        groups = with_nouns(tokens, groups, nouns, starts, syntax)
    if triggers:
        named = frozenset(i for i, token in enumerate(tokens) if token.start in context.places)
        people = find_people(tokens, groups, nouns, starts, context.surnames, headline, named)
        groups = sorted([*groups, *people], key=lambda g: g.first)
    governed = govern(tokens, groups, triggers, language, syntax) if triggers and groups else {}
    single = [
        Found(group, governed.get(index), tokens, span, syntax)
        for index, group in enumerate(groups)
        if _is_figure(group, governed.get(index), tokens)
    ]
    return single + _joined(single)


def _joined(found: Sequence[Found]) -> list[Found]:
    """The sums of people whom one verb befell together, one at least of them single: "a man and two girls" are three.

    A sum stands beside the figures that it adds up; its basis says that it is one.
    """
    together: dict[int, list[Found]] = {}
    for one in found:
        if one.governed and one.governed.voice in ("passive", "active", "state") and not one.governed.negated:
            together.setdefault(one.governed.trigger.first, []).append(one)
    sums: list[Found] = []
    for joined in together.values():
        numbers = [one.group.amount.best if one.group.amount else 1.0 for one in joined]
        if len(joined) < 2 or all(one.group.amount for one in joined) or None in numbers or 0.0 in numbers:
            continue
        total = sum(number for number in numbers if number is not None)
        if len(joined) > 2 and numbers[0] == total / 2:
            continue  # the others are the first told apart: "14 foreigners, 13 sailors and a priest"
        first, last = min(one.group.first for one in joined), max(one.group.last for one in joined)
        amount = Amount(first=first, last=last, low=total, best=total, high=total, kind="sum", rule="joined people")
        group = Group(first=first, last=last, amount=amount, person=True)
        sums.append(Found(group, joined[0].governed, joined[0].tokens, joined[0].sentence, joined[0].syntax))
    return sums


def _is_table(tokens: Sequence[Token], amounts: Sequence[Amount]) -> bool:
    """Whether a "sentence" is the rows of a table, of results or of a market: more numbers than words in lower case."""
    return len(amounts) >= FEWEST_IN_TABLE and len(amounts) > sum(token.text.islower() for token in tokens)


def _kept(tokens: Sequence[Token], amounts: list[Amount], dates: Sequence[Span], language: str) -> list[Amount]:
    """The amounts that do not stand in a date; of those that do, lengths of time ("three years ago")."""
    durations = load_units(language).durations
    return [
        amount
        for amount in amounts
        if amount.unit in durations
        or not any(Span(tokens[amount.first].start, tokens[amount.last - 1].end) in date for date in dates)
    ]


def _is_figure(group: Group, governed: Governed | None, tokens: Sequence[Token]) -> bool:
    """Whether a group is a figure of the report: any amount is, but "one" that counts no noun, and "no" or one
    person only where an outcome is told."""
    if group.amount is None:
        return governed is not None and not governed.negated and governed.voice != "attribute"
    if group.amount.kind == "none":
        return governed is not None
    if group.amount.best == 1 and group.amount.unit is None and tokens[group.amount.last - 1].lower == "one":
        following = tokens[group.amount.last].lower if group.amount.last < len(tokens) else ""
        counted = group.of is not None and following != "of" and not group.head.endswith("ed")
        return governed is not None or counted
    return True


def _figure(id: str, found: Found, ties: Ties) -> Figure:
    told = found.told
    group, governed, amount = found.group, found.governed, found.group.amount
    outcome = governed.trigger.outcome if governed else None
    if governed and governed.negated and amount is not None and amount.kind != "none":
        outcome = "unharmed" if outcome == "wounded" else None
    unit = amount.unit if amount else None
    if unit is None and (group.person or (outcome and group.person is None)):
        unit = "people"
    time = ties.time_of(told)
    return Figure(
        id=id,
        span=found.span,
        basis=Basis(by="rule", name=f"{group.one} person" if amount is None else amount.rule),
        low=amount.low if amount else 1.0,
        best=amount.best if amount else 1.0,
        high=amount.high if amount else 1.0,
        low_exclusive=amount.low_exclusive if amount else False,
        high_exclusive=amount.high_exclusive if amount else False,
        approximate=amount.approximate if amount else False,
        unit=unit,
        of=found.words(*group.of) if group.of else None,
        outcome=outcome,
        outcome_span=found.words(governed.trigger.first, governed.trigger.last) if governed and outcome else None,
        actor=ties.actor_of(told),
        place=ties.place_of(told),
        time=time.id if time else None,
        interval=time.interval if time else None,
        cumulative=_is_cumulative(found, ties.language),
        attribution=ties.attribution_of(told),
    )


def _is_cumulative(found: Found, language: str) -> bool | None:
    """True for a running total ("so far", a toll), False for so many more, None where the words do not say."""
    classes = _classes(language)
    group, tokens = found.group, found.tokens
    near = {t.lower for t in tokens[max(0, group.first - 1) : group.last + 1]}
    counts = group.amount is None or group.amount.unit is None
    fresh = near & (classes["fresh"] if counts else classes["further"])
    if fresh and not (group.amount and group.amount.low_exclusive):
        return False
    if found.governed and found.governed.voice == "toll":
        return True
    last = found.governed.trigger.last if found.governed else group.last
    start = max(0, group.first - 8)
    start = next((at + 1 for at in range(group.first - 1, start, -1) if tokens[at].lower in classes["parting"]), start)
    clause = " ".join(t.lower for t in tokens[start : max(last, group.last) + 4])
    running = classes["running"] | (classes["adding_up"] if found.governed else frozenset())
    return True if any(f" {phrase} " in f" {clause} " for phrase in running) else None


@cache
def _classes(language: str) -> Mapping[str, frozenset[str]]:
    return msgspec.convert(read_words(language, "clauses"), dict[str, frozenset[str]])
