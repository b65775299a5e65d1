"""Timelines, series, disputes, speakers and news, over records made by hand."""

from random import Random

import msgspec
import pytest

from onrecord.lang import read_words
from onrecord.link.disputes import find_disputes
from onrecord.link.news import _LIKE, Earlier, _nearest, find_news
from onrecord.link.series import CountWords, find_series
from onrecord.link.statements import find_speakers
from onrecord.link.story import build_story
from onrecord.link.timelines import find_tellings, make_timeline, rank_days
from onrecord.record import (
    Actor,
    Attribution,
    Basis,
    Copy,
    Dating,
    Figure,
    News,
    Part,
    Place,
    Record,
    Report,
    Source,
    Span,
    TimeExpression,
)

RULE = Basis(by="rule", name="by hand")


def make_report(uri: str, day: str, *sentences: str) -> Report:
    parts, at = [], 0
    for sentence in sentences:
        parts.append(Part(kind="body", span=Span(at, at + len(sentence))))
        at += len(sentence) + 1
    dating = Dating(value=day, origin="option")
    text = "\n".join(sentences)
    return Report(uri=uri, digest=uri, text=text, pieces=(), parts=tuple(parts), dating=dating, language="en")


def sentences_of(report: Report) -> tuple[Span, ...]:
    return tuple(part.span for part in report.parts)


def find(report: Report, words: str) -> Span:
    at = report.text.index(words)
    return Span(at, at + len(words))


class Maker:
    """Collects the items of one report."""

    def __init__(self, uri: str, day: str, *sentences: str) -> None:
        self.report = make_report(uri, day, *sentences)
        self.actors: list[Actor] = []
        self.attributions: list[Attribution] = []
        self.places: list[Place] = []
        self.figures: list[Figure] = []
        self.times: list[TimeExpression] = []

    def says(self, name: str, words: str, content: str, stance: str = "says") -> str:
        """A statement; gives its id."""
        actor = next((one.id for one in self.actors if one.name == name), None)
        if actor is None:
            actor = f"w{len(self.actors) + 1}"
            self.actors.append(Actor(id=actor, name=name, mentions=(find(self.report, words),), basis=RULE))
        source = Source(spans=(find(self.report, words),), actor=actor)
        attribution = Attribution(
            id=f"a{len(self.attributions) + 1}",
            source=source,
            cue=(),
            content=(find(self.report, content),),
            quote="indirect",
            basis=RULE,
            stance=stance,
        )
        self.attributions.append(attribution)
        return attribution.id

    def counts(
        self,
        words: str,
        *,
        outcome: str = "killed",
        of: str | None = None,
        place: str | None = None,
        said: str | None = None,
        **bounds: float | bool,
    ) -> None:
        """A figure; without bounds it is exact."""
        number = float(next(word for word in words.split() if word.replace(",", "").isdigit()).replace(",", ""))
        where = next((one.id for one in self.places if one.name == place), None)
        if place and where is None:
            where = f"p{len(self.places) + 1}"
            self.places.append(Place(id=where, name=place, mentions=(find(self.report, place),), basis=RULE))
        self.figures.append(
            Figure(
                id=f"f{len(self.figures) + 1}",
                span=find(self.report, words),
                basis=RULE,
                unit="people",
                of=find(self.report, of) if of else None,
                outcome=outcome,
                place=where,
                attribution=said,
                **(bounds or {"low": number, "best": number, "high": number}),
            )
        )

    def names_day(self, words: str, value: str) -> None:
        time = TimeExpression(
            id=f"t{len(self.times) + 1}", span=find(self.report, words), basis=RULE, type="DATE", value=value
        )
        self.times.append(time)

    def record(self) -> Record:
        return Record(
            report=self.report,
            actors=tuple(self.actors),
            attributions=tuple(self.attributions),
            times=tuple(self.times),
            places=tuple(self.places),
            figures=tuple(self.figures),
            events=(),
            talks=(),
        )


WORDS = CountWords(general=("people", "bodies"), revising=("revised",))


def toll(uri: str, day: str, number: int, by: str | None = None, what: str = "people", extra: str = "") -> Record:
    said = f", {by} said" if by else ""
    made = Maker(uri, day, f"The flood in Norvik killed {number} {what}{said}.{extra}")
    statement = made.says(by, by, "The flood") if by else None
    made.counts(f"{number} {what}", of=what, place="Norvik", said=statement)
    return made.record()


def test_a_rising_toll_is_one_series_with_a_point_a_report() -> None:
    records = [toll("b", "2021-05-02", 9), toll("a", "2021-05-01", 6, what="bodies"), toll("c", "2021-05-03", 9)]
    (series,) = find_series(records, WORDS)
    assert (series.outcome, series.of, series.place) == ("killed", None, "Norvik")
    assert [(point.uri, point.best, point.step) for point in series.points] == [
        ("a", 6, "first"),
        ("b", 9, "rise"),
        ("c", 9, "same"),
    ]


def test_every_point_leads_to_its_words() -> None:
    records = {record.report.uri: record for record in (toll("a", "2021-05-01", 6), toll("b", "2021-05-02", 9))}
    (series,) = find_series(list(records.values()), WORDS)
    assert [records[p.uri].report.words(p.passage.span) for p in series.points] == ["6 people", "9 people"]


def test_a_toll_that_the_same_source_lowers_is_revised() -> None:
    records = [toll("a", "2021-05-01", 12, "the mayor"), toll("b", "2021-05-02", 9, "the mayor")]
    (series,) = find_series(records, WORDS)
    assert [point.step for point in series.points] == ["first", "revised"]


def test_a_rise_that_is_said_to_correct_is_revised() -> None:
    records = [toll("a", "2021-05-01", 12), toll("b", "2021-05-02", 15, extra=" It was revised from 12.")]
    (series,) = find_series(records, WORDS)
    assert [point.step for point in series.points] == ["first", "revised"]


def test_at_least_so_many_takes_back_nothing() -> None:
    made = Maker("b", "2021-05-02", "The flood in Norvik killed at least 20 people.")
    made.counts("at least 20 people", of="people", place="Norvik", low=20.0)
    (series,) = find_series([toll("a", "2021-05-01", 25), made.record()], WORDS)
    assert [point.step for point in series.points] == ["first", "same"]


def test_two_places_are_two_counts_and_a_figure_without_a_place_joins_neither() -> None:
    records = []
    for uri, day, first, second in (("a", "2021-05-01", 200, 10), ("b", "2021-05-02", 213, 11)):
        made = Maker(
            uri,
            day,
            f"Bombs killed {first} people in Gdeja and {second} people in Elland, {first + second} people in all.",
        )
        made.counts(f"{first} people", of="people", place="Gdeja")
        made.counts(f"{second} people", of="people", place="Elland")
        made.counts(f"{first + second} people", of="people")
        records.append(made.record())
    found = {series.place: [point.best for point in series.points] for series in find_series(records, WORDS)}
    assert found == {"Gdeja": [200, 213], "Elland": [10, 11], None: [210, 224]}


SCOPES = CountWords(
    general=("people",), joining=("and",), owning=("of the",), there=("there",), together=("both bombs",)
)


def bombed(uri: str, day: str, *told: tuple[str, str, str | None], also: tuple[str, ...] = ()) -> Record:
    """A report, a sentence a figure: its words, its number's words, the place that the record gives it."""
    made = Maker(uri, day, *(sentence for sentence, _, _ in told))
    for name in also:
        made.places.append(Place(id=f"p{name}", name=name, mentions=(find(made.report, name),), basis=RULE))
    for _, words, place in [one for one in told if one[1]]:
        made.counts(words, of="people", place=place)
    return made.record()


GDEJA = ("A bomb killed 200 people in Gdeja.", "200 people", "Gdeja")
BOTH = ("Bombs in Gdeja and Elland killed 210 people.", "210 people", "Elland")
ELLAND = ("A bomb killed 10 people in Elland.", "10 people", "Elland")


def scoped(*records: Record) -> dict[tuple[str | None, str | None], list[float | None]]:
    sentences = {record.report.uri: sentences_of(record.report) for record in records}
    found = find_series(records, SCOPES, sentences=sentences, least=1)
    return {(series.place, series.where): [point.best for point in series.points] for series in found}


def test_places_that_are_named_together_are_one_count_of_their_own() -> None:
    records = [bombed("a", "2021-05-01", GDEJA, ELLAND), bombed("b", "2021-05-02", BOTH, also=("Gdeja",))]
    assert scoped(*records) == {
        ("Gdeja", "place"): [200],
        ("Elland", "place"): [10],
        ("Elland and Gdeja", "several"): [210],
    }


def test_a_figure_whose_place_is_not_said_is_kept_apart_and_disputes_nothing() -> None:
    silent = ("The toll stands at 140 people.", "140 people", None)
    records = [bombed("a", "2021-05-01", GDEJA, ELLAND), bombed("b", "2021-05-02", silent)]
    assert scoped(*records)[None, "not-said"] == [140]
    said = [toll("c", "2021-05-02", 40, "the army"), toll("d", "2021-05-02", 300, "the rebels")]
    apart = [msgspec.structs.replace(series, where="not-said") for series in find_series(said, WORDS)]
    assert find_disputes(apart) == ()


def test_it_is_told_by_the_same_number_at_the_time_by_there_and_by_words_for_all() -> None:
    records = [
        bombed("a", "2021-05-01", GDEJA, ELLAND),
        bombed("a2", "2021-05-01", BOTH, also=("Gdeja",)),
        bombed("b", "2021-05-02", ("It killed 200 people.", "200 people", None)),
        bombed(
            "c",
            "2021-05-03",
            ("A bomb broke the walls of Elland.", "", None),
            ("It killed 12 people there.", "12 people", None),
            also=("Elland",),
        ),
        bombed("d", "2021-05-04", ("The toll of both bombs is 214 people.", "214 people", None)),
    ]
    assert scoped(*records) == {
        ("Gdeja", "place"): [200, 200],
        ("Elland", "place"): [10, 12],
        ("Elland and Gdeja", "several"): [210, 214],
    }


def test_a_place_that_owns_what_is_hit_is_not_where_it_was_hit() -> None:
    record = bombed(
        "a",
        "2021-05-01",
        ("A bomb at the mission of the Lakes in Gdeja killed 7 people.", "7 people", "Lakes"),
        also=("Gdeja",),
    )
    assert scoped(record) == {("Gdeja", "place"): [7]}


def test_a_figure_without_a_place_joins_the_only_place_there_is() -> None:
    made = Maker("b", "2021-05-02", "The toll stands at 9 people.")
    made.counts("9 people", of="people")
    (series,) = find_series([toll("a", "2021-05-01", 6), made.record()], WORDS)
    assert [point.uri for point in series.points] == ["a", "b"]


def test_soldiers_killed_are_another_count_than_people_killed() -> None:
    records = [toll("a", "2021-05-01", 6), toll("b", "2021-05-02", 3, what="soldiers"), toll("c", "2021-05-03", 7)]
    assert [(series.of, len(series.points)) for series in find_series(records, WORDS)] == [(None, 2)]


def test_sources_that_cannot_both_be_right_on_one_day_are_a_dispute_with_both_sides() -> None:
    records = [toll("a", "2021-05-02", 40, "the army"), toll("b", "2021-05-02", 300, "the rebels")]
    (dispute,) = find_disputes(find_series(records, WORDS))
    assert dispute.day == "2021-05-02"
    assert [(side.source, side.best) for side in dispute.sides] == [("the army", 40), ("the rebels", 300)]


def test_figures_of_one_source_of_two_days_or_of_no_source_are_no_dispute() -> None:
    same = [toll("a", "2021-05-02", 40, "the army"), toll("b", "2021-05-02", 44, "the army")]
    days = [toll("a", "2021-05-01", 40, "the army"), toll("b", "2021-05-02", 300, "the rebels")]
    none = [toll("a", "2021-05-02", 40), toll("b", "2021-05-02", 300)]
    assert [find_disputes(find_series(records, WORDS)) for records in (same, days, none)] == [(), (), ()]


def test_a_bound_that_the_other_figure_fits_is_no_dispute() -> None:
    made = Maker("b", "2021-05-02", "The flood in Norvik killed at least 30 people, the rebels said.")
    made.counts(
        "at least 30 people",
        of="people",
        place="Norvik",
        low=30.0,
        said=made.says("the rebels", "the rebels", "The flood"),
    )
    assert find_disputes(find_series([toll("a", "2021-05-02", 40, "the army"), made.record()], WORDS)) == ()


def speech(uri: str, day: str, name: str, words: str, stance: str) -> Record:
    made = Maker(uri, day, f"{name} spoke: {words}")
    made.says(name, name, words, stance)
    return made.record()


def test_what_an_actor_says_is_gathered_over_reports_in_the_order_of_days() -> None:
    records = [
        speech("b", "2021-05-02", "Brandt", "the tax will go", "says"),
        speech("a", "2021-05-01", "Ugo Brandt", "the tax stays", "says"),
    ]
    (speaker,) = find_speakers(records)
    assert speaker.name == "Ugo Brandt"
    assert [statement.uri for statement in speaker.statements] == ["a", "b"]


def test_two_people_of_one_last_name_are_not_made_one() -> None:
    records = [
        speech("a", "2021-05-01", "Ugo Brandt", "the tax stays", "says"),
        speech("b", "2021-05-02", "Anna Brandt", "the tax goes", "says"),
    ]
    assert [speaker.name for speaker in find_speakers(records)] == ["Anna Brandt", "Ugo Brandt"]


def test_support_that_turns_into_opposition_on_the_same_issue_is_a_shift() -> None:
    records = [
        speech("a", "2021-05-01", "Ugo Brandt", "a ceasefire with the northern rebels", "supports"),
        speech("b", "2021-05-09", "Ugo Brandt", "any ceasefire with the northern rebels", "opposes"),
        speech("c", "2021-05-10", "Ugo Brandt", "the harvest festival in the capital", "denies"),
    ]
    (speaker,) = find_speakers(records)
    assert [(shift.before.uri, shift.after.uri) for shift in speaker.shifts] == [("a", "b")]


def test_a_sentence_said_before_is_not_news_and_other_numbers_are() -> None:
    before = make_report(
        "a", "2021-05-01", "The flood in Norvik killed 6 people.", "Rain fell on the upper valley for three days."
    )
    report = make_report(
        "b",
        "2021-05-02",
        "The flood in Norvik killed 9 people.",
        "Rain fell on the upper valley for three days.",
        "A dam above the town was opened on the order of the governor.",
    )
    found = news_of(report, before)
    assert [(report.words(news.passage.span)[:9], news.kind) for news in found] == [
        ("The flood", "figures"),
        ("A dam abo", "told"),
    ]
    assert found[0].like is not None
    assert before.words(found[0].like.span).endswith("6 people.")


def test_a_report_after_itself_has_no_news() -> None:
    report = toll("a", "2021-05-01", 6).report
    again = toll("b", "2021-05-01", 6).report
    assert news_of(again, report) == ()


def test_news_are_what_a_look_at_every_earlier_sentence_gives() -> None:
    chance = Random(3)
    words = [f"w{number}" for number in range(60)]
    for _ in range(300):
        earlier = Earlier()
        for at in range(chance.randrange(1, 30)):
            text = " ".join(min(chance.choices(words, k=3)) for _ in range(chance.randrange(5, 15)))
            earlier.add(str(at), text, [Span(0, len(text))])
        weight = {word: earlier.weight(word) for word in {min(chance.choices(words, k=3)) for _ in range(9)}}
        shares = [sum(weight.get(word, 0.0) for word in held) / sum(weight.values()) for _, held in earlier.held]
        best, share = _nearest(weight, earlier)
        if best is None:
            assert max(shares) < _LIKE
        else:
            assert share == pytest.approx(max(shares))
            assert shares[best] == pytest.approx(share)


def news_of(report: Report, *before: Report) -> tuple[News, ...]:
    earlier = Earlier()
    for one in before:
        earlier.add(one.uri, one.text, sentences_of(one))
    return find_news(report.uri, report.text, sentences_of(report), earlier)


def dam(uri: str, day: str, *sentences: str, named: str | None = None, value: str = "2021-05-01") -> Record:
    made = Maker(uri, day, *sentences)
    if named:
        made.names_day(named, value)
    return made.record()


DAM = [
    dam(
        "a",
        "2021-05-01",
        "The dam above Norvik broke at dawn on Saturday and the lower town was flooded.",
        named="Saturday",
    ),
    dam("b", "2021-05-02", "The dam above Norvik broke on Saturday, flooding the lower town.", named="Saturday"),
    dam(
        "c",
        "2021-05-20",
        "The dam above Norvik broke on May 1 and flooded the lower town, a judge found.",
        named="May 1",
    ),
    dam("d", "2021-05-02", "The mayor of Norvik walked through the mud on Sunday.", named="Sunday", value="2021-05-02"),
]


def test_the_day_that_most_reports_look_back_on_leads_the_timeline() -> None:
    tellings = [telling for record in DAM for telling in find_tellings(record, sentences_of(record.report))]
    assert rank_days(tellings)[0] == "2021-05-01"


def test_a_moment_says_who_told_it_first_and_counts_copies_once() -> None:
    tellings = [telling for record in DAM for telling in find_tellings(record, sentences_of(record.report))]
    (moment,) = make_timeline(tellings, days=1, families={"a": "a", "b": "a", "c": "c"})
    assert moment.day == "2021-05-01"
    assert moment.first == "a"
    assert {passage.uri for passage in moment.told} == {"a", "b", "c"}
    assert moment.independent == 2


def test_a_sentence_that_names_no_day_tells_of_its_report_s_own() -> None:
    record = dam("a", "2021-05-01", "The dam above Norvik broke.")
    (telling,) = find_tellings(record, sentences_of(record.report))
    assert (telling.day, telling.named) == ("2021-05-01", False)


def test_a_story_is_the_same_whatever_the_order_of_its_reports() -> None:
    records = [*DAM, toll("e", "2021-05-02", 6, "the mayor"), toll("f", "2021-05-03", 9, "the army")]
    sentences = {record.report.uri: sentences_of(record.report) for record in records}
    story = build_story("a", records, sentences, words=WORDS)
    for seed in range(4):
        assert build_story("a", Random(seed).sample(records, len(records)), sentences, words=WORDS) == story
    assert story.title.startswith("The dam above Norvik")
    assert story.reports == ("a", "b", "d", "e", "f", "c")


def test_a_copy_gives_no_points_of_its_own() -> None:
    records = [toll("a", "2021-05-01", 6), toll("b", "2021-05-01", 6), toll("c", "2021-05-02", 9)]
    copy = Copy(uri="b", of="a", relation="copy", taken=1.0, kept=1.0)
    story = build_story("a", records, {}, copies=[copy], words=WORDS)
    assert [point.uri for point in story.series[0].points] == ["a", "c"]
    assert story.copies == (copy,)


@pytest.mark.parametrize("key", ["general", "revising"])
def test_english_has_its_words_for_counts(key: str) -> None:
    words = read_words("en", "series")[key]
    assert isinstance(words, list)
    assert words == sorted(set(words), key=words.index)
    assert all(word == word.lower() for word in words)


def test_no_records_make_an_empty_story() -> None:
    assert build_story("a", [], {}).reports == ()
