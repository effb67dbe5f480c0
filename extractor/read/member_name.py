"""Names of archive members that no flag tells the encoding of."""

from __future__ import annotations

from extractor.errors import UndecodableError
from extractor.read.encoding import SURE, find_encoding, share_common

SAMPLE = 65_536  # bytes of names that are looked at
LATIN = "cp437"  # what ZIP says that its names are in


def find_name_encoding(names: bytes) -> str:
    """The encoding of an archive's names, by all of them together."""
    try:
        name = find_encoding(names[:SAMPLE], "", whole=len(names) <= SAMPLE).name
    except UndecodableError:
        return LATIN
    if name == "utf-8" and _is_chinese(names[:SAMPLE]):
        return "gb18030"
    return name


def _is_chinese(names: bytes) -> bool:
    """GB18030 that is UTF-8 by chance, as 通讯 is (ͨѶ): names are too short for that not to happen."""
    misread = names.decode("utf-8", "ignore")
    return share_common(misread) == 0 and share_common(names.decode("gb18030", "ignore")) >= SURE
