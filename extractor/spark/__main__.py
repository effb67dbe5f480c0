"""`python -m extractor.spark`."""

from __future__ import annotations

import sys

from extractor.spark.command import main

if __name__ == "__main__":
    sys.exit(main())
