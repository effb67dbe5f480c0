"""Scores extraction against gold annotations, layer by layer."""

from extractor.evaluate.gold import read_gold
from extractor.evaluate.report import Report
from extractor.evaluate.score import score_document

__all__ = ["Report", "read_gold", "score_document"]
