"""Questions to a database of facts: search, counts and suggestions, the same on SQLite and PostgreSQL."""

from extractor.search.facet import count_facets
from extractor.search.page import search
from extractor.search.question import OPTIONS, Question, parse_question
from extractor.search.stats import Stats, read_stats
from extractor.search.suggest import suggest

__all__ = ["OPTIONS", "Question", "Stats", "count_facets", "parse_question", "read_stats", "search", "suggest"]
