"""Which names of the database a part of a name means: programs and indicators, folded as texts are."""

from __future__ import annotations

from extractor.search.condition import NONE, Condition
from extractor.search.match import build_inside_sentence
from extractor.search.term import squeeze
from extractor.store import Connection

MARKS = str.maketrans("", "", "“”‘’\"'《》〈〉「」『』")
# The index is stepped through from name to name: some thousand names take as long as a hundred thousand facts read.
PROGRAMS = """
WITH RECURSIVE name (text) AS (
    SELECT min(program_text) FROM fact WHERE program_text IS NOT NULL
    UNION ALL
    SELECT (SELECT min(program_text) FROM fact WHERE program_text > name.text) FROM name WHERE name.text IS NOT NULL
)
SELECT text FROM name WHERE text IS NOT NULL
"""


def find_programs(connection: Connection, text: str) -> list[str]:
    """The programs whose names hold a text; its quotation and book marks do not matter."""
    part = squeeze(text.translate(MARKS))
    return [name for (name,) in connection.query(PROGRAMS) if part in squeeze(name)] if part else []


def find_indicator_texts(connection: Connection, text: str) -> list[str]:
    """The indicators as printed that hold a text: an indicator stands in the sentence that proves it."""
    part, inside = squeeze(text), build_inside(connection, text)
    sql = f"SELECT DISTINCT f.indicator_text FROM fact f WHERE f.indicator_text IS NOT NULL AND {inside.sql}"
    return [name for (name,) in connection.query(sql, inside.values) if part in squeeze(name)]


def build_inside(connection: Connection, text: str) -> Condition:
    """The condition on row f of table fact that its sentence holds a text."""
    part = squeeze(text)
    return build_inside_sentence(connection, part) if part else NONE
