"""What one pass of the encoder saw in a report: the words, their syntax, and scored spans and links.

It is all that layers know of the model. Layers are tested with a few hand-written mentions.
"""

from __future__ import annotations

import msgspec

from onrecord.record.span import Span

CUE = "talks:"
"""What the kinds of mentions begin with that tell something of talks."""


class Word(msgspec.Struct, frozen=True, kw_only=True):
    """A word or a mark of punctuation. Without a model `pos`, `head` and `relation` are empty.

    `pos` is a Universal POS tag, `tag` a Penn Treebank one (`VBD`: past tense); `head` the index of the
    governing word in `Mentions.words` (its own index for the root of a sentence); `relation` a Universal
    Dependencies relation; `lemma` the dictionary form.
    """

    span: Span
    pos: str | None = None
    head: int | None = None
    relation: str | None = None
    tag: str | None = None
    lemma: str | None = None


class Sentence(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence, its words `Mentions.words[first_word:last_word]`, and the paragraph (part) it stands in."""

    span: Span
    first_word: int
    last_word: int
    paragraph: int


class Mention(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch that a head of the model marked.

    `kind` is the label: `source`, `cue`, `content` (attributions); `person`, `organization`, `location`,
    … (entities); `predicate` and `argument`; `talks:party`, `talks:move:offer`, … (the word that heads what tells so of
    talks). `spans` has several stretches where the thing is broken by other words.
    """

    kind: str
    spans: tuple[Span, ...]
    score: float

    @property
    def span(self) -> Span:
        """From the first stretch's start to the last one's end."""
        return Span(self.spans[0].start, self.spans[-1].end)


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """A relation between two mentions, by their index in `Mentions.spans`.

    `kind`: `source` (cue to source), `content` (cue to content), `same` (coreference), or a PropBank role
    (`ARG0`, `ARG1`, `ARGM-NEG`, …: predicate to argument).
    """

    kind: str
    head: int
    tail: int
    score: float


class Mentions(msgspec.Struct, frozen=True, kw_only=True):
    """What the encoder saw. `model` names it; None where only words and sentences were cut, by rule."""

    words: tuple[Word, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    spans: tuple[Mention, ...] = ()
    links: tuple[Link, ...] = ()
    model: str | None = None

    def of_kind(self, *kinds: str) -> tuple[Mention, ...]:
        """The marked stretches of these kinds, in order."""
        return tuple(mention for mention in self.spans if mention.kind in kinds)

    def sentence_at(self, at: int) -> Sentence | None:
        """The sentence that the code point `at` of the text stands in."""
        low, high = 0, len(self.sentences)
        while low < high:
            middle = (low + high) // 2
            if self.sentences[middle].span.end <= at:
                low = middle + 1
            else:
                high = middle
        found = self.sentences[low] if low < len(self.sentences) else None
        return found if found and found.span.start <= at else None
