"""Jobs over worker processes: a bounded number in flight, a dead worker's documents done one by one."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from typing import Any

from extractor.batch.job import Failure, Outcome, Task, do_job, find_digest, start_worker
from extractor.read import Input
from extractor.settings import Settings

AHEAD = 3  # jobs in flight a worker: one that it does, two that wait while the database is written


class Stop:
    """Asks a run to end behind the documents in hand; set from a signal handler."""

    def __init__(self) -> None:
        self.asked = False
        self.event: Any = None  # of the worker processes

    def ask(self) -> None:
        """No further document is begun."""
        self.asked = True
        if self.event is not None:
            self.event.set()

    def is_set(self) -> bool:
        """Whether the end was asked for."""
        return self.asked


def do_here(jobs: Iterator[list[Input]], settings: Settings, date: str | None, stop: Stop) -> Iterator[Outcome]:
    """The jobs in this process, one after the other."""
    task = Task(settings, date)
    for job in jobs:
        if stop.is_set():
            return
        yield task.do(job, stop)


class Pool:
    """Worker processes, started afresh (spawn), each with one initialisation."""

    def __init__(self, workers: int, settings: Settings, date: str | None, stop: Stop, *, ordered: bool) -> None:
        self.workers, self.settings, self.date = workers, settings, date
        self.stop, self.ordered = stop, ordered
        self._context = multiprocessing.get_context("spawn")

    def do(self, jobs: Iterator[list[Input]]) -> Iterator[Outcome]:
        """The outcomes of the jobs, as they come or in the jobs' order."""
        stop = self.stop.event = self._context.Event()
        if self.stop.asked:
            stop.set()
        executor = self._start(self.workers)
        flight: deque[tuple[Future[Outcome], list[Input]]] = deque()
        try:
            more = True
            while more or flight:
                while more and len(flight) < AHEAD * self.workers:
                    job = None if self.stop.is_set() else next(jobs, None)
                    if job is None:
                        more = False
                    else:
                        flight.append((executor.submit(do_job, job), job))
                if not flight:
                    break
                try:
                    yield from self._collect(flight)
                except BrokenProcessPool:
                    executor.shutdown(wait=False, cancel_futures=True)
                    lost = [job for _, job in flight]
                    flight.clear()
                    for job in lost:
                        yield self._do_alone(job)
                    executor = self._start(self.workers)
        finally:
            executor.shutdown(wait=True, cancel_futures=True)

    def _start(self, workers: int) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(
            workers,
            mp_context=self._context,
            initializer=start_worker,
            initargs=(self.settings, self.date, self.stop.event),
        )

    def _collect(self, flight: deque[tuple[Future[Outcome], list[Input]]]) -> Iterator[Outcome]:
        """The outcomes that are there, at least one. A job leaves `flight` when its outcome is out."""
        if self.ordered:
            outcome = flight[0][0].result()
            flight.popleft()
            yield outcome
            return
        done, _ = wait([future for future, _ in flight], return_when=FIRST_COMPLETED)
        for entry in [entry for entry in flight if entry[0] in done]:
            outcome = entry[0].result()
            flight.remove(entry)
            yield outcome

    def _do_alone(self, job: list[Input]) -> Outcome:
        """A job that was in flight when a worker died, document by document: the one that kills its worker again is a
        failure."""
        total = Outcome([], [])
        executor = self._start(1)
        try:
            for number, item in enumerate(job):
                if self.stop.is_set():
                    total.left = len(job) - number
                    break
                try:
                    outcome = executor.submit(do_job, [item]).result()
                    total.documents += outcome.documents
                    total.failures += outcome.failures
                    total.left += outcome.left
                except BrokenProcessPool:
                    reason = "its worker process died twice (out of memory, or killed)"
                    total.failures.append(
                        Failure(item.doc, item.part, find_digest(item), "worker", "InternalError", reason)
                    )
                    executor.shutdown(wait=False)
                    executor = self._start(1)
        finally:
            executor.shutdown(wait=True)
        return total
