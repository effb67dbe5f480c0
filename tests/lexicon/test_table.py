"""Reading of lexicon tables: what is refused, and a user's rows laid over ours."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import pytest

from extractor.errors import GovfactsError, LexiconError
from extractor.lexicon.table import parse_table, read_table
from extractor.mention.unit import load_units

HEADER = "surface\tunit\tscale\n"
NAMES = sorted(p.name for p in resources.files("extractor.lexicon").iterdir() if p.name.endswith(".tsv"))


def parse(rows: str) -> list[dict[str, str]]:
    return list(parse_table(HEADER + rows, "sample.tsv"))


def test_rows_are_cells_by_column() -> None:
    [row] = parse("桶\t升\t20\n")
    assert row == {"surface": "桶", "unit": "升", "scale": "20", "_line": "sample.tsv:2"}


def test_comments_and_empty_lines_are_skipped_and_counted() -> None:
    rows = list(parse_table("# note\n\n" + HEADER + "桶\t升\t20\n# more\n   \n缸\t升\t90\n", "sample.tsv"))
    assert [row["_line"] for row in rows] == ["sample.tsv:4", "sample.tsv:7"]


def test_cells_left_out_at_the_end_are_empty() -> None:
    assert parse("桶\n")[0]["scale"] == ""
    assert parse("桶\t升\n")[0]["scale"] == ""


def test_a_table_without_rows() -> None:
    assert parse("") == []
    assert list(parse_table("", "sample.tsv")) == []


WRONG = [
    ("桶\t升\t20\t30\n", r"sample\.tsv:2: 4 cells, expected 3 \(surface, unit, scale\)"),
    ("桶\t升\t20\n桶\t升\t30\n", r"sample\.tsv:3: '桶' is already in line 2"),
    ("桶\t升\t20\n缸\t升\t9\n桶\t斤\t2\n", r"sample\.tsv:4: '桶' is already in line 2"),
    ("kg\t公斤\t1\nｋｇ\t公斤\t1\n", r"sample\.tsv:3: 'ｋｇ' is already in line 2"),
    ("12\t打\t1\n１２\t打\t1\n", r"sample\.tsv:3: '１２' is already in line 2"),
    (" 桶\t升\t20\n", r"sample\.tsv:2: stray space"),
    ("桶\t升 \t20\n", r"sample\.tsv:2: stray space"),
    ("桶\t升\t20\u3000\n", r"sample\.tsv:2: stray space"),
    ("桶\t升\t20\r\n", r"sample\.tsv:2: stray space"),
    ("\t升\t20\n", r"sample\.tsv:2: empty first cell"),
]


@pytest.mark.parametrize(("rows", "message"), WRONG)
def test_wrong_rows_name_file_and_line(rows: str, message: str) -> None:
    with pytest.raises(LexiconError, match=message) as raised:
        parse(rows)
    assert isinstance(raised.value, GovfactsError)


def test_marks_that_differ_are_no_twins() -> None:
    assert len(parse("（\t号\t1\n(\t号\t1\n")) == 2


@pytest.mark.parametrize("name", NAMES)
def test_our_tables_are_read(name: str) -> None:
    rows = read_table(name)
    assert rows
    assert all(row["_line"].startswith(f"{name}:") for row in rows)
    assert len({tuple(row) for row in rows}) == 1
    assert read_table(name) is rows


def lay(folder: Path, text: str, name: str = "ratio.tsv") -> Path:
    (folder / name).write_text(text, "utf-8")
    return folder


RATIO = "surface\tunit\tscale\texample\texpected\n"


def test_an_overlay_adds(tmp_path: Path) -> None:
    folder = lay(tmp_path, RATIO + "折\t%\t10\t打八折。\tratio 80 %\n")
    assert [r["surface"] for r in read_table("ratio.tsv", folder)] == [
        *(r["surface"] for r in read_table("ratio.tsv")),
        "折",
    ]


def test_an_overlay_replaces(tmp_path: Path) -> None:
    folder = lay(tmp_path, RATIO + "成\t%\t20\t三成。\tratio 60 %\n")
    rows = read_table("ratio.tsv", folder)
    [row] = [r for r in rows if r["surface"] == "成"]
    assert row["scale"] == "20"
    assert row["_line"].endswith("ratio.tsv:2")
    assert row["_line"].startswith(str(tmp_path))
    assert len(rows) == len(read_table("ratio.tsv"))


def test_an_overlay_removes(tmp_path: Path) -> None:
    rows = read_table("ratio.tsv", lay(tmp_path, RATIO + "-成\n-倍\n"))
    assert {r["surface"] for r in read_table("ratio.tsv")} - {r["surface"] for r in rows} == {"成", "倍"}


def test_removing_what_is_not_there_changes_nothing(tmp_path: Path) -> None:
    assert read_table("ratio.tsv", lay(tmp_path, RATIO + "-斛\n")) == read_table("ratio.tsv")


def test_an_overlay_without_the_table_is_ours(tmp_path: Path) -> None:
    assert read_table("ratio.tsv", tmp_path) == read_table("ratio.tsv")


def test_an_overlay_s_error_names_its_own_file(tmp_path: Path) -> None:
    folder = lay(tmp_path, RATIO + "折\t%\t10\n折\t%\t20\n")
    with pytest.raises(LexiconError) as raised:
        read_table("ratio.tsv", folder)
    assert str(raised.value).startswith(f"{folder / 'ratio.tsv'}:3: ")


def test_ours_stay_as_they_are(tmp_path: Path) -> None:
    before = [dict(row) for row in read_table("ratio.tsv")]
    read_table("ratio.tsv", lay(tmp_path, RATIO + "成\t%\t20\n-倍\n"))
    assert [dict(row) for row in read_table("ratio.tsv")] == before


UNREADABLE = [
    pytest.param("word\tunit\tscale\n折\t%\t10\n".encode(), id="another key column"),
    pytest.param("surface\tunit\n折\t%\n".encode(), id="a column less"),
    pytest.param(RATIO.encode() + "折\t%\t10\n".encode("gb18030"), id="not UTF-8"),
]


@pytest.mark.parametrize("content", UNREADABLE)
def test_an_overlay_that_cannot_be_used_is_a_lexicon_error(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "ratio.tsv").write_bytes(content)
    with pytest.raises(LexiconError):
        load_units(tmp_path)


def test_a_byte_order_mark_is_no_part_of_the_first_column(tmp_path: Path) -> None:
    (tmp_path / "ratio.tsv").write_bytes(b"\xef\xbb\xbf" + RATIO.encode() + "折\t%\t10\n".encode())
    assert load_units(tmp_path).after["折"].unit == "%"
