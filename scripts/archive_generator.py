"""A newspaper archive of any size, made from the sample pages: their paragraphs with other figures and other counties.

`write_archive` writes the same files for the same seed.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = 12_000  # characters of a page: what a broadsheet of the 1990s holds
FOLDER = 1_000  # files of a folder
DIGITS = re.compile(r"\d+")
CHINESE = re.compile("(?<=[一二三四五六七八九])[一二三四五六七八九](?=[十百千万])|[一二三四五六七八九](?=[百千万])")
FIRST, LAST = 1950, 2024


@lru_cache(maxsize=1)
def load_articles() -> tuple[str, ...]:
    """The sample pages cut at their empty lines: headlines, datelines and paragraphs."""
    texts = [path.read_text("utf-8") for path in sorted((ROOT / "corpora" / "pages").glob("*.txt"))]
    return tuple(part for text in texts for part in re.split(r"\n\s*\n", text) if len(part) > 60)


@lru_cache(maxsize=1)
def load_counties() -> tuple[str, ...]:
    """Names of counties of today, to stand in for those of the samples."""
    rows = (ROOT / "corpora" / "gazetteer" / "divisions.tsv").read_text("utf-8").splitlines()
    return tuple(
        sorted({cell for row in rows for cell in row.split("\t") if re.fullmatch("[\u4e00-\u9fff]{2}县", cell)})
    )


COUNTY = re.compile("(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{2}县|(?<=[在是，。、讯])[\u4e00-\u9fff]{2}县")


def make_page(rng: random.Random) -> str:
    """One page: paragraphs in random order, figures and counties changed."""
    parts: list[str] = []
    size = 0
    while size < PAGE:
        part = _vary(rng.choice(load_articles()), rng)
        parts.append(part)
        size += len(part) + 2
    return "\n\n".join(parts) + "\n"


def _vary(text: str, rng: random.Random) -> str:
    def number(match: re.Match[str]) -> str:
        digits = match[0]
        if len(digits) == 4 and digits[:2] in ("19", "20"):
            return str(rng.randint(FIRST, LAST))
        return str(rng.randint(1, 9)) + "".join(str(rng.randint(0, 9)) for _ in digits[1:])

    county = rng.choice(load_counties())
    text = DIGITS.sub(number, text)
    text = CHINESE.sub(lambda match: rng.choice("一二三四五六七八九"), text)
    return COUNTY.sub(county, text)


def iter_pages(characters: int, seed: int) -> Iterator[tuple[str, str]]:
    """File name and text of each page until there are so many characters."""
    rng = random.Random(seed)
    done = number = 0
    while done < characters:
        text = make_page(rng)
        day = f"{rng.randint(FIRST, LAST)}{rng.randint(1, 12):02d}{rng.randint(1, 28):02d}"
        yield f"{number // FOLDER:04d}/{day}-{number:06d}.txt", text
        done += len(text)
        number += 1


def write_archive(folder: Path, characters: int, seed: int = 1) -> int:
    """Writes the pages below a folder; how many."""
    count = 0
    for name, text in iter_pages(characters, seed):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        count += 1
    return count
