"""Events against PLOVER's gold sentences: type of 16, countries of source and target, all right.

    python benchmarks/events.py [--data ../shared/data] [--errors]

A sentence has one gold event. The event scored is the first that the record holds: the sentences of the set lead
with it. `source` counts a sentence right where the countries of the first gold source are those of an actor.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path

import onrecord
from onrecord.record import Actor, Event, Record

# The gold set is older than the ontology of 2021, which folded these together (../shared/data/README.md).
RENAMED = {"DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "INVESTIGATE": "ACCUSE", "FIGHT": "ASSAULT"}
PEERS = "PETRARCH2 31.4 / 50.2 / 49.3 / 23.9; NGEC's recipe 39.8-43.2 (type); on the whole set, ANCHORS.md"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--errors", action="store_true", help="print each sentence that is wrong")
    args = parser.parse_args()
    gold = json.loads((args.data / "events" / "plover_dev.json").read_text(encoding="utf-8"))
    right: Counter[str] = Counter()
    for row in gold:
        record = onrecord.read(row["text"], date=f"{row['date'][:4]}-01-01")
        told = score(row, record)
        right.update(name for name, good in told.items() if good)
        if args.errors and not told["type"]:
            found = [(event.type, event.mode, event.status) for event in record.events or ()]
            print(f"{RENAMED.get(row['event'], row['event'])}\t{found}\t{row['text']}")
    print(f"{len(gold)} sentences   " + "   ".join(f"{name} {100 * right[name] / len(gold):.1f}" for name in NAMES))
    print(f"peers (type / source / target / all): {PEERS}")


NAMES = ("type", "source", "target", "all", "any type")


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


def same_countries(gold: object, record: Record, ids: tuple[str, ...]) -> bool:
    """Whether the country of the first gold actor is that of one of ours; no gold actor asks for nothing."""
    if not isinstance(gold, list) or not gold:
        return True
    wanted = gold[0].get("code") or ""
    return any(isinstance(actor := record[id], Actor) and (actor.country or "") == wanted for id in ids)


def describe(event: Event) -> str:
    """An event on one line."""
    return f"{event.type}:{event.mode} {event.status} {event.actors} -> {event.recipients}"


if __name__ == "__main__":
    main()
