"""Which format an input has, by its first bytes and its name, and which reader takes it."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module

from extractor.errors import MissingExtraError, UndecodableError
from extractor.read.decoded import Decoded, Reader
from extractor.read.markup_root import find_markup
from extractor.settings import Settings

HEAD = 1024  # bytes that a format is told by


@dataclass(frozen=True, slots=True)
class Format:
    """`reader` is `module:function`, imported when used; None where no reader is there. `extra`: of pyproject.toml,
    holds the libraries that the reader imports."""

    name: str
    reader: str | None = None
    suffixes: tuple[str, ...] = ()
    magics: tuple[bytes, ...] = ()
    extra: str | None = None


FORMATS = (
    Format("PDF", "extractor.read.pdf:read_pdf", (".pdf",), (b"%PDF-",), "pdf"),
    Format("Word", "extractor.read.word:read_word", (".docx", ".docm"), (), "office"),
    Format("Office package", None, (".xlsx", ".xlsm", ".pptx", ".wps"), ()),
    Format("ZIP", None, (".zip",), (b"PK\x03\x04", b"PK\x05\x06")),
    Format("old Word or Excel", None, (".doc", ".xls", ".ppt"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",)),
    Format("RTF", None, (".rtf",), (b"{\\rtf",)),
    Format("EPUB", None, (".epub",), ()),
    Format("PNG image", "extractor.read.scan:read_scan", (".png",), (b"\x89PNG\r\n\x1a\n",), "ocr"),
    Format("JPEG image", "extractor.read.scan:read_scan", (".jpg", ".jpeg"), (b"\xff\xd8\xff",), "ocr"),
    Format("TIFF image", "extractor.read.scan:read_scan", (".tif", ".tiff"), (b"II*\x00", b"MM\x00*"), "ocr"),
    Format("GIF image", None, (".gif",), (b"GIF87a", b"GIF89a")),
    Format("gzip", None, (".gz", ".tgz"), (b"\x1f\x8b",)),
    Format("7z", None, (".7z",), (b"7z\xbc\xaf\x27\x1c",)),
    Format("RAR", None, (".rar",), (b"Rar!\x1a\x07",)),
    Format("ALTO", "extractor.read.alto:read_alto", (".alto",), (), "html"),
    Format("PAGE XML", "extractor.read.page_xml:read_page_xml", (), (), "html"),
    Format("hOCR", "extractor.read.hocr:read_hocr", (".hocr",), (), "html"),
    Format(
        "HTML",
        "extractor.read.html:read_html",
        (".html", ".htm", ".xhtml", ".shtml"),
        (b"<!doctype html", b"<html"),
        "html",
    ),
)
TEXT = Format("text", "extractor.read.plain:read_plain")


def find_format(data: bytes, name: str) -> Format:
    """The input's format: a suffix refines what the first bytes say, else either decides; plain text by default."""
    markup = find_markup(data)
    if markup is not None:
        return next(form for form in FORMATS if form.name == markup)
    head = data[:HEAD].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    by_magic = next((form for form in FORMATS if any(head.startswith(magic.lower()) for magic in form.magics)), None)
    lowered = name.lower()
    by_suffix = next((form for form in FORMATS if lowered.endswith(form.suffixes or ("\0",))), None)
    if by_magic is not None and by_magic.name == "ZIP" and by_suffix is not None:
        return by_suffix
    return by_magic or by_suffix or TEXT


def read_format(data: bytes, name: str, doc: str, settings: Settings) -> tuple[Decoded, str]:
    """What an input holds and its format's name.

    Raises UndecodableError where no reader takes its format, MissingExtraError where its library is not installed.
    """
    form = find_format(data, name)
    if form.reader is None:
        raise UndecodableError(doc, f"{form.name} input is not supported; give its text (UTF-8 or GB18030)")
    module, _, function = form.reader.partition(":")
    try:
        reader: Reader = getattr(import_module(module), function)
        decoded = reader(data, doc, settings)
        return decoded, decoded.format or form.name
    except ModuleNotFoundError as error:
        if form.extra is None or (error.name or "").startswith("extractor"):
            raise
        raise MissingExtraError(
            doc, f"{form.name} input needs {error.name}: pip install 'govfacts[{form.extra}]'"
        ) from error
