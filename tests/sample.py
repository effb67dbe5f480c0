"""Generated sentences and pages: hypothesis strategies over words of the trade, and the layout of print."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

# (verb, noun, classifiers) that stand together.
EVENTS = (
    ("新建", "农家书屋", ("个", "处", "座")),
    ("培训", "护林员", ("名", "人", "余名", "多人次")),
    ("整修", "灌溉渠道", ("公里", "余公里", "米")),
    ("播种", "冬小麦", ("亩", "万亩", "公顷")),
    ("筹集", "修路资金", ("万元", "余万元", "亿元", "元")),
    ("收购", "籽棉", ("吨", "公斤", "万担")),
    ("调解", "邻里纠纷", ("起", "件", "余件")),
    ("发放", "种植技术资料", ("份", "万份", "余册")),
)
OPENINGS = ("全县", "该镇", "当地", "各村", "县供销社", "县水利局", "乡亲们", "驻村干部")
TIMES = ("", "", "", "今年以来，", "去年，", "2018年，", "目前，", "3月至5月，", "“十三五”期间，")
PLACES = ("凤阳县", "安徽省全椒县", "隆尧县", "兴国县", "石柱土家族自治县", "普宁市")
PROGRAMS = ("", "", "", "实施“暖心回乡”工程，", "按照《河道管护办法》，", "开展安全生产专项整治行动，")
FILLERS = (
    "大家对来年的收成很有信心。",
    "这项工作受到群众的普遍欢迎。",
    "有关部门正在抓紧落实后续措施，确保按期完工。",
    "“路修通了，山货就能卖出好价钱。”一位老农高兴地说。",
    "过去一到雨天，出门就是两脚泥；如今水泥路直通各家门口。",
)
HEADLINES = (
    "水渠修到田间地头",
    "护林员持证上岗",
    "山货卖出好价钱",
    "抓好冬季农田建设",
    "书屋办进小山村",
    "为民解忧暖人心",
)
CHINESE = "三四五六七八九"

NUMBERS = st.one_of(
    st.integers(3, 9999).map(str),
    st.decimals("0.51", "99.9", places=1).map(str),
    st.tuples(st.sampled_from(CHINESE), st.sampled_from("十百千"), st.sampled_from(CHINESE)).map(
        lambda parts: parts[0] + parts[1] + (parts[2] + "十" if parts[1] == "百" else "")
    ),
)
QUALIFIERS = st.sampled_from(["", "", "", "近", "约", "超过"])


@st.composite
def clauses(draw: st.DrawFn) -> str:
    """Such as 整修灌溉渠道35公里: one quantity."""
    verb, noun, classifiers = draw(st.sampled_from(EVENTS))
    classifier = draw(st.sampled_from(classifiers))
    qualifier = "" if classifier[0] in "余多" else draw(QUALIFIERS)
    number = draw(NUMBERS)
    if classifier in ("个", "处", "座", "名", "人", "起", "件", "份") and "." in number:
        number = number.replace(".", "")
    if classifier[0] in "余多":
        number = draw(st.integers(3, 99).map(lambda tens: str(tens * 10)))
    return f"{verb}{noun}{qualifier}{number}{classifier}"


@st.composite
def sentences(draw: st.DrawFn) -> str:
    opening = draw(st.sampled_from(TIMES)) + draw(st.sampled_from(OPENINGS + PLACES)) + draw(st.sampled_from(PROGRAMS))
    return opening + "，".join(draw(st.lists(clauses(), min_size=1, max_size=3))) + "。"


def paragraphs() -> st.SearchStrategy[str]:
    return st.lists(st.one_of(sentences(), sentences(), st.sampled_from(FILLERS)), min_size=2, max_size=6).map("".join)


@st.composite
def articles(draw: st.DrawFn) -> list[str]:
    """Paragraphs of one report, the first with its dateline."""
    body = draw(st.lists(paragraphs(), min_size=1, max_size=4))
    return ["本报讯（记者　林溪）" + draw(sentences()) + body[0], *body[1:]]


def pages() -> st.SearchStrategy[list[tuple[str, list[str]]]]:
    """Items of a page: headline and body."""
    items = st.tuples(st.sampled_from(HEADLINES), articles())
    return st.lists(items, min_size=2, max_size=3, unique_by=lambda item: item[0])


def print_page(items: list[tuple[str, list[str]]], width: int, **layout: Any) -> str:
    """A column with each headline over its body."""
    return "\n".join(f"{headline}\n\n{wrap(body, width, **layout)}" for headline, body in items)


def wrap(body: list[str], width: int, *, indent: str = "　　", blank: bool = True, pad: str = "") -> str:
    """A column of print: `width` characters a line, paragraphs indented or parted by a blank line, lines padded."""
    lines: list[str] = []
    for paragraph in body:
        text = indent + paragraph
        lines += [text[at : at + width] for at in range(0, len(text), width)]
        if blank:
            lines.append("")
    return "\n".join(line + pad * (width - len(line)) if line else line for line in lines) + "\n"
