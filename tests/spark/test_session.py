"""What is missing is told, with the line that brings it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pytest

from extractor.errors import MissingExtraError
from extractor.record import to_run_record
from extractor.settings import Settings
from extractor.spark.command import main
from extractor.spark.session import check_installed, with_conf
from extractor.spark.worker import Worker
from spark.inputs import STORY

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


@pytest.mark.parametrize("name", ["pyspark", "pyarrow"])
def test_without_a_library(name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setitem(sys.modules, name, None)
    assert main(["x.txt", "--out", "out"]) == 1
    assert capsys.readouterr().err == f"govfacts: spark: needs {name}: pip install 'govfacts[spark]'\n"


def test_without_java(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("PYSPARK_GATEWAY_PORT", raising=False)
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MissingExtraError, match=r"no `java` on the PATH.*pip install 'govfacts\[spark\]'"):
        check_installed()
    monkeypatch.setenv("JAVA_HOME", str(tmp_path / "jre"))
    with pytest.raises(MissingExtraError, match=r"JAVA_HOME is .*jre"):
        check_installed()
    monkeypatch.setenv("PYSPARK_GATEWAY_PORT", "1")  # spark-submit has its own
    check_installed()


def test_settings_of_the_session_come_back(spark: SparkSession) -> None:
    spark.conf.set("spark.sql.shuffle.partitions", "4")
    with with_conf(spark, {"spark.sql.shuffle.partitions": "9", "spark.govfacts.new": "1"}):
        assert spark.conf.get("spark.sql.shuffle.partitions") == "9"
    assert spark.conf.get("spark.sql.shuffle.partitions") == "4"
    assert spark.conf.get("spark.govfacts.new", None) is None


def test_a_task_that_failed_reads_its_documents_apart(spark: SparkSession) -> None:
    """On an executor, whose Python is a fork of a daemon."""
    from extractor.spark.output import to_staging

    run = to_run_record(Settings(), "2026-01-02T03:04:05Z")
    texts = [(f"file:/2021030{number}.txt", STORY.encode()) for number in range(1, 4)]
    schema = pa.schema([("path", pa.string()), ("content", pa.binary())])
    frame = spark.createDataFrame(texts, "path string, content binary").coalesce(1)
    found = {}
    for apart in (False, True):
        with with_conf(spark, {}):
            rows = frame.mapInArrow(Worker("files", Settings(), None, run, apart=apart), to_staging()).collect()
        found[apart] = [row.asDict(recursive=True) for row in rows]
    assert schema.names == frame.columns
    assert found[True] == found[False]
    assert sum(row["name"] == "articles" for row in found[True]) == 3


def test_one_initialisation_a_process(spark: SparkSession) -> None:
    """The tables that one task has loaded are there for the next one of its process."""

    def probe(batches):  # type: ignore[no-untyped-def]
        import os

        import pyarrow

        from extractor.lexicon import table

        list(batches)
        calls = table._read_table.cache_info().misses
        yield pyarrow.RecordBatch.from_pydict({"process": [os.getpid()], "misses": [calls]})

    def read() -> dict[int, int]:
        run = to_run_record(Settings(), "2026-01-02T03:04:05Z")
        texts = [(f"file:/2021030{number}.txt", STORY.encode()) for number in range(1, 5)]
        from extractor.spark.output import to_staging

        frame = spark.createDataFrame(texts, "path string, content binary").repartition(4)
        with with_conf(spark, {}):
            frame.mapInArrow(Worker("files", Settings(), None, run), to_staging()).collect()
            rows = spark.range(8).repartition(4).mapInArrow(probe, "process bigint, misses bigint").collect()
        return {row["process"]: row["misses"] for row in rows}

    first, second = read(), read()
    assert len(first) <= 2  # a process for each of the two executors
    assert {process: first[process] for process in second if process in first} == {
        process: misses for process, misses in second.items() if process in first
    }
    assert set(first) & set(second)
