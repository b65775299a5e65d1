"""The program against our own reports and sentences: tables of talks, and how events stand.

    python training/check_written.py talks|status [--check] [--errors] [--only NAME] [--seen FOLDER]

Files of `training/written` whose number ends in 4 or 9 are kept to check on (`--check`, figures only: their texts are
not to be read while rules are written); the others are to look at. `--only` prints one slot's, or one status's, errors.
"""

from __future__ import annotations

import argparse
import sys
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import msgspec

import onrecord
from onrecord.encode.encoder import Encoder
from onrecord.lang import load_rules
from onrecord.layers.roles import clause_words
from onrecord.layers.standing import StatusRule, find_standing, status_words
from onrecord.layers.syntax import arguments_of, tree_of
from onrecord.record import Mentions, Report, Span
from onrecord.record.report import Part
from prepare_written import report_of
from written import STATUSES, Passage, is_kept, read_status, read_talks

HERE = Path(__file__).resolve().parent
sys.path.append(str(HERE.parent / "benchmarks"))
import talks  # noqa: E402


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("talks", "status"))
    parser.add_argument("--check", action="store_true", help="the files that are kept to check on")
    parser.add_argument("--errors", action="store_true", help="print what only one side has")
    parser.add_argument("--only", metavar="NAME", help="errors of this slot or status alone")
    parser.add_argument("--seen", type=Path, help="keep there what the encoder saw, for the next time")
    args = parser.parse_args()
    if args.check and (args.errors or args.only):
        parser.error("what is kept to check on is not to be read")
    paths = [path for path in sorted((HERE / "written" / args.what).glob("*.txt")) if is_kept(path) == args.check]
    errors = (args.only or "all") if args.errors or args.only else None
    (check_talks if args.what == "talks" else check_status)(paths, errors, Kept(args.seen))


class Kept:
    """The encoder, which looks first whether it has seen a text before; of use while its weights stay as they are."""

    def __init__(self, folder: Path | None, encoder: Encoder | None = None) -> None:
        self.encoder, self.folder = encoder or Encoder(), folder

    def read(self, report: Report) -> Mentions:
        """As `Encoder.read`."""
        if self.folder is None:
            return self.encoder.read(report)
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / f"{zlib.crc32(report.text.encode()):08x}.json"
        if not path.exists():
            path.write_bytes(msgspec.json.encode(self.encoder.read(report)))
        return msgspec.json.decode(path.read_bytes(), type=Mentions)


def check_talks(paths: list[Path], errors: str | None, encoder: Kept) -> None:
    """Print the table by slot, and the errors of a slot or of all."""
    counts, read = talks.Counts(), 0
    for told in (told for path in paths for told in read_talks(path)):
        report = report_of(told.text)
        record = onrecord.read(report, encoder=encoder)
        try:
            gold = talks.table_of_rows(list(told.placed(report.text)), record)
        except ValueError:
            continue  # cleaning took words of the table
        table = talks.table_of_record(record)
        if errors is not None and errors != "all":
            gold = {slot: found if slot == errors else [] for slot, found in gold.items()}
            table = {slot: found if slot == errors else [] for slot, found in table.items()}
        talks.compare(talks.Likeness(record), gold, table, counts, told.name if errors else None)
        read += 1
    talks.show(f"onrecord, our own: {read} reports", counts)


def check_status(paths: list[Path], errors: str | None, encoder: Kept) -> None:
    """Print the accuracy where there is an event, F1 by status and the confusion table."""
    pairs: Counter[tuple[str, str]] = Counter()
    for path in paths:
        for passage in read_status(path):
            for span, gold, told in standings(passage, encoder):
                pairs[gold, told] += 1
                if errors in ("all", gold, told) and gold != told:
                    text = passage.text
                    marked = f"{text[: span.start]}[[{text[span.start : span.end]}]]{text[span.end :]}"
                    print(f"{path.stem}\t{gold}\t{told}\t{marked}")
    right = sum(count for (gold, told), count in pairs.items() if gold == told)
    print(f"accuracy {right / max(pairs.total(), 1):.3f} of {pairs.total()}")
    print(f"{'':<12}" + "".join(f"{status:>12}" for status in STATUSES[:-1]) + f"{'F1':>8}")
    for status in STATUSES[:-1]:
        row = [pairs[status, other] for other in STATUSES[:-1]]
        both = sum(row) + sum(pairs[other, status] for other in STATUSES[:-1])
        print(f"{status:<12}" + "".join(f"{n:>12}" for n in row) + f"{2 * pairs[status, status] / max(both, 1):>8.3f}")


def standings(passage: Passage, encoder: Kept) -> Iterator[tuple[Span, str, str]]:
    """Each place with an event: its label, and what the rules say of it."""
    part = Part(kind="body", span=Span(0, len(passage.text)))
    report = Report(uri="passage", digest="", text=passage.text, pieces=(), parts=(part,))
    seen = encoder.read(report)
    arguments = arguments_of(seen)
    rules, words = load_rules("en", "status", StatusRule).rules, clause_words("en")
    for span, gold in passage.places:
        sentence = seen.sentence_at(span.start)
        if gold == "no-event" or sentence is None:
            continue
        tree = tree_of(passage.text, seen, sentence, arguments)
        told = find_standing(passage.text, span, sentence.span, rules, words, tree, status_words("en"))
        yield span, gold, told.status


if __name__ == "__main__":
    main()
