"""Whole archives on a Spark cluster: files, JSON Lines or Parquet to partitioned Parquet of the export's tables.

    list inputs -> read on the executors (worker) -> find reprints (reprint) -> write tables (output) -> manifest

`python -m extractor.spark`, or `spark-submit` with submit.py. The modules `job`, `listing`,
`component`, `reprint`, `output` and `manifest` import pyspark and are imported when a job begins.
"""
