"""Small files of every format that we read: those of corpora, cut short, and others made by the usual libraries."""

from __future__ import annotations

import bz2
import csv
import gzip
import io
import json
import lzma
from functools import lru_cache
from pathlib import Path

from read.archive import make_tar, make_zip

CORPORA = Path(__file__).resolve().parents[2] / "corpora"
TEXT = (
    "淮上日报　2019年3月8日　星期五　第2版\n\n白石乡修通山区公路\n\n　　本报讯　白石乡修通公路12.5公里，投资860余万元，"
    "3200名群众受益。\n　　全乡还新建茶园约4000亩，培训茶农1.2万人次。（周平）\n"
)
ROWS = [{"title": "茶园扩种", "date": "2018-04-05", "text": TEXT}, {"title": "修路", "date": "2019", "text": TEXT[30:]}]
LONGEST = 12_000  # bytes of a text that is changed


@lru_cache(maxsize=1)
def make_samples() -> dict[str, bytes]:
    """Bytes by file name; a format whose library is missing has no sample."""
    samples = {f"{path.parent.name}-{path.name}": path.read_bytes() for path in _files()}
    samples = {name: data[:LONGEST] if name.endswith(".txt") else data for name, data in samples.items()}
    samples.update(_encoded())
    samples.update(_packed())
    samples.update(_tables())
    return samples


def _files() -> list[Path]:
    folders = {"pages": ("*.txt",), "layout": ("*.txt",), "html": ("*.html", "*.htm"), "alto": ("*.xml", "*.hocr")}
    found = [path for folder, kinds in folders.items() for kind in kinds for path in (CORPORA / folder).glob(kind)]
    return sorted([*found, *(CORPORA / "pdf").glob("*.pdf"), *(CORPORA / "scan").glob("*.[pt][ni][gf]")])


def _encoded() -> dict[str, bytes]:
    names = {"gb18030": "gb18030", "big5": "big5", "utf-16": "utf-16", "utf-8-sig": "utf-8-sig"}
    return {f"text-{name}.txt": TEXT.encode(codec, "ignore") for name, codec in names.items()}


def _packed() -> dict[str, bytes]:
    raw = TEXT.encode()
    return {
        "packed.txt.gz": gzip.compress(raw, mtime=0),
        "packed.txt.bz2": bz2.compress(raw),
        "packed.txt.xz": lzma.compress(raw),
        "packed.zip": make_zip({"a.txt": raw, "b.zip": make_zip({"c.html": f"<html><p>{TEXT}</p></html>"})}),
        "packed.tar": make_tar([("a.txt", raw), ("b.jsonl", _lines())]),
        "packed.tar.gz": make_tar([("a.txt", raw), ("b.csv", _comma())], "w:gz"),
        "packed.warc": _web(packed=False),
        "packed.warc.gz": _web(packed=True),
    }


def _lines() -> bytes:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in ROWS).encode()


def _comma() -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(ROWS[0]))
    writer.writeheader()
    writer.writerows(ROWS)
    return out.getvalue().encode()


def _web(*, packed: bool) -> bytes:
    """One response of a web archive."""
    page = f"<html><body><h1>茶园扩种</h1><p>{TEXT}</p></body></html>".encode()
    body = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://example.com/a.html\r\n"
        "WARC-Date: 2019-03-08T00:00:00Z\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000000>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    record = head.encode() + body + b"\r\n\r\n"
    return gzip.compress(record, mtime=0) if packed else record


def _tables() -> dict[str, bytes]:
    from docx import Document
    from openpyxl import Workbook

    document = Document()
    document.add_heading("白石乡茶园扩种", 1)
    for line in TEXT.split("\n"):
        document.add_paragraph(line)
    word = io.BytesIO()
    document.save(word)
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(list(ROWS[0]))
    for row in ROWS:
        sheet.append(list(row.values()))
    cells = io.BytesIO()
    book.save(cells)
    return {
        "report.docx": word.getvalue(),
        "rows.xlsx": cells.getvalue(),
        "rows.csv": _comma(),
        "rows.tsv": _comma().replace(b",", b"\t"),
        "rows.jsonl": _lines(),
    }
