"""A source and a reading by hand."""

from __future__ import annotations

from decimal import Decimal

from extractor.model import (
    Article,
    Bounds,
    Fact,
    FactPlace,
    Period,
    Phrase,
    Place,
    Program,
    Published,
    Quantity,
    Reading,
    Sentence,
    Source,
)
from extractor.text import BodySpan, MappedText, Span

TITLE = "山乡修渠忙"
BODY = "青石乡今年实施“春雨”行动，修渠3.50公里，投资120万元。"


def wrap(width: int, pad: str = "") -> str:
    """A page with the title and the body in a column of `width` characters."""
    lines = [TITLE, *(BODY[at : at + width] for at in range(0, len(BODY), width))]
    return "\n".join(pad + line for line in lines) + "\n"


def source(text: str, doc: str = "a.txt", published: Published | None = None) -> Source:
    return Source(doc, text, "0" * 64, len(text.encode()), "utf-8", "text", published or Published(1958))


def mapped(text: str) -> MappedText:
    """Title and body of a wrapped page, layout undone."""
    pieces: list[Span | str] = []
    at = 0
    for number, line in enumerate(text.splitlines()):
        core = line.strip()
        begin = text.index(core, at)
        pieces.append(Span(begin, begin + len(core)))
        if number == 0:
            pieces.append("\n")
        at = begin + len(core)
    return MappedText.build(text, pieces)


def span(whole: str, part: str) -> BodySpan:
    start = whole.index(part)
    return BodySpan(start, start + len(part))


def quantity(whole: str, text: str, kind: str, value: str, unit: str, **more: object) -> Quantity:
    number = Decimal(value)
    values: dict[str, object] = {"dimension": None, "rule": "number", **more}
    return Quantity(span(whole, text), text, kind, Bounds(number, number, number, "exact"), unit, **values)  # type: ignore[arg-type]


def reading(text: str) -> Reading:
    body = mapped(text)
    whole = body.text
    title = BodySpan(0, len(TITLE))
    sentence = BodySpan(len(TITLE) + 1, len(whole))
    place = Place(span(whole, "青石乡"), "青石乡", None, None, "青石乡", "township", ("甲省", "青石乡"), "only")
    program = Program(span(whole, "“春雨”行动"), "春雨行动", "campaign", "head")
    period = Period(span(whole, "今年"), "今年", "1958-01-01", "1958-12-31", "year")
    length = quantity(
        whole,
        "3.50公里",
        "measure",
        "3.50",
        "公里",
        dimension="length",
        standard_factor=Decimal(1000),
        standard_unit="m",
    )
    money = quantity(whole, "120万元", "money", "1.20E+6", "CNY_1948")
    indicator = Phrase(span(whole, "渠"), "渠")
    facts = tuple(
        Fact(
            quantity=amount,
            sentence=sentence,
            indicator=indicator if amount is length else None,
            action=Phrase(span(whole, verb), verb),
            subject=None,
            place=FactPlace(place, "mention"),
            program=program,
            period=period,
            rule="verb_object",
            confidence=0.87654321,
        )
        for amount, verb in ((length, "修渠"), (money, "投资"))
    )
    article = Article(0, "news", body, (("title", title), ("body", sentence)), TITLE, None)
    return Reading(article, place, (Sentence(sentence, 1, "body"),), facts, (place,), (program,), (period,))
