"""PDF: the text layer by pdfium; pages without one, or with one that is no text, by OCR.

pdfium over pdfplumber: on a page of four columns it gives the same characters and places in a tenth of the time
(420,000 against 44,000 characters a second).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from extractor.errors import MissingExtraError, OversizedError, UndecodableError
from extractor.read.decoded import Decoded
from extractor.read.layout import to_decoded
from extractor.read.layout_sheet import Sheet
from extractor.read.pdf_glyph import read_sheet
from extractor.settings import Settings

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

MOST_PAGES = 2_000  # of one document: a year of a weekly in one file has about 400
FEW = 20  # characters of a page that is taken for a picture with a stamp on it
UNREAD = 0.3  # share of characters without a meaning from which a text layer is no text
DPI = 200  # of pages rendered for OCR: nine-point print has characters of 25 pixels, as the recogniser is trained on
MOST_RENDERED = 60_000_000  # pixels of a rendered page: a broadsheet has 20 million
ENCODING = "pdf"
REASONS = {
    "password": "the PDF is encrypted and needs a password",
    "security": "the PDF is encrypted in a way that is not supported",
}


def read_pdf(data: bytes, doc: str, settings: Settings) -> Decoded:
    """Text, headlines, articles and boxes of a PDF.

    Raises UndecodableError where it is broken, encrypted or empty, OversizedError where it has too many pages,
    MissingExtraError where its pages are pictures and OCR is not installed.
    """
    document = _open(data, doc)
    try:
        sheets = [read_sheet(document, number, doc) for number in range(len(document))]
        scanned = [sheet.number - 1 for sheet in sheets if _is_scan(sheet)]
        if not scanned:
            return to_decoded(sheets, ENCODING)
        if all(_is_scan(sheet) and not sheet.inks and not sheet.pictures for sheet in sheets):
            raise UndecodableError(doc, "the PDF has neither text nor pictures")
        return _read_scans(document, sheets, scanned, doc)
    finally:
        document.close()


def _open(data: bytes, doc: str) -> PdfDocument:
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        document = PdfDocument(data)
        count = len(document)
    except PdfiumError as error:
        reason = next((text for word, text in REASONS.items() if word in str(error).lower()), None)
        raise UndecodableError(doc, reason or "the PDF is broken: " + _to_reason(error)) from error
    if count > MOST_PAGES:
        document.close()
        raise OversizedError(doc, f"the PDF has {count} pages, more than {MOST_PAGES}")
    if not count:
        document.close()
        raise UndecodableError(doc, "the PDF has no pages")
    return document


def _to_reason(error: Exception) -> str:
    return str(error).rstrip(".").removeprefix("Failed to load document (PDFium: ").rstrip(")").lower()


def _is_scan(sheet: Sheet) -> bool:
    """The page has no text worth reading, or one whose characters mean nothing."""
    text = "".join(ink.text for ink in sheet.inks)
    if not text or (len(text) < FEW and sheet.pictures):
        return True
    unread = sum(c == "\ufffd" or "\ue000" <= c <= "\uf8ff" or ord(c) < 32 for c in text)
    return unread > UNREAD * len(text)


def _read_scans(document: Any, sheets: list[Sheet], scanned: list[int], doc: str) -> Decoded:
    try:
        from extractor.read.ocr import MOST_SCANS, find_quality, read_image
        from extractor.read.ocr_image import to_grey
    except ModuleNotFoundError as error:
        raise to_missing(doc, error) from error
    if len(scanned) > MOST_SCANS:
        raise OversizedError(doc, f"the PDF has {len(scanned)} pages of pictures, more than {MOST_SCANS}")
    for index in scanned:
        page = document[index]
        scale = min(DPI / 72, math.sqrt(MOST_RENDERED / max(page.get_width() * page.get_height(), 1.0)))
        try:
            sheet = read_image(to_grey(page.render(scale=scale, grayscale=True).to_pil()), index + 1, 1 / scale)
        except ModuleNotFoundError as error:
            raise to_missing(doc, error) from error
        finally:
            page.close()
        sheets[index] = sheet
    if not any(sheet.inks for sheet in sheets):
        raise UndecodableError(doc, "no text was found on the pictures of the PDF")
    return to_decoded(sheets, ENCODING, quality=find_quality(sheets))


def to_missing(doc: str, error: ModuleNotFoundError) -> ModuleNotFoundError | MissingExtraError:
    """The error of a library that OCR lacks."""
    if (error.name or "").startswith("extractor"):
        return error
    return MissingExtraError(doc, f"PDF of pictures needs {error.name}: pip install 'govfacts[ocr]'")
