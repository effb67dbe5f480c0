"""One job: inputs on any Hadoop file system to the tables of an export."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from extractor.errors import UsageError
from extractor.export.table import list_tables
from extractor.record import to_run_record
from extractor.settings import Settings
from extractor.spark.folder import WORK, Folder
from extractor.spark.listing import LARGEST, Listing, find_items
from extractor.spark.manifest import write_manifest
from extractor.spark.output import find_partitions, to_articles, to_rows, to_staging, write_table
from extractor.spark.reprint import find_marks
from extractor.spark.session import with_conf
from extractor.spark.staging import INPUT
from extractor.spark.worker import Worker
from schemas import RunRecord

FORMS = ("files", "jsonl", "parquet")
CELLS = {"files": 100, "jsonl": 2_000, "parquet": 2_000}  # rows that Spark hands over at once, within CELL_BYTES
CELL_BYTES = 32 << 20


@dataclass(frozen=True, slots=True)
class Options:
    """How a job works. `form`: files (any format that govfacts run reads, each file whole), jsonl or parquet (split
    among tasks). `date`: publication date of all inputs. `by`: column that the tables are partitioned by, or None.
    `pattern`: of the names of files below folders. `task_bytes`: of input in a task."""

    form: str = "files"
    date: str | None = None
    by: str | None = "year"
    pattern: str | None = None
    overwrite: bool = False
    task_bytes: int = 16_000_000  # two to three minutes' work of a core: little is lost with an executor


@dataclass(slots=True)
class Summary:
    """What a job did. `rows`: of each table; `duplicates`: articles printed before."""

    run_id: str
    rows: dict[str, int] = field(default_factory=dict)
    duplicates: int = 0
    seconds: float = 0.0


def run_job(spark: SparkSession, inputs: Sequence[str], out: str, settings: Settings, options: Options) -> Summary:
    """Reads the inputs and writes the tables to the folder `out` with manifest.json, which comes last.

    What cannot be read is a row of `failures`. Raises UsageError, UnreadableError on an input that is not there,
    ExportError where the folder refuses.
    """
    check_options(options)
    begin = time.monotonic()
    if not inputs:
        raise UsageError("no input: name files, folders or patterns on any file system that Hadoop knows")
    record = to_record(settings, options.date)
    tables = read_tables(settings.lexicon)
    summary = Summary(record.run_id)
    folder = Folder(spark, out)
    with with_conf(spark, to_conf(spark, options)):
        listing = find_items(spark, inputs, options.form, settings, options.pattern)
        folder.begin(overwrite=options.overwrite)
        worker = Worker(options.form, replace(settings, lexicon=None), options.date, record, tables, listing.starts)
    try:
        with with_conf(spark, to_conf(spark, options)):
            staged = stage(listing, worker, folder)
        with with_conf(spark, {"spark.sql.caseSensitive": "true"}):
            write_tables(staged, listing.files, folder, record, summary, options.by)
    finally:
        folder.remove(WORK)
    write_manifest(spark, folder, record, summary.rows, options.by)
    summary.seconds = time.monotonic() - begin
    return summary


def write_tables(
    staged: DataFrame, files: DataFrame, folder: Folder, record: RunRecord, summary: Summary, by: str | None
) -> None:
    """All tables from the rows of all documents; `summary` is filled."""
    marks = find_marks(to_articles(staged), folder.keep)
    lost = folder.keep(find_lost(files, staged, record), "lost")
    summary.duplicates = marks.count()
    counts = {row["name"]: int(row["count"]) for row in staged.groupBy("name").count().collect()}
    for table in list_tables():
        rows, size = to_rows(staged, table, marks), counts.get(table.name, 0)
        if table.name == "failures":
            rows, size = rows.unionByName(lost), size + lost.count()
        write_table(rows, table, folder.to_path(table.name), by, size=size)
        summary.rows[table.name] = size


def check_options(options: Options) -> None:
    """Raises UsageError."""
    if options.form not in FORMS:
        raise UsageError(f"format {options.form}: expected {', '.join(FORMS)}")
    if options.by is not None and options.by not in find_partitions():
        raise UsageError(f"partition by {options.by}: expected {', '.join(find_partitions())} or none")
    if options.task_bytes < 1:
        raise UsageError(f"task bytes {options.task_bytes}: expected 1 or more")


def to_record(settings: Settings, date: str | None) -> RunRecord:
    """Provenance of this run, with an id of its own."""
    record = to_run_record(settings, time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), date)
    unique = hashlib.sha256(f"{record.run_id} {time.time_ns()} {os.getpid()}".encode()).hexdigest()[:16]
    return record.model_copy(update={"run_id": unique})


def read_tables(folder: Path | None) -> dict[str, bytes]:
    """A user's lexicon tables, which travel with the worker."""
    return {} if folder is None else {path.name: path.read_bytes() for path in sorted(folder.glob("*.tsv"))}


def to_conf(spark: SparkSession, options: Options) -> dict[str, str]:
    """Settings of the session while the job runs."""
    return {
        "spark.sql.execution.arrow.maxRecordsPerBatch": str(CELLS[options.form]),
        "spark.sql.execution.arrow.maxBytesPerBatch": str(CELL_BYTES),
        "spark.sql.files.maxPartitionBytes": str(options.task_bytes),
        "spark.sql.files.openCostInBytes": "16384",
        # both passes over JSON Lines split alike, also where executors come and go
        "spark.sql.files.minPartitionNum": str(spark.sparkContext.defaultParallelism),
        "spark.sql.session.timeZone": "Asia/Shanghai",  # in which a time of publication becomes a day
        "spark.sql.caseSensitive": "true",  # columns of Parquet
    }


def stage(listing: Listing, worker: Worker, folder: Folder) -> DataFrame:
    """All rows of all tables, written down once."""
    path = folder.to_path(WORK, "rows")
    listing.frame.mapInArrow(worker, to_staging()).write.partitionBy("name").parquet(path)
    return folder.spark.read.schema(to_staging()).parquet(path)


def find_lost(files: DataFrame, staged: DataFrame, record: RunRecord) -> DataFrame:
    """Failures of the files that Spark did not give whole to any task."""
    seen = staged.where(F.col("name") == INPUT).groupBy("file").agg(F.sum("items").alias("seen"))
    short = files.join(seen, F.col("doc") == F.col("file"), "left").where("coalesce(seen, 0) < items")
    large = F.col("bytes") > LARGEST
    empty = F.col("bytes") == 0
    error = F.when(empty, "UndecodableError").when(large & F.col("seen").isNull(), "OversizedError")
    message = F.when(empty, "the input is empty").when(
        large & F.col("seen").isNull(), f"more than {LARGEST} bytes, too many to be read whole"
    )
    lost = F.format_string(
        "%d of %d rows could not be read (damaged, changed meanwhile or not permitted)",
        F.col("items") - F.coalesce("seen", F.lit(0)),
        "items",
    )
    cells = {
        "doc": F.col("doc"),
        "part": F.lit(1).cast("bigint"),
        "stage": F.lit("open"),
        "error": F.coalesce(error, F.lit("UnreadableError")),
        "message": F.coalesce(message, lost),
        "tries": F.lit(1).cast("bigint"),
        "run_id": F.lit(record.run_id),
    }
    (table,) = [table for table in list_tables() if table.name == "failures"]
    return short.select([cells[column.name].alias(column.name) for column in table.columns])
