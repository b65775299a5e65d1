"""Attributions against PolNeAR gold: linked and strict F1 by kind beside the peers', and milliseconds for 600 words.

usage: benchmarks/attributions.py [SHARED] [--rules] [--errors] [--split dev] [--json FILE]

SHARED is the folder with `scorers/` and `data/polnear/` (default: ../shared beside the repository). The texts are taken
as they stand, a paragraph a line; PolNeAR nests nothing, so what is told inside another attribution is left out.
"""

from __future__ import annotations

import argparse
import importlib
import json
import re
import sys
import time
import warnings
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from onrecord.encode.sentences import cut
from onrecord.errors import ModelError
from onrecord.layers.attributions import find_attributions
from onrecord.record import Attribution, Mentions, Part, Report, Span

ROOT = Path(__file__).parents[1]
KINDS = ("direct", "mixed", "indirect")
# On the test split, with the same scorer; ANCHORS.md of the shared folder says how each was run.
PEERS = {
    "textacy": ("48 / 11 / 17.9", "7.5", "46 / 0 / 1"),
    "sayswho": ("78 / 17 / 28.4", "20.2", "75 / 0 / 0"),
    "GenderGapTracker rules": ("66 / 37 / 47.2", "31.1", "60 / 58 / 38"),
    "Citron, published models": ("70 / 31 / 42.7", "23.1", "58 / 54 / 34"),
    "Citron, retrained": ("72 / 44 / 54.5", "35.3", "72 / 64 / 46"),
    "BERT tagger and linker": ("73 / 73 / 72.5", "53.9", "82 / 82 / 68"),
    "one human, another": ("75.3", "63.7", "95 / 88 / 70"),
}


def as_report(name: str, text: str) -> Report:
    """The text as a report whose paragraphs are its lines, the first one the headline."""
    lines = re.finditer(r"[^\n]*\S[^\n]*", text)
    parts = tuple(
        Part(kind="body" if number else "headline", span=Span(*line.span())) for number, line in enumerate(lines)
    )
    return Report(uri=name, digest="", text=text, pieces=(), parts=parts, language="en")


def reader(rules: bool) -> Any:
    """What turns a report into mentions: the model that ships, or words and sentences by rule."""
    if rules:
        return cut
    try:
        from onrecord.encode.encoder import default_encoder

        return default_encoder().read
    except (ImportError, ModelError) as error:
        print(f"no model here, rules alone are measured: {error}", file=sys.stderr)
        return cut


def read_split(folder: Path, scorer: Any) -> Iterator[tuple[str, Any, list[Any]]]:
    """Name, text and gold of each article; of several annotators the first by name."""
    names = {path.stem for path in (folder / "text").glob("*.txt")}
    gold = scorer.gold_files(str(folder / "attributions"), names)
    for name in sorted(gold):
        with (folder / "text" / f"{name}.txt").open(encoding="utf-8", newline="") as file:
            text = scorer.Text(file.read())
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ResourceWarning)  # the scorer leaves files for the interpreter to close
            attributions, _ = scorer.read_ann(gold[name][min(gold[name])])
        yield name, text, attributions


def as_row(attribution: Attribution) -> dict[str, list[tuple[int, int]]]:
    """An attribution as the scorer takes it."""
    roles = {"source": attribution.source.spans, "cue": attribution.cue, "content": attribution.content}
    return {role: [(span.start, span.end) for span in spans] for role, spans in roles.items()}


class Measured(NamedTuple):
    """The scorer's figures, errors as (kind, cue), and CPU milliseconds for 600 words: of the layer, and before it."""

    figures: dict[str, Any]
    errors: Counter[tuple[str, str]]
    layer: float
    before: float


def score_split(shared: Path, split: str, rules: bool, count_errors: bool = False) -> Measured:
    """Read a split of PolNeAR and score it."""
    sys.path.insert(0, str(shared / "scorers"))
    scorer = importlib.import_module("score_attribution")
    sys.path.pop(0)
    read = reader(rules)
    score = scorer.Scorer()
    errors: Counter[tuple[str, str]] = Counter()
    layer, before, words = 0.0, 0.0, 0
    for name, text, gold in read_split(shared / "data" / "polnear" / split, scorer):
        report = as_report(name, text.text)
        start = time.process_time()
        seen: Mentions = read(report)
        middle = time.process_time()
        found = find_attributions(report, seen) or ()
        layer += time.process_time() - middle
        before += middle - start
        words += len(text.tokens)
        rows = [as_row(each) for each in found if each.via is None]
        score.add(text, gold, rows)
        if count_errors:
            errors.update(name_errors(text, gold, rows, scorer))
    return Measured(score.result(), errors, 600_000 * layer / words, 600_000 * before / words)


def measure(name: str, shared: Path) -> dict[str, float]:
    """The figures that the gate holds: F1 on PolNeAR dev by `rules` alone, or with the `model` that ships."""
    figures = score_split(shared, "dev", name == "rules").figures
    keys = {"linked": "attribution / found+src", "strict": "attribution / strict"}
    keys |= {kind: f"{kind} / found+src" for kind in KINDS}
    return {key: figures[place]["F1"] for key, place in keys.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", nargs="?", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--rules", action="store_true", help="rules alone, as where there is no model")
    parser.add_argument("--errors", action="store_true", help="count what went wrong, commonest first")
    parser.add_argument("--split", default="dev")
    parser.add_argument("--json", type=Path, help="write all of the scorer's figures")
    asked = parser.parse_args()
    measured = score_split(asked.shared, asked.split, asked.rules, asked.errors)
    print_table(measured.figures, asked.split)
    print(f"\n600 words: {measured.layer:.1f} ms for the layer, {measured.before:.1f} ms before it")
    if asked.errors:
        print_errors(measured.errors)
    if asked.json:
        asked.json.write_text(json.dumps(measured.figures, indent=1), encoding="utf-8")


def print_table(result: dict[str, Any], split: str) -> None:
    """Ours in full, and the row of each peer."""

    def cells(key: str) -> str:
        row = result.get(key, {"P": 0.0, "R": 0.0, "F1": 0.0})
        return f"{row['P']:5.1f} {row['R']:5.1f} {row['F1']:5.1f}"

    print(f"PolNeAR {split}            P     R    F1")
    print(f"linked             {cells('attribution / found+src')}\nstrict             {cells('attribution / strict')}")
    for kind in KINDS:
        print(f"linked, {kind:10} {cells(f'{kind} / found+src')}")
    for role in ("source", "cue", "content"):
        print(f"{role + ', exact':18} {cells(f'{role} / exact')}")
        print(f"{role + ', tokens':18} {cells(f'{role} / token')}")
    print(f"\n{'peers (test split)':26} {'linked P / R / F1':18} {'strict':7} direct / mixed / indirect")
    for peer, (linked, strict, kinds) in PEERS.items():
        print(f"{peer:26} {linked:18} {strict:7} {kinds}")


def print_errors(errors: Counter[tuple[str, str]]) -> None:
    """The errors by kind, then by kind and cue, the commonest first."""
    kinds: Counter[str] = Counter()
    for (what, _), count in errors.items():
        kinds[what] += count
    print(f"\n{sum(kinds.values())} errors, by kind")
    for what, count in kinds.most_common():
        print(f"{count:5} {what}")
    print("\nby kind and cue")
    for (what, cue), count in errors.most_common(40):
        print(f"{count:5} {what:40} {cue}")


def name_errors(text: Any, gold: list[Any], rows: list[Any], scorer: Any) -> Iterator[tuple[str, str]]:
    """What went wrong, as (kind of error, cue): one a gold attribution missed, one an attribution too many."""

    def cue_of(row: dict[str, Any]) -> str:
        return " ".join(text.text[a:z] for a, z in row["cue"]).lower()

    ids = [[{role: text.ids(row[role]) for role in scorer.ROLES} for row in side] for side in (gold, rows)]
    shares = {
        (i, j): (scorer.dice(g["content"], p["content"]), scorer.dice(g["source"], p["source"]), 0.0)
        for i, g in enumerate(ids[0])
        for j, p in enumerate(ids[1])
        if g["content"] & p["content"]
    }
    pairs = dict(scorer.pair(shares, 0.5))
    kinds = [text.kind(row["content"]) for row in gold]
    for i, g in enumerate(ids[0]):
        if i not in pairs:
            touched = any(g["cue"] & p["cue"] for p in ids[1])
            yield (f"{kinds[i]}: content off" if touched else f"{kinds[i]}: missed"), cue_of(gold[i])
        elif shares[i, pairs[i]][1] < 0.5:
            near = bool(g["source"] & ids[1][pairs[i]]["source"])
            what = "source too long or short" if near else "source where none is" if not g["source"] else "wrong source"
            yield f"{kinds[i]}: {what}", cue_of(gold[i])
        elif text.trim(gold[i]["content"]) != text.trim(rows[pairs[i]]["content"]):
            yield f"{kinds[i]}: content's edge", cue_of(gold[i])
        elif text.trim(gold[i]["source"]) != text.trim(rows[pairs[i]]["source"]):
            yield f"{kinds[i]}: source's edge", cue_of(gold[i])
    taken = set(pairs.values())
    for j, row in enumerate(rows):
        if j not in taken:
            yield f"{text.kind(row['content'])}: too many", cue_of(row)


if __name__ == "__main__":
    main()
