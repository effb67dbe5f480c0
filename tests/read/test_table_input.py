"""Tables of articles: JSON Lines, CSV, TSV, XLSX."""

from __future__ import annotations

import csv
import datetime
import io
import json
import zipfile
from pathlib import Path

import pytest

from extractor.lexicon.table import Row, read_table
from extractor.model import Source
from extractor.read import Input, read_source
from extractor.read.row import find_value, to_text
from extractor.settings import Settings
from read.archive import find, make_zip, reason, short

SETTINGS = Settings()
BODY = "今年全社修渠三公里。\n又打井20眼。"


def lines(*objects: object) -> bytes:
    return "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in objects).encode()


def table(*rows: list[str], delimiter: str = ",") -> str:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=delimiter).writerows(rows)
    return buffer.getvalue()


def book(**sheets: list[list[object]]) -> bytes:
    openpyxl = pytest.importorskip("openpyxl")
    made = openpyxl.Workbook()
    made.remove(made.active)
    for title, rows in sheets.items():
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(row)
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def read(items: list[Input], settings: Settings = SETTINGS) -> list[Source]:
    return [read_source(item, settings) for item in items]


@pytest.mark.parametrize("row", read_table("record_field.tsv"), ids=lambda row: row["name"])
def test_usual_names(row: Row) -> None:
    assert row["expected"] == row["role"]
    found = {role: find_value({row["example"]: "x"}, role, SETTINGS) for role in ("text", "title", "date", "source")}
    found |= {role: find_value({row["example"]: "x"}, role, SETTINGS) for role in ("author", "url")}
    assert [role for role, value in found.items() if value == "x"] == [row["role"]]


def test_an_article_a_line(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    article = {"title": "修渠打井", "content": BODY, "date": "1974-08-03", "source": "海滨日报"}
    items = find(lines(article | {"author": ["甲乙", "丙丁"], "url": "http://a.cn/1"}, {"text": BODY}), path)
    assert short(items, path) == ["#1", "#2"]
    first, second = read(items)
    assert first.text == f"修渠打井\n{BODY}"
    assert [first.text[span.start : span.end] for span in first.titles] == ["修渠打井"]
    assert [(span.start, span.end) for span in first.items] == [(0, len(first.text))]
    assert first.published is not None
    assert (first.published.iso(), first.published.basis) == ("1974-08-03", "metadata")
    assert (first.newspaper, first.byline, first.uri) == ("海滨日报", ("甲乙", "丙丁"), "http://a.cn/1")
    assert (first.format, first.encoding) == ("JSON Lines", "utf-8")
    assert (second.text, second.titles, second.published) == (BODY, (), None)


def test_a_bad_line_is_a_failure_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    deep = b"[" * 100_000 + b"\n"
    data = b'{"text": \n[1]\n' + deep + b'{"text": ""}\n{"text": {"a": 1}}\n\n' + lines({"text": BODY})
    items = find(data, path)
    assert short(items, path) == ["#1", "#2", "#3", "#4", "#5", "#7"]
    assert "line 1: no JSON" in reason(items[0])
    assert "line 2: no JSON object" in reason(items[1])
    assert "line 3: no JSON" in reason(items[2])
    assert ["line 4 has no text" in reason(items[3]), "line 5 has no text" in reason(items[4])] == [True, True]
    assert read(items[5:])[0].text == BODY


def test_fields_that_the_settings_name(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    settings = Settings(text_column="page.story", title_column="page.head", date_column="t", id_column="key")
    values = {"page": {"story": BODY, "head": "修渠"}, "t": 144720000, "key": "A/7", "text": "别的文字"}
    items = find(lines(values, values, {"text": BODY, "key": "B"}), path, settings)
    assert short(items, path) == ["#A/7", "#A/7 (2)", "#B"]
    assert read(items[:1], settings)[0].text == f"修渠\n{BODY}"
    assert "line 3 has no text" in reason(items[2])


def test_a_title_that_the_text_begins_with(tmp_path: Path) -> None:
    (item,) = find(lines({"title": "修渠", "text": f"\n修渠\n{BODY}"}), tmp_path / "a.jsonl")
    (source,) = read([item])
    assert source.text == f"\n修渠\n{BODY}"
    assert [tuple(span) for span in source.titles] == [(1, 3)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize(("suffix", "delimiter"), [("csv", ","), ("tsv", "\t"), ("csv", ";"), ("csv", "\t")])
def test_csv(encoding: str, suffix: str, delimiter: str, tmp_path: Path) -> None:
    path = tmp_path / f"a.{suffix}"
    text = table(
        ["标题", "正文", "日期"], ['修"渠', BODY, "1974年8月3日"], ["", " ", ""], ["打井", BODY], delimiter=delimiter
    )
    items = find(text.encode(encoding), path)
    assert short(items, path) == ["#2", "#4"]
    first, second = read(items)
    assert (first.text, second.text) == (f'修"渠\n{BODY}', f"打井\n{BODY}")
    assert first.published is not None
    assert first.published.iso() == "1974-08-03"


def test_a_table_without_a_text(tmp_path: Path) -> None:
    data = table(["年份", "产值"], ["1974", "320"]).encode()
    (item,) = find(data, tmp_path / "a.csv")
    assert "name it (--text-column); it has 年份, 产值" in reason(item)
    (item,) = find(data, tmp_path / "a.csv", Settings(text_column="文字"))
    assert "no column 文字; it has 年份, 产值" in reason(item)
    assert "empty" in reason(find(b"", tmp_path / "a.csv")[0])


def test_a_bad_byte_spoils_one_row(tmp_path: Path) -> None:
    data = (
        table(["text"], ["渠成。" * 20], ["井成。"], ["桥成。" * 20]).encode().replace("井".encode(), "井".encode()[:2])
    )
    items = find(data, tmp_path / "a.csv")
    assert [item.failure is None for item in items] == [True, False, True]
    assert "line 3: byte 0xe4 is not UTF-8" in reason(items[1])
    settings = Settings(errors="replace")
    second = read(find(data, tmp_path / "a.csv", settings), settings)[1]
    assert second.text.strip("\ufffd") == "成。"
    assert second.quality is not None
    assert second.quality < 0.7


def test_a_quote_that_does_not_close(tmp_path: Path) -> None:
    data = ('text\n渠成。\n"井成。\n' + "桥成。\n" * 100).encode()
    items = find(data, tmp_path / "a.csv", Settings(max_bytes=200))
    assert items[0].failure is None
    assert "what follows is not read" in reason(items[1])
    assert len(items) == 2


def test_a_line_without_end(tmp_path: Path) -> None:
    items = find(lines({"text": BODY}) + b'{"text": "' + b"a" * 500, tmp_path / "a.jsonl", Settings(max_bytes=300))
    assert "line 2 has more than 300 characters" in reason(items[1])


def test_xlsx(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    day = datetime.datetime(1974, 8, 3, 9, 30)
    rows: list[list[object]] = [["标题", "正文", "日期"], ["修渠", BODY, day], [None, None, None], ["空", None, None]]
    items = find(book(一=rows), path)
    assert short(items, path) == ["#2", "#4"]
    (source,) = read(items[:1])
    assert source.text == f"修渠\n{BODY}"
    assert source.published is not None
    assert (source.published.iso(), source.format) == ("1974-08-03", "XLSX")
    assert "line 4 has no text" in reason(items[1])


def test_xlsx_of_several_sheets(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    data = book(说明=[["说明"], ["无"]], 稿件=[["text"], [BODY]], 空=[])
    items = find(make_zip({"a.xlsx": data}), path)
    assert short(items, path) == ["!/a.xlsx!/稿件#2"]
    (item,) = find(book(说明=[["说明"], ["无"]]), tmp_path / "b.xlsx")
    assert "it has 说明" in reason(item)
    (item,) = find(data, tmp_path / "noname")  # told by what it holds
    assert item.doc.endswith("noname!/稿件#2")


def test_xml_with_entities_is_refused(tmp_path: Path) -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
    data = io.BytesIO(book(一=[["text"], [BODY]]))
    with zipfile.ZipFile(data, "a") as package:
        package.writestr("xl/evil.xml", bomb)
    (item,) = find(data.getvalue(), tmp_path / "a.xlsx")
    assert "xl/evil.xml declares a document type" in reason(item)


def test_a_package_that_unpacks_to_too_much(tmp_path: Path) -> None:
    data = io.BytesIO(book(一=[["text"], [BODY]]))
    with zipfile.ZipFile(data, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/media/a.bin", bytes(30_000_000))
    (item,) = find(data.getvalue(), tmp_path / "a.xlsx", Settings(max_ratio=500))
    assert "(max_ratio)" in reason(item)
    (item,) = find(data.getvalue(), tmp_path / "a.xlsx", Settings(max_bytes=100_000))
    assert "more than 4 times max_bytes" in reason(item)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (True, ""),
        ({"a": 1}, ""),
        ("渠", "渠"),
        (12, "12"),
        (20240715, "20240715"),
        (1721001600, "2024-07-15"),
        (1721001600000, "2024-07-15"),
        (datetime.date(1974, 8, 3), "1974-08-03"),
        (["甲", None, "乙"], "甲\n乙"),
        (float("nan"), "nan"),
        (-5000000000, "-5000000000"),
    ],
)
def test_values_as_text(value: object, text: str) -> None:
    assert to_text(value) == text
