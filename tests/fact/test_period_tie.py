"""Which time expression a fact belongs to."""

from __future__ import annotations

import pytest

from fact.case import read_facts, text_of, to_params

CASES = [
    ("2019年，凤阳县挖渠18公里。", ["2019年"]),
    ("2019年挖渠18公里，打井46眼。", ["2019年", "2019年"]),
    ("挖渠18公里，2019年打井46眼。", ["-", "2019年"]),
    ("凤阳县2018年挖渠18公里，2019年挖渠26公里。", ["2018年", "2019年"]),
    ("2017年打井46眼、2018年打井86眼、2019年打井96眼。", ["2017年", "2018年", "2019年"]),
    ("去年以来，全县打井46眼。", ["去年以来"]),
    ("自2015年以来，全县打井46眼。", ["2015年以来"]),
    ("今年1至5月，全县打井46眼。", ["今年1至5月"]),
    ("上半年打井46眼，下半年打井18眼。", ["上半年", "下半年"]),
    ("到去年底，全县有机井46眼。", ["到去年底"]),
    ("截至5月底，全县有机井46眼。", ["截至5月底"]),
    ("近三年打井46眼。", ["近三年"]),
    ("三年来打井46眼。", ["三年来"]),
    ("“十三五”期间打井46眼。", ["“十三五”期间"]),
    ("昨日到会120人。", ["昨日"]),
    ("打井46眼是在去年秋天。", ["去年秋天"]),
    ("每年打井46眼。", ["每年"]),
    ("今年每月补助200元。", ["今年"]),
    ("今年，全县打井46眼。乡亲们又挖渠18公里。", ["今年", "-"]),
    ("粮食总产比上年增长6.5%。", ["-"]),
    ("粮食总产达46万吨，比2018年增长6.5%。", ["-", "-"]),
    ("去年打井46眼，比前年增加12眼。", ["去年", "去年"]),
    ("由2018年的46眼增加到去年的86眼。", ["2018年", "去年"]),
    ("2019年人均收入由2013年的4200元增至1.4万元。", ["2013年", "2019年"]),
    ("人均收入由2013年的4200元增至1.4万元。", ["2013年", "-"]),
    ("2018年、2019年分别打井46眼和86眼。", ["2018年", "2019年"]),
]


@pytest.mark.parametrize(("text", "expected"), to_params(CASES, 2))
def test_case(text: str, expected: list[str]) -> None:
    assert [text_of(fact.period) for fact in read_facts(text)] == expected


DATES = [
    ("今年挖渠18公里。", "2020-01-01", "2020-12-31"),
    ("今年以来挖渠18公里。", "2020-01-01", "2020-06-01"),
    ("去年挖渠18公里。", "2019-01-01", "2019-12-31"),
    ("近三年挖渠18公里。", "2017-06-01", "2020-06-01"),
    ("三年来挖渠18公里。", "2017-06-01", "2020-06-01"),
]


@pytest.mark.parametrize(("text", "start", "end"), DATES)
def test_dates(text: str, start: str, end: str) -> None:
    [fact] = read_facts(text)
    assert fact.period is not None
    assert (str(fact.period.start_date), str(fact.period.end_date)) == (start, end)


def test_without_a_publication_date_the_words_stay() -> None:
    [fact] = read_facts("去年挖渠18公里。", date=None)
    assert fact.period is not None
    assert (fact.period.text, fact.period.start_date, fact.period.end_date) == ("去年", None, None)
