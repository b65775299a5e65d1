"""Our own reports on talks to prepared documents: which words tell what of talks.

    python training/prepare_written.py training/written PREPARED [--benchmarks ../shared/data]

Words and syntax are those that the program sees: a label of a stretch goes to the word that governs it. Files that are
kept to check on (`check_written.py`) go to a set of their own. With `--benchmarks` the dev tables of `benchmarks/gold`
are prepared too, to look at while training, never to learn.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import onrecord
from corpus import Document, write
from onrecord.encode.encoder import Encoder
from onrecord.layers.syntax import Tree, arguments_of, tree_of
from onrecord.record import Mentions, Report, Span
from written import is_kept, read_talks

ACTORS = {"parties": "party", "mediators": "mediator", "hosts": "host", "guarantors": "guarantor", "venue": "venue"}
PHRASES = {"aims": "aim", "issues": "issue", "precedents": "precedent", "terms": "term"}
ACTS = {"rounds": "round", "moves": "move", "attendance": "seat"}
CODES = ("format", "stage", "text_status", "truce")
TOLD = "told"
"""The cue of the first word of a sentence that tells of the talks: that has the words of a row, of no mere name."""

Row = dict[str, object]


class Words:
    """A report as the program sees it, asked for the word that governs a stretch."""

    def __init__(self, report: Report, encoder: Encoder) -> None:
        self.report = report
        self.seen: Mentions = encoder.read(report)
        arguments = arguments_of(self.seen)
        self.trees: list[Tree | None] = [tree_of(report.text, self.seen, one, arguments) for one in self.seen.sentences]

    def top(self, span: Span) -> int | None:
        """The index of the word that governs the words in a span; None where it holds none."""
        for sentence, tree in zip(self.seen.sentences, self.trees, strict=True):
            if tree is not None and span & sentence.span:
                return tree.top(Span(max(span.start, sentence.span.start), min(span.end, sentence.span.end)))
        return None

    def sentence_of(self, span: Span) -> list[int]:
        """The first word of the sentence that a span begins in."""
        return [one.first_word for one in self.seen.sentences if one.span.start <= span.start < one.span.end]

    def document(self, name: str) -> Document:
        """The words, without labels."""
        sentences = self.seen.sentences
        paragraphs = [
            one.first_word
            for at, one in enumerate(sentences)
            if at == 0 or one.paragraph != sentences[at - 1].paragraph
        ]
        words = [word.span.of(self.report.text) for word in self.seen.words]
        return Document(
            name=name,
            words=words,
            sentences=[one.first_word for one in sentences],
            paragraphs=paragraphs,
            offsets=[(word.span.start, word.span.end) for word in self.seen.words],
        )


def report_of(text: str) -> Report:
    """The report that the program makes of a text in a file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.txt"
        path.write_text(text, encoding="utf-8")
        (report,) = onrecord.open_reports(path)
    return report


def prepare_talks(words: Words, name: str, rows: Iterable[Row]) -> Document:
    """A report with what tells of talks in it, offsets of the rows being those of its text."""
    document = words.document(name)
    cues: set[tuple[int, str]] = set()
    unsure: set[int] = set()
    lower = [word.casefold() for word in document.words]
    for row in rows:
        slot = str(row["slot"])
        if row["start"] is None:
            continue
        span = Span(row["start"], row["end"])  # type: ignore[arg-type]
        if slot not in ACTORS:
            cues |= {(first, TOLD) for first in words.sentence_of(span)}
        if slot in CODES:
            continue
        top = words.top(span)
        if top is None:
            continue
        if slot in ACTORS:
            like = [at for at, word in enumerate(document.words) if word == document.words[top]]
            cues |= {(at, ACTORS[slot]) for at in like}
            continue
        unsure |= {at for at, word in enumerate(lower) if word == lower[top] and at != top and len(word) > 2}
        if slot in PHRASES:
            cues.add((top, PHRASES[slot]))
            if row["code"] == "sticking":
                cues.add((top, "sticking"))
            continue
        cues.add((top, f"{ACTS[slot]}:{row['code']}"))
        if row.get("outcome"):
            cues.add((top, f"outcome:{row['outcome']}"))
    document.cues = sorted(cues)
    document.unsure = sorted(unsure - {at for at, _ in cues})
    return document


def own(folder: Path, encoder: Encoder, *, kept: bool, without: int | None = None) -> Iterator[Document]:
    """What is in `training/written`: what is kept to check on, or the rest, perhaps without one half of its files."""
    paths = sorted(path for path in (folder / "talks").glob("*.txt") if is_kept(path) == kept)
    for path in paths if without is None else [one for at, one in enumerate(paths) if at % 2 != without]:
        for told in read_talks(path):
            words = Words(report_of(told.text), encoder)
            try:
                rows = list(told.placed(words.report.text))
            except ValueError as error:
                print(f"{path.name}, {told.name}: left out, cleaning took words of its table: {error}")
                continue
            yield prepare_talks(words, f"talks/{told.name}", rows)


def gold(data: Path, encoder: Encoder) -> Iterator[Document]:
    """The dev tables of talks in `benchmarks/gold`."""
    sys.path.append(str(Path(__file__).resolve().parent.parent / "benchmarks"))
    import status
    import talks

    tables = talks.read_rows("settled")
    for file, checksum in talks.reports_of("dev").items():
        if file in tables:
            yield prepare_talks(
                Words(status.report_of(data / "reports" / file, checksum), encoder), f"talks/{file}", tables[file]
            )


def main() -> None:
    """Prepare what is written, and with `--benchmarks` what is looked at."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("written", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--benchmarks", type=Path, metavar="DATA")
    parser.add_argument("--without", type=int, choices=(0, 1), help="leave out half of the files (see read_apart.py)")
    arguments = parser.parse_args()
    encoder = Encoder()
    sets = {
        "train": own(arguments.written, encoder, kept=False, without=arguments.without),
        "check": own(arguments.written, encoder, kept=True),
    }
    if arguments.benchmarks:
        sets["dev"] = gold(arguments.benchmarks, encoder)
    for split, documents in sets.items():
        words = write(arguments.out / f"written.{split}.jsonl", documents)
        print(f"written {split}: {words} words")


if __name__ == "__main__":
    main()
