"""Scanned pages as grey arrays: opening within limits, straightening, drawn lines, white strips between columns."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from extractor.errors import OversizedError, UndecodableError
from extractor.read.layout_sheet import Edges

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Grey = NDArray[np.uint8]

MOST_PIXELS = 120_000_000  # of one page: a broadsheet at 400 dots an inch has 75 million
MOST_SCANS = 500  # pages of one document
STEEPEST = 3.0  # degrees of skew that are looked for
LEVEL = 0.2  # degrees from which a page is turned
BESIDE = 8.0  # characters between the ends of one column's lines and the next column at most
WIDE = 0.65  # characters of the white between them at least: a mark leaves half of one
GLYPH = 0.95  # of a character's height is ink
RIM = 0.6  # of the last line's height that the white must run beside
SHADE = 400  # pixels of the longer side at which the paper's shade is measured
SMALL = 900  # pixels of the longer side at which skew is measured


def open_images(data: bytes, doc: str) -> Iterator[Grey]:
    """The pages of a PNG, JPEG or TIFF as grey arrays, turned upright by their metadata.

    Raises UndecodableError where the picture is broken, OversizedError where it has too many pixels or pages.
    """
    from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            image = Image.open(io.BytesIO(data))
            count = getattr(image, "n_frames", 1)
            if count > MOST_SCANS:
                raise OversizedError(doc, f"the picture has {count} pages, more than {MOST_SCANS}")
            for frame in ImageSequence.Iterator(image):
                width, height = frame.size
                if width * height > MOST_PIXELS:
                    raise OversizedError(doc, f"the picture has {width} x {height} pixels, more than {MOST_PIXELS}")
                yield to_grey(ImageOps.exif_transpose(frame))
        except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
            raise OversizedError(doc, f"the picture has too many pixels: {error}") from error
        except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as error:
            raise UndecodableError(doc, f"the picture is broken: {error}") from error


def to_grey(image: Any) -> Grey:
    """A picture as grey values, 255 white; transparent parts are paper, a light print on dark is inverted."""
    import numpy as np
    from PIL import Image

    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        rgba = image.convert("RGBA")
        paper = Image.new("RGBA", rgba.size, "white")
        image = Image.alpha_composite(paper, rgba)
    if image.mode.startswith("I") or image.mode == "F":
        values = np.asarray(image, dtype=np.float64)
        span = float(values.max() - values.min()) or 1.0
        grey = ((values - values.min()) * (255 / span)).astype(np.uint8)
    else:
        grey = np.array(image.convert("L"), dtype=np.uint8)
    return np.asarray(255 - grey if np.median(grey) < 80 else grey, dtype=np.uint8)


def find_ink(grey: Grey) -> Grey:
    """1 where ink is, by Otsu's threshold; a page of one colour has none."""
    import cv2
    import numpy as np

    if int(grey.max()) - int(grey.min()) < 40:
        return np.zeros_like(grey)
    _, ink = cv2.threshold(_even(grey), 0, 1, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
    return np.asarray(ink, dtype=np.uint8)


def _even(grey: Grey) -> Grey:
    """The page without the shade of its paper: yellowed edges, the fold of a bound volume."""
    import cv2
    import numpy as np

    height, width = grey.shape
    scale = min(1.0, SHADE / max(height, width))
    small = np.asarray(cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    paper = cv2.resize(cv2.medianBlur(small, 31), (width, height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(np.minimum(grey * (255.0 / np.maximum(paper, 60)), 255), dtype=np.uint8)


def straighten(grey: Grey) -> Grey:
    """The page turned by its skew: the angle at which its lines, level or upright, part most clearly."""
    import cv2
    import numpy as np

    scale = min(1.0, SMALL / max(grey.shape))
    small = np.asarray(cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    ink = find_ink(small).astype(np.float32)
    if not ink.any():
        return grey

    def sharpness(angle: float) -> float:
        height, width = ink.shape
        turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
        turned = cv2.warpAffine(ink, turn, (width, height), flags=cv2.INTER_LINEAR)
        return float(max(np.square(np.diff(turned.sum(axis=axis))).sum() for axis in (0, 1)))

    best = max(np.arange(-STEEPEST, STEEPEST + 0.1, 0.5), key=sharpness)
    best = max(np.arange(best - 0.4, best + 0.41, 0.1), key=sharpness)
    if abs(best) < LEVEL or sharpness(best) < 1.05 * sharpness(0.0):
        return grey
    height, width = grey.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), float(best), 1.0)
    turned = cv2.warpAffine(grey, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=255.0)
    return np.asarray(turned, dtype=np.uint8)


def find_drawn(ink: Grey) -> tuple[list[Edges], list[Edges]]:
    """Drawn level and upright lines in pixels."""
    import cv2
    import numpy as np

    height, width = ink.shape
    found: list[list[Edges]] = []
    for length, shape in ((width, (1, 0)), (height, (0, 1))):
        long = max(int(length * 0.09), 60)
        kernel = np.ones((long if shape[1] else 1, long if shape[0] else 1), np.uint8)
        lines = cv2.morphologyEx(ink, cv2.MORPH_OPEN, kernel)
        bridge = np.ones((9 if shape[1] else 3, 9 if shape[0] else 3), np.uint8)
        lines = cv2.dilate(lines, bridge)
        count, _, stats, _ = cv2.connectedComponentsWithStats(lines)
        thick = max(int(0.008 * max(height, width)), 6)
        found.append(
            [
                Edges(float(x), float(y), float(x + w), float(y + h))
                for x, y, w, h, _ in (row.tolist() for row in stats[1 : min(count, 2000)])
                if (h if shape[0] else w) <= thick
            ]
        )
    return found[0], found[1]


def find_frames(level: list[Edges], upright: list[Edges]) -> list[Edges]:
    """Rectangles whose four sides are drawn."""
    frames = []
    for top in level[:200]:
        slack = 12.0
        for bottom in level[:200]:
            if (
                bottom.top <= top.top + 40
                or abs(bottom.left - top.left) > slack
                or abs(bottom.right - top.right) > slack
            ):
                continue
            sides = [
                any(
                    abs(u.left - x) <= slack and u.top <= top.top + slack and u.bottom >= bottom.bottom - slack
                    for u in upright
                )
                for x in (top.left, top.right)
            ]
            if all(sides):
                frames.append(Edges(top.left, top.top, top.right, bottom.bottom))
    return frames


def find_gutters(ink: Grey, size: float, pitch: float) -> Grey:
    """1 where a white strip parts text from text over three lines: the gutters between columns. `size`: of a
    character in pixels; `pitch`: from line to line."""
    import cv2
    import numpy as np

    bare = drop_specks(ink, size)
    text = cv2.morphologyEx(bare, cv2.MORPH_CLOSE, np.ones((1, max(int(BESIDE * size), 3)), np.uint8))
    text = cv2.morphologyEx(text, cv2.MORPH_CLOSE, np.ones((max(int(1.2 * size), 3), 1), np.uint8))
    inner = np.where(bare == 0, text, 0).astype(np.uint8)
    tall = max(2 * pitch + RIM * size, 3 * pitch - GLYPH * size)  # three lines, more than two with the white around
    strip = np.ones((max(int(tall), 3), max(int(WIDE * size), 2)), np.uint8)
    return np.asarray(cv2.morphologyEx(inner, cv2.MORPH_OPEN, strip), dtype=np.uint8)


def drop_specks(ink: Grey, size: float) -> Grey:
    """The ink without dust: spots smaller than a mark of print."""
    import cv2
    import numpy as np

    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    if count < 2:
        return ink
    spans = np.maximum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT])
    keep = spans >= max(size / 9, 2)
    keep[0] = False
    return np.asarray(keep[labels], dtype=np.uint8)
