"""The talks of reports on negotiations: the program's table against a reader's, and two readers against each other.

    python benchmarks/talks.py [--data ../shared/data] [--split dev|dev-2|held-out|all] [--gold settled] [--errors]
    python benchmarks/talks.py --readers a b [--split …]

Readers' tables (offsets only, made by tools/place_talks.py) are benchmarks/gold/talks/reader-<name>.jsonl, the one that
a third reader settled from them ("settled") settled.jsonl beside them, the reports reports.txt. What makes two answers
the same is in docs/annotating-talks.md. Reports that a reader has not read are left out. F1 between readers is the same
in both directions. The reports of dev-2 were read by one reader each ("c") and not chosen for being on talks: of those
without talks every answer is false, and counted in "all" as well as by itself.
"""

from __future__ import annotations

import argparse
import json
import re
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import msgspec

import onrecord
from onrecord.encode.sentences import cut
from onrecord.record import Record, Span, Talks

GOLD = Path(__file__).parent / "gold" / "talks"
ACTORS = ("parties", "mediators", "hosts", "guarantors", "venue")
PHRASES = ("aims", "issues", "sticking", "precedents", "terms")
CODES = ("format", "stage", "text_status", "truce")
ROUNDS = ("rounds", "outcomes")
SEATS = ("attendance", "moves")
SIDES = ("givers", "receivers")
SLOTS = (*ACTORS, *PHRASES, *SIDES, *ROUNDS, *SEATS, *CODES)
SOURCED = ("rounds", "attendance", "moves", "terms")

TOKEN = re.compile(r"\w+(?:[’'.\-]\w+)*|[^\w\s]")

# Words that are never the head of a phrase, and words before which the head phrase ends.
LITTLE = frozenset(
    TOKEN.findall("""
    a an the this that these those its his her their our my your it he she they we i is are was were be been being has
    have had do does did will would shall should may might can could must not no
    """)
)
BREAKS = frozenset(
    TOKEN.findall("""
    of for in on at to with by from over about between among against under after before during into within without
    towards toward through since until and or but which who whom whose that where when while as if unless
    """)
)
Test = Callable[["Answer", "Answer"], bool]

Spans = tuple[Span, ...]


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """One answer of a table: its own words, its code, its party (or giver, receiver), and on whose word it is.

    Each of `words`, `party` and `source` are all the places that it stands for; `source` is empty for the report's
    own word.
    """

    words: Spans = ()
    code: str | None = None
    party: Spans = ()
    source: Spans = ()


Table = dict[str, list[Answer]]


class Counts(msgspec.Struct, kw_only=True):
    """What two sets of tables share: answers of the first, of the second, of both by slot; whose-word of the shared.

    `aside` counts the reports in which the first sees no talks, and what the second tells of them.
    """

    gold: Counter[str] = msgspec.field(default_factory=Counter)
    told: Counter[str] = msgspec.field(default_factory=Counter)
    both: Counter[str] = msgspec.field(default_factory=Counter)
    sources: Counter[str] = msgspec.field(default_factory=Counter)
    sourced: Counter[str] = msgspec.field(default_factory=Counter)
    aside: Counter[str] = msgspec.field(default_factory=Counter)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--split", choices=("dev", "dev-2", "held-out", "all"), default="dev")
    parser.add_argument("--gold", help="the table that is right: settled, or a reader's")
    parser.add_argument("--readers", nargs=2, metavar=("FIRST", "SECOND"), help="set two readers against each other")
    parser.add_argument("--errors", action="store_true", help="print each answer that only one side has")
    args = parser.parse_args()
    gold = args.gold or gold_of(args.split)
    first = read_rows(args.readers[0] if args.readers else gold)
    second = read_rows(args.readers[1]) if args.readers else None
    counts, read = count(args.split, args.data, first, second, errors=args.errors)
    names = " against ".join(f"reader {name}" for name in args.readers) if args.readers else f"onrecord, {gold}"
    show(f"{names}: {read} reports, {args.split}", counts)


def count(
    split: str,
    data: Path,
    first: dict[str, list[dict]],
    second: dict[str, list[dict]] | None = None,
    *,
    errors: bool = False,
) -> tuple[Counts, int]:
    """What the tables of a split's reports share, and how many reports were compared."""
    counts, read = Counts(), 0
    for file, checksum in reports_of(split).items():
        if file not in first or (second is not None and file not in second):
            continue
        record = read_record(data / "reports" / file, checksum)
        gold = table_of_rows(first[file], record)
        told = table_of_rows(second[file], record) if second is not None else table_of_record(record)
        compare(Likeness(record), gold, told, counts, file if errors else None)
        if not any(gold.values()):
            counts.aside["reports"] += 1
            counts.aside["with a table"] += any(told.values())
            counts.aside["answers"] += sum(map(len, told.values()))
        read += 1
    return counts, read


def gold_of(split: str) -> str:
    """The table that a split's answers are measured against, unless another is asked for."""
    return "c" if split == "dev-2" else "settled"


def measure(split: str, data: Path) -> dict[str, float]:
    """F1 over all slots and whose-word accuracy against the settled table, in points, for the gate."""
    counts, _ = count(split, data, read_rows(gold_of(split)))
    gold, told, both = counts.gold.total(), counts.told.total(), counts.both.total()
    return {"f1": 200 * both / (gold + told), "word": 100 * counts.sources.total() / max(counts.sourced.total(), 1)}


def reports_of(split: str) -> dict[str, str]:
    """The reports of a split, each with the checksum of its text."""
    lines = (GOLD / "reports.txt").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return {file: checksum for file, own, _, checksum in rows if split in (own, "all")}


def read_rows(name: str) -> dict[str, list[dict]]:
    """A reader's rows by file; a file without rows has been read and has no talks."""
    found: dict[str, list[dict]] = {}
    path = GOLD / ("settled.jsonl" if name == "settled" else f"reader-{name}.jsonl")
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        found.setdefault(row["file"], []).extend([row] if "slot" in row else [])
    return found


def read_record(path: Path, checksum: str) -> Record:
    """The record of a report. Raises SystemExit where its text is no longer the one that offsets were made for."""
    (report,) = onrecord.open_reports(path)
    if f"{zlib.crc32(report.text.encode()):08x}" != checksum:
        raise SystemExit(f"{path.name}: the text has changed since it was labelled; place the labels again")
    return onrecord.read(report)


def table_of_rows(rows: Iterable[dict], record: Record) -> Table:
    """A reader's table. An actor stands for its own words and for all mentions of whom its head names."""
    table: Table = {slot: [] for slot in SLOTS}

    def actor(place: list[int] | None) -> Spans:
        return everywhere(record, Span(*place)) if place else ()

    for row in rows:
        words = Span(row["start"], row["end"]) if row["start"] is not None else None
        own: Spans = (words,) if words else ()
        slot, source = row["slot"], actor(row.get("source"))
        if slot in ACTORS and words:
            table[slot].append(Answer(words=everywhere(record, words)))
            continue
        table[slot].append(
            Answer(
                words=own,
                code=row["code"] if slot not in PHRASES else None,
                party=actor(row.get("party")),
                source=source,
            )
        )
        if row["code"] == "sticking":
            table["sticking"].append(Answer(words=own))
        if row.get("outcome"):
            table["outcomes"].append(Answer(words=own, code=row["outcome"]))
        for part in ("giver", "receiver"):
            if row.get(part):
                table[f"{part}s"].append(Answer(words=own, party=actor(row[part])))
    return table


def everywhere(record: Record, words: Span) -> Spans:
    """The places of an actor or place named by some words: their own, and the mentions of what their head names."""
    head = head_of(record.report.text, words)
    items = (*(record.actors or ()), *(record.places or ()))
    return (words, *(m for item in items if any(head in own for own in item.mentions) for m in item.mentions))


def table_of_record(record: Record) -> Table:
    """The program's table: the first talks of a record, or one without answers."""
    table: Table = {slot: [] for slot in SLOTS}
    for talks in (record.talks or ())[:1]:
        fill(table, talks, record)
    return table


def fill(table: Table, talks: Talks, record: Record) -> None:
    """Write the program's talks into a table."""

    def mentions(id: str | None) -> Spans:
        return record[id].mentions if id else ()  # type: ignore[union-attr]

    def source(id: str | None) -> Spans:
        if id is None:
            return ()
        said = record[id].source  # type: ignore[union-attr]
        return (*said.spans, *mentions(said.actor))

    for slot in ACTORS:
        table[slot] = [Answer(words=mentions(id)) for id in getattr(talks, slot)]
    for slot in ("aims", "precedents"):
        table[slot] = [Answer(words=(span,)) for span in getattr(talks, slot)]
    table["issues"] = [Answer(words=(issue.span,)) for issue in talks.issues]
    table["sticking"] = [Answer(words=(issue.span,)) for issue in talks.issues if issue.sticking]
    for slot in CODES:
        table[slot] = [Answer(code=code) for code in (getattr(talks, slot),) if code]
    for one in talks.rounds:
        table["rounds"].append(Answer(words=(one.span,), code=one.state, source=source(one.attribution)))
        if one.outcome:
            table["outcomes"].append(Answer(words=(one.span,), code=one.outcome))
    for seat in talks.attendance:
        table["attendance"].append(
            Answer(words=(seat.span,), code=seat.state, party=mentions(seat.party), source=source(seat.attribution))
        )
    for move in talks.positions:
        table["moves"].append(
            Answer(words=(move.span,), code=move.move, party=mentions(move.party), source=source(move.attribution))
        )
    for term in talks.offers:
        own = (term.what or term.span,)
        table["terms"].append(Answer(words=own, source=source(term.attribution)))
        for slot, id in (("givers", term.giver), ("receivers", term.receiver)):
            if id:
                table[slot].append(Answer(words=own, party=mentions(id)))


def compare(likeness: Likeness, gold: Table, told: Table, counts: Counts, file: str | None) -> None:
    """Count what two tables share; with `file`, print what only one of them has."""
    for slot in SLOTS:
        pairs = pair(gold[slot], told[slot], likeness.test(slot), likeness.near)
        counts.gold[slot] += len(gold[slot])
        counts.told[slot] += len(told[slot])
        counts.both[slot] += len(pairs)
        if slot in SOURCED:
            counts.sourced[slot] += len(pairs)
            counts.sources[slot] += sum(likeness.one_word(gold[slot][i], told[slot][j]) for i, j in pairs)
        if file:
            for mark, answers, used in (
                ("missed", gold[slot], {i for i, _ in pairs}),
                ("false", told[slot], {j for _, j in pairs}),
            ):
                for number, answer in enumerate(answers):
                    if number not in used:
                        print(f"{file}\t{slot}\t{mark}\t{likeness.words(answer)}")


def pair(gold: list[Answer], told: list[Answer], same: Test, near: Test) -> list[tuple[int, int]]:
    """One answer to one answer: those near each other first, then in order."""
    wanted = [(i, j) for i, one in enumerate(gold) for j, other in enumerate(told) if same(one, other)]
    wanted.sort(key=lambda ij: not near(gold[ij[0]], told[ij[1]]))
    pairs: list[tuple[int, int]] = []
    for i, j in wanted:
        if all(i != a and j != b for a, b in pairs):
            pairs.append((i, j))
    return pairs


class Likeness:
    """What makes two answers of one report the same, as docs/annotating-talks.md has it."""

    def __init__(self, record: Record) -> None:
        self.text = record.report.text
        self.sentences = [sentence.span for sentence in cut(record.report).sentences]

    def test(self, slot: str) -> Test:
        """The test of a slot."""
        if slot in ACTORS:
            return lambda a, b: self.one_actor(a.words, b.words)
        if slot in PHRASES:
            return self.one_phrase
        if slot in SIDES:
            return lambda a, b: self.one_phrase(a, b) and self.one_actor(a.party, b.party)
        if slot in ROUNDS:
            return lambda a, b: a.code == b.code and (self.near(a, b) or self.same_words(a, b))
        if slot in SEATS:
            return lambda a, b: a.code == b.code and self.one_actor(a.party, b.party)
        return lambda a, b: a.code == b.code

    def one_actor(self, first: Spans, second: Spans) -> bool:
        """Whether two actors or places share a place in the text, or a head where one has all words of the other."""
        if any(a & b for a in first for b in second):
            return True
        named = [(head(self.text, a), words_of(self.text, a)) for a in first]
        others = [(head(self.text, b), words_of(self.text, b)) for b in second]
        return any(h == k and (a <= b or b <= a) for h, a in named for k, b in others)

    def one_phrase(self, first: Answer, second: Answer) -> bool:
        """Whether two phrases have one head, or overlap and the head of one is among the words of the other."""
        a, b = first.words[0], second.words[0]
        h, k = head(self.text, a), head(self.text, b)
        return h == k or (a & b and (h in words_of(self.text, b) or k in words_of(self.text, a)))

    def one_word(self, first: Answer, second: Answer) -> bool:
        """Whether two answers stand on the same word: the report's, or one source's."""
        if not first.source or not second.source:
            return first.source == second.source
        return self.one_actor(first.source, second.source)

    def near(self, first: Answer, second: Answer) -> bool:
        """Whether the words of two answers start in one sentence."""
        return any(self.sentence(a) == self.sentence(b) for a in first.words[:1] for b in second.words[:1])

    def sentence(self, span: Span) -> int:
        """The number of the sentence in which a span starts."""
        return sum(sentence.start <= span.start for sentence in self.sentences)

    def same_words(self, first: Answer, second: Answer) -> bool:
        return words_of(self.text, first.words[0]) == words_of(self.text, second.words[0])

    def words(self, answer: Answer) -> str:
        """An answer in words, for the eye."""
        parts = (
            answer.code,
            *(spans[0].of(self.text) for spans in (answer.party, answer.words, answer.source) if spans),
        )
        return " | ".join(" ".join(part.split()) for part in parts if part)


def head(text: str, phrase: Span) -> str:
    """The head word of a phrase, folded."""
    return fold(head_of(text, phrase).of(text))


def head_of(text: str, phrase: Span) -> Span:
    """The last word of a phrase that counts, before the first break that has one before it; else the whole phrase."""
    found: Span | None = None
    for match in TOKEN.finditer(text, phrase.start, phrase.end):
        word = match[0].casefold()
        if word in BREAKS or not word[0].isalnum():
            if found is not None:
                break
        elif word not in LITTLE:
            found = Span(*match.span())
    return found or phrase


def words_of(text: str, phrase: Span) -> frozenset[str]:
    """The words of a phrase that count, folded."""
    return frozenset(folded(text, phrase)) or frozenset({fold(phrase.of(text))})


def folded(text: str, phrase: Span) -> Iterator[str]:
    for match in TOKEN.finditer(text, phrase.start, phrase.end):
        word = match[0].casefold()
        if word[0].isalnum() and word not in LITTLE and word not in BREAKS:
            yield fold(word)


def fold(word: str) -> str:
    """A word in lower case, without a possessive and without the `s` of a plural."""
    word = re.sub(r"[’']s?$", "", word.casefold())
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def show(title: str, counts: Counts) -> None:
    """Print the table: a line a slot, and all slots together."""
    print(title)
    print(f"{'slot':<12}{'gold':>6}{'told':>6}{'both':>6}{'P':>8}{'R':>8}{'F1':>8}{'whose word':>13}")
    for slot in SLOTS:
        show_line(slot, counts, (slot,))
    show_line("all", counts, SLOTS)
    if aside := counts.aside:
        told = f"{aside['with a table']} have a table, {aside['answers']} answers"
        print(f"without talks: {aside['reports']} reports, of which {told}")


def show_line(name: str, counts: Counts, slots: tuple[str, ...]) -> None:
    gold, told, both, sources, sourced = (
        sum(counter[slot] for slot in slots)
        for counter in (counts.gold, counts.told, counts.both, counts.sources, counts.sourced)
    )
    shares = (
        both / told if told else 0.0,
        both / gold if gold else 0.0,
        2 * both / (gold + told) if gold + told else 0.0,
    )
    word = f"{sources / sourced:>9.3f} of {sourced}" if sourced else ""
    print(f"{name:<12}{gold:>6}{told:>6}{both:>6}" + "".join(f"{share:>8.3f}" for share in shares) + word)


if __name__ == "__main__":
    main()
