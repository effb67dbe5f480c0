"""Tables, views and columns with their comments, as the migrations write them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

TABLE = re.compile(r"^CREATE (?P<kind>TABLE|VIEW) (?P<table>\w+) (?:\(|AS) -- (?P<comment>.+)$", re.MULTILINE)
COLUMN = re.compile(
    r"^    (?P<name>[a-z]\w*) (?P<type>[A-Z]+)(?P<rest>[^\n]*?),? -- (?P<comment>.+)$",
    re.MULTILINE,
)
ADDED = re.compile(
    r"^ALTER TABLE (?P<table>\w+) ADD COLUMN (?P<name>\w+) (?P<type>[A-Z]+)(?P<rest>[^\n]*?); -- (?P<comment>.+)$",
    re.MULTILINE,
)
REFERENCE = re.compile(r"REFERENCES (?P<table>\w+) \((?P<column>\w+)\)")
SELECT = re.compile(r"\bSELECT\s(?P<items>.+)\bFROM\s(?P<sources>.+)", re.DOTALL)
SOURCE = re.compile(r"(?:^|\bJOIN )(?P<table>\w+) (?P<alias>\w+)")
ITEM = re.compile(r"(?P<value>.*?)(?: AS (?P<name>\w+))?", re.DOTALL)
CELL = re.compile(r"\b(?P<alias>\w+)\.(?P<column>\w+)\b")
NOTE = re.compile(r"\bAS (?P<name>\w+),? -- (?P<comment>.+)$", re.MULTILINE)


class Column(NamedTuple):
    name: str
    type: str  # SQLite's
    null: bool
    comment: str
    references: tuple[str, str] | None = None  # table and column


class Table(NamedTuple):
    name: str
    kind: str  # TABLE or VIEW
    comment: str
    columns: tuple[Column, ...]


def find_tables(sql: str, known: Mapping[str, Table]) -> list[Table]:
    """The tables and views that a migration makes or gives columns; `known`: those made before, which views read."""
    found: dict[str, Table] = {}
    for head in TABLE.finditer(sql):
        body = sql[head.end() : sql.index(";\n", head.end())]
        columns = _find_columns(body) if head["kind"] == "TABLE" else _find_view_columns(body, {**known, **found})
        found[head["table"]] = Table(head["table"], head["kind"], head["comment"], tuple(columns))
    for match in ADDED.finditer(sql):
        table = found.get(match["table"]) or known[match["table"]]
        column = Column(match["name"], match["type"], "NOT NULL" not in match["rest"], match["comment"])
        found[table.name] = table._replace(columns=(*table.columns, column))
    return list(found.values())


def _find_columns(body: str) -> Iterator[Column]:
    for match in COLUMN.finditer(body):
        rest = match["rest"]
        reference = REFERENCE.search(rest)
        null = "NOT NULL" not in rest and "PRIMARY KEY" not in rest
        target = (reference["table"], reference["column"]) if reference else None
        yield Column(match["name"], match["type"], null, match["comment"], target)


def _find_view_columns(body: str, tables: Mapping[str, Table]) -> Iterator[Column]:
    """A column of a view is described as the column that it shows; an expression by a note behind it, its type is that
    of the column that it names last."""
    notes = {note["name"]: note["comment"] for note in NOTE.finditer(body)}
    select = SELECT.search(re.sub(r" --.*$", "", body, flags=re.MULTILINE))
    if select is None:
        return
    sources = {match["alias"]: tables[match["table"]] for match in SOURCE.finditer(select["sources"])}
    outer = set(re.findall(r"\bLEFT JOIN \w+ (\w+)", select["sources"]))
    for text in select["items"].split(","):
        item = ITEM.fullmatch(text.strip())
        cells = list(CELL.finditer(item["value"])) if item else []
        if item is None or not cells:
            continue
        alias, name = cells[-1]["alias"], cells[-1]["column"]
        column = next(column for column in sources[alias].columns if column.name == name)
        plain = cells[-1][0] == item["value"]
        shown = item["name"] or name
        null = column.null or alias in outer or not plain
        yield Column(shown, column.type, null, notes.get(shown, column.comment if plain else ""))
