"""PolNeAR to prepared documents: python training/prepare_polnear.py ../shared/data/polnear PREPARED."""

from __future__ import annotations

import argparse
import re
from bisect import bisect_left, bisect_right
from pathlib import Path

from corpus import Attribution, Document, Pair, write
from onrecord.encode.words import cut_words

_SENTENCE_END = re.compile(r"[.!?]['”\"’)]*\s+(?=['“\"‘(]?[A-Z0-9])")
_NOT_AN_END = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|St|Jr|No|[A-Z])\.\s+$")


def read_standoff(path: Path) -> list[dict[str, list[Pair]]]:
    """The attributions of one brat file, in characters; those without a cue or a content are left out."""
    spans: dict[str, list[Pair]] = {}
    events: list[list[str]] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        if len(cells) < 2:
            continue
        if cells[0].startswith("T"):
            places = cells[1].split(" ", 1)[1].split(";")
            spans[cells[0]] = sorted((int(a), int(b)) for a, b in (place.split() for place in places))
        elif cells[0].startswith("E"):
            events.append(cells[1].split())
    found = []
    for event in events:
        roles: dict[str, list[Pair]] = {"source": [], "cue": [], "content": []}
        for name, reference in (part.split(":", 1) for part in event):
            role = name.rstrip("0123456789").lower()
            if role in roles:
                roles[role] += spans.get(reference, [])
        if roles["cue"] and roles["content"]:
            found.append({role: sorted(set(places)) for role, places in roles.items()})
    return found


def to_words(place: Pair, offsets: list[Pair]) -> Pair:
    """The words that a stretch of characters touches, as a half-open pair of indexes."""
    first = bisect_right([end for _, end in offsets], place[0])
    last = bisect_left([start for start, _ in offsets], place[1])
    return first, last


def prepare(text: str, standoff: Path, name: str) -> Document:
    """One article with its attributions on words."""
    offsets = cut_words(text)
    paragraphs = {0} | {match.end() for match in re.finditer(r"\n\s*", text)}
    ends = {
        m.end() for m in _SENTENCE_END.finditer(text) if not _NOT_AN_END.search(text, max(0, m.end() - 12), m.end())
    }
    starts = [start for start, _ in offsets]

    def indexes(places: set[int]) -> list[int]:
        return sorted({bisect_left(starts, place) for place in places} - {len(starts)})

    attributions = []
    for roles in read_standoff(standoff):
        spans = {role: [to_words(place, offsets) for place in places] for role, places in roles.items()}
        spans = {role: [pair for pair in pairs if pair[0] < pair[1]] for role, pairs in spans.items()}
        if spans["cue"] and spans["content"]:
            attributions.append(Attribution(**spans))
    return Document(
        name=name,
        words=[text[a:b] for a, b in offsets],
        sentences=indexes(paragraphs | ends),
        paragraphs=indexes(paragraphs),
        offsets=offsets,
        attributions=attributions,
    )


def main() -> None:
    """Prepare both splits; of several annotators take the first by name."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("out", type=Path)
    arguments = parser.parse_args()
    for split in ("train", "dev"):
        folder = arguments.corpus / split
        documents = []
        for path in sorted((folder / "text").glob("*.txt")):
            annotations = sorted((folder / "attributions").glob(f"{path.stem}*.ann"))
            with path.open(encoding="utf-8", newline="") as file:
                text = file.read()
            if annotations:
                documents.append(prepare(text, annotations[0], path.stem))
        words = write(arguments.out / f"polnear.{split}.jsonl", documents)
        print(f"polnear {split}: {len(documents)} documents, {words} words")


if __name__ == "__main__":
    main()
