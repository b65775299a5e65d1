"""Turn a reader's table of talks (JSONL with the words of the report) into one with offsets and without the words.

The lines are as docs/annotating-talks.md has them. Offsets are code points of `Report.text`.

    python tools/place_talks.py LINES [--reports DIR] > reader-a.jsonl
    python tools/place_talks.py --show FILE            the text that the words are looked for in

Raises SystemExit, naming the line, where words are not found, or a slot, a code or a part is wrong.
"""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path

import onrecord
from onrecord.ontology import read_codes

ROOT = Path(__file__).resolve().parent.parent
WORDS = ("parties", "mediators", "hosts", "guarantors", "venue", "aims", "precedents", "issues", "terms")
CODED = {"rounds": "round", "attendance": "attendance", "moves": "move"}
WHOLE = {"format": "format", "stage": "stage", "text_status": "text", "truce": "truce"}
PARTS = ("party", "giver", "receiver", "source")
NEEDED = {
    "rounds": ("code", "source"),
    "attendance": ("code", "party", "source"),
    "moves": ("code", "party", "source"),
    "terms": ("source",),
}
ALLOWED = {"rounds": ("source",), "attendance": PARTS, "moves": PARTS, "terms": PARTS, "issues": ("source",)}

Row = dict[str, object]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("lines", type=Path, nargs="?")
    parser.add_argument("--show", metavar="FILE", help="print the text of one report")
    parser.add_argument("--reports", type=Path, default=ROOT.parent / "shared" / "data" / "reports")
    args = parser.parse_args()
    if args.show:
        print(text_of(args.reports / args.show))
    elif args.lines:
        for row in place_all(args.lines, args.reports):
            print(json.dumps(row))
    else:
        parser.error("give the reader's lines, or --show FILE")


def place_all(lines: Path, reports: Path) -> list[Row]:
    """Every line of a reader, placed. Raises SystemExit, naming the line, where one cannot be."""
    rows: list[Row] = []
    file, text = "", ""
    for number, line in enumerate(lines.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            given = json.loads(line)
            if given.get("file", file) != file:
                file = Path(given["file"]).name
                text = text_of(reports / file)
            rows.append({"file": file} | (place_row(text, given) if "slot" in given else {}))
        except (ValueError, OSError, onrecord.OnrecordError) as error:
            raise SystemExit(f"{lines}, line {number}: {error}") from None
    return rows


def text_of(path: Path) -> str:
    """The text of the one report in a file."""
    (report,) = onrecord.open_reports(path)
    return report.text


def place_row(text: str, given: dict[str, str]) -> Row:
    """One line with offsets. Raises ValueError where a slot, a code or a part is wrong or words are not found."""
    slot = given["slot"]
    check(slot, given)
    row: Row = {"slot": slot, "start": None, "end": None, "code": given.get("code")}
    if "words" in given:
        row["start"], row["end"] = place(text, given["words"])
    if "outcome" in given:
        row["outcome"] = given["outcome"]
    for part in PARTS:
        if given.get(part) == "report" and part == "source":
            row[part] = None
        elif part in given:
            row[part] = place(text, given[part], near=row["start"])
    return row


def check(slot: str, given: dict[str, str]) -> None:
    """Raises ValueError where a line has an unknown slot or code, or lacks a part or has one too many."""
    if slot not in (*WORDS, *CODED, *WHOLE):
        raise ValueError(f"unknown slot {slot!r}")
    needed = NEEDED.get(slot, ()) + (("code",) if slot in WHOLE else ("words",))
    allowed = ("file", "slot", "words", "code", *ALLOWED.get(slot, ()), *(("outcome",) if slot == "rounds" else ()))
    if missing := [part for part in needed if not given.get(part)]:
        raise ValueError(f"{slot} needs {', '.join(missing)}")
    if odd := [part for part in given if part not in allowed]:
        raise ValueError(f"{slot} has no {', '.join(odd)}")
    codes = read_codes("talks")
    known = {code.code for code in codes.values() if code.of == {**CODED, **WHOLE}.get(slot, "")}
    known |= {"sticking"} if slot == "issues" else set()
    if given.get("code") and given["code"] not in known:
        raise ValueError(f"{slot} has no code {given['code']!r}: {', '.join(sorted(known)) or 'none'}")
    outcomes = {code.code for code in codes.values() if code.of == "outcome"}
    if given.get("outcome") and given["outcome"] not in outcomes:
        raise ValueError(f"no outcome {given['outcome']!r}: {', '.join(sorted(outcomes))}")


def place(text: str, words: str, near: object = None) -> tuple[int, int]:
    """Where words stand: the nth of `words@n`, else the one nearest to `near`, else the first. Raises ValueError."""
    wanted, _, nth = words.rpartition("@") if re.search(r"@\d+$", words) else (words, "", "")
    if not wanted.split():
        raise ValueError("no words")
    pattern = r"\s+".join(re.escape(word) for word in wanted.split())
    edged = (
        (r"(?<!\w)" if wanted.strip()[0].isalnum() else "")
        + pattern
        + (r"(?!\w)" if wanted.strip()[-1].isalnum() else "")
    )
    found = [match.span() for match in re.finditer(edged, text)]
    if len(found) < int(nth or 1):
        raise ValueError(f"{wanted!r} is found {len(found)} times, case and marks as they stand")
    if nth or not isinstance(near, int):
        return found[int(nth or 1) - 1]
    return min(found, key=lambda span: abs(span[0] - near))


if __name__ == "__main__":
    main()
