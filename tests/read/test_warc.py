"""Web archives."""

from __future__ import annotations

import gzip
import io
from pathlib import Path

import pytest

from extractor.read import read_source
from read.archive import SETTINGS, TEXT, find, reason, short

pytest.importorskip("warcio")
Response = tuple[str, str, str, bytes]  # address, status, media type, body


def make_warc(*responses: Response, packed: bool = True, coding: str = "") -> bytes:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    buffer = io.BytesIO()
    writer = WARCWriter(buffer, gzip=packed)
    writer.write_record(writer.create_warcinfo_record("a.warc.gz", {"software": "test"}))
    for uri, status, kind, body in responses:
        headers = [("Content-Type", kind), *([("Content-Encoding", coding)] if coding else [])]
        head = StatusAndHeaders(status, headers, protocol="HTTP/1.1")
        date = {"WARC-Date": "2021-09-10T08:00:00Z"}
        payload = io.BytesIO(body)
        record = writer.create_warc_record(uri, "response", payload=payload, http_headers=head, warc_headers_dict=date)
        writer.write_record(record)
        record.raw_stream.close()
    return buffer.getvalue()


PAGE: Response = ("http://a.gov.cn/news", "200 OK", "text/plain; charset=gbk", TEXT.encode("gbk"))


@pytest.mark.parametrize(("name", "packed"), [("a.warc.gz", True), ("a.warc", False), ("noname", True)])
def test_texts_with_address_and_day(name: str, packed: bool, tmp_path: Path) -> None:
    items = find(make_warc(PAGE, PAGE, packed=packed), tmp_path / name)
    assert short(items, tmp_path / name) == ["!/http://a.gov.cn/news", "!/http://a.gov.cn/news (2)"]
    source = read_source(items[0], SETTINGS)
    assert (source.text, source.uri, source.encoding) == (TEXT, "http://a.gov.cn/news", "gb18030")
    assert source.published is not None
    assert (source.published.iso(), source.published.basis) == ("2021-09-10", "metadata")


def test_the_day_of_capture_is_the_last_to_ask(tmp_path: Path) -> None:
    body = "海滨日报　2017年6月5日　星期一\n\n".encode() + TEXT.encode()
    (item,) = find(make_warc((*PAGE[:3], body)), tmp_path / "a.warc.gz")
    assert read_source(item, SETTINGS).published.iso() == "2017-06-05"  # type: ignore[union-attr]


def test_the_day_in_an_address_comes_before_that_of_capture(tmp_path: Path) -> None:
    (item,) = find(make_warc(("http://a.gov.cn/2017-06/05/content_1.htm", *PAGE[1:])), tmp_path / "a.warc.gz")
    assert read_source(item, SETTINGS).published.iso() == "2017-06-05"  # type: ignore[union-attr]


def test_only_pages_and_texts(tmp_path: Path) -> None:
    data = make_warc(
        ("http://a.gov.cn/a.png", "200 OK", "image/png", b"\x89PNG"),
        ("http://a.gov.cn/gone", "404 Not Found", "text/html", b"<html>gone</html>"),
        ("http://a.gov.cn/moved", "302 Found", "text/html", b""),
        ("http://a.gov.cn/b", "200 OK", "text/html", f"<html><body><p>{TEXT}</p></body></html>".encode()),
    )
    items = find(data, tmp_path / "a.warc.gz")
    assert short(items, tmp_path / "a.warc.gz") == ["!/http://a.gov.cn/b"]
    assert items[0].name.endswith(".html")
    assert items[0].data is not None


def test_a_body_that_the_server_packed(tmp_path: Path) -> None:
    (item,) = find(make_warc((*PAGE[:3], gzip.compress(TEXT.encode())), coding="gzip"), tmp_path / "a.warc.gz")
    assert read_source(item, SETTINGS).text == TEXT


def test_an_archive_that_breaks_off(tmp_path: Path) -> None:
    long = TEXT * 100
    data = make_warc((*PAGE[:3], long.encode()), (*PAGE[:3], long.encode()))
    items = find(data[:-40], tmp_path / "a.warc.gz")
    assert read_source(items[0], SETTINGS).text == long
    assert [reason(item).startswith("UnreadableError damaged") for item in items[1:]] == [True] * (len(items) - 1)
    assert len(items) > 1


def test_no_web_archive(tmp_path: Path) -> None:
    (item,) = find(b"WARC/1.0\r\nnonsense", tmp_path / "a.warc")
    assert item.failure is not None
