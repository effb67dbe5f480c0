"""Verdicts: what each does to what is read, what is refused, what is kept."""

from __future__ import annotations

from typing import Any

import pytest

from extractor.errors import ConflictError, RecordError, UsageError
from extractor.review import add_beside, decide, list_reviews, read_review
from extractor.search import Question, count_facets, search
from review.desk import Desk


def test_an_accepted_fact_is_sure(desk: Desk) -> None:
    state = desk.judge("1500余名", "accept", note="见原件")
    assert (state.verdict, state.reviewer, state.revision, state.origin) == ("accepted", "林溪", 1, "machine")
    assert state.fact is not None and state.fact.confidence == 1
    assert state.machine is not None and state.machine.confidence < 1
    assert state.machine.model_copy(update={"confidence": 1.0}) == state.fact
    assert [(one.action, one.note) for one in state.verdicts] == [("accept", "见原件")]
    (fact,) = [fact for fact in desk.read() if fact["quantity_text"] == "1500余名"]
    assert (fact["verdict"], fact["origin"], fact["confidence"]) == ("accepted", "machine", 1)
    desk.check()


def test_a_rejected_fact_is_in_no_answer_but_its_own(desk: Desk) -> None:
    before = desk.read()
    state = desk.judge("1500余名", "reject")
    assert state.verdict == "rejected" and state.fact is None and state.found
    assert desk.read() == [fact for fact in before if fact["quantity_text"] != "1500余名"]
    for asked in ({"repeats": True}, {"text": "护林员"}, {"unit": "名"}):
        assert "1500余名" not in [fact.quantity.text for fact in desk.hits(**asked)]
    for asked in ({}, {"text": "护林员"}, {"unit": "名", "minimum": "1000"}, {"place": "全椒县"}):
        assert [fact.quantity.text for fact in desk.hits(rejected=True, **asked)] == ["1500余名"]
    assert desk.hits(rejected=True, unit="公里") == []
    assert "名" not in [one.value for one in count_facets(desk.connection, Question(), ("unit",))["unit"]]
    (hit,) = search(desk.connection, Question(rejected=True)).hits
    assert (hit.verdict, hit.counted) == ("rejected", False)
    desk.check()


def test_corrected_values_are_what_is_searched_and_summed(desk: Desk) -> None:
    fields = {"quantity": {"value": "32000", "unit": "CNY"}, "indicator": "资金", "place": "341124"}
    state = desk.judge("约3200万元", "correct", fields=fields)
    assert state.verdict == "corrected" and state.fact is not None and state.machine is not None
    assert state.fact.quantity.amount == "32000" and state.machine.quantity.amount == "32000000"
    assert state.fact.quantity.value_cny == "32000"
    assert state.fact.place is not None and state.fact.place.name == "全椒县"
    assert [fact.fact_id for fact in desk.hits(unit="元", maximum="4万")] == [state.fact_id]
    assert "32000000" not in [fact.quantity.amount for fact in desk.hits(kind="money")]
    (hit,) = search(desk.connection, Question(unit="元", maximum="4万")).hits
    assert (hit.verdict, hit.origin) == ("corrected", "machine")
    desk.check()


def test_a_text_alone_is_found_in_the_sentence(desk: Desk) -> None:
    state = desk.judge("1500余名", "correct", fields={"indicator": "灌溉渠道", "subject": None, "period": "今年以来"})
    assert state.fact is not None and state.fact.indicator is not None
    assert state.fact.indicator.text == "灌溉渠道" and state.fact.indicator_id is not None
    assert state.fact.subject is None
    desk.check()


def test_a_text_is_found_where_lines_break(desk: Desk) -> None:
    """The document is read for it; where that is gone, what is known of the layout must do."""
    state = desk.judge("4.6万株", "correct", fields={"indicator": "面貌"})
    assert state.fact is not None and state.fact.indicator is not None
    desk.check()
    (desk.folder / "wrapped-20190308.txt").unlink()
    with pytest.raises(RecordError, match="give start_char and end_char"):
        desk.judge("860户", "correct", fields={"indicator": "游客"})
    known = desk.judge("860户", "correct", fields={"indicator": "投资"}).fact
    assert known is not None and known.indicator is not None


def test_a_quantity_read_anew_brings_its_numbers(desk: Desk) -> None:
    state = desk.judge("约3200万元", "correct", fields={"quantity": "3200万元"})
    assert state.fact is not None
    quantity = state.fact.quantity
    assert (quantity.value, quantity.max_value, quantity.modifier) == ("32000000", "32000000", "exact")
    with pytest.raises(RecordError, match="农家书屋 is not read as one"):
        desk.judge("12个", "correct", fields={"quantity": "农家书屋"})
    desk.check()


def test_kind_and_unit_bring_what_follows_from_them(desk: Desk) -> None:
    fact = desk.judge("36公里", "correct", fields={"quantity": {"value": "72", "unit": "市里"}}).fact
    assert fact is not None and fact.quantity.amount == "36000"
    fact = desk.judge("36公里", "correct", fields={"quantity": {"value": "3", "unit": "亩"}}).fact
    assert fact is not None
    assert (fact.quantity.standard_unit, fact.quantity.amount_unit, fact.quantity.dimension) == ("m2", "m2", "area")
    assert fact.quantity.amount == fact.quantity.standard_value == "2000"


WRONG: tuple[tuple[dict[str, Any], str], ...] = (
    ({"colour": "red"}, "colour: cannot be corrected"),
    ({"evidence": None}, "evidence: cannot be corrected"),
    ({"indicator": "不在句中"}, "indicator: 不在句中 does not stand"),
    ({"indicator": {"text": "护林员", "start_char": 1, "end_char": 4}}, "indicator: "),
    ({"indicator": {"text": "护林员", "start_char": 9, "end_char": 2}}, "indicator: "),
    ({"indicator": 7}, "indicator: expected a text"),
    ({"indicator": {"text": 7}}, "indicator.text: expected a text"),
    ({"indicator": " "}, "indicator: is empty"),
    ({"quantity": {"value": "many"}}, "quantity.value: many is no plain decimal"),
    ({"quantity": {"value": "007"}}, "quantity.value"),
    ({"quantity": {"value": "9", "min_value": "10", "max_value": "20"}}, "not in order"),
    ({"quantity": {"value": None, "min_value": None, "max_value": None}}, "neither a value nor a bound"),
    ({"quantity": None}, "no fact is without them"),
    ({"quantity": 7}, "expected a text or an object"),
    ({"kind": "size"}, "kind"),
    ({"place": "无此地县"}, "place: 无此地县 is no place"),
    ({"period": {"text": "今年以来", "start_date": "2024-12-31", "end_date": "2024-01-01"}}, "period"),
    ({"program": {"text": "护林员", "type": "song"}}, "program"),
)


def test_what_breaks_the_contract_is_refused_and_changes_nothing(desk: Desk) -> None:
    before = desk.read()
    for fields, reason in WRONG:
        with pytest.raises(RecordError, match=reason):
            desk.judge("1500余名", "correct", fields=fields)
    assert desk.read() == before and list_reviews(desk.connection).total == 0


def test_wrong_calls(desk: Desk) -> None:
    for action, options, reason in (
        ("praise", {}, "no such verdict"),
        ("correct", {}, "correct needs fields"),
        ("accept", {"fields": {"kind": "count"}}, "accept takes no fields"),
    ):
        with pytest.raises(UsageError, match=reason):
            desk.judge("1500余名", action, **options)
    with pytest.raises(UsageError, match="no such fact"):
        decide(desk.connection, "0" * 16, "accept", "林溪")
    with pytest.raises(UsageError, match="nobody has judged it"):
        desk.undo(desk.find("1500余名"))
    with pytest.raises(RecordError, match="reviewer"):
        desk.judge("1500余名", "accept", "\x1b[2J")


def test_undo_takes_back_one_after_the_other_and_history_stays(desk: Desk) -> None:
    before = desk.read()
    fact = desk.find("12个")
    states = [
        desk.judge("12个", "accept"),
        desk.judge("12个", "correct", fields={"quantity": {"value": "21"}}),
        decide(desk.connection, fact, "reject", "林溪"),
    ]
    assert [state.verdict for state in states] == ["accepted", "corrected", "rejected"]
    assert desk.undo(fact).verdict == "corrected"
    assert [one["value"] for one in desk.read() if one["quantity_text"] == "12个"] == ["21"]
    assert desk.undo(fact).verdict == "accepted"
    last = desk.undo(fact)
    assert (last.verdict, last.revision, last.found) == (None, 6, True)
    assert desk.read() == before
    with pytest.raises(UsageError, match="holds no verdict of 林溪"):
        desk.undo(fact)
    assert [one.action for one in last.verdicts] == ["accept", "correct", "reject", "undo", "undo", "undo"]
    desk.check()


def test_the_last_of_two_reviewers_decides_and_differing_is_told(desk: Desk) -> None:
    fact = desk.find("48处") if "48处" in desk.texts() else desk.find("12个")
    decide(desk.connection, fact, "accept", "林溪")
    state = decide(desk.connection, fact, "reject", "周平")
    assert (state.verdict, state.reviewer, state.disputed) == ("rejected", "周平", True)
    assert [one.fact_id for one in list_reviews(desk.connection, disputed=True).reviews] == [fact]
    assert desk.undo(fact, "周平").verdict == "accepted"
    state = decide(desk.connection, fact, "accept", "周平")
    assert (state.verdict, state.reviewer, state.disputed) == ("accepted", "周平", False)
    assert list_reviews(desk.connection, disputed=True).total == 0


def test_who_accepts_what_another_corrected_keeps_the_correction(desk: Desk) -> None:
    fact = desk.judge("12个", "correct", fields={"quantity": {"value": "21"}}).fact_id
    state = decide(desk.connection, fact, "accept", "周平")
    assert state.fact is not None and state.fact.quantity.value == "21"
    assert (state.verdict, state.disputed) == ("corrected", False)
    blind = decide(desk.connection, fact, "accept", "方圆", blind=True)
    assert blind.fact is not None and blind.fact.quantity.value == "12" and blind.disputed


def test_a_verdict_on_what_has_changed_meanwhile_is_refused(desk: Desk) -> None:
    fact = desk.find("12个")
    decide(desk.connection, fact, "accept", "林溪", seen=0)
    with pytest.raises(ConflictError, match="林溪 judged it at"):
        decide(desk.connection, fact, "reject", "周平", seen=0)
    assert decide(desk.connection, fact, "reject", "周平", seen=1).verdict == "rejected"


def test_a_rejected_figure_is_no_longer_what_another_repeats(desk: Desk) -> None:
    facts = [fact for fact in desk.read("canal") if fact["quantity_text"] == "126.5公里"]
    assert [(fact["counted"], fact["repeat_of"] is None) for fact in facts] == [(1, True), (0, False)]
    before = desk.read()
    desk.judge("126.5公里", "reject")
    (left,) = [fact for fact in desk.read("canal") if fact["quantity_text"] == "126.5公里"]
    assert (left["counted"], left["repeat_of"]) == (1, None)
    desk.check()
    desk.undo(facts[0]["fact_id"])
    assert desk.read() == before
    desk.check()


def test_a_fact_that_was_not_found_is_added(desk: Desk) -> None:
    before = desk.read()
    beside = desk.find("12个")
    state = add_beside(
        desk.connection, beside, {"kind": "count", "quantity": {"text": "二郎口镇", "value": "1", "unit": "个"}}, "林溪"
    )
    assert (state.verdict, state.origin, state.found) == ("corrected", "review", True)
    assert state.fact is not None and state.fact.quantity.amount == "1"
    assert len(desk.read()) == len(before) + 1
    desk.check()
    with pytest.raises(ConflictError, match="is a fact already"):
        add_beside(desk.connection, beside, {"quantity": "3.5万份"}, "林溪")
    for fields, reason in (({}, "expected at least its text"), ({"quantity": "农家书屋"}, "kind|neither")):
        with pytest.raises(RecordError, match=reason):
            add_beside(desk.connection, beside, fields, "林溪")
    desk.run({"classifier.tsv": "surface\tflags\n嘟噜\n"})
    assert len(desk.read()) == len(before) + 1
    desk.undo(state.fact_id)
    assert desk.read() == before
    desk.check()


def test_histories_are_read_by_either_id(desk: Desk) -> None:
    state = desk.judge("12个", "reject")
    assert read_review(desk.connection, state.fact_id) == state
    assert read_review(desk.connection, desk.find("3.5万份")) is None
    assert state.machine is not None and state.machine.quantity.text == "12个"


def test_lists_are_filtered_and_paged(desk: Desk) -> None:
    for text, action in (("12个", "accept"), ("3.5万份", "reject"), ("36公里", "accept"), ("860户", "reject")):
        desk.judge(text, action)
    pages, cursor = [], None
    while True:
        page = list_reviews(desk.connection, limit=3, cursor=cursor)
        pages.append([state.verdict for state in page.reviews])
        cursor = page.cursor
        assert page.total == 4
        if cursor is None:
            break
    assert pages == [["rejected", "accepted", "rejected"], ["accepted"]]
    assert list_reviews(desk.connection, verdict="rejected").total == 2
    assert list_reviews(desk.connection, reviewer="周平").total == 0
    assert list_reviews(desk.connection, found=False).total == 0
    for wrong in ({"verdict": "maybe"}, {"limit": 0}):
        with pytest.raises(UsageError):
            list_reviews(desk.connection, **wrong)


def test_places_by_name_path_code_and_value(desk: Desk) -> None:
    for given, name in (
        ("凤阳县", "凤阳县"),  # no document names it
        ("山东省/济宁市", "济宁市"),
        ("341126", "凤阳县"),
        ({"adcode": "341126"}, "凤阳县"),
        ("兴国县", "兴国县"),
        ({"adcode": None, "name": "柳河乡", "level": "township", "path": ["柳河乡"]}, "柳河乡"),
        (None, None),
    ):
        fact = desk.judge("1500余名", "correct", fields={"place": given, "kind": "count"}).fact
        assert fact is not None and (fact.place and fact.place.name) == name
        if name == "凤阳县":
            assert fact.place is not None and fact.place.path == ("安徽省", "滁州市", "凤阳县")
            assert fact.place.basis == "article"
    for wrong in ("桥西区", "999999", "无此省/无此县", {"name": "柳河乡"}):
        with pytest.raises(RecordError, match="place"):
            desk.judge("12个", "correct", fields={"place": wrong})
    desk.run({"classifier.tsv": "surface\tflags\n嘟噜\n"})
    desk.check()


def test_spans_are_proved_with_and_without_the_document(desk: Desk) -> None:
    path = desk.folder / "wrapped-20190308.txt"
    text = path.read_text("utf-8")
    at, behind, title = (text.index(word) for word in ("面貌", "焕\n然一新", "水渠"))
    right = {"text": "面貌", "start_char": at, "end_char": at + 2}
    broken = {"text": "焕然一新", "start_char": behind, "end_char": behind + 5}
    head = {"text": "水渠", "start_char": title, "end_char": title + 2}
    for there in (True, False):
        for fields in ({"indicator": right}, {"indicator": broken}):
            fact = desk.judge("860户", "correct", fields=fields).fact
            assert fact is not None and fact.indicator is not None
            assert fact.indicator.start_char == fields["indicator"]["start_char"]
        for shift in (-30, 30):
            wrong = {**right, "start_char": at + shift, "end_char": at + 2 + shift}
            with pytest.raises(RecordError, match="indicator"):
                desk.judge("860户", "correct", fields={"indicator": wrong})
        if there:
            assert desk.judge("860户", "correct", fields={"subject": head}).verdict == "corrected"
            desk.check()
            path.unlink()
        else:
            with pytest.raises(RecordError, match="outside the sentence"):
                desk.judge("580万元", "correct", fields={"indicator": {**head, "start_char": title + 1, "text": "渠"}})
    path.write_text("别的内容", "utf-8")
    assert desk.judge("860户", "correct", fields={"indicator": right}).verdict == "corrected"


def test_what_is_near_decides_between_the_same_words(desk: Desk) -> None:
    desk.write(**{"twice-20200101.txt": "　　全县修路36公里，另修路18公里，再修路9公里。\n"})
    desk.run()
    fact = desk.judge("18公里", "correct", fields={"indicator": "修路"}).fact
    assert fact is not None and fact.indicator is not None
    desk.check()


def test_pages_of_a_search_hold_added_facts_once(desk: Desk) -> None:
    fields = {"kind": "count", "quantity": {"text": "二郎口镇", "value": "1", "unit": "个"}}
    add_beside(desk.connection, desk.find("12个"), fields, "林溪")
    for sort in ("date", "value"):
        found: list[str] = []
        cursor = None
        while True:
            page = search(desk.connection, Question(sort=sort, limit=1, cursor=cursor))
            found += [hit.fact.quantity.text for hit in page.hits]
            cursor = page.cursor
            if cursor is None:
                break
        assert len(found) == page.total == len(set(found)) and "二郎口镇" in found
