"""The encoder: reads a report once and says which words, spans and links it saw, with scores."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from threading import Lock

import msgspec
import numpy as np

from onrecord.encode.attributions import Attributions, Reading, Scored, Weighing, tagged
from onrecord.encode.lemmas import apply_script
from onrecord.encode.network import OnnxNetwork
from onrecord.encode.outputs import Network, Seen, see
from onrecord.encode.pieces import Pieces, read_vocabulary
from onrecord.encode.roles import Predicate, decode_roles
from onrecord.encode.sentences import split
from onrecord.encode.syntax import decode_heads
from onrecord.encode.tags import Floats
from onrecord.encode.words import cut_words
from onrecord.errors import ModelError
from onrecord.record import CUE, Link, Mention, Mentions, Report, Sentence, Span, Word

MODEL = "minilm"
"""The folder of `onrecord/model` that ships."""

_ENTITIES = {"PER": "person", "ORG": "organization", "LOC": "location"}
_converting = Lock()  # two threads that convert to one type for the first time at once have crashed the process

_PROSE = ("headline", "body", "caption")

LEAST = 0.1
"""Cues of talks with a smaller chance are not told."""


class Labels(msgspec.Struct, frozen=True):
    """Names of labels in the order of the network's outputs."""

    attribution: list[str]
    entity: list[str]
    upos: list[str]
    xpos: list[str]
    lemma: list[str]
    relation: list[str]
    role: list[str]
    mention: list[str]
    cue: list[str]


class Settings(msgspec.Struct, frozen=True):
    """labels.toml: labels, and what decoding adds to the scores."""

    name: str
    floor: list[float]
    apart: float
    least: float
    transitions: list[list[float]]
    labels: Labels

    def weighing(self) -> Weighing:
        """The scores as decoding takes them."""
        transitions = np.array(self.transitions, dtype=np.float32)
        return Weighing(transitions, np.array(self.floor, dtype=np.float32), self.apart, self.least)


class Encoder:
    """The model in a folder, ready to read. Making one takes a fifth of a second; reading loads nothing more."""

    def __init__(self, folder: Path | None = None, *, threads: int = 1) -> None:
        """`folder` holds model.onnx, vocabulary.txt and labels.toml; by default the model that ships.

        Raises ModelError where one is missing, damaged or of another version.
        """
        folder = folder or Path(str(files("onrecord"))) / "model" / MODEL
        self.settings = read_settings(folder / "labels.toml")
        self.network: Network = OnnxNetwork(folder / "model.onnx", threads=threads)
        self.pieces = Pieces(read_vocabulary(folder / "vocabulary.txt"))
        self._weighing = self.settings.weighing()

    def read(self, report: Report) -> Mentions:
        """What the model saw in the report's prose (headline, body, captions), in one pass.

        Offsets are code points of `report.text`. The same report gives the same mentions, whatever was read
        before it. Text without words gives no words.
        """
        text = report.text
        places: list[tuple[int, int]] = []
        sentences: list[Sentence] = []
        for number, part in enumerate(report.parts):
            if part.kind not in _PROSE:
                continue
            for span in split(text, part.span, report.language or "en"):
                first = len(places)
                places += cut_words(text, span.start, span.end)
                if len(places) > first:
                    sentences.append(Sentence(span=span, first_word=first, last_word=len(places), paragraph=number))
        if not places:
            return Mentions(model=self.settings.name)
        words: list[Word] = []
        decoded = Decoded(Reading(self.settings.labels.attribution, self._weighing))
        texts = [text[start:end] for start, end in places]
        starts, paragraphs = [sentence.first_word for sentence in sentences], paragraph_starts(sentences)
        for seen in see(self.network, self.pieces, texts, starts, paragraphs):
            words += self._words(seen, texts, places)
            decoded.add(seen, self.settings.labels)
        spans, links = self._spans(decoded, paragraphs, places)
        return Mentions(
            words=tuple(words), sentences=tuple(sentences), spans=spans, links=links, model=self.settings.name
        )

    def _words(self, seen: Seen, texts: Sequence[str], places: Sequence[tuple[int, int]]) -> Iterator[Word]:
        """The words that a window speaks for, with lemma, part of speech, tag, head and relation."""
        labels = self.settings.labels
        first = seen.units[0][0] if seen.units else 0
        columns = zip(
            decode_heads(seen),
            *(seen.rows(name) for name in ("upos", "xpos", "relation", "lemma")),
            strict=True,
        )
        for index, (head, upos, xpos, relation, lemma) in enumerate(columns, first):
            yield Word(
                span=Span(*places[index]), pos=labels.upos[upos], tag=labels.xpos[xpos], head=head,
                relation=labels.relation[relation] if head != index else "root",
                lemma=apply_script(texts[index], labels.lemma[lemma]),
            )  # fmt: skip

    def _spans(
        self, decoded: Decoded, paragraphs: Sequence[int], places: Sequence[tuple[int, int]]
    ) -> tuple[tuple[Mention, ...], tuple[Link, ...]]:
        """Entities, attributions, cues of talks, predicates with their arguments; and the links among them."""
        labels = self.settings.labels
        none = np.zeros((len(labels.entity) + 1,) * 2, dtype=np.float32)
        names = tagged(np.concatenate(decoded.entity), none, labels.entity)
        spans = [mention(span, places, _ENTITIES.get(span.kind, span.kind.lower())) for span in names]
        links: list[Link] = []
        add_attributions(decoded.attributions.decode(paragraphs), places, spans, links)
        spans += (mention(cue, places, cue.kind) for cue in decoded.cues)
        for predicate in decoded.predicates:
            head = len(spans)
            spans.append(mention(Scored(predicate.at, predicate.at + 1, "predicate", 1.0), places, "predicate"))
            for argument in predicate.arguments:
                links.append(Link(kind=argument.kind, head=head, tail=len(spans), score=argument.score))
                spans.append(mention(argument, places, "argument"))
        return tuple(spans), tuple(links)


class Decoded:
    """What is kept of the windows of a report once they are decoded; a span may run over several."""

    def __init__(self, attributions: Reading) -> None:
        self.attributions = attributions
        self.entity: list[Floats] = []
        self.predicates: list[Predicate] = []
        self.cues: list[Scored] = []

    def add(self, seen: Seen, labels: Labels) -> None:
        """Decode the next window."""
        self.attributions.add(seen)
        self.entity.append(seen.rows("entity").astype(np.float32))
        self.predicates += decode_roles(seen, labels.role)
        chances, first = seen.rows("cue").astype(np.float32), seen.units[0][0] if seen.units else 0
        for row, kind in np.argwhere(chances >= LEAST):
            self.cues.append(
                Scored(first + row, first + row + 1, f"{CUE}{labels.cue[kind]}", float(chances[row, kind]))
            )


def mention(span: Scored, places: Sequence[tuple[int, int]], kind: str) -> Mention:
    """A span of words as a mention of characters."""
    return Mention(kind=kind, spans=(Span(places[span.first][0], places[span.last - 1][1]),), score=span.score)


def add_attributions(
    found: Attributions, places: Sequence[tuple[int, int]], spans: list[Mention], links: list[Link]
) -> None:
    """Append sources, cues and contents and their links; the stretches of one cue's content are one mention."""
    at: dict[int, int] = {}

    def place(index: int) -> int:
        if index not in at:
            at[index] = len(spans)
            spans.append(mention(found.spans[index], places, found.spans[index].kind))
        return at[index]

    for cue in sorted({cue for cue, _, _ in found.contents}):
        head = place(cue)
        for _, source, score in (link for link in found.sources if link[0] == cue):
            links.append(Link(kind="source", head=head, tail=place(source), score=score))
        stretches = [(content, score) for c, content, score in found.contents if c == cue]
        parts = [mention(found.spans[content], places, "content") for content, _ in stretches]
        links.append(Link(kind="content", head=head, tail=len(spans), score=min(score for _, score in stretches)))
        spans.append(Mention(kind="content", spans=tuple(p.spans[0] for p in parts), score=min(p.score for p in parts)))


def paragraph_starts(sentences: Sequence[Sentence]) -> list[int]:
    """The first word of each paragraph."""
    found, last = [], None
    for sentence in sentences:
        if sentence.paragraph != last:
            found.append(sentence.first_word)
        last = sentence.paragraph
    return found


def read_settings(path: Path) -> Settings:
    """labels.toml; ModelError where it is missing or wrong."""
    try:
        with _converting:
            return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), Settings)
    except FileNotFoundError as error:
        raise ModelError(f"{path}: the model's labels are missing; install onrecord again") from error
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, UnicodeDecodeError) as error:
        raise ModelError(f"{path}: the model's labels are damaged ({error}); install onrecord again") from error


@cache
def default_encoder() -> Encoder:
    """The model that ships, loaded once a process, when first asked for."""
    return Encoder()
