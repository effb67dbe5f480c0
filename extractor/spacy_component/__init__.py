"""The flow as a spaCy component: `nlp.add_pipe("govfacts")`.

Doc.text -> extract -> records -> doc.spans, doc._

Importing this package needs spaCy; it registers the factory and the extension attributes and loads nothing else.
"""

from __future__ import annotations

from extractor.spacy_component.component import GovfactsComponent, make_govfacts
from extractor.spacy_component.extension import register_extensions
from extractor.spacy_component.span import GROUPS

__all__ = ["GROUPS", "GovfactsComponent", "make_govfacts", "register_extensions"]

register_extensions()
