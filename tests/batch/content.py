"""A database's content without its numbers: what two runs over the same inputs must agree on."""

from __future__ import annotations

from pathlib import Path

from extractor.store import open_connection

QUERIES = {
    "documents": "SELECT doc, part, char_offset, sha256, bytes, characters, encoding, format, published, newspaper "
    "FROM document",
    "articles": "SELECT d.doc, d.part, a.ordinal, a.article_id, a.title, a.body, a.spans, a.duplicate_of, "
    "a.signature, p.path FROM article a JOIN document d ON d.document_pk = a.document_pk "
    "LEFT JOIN place p ON p.place_pk = a.place_pk",
    "facts": "SELECT doc, fact_id, article_id, quantity_text, amount, amount_unit, indicator, place_path, period, "
    "year, evidence, part_of, repeat_of, confidence, counted FROM v_facts",
    "places": "SELECT doc, article_id, text, start_char, path FROM v_places",
    "programs": "SELECT doc, article_id, text, start_char, type FROM v_programs",
    "periods": "SELECT doc, article_id, text, start_char, start_date FROM v_periods",
    "failures": "SELECT doc, part, stage, error, message FROM failure",
    "index": "SELECT s.text, count(*) FROM sentence s JOIN sentence_search i ON i.rowid = s.sentence_pk "
    "GROUP BY s.text",
    "orphans": "SELECT count(*) FROM sentence_search WHERE rowid NOT IN (SELECT sentence_pk FROM sentence)",
}


def read_content(database: Path) -> dict[str, list[str]]:
    """Sorted rows of every table, as text; the database must be whole."""
    connection = open_connection(database)
    try:
        assert list(connection.query("PRAGMA integrity_check")) == [("ok",)]
        assert list(connection.query("PRAGMA foreign_key_check")) == []
        return {name: sorted(map(repr, connection.query(sql))) for name, sql in QUERIES.items()}
    finally:
        connection.close()


def write_archive(folder: Path, count: int) -> list[str]:
    """A folder of small reports, two of them unreadable; the folder's name as the one input."""
    folder.mkdir()
    for number in range(count):
        kilometres, yuan = number % 37 + 3, number * 7 % 900 + 10
        text = (
            f"第{number}号堤段完工\n\n本报讯 2021年{number % 12 + 1}月，河湾乡第{number}号堤段完工，"
            f"加固堤防{kilometres}公里，完成投资{yuan}万元，其中财政资金{yuan // 2}万元，受益群众{number + 200}户。\n\n"
            f"据统计，全乡已有{number + 5}个村民小组完成任务，完成率达{number % 100}.5%。\n"
        )
        (folder / f"2021{number % 12 + 1:02d}{number % 28 + 1:02d}-{number:04d}.txt").write_text(text, "utf-8")
    (folder / "broken.txt").write_bytes(b"\x00\x01\x02" * 50)
    (folder / "empty.txt").write_bytes(b"")
    return [str(folder)]
