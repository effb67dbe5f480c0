"""Stage 7, facts -> records: the only place that builds Pydantic records."""

from extractor.record.records import Records, to_records, to_run_record, to_source_record

__all__ = ["Records", "to_records", "to_run_record", "to_source_record"]
