"""Bytes to text: UTF-8, UTF-16, UTF-32, GB18030, Big5, and what charset-normalizer can tell."""

from __future__ import annotations

import codecs
import re
from functools import lru_cache
from typing import NamedTuple

from extractor.errors import UndecodableError

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with that of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
# What a document may declare, by Python's name of the codec: the superset that such documents are in fact written in.
DECLARED = {
    **dict.fromkeys(("gb2312", "gbk", "gb18030"), "gb18030"),
    **{name: name for name in ("utf-8", "big5", "cp950", "big5hkscs", "shift_jis", "cp932", "euc_jp", "euc_kr")},
    **{name: name for name in ("cp949", "iso8859-1", "cp1252", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")},
}
BIG5 = ("big5", "cp950", "big5hkscs")  # each has characters that the one before has not
WIDE = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
BREAKS_OFF = {"unexpected end of data", "truncated data", "incomplete multibyte sequence"}  # the codecs' words
NOT_ASCII = re.compile("[^\x00-\x7f]")
CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
BAD = "\ufffd"
MAX_CONTROL = (
    0.005  # share of control characters beyond which bytes are no text: print has none, binaries 10 % and more
)
SAMPLE = 20_000  # characters by which a decoding is judged
# Share of a decoding's characters outside ASCII that are level-1 Han (the 3,755 commonest) or Chinese punctuation:
# pieces of news of 200 characters have 0.93 to 1, in an encoding that is not theirs at most 0.6.
SURE, LIKELY = 0.8, 0.6
NEAR = 65_536  # bytes around a bad one by which its file is judged
STRAY = 0.1  # bad bytes to good characters, below which a text is in an encoding but damaged
# The same for UTF-8, whose sequences do not come about by chance: GB18030 or Big5 read as UTF-8 has 2.7 and more.
STRAY_UTF8 = 1.0
MOST_STRAY = 2.0  # where bad bytes are to be replaced and nothing else fits


class Encoding(NamedTuple):
    """Codec name, and the length of the byte order mark in front."""

    name: str
    mark: int = 0


def decode_text(data: bytes, doc: str, *, declared: str | None = None, errors: str = "strict") -> tuple[str, str]:
    """Text without its byte order mark, newlines as they are, and the encoding's name.

    `declared` is what the document says of itself; it holds where the bytes bear it out. Raises UndecodableError,
    naming the first bad byte; with `errors` "replace" bad bytes become U+FFFD.
    """
    if not data:
        raise UndecodableError(doc, "the input is empty")
    name, mark = find_encoding(data, doc, declared=declared, errors=errors)
    try:
        text = data[mark:].decode(name, errors)
    except UnicodeDecodeError as error:
        raise UndecodableError(doc, to_reason(data, error, name, mark)) from error
    check_text(text, doc)
    return text, name


def find_encoding(
    data: bytes, doc: str, *, declared: str | None = None, errors: str = "strict", whole: bool = True
) -> Encoding:
    """The encoding of a document by its bytes, or by its first ones (`whole` false: they may break off anywhere).

    A few bad bytes do not change it. Raises UndecodableError where no encoding fits.
    """
    for bom, name in BOMS:
        if data.startswith(bom):
            return Encoding(name, len(bom))
    nul = data.find(b"\0")
    if nul >= 0:
        wide = _find_wide(data, whole)
        if wide is not None:
            return Encoding(wide)
        if errors == "strict" or data.count(b"\0") > MAX_CONTROL * len(data):
            raise UndecodableError(doc, f"binary data (NUL at byte {nul})")
    flaw = _find_flaw(data, "utf-8", whole)
    if flaw is None or _is_damaged(data[max(0, flaw.start - NEAR) : flaw.start + NEAR], "utf-8"):
        return Encoding("utf-8")
    told = _check_declared(data, declared, whole) if declared else None
    if told is not None:
        return Encoding(told)
    legacy = _find_legacy(data, declared, whole)
    if legacy is None and errors != "strict" and _is_damaged(data[: 4 * SAMPLE], "utf-8", MOST_STRAY):
        return Encoding("utf-8")
    if legacy is None:
        raise UndecodableError(doc, f"{to_reason(data, flaw, 'utf-8')}, and no other Chinese encoding fits")
    return Encoding(legacy)


def check_text(text: str, doc: str) -> None:
    """Refuses control-heavy data and a text of white space only. Raises UndecodableError."""
    if not text or text.isspace():
        raise UndecodableError(doc, "the input holds no text, only white space")
    controls = len(CONTROL.findall(text))
    if controls > MAX_CONTROL * len(text) and controls > 2:
        raise UndecodableError(doc, f"binary data ({controls} control characters in {len(text)})")


def measure_quality(text: str) -> float | None:
    """Share of the printed characters that could be read, 0..1; None where all could."""
    bad = text.count(BAD)
    if not bad:
        return None
    return 1 - bad / (len(text) - sum(map(text.count, " \t\r\n\u3000")))


def share_common(text: str) -> float:
    """Share of the characters outside ASCII that are common in Chinese print (of the first SAMPLE such)."""
    sample = NOT_ASCII.findall(text, 0, 5 * SAMPLE)[:SAMPLE]
    if not sample:
        return 1.0
    return max(sum(map(common.__contains__, sample)) for common in _common_sets()) / len(sample)


def to_reason(data: bytes, error: UnicodeDecodeError, encoding: str, skipped: int = 0) -> str:
    """A decoder's error in a few words; `skipped` bytes stand before those that it counted."""
    offset, name = error.start + skipped, encoding.upper()
    if error.reason in BREAKS_OFF:
        return f"the data breaks off within a character at byte {offset} ({name})"
    return f"byte 0x{error.object[error.start]:02x} at offset {offset} is not {name}"


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


def _find_flaw(data: bytes, encoding: str, whole: bool) -> UnicodeDecodeError | None:
    """The first bad byte."""
    try:
        codecs.getincrementaldecoder(encoding)().decode(data, final=whole)
    except UnicodeDecodeError as error:
        return error
    return None


def _find_wide(data: bytes, whole: bool) -> str | None:
    """UTF-16 or UTF-32 without a mark: the one that gives Chinese or ASCII without control characters."""
    found = []
    for name in WIDE:
        if whole and len(data) % (2 if "16" in name else 4):
            continue
        if _find_flaw(data, name, whole) is None:
            text = data[: 4 * SAMPLE].decode(name, "ignore")
            if text and not CONTROL.search(text) and (share := share_common(text)) >= LIKELY:
                found.append((share, name))
    return max(found)[1] if found else None


def _check_declared(data: bytes, declared: str, whole: bool) -> str | None:
    """The codec that the document declares, where its bytes are all good in it and make common characters."""
    name = _to_codec(declared)
    if name is None or _find_flaw(data, name, whole) is not None:
        return None
    return name if share_common(data[: 4 * SAMPLE].decode(name, "ignore")) >= LIKELY else None


def _to_codec(declared: str) -> str | None:
    try:
        return DECLARED.get(codecs.lookup(declared.strip().strip("\"'")).name)
    except (LookupError, ValueError):
        return None


def _find_legacy(data: bytes, declared: str | None, whole: bool) -> str | None:
    """The best of GB18030 (before all others where it is sure), Big5, unmarked UTF-16 and rarer ones."""
    flaw = _find_flaw(data, "gb18030", whole)
    fits = share_common(data[: 4 * SAMPLE].decode("gb18030", "replace"))
    if fits >= SURE if flaw is None else _is_damaged(data, "gb18030"):
        return "gb18030"
    scores = [(fits, "gb18030")] if flaw is None else []
    big5 = next((name for name in BIG5 if _find_flaw(data, name, whole) is None), None)
    if big5 is None and _is_damaged(data, BIG5[-1]):
        big5 = BIG5[0]
    if big5 is not None:
        scores.append((share_common(data[: 4 * SAMPLE].decode(big5, "replace")), big5))
    best = max(scores, default=(0.0, ""))
    if best[0] >= SURE:
        return best[1]
    wide = _find_wide(data, whole)
    if wide is not None:
        return wide
    best = max([best, *_detect(data[: 4 * SAMPLE])])
    if best[0] >= LIKELY:
        return best[1]
    name = _to_codec(declared) if declared else None  # nothing Chinese: a foreign page may say what it is in
    return name if name and _find_flaw(data, name, whole) is None else None


def _detect(data: bytes) -> list[tuple[float, str]]:
    from charset_normalizer import from_bytes

    return [(share_common(str(match)), match.encoding) for match in from_bytes(data)]


def _is_damaged(data: bytes, encoding: str, most: float | None = None) -> bool:
    """True where almost all bytes are good in the encoding (`most` bad ones to a good character), so that naming the
    bad one helps more than guessing."""
    text = data.decode(encoding, "replace")
    bad = text.count(BAD)
    good = len(NOT_ASCII.findall(text)) - bad
    fits = share_common(text.replace(BAD, ""))
    most = most if most is not None else STRAY_UTF8 if encoding == "utf-8" else STRAY
    return good > 0 and fits >= LIKELY and bad <= most * good
