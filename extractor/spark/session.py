"""The Spark session, and what is missing where there can be none."""

from __future__ import annotations

import os
import shutil
import sys
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.errors import MissingExtraError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

EXTRA = "pip install 'govfacts[spark]'"
UNMEANT = "PySpark does not yet fully support pandas"  # no table of ours goes through pandas


def check_installed() -> None:
    """Raises MissingExtraError where pyspark, pyarrow or, without spark-submit, Java is missing."""
    for name in ("pyspark", "pyarrow"):
        try:
            __import__(name)
        except ModuleNotFoundError as error:
            raise MissingExtraError("spark", f"needs {error.name}: {EXTRA}") from error
    if "PYSPARK_GATEWAY_PORT" in os.environ:  # spark-submit has its Java
        return
    home = os.environ.get("JAVA_HOME")
    if shutil.which("java", path=str(Path(home, "bin")) if home else None) is None:
        where = f"JAVA_HOME is {home}" if home else "no `java` on the PATH, no JAVA_HOME"
        reason = (
            f"needs Java 17 or later ({where}), which `{EXTRA}` does not bring: install a JRE (openjdk-17-jre-headless)"
        )
        raise MissingExtraError("spark", reason)


def open_session(master: str | None = None, conf: Mapping[str, str] | None = None) -> SparkSession:
    """The session that runs, or a new one: on `master` (`local[*]` where neither it nor spark-submit name one).

    Raises MissingExtraError.
    """
    check_installed()
    with without_pandas():
        from pyspark.sql import SparkSession

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.appName("govfacts").config("spark.sql.catalogImplementation", "in-memory")
    if "PYSPARK_GATEWAY_PORT" not in os.environ:  # spark-submit has its own
        master = master or os.environ.get("MASTER") or "local[*]"
        builder = builder.config("spark.log.level", "ERROR")  # it warns with a stack trace of every pattern
    if master is not None:
        builder = builder.master(master)
    for key, value in (conf or {}).items():
        builder = builder.config(key, value)
    return builder.getOrCreate()


@contextmanager
def without_pandas() -> Iterator[None]:
    """Without what pyspark says of the version of pandas."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=UNMEANT, category=FutureWarning)
        yield


@contextmanager
def with_conf(spark: SparkSession, conf: Mapping[str, str]) -> Iterator[None]:
    """Settings of the session for a while."""
    before = {key: spark.conf.get(key, None) for key in conf}
    for key, value in conf.items():
        spark.conf.set(key, value)
    try:
        with without_pandas():
            yield
    finally:
        for key, old in before.items():
            if old is None:
                spark.conf.unset(key)
            else:
                spark.conf.set(key, old)
