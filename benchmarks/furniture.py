"""Count the furniture found in the reports of ../shared/data/reports, and hold it against their index.

    python benchmarks/furniture.py [FOLDER] [--misses]

The index was made by rules of its own and is wrong in places: a lead that opens "The Example Union (EU)" counts
there as a dateline. Such differences are counted apart, by what they look like.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections import Counter
from pathlib import Path

from onrecord.intake import open_reports
from onrecord.record import Report

REPORTS = Path(__file__).parents[2] / "shared" / "data" / "reports"


def words_of(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def compare_dateline(row: dict[str, str], report: Report) -> str:
    """How the report's dateline stands to the index's."""
    line = report.dateline if report.dateline and (report.dateline.places or report.dateline.provider) else None
    told, found = words_of(row["dateline"]), words_of(report.words(line.span)) if line else ""
    if not told:
        return "found, not in the index" if found else "none in either"
    if found:
        return "same" if told in found else "differs"
    # An upper-case city, or a date, makes a dateline; a name in ordinary letters and its short form does not.
    if re.match(r"[A-Z]{3}", row["dateline"]) or re.search(r"\d", row["dateline"]):
        return "missed"
    return "index has a name and its short form"


def compare_date(row: dict[str, str], report: Report) -> str:
    told = iso(row["date"])
    if report.dating is None:
        return "none found" if told else "none in either"
    if not told:
        return "found, not in the index"
    found = report.dating.value[:10]
    if found == told:
        return "same"
    return "a day apart" if abs(ordinal(found) - ordinal(told)) == 1 else "differs"


def iso(date: str) -> str | None:
    """The index's date as ISO 8601: it has `20050412`, `2019-10-12` and `March 13, 2013 Wednesday …`."""
    match = re.match(r"(\d{4})-?(\d\d)-?(\d\d)", date)
    if match:
        return "-".join(match.groups())
    match = re.match(r"([A-Z][a-z]+) (\d{1,2}), (\d{4})", date)
    return time.strftime("%Y-%m-%d", time.strptime(" ".join(match.groups()), "%B %d %Y")) if match else None


def ordinal(date: str) -> int:
    import datetime

    return datetime.date.fromisoformat(date).toordinal()


def compare_agency(row: dict[str, str], report: Report) -> str:
    if not report.provider:
        return "not named in a dateline"
    return "same" if row["agency"] in words_of(report.provider).replace(" ", "") else "differs"


def compare_headline(row: dict[str, str], report: Report) -> str:
    told, found = words_of(row["title"]), words_of(report.headline or "")
    if not told or not found:
        return "none found" if told else ("found, not in the index" if found else "none in either")
    if told == found:
        return "same"
    return "same but for a desk word or a name" if found in told or told in found else "differs"


COMPARISONS = {
    "dateline": compare_dateline,
    "date": compare_date,
    "agency": compare_agency,
    "headline": compare_headline,
}


def main(folder: Path, show: bool) -> None:
    index = [json.loads(line) for line in (folder / "index.jsonl").read_text(encoding="utf-8").splitlines()]
    rows = {row["file"]: row for row in index}
    results = {name: Counter[str]() for name in COMPARISONS}
    kinds, marks, origins, weekdays = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    misses: list[str] = []
    failed: list[str] = []
    start = time.process_time()
    reports = list(open_reports(*(folder / name for name in rows), failed=lambda error: failed.append(str(error))))
    spent = time.process_time() - start
    for report in reports:
        row = rows.get(Path(re.split("[!#]", report.uri)[0]).name)
        kinds.update({part.kind for part in report.parts})
        marks.update(mark_class(report.words(part.span)) for part in report.parts if part.kind == "end")
        origins[report.dating.origin if report.dating else "none"] += 1
        weekdays[str(report.dating.weekday) if report.dating else "no date"] += 1
        for name, compare in COMPARISONS.items() if row else ():
            result = compare(row, report)
            results[name][result] += 1
            if result in ("missed", "differs", "a day apart", "none found"):
                misses.append(f"{name} {result}: {row['file']}: {row.get(name) or row.get('title')!r}")
    print(f"{len(reports)} reports of {len(rows)} files, {1000 * spent / max(len(reports), 1):.1f} ms CPU a report")
    print(f"{len(failed)} files failed", *failed, sep="\n  ")
    print_table("reports with a part of each kind", kinds)
    print_table("end marks", marks)
    print_table("the day comes from", origins)
    print_table("weekday agrees", weekdays)
    for name, result in results.items():
        print_table(f"{name}, against the index", result)
        judged = result["same"] + result["same but for a desk word or a name"]
        total = judged + result["differs"] + result["missed"] + result["a day apart"]
        print(f"  agreement where both have one, or ours misses it: {100 * judged / max(total, 1):.1f} %")
    if show:
        print(*sorted(misses), sep="\n")


def mark_class(words: str) -> str:
    """Initials differ from report to report: they count as one mark."""
    return "initials" if re.fullmatch(r"\(?[a-z]{2,4}(?:[/ -][a-z]{1,4})+\)?", words) else words[:24]


def print_table(title: str, counts: Counter[str]) -> None:
    print(f"\n{title}")
    for name, count in counts.most_common():
        print(f"  {count:5} {name}")


if __name__ == "__main__":
    given = [argument for argument in sys.argv[1:] if not argument.startswith("--")]
    main(Path(given[0]) if given else REPORTS, "--misses" in sys.argv)
