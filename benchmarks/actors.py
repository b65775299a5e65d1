"""Score the country and the sector of actor phrases on PLOVER's gold sentences (dev part).

    python benchmarks/actors.py [plover_dev.json] [--errors]

A gold sector of "***" says that the annotators gave none: it is not scored. Of a longer one ("CVLalb") the first three
letters count.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import NamedTuple

from onrecord.layers.phrases import actor_of

ROOT = Path(__file__).parents[1]
PLOVER = ROOT.parent / "shared" / "data" / "events" / "plover_dev.json"


class Tally(NamedTuple):
    """Phrases, those with a gold sector, and how many were right in country, in sector, in both."""

    phrases: int
    sectors: int
    right_countries: int
    right_sectors: int
    right: int
    errors: list[str]


def score(path: Path) -> Tally:
    sentences = json.loads(path.read_text(encoding="utf-8"))
    sides = [sentence[side] for sentence in sentences for side in ("source", "target")]
    phrases = [phrase for side in sides if isinstance(side, list) for phrase in side]
    countries = sectors = right_sectors = both = 0
    errors = []
    for phrase in phrases:
        found = actor_of(phrase["actorText"])
        sector = phrase.get("sector", "***")[:3]
        told = sector != "***"
        same_country, same_sector = found.country == phrase["code"], not told or found.sector == sector
        countries += same_country
        sectors += told
        right_sectors += told and same_sector
        both += same_country and same_sector
        if not (same_country and same_sector):
            gold, ours = f"{phrase['code']} {sector}", f"{found.country} {found.sector}"
            errors.append(f"{phrase['actorText']!r}: {gold}, found {ours}")
    return Tally(len(phrases), sectors, countries, right_sectors, both, errors)


def measure(path: Path) -> dict[str, float]:
    """The figures that the gate keeps, in points."""
    tally = score(path)
    return {
        "country": 100 * tally.right_countries / tally.phrases,
        "sector": 100 * tally.right_sectors / tally.sectors,
        "both": 100 * tally.right / tally.phrases,
    }


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("path", nargs="?", type=Path, default=PLOVER)
    options.add_argument("--errors", action="store_true")
    args = options.parse_args()
    tally = score(args.path)
    for error in tally.errors if args.errors else ():
        print(f"   {error}")
    print(f"country {tally.right_countries / tally.phrases:.3f} of {tally.phrases}")
    print(f"sector  {tally.right_sectors / tally.sectors:.3f} of {tally.sectors}")
    print(f"both    {tally.right / tally.phrases:.3f}")


if __name__ == "__main__":
    main()
