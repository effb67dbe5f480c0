"""Stage 5, text to mentions."""

from extractor.mention.find import Mentions, find_mentions, find_unplaced, resolve_coreferences, settle_places
from extractor.mention.mend import mend_numerals
from extractor.mention.place_resolve import PlaceContext

__all__ = [
    "Mentions",
    "PlaceContext",
    "find_mentions",
    "find_unplaced",
    "mend_numerals",
    "resolve_coreferences",
    "settle_places",
]
