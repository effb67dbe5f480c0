"""Databases to files that other programs read."""

from extractor.export.table import Choice
from extractor.export.write import FORMATS, export_database, hold_snapshot

__all__ = ["FORMATS", "Choice", "export_database", "hold_snapshot"]
