"""Lines under a headline that name an office with its holder, or the organ that issues a document."""

from __future__ import annotations

import pytest

from extractor import extract

BODY = """

　　今年以来，全县新修水渠九条，造林三千亩，干部群众一齐动手，粮食总产量比去年增加一成，财政收入完成八百万元。
　　全县新建校舍四百平方米，通车里程增加五十公里。
"""

CASES = [
    ("政府工作报告\n平川县人民政府县长　周　平", "政府工作报告", "平川县人民政府县长 周 平", ("周平",)),
    ("关于财政决算的报告\n平川县财政局局长　李守田", "关于财政决算的报告", "平川县财政局局长 李守田", ("李守田",)),
    (
        "平川县1996年国民经济和社会发展统计公报\n平川县统计局",
        "平川县1996年国民经济和社会发展统计公报",
        "平川县统计局",
        (),
    ),
    (
        "在抗旱誓师大会上的讲话\n中共平川县委书记 欧阳明",
        "在抗旱誓师大会上的讲话",
        "中共平川县委书记 欧阳明",
        ("欧阳明",),
    ),
    ("水渠通到家门口\n平川县水利局", "水渠通到家门口 平川县水利局", None, ()),
    ("全县水利动工\n县长李守田到工地", "全县水利动工 县长李守田到工地", None, ()),
]


@pytest.mark.parametrize(("head", "title", "kicker", "names"), CASES)
def test_signature(head: str, title: str, kicker: str | None, names: tuple[str, ...]) -> None:
    [article] = extract(head + BODY, date="1997").articles
    assert (article.title, article.kicker, tuple(article.byline)) == (title, kicker, names)


def test_the_lines_stand_in_reading_order() -> None:
    [article] = extract(CASES[0][0] + BODY, date="1997").articles
    spans = [tuple(span) for span in article.spans]
    assert spans == sorted(spans) and spans[0][0] == 0
