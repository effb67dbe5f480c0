"""What was exported: manifest.json with rows and digests, and the same as a Frictionless datapackage.json."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from extractor.export.table import Table
from extractor.version import VERSION

FRICTIONLESS = {
    "text": "string",
    "label": "string",
    "date": "date",
    "integer": "integer",
    "number": "number",
    "decimal": "number",
    "flag": "boolean",
}
MEDIA = {
    "csv": "text/csv",
    "jsonl": "application/jsonl",
    "parquet": "application/vnd.apache.parquet",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class File(NamedTuple):
    """A file that was written. `tables`: name and rows of what it holds."""

    path: Path
    format: str
    tables: Sequence[tuple[Table, int]]


def write_manifest(
    folder: Path, database: str, runs: Sequence[str], files: Sequence[File], search: Mapping[str, Any] | str | None
) -> None:
    """manifest.json and datapackage.json."""
    entries: list[dict[str, Any]] = []
    resources: list[dict[str, Any]] = []
    for file in files:
        with file.path.open("rb") as data:
            digest = hashlib.file_digest(data, "sha256").hexdigest()
        size = file.path.stat().st_size
        entries.append(
            {
                "file": file.path.name,
                "format": file.format,
                "sha256": digest,
                "bytes": size,
                "tables": [
                    {
                        "name": table.name,
                        "rows": rows,
                        "columns": [{"name": c.name, "type": c.type} for c in table.columns],
                    }
                    for table, rows in file.tables
                ],
            }
        )
        for table, rows in file.tables:
            fields = [{"name": c.name, "type": FRICTIONLESS[c.type], "description": c.comment} for c in table.columns]
            resource: dict[str, Any] = {
                "name": table.name,
                "path": file.path.name,
                "format": file.format,
                "mediatype": MEDIA[file.format],
                "encoding": "utf-8",
                "bytes": size,
                "hash": f"sha256:{digest}",
                "rows": rows,
                "schema": {"fields": fields},
            }
            if file.format == "xlsx":
                resource["dialect"] = {"sheet": table.name}
            resources.append(resource)
    manifest = {"govfacts": VERSION, "database": database, "search": search, "runs": list(runs), "files": entries}
    package = {"profile": "data-package", "name": "govfacts", "version": VERSION, "resources": resources}
    for name, content in (("manifest.json", manifest), ("datapackage.json", package)):
        (folder / name).write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", "utf-8")
