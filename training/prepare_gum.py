"""GUM to prepared documents: syntax, typed mentions and coreference clusters.

python training/prepare_gum.py ../shared/data/gum PREPARED
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from corpus import Document, add_sentence, read_conllu, write

_MARK = re.compile(r"\(([a-z]+)-(\d+)\)|\(([a-z]+)-(\d+)|([a-z]+)-(\d+)\)")


def read_mentions(path: Path) -> list[tuple[int, int, str, int]]:
    """The mentions of a GUM coref file: start, end, entity type, cluster; in words of the document."""
    found: list[tuple[int, int, str, int]] = []
    opened: dict[tuple[str, str], list[int]] = {}
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
    for index, cells in enumerate(rows):
        for match in _MARK.finditer(cells[2]):
            whole, number, opens, open_number, closes, close_number = match.groups()
            if whole:
                found.append((index, index + 1, whole, int(number)))
            elif opens:
                opened.setdefault((opens, open_number), []).append(index)
            elif opened.get((closes, close_number)):
                found.append((opened[closes, close_number].pop(), index + 1, closes, int(close_number)))
    return sorted(found)


def prepare(tree: Path, coref: Path) -> Document:
    """One document."""
    document = Document(tree.stem, [], [], [])
    for comments, rows in read_conllu(tree):
        add_sentence(document, rows, paragraph="newpar" in comments or "newpar_block" in comments)
    document.mentions = read_mentions(coref)
    return document


def main() -> None:
    """Prepare both splits."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("out", type=Path)
    arguments = parser.parse_args()
    for split in ("train", "dev"):
        trees = sorted((arguments.corpus / "dep" / split).glob("*.conllu"))
        documents = [prepare(tree, arguments.corpus / "coref" / split / f"{tree.stem}.conll") for tree in trees]
        words = write(arguments.out / f"gum.{split}.jsonl", documents)
        mentions = sum(len(document.mentions or []) for document in documents)
        print(f"gum {split}: {len(documents)} documents, {words} words, {mentions} mentions")


if __name__ == "__main__":
    main()
