"""A user's folder of tables holds for every table of ours: rows taken away, replaced and added."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from importlib import resources
from pathlib import Path

import pytest

from extractor import Settings
from extractor.errors import LexiconError
from extractor.lexicon.table import active_overlay, lay_over, per_overlay, read_table
from extractor.pipeline import read_articles
from extractor.read import read_source
from extractor.read.row import usual_names
from extractor.read.word import is_person
from extractor.record import to_records

NAMES = sorted(p.name for p in resources.files("extractor.lexicon").iterdir() if p.name.endswith(".tsv"))

# Tables whose own examples, read as a page, do not show them at work: a text that does.
TEXTS = {
    "actor.tsv": "县里的剧团深入工厂演出，先后到会6次。\n化肥厂有十三人受伤。\n贫困户户均增收1800元。",
    "confidence.tsv": "全县打井46眼。",
    "direction.tsv": "凤阳县打井46眼，到定远县打井36眼，赴定远县义诊12次。",
    "header_date.tsv": "发布时间：2019-03-08\n\n全县打井46眼。",
    "layout_sign.tsv": "我市夏粮收购结束\n　　全市收购小麦46万吨，比去年多6万吨。\n柳河县修通环山路\n"
    "　　柳河县投资260万元，修通环山路18公里。\n"
    "石桥公社掀起积肥高潮\n　　石桥公社出动社员三千人，积肥八万担。",
    "paper.tsv": "淮 河 日 报\n2019年3月8日 星期五\n\n全县打井46眼。",
    "paper_item.tsv": "淮河日报 2019年3月8日 星期五 第3版 责任编辑 周平\n\n全县打井46眼。",
    "place_newspaper.tsv": "桥西区修了便民桥3座。",
    "table_guard.tsv": "五日天气预报\n地区\t最高气温（摄氏度）\t最低气温（摄氏度）\n凤阳县\t28\t16\n定远县\t27\t15\n",
    "table_head.tsv": "生产情况\n\n指标\t数量（吨）\n粮食总产量\t86000\n棉花总产量\t36000\n油料总产量\t26000\n",
    "layout_surname.tsv": "水渠修通\n　　全县新修水渠46公里。\n（周平 李敏）\n\n粮食入库\n　　入库3万吨。（赵平 陶敏）",
    "table_pattern.tsv": "指标\t2019年（吨）\t比上年增长（%）\n粮食总产量\t86000\t3.6\n棉花总产量\t3600\t1.8\n",
    "unit_guard.tsv": "全县建立6台账，3处理意见，2条例。",
    "word.tsv": "全县新建农家书屋120个，开展送戏下乡活动46场，整合帮扶资金860万元，带动贫困户户均增收1800元。",
}
HTML = (
    "<html><head><title>水渠修通了_柳河县人民政府</title>"
    '<meta name="ArticleTitle" content="水渠修通了"><meta name="PubDate" content="2019-03-08"></head><body>'
    "<nav>首页 新闻 政务</nav><h1>水渠修通了</h1><p>发布时间：2019-03-08 来源：柳河日报 浏览次数：31</p>"
    '<div class="TRS_Editor"><p>今年以来，全县新修水渠46公里，打井86眼。</p>'
    "<p>群众用上了自来水，灌溉面积增加3600亩。</p></div>"
    "<p>【打印】【关闭】</p><p>上一篇：河湾乡修渠引水</p><script>var a = 1;</script></body></html>"
)
HTML_TABLES = {
    "html_element.tsv": HTML,
    "html_label.tsv": HTML.replace('<meta name="PubDate" content="2019-03-08">', ""),
    "html_line.tsv": HTML.replace('<div class="TRS_Editor">', "<div>"),
    "html_mark.tsv": HTML.replace(
        "</p></div>", '</p><div class="related"><p>各乡新修公路36公里，打井18眼。</p></div></div>'
    ),
    "html_meta.tsv": HTML.replace("<p>发布时间：2019-03-08 来源：柳河日报 浏览次数：31</p>", ""),
}


def dump(name: str, data: bytes, overlay: Path | None, newspaper: str | None = None) -> str:
    """All that is made of one input, as text."""
    settings = Settings(lexicon=overlay, newspaper=newspaper)
    source = read_source(name, settings, data=data)
    result = to_records(source, read_articles(source, settings))
    groups = (result.articles, result.facts, result.places, result.programs, result.periods)
    records = [record.model_dump_json() for group in groups for record in group]
    return "\n".join([repr((source.text, source.published, source.titles, source.newspaper, source.hidden)), *records])


def lay(folder: Path, name: str, rows: list[str]) -> Path:
    columns = [column for column in read_table(name)[0] if not column.startswith("_")]
    (folder / name).write_text("\n".join(["\t".join(columns), *rows]) + "\n", "utf-8")
    return folder


def empty(folder: Path, name: str) -> Path:
    """A folder that takes all rows of the table away."""
    rows = read_table(name)
    key = next(iter(rows[0]))
    return lay(folder, name, [f"-{row[key]}" for row in rows])


def examples(name: str) -> str:
    return "\n".join(row.get("example") or next(iter(row.values())) for row in read_table(name)[:400])


@pytest.mark.parametrize("name", [n for n in NAMES if n not in {"office_author.tsv", "record_field.tsv"}])
def test_rows_of_every_table_can_be_taken_away(name: str, tmp_path: Path) -> None:
    text, kind = (HTML_TABLES[name], "a.html") if name in HTML_TABLES else (TEXTS.get(name) or examples(name), "a.txt")
    paper = "燕赵晚报" if name == "place_newspaper.tsv" else None
    assert dump(kind, text.encode(), empty(tmp_path, name), paper) != dump(kind, text.encode(), None, paper)


# What is read of no text: the author of a Word document, the columns of records.
ELSEWHERE = {
    "office_author.tsv": lambda overlay: is_person("微软用户", overlay),
    "record_field.tsv": lambda overlay: usual_names(overlay),
}


@pytest.mark.parametrize("name", ELSEWHERE)
def test_rows_of_tables_for_other_inputs_can_be_taken_away(name: str, tmp_path: Path) -> None:
    assert ELSEWHERE[name](empty(tmp_path, name)) != ELSEWHERE[name](None)


ADDED = [
    ("measure.tsv", "驮\t驮\t1\tmass\t75\tkg", "运来盐巴四百驮。", '"unit":"驮"'),
    ("classifier.tsv", "嘟噜\t", "摘葡萄36嘟噜。", '"unit":"嘟噜"'),
    ("money.tsv", "吊钱\tCNY\t1\tsuffix", "借出36吊钱。", '"text":"36吊钱"'),
    ("ratio.tsv", "折\t%\t10", "只卖八折。", '"value":"80"'),
    ("qualifier.tsv", "足足\tbefore\tmore_than\t", "打井足足46眼。", '"modifier":"more_than"'),
    ("numeral_word.tsv", "三十斤坡\tword", "过了三十斤坡。", None),
    ("period_word.tsv", "打春那天\tvague\t\t\t", "打春那天打井46眼。", '"text":"打春那天"'),
    ("period_event.tsv", "大坝决口\t1961-08-01\t1961-08-03\tno", "大坝决口以后打井46眼。", '"start_date":"1961-08-01"'),
    ("period_holiday.tsv", "晒谷节\tsolar\t08-15\t08-17\tyes", "晒谷节期间打井46眼。", '"text":"晒谷节期间"'),
    ("program_head.tsv", "赛马会\tcampaign\tyes", "举办“云上草原”赛马会。", '"text":"云上草原赛马会"'),
    ("program_national.tsv", "千渠润田大业\tproject", "千渠润田大业完成46公里。", '"text":"千渠润田大业"'),
    ("program_drive.tsv", "大搜山\thead\tcampaign", "开展野猪伤农大搜山。", '"text":"野猪伤农大搜山"'),
    (
        "indicator.tsv",
        "坎儿井出水量\tkarez_flow\t坎儿井出水量\tmeasure:volume\tyes",
        "坎儿井出水量36万立方米。",
        "karez_flow",
    ),
    ("word.tsv", "夯筑\tV\t", "夯筑城墙46米。", '"text":"夯筑"'),
    (
        "dateline.tsv",
        "own_bell\t晨钟社{place}{date}讯",
        "晨钟社柳河3月2日讯 全县打井46眼。",
        '"dateline":{"text":"晨钟社柳河3月2日讯"',
    ),
    ("place_newspaper.tsv", "晨钟报\t石家庄市", "桥西区打井46眼。", '"adcode":"130104"'),
    ("confidence.tsv", "frame.noun_before:measure\t0.125\t1", "水渠46公里。", '"confidence":0.125'),
]


@pytest.mark.parametrize(("name", "row", "text", "shown"), ADDED, ids=[case[0] for case in ADDED])
def test_a_row_is_added(name: str, row: str, text: str, shown: str | None, tmp_path: Path) -> None:
    paper = "晨钟报" if name == "place_newspaper.tsv" else None
    ours = dump("a.txt", text.encode(), None, paper)
    theirs = dump("a.txt", text.encode(), lay(tmp_path, name, [row]), paper)
    if shown is None:
        assert '"record":"fact"' in ours and '"record":"fact"' not in theirs
    else:
        assert shown not in ours
        assert shown in theirs


def test_a_row_is_replaced(tmp_path: Path) -> None:
    assert '"standard_value":"300000"' in dump("a.txt", "驮盐300吨。".encode(), None)
    folder = lay(tmp_path, "measure.tsv", ["吨\t吨\t1\tmass\t900\tkg"])
    assert '"standard_value":"270000"' in dump("a.txt", "驮盐300吨。".encode(), folder)


WRONG = [
    ("measure.tsv", "驮\t驮\tmany\tmass\t75\tkg", "scale 'many'"),
    ("period_guard.tsv", "今日(", "pattern '今日('"),
    ("period_event.tsv", "决口\t1961-13-01\t1961-13-02\tno", "month must be"),
    ("period_plan.tsv", "百五\tone\ttwo", "invalid literal"),
    ("program_after.tsv", "作用(\tblank", "word '作用('"),
    ("layout.tsv", "mine\tfolio\t[", "pattern '['"),
    ("confidence.tsv", "frame.noun_before\thigh\t1", "share 'high'"),
    ("word.tsv", "夯筑\tV\t\t\tmore", "cells, expected"),
]


@pytest.mark.parametrize(("name", "row", "reason"), WRONG, ids=[case[0] for case in WRONG])
def test_a_wrong_row_is_named_with_file_line_and_reason(name: str, row: str, reason: str, tmp_path: Path) -> None:
    folder = lay(tmp_path, name, [row])
    with pytest.raises(LexiconError) as raised:
        dump("a.txt", "去年，全县实施“清泉”工程，发挥作用，打井46眼，今日头条。\n3".encode(), folder)
    assert str(raised.value).startswith(f"{folder / name}:2: ")
    assert reason in str(raised.value)


def test_overlays_are_kept_apart_and_end_with_their_block(tmp_path: Path) -> None:
    calls: list[Path | None] = []

    @per_overlay()
    def load() -> Path | None:
        calls.append(active_overlay())
        return active_overlay()

    other = tmp_path / "other"
    assert load() is None
    with lay_over(tmp_path):
        assert load() == tmp_path
        with lay_over(other):
            assert load() == other
        assert load() == tmp_path
    assert load() is None
    with pytest.raises(ValueError, match="inside"), lay_over(tmp_path):
        raise ValueError("inside")
    assert active_overlay() is None
    assert calls == [None, tmp_path, other]


def test_threads_have_their_own_overlay(tmp_path: Path) -> None:
    folder = lay(tmp_path, "classifier.tsv", ["嘟噜\t"])
    text = "摘葡萄36嘟噜。".encode()
    with ThreadPoolExecutor(4) as pool:
        got = list(pool.map(lambda overlay: dump("a.txt", text, overlay), [folder, None] * 8))
    assert got[0] != got[1]
    assert got == [got[0], got[1]] * 8
