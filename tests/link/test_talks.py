"""The board of talks merged over reports, over records made by hand."""

import msgspec

from onrecord.exports.negotiation import board_text, table
from onrecord.link.talks import find_talks
from onrecord.record import (
    Actor,
    Attendance,
    Basis,
    Dating,
    Interval,
    Issue,
    Move,
    Part,
    Passage,
    Place,
    Record,
    Report,
    Round,
    Span,
    Talks,
    Term,
    TimeExpression,
)

RULE = Basis(by="rule", name="by hand")


class Desk:
    """One report on talks; each item is given by the words that say it."""

    def __init__(self, uri: str, day: str, *sentences: str) -> None:
        spans, at = [], 0
        for sentence in sentences:
            spans.append(Span(at, at + len(sentence)))
            at += len(sentence) + 1
        self.sentences = spans
        self.report = Report(
            uri=uri,
            digest=uri,
            text="\n".join(sentences),
            pieces=(),
            parts=tuple(Part(kind="body", span=span) for span in spans),
            dating=Dating(value=day, origin="option"),
            language="en",
        )
        self.actors: dict[str, Actor] = {}
        self.times: list[TimeExpression] = []
        self.places: dict[str, Place] = {}

    def span(self, words: str) -> Span:
        at = self.report.text.index(words)
        return Span(at, at + len(words))

    def actor(self, name: str, country: str | None = None, sector: str | None = None, **more: str) -> str:
        id = f"w{len(self.actors) + 1}"
        made = Actor(id=id, name=name, mentions=(self.span(name),), basis=RULE, country=country, sector=sector, **more)
        self.actors[id] = made
        return id

    def day(self, words: str, start: str, end: str) -> str:
        id = f"t{len(self.times) + 1}"
        interval = Interval(start=start, end=end)
        self.times.append(
            TimeExpression(id=id, span=self.span(words), basis=RULE, type="DATE", value=start, interval=interval)
        )
        return id

    def place(self, name: str, country: str) -> str:
        id = f"p{len(self.places) + 1}"
        self.places[id] = Place(id=id, name=name, mentions=(self.span(name),), basis=RULE, country=country)
        return id

    def record(self, **talks: object) -> Record:
        held = Talks(id="k1", span=self.span("talks"), basis=RULE, **talks)  # type: ignore[arg-type]
        return Record(
            report=self.report,
            actors=tuple(self.actors.values()),
            attributions=(),
            times=tuple(self.times),
            places=tuple(self.places.values()),
            figures=(),
            events=(),
            talks=(held,),
        )


def board(*desks: tuple[Desk, Record], **more: object):
    merged = find_talks([record for _, record in desks], {desk.report.uri: desk.sentences for desk, _ in desks}, **more)
    assert merged is not None
    return merged


def planned(uri="a", day="2031-05-01", place="Brenn") -> tuple[Desk, Record]:
    desk = Desk(uri, day, f"The talks will open in {place} on Monday.")
    when = desk.day("Monday", "2031-05-05", "2031-05-06")
    where = desk.place(place, "XX")
    turn = Round(span=desk.span("will open"), state="planned", time=when, place=where)
    return desk, desk.record(rounds=(turn,))


def held(uri="b", day="2031-05-06") -> tuple[Desk, Record]:
    desk = Desk(uri, day, "The talks in Brenn ended without a deal on Monday.")
    when = desk.day("Monday", "2031-05-05", "2031-05-06")
    where = desk.place("Brenn", "XX")
    turn = Round(span=desk.span("ended without a deal"), state="held", outcome="none", time=when, place=where)
    return desk, desk.record(rounds=(turn,))


def test_a_round_that_was_planned_and_then_held_is_one_round_with_its_latest_state():
    (turn,) = board(planned(), held()).rounds
    assert (turn.start, turn.place, turn.state, turn.outcome) == ("2031-05-05", "Brenn", "held", "none")
    assert (turn.first, turn.independent) == ("a", 2)
    assert [told.what for told in turn.told] == ["planned", "none"]


def test_two_copies_of_one_report_are_one_independent_word_for_a_round():
    (turn,) = board(planned(), held(), held("c"), families={"b": "b", "c": "b"}).rounds
    assert len(turn.told) == 3
    assert turn.independent == 2


def test_a_round_at_another_place_is_another_round():
    desk = Desk("b", "2031-05-01", "The talks will open in Kesk on Monday.")
    turn = Round(
        span=desk.span("will open"),
        state="planned",
        time=desk.day("Monday", "2031-05-05", "2031-05-06"),
        place=desk.place("Kesk", "YY"),
    )
    assert len(board(planned(), (desk, desk.record(rounds=(turn,)))).rounds) == 2


def test_a_round_told_without_a_day_is_that_of_the_days_its_report_speaks_from():
    desk = Desk("c", "2031-05-06", "The talks broke up.")
    turn = Round(span=desk.span("broke up"), state="broken-off")
    (one,) = board(planned(), (desk, desk.record(rounds=(turn,)))).rounds
    assert one.state == "broken-off"


def test_a_year_is_no_day_of_a_round():
    desk = Desk("a", "2031-05-01", "The talks of 2029 were held in vain.")
    turn = Round(span=desk.span("were held"), state="held", time=desk.day("2029", "2029-01-01", "2030-01-01"))
    (one,) = board((desk, desk.record(rounds=(turn,)))).rounds
    assert (one.start, one.after) == (None, "2031-05-01")
    shown = board_text(board((desk, desk.record(rounds=(turn,)))), lambda passage: passage.span.of(desk.report.text))
    assert "no day given, told 2031-05-01 · held" in shown


def test_rounds_stand_in_the_order_of_their_days():
    desk = Desk("0", "2031-05-04", "The talks were held on Sunday.")
    turn = Round(span=desk.span("were held"), state="held", time=desk.day("Sunday", "2031-05-04", "2031-05-05"))
    rounds = board(planned(), (desk, desk.record(rounds=(turn,)))).rounds
    assert [one.start for one in rounds] == ["2031-05-04", "2031-05-05"]


def coming(uri: str, day: str, name: str, state: str, sector: str | None = "REB") -> tuple[Desk, Record]:
    desk = Desk(uri, day, f"On the talks the {name} said so.")
    seat = Attendance(span=desk.span("said so"), party=desk.actor(name, "OLM", sector), state=state)  # type: ignore[arg-type]
    return desk, desk.record(attendance=(seat,))


def test_a_party_is_known_by_two_forms_of_its_name_and_its_change_of_mind_is_shown():
    merged = board(
        coming("a", "2031-05-01", "Tarsi movement", "will-attend"), coming("b", "2031-05-02", "Tarsis", "declined")
    )
    (presence,) = merged.attendance
    assert (presence.state, [told.what for told in presence.changes]) == ("declined", ["declined"])


def test_the_rebels_are_the_only_named_rebels_at_the_table():
    merged = board(
        coming("a", "2031-05-01", "Tarsi movement", "invited"), coming("b", "2031-05-02", "rebels", "declined")
    )
    assert [presence.party for presence in merged.attendance] == ["Tarsi movement"]


def test_two_named_rebel_groups_leave_the_rebels_unknown():
    merged = board(
        coming("a", "2031-05-01", "Tarsi movement", "invited"),
        coming("b", "2031-05-02", "Brenn front", "invited"),
        coming("c", "2031-05-03", "rebels", "declined"),
    )
    assert [presence.party for presence in merged.attendance] == ["Tarsi movement", "Brenn front", "rebels"]


def test_a_country_at_the_table_is_its_government():
    merged = board(
        coming("a", "2031-05-01", "Olmen's government", "invited", sector="GOV"),
        coming("b", "2031-05-02", "Olmen", "will-attend", sector=None),
    )
    assert [presence.party for presence in merged.attendance] == ["Olmen's government"]


def moving(uri: str, day: str, sentence: str, words: str, move: str) -> tuple[Desk, Record]:
    desk = Desk(uri, day, f"On the talks: {sentence}")
    made = Move(span=desk.span(words), party=desk.actor("Kalmere union", None, "LAB"), move=move)
    return desk, desk.record(positions=(made,))


REFUSES = moving("a", "2031-05-01", "Kalmere union rejected the pay offer of six percent.", "rejected", "reject")
YIELDS = moving("b", "2031-05-03", "Kalmere union accepted the pay offer of six percent.", "accepted", "accept")
OTHERWISE = moving("b", "2031-05-03", "Kalmere union accepted a mediator from Brenn.", "accepted", "accept")


def test_a_change_of_position_on_one_thing_is_shown():
    (course,) = board(REFUSES, YIELDS).moves
    assert [told.what for told in course.moves] == ["reject", "accept"]
    assert [(turn.before.what, turn.after.what) for turn in course.turns] == [("reject", "accept")]


def test_who_asks_for_more_after_a_yes_has_not_changed_position():
    asks = moving(
        "b", "2031-05-03", "Kalmere union demanded more than the pay offer of six percent.", "demanded", "demand"
    )
    yes = moving("a", "2031-05-01", "Kalmere union accepted the pay offer of six percent.", "accepted", "accept")
    assert board(yes, asks).moves[0].turns == ()
    refuses = moving("c", "2031-05-04", "Kalmere union rejected the pay offer of six percent.", "rejected", "reject")
    assert len(board(yes, refuses).moves[0].turns) == 1


def test_moves_on_two_things_are_no_change_of_position():
    (course,) = board(REFUSES, OTHERWISE).moves
    assert course.turns == ()


def about(uri: str, day: str, words: str, sticking: bool) -> tuple[Desk, Record]:
    desk = Desk(uri, day, f"The talks turned to {words}.")
    return desk, desk.record(issues=(Issue(span=desk.span(words), sticking=sticking),))


def test_an_issue_stands_once_and_sticks_while_the_latest_report_says_so():
    merged = board(
        about("a", "2031-05-01", "the border crossing at Sered", True),
        about("b", "2031-05-02", "the Sered border crossing", False),
        about("c", "2031-05-02", "wages", True),
    )
    assert [(matter.sticks, matter.independent) for matter in merged.issues] == [(False, 2), (True, 1)]


def giving(uri: str, day: str, words: str, text: str | None = None, condition: str = "") -> tuple[Desk, Record]:
    tail = f" if {condition}" if condition else ""
    desk = Desk(uri, day, f"In the talks the Olmen army would {words}{tail}.")
    giver = desk.actor("Olmen army", "OLM", "MIL")
    hangs = desk.span(condition) if condition else None
    term = Term(span=desk.span(words), what=desk.span(words), giver=giver, condition=hangs)
    return desk, desk.record(offers=(term,), text_status=text)


def test_a_term_stands_once_with_its_latest_status_though_its_number_moved():
    merged = board(
        giving("a", "2031-05-01", "free 300 fighters held in Kesk", "proposed"),
        giving("b", "2031-05-04", "free 250 fighters held in Kesk", "signed"),
    )
    (clause,) = merged.terms
    assert (clause.giver, clause.status, clause.independent) == ("Olmen army", "signed", 2)
    assert [told.what for told in merged.text] == ["proposed", "signed"]


def test_who_waits_for_what_is_a_condition_and_a_round_still_ahead():
    merged = board(planned(), giving("b", "2031-05-02", "free 300 fighters", condition="the guns fall silent"))
    assert [(wait.who, wait.what) for wait in merged.waiting] == [("Olmen army", "term"), (None, "planned")]
    assert merged.waiting[0].told.condition is not None


def test_nothing_is_waited_for_that_no_report_told_of_for_a_month():
    merged = board(planned(), held("b", "2031-07-01"), giving("c", "2031-07-02", "free 300 fighters"))
    assert merged.waiting == ()
    late = board(giving("a", "2031-05-01", "free 3 men", condition="the guns fall silent"), held("b", "2031-07-01"))
    assert late.waiting == ()


def test_no_talks_are_no_board():
    desk, record = held()
    assert find_talks([msgspec.structs.replace(record, talks=())], {desk.report.uri: desk.sentences}) is None


def test_each_row_of_the_table_leads_to_its_words():
    desks = [planned(), held(), REFUSES]
    desks[2] = moving("c", "2031-05-07", "Kalmere union rejected the offer.", "rejected", "reject")
    texts = {desk.report.uri: desk.report.text for desk, _ in desks}

    def words(passage: Passage) -> str:
        return passage.span.of(texts[passage.uri])

    merged = board(*desks)
    rows = table(merged, words)
    assert len(rows) == 3
    for row in rows:
        assert texts[str(row["report"])][row["from"] : row["to"]] == row["words"]
    shown = board_text(merged, words)
    assert "2031-05-05 · held · none · Brenn · first a; 2 independent reports" in shown
    assert "“ended without a deal”" in shown
