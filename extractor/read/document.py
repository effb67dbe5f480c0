"""One document before it is read: where its bytes or its text are, and what its container tells about it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from extractor.errors import InputError
from extractor.model import Published
from extractor.read.decoded import Decoded


@dataclass(frozen=True, slots=True)
class Input:
    """One document. Exactly one of `path`, `data`, `decoded` and `failure` is set.

    `doc` is the name that records carry: the name as given, `archive.zip!/dir/member.txt`, `file.csv#12`; the parts of
    a large text share one. `bytes` is the size that it has or that its container states. What `dates` say holds where
    the document itself has no date; `published` and `newspaper` are those of the first part.
    """

    doc: str
    path: Path | None = None  # a file, read whole
    data: bytes | None = None  # bytes of a format: a member of an archive, standard input
    decoded: Decoded | None = None  # text: a row of a table, a part of a large text
    failure: InputError | None = None  # it could not be opened: passed on, so that the rest goes on
    bytes: int = 0
    name: str = ""  # its own name, by which format and date are told; `doc` where empty
    format: str = ""  # of `decoded`
    dates: tuple[str, ...] = ()
    uri: str | None = None
    published: Published | None = None
    newspaper: str | None = None
    offset: int = 0  # code points of the document before this part
    part: int = 1
