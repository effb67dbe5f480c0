"""The tables of web pages compiled: what an element's id or class, a label or a line says."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.lexicon.table import read_table

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_TOKEN = re.compile(r"\S+")
_BLANKS = re.compile(r"\s+")
MOST_TOKENS = 12  # classes of one element that are looked at


@lru_cache(maxsize=8)
def _marks(overlay: Path | None) -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    return tuple((row["mark"], row["role"], re.compile(row["pattern"])) for row in read_table("html_mark.tsv", overlay))


@lru_cache(maxsize=8192)
def _mark_of(token: str, overlay: Path | None) -> tuple[str, str, int] | None:
    """Mark, role and rank of one id, class or tag."""
    for rank, (mark, role, pattern) in enumerate(_marks(overlay)):
        if pattern.fullmatch(token):
            return mark, role, rank
    return None


def find_marks(element: Element, overlay: Path | None = None) -> list[tuple[str, str, int]]:
    """(mark, role, rank) of each of an element's tag, id and classes that the table knows."""
    tokens = [str(element.tag)] if "-" in str(element.tag) else []
    for name in ("id", "class", "itemprop"):
        value = element.get(name)
        if value:
            tokens += _TOKEN.findall(value[:400])[:MOST_TOKENS]
    return [mark for token in tokens if len(token) <= 40 and (mark := _mark_of(token.lower(), overlay))]


@lru_cache(maxsize=8)
def find_elements(role: str, overlay: Path | None = None) -> frozenset[str]:
    """The tags of a role: block or drop."""
    return frozenset(row["element"] for row in read_table("html_element.tsv", overlay) if row["role"] == role)


@lru_cache(maxsize=8)
def meta_roles(overlay: Path | None = None) -> dict[str, tuple[str, int]]:
    """Role and rank by lower-case name of a <meta>."""
    return {row["name"].lower(): (row["role"], i) for i, row in enumerate(read_table("html_meta.tsv", overlay))}


@lru_cache(maxsize=8)
def _lines(overlay: Path | None) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (row["role"], re.compile(row["pattern"], re.IGNORECASE)) for row in read_table("html_line.tsv", overlay)
    )


LONGEST_LINE = 120  # characters, blanks dropped, of a line that may be furniture


def find_line_role(line: str, overlay: Path | None = None) -> str | None:
    """drop or tail for a line of furniture, None for text."""
    bare = _BLANKS.sub("", line)
    if not bare:
        return "drop"
    if len(bare) > LONGEST_LINE:
        return None
    return next((role for role, pattern in _lines(overlay) if pattern.fullmatch(bare)), None)


@lru_cache(maxsize=8)
def _labels(overlay: Path | None) -> tuple[dict[str, str], re.Pattern[str]]:
    roles = {row["label"]: row["role"] for row in read_table("html_label.tsv", overlay)}
    words = "|".join("[ \u3000]*".join(map(re.escape, label)) for label in sorted(roles, key=len, reverse=True))
    return roles, re.compile(rf"(?<![\u4e00-\u9fff])(?P<label>{words})[ \u3000]*[:：][ \u3000]*")


_VALUE_END = re.compile(r"[|｜【\[]|　{2,}| {2,}|\s(?=打印|分享|字号|字体|收藏|关闭|浏览|阅读|点击|评论)")


def find_labels(line: str, overlay: Path | None = None) -> list[tuple[str, str, int]]:
    """(role, value, start) of each label in an information line.

    >>> find_labels("来源：海滨日报 字号：大 中 小")
    [('source', '海滨日报', 0), ('other', '大 中 小', 8)]
    """
    roles, pattern = _labels(overlay)
    matches = list(pattern.finditer(line))
    out = []
    for i, match in enumerate(matches):
        end = matches[i + 1].start() if i + 1 < len(matches) else len(line)
        value = line[match.end() : end].strip(" \u3000|｜[【(（")
        cut = _VALUE_END.search(value, 1) if value else None
        out.append(
            (roles[_BLANKS.sub("", match["label"])], value[: cut.start()].strip() if cut else value, match.start())
        )
    return out
