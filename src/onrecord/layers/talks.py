"""How negotiations stand: sides, mediators, venue, aims, rounds, attendance, issues, moves, terms, stage, truce.

What tells of each field are the rules of `lang/<language>/talks.toml`; who acts, and where a phrase ends, is told by
the syntax. Nothing is inferred beyond the words.
"""

from __future__ import annotations

from datetime import date

from onrecord.lang import has_language, load_rules
from onrecord.layers.answers import set_ground
from onrecord.layers.courses import add_courses
from onrecord.layers.matters import find_matters, find_venue
from onrecord.layers.moves import coming, find_attendance, find_moves
from onrecord.layers.on_talks import find_subject
from onrecord.layers.parties import find_sides
from onrecord.layers.rounds import find_rounds
from onrecord.layers.scene import Scene, TalksRule, find_hits, set_scene
from onrecord.layers.stages import find_code, find_stage, find_truce
from onrecord.record import (
    Actor,
    Attribution,
    Basis,
    Figure,
    Mentions,
    Place,
    Report,
    Span,
    Talks,
    TimeExpression,
)

__all__ = ["TalksRule", "find_talks"]


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
    return (_talks(add_courses(scene), *subject),)


def _talks(scene: Scene, span: Span, basis: Basis) -> Talks:
    sides = find_sides(scene)
    ground = set_ground(scene, sides)
    attendance = find_attendance(scene, sides.parties)
    rounds, about = find_rounds(ground), find_matters(ground)
    text, truce = find_code(scene, "text_status"), find_truce(scene)
    parties = dict.fromkeys((*sides.parties, *(coming(scene, attendance) if len(sides.parties) < 2 else ())))
    return Talks(
        id="k1",
        span=span,
        basis=basis,
        parties=tuple(parties),
        mediators=sides.mediators,
        hosts=sides.hosts,
        guarantors=sides.guarantors,
        format=find_code(scene, "format"),
        venue=find_venue(ground),
        aims=about.aims,
        issues=about.issues,
        positions=find_moves(ground),
        offers=about.terms,
        rounds=rounds,
        attendance=attendance,
        precedents=about.precedents,
        stage=find_stage(scene, rounds, truce, text),
        text_status=text,
        truce=truce,
    )


def _day(report: Report) -> date | None:
    return date.fromisoformat(report.dating.value[:10]) if report.dating else None
