"""Write lang/en/lookalikes.toml: words that are places in the table and something else in news.

Development time only: `python tools/list_lookalikes.py [DATA]` counts, in the reports and articles of DATA (by default
../shared/data), the words that stand in lower case in at least two texts and are names in the table.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "src"))

from onrecord.gazetteer import open_gazetteer  # noqa: E402

WORD = re.compile(r"(?<![\w'’.-])[a-z]+(?!\w)")
# In lower case in error or as a common noun so rarely that the place is what a reader expects.
PLACES = {"china", "pristina", "male", "chad", "turkey", "jordan", "columbia", "houston", "montana", "reunion"}


def main() -> None:
    data = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared" / "data"
    table = open_gazetteer()
    texts: Counter[str] = Counter()
    for path in (*data.glob("reports/*.txt"), *data.glob("polnear/*/text/*.txt")):
        texts.update(set(WORD.findall(path.read_text(encoding="utf-8", errors="replace"))))
    found = {word for word, count in texts.items() if count >= 2 and len(word) > 1 and table.named(word)}
    words = sorted(found - PLACES)
    lines, line = [], ""
    for word in words:
        if len(line) + len(word) > 110:
            lines.append(line)
            line = ""
        line += f'"{word}", '
    head = "# Words that are places in the table and, mostly, something else in news (tools/list_lookalikes.py).\n"
    text = head + "words = [\n" + "".join(f"  {part.rstrip()}\n" for part in (*lines, line)) + "]\n"
    (ROOT / "src/onrecord/lang/en/lookalikes.toml").write_text(text, encoding="utf-8")
    print(f"{len(words)} words")


if __name__ == "__main__":
    main()
