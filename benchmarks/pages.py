"""Hold what is read of the news pages of ../shared/data/formats/html against their gold JSON.

    python benchmarks/pages.py [FOLDER] [--list]

Body: F1 of word tokens (bag of words, case aside), prose of the body only, against the gold's summary, headings and
paragraphs. Title, day and authors: exact. Captions: the share of the gold's captions that are found as captions.
Beside it stands trafilatura by itself, with the settings that its documentation gives for news.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from onrecord.intake import reports_in
from onrecord.record import Report

PAGES = Path(__file__).parents[2] / "shared" / "data" / "formats" / "html"


def pages(folder: Path) -> Iterator[tuple[str, bytes, dict[str, Any]]]:
    """Each page with its gold: the versions of a publisher's gold in the order of their day, as its pages are."""
    for gold in sorted(folder.glob("*/*.json")):
        files = sorted(gold.parent.glob(f"{gold.stem}_*.html.gz"))
        versions = sorted(json.loads(gold.read_text(encoding="utf-8")).values(), key=lambda v: v["publishing_date"])
        for file, version in zip(files, versions, strict=False):
            yield file.name, gzip.decompress(file.read_bytes()), version


def tokens(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.casefold()))


def f1(found: str, gold: str) -> float:
    a, b = tokens(found), tokens(gold)
    common = (a & b).total()
    return 2 * common / (a.total() + b.total()) if common else 0.0


def gold_body(version: dict[str, Any]) -> str:
    body = version.get("body") or {}
    sections = [line for section in body.get("sections", []) for line in (*section["headline"], *section["paragraphs"])]
    return "\n".join([*body.get("summary", []), *sections])


def one_line(text: str | None) -> str:
    return " ".join((text or "").split())


def judge(report: Report, version: dict[str, Any]) -> dict[str, bool]:
    return {
        "title": one_line(report.headline) == one_line(version["title"]),
        "day": (report.first_created or "")[:10] == version["publishing_date"][:10],
        "authors": set(one_line(report.byline).split(", ")) == set(version.get("authors") or [""]),
    }


def captions(report: Report, version: dict[str, Any]) -> Counter[str]:
    """Where the gold's captions of two words and more went."""
    where: Counter[str] = Counter()
    placed = {kind: words(report, *kinds) for kind, kinds in (("caption", ("caption", "credit")), ("body", ("body",)))}
    for image in version.get("images") or []:
        gold = " ".join(tokens(image.get("caption") or ""))
        if len(gold) >= 15:
            gold = " ".join(re.findall(r"\w+", image["caption"].casefold()))
            where[next((kind for kind, text in placed.items() if gold in text), "lost")] += 1
    return where


def words(report: Report, *kinds: str) -> str:
    text = " ".join(report.words(part.span) for part in report.parts if part.kind in kinds)
    return " ".join(re.findall(r"\w+", text.casefold()))


def main(folder: Path, show: bool) -> None:
    from trafilatura import extract

    ours: list[float] = []
    theirs: list[float] = []
    exact: Counter[str] = Counter()
    placed: Counter[str] = Counter()
    spent = 0.0
    for name, data, version in pages(folder):
        start = time.process_time()
        report = next(iter(reports_in(data, uri=name)))
        spent += time.process_time() - start
        gold = gold_body(version)
        ours.append(f1("\n".join(report.words(p.span) for p in report.parts if p.kind == "body"), gold))
        theirs.append(f1(extract(data, include_comments=False, include_tables=False) or "", gold))
        right = judge(report, version)
        exact.update(field for field, is_right in right.items() if is_right)
        placed += captions(report, version)
        if show:
            print(f"{ours[-1]:.3f} {theirs[-1]:.3f} {name} {' '.join(k for k, v in right.items() if not v)}")
    count = len(ours)
    print(f"{count} pages, {1000 * spent / count:.0f} ms CPU a page")
    print(f"body, token F1: onrecord {sum(ours) / count:.3f}, trafilatura alone {sum(theirs) / count:.3f}")
    print(
        f"pages under 0.93: onrecord {sum(s < 0.93 for s in ours)}, trafilatura alone {sum(s < 0.93 for s in theirs)}"
    )
    print("exact:", ", ".join(f"{field} {exact[field]}/{count}" for field in ("title", "day", "authors")))
    print("captions of the gold:", ", ".join(f"{where} {number}" for where, number in placed.most_common()))


if __name__ == "__main__":
    given = [argument for argument in sys.argv[1:] if not argument.startswith("--")]
    main(Path(given[0]) if given else PAGES, "--list" in sys.argv)
