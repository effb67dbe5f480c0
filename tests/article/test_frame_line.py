"""Lines between headline and body that are neither: salutations, units, a table's frame."""

from __future__ import annotations

import pytest

from extractor import extract


@pytest.mark.parametrize("line", ["各位代表：", "同志们！", "单位：万元、吨", "┌───┬───┐"])
def test_no_headline(line: str) -> None:
    found = extract(f"全县水利工作总结\n{line}\n\n　　去年全县修渠28公里，打井46眼，投资320万元。\n")
    assert [article.title for article in found.articles] == ["全县水利工作总结"]
    assert found.articles[0].body.split("\n")[0].replace(" ", "") == line
