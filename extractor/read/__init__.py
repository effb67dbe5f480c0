"""Stage 1, bytes -> Source: inputs, containers, encodings, formats, header blocks, mastheads, dates."""

from extractor.read.document import Input
from extractor.read.input import find_inputs, read_names
from extractor.read.source import read_source, read_text

__all__ = ["Input", "find_inputs", "read_names", "read_source", "read_text"]
