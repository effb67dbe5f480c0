"""Texts of our own, and what read_facts reads them from."""

from __future__ import annotations

SOURCES = ("facts.db", "parquet", "csv", "jsonl", "records.jsonl")
CANAL = """引水渠通到岭上

　　本报讯 2020年，安徽省凤阳县投资1234.5万元，新修灌溉渠道12公里，完成率达98.5%，受益群众近400余户。
　　凤阳县新修灌溉渠道12公里的消息传开，小岗村投资80万元。
"""
TEXTS = {
    "20210304.txt": "滨　河　日　报\n2021年3月4日　　星期四\n\n" + CANAL,
    "1953-05-06.txt": "农贷发到农户\n\n　　本报讯 河北省隆尧县发放农贷三亿二千万元，贷给四千多户，收购籽棉1250万斤。\n",
    "20210305.txt": '=HYPERLINK("http://example.invalid")\n\n　　本报讯 江西省兴国县实施“暖心回乡”工程，'
    "新建粮仓7座，12个产业带动就业3000多人，耕地3—5万亩。\n",
    "reprint-20210306.txt": CANAL,
    "undated.txt": "山货卖出好价钱\n\n　　本报讯 石柱土家族自治县卖出莼菜35吨，均价每公斤28.6元。\n",
}
