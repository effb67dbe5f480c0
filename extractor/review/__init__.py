"""Reviews: people's verdicts on facts, kept beside the machine's records and applied to what is read."""

from extractor.review.agreement import measure_agreement
from extractor.review.decide import add_fact, decide, undo
from extractor.review.gold import export_gold
from extractor.review.queue import count_queue, find_next
from extractor.review.state import list_reviews, read_review
from extractor.review.transfer import ImportReport, export_verdicts, import_file

__all__ = [
    "ImportReport",
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
