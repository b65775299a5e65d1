"""Find what a report says of the days before its own, by which it takes up what earlier reports told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec

from onrecord.link.sketches import WORD, Frequencies, Sketch, stem
from onrecord.record import Interval, Record, Span

# Set on the running stories of AQUAINT and the example of an exchange (training/LOG.md, "Stories").
_COVERED = ((2, 0.2), (31, 0.45), (366, 0.6))
"""For an interval of at most so many days, the share of its sentence's words, by weight, that stand in the report
that it speaks of: a day says much by itself, a year next to nothing. A longer one names no time of its own."""
_LETTERS = 3  # by which a name of a day or a month is known, written out or not
_REPORTED = 2  # days from what happened to the reports on it


class Reference(msgspec.Struct, frozen=True, kw_only=True):
    """A time that a report names, as ordinals, half open; `words` are the stems of its sentence with their rarity."""

    start: int
    end: int
    words: dict[str, float] = {}

    def reaches(self, earlier: Sketch) -> bool:
        """Whether an earlier report is of these days and tells what the sentence speaks of."""
        if earlier.day is None or not self.start <= earlier.day < self.end + _REPORTED:
            return False
        covered = sum(weight for word, weight in self.words.items() if word in earlier.words)
        least = next((share for days, share in _COVERED if self.end - self.start <= days), 1.0)
        return covered >= least * sum(self.words.values())


class Bearings(msgspec.Struct, frozen=True, kw_only=True):
    """What a report says of days: the times before its own that it names, and the names of days and months in it.

    `names` are their first letters ("tue", "aug"): all that an undated report has to go by.
    """

    references: tuple[Reference, ...] = ()
    names: tuple[str, ...] = ()


def find_bearings(record: Record, sentences: Sequence[Span]) -> Bearings:
    """What a report says of days."""
    return Bearings(references=_references(record, sentences), names=_names(record, sentences))


def _names(record: Record, sentences: Sequence[Span]) -> tuple[str, ...]:
    """The words of dates that have a capital where no sentence opens."""
    opens = {span.start for span in sentences}
    found = set()
    for time in record.times or ():
        if time.type in ("DATE", "TIME") and time.span.start not in opens:
            words = WORD.findall(record.report.words(time.span))
            found |= {word[:_LETTERS].lower() for word in words if word[0].isupper() and len(word) >= _LETTERS}
    return tuple(sorted(found))


def _references(record: Record, sentences: Sequence[Span]) -> tuple[Reference, ...]:
    """The days, months and years before its own that a report names, with the words of the sentences that do so."""
    told = record.report.dating.value if record.report.dating else record.report.version_created
    today = _ordinal(told)
    if today is None:
        return ()
    known = Frequencies()
    found: dict[tuple[int, int, Span], Reference] = {}
    for time in record.times or ():
        days = _days(time.interval)
        if time.type != "DATE" or time.function or days is None or days[1] > today:
            continue
        if days[1] - days[0] > _COVERED[-1][0]:
            continue
        sentence = next((one for one in sentences if time.span in one), time.span)
        words = {stem(word) for word in WORD.findall(record.report.words(sentence))}
        found[*days, sentence] = Reference(
            start=days[0], end=days[1], words={word: known.rarity(word) for word in sorted(words)}
        )
    return tuple(found.values())


def _days(interval: Interval | None) -> tuple[int, int] | None:
    """The days of an interval as ordinals; one that ends within a day is that day."""
    start, end = (_ordinal(interval.start), _ordinal(interval.end)) if interval else (None, None)
    if start is None or end is None:
        return None
    return start, max(end, start + 1)


def _ordinal(value: str | None) -> int | None:
    try:
        return date.fromisoformat(value[:10]).toordinal() if value else None
    except ValueError:
        return None
