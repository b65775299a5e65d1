"""Attributions by rule: who said what, how, to whom, on what terms."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from onrecord.encode.sentences import cut
from onrecord.errors import RuleError
from onrecord.intake import text_report
from onrecord.layers.attributions import find_attributions
from onrecord.layers.cues import load_lexicon
from onrecord.layers.lines import load_grammar, read_lines
from onrecord.layers.quotations import find_quotations
from onrecord.record import Actor, Basis, Part, Span


def read(text):
    report = text_report(text)
    return report, find_attributions(report, cut(report))


def said(text):
    """(source, cue, content) of each attribution, as words."""
    report, found = read(text)
    return [
        (
            " + ".join(report.words(span) for span in attribution.source.spans),
            " + ".join(report.words(span) for span in attribution.cue),
            " + ".join(report.words(span) for span in attribution.content),
        )
        for attribution in found
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"The bridge is closed," the mayor said.', ("the mayor", "said", '"The bridge is closed,"')),
        (
            '"The bridge is closed," said Ana Ruiz, the mayor.',
            ("Ana Ruiz, the mayor", "said", '"The bridge is closed,"'),
        ),
        ('Ana Ruiz said: "The bridge is closed."', ("Ana Ruiz", "said", '"The bridge is closed."')),
        ('Ana Ruiz said, "The bridge is closed."', ("Ana Ruiz", "said", '"The bridge is closed."')),
        ("The mayor said that the bridge was closed.", ("The mayor", "said", "that the bridge was closed")),
        ("The mayor said on Monday that the bridge was closed.", ("The mayor", "said", "that the bridge was closed")),
        ("The mayor told reporters that it was closed.", ("The mayor", "told", "that it was closed")),
        ("The bridge was closed, the mayor said.", ("the mayor", "said", "The bridge was closed")),
        ("On Monday, the mayor vowed to reopen it.", ("the mayor", "vowed", "to reopen it")),
        ("The mayor denied the claims.", ("The mayor", "denied", "the claims")),
        (
            "The mayor has repeatedly said the bridge is safe.",
            ("The mayor", "has repeatedly said", "the bridge is safe"),
        ),
        ("According to the mayor, the bridge was closed.", ("the mayor", "According to", "the bridge was closed")),
        ("The bridge was closed, according to the mayor.", ("the mayor", "according to", "The bridge was closed")),
        ("Fuel prices are expected to rise.", ("", "are expected", "Fuel prices + to rise")),
    ],
)
def test_the_common_forms_are_read(text, expected):
    assert said(text) == [expected]


def test_a_quotation_broken_by_its_cue_is_one_content_of_two_spans():
    assert said('"The bridge," the mayor said, "is closed."') == [("the mayor", "said", '"The bridge," + "is closed."')]


def test_what_a_speaker_goes_on_to_say_is_part_of_the_content():
    text = '"The bridge is closed," the mayor said. "It will open in May."'
    assert said(text) == [("the mayor", "said", '"The bridge is closed," + "It will open in May."')]


def test_a_quotation_in_the_next_line_after_a_colon_is_the_content():
    assert said('The mayor said:\n\n"The bridge is closed."') == [
        ("the mayor".capitalize(), "said", '"The bridge is closed."')
    ]


def test_two_cues_share_a_subject():
    assert said("The mayor said the bridge was shut and added that it would open.") == [
        ("The mayor", "said", "the bridge was shut"),
        ("The mayor", "added", "that it would open"),
    ]


def test_a_noun_is_no_cue():
    assert said("The claims were filed. A report came. Its calls went out.") == []


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ('"It is closed," the mayor said.', "direct"),
        ('The mayor said that it was "closed for good" on Monday.', "mixed"),
        ("The mayor said that it was closed.", "indirect"),
    ],
)
def test_the_kind_of_quote_is_told_by_the_marks(text, quote):
    assert [attribution.quote for attribution in read(text)[1]] == [quote]


def test_whom_it_was_said_to_is_kept():
    report, (found,) = read("The envoy told the evening paper that talks had stalled.")
    assert report.words(found.to) == "the evening paper"


def test_what_is_told_inside_another_attribution_says_so():
    report, (outer, inner) = read("The envoy said that the general had told officers to wait.")
    assert (outer.via, inner.via) == (None, outer.id)
    assert report.words(inner.source.spans[0]) == "the general"


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("Ana Ruiz", "named"),
        ("The Defence Ministry", "named"),
        ("A senior official", "unnamed"),
        ("Officials", "unnamed"),
        ("Two people familiar with the talks", "unnamed"),
        ("Residents", "group"),
        ("A police report", "document"),
        ("Court documents", "document"),
        ("State television", "media"),
        ("Reuters", "media"),
        ("A spokesman, Juan Ruiz,", "named"),
        ("Secretary of State Ana Ruiz", "named"),
        ("The minister of foreign affairs Juan Ruiz", "named"),
        ("A secretary of the Port Authority", "unnamed"),
        ("The minister of foreign affairs", "unnamed"),
        ("A minister of the Defence Ministry", "unnamed"),
    ],
)
def test_a_source_has_a_kind(source, kind):
    assert [found.source.kind for found in read(f"{source} said that the bridge was closed.")[1]] == [kind]


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("The clerk, who requires anonymity, said that it was closed.", "who requires anonymity"),
        ("It was closed, a clerk said on condition of anonymity.", "on condition of anonymity"),
        (
            "It was closed, said a clerk, who spoke on condition of anonymity because he was not authorised to speak.",
            "who spoke on condition of anonymity because he was not authorised to speak",
        ),
    ],
)
def test_the_terms_on_which_a_source_spoke_are_kept(text, terms):
    report, found = read(text)
    assert [[report.words(span) for span in each.source.conditions] for each in found] == [[terms]]
    assert [each.source.kind for each in found] == ["unnamed"]


def test_a_language_without_cues_is_not_read():
    report = text_report("Der Bürgermeister sagte, die Brücke sei gesperrt.")
    report = type(report)(**{f: getattr(report, f) for f in report.__struct_fields__} | {"language": "de"})
    assert find_attributions(report, cut(report)) is None


def carried(text):
    report = text_report(text)
    lexicon = load_lexicon("en")
    quotations = find_quotations(report.text, [part.span for part in report.prose()])
    return report, lexicon, list(read_lines(report, cut(report), quotations, lexicon.speech)), load_grammar("en")


GROUPS = [(group.name, group) for group in load_lexicon("en").groups]


@pytest.mark.parametrize(("name", "group"), GROUPS, ids=[name for name, _ in GROUPS])
def test_a_cue_group_is_found_in_its_examples_and_not_in_its_counter_examples(name, group):
    forms = {form for verb in group.verbs for form in verb.split()}
    for example in group.examples:
        assert any(set(cue.lower().split()) & forms for _, cue, _ in said(example)), (
            f"cue {name!r} is not found in {example!r}"
        )
    for example in group.not_examples:
        assert not any(set(cue.lower().split()) & forms for _, cue, _ in said(example)), (
            f"cue {name!r} is found in {example!r}"
        )


WORDS = [
    "said",
    "told",
    "the mayor",
    "Ana",
    '"',
    "“",
    "”",
    "that",
    ",",
    ".",
    ":",
    "and",
    "according to",
    "\n\n",
    "saying",
    "was",
    "to",
    "(",
    ")",
]


@settings(deadline=None)  # the first example loads the word files
@given(st.lists(st.sampled_from(WORDS) | st.text(max_size=3), max_size=30).map(" ".join))
def test_any_text_is_read_and_every_span_lies_in_it(text):
    report, found = read(text)
    for attribution in found:
        spans = (*attribution.source.spans, *attribution.cue, *attribution.content)
        assert all(span.end <= len(report.text) and len(span) for span in spans)
        assert attribution.content


@settings(deadline=None)  # the first example loads the word files
@given(st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join))
def test_a_content_that_takes_a_quotation_takes_its_marks(text):
    report, found = read(text)
    outer = [q.span for q in find_quotations(report.text, [part.span for part in report.prose()]) if q.level == 0]
    for attribution in found:
        for span in attribution.content:
            assert all(mark in span or span in mark or not mark & span for mark in outer)


def test_what_an_agency_quotes_another_as_saying_is_told_inside_what_the_agency_says():
    report, (outer, inner) = read("The agency quoted the minister as saying that the port was shut.")
    assert report.words(outer.source.spans[0]) == "The agency"
    assert report.words(inner.source.spans[0]) == "the minister"
    assert report.words(inner.cue[0]) == "as saying"
    assert report.words(inner.content[0]) == "that the port was shut"
    assert (outer.via, inner.via, outer.source.kind) == (None, outer.id, "media")


def test_one_who_was_quoted_as_saying_is_the_source():
    assert said("The minister was quoted as saying that the port was shut.") == [
        ("The minister", "was quoted as saying", "that the port was shut")
    ]


def test_figures_vouch_for_the_clause_with_the_number():
    text = "The army opened a road that has so far carried 300 trucks, according to figures released by both sides."
    report, (found,) = read(text)
    assert report.words(found.content[0]) == "has so far carried 300 trucks"
    assert report.words(found.source.spans[0]) == "figures released by both sides"
    assert found.source.kind == "document"


def test_a_condition_told_in_a_sentence_of_its_own_goes_to_the_last_source():
    text = "The port is shut, an official said. The official spoke on condition of anonymity because talks go on."
    report, (found,) = read(text)
    terms = "spoke on condition of anonymity because talks go on"
    assert [report.words(span) for span in found.source.conditions] == [terms]


def test_a_condition_of_several_goes_to_the_last_of_them():
    report, (found, _) = read("The port is shut, an official said. Both officials requested anonymity.")
    assert [report.words(span) for span in found.source.conditions] == ["requested anonymity"]


def test_a_headline_names_its_source_before_a_colon():
    report = text_report("x")
    text = "Mayor Ruiz: Bridge Shut for a Year\n\nThe river rose."
    headline = Part(kind="headline", span=Span(0, 34))
    report = structs.replace(report, text=text, parts=(headline, Part(kind="body", span=Span(36, len(text)))))
    (found,) = find_attributions(report, cut(report))
    assert report.words(found.source.spans[0]) == "Mayor Ruiz"
    assert report.words(found.content[0]) == "Bridge Shut for a Year"


def test_without_an_actor_no_source_has_one_and_with_actors_it_is_the_one_that_is_mentioned():
    text = "The port is shut, Ana Ruiz said. The mayor added that it would open."
    report = text_report(text)
    basis = Basis(by="rule", name="test")
    mayor = Actor(id="w1", name="Ana Ruiz", mentions=(Span(18, 26), Span(33, 42)), basis=basis)
    assert [found.source.actor for found in find_attributions(report, cut(report))] == [None, None]
    assert [found.source.actor for found in find_attributions(report, cut(report), (mayor,))] == ["w1", "w1"]


def test_he_who_speaks_is_nobody_of_whom_only_he_himself_speaks():
    report = text_report('Ana Ruiz said it was shut. "The minister of Zenda is an ally," she said.')
    basis = Basis(by="rule", name="test")
    speaker = Actor(id="w1", name="Ana Ruiz", mentions=(Span(0, 8),), basis=basis)
    minister = Actor(id="w2", name="minister", mentions=(Span(28, 49), Span(63, 66)), basis=basis)
    found = find_attributions(report, cut(report), (speaker, minister))
    assert [(report.words(each.source.spans[0]), each.source.actor) for each in found][-1] == ("she", "w1")


def test_whoever_speaks_for_a_person_is_not_that_person():
    report = text_report("Haddad's spokeswoman said the road was closed.")
    basis = Basis(by="rule", name="test")
    minister = Actor(id="w1", name="Haddad", role="minister", mentions=(Span(0, 6),), basis=basis)
    country = Actor(id="w1", name="Haddad", country="XXX", mentions=(Span(0, 6),), basis=basis)
    for actor, whose in ((minister, None), (country, "w1")):
        (found,) = find_attributions(report, cut(report), (actor,))
        assert (found.source.actor, found.source.kind) == (whose, "unnamed")


@pytest.mark.parametrize(("second", "kind"), [("The spokesman", "named"), ("A spokesman", "unnamed")])
def test_the_spokesman_whom_the_report_has_named_is_named(second, kind):
    text = f"The spokesman, Juan Ruiz, said it was shut. {second} said that it was late."
    report = text_report(text)
    mentions = (Span(0, 24), Span(44, 44 + len(second)))
    spokesman = Actor(id="w1", name="Juan Ruiz", mentions=mentions, basis=Basis(by="rule", name="test"))
    found = find_attributions(report, cut(report), (spokesman,))
    assert [each.source.kind for each in found] == ["named", kind]


def test_the_two_sides_that_issued_figures_are_the_two_that_the_report_names_most():
    text = "Ruritania and Zenda fought. Zenda hit Ruritania. 300 died, according to figures released by both sides."
    report = text_report(text)
    basis = Basis(by="rule", name="test")
    named = {name: tuple(Span(*match.span()) for match in re.finditer(name, text)) for name in ("Ruritania", "Zenda")}
    actors = tuple(
        Actor(id=f"w{n}", name=name, country="XXX", basis=basis, mentions=mentions)
        for n, (name, mentions) in enumerate(named.items(), 1)
    )
    (found,) = find_attributions(report, cut(report), actors)
    assert found.source.issuers == ("w1", "w2")


def test_a_name_under_a_quotation_is_its_source():
    assert said('"We shall open the bridge in May." ― Ana Ruiz') == [
        ("Ana Ruiz", "―", '"We shall open the bridge in May."')
    ]


def test_a_turn_of_a_transcript_runs_to_the_end_of_its_paragraph():
    text = "MAYOR RUIZ: The bridge is shut. It will open in May."
    report = structs.replace(text_report("x"), text=text, parts=(Part(kind="body", span=Span(0, len(text))),))
    (found,) = find_attributions(report, cut(report))
    assert [report.words(span) for span in found.source.spans] == ["MAYOR RUIZ"]
    assert [report.words(span) for span in found.content] == ["The bridge is shut", "It will open in May."]


def test_a_turn_set_between_quotation_marks_is_a_turn():
    text = '"MAYOR RUIZ: The bridge is shut. It will open in May.'
    report = structs.replace(text_report("x"), text=text, parts=(Part(kind="body", span=Span(0, len(text))),))
    (found,) = find_attributions(report, cut(report))
    assert [report.words(span) for span in found.source.spans] == ["MAYOR RUIZ"]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ('"It is shut," Ana Ruiz said Monday. "It will open."', '"It is shut," + "It will open."'),
        ('"It is shut," Ana Ruiz said of the bridge. She waved. "It will open."', '"It is shut," + "It will open."'),
        ('"It is shut," Ana Ruiz said on a tour, "and it will open."', '"It is shut," + "and it will open."'),
    ],
)
def test_a_speaker_goes_on_after_a_pause(text, content):
    assert said(text) == [("Ana Ruiz", "said", content)]


def test_a_quotation_before_the_source_is_the_content_whatever_follows_the_cue():
    text = '"It is shut," the mayor said in May after the river had carried it off.'
    assert said(text) == [("the mayor", "said", '"It is shut,"')]


def test_a_tag_of_the_model_settles_what_a_form_leaves_open():
    report = text_report("The army demands grew fast.")
    seen = cut(report)
    assert len(find_attributions(report, seen)) == 1
    tags = ("DT", "NN", "NNS", "VBD", "RB", ".")
    words = tuple(structs.replace(word, tag=tag) for word, tag in zip(seen.words, tags, strict=True))
    assert find_attributions(report, structs.replace(seen, words=words)) == ()


def test_a_relative_pronoun_is_part_of_what_is_said_in_its_clause():
    report, found = read("He left the deal, which the mayor said was dead, and went home.")
    assert [[report.words(span) for span in each.content] for each in found] == [["which", "was dead"]]


def test_a_pronoun_told_inside_an_attribution_is_its_source_and_he_is_the_last_who_spoke():
    report = text_report("The bank said it hoped to open. Ana Ruiz denied the claims.\n\nShe said that it was shut.")
    basis = Basis(by="rule", name="test")
    bank = Actor(id="w1", name="The bank", mentions=(Span(0, 8),), basis=basis)
    mayor = Actor(id="w2", name="Ana Ruiz", mentions=(Span(32, 40),), basis=basis)
    found = find_attributions(report, cut(report), (bank, mayor))
    assert [(report.words(each.source.spans[0]), each.source.actor) for each in found] == [
        ("The bank", "w1"),
        ("it", "w1"),
        ("Ana Ruiz", "w2"),
        ("She", "w2"),
    ]


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("The party supports the bill.", "supports"),
        ("The party did not support the bill.", "opposes"),
        ("The general vowed to return.", "vows"),
        ("The envoy did not say whether talks had failed.", "withholds"),
        ("The company denied the claims.", "denies"),
        ("Residents fear that the dam will fail.", "fears"),
        ("The union demanded that the mine close.", "demands"),
    ],
)
def test_the_stance_is_told_by_the_verb_and_its_negation(text, stance):
    assert [found.stance for found in read(text)[1]] == [stance]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"stance": "sings"}, "stances"),
        ({"examples": []}, "example"),
        ({"verbs": ["say said"]}, "five forms"),
        ({"frames": ["song"]}, "song"),
    ],
)
def test_a_wrong_cue_is_refused_with_its_file_and_name(change, said, monkeypatch):
    verbs = ["say says said said saying"]
    cue = {"name": "say", "stance": "says", "frames": ["quote"], "verbs": verbs, "examples": ["x"]}
    tables = {"stances": {"says": "…"}, "nouns": [], "cue": [cue | change]}
    monkeypatch.setattr("onrecord.layers.cues.read_words", lambda language, noun: tables)
    with pytest.raises(RuleError, match=r"lang/xx/cues\.toml, cue 'say'.*" + said):
        load_lexicon.__wrapped__("xx")


def test_a_phrase_that_tells_when_is_not_what_was_said():
    assert said("At a meeting in the north on Monday, the mayor said.") == []


@pytest.mark.parametrize(
    ("after", "source"),
    [
        ("Ana Ruiz, a clerk in the port who keeps its books.", "Ana Ruiz, a clerk in the port who keeps its books"),
        ("Ana Ruiz, 29, of the north.", "Ana Ruiz, 29, of the north"),
        ("Ana Ruiz in a statement on Monday.", "Ana Ruiz"),
        ("Ana Ruiz, whose house stood there, on Monday.", "Ana Ruiz, whose house stood there"),
    ],
)
def test_a_source_after_its_cue_is_taken_whole(after, source):
    assert [found[0] for found in said(f'"It is shut," said {after}')] == [source]
