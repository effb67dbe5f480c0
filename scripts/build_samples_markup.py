"""A sheet as digitisation files: ALTO, PAGE XML, hOCR."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from build_samples_press import Sheet, Text


def group(sheet: Sheet) -> list[tuple[str, list[Text]]]:
    """The printed lines as regions: stretches of one role and one column, in the order they were set."""
    regions: list[tuple[str, list[Text]]] = []
    for text in sheet.texts:
        last = regions[-1][1][-1] if regions else None
        same = (
            last is not None
            and last.role == text.role
            and last.size == text.size
            and 0 < text.y - last.y < 2.2 * text.size
        )
        if same and last is not None and abs(text.x - last.x) < 4 * text.size:
            regions[-1][1].append(text)
        else:
            regions.append((text.role, [text]))
    return regions


def around(lines: Sequence[Text], scale: float) -> tuple[int, int, int, int]:
    edges = [text.edges() for text in lines]
    low = [min(e[k] for e in edges) for k in (0, 1)]
    high = [max(e[k] for e in edges) for k in (2, 3)]
    return round(low[0] * scale), round(low[1] * scale), round(high[0] * scale), round(high[1] * scale)


def print_alto(sheet: Sheet, scale: float) -> str:
    """ALTO 4: a String a line, confidences, the headlines by their style."""
    out = ['<?xml version="1.0" encoding="UTF-8"?>', '<alto xmlns="http://www.loc.gov/standards/alto/ns-v4#">']
    out.append("<Description><MeasurementUnit>pixel</MeasurementUnit></Description><Styles>")
    sizes = sorted({text.size for text in sheet.texts})
    out += [f'<TextStyle ID="F{n}" FONTFAMILY="Song" FONTSIZE="{size:g}"/>' for n, size in enumerate(sizes)]
    out.append(
        '</Styles><Layout><Page ID="P1" PHYSICAL_IMG_NR="1" '
        f'WIDTH="{sheet.width * scale:.0f}" HEIGHT="{sheet.height * scale:.0f}"><PrintSpace>'
    )
    for k, (_, lines) in enumerate(group(sheet)):
        out.append(f'<TextBlock ID="B{k}" {_alto_box(lines, scale)} STYLEREFS="F{sizes.index(lines[0].size)}">')
        for text in lines:
            box = _alto_box([text], scale)
            out.append(f'<TextLine {box}><String {box} WC="0.97" CONTENT={quoteattr(text.string)}/></TextLine>')
        out.append("</TextBlock>")
    out.append("</PrintSpace></Page></Layout></alto>")
    return "\n".join(out) + "\n"


def _alto_box(lines: Sequence[Text], scale: float) -> str:
    x0, y0, x1, y1 = around(lines, scale)
    return f'HPOS="{x0}" VPOS="{y0}" WIDTH="{x1 - x0}" HEIGHT="{y1 - y0}"'


def print_page(sheet: Sheet, scale: float) -> str:
    """PAGE 2019 with a reading order that is not that of the file."""
    regions = group(sheet)
    out = ['<?xml version="1.0" encoding="UTF-8"?>']
    out.append('<PcGts xmlns="http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15">')
    out.append(
        f'<Page imageFilename="page.png" imageWidth="{sheet.width * scale:.0f}" '
        f'imageHeight="{sheet.height * scale:.0f}">'
    )
    out.append('<ReadingOrder><OrderedGroup id="g">')
    out += [f'<RegionRefIndexed index="{k}" regionRef="r{k}"/>' for k in range(len(regions))]
    out.append("</OrderedGroup></ReadingOrder>")
    kinds = {"head": "heading", "masthead": "header", "body": "paragraph"}
    for k in sorted(range(len(regions)), key=lambda k: (-len(regions[k][1]), k)):
        role, lines = regions[k]
        out.append(f'<TextRegion id="r{k}" type="{kinds[role]}"><Coords points="{_points(lines, scale)}"/>')
        for n, text in enumerate(lines):
            out.append(f'<TextLine id="r{k}l{n}"><Coords points="{_points([text], scale)}"/>')
            out.append(f'<TextEquiv conf="0.95"><Unicode>{escape(text.string)}</Unicode></TextEquiv></TextLine>')
        out.append("</TextRegion>")
    out.append("</Page></PcGts>")
    return "\n".join(out) + "\n"


def _points(lines: Sequence[Text], scale: float) -> str:
    x0, y0, x1, y1 = around(lines, scale)
    return f"{x0},{y0} {x1},{y0} {x1},{y1} {x0},{y1}"


def print_hocr(sheet: Sheet, scale: float) -> str:
    """hOCR as Tesseract writes it, a word for about every two characters."""
    out = ['<?xml version="1.0" encoding="UTF-8"?>', '<html xmlns="http://www.w3.org/1999/xhtml" lang="zh"><head>']
    out.append('<meta charset="utf-8"/><meta name="ocr-system" content="press"/>')
    out.append('<meta name="ocr-capabilities" content="ocr_page ocr_carea ocr_par ocr_line ocrx_word"/></head><body>')
    out.append(
        '<div class="ocr_page" title="image &quot;page.png&quot;; '
        f'bbox 0 0 {sheet.width * scale:.0f} {sheet.height * scale:.0f}; ppageno 0">'
    )
    for _, lines in group(sheet):
        out.append(
            f'<div class="ocr_carea" title="{_bbox(lines, scale)}"><p class="ocr_par" title="{_bbox(lines, scale)}">'
        )
        for text in lines:
            out.append(f'<span class="ocr_line" title="{_bbox([text], scale)}; x_size {text.size * scale:.0f}">')
            out += _words(text, scale)
            out.append("</span>")
        out.append("</p></div>")
    out.append("</div></body></html>")
    return "\n".join(out) + "\n"


def _words(text: Text, scale: float) -> list[str]:
    out = []
    x = text.x
    for match in re.finditer(r"[ -~]+|[^ -~]{1,2}", text.string):
        part = Text(match.group(), x, text.y, text.size, text.face, text.space)
        x += part.advance() + text.space
        if match.group().strip():
            out.append(
                f'<span class="ocrx_word" title="{_bbox([part], scale)}; x_wconf 93">'
                f"{escape(match.group().strip())}</span>"
            )
    return out


def _bbox(lines: Sequence[Text], scale: float) -> str:
    return "bbox " + " ".join(map(str, around(lines, scale)))
