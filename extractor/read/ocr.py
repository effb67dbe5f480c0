"""OCR of one page: RapidOCR finds the lines, white strips part them into columns, RapidOCR reads them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from extractor.read.layout_sheet import Edges, Ink, Sheet, find_body_size
from extractor.read.ocr_image import MOST_SCANS as MOST_SCANS
from extractor.read.ocr_image import find_drawn, find_frames, find_gutters, find_ink, straighten
from extractor.read.ocr_upright import join_readings, lay_down

if TYPE_CHECKING:
    from extractor.read.ocr_image import Grey

THREADS = 2
TILE, LAP = 2000, 240  # pixels of a tile that lines are sought in, and what neighbours share
SURE = 0.4  # confidence below which a line is dirt or a picture
APART = 2.3  # sizes of white inside a line from which it is two: a mark, a full-width space and a quote leave less
GAP = 0.45  # the same where a white strip runs on over the lines above and below
TALL = 1.5  # times its width, from which a line runs downwards
SET = 1.04  # size of characters to the step from one to the next at most
NARROW = 0.55  # width of a letter or figure
LINE = 0.75  # of a found line's height is its characters' size: the finder leaves a margin
FIGURE = 0.75  # height of figures and capital letters
SNAPS = ((2, 0.5, 1.28), (6, 0.65, 1.2), (1_000_000, 0.9, 1.1))  # characters at most; how far measures of size err
BATCH = 48  # lines read at a time


class Strip(NamedTuple):
    """A line to be read, in pixels."""

    left: int
    top: int
    right: int
    bottom: int
    vertical: bool


def read_image(grey: Grey, number: int, unit: float = 1.0) -> Sheet:
    """The page's print; places in pixels times `unit`."""
    grey = straighten(grey)
    height, width = grey.shape
    sheet = Sheet(number, width * unit, height * unit)
    ink = find_ink(grey)
    level, upright = find_drawn(ink)
    clean = grey.copy()
    for edges in (*level, *upright):
        x0, y0, x1, y1 = (int(edge) for edge in edges)
        clean[max(y0 - 1, 0) : y1 + 1, max(x0 - 1, 0) : x1 + 1] = 255
        ink[max(y0 - 1, 0) : y1 + 1, max(x0 - 1, 0) : x1 + 1] = 0
    strips = split_strips(find_strips(clean), ink)
    sheet.inks = _snap(read_strips(clean, ink, strips, unit))
    sheet.rules = [_scale(edges, unit) for edges in (*level, *upright)]
    sheet.frames = [_scale(edges, unit) for edges in find_frames(level, upright)]
    return sheet


def find_quality(sheets: Sequence[Sheet]) -> float | None:
    """Mean confidence of all characters that OCR has read; None where it has read none."""
    read = [(ink.sure, len(ink.text)) for sheet in sheets for ink in sheet.inks if ink.sure is not None]
    total = sum(size for _, size in read)
    return round(sum(sure * size for sure, size in read) / total, 4) if total else None


def _scale(edges: Edges, unit: float) -> Edges:
    return Edges(*(edge * unit for edge in edges))


@lru_cache(maxsize=1)
def load_engine() -> Any:
    """RapidOCR with the models of its wheel, on two threads."""
    from rapidocr import RapidOCR

    return RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.max_side_len": TILE,
            "EngineConfig.onnxruntime.intra_op_num_threads": THREADS,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )


def find_strips(grey: Grey) -> list[Strip]:
    """Where lines stand, found tile by tile, pieces of one line joined."""
    import numpy as np

    engine = load_engine()
    height, width = grey.shape
    found: list[Strip] = []
    for top in _starts(height):
        for left in _starts(width):
            tile = grey[top : top + TILE, left : left + TILE]
            if tile.size == 0 or int(tile.min()) > 200:
                continue
            result = engine(np.stack([tile] * 3, axis=-1), use_det=True, use_cls=False, use_rec=False)
            if result.boxes is None:
                continue
            for box in np.asarray(result.boxes):
                x0, y0 = (int(v) for v in box.min(axis=0))
                x1, y1 = (int(v) for v in box.max(axis=0))
                found.append(Strip(x0 + left, y0 + top, x1 + left, y1 + top, y1 - y0 > TALL * (x1 - x0)))
    return _join(found) if max(height, width) > TILE else found


def _starts(length: int) -> range:
    return range(0, max(length - LAP, 1), TILE - LAP)


def _join(strips: list[Strip]) -> list[Strip]:
    """Overlapping pieces of one line as one."""
    out: list[Strip] = []
    for strip in sorted(strips, key=lambda s: (s.vertical, s.top, s.left)):
        for k in range(len(out) - 1, max(len(out) - 200, -1), -1):
            if strip.vertical == out[k].vertical and _overlaps(out[k], strip):
                other = out.pop(k)
                strip = Strip(
                    min(strip.left, other.left), min(strip.top, other.top),
                    max(strip.right, other.right), max(strip.bottom, other.bottom), strip.vertical,
                )  # fmt: skip
        out.append(strip)
    return out


def _overlaps(a: Strip, b: Strip) -> bool:
    wide = min(a.right, b.right) - max(a.left, b.left)
    tall = min(a.bottom, b.bottom) - max(a.top, b.top)
    if a.vertical:
        wide, tall = tall, wide
        thick = min(a.right - a.left, b.right - b.left)
    else:
        thick = min(a.bottom - a.top, b.bottom - b.top)
    return wide > 0 and tall > 0.6 * thick


def split_strips(strips: Sequence[Strip], ink: Grey) -> list[Strip]:
    """The lines cut where white strips between columns cross them, and trimmed to their ink."""
    out: list[Strip] = []
    for vertical in (False, True):
        some = [strip for strip in strips if strip.vertical == vertical]
        if not some:
            continue
        sizes = sorted(LINE * min(s.right - s.left, s.bottom - s.top) for s in some)
        page = ink.T if vertical else ink
        size = sizes[len(sizes) // 2]
        gutters = find_gutters(page, size, _find_pitch(some, size))
        for strip in some:
            x0, y0, x1, y1 = (strip.top, strip.left, strip.bottom, strip.right) if vertical else strip[:4]
            x0, y0 = max(x0, 0), max(y0, 0)
            for a, b in _cut(page[y0:y1, x0:x1], gutters[y0:y1, x0:x1], LINE * (y1 - y0)):
                edges = (y0, x0 + a, y1, x0 + b) if vertical else (x0 + a, y0, x0 + b, y1)
                out.append(Strip(*edges, vertical))
    return out


def _find_pitch(strips: Sequence[Strip], size: float) -> float:
    """The usual step from line to line."""
    lines = sorted((s.left, s.top, s.bottom) if s.vertical else (s.top, s.left, s.right) for s in strips)
    steps = []
    for i, (top, start, end) in enumerate(lines):
        for below, other_start, other_end in lines[i + 1 : i + 40]:
            if below - top > 2.5 * size:
                break
            if below - top > 0.9 * size and min(end, other_end) - max(start, other_start) > 2 * size:
                steps.append(below - top)
                break
    return float(sorted(steps)[len(steps) // 2]) if steps else 1.5 * size


def _cut(ink: Grey, gutters: Grey, size: float) -> list[tuple[int, int]]:
    """Stretches of ink along a line."""
    import numpy as np

    if ink.size == 0:
        return []
    columns = np.flatnonzero(ink.any(axis=0))
    if not len(columns):
        return []
    free = gutters.mean(axis=0) > 0.4  # the first and last line of a column lie half beside it
    out = []
    start = last = int(columns[0])
    for column in columns[1:].tolist():
        gap = column - last - 1
        strip = int(free[last + 1 : column].sum()) if gap > 1 else 0
        if (gap >= APART * size or strip >= GAP * size) and column - start > size:
            out.append((start, last + 1))
            start = column
        last = column
    out.append((start, last + 1))
    return [(a, b) for a, b in out if b - a >= 0.12 * size]


def read_strips(grey: Grey, ink: Grey, strips: Sequence[Strip], unit: float) -> list[Ink]:
    """The lines' characters; those that run downwards are read laid down character by character and turned whole."""
    level = [s for s in strips if not s.vertical]
    upright = [s for s in strips if s.vertical]
    turned = [
        _crop(grey.T[::-1], Strip(s.top, grey.shape[1] - s.right, s.bottom, grey.shape[1] - s.left, False))
        for s in upright
    ]
    found = recognise([*(_crop(grey, s) for s in level), *turned, *lay_down(grey, ink, upright)])
    texts = found[: len(level)]
    for whole, laid in zip(found[len(level) : len(strips)], found[len(strips) :], strict=True):
        texts.append(join_readings(*laid, *whole))
    return [
        _to_ink(strip, text.strip(), sure, ink, unit)
        for strip, (text, sure) in zip([*level, *upright], texts, strict=True)
        if text.strip() and sure >= SURE
    ]


def recognise(crops: Sequence[Grey]) -> list[tuple[str, float]]:
    """Text and confidence of pictures of one line each, those of like length read together."""
    import numpy as np

    order = sorted(range(len(crops)), key=lambda i: crops[i].shape[1] / max(crops[i].shape[0], 1))
    engine = load_engine()
    out: list[tuple[str, float]] = [("", 0.0)] * len(crops)
    for at in range(0, len(order), BATCH):
        part = [i for i in order[at : at + BATCH] if crops[i].size]
        result = engine.recognize_txt([np.ascontiguousarray(np.stack([crops[i]] * 3, axis=-1)) for i in part])
        for i, text, sure in zip(part, result.txts, result.scores, strict=True):
            out[i] = text, float(sure)
    return out


def _crop(grey: Grey, strip: Strip) -> Grey:
    pad = max((strip.bottom - strip.top) // 8, 2)
    return grey[max(strip.top, 0) : strip.bottom, max(strip.left - pad, 0) : strip.right + pad]


def _to_ink(strip: Strip, text: str, sure: float, ink: Grey, unit: float) -> Ink:
    import numpy as np

    part = ink[max(strip.top, 0) : strip.bottom, max(strip.left, 0) : strip.right]
    thick = np.flatnonzero(part.any(axis=0 if strip.vertical else 1))
    length = strip.bottom - strip.top if strip.vertical else strip.right - strip.left
    units = sum(NARROW if c.isascii() else 1.0 for c in text)
    pitch = length / max(units - 0.1, 0.5)
    high = FIGURE if text.isascii() else 0.93
    height = (int(thick[-1]) - int(thick[0]) + 1) / high if len(thick) else pitch
    size = height if units >= 3 and height < 1.4 * pitch else min(pitch, 1.2 * height)
    if units >= 8 and units > 0.8 * len(text):
        size = min(size, SET * pitch)  # ink of a neighbour may stand in the strip
    low, high = (strip.left, strip.right) if strip.vertical else (strip.top, strip.bottom)
    middle = low + (int(thick[0]) + int(thick[-1]) + 1) / 2 if len(thick) and units >= 3 else (low + high) / 2
    across = middle - size / 2, middle + size / 2
    edges = (
        Edges(across[0], strip.top, across[1], strip.bottom)
        if strip.vertical
        else Edges(strip.left, across[0], strip.right, across[1])
    )
    return Ink(text, _scale(edges, unit), size * unit, strip.vertical, sure)


def _snap(inks: list[Ink]) -> list[Ink]:
    """Sizes measured near the text's are the text's: within a tenth, of one or two characters within more."""
    body = find_body_size(inks)
    return [replace(ink, size=body) if _is_near(ink, body) else ink for ink in inks]


def _is_near(ink: Ink, body: float) -> bool:
    low, high = next((low, high) for most, low, high in SNAPS if len(ink.text) <= most)
    return low * body < ink.size < high * body
