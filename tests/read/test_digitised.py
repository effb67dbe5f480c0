"""ALTO, PAGE XML and hOCR: order, boxes, confidences, hyphens, and what tells them."""

from __future__ import annotations

import pytest

from extractor.errors import UndecodableError
from extractor.read.decoded import Decoded
from extractor.read.format import find_format, read_format
from extractor.settings import Settings
from read.layout_sample import CORPORA, check_boxes, read, score, share_same

FILES = (
    ("1996-07-20-shucheng.alto.xml", "1996-07-20-shucheng", 0.97),
    ("xinhui-dike.page.xml", "xinhui-dike", 0.95),
    ("tuquan-revival.hocr", "tuquan-revival", 0.93),
)
ALTO = """<?xml version="1.0" encoding="UTF-8"?>{doctype}
<alto xmlns="http://www.loc.gov/standards/alto/ns-v3#"><Layout><Page WIDTH="900" HEIGHT="1200">
<PrintSpace><ComposedBlock>{blocks}</ComposedBlock></PrintSpace></Page></Layout></alto>"""
PAGE = """<PcGts xmlns="http://schema.primaresearch.org/PAGE/gts/pagecontent/2013-07-15">
<Page imageWidth="900" imageHeight="1200">{order}{regions}</Page></PcGts>"""


@pytest.mark.parametrize(("name", "page", "quality"), FILES)
def test_our_files(name: str, page: str, quality: float) -> None:
    source = read(f"alto/{name}")
    scored = score(source, f"alto/{name.rpartition('.')[0]}.gold.json")
    assert scored.found == len(scored.bodies)
    assert min(scored.bodies) > 0.98 and min(scored.titles) > 0.98 and all(scored.kickers)
    assert source.quality == pytest.approx(quality)
    assert share_same(source, read(f"pages/{page}.txt")) == 1.0
    check_boxes(source)


@pytest.mark.parametrize(
    ("name", "expected"), [(FILES[0][0], "ALTO"), (FILES[1][0], "PAGE XML"), (FILES[2][0], "hOCR")]
)
def test_the_root_tells_the_format_whatever_the_name(name: str, expected: str) -> None:
    data = (CORPORA / "alto" / name).read_bytes()
    assert find_format(data, "upload.xml").name == find_format(data, "page.html").name == expected
    assert find_format(data.decode().replace("UTF-8", "UTF-16").encode("utf-16"), "page").name == expected


def test_other_markup_is_left_alone() -> None:
    assert find_format(b"<!DOCTYPE html><html><body class='page'></body></html>", "page.html").name == "HTML"
    assert find_format("1<2，ALTO".encode(), "page.txt").name == "text"


def _read(data: str) -> Decoded:
    return read_format(data.encode(), "page.xml", "page.xml", Settings())[0]


def _line(top: int, *words: str) -> str:
    box = 'HPOS="{}" VPOS="{}" WIDTH="{}" HEIGHT="20"'
    strings = "".join(f"<String {box.format(40 + 40 * n, top, 36)} {word}/>" for n, word in enumerate(words))
    line = f"<TextLine {box.format(40, top, 40 * len(words))}>{strings}</TextLine>"
    return f'<TextBlock ID="B{top}">{line}</TextBlock>'


def test_a_parted_word_stands_whole_and_confidences_are_weighed() -> None:
    first = _line(40, 'CONTENT="推广" WC="0.9"', 'CONTENT="hy" SUBS_TYPE="HypPart1" SUBS_CONTENT="hybrid" WC="0.6"')
    second = _line(70, 'CONTENT="brid" SUBS_TYPE="HypPart2" WC="0.1"', 'CONTENT="水稻" WC="0.9"')
    decoded = _read(ALTO.format(doctype="", blocks=first + second))
    assert decoded.text.split() == ["推广hybrid", "水稻"]
    assert decoded.quality == pytest.approx((2 * 0.9 + 6 * 0.6 + 2 * 0.9) / 10, abs=1e-4)
    assert [box[3:] for box in decoded.boxes] == [(40, 40, 120, 60), (40, 70, 120, 90)]


def test_entities_are_not_resolved() -> None:
    doctype = '<!DOCTYPE alto [<!ENTITY a "甲甲甲"><!ENTITY f SYSTEM "file:///etc/hostname">]>'
    decoded = _read(ALTO.format(doctype=doctype, blocks=_line(40, 'CONTENT="全镇修渠"')))
    assert decoded.text.strip() == "全镇修渠"
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "x" * 10}">' for n in range(9))
    text = _line(40, 'CONTENT="全镇修渠"') + "<Description>&e8;</Description>"
    with pytest.raises(UndecodableError, match="amplification"):
        _read(ALTO.format(doctype=f"<!DOCTYPE alto [{bomb}]>", blocks=text))


@pytest.mark.parametrize(
    "data", ["<alto><Layout>", ALTO.format(doctype="", blocks=""), PAGE.format(order="", regions="")]
)
def test_broken_and_empty_files_name_their_reason(data: str) -> None:
    with pytest.raises(UndecodableError, match=r"page\.xml: the (?:XML is broken|\w+ file holds no text)"):
        _read(data)


def _region(name: str, text: str, top: int, kind: str = "paragraph") -> str:
    coords = f'<Coords points="50,{top} 250,{top} 250,{top + 20} 50,{top + 20}"/>'
    equiv = f"<TextEquiv><Unicode>{text}</Unicode></TextEquiv>"
    return (
        f'<TextRegion id="{name}" type="{kind}">{coords}<TextLine id="{name}l">{coords}{equiv}</TextLine></TextRegion>'
    )


def test_nested_reading_order_and_roles() -> None:
    order = (
        '<ReadingOrder><OrderedGroup id="g"><RegionRefIndexed index="1" regionRef="b"/>'
        '<OrderedGroupIndexed id="h" index="0"><RegionRefIndexed index="1" regionRef="a"/>'
        '<RegionRefIndexed index="0" regionRef="t"/></OrderedGroupIndexed></OrderedGroup></ReadingOrder>'
    )
    regions = _region("b", "第二段在后。", 300) + _region("x", "没有次序的最后。", 500)
    regions += _region("a", "第一段在前。", 200) + _region("t", "修渠引水", 100, "heading")
    decoded = _read(PAGE.format(order=order, regions=regions))
    assert decoded.text.split() == ["修渠引水", "第一段在前。", "第二段在后。", "没有次序的最后。"]
    assert [decoded.text[t.start : t.end] for t in decoded.titles] == ["修渠引水"] and len(decoded.items) == 1


def test_tesseract_parts_characters_by_spaces_that_mean_nothing() -> None:
    words = "".join(
        f"<span class='ocrx_word' title='bbox {50 + 21 * n} 100 {70 + 21 * n} 120; x_wconf {c}'>{w}</span> "
        for n, (w, c) in enumerate(zip("全镇修渠12公里", (90, 92, 94, 96, 80, 80, 90, 90), strict=False))
    )
    line = f"<p class='ocr_par'><span class='ocr_line' title='bbox 50 100 240 120'>{words}</span></p>"
    page = f"<html><body><div class='ocr_page' title='bbox 0 0 900 1200'>{line}</div></body></html>"
    decoded = _read(page)
    assert decoded.text.strip() == "全镇修渠12公里"
    assert decoded.quality == pytest.approx(0.89, abs=0.001)


_STYLED = {
    "alto": ALTO.format(doctype="", blocks=_line(40, 'CONTENT="全镇今年新修水渠"', 'CONTENT="完成投资"')),
    "page": '<?xml version="1.0" encoding="UTF-8"?>'
    + PAGE.format(order="", regions=_region("a", "全镇今年新修水渠完成投资", 40)),
    "hocr": "<html><head><meta charset='UTF-8'></head><body><div class='ocr_page' title='bbox 0 0 900 1200'>"
    "<span class='ocr_line' title='bbox 50 100 240 120'>全镇今年新修水渠完成投资</span></div></body></html>",
}


@pytest.mark.parametrize("kind", _STYLED)
@pytest.mark.parametrize(("declared", "codec"), [("UTF-8", "gb18030"), ("GB2312", "utf-8"), ("x-none", "gb18030")])
def test_what_a_file_declares_is_not_believed(kind: str, declared: str, codec: str) -> None:
    data = _STYLED[kind].replace("UTF-8", declared).encode(codec)
    decoded, _ = read_format(data, "page.xml", "page.xml", Settings())
    assert "".join(decoded.text.split()) == "全镇今年新修水渠完成投资"
    assert decoded.encoding == codec


@pytest.mark.parametrize("kind", _STYLED)
def test_a_bad_byte_is_named_or_replaced(kind: str) -> None:
    data = _STYLED[kind].encode().replace("渠".encode(), b"\xff")
    with pytest.raises(UndecodableError, match=rf"page\.xml: byte 0xff at offset {data.index(0xFF)} is not UTF-8"):
        read_format(data, "page.xml", "page.xml", Settings())
    decoded, _ = read_format(data, "page.xml", "page.xml", Settings(errors="replace"))
    assert "".join(decoded.text.split()) == "全镇今年新修水\ufffd完成投资"
    assert decoded.quality == pytest.approx(11 / 12, abs=1e-4)
