"""govfacts: Chinese government news to a database of facts.

    bytes -> Source -> Page -> Articles -> Sentences -> Mentions -> Facts -> Records -> store / serve / export

`extract(text)` runs the whole flow on one text, `read_facts(path)` gives stored or exported facts as a DataFrame.
`extractor.pipeline` is the table of contents of the stages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.errors import (
    ExportError,
    GovfactsError,
    InputError,
    InternalError,
    LexiconError,
    OversizedError,
    RecordError,
    StoreError,
    UndecodableError,
    UnreadableError,
    UsageError,
)
from extractor.settings import Settings

if TYPE_CHECKING:
    from extractor.frame import read_facts
    from extractor.record import Records

__all__ = [
    "ExportError",
    "GovfactsError",
    "InputError",
    "InternalError",
    "LexiconError",
    "OversizedError",
    "RecordError",
    "Settings",
    "StoreError",
    "UndecodableError",
    "UnreadableError",
    "UsageError",
    "extract",
    "read_facts",
]


def __getattr__(name: str) -> object:
    """`read_facts` is imported when it is asked for: it needs pandas."""
    if name == "read_facts":
        from extractor.frame import read_facts

        return read_facts
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def extract(text: str, date: str | None = None, source: str = "-", settings: Settings | None = None) -> Records:
    """Articles, facts, places, programs and periods of one text.

    `date` is the publication date (YYYY-MM-DD, YYYY-MM or YYYY), `source` the name that the records carry as `doc`.
    Raises UsageError on a date that is none.
    """
    from extractor.pipeline import read_articles
    from extractor.read import read_text
    from extractor.record import to_records

    chosen = settings or Settings()
    read = read_text(text, source, chosen, date=date)
    return to_records(read, read_articles(read, chosen))
