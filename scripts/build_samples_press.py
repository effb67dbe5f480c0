"""A small press: sets articles on a sheet, prints the sheet as a PDF (reportlab) or a picture (pillow)."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

FONTS = Path("/usr/share/fonts/truetype")
FACES = {"song": (FONTS / "arphic/uming.ttc", 0), "hei": (FONTS / "wqy/wqy-zenhei.ttc", 0)}  # Debian's packages
CLOSERS = "，。、；：！？）》”’」』】%％—"  # none begins a line
OPENERS = "（《“‘「『【"  # none ends one
VERTICAL = str.maketrans("（）《》〈〉“”‘’「」【】—…", "︵︶︽︾︿﹀﹃﹄﹁﹂﹁﹂︻︼︱︙")


@dataclass(slots=True)
class Text:
    """One printed line: left and top edge, size in points, extra space behind each character, writing direction."""

    string: str
    x: float
    y: float
    size: float
    face: str = "song"
    space: float = 0.0
    vertical: bool = False
    role: str = "body"

    def advance(self) -> float:
        """Its length in points."""
        return sum(measure(c, self.size, self.face) for c in self.string) + self.space * max(len(self.string) - 1, 0)

    def edges(self) -> tuple[float, float, float, float]:
        if self.vertical:
            return self.x, self.y, self.x + self.size, self.y + len(self.string) * (self.size + self.space)
        return self.x, self.y, self.x + self.advance(), self.y + self.size


@dataclass(slots=True)
class Sheet:
    """A page in points, origin at the top left. `rules`, `boxes` and `pictures` are rectangles."""

    width: float
    height: float
    texts: list[Text] = field(default_factory=list)
    rules: list[tuple[float, float, float, float]] = field(default_factory=list)
    boxes: list[tuple[float, float, float, float]] = field(default_factory=list)
    pictures: list[tuple[float, float, float, float]] = field(default_factory=list)

    def put(self, string: str, x: float, y: float, size: float, face: str = "song", **more: Any) -> Text:
        text = Text(string, x, y, size, face, **more)
        self.texts.append(text)
        return text

    def centre(
        self, string: str, left: float, right: float, y: float, size: float, face: str = "hei", **more: Any
    ) -> None:
        text = self.put(string, left, y, size, face, **more)
        text.x = left + (right - left - text.advance()) / 2


def measure(character: str, size: float, face: str) -> float:
    """Width of a character in points."""
    return _face(face, 100).getlength(character) * size / 100


@lru_cache(maxsize=64)
def _face(face: str, size: int) -> Any:
    from PIL import ImageFont

    path, index = FACES[face]
    return ImageFont.truetype(str(path), size, index=index)


def wrap(
    paragraphs: Sequence[str], width: float, size: float, indent: int = 2, face: str = "song"
) -> list[tuple[str, int, bool]]:
    """Lines of a column: text, indent in characters, and whether the line is to be justified."""
    lines: list[tuple[str, int, bool]] = []
    for paragraph in paragraphs:
        line, used, at = "", indent * size, indent
        for c in paragraph:
            w = measure(c, size, face)
            if used + w > width + 0.01 and c not in CLOSERS and line:
                carry = ""
                while line and (
                    line[-1] in OPENERS
                    or ((line[-1] + c).isascii() and line[-1].isalnum() and c.isalnum() and len(carry) < 6)
                ):
                    line, carry = line[:-1], line[-1] + carry
                lines.append((line, at, True))
                line, used, at = carry, sum(measure(k, size, face) for k in carry), 0
            line += c
            used += w
        lines.append((line, at, False))
    return lines


def flow(
    sheet: Sheet,
    lines: Sequence[tuple[str, int, bool]],
    frames: Sequence[tuple[float, float, int]],
    width: float,
    size: float,
    leading: float,
    face: str = "song",
) -> float:
    """Sets lines into frames (left, top, lines); the lowest edge reached."""
    rest, low = list(lines), 0.0
    for left, top, count in frames:
        for i, (line, indent, full) in enumerate(rest[:count]):
            text = sheet.put(line, left + indent * size, top + i * leading, size, face)
            if full and len(line) > 1:
                text.space = (width - indent * size - text.advance()) / (len(line) - 1)
            low = max(low, top + i * leading + size)
        rest = rest[count:]
    if rest:
        raise ValueError(f"{len(rest)} lines over")
    return low


def balance(lines: Sequence[Any], columns: int) -> int:
    """Lines a column."""
    return -(-len(lines) // columns)


def flow_down(
    sheet: Sheet,
    lines: Sequence[tuple[str, int, bool]],
    tiers: Sequence[tuple[float, float, int]],
    size: float,
    leading: float,
) -> None:
    """Sets lines downwards, from the right to the left; tiers are (right, top, lines)."""
    rest = list(lines)
    for right, top, count in tiers:
        for i, (line, indent, _) in enumerate(rest[:count]):
            sheet.put(line.translate(VERTICAL), right - size - i * leading, top + indent * size, size, vertical=True)
        rest = rest[count:]
    if rest:
        raise ValueError(f"{len(rest)} lines over")


def print_pdf(sheets: Sequence[Sheet], title: str = "") -> bytes:
    """A PDF with a text layer and font subsets."""
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    for name, (path, index) in FACES.items():
        pdfmetrics.registerFont(TTFont(name, str(path), subfontIndex=index))
    out = io.BytesIO()
    canvas = Canvas(out, invariant=True)
    canvas.setTitle(title)
    for sheet in sheets:
        canvas.setPageSize((sheet.width, sheet.height))
        canvas.setLineWidth(0.6)
        for x0, y0, x1, y1 in sheet.rules:
            canvas.line(x0, sheet.height - y0, x1, sheet.height - y1)
        for x0, y0, x1, y1 in sheet.boxes:
            canvas.rect(x0, sheet.height - y1, x1 - x0, y1 - y0)
        for x0, y0, x1, y1 in sheet.pictures:
            canvas.drawImage(ImageReader(picture(int(x1 - x0), int(y1 - y0))), x0, sheet.height - y1, x1 - x0, y1 - y0)
        for text in sheet.texts:
            if text.vertical:
                canvas.setFont(text.face, text.size)
                for i, c in enumerate(text.string):
                    y = text.y + i * (text.size + text.space)
                    canvas.drawString(text.x, sheet.height - y - text.size * 0.86, c)
                continue
            line = canvas.beginText(text.x, sheet.height - text.y - text.size * 0.86)
            line.setFont(text.face, text.size)
            line.setCharSpace(text.space)
            line.textOut(text.string)
            canvas.drawText(line)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def picture(width: int, height: int) -> Any:
    """A grey landscape in place of a photograph."""
    from PIL import Image

    image = Image.linear_gradient("L").resize((max(width // 2, 1), max(height // 2, 1)))
    return image.convert("RGB")


def print_image(sheet: Sheet, dpi: int, *, turn: float = 0.0, noise: float = 0.0, seed: int = 7) -> Any:
    """A scan in grey: turned by degrees, with noise of that standard deviation."""
    from PIL import Image, ImageDraw

    scale = dpi / 72
    image = Image.new("L", (round(sheet.width * scale), round(sheet.height * scale)), 255)
    draw = ImageDraw.Draw(image)
    for edges in sheet.rules:
        draw.line([e * scale for e in edges], fill=40, width=max(1, round(0.7 * scale)))
    for edges in sheet.boxes:
        draw.rectangle([e * scale for e in edges], outline=40, width=max(1, round(0.7 * scale)))
    for x0, y0, x1, y1 in sheet.pictures:
        shot = (
            picture(int((x1 - x0) * scale), int((y1 - y0) * scale))
            .convert("L")
            .resize((int((x1 - x0) * scale), int((y1 - y0) * scale)))
        )
        image.paste(shot, (int(x0 * scale), int(y0 * scale)))
    for text in sheet.texts:
        _draw(draw, text, scale)
    if turn:
        image = image.rotate(turn, resample=Image.Resampling.BICUBIC, expand=True, fillcolor=255)
    if noise:
        import numpy as np

        grain = np.random.default_rng(seed).normal(0, noise, (image.height, image.width))
        image = Image.fromarray(np.clip(np.asarray(image) - abs(grain), 0, 255).astype("uint8"))
    return image


def _draw(draw: Any, text: Text, scale: float) -> None:
    font = _face(text.face, max(1, round(text.size * scale)))
    x, y = text.x * scale, text.y * scale
    if not text.vertical:
        for c in text.string:
            draw.text((x, y), c, font=font, fill=15, anchor="la")
            x += (measure(c, text.size, text.face) + text.space) * scale
        return
    for c in text.string:
        shift = 0.55 * text.size * scale if c in "，。、" else 0.0  # marks stand in the upper right
        draw.text((x + shift, y - shift * 0.9), c, font=font, fill=15, anchor="la")
        y += (text.size + text.space) * scale
