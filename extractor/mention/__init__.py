"""Stage 5, text to mentions."""

from extractor.mention.find import Mentions, find_mentions, resolve_coreferences
from extractor.mention.place_resolve import PlaceContext
from extractor.mention.unit import flags_of

__all__ = ["Mentions", "PlaceContext", "find_mentions", "flags_of", "resolve_coreferences"]
