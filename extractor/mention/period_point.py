"""Numeric time expressions: years, months, days, quarters, decades, plans, windows."""

from __future__ import annotations

from extractor.mention.period_calendar import (
    NOWHERE,
    WHOLE_YEAR,
    Dates,
    Part,
    to_dates,
    to_day,
)
from extractor.mention.period_context import Point
from extractor.mention.period_pattern import parse_count, parse_digits
from extractor.mention.period_stretch import StretchReader

_THIRD = {
    "上": (1, 10),
    "中": (11, 20),
    "下": (21, 0),
    "初": (1, 10),
    "底": (21, 0),
    "末": (21, 0),
    "上中": (1, 20),
    "中下": (11, 0),
}
_DURATION_BEFORE = frozenset("第每近约达满历过经余了用有超逾长前头后共整仅只短需差隔")
_YEAR_BEFORE = frozenset("从自到至比于较同由，。；：、（(\n “")
_PAIRS = frozenset(f"{a}{b}" for a, b in zip("一二三四五六七八", "二三四五六七八九", strict=True)) | {"三五"}
_DURATION_AFTER = (
    "来",
    "间",
    "内",
    "里",
    "期",
    "多",
    "余",
    "级",
    "制",
    "生",
    "龄",
    "的历史",
    "历史",
    "之久",
    "时间",
    "以上",
    "以下",
    "左右",
    "租",
    "限",
    "后",
    "前",
    "如一日",
    "的时间",
    "功",
    "之后",
    "之前",
    "代",
)
_SPENDING = frozenset(
    (
        "为期",
        "历时",
        "历经",
        "工期",
        "停产",
        "停业",
        "连续",
        "共计",
        "合计",
        "奋战",
        "苦战",
        "施工",
        "工作",
        "延长",
        "提前",
        "推迟",
    )
)
_AGE = ("历史", "的历史", "的老", "来的")
_AHEAD = ("将", "拟", "计划", "预计", "力争", "争取", "确保", "务必", "要求", "必须", "要在", "定于")


class PointReader(StretchReader):
    """Reads one expression at a place of `plain`, the text with ASCII digits."""

    __slots__ = ()

    def read_number(self, at: int, left: Point | None = None) -> Point | None:
        """The expression that begins with the number at `at`; `left` is the begin of a range that it ends."""
        if at and self.plain[at - 1] in "第" and left is None:
            return None
        return (
            self._iso(at)
            or self.read_plan(at)
            or self.read_decade(at)
            or self.read_numbered_century(at)
            or self._year(at, left)
            or self.read_tail(at, left)
            or self._day(at, left)
            or self.read_since_window(at)
        )

    # --- years ---

    def _iso(self, at: int) -> Point | None:
        match = self.pattern.iso.match(self.plain, at)
        if match is None:
            return None
        year, month, number = (int(match[k]) for k in "ymd")
        day = to_day(year, month, number)
        return None if day is None else Point(at, match.end(), Dates(day, day), "day", "date", year, month, True)

    def _year(self, at: int, left: Point | None) -> Point | None:
        match = self.pattern.year.match(self.plain, at)
        if match is None:
            return None
        text, end = self.plain, match.end()
        before = text[at - 1] if at else "\n"
        if before == "." or (before.isalpha() and before.isascii()):
            return None
        digits, first = match["y"], match["y0"]
        if match["two"] and (first is None or match["c"]):
            return None
        century = left.year // 100 if left is not None and left.year is not None else None
        if first and len(first) == 4:
            century = parse_digits(first) // 100
        year = parse_digits(digits)
        if len(digits) == 2:
            if first and len(first) == 2 and not _is_year_pair(first, digits):
                return None
            if not first and left is None and not self._is_short_year(at, end, digits):
                return None
            year = self.context.two_digit_year(year, century)
        elif not self._is_full_year(at, end, year):
            return None
        start_year = year
        if first:
            start_year = parse_digits(first) if len(first) == 4 else self.context.two_digit_year(parse_digits(first))
            if not start_year < year <= start_year + 200:
                return None
        if match["xue"]:
            if not first:
                start_year, year = year, year + 1
            return Point(
                at, end, to_dates(start_year, Part(9, 1, 12 * (year - start_year) + 8, 31)), "year", "school_year", year
            )
        if first:
            dates = Dates(to_day(start_year, 1, 1), to_day(year, 12, 31))
            return Point(at, end, dates, "year", "year_range", year, None, True)
        return self.extend_year(at, end, year, "year", bool(match["du"]))

    def extend_year(self, at: int, end: int, year: int, rule: str, closed: bool = False) -> Point:
        """A year and, where it follows, its part (month, quarter, half, season)."""
        if not closed:
            tail = self.read_tail(end, None, year)
            if tail is not None:
                return Point(at, tail.end, tail.dates, tail.grain, tail.rule, tail.year, tail.month, True)
        return Point(at, end, to_dates(year, WHOLE_YEAR), "year", rule, year, None, True)

    def _is_full_year(self, at: int, end: int, year: int) -> bool:
        text = self.plain
        follow = text[end : end + 6]
        if (
            follow[:1] == "级"
            or (follow[:1] in ("多", "余") and year % 100 == 0)
            or (year % 50 == 0 and follow.startswith(_AGE))
        ):
            return False
        if follow[:1] == "第" and "期" in follow:
            return False
        if 1600 <= year <= 2100:
            before = text[at - 1] if at else "\n"
            return not (
                year % 100 == 0 and year != 1900 and before in "近约有达已余超过第距逾" and not self._has_tail(end)
            )
        return 1000 <= year < 1600 and (text[max(0, at - 2) : at] == "公元" or self._has_tail(end))

    def _is_short_year(self, at: int, end: int, digits: str) -> bool:
        """58年, 五八年 is a year, 12年, 七八年 may be a stretch of time."""
        text = self.plain
        before = text[at - 1] if at else "\n"
        if before in _DURATION_BEFORE or before in "0123456789.十百千万几数零":
            return False
        value = parse_digits(digits)
        if self._has_tail(end):
            return True
        strong = before in "从自比较由于"
        if text.startswith(_DURATION_AFTER, end) and not (strong and text.startswith(("以", "前", "后", "之"), end)):
            return False
        if digits[0] in "0零〇○":
            return True
        if not digits.isascii():
            early = self.context.year is None or self.context.year < 2000
            return digits not in _PAIRS or (value >= 49 and (strong or (early and before in _YEAR_BEFORE)))
        if value < 49:
            return strong and before != "于"
        return value % 10 != 0 or before in "从自比较由于到至"

    def _has_tail(self, end: int) -> bool:
        return not self.plain.startswith("一年", end) and self.read_tail(end, None, 2000) is not None

    # --- parts of a year ---

    def read_tail(self, at: int, left: Point | None, year: int | None = None) -> Point | None:
        """Months, quarters, the first months, halves and seasons, alone or behind a year."""
        text, pattern = self.plain, self.pattern
        if text.startswith("的", at) and year is not None:
            point = self._months(at + 1, left, year) or self._quarters(at + 1, left, year)
        else:
            begin = at + 1 if year is not None and text[at : at + 1] in (" ", "\u3000") else at
            point = (
                self._months(begin, left, year) or self._quarters(begin, left, year) or self._first(begin, left, year)
            )
        if point is not None:
            return point
        match = pattern.part.match(text, at)
        if match is None:
            return None
        surface = match[0].removeprefix("的")
        part, not_before = self.table.parts[surface]
        if text[match.end() : match.end() + 1] in tuple(not_before):
            return None
        if year is None and surface[0] not in "上下前后头首" and not (left and surface[0] in "春夏秋冬"):
            return None
        return self.make(at, match.end(), part, "part", "part", left, year)

    def make(self, at: int, end: int, part: Part, grain: str, rule: str, left: Point | None, year: int | None) -> Point:
        named = year is not None
        if year is None and left is not None and left.year is not None:
            year = left.year
            if left.dates.start is not None and (to_dates(year, part).start or left.dates.start) < left.dates.start:
                year += 1
            named = left.named
        if year is None:
            year = self.context.year_of(part, self._is_ahead(at), not (grain == "day" and self._is_dateline(at, part)))
        dates = to_dates(year, part) if year is not None else NOWHERE
        month = part.last_month if grain in ("month", "day") else None
        return Point(at, end, dates, grain, rule, year, month, named)

    def _is_dateline(self, at: int, part: Part) -> bool:
        """A day just before publication, in another sentence than the year named last (or before any)."""
        context = self.context
        apart = context.named_year is None or "。" in self.plain[context.named_at : at][:400]
        return apart and context.base_year is None and context.is_recent(part.first_month, part.first_day)

    def _is_ahead(self, at: int) -> bool:
        """A plan is told: the clause before holds 将, 力争, 确保."""
        clause = self.plain[max(0, at - 12) : at]
        for mark in "，。；！？\n":
            clause = clause.rpartition(mark)[2]
        return any(word in clause for word in _AHEAD)

    def _months(self, at: int, left: Point | None, year: int | None) -> Point | None:
        match = self.pattern.months.match(self.plain, at)
        if match is None:
            return None
        if year is None and left is None and at and self.plain[at - 1] in "第个每几半两0123456789.十百千":
            return None
        if year is None and self.plain[max(0, at - 2) : at] in _SPENDING:
            return None
        first = parse_count(match["m1"])
        last = parse_count(match["m3"] or match["m2"] or match["m1"])
        if first is None or last is None:
            return None
        if match["l"] == "、" and year is None and last != first + 1 and self.plain[at - 1 : at] in ("", "\n"):
            return None  # a list mark
        if match["m2"] and last < first:
            last += 12
        if match["m2"] and match["l"] == "" and last != first + 1:
            return None
        end = match.end()
        start_day, last_day, grain = 1, 0, "month"
        if match["x"] or (match["e"] and match["e"] in _THIRD):
            start_day, last_day = _THIRD[match["x"] or match["e"]]
            grain = "part"
        elif match["e"]:  # 月中
            start_day, last_day, grain = 11, 20, "part"
        elif match["d1"]:
            start_day = parse_count(match["d1"]) or 1
            last_day = parse_count(match["d2"]) or 1 if match["d2"] else start_day
            grain = "day"
            end = self.skip_clock(end)
        point = self.make(at, end, Part(first, start_day, last, last_day), grain, grain, left, year)
        return point if grain == "day" or point.month is not None else Point(*_with_month(point, last))

    def _quarters(self, at: int, left: Point | None, year: int | None) -> Point | None:
        match = self.pattern.quarters.match(self.plain, at)
        if match is None:
            return None
        if match["n"]:
            part = Part(1, 1, 3 * (parse_count(match["n"]) or 1), 0)
        else:
            first = parse_count(match["q1"]) or 1
            last = parse_count(match["q3"] or match["q2"] or match["q1"]) or 1
            if last < first or (at and self.plain[at - 1] in "每个几前"):
                return None
            part = Part(3 * first - 2, 1, 3 * last, 0)
            if match["e"]:
                month = 3 * last if match["e"] in "末底" else 3 * last - 2
                part = Part(month, _THIRD[match["e"]][0], month, _THIRD[match["e"]][1])
        return self.make(at, match.end(), part, "part", "quarter", left, year)

    def _first(self, at: int, left: Point | None, year: int | None) -> Point | None:
        match = self.pattern.first.match(self.plain, at)
        if match is None:
            return None
        if match["m"] or match["q"]:
            count = (parse_count(match["m"]) or 0) if match["m"] else 3 * (parse_count(match["q"]) or 0)
            if not 1 <= count <= 12:
                return None
            return self.make(at, match.end(), Part(1, 1, count, 0), "part", "first_months", left, year)
        if year is not None:
            return None
        return Point(at, match.end(), NOWHERE, "window", "first_years", open=True)

    def _day(self, at: int, left: Point | None) -> Point | None:
        match = self.pattern.day.match(self.plain, at)
        if match is None or (match["u"] == "号" and left is None):
            return None
        before = self.plain[at - 1] if at else "\n"
        if left is None:
            if self.plain.startswith(("以上", "以下", "以内", "之内", "左右", "的假", "时间"), match.end()):
                return None
            if before in "第每近休假停拘留前后头约满达过几数个历用了余间整.0123456789十百千万月星周":
                return None
            if self.plain[max(0, at - 2) : at] in _SPENDING:
                return None
            if not match["d1"].isascii() and len(match["d1"]) < 2:
                return None
        first, last = parse_count(match["d1"]), parse_count(match["d2"] or match["d1"])
        if first is None or last is None or last < first:
            return None
        if before == "\n" and match["l"] and last != first + 1:
            return None  # a list mark
        end = self.skip_clock(match.end())
        if left is not None and left.year is not None and left.month is not None:
            start, stop = to_day(left.year, left.month, first), to_day(left.year, left.month, last)
            month: int | None = left.month
        else:
            start = self.context.day_of(first, self._is_ahead(at))
            stop = to_day(start.year, start.month, last) if start else None
            month = None
        dates = Dates(start, stop) if start and stop else NOWHERE
        return Point(at, end, dates, "day", "day", start.year if start else None, month)

    def skip_clock(self, end: int) -> int:
        """The end with a clock time behind a day (9月3日8时, 昨天晚上9点)."""
        match = self.pattern.clock.match(self.plain, end)
        return match.end() if match else end


def _with_month(point: Point, month: int) -> tuple[int, int, Dates, str, str, int | None, int | None, bool]:
    return point.start, point.end, point.dates, point.grain, point.rule, point.year, month, point.named


def _is_year_pair(first: str, last: str) -> bool:
    low, high = parse_digits(first), parse_digits(last)
    if low >= high or high - low > 30 or (first in _PAIRS and last in _PAIRS):
        return False
    return (low >= 49 and (low % 10 != 0 or high % 10 != 0)) or first[0] in "0零〇"
