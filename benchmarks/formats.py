"""Open every file of a folder of formats and list what each gave: its reports, or why it was refused.

    python benchmarks/formats.py                       # counts by folder and kind
    python benchmarks/formats.py --list > list.tsv     # one line a file: path, format, reports, words, or the refusal
    python benchmarks/formats.py --check               # also hold each report's pieces to the original's bytes
    python benchmarks/formats.py --markdown            # the lists of docs/formats.md

The files are not the repository's: give their folder, ../shared/data/formats unless told.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from pathlib import Path

from onrecord.errors import InputError
from onrecord.intake.opening import open_originals, read_original
from onrecord.record import Report


def look(path: Path, check: bool) -> tuple[list[Report], list[str]]:
    """The reports in a file, and what was refused of it."""
    refused: list[str] = []
    found: list[Report] = []
    for original in open_originals(path, failed=lambda error: refused.append(f"{error.problem}")):
        try:
            for report in read_original(original):
                found.append(report)
                if check:
                    hold(report, original.data)
        except InputError as error:
            refused.append(error.problem)
    return found, refused


def hold(report: Report, data: bytes) -> None:
    """Whether the pieces cover the text in order, inside the original. Raises AssertionError where they do not."""
    at = 0
    for start, end, source_start, source_end in report.pieces:
        assert start == at < end, (report.uri, start, at)
        assert 0 <= source_start <= source_end <= len(data), (report.uri, source_start, source_end)
        assert (source_end - source_start) % (end - start) == 0, (report.uri, start, end, source_start, source_end)
        at = end
    assert at == len(report.text), report.uri


def folders(looked: dict[Path, tuple[list[Report], list[str]]]) -> str:
    """A table of folders: files, reports by format, refusals by reason."""
    lines = ["| folder | files | reports | refused |", "|---|---|---|---|"]
    for folder in sorted({path.parent for path in looked}):
        inside = [looked[path] for path in looked if path.parent == folder]
        kinds = Counter(report.format for found, _ in inside for report in found)
        reasons = Counter(refused[0] for found, refused in inside if not found)
        lines.append(
            f"| `{folder}` | {len(inside)} | {', '.join(f'{k} {n}' for k, n in kinds.most_common()) or '–'} "
            f"| {'; '.join(f'{n}: {reason}' for reason, n in reasons.most_common()) or '–'} |"
        )
    return "\n".join(lines)


def refusals(looked: dict[Path, tuple[list[Report], list[str]]]) -> str:
    """The names of the files that were refused under each reason; a name in several folders is given once."""
    by_reason: dict[str, Counter[str]] = {}
    for path, (found, refused) in looked.items():
        if not found:
            by_reason.setdefault(refused[0], Counter())[path.name] += 1
    lines = []
    for reason, names in sorted(by_reason.items(), key=lambda pair: (-sum(pair[1].values()), pair[0])):
        listed = ", ".join(f"`{name}`{f' ({n})' if n > 1 else ''}" for name, n in sorted(names.items()))
        lines.append(f"- **{reason}** ({sum(names.values())}): {listed}")
    return "\n".join(lines)


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=Path(__file__).parents[2] / "shared/data/formats")
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--markdown", action="store_true")
    options = parser.parse_args()
    given: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    looked: dict[Path, tuple[list[Report], list[str]]] = {}
    start = time.process_time()
    for path in sorted(p for p in options.folder.rglob("*") if p.is_file()):
        found, refused = look(path, options.check)
        name = path.relative_to(options.folder)
        looked[name] = (found, refused)
        given["with reports" if found else "refused"] += 1
        kinds.update(report.format for report in found)
        if not found:
            reasons.update(refused[:1])
        if options.list:
            words = sum(len(report.text.split()) for report in found)
            formats = "+".join(sorted({report.format for report in found}))
            print(name, formats, len(found), words, "; ".join(refused), sep="\t")
        if not found and not refused:
            sys.exit(f"{path}: neither reports nor a refusal")
    print(
        f"{sum(given.values())} files: {dict(given)}, {time.process_time() - start:.1f} s of CPU time", file=sys.stderr
    )
    print("reports by format:", dict(kinds.most_common()), file=sys.stderr)
    if options.markdown:
        print(folders(looked), refusals(looked), sep="\n\n")
        return
    for reason, count in reasons.most_common():
        print(f"{count:5}  {reason}", file=sys.stderr)


if __name__ == "__main__":
    main()
