"""Settle two readers' tables of talks into one: print what both have and what only one has, and write what is picked.

    python tools/settle_talks.py a b --show [FILE …]    the rows of reports, in words, numbered by reader
    python tools/settle_talks.py a b --picks PICKS      the settled rows in words, for tools/place_talks.py
    python tools/settle_talks.py a b --count            what became of the rows, by slot

Readers' tables are benchmarks/gold/talks/reader-<name>.jsonl, the settled one is settled.jsonl beside them. Two rows
are shown side by side where they are of one slot and their words overlap or are the same, or where the slot has no
words. A line of picks is a report's file name, the numbers taken from a reader ("a 1 3-5", the reader's name first), or
a row of one's own as docs/annotating-talks.md has it.

Raises SystemExit, naming the line, where a pick is of no row.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from place_talks import PARTS, ROOT, WHOLE, Row, place, text_of

GOLD = ROOT / "benchmarks" / "gold" / "talks"
Rows = dict[str, list[Row]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("readers", nargs=2, metavar="READER")
    parser.add_argument("--show", nargs="*", metavar="FILE", help="print the rows of these reports, or of all")
    parser.add_argument("--picks", type=Path, help="print the rows that these lines pick")
    parser.add_argument("--reports", type=Path, default=ROOT.parent / "shared" / "data" / "reports")
    parser.add_argument("--count", action="store_true", help="count what became of the rows in the settled table")
    args = parser.parse_args()
    tables = {name: read_table(f"reader-{name}") for name in args.readers}
    if args.count:
        show_counts(args.readers, count(args.readers, list(tables.values()), read_table("settled"), args.reports))
    elif args.picks:
        for row in picked(args.picks, tables, args.reports):
            print(json.dumps(row, ensure_ascii=False))
    else:
        for file in args.show or [file for file in tables[args.readers[0]] if file in tables[args.readers[1]]]:
            print(f"== {file}")
            show(text_of(args.reports / file), *((name, table[file]) for name, table in tables.items()))


def read_table(name: str) -> Rows:
    """The rows of a table by report, in the order of the file."""
    found: Rows = {}
    for line in (GOLD / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        found.setdefault(row["file"], []).extend([row] if "slot" in row else [])
    return found


def show(text: str, first: tuple[str, list[Row]], second: tuple[str, list[Row]]) -> None:
    """Print the rows of a report: each pair, then what only the one reader has, then what only the other has."""
    (name, rows), (other, others) = first, second
    pairs = pair(text, rows, others)
    for mine, theirs in pairs:
        here, there = in_words(text, rows[mine]), in_words(text, others[theirs])
        print(f"both  {name}{mine + 1:<3} {line_of(here)}")
        print("=" if here == there else "≠", f"    {other}{theirs + 1:<3}", "" if here == there else line_of(there))
    for reader, own, used in (
        (name, rows, {mine for mine, _ in pairs}),
        (other, others, {theirs for _, theirs in pairs}),
    ):
        for number, row in enumerate(own):
            if number not in used:
                print(f"only  {reader}{number + 1:<3} {line_of(in_words(text, row))}")


def pair(text: str, rows: list[Row], others: list[Row]) -> list[tuple[int, int]]:
    """The rows that two tables share, each used once: rows of one code first."""
    wanted = [(i, j) for i, row in enumerate(rows) for j, other in enumerate(others) if alike(text, row, other)]
    wanted.sort(key=lambda ij: [rows[ij[0]].get(part) != others[ij[1]].get(part) for part in ("code", "party")])
    pairs: list[tuple[int, int]] = []
    for i, j in wanted:
        if all(i != a and j != b for a, b in pairs):
            pairs.append((i, j))
    return sorted(pairs)


def alike(text: str, row: Row, other: Row) -> bool:
    """Whether two rows are of one slot and of the same or overlapping words, or of a slot that has one code only."""
    if row["slot"] != other["slot"]:
        return False
    if row["slot"] in WHOLE:
        return True
    overlap = row["start"] < other["end"] and other["start"] < row["end"]  # type: ignore[operator]
    return overlap or words_at(text, row).casefold() == words_at(text, other).casefold()


def count(names: list[str], tables: list[Rows], settled: Rows, reports: Path) -> Counter[tuple[str, str]]:
    """By kind and slot: rows of both (of them with another code, party, …), of one, of one and kept, of none."""
    counts: Counter[tuple[str, str]] = Counter()
    for file, last in settled.items():
        text, owns = text_of(reports / file), [table[file] for table in tables]
        pairs = pair(text, *owns)
        for both in pairs:
            row, other = (own[number] for own, number in zip(owns, both, strict=True))
            counts["both", str(row["slot"])] += 1
            for part in ("code", "outcome", *PARTS):
                counts[part, str(row["slot"])] += said(text, row, part) != said(text, other, part)
        in_settled = set()
        for side, (name, own) in enumerate(zip(names, owns, strict=True)):
            kept = dict(pair(text, own, last))
            in_settled |= set(kept.values())
            for number in set(range(len(own))) - {both[side] for both in pairs}:
                counts[f"only {name}", str(own[number]["slot"])] += 1
                counts[f"{name} kept", str(own[number]["slot"])] += number in kept
        for number, row in enumerate(last):
            counts["settled", str(row["slot"])] += 1
            counts["new", str(row["slot"])] += number not in in_settled
    return counts


def said(text: str, row: Row, part: str) -> object:
    """A code, or the words of a part, folded."""
    value = row.get(part)
    return text[value[0] : value[1]].casefold() if isinstance(value, list) else value


def show_counts(names: list[str], counts: Counter[tuple[str, str]]) -> None:
    """Print counts, a line a slot."""
    kinds = ["both", "code", "outcome", *PARTS, *(kind for name in names for kind in (f"only {name}", f"{name} kept"))]
    kinds += ["new", "settled"]
    print(f"{'slot':<12}" + "".join(f"{kind:>9}" for kind in kinds))
    for slot in (*dict.fromkeys(slot for _, slot in counts), "all"):
        cells = (sum(n for (kind, own), n in counts.items() if kind == k and slot in (own, "all")) for k in kinds)
        print(f"{slot:<12}" + "".join(f"{cell:>9}" for cell in cells))


def words_at(text: str, row: Row) -> str:
    return text[row["start"] : row["end"]]  # type: ignore[index]


def in_words(text: str, row: Row) -> dict[str, str]:
    """A placed row as a reader writes it: placing it again gives the row."""
    given = {"slot": str(row["slot"])} | {part: str(row[part]) for part in ("code", "outcome") if row.get(part)}
    if row["start"] is not None:
        given["words"] = named(text, row["start"], row["end"])  # type: ignore[arg-type]
    for part in PARTS:
        if part in row:
            span = row[part]
            given[part] = named(text, *span, near=row["start"]) if span else "report"  # type: ignore[misc]
    return given


def named(text: str, start: int, end: int, near: object = None) -> str:
    """The words at a place, with the `@n` that they need to be found there."""
    words, number = " ".join(text[start:end].split()), 1
    if place(text, words, near) == (start, end):
        return words
    while place(text, f"{words}@{number}") != (start, end):
        number += 1
    return f"{words}@{number}"


def line_of(given: dict[str, str]) -> str:
    """A row for the eye."""
    own = [given["slot"], *(given[part] for part in ("code", "outcome") if part in given)]
    parts = [f"{part}: {given[part]}" for part in PARTS if part in given]
    return " · ".join([" ".join(own), *([f"“{given['words']}”"] if "words" in given else []), *parts])


def picked(lines: Path, tables: dict[str, Rows], reports: Path) -> Iterator[dict[str, str]]:
    """The rows that lines of picks take, report by report. Raises SystemExit, naming the line, for a pick of no row."""
    file, text, any_yet = "", "", True
    for number, line in enumerate(lines.read_text(encoding="utf-8").splitlines(), 1):
        first, *rest = line.split() or ["#"]
        try:
            if first.endswith(".txt"):
                if not any_yet:
                    yield {"file": file}
                file, text, any_yet = first, text_of(reports / first), False
            elif first.startswith("{"):
                any_yet = True
                yield {"file": file} | json.loads(line)
            elif not first.startswith("#"):
                for index in (n for part in rest for n in numbers_of(part)):
                    any_yet = True
                    yield {"file": file} | in_words(text, tables[first][file][index - 1])
        except (LookupError, ValueError) as error:
            raise SystemExit(f"{lines}, line {number}: {line!r} picks no row ({error})") from None
    if not any_yet:
        yield {"file": file}


def numbers_of(part: str) -> range:
    """The numbers of "4" or "3-5", from 1 on."""
    first, _, last = part.partition("-")
    if int(first) < 1:
        raise ValueError("rows are numbered from 1")
    return range(int(first), int(last or first) + 1)


if __name__ == "__main__":
    main()
