"""A run that is killed at random moments loses nothing it has committed and doubles nothing."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from batch.content import read_content, write_archive
from extractor.batch import Options, run_batch
from extractor.settings import Settings

KILLS = 25
SCRIPT = """
import sys
from extractor.batch import Options, run_batch
from extractor.settings import Settings
if __name__ == "__main__":
    print("ready", flush=True)
    options = Options(workers=int(sys.argv[3]), commit_seconds=0.02)
    tell = lambda count, failures: print(count.done, flush=True)
    run_batch([sys.argv[1]], sys.argv[2], Settings(), options, watch=tell)
"""


def test_killed_at_random_moments(tmp_path: Path) -> None:
    names = write_archive(tmp_path / "pages", 900)
    undisturbed, disturbed = tmp_path / "undisturbed.db", tmp_path / "disturbed.db"
    run_batch(names, str(undisturbed), Settings(), Options())
    script = tmp_path / "run_it.py"
    script.write_text(SCRIPT, "utf-8")
    rng = random.Random(20)
    killed = 0
    grown: set[int] = set()
    while killed < KILLS:
        workers = 2 if killed % 5 == 0 else 1
        process = subprocess.Popen(
            [sys.executable, str(script), names[0], str(disturbed), str(workers)],
            stdout=subprocess.PIPE,
            start_new_session=True,
        )
        assert process.stdout is not None
        for _ in range(rng.randint(1, 5)):  # a line when it begins and one a job; the last come when it has ended
            process.stdout.readline()
        time.sleep(rng.uniform(0, 0.3))
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        process.stdout.close()
        killed += 1
        if disturbed.exists():
            grown.add(_count(disturbed))
        if killed % 8 == 0:  # some moments of a run that begins from nothing
            for suffix in ("", "-wal", "-shm"):
                disturbed.with_name(disturbed.name + suffix).unlink(missing_ok=True)
    summary = run_batch(names, str(disturbed), Settings(), Options(workers=2))
    assert len(grown) > 3, "the kills did not fall into the work"
    assert summary.count.found == 902
    assert read_content(disturbed) == read_content(undisturbed)


def test_workers_end_with_a_parent_that_is_killed(tmp_path: Path) -> None:
    names = write_archive(tmp_path / "pages", 900)
    script = tmp_path / "run_it.py"
    script.write_text(SCRIPT, "utf-8")
    process = subprocess.Popen(
        [sys.executable, str(script), names[0], str(tmp_path / "facts.db"), "2"], stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    for _ in range(2):  # it begins, and one job is done: there are workers
        process.stdout.readline()
    workers = _children(process.pid)
    process.kill()
    process.wait()
    process.stdout.close()
    assert workers
    for _ in range(600):
        if not any(map(_lives, workers)):
            break
        time.sleep(0.1)
    assert not any(map(_lives, workers))


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _lives(pid: int) -> bool:
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return False


def _count(database: Path) -> int:
    """Documents committed; -1 before there are tables."""
    import sqlite3

    connection = sqlite3.connect(database)
    try:
        assert connection.execute("PRAGMA quick_check").fetchall() == [("ok",)]
        if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'document'").fetchall():
            return -1
        return int(connection.execute("SELECT count(*) FROM document").fetchone()[0])
    finally:
        connection.close()
