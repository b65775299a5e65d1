"""English Web Treebank to prepared documents: syntax (UD), names (UNER), predicates (PropBank) on the same words.

python training/prepare_ewt.py ../shared/data/ewt PREPARED
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from corpus import Document, Predicate, add_sentence, read_conllu, write

Columns = list[list[str]]
_NAMES = {"PER", "ORG", "LOC"}
_BRACKET = re.compile(r"\(([A-Z][A-Z0-9-]*)|\)")


def read_names(path: Path) -> dict[str, list[tuple[int, int, str]]]:
    """UNER's IOB2 file as sentence id -> (start, end, label); labels other than PER, ORG, LOC are left out."""
    found: dict[str, list[tuple[int, int, str]]] = {}
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        lines = block.strip().splitlines()
        name = next((line.split("=", 1)[1].strip() for line in lines if line.startswith("# sent_id")), None)
        if name is None:
            continue
        tags = [line.split("\t")[2] for line in lines if not line.startswith("#")]
        spans: list[tuple[int, int, str]] = []
        for index, tag in enumerate(tags):
            kind, _, label = tag.partition("-")
            if kind == "B":
                spans.append((index, index + 1, label))
            elif kind == "I" and spans and spans[-1][1] == index and spans[-1][2] == label:
                spans[-1] = (spans[-1][0], index + 1, label)
        found[name] = [span for span in spans if span[2] in _NAMES]
    return found


def read_propbank(folder: Path) -> dict[str, list[Columns]]:
    """`genre-document` -> its sentences, each a list of rows of cells (CoNLL-2012 skeletons, words masked)."""
    found: dict[str, list[Columns]] = {}
    for path in sorted(folder.glob("*/*/*.gold_skel")):
        name = f"{path.parts[-3]}-{path.name.removesuffix('.xml.gold_skel')}"
        blocks = path.read_text(encoding="utf-8").split("\n\n")
        sentences = [[line.split() for line in block.strip().splitlines()] for block in blocks if block.strip()]
        found[name] = sentences
    return found


def predicates(rows: Columns, first: int) -> list[Predicate]:
    """The predicates of one skeleton sentence whose first word has index `first`."""
    at = [index for index, row in enumerate(rows) if row[7] != "-"]
    found = []
    for column, index in enumerate(at):
        arguments: list[tuple[int, int, str]] = []
        open_label: tuple[int, str] | None = None
        for place, row in enumerate(rows):
            for match in _BRACKET.finditer(row[8 + column]):
                if match.group(1):
                    open_label = (place, match.group(1))
                elif open_label:
                    start, label = open_label
                    if label not in ("V", "C-V"):
                        arguments.append((first + start, first + place + 1, label))
                    open_label = None
        found.append(Predicate(first + index, arguments))
    return found


def prepare(folder: Path, split: str) -> list[Document]:
    """One split's documents, in the treebank's order."""
    names = read_names(folder / "ner" / f"{split}.iob2")
    bank = read_propbank(folder / "propbank")
    documents: dict[str, Document] = {}
    for comments, rows in read_conllu(folder / "ud" / f"{split}.conllu"):
        key, _, number = comments["sent_id"].rpartition("-")
        document = documents.setdefault(key, Document(key, [], [], [], entities=[], predicates=[], predicate_words=[]))
        first = add_sentence(document, rows, paragraph="newpar id" in comments)
        if document.entities is not None and comments["sent_id"] in names:
            document.entities += [(first + a, first + b, label) for a, b, label in names[comments["sent_id"]]]
        skeletons = bank.get(key, [])
        place = int(number) - 1
        covered = place < len(skeletons) and len(skeletons[place]) == len(rows)
        if document.predicates is not None and document.predicate_words is not None:
            document.predicate_words += [covered] * len(rows)
            document.predicates += predicates(skeletons[place], first) if covered else []
    return list(documents.values())


def main() -> None:
    """Prepare both splits."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("out", type=Path)
    arguments = parser.parse_args()
    for split in ("train", "dev"):
        documents = prepare(arguments.corpus, split)
        words = write(arguments.out / f"ewt.{split}.jsonl", documents)
        covered = sum(sum(document.predicate_words or []) for document in documents)
        count = sum(len(document.predicates or []) for document in documents)
        print(f"ewt {split}: {len(documents)} documents, {words} words, {covered} under PropBank, {count} predicates")


if __name__ == "__main__":
    main()
