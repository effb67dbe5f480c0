"""Any combination of filters finds what the same filters over the rows find."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from extractor.search import Question, count_facets, search
from extractor.store import Connection
from search.brute import Row, bare, find_all, ids, read_rows

KINDS = ("count", "money", "measure", "ratio", "rank")
# Surfaces of units: amount_unit, and what one of them is in it.
UNITS = {"亩": ("m2", 2000 / 3), "公顷": ("m2", 1e4), "元": ("CNY", 1), "万元": ("CNY", 1e4), "CNY": ("CNY", 1)} | {
    "吨": ("kg", 1e3), "%": ("%", 1), "‰": ("%", 0.1), "户": ("户", 1), "千米": ("m", 1e3), "times": ("times", 1)
}  # fmt: skip
NUMBERS = {"0": 0, "10": 10, "100": 100, "3千": 3000, "五万": 50_000, "1,000,000": 1e6, "2.5亿": 2.5e8}
DAYS = {
    "1950": ("1950-01-01", "1950-12-31"),
    "1958-08": ("1958-08-01", "1958-08-31"),
    "1984-02": ("1984-02-01", "1984-02-29"),
    "2019-06-30": ("2019-06-30", "2019-06-30"),
    "2023": ("2023-01-01", "2023-12-31"),
}


def expect(row: Row, asked: dict[str, Any]) -> bool:
    """The filters, written plainly."""
    unit, factor = UNITS.get(asked.get("unit", ""), ("", 1.0))
    low, high = asked.get("minimum"), asked.get("maximum")
    amount = row.amount
    program, indicator = bare(asked.get("program")), bare(asked.get("indicator"))
    return all(
        (
            row.counted or asked.get("repeats"),
            asked.get("kind") in (None, row.kind),
            not unit or row.amount_unit == unit,
            low is None or (amount is not None and amount >= round(NUMBERS[low] * factor, 6)),
            high is None or (amount is not None and amount <= round(NUMBERS[high] * factor, 6)),
            "first_day" not in asked or (row.day and row.day >= DAYS[asked["first_day"]][0]),
            "last_day" not in asked or (row.day and row.day <= DAYS[asked["last_day"]][1]),
            not program or program in bare(row.program),
            not indicator or indicator in bare(row.indicator) or row.indicator_id == INDICATORS[asked["indicator"]],
            "newspaper" not in asked or row.newspaper == asked["newspaper"],
            "min_quality" not in asked or (row.quality is not None and row.quality >= asked["min_quality"]),
            row.confidence >= asked.get("min_confidence", 0),
            "place" not in asked or lies_in(row, asked["place"]),
        )
    )


INDICATORS = {"总投资": "total_investment", "投资": "investment", "面积": "-", "資金": "funds", "粮食": "-"}
PLACES = (
    "山东省",
    "內蒙古自治区",
    "贵州省/黔南布依族苗族自治州",
    "37",
    "金乡县",
    "370828",
    "湖南",
    "云南省楚雄彝族自治州",
)


def lies_in(row: Row, place: str) -> bool:
    path, code = row.path or "", row.adcode or ""
    rules = {
        "山东省": path.startswith("山东省"),
        "37": path.startswith("山东省"),
        "內蒙古自治区": path.startswith("内蒙古自治区"),
        "贵州省/黔南布依族苗族自治州": path.startswith("贵州省/黔南布依族苗族自治州"),
        "金乡县": code.startswith("370828") or "/金乡县" in path,
        "370828": code.startswith("370828") or "/金乡县" in path,
        "湖南": path.startswith("湖南省"),
        "云南省楚雄彝族自治州": path.startswith("云南省/楚雄彝族自治州"),
    }
    return rules[place]


QUESTIONS = st.fixed_dictionaries(
    {},
    optional={
        "kind": st.sampled_from(KINDS),
        "unit": st.sampled_from(sorted(UNITS)),
        "minimum": st.sampled_from(["0", "10", "100", "3千"]),
        "maximum": st.sampled_from(["五万", "1,000,000", "2.5亿"]),
        "first_day": st.sampled_from(["1950", "1958-08", "1984-02"]),
        "last_day": st.sampled_from(["1984-02", "2019-06-30", "2023"]),
        "program": st.sampled_from(["工程", "《", "活動", "行动"]),
        "indicator": st.sampled_from(sorted(INDICATORS)),
        "newspaper": st.sampled_from(["遵义日报", "常德日报", "无此报"]),
        "min_quality": st.sampled_from([0.5, 0.99, 1.0]),
        "min_confidence": st.sampled_from([0.1, 0.5, 0.9, 0.99]),
        "place": st.sampled_from(PLACES),
        "repeats": st.booleans(),
    },
)


@given(asked=QUESTIONS)
def test_filters_together(connection: Connection, rows: list[Row], asked: dict[str, Any]) -> None:
    assert sorted(find_all(connection, **asked)) == ids(row for row in rows if expect(row, asked))


def test_each_filter_alone(connection: Connection, rows: list[Row]) -> None:
    """Random combinations are often empty; each value alone is not compared with nothing only."""
    alone = [{"kind": kind} for kind in KINDS] + [{"unit": unit} for unit in UNITS] + [{"place": p} for p in PLACES]
    alone += [{"indicator": indicator} for indicator in INDICATORS] + [{"program": "工程"}, {"newspaper": "常德日报"}]
    alone += [{"first_day": day} for day in DAYS] + [{"last_day": day} for day in DAYS] + [{"min_quality": 1.0}]
    alone += [{"min_confidence": 0.9}, {"minimum": "3千"}, {"maximum": "100"}, {"unit": "亩", "minimum": "3千"}]
    filled = 0
    for asked in alone:
        expected = ids(row for row in rows if expect(row, asked))
        filled += bool(expected)
        assert sorted(find_all(connection, **asked)) == expected, asked
    assert filled > len(alone) * 2 // 3


def test_text_and_filters(connection: Connection, rows: list[Row]) -> None:
    for text in ("年", "资金", "粮食"):
        for asked in ({"kind": "money"}, {"unit": "亩"}, {"first_day": "1984-02", "min_confidence": 0.5}):
            expected = ids(
                r for r in rows if expect(r, asked) and any(bare(text) in bare(t) for t in (r.text, r.title, r.kicker))
            )
            assert sorted(find_all(connection, text=text, **asked)) == expected


def test_facets_count_what_a_search_finds(connection: Connection, rows: list[Row]) -> None:
    facets = count_facets(connection, Question(first_day="1950"), limit=1000)
    within = [row for row in rows if row.counted and row.day and row.day >= "1950-01-01"]
    assert dict(facets["kind"]) == {k: sum(row.kind == k for row in within) for k in {row.kind for row in within}}
    assert dict(facets["place"]) == {p: sum(r.path == p for r in within) for p in {r.path for r in within} - {None}}
    for name, option in (("kind", "kind"), ("newspaper", "newspaper"), ("place", "place")):
        for value, number in facets[name]:
            assert search(connection, Question(first_day="1950", **{option: value})).total >= number > 0
    assert [count.facts for count in facets["unit"]] == sorted((c.facts for c in facets["unit"]), reverse=True)


def test_units_compare(few: Connection) -> None:
    """A bound in one unit finds others of its kind, and old yuan at today's value."""
    areas = {row.unit for row in read_rows(few) if row.amount_unit == "m2"}
    assert areas == {"亩", "公顷"}
    found = search(few, Question(unit="亩", minimum="130", sort="value"))
    assert [hit.fact.quantity.text for hit in found.hits] == ["1200亩", "9公顷"]
    assert search(few, Question(minimum="130亩")).total == 2
    money = search(few, Question(unit="元", maximum="5000元", sort="value"))
    assert [(hit.fact.quantity.unit, hit.fact.quantity.amount) for hit in money.hits] == [("CNY_1948", "5000")]
    assert search(few, Question(kind="money", minimum="0.3万元", maximum="￥5,300")).total == 2
    assert search(few, Question(unit="CNY_1948", minimum="4000万")).total == 1
    assert search(few, Question(unit="万元", minimum="300")).total == 2
