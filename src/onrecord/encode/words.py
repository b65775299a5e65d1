"""Cut a text into words and marks as Universal Dependencies English does, each with its place.

The conventions are those of EWT and GUM, which teach the encoder: contractions are two words (`do` `n't`,
`Israel` `'s`), a hyphen between words stands alone (`15` `-` `year`) save after a prefix (`non-lethal`), an
abbreviation keeps its point. The same cutter prepares the training texts, so the model meets no other.
"""

from __future__ import annotations

import re

_PREFIXES = "non|e|re|anti|pro|pre|co|mid|cross|post|over|sub|semi|pan|multi|ex|counter|mini|neo|inter|mis|un"
_POINTED = (
    "Mr|Mrs|Ms|Dr|Sen|Rep|Reps|Sens|Gov|Gen|Lt|Col|Maj|Capt|Sgt|Adm|Cmdr|Prof|Rev|Hon|Pres|St|Jr|Sr|Inc|Corp|Co|Ltd|"
    "Bros|vs|etc|No|Nos|Ave|Blvd|Jan|Feb|Mar|Apr|Aug|Sept|Sep|Oct|Nov|Dec|Ala|Ariz|Ark|Calif|Colo|Conn|Del|Fla|Ga|"
    "Ill|Ind|Kan|Ky|La|Md|Mich|Minn|Miss|Mo|Mont|Neb|Nev|Okla|Ore|Pa|Tenn|Tex|Va|Vt|Wash|Wis|Wyo|Ph\\.D"
)
_LETTER = r"[^\W\d_][\u0300-\u036f\u0591-\u05c7\u064b-\u065f]*"

_WORD = re.compile(
    rf"""
    (?:https?://|www\.)[^\s<>"“”]*[^\s<>"“”.,;:!?)\]’']          # an address
  | [\w.+-]{{1,64}}@[\w-]{{1,64}}(?:\.[\w-]+)+                             # mail
  | [@#]\w+                                                       # handle, hash tag
  | (?:[^\W\d_]\.){{2,}}                                          # U.S.
  | \b[A-Z]{{1,4}}&[A-Z]{{1,4}}\b                                  # AT&T
  | \b(?:{_POINTED})\.(?![^\W\d_])                                # Mr.
  | \b[A-Z]\.(?=\s+[A-Z])                                         # John F. Kerry
  | \d+(?:[.,:/]\d+)*(?:st|nd|rd|th|s|am|pm|bn|mn|m|k|km|kg)?(?![^\W\d_])
  | \d+(?:[.,:/]\d+)*
  | \b(?i:{_PREFIXES})-(?:{_LETTER})+                             # non-lethal
  | (?i:can)(?=not\b)
  | (?:{_LETTER})+?(?=(?i:n['’]t)\b)                              # do | n't
  | (?i:n['’]t)\b
  | ['’](?i:s|re|ve|ll|d|m)\b
  | (?:{_LETTER})+(?:['’](?:{_LETTER}){{2,}})*(?=['’](?i:s|re|ve|ll|d|m)\b)   # Israel | 's
  | (?:{_LETTER}|\d)+(?:['’](?:{_LETTER})+)*(?:\.(?:com|org|net|gov|edu|co\.uk))?   # O'Brien, wnep.com
  | ``|''|’’|‘‘|--+|\.\.+|[!?]{{2,}}
  | \S[\u0300-\u036f\ufe0f\u200d]*                                # any other mark
    """,
    re.VERBOSE,
)


def cut_words(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """The places `[start, end)`, in code points of `text`, of the words and marks between `start` and `end`.

    >>> text = "Israel's 15-year aid doesn't..."
    >>> [text[a:b] for a, b in cut_words(text)]
    ['Israel', "'s", '15', '-', 'year', 'aid', 'does', "n't", '...']
    """
    return [match.span() for match in _WORD.finditer(text, start, len(text) if end is None else end)]
