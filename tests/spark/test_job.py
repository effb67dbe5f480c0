"""A job on a cluster gives what one machine gives."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest

from extractor.errors import ExportError, UnreadableError, UsageError
from extractor.export.parquet import TYPES
from extractor.export.table import list_tables
from extractor.settings import Settings
from spark.compare import Rows, find_files, read_tables, run_single
from spark.inputs import to_reports, write_files, write_lines
from support import ROOT

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

    from extractor.spark.job import Summary


class Done(NamedTuple):
    """A job that ran: its folder, its summary, and what one machine gave of the same inputs."""

    folder: Path
    summary: Summary
    single: Rows


def run_spark(
    spark: SparkSession, inputs: Iterable[Path], out: Path, settings: Settings | None = None, **options: Any
) -> Summary:
    from extractor.spark.job import Options, run_job

    return run_job(spark, [str(path) for path in inputs], str(out), settings or Settings(), Options(**options))


def assert_same(single: Rows, spark: Rows) -> None:
    for name, rows in single.items():
        less, more = Counter(rows) - Counter(spark[name]), Counter(spark[name]) - Counter(rows)
        assert not less and not more, f"{name}\nsingle machine: {sorted(less)[:2]}\nSpark: {sorted(more)[:2]}"
    assert single == spark


@pytest.fixture(scope="module")
def files(spark: SparkSession, tmp_path_factory: pytest.TempPathFactory) -> Done:
    """Pages, reprints, archives, tables, and what cannot be read, in small tasks."""
    folder = tmp_path_factory.mktemp("files")
    inputs = [write_files(folder / "in"), ROOT / "corpora" / "pages"]
    single = run_single(inputs, folder)
    return Done(folder / "out", run_spark(spark, inputs, folder / "out", task_bytes=20_000), single)


def test_files_give_the_records_of_one_machine(files: Done) -> None:
    """Byte for byte, sorted."""
    assert_same(files.single, read_tables(files.folder))
    assert files.summary.rows == {name: len(rows) for name, rows in files.single.items()}
    assert files.summary.duplicates >= 6
    assert files.summary.rows["failures"] >= 5 and files.summary.rows["facts"] > 500


def test_the_schema_is_that_of_an_export(files: Done) -> None:
    """Name, order, type and comment of each column; labels are dictionaries in the files, not in their schema."""
    for table in list_tables():
        paths = find_files(files.folder, table)
        assert paths
        for path in paths:
            with pq.ParquetFile(path) as file:
                schema = file.schema_arrow
                told = json.loads(file.metadata.metadata[b"org.apache.spark.sql.parquet.row.metadata"])
            plain = [t.value_type if pa.types.is_dictionary(t) else t for t in (TYPES[c.type] for c in table.columns)]
            assert (schema.names, schema.types) == ([column.name for column in table.columns], plain)
            assert [field["metadata"]["comment"] for field in told["fields"]] == [c.comment for c in table.columns]


def test_the_tables_are_partitioned_by_year(files: Done) -> None:
    years = {path.name for path in (files.folder / "facts").iterdir() if path.is_dir()}
    assert {"by_year=1952", "by_year=2020", "by_year=__HIVE_DEFAULT_PARTITION__"} <= years
    facts = ds.dataset(files.folder / "facts", partitioning="hive", exclude_invalid_files=True)
    some = facts.to_table(filter=ds.field("by_year") == 2020, columns=["year", "by_year"])
    assert some.num_rows and set(some["year"].to_pylist()) == {2020}
    assert not [path for path in (files.folder / "failures").iterdir() if path.is_dir()]


def test_the_manifest_holds(files: Done) -> None:
    manifest = json.loads((files.folder / "manifest.json").read_text("utf-8"))
    assert manifest["runs"] == [files.summary.run_id]
    assert {table["name"]: table["rows"] for table in manifest["tables"]} == files.summary.rows
    listed = 0
    for table in manifest["tables"]:
        assert sum(entry["rows"] for entry in table["files"]) == table["rows"]
        for entry in table["files"]:
            data = (files.folder / entry["file"]).read_bytes()
            assert (entry["bytes"], entry["sha256"]) == (len(data), hashlib.sha256(data).hexdigest())
            listed += 1
    assert listed == len(list(files.folder.rglob("*.parquet")))
    assert {path.name for path in files.folder.iterdir() if path.name[0] != "."} == {
        "manifest.json",
        *(table.name for table in list_tables()),
    }


def test_a_folder_that_holds_something_is_kept(spark: SparkSession, files: Done) -> None:
    with pytest.raises(ExportError, match="--overwrite"):
        run_spark(spark, [ROOT / "corpora" / "pages"], files.folder)
    assert (files.folder / "manifest.json").exists()


def test_lines_are_split_among_tasks(spark: SparkSession, tmp_path: Path) -> None:
    """With a user's table and a date for all, which travel with the job."""
    source = write_lines(tmp_path / "list.jsonl", 60)
    (tmp_path / "empty.jsonl").write_bytes(b"")
    (tmp_path / "tables").mkdir()
    table = "surface\tunit\tscale\tdimension\tstandard_factor\tstandard_unit\n件\t份子\t1\tmass\t75\tkg\n"
    (tmp_path / "tables" / "measure.tsv").write_text(table, "utf-8")
    settings = Settings(lexicon=tmp_path / "tables", errors="replace")
    inputs = [source, tmp_path / "empty.jsonl"]
    single = run_single(inputs, tmp_path, settings, "2020-12")
    summary = run_spark(
        spark, inputs, tmp_path / "out", settings, form="jsonl", date="2020-12", task_bytes=9_000, by="newspaper"
    )
    assert_same(single, read_tables(tmp_path / "out"))
    assert any("份子".encode() in row for row in single["facts"])
    assert summary.rows["failures"] > 10
    assert (tmp_path / "out" / "facts" / "by_newspaper=青石日报").is_dir()


def test_rows_of_parquet(spark: SparkSession, tmp_path: Path) -> None:
    """As the same articles in JSON Lines; a damaged file is a failure."""
    texts = to_reports(8)
    columns = {
        "正文": list(texts.values()),
        "doc_date": [f"2021-0{number % 9 + 1}-02" for number in range(len(texts))],
        "unused": [b"\xff"] * len(texts),
    }
    (tmp_path / "in").mkdir()
    pq.write_table(pa.table(columns), tmp_path / "in" / "a b.parquet", row_group_size=4)
    (tmp_path / "in" / "cut.parquet").write_bytes((tmp_path / "in" / "a b.parquet").read_bytes()[:-40])
    rows = ({"正文": text, "doc_date": date} for text, date in zip(columns["正文"], columns["doc_date"], strict=True))
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    (tmp_path / "a b.parquet.jsonl").write_text("\n".join(lines), "utf-8")
    settings = Settings(date_column="doc_date")
    single = run_single([tmp_path / "a b.parquet.jsonl"], tmp_path, settings)
    summary = run_spark(spark, [tmp_path / "in"], tmp_path / "out", settings, form="parquet", by=None)
    found = read_tables(tmp_path / "out")
    (lost,) = found["failures"]
    assert b"cut.parquet" in lost and b"UnreadableError" in lost
    mine, theirs = str(tmp_path / "a b.parquet.jsonl").encode(), str(tmp_path / "in" / "a b.parquet").encode()
    for name in ("facts", "articles", "places", "programs", "periods"):
        assert sorted(row.replace(theirs, mine) for row in found[name]) == single[name]
    assert summary.rows["sources"] == len(texts) and summary.duplicates >= 4


def test_what_is_not_there_or_has_no_text(spark: SparkSession, tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match=r"missing: no such file"):
        run_spark(spark, [tmp_path / "missing"], tmp_path / "out")
    pq.write_table(pa.table({"x": [1]}), tmp_path / "x.parquet")
    with pytest.raises(UsageError, match="text-column"):
        run_spark(spark, [tmp_path / "x.parquet"], tmp_path / "out", form="parquet")
    (tmp_path / "file").write_text("x")
    with pytest.raises(ExportError, match="file"):
        run_spark(spark, [tmp_path / "x.parquet"], tmp_path / "file" / "in")


@pytest.mark.parametrize(
    ("options", "reason"),
    [({"form": "xml"}, "jsonl"), ({"by": "body"}, "newspaper"), ({"task_bytes": 0}, "1 or more")],
)
def test_wrong_options(options: dict[str, Any], reason: str) -> None:
    from extractor.spark.job import Options, check_options

    with pytest.raises(UsageError, match=reason):
        check_options(Options(**options))
