"""Turn a reader's lines (`words | value | outcome`, under `# file`) into annotations with offsets.

The lines are as docs/annotating-figures.md has them.

    python tools/place_figures.py LINES [--reports DIR] > annotations.jsonl

Raises SystemExit, naming the line, where the words are not found or the value cannot be read.
"""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

MARKS = {
    "": ("low", "best", "high"),
    "~": ("best", "approximate"),
    ">": ("low", "low_exclusive"),
    ">=": ("low",),
    "<": ("high", "high_exclusive"),
    "<=": ("high",),
    "~<": ("best", "high", "approximate", "high_exclusive"),
    "~>": ("best", "low", "approximate", "low_exclusive"),
    "vague": ("low", "approximate"),
}
FLAGS = ("approximate", "low_exclusive", "high_exclusive")


def read_value(value: str) -> dict[str, object]:
    """The fields that a value of the guide's table stands for. Raises ValueError for anything else."""
    fields: dict[str, object] = {"low": None, "best": None, "high": None}
    span = re.fullmatch(r"(-?[\d.]+?)\.\.(-?[\d.]+)", value)
    if span:
        return fields | {"low": float(span[1]), "high": float(span[2])}
    found = re.fullmatch(r"(vague|[~<>=]*)(-?[\d.]+)", value)
    if not found or found[1] not in MARKS:
        raise ValueError(f"cannot read the value {value!r}")
    return fields | {name: True if name in FLAGS else float(found[2]) for name in MARKS[found[1]]}


def place(text: str, words: str, start: int) -> tuple[int, int]:
    """Where `words` (`words@2`: the second time) stand in `text` after `start`. Raises ValueError where they do not."""
    words, _, times = words.partition("@")
    pattern = r"(?<!\w)" + r"\s+".join(map(re.escape, words.split())) + r"(?!\w)"
    found = list(re.finditer(pattern, text[start:]))
    at = int(times or 1) - 1
    if at >= len(found):
        raise ValueError(f"{words!r} is not found after character {start}")
    return start + found[at].start(), start + found[at].end()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("lines", type=Path)
    parser.add_argument("--reports", type=Path, default=ROOT.parent / "shared" / "data" / "reports")
    given = parser.parse_args()
    rows: list[dict[str, object]] = []
    figures: list[dict[str, object]] = []
    text, last, at = "", 0, 0
    for number, line in enumerate(given.lines.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("# "):
            file, figures, last, at = line[2:].strip(), [], 0, 0
            text = (given.reports / file).read_text(encoding="utf-8")
            rows.append({"file": file, "figures": figures})
        elif line.strip():
            words, value, outcome = (*(part.strip() for part in line.split("|")), "")[:3]
            try:
                start, end = place(text, words, last if "-old" in words else at)
                figures.append({"start": start, "end": end, **read_value(value), "outcome": outcome or None})
            except ValueError as error:
                raise SystemExit(f"{given.lines}, line {number}: {error}") from None
            last, at = start + 1, end  # an age may stand inside the words for the person: "a 12-year-old boy"
    for row in rows:
        print(json.dumps(row))


if __name__ == "__main__":
    main()
