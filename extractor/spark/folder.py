"""The output folder, on whatever file system Hadoop knows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from extractor.errors import ExportError

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

WORK = "_work"  # what a job needs while it runs


class Folder:
    """`name`: its address."""

    def __init__(self, spark: SparkSession, name: str) -> None:
        self.spark, self.name = spark, name.rstrip("/")
        context: Any = spark.sparkContext
        self._hadoop: Any = context._jvm.org.apache.hadoop.fs
        self._system: Any = self._hadoop.Path(self.name).getFileSystem(context._jsc.hadoopConfiguration())

    def to_path(self, *names: str) -> str:
        """The address of what lies in it."""
        return "/".join((self.name, *names))

    def to_absolute(self) -> str:
        """Its whole address."""
        return str(self._system.makeQualified(self._hadoop.Path(self.name)).toString())

    def begin(self, *, overwrite: bool) -> None:
        """Makes it, empty. Raises ExportError where it holds something and nobody said to overwrite it, or refuses."""
        path = self._hadoop.Path(self.name)
        try:
            if self._system.exists(path) and list(self._system.listStatus(path)):
                if not overwrite:
                    raise ExportError(f"{self.name}: holds something already; --overwrite replaces it")
                self._system.delete(path, True)
            if not self._system.mkdirs(path):
                raise ExportError(f"{self.name}: cannot be made")
        except _java_error() as error:
            raise ExportError(f"{self.name}: {to_reason(error)}") from error

    def write(self, name: str, text: str) -> None:
        """A small file. Raises ExportError."""
        try:
            stream = self._system.create(self._hadoop.Path(self.to_path(name)), True)
            stream.write(bytearray(text.encode("utf-8")))
            stream.close()
        except _java_error() as error:
            raise ExportError(f"{self.to_path(name)}: {to_reason(error)}") from error

    def remove(self, name: str) -> None:
        """Takes away what lies in it under a name."""
        self._system.delete(self._hadoop.Path(self.to_path(name)), True)

    def keep(self, frame: DataFrame, name: str) -> DataFrame:
        """The frame as it was written to the work folder: it is not computed again, whatever executor is lost."""
        path = self.to_path(WORK, name)
        frame.write.parquet(path)
        return self.spark.read.schema(frame.schema).parquet(path)


def _java_error() -> Any:
    from py4j.protocol import Py4JJavaError  # type: ignore[import-untyped]

    return Py4JJavaError


def to_reason(error: Any) -> str:
    """What Java says, without its classes."""
    return str(error.java_exception.getMessage() or error.java_exception.toString())
