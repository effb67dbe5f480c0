"""Names that begin as typed: places, programs, indicators, newspapers, the most frequent first."""

from __future__ import annotations

from typing import NamedTuple

from extractor.errors import UsageError
from extractor.fold import to_simplified
from extractor.search.condition import Condition, any_of
from extractor.search.filter import to_spellings
from extractor.search.place import escape
from extractor.store import Connection

MOST = 100
LONGEST = 100
FIELDS = ("place", "program", "indicator", "newspaper")


class Suggestion(NamedTuple):
    """`value`: what the option takes; `label`: what a reader sees; `facts`: how many there are (documents of a
    newspaper)."""

    value: str
    label: str
    facts: int


def suggest(connection: Connection, field: str, prefix: str, limit: int = 10) -> tuple[Suggestion, ...]:
    """Values of a field that begin with `prefix`. Raises UsageError."""
    if field not in FIELDS:
        raise UsageError(f"{field!r}: no suggestions for it; there are {', '.join(FIELDS)}")
    if not 1 <= limit <= MOST:
        raise UsageError(f"--limit {limit}: expected 1 to {MOST}")
    text = prefix.strip()
    if not text or len(text) > LONGEST or any("\ud800" <= c <= "\udfff" or c < " " for c in text):
        return ()
    if field == "place":
        return _suggest_places(connection, text, limit)
    if field == "indicator":
        return _suggest_indicators(connection, text, limit)
    if field == "program":
        source, column = "fact", "program_text"
    else:
        source, column = "document", "newspaper"
    inside = begins(connection, column, text)
    rows = connection.query(
        f"SELECT {column}, count(*) FROM {source} WHERE {column} IS NOT NULL AND {inside.sql} GROUP BY {column} "
        f"ORDER BY 2 DESC, 1 LIMIT {limit}",
        inside.values,
    )
    return tuple(Suggestion(name, name, number) for name, number in rows)


def begins(connection: Connection, column: str, text: str) -> Condition:
    """A column that begins with a text, as given or in simplified characters; SQLite reads the index's part for it."""
    if connection.dialect == "postgres":
        parts = [Condition(f"{column} LIKE ? ESCAPE '!'", (f"{escape(form)}%",)) for form in to_spellings(text)]
    else:
        last = chr(0x10FFFF)
        parts = [Condition(f"{column} >= ? AND {column} < ?", (form, form + last)) for form in to_spellings(text)]
    return any_of(parts)


def _suggest_places(connection: Connection, text: str, limit: int) -> tuple[Suggestion, ...]:
    inside = begins(connection, "p.name", text)
    rows = connection.query(
        "SELECT p.path, p.name, coalesce(sum(f.number), 0) FROM place p LEFT JOIN (SELECT place_pk, count(*) AS number "
        f"FROM fact GROUP BY place_pk) f ON f.place_pk = p.place_pk WHERE {inside.sql} GROUP BY p.path, p.name "
        f"ORDER BY 3 DESC, 1 LIMIT {limit}",
        inside.values,
    )
    return tuple(Suggestion(path or name, path or name, int(number)) for path, name, number in rows)


def _suggest_indicators(connection: Connection, text: str, limit: int) -> tuple[Suggestion, ...]:
    names = find_indicators(to_simplified(text))
    if not names:
        return ()
    marks = ",".join("?" * len(names))
    rows = connection.query(
        f"SELECT indicator_id, count(*) FROM fact WHERE indicator_id IN ({marks}) GROUP BY indicator_id "
        f"ORDER BY 2 DESC, 1 LIMIT {limit}",
        tuple(names),
    )
    return tuple(Suggestion(identity, names[identity], number) for identity, number in rows)


def find_indicators(text: str) -> dict[str, str]:
    """Ids and names of the indicators of which an id, a name or a form begins so."""
    from extractor.lexicon.table import active_overlay, read_table

    rows = read_table("indicator.tsv", active_overlay())
    return {
        row["id"]: row["name"] for row in rows if any(row[cell].startswith(text) for cell in ("id", "name", "form"))
    }
