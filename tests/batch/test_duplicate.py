"""Reprints are found, reports of one form with other figures are not, whatever the order of reading."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from extractor.batch import Options, run_batch
from extractor.batch.duplicate import STORIES, find_reprints, share_figures
from extractor.settings import Settings
from extractor.store import open_connection

STORY = (
    "本报讯 入夏以来，河湾乡抓住晴好天气抢修水利。全乡投入资金360万元，组织劳力1200名，清淤渠道18公里，"
    "维修泵站6座，改善灌溉面积1.2万亩。"
    "乡里还从各村抽调技术员24名，分成8个小组，逐村查看险工险段，发现问题31处，当场整改27处。到六月底，已有9个村完成任务。"
    "群众说，渠道通了，今年的秧苗不愁水，增收有了指望。"
)
FORM = (
    "本报讯 {m}月份，柳林镇完成税收{a}万元，为年计划的{b}%，其中工商税{c}万元，农业税{d}万元。镇里按月公布进度，"
    "对落后的村进行帮助，干部分片包干，逐户核对账目，做到应收尽收，不留尾欠。镇财政所还组织人员到企业走访，讲解政策，听取意见，办实事{e}件。"
)


def _run(folder: Path, texts: dict[str, str]) -> dict[str, str | None]:
    """Which document's article each document's article repeats."""
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8")
    names = [str(folder / name) for name in texts]
    database = folder / "facts.db"
    run_batch(names, str(database), Settings(), Options())
    connection = open_connection(database)
    rows = list(
        connection.query(
            "SELECT d.doc, a.article_id, a.duplicate_of FROM article a JOIN document d ON d.document_pk = a.document_pk"
        )
    )
    uncounted = {
        doc for (doc,) in connection.query("SELECT DISTINCT doc FROM v_facts WHERE counted = 0 AND repeat_of IS NULL")
    }
    connection.close()
    assert uncounted == {doc for doc, _, duplicate in rows if duplicate is not None}
    owner: dict[str, str] = {}
    for doc, identity, duplicate in sorted(rows):
        if duplicate is None:
            owner[identity] = Path(doc).name
    return {Path(doc).name: None if duplicate is None else owner[duplicate] for doc, _, duplicate in rows}


REPRINTS = {
    "the same": STORY,
    "dateline": STORY.replace("本报讯", "本报讯（记者 王小明）"),
    "credit": STORY + "（张建国 李红）",
    "sentence dropped": STORY.replace("到六月底，已有9个村完成任务。", ""),
    "words changed": STORY.replace("群众说", "乡亲们说").replace("抢修水利", "兴修水利"),
    "wrapped": "\n".join(re.findall(".{1,20}", STORY)),
}


@pytest.mark.parametrize("kind", REPRINTS)
def test_reprints(kind: str, tmp_path: Path) -> None:
    found = _run(tmp_path, {"20210701.txt": STORY, "20210709.txt": REPRINTS[kind]})
    assert found == {"20210701.txt": None, "20210709.txt": "20210701.txt"}


def test_the_first_print_is_the_earliest_not_the_first_read(tmp_path: Path) -> None:
    texts = {"20210709.txt": STORY, "20210701.txt": REPRINTS["credit"], "20210715.txt": REPRINTS["dateline"]}
    assert _run(tmp_path, texts) == {
        "20210701.txt": None,
        "20210709.txt": "20210701.txt",
        "20210715.txt": "20210701.txt",
    }


def test_one_form_with_other_figures_is_no_reprint(tmp_path: Path) -> None:
    rng = random.Random(3)
    texts = {}
    for month in range(1, 11):
        numbers = {key: rng.randint(11, 99) for key in "abcde"}
        texts[f"2021{month:02d}05.txt"] = FORM.format(m=month, **numbers)
    assert set(_run(tmp_path, texts).values()) == {None}


def test_a_mark_goes_when_the_first_print_goes(tmp_path: Path) -> None:
    _run(tmp_path, {"20210701.txt": STORY, "20210709.txt": STORY})
    found = _run(tmp_path, {"20210701.txt": FORM.format(m=1, a=12, b=34, c=56, d=78, e=9), "20210709.txt": STORY})
    assert found == {"20210701.txt": None, "20210709.txt": None}


def test_no_articles(tmp_path: Path) -> None:
    assert run_batch([], str(tmp_path / "facts.db"), Settings(), Options()).duplicates == 0


def test_rows_without_a_key_in_common_are_not_compared() -> None:
    keys = {1: "ab", 2: "cd", 3: "bx", 4: "xd", 5: "zz"}
    compared: list[tuple[int, int]] = []

    def is_reprint(first: int, row: int) -> bool:
        compared.append((first, row))
        return (first, row) == (2, 4)

    assert find_reprints(keys, lambda row: list(keys[row]), is_reprint) == {4: 2}
    assert compared == [(1, 3), (3, 4), (2, 4)]


def test_an_article_is_compared_with_few_of_one_form() -> None:
    compared: list[int] = []
    find_reprints(range(30), lambda row: ["form"], lambda first, row: bool(compared.append(first)))
    assert set(compared) == set(range(STORIES))


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [("", "", True), ("a", "", False), ("abcde", "abcdx", True), ("abcde", "abcxy", False), ("ab", "abcdefgh", True)],
)
def test_figures(one: str, other: str, shared: bool) -> None:
    assert share_figures(set(one), set(other)) is shared is share_figures(set(other), set(one))
