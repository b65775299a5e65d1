"""Choose what decoding adds to the network's scores, on PolNeAR dev: coordinate steps on linked + strict F1.

python training/tune_decoding.py MODEL --data PREPARED --polnear ../shared/data/polnear/dev --cache C

The network runs once; its scores are kept in `--cache` (delete it for another model).
"""

from __future__ import annotations

import argparse
import importlib.util
import pickle
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from corpus import Document, read
from evaluate_attribution import as_row, decode
from onrecord.encode.attributions import Weighing
from onrecord.encode.outputs import Outputs, Seen, see
from onrecord.encode.tags import Floats
from single import open_network
from vocabulary import base_pieces

_LEFT = dict.fromkeys(set(Outputs._fields) - {"attribution", "source_link", "no_source", "content_link"})
"""Outputs that are not needed."""


class Settings(NamedTuple):
    """One point of the search. `source`, `cue`, `content` are added where a span of that kind begins."""

    source: float = 0.0
    cue: float = 0.0
    content: float = 0.0
    apart: float = 0.0
    least: float = -100.0


def weigh(settings: Settings, transitions: Floats, names: list[str]) -> Weighing:
    """Settings as decoding takes them."""
    floor = np.array([getattr(settings, name[2:], 0.0) if name[0] in "BS" else 0.0 for name in names], dtype=np.float32)
    return Weighing(transitions, floor, settings.apart, settings.least)


def look(model: Path, data: Path, cache: Path) -> tuple[list[tuple[Document, list[Seen]]], Floats, list[str]]:
    """The scores of all dev documents, from the cache where there is one."""
    if cache.exists():
        with cache.open("rb") as file:
            found: tuple[list[tuple[Document, list[Seen]]], Floats, list[str]] = pickle.load(file)
            return found
    network, labels, weighing = open_network(model)
    pieces = base_pieces()
    rows = []
    for d in read(data / "polnear.dev.jsonl"):
        seen = see(network, pieces, d.words, d.sentences, d.paragraphs)
        rows.append((d, [one._replace(outputs=one.outputs._replace(**_LEFT)) for one in seen]))
    result = (rows, weighing.transitions, labels.attribution)
    with cache.open("wb") as file:
        pickle.dump(result, file)
    return result


def scorer_module(path: Path) -> Any:
    """The shared scorer, as a module."""
    spec = importlib.util.spec_from_file_location("score_attribution", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def main() -> None:
    """Search and print each better point."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path, help="exported folder, checkpoint or weights")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--polnear", type=Path, required=True)
    parser.add_argument("--cache", type=Path, required=True)
    arguments = parser.parse_args()
    rows, transitions, names = look(arguments.model, arguments.data, arguments.cache)
    scoring = scorer_module(Path(__file__).parents[2] / "shared" / "scorers" / "score_attribution.py")
    files = scoring.gold_files(str(arguments.polnear / "attributions"), {d.name for d, _ in rows})
    gold = {}
    for d, _ in rows:
        by = files[d.name]
        with (arguments.polnear / "text" / f"{d.name}.txt").open(encoding="utf-8", newline="") as file:
            gold[d.name] = (scoring.Text(file.read()), scoring.read_ann(by[sorted(by)[0]])[0])

    def figures(settings: Settings) -> dict[str, Any]:
        scorer = scoring.Scorer()
        for d, seen in rows:
            found = as_row(d, decode(seen, d, names, weigh(settings, transitions, names)))["attributions"]
            predicted = [{r: sorted({tuple(x) for x in a[r]}) for r in a} for a in found]
            scorer.add(gold[d.name][0], gold[d.name][1], predicted)
        result: dict[str, Any] = scorer.result()
        return result

    best, best_sum = Settings(), 0.0
    steps = {
        "cue": (1.0, 2.0, 3.0),
        "content": (-1.0, 1.0),
        "source": (1.0, 2.0),
        "apart": (2.0, 4.0),
        "least": (-4.0, -2.0, 0.0),
    }
    points = [best, *(best._replace(**{name: value}) for name, values in steps.items() for value in values)]
    for point in points:
        trial = best._replace(**{n: v for n, v in point._asdict().items() if v != getattr(Settings(), n)})
        result = figures(trial)
        linked, strict = result["attribution / found+src"], result["attribution / strict"]
        total = linked["F1"] + strict["F1"]
        mark = ""
        if total > best_sum:
            best, best_sum, mark = trial, total, "  <- best"
        print(f"{trial}  linked {linked['P']}/{linked['R']}/{linked['F1']} strict {strict['F1']}{mark}", flush=True)


if __name__ == "__main__":
    main()
