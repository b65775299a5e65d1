"""Score the country and the sector of actor phrases on PLOVER's gold sentences (dev part).

    python benchmarks/actors.py [plover_dev.json] [--errors]

A gold sector of "***" says that the annotators gave none: it is not scored. Of a longer one ("CVLalb") the first three
letters count.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from onrecord.layers.phrases import actor_of

ROOT = Path(__file__).parents[1]
PLOVER = ROOT.parent / "shared" / "data" / "events" / "plover_dev.json"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("path", nargs="?", type=Path, default=PLOVER)
    options.add_argument("--errors", action="store_true")
    args = options.parse_args()
    phrases = []
    for sentence in json.loads(args.path.read_text(encoding="utf-8")):
        for side in ("source", "target"):
            phrases += sentence[side] if isinstance(sentence[side], list) else []
    countries = sectors = right_sectors = both = right_countries = 0
    for phrase in phrases:
        found = actor_of(phrase["actorText"])
        sector = phrase.get("sector", "***")[:3]
        countries += 1
        right_countries += found.country == phrase["code"]
        scored = sector != "***"
        sectors += scored
        right_sectors += scored and found.sector == sector
        both += found.country == phrase["code"] and (not scored or found.sector == sector)
        if args.errors and (found.country != phrase["code"] or (scored and found.sector != sector)):
            print(f"   {phrase['actorText']!r}: {phrase['code']} {sector}, found {found.country} {found.sector}")
    print(f"country {right_countries / countries:.3f} of {countries}")
    print(f"sector  {right_sectors / sectors:.3f} of {sectors}")
    print(f"both    {both / countries:.3f}")


if __name__ == "__main__":
    main()
