"""What is counted and what was done: indicator and action of facts. A cell may give several right ones, parted by |."""

from __future__ import annotations

import pytest

from fact.case import read_facts, text_of, to_params

CASES = [
    ("全县新建农家书屋46处。", ["46处 农家书屋 新建"]),
    ("各村整修灌溉渠道35公里。", ["35公里 灌溉渠道|渠道 整修"]),
    ("县供销社收购籽棉860吨。", ["860吨 籽棉 收购"]),
    ("发放技术资料4200份。", ["4200份 技术资料|资料 发放"]),
    ("建成6座水厂。", ["6座 水厂 建成"]),
    ("新建46个村级卫生室。", ["46个 村级卫生室|卫生室 新建"]),
    ("组织86名党员开展义务劳动。", ["86名 党员 组织"]),
    ("开展义务劳动16次。", ["16次 义务劳动 开展"]),
    ("开展16次义务劳动。", ["16次 义务劳动 开展"]),
    ("举办科技培训班24期，培训农民3600人次。", ["24期 科技培训班|培训班 举办", "3600人次 农民 培训"]),
    ("举办24期科技培训班，培训农民3600人次。", ["24期 科技培训班|培训班 举办", "3600人次 农民 培训"]),
    ("全县粮食总产量达46万吨。", ["46万吨 粮食总产量|总产量 达"]),
    ("全县粮食总产量比上年增长6.5%。", ["6.5% 粮食总产量|总产量 增长"]),
    ("农民人均纯收入增加380元。", ["380元 人均纯收入|农民人均纯收入 增加"]),
    ("全县耕地面积为46万亩。", ["46万亩 耕地面积 为"]),
    ("工程总投资2.6亿元。", ["2.6亿元 工程总投资|总投资 -"]),
    ("落实帮扶资金460万元。", ["460万元 帮扶资金|资金 落实"]),
    ("群众满意率达98.6%。", ["98.6% 群众满意率|满意率 达"]),
    ("贫困发生率由12.3%下降到1.8%。", ["12.3% 贫困发生率 -", "1.8% 贫困发生率 下降到"]),
    ("推广优良品种16个，面积达3.2万亩。", ["16个 优良品种|品种 推广", "3.2万亩 面积 达"]),
    ("种植苹果3200亩、梨1500亩、桃860亩。", ["3200亩 苹果 种植", "1500亩 梨 种植", "860亩 桃 种植"]),
    ("栽植杨树120万株、柳树45万株。", ["120万株 杨树 栽植", "45万株 柳树 栽植"]),
    ("修建公路3条46公里。", ["3条 公路 修建", "46公里 公路 修建"]),
    ("新增就业岗位3600个。", ["3600个 就业岗位|岗位 新增"]),
    ("惠及群众3.6万人。", ["3.6万人 群众 惠及"]),
    ("吸引游客12万人次。", ["12万人次 游客 吸引"]),
    ("修建蓄水池36个，解决了1.2万人的饮水困难。", ["36个 蓄水池 修建", "1.2万人 饮水困难 解决"]),
    ("有38个村通了公路。", ["38个 村 有|通"]),
    ("到会代表320人。", ["320人 代表 到会"]),
    ("共有党员1560名，其中女党员320名。", ["1560名 党员 共有|有", "320名 女党员|党员 共有|有|-"]),
    ("三分之二的农户用上了沼气。", ["三分之二 农户 用上"]),
    ("农户中有六成用上了沼气。", ["六成 农户 有|用上"]),
    ("水稻平均亩产520公斤。", ["520公斤 亩产|平均亩产 -"]),
    ("投资460万元，建成水厂2座。", ["460万元 投资|- 投资", "2座 水厂 建成"]),
    ("引进资金3.2亿元，建设项目18个。", ["3.2亿元 资金 引进", "18个 项目 建设"]),
    ("捐款36万元。", ["36万元 捐款|- 捐款"]),
    ("募捐善款36万元。", ["36万元 善款 募捐"]),
    ("出动车辆46台次、人员360人次。", ["46台次 车辆 出动", "360人次 人员 出动"]),
    ("打机井46眼，修塘坝18座，扩大灌溉面积1.2万亩。", ["46眼 机井 打", "18座 塘坝 修", "1.2万亩 灌溉面积 扩大"]),
    ("救出被困群众26人。", ["26人 被困群众|群众 救出"]),
    ("工厂有工人460名。", ["460名 工人 有"]),
    ("全乡有46名教师。", ["46名 教师 有"]),
    ("发放500元的助学金。", ["500元 助学金 发放"]),
    ("改造危房86户。其中砖房12户。", ["86户 危房 改造", "12户 砖房|房 -|改造"]),
    ("粮食总产居全省第3位。", ["第3位 粮食总产|总产 居"]),
    ("全县实现产值3亿元。", ["3亿元 产值 实现"]),
    ("全县降低损耗率3%。", ["3% 损耗率 降低"]),
    ("全程缩短时间2小时。", ["2小时 时间 缩短"]),
    ("全年清收贷款额86万元。", ["86万元 贷款额 清收"]),
    ("今年超额完成产量3万吨。", ["3万吨 产量 完成|超额完成"]),
    ("粮食产量位居全省第3位。", ["第3位 粮食产量|产量 位居"]),
    ("该镇培训护林员120名。", ["120名 护林员 培训"]),
    ("全镇培训护林员120名。", ["120名 护林员 培训"]),
    ("共调解邻里纠纷215起。", ["215起 邻里纠纷|纠纷 调解"], "邻里 is a place word, the noun phrase is lost"),
    ("带动1200户农民增收。", ["1200户 农民 带动"], "增收 behind a counted noun is its head"),
    ("筹集修路资金86万元。", ["86万元 资金|修路资金 筹集"], "修路 is the nearest verb"),
    ("入户走访群众1800户。", ["1800户 群众 走访|入户走访"], "走访 behind a verb is a modifier"),
    ("日产水泥600吨。", ["600吨 水泥 日产"], "日产 joins the noun phrase"),
    ("走失的老人找到3名。", ["3名 老人 找到"], "a topic before its verb is not taken"),
    ("县委、县政府投资86万元。", ["86万元 投资|- 投资"], "the owner joins the noun phrase"),
]


def agrees(got: str, wanted: str) -> bool:
    pairs = zip(got.split(" "), wanted.split(" "), strict=True)
    return all(cell in options.split("|") for cell, options in pairs)


@pytest.mark.parametrize(("text", "expected"), to_params(CASES, 2))
def test_case(text: str, expected: list[str]) -> None:
    got = [f"{f.quantity.text} {text_of(f.indicator)} {text_of(f.action)}" for f in read_facts(text)]
    assert len(got) == len(expected) and all(map(agrees, got, expected)), got


DIVISIONS = [
    ("全县辖5镇1乡。", [("5", "", "镇"), ("1", "", "乡")]),
    ("全县辖12镇6乡、260村。", [("12", "", "镇"), ("6", "", "乡"), ("260", "", "村")]),
    ("全区辖8个街道、46个社区。", [("8", "个", "街道"), ("46", "个", "社区")]),
    ("通电的有26乡。", [("26", "", "乡")]),
]


@pytest.mark.parametrize(("text", "expected"), DIVISIONS)
def test_division_nouns_are_the_indicator(text: str, expected: list[tuple[str, str, str]]) -> None:
    facts = read_facts(text)
    assert [(f.quantity.value, f.quantity.unit, text_of(f.indicator)) for f in facts] == expected
    assert [f.quantity.text for f in facts] == [value + unit for value, unit, _ in expected]


def test_a_fact_proves_itself() -> None:
    text = "乡亲们都很高兴。全县新建农家书屋46处。明年还要建。"
    [fact] = read_facts(text)
    assert fact.evidence.text == "全县新建农家书屋46处。"
    for phrase in (fact.indicator, fact.action, fact.evidence, fact.quantity):
        assert phrase is not None
        assert text[phrase.start_char : phrase.end_char] == phrase.text


def test_facts_come_in_the_order_of_their_quantities() -> None:
    facts = read_facts("打井46眼，挖渠18公里。种树1.2万株、修桥3座。")
    starts = [fact.quantity.start_char for fact in facts]
    assert starts == sorted(starts) and len(starts) == 4
