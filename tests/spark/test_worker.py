"""What an executor does, in this process."""

from __future__ import annotations

import pickle
from collections import Counter
from pathlib import Path

import pyarrow as pa

from extractor.export.table import list_tables
from extractor.record import to_run_record
from extractor.settings import Settings
from extractor.spark.staging import INPUT, load_schema
from extractor.spark.worker import ARTICLES, Worker, find_task, split_jobs
from spark.compare import run_single, to_line
from spark.inputs import FORM, STORY

TEXTS = {
    "20200925.txt": STORY,
    "2021-03-05.txt": FORM.format(m=3, a=31, b=47, c=12, d=19, e=5),
    "bad.txt": "",
}
RUN = to_run_record(Settings(), "2026-01-02T03:04:05Z")


def to_batches(folder: Path, per_batch: int = 2) -> list[pa.RecordBatch]:
    rows = []
    for name, text in TEXTS.items():
        (folder / name).write_text(text, "utf-8")
        rows.append((f"file:{folder / name}", text.encode()))
    lots = [rows[at : at + per_batch] for at in range(0, len(rows), per_batch)]
    return [
        pa.RecordBatch.from_arrays([pa.array(cells) for cells in zip(*lot, strict=True)], names=["path", "content"])
        for lot in lots
    ]


def to_tables(batches: list[pa.RecordBatch]) -> dict[str, list[bytes]]:
    """The lines of each table, as of an export."""
    tables: dict[str, list[bytes]] = {table.name: [] for table in list_tables()}
    for batch in batches:
        for row in batch.to_pylist():
            if row["name"] != INPUT:
                tables[row["name"]].append(to_line(row[row["name"]]))
    return {name: sorted(lines) for name, lines in tables.items()}


def test_it_gives_the_rows_of_an_export(tmp_path: Path) -> None:
    worker = pickle.loads(pickle.dumps(Worker("files", Settings(), None, RUN)))
    batches = list(worker(to_batches(tmp_path)))
    assert all(batch.schema == load_schema() for batch in batches)
    assert to_tables(batches) == run_single(sorted(tmp_path.glob("*.txt")), tmp_path)
    rows = [row for batch in batches for row in batch.to_pylist()]
    assert {row["file"]: row["items"] for row in rows if row["name"] == INPUT} == {
        str(tmp_path / name): 1 for name in TEXTS
    }
    articles = {row["article"] for row in rows if row["name"] == "articles"}
    assert len(articles) == 2 and articles == {row["article"] for row in rows if row["name"] == "facts"}
    assert all(row["signature"] and row["figures"] for row in rows if row["name"] == "articles")
    assert 0 < max(articles) < ARTICLES


def test_documents_apart_give_the_same(tmp_path: Path) -> None:
    batches = to_batches(tmp_path)
    here = list(Worker("files", Settings(), None, RUN, apart=False)(batches))
    apart = list(Worker("files", Settings(), None, RUN, apart=True)(batches))
    assert [batch.to_pylist() for batch in here] == [batch.to_pylist() for batch in apart]


def test_tables_of_a_user_travel_along(tmp_path: Path) -> None:
    table = "surface\tunit\tscale\tdimension\tstandard_factor\tstandard_unit\n件\t份子\t1\tmass\t75\tkg\n".encode()
    worker = Worker("files", Settings(), "2021", RUN, {"measure.tsv": table})
    units = [
        row["facts"]["unit"] for batch in worker(to_batches(tmp_path)) for row in batch.to_pylist() if row["facts"]
    ]
    assert Counter(units)["份子"] == 1


def test_nothing_to_read() -> None:
    assert list(Worker("files", Settings(), None, RUN)([])) == []
    assert list(split_jobs([])) == []
    assert find_task() == (0, 0)
