"""How negotiations stand: sides, mediators, venue, aims, rounds, attendance, issues, moves, terms, truce.

Each field is filled by the rules of `lang/<language>/talks.toml` whose `field` names it; actors and places are those
of the record that stand in the words. Nothing is inferred beyond the words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

import msgspec

from onrecord.lang import Rule, has_language, load_rules
from onrecord.layers.attributions import innermost
from onrecord.layers.roles import Clause, ClauseWords, Named, clause_words, sides
from onrecord.record import (
    Actor,
    Attendance,
    Attribution,
    Basis,
    Figure,
    Issue,
    Mentions,
    Move,
    Place,
    Report,
    Round,
    Span,
    Talks,
    Term,
    TimeExpression,
)


class TalksRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The right-hand side of a rule (see the head of `lang/en/talks.toml`)."""

    field: str
    value: str | None = None
    outcome: str | None = None
    who: Literal["before", "both"] | None = None


class _Found(msgspec.Struct, frozen=True, kw_only=True):
    """A rule's match in a sentence, with its named groups as spans."""

    rule: Rule[TalksRule]
    span: Span
    sentence: Span
    groups: dict[str, Span]

    def what(self) -> Span:
        """The words that the rule is after: its `what`, else all of its match."""
        return next((span for name, span in self.groups.items() if name.startswith("what")), self.span)


class _Around(msgspec.Struct, frozen=True, kw_only=True):
    """The text and the earlier layers of the report."""

    text: str
    words: ClauseWords
    named: Named
    actors: tuple[Actor, ...]
    attributions: tuple[Attribution, ...]
    times: tuple[TimeExpression, ...]
    places: tuple[Place, ...]
    figures: tuple[Figure, ...]


def find_talks(
    report: Report,
    seen: Mentions,
    attributions: tuple[Attribution, ...] | None,
    actors: tuple[Actor, ...] | None,
    times: tuple[TimeExpression, ...] | None,
    places: tuple[Place, ...] | None,
    figures: tuple[Figure, ...] | None,
) -> tuple[Talks, ...] | None:
    """The talks that a report tells of: one `Talks`, or none; None where its language has no rules for talks."""
    language = report.language or "en"
    if not has_language(language, "talks"):
        return None
    rules = load_rules(language, "talks", TalksRule).rules
    subjects = list(_matches(report.text, seen, [rule for rule in rules if rule.right.field == "subject"]))
    if len({hit.sentence for hit in subjects}) < 2:  # one passing word ("ended talks") makes no report on talks
        return ()
    found = list(_matches(report.text, seen, [rule for rule in rules if rule.right.field != "subject"]))
    around = _Around(
        text=report.text,
        words=clause_words(language),
        named=sorted((span, actor.id) for actor in actors or () for span in actor.mentions),
        actors=actors or (),
        attributions=attributions or (),
        times=times or (),
        places=places or (),
        figures=figures or (),
    )
    return (_talks(found, subjects[0], around),)


def _matches(text: str, seen: Mentions, rules: Sequence[Rule[TalksRule]]) -> Iterator[_Found]:
    """Every rule's matches in every sentence: a stretch may fill several fields, but each field once."""
    for sentence in seen.sentences:
        taken: dict[str, list[Span]] = {}
        for rule in rules:
            if not rule.may_match(text, sentence.span.start, sentence.span.end):
                continue
            for match in rule.pattern.finditer(text, sentence.span.start, sentence.span.end):
                span = _trim(text, *match.span())
                field = rule.right.field
                if not len(span) or any(span & other for other in taken.get(field, ())):
                    continue
                taken.setdefault(field, []).append(span)
                groups = {name: _trim(text, *match.span(name)) for name, words in match.groupdict().items() if words}
                yield _Found(rule=rule, span=span, sentence=sentence.span, groups=groups)


def _trim(text: str, start: int, end: int) -> Span:
    words = text[start:end]
    return Span(start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip()))


def _talks(found: Sequence[_Found], subject: _Found, around: _Around) -> Talks:
    def of(field: str) -> list[_Found]:
        return [hit for hit in found if hit.rule.right.field == field]

    def last(field: str) -> str | None:
        """The value that the report gives first: wire reports tell the newest first."""
        return next((hit.rule.right.value for hit in of(field)), None)

    mediators = _sides(around, of("mediators"))
    attendance = tuple(seat for hit in of("attendance") for seat in _attendance(around, hit))
    terms = tuple(_term(around, hit) for hit in of("offers"))
    parties = dict.fromkeys(_sides(around, of("parties")))
    parties |= dict.fromkeys(seat.party for seat in attendance if seat.state != "attended")
    return Talks(
        id="k1",
        span=subject.span,
        basis=Basis(by="rule", name=subject.rule.name),
        parties=tuple(party for party in parties if party not in mediators),
        mediators=mediators,
        hosts=_sides(around, of("hosts")),
        guarantors=_sides(around, of("guarantors")),
        format=last("format"),
        venue=_places_in(around, (hit.groups.get("where") for hit in of("venue"))),
        aims=_distinct(around.text, (hit.what() for hit in of("aims"))),
        issues=tuple(_issue(around, hit) for hit in of("issues")),
        positions=tuple(move for hit in of("positions") if (move := _move(around, hit)).party),
        offers=terms,
        rounds=tuple(_round(around, hit) for hit in of("rounds")),
        attendance=attendance,
        precedents=_distinct(around.text, (hit.span for hit in of("precedents"))),
        text_status=last("text_status"),
        truce=last("truce"),
    )


def _attendance(around: _Around, hit: _Found) -> Iterator[Attendance]:
    """Whether each of a rule's actors comes."""
    for party in _who(around, hit):
        yield Attendance(
            span=hit.span,
            party=party,
            state=hit.rule.right.value or "undecided",  # type: ignore[arg-type]
            condition=hit.groups.get("condition"),
            attribution=_word(around, hit.span),
        )


def _round(around: _Around, hit: _Found) -> Round:
    here = [time for time in around.times if time.span in hit.sentence and time.type in ("DATE", "TIME")]
    places = _places_in(around, [hit.sentence])
    return Round(
        span=hit.span,
        state=hit.rule.right.value or "held",  # type: ignore[arg-type]
        outcome=hit.rule.right.outcome,  # type: ignore[arg-type]
        time=here[0].id if here else None,
        place=places[0] if places else None,
        attribution=_word(around, hit.span),
    )


def _issue(around: _Around, hit: _Found) -> Issue:
    return Issue(span=hit.what(), sticking=hit.rule.right.value == "sticking", attribution=_word(around, hit.span))


def _move(around: _Around, hit: _Found) -> Move:
    return Move(
        span=hit.span,
        party=_subject(around, hit),
        move=hit.rule.right.value or "offer",
        attribution=_word(around, hit.span),
    )


def _term(around: _Around, hit: _Found) -> Term:
    what = hit.what()
    figure = next((figure.id for figure in around.figures if figure.span & what), None)
    receiver = hit.groups.get("to")
    return Term(
        span=hit.span,
        giver=_subject(around, hit),
        receiver=next(iter(_actors_in(around, [receiver])), None),
        what=what,
        figure=figure,
        per=receiver,
        attribution=_word(around, hit.span),
    )


def _who(around: _Around, hit: _Found) -> tuple[str, ...]:
    """The actors of a rule: the subject before its words, or those in its group `who`."""
    if hit.rule.right.who is None:
        return _actors_in(around, [span for name, span in hit.groups.items() if name.startswith("who")])
    clause = Clause(text=around.text, span=hit.sentence, named=around.named, places=[], until=hit.sentence.end)
    found = sides(clause, hit.span, around.words).subjects
    return found if hit.rule.right.who == "before" or len(found) > 1 else ()


def _sides(around: _Around, found: Iterable[_Found]) -> tuple[str, ...]:
    """The actors of some rules, in the order of the text, each once."""
    return tuple(dict.fromkeys(id for hit in found for id in _who(around, hit)))


def _subject(around: _Around, hit: _Found) -> str | None:
    """The actor of a rule that has one: the last of those joined, which stands next to the words."""
    return next(iter(reversed(_who(around, hit))), None)


def _actors_in(around: _Around, spans: Iterable[Span | None]) -> tuple[str, ...]:
    """The ids of the actors with a mention inside the spans, in the order of the text, each once."""
    wanted = [span for span in spans if span]
    found = sorted((m, a.id) for a in around.actors for m in a.mentions if any(m in span for span in wanted))
    return tuple(dict.fromkeys(id for _, id in found))


def _places_in(around: _Around, spans: Iterable[Span | None]) -> tuple[str, ...]:
    wanted = [span for span in spans if span]
    found = sorted((m, p.id) for p in around.places for m in p.mentions if any(m & span for span in wanted))
    return tuple(dict.fromkeys(id for _, id in found))


def _word(around: _Around, span: Span) -> str | None:
    """The id of the attribution on whose word the first of the words stands."""
    held = innermost(around.attributions, Span(span.start, span.start + 1))
    return held.id if held else None


def _distinct(text: str, spans: Iterable[Span]) -> tuple[Span, ...]:
    """The spans, those of the same words once."""
    return tuple({span.of(text).casefold(): span for span in reversed(list(spans))}.values())[::-1]
