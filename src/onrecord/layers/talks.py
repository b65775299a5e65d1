"""How negotiations stand: sides, mediators, venue, aims, rounds, attendance, issues, moves, terms, truce.

Each field is filled by the rules of `lang/<language>/talks.toml` whose `field` names it; actors and places are those
of the record that stand in the words. Nothing is inferred beyond the words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from onrecord.lang import Rule, has_language, load_rules
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


class _Found(msgspec.Struct, frozen=True, kw_only=True):
    """A rule's match in a sentence, with its named groups as spans."""

    rule: Rule[TalksRule]
    span: Span
    sentence: Span
    groups: dict[str, Span]

    def what(self) -> Span:
        """The words that the rule is after: its `what`, else all of its match."""
        return next((span for name, span in self.groups.items() if name.startswith("what")), self.span)

    def who(self) -> Span | None:
        """Where the rule's actors stand."""
        return next((span for name, span in self.groups.items() if name.startswith("who")), None)


class _Around(msgspec.Struct, frozen=True, kw_only=True):
    """The earlier layers of the report."""

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
    found = list(_matches(report.text, seen, load_rules(language, "talks", TalksRule).rules))
    subjects = [hit for hit in found if hit.rule.right.field == "subject"]
    if len({hit.sentence for hit in subjects}) < 2:  # one passing word ("ended talks") makes no report on talks
        return ()
    around = _Around(
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

    mediators = _actors_in(around, (hit.who() for hit in of("mediators")))
    attendance = tuple(_attendance(around, hit) for hit in of("attendance"))
    terms = tuple(_term(around, hit) for hit in of("offers"))
    parties = dict.fromkeys(_actors_in(around, (hit.who() for hit in of("parties"))))
    parties |= dict.fromkeys(seat.party for seat in attendance if seat and seat.state != "attended")
    return Talks(
        id="k1",
        span=subject.span,
        basis=Basis(by="rule", name=subject.rule.name),
        parties=tuple(party for party in parties if party not in mediators),
        mediators=mediators,
        hosts=_actors_in(around, (hit.who() for hit in of("hosts"))),
        guarantors=_actors_in(around, (hit.who() for hit in of("guarantors"))),
        format=last("format"),
        venue=_places_in(around, (hit.groups.get("where") for hit in of("venue"))),
        aims=_distinct(hit.what() for hit in of("aims")),
        issues=tuple(_issue(around, hit) for hit in of("issues")),
        positions=tuple(move for hit in of("positions") if (move := _move(around, hit)).party),
        offers=terms,
        rounds=tuple(_round(around, hit) for hit in of("rounds")),
        attendance=tuple(seat for seat in attendance if seat),
        precedents=_distinct(hit.span for hit in of("precedents")),
        text_status=last("text_status"),
        truce=last("truce"),
    )


def _attendance(around: _Around, hit: _Found) -> Attendance | None:
    """Whether a side comes; None where none of its words is an actor."""
    party = _subject(around, hit.who())
    if party is None:
        return None
    return Attendance(
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
        party=_subject(around, hit.who()),
        move=hit.rule.right.value or "offer",
        attribution=_word(around, hit.span),
    )


def _term(around: _Around, hit: _Found) -> Term:
    what = hit.what()
    figure = next((figure.id for figure in around.figures if figure.span & what), None)
    receiver = hit.groups.get("to")
    return Term(
        span=hit.span,
        giver=_subject(around, hit.who()),
        receiver=next(iter(_actors_in(around, [receiver])), None),
        what=what,
        figure=figure,
        per=receiver,
        attribution=_word(around, hit.span),
    )


def _subject(around: _Around, span: Span | None) -> str | None:
    """The actor nearest to the end of the words before a verb."""
    ids = _actors_in(around, [span])
    return ids[-1] if ids else None


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
    """The id of the innermost attribution whose content holds the start of the words."""
    at = Span(span.start, min(span.start + 1, span.end))
    over = [a for a in around.attributions if any(span in content or at in content for content in a.content)]
    held = min(over, key=lambda a: sum(len(content) for content in a.content), default=None)
    return held.id if held else None


def _distinct(spans: Iterable[Span]) -> tuple[Span, ...]:
    return tuple(dict.fromkeys(spans))
