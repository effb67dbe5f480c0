"""What the tests of the store share: documents of our own, and a database's content without its row numbers."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from extractor.pipeline import read_articles
from extractor.read import read_text
from extractor.record import to_records, to_run_record, to_source_record
from extractor.settings import Settings
from extractor.store import Connection, DocumentRows, Writer, to_document_rows
from extractor.store.row import COLUMNS
from extractor.store.total import KEYS

STARTED = "2026-01-02T03:04:05Z"
CANAL = """水渠修到田间地头

　　本报讯（记者　林溪）今年以来，安徽省全椒县整修灌溉渠道126.5公里，筹集修路资金约3200万元，培训护林员1500余名。
其中，二郎口镇新建农家书屋12个，发放种植技术资料3.5万份。群众满意率达95.6%，较去年提高2.3个百分点。
　　该县实施“暖心回乡”工程，带动就业3000多人。

书屋办进小山村

　　本报讯 江西省兴国县建成农家书屋48处，藏书6.2万册，人均纯收入居全市第3位。
"""
COTTON = """棉花收购超计划

　　本报讯 一九五三年，河北省隆尧县收购籽棉1250万斤，发放贷款35亿元，比上年增加百分之二十。
全县共有互助组2300多个。
"""
WATER = """河道整治见实效

　　本报讯 2018年，广东省普宁市清理河道35.2公里，投资1.2亿元，普宁市惠及群众20余万人。投资1.2亿元的工程已完工。
"""
TEXTS = {"canal.txt": (CANAL, "2024-07-15"), "cotton.txt": (COTTON, "1953-11-02"), "water.txt": (WATER, None)}


@lru_cache(maxsize=32)
def read_rows(doc: str, text: str | None = None, date: str | None = None) -> DocumentRows:
    """The rows of a text; without one, of the text of that name."""
    if text is None:
        text, date = TEXTS[doc]
    settings = Settings()
    source = read_text(text, doc, settings, date=date)
    records = to_records(source, read_articles(source, settings))
    return to_document_rows(to_source_record(source), len(source.text), records)


def read_all() -> list[DocumentRows]:
    return [read_rows(doc) for doc in TEXTS]


def start(connection: Connection, started: str = STARTED) -> tuple[Writer, int]:
    """A writer and the number of a new run."""
    writer = Writer(connection)
    return writer, writer.start_run(to_run_record(Settings(), started), "{}", "digest")


def fill(connection: Connection, documents: Iterable[DocumentRows] | None = None) -> Writer:
    """The documents (all of ours) saved in one run."""
    writer, run = start(connection)
    writer.save(run, list(read_all() if documents is None else documents))
    writer.finish_run(run, STARTED)
    return writer


def count_rows(connection: Connection, table: str) -> int:
    ((number,),) = connection.query(f"SELECT count(*) FROM {table}")
    return int(number)


def dump(connection: Connection) -> dict[str, list[tuple[Any, ...]]]:
    """All content by table, sorted; a number of a row replaced by what it stands for. Two databases with the same
    content give the same."""
    keys: dict[str, dict[Any, Any]] = {}
    out: dict[str, list[tuple[Any, ...]]] = {}
    columns = {"run": ("run_pk", "run_id", "version", "settings", "digest", "started", "finished"), **COLUMNS}
    columns["failure"] = ("doc", "part", "sha256", "stage", "error", "message", "tries", "run_pk")
    for table, names in columns.items():
        keys[f"{table}_pk"] = {}
        out[table] = []
        for cells in connection.query(f"SELECT {','.join(names)} FROM {table}"):
            own, plain = None, []
            for name, cell in zip(names, cells, strict=True):
                if name == f"{table}_pk":
                    own = cell
                else:
                    plain.append(keys[name].get(cell) if name.endswith("_pk") else cell)
            keys[f"{table}_pk"][own] = tuple(plain)
            out[table].append(tuple(plain))
        out[table].sort(key=repr)
    for table in KEYS:
        rows = connection.query(f"SELECT * FROM v_{table}s")
        out[table] = sorted((tuple(round_cell(cell) for cell in row) for row in rows), key=repr)
    for table in ("sentence", "article"):
        rows = _find_tokens(connection, f"{table}_search")
        out[f"{table}_search"] = sorted(((keys[f"{table}_pk"][row], *rest) for row, *rest in rows), key=repr)
    return out


def round_cell(cell: Any) -> Any:
    """A sum without its last digits, which hang on the order of adding."""
    return float(f"{cell:.14g}") if isinstance(cell, float) else cell


def _find_tokens(connection: Connection, table: str) -> list[tuple[Any, ...]]:
    """(row, column, position, token) of everything in a search table."""
    if connection.dialect == "sqlite":
        connection.execute(f"CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab(main, {table}, instance)")
        rows = list(connection.query('SELECT doc, col, "offset" + 1, term FROM temp.vocabulary'))
        connection.execute("DROP TABLE temp.vocabulary")
        return rows
    number = f"{table.removesuffix('_search')}_pk"
    return [
        row
        for column in ("words", "chars")
        for row in connection.query(
            f"SELECT t.{number}, ?, p.position, l.lexeme FROM {table} t, unnest(t.{column}) l, "
            "unnest(l.positions) AS p(position)",
            (column,),
        )
    ]
