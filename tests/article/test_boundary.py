"""Where a report opens among undated paragraphs."""

from __future__ import annotations

import re

import pytest

from extractor.article import split_articles
from extractor.article.boundary import weigh_signs
from extractor.lexicon.table import Row, read_table
from extractor.page import split_page
from extractor.read import read_text
from extractor.settings import Settings


def titles_of(text: str) -> list[str | None]:
    source = read_text(text, "-", Settings())
    return [article.title for article in split_articles(source, split_page(source))]


@pytest.mark.parametrize("row", read_table("layout_sign.tsv"), ids=lambda row: row["_line"])
def test_sign(row: Row) -> None:
    assert (re.search(row["pattern"], row["example"]) is not None) == (row["expected"] == "yes")
    where = row["where"].rpartition("_")[2]
    texts = {"head": "", "lead": "", "title": ""} | {where: row["example"]}
    with_sign = weigh_signs(texts["head"], texts["lead"], texts["title"], "")
    others = sum(
        float(other["weight"])
        for other in read_table("layout_sign.tsv")
        if other is not row and other["where"].endswith(where) and re.search(other["pattern"], row["example"])
    )
    assert with_sign == pytest.approx(others + float(row["weight"]))


def test_a_name_that_the_report_before_holds_is_no_sign() -> None:
    lead = "石桥公社党委重视冬季积肥"
    assert weigh_signs("", lead, "", "石桥公社修渠") < weigh_signs("", lead, "", "柳河公社修渠")


LONG = "　　{}今年新建粮库6座，投资320万元，受益农户1200户。\n"


def test_headings_of_one_length_are_sub_headings() -> None:
    text = "河口镇旧貌换新颜\n\n" + LONG.format("河口镇")
    for head in ("修路通到家", "种树绿满坡", "养羊富了民"):
        text += f"\n{head}\n\n" + LONG.format("镇里")
    assert titles_of(text) == ["河口镇旧貌换新颜"]


def test_headlines_over_leads_open_reports() -> None:
    text = "临江日报 2012年3月1日 第2版\n\n石桥镇粮库竣工\n\n" + LONG.format("石桥镇")
    text += "\n我县农机下乡忙\n\n" + LONG.format("记者从县农机局获悉，")
    text += "\n东岭县\n修好田间路 收成有指望\n\n" + LONG.format("近日，东岭县")
    assert titles_of(text) == ["石桥镇粮库竣工", "我县农机下乡忙", "修好田间路 收成有指望"]


def test_a_credit_closes_a_report() -> None:
    text = "产粮大户受奖\n\n　　县里奖励大户12家。（周平）\n\n秋菜上市\n\n　　菜农日售菜3万斤。（李敏）\n"
    assert titles_of(text) == ["产粮大户受奖", "秋菜上市"]


@pytest.mark.parametrize("mark", "△●■◇▲◆★○")
def test_briefs_are_one_report(mark: str) -> None:
    items = "".join(f"　　{mark}{place}建桥{n}座。\n" for n, place in enumerate(("河口镇", "柳河县", "石桥乡"), 3))
    text = f"柳河县粮食丰收\n\n　　本报讯　柳河县产粮3亿斤。\n\n简　讯\n\n{items}\n"
    text += "东岭县办夜校\n\n　　近日，东岭县教育局办夜校12所，入学群众3200人。\n"
    assert titles_of(text) == ["柳河县粮食丰收", "简讯", "东岭县办夜校"]
