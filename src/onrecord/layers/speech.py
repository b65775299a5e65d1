"""Read the attributions of one line by rule: a cue, who stands beside it, and what they say."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.layers.contents import After, inverted_subject, read_after
from onrecord.layers.cues import Cue, Lexicon, find_cues, load_lexicon
from onrecord.layers.drafts import Draft, Range
from onrecord.layers.labelled import read_labelled
from onrecord.layers.lines import Grammar, Line, load_grammar, read_lines, trim_end
from onrecord.layers.quotations import Quotation
from onrecord.layers.subjects import subject_after, subject_before
from onrecord.record import Attribution, Basis, Mentions, Report, Source, Span

_DIVIDES = frozenset((",", "—", "–", "--"))
"""Marks between a content and the source that follows it."""


def read_speech(report: Report, seen: Mentions, quotations: Sequence[Quotation], language: str) -> list[Attribution]:
    """The attributions of a report by rule, in the order of their cues; `quote` is left to be told."""
    lexicon, grammar = load_lexicon(language), load_grammar(language)
    found: list[tuple[Draft, Line, list[Span]]] = []
    waiting: tuple[Draft, Line] | None = None
    speaker: int | None = None
    quoted = False
    paragraph = -1
    for line in read_lines(report, seen, quotations, lexicon.speech):
        opens, paragraph = line[0].paragraph != paragraph, line[0].paragraph
        whole = Span(line[0].start, line[-1].end)
        if found and found[-1][0].runs and not opens:
            found[-1][2].append(whole)
            continue
        headline = report.parts[paragraph].kind == "headline"
        drafts = read_labelled(report.text, line, headline, opens, grammar) or read_line(line, lexicon, grammar)
        if line[0].kind == "quote" and waiting:
            found.append((*waiting, [Span(line[0].start, line[0].end)]))
            speaker, quoted = len(found) - 1, True
        elif line[0].kind == "quote" and speaker is not None and not drafts and (quoted or not opens):
            found[speaker][2].append(Span(line[0].start, line[0].end))
            continue
        waiting = None
        speaker = None if opens and not drafts and len(line) > 2 else speaker
        for draft in drafts:
            if draft.waits:
                waiting = (draft, line)
                continue
            found.append((draft, line, []))
            if draft.inside is None:
                quoted = any(line[at].kind == "quote" for start, end in draft.contents for at in range(start, end))
                speaker = len(found) - 1
    ids = {id(draft): f"a{number}" for number, (draft, _, _) in enumerate(found, 1)}
    return [_finish(draft, line, more, ids) for draft, line, more in found]


def _finish(draft: Draft, line: Line, more: Sequence[Span], ids: dict[int, str]) -> Attribution:
    """A draft as an attribution on the report's characters."""
    content = sorted({*(_span(line, part) for part in draft.contents), *more})
    return Attribution(
        id=ids[id(draft)],
        source=Source(spans=(_span(line, draft.source),) if draft.source else ()),
        cue=(_span(line, draft.cue),),
        content=tuple(content),
        quote="indirect",
        basis=Basis(by="rule", name=draft.rule),
        stance=draft.stance,
        to=_span(line, draft.hearer) if draft.hearer else None,
        via=ids.get(id(draft.inside)) if draft.inside else None,
    )


def _span(line: Line, part: Range) -> Span:
    return Span(line[part[0]].start, line[part[1] - 1].end)


def read_line(line: Line, lexicon: Lexicon, grammar: Grammar) -> list[Draft]:
    """The attributions of a line, by the place of their cue; those told inside another one say so."""
    drafts: list[Draft] = []
    cues = list(find_cues(line, lexicon, grammar))
    for cue in cues:
        draft = _read_cue(line, cue, cues, drafts, grammar)
        if draft:
            draft.contents = [part for part in draft.contents if part[0] < part[1]]
            drafts += [draft] if draft.contents or draft.waits else []
    drafts += _read_according(line, grammar)
    drafts.sort(key=lambda draft: draft.cue)
    for draft in drafts:
        around = [other for other in drafts if other is not draft and _holds(other.contents, draft.cue)]
        around = [other for other in around if not _holds(draft.contents, other.cue)]
        draft.inside = min(around, key=lambda other: sum(b - a for a, b in other.contents), default=None)
    return drafts


def _holds(contents: Sequence[Range], inner: Range) -> bool:
    return any(start <= inner[0] and inner[1] <= end for start, end in contents)


def _read_cue(line: Line, cue: Cue, cues: Sequence[Cue], drafts: Sequence[Draft], grammar: Grammar) -> Draft | None:
    """The attribution of one cue; None where what stands around it fits no group."""
    if cue.shape == "passive":
        return _read_passive(line, cue, grammar)
    if "raising" in cue.groups[0].frames:
        return _read_unsourced(line, cue, subject_before(line, cue.first, grammar)) if cue.last < len(line) else None
    if cue.shape == "ing" and cue.first and line[cue.first - 1].word == grammar.as_:
        return _read_relay(line, cue, cues, grammar)
    source, rule = _find_source(line, cue, drafts, grammar)
    own = source if rule == "subject and cue" else None
    before = _before(line, cue, own)
    after = read_after(line, cue, grammar)
    # a quotation or a comma right before the source: what follows the cue is more about the source, not content
    fronted = line[0].word in grammar.prepositions  # On "The Evening Show," the mayor said that …
    quoted = before is not None and line[before[1] - 1].kind == "quote" and not fronted
    told = quoted or (before is not None and own is None and cue.shape == "finite")
    if after and after.start is not None and not (told and line[after.start].kind == "word"):
        return _read_told(line, cue, cues, after, source, rule, before, grammar) if source else None
    if after and after.colon and source:
        return _draft("cue and colon", cue, source, [], after, waits=True)
    return _read_tail(line, cue, after, own, before, grammar)


def _find_source(line: Line, cue: Cue, drafts: Sequence[Draft], grammar: Grammar) -> tuple[Range | None, str]:
    """The source before a cue, and the rule that found it: its own subject, or one that it shares."""
    left = line[cue.first - 1] if cue.first else None
    alone = cue.shape == "ing" and (left is None or left.word == "," or left.word in grammar.prepositions)
    source = None if alone else subject_before(line, cue.first, grammar)
    if source is not None:
        return source, "subject and cue"
    if alone or left is None or left.word == "," or left.word in grammar.conjunctions:
        return _shared_subject(line, cue, drafts, grammar), "shared subject"
    return None, "no subject"


def _read_told(
    line: Line,
    cue: Cue,
    cues: Sequence[Cue],
    after: After,
    source: Range,
    rule: str,
    before: Range | None,
    grammar: Grammar,
) -> Draft | None:
    """An attribution whose content stands after its cue; or, in quotation marks, on both sides of it."""
    start = after.start or 0
    contents = [(start, _content_end(line, start, source, cues, grammar))]
    if before and line[start].kind == "quote" and line[before[1] - 1].kind == "quote":
        if rule != "subject and cue":
            return None
        contents.insert(0, before)
    if rule == "subject and cue" and _relative_before(line, source[0], grammar):
        contents.insert(0, (source[0] - 1, source[0]))
    return _draft(rule, cue, source, contents, after)


def _draft(rule: str, cue: Cue, source: Range, contents: list[Range], after: After, *, waits: bool = False) -> Draft:
    """The draft of a cue with a particle, where its group has one."""
    last = cue.last + (bool(after.group.particles) and after.start is not None)
    stance = after.group.negated if cue.negated and after.group.negated else after.group.stance
    return Draft(
        rule=rule,
        cue=(cue.first, last),
        source=source,
        contents=contents,
        stance=stance,
        hearer=after.hearer,
        waits=waits,
    )


def _read_relay(line: Line, cue: Cue, cues: Sequence[Cue], grammar: Grammar) -> Draft | None:
    """What one quotes another "as saying": the other is the source, told inside what the first one says."""
    quoting = [other for other in cues if other.last < cue.first and _takes(other, "relay")]
    if not quoting:
        return None
    relay = quoting[-1]
    if relay.shape == "passive":
        source, first = subject_before(line, relay.first, grammar), relay.first
    else:
        source, first = (relay.last, cue.first - 1), cue.first - 1
    after = read_after(line, cue, grammar)
    if source is None or source[0] >= source[1] or after is None:
        return None
    if after.start is None:
        before = _before(line, relay, source if relay.shape == "passive" else None)
        contents = [before] if before else []
    else:
        contents = [(after.start, _content_end(line, after.start, source, cues, grammar))]
    return Draft(rule="relay", cue=(first, cue.last), source=source, contents=contents, stance=after.group.stance)


def _read_tail(
    line: Line, cue: Cue, after: After | None, source: Range | None, before: Range | None, grammar: Grammar
) -> Draft | None:
    """An attribution whose content stands before it: "…," X said; "…," said X; "…, X said, …"."""
    if after is None or "quote" not in after.group.frames or cue.shape == "ing":
        return None
    rule, end = "content, subject, cue", after.hearer[1] if after.hearer else cue.last
    if source is None or before is None:
        before = _before(line, cue, None)
        source = inverted_subject(line, cue.last, grammar) if before else None
        if source is None:
            return None
        rule, end, after = "content, cue, subject", source[1], after._replace(hearer=None)
    if before is None or _is_fronted(line, before, grammar):
        return None
    contents = [before]
    if end + 1 < len(line) and line[end].word == ",":
        following = line[end + 1]
        if following.kind == "quote" or (line[before[1]].word == "," and not _turns(following.word, grammar)):
            contents.append((end + 1, trim_end(line, len(line))))
    if len(contents) == 1 and line[before[1] - 1].kind == "quote":
        contents += [(at, at + 1) for at in range(end + 1, len(line)) if _resumes(line, at)][:1]
    return _draft(rule, cue, source, contents, after)


def _is_fronted(line: Line, before: Range, grammar: Grammar) -> bool:
    """Whether what stands before a source tells when or where it spoke: "At a meeting on Monday", without a verb."""
    if line[0].word not in grammar.prepositions and line[0].word != grammar.according:
        return False
    return not any(grammar.is_finite(line, at) or line[at].kind == "quote" for at in range(*before))


def _resumes(line: Line, at: int) -> bool:
    """Whether a quotation at `at` goes on after a comma and ends the line: "…," X said on Monday, "…"."""
    return line[at].kind == "quote" and line[at - 1].word == "," and trim_end(line, len(line)) == at + 1


def _turns(word: str, grammar: Grammar) -> bool:
    """Whether a word after a comma begins something about the source and not more of the content."""
    return word.endswith(grammar.gerund_ends) or word in grammar.turns or word in grammar.adjunct_starts


def _before(line: Line, cue: Cue, source: Range | None) -> Range | None:
    """What stands before the source (or the cue) and its comma or closing mark, as a content."""
    at = source[0] if source else cue.first
    if at and line[at - 1].kind == "quote":
        return (0, at)
    return (0, at - 1) if at > 1 and line[at - 1].word in _DIVIDES else None


def _shared_subject(line: Line, cue: Cue, drafts: Sequence[Draft], grammar: Grammar) -> Range | None:
    """The subject that a cue without one of its own shares: of the cue before it, or of the line."""
    for draft in reversed(drafts):
        if draft.source and draft.source[1] <= cue.first:
            return draft.source
    for at in range(1, cue.first):
        if line[at].kind == "quote":
            return None
        if grammar.is_finite(line, at):
            first = at
            while first and (line[first - 1].word in grammar.auxiliaries or grammar.is_adverb(line[first - 1])):
                first -= 1
            return subject_before(line, first, grammar)
    return None


def _content_end(line: Line, start: int, source: Range, cues: Sequence[Cue], grammar: Grammar) -> int:
    """Where the content at `start` ends: with the line, with its clause, or where its source goes on."""
    end = _clause_end(line, start, source, grammar)
    for other in cues:
        if not start < other.first < end or other.shape == "passive" or not _takes(other, "quote"):
            continue
        before = line[other.first - 1].word
        if other.shape == "ing" and before == ",":
            return trim_end(line, other.first)
        if other.shape == "finite" and before in grammar.goes_on:
            return trim_end(line, other.first - 1)
    return trim_end(line, end)


def _clause_end(line: Line, start: int, source: Range, grammar: Grammar) -> int:
    """Where the clause of a content ends: before ", but", or with the subordinate clause that opens the line."""
    opened = source[0] > 0 and (
        line[source[0] - 1].word in grammar.clause_openers or _relative_before(line, source[0], grammar)
    )
    for at in range(start + 1, len(line) - 1):
        if line[at].word == ";" or (line[at].word == "," and (opened or line[at + 1].word in grammar.contrasts)):
            return at
    return len(line)


def _relative_before(line: Line, at: int, grammar: Grammar) -> bool:
    """Whether before `at` stands the relative pronoun that a content in its clause speaks of: "which" he said."""
    return at > 0 and line[at - 1].word in grammar.content_relatives


def _takes(cue: Cue, frame: str) -> bool:
    return any(frame in group.frames for group in cue.groups)


def _read_passive(line: Line, cue: Cue, grammar: Grammar) -> Draft | None:
    """A passive: "is expected to" names no source; "was criticised by X" names it behind."""
    subject = subject_before(line, cue.first, grammar)
    group = cue.groups[0]
    at = cue.last
    if subject is None or at >= len(line):
        return None
    if line[at].word == grammar.by and "object" in group.frames:
        source = subject_after(line, at + 1, grammar)
        if source:
            return Draft(
                rule="passive", cue=(cue.first, cue.last), source=source, contents=[subject], stance=group.stance
            )
    return _read_unsourced(line, cue, subject) if line[at].word == grammar.to and group.stance == "expects" else None


def _read_unsourced(line: Line, cue: Cue, subject: Range | None) -> Draft | None:
    """What is on nobody's word: prices "are expected" to rise; he "seemed" tired. The subject is content."""
    contents = [(cue.last, trim_end(line, len(line)))]
    if subject is not None:
        contents.insert(0, subject)
    stance = cue.groups[0].stance
    return Draft(rule="no source", cue=(cue.first, cue.last), source=None, contents=contents, stance=stance)


def _read_according(line: Line, grammar: Grammar) -> list[Draft]:
    """Attributions by "according to": over the sentence it opens, or over what stands before it."""
    found = []
    for at in range(len(line) - 2):
        if line[at].word != grammar.according or line[at + 1].word != grammar.to:
            continue
        source = subject_after(line, at + 2, grammar)
        if source is None:
            continue
        if at == 0 or (at == 1 and line[0].word in grammar.conjunctions):
            start = source[1] + (source[1] < len(line) and line[source[1]].word == ",")
            content = (start, trim_end(line, len(line)))
        else:
            content = (_figures_clause(line, at, source, grammar), trim_end(line, at))
        if content[0] < content[1]:
            found.append(Draft(rule="according to", cue=(at, at + 2), source=source, contents=[content], stance="says"))
    return found


def _figures_clause(line: Line, stop: int, source: Range, grammar: Grammar) -> int:
    """Where what figures vouch for starts: a relative clause at the end, if it alone holds a number, else the line."""
    if not any(token.word in grammar.figure_words for token in line[slice(*source)]):
        return 0
    for at in range(stop - 1, 0, -1):
        if line[at].word in grammar.relatives and any(token.word[0].isdigit() for token in line[at:stop]):
            return 0 if any(token.word[0].isdigit() for token in line[:at]) else at + 1
    return 0
