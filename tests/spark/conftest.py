"""A cluster of two executors, one for all tests of a session."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from spark.cluster import CONF, MASTER, has_java, to_environment

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


@pytest.fixture(scope="session")
def spark_environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of a Spark of its own."""
    if not has_java():
        pytest.skip("no Java: Spark needs one")
    return to_environment(tmp_path_factory.mktemp("spark"))


@pytest.fixture(scope="session")
def spark(spark_environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[SparkSession]:
    with pytest.MonkeyPatch.context() as patch:
        for name, value in spark_environment.items():
            patch.setenv(name, value)
        from extractor.spark.session import open_session

        warehouse = str(tmp_path_factory.mktemp("warehouse"))
        session = open_session(MASTER, {**CONF, "spark.sql.warehouse.dir": warehouse})
        yield session
        session.stop()
