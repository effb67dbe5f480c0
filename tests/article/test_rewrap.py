"""The same page at another column width gives the same articles."""

from __future__ import annotations

import re
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from extractor.article import split_articles
from extractor.model import Source
from extractor.page import split_page

PLACES = ("东岭县", "柳河县", "河口镇", "石桥乡", "临江市")
HEADS = (
    "{p}兴修水利保丰收",
    "{p}大棚蔬菜富农家",
    "{p}：“{q}”服务到村",
    "新修公路通到{p}山里",
    "{p}抓实干部培训 提升服务能力",
)
CLAUSES = (
    "{p}坚持把{t}摆在重要位置",
    "先后投入资金{n}万元",
    "组织干部群众{n}余人参加",
    "新修渠道{d}公里",
    "累计开展“{q}”活动{n}余场次",
    "占全县总数的{d}%",
    "明确{t}、督查等责任分工",
    "帮助群众解决困难和问题{n}个",
    "《{p}{t}管理办法》已经印发",
    "带动{n}户群众稳定增收",
    "群众的获得感、幸福感不断增强",
)
TASKS = ("水利建设", "春耕生产", "技能培训", "环境整治")
NAMES = ("冬送温暖，夏送清凉", "送教下乡", "百日攻坚")
NUMBERS = ("1500", "860", "3200", "45", "12")
DECIMALS = ("28.6", "3.16", "1.2", "68")
NO_START = "，。、；：！？）》”％%"
NO_END = "（《“"


@dataclass(frozen=True)
class Report:
    kicker: str | None
    title: str
    body: tuple[str, ...]


@st.composite
def filled(draw: st.DrawFn, patterns: tuple[str, ...]) -> str:
    values = {"p": PLACES, "q": NAMES, "t": TASKS, "n": NUMBERS, "d": DECIMALS}
    return draw(st.sampled_from(patterns)).format(**{k: draw(st.sampled_from(v)) for k, v in values.items()})


sentences = st.lists(filled(CLAUSES), min_size=2, max_size=5).map(lambda clauses: "，".join(clauses) + "。")
paragraphs = st.lists(sentences, min_size=2, max_size=4).map("".join)


@st.composite
def reports(draw: st.DrawFn) -> Report:
    body = draw(st.lists(paragraphs, min_size=1, max_size=4))
    opening = draw(st.sampled_from(("【本报讯】", "本报石桥讯（通讯员 周平）", "新华社临江三月五日电（记者 周平）")))
    kicker = draw(st.none() | st.sampled_from(PLACES))
    return Report(kicker, draw(filled(HEADS)), (opening + body[0], *body[1:]))


def cells(text: str) -> int:
    return sum(1 if c < "\x80" else 2 for c in text)


def wrap(text: str, width: int) -> list[str]:
    """Lines of at most `width` characters; marks that may not open a line hang, brackets go to the next."""
    lines, line = [], ""
    for c in text:
        if cells(line + c) > 2 * width and c not in NO_START:
            bare = line.rstrip(NO_END)
            lines.append(bare)
            line = line[len(bare) :]
        line += c
    return [*lines, line]


def pad_figures(text: str) -> str:
    return re.sub(r"(?<=[\u4e00-\u9fff])(\d+)(?=[\u4e00-\u9fff])", r" \1 ", text)


def set_page(page: list[Report], width: int, *, indent: bool, behind: bool, height: int, pad: bool) -> str:
    """`height`: lines of a column, behind which an empty line stands within a sentence; 0: no breaks."""
    out: list[str] = []
    for report in page:
        head = [*([report.kicker, ""] if report.kicker else []), report.title]
        body: list[str] = []
        for paragraph in report.body:
            text = pad_figures(paragraph) if pad else paragraph
            lines = wrap(("　　" if indent else "") + text, width)
            since = 0
            for i, line in enumerate(lines):
                body.append(line.rstrip())
                since += 1
                if height and since >= height and i + 2 < len(lines) and line[-1] not in "。”）":
                    body.append("")
                    since = 0
            if not indent:
                body.append("")
        out += [*body, "", *head, ""] if behind else [*head, "", *body, ""]
    return "\n".join(out) + "\n"


def read(text: str, newspaper: str | None = None) -> list[Report]:
    source = Source("-", text, "", 0, "utf-8", "text", newspaper=newspaper)
    articles = split_articles(source, split_page(source))
    return [
        Report(a.kicker, a.title or "", tuple(a.text.text[s.start : s.end] for role, s in a.parts if role == "body"))
        for a in articles
    ]


@given(
    st.lists(reports(), min_size=2, max_size=4),
    st.integers(8, 60),
    st.fixed_dictionaries(
        {"indent": st.booleans(), "behind": st.booleans(), "height": st.sampled_from((0, 5, 9)), "pad": st.booleans()}
    ),
)
def test_columns_of_any_width_give_the_reports(page: list[Report], width: int, layout: dict[str, int]) -> None:
    assert read(set_page(page, width, **layout)) == page  # type: ignore[arg-type]


@st.composite
def undated(draw: st.DrawFn) -> Report:
    """A report without dateline: its headline names a place, its text opens as news does."""
    body = draw(st.lists(paragraphs, min_size=1, max_size=3))
    opening = draw(st.sampled_from(("近日，", "8月20日，", "记者从县农业局获悉，")))
    credit = draw(st.sampled_from(("", "（周平）")))
    return Report(
        draw(st.sampled_from(PLACES)), draw(filled(HEADS)), (opening + body[0], *body[1:-1], body[-1] + credit)
    )


@given(st.lists(undated(), min_size=2, max_size=3), st.integers(8, 60), st.sampled_from((0, 5, 9)), st.booleans())
def test_undated_reports_at_any_width(page: list[Report], width: int, height: int, pad: bool) -> None:
    text = "临江日报 2012年8月21日 第2版\n\n" + set_page(page, width, indent=True, behind=False, height=height, pad=pad)
    assert [(r.kicker, r.title) for r in read(text, "临江日报")] == [(r.kicker, r.title) for r in page]


@given(st.lists(reports(), min_size=1, max_size=3), st.booleans())
def test_paragraphs_on_lines_of_their_own_give_the_reports(page: list[Report], indent: bool) -> None:
    assert read(set_page(page, 10_000, indent=indent, behind=False, height=0, pad=False)) == page
