"""One job: a few documents, read by one worker."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import signal
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from extractor.errors import GovfactsError, InputError
from extractor.pipeline import read_articles
from extractor.read import Input, read_source
from extractor.record import to_records, to_source_record
from extractor.settings import Settings
from extractor.store import DocumentRows, to_document_rows


class Failure(NamedTuple):
    """A document that gave no facts. `stage`: open, read, extract or worker. The cells of the failure table."""

    doc: str
    part: int
    sha256: str | None
    stage: str
    error: str
    message: str


@dataclass(slots=True)
class Outcome:
    """What a job gave. `left`: how many of its documents were not begun, because a stop was asked for."""

    documents: list[DocumentRows]
    failures: list[Failure]
    left: int = 0


class Task:
    """Reads documents with one settings; made once a worker."""

    def __init__(self, settings: Settings, date: str | None) -> None:
        self.settings, self.date = settings, date

    def do(self, items: Sequence[Input], stop: Any = None) -> Outcome:
        """The rows and failures of some documents. `stop`: an event that ends the job behind the document in hand."""
        outcome = Outcome([], [])
        for number, item in enumerate(items):
            if stop is not None and stop.is_set():
                outcome.left = len(items) - number
                break
            result = self.do_one(item)
            if isinstance(result, Failure):
                outcome.failures.append(result)
            else:
                outcome.documents.append(result)
        return outcome

    def do_one(self, item: Input) -> DocumentRows | Failure:
        """A document's rows; an error of any kind becomes a failure, so that the others go on."""
        try:
            source = read_source(item, self.settings, date=self.date)
        except InputError as error:
            stage = "read" if item.failure is None else "open"
            return Failure(item.doc, item.part, find_digest(item), stage, type(error).__name__, error.reason)
        except Exception as error:
            return self._fault(item, None, "read", error)
        try:
            records = to_records(source, read_articles(source, self.settings))
            return to_document_rows(to_source_record(source), len(source.text), records)
        except Exception as error:
            return self._fault(item, source.sha256, "extract", error)

    @staticmethod
    def _fault(item: Input, sha256: str | None, stage: str, error: Exception) -> Failure:
        if isinstance(error, GovfactsError):
            return Failure(item.doc, item.part, sha256, stage, type(error).__name__, str(error))
        return Failure(item.doc, item.part, sha256, stage, "InternalError", f"{type(error).__name__}: {error}")


def find_digest(item: Input) -> str | None:
    """sha256 of a document's bytes as its source record will have it; None where it cannot be opened."""
    try:
        if item.data is not None:
            return hashlib.sha256(item.data).hexdigest()
        if item.decoded is not None:
            return hashlib.sha256(item.decoded.text.encode("utf-8", "surrogatepass")).hexdigest()
        if item.path is not None:
            with item.path.open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError):
        return None
    return None


_task: Task | None = None
_stop: Any = None


def start_worker(settings: Settings, date: str | None, stop: Any) -> None:
    """A worker's one initialisation. Signals are the parent's business: it tells the workers by `stop`."""
    global _task, _stop
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _task, _stop = Task(settings, date), stop


def _end_with_parent() -> None:
    """A parent that was killed cannot tell its workers: they would wait for the next job without end."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def do_job(items: Sequence[Input]) -> Outcome:
    """A job in a worker that start_worker has made ready."""
    if _task is None:
        raise RuntimeError("start_worker was not called")
    return _task.do(items, _stop)
