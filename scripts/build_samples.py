#!/usr/bin/env python3
"""Sets the articles of corpora/pages, and two reports of our own, as PDF, scan, ALTO, PAGE and hOCR samples.

Needs the extras pdf and ocr, reportlab, and Debian's fonts-arphic-uming and fonts-wqy-zenhei (subsets are embedded).
Each sample NAME.* gets NAME.gold.json beside it: its articles in page order, each with title, kicker, body and kind.
"""

from __future__ import annotations

import argparse
import io
import json
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from build_samples_formats import print_html, read_layout_items, set_running, set_stack
from build_samples_heldout import BULLETIN, WEEKLY, set_bulletin, set_weekly
from build_samples_markup import print_alto, print_hocr, print_page
from build_samples_press import Sheet, balance, flow, flow_down, print_image, print_pdf, wrap
from build_samples_report import REPORT, set_report

ROOT = Path(__file__).resolve().parents[1]
CORPORA = ROOT / "corpora"
SPACE = re.compile(r"\s+")
CREDIT = re.compile(r"（[^（）。]{2,4}）$|(?<=。)[^。]{2,4}摄$")


class Item(NamedTuple):
    """One article of a page: headline parts, kicker, paragraphs."""

    title: list[str]
    kicker: str | None
    body: list[str]
    kind: str

    def to_gold(self) -> dict[str, Any]:
        body = [SPACE.sub("", paragraph) for paragraph in self.body]
        body[-1:] = [CREDIT.sub("", paragraph) for paragraph in body[-1:]]
        return {"title": " ".join(self.title) or None, "kicker": self.kicker, "body": body, "kind": self.kind}


def read_items(page: str) -> list[Item]:
    """The articles of a page of corpora/pages by its gold; paragraphs open with an indent or stand on one line."""
    text = (CORPORA / "pages" / f"{page}.txt").read_bytes().decode("utf-8-sig")
    rows = map(json.loads, (CORPORA / "gold" / "pages.gold.jsonl").read_text("utf-8").splitlines())
    gold = next(row for row in rows if row["doc_id"] == page)
    items = []
    for article in gold["articles"]:
        heads = {
            SPACE.sub("", article["title"] or ""),
            SPACE.sub("", (article["kicker"] or "") + (article["title"] or "")),
        }
        spans = [span for span in article["spans"] if SPACE.sub("", text[slice(*span)]) not in heads]
        body = []
        for start, end in spans:
            if article["kind"] == "caption":
                end = text.find("摄", end) + 1
            body += [p for part in re.split(r"\n(?:[\r\n]*　　|(?=[●▲△]))", text[start:end]) if (p := join(part))]
        title = article["title"].split(" ") if article["title"] else []
        body = body[1:] if SPACE.sub("", body[0]) == "".join(title) else body
        items.append(Item(title, article["kicker"], body, article["kind"]))
    return items


def join(lines: str) -> str:
    """A paragraph without its line wraps."""
    return re.sub(r"[ \t]*[\r\n]+", "", lines).strip()


# ---------------------------------------------------------------- layouts


def set_head(sheet: Sheet, item: Item, left: float, right: float, top: float, size: float) -> float:
    """Kicker and headline centred over a width; where the text may begin."""
    if item.kicker:
        sheet.centre(item.kicker, left, right, top, size * 0.65, "song", role="head")
        top += size * 0.65 + 5
    for part in item.title:
        sheet.centre(part, left, right, top, size, role="head")
        top += size * 1.25
    return top + 6


def set_two_columns(items: Sequence[Item]) -> list[Sheet]:
    """The first article across both columns, the next two under it, a caption under its picture."""
    sheet = Sheet(480, 640)
    left, right, gutter, size, leading = 36.0, 444.0, 22.0, 10.5, 16.0
    width = (right - left - gutter) / 2
    second = left + width + gutter
    sheet.put("2024年4月18日　星期四　　责任编辑：陈静", left, 24, 9)
    sheet.put("3　综合", 404, 24, 9)
    sheet.rules.append((left, 38, right, 38))
    first, *others = items
    top = set_head(sheet, first, left, right, 48, 21)
    lines = wrap(first.body, width, size)
    count = balance(lines, 2)
    low = flow(sheet, lines, [(left, top, count), (second, top, count)], width, size, leading)
    sheet.rules.append((left, low + 12, right, low + 12))
    top = low + 22
    for item, x in zip(others[:2], (left, second), strict=True):
        y = set_head(sheet, item, x, x + width, top, 15)
        lines = wrap(item.body, width, size)
        low = flow(sheet, lines, [(x, y, len(lines))], width, size, leading)
    sheet.pictures.append((second, low + 12, second + width, low + 92))
    lines = wrap(others[2].body, width, 9, face="hei")
    flow(sheet, lines, [(second, low + 98, len(lines))], width, 9, 13, "hei")
    return [sheet]


def set_four_columns(items: Sequence[Item]) -> list[Sheet]:
    """Two articles of two columns side by side, one of four below with its headline over two, a notice in a box."""
    sheet = Sheet(620, 560)
    left, width, gutter, size, leading = 30.0, 128.0, 16.0, 9.0, 14.0
    xs = [left + i * (width + gutter) for i in range(4)]
    sheet.centre("闽东日报", left, 590, 18, 26, role="masthead")
    sheet.put("2019年11月27日　星期三　第3版　县域新闻", left, 52, 8)
    sheet.rules.append((left, 64, xs[3] + width, 64))
    low = 0.0
    for item, a, b in ((items[0], 0, 1), (items[1], 2, 3)):
        top = set_head(sheet, item, xs[a], xs[b] + width, 74, 17)
        lines = wrap(item.body, width, size)
        count = balance(lines, 2)
        low = max(low, flow(sheet, lines, [(xs[a], top, count), (xs[b], top, count)], width, size, leading))
    rule = low + 14
    sheet.rules.append((left, rule, xs[3] + width, rule))
    top = set_head(sheet, items[2], xs[0], xs[1] + width, rule + 12, 17)
    lines = wrap(items[2].body, width, size)
    count = balance(lines, 2)
    low = flow(sheet, lines, [(xs[0], top, count), (xs[1], top, count)], width, size, leading)
    inner = xs[2] + 12
    span = xs[3] + width - 12 - inner
    top = set_head(sheet, items[3], inner, inner + span, rule + 24, 12)
    lines = wrap(items[3].body[:1], span, size)
    low = flow(sheet, lines, [(inner, top, len(lines))], span, size, leading)
    for line in items[3].body[1:]:
        low += 5
        text = sheet.put(line, 0, low, size)
        text.x = inner + span - text.advance() - 9
        low += size
    sheet.boxes.append((xs[2], rule + 12, xs[3] + width, low + 12))
    sheet.centre("— 3 —", left, xs[3] + width, 540, 8, "song")
    return [sheet]


def set_scan(items: Sequence[Item], masthead: str) -> list[Sheet]:
    """Three columns: the first article across all, the others one column each."""
    sheet = Sheet(500, 470)
    left, width, gutter, size, leading = 28.0, 136.0, 18.0, 9.0, 14.0
    xs = [left + i * (width + gutter) for i in range(3)]
    sheet.put(masthead, left, 20, 9)
    sheet.rules.append((left, 34, xs[2] + width, 34))
    top = set_head(sheet, items[0], left, xs[2] + width, 44, 20)
    lines = wrap(items[0].body, width, size)
    count = balance(lines, 3)
    low = flow(sheet, lines, [(x, top, count) for x in xs], width, size, leading)
    sheet.rules.append((left, low + 12, xs[2] + width, low + 12))
    for item, x in zip(items[1:], xs, strict=True):
        y = set_head(
            sheet,
            Item([*wrap_head(item.title, width, 14)], item.kicker, item.body, item.kind),
            x,
            x + width,
            low + 20,
            14,
        )
        lines = wrap(item.body, width, size)
        flow(sheet, lines, [(x, y, len(lines))], width, size, leading)
    return [sheet]


def wrap_head(parts: Sequence[str], width: float, size: float) -> list[str]:
    """Headline lines that fit."""
    out = []
    for part in parts:
        most = int(width / size)
        out += [part[at : at + most] for at in range(0, len(part), most)]
    return out


def set_vertical(items: Sequence[Item], masthead: Sequence[str]) -> list[Sheet]:
    """Lines downwards, columns from the right: tiers of fourteen characters, upright headlines."""
    sheet = Sheet(640, 430)
    size, leading, tier = 11.0, 17.0, 14
    sheet.put(masthead[0], 590, 30, 26, "hei", vertical=True, space=6, role="masthead")
    sheet.put(masthead[1], 572, 30, 9, vertical=True)
    heights = (28.0, 228.0)
    right = 556.0
    for item in items[:2]:
        top = heights[0]
        for part in item.title:
            sheet.put(part, right - 20, top + 24, 20, "hei", vertical=True, space=3, role="head")
            right -= 27
        right -= 2
        lines = down(item.body, tier)
        count = balance(lines, 2)
        flow_down(sheet, lines, [(right, y, count) for y in heights], size, leading)
        right -= count * leading + 10
    for item, top in zip(items[2:], heights, strict=True):
        sheet.put(item.title[0], right - 17, top + 8, 17, "hei", vertical=True, space=2, role="head")
        lines = down(item.body, tier)
        flow_down(sheet, lines, [(right - 26, top, len(lines))], size, leading)
    return [sheet]


def down(paragraphs: Sequence[str], tier: int) -> list[tuple[str, int, bool]]:
    """Lines of `tier` characters; closing marks hang below."""
    lines: list[tuple[str, int, bool]] = []
    for paragraph in paragraphs:
        line, indent = "", 2
        for c in paragraph:
            if len(line) + indent >= tier and c not in "，。、；：！？）》”":
                lines.append((line, indent, True))
                line, indent = "", 0
            line += c
        lines.append((line, indent, False))
    return lines


def set_pages(items: Sequence[Item], footer: str) -> list[Sheet]:
    """One article a page, in two columns."""
    sheets = []
    for number, item in enumerate(items, 1):
        sheet = Sheet(400, 300)
        left, width, gutter, size, leading = 28.0, 160.0, 22.0, 9.5, 15.0
        top = set_head(sheet, item, left, 372, 26, 16)
        lines = wrap(item.body, width, size)
        count = balance(lines, 2)
        flow(sheet, lines, [(left, top, count), (left + width + gutter, top, count)], width, size, leading)
        sheet.put(f"{footer}　{number}", left, 276, 8)
        sheets.append(sheet)
    return sheets


# ---------------------------------------------------------------- all of them


def to_png(image: Any) -> bytes:
    out = io.BytesIO()
    image.quantize(16).save(out, "PNG", optimize=True)
    return out.getvalue()


def to_tiff(images: Sequence[Any]) -> bytes:
    out = io.BytesIO()
    pages = [image.point(lambda v: 255 * (v > 150)).convert("1") for image in images]
    pages[0].save(out, "TIFF", save_all=True, append_images=pages[1:], compression="group4", dpi=(200, 200))
    return out.getvalue()


def build() -> dict[str, bytes]:
    """File contents by path under corpora."""
    files: dict[str, bytes] = {}

    def add(path: str, data: bytes | str, items: Sequence[Item]) -> None:
        files[path] = data.encode() if isinstance(data, str) else data
        gold = {"articles": [item.to_gold() for item in items]}
        stem = path.rpartition(".")[0]
        files[f"{stem}.gold.json"] = (json.dumps(gold, ensure_ascii=False, indent=1) + "\n").encode()

    items = read_items("2024-04-18-santai")
    add("pdf/2024-04-18-santai.pdf", print_pdf(set_two_columns(items)), items)
    items = read_items("2019-11-27-ningde")
    add("pdf/2019-11-27-ningde.pdf", print_pdf(set_four_columns(items)), items)
    report = Item(*REPORT)
    add("pdf/yuxi-report.pdf", print_pdf(set_report(report)), [report])
    for name, rows, typeset in (("dunhua-weekly", WEEKLY, set_weekly), ("longxi-bulletin", BULLETIN, set_bulletin)):
        add(f"pdf/{name}.pdf", print_pdf(typeset(rows)), [Item(*row) for row in rows])
    items = read_items("2020-09-03-yudu")
    sheets = set_scan(items, "赣南日报　2020年9月3日　星期四　第5版　县市新闻")
    add("scan/2020-09-03-yudu.png", to_png(print_image(sheets[0], 220)), items)
    items = read_items("1952-06-14-laiyang")
    sheets = set_vertical(items, ("莱阳农民", "一九五二年六月十四日"))
    add("scan/1952-06-14-laiyang.png", to_png(print_image(sheets[0], 200)), items)
    items = read_items("2016-05-12-jingning")
    sheets = set_pages(items, "平凉日报　2016年5月12日")
    add("scan/2016-05-12-jingning.tif", to_tiff([print_image(sheet, 200) for sheet in sheets]), items)
    items = read_items("1996-07-20-shucheng")
    add(
        "alto/1996-07-20-shucheng.alto.xml",
        print_alto(set_scan([*items, EMPTY][:4], "皖西日报　１９９６年７月２０日　星期六　第３版")[0], 3),
        items,
    )
    items = read_items("xinhui-dike")
    add("alto/xinhui-dike.page.xml", print_page(set_scan(items, "新会报　1964年10月17日　第二版")[0], 3), items)
    items = read_items("tuquan-revival")
    add(
        "alto/tuquan-revival.hocr",
        print_hocr(set_scan([*items, EMPTY], "兴安日报　2023年3月28日　要闻　02")[0], 3),
        items,
    )
    for path, data in build_formats().items():
        files[path] = data
    return files


FORMATS = {  # paper, day, sheet
    "2024-04-18-santai": ("绵阳日报", "2024年4月18日　星期四", "第3版：综合"),
    "2019-11-27-ningde": ("闽东日报", "2019年11月27日　星期三", "第3版：县域新闻"),
    "2020-09-03-yudu": ("赣南日报", "2020年9月3日　星期四", "第5版：县市新闻"),
    "2016-05-12-jingning": ("平凉日报", "2016年5月12日　星期四", "第2版：要闻"),
    "2008-break": ("荆江晨报", "2008年4月15日　星期二", "第5版：荆楚乡镇"),
    "1973-dense": ("运城地区报", "1973年7月18日　星期三", "第1版：要闻"),
}


def build_formats() -> dict[str, bytes]:
    """What six pages lack of text, HTML, PDF and scan."""
    files: dict[str, bytes] = {}
    for name, (paper, day, sheet) in FORMATS.items():
        layout = name in ("2008-break", "1973-dense")
        items = [Item(*row) for row in read_layout_items(name)] if layout else read_items(name)
        masthead = f"{paper}　{day}　{sheet.replace('：', '　')}"
        files[f"formats/{name}.html"] = print_html(items, paper, day, sheet)
        if name == "2024-04-18-santai":
            sheets = set_two_columns(items)
        elif name == "2019-11-27-ningde":
            sheets = set_four_columns(items)
        elif name == "2020-09-03-yudu":
            sheets = set_scan(items, masthead)
        elif name == "2016-05-12-jingning":
            sheets = set_pages(items, f"{paper}　{day}")
        else:
            sheets = (set_running if name == "2008-break" else set_stack)(items, masthead, 3)
        if not (CORPORA / "pdf" / f"{name}.pdf").exists():
            files[f"formats/{name}.pdf"] = print_pdf(sheets)
        if not list((CORPORA / "scan").glob(f"{name}.*[gf]")):
            files[f"formats/{name}.png"] = to_png(print_image(sheets[0], 200))
    return files


EMPTY = Item([], None, [], "news")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="only say whether the files are up to date")
    check = parser.parse_args().check
    stale = []
    for name, data in build().items():
        path = CORPORA / name
        if path.exists() and path.read_bytes() == data:
            continue
        stale.append(name)
        if not check:
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(data)
    print(*(f"{'stale' if check else 'written'}: {name}" for name in stale), sep="\n")
    return int(check and bool(stale))


if __name__ == "__main__":
    sys.exit(main())
