"""How negotiations stand: sides, mediators, venue, aims, rounds, attendance, issues, moves, terms, stage, truce.

What tells of each field are the rules of `lang/<language>/talks.toml`; who acts, and where a phrase ends, is told by
the syntax. Nothing is inferred beyond the words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from onrecord.lang import has_language, load_rules
from onrecord.layers.courses import add_courses
from onrecord.layers.moves import coming, find_attendance, find_moves, find_terms
from onrecord.layers.on_talks import find_subject
from onrecord.layers.parties import find_sides
from onrecord.layers.rounds import find_rounds, find_venue
from onrecord.layers.scene import Hit, Scene, TalksRule, find_hits, set_scene
from onrecord.layers.stages import find_code, find_stage, find_truce
from onrecord.layers.table_cues import add_cues
from onrecord.record import (
    Actor,
    Attribution,
    Basis,
    Figure,
    Issue,
    Mentions,
    Place,
    Report,
    Span,
    Talks,
    TimeExpression,
)

__all__ = ["TalksRule", "find_talks"]

# A reader's table has at most so many of each.
_ISSUES, _AIMS, _PRECEDENTS = 6, 2, 2


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
    subject = find_subject(report.text, seen, language)
    if subject is None:
        return ()
    found = find_hits(report.text, seen, rules)
    layers = (actors, attributions, times, places, figures)
    scene = set_scene(report.text, seen, language, _day(report), found, layers)
    return (_talks(add_cues(add_courses(scene), seen), *subject),)


def _talks(scene: Scene, span: Span, basis: Basis) -> Talks:
    sides = find_sides(scene)
    attendance = find_attendance(scene, sides.parties)
    rounds = find_rounds(scene)
    text, truce = find_code(scene, "text_status"), find_truce(scene)
    parties = dict.fromkeys((*sides.parties, *(coming(scene, attendance) if len(sides.parties) < 2 else ())))
    outside = {*sides.mediators, *sides.guarantors} - set(parties)
    return Talks(
        id="k1",
        span=span,
        basis=basis,
        parties=tuple(parties),
        mediators=sides.mediators,
        hosts=sides.hosts,
        guarantors=sides.guarantors,
        format=find_code(scene, "format"),
        venue=find_venue(scene),
        aims=_phrases(scene, "aims")[:_AIMS],
        issues=_issues(scene),
        positions=find_moves(scene, tuple(parties), outside),
        offers=find_terms(scene),
        rounds=rounds,
        attendance=attendance,
        precedents=_distinct(scene, _precedents(scene))[:_PRECEDENTS],
        stage=find_stage(scene, rounds, truce, text),
        text_status=text,
        truce=truce,
    )


def _day(report: Report) -> date | None:
    return date.fromisoformat(report.dating.value[:10]) if report.dating else None


def _precedents(scene: Scene) -> Iterator[Span]:
    """The words of earlier deals and talks; a phrase that names none ("the agreement") is none."""
    for hit in scene.of("precedents"):
        span = hit.groups.get("what", hit.span)
        if span is hit.span or scene.tells(span):
            yield span


def _issues(scene: Scene) -> tuple[Issue, ...]:
    """What is on the table, each matter once; it sticks where any of its tellings says so."""
    found: dict[str, Issue] = {}
    for hit in scene.of("issues"):
        sticks = hit.right.value == "sticking"
        for span in _of_hit(scene, hit):
            key = _key(scene, span)
            known = found.get(key) or next((one for one in found.values() if one.span & span), None)
            key = _key(scene, known.span) if known else key
            if known is None or (sticks and not known.sticking):
                found[key] = Issue(
                    span=known.span if known else span,
                    sticking=sticks or bool(known and known.sticking),
                    attribution=scene.word(span),
                )
    return tuple(found.values())[:_ISSUES]


def _phrases(scene: Scene, field: str) -> tuple[Span, ...]:
    return _distinct(scene, (span for hit in scene.of(field) for span in _of_hit(scene, hit)))


def _of_hit(scene: Scene, hit: Hit) -> tuple[Span, ...]:
    """The phrases that a match tells of: those behind it, or the words in its group `what`."""
    if hit.right.phrase:
        return scene.phrases(hit)
    words = (span for name, span in hit.groups.items() if name.startswith("what"))
    return tuple(span for span in words if scene.tells(span))


def _key(scene: Scene, span: Span) -> str:
    """What tells that two phrases mean one matter: their words without articles."""
    return " ".join(word for word in span.of(scene.text).casefold().split() if word not in scene.words.behind)


def _distinct(scene: Scene, spans: Iterable[Span]) -> tuple[Span, ...]:
    """The spans in the order given, without those whose words say no more than another's."""
    found: list[tuple[frozenset[str], Span]] = []
    for span in spans:
        words = frozenset(_key(scene, span).split())
        if not any(words <= known or known <= words for known, _ in found):
            found.append((words, span))
    return tuple(span for _, span in found)
