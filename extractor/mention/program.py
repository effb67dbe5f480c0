"""Named policies, plans, campaigns, projects, mechanisms, brands and documents in an article's unwrapped text."""

from __future__ import annotations

from pathlib import Path

from extractor.mention.program_alias import find_short_names
from extractor.mention.program_drive import find_drives
from extractor.mention.program_lexicon import load_programs
from extractor.mention.program_quoted import find_quoted
from extractor.mention.program_text import merge_programs
from extractor.mention.program_title import find_titles
from extractor.mention.program_unquoted import align_types, find_known, find_national
from extractor.mention.quotation import Quotation, find_name_spans, find_quotations
from extractor.model import Program

__all__ = ["find_name_spans", "find_programs"]


def find_programs(text: str, quotations: list[Quotation] | None = None, overlay: Path | None = None) -> list[Program]:
    """Programs in text order, without overlaps. `text` is a whole article: a name introduced in quotation marks
    is known in all of it. `quotations`: those of `text`, where the caller has them."""
    lexicon = load_programs(overlay)
    if quotations is None:
        quotations = find_quotations(text)
    programs: list[Program] = []
    if quotations:
        programs = merge_programs(find_quoted(text, quotations, lexicon), find_titles(text, quotations, lexicon))
    if programs:
        programs = find_short_names(text, align_types(text, programs), quotations)
        programs = merge_programs(programs, find_known(text, programs, quotations, lexicon))
    programs = merge_programs(programs, find_national(text, programs, lexicon))
    return merge_programs(programs, find_drives(text, programs, lexicon, overlay))
