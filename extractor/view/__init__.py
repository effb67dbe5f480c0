"""One self-contained page that shows texts with their facts: no script, no outside request."""

from extractor.view.page import LANGUAGES, to_page
from extractor.view.write import write_page

__all__ = ["LANGUAGES", "to_page", "write_page"]
