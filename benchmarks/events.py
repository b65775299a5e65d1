"""Events against three sets: PLOVER's gold sentences, CAMEO's five classes, and sentences in which nothing happens.

    python benchmarks/events.py [--data ../shared/data] [--errors]

PLOVER: a sentence has one gold event; the one scored is the first that the record holds. `source` is right where
the country of the first gold source is that of an actor, `target` that of a recipient (of an actor, where all are).
CAMEO: the class of the first event, 0 where there is none. Nothing: 297 sentences of the reports, labelled by a
reader of this project (benchmarks/gold/events/sentences.jsonl), the share of those without an event in which one
is claimed, and of those with one in which none is. Second: 130 of other reports, labelled before the program read
them (second.jsonl); docs/events.md says what it gave at first sight.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path

import onrecord
from onrecord.layers.actors import actor_of
from onrecord.record import Actor, Event, Place, Record

# The gold set is older than the ontology of 2021, which folded these together (../shared/data/README.md).
RENAMED = {"DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "INVESTIGATE": "ACCUSE", "FIGHT": "ASSAULT"}
NAMES = ("type", "source", "target", "all", "any type")
PEERS = {
    "plover_dev": "PETRARCH2 31.4 / 50.2 / 49.3 / 23.9, NGEC's recipe 39.8-43.2 (type), on the whole set (ANCHORS.md)",
    "cameo5": "PETRARCH2 51.3, MiniLM + LR 63.7, on the test (ANCHORS.md)",
    "nothing": "none",
    "second": "none",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--errors", action="store_true", help="print each sentence that is wrong")
    args = parser.parse_args()
    for corpus, peers in PEERS.items():
        figures = measure(corpus, args.data, errors=args.errors)
        print(f"{corpus}: " + "   ".join(f"{name} {figure:.1f}" for name, figure in figures.items()))
        print(f"    {peers}")


def measure(corpus: str, data: Path, *, errors: bool = False) -> dict[str, float]:
    """The figures of one set, in points."""
    if corpus == "plover_dev":
        return gold_sentences(data / "events" / "plover_dev.json", errors=errors)
    if corpus == "cameo5":
        return five_classes(data / "events" / "cameo5" / "train.tsv")
    return nothing(data / "reports", "sentences" if corpus == "nothing" else corpus)


def gold_sentences(path: Path, *, errors: bool) -> dict[str, float]:
    """Shares of PLOVER's gold sentences of which type, source, target, all are right."""
    gold = json.loads(path.read_text(encoding="utf-8"))
    right: Counter[str] = Counter()
    for row in gold:
        record = onrecord.read(row["text"], date=f"{row['date'][:4]}-01-01")
        told = score(row, record)
        right.update(name for name, good in told.items() if good)
        if errors and not told["all"]:
            show_error(row, record, told)
    return {name: 100 * right[name] / len(gold) for name in NAMES}


# CAMEO's quad classes: verbal and material cooperation, verbal and material conflict. Requests short of a demand
# are statements there (root 02), concessions material (root 08), and reduced relations verbal (root 16).
CLASSES = {
    **dict.fromkeys(("CONSULT", "AGREE", "SUPPORT"), 1),
    **dict.fromkeys(("CONCEDE", "COOPERATE", "AID", "RETREAT"), 2),
    **dict.fromkeys(("REQUEST", "ACCUSE", "REJECT", "THREATEN", "SANCTION"), 3),
    **dict.fromkeys(("PROTEST", "MOBILIZE", "COERCE", "ASSAULT"), 4),
}
APPEALS = ("call on", "urge", "ask to")


def five_classes(path: Path) -> dict[str, float]:
    """F1 of each of the five classes, and their mean."""
    counts: Counter[tuple[int, int]] = Counter()
    for line in path.read_text(encoding="utf-8").splitlines():
        text, label = line.rsplit("\t", 1)
        first = next(iter(events_in(text)), None)
        found = 0 if first is None or first.basis.name in APPEALS else CLASSES[first.type]
        counts[int(label), found] += 1
    scores = []
    for kind in range(5):
        right = counts[kind, kind]
        told = sum(n for (_, found), n in counts.items() if found == kind)
        gold = sum(n for (label, _), n in counts.items() if label == kind)
        scores.append(2 * right / (told + gold) if told + gold else 0.0)
    return {"macro": 100 * sum(scores) / 5, **{f"class {kind}": 100 * score for kind, score in enumerate(scores)}}


def nothing(reports: Path, name: str = "sentences") -> dict[str, float]:
    """How often an event is claimed where there is none, and missed where there is one."""
    gold = Path(__file__).parent / "gold" / "events" / f"{name}.jsonl"
    rows = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines()]
    claimed: Counter[tuple[bool, bool]] = Counter()
    for row in rows:
        text = (reports / row["file"]).read_text(encoding="utf-8")[row["start"] : row["end"]]
        claimed[row["event"], bool(events_in(text))] += 1
    empty, full = claimed[False, True] + claimed[False, False], claimed[True, True] + claimed[True, False]
    return {"none claimed": 100 * claimed[False, False] / empty, "found": 100 * claimed[True, True] / full}


def events_in(text: str) -> tuple[Event, ...]:
    """The events of one sentence, by the program that ships."""
    return onrecord.read(text, date="2005-01-01").events or ()


def score(row: dict, record: Record) -> dict[str, bool]:
    """What of the gold event the record has right."""
    wanted = RENAMED.get(row["event"], row["event"])
    events = record.events or ()
    first = events[0] if events else None
    told = {
        "type": first is not None and first.type == wanted,
        "any type": any(event.type == wanted for event in events),
        "source": same_countries(row["source"], record, first.actors if first else ()),
        "target": same_countries(row["target"], record, (first.recipients or first.actors) if first else ()),
    }
    told["all"] = told["type"] and told["source"] and told["target"]
    return told


def show_error(row: dict, record: Record, told: dict[str, bool]) -> None:
    """One wrong sentence: what is wrong of it, what gold has, what the record has."""
    wrong = "+".join(name for name in ("type", "source", "target") if not told[name])
    gold = [
        [(actor["actorText"], actor.get("code")) for actor in row[side] or () if isinstance(actor, dict)]
        for side in SIDES
    ]
    first = next(iter(record.events or ()), None)
    ours = (
        (first.type, *([named(record, id) for id in ids] for ids in (first.actors, first.recipients)))
        if first
        else None
    )
    print(f"{wrong}\t{row['event']} {gold}\n\t{ours}\n\t{row['text']}")


SIDES = ("source", "target")


def named(record: Record, id: str) -> str:
    """The name and the country of an actor or place."""
    item = record[id]
    return f"{getattr(item, 'name', id)} ({getattr(item, 'country', None)})"


def same_countries(gold: object, record: Record, ids: tuple[str, ...]) -> bool:
    """Whether the country of the first gold actor is that of one of ours; no gold actor asks for nothing."""
    if not isinstance(gold, list) or not gold:
        return True
    wanted = gold[0].get("code") or ""
    return any(country_of(record[id]) == wanted for id in ids)


def country_of(item: object) -> str:
    """The country of an actor, or of a place, alpha-3."""
    if isinstance(item, Place):
        return actor_of(item.name).country or ""
    return (item.country or "") if isinstance(item, Actor) else ""


if __name__ == "__main__":
    main()
