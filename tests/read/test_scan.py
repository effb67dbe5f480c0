"""Scans: OCR of our sample pages, poor pages, pictures that cannot be read."""

from __future__ import annotations

import io
from typing import Any

import pytest

from extractor.errors import OversizedError, UndecodableError
from extractor.model import Source
from extractor.read import ocr_image, read_source
from extractor.read.format import find_format, read_format
from extractor.settings import Settings
from read.layout_sample import CORPORA, check_boxes, read, score, share_same

LEVEL, UPRIGHT, SHEETS = "2020-09-03-yudu", "1952-06-14-laiyang", "2016-05-12-jingning"


@pytest.fixture(scope="module")
def level() -> Source:
    return read(f"scan/{LEVEL}.png")


@pytest.fixture(scope="module")
def upright() -> Source:
    return read(f"scan/{UPRIGHT}.png")


@pytest.fixture(scope="module")
def sheets() -> Source:
    return read(f"scan/{SHEETS}.tif")


def _check(source: Source, name: str) -> None:
    scored = score(source, f"scan/{name}.gold.json")
    assert scored.found == len(scored.bodies)
    assert min(scored.bodies) > 0.95 and min(scored.titles) > 0.95 and all(scored.kickers)
    assert share_same(source, read(f"pages/{name}.txt")) >= 0.95
    assert source.quality is not None and source.quality > 0.95
    check_boxes(source)


def test_a_scan_of_several_columns(level: Source) -> None:
    _check(level, LEVEL)
    assert level.newspaper == "赣南日报" and level.format == "PNG image"


def test_a_scan_whose_lines_run_down(upright: Source) -> None:
    _check(upright, UPRIGHT)


def test_a_scan_of_several_pages(sheets: Source) -> None:
    _check(sheets, SHEETS)
    assert sheets.text.count("\f") == 2 and len(sheets.pages) == 3


def _save(image: Any, form: str, **more: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, form, **more)
    return out.getvalue()


def test_a_skewed_noisy_small_page_is_read_with_less_quality(level: Source) -> None:
    image = pytest.importorskip("PIL.Image")
    numpy = pytest.importorskip("numpy")
    page = image.open(CORPORA / f"scan/{LEVEL}.png").convert("L").crop((60, 590, 1010, 1250))
    page = page.rotate(1.5, expand=True, fillcolor=255).resize((440, 316))
    grain = numpy.random.default_rng(5).normal(0, 22, (page.height, page.width))
    noisy = image.fromarray(numpy.clip(numpy.asarray(page) + grain, 0, 255).astype("uint8"))
    source = read_source("page.jpg", Settings(), data=_save(noisy, "JPEG", quality=60))
    assert source.quality is not None and level.quality is not None and source.quality < level.quality
    assert "高标准" in source.text


def test_pages_of_pictures_in_a_pdf_are_read() -> None:
    image = pytest.importorskip("PIL.Image")
    page = image.open(CORPORA / f"scan/{LEVEL}.png").convert("L").crop((540, 590, 1010, 1100))
    source = read_source("page.pdf", Settings(), data=_save(page, "PDF", resolution=220))
    assert source.format == "PDF" and source.quality is not None
    assert "我县完成高标准农田" in source.text and "348公里" in source.text
    right = max(box.right for box in source.boxes)
    assert 0 < right <= 470 * 72 / 220 + 1


def test_a_blank_page_holds_no_text() -> None:
    image = pytest.importorskip("PIL.Image")
    with pytest.raises(UndecodableError, match=r"page\.png: no text was found"):
        _read(_save(image.new("L", (300, 200), 255), "PNG"))


def test_a_broken_picture_names_its_reason() -> None:
    with pytest.raises(UndecodableError, match=r"page\.png: the picture is broken"):
        _read(b"\x89PNG\r\n\x1a\n and no more")


@pytest.mark.parametrize("most", [1000, 100_000])
def test_a_picture_of_too_many_pixels_is_refused(most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    image = pytest.importorskip("PIL.Image")
    monkeypatch.setattr(ocr_image, "MOST_PIXELS", most)
    monkeypatch.setattr(image, "MAX_IMAGE_PIXELS", 150_000)
    with pytest.raises(OversizedError, match=r"too many pixels|more than"):
        _read(_save(image.new("L", (500, 400), 255), "PNG"))


def test_too_many_pages_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr_image, "MOST_SCANS", 2)
    with pytest.raises(OversizedError, match="3 pages, more than 2"):
        read(f"scan/{SHEETS}.tif")


def test_the_first_bytes_tell_the_format() -> None:
    data = (CORPORA / f"scan/{SHEETS}.tif").read_bytes()
    assert find_format(data, "upload").name == "TIFF image"


def _read(data: bytes) -> object:
    return read_format(data, "page.png", "page.png", Settings())
