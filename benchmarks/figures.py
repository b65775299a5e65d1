"""Measure the figures layer on casualty keys, gun-violence registers, measure sentences and our own annotations.

    python benchmarks/figures.py [muc] [gva] [models] [reports] [links] [speed] [--model] [--data DIR] [--errors N]
                                 [--agreement SECOND] [--peers PYTHON]

Without names, all are run. The words alone are read, without the encoder; with `--model` its syntax is used too (MUC-4
then in the reports that have such keys alone). `links` reads the whole record, always with the model. Each table stands
beside the peers' figures; those are as their authors' code gave them on the test splits, which are kept apart, ours are
on the development splits.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from onrecord import read
from onrecord.encode import default_encoder
from onrecord.encode.sentences import cut
from onrecord.intake import text_report
from onrecord.intake.opening import reports_in
from onrecord.layers.figures import find_figures
from onrecord.layers.times import find_times
from onrecord.record import Figure, Mentions, Record, Report, Span

ROOT = Path(__file__).resolve().parent.parent
GOLD = ROOT / "benchmarks" / "gold" / "figures"

EFFECTS = {"DEATH": {"killed", "casualties"}, "INJURY": {"wounded", "casualties"}}
"""The outcomes that say a MUC effect. "Killed or wounded" says both."""


DERIVED = {"joined people"}
"""Rules whose figures add others up; annotations hold what is added, not the sums."""


Reading = Callable[[Report], Mentions]
"""How words and sentences are seen: `cut`, or the model."""


def with_model(report: Report) -> Mentions:
    """What the model that ships sees in a report."""
    return default_encoder().read(report)


def read_figures(text: str, date: str | None = None, see: Reading = cut) -> tuple[Report, tuple[Figure, ...]]:
    """A text's report and its figures."""
    report = text_report(text, date=date)
    seen = see(report)
    return report, find_figures(report, seen, None, find_times(report, seen)) or ()


# ---- MUC-4: the casualties of terrorist incidents


def muc(data: Path, show: int, see: Reading = cut) -> dict[str, float]:
    """Recall of the keys' numbers with their effects: distinct pairs of a number of two or more and an effect.

    With the model, of the reports without a key of two or more none is read.
    """
    found = right_bounds = wanted = bounded = bounded_right = claimed = true = claimed_all = every = every_found = 0
    missed: list[str] = []
    for row in _rows(data / "figures" / "muc_dev.jsonl"):
        keys, all_keys = list(_muc_keys(row, 2)), list(_muc_keys(row, 1))
        if see is not cut and not keys:
            continue
        _, figures = read_figures(row["text"], see=see)
        ours = {
            (f.low, f.best, f.high, f.low_exclusive, f.high_exclusive, f.approximate, f.outcome)
            for f in figures
            if f.outcome in ("killed", "wounded", "casualties")
        }
        every += len(all_keys)
        every_found += sum(
            any(o[6] in EFFECTS[e] and any(_says(o, a) for a in alts) for o in ours) for alts, e in all_keys
        )
        ours = {o for o in ours if max(o[0] or 0, o[1] or 0, o[2] or 0) >= 2}
        for alternatives, effect in keys:
            of_effect = [o for o in ours if o[6] in EFFECTS[effect]]
            hit = any(_says(o, alternative) for o in of_effect for alternative in alternatives)
            bounds = any(_says_bounds(o, alternative) for o in of_effect for alternative in alternatives)
            open_sided = any(a["lo"] != a["hi"] or a["approx"] for a in alternatives)
            wanted, found, right_bounds = wanted + 1, found + hit, right_bounds + bounds
            bounded, bounded_right = bounded + open_sided, bounded_right + (open_sided and bounds)
            if not bounds:
                missed.append(f"{row['doc']} {'number' if hit else 'missed'} {effect} {[a['n'] for a in alternatives]}")
        pairs = {(max(o[0] or 0, o[1] or 0, o[2] or 0), o[6]) for o in ours}
        claimed_all += len(pairs)
        if keys:
            claimed += len(pairs)
            true += sum(
                any(outcome in EFFECTS[e] and any(value in (a["lo"], a["hi"]) for a in alts) for alts, e in keys)
                for value, outcome in pairs
            )
    print(
        f"MUC-4 dev, number and effect, two or more: recall {_percent(found, wanted)} ({found}/{wanted}), "
        f"with right bounds {_percent(right_bounds, wanted)}, of the bounded only {bounded_right}/{bounded}, "
        f"precision in reports with such keys {_percent(true, claimed)} ({true}/{claimed}; {claimed_all} in all read)"
    )
    print(f"  with single people: recall {_percent(every_found, every)} ({every_found}/{every})")
    print(
        "  peers (TST3-4, recall): Recognizers + nearest cue 83.1, with bounds 71.2, bounded 1/19; "
        "GDELT-like pattern 66.9, 61.0, 10/19"
    )
    _show(missed, show)
    return {
        "recall": found / wanted,
        "every": every_found / every,
        "bounds": right_bounds / wanted,
        "precision": true / max(claimed, 1),
    }


def _muc_keys(row: dict[str, Any], least: int) -> Iterator[tuple[list[dict[str, Any]], str]]:
    """A report's distinct keys: a number of `least` or more (as its alternatives) and an effect; each single person."""
    seen: set[tuple[str, str]] = set()
    for figure in row["figures"]:
        alternatives = [a for a in figure["alts"] if a["n"] != "PLURAL" and max(a["lo"] or 0, a["hi"] or 0) >= least]
        for effect in figure["effect"]:
            name = str([a["n"] for a in alternatives]) + (str(figure["desc"]) if least == 1 else "")
            if effect in EFFECTS and alternatives and not figure["optional"] and (name, effect) not in seen:
                seen.add((name, effect))
                yield alternatives, effect


def _says(ours: tuple[Any, ...], key: dict[str, Any]) -> bool:
    low, best, high = ours[:3]
    return bool({key["lo"], key["hi"]} - {None} & {low, best, high})


def _says_bounds(ours: tuple[Any, ...], key: dict[str, Any]) -> bool:
    low, best, high, _, _, approximate, _ = ours
    if key["approx"]:
        return bool(best == key["lo"] and approximate)
    if key["lo"] == key["hi"]:
        return bool(low == best == high == key["lo"])
    return bool((low, high) == (key["lo"], key["hi"]))


# ---- gun violence: the registry's killed and injured of an incident


def gva(data: Path, show: int, see: Reading = cut) -> dict[str, float]:
    """How often the registry's number of killed, or injured, two or more, is among the figures of its reports."""
    counts: Counter[str] = Counter()
    missed: list[str] = []
    for row in _rows(data / "figures" / "gva_dev.jsonl"):
        wanted = {name: row[name] for name in ("killed", "injured") if row[name] >= 2}
        if not wanted:
            continue
        numbers: dict[str, set[float | None]] = {"killed": set(), "injured": set()}
        for document in row["docs"]:
            _, figures = read_figures(document["title"].strip() + "\n\n" + document["content"], document["dct"], see)
            for figure in figures:
                name = {"killed": "killed", "wounded": "injured"}.get(figure.outcome or "")
                if name:
                    numbers[name] |= {figure.best, figure.low, figure.high}
        for name, number in wanted.items():
            counts[name] += 1
            counts[name + " found"] += number in numbers[name]
            if number not in numbers[name]:
                missed.append(f"{row['incident']} {name} {number}, found {sorted(n for n in numbers[name] if n)}")
    print(
        f"gun violence dev, two or more, the number found: killed {_percent(counts['killed found'], counts['killed'])} "
        f"({counts['killed']}), injured {_percent(counts['injured found'], counts['injured'])} ({counts['injured']})"
    )
    print("  peers (test): GDELT-like pattern 63 killed, 53 injured")
    _show(missed, show)
    return {
        "killed": counts["killed found"] / counts["killed"],
        "injured": counts["injured found"] / counts["injured"],
    }


# ---- measures: ages, currencies, dimensions, temperatures


def models(data: Path, show: int, see: Reading = cut) -> dict[str, float]:
    """F1 of the values (and ranges) of all quantities in the sentences of the *-model.json files."""
    total: Counter[str] = Counter()
    results: dict[str, float] = {}
    wrong: list[str] = []
    for name in ("age", "currency", "dimension", "temperature"):
        counts: Counter[str] = Counter()
        for row in json.loads((data / "figures" / f"{name}-model.json").read_text(encoding="utf-8")):
            gold = Counter(_model_value(q["value"]) for q in row["quantities"])
            _, figures = read_figures(row["text"], see=see)
            ours = Counter(_our_value(f) for f in figures if f.basis.name not in ("indefinite person", "name person"))
            both = gold & ours
            counts += Counter(gold=gold.total(), ours=ours.total(), both=both.total())
            if gold != ours:
                wrong.append(
                    f"{name}: {row['text'][:150]!r} wanted {sorted((gold - both).elements())} "
                    f"gave {sorted((ours - both).elements())}"
                )
        total += counts
        results[name] = _f1(counts["both"], counts["ours"], counts["gold"])
    results["models"] = _f1(total["both"], total["ours"], total["gold"])
    print("measures dev, value F1: " + ", ".join(f"{name} {100 * value:.1f}" for name, value in results.items()))
    print(
        "  peers (NewsQuant test, value / value and bound): CQE 90.3 / 88.1, quantulum3 64.9 / 54.1, "
        "Recognizers 68.2 / 57.9"
    )
    _show(wrong, show)
    return {"value": results["models"]}


def _model_value(value: str) -> tuple[float, ...]:
    parts = value.split("-") if "-" in value[1:] else [value]
    return tuple(round(float(p), 2) for p in parts)


def _our_value(figure: Figure) -> tuple[float, ...]:
    if figure.low is not None and figure.high is not None and figure.best is None:
        return (round(figure.low, 2), round(figure.high, 2))
    value = next(v for v in (figure.best, figure.low, figure.high) if v is not None)
    return (round(value / 2 if figure.approximate and figure.best is None else value, 2),)


# ---- our own annotations of reports


def reports(data: Path, show: int, see: Reading = cut) -> dict[str, float]:
    """F1 for span with low, best and high, and with the outcome too, on the reports annotated by hand."""
    results: dict[str, float] = {}
    for split in ("dev", "held-out"):
        counts: Counter[str] = Counter()
        wrong: list[str] = []
        for row in _annotations(GOLD / "reports.jsonl", split):
            text, ours = _read_report(data, row["file"], see)
            counts += compare(row["figures"], ours)
            wrong += (f"{row['file']}: {d}" for d in _differences(text, row["figures"], ours))
        if counts:
            results |= {f"{split.replace('-', '_')}_{name}": value for name, value in scores(counts).items()}
            print(
                f"reports, {split}: "
                + ", ".join(f"{n} {100 * v:.1f}" for n, v in scores(counts).items())
                + f" ({counts['gold']} figures, {counts['reports']} reports)"
            )
            _show(wrong if split == "dev" else [], show)
    return results


def agreement(data: Path, second: Path) -> None:
    """How far a second reader agrees with the first, on the reports that both annotated."""
    first = {row["file"]: row["figures"] for row in _annotations(GOLD / "reports.jsonl", None)}
    counts: Counter[str] = Counter()
    for row in _annotations(second, None):
        counts += compare(first[row["file"]], row["figures"])
        text = (data / "reports" / row["file"]).read_text(encoding="utf-8")
        for difference in _differences(text, first[row["file"]], row["figures"]):
            print(f"  {row['file']}: {difference}")
    print(
        "agreement: "
        + ", ".join(f"{n} {100 * v:.1f}" for n, v in scores(counts).items())
        + f" ({counts['gold']} and {counts['ours']} figures)"
    )


def _annotations(path: Path, split: str | None) -> Iterator[dict[str, Any]]:
    return (row for row in _rows(path) if split is None or row.get("split") == split)


def _rows(path: Path) -> list[dict[str, Any]]:
    """The objects of a file with one a line; none where it is missing."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []


def _read_report(data: Path, file: str, see: Reading) -> tuple[str, list[dict[str, Any]]]:
    """The text of a file and its figures, their places counted in the code points of the file."""
    original = (data / "reports" / file).read_bytes()
    report = next(iter(reports_in(original, uri=file)))
    seen = see(report)
    figures = find_figures(report, seen, None, find_times(report, seen)) or ()
    rows = [_as_row(report, figure, original) for figure in figures if figure.basis.name not in DERIVED]
    return original.decode("utf-8"), rows


def _as_row(report: Report, figure: Figure, original: bytes) -> dict[str, Any]:
    first, last = report.source_of(figure.span)
    start = len(original[:first].decode("utf-8"))
    row = {"start": start, "end": start + len(original[first:last].decode("utf-8"))}
    return row | {name: getattr(figure, name) for name in ("low", "best", "high", "outcome")}


def compare(gold: list[dict[str, Any]], ours: list[dict[str, Any]]) -> Counter[str]:
    """Counts of agreement: by span, by overlap and values, by span and values, and with the outcome."""
    values = ("low", "best", "high")

    def same(names: Iterable[str]) -> int:
        mine = [tuple(_rounded(row.get(n)) for n in names) for row in gold]
        return (Counter(mine) & Counter(tuple(_rounded(row.get(n)) for n in names) for row in ours)).total()

    span = ("start", "end")
    overlap = sum(
        any(
            o["start"] < g["end"]
            and g["start"] < o["end"]
            and all(_rounded(o.get(v)) == _rounded(g.get(v)) for v in values)
            for o in ours
        )
        for g in gold
    )
    return Counter(
        reports=1,
        gold=len(gold),
        ours=len(ours),
        span=same(span),
        overlap=overlap,
        values=same((*span, *values)),
        outcome=same((*span, *values, "outcome")),
        gold_told=sum(bool(g.get("outcome")) for g in gold),
        ours_told=sum(bool(o.get("outcome")) for o in ours),
        told=(
            Counter((g["start"], g["end"], g["outcome"]) for g in gold if g.get("outcome"))
            & Counter((o["start"], o["end"], o["outcome"]) for o in ours if o.get("outcome"))
        ).total(),
    )


def scores(counts: Counter[str]) -> dict[str, float]:
    """F1 by span, by overlap with values, by span and values, by those and outcome, and of the outcomes told alone."""
    named = {
        name: _f1(counts[name], counts["ours"], counts["gold"]) for name in ("span", "overlap", "values", "outcome")
    }
    return named | {"told": _f1(counts["told"], counts["ours_told"], counts["gold_told"])}


def _rounded(value: object) -> object:
    return round(value, 2) if isinstance(value, float | int) else value


def _differences(text: str, gold: list[dict[str, Any]], ours: list[dict[str, Any]]) -> Iterator[str]:
    def told(row: dict[str, Any]) -> tuple[object, ...]:
        return (row["start"], row["end"], *(_rounded(row.get(n)) for n in ("low", "best", "high")), row.get("outcome"))

    mine, theirs = {told(g) for g in gold}, {told(o) for o in ours}
    for mark, rows in (("first only", mine - theirs), ("second only", theirs - mine)):
        for start, end, *rest in sorted(rows, key=str):
            around = text[max(0, start - 40) : start] + "[" + text[start:end] + "]" + text[end : end + 40]
            yield f"{mark}: {around!r} {rest}"


# ---- what a figure is tied to


TIES = ("actor", "place", "time", "source")
"""What `links.jsonl` holds of each figure with an outcome, each as the spans of words that would be right."""


def links(data: Path, show: int, see: Reading = with_model) -> dict[str, float]:
    """F1 of who did it, where, when and on whose word, of the annotated figures of which an outcome is told.

    Right is a mention that shares characters with one of the annotated words; what the annotation makes optional counts
    only where it is wrong. A figure that is not found has lost its ties.
    """
    results: dict[str, float] = {}
    for split in ("dev", "held-out"):
        counts: Counter[str] = Counter()
        wrong: list[str] = []
        for row in _annotations(GOLD / "links.jsonl", split):
            original = (data / "reports" / row["file"]).read_bytes()
            record = _read_whole(next(iter(reports_in(original, uri=row["file"]))), see)
            for gold in row["figures"]:
                for tie, verdict in _judge(record, gold, original):
                    counts[f"{tie} {verdict}"] += 1
                    if verdict in ("wrong", "missed", "both"):
                        around = original.decode("utf-8")[max(0, gold["start"] - 120) : gold["end"] + 120]
                        wrong.append(f"{row['file']} {tie} {verdict}: {around!r}")
        for tie in TIES:
            right, ours, all_gold = (
                sum(counts[f"{tie} {verdict}"] for verdict in verdicts)
                for verdicts in (("right",), ("right", "wrong", "both"), ("right", "missed", "both"))
            )
            results[f"{split.replace('-', '_')}_{tie}"] = _f1(right, ours, all_gold)
            print(
                f"links, {split}: {tie} P {_percent(right, ours)} R {_percent(right, all_gold)} "
                f"F1 {100 * _f1(right, ours, all_gold):.1f} ({all_gold})"
            )
        _show(wrong if split == "dev" else [], show)
    return results


def _read_whole(report: Report, see: Reading) -> Record:
    """The record of a report as `onrecord.read` gives it; with another way of seeing, its layers up to the figures."""
    return read(report) if see is with_model else read(report, encoder=_Seeing(see))  # type: ignore[arg-type]


class _Seeing:
    """A way of seeing in the place of the encoder."""

    def __init__(self, see: Reading) -> None:
        self.read = see


def _judge(record: Record, gold: dict[str, Any], original: bytes) -> Iterator[tuple[str, str]]:
    """Each tie of an annotated figure and what became of it: right, wrong, missed, both (wrong and missed) or none."""
    figures = [f for f in record.figures or () if f.outcome and f.basis.name not in DERIVED]
    here = next((f for f in figures if _overlaps(_in_file(record.report, f.span, original), gold)), None)
    for tie in TIES:
        spans, optional = gold[tie], tie in gold.get("optional", ())
        ours = [_in_file(record.report, span, original) for span in _tied(record, here, tie)] if here else []
        if not ours:
            yield tie, "missed" if spans and not optional else "none"
        elif any(start < end and a < end and start < b for start, end in spans for a, b in ours):
            yield tie, "none" if optional else "right"
        else:
            yield tie, "both" if spans and not optional else "wrong"


def _overlaps(span: tuple[int, int], gold: dict[str, Any]) -> bool:
    return span[0] < gold["end"] and gold["start"] < span[1]


def _in_file(report: Report, span: Span, original: bytes) -> tuple[int, int]:
    """Where a span of the text stands in the code points of the file."""
    first, last = report.source_of(span)
    start = len(original[:first].decode("utf-8"))
    return start, start + len(original[first:last].decode("utf-8"))


def _tied(record: Record, figure: Figure, tie: str) -> tuple[Span, ...]:
    """The words of what a figure is tied to."""
    if tie == "source":
        return record[figure.attribution].source.spans if figure.attribution else ()
    id = getattr(figure, tie)
    if id is None:
        return ()
    return (record[id].span,) if tie == "time" else tuple(record[id].mentions)


# ---- a peer beside ours


SINGLE = {"indefinite person", "name person", "noun person", "bare person"}
"""Rules whose figures are people told one at a time, without a number."""


def peers(data: Path, python: str) -> None:
    """F1 of the values of quantulum3 and of ours on the same texts, in one run: each number's least and greatest value.

    A side that the words leave open has the other's value. People told one at a time, whom no peer reads, are left out.
    """
    from peers import ask

    texts: list[tuple[str, str]] = []
    gold: list[Counter[tuple[float, float]]] = []
    for name in ("age", "currency", "dimension", "temperature"):
        for row in json.loads((data / "figures" / f"{name}-model.json").read_text(encoding="utf-8")):
            texts.append(("sentences of measures", row["text"]))
            gold.append(Counter((v[0], v[-1]) for v in (_model_value(q["value"]) for q in row["quantities"])))
    for row in _annotations(GOLD / "reports.jsonl", None):
        text = (data / "reports" / row["file"]).read_text(encoding="utf-8")
        numbers = [f for f in row["figures"] if f["best"] != 1 or text[f["start"] : f["end"]].lower() in ("one", "1")]
        texts.append(("annotated reports", text))
        gold.append(Counter(_sides(f["low"], f["best"], f["high"]) for f in numbers))
    found = {"ours": [_numbers(read_figures(text)[1]) for _, text in texts]}
    answer = ask(python, "quantulum3", [text for _, text in texts])
    if answer is None:
        print(f"quantulum3 is not installed for {python}")
    else:
        found["quantulum3"] = [
            Counter((round(low, 2), round(high, 2)) for *_, low, high in one) for one in answer["found"]
        ]
    for label in dict.fromkeys(label for label, _ in texts):
        here = [at for at, (kind, _) in enumerate(texts) if kind == label]
        for who, values in found.items():
            both = sum((gold[at] & values[at]).total() for at in here)
            claimed, wanted = sum(values[at].total() for at in here), sum(gold[at].total() for at in here)
            print(
                f"values, {label} ({wanted}): {who} P {_percent(both, claimed)} R {_percent(both, wanted)} "
                f"F1 {100 * _f1(both, claimed, wanted):.1f}"
            )


def _numbers(figures: Iterable[Figure]) -> Counter[tuple[float, float]]:
    return Counter(_sides(f.low, f.best, f.high) for f in figures if f.basis.name not in SINGLE | DERIVED)


def _sides(low: float | None, best: float | None, high: float | None) -> tuple[float, float]:
    """The least and greatest value that the words give, the one for the other where they give one."""
    one = next(value for value in (best, low, high) if value is not None)
    return round(low if low is not None else one, 2), round(high if high is not None else one, 2)


# ---- speed


def speed(data: Path, show: int, see: Reading = cut) -> dict[str, float]:
    """Sentences a second of the figures layer alone, CPU time of this process."""
    paths = sorted((data / "reports").glob("*.txt"))[::6]
    texts = [text_report(path.read_text(encoding="utf-8")) for path in paths]
    seen = [see(report) for report in texts]
    start = time.process_time()
    for report, mentions in zip(texts, seen, strict=True):
        find_figures(report, mentions, None, None)
    spent = time.process_time() - start
    rate = sum(len(m.sentences) for m in seen) / spent
    print(f"speed: {rate:,.0f} sentences/s of CPU over {len(texts)} reports (CQE 22)")
    return {"sentences_per_second": rate}


def _percent(part: float, whole: float) -> str:
    return f"{100 * part / max(whole, 1):.1f}"


def _f1(both: int, ours: int, gold: int) -> float:
    return 2 * both / max(ours + gold, 1)


def _show(lines: list[str], show: int) -> None:
    for line in lines[:show]:
        print("   ", line)


MEASURES: dict[str, Callable[[Path, int, Reading], dict[str, float]]] = {
    "muc": muc,
    "gva": gva,
    "models": models,
    "reports": reports,
    "links": links,
    "speed": speed,
}


def measure(name: str, data: Path) -> dict[str, float]:
    """The measures of one table, in points, for the gate; `muc_model` is `muc` with the model."""
    table, _, model = name.partition("_")
    see = with_model if model or table == "links" else cut
    return {key: 100 * value for key, value in MEASURES[table](data, 0, see).items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("measures", nargs="*", help="of: " + ", ".join(MEASURES))
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--errors", type=int, default=0, help="how many errors of each to print")
    parser.add_argument("--agreement", type=Path, help="a second reader's annotations")
    parser.add_argument("--model", action="store_true", help="read with the encoder")
    parser.add_argument("--peers", help="an interpreter that has quantulum3: its values beside ours, and nothing else")
    given = parser.parse_args()
    if given.peers:
        peers(given.data, given.peers)
        return
    if given.agreement:
        agreement(given.data, given.agreement)
        return
    for name in given.measures or MEASURES:
        MEASURES[name](given.data, given.errors, with_model if given.model or name == "links" else cut)


if __name__ == "__main__":
    main()
