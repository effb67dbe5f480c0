"""Exports: the same rows in every format, typed, safe to open, with a manifest that holds."""

from __future__ import annotations

import csv
import hashlib
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from extractor.batch import Options, run_batch
from extractor.cli.main import main
from extractor.errors import ExportError
from extractor.export import FORMATS, Choice, export_database
from extractor.export.delimited import defuse
from extractor.export.parquet import to_decimal
from extractor.export.table import list_tables
from extractor.settings import Settings
from extractor.store import open_connection

TEXTS = {
    "20210304.txt": "河湾乡修渠\n\n本报讯 河湾乡投资1234.5万元，新修渠道12公里，完成率达98.5%，受益群众近400余户。\n",
    "1953-05-06.txt": "本报讯 全县发放农贷三亿二千万元，贷给农户四千多户。\n",
    "20210305.txt": '=HYPERLINK("http://example.invalid")\n\n本报讯 柳林乡新建粮仓7座。\n',
    "empty.txt": "",
}


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("export")
    for name, text in TEXTS.items():
        (folder / name).write_text(text, "utf-8")
    run_batch([str(folder / name) for name in TEXTS], str(folder / "facts.db"), Settings(), Options())
    return folder / "facts.db"


def _export(database: Path, form: str, folder: Path) -> dict[str, Any]:
    connection = open_connection(database)
    export_database(connection, form, folder)
    connection.close()
    manifest: dict[str, Any] = json.loads((folder / "manifest.json").read_text("utf-8"))
    return manifest


def _read(folder: Path, form: str, name: str) -> list[dict[str, Any]]:
    """The rows as plain values; decimals as Decimal, flags as bool."""
    types = {c.name: c.type for t in list_tables() if t.name == name for c in t.columns}
    if form == "parquet":
        rows = pq.read_table(folder / f"{name}.parquet").to_pylist()
        return [{k: v.isoformat() if types[k] == "date" and v else v for k, v in row.items()} for row in rows]
    if form == "jsonl":
        lines = (folder / f"{name}.jsonl").read_text("utf-8").splitlines()
        found = [json.loads(line) for line in lines]
        return [{k: Decimal(v) if types[k] == "decimal" and v else v for k, v in row.items()} for row in found]
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return [
            {
                k: None
                if v == ""
                else Decimal(v)
                if types[k] == "decimal"
                else float(v)
                if types[k] == "number"
                else int(v)
                if types[k] == "integer"
                else v == "1"
                if types[k] == "flag"
                else v
                for k, v in row.items()
            }
            for row in csv.DictReader(file)
        ]


def test_the_formats_agree(database: Path, tmp_path: Path) -> None:
    for form in ("parquet", "jsonl", "csv"):
        _export(database, form, tmp_path / form)
    for table in list_tables():
        lines = _read(tmp_path / "jsonl", "jsonl", table.name)
        assert lines == _read(tmp_path / "parquet", "parquet", table.name)
        texts = [{k: defuse(v) or None if isinstance(v, str) else v for k, v in row.items()} for row in lines]
        assert texts == _read(tmp_path / "csv", "csv", table.name)
    assert len(_read(tmp_path / "jsonl", "jsonl", "facts")) == 7
    assert len(_read(tmp_path / "jsonl", "jsonl", "failures")) == 1


def test_values_and_types(database: Path, tmp_path: Path) -> None:
    _export(database, "parquet", tmp_path)
    table = pq.read_table(tmp_path / "facts.parquet")
    assert table.schema.field("value").type == pa.decimal128(38, 10)
    assert table.schema.field("published").type == pa.date32()
    assert pa.types.is_dictionary(pq.read_schema(tmp_path / "facts.parquet").field("kind").type)
    rows = {row["quantity_text"]: row for row in table.to_pylist()}
    assert rows["1234.5万元"]["value"] == Decimal("12345000")
    assert rows["三亿二千万元"]["yuan"] == 32_000.0
    assert rows["近400余户"]["min_value"] == Decimal(400)
    assert rows["12公里"]["counted"] is True


@pytest.mark.parametrize("form", FORMATS)
def test_the_manifest_holds(form: str, database: Path, tmp_path: Path) -> None:
    manifest = _export(database, form, tmp_path)
    package = json.loads((tmp_path / "datapackage.json").read_text("utf-8"))
    for entry in manifest["files"]:
        data = (tmp_path / entry["file"]).read_bytes()
        assert (entry["bytes"], entry["sha256"]) == (len(data), hashlib.sha256(data).hexdigest())
    listed = {table["name"]: table["rows"] for entry in manifest["files"] for table in entry["tables"]}
    assert set(listed) == {table.name for table in list_tables()}
    assert listed == {resource["name"]: resource["rows"] for resource in package["resources"]}
    assert len(manifest["runs"]) == 1
    names = {file.name for file in tmp_path.iterdir()}
    assert names == {"manifest.json", "datapackage.json", *(entry["file"] for entry in manifest["files"])}


def test_two_exports_are_the_same_bytes(database: Path, tmp_path: Path) -> None:
    for form in ("parquet", "csv", "jsonl"):
        one, two = _export(database, form, tmp_path / "a"), _export(database, form, tmp_path / "b")
        assert one == two


def test_workbook(database: Path, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    _export(database, "xlsx", tmp_path)
    book = load_workbook(tmp_path / "govfacts.xlsx")
    rows = list(book["facts"].iter_rows(values_only=True))
    by_text = {row[rows[0].index("quantity_text")]: row for row in rows[1:]}
    assert by_text["1234.5万元"][rows[0].index("value")] == 12_345_000
    formulas = [cell for row in book["articles"].iter_rows() for cell in row if str(cell.value).startswith("=")]
    assert [cell.data_type for cell in formulas] == ["s"]


@pytest.mark.parametrize(
    ("cell", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("+86", "'+86"),
        ("-3", "'-3"),
        (" =cmd", "' =cmd"),
        ("＝1", "'＝1"),
        ("\t=1", "'\t=1"),
        ("全县3个", "全县3个"),
        ("a\0b", "ab"),
        (None, None),
        (-3.5, -3.5),
    ],
)
def test_formulas_are_defused(cell: object, safe: object) -> None:
    assert defuse(cell) == safe


def test_bom(database: Path, tmp_path: Path) -> None:
    assert main(["export", "--db", str(database), "--format", "csv", "--out", str(tmp_path), "--bom"]) == 0
    assert (tmp_path / "facts.csv").read_bytes().startswith(b"\xef\xbb\xbffact_id")


def test_numbers_beyond_the_type_are_null() -> None:
    assert to_decimal("9" * 29) is None
    assert to_decimal("9" * 28) == Decimal("9" * 28)
    assert to_decimal("0.1234567890123") == Decimal("0.1234567890")


def test_a_folder_that_refuses(database: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    connection = open_connection(database)
    with pytest.raises(ExportError, match="file"):
        export_database(connection, "csv", tmp_path / "file" / "in")
    connection.close()


def test_some_facts_alone(database: Path, tmp_path: Path) -> None:
    connection = open_connection(database)
    chosen = Choice("SELECT fact_pk FROM fact WHERE kind = ?", ("money",))
    export_database(connection, "jsonl", tmp_path, facts=chosen, search="农贷")
    connection.close()
    assert {row["kind"] for row in _read(tmp_path, "jsonl", "facts")} == {"money"}
    assert json.loads((tmp_path / "manifest.json").read_text("utf-8"))["search"] == "农贷"
