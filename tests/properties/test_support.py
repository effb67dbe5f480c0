"""The checks that other tests lean on do find what they look for."""

from __future__ import annotations

from support import Plain, drop_offsets, find_broken_spans

SOURCE = "全县修渠28.\n6公里，落实《河道管护办法》。"


def fact(**quantity: object) -> Plain:
    return {"record": "fact", "quantity": {"text": "28.6公里", "start_char": 4, "end_char": 11, **quantity}}


def test_a_right_span_and_a_program_without_its_marks_pass() -> None:
    assert find_broken_spans(SOURCE, fact()) == []
    program = {"record": "fact", "program": {"text": "河道管护办法", "start_char": 14, "end_char": 22}}
    assert find_broken_spans(SOURCE, program) == []


def test_wrong_spans_are_found() -> None:
    assert len(find_broken_spans(SOURCE, fact(start_char=5))) == 1
    assert len(find_broken_spans(SOURCE, fact(end_char=4))) == 1
    assert len(find_broken_spans(SOURCE, {"record": "place", "text": "河道", "start_char": 13, "end_char": 15})) == 1
    assert len(find_broken_spans(SOURCE, {"record": "article", "spans": [[0, 99]]})) == 1


def test_only_offsets_and_ids_are_dropped() -> None:
    assert drop_offsets([fact()]) == [{"record": "fact", "quantity": {"text": "28.6公里"}}]
