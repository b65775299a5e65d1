"""What happened: PLOVER events, who did what to whom, where, when, how it stands and on whose word.

Predicates and nouns are found by the rules of `lang/<language>/events.toml`. A predicate that governs a clause
("refused to lift the curfew") has its mode from the event in its complement, which is told beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec

from onrecord.lang import Found, Rule, find_all, has_language, load_rules
from onrecord.layers.attributions import innermost
from onrecord.layers.lexicon import knows_actor
from onrecord.layers.participants import GIVING, Asked, find_participants
from onrecord.layers.roles import Clause, ClauseWords, Named, Sides, clause_words, sides
from onrecord.layers.standing import Standing, StatusRule, find_standing, status_words
from onrecord.layers.statuswords import StatusWords
from onrecord.layers.syntax import Tree, arguments_of, tree_of
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
    governed: bool = False
    subject: Literal["actor", "recipient"] = "actor"
    status: Status | None = None


class _Trigger(msgspec.Struct, frozen=True, kw_only=True):
    """A predicate: whether it is its sentence's first, where its words end, the first event of its complement, and
    whether it stands in another's."""

    span: Span
    rule: Rule[EventRule]
    until: int
    first: bool
    inner: EventRule | None = None
    governed: bool = False


class _Around(msgspec.Struct, frozen=True, kw_only=True):
    """The earlier layers of a report that an event refers to."""

    text: str
    language: str
    words: ClauseWords
    status_rules: tuple[Rule[StatusRule], ...]
    status_words: StatusWords
    named: Named
    grounds: Named
    attributions: tuple[Attribution, ...]
    asides: tuple[Span, ...]
    times: tuple[TimeExpression, ...]
    places: tuple[Place, ...]
    figures: tuple[Figure, ...]


# What a plan of each type is by PLOVER's rules: a future meeting or gift is a promise, a future retreat a
# concession. Other types keep their own.
_PLANNED = {"CONSULT": "AGREE", "SUPPORT": "AGREE", "COOPERATE": "AGREE", "AID": "AGREE", "RETREAT": "CONCEDE"}

# Types of what only people and bodies do; a paper can demand, condemn or threaten.
_PERSONAL = ("AGREE", "SUPPORT", "COOPERATE")

# The mode of what is asked for or refused, by the type of the event in the complement (PLOVER, tables 3.3 and 3.5).
_ASKED = {
    "CONSULT": "meet", "RETREAT": "yield", "CONCEDE": "yield", "AID": "assist", "COOPERATE": "assist",
    "SUPPORT": "assist", "AGREE": "assist",
}  # fmt: skip
# The mode of a threat, by what is threatened (PLOVER, table 3.6).
_THREATENED = {"ASSAULT": "violence", "SANCTION": "relations", "CONSULT": "relations", "PROTEST": "restrict",
               "COERCE": "restrict", "MOBILIZE": "violence"}  # fmt: skip


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
        language=language,
        words=clause_words(language),
        status_rules=load_rules(language, "status", StatusRule).rules,
        status_words=status_words(language),
        named=sorted((span, actor.id) for actor in actors or () for span in actor.mentions),
        grounds=sorted((span, place.id) for place in places or () for span in place.mentions),
        attributions=attributions or (),
        asides=tuple(span for attribution in attributions or () for span in attribution.source.conditions),
        times=times or (),
        places=places or (),
        figures=figures or (),
    )
    listed = load_rules(language, "events", EventRule).rules
    rules = tuple(rule for rule in listed if not rule.right.governed)
    governed = tuple(rule for rule in listed if rule.right.governed)
    arguments = arguments_of(seen)
    found: list[Event] = []
    for sentence in seen.sentences:
        start = len(found)
        callers: tuple[str, ...] = ()
        tree = tree_of(report.text, seen, sentence, arguments)
        for trigger in _triggers(around, sentence.span, rules, governed):
            if any(trigger.span & span for span in around.asides):
                continue  # on what terms a source spoke is not told as an event
            event = _event(trigger, sentence.span, around, tree)
            if trigger.rule.right.governs:
                callers = event.actors
            elif trigger.governed and event.status == "called-for":  # who calls for it is not who is to do it
                event = msgspec.structs.replace(event, actors=tuple(a for a in event.actors if a not in callers))
            if tree is not None and not (event.actors or event.recipients) and _is_of_things(event, tree, around):
                continue
            _tell(found, event, _taken_up(found, start, trigger, sentence.span, around))
    return tuple(msgspec.structs.replace(event, id=f"e{number}") for number, event in enumerate(found, 1))


def _triggers(
    around: _Around, sentence: Span, rules: Sequence[Rule[EventRule]], governed: Sequence[Rule[EventRule]]
) -> Iterator[_Trigger]:
    """The predicates of a sentence, each with what the first one in its complement makes of it.

    What belongs to a predicate ends where the next one starts, save that what one governs reaches over its clause.
    """
    every = list(find_all(rules, around.text, sentence.start, sentence.end))
    told = [hit for hit in every if hit.rule.right.type]
    hits = sorted([*told, *_taken_in(around, sentence, every, governed)], key=lambda hit: hit.start)
    taken = 0  # how far the complements of the predicates so far reach
    for number, hit in enumerate(hits, 1):
        reach, inner = hit.end, None
        if hit.rule.right.governs:
            reach = _reach(around, sentence, hit)
            inner = next((later.rule.right for later in hits[number:] if later.start < reach), None)
        after = next((later.start for later in hits[number:] if later.start >= reach), sentence.end)
        yield _Trigger(
            span=Span(hit.start, hit.end),
            rule=hit.rule,
            until=max(reach, after),
            first=hit is hits[0],
            inner=inner,
            governed=hit.start < taken,
        )
        taken = max(taken, reach)


def _reach(around: _Around, sentence: Span, hit: Found[EventRule]) -> int:
    """Where the complement of a governing predicate ends."""
    boundary = around.words.boundary.search(around.text, hit.end, sentence.end)
    return boundary.start() if boundary else sentence.end


def _taken_in(
    around: _Around, sentence: Span, hits: Sequence[Found[EventRule]], governed: Sequence[Rule[EventRule]]
) -> Iterator[Found[EventRule]]:
    """What only tells of an event in the complement of a governing predicate: "called for a ceasefire"."""
    last = 0
    for hit in hits:
        if hit.rule.right.governs and hit.rule.right.type:
            start, last = max(hit.end, last), max(last, _reach(around, sentence, hit))
            for found in find_all(governed, around.text, start, last):
                if not any(found.start < other.end and other.start < found.end for other in hits):
                    yield found


def _event(trigger: _Trigger, sentence: Span, around: _Around, tree: Tree | None) -> Event:
    right = trigger.rule.right
    standing = find_standing(
        around.text, trigger.span, sentence, around.status_rules, around.words, tree, around.status_words
    )
    attribution = innermost(around.attributions, trigger.span)
    denied = attribution and attribution.stance == "denies" and standing.status == "happened"
    who = _sides(trigger, sentence, around, attribution, tree)
    actors, recipients = _cast(who, right, attribution)
    if right.status and standing.status == "happened":
        standing = Standing(status=right.status)
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
        places=_places(around, trigger, sentence),
        figures=_figures(around, trigger, sentence),
        condition=standing.condition,
        attribution=attribution.id if attribution else None,
    )


def _is_of_things(event: Event, tree: Tree, around: _Around) -> bool:
    """Whether a deed that only people and bodies do is told of a thing: "the activities will help"."""
    at = tree.top(event.span)
    if event.type not in _PERSONAL or at is None or not tree.is_verb(at) or tree.is_passive(at):
        return False
    subjects = tree.subjects(at)
    return bool(subjects) and all(
        tree.words[one].pos == "NOUN" and not knows_actor(tree.word(one), around.language) for one in subjects
    )


def _sides(
    trigger: _Trigger, sentence: Span, around: _Around, attribution: Attribution | None, tree: Tree | None
) -> Sides:
    """Who stands on which side of a predicate: by the syntax, and by the order of the words where it names nobody.

    Whom a protest is aimed at is told by the words first: it seldom hangs on the predicate.
    """
    right, words = trigger.rule.right, around.words
    protest = right.type == "PROTEST"
    # who says so can be a party to what they name: "a meeting with …, X said"
    spoken = attribution if not (right.reciprocal or right.noun) else None
    clause = Clause(
        text=around.text,
        span=sentence,
        named=_outside(around.named, trigger.span, spoken),
        places=_outside(around.grounds, trigger.span, spoken),
        until=trigger.until,
        noun=right.noun,
        governs=right.governs,
        toward=words.dative if right.type in GIVING else words.aimed if protest else None,
    )
    told = sides(clause, trigger.span, words)
    if tree is None:
        return told
    asked = Asked(span=trigger.span, type=right.type or "", governs=right.governs)
    parsed = find_participants(tree, asked, around.named, around.grounds, words)
    # "all hostage-takers were killed as the forces …": whom it falls on is said, though it names nobody; "called on
    # both to meet": the words before would name who calls
    said = parsed.told and parsed.passive
    return Sides(
        subjects=parsed.subjects or (() if said or trigger.governed else told.subjects),
        objects=(told.objects if protest else ())
        or parsed.objects
        or (() if said or (right.noun and right.reciprocal) else told.objects),
        agents=parsed.agents or told.agents,
        passive=parsed.passive,
    )


def _coded(trigger: _Trigger, standing: Standing) -> tuple[str, str | None, Status]:
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


def _cast(who: Sides, right: EventRule, attribution: Attribution | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Actors and recipients, by the voice of the predicate and by what its rule says of its subject.

    Where the subject is acted on though the verb is active ("X must leave"), who says so acts.
    """
    before, after = who.subjects, who.objects
    if who.passive:
        before, after = who.agents, who.subjects or who.objects
    elif right.subject == "recipient":
        speaker = attribution.source.actor if attribution else None
        before, after = ((speaker,) if speaker else ()), before
    if right.reciprocal and not who.passive:
        return tuple(dict.fromkeys((*before, *after))), ()
    return before, tuple(one for one in after if one not in before)


def _outside(named: Named, span: Span, attribution: Attribution | None) -> Named:
    """The mentions without those behind the predicate that only say on whose word it is told, and where it was said."""
    if attribution is None:
        return named
    return [
        one for one in named if one[0].start < span.end or any(one[0] in content for content in attribution.content)
    ]


def _times(around: _Around, span: Span, sentence: Span) -> tuple[str, ...]:
    """The calendar time nearest to the predicate in its sentence."""
    here = [t for t in around.times if t.span in sentence and t.type in ("DATE", "TIME")]
    nearest = min(here, key=lambda t: _distance(t.span, span), default=None)
    return (nearest.id,) if nearest else ()


def _places(around: _Around, trigger: _Trigger, sentence: Span) -> tuple[str, ...]:
    """The place that the sentence puts the event in: after a preposition of place, best behind the predicate.

    One that is set off by a comma tells where the sentence's first event was.
    """
    here: list[tuple[bool, int, str]] = []
    for place in around.places:
        for mention in place.mentions:
            before = around.text[sentence.start : mention.start]
            if mention in sentence and around.words.place.search(before) and not _belongs(around, mention):
                set_off = trigger.first and bool(around.words.set_off.search(before))
                behind = 0 if mention.start > trigger.span.start else len(sentence)
                here.append((not set_off, _distance(mention, trigger.span) + behind, place.id))
    return (min(here)[2],) if here else ()


def _belongs(around: _Around, mention: Span) -> bool:
    """Whether a country only says whose the thing behind it is: "at U.S. bases"."""
    return bool(around.words.attributive.match(around.text, mention.start))


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


def _taken_up(found: Sequence[Event], start: int, trigger: _Trigger, sentence: Span, around: _Around) -> int | None:
    """The place in `found` of the event that a predicate goes on telling, where its words say so.

    "an offensive that has killed" takes up an event of its own sentence, "the attack" one of the report.
    """
    before = around.text[sentence.start : trigger.span.start]
    of_type = [at for at, event in enumerate(found) if event.type == trigger.rule.right.type]
    if around.words.takes_up.search(before):
        return next((at for at in reversed(of_type) if at >= start), None)
    if trigger.rule.right.noun and around.words.definite.search(before):
        return of_type[-1] if of_type else None
    return None


def _tell(found: list[Event], event: Event, taken_up: int | None) -> None:
    """Add an event, or its words to the event that has been told already."""
    place = next((at for at, known in enumerate(found) if _same(known, event)), taken_up)
    if place is None:
        found.append(event)
        return
    known = found[place]
    found[place] = msgspec.structs.replace(
        known,
        mentions=(*known.mentions, *event.mentions),
        actors=known.actors or event.actors,
        recipients=tuple(dict.fromkeys((*known.recipients, *event.recipients))),
        times=known.times or event.times,
        places=known.places or event.places,
        figures=tuple(dict.fromkeys((*known.figures, *event.figures))),
    )


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
