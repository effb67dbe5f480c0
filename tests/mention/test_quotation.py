"""Quotations and the name spans in which numerals are no quantities."""

from __future__ import annotations

import pytest

from extractor.mention.quotation import MAX_LENGTH, find_name_spans, find_quotations
from support import assert_linear


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("实施“清源”行动", [("清源", "double", 0)]),
        ("“守护‘小树苗’行动”", [("守护‘小树苗’行动", "double", 0), ("小树苗", "single", 1)]),
        (
            "《关于“三农”的〈意见〉》",
            [("关于“三农”的〈意见〉", "title", 0), ("三农", "double", 1), ("意见", "inner_title", 1)],
        ),
        ("《转发《条例》的通知》", [("转发《条例》的通知", "title", 0), ("条例", "title", 1)]),
        ("「清源『大』行動」", [("清源『大』行動", "corner", 0), ("大", "inner_corner", 1)]),
        ('说"好"，又说"行"', [("好", "straight", 0), ("行", "straight", 0)]),
        ("“甲”“乙”和“丙”", [("甲", "double", 0), ("乙", "double", 0), ("丙", "double", 0)]),
        ("甲”乙“丙”", [("丙", "double", 0)]),
        ("“甲“乙”丙", [("乙", "double", 0)]),
        ("“甲《乙”丙》", [("甲《乙", "double", 0)]),
        ("“甲\n乙”", []),
        ("“”《》", []),
        ("“", []),
        ("", []),
    ],
)
def test_pairs(text: str, expected: list[tuple[str, str, int]]) -> None:
    assert [(text[slice(*q.inner)], q.kind, q.depth) for q in find_quotations(text)] == expected


def test_span_takes_the_marks_in() -> None:
    (quotation,) = find_quotations("看“书”吧")
    assert (quotation.span, quotation.inner) == ((1, 4), (2, 3))


def test_marks_too_far_apart_are_no_pair() -> None:
    assert find_quotations("“" + "甲" * MAX_LENGTH + "”")
    assert not find_quotations("“" + "甲" * (MAX_LENGTH + 1) + "”")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("落实“三会一课”制度", ["三会一课"]),
        ("实施“678”行动", ["678"]),
        ("“1+4+N”联盟", ["1+4+N"]),
        ("“六项制度”上墙", ["六项制度"]),
        ("吸纳“一约四会”参加", ["一约四会"]),
        ("“15分钟服务圈”", ["15分钟服务圈"]),
        ("“6个100%”", ["6个100%"]),
        ("《2021年江滨县3项重点工作清单》", ["2021年江滨县3项重点工作清单"]),
        ("“千亿斤粮仓工程”", ["千亿斤粮仓工程"]),
        ("“百分之百满意”", ["百分之百满意"]),
        ("“十四五”规划", ["十四五"]),
        ("“人均增收3000元”", []),
        ("“亩产八百五十斤”", []),
        ("“修路12公里”", []),
        ("“覆盖率98.5%”", []),
        ("“占到百分之三十五”", []),
        ("“去年全村增收30万元，大家干劲更足了。”", []),
        ("他说：“我家收了20袋”", []),
        ("“来看病的有40多人，”医生说", []),
        ("“" + "学" * 31 + "”", []),
        ("“他们学了《条例》，收入增加2万元。”", ["条例"]),
        ("“守护‘1号树苗’行动”", ["守护‘1号树苗’行动"]),
        ("没有引号的3000元", []),
    ],
)
def test_name_spans(text: str, expected: list[str]) -> None:
    assert [text[slice(*span)] for span in find_name_spans(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "“" * 50_000,
        "”" * 50_000,
        '"' * 50_001,
        "“" * 25_000 + "”" * 25_000,
        "“‘《〈「『" * 9_000 + "”" * 9_000,
        "“" + "8" * 100_000 + "”",
        "“百分之" * 20_000,
        "“甲”" * 25_000,
    ],
    ids=range(8),
)
def test_hostile_text_takes_linear_time(text: str) -> None:
    assert_linear(lambda size: find_name_spans(text[:size]), len(text) // 16)
