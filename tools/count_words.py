"""Count in how many reports each word stands, for `src/onrecord/link/frequencies.tsv`.

    python tools/count_words.py [--data ../shared/data]

Words are lower-cased and cut to six characters; those of fewer than three reports are left out. Only counts are kept.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

from onrecord.link.sketches import WORD, stem

OUT = Path(__file__).parents[1] / "src" / "onrecord" / "link" / "frequencies.tsv"
LEAST = 3


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, default=Path(__file__).parents[2] / "shared" / "data")
    data = parser.parse_args().data
    files = [*sorted((data / "reports").glob("*.txt")), *sorted((data / "polnear").glob("*/text/*.txt"))]
    counts = Counter(word for file in files for word in {stem(w) for w in WORD.findall(file.read_text("utf-8"))})
    kept = sorted((word, n) for word, n in counts.items() if n >= LEAST and not word[0].isdigit())
    lines = [f"\t{len(files)}", *(f"{word}\t{n}" for word, n in kept)]
    OUT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(len(kept), "words of", len(files), "reports", OUT.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
