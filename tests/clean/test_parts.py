"""What each stretch of a report is: dateline, byline, headline, desk line, caption, credit, end mark, repeat."""

import pytest

from onrecord.intake import text_report

LEAD = "Envoys of the two sides met in the old town hall on Wednesday and left after three hours without a word."
MORE = "Neither side would say whether the talks go on, and the mediator's office gave no date for another round."


def parts_of(text, **options):
    report = text_report(text, **options)
    return [(part.kind, report.words(part.span)) for part in report.parts]


def words_of(report, kind):
    return [report.words(part.span) for part in report.parts if part.kind == kind]


@pytest.mark.parametrize(
    ("line", "places", "date", "provider"),
    [
        ("LIMA, Feb. 21 (Wire) --", ["LIMA"], "Feb. 21", "Wire"),
        ("LIMA, Dec 13, 2005 (ABC) -", ["LIMA"], "Dec 13, 2005", "ABC"),
        ("ACCRA, Ghana (ABC) _", ["ACCRA", "Ghana"], None, "ABC"),
        ("QUITO/THE HAGUE, March 7 (Wire) -", ["QUITO", "THE HAGUE"], "March 7", "Wire"),
        ("OSLO, December 26. /ABC/.", ["OSLO"], "December 26", "ABC"),
        ("ALTA /Finnmark Region/, December 26. /ABC/.", ["ALTA", "Finnmark Region"], "December 26", "ABC"),
        ("RIGA. Sept 3 (Wire) -", ["RIGA"], "Sept 3", "Wire"),
        ("SANTA ROSA, Chile, Dec 11, 2005 --", ["SANTA ROSA", "Chile"], "Dec 11, 2005", None),
        ("ST. GEORGE'S, Grenada (ABC) --", ["ST. GEORGE'S", "Grenada"], None, "ABC"),
        ("WEST COVE, Mass. _", ["WEST COVE", "Mass."], None, None),
        ("HAMBURG —", ["HAMBURG"], None, None),
        ("Bern (abc) -", ["Bern"], None, "abc"),
        ("(ABC) - Turin, October 11 -", ["Turin"], "October 11", "ABC"),
        ("May 30 (Wire) -", [], "May 30", "Wire"),
        ("(ABC) -", [], None, "ABC"),
        ("(Thomson Reuters Foundation) -", [], None, "Thomson Reuters Foundation"),
        ("(New York) –", ["New York"], None, None),
        ("Geneva, 21 February 2024 –", ["Geneva"], "21 February 2024", None),
        ("Goma, Congo –", ["Goma", "Congo"], None, None),
        ("RIGA, Latvia, May 5.", ["RIGA", "Latvia"], "May 5", None),
        ("RIGA, MAY 5, ABCPRESS.", ["RIGA"], "MAY 5", "ABCPRESS"),
        ("AUSTIN, Texas, Feb. 1, 2017 /Newswire-Asia/ --", ["AUSTIN", "Texas"], "Feb. 1, 2017", "Newswire-Asia"),
        ("SENDAI, Japan, Dec. 9 Wire -", ["SENDAI", "Japan"], "Dec. 9", "Wire"),
        ("SAN PABLO, 3 JAN 90 (ABC-DEF) -- [TEXT]", ["SAN PABLO"], "3 JAN 90", "ABC-DEF"),
        ("LIMA, Nov. 27 (Wire)", ["LIMA"], "Nov. 27", "Wire"),
        ("NEW DELHI:", ["NEW DELHI"], None, None),
        ("Taipei, May 5 (ABC)", ["Taipei"], "May 5", "ABC"),
        ("New Delhi [India], May 5 (ABC):", ["New Delhi", "India"], "May 5", "ABC"),
        ("Riyadh, May 05, 2024, ABC --", ["Riyadh"], "May 05, 2024", "ABC"),
        ("Lima (CNN)", ["Lima"], None, "CNN"),
        ("CNN —", [], None, "CNN"),
        ("ABU DHABI, 5th May, 2024 (ABC) --", ["ABU DHABI"], "5th May, 2024", "ABC"),
        ("UNITED NATIONS, Nov. 22, 2005  (Wire) --", ["UNITED NATIONS"], "Nov. 22, 2005", "Wire"),
        ("PORT LOUIS, Mauritius, Wednesday, May 4 (Wire) –", ["PORT LOUIS", "Mauritius"], "Wednesday, May 4", "Wire"),
    ],
)
def test_a_dateline_is_cut_off_its_paragraph_and_its_words_are_known(line, places, date, provider):
    report = text_report(f"Talks end without a word\n\n{line} {LEAD}\n\n{MORE}\n")
    found = report.dateline
    assert report.words(found.span) == line
    assert [report.words(place) for place in found.places] == places
    assert (found.date and report.words(found.date)) == date
    assert (found.provider and report.words(found.provider)) == provider
    assert words_of(report, "body")[0] == LEAD
    assert report.headline == "Talks end without a word"


@pytest.mark.parametrize(
    "line",
    [
        "ANKARA",
        "LIMA, Peru",
        "TOKYO, March 12 2013",
        "London, 14 March 2013",
        "SEA POINT, California, March 13 2013",
        "LIMA, May 4 (ABC) --",
    ],
)
def test_a_dateline_may_be_a_line_of_its_own(line):
    report = text_report(f"A headline of six short words\n\n{line}\n\n{LEAD}\n")
    assert report.words(report.dateline.span) == line
    assert words_of(report, "body") == [LEAD]


@pytest.mark.parametrize(
    "lead",
    [
        "The Example Trade Organization (ETO) said on Friday that it has more members than ever.",
        "ZEBRA CROSSINGS -- SAFE AT LAST, SAYS THE MINISTRY OF ROADS AND BRIDGES.",
        "Paris, where he lives, is far from the front (see page 4) - and from the talks.",
        "On March 3 (a Sunday) - the day of the vote - the house met in Lima.",
        "MR VEGA: I said so at once.\n\nMS BERG: You did not say so to me.",
        "MAYOR VEGA: I said so at once, before the vote.",
        "ANA VEGA: I said so at once.\n\nQ: To whom?\n\nA: To all who asked me.",
        "ANA VEGA:\n\nI said so at once.\n\nReporter:\n\nTo whom?\n\nAna Vega:\n\nTo all who asked me.",
        "NATO said on Monday that it would not send ships.",
        "EXCLUSIVE – The envoys met in secret, people close to the talks said on Monday.",
        "Yesterday - The envoys say - was the last day.",
        "Russia — which has not sent an envoy — would not comment on the talks at all.",
        "OPINION: The envoys should have met in secret.",
    ],
)
def test_what_only_looks_like_a_dateline_stays_prose(lead):
    assert text_report(f"A headline of six short words\n\n{lead}\n\n{MORE}\n").dateline is None


@pytest.mark.parametrize(
    ("head", "foot", "provider"),
    [
        ("", "==Kyodo", "Kyodo"),
        ("", "EFE", "EFE"),
        ("", "AP-WF-02-20-16 0337GMT<", "AP"),
        ("", "(AFP)", "AFP"),
        ("", "© 2019 Thomson Reuters. All rights reserved.", "Thomson Reuters"),
        ("By Ana Vega, Associated Press\n\n", "", "Associated Press"),
        ("By ANA VEGA\n\nAP Diplomatic Writer\n\n", "", "AP"),
        ("LIMA (Wire) --\n\n", "(AFP)", "Wire"),
        ("", "ABCD", None),
        ("By Ana Vega, Example Press\n\n", "", None),
        ("", "The Associated Press was told so.", None),
    ],
)
def test_the_agency_is_named_by_the_dateline_or_by_who_signs(head, foot, provider):
    assert text_report(f"Talks end without a word\n\n{head}{LEAD}\n\n{MORE}\n\n{foot}\n").provider == provider


def test_the_agency_is_named_by_a_broadcaster_who_signs_off():
    report = text_report(f"Talks end without a word\n\n{LEAD}\n\n{MORE} Ana Vega for VOA News, Lima.\n")
    assert report.provider == "VOA News"
    assert words_of(report, "end") == ["Ana Vega for VOA News, Lima."]


def test_a_date_on_a_line_of_its_own_is_a_dateline_without_a_place():
    report = text_report(f"Mayor wins again\n\nThursday, May 16, 2019\n\n{LEAD}\n")
    assert report.words(report.dateline.span) == "Thursday, May 16, 2019"
    assert report.dateline.places == ()
    assert (report.dating.value, report.dating.origin, report.dating.weekday) == ("2019-05-16", "dateline", True)


def test_a_dateline_is_found_below_a_caption_and_a_summary():
    report = text_report(
        "Photo taken on May 28, 2019 shows the hall where the envoys met.\n"
        "The mediator's office gave no date.\n"
        f"LIMA, May 28 (Wire) -- {LEAD}\n{MORE}\n"
    )
    assert report.words(report.dateline.places[0]) == "LIMA"
    assert [part.kind for part in report.parts] == ["caption", "body", "dateline", "body", "body"]


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("By Ana Vega", "Ana Vega"),
        ("BY ANA VEGA", "ANA VEGA"),
        ("By Ana Vega and Jo van Berg", "Ana Vega and Jo van Berg"),
        ("By: Ana VEGA | Jo BERG 1 min", "Ana VEGA | Jo BERG"),
        ("By ANA VEGA=", "ANA VEGA"),
        ("by Xinhua writer Ana Vega", "Ana Vega"),
        ("By Ana Vega, Example News Service", "Ana Vega"),
    ],
)
def test_a_byline_is_a_field(line, value):
    report = text_report(f"Talks end without a word\n\n{line}\n\nLIMA (Wire) - {LEAD}\n")
    assert report.byline == value
    assert words_of(report, "byline") == [line]
    assert words_of(report, "body") == [LEAD]


@pytest.mark.parametrize(
    ("headline", "kept", "writer"),
    [
        ("Talks stumble over new demands by Mario Esempio", "Talks stumble over new demands", "Mario Esempio"),
        ("Champion beaten by Ana Vega", "Champion beaten by Ana Vega", None),
        (
            "Three players put on reserve by Exampleville Envoys",
            "Three players put on reserve by Exampleville Envoys",
            None,
        ),
        ("Town shelled by US", "Town shelled by US", None),
        ("Deal expected by Wednesday", "Deal expected by Wednesday", None),
    ],
)
def test_a_writer_at_a_headlines_end_is_told_from_a_doer(headline, kept, writer):
    report = text_report(f"{headline}\n\nLIMA, April 19, 1997 (ABC) -- {LEAD}\n")
    assert (report.headline, report.byline) == (kept, writer)


@pytest.mark.parametrize(
    ("line", "desk", "headline"),
    [
        ("URGENT Two ministers resign in Lima", "URGENT", "Two ministers resign in Lima"),
        ("URGENT: Two ministers resign", "URGENT:", "Two ministers resign"),
        ("4th Ld: Two ministers resign", "4th Ld:", "Two ministers resign"),
        ("2nd Ld-Writethru: Two ministers resign", "2nd Ld-Writethru:", "Two ministers resign"),
        ("Roundup: Two ministers resign", "Roundup:", "Two ministers resign"),
        ("News Analysis: Why two ministers resigned", "News Analysis:", "Why two ministers resigned"),
        ("(Recast) Two ministers resign", "(Recast)", "Two ministers resign"),
        ("UPDATE 2-Two ministers resign", "UPDATE 2-", "Two ministers resign"),
        ("Two ministers resign (pictures) (ADDS details)", "(pictures) (ADDS details)", "Two ministers resign"),
        ("Two ministers resign - Xinhua", "- Xinhua", "Two ministers resign"),
        ("Two ministers resign - World | Example News", "- World | Example News", "Two ministers resign"),
        ("ATTENTION - ADDS details ///", "ATTENTION - ADDS details ///", None),
        ("-politics-floods, ADDS reax ///", "-politics-floods, ADDS reax ///", None),
        ("= (PICTURES) =", "= (PICTURES) =", None),
        ("///", "///", None),
        ("(Adds quotes, detail)", "(Adds quotes, detail)", None),
    ],
)
def test_desk_lines_and_desk_words_are_kept_apart(line, desk, headline):
    report = text_report(f"{line}\n\nLIMA, Dec 4, 2006 -- {LEAD}\n\n{MORE}\n")
    assert words_of(report, "desk") == [desk]
    assert report.headline == headline
    assert words_of(report, "body") == [LEAD, MORE]


@pytest.mark.parametrize(
    ("end", "mark"),
    [
        (" ■", "■"), ("\n\n-30-", "-30-"), ("\n###", "###"), ("\n\nENDS", "ENDS"), (" Enditem", "Enditem"),
        (" ///", "///"), ("\n\nAll Rights Reserved", "All Rights Reserved"), ("\n\nab/cd/ef", "ab/cd/ef"),
        ("\n(abc/de-fgh)", "(abc/de-fgh)"), ("\n==Kyodo", "==Kyodo"), (" (END)", "(END)"), ("\n/enditem/", "/enditem/"),
        (" (ANI)", "(ANI)"), ("\n-- BERNAMA", "-- BERNAMA"),
    ],
)  # fmt: skip
def test_an_end_mark_is_cut_off(end, mark):
    report = text_report(f"LIMA, Dec 4, 2006 -- {LEAD}\n\n{MORE}{end}\n")
    assert words_of(report, "end") == [mark]
    assert words_of(report, "body") == [LEAD, MORE]


@pytest.mark.parametrize(
    ("credit", "photographer", "agency", "via"),
    [
        ("(Ana Vega/ABC via Wire)", "Ana Vega", "ABC", "Wire"),
        ("(Xinhua/Ana Vega)", "Ana Vega", "Xinhua", None),
        ("(AP Photo/Ana Vega, File)", "Ana Vega", "AP", None),
        ("(Photo by Ana Vega/AFP via Getty Images)", "Ana Vega", "AFP", "Getty Images"),
        ("REUTERS/Ana Vega", "Ana Vega", "REUTERS", None),
        ("Photo by Ana Vega / Getty", "Ana Vega", "Getty", None),
        ("Photograph: Ana Vega/Reuters", "Ana Vega", "Reuters", None),
        ("(Pool Photo via AP)", None, "Pool", "AP"),
        ("[Photo/Agencies]", None, "Agencies", None),
        ("(Ana Vega/ABC/Wire Images)", "Ana Vega", "ABC/Wire Images", None),
    ],
)
def test_a_picture_credit_makes_its_paragraph_a_caption(credit, photographer, agency, via):
    report = text_report(
        f"People wait outside the hall in Lima on May 3, 2011. {credit}\n\nLIMA, May 3 (Wire) - {LEAD}\n"
    )
    (caption,) = report.captions
    assert report.words(caption.span) == "People wait outside the hall in Lima on May 3, 2011."
    assert report.words(caption.credit.span) == credit
    found = caption.credit
    assert (found.photographer, found.agency, found.via) == (photographer, agency, via)


@pytest.mark.parametrize("words", ["(Bayern/GER)", "(see Vega/ABC)", "(and/or)", "(12/3)"])
def test_other_brackets_are_no_credit(words):
    assert text_report(f"{LEAD} {words}\n\n{MORE}\n").captions == ()


@pytest.mark.parametrize(
    "note",
    [
        "(Reporting by Ana Vega; Editing by Jo Berg)",
        "AP writers Ana Vega in Lima and Jo Berg in Bern contributed to this report.",
        "Copyright 2011 Example News. All rights reserved.",
        "READ MORE: Floods rise again in the north",
    ],
)
def test_a_publishers_note_is_no_prose(note):
    report = text_report(f"LIMA, May 3 (Wire) - {LEAD}\n\n{MORE}\n\n{note}\n")
    assert words_of(report, "note") == [note]
    assert words_of(report, "body") == [LEAD, MORE]


OWN = "People wait outside the hall in Lima, Peru, on Feb. 21, 2024."


def test_a_caption_that_a_scraper_put_in_twice_is_read_once_and_the_copy_said_to_be_one():
    caption = f"{OWN} {LEAD} {MORE} (Ana Vega/ABC via Wire)"
    report = text_report(f"{caption}\nLIMA, Feb. 21 (Wire) -- {LEAD}\n{MORE} ■\n{caption}")
    assert [part.kind for part in report.parts] == [
        *("caption", "repeat", "repeat", "credit"), *("dateline", "body", "body", "end"), *("repeat", "credit"),
    ]  # fmt: skip
    assert words_of(report, "caption") == [OWN]
    (found,) = report.captions
    assert report.words(found.span) == f"{OWN} {LEAD} {MORE}"
    assert [report.words(span) for span in found.repeats] == [f"{OWN} {LEAD} {MORE}"]
    first, second, _ = (part for part in report.parts if part.kind == "repeat")
    assert (report.words(first.of), report.words(second.of)) == (LEAD, MORE)
    assert first.of.start > first.span.start


def test_a_repeated_caption_without_a_credit_is_known_by_the_dateline_below_it():
    report = text_report(f"{OWN} {LEAD}\nLIMA, Feb. 21 (Wire) -- {LEAD}\n{MORE}\n{OWN} {LEAD}")
    assert [part.kind for part in report.parts] == ["caption", "repeat", "dateline", "body", "body", "repeat"]


def test_a_paragraph_and_a_headline_that_stand_twice_are_read_once():
    report = text_report(f"Talks end\n\nTalks end\nLIMA (Wire) - {LEAD}\n{MORE}\n{LEAD.upper()}\n")
    assert [part.kind for part in report.parts] == ["headline", "repeat", "dateline", "body", "body", "repeat"]


def test_a_quotation_pulled_out_of_the_text_is_read_in_its_place():
    pulled = "“We will not sign it in this town or in any other”"
    longer = f"{pulled}, said Ana Vega, who leads one of the two delegations."
    report = text_report(f"LIMA (Wire) - {LEAD}\n\n{pulled}\n\n{MORE}\n\n{longer}\n\n{LEAD} {MORE}\n")
    kinds = [part.kind for part in report.parts]
    assert kinds == ["dateline", "body", "repeat", "repeat", "body", "body"]
    assert report.words(report.parts[2].of) == pulled


def test_a_short_sentence_may_be_said_twice():
    report = text_report(f"{LEAD}\n\nNobody spoke.\n\n{MORE}\n\nNobody spoke.\n")
    assert [part.kind for part in report.parts] == ["body"] * 4


@pytest.mark.parametrize(
    "above",
    ["People wait outside the hall in Lima on May 3, 2011. (Ana Vega/ABC)", "Tuesday, May 3, 2011", "By Ana Vega"],
)
def test_a_caption_a_date_or_a_byline_may_stand_above_the_headline(above):
    report = text_report(f"{above}\n\nTalks end without a word\n\n{LEAD}\n\n{MORE}\n")
    assert report.headline == "Talks end without a word"
    assert words_of(report, "body") == [LEAD, MORE]


@pytest.mark.parametrize("first", [LEAD, f"“{LEAD}”", "Rain fell."])
def test_a_first_line_that_is_a_sentence_is_no_headline(first):
    assert text_report(f"{first}\n\n{MORE}\n").headline is None
