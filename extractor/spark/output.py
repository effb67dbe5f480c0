"""Staged rows to the tables of an export, partitioned."""

from __future__ import annotations

from collections.abc import Sequence

from pyspark.sql import Column as SparkColumn
from pyspark.sql import DataFrame
from pyspark.sql import functions as F
from pyspark.sql.types import (
    ArrayType,
    BinaryType,
    BooleanType,
    DataType,
    DateType,
    DecimalType,
    DoubleType,
    LongType,
    StringType,
    StructField,
    StructType,
)

from extractor.export.parquet import PRECISION, SCALE
from extractor.export.table import Table, list_tables

PREFIX = "by_"  # of a partition's column: the files keep the column that it is made of
TYPES: dict[str, DataType] = {
    "text": StringType(),
    "label": StringType(),
    "date": DateType(),
    "integer": LongType(),
    "number": DoubleType(),
    "decimal": DecimalType(PRECISION, SCALE),
    "flag": BooleanType(),
}
MARKED = ("articles", "facts")


def to_struct(table: Table) -> StructType:
    """A table's row in Spark's types, comments included."""
    return StructType(
        [StructField(column.name, TYPES[column.type], True, {"comment": column.comment}) for column in table.columns]
    )


def to_staging() -> StructType:
    """The schema of extractor.spark.staging in Spark's types."""
    head = [
        StructField("name", StringType()),
        StructField("article", LongType()),
        StructField("part", LongType()),
        StructField("signature", BinaryType()),
        StructField("figures", ArrayType(StringType())),
        StructField("file", StringType()),
        StructField("items", LongType()),
    ]
    return StructType([*head, *(StructField(table.name, to_struct(table)) for table in list_tables())])


def to_articles(staged: DataFrame) -> DataFrame:
    """What reprints are found by."""
    article = staged.where("name = 'articles'")
    return article.select(
        F.col("articles.published").isNull().alias("undated"),
        F.coalesce(F.col("articles.published").cast("string"), F.lit("")).alias("published"),
        F.col("articles.doc").alias("doc"),
        "part",
        F.col("articles.ordinal").alias("ordinal"),
        "article",
        F.col("articles.article_id").alias("identity"),
        "signature",
        "figures",
    )


def to_rows(staged: DataFrame, table: Table, marks: DataFrame) -> DataFrame:
    """The rows of a table as the export has them."""
    rows = staged.where(F.col("name") == table.name).select("article", f"{table.name}.*")
    if table.name in MARKED:
        rows = rows.drop("duplicate_of").join(marks, "article", "left")
        if table.name == "facts":
            rows = rows.withColumn("counted", F.col("counted") & F.col("duplicate_of").isNull())
    return rows.select([F.col(c.name).alias(c.name, metadata={"comment": c.comment}) for c in table.columns])


def to_partition(table: Table, by: str) -> SparkColumn | None:
    """What a table is partitioned by; None where it has no such column. The year is that of the row, else that of its
    publication."""
    names = [column.name for column in table.columns]
    if by in names:
        return F.col(by)
    if by == "year" and "published" in names:
        return F.substring(F.col("published").cast("string"), 1, 4).cast("bigint")
    return None


def find_partitions() -> list[str]:
    """The columns that tables can be partitioned by."""
    return sorted(
        {column.name for table in list_tables() for column in table.columns if column.type == "label"} | {"year"}
    )


def write_table(rows: DataFrame, table: Table, path: str, by: str | None, *, size: int) -> None:
    """Writes a table of `size` rows; an empty one as a file without rows."""
    order: Sequence[str] = [column.strip() for column in table.order.split(",")]
    known = [name for name in order if name in rows.columns]
    partition = to_partition(table, by) if by and size else None
    if partition is None:
        whole = rows.hint("rebalance") if size else rows.limit(0).coalesce(1)
        whole.sortWithinPartitions(*known).write.option("compression", "zstd").parquet(path)
        return
    name = f"{PREFIX}{by}"
    parted = rows.withColumn(name, partition).hint("rebalance", name).sortWithinPartitions(name, *known)
    parted.write.option("compression", "zstd").partitionBy(name).parquet(path)
