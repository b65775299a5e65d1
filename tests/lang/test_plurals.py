"""Plurals are made by the rules of a language."""

import pytest

from onrecord.lang.plurals import plural

PLURALS = {
    "church": "churches",
    "boy": "boys",
    "ally": "allies",
    "gunman": "gunmen",
    "woman": "women",
    "german": "germans",
    "grandchild": "grandchildren",
    "chinese": "chinese",
    "box": "boxes",
    "wife": "wives",
    "foreign minister": "foreign ministers",
}


@pytest.mark.parametrize("noun", PLURALS)
def test_a_plural_is_made_by_rule(noun):
    assert plural(noun, "en") == PLURALS[noun]
