"""Which answers a table of talks gets: each that it might have is weighed by what speaks for and against it.

Rules and the encoder propose more than a reader would write down. A sign is told by its name: where its sentence stands
("at 0", "at headline"), which kinds of words it has ("kind truce"), how many sides it names ("sides 2"), on whose word
it is ("said by party"), how the words stand ("stands planned"), which rule matched ("rule …"), what the encoder took
them for ("cue issue", its chance). What each sign is worth for each slot was learnt (`training/fit_table.py`) and lies
in `lang/<language>/worths.json`; an answer is told where the sum of its signs comes to enough.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import msgspec

from onrecord.lang import load_rules
from onrecord.layers.attributions import innermost
from onrecord.layers.on_talks import KindRule
from onrecord.layers.parties import Sides
from onrecord.layers.scene import Hit, Scene
from onrecord.layers.worths import Signs, load_worths
from onrecord.record import CUE, Span

# Where a sentence stands, by its number.
_PLACES = ((1, "0"), (3, "1-2"), (6, "3-5"), (11, "6-10"))
# Characters of a long sentence.
_LONG = 220


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What a table might have: words of a sentence, with a code, with whose it is; and its signs."""

    slot: str
    span: Span
    sentence: int
    code: str | None = None
    actor: str | None = None
    hits: tuple[Hit, ...] = ()
    signs: Signs

    def key(self) -> tuple[int, int, str]:
        """Answers in the order of the text."""
        return self.span.start, self.span.end, self.actor or ""


Shuts = Callable[[Answer, Answer], bool]
"""Whether an answer that is told leaves no room for another."""


def choose(scene: Scene, slot: str, answers: Iterable[Answer], most: int, shuts_out: Shuts) -> tuple[Answer, ...]:
    """The answers of a slot that come to enough, in the order of the text (see `pick`).

    Of a report that was not encoded, all that rules tell: the worths of signs were learnt with the encoder's beside.
    """
    if not any(scene.cues):
        return pick([(0.0, one) for one in answers], 0.0, most, shuts_out)
    worths = load_worths(scene.language)
    return pick([(worths.sum(slot, one.signs), one) for one in answers], worths.least.get(slot, 0.0), most, shuts_out)


def pick(weighed: Iterable[tuple[float, Answer]], least: float, most: int, shuts_out: Shuts) -> tuple[Answer, ...]:
    """The likeliest `most` answers whose sum is `least` or more, without those that a likelier one shuts out.

    They are told in the order of the text.
    """
    chosen: list[Answer] = []
    for points, answer in sorted(weighed, key=lambda pair: (-pair[0], pair[1].key())):
        if points < least or len(chosen) == most:
            break
        if not any(shuts_out(other, answer) for other in chosen):
            chosen.append(answer)
    return tuple(sorted(chosen, key=Answer.key))


class Ground(msgspec.Struct, frozen=True, kw_only=True):
    """A scene, who sits in it, and the signs that all answers of a sentence share."""

    scene: Scene
    sides: Sides
    shared: tuple[Signs, ...]

    def signs(self, sentence: int, span: Span, hits: Sequence[Hit]) -> Signs:
        """The signs of words that some matches tell of."""
        found = dict(self.shared[sentence]) | self._word(span) | self.cues(sentence, span, "cue")
        for hit in hits:
            if hit.name.startswith(CUE):
                found["by the encoder"] = 1.0
            else:
                found[f"rule {hit.name}"] = found["by a rule"] = 1.0
            found[f"stands {self.scene.standing(hit).status}"] = 1.0
        if all(hit.weak or hit.right.weak for hit in hits):
            found["weak"] = 1.0
        if len({hit.name for hit in hits}) > 1:
            found["twice"] = 1.0
        return found

    def cues(self, sentence: int, span: Span, name: str) -> Signs:
        """What the encoder takes words in a span for, with its chance."""
        found: Signs = {}
        for cue in self.scene.cues[sentence]:
            kind = cue.kind.removeprefix(CUE)
            for one in (kind, kind.partition(":")[0]) if cue.span & span else ():
                sign = f"{name} {one}"
                found[sign] = max(found.get(sign, 0.0), cue.score)
        return found

    def _word(self, span: Span) -> Signs:
        """On whose word something stands."""
        held = innermost(self.scene.attributions, Span(span.start, span.start + 1))
        if held is None:
            return {"own word": 1.0}
        who = held.source.actor
        place = self.sides.part(who) if who else "nobody"
        return {"said": 1.0, f"said by {place}": 1.0}


def set_ground(scene: Scene, sides: Sides) -> Ground:
    """The ground that answers are weighed on."""
    shared = tuple(_of_sentence(scene, sides, number) for number in range(len(scene.sentences)))
    return Ground(scene=scene, sides=sides, shared=shared)


def _of_sentence(scene: Scene, sides: Sides, number: int) -> Signs:
    """The signs of a sentence."""
    span, text = scene.sentences[number].span, scene.text
    place = next((name for until, name in _PLACES if number < until), "later")
    found: Signs = {f"at {'headline' if scene.is_headed(number) else place}": 1.0}
    for rule in load_rules(scene.language, "on_talks", KindRule).rules:
        if rule.may_match(text, span.start, span.end) and rule.pattern.search(text, span.start, span.end):
            found[f"kind {rule.name}"] = 1.0
    chances = [cue.score for cue in scene.cues[number]]
    found["cues"] = min(sum(chances), 4.0) / 2
    found["best cue"] = max(chances, default=0.0)
    here = {side for id in scene.actors_in([span]) if (side := sides.of.get(id)) is not None}
    at_table = here & set(sides.parties)
    found[f"sides {min(len(at_table), 2)}"] = 1.0
    found["strangers"] = min(len(here - at_table - set(sides.mediators)), 3) / 2
    if here & set(sides.mediators):
        found["a mediator"] = 1.0
    times = [time for time in scene.times if time.span in span and time.type in ("DATE", "TIME")]
    if times:
        found["old" if any(scene.is_old(time) for time in times) else "dated"] = 1.0
    if len(span) > _LONG:
        found["long"] = 1.0
    return found
