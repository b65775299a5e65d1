"""What tells that a report is on talks, by logistic regression: kinds of words, sentences that tell of talks.

    python training/fit_on_talks.py [--seen FOLDER] [--data ../shared/data] [--write]

Learns from our own reports that are to look at, dev and dev-2, and news listed in `on_talks.tsv`: file and whether it
is on talks (1) or not (0), judged from the headline by one reader; doubtful ones are left out, and so is every report
of a held-out split. Prints, on fifths left out of the fit, how many of each set get a table (of those on talks, and of
the others) at several least sums. `--write` puts what was learnt for encoded reports into `worths.json`, and for
others (words alone) into `lang/en/on_talks.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np

import onrecord
from check_written import HERE, Kept
from learning import FOLDS, OWN, Example, ask, fit, read_tables, total, write_worths
from onrecord.layers.on_talks import count_kinds, signs
from onrecord.layers.worths import ALWAYS
from onrecord.record import Report

RARE, PENALTY = 3, 1.0
LEAST = np.arange(-1.0, 1.3, 0.2)
# The least sum. Those from -2.5 to -0.5 give F1 of answers within a point over dev and dev-2 together: this one misses
# few reports on talks (3 of 42, 4 of 40, left out of the fit) and gives few others a table (26 of 59, 16 of 247).
CHOSEN = -1.5
TOML = HERE.parent / "src/onrecord/lang/en/on_talks.toml"


def main() -> None:
    args = ask(__doc__)
    encoder = Kept(args.seen)
    examples = []
    for name, report, is_on_talks in read_reports(args.data):
        seen = encoder.read(report)
        counts, later, _ = count_kinds(report.text, seen, "en")
        examples.append(Example(signs(seen, counts, later), is_on_talks, name))
    words = [one._replace(signs={s: n for s, n in one.signs.items() if not s.startswith("told ")}) for one in examples]
    for title, given in (("words alone", words), ("encoded", examples)):
        print(title)
        show(given)
    if args.write:
        write_worths({"subject": (fit(examples, rare=RARE, penalty=PENALTY), CHOSEN)})
        write(fit(words, rare=RARE, penalty=PENALTY))


def read_reports(data: Path) -> Iterator[tuple[str, Report, bool]]:
    """Our own, dev, dev-2 and listed reports, each with the set that it is of and whether it is on talks."""
    for table in read_tables(data):
        yield table.set, table.report, bool(table.rows)
    for line in (HERE / "on_talks.tsv").read_text(encoding="utf-8").splitlines():
        file, label = line.split("\t")
        yield "news", next(iter(onrecord.open_reports(data / "reports" / file))), label == "1"


def show(examples: Sequence[Example]) -> None:
    """Print how many of each set get a table, on fifths left out."""
    points = np.zeros(len(examples))
    for left in range(FOLDS):
        worth = fit([one for at, one in enumerate(examples) if at % FOLDS != left], rare=RARE, penalty=PENALTY)
        for at in range(left, len(examples), FOLDS):
            points[at] = total(examples[at].signs, worth)
    sets = {name: [at for at, one in enumerate(examples) if one.set == name] for name in (*OWN, "dev", "dev-2", "news")}
    for least in LEAST:
        shown = []
        for name, members in sets.items():
            told = [[points[at] >= least for at in members if examples[at].right == label] for label in (True, False)]
            shown.append(f"{name} {sum(told[0])}/{len(told[0])} and {sum(told[1])}/{len(told[1])}")
        print(f"least {least:+.1f}:", ", ".join(shown))


def write(worth: Mapping[str, float]) -> None:
    """Put what words alone tell into the rule file; what no word at all tells is printed, for `_NONE`."""
    text = TOML.read_text(encoding="utf-8")
    for sign, points in worth.items():
        name, _, kind = sign.partition(" ")
        text = re.sub(rf'(name = "{kind}"\n(?:\w+ = \S+\n)*?{name} = )\S+', rf"\g<1>{points:.2f}", text)
    TOML.write_text(text, encoding="utf-8")
    print(f"words alone, always {worth[ALWAYS]:.2f}")


if __name__ == "__main__":
    main()
