"""Verdicts survive later runs: other tables, documents that move, change, come twice or go."""

from __future__ import annotations

import shutil

import pytest

from extractor.review import decide, list_reviews, read_review
from review.desk import TEXTS, Desk

ANY = {"classifier.tsv": "surface\tflags\n嘟噜\n"}  # other tables that change nothing here
# The machine finds no such facts any more.
BLIND = {"exclusion.tsv": "rule\tpattern\nlost_name\t1500余名\nlost_count\t12个\n"}
# The machine cuts the quantity elsewhere, so that the fact has another id.
SHORTER = {"classifier.tsv": "surface\tflags\n-名\n-个\n"}
# The machine reads other fields.
OTHER = {"indicator.tsv": "form\tid\tname\tquantity\thead\n护林员\trangers\t护林员\tcount\tyes\n"}


def read_fact(desk: Desk, fact: str) -> dict[str, object] | None:
    return next((one for one in desk.read() if one["fact_id"] == fact), None)


@pytest.mark.parametrize("tables", [ANY, BLIND, SHORTER, OTHER], ids=["any", "blind", "shorter", "other"])
def test_what_people_said_stays_whatever_the_machine_reads(desk: Desk, tables: dict[str, str]) -> None:
    accepted = desk.judge("1500余名", "accept").fact_id
    corrected = desk.judge("12个", "correct", fields={"quantity": {"value": "21"}}).fact_id
    rejected = desk.judge("3.5万份", "reject").fact_id
    before = {fact: read_fact(desk, fact) for fact in (accepted, corrected)}
    desk.run(tables)
    for fact, known in before.items():
        now = read_fact(desk, fact)
        assert now is not None and known is not None
        lost = tables is BLIND or (tables is SHORTER and fact == corrected)
        assert now == known | {"origin": "review" if lost else "machine"}
        state = read_review(desk.connection, fact)
        assert state is not None and state.found and (state.origin == "review") == lost
        assert (state.machine is None) == lost
    assert "3.5万份" not in desk.texts()
    assert len(desk.texts("canal")) == len({fact["fact_id"] for fact in desk.read("canal")})
    assert [fact.fact_id for fact in desk.hits(rejected=True)] == [rejected]
    desk.check()


@pytest.mark.parametrize("tables", [BLIND, SHORTER], ids=["blind", "shorter"])
def test_taking_back_after_another_run_gives_the_machines_reading_of_now(desk: Desk, tables: dict[str, str]) -> None:
    facts = [
        desk.judge("1500余名", "accept").fact_id,
        desk.judge("12个", "correct", fields={"indicator": "种植技术资料"}).fact_id,
        desk.judge("3.5万份", "reject").fact_id,
    ]
    desk.run(tables)
    for fact in facts:
        desk.undo(fact)
    desk.check()
    after = desk.read()
    desk.run()
    desk.run(tables)
    assert desk.read() == after
    assert [fact["verdict"] for fact in after] == [None] * len(after)


def test_a_rejection_holds_for_the_same_number_at_the_same_place(desk: Desk) -> None:
    desk.judge("1500余名", "reject")
    desk.run(SHORTER)
    assert "1500余" not in [text[:6] for text in desk.texts()]
    (fact,) = desk.hits(rejected=True)
    assert fact.quantity.value == "1500"
    desk.run()
    assert [fact.quantity.text for fact in desk.hits(rejected=True)] == ["1500余名"]
    desk.check()


def test_a_rejected_fact_that_is_gone_comes_back_rejected(desk: Desk) -> None:
    desk.judge("12个", "reject")
    desk.run(BLIND)
    assert desk.hits(rejected=True) == []
    assert [state.found for state in list_reviews(desk.connection).reviews] == [False]
    desk.run()
    assert [fact.quantity.text for fact in desk.hits(rejected=True)] == ["12个"]
    assert "12个" not in desk.texts()


def test_a_verdict_may_be_given_on_what_the_machine_does_not_find_any_more(desk: Desk) -> None:
    fact = desk.judge("12个", "accept").fact_id
    desk.run(BLIND)
    assert desk.judge("12个", "correct", fields={"quantity": {"value": "21"}}).fact_id == fact
    now = read_fact(desk, fact)
    assert now is not None and (now["value"], now["origin"], now["verdict"]) == ("21", "review", "corrected")
    desk.undo(fact)
    assert desk.judge("12个", "reject").verdict == "rejected"
    assert read_fact(desk, fact) is None
    assert desk.undo(fact).verdict == "accepted"
    desk.run()
    now = read_fact(desk, fact)
    assert now is not None and (now["value"], now["origin"], now["verdict"]) == ("12", "machine", "accepted")
    desk.check()


def test_a_document_that_is_moved_takes_its_verdicts_along(desk: Desk) -> None:
    desk.judge("12个", "correct", fields={"quantity": {"value": "21"}})
    desk.judge("3.5万份", "reject")
    (desk.folder / "canal-20240715.txt").rename(desk.folder / "moved-20240715.txt")
    desk.run(BLIND)
    there = {fact["quantity_text"]: fact for fact in desk.read("moved")}
    assert (there["12个"]["value"], there["12个"]["origin"]) == ("21", "review")
    assert "3.5万份" not in there
    desk.check()


def test_another_print_of_the_same_words_has_the_verdicts_too(desk: Desk) -> None:
    """In other lines, so that everything stands elsewhere."""
    desk.judge("12个", "correct", fields={"indicator": "种植技术资料", "quantity": {"value": "21"}})
    desk.judge("3.5万份", "reject")
    text = TEXTS["canal-20240715.txt"].replace("\n", "\n\n", 1).replace("　　", "　　　")
    desk.write(**{"print-20240801.txt": text})
    desk.run()
    there = {fact["quantity_text"]: fact for fact in desk.read("print")}
    assert (there["12个"]["value"], there["12个"]["indicator"]) == ("21", "种植技术资料")
    assert "3.5万份" not in there
    assert {fact["counted"] for fact in there.values()} == {0}
    assert [fact.quantity.text for fact in desk.hits(rejected=True)] == ["3.5万份"] * 2
    desk.check()


def test_a_verdict_on_a_print_holds_in_the_others(desk: Desk) -> None:
    shutil.copy(desk.folder / "canal-20240715.txt", desk.folder / "copy-20240716.txt")
    desk.run()
    desk.judge("12个", "correct", fields={"quantity": {"value": "21"}})
    assert [fact["value"] for fact in desk.read() if fact["quantity_text"] == "12个"] == ["21", "21"]
    assert [fact["counted"] for fact in desk.read() if fact["quantity_text"] == "12个"] == [1, 0]
    desk.check()


def test_an_edited_document_keeps_verdicts_on_sentences_that_stayed(desk: Desk) -> None:
    desk.judge("36公里", "correct", fields={"indicator": "面貌", "quantity": {"value": "63"}})
    desk.judge("12公里", "reject")
    text = TEXTS["wrapped-20190308.txt"]
    desk.write(**{"wrapped-20190308.txt": text.replace("水渠通到山脚下", "山路通到了云雾里") + "　　全县增收。\n"})
    desk.run()
    there = {fact["quantity_text"]: fact for fact in desk.read("wrapped")}
    assert there["36公里"]["value"] == "63" and "12公里" not in there
    desk.check()


def test_an_edit_that_takes_the_sentence_away_loses_the_fact_but_not_the_verdict(desk: Desk) -> None:
    fact = desk.judge("12公里", "accept").fact_id
    text = TEXTS["wrapped-20190308.txt"]
    desk.write(**{"wrapped-20190308.txt": text[: text.index("　　兴国县计划")]})
    desk.run()
    assert "12公里" not in desk.texts("wrapped")
    assert [state.fact_id for state in list_reviews(desk.connection, found=False).reviews] == [fact]
    desk.write(**{"wrapped-20190308.txt": text})
    desk.run()
    assert [one["verdict"] for one in desk.read("wrapped") if one["quantity_text"] == "12公里"] == ["accepted"]
    desk.check()


def test_a_document_that_goes_and_comes_back_is_read_as_before(desk: Desk) -> None:
    from extractor.store import Writer

    desk.judge("12个", "correct", fields={"quantity": {"value": "21"}, "place": "兴国县"})
    desk.judge("3.5万份", "reject")
    before = desk.read()
    with desk.connection.lock():
        Writer(desk.connection).remove([(str(desk.folder / "canal-20240715.txt"), 1)])
    assert desk.read("canal") == [] and desk.hits(rejected=True) == []
    assert {state.found for state in list_reviews(desk.connection).reviews} == {False}
    desk.check()
    desk.run()
    assert desk.read() == before
    desk.check()


def test_other_documents_are_left_alone(desk: Desk) -> None:
    before = desk.read("cotton") + desk.read("wrapped")
    for text in ("12个", "3.5万份", "1500余名"):
        desk.judge(text, "accept")
    desk.run(SHORTER)
    desk.run()
    assert desk.read("cotton") + desk.read("wrapped") == before


def test_a_run_that_changes_nothing_changes_nothing(desk: Desk) -> None:
    desk.judge("12个", "correct", fields={"quantity": {"value": "21"}})
    before = desk.read()
    desk.run()
    assert desk.read() == before


def test_reprints_are_told_by_what_the_machine_reads(desk: Desk) -> None:
    """Not by what people made of it: a later run marks the same ones."""
    story = "".join(
        f"{name}村修渠{at * 7 + 3}公里，植树{at * 30 + 20}亩，打井{at + 2}眼，群众纷纷称赞这件好事办得及时。"
        for at, name in enumerate(("东河", "西山", "南岭", "北坡", "石桥", "柳林"))
    )
    desk.write(
        **{
            "first-20210301.txt": f"山乡水利见成效\n\n　　本报讯 {story}\n",
            "second-20210305.txt": f"水利建设见成效\n\n　　{story}乡里很满意。\n",
        }
    )
    desk.run()
    assert {fact["counted"] for fact in desk.read("second")} == {0}
    for fact in desk.hits(place=None, repeats=True):
        if "second" in fact.doc:
            decide(desk.connection, fact.fact_id, "correct", "林溪", fields={"quantity": {"value": "1"}})
    before = desk.read()
    desk.write(**{"more-20210306.txt": "　　全县修路36公里。\n"})
    desk.run()
    assert [fact for fact in desk.read() if "more" not in fact["doc"]] == before
    desk.check()
