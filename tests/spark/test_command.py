"""The arguments of `python -m extractor.spark`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from extractor.settings import Settings
from extractor.spark.command import build_parser, main, to_conf, to_options, to_settings
from support import ROOT

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ([], "required"),
        (["in"], "--out"),
        (["in", "--out", "out", "--format", "xml"], "--format"),
        (["in", "--out", "out", "--partition-by", "body"], "partition by body: expected "),
        (["in", "--out", "out", "--conf", "spark.x"], "--conf spark.x: expected KEY=VALUE"),
        (["in", "--out", "out", "--date", "soon"], "'soon' is no date"),
        (["in", "--out", "out", "--task-bytes", "0"], "expected 1 or more"),
        (["in", "--out", "out", "--lexicon", "missing"], "--lexicon missing: no such folder"),
    ],
)
def test_wrong_calls(
    arguments: list[str], reason: str, spark_environment: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """They are refused before Spark starts; Java is looked for before."""
    assert main(arguments) == 2
    assert reason in capsys.readouterr().err


def test_arguments(tmp_path: Path) -> None:
    words = ["a", "b", "--out", "out", "--format", "jsonl", "--text-column", "story", "--partition-by", "none"]
    words += ["--source", "青石日报", "--lexicon", str(tmp_path), "--errors", "replace", "--conf", "spark.x=1=2"]
    arguments = build_parser().parse_args([*words, "--glob", "*.txt", "--date", "1958", "--task-bytes", "5"])
    assert to_settings(arguments) == Settings(
        lexicon=tmp_path, newspaper="青石日报", errors="replace", text_column="story"
    )
    options = to_options(arguments)
    assert (options.form, options.by, options.date, options.pattern) == ("jsonl", None, "1958", "*.txt")
    assert (options.task_bytes, options.overwrite) == (5, False)
    assert to_conf(arguments.conf) == {"spark.x": "1=2"}


def test_help_names_the_columns_to_partition_by(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    assert "--partition-by" in capsys.readouterr().out


def test_help_needs_no_spark() -> None:
    code = "import sys, extractor.spark.command as c; c.build_parser(); print('pyspark' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_in_the_session_that_there_is(spark: SparkSession, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It stays open; the status tells of failures."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "empty.txt").write_bytes(b"")
    (tmp_path / "in" / "20210305.txt").write_text("本报讯 柳林乡新建粮仓7座。\n", "utf-8")
    (tmp_path / "in" / "left.md").write_text("本报讯 柳林乡新建粮仓8座。\n", "utf-8")
    words = [str(tmp_path / "in"), "--out", str(tmp_path / "out"), "--glob", "*.txt"]
    assert main(words) == 1
    assert "1 facts, 1 articles, " in capsys.readouterr().err
    assert main(words) == 1
    assert "--overwrite" in capsys.readouterr().err
    assert main([str(tmp_path / "missing"), "--out", str(tmp_path / "new")]) == 1
    assert "missing: no such file" in capsys.readouterr().err
    assert spark.range(3).count() == 3
