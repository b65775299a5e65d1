"""Tell copies, versions, excerpts and partial reuse of a report from reports of their own, one report at a time.

A report is kept as the hashes of its words with digits masked, and its numbers. Every run of `GRAM` words has a
hash of its own; one in `SAMPLE` of them is looked up to find earlier reports that share passages, and the few found
are then compared word for word. Nothing that was added before is passed over: a lookup costs as much as the report
is long. Hashes are CRC-32 and arithmetic, so they are the same on every machine.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from zlib import crc32

import msgspec
import numpy as np
from numpy.typing import NDArray

from onrecord.record import Report, Span
from onrecord.record.story import Change, Copy, Relation

GRAM = 4  # words
SAMPLE = 5  # one gram in five is indexed
HOLDERS = 8  # reports remembered for a gram: the twentieth copy of a wire report still meets the first eight
CANDIDATES = 3  # earlier reports compared word for word

FOLDED: tuple[Relation, ...] = ("copy", "version", "excerpt")

# Set on the first half of the simulation of benchmarks/copies.py (seed 1), where the shares of updates and of partial
# reuse lie apart: 1 % of the updates take less than .60, 1 % of the reuse more than .52 of its words.
_MOSTLY = 0.56  # of a report's words stand in the earlier one: it is no report of its own
_CLEAN = 0.75  # of the words of a brief or of a cut copy: 1 % of them take less; 1 % of the updates keep less than .71
_NEAR = 0.3  # less is reuse whatever its numbers and names
_WHOLE = 0.72  # of the earlier one's words stand in a longer one that opens as it does
_BRIEF = 100  # words of a brief, which keeps less than _LITTLE of the report; something longer keeps less than _LESS
_LITTLE, _LESS = 0.5, 0.3
_OPENING = 60  # words that count as the opening, with room for another headline and dateline
_SHARED = 9  # words in one run, the least that is reuse and not a phrase
_ADDED = 12  # words in one run that make a copy a version; an edited copy needs more
_SHORT = 8  # words, the longest gap in which a name may be swapped for another
_SWAPPED = 0.3  # of the names swapped on both sides: another report on the same template

_WORD = re.compile(r"\w+(?:[.,:]\d+)*")
_DIGITS = re.compile(r"\d+")

Hashes = NDArray[np.uint64]
Runs = tuple[tuple[int, int], ...]


class Print(msgspec.Struct, frozen=True, kw_only=True):
    """What is kept of a report to tell its copies.

    `words` is the hash of each word (four bytes, little-endian), digits masked; `capitals` a bit for each word that
    opens with a capital; `numbers` the words that open with a digit, by position.
    """

    uri: str
    words: bytes
    capitals: bytes = b""
    numbers: tuple[tuple[int, str], ...] = ()


class Match(msgspec.Struct, frozen=True, kw_only=True):
    """How a later report overlaps an earlier one.

    Shares are of words. `shared` is the longest run of words that both have, `fresh` the runs that the earlier one
    lacks, `changed` the position of each number that differs with what it was, `swapped` the share of names on either
    side (the lesser) for which the other has another name that occurs nowhere in the first.
    """

    words: int
    taken: float
    kept: float
    shared: int
    opens: bool
    fresh: Runs
    same: int
    changed: tuple[tuple[int, str], ...]
    swapped: float


def take_print(report: Report) -> Print:
    """The print of a report's prose; of all its text where its parts are not told."""
    words = [word for span in _prose(report) for word in _WORD.findall(report.text, span.start, span.end)]
    coded = np.array([_code(word) for word in words], dtype=np.uint64)
    return Print(
        uri=report.uri,
        words=(coded & np.uint64(0xFFFFFFFF)).astype("<u4").tobytes(),
        capitals=np.packbits((coded >> np.uint64(32)) & np.uint64(1) > 0).tobytes(),
        numbers=tuple((at, words[at]) for at in np.flatnonzero(coded >> np.uint64(33)).tolist()),
    )


@lru_cache(maxsize=1 << 16)  # words come again and again; the answer depends on nothing else
def _code(word: str) -> int:
    """The hash of a word in 32 bits, above it whether it opens with a capital, above that whether with a digit."""
    digit = word[0].isdigit()
    masked = "0" if digit else word.lower()
    return crc32(masked.encode("utf-8", "surrogatepass")) | word[0].isupper() << 32 | digit << 33


def word_places(report: Report) -> list[tuple[int, int]]:
    """Where the words of a report's print stand in its text."""
    return [match.span() for span in _prose(report) for match in _WORD.finditer(report.text, span.start, span.end)]


def _prose(report: Report) -> Iterable[Span]:
    return [part.span for part in report.prose()] or [Span(0, len(report.text))]


@lru_cache(maxsize=256)  # the report at hand is compared with several, and a much copied one with many
def grams_of(hashed: bytes) -> Hashes:
    """A hash for each run of `GRAM` words of a print: an array shorter by `GRAM - 1`, empty for a shorter text."""
    wide = np.frombuffer(hashed, dtype="<u4").astype(np.uint64)
    if len(wide) < GRAM:
        return wide[:0]
    length = len(wide) - GRAM + 1
    found = wide[:length].copy()
    for step in range(1, GRAM):
        found *= np.uint64(0x9E3779B97F4A7C15)
        found += wide[step : length + step]
        found ^= found >> np.uint64(29)
    return found


def sample(taken: Print) -> list[int]:
    """The grams under which an index holds a report, each once, in 63 bits (what SQLite takes)."""
    mixed = grams_of(taken.words) >> np.uint64(1)
    found: list[int] = np.unique(mixed[mixed % np.uint64(SAMPLE) == 0]).tolist()
    return found


def compare(later: Print, earlier: Print) -> Match:
    """How the words of two reports overlap."""
    ours, theirs = (np.frombuffer(side.words, dtype="<u4") for side in (later, earlier))
    our_grams, their_grams = grams_of(later.words), grams_of(earlier.words)
    order = np.argsort(their_grams, kind="stable")
    ordered = their_grams[order]
    left, right = (np.searchsorted(ordered, our_grams, side=side) for side in ("left", "right"))
    at = np.flatnonzero(right > left)
    edges = np.bincount(left[at], minlength=len(ordered) + 1) - np.bincount(right[at], minlength=len(ordered) + 1)
    held = _spread(at, len(ours))
    theirs_held = _spread(order[np.cumsum(edges)[:-1] > 0], len(theirs))
    fresh = _runs(~held)
    taken, kept = (float(side.sum()) / max(len(side), 1) for side in (held, theirs_held))
    near = taken >= _NEAR or kept >= _WHOLE
    same, changed = _compare_numbers(later, earlier, left, right, order) if near else (0, ())
    return Match(
        words=len(ours),
        taken=taken,
        kept=kept,
        shared=max((end - start for start, end in _runs(held)), default=0),
        opens=_opens(left, right, order),
        fresh=fresh,
        same=same,
        changed=changed,
        swapped=min(_swapped(later, ours, fresh, theirs), _swapped(earlier, theirs, _runs(~theirs_held), ours))
        if near
        else 0.0,
    )


def _spread(at: NDArray[np.intp], length: int) -> NDArray[np.bool_]:
    """Which words stand in one of the grams that start at `at`."""
    held = np.zeros(length, dtype=bool)
    for step in range(GRAM):
        held[at + step] = True
    return held


def _runs(mask: NDArray[np.bool_]) -> Runs:
    """The stretches `[start, end)` in which the mask holds."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], mask, [False])).astype(np.int8)))
    return tuple(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))


def _opens(left: NDArray[np.intp], right: NDArray[np.intp], order: NDArray[np.intp]) -> bool:
    """Whether both reports open with the same passage, give or take a headline and a dateline."""
    first = np.flatnonzero(right[:_OPENING] > left[:_OPENING])
    return int((order[left[first]] < _OPENING).sum()) >= _OPENING // 10


def _compare_numbers(
    later: Print, earlier: Print, left: NDArray[np.intp], right: NDArray[np.intp], order: NDArray[np.intp]
) -> tuple[int, tuple[tuple[int, str], ...]]:
    """How many numbers are the same in the same place of both, and which differ from what stands there."""
    theirs = dict(earlier.numbers)
    same, changed = 0, []
    for at, word in later.numbers:
        there = {
            theirs.get(int(place) + at - start, word)
            for start in range(max(at - GRAM + 1, 0), min(at + 1, len(left)))
            for place in order[left[start] : right[start]]
        }
        same += word in there
        if there and word not in there:
            changed.append((at, min(there)))
    return same, tuple(changed)


def _swapped(side: Print, words: NDArray[np.uint32], lacking: Runs, other: NDArray[np.uint32]) -> float:
    """The share of a report's names that stand in a short gap of the overlap and nowhere in the other report."""
    short = np.ones(len(words), dtype=bool)
    gap = np.zeros(len(words), dtype=bool)
    for start, end in lacking:
        (gap if end - start <= _SHORT else short)[start:end] ^= True
    names = np.unpackbits(np.frombuffer(side.capitals, dtype=np.uint8), count=len(words)).astype(bool) & short
    count = int(names.sum())
    doubtful = words[names & gap]
    if count < 4 or len(doubtful) < _SWAPPED * count:
        return 0.0
    return float((~np.isin(doubtful, other)).sum()) / count


def relate(match: Match) -> Relation | None:
    """What a later report that overlaps so is to the earlier one; None where they share no more than a phrase."""
    if match.shared < _SHARED:
        return None
    if match.swapped >= _SWAPPED:
        return "reuse"
    if match.taken < _MOSTLY:
        return "version" if match.opens and match.kept >= _WHOLE else "reuse"
    if match.taken < _CLEAN and (not match.opens or match.kept < _CLEAN - 0.1):
        return "reuse"
    if not match.opens and match.kept < _MOSTLY:
        return "reuse"
    if match.kept < (_LITTLE if match.words < _BRIEF else _LESS):
        return "excerpt"
    return "version" if _updates(match) else "copy"


def _updates(match: Match) -> bool:
    """Whether a report says more or other than the one that it repeats.

    A new headline or dateline adds nothing, and a heavily edited copy has longer gaps than a clean one.
    """
    if len(match.changed) >= 2 and len(match.changed) * 3 >= match.same:
        return True
    longest = max((end - start for start, end in match.fresh if start > 0), default=0)
    edited = (
        sum(end - start for start, end in match.fresh if end - start < _ADDED) * 12
        > sum(end - start for start, end in match.fresh)
        and len(match.fresh) > 8
    )
    return longest >= (_ADDED + 5 if edited else _ADDED)


def find_copies(
    report: Report, taken: Print, holders: Callable[[Sequence[int]], Iterable[str]], fetch: Callable[[str], Print]
) -> tuple[Copy, ...]:
    """What earlier reports this one repeats, the nearest first.

    `holders` gives, for some grams, the uri of each earlier report that holds one, once for each gram that it
    holds; `fetch` the print of a report. Both may be lookups in a store.
    """
    grams = sample(taken)
    hits = Counter(uri for uri in holders(grams) if uri != report.uri)
    least = min(3, 1 + len(grams) // 20)
    found: list[tuple[tuple[float, float], Match, Relation, str]] = []
    ranked = hits.most_common(CANDIDATES)
    for uri, shared in ranked:
        if shared < max(least, ranked[0][1] // 8):
            break
        match = compare(taken, fetch(uri))
        relation = relate(match)
        if relation:
            found.append(((match.taken, match.kept), match, relation, uri))
    found.sort(key=lambda one: one[0], reverse=True)
    places = word_places(report) if found else []
    return tuple(_copy(report.uri, uri, relation, match, places) for _, match, relation, uri in found)


def _copy(uri: str, of: str, relation: Relation, match: Match, places: list[tuple[int, int]]) -> Copy:
    fresh = [Span(places[start][0], places[end - 1][1]) for start, end in match.fresh if end - start >= GRAM - 1]
    return Copy(
        uri=uri,
        of=of,
        relation=relation,
        taken=round(match.taken, 4),
        kept=round(match.kept, 4),
        new=tuple(fresh),
        changed=tuple(Change(span=Span(*places[at]), was=was) for at, was in match.changed),
    )


def same_report(found: Sequence[Copy]) -> list[str]:
    """Whose families a report belongs to: that of the nearest, and of those that it keeps whole.

    A brief may also be an excerpt of a roundup that took the report in: it is not for that one of its family.
    """
    if not found or found[0].relation not in FOLDED:
        return []
    return [found[0].of, *(copy.of for copy in found[1:] if copy.relation in FOLDED and copy.kept >= _WHOLE)]


class CopyIndex(msgspec.Struct, kw_only=True):
    """Prints, who holds which gram, and families of reports that are one report: plain data, which a store can keep.

    A family bears the uri of the report of it that was added first.
    """

    prints: dict[str, Print] = {}
    grams: dict[int, list[str]] = {}
    families: dict[str, str] = {}
    members: dict[str, list[str]] = {}
    order: dict[str, int] = {}

    def add(self, report: Report) -> tuple[Copy, ...]:
        """Add a report and say what earlier ones it repeats. Adding a uri again changes nothing."""
        if report.uri in self.prints:
            return ()
        taken = take_print(report)
        found = find_copies(report, taken, self._holders, self.prints.__getitem__)
        self.prints[report.uri] = taken
        for gram in sample(taken):
            held = self.grams.setdefault(gram, [])
            if len(held) < HOLDERS:
                held.append(report.uri)
        self._join(report.uri, same_report(found))
        return found

    def family(self, uri: str) -> str:
        """The family of a report. Raises KeyError where it was never added."""
        return self.families[uri]

    def _holders(self, grams: Sequence[int]) -> Iterable[str]:
        return (uri for gram in grams for uri in self.grams.get(gram, ()))

    def _join(self, uri: str, others: Sequence[str]) -> None:
        """Put a report into the oldest family of those it repeats, and the other families with it."""
        names = {self.families[other] for other in others}
        oldest = min(names, key=lambda name: self.order[name], default=uri)
        self.order[uri] = len(self.order)
        self.families[uri] = oldest
        self.members.setdefault(oldest, []).append(uri)
        for name in sorted(names):
            if name != oldest:
                moved = self.members.pop(name)
                self.members[oldest] += moved
                self.families.update(dict.fromkeys(moved, oldest))
