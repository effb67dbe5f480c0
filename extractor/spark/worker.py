"""What an executor does: rows of input files to rows of tables. One initialisation a process, whatever its tasks."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.batch.job import Outcome
from extractor.batch.plan import split_jobs
from extractor.batch.pool import Pool, Stop, do_here
from extractor.read import Input
from extractor.settings import Settings
from extractor.spark.item import FINDERS, Place
from extractor.spark.scratch import to_lot
from extractor.spark.staging import to_batches, to_input_batch
from schemas import RunRecord

if TYPE_CHECKING:
    import pyarrow as pa

ARTICLES = 1 << 36  # numbers of articles that a task has


@dataclass(frozen=True, slots=True)
class Worker:
    """A function for mapInArrow; travels to the executors.

    `form`: files, jsonl or parquet. `tables`: a user's lexicon tables by name, `settings.lexicon` is not used.
    `starts`: lines of a file before the stretch at a byte (jsonl). `apart`: documents are read in a process of their
    own, so that one that kills it is a failure; None: where the task has failed before.
    """

    form: str
    settings: Settings
    date: str | None
    run: RunRecord
    tables: Mapping[str, bytes] = field(default_factory=dict)
    starts: Mapping[tuple[str, int], int] = field(default_factory=dict)
    apart: bool | None = None

    def __call__(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """Batches of the staging schema."""
        task, attempt = find_task()
        overlay = lay_out(tuple(sorted(self.tables.items()))) if self.tables else None
        place = Place(replace(self.settings, lexicon=overlay), self.starts)
        base = task * ARTICLES
        jobs = split_jobs(FINDERS[self.form](batches, place))
        for outcome in self._read(jobs, place.settings, attempt):
            lot = to_lot(outcome.documents, outcome.failures, self.run)
            yield from to_batches(lot, base)
            base += len(lot.prints)
        if place.counts:
            yield to_input_batch(place.counts)

    def _read(self, jobs: Iterator[list[Input]], settings: Settings, attempt: int) -> Iterator[Outcome]:
        apart = attempt > 0 if self.apart is None else self.apart
        if apart:
            return Pool(1, settings, self.date, Stop(), ordered=True).do(jobs)
        return do_here(jobs, settings, self.date, Stop())


def find_task() -> tuple[int, int]:
    """Number of the task's partition and how often it was tried before; 0 and 0 outside Spark."""
    from pyspark import TaskContext

    context = TaskContext.get()
    return (context.partitionId(), context.attemptNumber()) if context else (0, 0)


@lru_cache(maxsize=1)
def lay_out(tables: tuple[tuple[str, bytes], ...]) -> Path:
    """A folder with these files, for as long as the process lives."""
    folder = Path(tempfile.mkdtemp(prefix="govfacts-lexicon-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    for name, data in tables:
        (folder / name).write_bytes(data)
    return folder
