"""What there is to read: the rows that the executors take, and how many each file has."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import unquote

from pyspark.errors import AnalysisException
from pyspark.sql import Column, DataFrame, SparkSession
from pyspark.sql import functions as F
from pyspark.sql.types import StringType, StructType

from extractor.errors import UnreadableError, UsageError
from extractor.read.row import ROLES, find_missing, fold_name, usual_names
from extractor.settings import Settings
from extractor.spark.item import to_doc

LARGEST = 1_000_000_000  # bytes of a file that is held as a whole: Java's arrays and Arrow's cells end at 2 GiB
FILES = "doc string, bytes bigint, items bigint"


class Listing(NamedTuple):
    """`frame`: rows for a Worker. `files`: name, size and number of rows of each file. `starts` as in Worker."""

    frame: DataFrame
    files: DataFrame
    starts: dict[tuple[str, int], int]


def find_items(
    spark: SparkSession, paths: Sequence[str], form: str, settings: Settings, pattern: str | None
) -> Listing:
    """The rows of the inputs. `pattern`: of the names of files below folders.

    Raises UnreadableError on an input that is not there, UsageError on a table without a column of texts.
    """
    try:
        reader = _Reader(spark, paths, pattern)
        sizes = find_sizes(reader)
        starts: dict[tuple[str, int], int] = {}
        if form == "files":
            frame, counts = _find_files(reader, sizes), dict.fromkeys(sizes, 1)
        elif form == "jsonl":
            frame, counts, starts = _find_lines(reader)
        else:
            frame, counts = _find_rows(reader, settings)
    except AnalysisException as error:
        told = error.getMessageParameters() or {}
        if error.getCondition() == "PATH_NOT_FOUND":
            raise UnreadableError(to_doc(told.get("path", "input")), "no such file") from error
        raise UnreadableError(", ".join(paths), " ".join(str(error).split("\n")[0].split())) from error
    # a file without rows is expected to have one, so that it is missed
    files = [(doc, size, max(counts.get(doc, 0), 1)) for doc, size in sorted(sizes.items())]
    return Listing(frame, spark.createDataFrame(files, FILES), starts)


class _Reader(NamedTuple):
    """Reads the inputs as what a source of Spark makes of them."""

    spark: SparkSession
    paths: Sequence[str]
    pattern: str | None

    def read(self, form: str, **options: str | bool) -> DataFrame:
        """Damaged files are skipped here: what is missing at the end becomes a failure."""
        reader = self.spark.read.options(recursiveFileLookup=True, ignoreCorruptFiles=True, **options)
        if self.pattern is not None:
            reader = reader.option("pathGlobFilter", self.pattern)
        return reader.format(form).load(list(self.paths))


def find_sizes(reader: _Reader) -> dict[str, int]:
    """Bytes of each file by its name. Spark gives no rows of empty ones, but has them in its list."""
    loaded = reader.read("binaryFile")
    sizes = {to_doc(unquote(path)): 0 for path in loaded.inputFiles()}
    sizes.update((to_doc(path), size) for path, size in loaded.select("path", "length").collect())
    return sizes


def _find_files(reader: _Reader, sizes: dict[str, int]) -> DataFrame:
    loaded = reader.read("binaryFile").where(F.col("length").between(1, LARGEST)).select("path", "content")
    empty = [(doc, b"") for doc, size in sizes.items() if not size]
    return loaded.unionByName(reader.spark.createDataFrame(empty, "path string, content binary")) if empty else loaded


def _find_lines(reader: _Reader) -> tuple[DataFrame, dict[str, int], dict[tuple[str, int], int]]:
    frame = reader.read("text", lineSep="\n").select(  # the bytes as they are in the file
        F.col("value").cast("binary").alias("value"),
        F.col("_metadata.file_path").alias("path"),
        F.col("_metadata.file_block_start").alias("start"),
    )
    counted = frame.groupBy("path", "start").count().collect()
    starts: dict[tuple[str, int], int] = {}
    totals: dict[str, int] = {}
    for path, start, count in sorted((to_doc(unquote(row[0])), row[1], row[2]) for row in counted):
        starts[path, start] = totals.get(path, 0)
        totals[path] = starts[path, start] + count
    return frame, totals, starts


def _find_rows(reader: _Reader, settings: Settings) -> tuple[DataFrame, dict[str, int]]:
    table = reader.read("parquet", mergeSchema=True)
    missing = find_missing(table.columns, settings)
    if missing is not None:
        raise UsageError(missing)
    columns = [to_bytes(table.schema, name) for name in find_columns(table.columns, settings)]
    path = F.col("_metadata.file_path").alias("path")
    frame = table.select(path, F.col("_metadata.row_index").alias("number"), F.struct(*columns).alias("row"))
    counted = table.select(path).groupBy("path").count().collect()
    return frame, {to_doc(unquote(name)): int(count) for name, count in counted}


def find_columns(names: Sequence[str], settings: Settings) -> list[str]:
    """The columns of a table that a document may need."""
    usual = {name for of_role in usual_names(None).values() for name in of_role}
    own = {str(column).partition(".")[0] for role in ROLES if (column := getattr(settings, f"{role}_column"))}
    own |= {str(column) for role in ROLES if (column := getattr(settings, f"{role}_column"))}
    return [name for name in names if name in own or fold_name(name) in usual]


def to_bytes(schema: StructType, name: str) -> Column:
    """A column; texts as bytes, which Parquet does not promise to be UTF-8."""
    column = F.col(f"`{name.replace('`', '``')}`")
    return column.cast("binary").alias(name) if isinstance(schema[name].dataType, StringType) else column.alias(name)
