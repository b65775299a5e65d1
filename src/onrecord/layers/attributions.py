"""Read who said what, on whose word: spans from the model or from rules, then what both leave to be told."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Literal

from msgspec import structs

from onrecord.lang import has_language
from onrecord.layers.marked import read_marked
from onrecord.layers.overlaps import Overlaps
from onrecord.layers.quotations import find_quotations
from onrecord.layers.sources import (
    SourceWords,
    actor_of,
    find_conditions,
    find_issuers,
    head_phrase,
    kind_of,
    load_source_words,
)
from onrecord.layers.speech import read_speech
from onrecord.record import Actor, Attribution, Mentions, Report, Source, Span


def find_attributions(
    report: Report, seen: Mentions, actors: tuple[Actor, ...] | None = None
) -> tuple[Attribution, ...] | None:
    """The attributions of the report, in the order of their cues; None where its language has no rules.

    `actors` are those of `find_actors`; without them no source has an actor.
    """
    language = report.language or "en"
    if not has_language(language, "cues"):
        return None
    quotations = find_quotations(report.text, [part.span for part in report.prose()], language)
    outer = [quotation.span for quotation in quotations if quotation.level == 0]
    found = [_with_quote(each, report, seen, outer) for each in read_speech(report, seen, quotations, language)]
    if seen.of_kind("cue"):
        marked = read_marked(report, seen, quotations, found)
        found = [_with_quote(each, report, seen, outer) for each in marked]
    words = load_source_words(language)
    conditions = find_conditions(report.text, [part.span for part in report.prose()], language)
    terms = [_terms_of(attribution, seen, conditions) for attribution in found]
    _add_later_terms(terms, found, report, seen, conditions, words)
    mentions = Overlaps((place, actor) for actor in actors or () for place in actor.mentions)
    complete: list[Attribution] = []
    for attribution, spoken_on in zip(found, terms, strict=True):
        source = _complete_source(attribution, spoken_on, complete, report, actors or (), mentions, words)
        if source.spans and source.actor is None:
            source = _as_before(attribution, source, complete, report, seen, words)
        complete.append(structs.replace(attribution, source=source))
    return tuple(complete)


def innermost(attributions: Sequence[Attribution], span: Span) -> Attribution | None:
    """On whose word some words stand: the attribution whose content holds them, of several the shortest."""
    over = [each for each in attributions if any(span in content for content in each.content)]
    return min(over, key=lambda each: sum(map(len, each.content)), default=None)


def _with_quote(attribution: Attribution, report: Report, seen: Mentions, outer: Sequence[Span]) -> Attribution:
    """The attribution with its kind of quotation told from the marks."""
    return structs.replace(attribution, quote=quote_of(report.text, attribution.content, outer, seen))


def quote_of(
    text: str, content: Sequence[Span], outer: Sequence[Span], seen: Mentions
) -> Literal["direct", "indirect", "mixed"]:
    """Whether all, some or none of the words of a content stand in quotation marks; `outer` are the quotations."""
    inside = total = 0
    for span in content:
        at = bisect_right(seen.words, span.start, key=lambda word: word.span.end)
        while at < len(seen.words) and seen.words[at].span.start < span.end:
            start = seen.words[at].span.start
            place = bisect_right(outer, start, key=lambda quotation: quotation.start) - 1
            if any(map(str.isalnum, seen.words[at].span.of(text))):
                total += 1
                inside += place >= 0 and start < outer[place].end
            at += 1
    return "direct" if total and inside == total else "mixed" if inside else "indirect"


def _complete_source(
    attribution: Attribution,
    terms: tuple[Span, ...],
    earlier: Sequence[Attribution],
    report: Report,
    actors: Sequence[Actor],
    mentions: Overlaps[Actor],
    words: SourceWords,
) -> Source:
    """The source with its kind, its conditions, its actor and, where it is a document, its issuers."""
    source = attribution.source
    if not source.spans:
        return source
    source = structs.replace(source, spans=tuple(_without_comma(report.text, each) for each in source.spans))
    span = source.spans[0]
    actor = actor_of(span, mentions, report.text, words)
    if actor and span.of(report.text).lower() in words.he_or_she and _is_told_of(actor, span, attribution.content):
        actor = None
    kind = kind_of(report.text, span, words, unnamed=bool(terms))
    # "the spokesman" whom the report has named before is not unnamed
    told_before = kind == "unnamed" and not terms and head_phrase(report.text, span, words)[0].lower() in words.definite
    if actor is not None and (kind is None or told_before):
        kind = _kind_of_actor(actor, earlier, report, words)
    issuers = find_issuers(span, actors, mentions, report.text, words) if kind == "document" else ()
    return structs.replace(source, actor=actor.id if actor else None, kind=kind, conditions=terms, issuers=issuers)


def _is_told_of(actor: Actor, pronoun: Span, content: Sequence[Span]) -> bool:
    """Whether all that names the actor before the pronoun is what "he" himself says: "Zenda is an ally," he said."""
    before = [mention for mention in actor.mentions if mention.end <= pronoun.start]
    return bool(before) and all(any(mention in span for span in content) for mention in before)


def _without_comma(text: str, span: Span) -> Span:
    """A source without the comma that closes its apposition: "The official, who requires anonymity,"."""
    bare = span.of(text).rstrip(", \n")
    return Span(span.start, span.start + len(bare)) if bare else span


def _as_before(
    attribution: Attribution,
    source: Source,
    earlier: Sequence[Attribution],
    report: Report,
    seen: Mentions,
    words: SourceWords,
) -> Source:
    """The source with the actor that its pronoun must mean: whoever tells what it is told in, or spoke just before.

    A pronoun told inside another attribution is its source ("The bank said it hoped"); "he" is the last who spoke, in
    this paragraph or the one before.
    """
    pronoun = source.spans[0].of(report.text).lower()
    if pronoun not in words.pronouns or pronoun in words.relatives:
        return source
    for other in reversed(earlier):
        spoke = other.source.actor is not None
        if other.id == attribution.via or (spoke and pronoun in words.he_or_she and _near(other, attribution, seen)):
            return structs.replace(source, actor=other.source.actor, kind=other.source.kind)
    return source


def _near(earlier: Attribution, later: Attribution, seen: Mentions) -> bool:
    """Whether two attributions stand in one paragraph, or in two that follow each other."""
    first, second = seen.sentence_at(earlier.cue[0].start), seen.sentence_at(later.cue[0].start)
    return first is not None and second is not None and 0 <= second.paragraph - first.paragraph <= 1


def _kind_of_actor(
    actor: Actor, earlier: Sequence[Attribution], report: Report, words: SourceWords
) -> Literal["named", "unnamed", "group", "document", "media"] | None:
    """The kind that a pronoun takes from its actor: as it was told before, else by the actor's first mention."""
    for attribution in reversed(earlier):
        if attribution.source.actor == actor.id and attribution.source.kind:
            return attribution.source.kind
    return kind_of(report.text, actor.span, words)


def _terms_of(attribution: Attribution, seen: Mentions, conditions: Sequence[Span]) -> tuple[Span, ...]:
    """The conditions in the source, and those of its sentence that stand outside the content."""
    sentences = [seen.sentence_at(span.start) for span in (*attribution.source.spans, *attribution.cue)]
    around = [sentence.span for sentence in sentences if sentence]
    return tuple(
        condition
        for condition in conditions
        if any(condition in span for span in around) and not any(condition & span for span in attribution.content)
    )


def _add_later_terms(
    terms: list[tuple[Span, ...]],
    found: Sequence[Attribution],
    report: Report,
    seen: Mentions,
    conditions: Sequence[Span],
    words: SourceWords,
) -> None:
    """Give the last source a condition that a sentence of its own tells: "The aide spoke on background"."""
    for condition in conditions:
        sentence = seen.sentence_at(condition.start)
        if sentence is None or any(condition in spans for spans in terms):
            continue
        named = [(index, each) for index, each in enumerate(found) if each.source.spans]
        before = [index for index, each in named if each.span.end <= sentence.span.start]
        told = [each for _, each in named if each.span & sentence.span]
        if not before or any(span not in condition for each in told for span in each.content):
            continue
        last = before[-1]
        subject = Span(sentence.span.start, condition.start)
        head = head_phrase(report.text, subject, words)
        same = head_phrase(report.text, found[last].source.spans[0], words)
        if any(word.lower() in words.pronouns or _same_noun(word, same[-1]) for word in head if same):
            terms[last] = (*terms[last], condition)


def _same_noun(one: str, other: str) -> bool:
    """Whether two words are one noun, or its singular and plural: "official" and "officials"."""
    short, long = sorted((one.lower(), other.lower()), key=len)
    return long.startswith(short) and len(long) - len(short) <= 1
