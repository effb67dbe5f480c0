"""Stage 6, mentions to facts."""

from extractor.fact.assemble import Findings, assemble_facts

__all__ = ["Findings", "assemble_facts"]
