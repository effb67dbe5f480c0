"""Reviews: people's verdicts on facts, kept beside the machine's records and applied to what is read."""

from extractor.review.agreement import measure_agreement
from extractor.review.decide import add_beside, add_fact, decide, undo
from extractor.review.gold import GoldReport, export_gold
from extractor.review.queue import Candidate, count_queue, find_next
from extractor.review.state import ReviewPage, list_reviews, read_review
from extractor.review.transfer import ImportReport, export_verdicts, import_file

__all__ = [
    "Candidate",
    "GoldReport",
    "ImportReport",
    "ReviewPage",
    "add_beside",
    "add_fact",
    "count_queue",
    "decide",
    "export_gold",
    "export_verdicts",
    "find_next",
    "import_file",
    "list_reviews",
    "measure_agreement",
    "read_review",
    "undo",
]
