"""`govfacts export`: a database to files."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from extractor.cli.main import OK

FORMATS = ("parquet", "csv", "jsonl", "xlsx")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        "Writes the database's tables (facts, articles, places, programs, periods, sources, failures) to a folder, "
        "with manifest.json (rows, sha256, columns, runs) and a Frictionless datapackage.json."
    )
    parser.add_argument("--db", metavar="DB", required=True, help="SQLite file or postgresql:// address")
    parser.add_argument("--format", choices=FORMATS, default="parquet", help="format of the files (default: parquet)")
    parser.add_argument("--out", metavar="DIR", type=Path, required=True, help="folder, made where it is not there")
    parser.add_argument("--bom", action="store_true", help="CSV with a byte order mark, which Excel needs")


def run(arguments: argparse.Namespace) -> int:
    """Exit status 0; errors are raised."""
    from extractor.export import export_database
    from extractor.store import check_current, open_connection

    connection = open_connection(arguments.db)
    try:
        check_current(connection)
        files = export_database(connection, arguments.format, arguments.out, mark=arguments.bom)
    finally:
        connection.close()
    for file in files:
        rows = ", ".join(f"{rows} {table.name}" for table, rows in file.tables)
        print(f"{file.path}: {rows}", file=sys.stderr)
    return OK
