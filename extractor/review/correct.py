"""Corrected fields to a whole record, by the same models and rules as the machine's."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from extractor.errors import RecordError
from extractor.model import Bounds, Quantity
from extractor.record.value import to_amount, to_plain, to_standard, to_yuan
from extractor.review.place import find_place_value
from extractor.review.sentence import Sentence
from extractor.text import BodySpan
from schemas import FactRecord, TextSpan
from schemas.review import Correction

if TYPE_CHECKING:
    from extractor.mention.unit import Unit

SPANS = ("indicator", "action", "subject", "program", "period", "base")
DERIVED = ("value_cny", "standard_value", "standard_unit", "amount", "amount_unit", "dimension")
ENDS = ("start_char", "end_char")
Plain = dict[str, Any]


def correct(fact: FactRecord, given: Mapping[str, Any], sentence: Sentence) -> FactRecord:
    """The fact with fields as people give them: whole values as records hold them, or only what differs of one; a text
    alone for a span, found in the sentence; a name or a code for a place. Raises RecordError."""
    unknown = [name for name in given if name not in Correction.model_fields]
    if unknown:
        raise RecordError(f"{unknown[0]}: cannot be corrected; there are {', '.join(Correction.model_fields)}")
    values = fact.model_dump()
    for name in SPANS:
        if name in given:
            values[name] = _to_span(name, given[name], values[name], sentence)
    if given.get("quantity", given) is None or given.get("kind", given) is None:
        raise RecordError("quantity, kind: no fact is without them; reject it")
    if "quantity" in given or "kind" in given:
        kind, quantity = given.get("kind"), given.get("quantity")
        values["kind"], values["quantity"] = _to_quantity(values, kind, quantity, sentence)
    if "place" in given:
        values["place"] = find_place_value(sentence.connection, given["place"], fact)
    if "indicator" in given and "indicator_id" not in given:
        values["indicator_id"] = _find_indicator(values["indicator"])
    for name in ("indicator_id", "part_of"):
        if name in given:
            values[name] = given[name]
    corrected = to_record(values)
    check(corrected, fact, sentence)
    return corrected


def to_record(values: Plain) -> FactRecord:
    """Validates; raises RecordError that names the field."""
    try:
        return FactRecord.model_validate(values)
    except ValidationError as error:
        reason = error.errors()[0]
        where = ".".join(map(str, reason["loc"]))
        raise RecordError(f"{where}: {reason['msg']}") from error


def check(fact: FactRecord, before: FactRecord | None, sentence: Sentence) -> None:
    """Raises RecordError where a span that differs from `before` does not hold its text, or numbers contradict."""
    for name in ("quantity", *SPANS):
        part: TextSpan | None = getattr(fact, name)
        old: TextSpan | None = None if before is None else getattr(before, name)
        if part is not None and (old is None or _where(part) != _where(old)):
            sentence.check(name, part)
    evidence, quantity = fact.evidence, fact.quantity
    if not evidence.start_char <= quantity.start_char < quantity.end_char <= evidence.end_char:
        raise RecordError("quantity: stands outside the sentence that proves the fact")
    low, value, high = (
        None if x is None else Decimal(x) for x in (quantity.min_value, quantity.value, quantity.max_value)
    )
    known = [number for number in (low, value, high) if number is not None]
    if known != sorted(known):
        raise RecordError("quantity: min_value, value and max_value are not in order")
    if not known:
        raise RecordError("quantity: neither a value nor a bound")


def _where(part: TextSpan) -> tuple[str, int, int]:
    return part.text, part.start_char, part.end_char


def find_changes(fact: FactRecord, base: FactRecord | None, *, part_of: bool = True) -> Correction | None:
    """The fields that differ from the machine's record; None where none does. All of them without one. `part_of`:
    whether the total is compared: its id changes with the verdicts on it."""
    names = [name for name in Correction.model_fields if base is None or getattr(fact, name) != getattr(base, name)]
    names = [name for name in names if part_of or name != "part_of"]
    return Correction(**{name: getattr(fact, name) for name in names}) if names else None


def _to_span(name: str, given: Any, before: Plain | None, sentence: Sentence) -> Plain | None:
    if given is None or given == "":
        return None
    change = {"text": given} if isinstance(given, str) else given
    if not isinstance(change, Mapping):
        raise RecordError(f"{name}: expected a text, an object or null")
    value = {**(before or {}), **change}
    if "text" in change and not all(end in change for end in ENDS):
        if not isinstance(change["text"], str):
            raise RecordError(f"{name}.text: expected a text")
        if before is None or change["text"] != before["text"]:
            near = sentence.evidence.start_char if before is None else before["start_char"]
            value.update(zip(ENDS, sentence.find(name, change["text"], near), strict=True))
            if name == "period":
                value.update({date: change.get(date) for date in ("start_date", "end_date")})
    if name == "program":
        value.setdefault("type", "project")
    if name == "period":
        value = {"start_date": None, "end_date": None, **value}
    return value


def _to_quantity(values: Plain, kind: Any, given: Any, sentence: Sentence) -> tuple[Any, Plain]:
    """The kind and the whole quantity: what is not given is read from the text, or follows from what is."""
    before: Plain = values["quantity"]
    if given is not None and not isinstance(given, str | Mapping):
        raise RecordError("quantity: expected a text or an object")
    change = {"text": given} if isinstance(given, str) else dict(given or {})
    value = {**before, **change}
    if "text" in change and change["text"] != before["text"]:
        if not all(end in change for end in ENDS):
            value.update(zip(ENDS, sentence.find("quantity", str(change["text"]), before["start_char"]), strict=True))
        read = read_quantity(str(change["text"]))
        if read is not None:
            value = {**value, **{n: v for n, v in read.items() if n not in change and n not in ("kind", "text", *ENDS)}}
            kind = kind or read["kind"]
        elif not {"value", "min_value", "max_value"} & change.keys():
            raise RecordError(f"quantity: {change['text']} is not read as one; give its value, modifier and unit")
    kind = kind or values["kind"]
    if {"value", "modifier"} & change.keys() and not {"min_value", "max_value"} & change.keys():
        value.update(to_bounds(value["value"], value["modifier"]))
    if {"value", "min_value", "max_value", "unit"} & change.keys() or kind != values["kind"]:
        value.update({n: v for n, v in derive(kind, value).items() if n not in change})
    return kind, value


def read_quantity(text: str) -> Plain | None:
    """What the machine makes of a quantity's text alone, with its kind; None where it is none to it."""
    from extractor.pipeline import read_articles
    from extractor.read import read_text
    from extractor.record import to_records
    from extractor.settings import Settings

    settings = Settings()
    source = read_text(text, "-", settings)
    facts = [fact for fact in to_records(source, read_articles(source, settings)).facts if fact.quantity.text == text]
    return {**facts[0].quantity.model_dump(), "kind": facts[0].kind} if len(facts) == 1 else None


def to_bounds(value: str | None, modifier: str) -> Plain:
    """The bounds that a modifier gives a value where nobody says others."""
    low = value if modifier in ("exact", "more_than", "equal_or_more") else None
    high = value if modifier in ("exact", "less_than", "equal_or_less") else None
    return {"min_value": low, "max_value": high}


def find_unit(name: str) -> Unit | None:
    """A canonical unit; None where the tables have none of this name."""
    from extractor.lexicon.table import active_overlay
    from extractor.mention.unit import load_units

    units = load_units(active_overlay())
    return next((unit for unit in (*units.after.values(), *units.before.values()) if unit.unit == name), None)


def derive(kind: str, value: Plain) -> Plain:
    """What follows from kind, numbers and unit: today's yuan, the standard unit, the amount to compare by."""
    unit = find_unit(value["unit"])
    same = unit is not None and unit.kind == kind
    number, low, high = (_to_number(name, value[name]) for name in ("value", "min_value", "max_value"))
    quantity = Quantity(
        span=BodySpan(0, 1),
        text=value["text"],
        kind=kind,
        bounds=Bounds(number, low, high, value["modifier"]),
        unit=value["unit"],
        dimension=unit.dimension if unit is not None and same and kind == "measure" else None,
        rule="review",
        standard_factor=unit.factor if unit is not None and same else None,
        standard_unit=unit.standard_unit if unit is not None and same else None,
    )
    amount, amount_unit = to_amount(quantity)
    return {
        "value_cny": to_plain(to_yuan(quantity)),
        "standard_value": to_plain(to_standard(quantity)),
        "standard_unit": quantity.standard_unit,
        "amount": to_plain(amount),
        "amount_unit": amount_unit,
        "dimension": (quantity.dimension or "other") if kind == "measure" else None,
    }


def _to_number(name: str, text: Any) -> Decimal | None:
    from decimal import InvalidOperation

    if text is None:
        return None
    try:
        number = Decimal(text) if isinstance(text, str) else None
    except InvalidOperation:
        number = None
    if number is None or not number.is_finite():
        raise RecordError(f"quantity.{name}: {text} is no plain decimal")
    return number


def _find_indicator(span: Plain | None) -> str | None:
    from extractor.fold import to_simplified
    from extractor.search.filter import find_indicator

    return None if span is None else find_indicator(to_simplified(span["text"]))
