"""Rows of Spark's sources become the documents that our own readers find."""

from __future__ import annotations

import io
import itertools
import random
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pytest

from extractor.errors import InternalError, LexiconError, UndecodableError
from extractor.read import Input
from extractor.read.json_lines import find_rows as find_json_rows
from extractor.settings import Settings
from extractor.spark.item import Place, find_files, find_lines, find_rows, guard, to_doc
from spark.inputs import write_lines

DOC = "/data/中文 1.jsonl"
PATH = "file:/data/%E4%B8%AD%E6%96%87%201.jsonl"


def to_batches(rows: list[tuple[str, int, bytes]], size: int) -> list[pa.RecordBatch]:
    schema = pa.schema([("path", pa.string()), ("start", pa.int64()), ("value", pa.binary())])
    lots = [rows[at : at + size] for at in range(0, len(rows), size)]
    return [pa.RecordBatch.from_arrays(list(map(pa.array, zip(*lot, strict=True))), schema=schema) for lot in lots]


def show(items: Iterator[Input]) -> list[tuple[object, ...]]:
    """What counts of documents."""
    shown: list[tuple[object, ...]] = []
    for item in items:
        decoded, failure = item.decoded, item.failure
        told = (decoded.text, decoded.encoding, decoded.dates, decoded.newspaper, decoded.titles) if decoded else None
        shown.append((item.doc, told, failure and (type(failure), failure.doc, failure.reason)))
    return shown


@pytest.mark.parametrize("errors", ["strict", "replace"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_split_lines_are_the_lines_of_the_file(encoding: str, errors: str, tmp_path: Path) -> None:
    data = write_lines(tmp_path / "list.jsonl", 60).read_bytes()
    if encoding != "utf-8":
        data = data.decode("utf-8-sig", "ignore").encode(encoding)
    settings = Settings(errors=errors)
    expected = show(find_json_rows(io.BytesIO(data), Place(settings).to_entry(DOC)))
    lines = data.split(b"\n")[:-1]
    cuts = [0, len(lines) // 2, len(lines)]
    rows, starts = [], {}
    for first, last in itertools.pairwise(cuts):
        at = len(b"\n".join(lines[:first]))
        starts[DOC, at] = first
        rows += [(PATH, at, line) for line in lines[first:last]]
    place = Place(settings, starts)
    assert show(find_lines(to_batches(rows, 17), place)) == expected
    assert place.counts == {DOC: len(lines)}
    assert sum(failure is not None for _, _, failure in expected) > 10


def test_a_stretch_that_was_not_counted() -> None:
    with pytest.raises(InternalError, match="byte 7"):
        list(find_lines(to_batches([(PATH, 7, b"{}")], 1), Place(Settings(), {(DOC, 0): 0})))


def test_lines_that_cannot_be_split_or_decoded() -> None:
    line = '{"text": "全县新建粮仓7座。"}'
    noise = random.Random(5).randbytes(3000).replace(b"\0", b"\xff")
    settings = Settings(max_bytes=4000)
    starts = {(DOC, 0): 0, (DOC, 1): 0, ("/b", 0): 0}
    rows = [
        (PATH, 0, b"\xff\xfe" + line.encode("utf-16-le")),
        (PATH, 0, line.encode("utf-16-le")),
        (PATH, 1, noise),
        (PATH, 1, line.encode()),
        ("file:///b", 0, line.encode()),
        ("file:///b", 0, b" " * 5000),
    ]
    wide, bad, good, long = find_lines(to_batches(rows, 2), Place(settings, starts))
    assert wide.failure is not None and "--format files" in wide.failure.reason
    assert isinstance(bad.failure, UndecodableError) and bad.doc == DOC
    assert good.doc == "/b#1" and good.failure is None
    assert long.doc == "/b#2" and long.failure is not None and "max_bytes" in long.failure.reason


def test_the_encoding_is_told_by_the_first_megabyte_of_a_stretch() -> None:
    line = '{"text": "' + "全县新建粮仓7座。" * 40_000 + '"}'
    items = list(find_lines(to_batches([(PATH, 0, line.encode())] * 3, 1), Place(Settings(), {(DOC, 0): 0})))
    assert [item.doc for item in items] == [f"{DOC}#{number}" for number in (1, 2, 3)]
    assert all(item.failure is None for item in items)


def test_rows_of_a_table() -> None:
    rows = [
        {"text": "本报讯 全县新建粮仓7座。".encode(), "date": None},
        {"text": b"\xe5\xff", "date": b"2021"},
        {"text": None, "date": None},
    ]
    batch = pa.RecordBatch.from_arrays(
        [pa.array(["hdfs://host/a%20b"] * 3), pa.array([0, 1, 5]), pa.array(rows)], names=["path", "number", "row"]
    )
    place = Place(Settings())
    good, bad, none = find_rows([batch], place)
    assert good.doc == "hdfs://host/a b#1" and good.decoded is not None and good.format == "Parquet"
    assert bad.failure is not None and "0xe5" in bad.failure.reason
    assert none.doc.endswith("#6") and none.failure is not None
    assert place.counts == {"hdfs://host/a b": 3}


def test_a_file_that_is_damaged_does_not_end_the_others() -> None:
    contents = [b"PK\x03\x04" + bytes(40), "全县新建粮仓7座。".encode()]
    batch = pa.RecordBatch.from_arrays(
        [pa.array(["file:/a.zip", "file:/b.txt"]), pa.array(contents)], names=["path", "content"]
    )
    damaged, good = find_files([batch], Place(Settings()))
    assert damaged.doc == "/a.zip" and damaged.failure is not None
    assert good.doc == "/b.txt" and good.failure is None


def test_faults_of_one_file_are_its_failure_and_faults_of_the_tables_are_not() -> None:
    def fail(error: Exception) -> Iterator[Input]:
        yield Input("/x")
        raise error

    first, second = guard("/x", fail(ZeroDivisionError("odd")))
    assert first.failure is None
    assert second.failure is not None and "ZeroDivisionError: odd" in second.failure.reason
    with pytest.raises(LexiconError):
        list(guard("/x", fail(LexiconError("measure.tsv"))))


@pytest.mark.parametrize(
    ("path", "doc"),
    [("file:/a/b", "/a/b"), ("file:///a/b", "/a/b"), ("/a/b", "/a/b"), ("s3a://bucket/a", "s3a://bucket/a")],
)
def test_names(path: str, doc: str) -> None:
    assert to_doc(path) == doc
