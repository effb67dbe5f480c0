"""Columns side by side on the lines of a text."""

from __future__ import annotations

import pytest

from extractor.page.line import split_lines
from extractor.read import read_text
from extractor.settings import Settings

LEFT = [
    "　　本报讯　白石乡修整",
    "梯田四百亩，新挖水池",
    "三十口，铺设管道九里",
    "，今年可增产粮食两万",
    "斤，群众很是高兴。",
]
RIGHT = [
    "　　青石村合作社今年",
    "卖出山核桃一万六千斤",
    "，收入九万元。社里还",
    "添置剥壳机四台，请来",
    "技术员两名指导管理。",
]


def weave(gap: str, left: list[str] = LEFT, right: list[str] = RIGHT) -> str:
    width = max(len(line) for line in left)
    return "\n".join(a + "　" * (width - len(a)) + gap + b for a, b in zip(left, right, strict=True))


def read(text: str) -> list[str]:
    source = read_text(text, "-", Settings())
    return [source.text[line.span.start : line.span.end] for line in split_lines(source)]


@pytest.mark.parametrize("gap", ["  ", "　　", " │ ", " | ", "　　　　　"])
def test_the_left_column_is_read_before_the_right_one(gap: str) -> None:
    assert read(weave(gap)) == [line.strip() for line in (*LEFT, *RIGHT)]


def test_a_line_across_the_columns_parts_them() -> None:
    text = weave("    ") + "\n白石乡青石村连年丰收全乡干部群众信心倍增\n" + weave("    ", RIGHT, LEFT)
    assert read(text) == [
        *(line.strip() for line in (*LEFT, *RIGHT)),
        "白石乡青石村连年丰收全乡干部群众信心倍增",
        *(line.strip() for line in (*RIGHT, *LEFT)),
    ]


def test_a_line_s_indent_is_counted_from_its_column() -> None:
    lines = split_lines(read_text(weave("  "), "-", Settings()))
    assert [line.indent for line in lines] == [4, 0, 0, 0, 0] * 2
    assert lines[5].blanks == 1 and max(line.width for line in lines) == 22


@pytest.mark.parametrize(
    "text",
    [
        "乡镇　　面积　　产量\n白石乡　　400　　23\n青石乡　　380　　21\n黄土乡　　290　　18\n红岩乡　　510　　30",
        "\n".join(f"{name}　　　　县劳动模范，{name}公社社员。" for name in ("周平", "李敏", "王波", "赵洪")),
        "\n".join(
            [
                "全乡投资  300  万元，修渠  12  公里，受益农户  860  户，",
                "群众投工  9  万个，乡里十分满意，明年还要再修几条。",
            ]
            * 4
        ),
    ],
)
def test_tables_and_padded_figures_keep_their_lines(text: str) -> None:
    assert read(text) == text.split("\n")
