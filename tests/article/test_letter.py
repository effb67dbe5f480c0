"""Letters, reports whose sections stars part, headlines close under a body."""

from __future__ import annotations

import pytest

from article.test_article_pages import articles_of, to_plain

LETTER = """读者来信
要爱护水渠

　　编辑同志：我村的水渠有十二里
长，浇着全村八百亩地。最近有人在
渠边取土，已经挖坏了三处，水白白
流走，社员看了都很心疼。希望有关
部门管一管。
"""
NEXT = """
白石乡修渠三公里

　　本报讯　白石乡组织六十名社员
修渠，十天修好三公里，新增水浇地
二百亩，社员都很高兴。
"""


def read(text: str) -> list[dict[str, object]]:
    return [to_plain(article) for article in articles_of(text)]


@pytest.mark.parametrize("writer", ["红旗大队社员　周平", "白石乡　李　敏", "县供销社 王波"])
def test_the_writer_s_name_closes_a_letter(writer: str) -> None:
    first, second = read(f"{LETTER}{writer}\n{NEXT}")
    assert (first["kicker"], first["title"], second["title"]) == ("读者来信", "要爱护水渠", "白石乡修渠三公里")
    assert isinstance(first["body"], list)
    assert first["body"][-1].split() == writer.split()


@pytest.mark.parametrize("mark", ["★", "※", "◆◆"])
def test_a_star_parts_sections_not_reports(mark: str) -> None:
    (found,) = read(f"老渠长的故事\n\n　　老渠长周平守渠三十年。\n　　{mark}\n　　去年汛期，他三天没有合眼。\n")
    assert found["body"] == ["老渠长周平守渠三十年。", "去年汛期，他三天没有合眼。"]
    assert len(read(f"　　老渠长周平守渠三十年。\n{mark}\n　　本报讯　青石乡打井九眼。\n")) == 2


def test_a_headline_close_under_its_body() -> None:
    body = NEXT.split("\n\n")[1]
    other = body.replace("白石乡", "青石乡").replace("三公里", "九公里")
    first, second = read(f"{body}白石乡社员\n修渠三公里\n\n{other}青石乡社员\n修渠九公里\n")
    assert (first["title"], second["title"]) == ("白石乡社员 修渠三公里", "青石乡社员 修渠九公里")
