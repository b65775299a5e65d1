"""Turn a reader's lines (`source | cue | content`, under `# file`) into annotations with offsets.

The lines are as docs/annotating-attributions.md has them. A content is the next of its words in the text; of several
places, a cue is the one nearest to its content and a source the one nearest to its cue.

    python tools/place_attributions.py LINES [--reports DIR] > annotations.jsonl

Raises SystemExit, naming the line, where words are not found.
"""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

Spans = list[tuple[int, int]]


def places(text: str, words: str) -> Spans:
    """Every place where `words` stand in `text`, white space as it comes."""
    pattern = r"\s+".join(map(re.escape, words.split()))
    edged = (r"(?<!\w)" if words[:1].isalnum() else "") + pattern + (r"(?!\w)" if words[-1:].isalnum() else "")
    return [found.span() for found in re.finditer(edged, text)]


def nearest(text: str, words: str, around: Spans) -> Spans:
    """The place of each piece of `words` that is nearest to some spans. Raises ValueError where one is not found."""
    found = []
    for piece in words.split(" … "):
        at = [span for span in places(text, piece) if not any(span[0] < e and s < span[1] for s, e in around)]
        at = at or places(text, piece)
        if not at:
            raise ValueError(f"{piece!r} is not found")
        found.append(min(at, key=lambda span: min(max(span[0] - e, s - span[1], 0) for s, e in around)))
    return found


def content(text: str, words: str, start: int) -> Spans:
    """The pieces of a content, one after another from `start`. Raises ValueError where one is not found."""
    found: Spans = []
    for piece in words.split(" … "):
        after = found[-1][1] if found else start
        at = next((span for span in places(text, piece) if span[0] >= after), None)
        if at is None:
            raise ValueError(f"{piece!r} is not found after character {after}")
        found.append(at)
    return found


def read_line(text: str, line: str, start: int) -> dict[str, Spans]:
    """The offsets of one line, whose content starts at `start` or later; anywhere, where it does not."""
    source, cue, words = (part.strip() for part in line.split(" | ", 2))
    try:
        said = content(text, words, start)
    except ValueError:
        said = content(text, words, 0)
    cued = nearest(text, cue, said)
    return {"source": [] if source == "-" else nearest(text, source, cued), "cue": cued, "content": said}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("lines", type=Path)
    parser.add_argument("--reports", type=Path, default=ROOT.parent / "shared" / "data" / "reports")
    given = parser.parse_args()
    rows: dict[str, list[dict[str, Spans]]] = {}
    text, start, file = "", 0, ""
    for number, line in enumerate(given.lines.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("# "):
            file, start = Path(line[2:].strip()).name, 0
            text = (given.reports / file).read_bytes().decode("utf-8", errors="replace")
            rows[file] = []
        elif line.strip():
            try:
                rows[file].append(read_line(text, line, start))
            except ValueError as error:
                raise SystemExit(f"{given.lines}, line {number}: {error}") from None
            start = rows[file][-1]["content"][0][0]
    for file, attributions in rows.items():
        print(json.dumps({"file": file, "attributions": attributions}))


if __name__ == "__main__":
    main()
