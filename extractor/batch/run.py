"""Inputs into a database: the loop around jobs and the writer."""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

from extractor.batch.duplicate import mark_duplicates
from extractor.batch.job import Failure, Outcome
from extractor.batch.plan import Count, Policy, plan_jobs
from extractor.batch.pool import Pool, Stop, do_here
from extractor.read import Input, find_inputs
from extractor.record import to_run_record
from extractor.settings import Settings
from extractor.store import Connection, DocumentRows, Writer, check_current, migrate, open_connection
from extractor.store.state import find_failed, find_stale
from schemas import RunRecord

COMMIT_FACTS = 20_000  # rows of a transaction: below 5,000 its fixed cost shows, above the memory it holds


@dataclass(frozen=True, slots=True)
class Options:
    """How a run works. `workers`: processes (1: none but this one). `ordered`: documents are stored in the order of
    the inputs. `date`: publication date of all inputs. `commit_seconds`: what a killed run loses at most."""

    workers: int = 1
    ordered: bool = False
    date: str | None = None
    keep_stale: bool = False
    retry_failed: bool = False
    commit_seconds: float = 2.0


@dataclass(slots=True)
class Summary:
    """What a run did. `stopped`: it was asked to end before all inputs were done."""

    count: Count
    run_id: str
    seconds: float = 0.0
    writing: float = 0.0  # seconds of them in the database
    duplicates: int = 0
    stopped: bool = False
    failures: list[Failure] = field(default_factory=list)  # the first hundred


Watch = Callable[[Count, list[Failure]], None]


def run_batch(
    names: Iterable[str],
    database: str,
    settings: Settings,
    options: Options,
    *,
    stop: Stop | None = None,
    watch: Watch | None = None,
) -> Summary:
    """Reads the inputs into the database; what it holds already with the same content and digests stays.

    `watch` is called behind every job with the counts and the new failures. Raises StoreError where the database
    refuses; failures of single documents are counted and stored.
    """
    connection = open_connection(database, write=True, create=True)
    try:
        with connection.lock():
            migrate(connection)
            return _Batch(connection, settings, options, stop or Stop(), watch).do(names)
    finally:
        connection.close()


def to_digest(record: RunRecord) -> str:
    """What a document's facts depend on besides its content: version, tables and settings (not the limits, nor
    where the tables are)."""
    parts = [record.version, record.lexicon_digest, record.gazetteer_digest]
    settings = {n: v for n, v in record.settings.items() if n != "lexicon" and not n.startswith("max_")}
    parts.append(json.dumps(settings, sort_keys=True, ensure_ascii=False))
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]


def find_named(database: str, settings: Settings, date: str | None, *, stale: bool, failed: bool) -> list[str]:
    """Inputs that hold the database's stale or failed documents; archives instead of their members."""
    connection = open_connection(database)
    try:
        check_current(connection)
        digest = to_digest(to_run_record(settings, "2000-01-01T00:00:00Z", date))
        docs = [*(find_stale(connection, digest) if stale else ()), *(find_failed(connection) if failed else ())]
    finally:
        connection.close()
    return list(dict.fromkeys(map(to_outer, docs)))


def to_outer(doc: str) -> str:
    """The file that holds a document: `a.zip` of `a.zip!/b.txt`, `a.csv` of `a.csv#12`."""
    outer = doc.partition("!/")[0]
    if Path(outer).exists():
        return outer
    table = outer.rpartition("#")[0]
    return table if table and Path(table).exists() else outer


def count_workers(asked: int) -> int:
    """0 means one a processor that this process may use."""
    return asked if asked > 0 else len(os.sched_getaffinity(0))


class _Batch:
    def __init__(
        self, connection: Connection, settings: Settings, options: Options, stop: Stop, watch: Watch | None
    ) -> None:
        self.connection, self.settings, self.options = connection, settings, options
        self.stop, self.watch = stop, watch
        started = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        record = to_run_record(settings, started, options.date)
        # two runs may begin in one second
        unique = hashlib.sha256(f"{record.run_id} {time.time_ns()} {os.getpid()}".encode()).hexdigest()[:16]
        self.record = record.model_copy(update={"run_id": unique})
        self.digest = to_digest(self.record)
        self.writer = Writer(connection)
        self.summary = Summary(Count(), self.record.run_id)
        self._run: int | None = None
        self._documents: list[DocumentRows] = []
        self._failures: list[Failure] = []
        self._facts, self._saved = 0, time.monotonic()

    def do(self, names: Iterable[str]) -> Summary:
        begin = time.monotonic()
        count = self.summary.count
        policy = Policy(self.digest, self.options.keep_stale, self.options.retry_failed)
        jobs = plan_jobs(find_inputs(names, self.settings), self.connection, policy, count)
        for outcome in self._outcomes(jobs):
            self._take(outcome)
            if self._facts >= COMMIT_FACTS or time.monotonic() - self._saved >= self.options.commit_seconds:
                self._save()
        self._save()
        self.summary.stopped = self.stop.is_set()
        if not self.summary.stopped:
            self._finish()
        self.summary.seconds = time.monotonic() - begin
        return self.summary

    def _outcomes(self, jobs: Iterator[list[Input]]) -> Iterator[Outcome]:
        options = self.options
        if options.workers == 1:
            return do_here(jobs, self.settings, options.date, self.stop)
        return Pool(options.workers, self.settings, options.date, self.stop, ordered=options.ordered).do(jobs)

    def _take(self, outcome: Outcome) -> None:
        count = self.summary.count
        self._documents += outcome.documents
        self._failures += outcome.failures
        facts = sum(len(rows.facts) for rows in outcome.documents)
        self._facts += facts
        count.done += len(outcome.documents)
        count.failed += len(outcome.failures)
        count.facts += facts
        count.characters += sum(rows.document[5] for rows in outcome.documents)
        self.summary.failures += outcome.failures[: 100 - len(self.summary.failures)]
        if self.watch is not None:
            self.watch(count, outcome.failures)

    def _save(self) -> None:
        begin = time.monotonic()
        if self._documents or self._failures:
            self.writer.save(self._begin(), self._documents, self._failures)
        self._documents, self._failures, self._facts = [], [], 0
        self._saved = time.monotonic()
        self.summary.writing += self._saved - begin

    def _begin(self) -> int:
        """The run's number; it is written down with its first document, so that a run with nothing to do leaves
        nothing."""
        if self._run is None:
            settings = json.dumps(self.record.settings, ensure_ascii=False, sort_keys=True)
            self._run = self.writer.start_run(self.record, settings, self.digest)
        return self._run

    def _finish(self) -> None:
        count = self.summary.count
        if count.removed:
            self.writer.remove(count.removed)
        if self._run is not None or count.removed:
            self.summary.duplicates = mark_duplicates(self.connection)
        if self._run is not None:
            self.writer.finish_run(self._run, time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()))


def to_report(summary: Summary) -> dict[str, object]:
    """The summary as plain values."""
    values = asdict(summary)
    values["count"].pop("removed")
    return values
