"""Vocabularies are whole: each code has its definition, an example and a counter-example, and stands once."""

from importlib.resources import files

import pytest

from onrecord.errors import RuleError
from onrecord.ontology import read_codes

VOCABULARIES = sorted(
    p.name.removesuffix(".toml") for p in files("onrecord.ontology").iterdir() if p.name.endswith("toml")
)


@pytest.mark.parametrize("vocabulary", VOCABULARIES)
def test_every_code_is_whole(vocabulary):
    for key, code in read_codes(vocabulary).items():
        assert all((code.name, code.definition, code.example, code.counter_example)), key
        assert code.example != code.counter_example


def test_plover_has_its_sixteen_types():
    assert len([code for code in read_codes("plover").values() if code.of is None]) == 16


def test_every_value_of_talks_says_where_it_comes_from():
    assert all(code.source for code in read_codes("talks").values())


def test_a_vocabulary_that_is_not_there_is_named():
    with pytest.raises(RuleError, match=r"ontology/absent\.toml"):
        read_codes("absent")
