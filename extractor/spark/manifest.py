"""manifest.json: what a job wrote, in rows, bytes and digests."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

from pyspark.sql import SparkSession
from pyspark.sql import functions as F

from extractor.export.table import list_tables
from extractor.spark.folder import Folder
from extractor.spark.item import to_doc
from extractor.spark.output import PREFIX, to_partition
from extractor.version import VERSION
from schemas import RunRecord

NAME = "manifest.json"


def write_manifest(
    spark: SparkSession, folder: Folder, record: RunRecord, rows: Mapping[str, int], by: str | None
) -> None:
    """Writes it. The digests are taken of the files as they lie there."""
    files = find_files(spark, folder)
    tables: list[dict[str, Any]] = []
    for table in list_tables():
        parted = by is not None and rows[table.name] > 0 and to_partition(table, by) is not None
        tables.append(
            {
                "name": table.name,
                "rows": rows[table.name],
                "partition": f"{PREFIX}{by}" if parted else None,
                "columns": [{"name": column.name, "type": column.type} for column in table.columns],
                "files": [entry for entry in files if entry["file"].startswith(f"{table.name}/")],
            }
        )
    manifest = {
        "govfacts": VERSION,
        "runs": [record.run_id],
        "run": record.model_dump(mode="json", exclude={"record", "doc"}),
        "format": "parquet",
        "tables": tables,
    }
    folder.write(NAME, json.dumps(manifest, ensure_ascii=False, indent=2) + "\n")


def find_files(spark: SparkSession, folder: Folder) -> list[dict[str, Any]]:
    """File, rows, bytes and sha256 of all tables' files, in the order of their names."""
    paths = [folder.to_path(table.name) for table in list_tables()]
    root = find_root(folder)
    files = spark.read.format("binaryFile").option("recursiveFileLookup", True).load(paths)
    told = files.select("path", "length", F.sha2("content", 256)).collect()
    read = spark.read.schema("doc string").option("recursiveFileLookup", True).parquet(*paths)
    counted = read.select(F.col("_metadata.file_path").alias("path")).groupBy("path").count().collect()
    rows = {to_doc(unquote(name)): int(count) for name, count in counted}
    entries = [
        {
            "file": to_doc(name).removeprefix(root),
            "rows": rows.get(to_doc(name), 0),
            "bytes": size,
            "sha256": digest,
        }
        for name, size, digest in told
    ]
    return sorted(entries, key=lambda entry: str(entry["file"]))


def find_root(folder: Folder) -> str:
    """What the addresses of the files begin with."""
    return to_doc(folder.to_absolute()).rstrip("/") + "/"
