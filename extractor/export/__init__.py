"""Databases to Parquet, CSV, JSON Lines and XLSX with a manifest."""

from extractor.export.write import FORMATS, export_database

__all__ = ["FORMATS", "export_database"]
