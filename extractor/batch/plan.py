"""Documents to jobs: what is new, changed, stale or to be tried again, packed by size."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from extractor.batch.job import find_digest
from extractor.read import Input
from extractor.store import Connection
from extractor.store.state import Known, find_known

LOOKUP = 200  # documents that the database is asked about at once
LOOKUP_BYTES = 16_000_000  # of their contents held meanwhile
JOB_BYTES = 200_000  # about half a second's work: small enough to stop soon, large enough that its way costs nothing
JOB_DOCUMENTS = 100


@dataclass(slots=True)
class Count:
    """Documents by what became of them. `unchanged` and `given_up` (failed before, same content) are not read."""

    found: int = 0
    new: int = 0
    changed: int = 0
    stale: int = 0
    retried: int = 0
    unchanged: int = 0
    given_up: int = 0
    outdated: int = 0  # stale, but left as they are
    found_bytes: int = 0
    done: int = 0
    failed: int = 0
    facts: int = 0
    characters: int = 0
    removed: list[tuple[str, int]] = field(default_factory=list)  # parts of documents that have become shorter


@dataclass(frozen=True, slots=True)
class Policy:
    """`digest`: of this run. `keep_stale`: leave what was read with another digest. `retry_failed`: read again what
    failed with the same content."""

    digest: str
    keep_stale: bool = False
    retry_failed: bool = False


def plan_jobs(items: Iterable[Input], connection: Connection, policy: Policy, count: Count) -> Iterator[list[Input]]:
    """Jobs of documents that are to be read; `count` is kept."""
    return split_jobs(_find_due(items, connection, policy, count))


def split_jobs(items: Iterable[Input]) -> Iterator[list[Input]]:
    """Documents in lots of about the same size."""
    job: list[Input] = []
    size = 0
    for item in items:
        if job and (size + item.bytes > JOB_BYTES or len(job) >= JOB_DOCUMENTS):
            yield job
            job, size = [], 0
        job.append(item)
        size += item.bytes
    if job:
        yield job


def _find_due(items: Iterable[Input], connection: Connection, policy: Policy, count: Count) -> Iterator[Input]:
    """The documents to read; notes the parts by which a document has become shorter."""
    before: Input | None = None
    parts: dict[str, int] = {}
    for group in _group(items):
        known = find_known(connection, sorted({item.doc for item in group}))
        if before is not None and before.doc not in {item.doc for item in group}:
            _note_removed(before, parts, count)
        parts = {}
        for doc, part in known.documents:
            parts[doc] = max(part, parts.get(doc, 0))
        seen: set[tuple[str, int]] = set()
        for item in group:
            if (item.doc, item.part) in seen:  # named twice
                continue
            seen.add((item.doc, item.part))
            if before is not None and before.doc != item.doc:
                _note_removed(before, parts, count)
            before = item
            count.found += 1
            count.found_bytes += item.bytes
            if _is_due(item, known, policy, count):
                yield item
    if before is not None:
        _note_removed(before, parts, count)


def _note_removed(last: Input, parts: dict[str, int], count: Count) -> None:
    if last.failure is None:
        count.removed += [(last.doc, part) for part in range(last.part + 1, parts.get(last.doc, 0) + 1)]


def _group(items: Iterable[Input]) -> Iterator[list[Input]]:
    """Documents in lots for one question to the database; the parts of a large one may stand in several."""
    iterator = iter(items)
    while lot := list(islice(iterator, 1)):
        size = lot[0].bytes
        while len(lot) < LOOKUP and size < LOOKUP_BYTES and (item := next(iterator, None)) is not None:
            lot.append(item)
            size += item.bytes
        yield lot


def _is_due(item: Input, known: Known, policy: Policy, count: Count) -> bool:
    key = (item.doc, item.part)
    document, failure = known.documents.get(key), known.failures.get(key)
    if document is None and failure is None:
        count.new += 1
        return True
    sha256 = find_digest(item) if item.failure is None else None
    if failure is not None:
        if failure.sha256 is None or failure.sha256 != sha256 or policy.retry_failed:
            count.retried += 1
            return True
        count.given_up += 1
        return False
    if document is None or document.sha256 != sha256:
        count.changed += 1
        return True
    if document.digest == policy.digest:
        count.unchanged += 1
        return False
    if policy.keep_stale:
        count.outdated += 1
        return False
    count.stale += 1
    return True
