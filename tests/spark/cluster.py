"""Where Spark runs in tests: two executors on loopback, all that they write in a folder of the tests."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

MASTER = "local-cluster[2,1,1024]"  # two workers of one core and 1,024 MiB, each a process of its own
LOOPBACK = {
    "SPARK_LOCAL_IP": "127.0.0.1",
    "SPARK_LOCAL_HOSTNAME": "localhost",
}
CONF = {
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.shuffle.partitions": "4",
    "spark.log.level": "ERROR",
}


def has_java() -> bool:
    home = os.environ.get("JAVA_HOME")
    return shutil.which("java", path=str(Path(home, "bin")) if home else None) is not None


def make_home(folder: Path) -> Path:
    """A SPARK_HOME of links, so that its workers' folder `work` is not made among the installed packages."""
    import pyspark

    folder.mkdir()
    for entry in Path(pyspark.__file__).parent.iterdir():
        (folder / entry.name).symlink_to(entry)
    return folder


def to_environment(folder: Path) -> dict[str, str]:
    """What the processes of Spark need to stay on this machine and in a folder."""
    home = make_home(folder / "home")
    (home / "conf").mkdir()
    (home / "conf" / "spark-defaults.conf").write_text("".join(f"{key} {value}\n" for key, value in CONF.items()))
    return {
        **LOOPBACK,
        "SPARK_HOME": str(home),
        "SPARK_LOCAL_DIRS": str(folder / "local"),
        "PYSPARK_PYTHON": sys.executable,
        "PYSPARK_DRIVER_PYTHON": sys.executable,
        "JDK_JAVA_OPTIONS": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",  # they live for seconds
    }
