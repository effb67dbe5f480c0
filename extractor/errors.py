"""The error tree.

GovfactsError
├── UsageError        a wrong option or argument
├── InputError        one input cannot be read
│   ├── UnreadableError   not there, no permission, a folder
│   ├── UndecodableError  binary, empty, or in no encoding we know
│   ├── OversizedError    over a limit of Settings
│   └── MissingExtraError a library that the format needs is not installed
├── LexiconError      a row of a lexicon table is wrong
├── RecordError       a record breaks the contract
├── StoreError        a database refuses
│   └── ConflictError     somebody else has changed it meanwhile
├── ExportError       a file cannot be written
└── InternalError     a fault of ours
"""

from __future__ import annotations


class GovfactsError(Exception):
    """Root of all errors that govfacts raises on purpose."""


class UsageError(GovfactsError):
    """A wrong option or argument."""


class InputError(GovfactsError):
    """One input cannot be read; names the input and the reason."""

    def __init__(self, doc: str, reason: str) -> None:
        super().__init__(f"{doc}: {reason}")
        self.doc = doc
        self.reason = reason

    def __reduce__(self) -> tuple[type[InputError], tuple[str, str]]:
        """Errors travel between processes."""
        return type(self), (self.doc, self.reason)


class UnreadableError(InputError):
    """The input is not there or may not be read."""


class UndecodableError(InputError):
    """The input's bytes are no text that we can decode."""


class OversizedError(InputError):
    """The input is over a limit of Settings."""


class MissingExtraError(InputError):
    """The format needs a library that is not installed; the reason gives the pip line."""


class LexiconError(GovfactsError):
    """A row of a lexicon table is wrong; names file, line and reason."""


class RecordError(GovfactsError):
    """A record breaks the contract."""


class StoreError(GovfactsError):
    """A database refuses."""


class ConflictError(StoreError):
    """Somebody else has changed what a change rests on."""


class ExportError(GovfactsError):
    """A file cannot be written."""


class InternalError(GovfactsError):
    """A fault of ours."""
