"""For spark-submit, which takes a file: the same as `python -m extractor.spark`."""

from __future__ import annotations

import sys
from pathlib import Path

from extractor.spark.command import main

if __name__ == "__main__":
    here = str(Path(__file__).parent)  # spark-submit looks here first for every module
    sys.path[:] = [entry for entry in sys.path if entry != here]
    sys.exit(main())
