"""All settings of a run, frozen."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

COLUMN_ROLES = {
    "text": "the text",
    "title": "the headline",
    "date": "the date of publication",
    "source": "the newspaper",
    "author": "the reporters",
    "url": "the address",
    "id": "what names the document instead of its line",
}


@dataclass(frozen=True, slots=True)
class Settings:
    """How inputs are read and what is refused. All sizes are in bytes unless they say characters.

    - `lexicon`: folder of tables laid over ours. `newspaper`: the paper's name (gives its home prefecture).
    - `errors`: what becomes of bytes that are no characters: "strict" refuses the input and names the first one,
      "replace" reads U+FFFD in their place and lowers the text's quality.
    - `part_characters`: plain texts over it are read in parts of at most so many characters.
    - `text_column`, `title_column`, `date_column`, `source_column`, `author_column`, `url_column`, `id_column`: what
      tables and JSON Lines hold where; None for the usual names (lexicon/record_field.tsv), dots lead into objects
      within. `id_column` names the documents by its values instead of their lines.
    - `max_bytes`: a document that is held as a whole (not plain text) and a line of a table.
    - `max_members`: documents in one archive. `max_depth`: how many times a document may be packed.
    - `max_member_bytes`: one unpacked member. `max_unpacked_bytes`: all that one input unpacks to.
    - `max_ratio`: bytes unpacked for one packed byte.
    """

    lexicon: Path | None = None
    newspaper: str | None = None
    errors: str = "strict"
    part_characters: int = 4_000_000
    text_column: str | None = None
    title_column: str | None = None
    date_column: str | None = None
    source_column: str | None = None
    author_column: str | None = None
    url_column: str | None = None
    id_column: str | None = None
    max_bytes: int = 200_000_000
    max_members: int = 1_000_000
    max_depth: int = 5  # a page.txt.gz in a pages.tar.gz in a year.zip takes four
    max_member_bytes: int = 10_000_000_000
    max_unpacked_bytes: int = 100_000_000_000
    # Deflate gives 1032 for zeros, 100 to 300 for the same page over and over, 3 to 4 for print.
    max_ratio: int = 1_000
