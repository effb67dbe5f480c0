"""Scans: PNG, JPEG and TIFF of one or more pages, read by OCR."""

from __future__ import annotations

from extractor.errors import UndecodableError
from extractor.read.decoded import Decoded
from extractor.read.layout import to_decoded
from extractor.read.ocr import find_quality, read_image
from extractor.read.ocr_image import open_images
from extractor.settings import Settings

ENCODING = "image"


def read_scan(data: bytes, doc: str, settings: Settings) -> Decoded:
    """Text, headlines, articles and boxes (pixels of the straightened page); quality is the characters' confidence.

    Raises UndecodableError where the picture is broken or without text, OversizedError where it is too large.
    """
    sheets = [read_image(grey, number) for number, grey in enumerate(open_images(data, doc), 1)]
    if not any(sheet.inks for sheet in sheets):
        raise UndecodableError(doc, "no text was found on the picture")
    return to_decoded(sheets, ENCODING, quality=find_quality(sheets))
