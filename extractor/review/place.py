"""A place as a reviewer writes it to a record's value."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from extractor.errors import RecordError, UsageError
from extractor.store import Connection
from schemas import FactRecord

CODE = re.compile(r"[0-9]{6}(?:[0-9]{3}){0,2}")
OPEN = 9_998  # a year in which what stands today stands
FIELDS = ("adcode", "place_id", "name", "level", "path")


def find_place_value(connection: Connection, given: Any, fact: FactRecord) -> dict[str, Any] | None:
    """The place of a name, a path (山东省/济宁市), a code or a record's value. Raises RecordError where it names
    none or several."""
    if given is None or given == "":
        return None
    if isinstance(given, Mapping):
        if set(given) == {"adcode"}:
            return find_place_value(connection, given["adcode"], fact)
        return {"place_id": None, "basis": _find_basis(str(given.get("name")), fact), **given}
    text = str(given).strip()
    found = _find_known(connection, text) or _find_listed(text, fact)
    if len(found) != 1:
        what = "is several places" if found else "is no place that is known"
        raise RecordError(f"place: {text} {what}; write its code, or its path such as 山东省/济宁市/金乡县")
    return {**found[0], "basis": _find_basis(found[0]["name"], fact)}


def _find_known(connection: Connection, text: str) -> list[dict[str, Any]]:
    """Places that the database names already, by code, path or name."""
    sql = f"SELECT DISTINCT {', '.join(FIELDS)} FROM place WHERE adcode = ? OR path = ? OR name = ?"
    rows = [dict(zip(FIELDS, row, strict=True)) for row in connection.query(sql, (text, text, text))]
    return [{**row, "path": tuple(row["path"].split("/")) if row["path"] else ()} for row in rows]


def _find_listed(text: str, fact: FactRecord) -> list[dict[str, Any]]:
    """Divisions of the gazetteer, by the code of the fact's year."""
    from extractor.gazetteer import load_gazetteer
    from extractor.search.place import resolve_place

    gazetteer = load_gazetteer()
    period = fact.period.end_date if fact.period else None
    year = int(period[:4]) if period else OPEN
    if CODE.fullmatch(text):
        division = gazetteer.by_code(text, year) or gazetteer.by_code(text)
        return [] if division is None else [_to_value(division, year)]
    try:
        identities = resolve_place(text).identities
    except UsageError as error:
        raise RecordError(str(error).removeprefix("--")) from error
    latest = [gazetteer.periods[identity][-1] for identity in identities]
    standing = [
        division
        for identity in identities
        for division in gazetteer.periods[identity]
        if division.valid_from <= year < division.valid_to
    ]
    return [_to_value(division, year) for division in standing or latest]


def _to_value(division: Any, year: int) -> dict[str, Any]:
    from extractor.gazetteer import load_gazetteer

    gazetteer = load_gazetteer()
    return {
        "adcode": division.adcode,
        "place_id": gazetteer.place_id(division.identity),
        "name": division.name,
        "level": division.level,
        "path": tuple(part.name for part in gazetteer.path(division, year)),
    }


def _find_basis(name: str, fact: FactRecord) -> str:
    short = name[:-1] if len(name) > 2 else name
    return "mention" if short in fact.evidence.text else "article"
