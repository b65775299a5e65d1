"""Which language a text is in."""

import subprocess
import sys

import pytest

from onrecord.clean.language import find_language

ENGLISH = "Envoys of the two sides met in the old town hall on Wednesday and left after three hours without a word. "
FRENCH = "Les envoyés des deux camps se sont réunis mercredi dans la vieille mairie et sont repartis sans un mot. "
RUSSIAN = (
    "Представители двух сторон встретились в среду в старой ратуше и разошлись через три часа, не сказав ни слова. "
)


@pytest.mark.parametrize(
    ("text", "told", "found"),
    [
        (ENGLISH, None, "en"),
        (ENGLISH, "fr", "en"),
        (FRENCH * 3, None, "fr"),
        (FRENCH * 3, "en-GB", "fr"),
        (FRENCH, "fr-CA", "fr"),
        (RUSSIAN * 3, None, "ru"),
        ("Talks end", None, "en"),
        ("", None, None),
        ("Переговоры", None, None),
        (FRENCH, "fre", "fr"),
        ("Talks end", "12", "en"),
    ],
)
def test_the_language_is_told_or_shown_by_the_words(text, told, found):
    assert find_language(text, told) == found


def test_english_is_known_without_loading_a_detector():
    code = f"import sys; from onrecord.clean.language import find_language; find_language({ENGLISH!r}); "
    code += "print(sorted({'py3langid', 'numpy'} & set(sys.modules)))"
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
    )
