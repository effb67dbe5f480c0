"""Properties of find_periods: exact spans, order, no exception, linear time."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.mention.period import find_periods
from extractor.model import Published
from support import assert_linear

PIECES = [
    *"0123456789０１９年月日号季世至到—-~一二三四五六七八九十〇零○廿百千几数两半",
    *"第前头近上中下初底末起止内后。，、（“”《》 \n",
    *[
        "今年",
        "去年",
        "同期",
        "当年",
        "以来",
        "为止",
        "期间",
        "截至",
        "年代",
        "世纪",
        "季度",
        "春节",
        "农历",
        "正月",
        "腊月三十",
        "十四五",
        "建国",
        "解放",
        "2024年",
    ],
    *[
        "一九五八年",
        "9999年",
        "13月",
        "2月30日",
        "目前",
        "每年",
        "个月",
        "比",
        "相比",
        "2020/13/40",
        "本月",
        "上周",
        "次日",
        "全年",
        "民国",
        "每月",
    ],
]
TEXT = st.lists(st.sampled_from(PIECES), max_size=25).map("".join)
PUBLISHED = st.one_of(
    st.none(),
    st.integers(1, 9998).map(Published),
    st.tuples(st.integers(1949, 2030), st.integers(1, 12)).map(lambda p: Published(*p)),
    st.dates(date(1901, 1, 1), date(2099, 12, 31)).map(lambda d: Published(d.year, d.month, d.day)),
)


def squeeze(text: str) -> str:
    return "".join(text.split())


@settings(deadline=None, max_examples=400)
@given(TEXT, PUBLISHED, st.one_of(st.none(), st.integers(1, 9998)))
def test_spans_are_exact_and_ascending(text: str, published: Published | None, base_year: int | None) -> None:
    floor = 0
    for period in find_periods(text, published, base_year):
        assert floor <= period.span.start < period.span.end <= len(text)
        floor = period.span.end
        assert squeeze(text[period.span.start : period.span.end]) == period.text != ""
        assert period.rule
        if period.start_date and period.end_date:
            assert date.fromisoformat(period.start_date) <= date.fromisoformat(period.end_date)


@settings(deadline=None, max_examples=100)
@given(st.text(max_size=60), PUBLISHED)
def test_any_text_is_read(text: str, published: Published | None) -> None:
    for period in find_periods(text, published):
        assert squeeze(text[period.span.start : period.span.end]) == period.text


@given(st.dates(date(1949, 10, 1), date(2029, 12, 31)))
def test_dates_round_trip(day: date) -> None:
    for text in (f"{day.year}年{day.month}月{day.day}日", day.isoformat(), f"{day.year}/{day.month}/{day.day}"):
        [period] = find_periods(f"，{text}。", None)
        assert (period.start_date, period.end_date) == (day.isoformat(), day.isoformat())


@given(st.dates(date(1949, 10, 1), date(2029, 12, 31)), st.integers(1, 12), st.integers(1, 28))
def test_day_without_year_is_the_latest_that_had_begun(today: date, month: int, day: int) -> None:
    [period] = find_periods(f"，{month}月{day}日降雨。", Published(today.year, today.month, today.day))
    assert period.start_date is not None
    found = date.fromisoformat(period.start_date)
    assert found <= today and (today - found).days < 367


HOSTILE = [
    *[
        "1",
        "一",
        "“",
        "年",
        "1年",
        "1至",
        "2018-",
        "以来",
        "近三",
        "《",
        "五、",
        "十",
        "3月",
        "今年",
        "农历",
        "比同与",
        "五四",
        "2018年至",
        "前",
        "1958、",
        "到",
        "每年",
    ],
    *(" ", "\n", "2018年 "),
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_time_is_linear_on_hostile_text(piece: str) -> None:
    assert_linear(lambda size: find_periods(piece * (size // len(piece)), Published(2024, 6, 30)), 8_000)
