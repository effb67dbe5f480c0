"""Stage 4: Article -> Sentences, and sentences -> clauses."""

from extractor.sentence.clause import split_clauses
from extractor.sentence.split import split_sentences

__all__ = ["split_clauses", "split_sentences"]
