"""Word documents."""

from __future__ import annotations

import datetime
import io
from pathlib import Path
from typing import Any

import pytest

from extractor.errors import UndecodableError, UnreadableError
from extractor.lexicon.table import Row, read_table
from extractor.model import Source
from extractor.read import find_inputs, read_source
from extractor.read.word import is_person
from extractor.settings import Settings

docx = pytest.importorskip("docx")
SETTINGS = Settings()
BODY = "今年以来，全县新建水窖120余口。"
DAY = datetime.datetime(2019, 3, 5, 8, 0)


def save(document: Any, path: Path) -> Path:
    buffer = io.BytesIO()
    document.save(buffer)
    path.write_bytes(buffer.getvalue())
    return path


def read(document: Any, path: Path) -> Source:
    (item,) = find_inputs([str(save(document, path))], SETTINGS)
    return read_source(item, SETTINGS)


@pytest.fixture
def report() -> Any:
    document = docx.Document()
    document.add_heading("水窖建成", 1)
    document.add_paragraph(BODY)
    table = document.add_table(2, 3)
    for row, texts in enumerate((("乡", "水窖", "水窖"), ("青石乡", "12", "口"))):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    table.cell(0, 1).merge(table.cell(0, 2)).text = "水窖"
    document.add_paragraph("完。")
    document.core_properties.created = DAY
    document.core_properties.author = "李木"
    return document


def test_paragraphs_and_tables_in_their_order(report: Any, tmp_path: Path) -> None:
    source = read(report, tmp_path / "a.docx")
    assert source.text == f"水窖建成\n{BODY}\n乡\t水窖\n青石乡\t12\t口\n完。"
    assert [source.text[span.start : span.end] for span in source.titles] == ["水窖建成"]
    assert (source.format, source.byline) == ("Word", ("李木",))
    assert source.published is not None
    assert (source.published.iso(), source.published.basis) == ("2019-03-05", "metadata")


def test_merged_cells_keep_the_others_in_their_columns(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(3, 4)
    for column, text in enumerate(("青石乡", "12", "3", "6")):
        table.cell(2, column).text = text
    table.cell(0, 0).merge(table.cell(1, 0)).text = "乡"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "水窖"
    table.cell(0, 3).text = table.cell(1, 3).text = "水池"
    table.cell(1, 1).text, table.cell(1, 2).text = "新建", "修复"
    assert read(document, tmp_path / "a.docx").text == "乡\t水窖\t\t水池\n\t新建\t修复\t水池\n青石乡\t12\t3\t6"


def test_what_text_and_name_tell_comes_before_the_properties(report: Any, tmp_path: Path) -> None:
    assert read(report, tmp_path / "20180102.docx").published.iso() == "2018-01-02"  # type: ignore[union-attr]
    document = docx.Document()
    document.add_paragraph("海滨日报　2017年6月5日　星期一")
    document.add_paragraph(BODY)
    document.core_properties.created = DAY
    assert read(document, tmp_path / "a.docx").published.iso() == "2017-06-05"  # type: ignore[union-attr]


def test_the_day_of_an_empty_form_is_no_date(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph(BODY)
    source = read(document, tmp_path / "a.docx")
    assert (source.published, source.byline) == (None, ())


def test_tracked_changes_are_accepted(tmp_path: Path) -> None:
    from docx.oxml import parse_xml

    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    document = docx.Document()
    paragraph = document.add_paragraph("建成水窖")
    paragraph._p.append(parse_xml(f"<w:del {space}><w:r><w:delText>11</w:delText></w:r></w:del>"))
    paragraph._p.append(parse_xml(f"<w:ins {space}><w:r><w:t>12</w:t><w:tab/><w:t>口</w:t></w:r></w:ins>"))
    assert read(document, tmp_path / "a.docx").text == "建成水窖12\t口"


def test_a_heading_of_two_lines(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("全县动员\n修建水窖", 1)
    document.add_paragraph(BODY)
    source = read(document, tmp_path / "a.docx")
    assert [source.text[span.start : span.end] for span in source.titles] == ["全县动员", "修建水窖"]


def test_a_document_without_a_suffix(report: Any, tmp_path: Path) -> None:
    assert read(report, tmp_path / "noname").text.endswith("完。")


def test_no_text(tmp_path: Path) -> None:
    with pytest.raises(UndecodableError, match="no text"):
        read(docx.Document(), tmp_path / "a.docx")


def test_a_damaged_document(report: Any, tmp_path: Path) -> None:
    path = save(report, tmp_path / "a.docx")
    data = path.read_bytes()
    for bad in (data[: len(data) // 2], data[:300] + bytes(200) + data[500:]):
        path.write_bytes(bad)
        (item,) = find_inputs([str(path)], SETTINGS)
        with pytest.raises(UnreadableError, match=r"a\.docx: damaged"):
            read_source(item, SETTINGS)


@pytest.mark.parametrize("row", read_table("office_author.tsv"), ids=lambda row: row["word"])
def test_authors_that_nobody_named(row: Row) -> None:
    assert row["word"] in row["example"]
    assert (is_person(row["example"]), row["expected"]) == (False, "none")


@pytest.mark.parametrize(
    ("name", "person"), [("李木", True), ("欧阳小林", True), ("Administrator", False), ("李", False)]
)
def test_authors(name: str, person: bool) -> None:
    assert is_person(name) is person
