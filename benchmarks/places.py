"""Score places on LGL (local news with GeoNames ids): names found and settled, and settled where the names are given.

    python benchmarks/places.py [LGL.xml] [--errors N]

End to end, a gold toponym counts as found where a mention overlaps it, as settled where its id is the gold's. Demonyms,
which LGL marks as places and onrecord does not, are left out of the gold. "within 161 km" counts a place right where
it lies so near.
"""

from __future__ import annotations

import argparse
import time
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from onrecord.encode.sentences import cut
from onrecord.gazetteer import Named, fold, open_gazetteer
from onrecord.layers.places import find_places
from onrecord.layers.placewords import countries_spoken_of, spelt_out, vocabulary
from onrecord.layers.settle import Name, Weights, distance, lies_in, settle
from onrecord.record import Part, Report, Span

ROOT = Path(__file__).parents[1]
LGL = ROOT.parent / "shared" / "data" / "places" / "lgl.xml"
Gold = tuple[int, int, str, int, float, float]


def articles(path: Path) -> Iterator[tuple[str, str, list[Gold], list[tuple[int, int]]]]:
    """Each article's number, text, toponyms with an id, and the spans of those without one."""
    for article in ET.parse(path).getroot():
        gold: list[Gold] = []
        open_ones: list[tuple[int, int]] = []
        for toponym in article.iter("toponym"):
            start, end = int(toponym.findtext("start", "0")), int(toponym.findtext("end", "0"))
            tag = toponym.find("gaztag")
            if tag is None or is_demonym(toponym.findtext("phrase", "")):
                open_ones.append((start, end))
                continue
            point = float(tag.findtext("lat", "0")), float(tag.findtext("lon", "0"))
            gold.append((start, end, toponym.findtext("phrase", ""), int(tag.get("geonameid", "0")), *point))
        yield article.get("docid", ""), article.findtext("text", ""), gold, open_ones


def is_demonym(phrase: str) -> bool:
    """Whether the phrase is a people's name or its adjective."""
    from onrecord.layers.actors import country_of_demonym

    return country_of_demonym(phrase) is not None


def as_report(text: str) -> Report:
    parts = tuple(Part(kind="body", span=Span(0, len(text))) for _ in range(1) if text)
    return Report(uri="lgl", digest="", text=text, pieces=(), parts=parts, language="en")


class Tally(NamedTuple):
    """What a run over the articles counted: hits, and the words of each kind of error."""

    gold: int
    answered: int
    found: int
    settled: int
    seconds: float
    errors: dict[str, Counter[str]]

    def f1(self, hits: int) -> tuple[float, float, float]:
        precision, recall = hits / self.answered, hits / self.gold
        return precision, recall, 2 * precision * recall / (precision + recall)


def end_to_end(path: Path) -> Tally:
    found = settled = gold_total = answered = 0
    errors: dict[str, Counter[str]] = {"missed": Counter(), "wrong": Counter(), "false": Counter()}
    spent = 0.0
    for _, text, gold, open_ones in articles(path):
        report = as_report(text)
        seen = cut(report)
        start = time.process_time()
        places = find_places(report, seen) or ()
        spent += time.process_time() - start
        mentions = {span: place for place in places for span in place.mentions}
        gold_total += len(gold)
        used: set[Span] = set()
        for a, b, phrase, geonameid, _, _ in gold:
            hit = next((span for span in mentions if span & Span(a, b)), None)
            if hit is None:
                errors["missed"][f"{text[max(0, a - 30) : a]}[{phrase}]{text[b : b + 25]}"] += 1
                continue
            used.add(hit)
            found += 1
            settled += mentions[hit].geonameid == geonameid
            if mentions[hit].geonameid != geonameid:
                errors["wrong"][f"{phrase} -> {mentions[hit].feature} {mentions[hit].country}"] += 1
        extra = [s for s in mentions if s not in used and not any(s & Span(a, b) for a, b in open_ones)]
        errors["false"].update(text[max(0, s.start - 25) : s.end + 25].replace("\n", " ") for s in extra)
        answered += len(used) + len(extra)
    return Tally(gold_total, answered, found, settled, spent, errors)


def measure(path: Path) -> dict[str, float]:
    """The figures that the gate keeps, in points."""
    tally = end_to_end(path)
    given = given_spans(path)[0]
    return {
        "given": 100 * given,
        "found": 100 * tally.f1(tally.found)[2],
        "settled": 100 * tally.f1(tally.settled)[2],
    }


def given_spans(path: Path, weights: Weights | None = None) -> tuple[float, float, int]:
    """The share settled to the gold id, and within 161 km, where the toponyms are given."""
    right = near = total = 0
    for _, text, gold, _ in articles(path):
        peoples = countries_spoken_of(text, vocabulary("en"), open_gazetteer()) if weights is None else frozenset()
        chosen = settle(names(text, gold), weights, peoples=peoples)
        for _, _, phrase, geonameid, lat, lon in gold:
            total += 1
            if phrase not in chosen:
                continue
            entry = chosen[phrase][0].entry
            right += entry.geonameid == geonameid
            near += entry.geonameid == geonameid or (
                entry.lat is not None and entry.lon is not None and distance(entry.lat, entry.lon, lat, lon) < 161
            )
    return right / total, near / total, total


def names(text: str, gold: list[Gold]) -> list[Name]:
    found: dict[str, list[str]] = {}
    ordered = sorted(gold)
    for item, following in zip(ordered, [*ordered[1:], None], strict=False):
        phrase = item[2]
        inside = found.setdefault(phrase, [])
        joined = following is not None and text[item[1] : following[0]] in (", ", " (") and following[2] != phrase
        if following is not None and joined and can_hold(following[2], phrase):
            inside.append(following[2])
    return [
        Name(key=phrase, candidates=candidates(phrase), containers=tuple(dict.fromkeys(inside))[:1])
        for phrase, inside in found.items()
        if candidates(phrase)
    ]


def can_hold(whole: str, part: str) -> bool:
    divisions = [named.entry for named in candidates(whole) if named.entry.feature[0] == "A"]
    return any(lies_in(named.entry, division) for named in candidates(part) for division in divisions)


def candidates(phrase: str) -> tuple[Named, ...]:
    if phrase in vocabulary("en").abbreviations:
        return spelt_out(phrase, vocabulary("en"), open_gazetteer())[1]
    return open_gazetteer().named(fold(phrase))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("path", nargs="?", type=Path, default=LGL)
    options.add_argument("--errors", type=int, default=0)
    args = options.parse_args()
    none = Weights(same_country=0, same_state=0, near=0, inside=0, votes=0, same_county=0)
    for label, weights in (("no context", none), ("all", None)):
        right, near, total = given_spans(args.path, weights)
        print(f"names given, {label:10} id {right:.3f}, within 161 km {near:.3f} of {total}")
    tally = end_to_end(args.path)
    for label, hits in (("found", tally.found), ("found and settled", tally.settled)):
        precision, recall, f1 = tally.f1(hits)
        print(f"end to end, {label:18} P {precision:.3f} R {recall:.3f} F1 {f1:.3f}")
    print(f"time: {tally.seconds / 588 * 1000:.1f} ms an article")
    for title, counted in tally.errors.items() if args.errors else ():
        print(f"-- {title}: {sum(counted.values())}")
        for words, count in counted.most_common(args.errors):
            print(f"   {count:3} {words}")


if __name__ == "__main__":
    main()
