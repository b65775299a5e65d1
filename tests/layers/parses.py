"""Parses written by hand: rows of "word/kind[:tag]/relation>head", `head` counted within the sentence."""

from onrecord.record import Mentions, Sentence, Span, Word

POS = {
    "N": "NOUN", "P": "PROPN", "V": "VERB", "A": "ADP", "R": "PRON", "D": "DET", "X": "AUX", "J": "ADJ", "M": "NUM",
    "T": "PART", "C": "CCONJ", ".": "PUNCT",
}  # fmt: skip
TAGS = {
    "R": "PRP",
    "N": "NNS",
    "P": "NNP",
    "J": "JJ",
    "M": "CD",
    "T": "TO",
    "D": "DT",
    "A": "IN",
    "V": "VBD",
    "X": "VBD",
}
LEMMAS = {"agreed": "agree", "gives": "give", "offered": "offer"}


def parsed(*sentences):
    """The text and the mentions of some sentences."""
    text, words, cut = "", [], []
    for rows in sentences:
        first, start = len(words), len(text) + bool(text)
        for row in rows.split():
            form, kind, place = row.split("/")
            kind, _, tag = kind.partition(":")
            relation, _, head = place.partition(">")
            text += " " * (bool(text) and form != ".") + form
            span = Span(len(text) - len(form), len(text))
            lemma = LEMMAS.get(form, form.lower())
            words.append(
                Word(
                    span=span,
                    pos=POS[kind],
                    tag=tag or TAGS.get(kind),
                    relation=relation,
                    head=first + int(head),
                    lemma=lemma,
                )
            )
        cut.append(Sentence(span=Span(start, len(text)), first_word=first, last_word=len(words), paragraph=0))
    return text, Mentions(words=tuple(words), sentences=tuple(cut), model="by hand")


def named(text, name):
    """Where a name first stands."""
    return (Span(text.index(name), text.index(name) + len(name)),)
