"""Articles printed more than once."""

from __future__ import annotations

from extractor.store import Connection

FIRST = "ORDER BY a.published IS NULL, a.published, d.doc, d.part, a.ordinal"


def mark_duplicates(connection: Connection) -> int:
    """Sets duplicate_of of every article that an earlier one (by date, then by name) has the content of, and counts
    its facts no more; clears what no longer holds. The number of duplicates."""
    rows = connection.query(
        f"SELECT a.article_pk, a.article_id, a.duplicate_of FROM article a "
        f"JOIN document d ON d.document_pk = a.document_pk {FIRST}"
    )
    first: set[str] = set()
    changed: list[tuple[str | None, int]] = []
    count = 0
    for number, identity, marked in rows:
        wanted = identity if identity in first else None
        first.add(identity)
        count += wanted is not None
        if wanted != marked:
            changed.append((wanted, number))
    with connection.transaction():
        for wanted, number in changed:
            connection.execute("UPDATE article SET duplicate_of = ? WHERE article_pk = ?", (wanted, number))
            connection.execute(
                "UPDATE fact SET counted = CASE WHEN ? OR repeat_of IS NOT NULL THEN 0 ELSE 1 END WHERE article_pk = ?",
                (wanted is not None, number),
            )
    return count
