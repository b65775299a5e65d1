"""Every rule of every rule file does what its examples say, and finding is the same with the index and without."""

import re
import time
import tomllib
from importlib.resources import files

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import RuleError
from onrecord.lang.needs import may_match, needs_of
from onrecord.lang.patterns import Parts, Pattern, compiled
from onrecord.lang.rules import Rule, find_all, load_rules, parse_rules
from onrecord.lang.starts import starts_of

ENGLISH = files("onrecord.lang").joinpath("en")
FILES = sorted(path.name.removesuffix(".toml") for path in ENGLISH.iterdir() if path.name.endswith(".toml"))
# A rule holds in a sentence, or else where a line, a text or what is looked at begins or ends with it.
CARRIERS = ("The ministry said so: {} .", "The ministry said so.\n{}\nIt was heard.", "{} it was", "The ministry {}")
PARAGRAPH = "\n\n{}\n\n"
"""What carries a counter-example of an `anchored` file, whose rules are tried at the ends of a paragraph only."""


class Anything(msgspec.Struct):
    """A right-hand side that takes any field: these tests look at patterns only."""


def rules_of(noun):
    tables = tomllib.loads(ENGLISH.joinpath(f"{noun}.toml").read_text(encoding="utf-8"))
    return load_rules("en", noun, Anything).rules if isinstance(tables.get("rule"), list) else ()


def is_anchored(noun):
    return tomllib.loads(ENGLISH.joinpath(f"{noun}.toml").read_text(encoding="utf-8")).get("anchored", False)


def carried(noun, example):
    return (PARAGRAPH if is_anchored(noun) else CARRIERS[0]).format(example)


RULES = [(noun, rule) for noun in FILES for rule in rules_of(noun)]
NAMES = [f"{noun}: {rule.name}" for noun, rule in RULES]


def words_found(rule, text):
    return [found.match[0] for found in find_all((rule,), text)]


@pytest.mark.parametrize(("noun", "rule"), RULES, ids=NAMES)
def test_a_rule_matches_in_each_of_its_examples_alone_and_in_a_sentence(noun, rule):
    for example in rule.examples:
        alone = words_found(rule, example)
        assert alone, f"lang/en/{noun}.toml, rule {rule.name!r} does not match in {example!r}: mend pattern or example"
        found_in_text = [found for carrier in CARRIERS for found in words_found(rule, carrier.format(example))]
        assert any(found.startswith(alone[0]) for found in found_in_text), (
            f"lang/en/{noun}.toml, rule {rule.name!r} matches {alone[0]!r} alone, but {found_in_text} in a sentence"
        )


@pytest.mark.parametrize(("noun", "rule"), RULES, ids=NAMES)
def test_a_rule_matches_nothing_of_its_counter_examples(noun, rule):
    for example in rule.counter_examples:
        for text in (example, carried(noun, example)):
            assert not words_found(rule, text), f"lang/en/{noun}.toml, rule {rule.name!r} must not match in {text!r}"


@pytest.mark.parametrize("noun", [noun for noun in FILES if rules_of(noun)])
def test_names_of_rules_are_unique_in_a_file(noun):
    names = [rule.name for rule in rules_of(noun)]
    assert len(names) == len(set(names))


def naive(patterns, text, start, stop):
    """The engine's promise, as plainly as it can be said."""
    last = start
    for at in range(start, stop):
        inside = at > 0 and text[at - 1].isalnum() and text[at].isalnum()
        if at < last or inside or text[at].isspace():
            continue
        for order, pattern in enumerate(patterns):
            match = pattern.match(text, at, stop)
            if match and match.end() > match.start():
                yield order, match.span()
                last = match.end()
                break


PATTERNS = [
    r"at least (?P<low>\d+)",
    r"(?:mon|tues)day|may\b",
    r"(?<!the )last (?:year|week)",
    r"(?i:the)\s+\w+",
    r"\d{1,2}(?:st|nd)?",
    r"a{2,}b?c*",
    r"(?:in )?(?:early|late)[ -]may",
    r"[^a-z ]x",
    r"s?\.",
    r"(?P<q>['\"])\w(?P=q)",
    r"é|ß+|[k-s]i",
    r"(?:a|ab|abc|) ?d",
    r"\$ ?\d",
    r"(?=th)\w{3}",
    r".\.m\.",
    r"—\s*may",
]
FRAGMENTS = [
    *["at least", " ", "  ", "\n", "3", "٣", "33rd", "monday", "MAY", "mayor", "the", "The ", "last year", "last"],
    *[
        "aaa",
        "aab",
        "acc",
        "early",
        "-may",
        "late may",
        "!x",
        ".",
        "s.",
        "'q'",
        '"',
        "é",
        "ß",
        "ſ",
        "ı",
        "İ",
        "K",
        "ki",
    ],
    *["abc d", "ab", "d", "$", "$ 5", "p.m.", "—", "— may", "_", "\u2028", "\u00a0", "😀"],
]


@given(
    st.lists(st.sampled_from(PATTERNS), min_size=1, max_size=6),
    st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=4), max_size=14).map("".join),
    st.booleans(),
    st.integers(0, 5),
    st.integers(0, 5),
)
def test_the_index_finds_what_trying_every_rule_everywhere_finds(sources, text, ignore_case, start, less):
    compiled = [re.compile(source, re.IGNORECASE if ignore_case else 0) for source in sources]
    rules = [rule_of(str(n), source, ignore_case=ignore_case) for n, source in enumerate(sources)]
    start, stop = min(start, len(text)), max(len(text) - less, 0)
    found = [(int(hit.rule.name), hit.match.span()) for hit in find_all(rules, text, start, stop)]
    assert found == list(naive(compiled, text, start, stop))


def rule_of(name, source, *, parts=None, **more):
    written = Pattern(file="things.toml", name=name, source=source, parts=Parts(parts or {}), **more)
    return Rule(name=name, written=written, right=None, examples=("x",))


@given(
    st.sampled_from(PATTERNS),
    st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=4), max_size=14).map("".join),
    st.booleans(),
)
def test_a_text_that_a_pattern_matches_in_holds_what_it_needs(source, text, ignore_case):
    rule = rule_of("a", source, ignore_case=ignore_case)
    if rule.pattern.search(text):
        assert may_match(rule.written, text, 0, len(text))


@pytest.mark.parametrize(
    ("source", "needs"),
    [
        (r"at least (?P<low>\d+)", [("0",), ("at least ",)]),
        (r"(?:mon|tues)day\b", [("monday", "tuesday")]),
        (r"(?:the )?last (?:week|year)s?", [("last week", "last year")]),
        (r"[a-z]+s? \w*", []),
        (r"\w+ of {month}", [(" of june", " of may")]),
        (r"x?", []),
        (r"(?:soon|[^a-z])", []),
        (r"(?<=the )end", [("end",)]),
    ],
)
def test_what_a_pattern_needs_is_read_off_it(source, needs):
    rule = rule_of("a", source, parts={"month": "(?:May|June)"})
    assert sorted(needs_of(rule.written)) == sorted(needs)


def test_a_pattern_is_compiled_when_a_text_holds_what_it_needs():
    rule = rule_of("a", "two (?:weeks|years) ago")
    before = compiled.cache_info().misses
    assert not list(find_all((rule,), "It was two months before that."))
    assert compiled.cache_info().misses == before
    assert [hit.match[0] for hit in find_all((rule,), "It was two weeks ago.")] == ["two weeks ago"]
    assert compiled.cache_info().misses == before + 1


def test_in_a_loose_pattern_a_space_is_any_white_space():
    loose = rule_of("a", "last (?P<what>{unit})(?<! a week)", parts={"unit": "(?:the )?week"}, loose=True)
    assert [hit.match["what"] for hit in find_all((loose,), "last\n the  week, last   \n\t week")] == [
        "the  week",
        "week",
    ]
    assert set(needs_of(loose.written)) == {("last",), ("week",)}


@pytest.mark.parametrize("between", [" ", "\n", " \n  ", "\t", "   "])
def test_a_space_in_a_loose_pattern_may_be_a_line_end(between):
    assert list(find_all((rule_of("a", "last week", loose=True),), f"It was last{between}week."))


@pytest.mark.parametrize("between", ["", "\n\n", " \n \n", "\n\n\n ", "-"])
def test_a_space_in_a_loose_pattern_runs_over_no_paragraph(between):
    assert not list(find_all((rule_of("a", "last week", loose=True),), f"It was last{between}week."))


def test_a_thousand_spaces_are_read_at_once():
    rule = rule_of("a", "(?:last )?(?:[a-z]+ )*week", loose=True)
    start = time.process_time()
    assert not list(find_all((rule,), ("last" + " " * 1000) * 50))
    assert time.process_time() - start < 5


def test_a_rule_that_shares_sub_patterns_starts_as_it_does_written_out():
    parts = {"n": r"\d{1,2}|{word}", "word": "(?:one|two)", "u": "men|women"}
    assert starts_of(rule_of("a", "about {n} men|{word}s|(?:{u}|{word}|x)y", parts=parts).written) == starts_of(
        rule_of("b", r"about (?:\d{1,2}|(?:one|two)) men|(?:one|two)s|(?:men|women|one|two|x)y").written
    )


@pytest.mark.parametrize("noun", [noun for noun in FILES if rules_of(noun) and not is_anchored(noun)])
def test_no_rule_has_to_be_tried_at_every_word(noun):
    everywhere = [rule.name for rule in rules_of(noun) if "" in starts_of(rule.written)]
    # Each costs about half a microsecond a word; a file of 20 such rules reads 100 reports a second.
    assert len(everywhere) <= 20, f"these rules can start with anything, and are tried everywhere: {everywhere}"


class Right(msgspec.Struct, forbid_unknown_fields=True):
    unit: int


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ({"name": "a", "examples": ["x"]}, "needs a pattern"),
        ({"name": "a", "pattern": "x"}, "at least one example"),
        ({"name": "a", "pattern": "(x", "examples": ["x"], "unit": 1}, "error"),
        ({"name": "a", "pattern": "x)", "examples": ["x"], "unit": 1}, "error"),
        ({"name": "a", "pattern": "+x", "examples": ["x"], "unit": 1}, "nothing to repeat"),
        ({"name": "a", "pattern": "(?x) x", "examples": ["x"], "unit": 1}, "cannot be read"),
        ({"name": "a", "pattern": "(a)?(?(1)x|y)", "examples": ["x"], "unit": 1}, "cannot be read"),
        ({"name": "a", "pattern": "{missing}", "examples": ["x"], "unit": 1}, "missing"),
        ({"name": "a", "pattern": "x", "examples": ["x"], "unit": "one"}, "unit"),
        ({"name": "a", "pattern": "x", "examples": ["x"], "unit": 1, "unknown": 2}, "unknown"),
        ({"name": "a", "pattern": "{loop}", "examples": ["x"], "unit": 1}, "Recursion"),
    ],
)
def test_a_bad_rule_is_refused_with_its_file_and_name(rule, said):
    def use():
        file = parse_rules({"rule": [rule], "patterns": {"loop": "{loop}"}}, "lang/en/things.toml", Right)
        list(find_all(file.rules, "x"))

    with pytest.raises(RuleError) as raised:
        use()
    assert "lang/en/things.toml" in str(raised.value)
    assert "'a'" in str(raised.value)
    assert said in str(raised.value)


def test_a_missing_file_is_refused_by_name():
    with pytest.raises(RuleError, match=r"lang/xx/times\.toml.*missing"):
        load_rules("xx", "times", Right)
