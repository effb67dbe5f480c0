"""Bytes to text: UTF-8, UTF-16 and UTF-32 with a mark, GB18030, and what charset-normalizer can tell."""

from __future__ import annotations

import codecs
import re
from functools import lru_cache

from extractor.errors import UndecodableError

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with that of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
BREAKS_OFF = {"unexpected end of data", "truncated data", "incomplete multibyte sequence"}  # the codecs' words
NOT_ASCII = re.compile("[^\x00-\x7f]")
CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
MAX_CONTROL = (
    0.005  # share of control characters beyond which bytes are no text: print has none, binaries 10 % and more
)
SAMPLE = 20_000  # characters by which a decoding is judged
# Share of a decoding's characters outside ASCII that are level-1 Han (the 3,755 commonest) or Chinese punctuation:
# news has 0.93 to 0.99, UTF-8 or Big5 taken for GB18030 has 0.2 to 0.6.
SURE, LIKELY = 0.8, 0.6
NEAR = 65_536  # bytes around a bad one by which its file is judged
STRAY = 0.1  # bad bytes to good characters, below which a text is in an encoding but damaged


def decode_text(data: bytes, doc: str) -> tuple[str, str]:
    """Text without its byte order mark, newlines as they are, and the encoding's name. Raises UndecodableError."""
    if not data:
        raise UndecodableError(doc, "the input is empty")
    for bom, encoding in BOMS:
        if data.startswith(bom):
            return _decode_marked(data, len(bom), encoding, doc), encoding
    nul = data.find(b"\0")
    if nul >= 0:
        raise UndecodableError(doc, f"binary data (NUL at byte {nul})")
    try:
        text, encoding = data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        if _is_damaged(data[max(0, error.start - NEAR) : error.start + NEAR], "utf-8"):
            raise UndecodableError(doc, _to_reason(data, error, "UTF-8")) from error
        text, encoding = _decode_legacy(data, doc, error)
    check_text(text, doc)
    return text, encoding


def check_text(text: str, doc: str) -> None:
    """Refuses control-heavy data and a text of white space only. Raises UndecodableError."""
    if not text or text.isspace():
        raise UndecodableError(doc, "the input holds no text, only white space")
    controls = len(CONTROL.findall(text))
    if controls > MAX_CONTROL * len(text) and controls > 2:
        raise UndecodableError(doc, f"binary data ({controls} control characters in {len(text)})")


def share_common(text: str) -> float:
    """Share of the characters outside ASCII that are common in Chinese print (of the first SAMPLE such)."""
    sample = NOT_ASCII.findall(text, 0, 5 * SAMPLE)[:SAMPLE]
    if not sample:
        return 1.0
    return max(sum(map(common.__contains__, sample)) for common in _common_sets()) / len(sample)


@lru_cache(maxsize=1)
def _common_sets() -> tuple[frozenset[str], frozenset[str]]:
    """Level-1 Han with punctuation and full-width ASCII: of GB2312 (simplified) and of Big5 (traditional)."""
    cells = range(0x40, 0xFF)
    simplified = (bytes((row, cell)) for row in (0xA1, 0xA3, *range(0xB0, 0xD8)) for cell in cells)
    traditional = (bytes((row, cell)) for row in (0xA1, 0xA2, *range(0xA4, 0xC7)) for cell in cells)
    return (
        frozenset("".join(code.decode("gb2312", "ignore") for code in simplified)),
        frozenset("".join(code.decode("big5", "ignore") for code in traditional)),
    )


def _decode_marked(data: bytes, skip: int, encoding: str, doc: str) -> str:
    try:
        text = data[skip:].decode(encoding)
    except UnicodeDecodeError as error:
        raise UndecodableError(doc, _to_reason(data, error, encoding.upper(), skip)) from error
    check_text(text, doc)
    return text


def _decode_legacy(data: bytes, doc: str, error: UnicodeDecodeError) -> tuple[str, str]:
    best: tuple[float, str, str] | None = None
    try:
        text = data.decode("gb18030")
        best = (share_common(text), text, "gb18030")
    except UnicodeDecodeError as flaw:
        if _is_damaged(data, "gb18030"):
            raise UndecodableError(doc, _to_reason(data, flaw, "GB18030")) from flaw
    if best is None or best[0] < SURE:
        guess = _detect(data)  # Big5 and rarer ones
        if guess is not None and (best is None or guess[0] > best[0]):
            best = guess
    if best is None or best[0] < LIKELY:
        raise UndecodableError(doc, f"{_to_reason(data, error, 'UTF-8')}, and no other Chinese encoding fits")
    return best[1], best[2]


def _detect(data: bytes) -> tuple[float, str, str] | None:
    from charset_normalizer import from_bytes

    found = [(share_common(str(match)), str(match), match.encoding) for match in from_bytes(data)]
    return max(found, default=None)


def _is_damaged(data: bytes, encoding: str) -> bool:
    """True where almost all bytes are good in the encoding, so that naming the bad one helps more than guessing."""
    text = data.decode(encoding, "replace")
    bad = text.count("\ufffd")
    good = sum(map(len, NOT_ASCII.split(text)))
    good = len(text) - good - bad
    return good > 0 and bad <= STRAY * good and (encoding == "utf-8" or share_common(text) >= LIKELY)


def _to_reason(data: bytes, error: UnicodeDecodeError, encoding: str, skip: int = 0) -> str:
    offset = error.start + skip
    if error.reason in BREAKS_OFF:
        return f"the data breaks off within a character at byte {offset} ({encoding})"
    return f"byte 0x{data[offset]:02x} at offset {offset} is not {encoding}"
