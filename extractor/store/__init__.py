"""Databases of facts: SQLite files and PostgreSQL, through one interface."""

from extractor.store.connection import Connection, open_connection
from extractor.store.document import to_document_rows
from extractor.store.migrate import check_current, migrate
from extractor.store.row import DocumentRows
from extractor.store.write import Writer

__all__ = [
    "Connection",
    "DocumentRows",
    "Writer",
    "check_current",
    "migrate",
    "open_connection",
    "to_document_rows",
]
