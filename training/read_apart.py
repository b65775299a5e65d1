"""What two encoders see in our own reports, each in the half of the files that it was not taught by.

    python training/read_apart.py MODEL-WITHOUT-0 MODEL-WITHOUT-1 SEEN

Cues of talks in reports that taught them are surer than they ever are in others, and worths learnt from such would
trust them too much. The folders hold exported models, trained on what `prepare_written.py --without 0` and then
`--without 1` left; SEEN is what the fits take with `--seen`: other reports are read by the model that ships.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from check_written import HERE, Kept
from onrecord.encode.encoder import Encoder
from prepare_written import report_of
from written import is_kept, read_talks


def main() -> None:
    """Keep what is seen."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("models", type=Path, nargs=2)
    parser.add_argument("seen", type=Path)
    arguments = parser.parse_args()
    paths = sorted(path for path in (HERE / "written" / "talks").glob("*.txt") if not is_kept(path))
    for half, model in enumerate(arguments.models):
        apart = Kept(arguments.seen, Encoder(model))
        read = [apart.read(report_of(told.text)) for path in paths[half::2] for told in read_talks(path)]
        print(f"{model}: {len(read)} reports")


if __name__ == "__main__":
    main()
