"""A report of one column over two pages, with a ruled table: its text and how it is set."""

from __future__ import annotations

from build_samples_formats import Piece
from build_samples_press import Sheet, flow, wrap

REPORT = (
    ["渔溪镇2023年农业生产情况报告"],
    None,
    [
        "2023年，渔溪镇坚持稳粮增收，全镇粮食播种面积3.46万亩，总产量1.52万吨，比上年增长2.7%；蔬菜产量8600吨，水产养殖面积1240亩。",
        "一、粮食生产稳中有进",
        "全镇推广优质稻品种11个，建成百亩示范片6处，亩产最高达712公斤。发放种粮补贴283万元，惠及农户4150户。冬种油菜6800亩，扩种800亩。",
        "主要作物情况如下：",
        "作物面积（亩）总产（吨）",
        "早稻98004312",
        "晚稻2150010105",
        "马铃薯3300783",
        "二、农业设施不断完善",
        "全年整修水渠23.6公里，清淤山塘14口，新建机耕路5.8公里，投入资金760万元，其中群众自筹95万元。购置插秧机、烘干机等农机具47台套，耕种收综合机械化率提高到78.5%。",
        "三、存在的问题",
        "仍有1900余亩耕地灌溉困难，种粮大户仅32户，农产品加工企业不足5家。明年计划再投入430万元，改造低产田2200亩。",
    ],
    "news",
)
TABLE = (
    ("作物", "面积（亩）", "总产（吨）"),
    ("早稻", "9800", "4312"),
    ("晚稻", "21500", "10105"),
    ("马铃薯", "3300", "783"),
)


def set_report(item: Piece) -> list[Sheet]:
    """A report in one column over two pages, with a ruled table, section heads, page numbers."""
    sheets = [Sheet(420, 595), Sheet(420, 595)]
    left, width, size, leading = 52.0, 316.0, 12.0, 22.0
    sheet = sheets[0]
    sheet.centre(item.title[0], left, left + width, 56, 19, role="head")
    y = 100.0
    for paragraph in item.body:
        if paragraph in {"".join(row) for row in TABLE}:
            continue
        head = paragraph[1] == "、"
        lines = wrap([paragraph], width, size, face="hei" if head else "song")
        if y + len(lines) * leading > 530:
            sheet, y = sheets[1], 56.0
        y = (
            flow(sheet, lines, [(left, y, len(lines))], width, size, leading, "hei" if head else "song")
            + leading
            - size
        )
        if paragraph.endswith("如下："):
            y = set_table(sheet, left, y + 4, width) + 16
    for number, page in enumerate(sheets, 1):
        page.centre(f"— {number} —", left, left + width, 560, 9, "song")
    return sheets


def set_table(sheet: Sheet, left: float, top: float, width: float) -> float:
    height, cell = 20.0, width / len(TABLE[0])
    for r, row in enumerate(TABLE):
        for c, word in enumerate(row):
            sheet.centre(word, left + c * cell, left + (c + 1) * cell, top + r * height + 5, 10.5, "song", role="table")
    low = top + len(TABLE) * height
    sheet.rules += [(left, top + r * height, left + width, top + r * height) for r in range(len(TABLE) + 1)]
    sheet.rules += [(left + c * cell, top, left + c * cell, low) for c in range(len(TABLE[0]) + 1)]
    return low
