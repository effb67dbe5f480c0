"""`python -m extractor.spark`: the arguments of a job, and what is told of it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.errors import GovfactsError, UsageError
from extractor.settings import COLUMN_ROLES, Settings

if TYPE_CHECKING:
    from extractor.spark.job import Options, Summary

OK, FAILED, USAGE = 0, 1, 2


def build_parser() -> argparse.ArgumentParser:
    """The arguments."""
    parser = argparse.ArgumentParser(
        prog="python -m extractor.spark",
        description="Reads files, JSON Lines or Parquet of any Hadoop file system on a Spark cluster and writes the "
        "tables of `govfacts export --format parquet`, partitioned, with manifest.json.",
        epilog="Exit status: 0 all inputs done, 1 at least one is a row of `failures`, 2 usage.",
    )
    add = parser.add_argument
    add("inputs", metavar="INPUT", nargs="+", help="file, folder or pattern: a path, hdfs://, s3a://, ...")
    add("--out", metavar="DIR", required=True, help="folder of the tables: a path, hdfs://, s3a://, ...")
    add("--format", choices=("files", "jsonl", "parquet"), default="files", help="files: each whole, any format that "
        "govfacts run reads (default); jsonl, parquet: an article a line or row, split among tasks")  # fmt: skip
    add("--partition-by", metavar="COLUMN", default="year", help="year (default), a column of few values, or none")
    add("--glob", metavar="PATTERN", help="only files of such names, such as *.txt")
    add("--overwrite", action="store_true", help="replace what DIR holds")
    add("--task-bytes", metavar="N", type=int, default=16_000_000, help="input of a task (default 16,000,000)")
    add("--master", metavar="URL", help="where to run; else what spark-submit says, else local[*]")
    add("--conf", metavar="KEY=VALUE", action="append", default=[], help="a setting of Spark; may be repeated")
    add("--date", metavar="DATE", help="publication date of all inputs; else searched for")
    add("--source", metavar="NAME", help="the newspaper's name (gives its home prefecture)")
    add("--lexicon", metavar="DIR", type=Path, help="folder of tables laid over ours; it travels with the job")
    add("--errors", dest="bad_bytes", choices=("strict", "replace"), default="strict", help="bytes that are no "
        "characters: refuse the document (default), or read U+FFFD in their place")  # fmt: skip
    for role, what in COLUMN_ROLES.items():
        add(f"--{role}-column", metavar="NAME", help=f"column that holds {what}; else one of a usual name")
    return parser


def to_settings(arguments: argparse.Namespace) -> Settings:
    """The settings that the arguments ask for. Raises UsageError."""
    folder: Path | None = arguments.lexicon
    if folder is not None and not folder.is_dir():
        raise UsageError(f"--lexicon {folder}: no such folder")
    columns: dict[str, str | None] = {f"{role}_column": getattr(arguments, f"{role}_column") for role in COLUMN_ROLES}
    return Settings(
        lexicon=folder.resolve() if folder else None,
        newspaper=arguments.source,
        errors=arguments.bad_bytes,
        **columns,  # type: ignore[arg-type]
    )


def to_conf(settings: Sequence[str]) -> dict[str, str]:
    """Settings of Spark by name. Raises UsageError."""
    for setting in settings:
        if not setting.partition("=")[0] or "=" not in setting:
            raise UsageError(f"--conf {setting}: expected KEY=VALUE")
    return {key: value for key, _, value in (setting.partition("=") for setting in settings)}


def to_options(arguments: argparse.Namespace) -> Options:
    """How the job works. Raises UsageError."""
    from extractor.read.date import parse_option
    from extractor.spark.job import Options, check_options

    if arguments.date is not None:
        parse_option(arguments.date)
    options = Options(
        form=arguments.format,
        date=arguments.date,
        by=None if arguments.partition_by == "none" else arguments.partition_by,
        pattern=arguments.glob,
        overwrite=arguments.overwrite,
        task_bytes=arguments.task_bytes,
    )
    check_options(options)
    return options


def main(argv: Sequence[str] | None = None) -> int:
    """Runs a job in the session that there is, or in one of its own. Returns the exit status."""
    try:
        arguments = build_parser().parse_args(argv)
    except SystemExit as leave:  # argparse leaves by itself on usage errors and --help
        return leave.code if isinstance(leave.code, int) else USAGE
    try:
        return _run(arguments)
    except UsageError as error:
        print(f"govfacts spark: {error}", file=sys.stderr)
        return USAGE
    except GovfactsError as error:
        print(f"govfacts: {error}", file=sys.stderr)
        return FAILED


def _run(arguments: argparse.Namespace) -> int:
    from extractor.spark.session import check_installed, without_pandas

    check_installed()
    with without_pandas():
        summary = _do_job(arguments)
    print(to_line(summary), file=sys.stderr)
    return FAILED if summary.rows["failures"] else OK


def _do_job(arguments: argparse.Namespace) -> Summary:
    """The job, in the session that there is or in one that ends with it."""
    settings, conf, options = to_settings(arguments), to_conf(arguments.conf), to_options(arguments)
    from pyspark.sql import SparkSession

    from extractor.spark.job import run_job
    from extractor.spark.session import open_session

    ours = SparkSession.getActiveSession() is None
    spark = open_session(arguments.master, conf)
    try:
        return run_job(spark, arguments.inputs, arguments.out, settings, options)
    finally:
        if ours:
            spark.stop()


def to_line(summary: Summary) -> str:
    """What was done, in one line."""
    rows = ", ".join(f"{count} {name}" for name, count in summary.rows.items())
    return f"{rows}; {summary.duplicates} articles printed before; {summary.seconds:.1f} s"
