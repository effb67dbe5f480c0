"""Whole archives into a database, with worker processes."""

from extractor.batch.pool import Stop
from extractor.batch.run import Options, Summary, count_workers, run_batch, to_report

__all__ = ["Options", "Stop", "Summary", "count_workers", "run_batch", "to_report"]
