"""The sample pages and their gold: complete, current, grounded, and of every decade and layout that we promise."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest

from extractor.read import read_source
from extractor.settings import Settings
from support import PAGES, ROOT, SHARED, SPACE, SPACE_OR_MARK, Plain

GOLD = ROOT / "corpora" / "gold"
BUILDER = ROOT / "scripts" / "build_gold"
DOCS: list[Plain] = [
    json.loads(line) for line in (GOLD / "pages.gold.jsonl").read_text("utf-8").split("\n") if line.strip()
]
FACTS = [fact for doc in DOCS for fact in doc["facts"] if not fact.get("optional")]
UNIT_OF_KIND = {
    "money": re.compile(r"[A-Z]{3}(_1948)?"),
    "ratio": re.compile(r"%|pp|times|[‰‱]"),
    "rank": re.compile("第"),
    "measure": re.compile(r"[\u4e00-\u9fff]{1,4}"),
    "count": re.compile(r"[\u4e00-\u9fff]{0,3}"),
}
LAYOUTS = {
    "a column break inside a sentence": r"[\u4e00-\u9fff，、]\n\n[\u4e00-\u9fff0-9]",
    "padded figures": r"[\u4e00-\u9fff] \d+ [\u4e00-\u9fff]",
    "full-width digits": r"[０-９]．[０-９]",
    "an archive's header block": r"(?m)^【 日  期 】\d{8}$",
    "a date in Chinese numerals": r"(?m)^一九五\S年\S+月\S+日",
    "a dateline in brackets": r"【本报讯】",
    "a dateline with reporters": r"本报[\u4e00-\u9fff]*讯（[\u4e00-\u9fff\s]*(?:通讯员|记者)",
    "a credit under a caption": r"[\u4e00-\u9fff][ \u3000][\u4e00-\u9fff] ?摄",
    "a line wrap inside a number": r"\d\n\d",
    "an editor's line": r"责任编辑|责编",
    "a document number": r"〔[0-9０-９]{4}〕[0-9０-９]+号",
    "a telephone number": r"(?:电话|热线)：[（(]?[0-9０-９]",
    "a list mark": r"一是[^。]*二是",
    "a subtitle with a dash": r"(?m)^——",
}


def read_page(name: str) -> str:
    return (ROOT / "corpora" / "pages" / name).read_bytes().decode("utf-8-sig")


def is_grounded(source: str, mention: Plain, blank: re.Pattern[str] = SPACE) -> bool:
    surface = source[mention["start_char"] : mention["end_char"]]
    return surface == surface.strip() and blank.sub("", surface) == blank.sub("", mention["text"]) != ""


def test_every_page_has_gold_and_every_gold_a_page() -> None:
    assert [doc["text_file"] for doc in DOCS] == [page.name for page in PAGES]
    assert len(DOCS) >= 13


def test_gold_compiles_without_drift() -> None:
    done = subprocess.run([sys.executable, BUILDER, "--check"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_check_sees_drift_and_writing_mends_it(tmp_path: Path) -> None:
    annotation = GOLD / "zhaodong-dairy.ann"
    (tmp_path / annotation.name).write_bytes(annotation.read_bytes())
    (tmp_path / "pages.gold.jsonl").write_text("{}\n", "utf-8")
    build = [sys.executable, str(BUILDER), "--gold", str(tmp_path)]
    assert subprocess.run([*build, "--check"], capture_output=True, check=False).returncode == 1
    assert subprocess.run(build, capture_output=True, check=False).returncode == 0
    assert subprocess.run([*build, "--check"], capture_output=True, check=False).returncode == 0


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("place | 没有的县 | 000000", "does not stand"),
        ("place | 肇东县", "fields"),
        ("fact | 9860头 | number 9860 头 | exact | 奶牛 | - | - | - | -", "KIND VALUE UNIT"),
        ("fact | 1.13万吨 | measure 11300 吨 | exact | 鲜奶 | - | - | - | -", "KIND VALUE UNIT"),
        ("fact | 9860头 | count - 头 | exact | 奶牛 | - | - | - | -", "MIN and MAX"),
        ("thing | 肇东县", "thing"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, line: str, reason: str) -> None:
    (tmp_path / "wrong.ann").write_text(f"doc | zhaodong-dairy.txt | 1985-07-16\n{line}\n", "utf-8")
    done = subprocess.run(
        [sys.executable, BUILDER, "--gold", tmp_path], capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 1
    assert "wrong.ann:2:" in done.stderr and reason in done.stderr


def test_the_shared_builder_says_the_same(tmp_path: Path) -> None:
    shared = SHARED / "eval" / "build_gold.py"
    if not shared.is_file():
        pytest.skip("no shared material beside this checkout")
    out = tmp_path / "gold.jsonl"
    command = [sys.executable, shared, "--texts", PAGES[0].parent, "--out", out, *sorted(GOLD.glob("*.ann"))]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0
    assert out.read_bytes() == (GOLD / "pages.gold.jsonl").read_bytes()


@pytest.mark.parametrize("doc", DOCS, ids=lambda doc: doc["doc_id"])
def test_gold_is_grounded(doc: Plain) -> None:
    source = read_page(doc["text_file"])
    wrong = [mention for mention in [*doc["facts"], *doc["places"]] if not is_grounded(source, mention)]
    wrong += [program for program in doc.get("programs", []) if not is_grounded(source, program, SPACE_OR_MARK)]
    assert not wrong


@pytest.mark.parametrize("doc", DOCS, ids=lambda doc: doc["doc_id"])
def test_facts_lie_apart_and_in_articles(doc: Plain) -> None:
    ends = 0
    spans = [span for article in doc["articles"] for span in article["spans"]]
    for fact in doc["facts"]:
        assert fact["start_char"] >= ends, fact["text"]
        ends = fact["end_char"]
        assert any(start <= fact["start_char"] and ends <= end for start, end in spans), fact["text"]


@pytest.mark.parametrize("doc", DOCS, ids=lambda doc: doc["doc_id"])
def test_articles_lie_apart_and_hold_their_headlines(doc: Plain) -> None:
    source = read_page(doc["text_file"])
    spans = sorted(span for article in doc["articles"] for span in article["spans"])
    assert all(left[1] <= right[0] for left, right in pairwise(spans))
    for article in doc["articles"]:
        text = SPACE.sub("", "".join(source[start:end] for start, end in article["spans"]))
        for part in ("kicker", "dateline"):
            assert article[part] is None or article[part] in text
        title = SPACE.sub("", article["title"] or "")
        assert title in text or article["title"] == "简讯"
        assert article["kind"] in {"news", "caption", "notice"}


def test_forms_that_gold_accepts_stand_on_the_page() -> None:
    missing = []
    for doc in DOCS:
        text = SPACE_OR_MARK.sub("", read_page(doc["text_file"]))
        for fact in doc["facts"]:
            for key in ("indicator_any", "period_any", "action_any", "program_any"):
                forms = [SPACE_OR_MARK.sub("", form) for form in fact.get(key, [])]
                missing += [(doc["doc_id"], fact["text"], key, form) for form in forms if form not in text]
    assert not missing


def test_values_units_and_bounds_agree() -> None:
    for fact in FACTS:
        assert UNIT_OF_KIND[fact["kind"]].fullmatch(fact["unit"]), fact
        low, high = (Decimal(fact[key]) if fact[key] else None for key in ("min_value", "max_value"))
        if fact["value"] is None:
            assert low is not None and high is not None and low < high, fact
        else:
            assert (low is None or low <= Decimal(fact["value"])) and (high is None or Decimal(fact["value"]) <= high)


def test_old_yuan_ends_in_march_1955() -> None:
    for doc in DOCS:
        old = date.fromisoformat(doc["date"]) < date(1955, 3, 1)
        units = {fact["unit"] for fact in doc["facts"] if fact["kind"] == "money"}
        assert units <= ({"CNY_1948"} if old else {"CNY"}), doc["doc_id"]
    assert any(fact["unit"] == "CNY_1948" for fact in FACTS)


def test_codes_are_of_the_gazetteer() -> None:
    known = set()
    for name in ("divisions", "townships"):
        rows = (ROOT / "corpora" / "gazetteer" / f"{name}.tsv").read_text("utf-8").split("\n")
        known |= {row.split("\t", 1)[0] for row in rows}
    used = {place["adcode"] for doc in DOCS for place in doc["places"]}
    used |= {fact.get("place_adcode") for doc in DOCS for fact in doc["facts"]}
    used |= {article["place_adcode"] for doc in DOCS for article in doc["articles"]}
    assert used - {None} <= known


def test_every_decade_and_province() -> None:
    decades = {doc["date"][:3] for doc in DOCS}
    assert decades == {"195", "196", "197", "198", "199", "200", "201", "202"}
    assert len({doc["articles"][0]["place_adcode"][:2] for doc in DOCS}) == len(DOCS)


@pytest.mark.parametrize("doc", DOCS, ids=lambda doc: doc["doc_id"])
def test_the_date_is_found(doc: Plain) -> None:
    source = read_source(str(ROOT / "corpora" / "pages" / doc["text_file"]), Settings())
    assert source.published is not None
    assert source.published.iso() == doc["date"]


def test_some_dates_stand_only_on_the_page() -> None:
    assert sum(not re.search(r"\d{4}", doc["text_file"]) for doc in DOCS) >= 4


@pytest.mark.parametrize("layout", LAYOUTS)
def test_layouts_are_covered(layout: str) -> None:
    assert any(re.search(LAYOUTS[layout], read_page(page.name)) for page in PAGES)


def test_headlines_before_and_behind_the_body() -> None:
    sides = Counter[bool]()
    for doc in DOCS:
        source = read_page(doc["text_file"])
        for article in doc["articles"]:
            if article["title"]:
                head = SPACE.sub("", source[slice(*article["spans"][0])])
                sides[SPACE.sub("", article["title"]) in head] += 1
    assert sides[True] >= 10 and sides[False] >= 6


def test_line_ends_and_bom() -> None:
    raw = [page.read_bytes() for page in PAGES]
    assert sum(b"\r\n" in page for page in raw) == 1
    assert sum(page.startswith(b"\xef\xbb\xbf") for page in raw) == 1


def test_kinds_modifiers_and_captions_are_covered() -> None:
    assert {fact["kind"] for fact in FACTS} == set(UNIT_OF_KIND)
    modifiers = {"exact", "more_than", "equal_or_more", "less_than", "equal_or_less", "approx", "range"}
    assert {fact["modifier"] for fact in FACTS} == modifiers
    assert {article["kind"] for doc in DOCS for article in doc["articles"]} == {"news", "caption", "notice"}
    types = {program["type"] for doc in DOCS for program in doc.get("programs", [])}
    assert {"document", "project", "campaign", "mechanism", "brand"} <= types


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_length_and_wrapping(page: Path) -> None:
    text = read_page(page.name)
    assert 400 <= len(SPACE.sub("", text)) <= 1200
    assert 1 <= len(next(doc for doc in DOCS if doc["text_file"] == page.name)["articles"]) <= 5


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_gb18030_twin_reads_as_the_same_text(page: Path, tmp_path: Path) -> None:
    twin = tmp_path / page.name
    twin.write_bytes(read_page(page.name).encode("gb18030"))
    source = read_source(str(twin), Settings())
    assert (source.text, source.encoding) == (read_page(page.name), "gb18030")
