"""Reading order, headlines and articles of printed pages."""

from __future__ import annotations

from extractor.read.decoded import Decoded
from extractor.read.layout import to_decoded
from extractor.read.layout_sheet import Edges, Sheet
from read.layout_sample import put, put_column
from support import assert_linear

A = ["\u3000\u3000县里今冬组织民工八千", "人上工地，清淤渠道一百", "二十公里，整修塘坝三十"]
B = ["七座。工程月底完成，可", "灌溉农田四万亩，群众都", "说这是一件好事。"]
C = ["\u3000\u3000镇上新办夜校六所，招", "收学员四百余名，请来农", "技员讲果树管理。"]
D = ["\u3000\u3000供销社下乡收购山货，", "设点二十三处，付出货款", "一百六十万元。"]


def _sheet() -> Sheet:
    return Sheet(1, 500, 700)


def _items(decoded: Decoded) -> list[str]:
    return ["".join(decoded.text[item.start : item.end].split()) for item in decoded.items]


def _joined(*parts: list[str] | str) -> str:
    return "".join("".join(part) for part in parts).replace("\u3000", "")


def _titles(decoded: Decoded) -> list[str]:
    return [decoded.text[title.start : title.end] for title in decoded.titles]


def test_a_headline_across_two_columns_heads_both_in_order() -> None:
    sheet = _sheet()
    put(sheet, "修渠引水灌良田", 80, 100, 20)
    put_column(sheet, B, 190, 140)
    put_column(sheet, A, 50, 140)
    decoded = to_decoded([sheet], "pdf")
    assert _items(decoded) == [_joined("修渠引水灌良田", A, B)]
    assert _titles(decoded) == ["修渠引水灌良田"]
    assert "\u3000\u3000县里今冬" in decoded.text and "\n人上工地" in decoded.text


def test_a_column_belongs_to_the_headline_over_it_down_to_the_next_one() -> None:
    sheet = _sheet()
    put(sheet, "修渠引水灌良田", 110, 100, 20)
    put_column(sheet, A, 50, 140)
    put_column(sheet, B, 190, 140)
    put(sheet, "夜校办到村里", 60, 200, 15)
    put_column(sheet, C, 50, 230)
    put(sheet, "山货有了销路", 200, 200, 15)
    put_column(sheet, D, 190, 230)
    decoded = to_decoded([sheet], "pdf")
    heads = ("修渠引水灌良田", "夜校办到村里", "山货有了销路")
    assert _items(decoded) == [_joined(heads[0], A, B), _joined(heads[1], C), _joined(heads[2], D)]


def test_text_level_with_a_headline_goes_on_to_its_right() -> None:
    sheet = _sheet()
    put(sheet, "修渠引水", 50, 100, 24)
    low = put_column(sheet, A, 50, 140)
    put_column(sheet, B, 190, 100)
    sheet.rules.append(Edges(50, low + 10, 330, low + 11))
    assert _items(to_decoded([sheet], "pdf")) == [_joined("修渠引水", A, B)]


def test_a_frame_is_an_article_of_its_own_and_parts_nothing() -> None:
    sheet = _sheet()
    put(sheet, "修渠引水灌良田", 110, 100, 20)
    put_column(sheet, A, 50, 140)
    put_column(sheet, B, 190, 140)
    put(sheet, "夜校办到村里", 350, 110, 14)
    put_column(sheet, C, 345, 140)
    sheet.frames.append(Edges(335, 95, 470, 200))
    items = _items(to_decoded([sheet], "pdf"))
    assert sorted(items) == sorted([_joined("修渠引水灌良田", A, B), _joined("夜校办到村里", C)])


def test_a_headline_that_runs_down_heads_the_columns_beside_it() -> None:
    sheet = _sheet()
    put(sheet, "修渠引水", 50, 100, 20, vertical=True)
    put_column(sheet, A, 90, 102)
    put_column(sheet, B, 230, 102)
    decoded = to_decoded([sheet], "pdf")
    assert _items(decoded) == [_joined("修渠引水", A, B)]
    assert _titles(decoded) == ["修渠引水"]


def test_a_page_whose_lines_run_down_is_read_from_the_right() -> None:
    sheet = Sheet(1, 300, 400)
    put(sheet, "修渠引水", 260, 40, 20, vertical=True)
    for number, line in enumerate([*A, *B]):
        bare = line.lstrip("\u3000")
        put(sheet, bare, 230 - 16 * number, 40 + 10 * (len(line) - len(bare)), vertical=True)
    assert _items(to_decoded([sheet], "image")) == [_joined("修渠引水", A, B)]


def test_a_caption_under_a_picture_is_no_part_of_the_column() -> None:
    sheet = _sheet()
    put(sheet, "修渠引水灌良田", 60, 100, 20)
    low = put_column(sheet, [*A, *B], 50, 140)
    sheet.pictures.append(Edges(50, low + 10, 160, low + 80))
    put(sheet, "图为民工在清淤。", 50, low + 85, 9)
    assert _items(to_decoded([sheet], "pdf"))[1] == "图为民工在清淤。"


def test_a_sub_heading_in_a_column_opens_no_article() -> None:
    sheet = _sheet()
    put(sheet, "修渠引水灌良田", 60, 100, 20)
    low = put_column(sheet, [*A, *B], 50, 140)
    put(sheet, "群众齐上阵", 80, low + 8, 12)
    put_column(sheet, C, 50, low + 30)
    decoded = to_decoded([sheet], "pdf")
    assert _titles(decoded) == ["修渠引水灌良田"] and len(decoded.items) == 1


def test_an_article_goes_on_overleaf_and_running_heads_are_hidden() -> None:
    first, second = _sheet(), Sheet(2, 500, 700)
    for sheet in (first, second):
        put(sheet, "柳河农业简报", 50, 20, 8)
        put(sheet, f"第{sheet.number}页", 440, 20, 8)
    put(first, "修渠引水灌良田", 60, 100, 20)
    put_column(first, A, 50, 140)
    put_column(second, B, 50, 60)
    decoded = to_decoded([first, second], "pdf")
    (item,) = decoded.items
    hidden = decoded.text[decoded.hidden[0].start : decoded.hidden[0].end]
    assert "\f" in decoded.text[item.start : item.end] and "柳河农业简报" in hidden
    assert decoded.text[decoded.pages[1] :].startswith("柳河农业简报")
    assert {box.page for box in decoded.boxes} == {1, 2}


def test_without_headlines_the_text_stages_find_the_articles() -> None:
    sheet = _sheet()
    put_column(sheet, [*A, *B, *C], 50, 100)
    decoded = to_decoded([sheet], "pdf")
    assert not decoded.items and not decoded.titles and len(decoded.boxes) == 9


def test_cells_of_a_ruled_table_stand_row_by_row() -> None:
    sheet = _sheet()
    put(sheet, "作物产量", 60, 60, 20)
    put_column(sheet, A, 50, 100)
    for row, words in enumerate((("作物", "面积"), ("早稻", "九百"), ("晚稻", "八百"))):
        for column, word in enumerate(words):
            put(sheet, word, 60 + 60 * column, 165 + 20 * row)
    sheet.rules += [Edges(50, 160 + 20 * k, 170, 160 + 20 * k) for k in range(4)]
    sheet.rules += [Edges(x, 160, x, 220) for x in (50, 110, 170)]
    rows = [line.split() for line in to_decoded([sheet], "pdf").text.splitlines() if "稻" in line]
    assert rows == [["早稻", "九百"], ["晚稻", "八百"]]


def test_time_grows_with_the_number_of_lines() -> None:
    def run(size: int) -> object:
        sheet = Sheet(1, 3000, 100_000)
        for number in range(size):
            put(sheet, "村里新修水渠三公里", 50 + 120 * (number % 8), 20 + 16 * (number // 8))
        return to_decoded([sheet], "pdf")

    assert_linear(run, 60)
