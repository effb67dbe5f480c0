"""PDF: our sample pages against their gold and their texts; PDFs that cannot be read."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest

from extractor.errors import MissingExtraError, OversizedError, UndecodableError
from extractor.read import pdf
from extractor.read.format import read_format
from extractor.settings import Settings
from read.layout_sample import check_boxes, read, score, share_same

ROOT = Path(__file__).resolve().parents[2]
PAGES = ("2024-04-18-santai", "2019-11-27-ningde", "yuxi-report", "dunhua-weekly", "longxi-bulletin")


@pytest.mark.parametrize("name", PAGES)
def test_articles_of_our_layouts(name: str) -> None:
    source = read(f"pdf/{name}.pdf")
    scored = score(source, f"pdf/{name}.gold.json")
    assert scored.found == len(scored.bodies)
    assert min(scored.bodies) > 0.95 and min(scored.titles) > 0.95 and all(scored.kickers)
    check_boxes(source)


@pytest.mark.parametrize("name", PAGES[:2])
def test_a_pdf_gives_the_facts_of_its_text(name: str) -> None:
    assert share_same(read(f"pdf/{name}.pdf"), read(f"pages/{name}.txt")) == 1.0


def test_pages_and_metadata() -> None:
    source = read("pdf/2019-11-27-ningde.pdf")
    assert source.format == "PDF" and source.newspaper == "闽东日报"
    assert source.published is not None and source.published.iso() == "2019-11-27"
    report = read("pdf/yuxi-report.pdf")
    assert report.text.count("\f") == 1 and report.text[report.pages[1] - 1] == "\f" and report.quality is None


def _read(data: bytes) -> object:
    return read_format(data, "page.pdf", "page.pdf", Settings())


def _print(encrypt: str | None = None) -> bytes:
    canvas = pytest.importorskip("reportlab.pdfgen.canvas")
    out = io.BytesIO()
    sheet = canvas.Canvas(out, encrypt=encrypt)
    sheet.drawString(72, 700, "Twelve words of plain text on a page of its own, read as it is.")
    sheet.showPage()
    sheet.save()
    return out.getvalue()


def test_an_encrypted_pdf_names_its_reason() -> None:
    with pytest.raises(UndecodableError, match=r"page\.pdf: the PDF is encrypted and needs a password"):
        _read(_print("secret"))


def test_a_broken_pdf_names_its_reason() -> None:
    with pytest.raises(UndecodableError, match=r"page\.pdf: the PDF is broken"):
        _read(b"%PDF-1.7\nno objects at all\n%%EOF")


def test_a_pdf_of_too_many_pages_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MOST_PAGES", 1)
    with pytest.raises(OversizedError, match="2 pages, more than 1"):
        read("pdf/yuxi-report.pdf")


def test_an_empty_page_is_no_text() -> None:
    canvas = pytest.importorskip("reportlab.pdfgen.canvas")
    out = io.BytesIO()
    sheet = canvas.Canvas(out)
    sheet.showPage()
    sheet.save()
    with pytest.raises(UndecodableError, match="neither text nor pictures"):
        _read(out.getvalue())


BLOCKED = """
import sys
sys.modules.update(dict.fromkeys({names!r}))
from extractor.errors import MissingExtraError
from extractor.read import read_source
from extractor.settings import Settings
try:
    read_source({path!r}, Settings())
except MissingExtraError as error:
    print(error.reason)
"""


@pytest.mark.parametrize(
    ("path", "names", "extra"),
    [
        ("pdf/yuxi-report.pdf", ["pypdfium2"], "pdf"),
        ("scan/2020-09-03-yudu.png", ["rapidocr"], "ocr"),
        ("scan/2020-09-03-yudu.png", ["PIL"], "ocr"),
        ("alto/tuquan-revival.hocr", ["lxml"], "html"),
    ],
)
def test_a_missing_library_gives_the_line_to_install_it(path: str, names: list[str], extra: str) -> None:
    script = BLOCKED.format(names=names, path=str(ROOT / "corpora" / path))
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=True)
    assert f"needs {names[0]}" in done.stdout and f"pip install 'govfacts[{extra}]'" in done.stdout


def test_a_missing_ocr_library_names_its_own_extra() -> None:
    error = pdf.to_missing("page.pdf", ModuleNotFoundError("no rapidocr", name="rapidocr"))
    assert isinstance(error, MissingExtraError) and "govfacts[ocr]" in error.reason
