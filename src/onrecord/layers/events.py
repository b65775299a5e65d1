"""What happened: PLOVER events, who did what to whom, where, when, how it stands and on whose word.

Predicates and nouns are found by the rules of `lang/<language>/events.toml`. A predicate that governs a clause
("refused to lift the curfew") takes in the event of its complement, which gives it its mode.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec

from onrecord.lang import Rule, find_all, has_language, load_rules
from onrecord.layers.roles import ClauseWords, Named, Sides, clause_words, sides
from onrecord.record import (
    Actor,
    Attribution,
    Basis,
    Event,
    Figure,
    Mentions,
    Place,
    Report,
    Span,
    Status,
    TimeExpression,
)


class EventRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The right-hand side of an event rule (see the head of `lang/en/events.toml`)."""

    type: str | None = None
    mode: str | None = None
    noun: bool = False
    reciprocal: bool = False
    governs: bool = False
    subject: Literal["actor", "recipient"] = "actor"


class StatusRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The right-hand side of a status rule (see the head of `lang/en/status.toml`)."""

    status: Status
    place: Literal["before", "after"]
    refusal: bool = False


class _Trigger(msgspec.Struct, frozen=True, kw_only=True):
    """A predicate in a sentence, and the first event of its complement where it governs one."""

    span: Span
    rule: Rule[EventRule]
    inner: EventRule | None = None


class _Standing(msgspec.Struct, frozen=True, kw_only=True):
    """How an event stands; `refused` where its actor says that it will not do it."""

    status: Status
    condition: Span | None = None
    refused: bool = False


class _Around(msgspec.Struct, frozen=True, kw_only=True):
    """The earlier layers of a report that an event refers to."""

    text: str
    words: ClauseWords
    status_rules: tuple[Rule[StatusRule], ...]
    named: Named
    attributions: tuple[Attribution, ...]
    times: tuple[TimeExpression, ...]
    places: tuple[Place, ...]
    figures: tuple[Figure, ...]


# What a plan of each type is by PLOVER's rules: a future meeting or gift is a promise, a future retreat a
# concession. Other types keep their own.
_PLANNED = {"CONSULT": "AGREE", "SUPPORT": "AGREE", "COOPERATE": "AGREE", "AID": "AGREE", "RETREAT": "CONCEDE"}

# The mode of what is asked for or refused, by the type of the event in the complement (PLOVER, tables 3.3 and 3.5).
_ASKED = {
    "CONSULT": "meet", "RETREAT": "yield", "CONCEDE": "yield", "AID": "assist", "COOPERATE": "assist",
    "SUPPORT": "assist", "AGREE": "assist",
}  # fmt: skip
# The mode of a threat, by what is threatened (PLOVER, table 3.6).
_THREATENED = {"ASSAULT": "violence", "SANCTION": "relations", "CONSULT": "relations", "PROTEST": "restrict",
               "COERCE": "restrict", "MOBILIZE": "violence"}  # fmt: skip
# A status that hangs on a condition only where nothing has happened yet.
_OPEN: tuple[Status, ...] = ("planned", "possible", "not-yet")


def find_events(
    report: Report,
    seen: Mentions,
    attributions: tuple[Attribution, ...] | None,
    actors: tuple[Actor, ...] | None,
    times: tuple[TimeExpression, ...] | None,
    places: tuple[Place, ...] | None,
    figures: tuple[Figure, ...] | None,
) -> tuple[Event, ...] | None:
    """The events of a report, in the order of their first telling; None where its language has no event rules."""
    language = report.language or "en"
    if not has_language(language, "events"):
        return None
    around = _Around(
        text=report.text,
        words=clause_words(language),
        status_rules=load_rules(language, "status", StatusRule).rules,
        named=sorted((span, actor.id) for actor in actors or () for span in actor.mentions),
        attributions=attributions or (),
        times=times or (),
        places=places or (),
        figures=figures or (),
    )
    rules = load_rules(language, "events", EventRule).rules
    found: list[Event] = []
    for sentence in seen.sentences:
        for trigger in _triggers(around, sentence.span, rules):
            _tell(found, _event(trigger, sentence.span, around))
    return tuple(msgspec.structs.replace(event, id=f"e{number}") for number, event in enumerate(found, 1))


def _triggers(around: _Around, sentence: Span, rules: Sequence[Rule[EventRule]]) -> Iterator[_Trigger]:
    """The predicates of a sentence; one in another's complement is taken in by it."""
    governor: _Trigger | None = None
    reach = sentence.start
    for hit in find_all(rules, around.text, sentence.start, sentence.end):
        if hit.rule.right.type is None:
            continue
        if governor and hit.start < reach:
            governor = governor if governor.inner else msgspec.structs.replace(governor, inner=hit.rule.right)
            continue
        if governor:
            yield governor
            governor = None
        trigger = _Trigger(span=Span(hit.start, hit.end), rule=hit.rule)
        if hit.rule.right.governs:
            governor = trigger
            boundary = around.words.boundary.search(around.text, hit.end, sentence.end)
            reach = boundary.start() if boundary else sentence.end
        else:
            yield trigger
    if governor:
        yield governor


def _event(trigger: _Trigger, sentence: Span, around: _Around) -> Event:
    right = trigger.rule.right
    standing = _standing(around, trigger.span, sentence)
    attribution = _attribution(around.attributions, trigger.span)
    denied = attribution and attribution.stance == "denies" and standing.status == "happened"
    who = sides(around.text, sentence, trigger.span, around.named, around.words, noun=right.noun)
    actors, recipients = _cast(who, right)
    type, mode, status = _coded(trigger, standing)
    return Event(
        id="e0",
        type=type,
        mode=mode,
        mentions=(trigger.span,),
        basis=Basis(by="rule", name=trigger.rule.name),
        status="denied" if denied else status,
        actors=actors,
        recipients=recipients,
        times=_times(around, trigger.span, sentence),
        places=_places(around, trigger.span, sentence),
        figures=_figures(around, trigger, sentence),
        condition=standing.condition,
        attribution=attribution.id if attribution else None,
    )


def _coded(trigger: _Trigger, standing: _Standing) -> tuple[str, str | None, Status]:
    """Type, mode and status by PLOVER's rules: a plan to meet is AGREE, a refusal to is REJECT, with its mode."""
    right, inner = trigger.rule.right, trigger.inner
    type = right.type or ""
    if standing.refused and type in _ASKED:
        return "REJECT", _ASKED[type], "happened"
    if standing.status == "planned" and type in _PLANNED:
        return _PLANNED[type], None, "planned"
    if right.mode or inner is None:
        return type, right.mode, standing.status
    if type in ("REQUEST", "REJECT"):
        return type, _ASKED.get(inner.type or "", "change"), standing.status
    return type, _THREATENED.get(inner.type or "") if type == "THREATEN" else None, standing.status


def _cast(who: Sides, right: EventRule) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Actors and recipients, by the voice of the predicate and by what its rule says of its subject."""
    before, after = who.subjects, who.objects
    if who.passive:
        before, after = who.agents, who.subjects or who.objects
    elif right.subject == "recipient":
        before, after = (), before
    if right.reciprocal and not who.passive:
        return tuple(dict.fromkeys((*before, *after))), ()
    return before, tuple(one for one in after if one not in before)


def _standing(around: _Around, span: Span, sentence: Span) -> _Standing:
    """How the event stands, from the words before its predicate, then from those behind it."""
    before = around.text[sentence.start : span.start]
    led = (r.right for r in around.status_rules if r.right.place == "before" and r.pattern.search(before))
    first = next(led, None)
    status: Status = first.status if first else "happened"
    ahead = status in _OPEN or around.words.ahead.search(around.text, sentence.start, span.end)
    for rule in around.status_rules:
        found = rule.pattern.search(around.text, span.end, sentence.end) if rule.right.place == "after" else None
        if found and rule.right.status == "conditional" and ahead:
            return _Standing(status="conditional", condition=Span(*found.span("condition")))
        if found and rule.right.status == "ongoing" and status == "happened":
            return _Standing(status="ongoing")
    return _Standing(status=status, refused=bool(first and first.refusal))


def _attribution(attributions: Sequence[Attribution], span: Span) -> Attribution | None:
    """The innermost attribution whose content holds the words."""
    over = [a for a in attributions if any(span in content for content in a.content)]
    return min(over, key=lambda a: sum(len(content) for content in a.content), default=None)


def _times(around: _Around, span: Span, sentence: Span) -> tuple[str, ...]:
    """The calendar time nearest to the predicate in its sentence."""
    here = [t for t in around.times if t.span in sentence and t.type in ("DATE", "TIME")]
    nearest = min(here, key=lambda t: _distance(t.span, span), default=None)
    return (nearest.id,) if nearest else ()


def _places(around: _Around, span: Span, sentence: Span) -> tuple[str, ...]:
    """The place that the sentence puts the event in: after a preposition of place, best behind the predicate."""
    here = [
        (_distance(mention, span) + (0 if mention.start > span.start else len(sentence)), place.id)
        for place in around.places
        for mention in place.mentions
        if mention in sentence and around.words.place.search(around.text[sentence.start : mention.start])
    ]
    return (min(here)[1],) if here else ()


def _figures(around: _Around, trigger: _Trigger, sentence: Span) -> tuple[str, ...]:
    """The counts of people in the sentence that the event is about: those whose outcome its words give."""
    if trigger.rule.right.type not in ("ASSAULT", "RETREAT", "COERCE", "PROTEST"):
        return ()
    here = [f for f in around.figures if f.span in sentence and (f.outcome or f.unit == "people")]
    return tuple(f.id for f in here if f.outcome_span is None or f.outcome_span & trigger.span) or tuple(
        f.id for f in here if _distance(f.span, trigger.span) < 40
    )


def _distance(one: Span, other: Span) -> int:
    return max(one.start - other.end, other.start - one.end, 0)


def _tell(found: list[Event], event: Event) -> None:
    """Add an event, or its words to the event that has been told already."""
    for at, known in enumerate(found):
        if _same(known, event):
            found[at] = msgspec.structs.replace(
                known,
                mentions=(*known.mentions, *event.mentions),
                actors=known.actors or event.actors,
                recipients=known.recipients or event.recipients,
                times=known.times or event.times,
                places=known.places or event.places,
                figures=tuple(dict.fromkeys((*known.figures, *event.figures))),
            )
            return
    found.append(event)


def _same(known: Event, event: Event) -> bool:
    """Whether two tellings are of one event: the same type, mode and status, and nothing that tells them apart."""
    if (known.type, known.mode, known.status) != (event.type, event.mode, event.status):
        return False
    apart = ((known.times, event.times), (known.places, event.places))
    if any(one and other and not set(one) & set(other) for one, other in apart):
        return False
    return bool(set(known.actors) & set(event.actors)) and not (
        known.recipients and event.recipients and not set(known.recipients) & set(event.recipients)
    )
