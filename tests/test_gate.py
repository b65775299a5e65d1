"""The gate: each layer against gold, with floors (gate.toml) that only rise.

A layer's measure is a function of a corpus's name and the shared folder that gives its figures under the names of its
floors; to add a layer, add its section to gate.toml and its function to MEASURES.
"""

import importlib.util
import sys
import tomllib
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
FLOORS = tomllib.loads((ROOT / "tests" / "gate.toml").read_text(encoding="utf-8"))
CASES = [(layer, corpus) for layer, corpora in FLOORS.items() for corpus in corpora]


def benchmark(name):
    """The module `benchmarks/<name>.py`."""
    spec = importlib.util.spec_from_file_location(f"benchmark_{name}", ROOT / "benchmarks" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def measure_times(corpus, shared):
    sys.path.insert(0, str(shared / "scorers"))
    try:
        import score_timex
        import tml
    finally:
        sys.path.pop(0)
    times = benchmark("times")
    gold, predicted, _ = times.read_corpus(shared / "data" / "timeml" / corpus, tml)
    figures, _ = times.score(gold, predicted, score_timex)
    return {name: 100 * figures[f"{name}_f1"] for name in ("strict", "relaxed", "value")}


def measure_places(corpus, shared):
    return benchmark("places").measure(shared / "data" / "places" / f"{corpus}.xml")


def measure_actors(corpus, shared):
    return benchmark("actors").measure(shared / "data" / "events" / f"{corpus}.json")


def measure_figures(corpus, shared):
    return benchmark("figures").measure(corpus, shared / "data")


def measure_attributions(corpus, shared):
    return benchmark("attributions").measure(corpus, shared)


def measure_events(corpus, shared):
    return benchmark("events").measure(corpus, shared / "data")


@cache
def measure_all_spans(shared):
    return benchmark("spans").measure(shared / "data")


def measure_spans(name, shared):
    return measure_all_spans(shared)[name]


def measure_syntax(corpus, shared):
    return benchmark("syntax").measure(corpus, shared / "data")


def measure_stories(corpus, shared):
    return benchmark("stories").measure(shared / "data" / "stories" / f"{corpus}.jsonl", orders=2)


def measure_copies(corpus, shared):
    copies = benchmark("copies")
    return copies.measure(copies.simulate(shared / "data", 2, corpus))


def measure_talks(split, shared):
    return benchmark("talks").measure(split, shared / "data")


def measure_status(split, shared):
    return benchmark("status").measure(split, shared / "data")


MEASURES = {
    "talks": measure_talks,
    "status": measure_status,
    "attributions": measure_attributions,
    "events": measure_events,
    "figures": measure_figures,
    "spans": measure_spans,
    "syntax": measure_syntax,
    "times": measure_times,
    "places": measure_places,
    "actors": measure_actors,
    "copies": measure_copies,
    "stories": measure_stories,
}


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.exists(), reason="the shared corpora are not here")
@pytest.mark.parametrize(("layer", "corpus"), CASES)
def test_a_layer_keeps_its_floors(layer, corpus):
    measured = MEASURES[layer](corpus, SHARED)
    for name, floor in FLOORS[layer][corpus].items():
        assert measured[name] >= floor, f"{layer}, {corpus}: {name} is {measured[name]:.2f}, the floor {floor}"


def test_each_layer_with_floors_has_a_measure():
    assert set(FLOORS) <= set(MEASURES)
