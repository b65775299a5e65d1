"""Words are cut into the pieces that BERT's own tokenizer gives.

The ids are those of the library `tokenizers` 0.23 with the vocabulary that ships.
"""

from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.encode.pieces import CLS, SEP, UNK, Pieces, read_vocabulary
from onrecord.errors import ModelError

VOCABULARY = Path(str(files("onrecord"))) / "model" / "minilm" / "vocabulary.txt"
PIECES = Pieces(read_vocabulary(VOCABULARY))
CUT = {
    "said": (2056,),
    "Gaza": (14474,),
    "CEASE-FIRE": (13236, 1011, 2543),
    "unaffable": (14477, 20961, 3468),
    "don't": (2123, 1005, 1056),
    "U.S.": (1057, 1012, 1055, 1012),
    "Côte-d’Ivoire": (17155, 1011, 1040, 1521, 28346, 7442),
    "Åsgårdstrand": (2004, 13444, 20528, 4859),
    "İstanbul": (9960,),
    "ΣΊΣΥΦΟΣ": (1173, 18199, 29733, 29735, 29736, 29730, 29733),  # no final sigma
    "北京市": (1781, 1755, UNK),
    "한국": (1469, 30006, 30021, 29991, 30014, 30020),
    "ﬁve": (1984, 3726),
    "ß": (1096,),
    "K": (1047,),
    "€5bn": (1574, 2629, 24700),
    "™": (1580,),
    "２０２４": (UNK,),
    "😀": (UNK,),
    "a\u200bb": (11113,),
    "a\u0301": (1037,),
    "été\x0b1": (3802, 2063, 2487),
    "x" * 101: (UNK,),
    "x" * 100: (22038, *(20348,) * 11),  # twelve pieces are kept
    "http://example.org/a_b?c=1": (8299, 1024, 1013, 1013, 2742, 1012, 8917, 1013, 1037, 1035, 1038, 1029),
}


@pytest.mark.parametrize("word", CUT, ids=ascii)
def test_a_word_has_the_pieces_that_bert_cuts(word):
    assert PIECES.of(word) == CUT[word]


@pytest.mark.parametrize("word", ["", "\xad", "\ufffd", "\u0301", "\n", "\u2028"], ids=ascii)
def test_a_word_of_which_nothing_is_left_is_unknown(word):
    assert PIECES.of(word) == (UNK,)


@given(st.text(max_size=300) | st.sampled_from(["[SEP]", "[CLS] a", "[PAD]", "[MASK]"]))
def test_no_text_writes_the_marks_of_the_window(text):
    cut = PIECES.of(text)
    assert 1 <= len(cut) <= 12
    assert not {CLS, SEP, 0, 103} & set(cut)


@pytest.mark.parametrize("text", ["", "said\n", "[UNK]\n" * 30522], ids=["empty", "short", "another"])
def test_a_damaged_vocabulary_is_refused_by_name(tmp_path, text):
    path = tmp_path / "vocabulary.txt"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ModelError, match=r"vocabulary\.txt.*install onrecord again"):
        read_vocabulary(path)
