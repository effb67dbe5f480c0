"""Administrative divisions of China since 1980, townships, zones: names, codes, periods, and which lies in which."""

from extractor.gazetteer.ancestry import RANK, find_ancestor, find_ancestor_at, find_common, find_divisions, is_within
from extractor.gazetteer.table import Division, Gazetteer, gazetteer_digest, load_gazetteer

__all__ = [
    "RANK",
    "Division",
    "Gazetteer",
    "find_ancestor",
    "find_ancestor_at",
    "find_common",
    "find_divisions",
    "gazetteer_digest",
    "is_within",
    "load_gazetteer",
]
