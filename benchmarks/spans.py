"""The words of who acts and who is acted on, against the spans of CAMEO's sentences: the program's, and a picker's.

    python benchmarks/spans.py [--data ../shared/data] [--folds 5] [--errors]

A sentence has the spans of one event: source (S), target (T), or all who take part alike (R). A span is right where
it shares a word with a gold span of its label, each gold span counted once: F1 over all of them (`overlap`); `exact`
asks for the same words.

Program: the mentions, in the sentence, of the actors (S; R where they are several and nobody is acted on) and of the
recipients (T) of the record's first event. Picker: for each label a choice among the noun phrases of the sentence's
dependencies and nobody (softmax regression), taught on the other folds; its features are what the record and the
mentions hold. It measures what these tell, and does not ship.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from onrecord.encode import default_encoder
from onrecord.intake import text_report
from onrecord.layers.actors import find_actors
from onrecord.layers.attributions import find_attributions
from onrecord.layers.events import find_events
from onrecord.layers.places import find_places
from onrecord.layers.syntax import Tree, arguments_of, tree_of
from onrecord.record import Event, Mentions, Span

LABELS = ("S", "T", "R")
PEERS = "a rule over spaCy 54.3, spaCy trained 69.1, on the test (ANCHORS.md)"
NO_SPACE_BEFORE = frozenset(",.;:!?)]%’'”") | {"'s", "’s", "n't"}
NO_SPACE_AFTER = frozenset("([$“")
NOMINAL = ("NOUN", "PROPN", "PRON", "NUM", "X", "ADJ", "SYM")
# Relations in which a word heads a phrase that can take part.
TAKES_PART = ("nsubj", "nsubj:pass", "obj", "iobj", "obl", "obl:agent", "obl:unmarked", "nmod", "nmod:poss",
              "nmod:unmarked", "root", "appos", "parataxis", "dep", "flat", "ccomp", "xcomp", "list")  # fmt: skip
# Of the words below a head, these are not of its phrase.
APART = ("acl", "acl:relcl", "advcl", "advcl:relcl", "parataxis", "punct", "case", "cop", "aux", "aux:pass", "mark",
         "nsubj", "nsubj:pass", "cc:preconj", "advmod", "discourse", "ccomp")  # fmt: skip

Spans = list[tuple[str, Span]]


class Gold(NamedTuple):
    """A sentence with its spans."""

    text: str
    spans: Spans


class Candidate(NamedTuple):
    """A noun phrase with what is known of it, and the label that gold gives it."""

    span: Span
    features: list[str]
    label: str


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--errors", action="store_true", help="print each sentence that the picker has wrong")
    args = parser.parse_args()
    for name, figures in measure(args.data, folds=args.folds, errors=args.errors).items():
        print(f"{name}: " + "   ".join(f"{what} {figure:.1f}" for what, figure in figures.items()))
    print(f"    {PEERS}")


def measure(data: Path, *, folds: int = 5, errors: bool = False) -> dict[str, dict[str, float]]:
    """The figures of the program and of the picker, in points."""
    sentences = load(data / "events" / "cameo5" / "spans_train.txt")
    program: list[Spans] = []
    candidates: list[list[Candidate]] = []
    for gold in sentences:
        told, here = read(gold)
        program.append(told)
        candidates.append(here)
    reach = sum(
        any(c.span & span for c in here) for g, here in zip(sentences, candidates, strict=True) for _, span in g.spans
    )
    picked = cross_validate(candidates, folds)
    if errors:
        show_errors(sentences, picked)
    return {
        "program": score(sentences, program),
        "picker": score(sentences, picked),
        "candidates": {"reach": 100 * reach / sum(len(g.spans) for g in sentences)},
    }


def load(path: Path) -> list[Gold]:
    """The sentences of a file of words and their tags, one a line; blanks between words as in prose."""
    found, rows = [], []
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        if line.strip():
            rows.append(line.rsplit(" ", 1))
        elif rows:
            found.append(join(rows))
            rows = []
    return found


def join(rows: Sequence[Sequence[str]]) -> Gold:
    """A sentence from its words and tags."""
    text, spans, last = "", [], ""
    for word, tag in rows:
        close = not text or word in NO_SPACE_BEFORE or last in NO_SPACE_AFTER or "-" in (word, last)
        start = len(text) + (not close)
        text = text + ("" if close else " ") + word
        last = word
        if tag.startswith("B-"):
            spans.append((tag[2:], Span(start, len(text))))
        elif tag.startswith("I-") and spans:
            spans[-1] = (spans[-1][0], Span(spans[-1][1].start, len(text)))
    return Gold(text, spans)


def read(gold: Gold) -> tuple[Spans, list[Candidate]]:
    """What the program tells of a sentence, and the noun phrases that the picker picks from."""
    report = text_report(gold.text, date="2015-01-01")
    seen = default_encoder().read(report)
    actors = find_actors(report, seen) or ()
    attributions = find_attributions(report, seen, actors) or ()
    places = find_places(report, seen) or ()
    events = find_events(report, seen, attributions, actors, (), places, ()) or ()
    where = {one.id: list(one.mentions) for one in (*actors, *places)}
    told = program_spans(events[0], where) if events else []
    marks = {
        "actor": [m for a in actors for m in a.mentions],
        "place": [m for p in places for m in p.mentions],
        "source": [s for a in attributions for s in a.source.spans],
        "content": [s for a in attributions for s in a.content],
        **{kind: [m.span for m in seen.of_kind(kind)] for kind in ("person", "organization", "location")},
    }
    arguments = arguments_of(seen)
    found: list[Candidate] = []
    for sentence in seen.sentences:
        tree = tree_of(report.text, seen, sentence, arguments)
        if tree is not None:
            event = next((e for e in events if e.span in sentence.span), None)
            found += candidates_of(gold, tree, seen, event, where, marks)
    return told, found


def program_spans(event: Event, where: dict[str, list[Span]]) -> Spans:
    """The nearest mention of each who takes part in an event."""

    def nearest(id: str) -> Span:
        return min(where[id], key=lambda m: max(m.start - event.span.end, event.span.start - m.end, 0))

    alike = len(event.actors) > 1 and not event.recipients
    return [("R" if alike else "S", nearest(id)) for id in event.actors] + [
        ("T", nearest(id)) for id in event.recipients
    ]


def candidates_of(
    gold: Gold,
    tree: Tree,
    seen: Mentions,
    event: Event | None,
    where: dict[str, list[Span]],
    marks: dict[str, list[Span]],
) -> list[Candidate]:
    """The noun phrases of a sentence."""
    roots = [at for at in range(tree.first, tree.last) if tree.above(at) is None]
    pivot = tree.top(event.span) if event else None
    pivot = roots[0] if pivot is None and roots else pivot
    heads = [at for at in range(tree.first, tree.last) if is_candidate(tree, at)]
    spans = {at: phrase_span(tree, at) for at in heads}
    here = [one for one in gold.spans if any(one[1] & span for span in spans.values())]
    found = []
    for order, (at, label) in enumerate(zip(heads, labels_of(list(spans.values()), here), strict=True)):
        features = list(describe(tree, at, spans[at], pivot or tree.first, order, event, where, marks))
        found.append(Candidate(spans[at], features, label))
    return found


def is_candidate(tree: Tree, at: int) -> bool:
    word = tree.words[at]
    return (
        word.pos in NOMINAL
        and word.relation in TAKES_PART
        and (word.pos != "ADJ" or word.relation in ("nsubj", "obj", "obl"))
    )


def phrase_span(tree: Tree, at: int) -> Span:
    """From the first to the last word of the phrase that a word heads, what is joined to it included."""
    words, front = [at], [at]
    for one in front:
        for below in tree.below(one):
            if tree.words[below].relation in APART or (one == at and tree.words[below].relation == "appos"):
                continue
            front.append(below)
            words.append(below)
    return Span(tree.words[min(words)].span.start, tree.words[max(words)].span.end)


def labels_of(spans: Sequence[Span], gold: Spans) -> list[str]:
    """The label of each phrase: a gold span's, for the one phrase that shares most of its words with it, else O."""
    labels = ["O"] * len(spans)
    for label, span in gold:
        best = max(
            range(len(spans)), key=lambda at: shared(spans[at], span) / (len(spans[at]) + len(span)), default=None
        )
        if best is not None and shared(spans[best], span):
            labels[best] = label
    return labels


def shared(one: Span, other: Span) -> int:
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def describe(
    tree: Tree,
    at: int,
    span: Span,
    pivot: int,
    order: int,
    event: Event | None,
    where: dict[str, list[Span]],
    marks: dict[str, list[Span]],
) -> Iterator[str]:
    """What is known of a phrase, as names of features."""
    word = tree.words[at]
    kind = f"{event.type}:{event.mode}" if event else "none"
    type = event.type if event else "none"
    lemma = min(tree.lemmas(pivot), key=len)
    path = path_between(tree, at, pivot)
    before = "before" if at < pivot else "after"
    preposition = tree.preposition(at)
    role = next(
        (r for r, a in tree.arguments.get(tree.words[pivot].span.start, ()) if tree.words[at].span in a), "none"
    )
    roles = {r for arguments in tree.arguments.values() for r, a in arguments if tree.top(a) == at}
    yield from ("bias", f"path {path}", f"path {path} {type}", f"rel {word.relation} {preposition} {before}")
    yield from (f"type {type}", f"kind {kind} {before}", f"role {role}", f"role {role} {type}", f"role {role} {path}")
    yield from (
        f"order {min(order, 5)}",
        f"order {min(order, 5)} {before}",
        f"order {min(order, 3)} {type}",
        f"pos {word.pos}",
    )
    yield from (
        f"prep {preposition} {type}",
        f"prep {preposition} {lemma}",
        f"lemma {lemma} {path}",
        f"lemma {lemma} {before}",
    )
    yield from (f"any role {r}" for r in roles)
    yield from (f"head {tree.word(at)}", f"tag {word.tag}", f"top {path.split('>')[-1]}")
    clausal = [
        part for part in path.split(">") if part.startswith(("advcl", "acl", "ccomp", "parataxis", "xcomp", "conj"))
    ]
    yield from (f"clauses {' '.join(clausal)} {before}", f"near {' '.join(path.split('>')[:2])} {before}")
    verb = tree.clause_above(at)
    if verb is not None:
        yield from (
            f"verb {min(tree.lemmas(verb), key=len)} {word.relation} {preposition}",
            f"verb is it {verb == pivot} {word.relation}",
        )
    yield f"rule {event.basis.name} {before} {word.relation} {preposition}" if event else "no event"
    held = [name for name, spans in marks.items() if any(span & other for other in spans)]
    yield from (f"has {name}" for name in held)
    yield f"has {' '.join(held)} {before}"
    yield f"named {'actor' in held} {preposition} {before}"
    for label, ids in (("actors", event.actors), ("recipients", event.recipients)) if event else ():
        if any(span & mention for id in ids for mention in where[id]):
            yield from (f"told {label}", f"told {label} {type}", f"told {label} {path}")
    if event and not event.recipients and len(event.actors) > 1:
        yield f"alike {before} {'actor' in held}"
    if any(tree.words[one].relation == "conj" for one in tree.below(at)):
        yield from ("joined", f"joined {type} {before}", f"joined {lemma}")


def path_between(tree: Tree, at: int, pivot: int) -> str:
    """The relations from a word up to a predicate, or to the word that is above both ("<": how far below it)."""
    line, place = [], pivot
    while place is not None and len(line) < 12:
        line.append(place)
        place = tree.above(place)
    above, step = [], at
    while step is not None and step not in line and len(above) < 6:
        above.append(tree.words[step].relation or "")
        step = tree.above(step)
    down = line.index(step) if step in line else 9
    return ">".join(above) + (f"<{min(down, 3)}" if down else "")


def cross_validate(sentences: Sequence[list[Candidate]], folds: int) -> list[Spans]:
    """What a picker taught on the other folds picks in each sentence."""
    order = list(range(len(sentences)))
    random.Random(0).shuffle(order)
    picked: list[Spans] = [[] for _ in sentences]
    for fold in range(folds):
        held = set(order[fold::folds])
        picker = teach([here for at, here in enumerate(sentences) if at not in held and here])
        for at in held:
            picked[at] = pick(sentences[at], picker) if sentences[at] else []
    return picked


class Picker(NamedTuple):
    """Weights [features + 1, labels] and the place of each feature."""

    weights: np.ndarray
    names: dict[str, int]


def with_nobody(sentence: Sequence[Candidate]) -> list[Candidate]:
    """The phrases of a sentence after the choice of none of them, which is told by its predicate."""
    told = {f for c in sentence for f in c.features if f.startswith(("type ", "kind ", "rule ", "told ", "role ARG"))}
    return [Candidate(Span(0, 0), ["nobody", *(f"nobody {f}" for f in sorted(told))], "O"), *sentence]


def rows_of(candidates: Sequence[Candidate], names: dict[str, int]) -> np.ndarray:
    """[N, K] places of the features of each candidate; the last place is no feature's."""
    rows = [[names[f] for f in c.features if f in names] for c in candidates]
    width = max(map(len, rows), default=0)
    return np.array([row + [len(names)] * (width - len(row)) for row in rows], dtype=np.int64)


def teach(sentences: Sequence[list[Candidate]], rounds: int = 100, decay: float = 0.02) -> Picker:
    """A picker: for each label one choice a sentence among its phrases and nobody (softmax, Adagrad, full batches)."""
    groups = [with_nobody(sentence) for sentence in sentences]
    every = [c for group in groups for c in group]
    counts = Counter(f for c in every for f in c.features)
    names = {f: at for at, f in enumerate(sorted(f for f, n in counts.items() if n > 1))}
    rows = rows_of(every, names)
    starts = np.cumsum([0, *map(len, groups)])[:-1]
    gold = np.array([[c.label == label for label in LABELS] for c in every], dtype=float)
    gold[starts] = np.add.reduceat(gold, starts) == 0
    gold /= np.repeat(np.add.reduceat(gold, starts), list(map(len, groups)), axis=0)
    weights = np.zeros((len(names) + 1, len(LABELS)))
    squares = np.full_like(weights, 1e-6)
    for _ in range(rounds):
        error = choose(weights[rows].sum(1), starts) - gold
        slope = decay * weights
        for k in range(len(LABELS)):
            slope[:, k] += np.bincount(rows.ravel(), np.repeat(error[:, k], rows.shape[1]), len(weights))
        slope[-1] = 0
        squares += slope**2
        weights -= 0.3 * slope / np.sqrt(squares)
    return Picker(weights, names)


def choose(scores: np.ndarray, starts: np.ndarray) -> np.ndarray:
    """Chances within each group of rows that starts at `starts`."""
    lengths = np.diff([*starts, len(scores)])
    raised = np.exp(scores - np.repeat(np.maximum.reduceat(scores, starts), lengths, axis=0))
    return raised / np.repeat(np.add.reduceat(raised, starts), lengths, axis=0)


def pick(sentence: Sequence[Candidate], picker: Picker) -> Spans:
    """The phrases picked in a sentence: those who take part alike, or one source and the targets."""
    group = with_nobody(sentence)
    chances = choose(picker.weights[rows_of(group, picker.names)].sum(1), np.array([0]))
    found: Spans = []
    alike = chances[0, LABELS.index("R")] < 0.5
    for label, most in (("R", 2),) if alike else (("S", 1), ("T", 2)):
        ranked = sorted(range(1, len(group)), key=lambda at: -chances[at, LABELS.index(label)])
        nobody = chances[0, LABELS.index(label)]
        for rank, at in enumerate(ranked[:most]):
            chance = chances[at, LABELS.index(label)]
            if chance > (nobody if rank == 0 else 0.35) and not any(group[at].span & span for _, span in found):
                found.append((label, group[at].span))
    return found


def score(sentences: Sequence[Gold], told: Sequence[Spans]) -> dict[str, float]:
    """F1 by shared words and by the same words, and by label."""
    right: Counter[str] = Counter()
    exact = said = wanted = 0
    totals: Counter[tuple[str, str]] = Counter()
    for gold, spans in zip(sentences, told, strict=True):
        left = list(gold.spans)
        said, wanted = said + len(spans), wanted + len(left)
        totals.update(("told", label) for label, _ in spans)
        totals.update(("gold", label) for label, _ in left)
        exact += sum(one in left for one in spans)
        for label, span in spans:
            match = max(
                (g for g in left if g[0] == label and g[1] & span), key=lambda g: shared(g[1], span), default=None
            )
            if match:
                left.remove(match)
                right[label] += 1
    by_label = {f"{label}": f1(right[label], totals["told", label], totals["gold", label]) for label in "STR"}
    total = right.total()
    return {"overlap": f1(total, said, wanted), "precision": 100 * total / max(said, 1), "recall": 100 * total / wanted,
            **by_label, "exact": f1(exact, said, wanted)}  # fmt: skip


def f1(right: int, told: int, gold: int) -> float:
    return 200 * right / (told + gold) if told + gold else 0.0


def show_errors(sentences: Sequence[Gold], picked: Sequence[Spans]) -> None:
    """Each sentence of which a span is missed or wrongly picked."""
    for gold, spans in zip(sentences, picked, strict=True):
        missed = [g for g in gold.spans if not any(g[0] == label and g[1] & span for label, span in spans)]
        wrong = [one for one in spans if not any(one[0] == label and one[1] & span for label, span in gold.spans)]
        if missed or wrong:
            print(gold.text)
            for name, some in (("missed", missed), ("wrong", wrong)):
                print(f"    {name} " + "; ".join(f"{label} {span.of(gold.text)!r}" for label, span in some))


if __name__ == "__main__":
    main()
