"""Stage 2: Source -> Page, the physical lines as blocks."""

from extractor.page.split import split_page

__all__ = ["split_page"]
