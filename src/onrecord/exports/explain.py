"""Why an item is in the record: its words, where they stand, and the rule or head that put it there."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from onrecord.record import Item, Record, Span


class RuleText(msgspec.Struct, frozen=True, kw_only=True):
    """A rule as its file has it: `lang/en/figures.toml`, the pattern, and the examples that it is tested on."""

    file: str
    pattern: str
    examples: tuple[str, ...] = ()


def explain(record: Record, id: str, rule: RuleText | None = None) -> str:
    """The item with that id in full, with each stretch of its words in the text and in the original's bytes.

    Raises KeyError where the record has no such item.
    """
    item = record[id]
    lines = [f"{item.id}  {type(item).__name__}", *_fields(item), "", "Words"]
    lines += [f"  {_stretch(record, span)}" for span in _spans(item)]
    score = "" if item.basis.score is None else f", score {item.basis.score:.2f}"
    lines += ["", "Basis", f"  {item.basis.by} “{item.basis.name}”{score}"]
    if rule:
        lines += [f"  {rule.file}", f"  pattern   {rule.pattern}"]
        lines += [f"  example   {example}" for example in rule.examples]
    return "\n".join(lines) + "\n"


def _fields(item: Item) -> Iterator[str]:
    """The values of an item that are not spans, one a line, empty ones left out."""
    for name, value in msgspec.to_builtins(item).items():
        if name in ("id", "basis", "span", "mentions", "cue", "content") or value in (None, (), [], False):
            continue
        yield f"  {name:<12}{_value(value)}"


def _value(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{k} {_value(v)}" for k, v in value.items() if v not in (None, (), []))
    if isinstance(value, list | tuple):
        return "; ".join(_value(one) for one in value)
    return str(value)


def _spans(item: Item) -> list[Span]:
    """Every span of an item, in order, each once."""
    found: set[Span] = set()

    def walk(value: object) -> None:
        if isinstance(value, Span):
            found.add(value)
        elif isinstance(value, tuple):
            for one in value:
                walk(one)
        elif isinstance(value, msgspec.Struct):
            for field in value.__struct_fields__:
                walk(getattr(value, field))

    walk(item)
    return sorted(found)


def _stretch(record: Record, span: Span) -> str:
    start, end = record.report.source_of(span)
    words = " ".join(record.report.words(span).split())
    return f"[{span.start}, {span.end}) of the text, bytes [{start}, {end}) of the original: “{words}”"
