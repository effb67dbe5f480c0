"""What newspapers say in one verb, figures that are steps, subjects behind their place, verbs that reach no further."""

from __future__ import annotations

import pytest

from fact.case import read_facts, text_of, to_params

CASES = [
    ("上级拨来种子460吨。", ["460吨 种子 拨来"]),
    ("社员寄来包裹36件。", ["36件 包裹 寄来"]),
    ("民工凿通隧道26米。", ["26米 隧道 凿通"]),
    ("县里新办农场6个。", ["6个 农场 新办"]),
    ("改扩建校舍46间。", ["46间 校舍 改扩建"]),
    ("工程消耗柴油36吨。", ["36吨 柴油 消耗"]),
    ("全县棉花绝收860亩，玉米失收460亩。", ["860亩 棉花 绝收", "460亩 玉米 失收"]),
    ("补助资金已到账860万元。", ["860万元 补助资金|资金 到账"]),
    ("奖金由2万元提至6万元。", ["2万元 奖金 -", "6万元 奖金 提至"]),
    ("人均收入突破6000元大关。", ["6000元 人均收入 -"]),
    ("人均产值首次迈上6000元台阶。", ["6000元 人均产值|产值 迈上"]),
    ("水费欠费率为0.6%。", ["0.6% 欠费率|水费欠费率 为"]),
    ("小学退学率不超过2%。", ["2% 退学率|小学退学率 -|超过"]),
    ("库中水位一路上升，昨日达46.2米。", ["46.2米 水位 达"]),
    ("困难户可能减少到260户。", ["260户 困难户 减少到"]),
    (
        "全县粮食产量增长8.6%，生猪存栏46万头，工厂36家。",
        ["8.6% 粮食产量|产量 增长", "46万头 生猪|存栏 存栏|-", "36家 工厂 -|存栏"],
    ),
    ("文化　固定资产投资36亿元。", ["36亿元 固定资产投资|投资 投资|-"]),
    ("茶叶采摘面积4.6万亩。", ["4.6万亩 采摘面积|面积|茶叶采摘面积 -"]),
    ("参加修堤的民工46人夜以继日。", ["46人 民工 -|修堤|参加"]),
]


@pytest.mark.parametrize(("text", "expected"), to_params(CASES, 2))
def test_indicator_and_action(text: str, expected: list[str]) -> None:
    found = read_facts(text)
    shown = [(fact.quantity.text, text_of(fact.indicator), text_of(fact.action)) for fact in found]
    assert len(shown) == len(expected)
    for (quantity, indicator, action), row in zip(shown, expected, strict=True):
        figure, indicators, actions = row.split(" ")
        assert figure in quantity
        assert indicator in indicators.split("|"), shown
        assert action in actions.split("|"), shown
