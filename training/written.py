"""Reports and sentences of our own, with labels: they teach the cues of talks, and rules are written by them.

    python training/written.py FILE…          check files, naming file and line of what is wrong, and count their labels

`written/talks/*.txt`: reports, each between `#### id` and `----`, then its table as docs/annotating-talks.md has it.
`written/status/*.txt`: a sentence or a short passage a line, each predicate as `[[words|status]]`, as
docs/annotating-events.md has them. Blank lines and lines that begin with `//` are left out.
`written/status/*.jsonl`: predicates in sentences of a corpus that stays outside the repository: ids and offsets.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, get_args

from onrecord.record import Span
from onrecord.record.event import Status

sys.path.append(str(Path(__file__).resolve().parent.parent / "tools"))
from place_talks import Row, place_row

M2E2 = Path(__file__).resolve().parents[2] / "shared/data/events/m2e2/text_only_event.json"
MARK = re.compile(r"\[\[([^\[\]|]+)\|([a-z-]+)\]\]")
STATUSES = (*get_args(Status), "no-event")


class Told(NamedTuple):
    """A report of our own and its table, with the words of each row."""

    name: str
    text: str
    rows: list[dict[str, str]]

    def placed(self, text: str) -> Iterator[Row]:
        """The rows with offsets in a text. Raises ValueError where words are not found or a label is wrong."""
        return (place_row(text, row) for row in self.rows)


class Passage(NamedTuple):
    """A sentence or two of our own, its predicates and how each stands."""

    text: str
    places: list[tuple[Span, str]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--sentences", type=Path, default=M2E2, help="the corpus that .jsonl files point into")
    args = parser.parse_args()
    for path in args.files:
        if path.parent.name == "talks":
            reports = list(read_talks(path))
            counts = Counter(str(row["slot"]) for report in reports for row in report.rows)
            print(f"{path.name}: {len(reports)} reports, {counts.total()} rows, {dict(counts)}")
        else:
            pointed = path.suffix == ".jsonl"
            passages = list(read_pointed(path, read_sentences(args.sentences)) if pointed else read_status(path))
            counts = Counter(status for passage in passages for _, status in passage.places)
            print(f"{path.name}: {len(passages)} passages, {counts.total()} places, {dict(counts)}")


def is_kept(path: Path) -> bool:
    """Whether a file is kept to check on: its texts are not read while rules are written, nor learnt from."""
    return path.stem[-1] in "49"


def read_talks(path: Path) -> Iterator[Told]:
    """The reports of a file. Raises SystemExit, naming the line, where words are not found or a label is wrong."""
    name, text, rows, inside = "", [], [], False
    for number, line in enumerate([*path.read_text(encoding="utf-8").splitlines(), "#### "], 1):
        if line.startswith("####"):
            if name:
                yield Told(name, "\n".join(text).strip(), rows)
            name, text, rows, inside = line.lstrip("#").strip(), [], [], True
        elif line.strip() == "----":
            inside = False
        elif inside:
            text.append(line)
        elif line.strip() and not line.startswith("//"):
            try:
                rows.append(json.loads(line))
                place_row("\n".join(text).strip(), rows[-1])
            except (ValueError, KeyError) as error:
                raise SystemExit(f"{path}, line {number}: {error}") from None


def read_status(path: Path) -> Iterator[Passage]:
    """The passages of a file. Raises SystemExit, naming the line, for a status that there is not or a broken mark."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("//"):
            continue
        text, places, at = "", [], 0
        for match in MARK.finditer(line):
            text += line[at : match.start()]
            if match[2] not in STATUSES:
                raise SystemExit(f"{path}, line {number}: no status {match[2]!r}; there are {', '.join(STATUSES)}")
            places.append((Span(len(text), len(text) + len(match[1])), match[2]))
            text, at = text + match[1], match.end()
        text += line[at:]
        if "[[" in text or "]]" in text or not places:
            raise SystemExit(f"{path}, line {number}: a mark is broken or missing; write [[words|status]]")
        yield Passage(text, places)


def read_sentences(path: Path) -> dict[str, str]:
    """The sentences of M2E2's text by their ids, as they stand there."""
    return {row["sentence_id"]: row["sentence"] for row in json.loads(path.read_text(encoding="utf-8"))}


def read_pointed(path: Path, sentences: dict[str, str]) -> Iterator[Passage]:
    """The sentences that a file points into, each once. Raises SystemExit, naming the line, for a sentence or a status
    that there is not, offsets that are no whole words of the sentence, and a place given twice."""
    places: dict[str, list[tuple[Span, str]]] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            row = json.loads(line)
            name, span, status = row["sentence_id"], Span(row["start"], row["end"]), row["status"]
            if status not in STATUSES:
                raise ValueError(f"no status {status!r}; there are {', '.join(STATUSES)}")
            if not _is_words(sentences[name], span):
                raise ValueError(f"{span.start} to {span.end} are no whole words of {name}")
            if any(span.start < other.end and other.start < span.end for other, _ in places.get(name, ())):
                raise ValueError(f"{span.start} to {span.end} of {name} share words with a line above")
        except (ValueError, KeyError, TypeError) as error:
            raise SystemExit(f"{path}, line {number}: {error}") from None
        places.setdefault(name, []).append((span, status))
    for name, found in places.items():
        yield Passage(sentences[name], found)


def _is_words(text: str, span: Span) -> bool:
    if not 0 <= span.start < span.end <= len(text):
        return False
    words, before, after = text[span.start : span.end], text[: span.start][-1:], text[span.end :][:1]
    return words == words.strip() and not before.isalnum() and not after.isalnum()


if __name__ == "__main__":
    main()
