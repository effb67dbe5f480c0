"""What a database already holds of some documents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extractor.store.connection import Connection

SIZE = 400  # names asked for at once


class State(NamedTuple):
    """`digest`: of the run that read it (version, tables, settings); None for a failure. `failed`: sha256 is the
    failed content's, None where it could not be opened."""

    sha256: str | None
    digest: str | None
    failed: bool = False


class Known(NamedTuple):
    """By document name and part."""

    documents: dict[tuple[str, int], State]
    failures: dict[tuple[str, int], State]


def find_known(connection: Connection, names: Sequence[str]) -> Known:
    """All parts and failures of the documents of these names."""
    known = Known({}, {})
    for at in range(0, len(names), SIZE):
        some = names[at : at + SIZE]
        marks = ",".join("?" * len(some))
        rows = connection.query(
            "SELECT d.doc, d.part, d.sha256, r.digest FROM document d JOIN run r ON r.run_pk = d.run_pk "
            f"WHERE d.doc IN ({marks})",
            some,
        )
        known.documents.update({(doc, part): State(sha256, digest) for doc, part, sha256, digest in rows})
        failed = connection.query(f"SELECT doc, part, sha256 FROM failure WHERE doc IN ({marks})", some)
        known.failures.update({(doc, part): State(sha256, None, True) for doc, part, sha256 in failed})
    return known


def find_failed(connection: Connection) -> Iterator[str]:
    """Names of the documents that failed."""
    for (doc,) in connection.query("SELECT DISTINCT doc FROM failure ORDER BY doc"):
        yield doc


def find_stale(connection: Connection, digest: str) -> Iterator[str]:
    """Names of the documents that were read with another version, other tables or settings."""
    for (doc,) in connection.query(
        "SELECT DISTINCT d.doc FROM document d JOIN run r ON r.run_pk = d.run_pk WHERE r.digest <> ? ORDER BY d.doc",
        (digest,),
    ):
        yield doc
