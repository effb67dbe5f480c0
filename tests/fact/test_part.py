"""Which figure is a part of which: part<total, in the order of the parts."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor.cli.explain import explain_reading
from extractor.errors import LexiconError
from extractor.fact.part import load_words
from extractor.lexicon.table import Row, read_table
from extractor.pipeline import read_articles
from extractor.read import read_text
from extractor.settings import Settings
from fact.case import read_facts, to_params

ROWS = read_table("part.tsv")


def find_parts(text: str) -> list[str]:
    facts = read_facts(text)
    by_id = {fact.fact_id: fact for fact in facts}
    return [f"{fact.quantity.text}<{by_id[fact.part_of].quantity.text}" for fact in facts if fact.part_of]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["rule"])
def test_example_gives_what_the_row_expects(row: Row) -> None:
    assert find_parts(row["example"]) == row["expected"].split()


CASES = [
    ("专班共60人，其中党员25人、团员18人。", ["25人<60人", "18人<60人"]),
    ("全县共投入资金4600万元，其中财政资金1800万元。", ["1800万元<4600万元"]),
    (
        "全县投入资金4600万元，其中县财政1800万元，社会资金1200万元，群众自筹1600万元。",
        ["1800万元<4600万元", "1200万元<4600万元", "1600万元<4600万元"],
    ),
    ("全社有耕地三千亩，其中水田一千二百亩，旱地一千八百亩。", ["一千二百亩<三千亩", "一千八百亩<三千亩"]),
    ("实有耕地36万亩，其中水田12万亩（含望天田2万亩）。", ["12万亩<36万亩", "2万亩<12万亩"]),
    ("实施重点项目26个，其中亿元以上的6个。", ["6个<26个"]),
    ("完成投资36亿元，建设项目12个，其中投资超亿元的项目3个。", ["3个<12个"]),
    ("共120人，其中投入30万元。", []),
    ("党员45人，其中团员60人。", []),
    ("发放补贴500万元：粮食补贴300万元、农机补贴200万元。", ["300万元<500万元", "200万元<500万元"]),
    ("全乡植树36万株：杨树18万株、柳树12万株、榆树6万株。", ["18万株<36万株", "12万株<36万株", "6万株<36万株"]),
    ("新建水厂12座，其中：甲乡6座，乙乡4座。", ["6座<12座", "4座<12座"]),
    ("到会代表460人。其中妇女代表86人。", ["86人<460人"]),
    ("到会代表460人。妇女代表86人。", []),
    ("参加会议的共460名，其中工人120名，农民260名。", ["120名<460名", "260名<460名"]),
    ("总产值12亿元，比上年增长8%，其中工业产值8亿元，增长12%。", ["8亿元<12亿元"]),
    ("产值12亿元，比上年增加9亿元，其中工业产值8亿元。", ["8亿元<12亿元"]),
    ("有党员1200名，其中女党员300名，其中60岁以上的120名。", ["300名<1200名", "120名<300名"]),
    ("处理案件260件，其中经济案件46件，挽回损失320万元。", ["46件<260件"]),
    ("修渠36公里，植树12万株，其中果树3万株。", ["3万株<12万株"]),
    ("全市有学校260所，包括小学180所、中学80所。", ["180所<260所", "80所<260所"]),
    ("贷款86万元，其中：农业贷款46万元；工业贷款40万元。", ["46万元<86万元", "40万元<86万元"]),
    ("有党员1200名，其中女党员300名；团员3600名，其中女团员1600名。", ["300名<1200名", "1600名<3600名"]),
    ("建成泵站6座、水厂12座，合计18座。", ["6座<18座", "12座<18座"]),
    ("全队共有劳力80人，男46人，女34人。", ["46人<80人", "34人<80人"]),
    ("全县面积3.2万公顷，其中林地24万亩。", ["24万亩<3.2万公顷"]),
    ("售粮46吨，其中小麦3.6万公斤。", ["3.6万公斤<46吨"]),
    ("收入46万元，其中出口收入3万美元。", []),
    ("全年收入86万元，其中每亩500元。", []),
    ("党员占总数的60%，其中女党员占20%。", ["20%<60%"]),
    ("产值增长18%，其中工业增长6%。", []),
    ("共投入资金3200万元，其中财政资金1200万元，建成水厂12座。", ["1200万元<3200万元"]),
    ("共投入资金3200万元，其中财政资金1200万元，发放贷款500万元。", ["1200万元<3200万元"]),
    (
        "救灾款共一百二十万元，其中国家拨款八十万元，地方自筹四十万元。",
        ["八十万元<一百二十万元", "四十万元<一百二十万元"],
    ),
    ("全场有职工一千二百人，内有技术人员八十人。", ["八十人<一千二百人"]),
    ("水果含糖量12%。", []),
    ("有企业86家，其中纳税过百万元的18家，比上年多6家。", ["18家<86家"]),
    ("平均亩产420斤，其中有8个乡平均亩产360斤。", []),
    ("全程工期86天，其中晴天46天。", []),
    ("投入120万元，不含配套资金30万元。", []),
    ("选派干部260名。其中，县直单位86名，乡镇174名。", ["86名<260名", "174名<260名"]),
    ("共有职工120人。全厂分三个车间。其中女职工45人。", []),
    ("近三年投入3200余万元，其中县财政投入1200余万元。", ["1200余万元<3200余万元"]),
    ("粮食总产46万吨，其中小麦26万吨、玉米18.5万吨，分别增长3%和5%。", ["26万吨<46万吨", "18.5万吨<46万吨"]),
]


@pytest.mark.parametrize(("text", "expected"), to_params(CASES, 2))
def test_case(text: str, expected: list[str]) -> None:
    assert find_parts(text) == expected


def test_a_new_paragraph_has_no_total_before_it() -> None:
    assert find_parts("本报讯　到会代表460人。\n　　其中妇女代表86人。") == []


WRONG = [("bad\t(\tamong\t一\t一\n", "pattern"), ("bad\t其余\tfriend\t一\t一\n", "kind 'friend'")]


@pytest.mark.parametrize(("row", "message"), WRONG)
def test_a_wrong_row_is_named(tmp_path: Path, row: str, message: str) -> None:
    (tmp_path / "part.tsv").write_text("rule\tpattern\tkind\texample\texpected\n" + row, "utf-8")
    with pytest.raises(LexiconError, match=rf"part\.tsv:2: {message}"):
        load_words(tmp_path)


def test_a_user_may_take_all_rows_away(tmp_path: Path) -> None:
    rows = "".join(f"-{row['rule']}\n" for row in ROWS)
    (tmp_path / "part.tsv").write_text("rule\tpattern\tkind\texample\texpected\n" + rows, "utf-8")
    assert load_words(tmp_path).tie.search("其中") is None


def test_explain_shows_the_total_and_the_subject() -> None:
    source = read_text("县水利局打井46眼，其中深井12眼。", "-", Settings())
    [reading] = read_articles(source, Settings())
    told = [line.text.split() for line in explain_reading(reading)]
    assert ["part", "of", "46眼"] in told
    assert ["subject", "县水利局"] in told
