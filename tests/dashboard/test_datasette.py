"""`datasette facts.db -m docs/datasette.json` serves facets, descriptions and questions."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from dashboard.guide import read_guide
from postgres_server import find_free_port
from support import ROOT

pytest.importorskip("datasette")
GUIDE = (ROOT / "docs" / "dashboards.md").read_text("utf-8")
ADDRESSES = re.findall(r"<http://127\.0\.0\.1:8001(/[^>]+)>", GUIDE)
BUILDER = ROOT / "scripts" / "build_datasette_metadata"
Get = Callable[[str], bytes]


@pytest.fixture(scope="module")
def get(folder: Path) -> Iterator[Get]:
    """Asks a real server, started as the guide says, on a free port of the loopback."""
    (command,) = [block.code for block in read_guide("dashboards.md") if block.language == "console"]
    program, *words = command.removeprefix("$ ").split()
    assert program == "datasette"
    port = find_free_port()
    process = subprocess.Popen(
        [str(Path(sys.executable).with_name(program)), *words, "--port", str(port)],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def ask(path: str) -> bytes:
        quoted = urllib.parse.quote(path, safe="/?&=%_")
        with opener.open(f"http://127.0.0.1:{port}{quoted}", timeout=60) as answer:
            return bytes(answer.read())

    try:
        for _ in range(300):
            try:
                ask("/-/versions.json")
                break
            except urllib.error.URLError:
                assert process.poll() is None, "datasette ended"
                time.sleep(0.2)
        yield ask
    finally:
        process.terminate()
        process.wait(30)


def read(get: Get, path: str) -> Any:
    return json.loads(get(path))


def test_facets(get: Get) -> None:
    page = read(get, "/facts/v_facts.json?_size=5&_facet_size=max")
    facets = {
        name: {row["value"]: row["count"] for row in facet["results"]} for name, facet in page["facet_results"].items()
    }
    assert set(facets) == {"kind", "year", "province", "indicator_id", "newspaper", "program_type"}
    assert facets["newspaper"] == {"滨河日报": 10, "山前日报": 10}
    assert facets["kind"]["money"] == 9 and sum(facets["kind"].values()) == page["filtered_table_rows_count"] == 22
    assert facets["province"]["安徽省"] == 18
    assert page["rows"][0][page["columns"].index("day")] == "2021-12-31"  # the latest first


def test_a_facet_narrows(get: Get) -> None:
    page = read(get, "/facts/v_facts.json?kind=money&counted=1&_sort_desc=yuan&_shape=array")
    assert [row["yuan"] for row in page] == sorted((row["yuan"] for row in page), reverse=True)
    assert page[0]["quantity_text"] == "1.2亿元"


def test_questions(get: Get) -> None:
    rows = read(get, "/facts/money_by_county_and_year.json?_shape=array")
    assert {"province": "江西省", "county": "兴国县", "year": 2021, "facts": 1, "yuan": 120_000_000.0} in rows
    told = read(get, "/facts/program.json?program=清流&_shape=array")
    assert len(told) == 13 and {row["newspaper"] for row in told} == {"滨河日报", "山前日报"}
    assert read(get, "/facts/sentences.json?text=护林员&_shape=array")[0]["quantity_text"] in (
        "150名",
        "27公里",
        "1860万元",
    )
    assert get("/facts/money_by_county_and_year.csv").startswith(b"province,county,year,facts,yuan\r\n")


@pytest.mark.parametrize("path", ADDRESSES)
def test_addresses_of_the_guide(get: Get, path: str) -> None:
    page = get(path).decode("utf-8")
    assert "<table" in page


def test_descriptions_and_hidden_tables(get: Get) -> None:
    page = get("/facts/v_facts").decode("utf-8")
    assert "the number with its qualifiers and unit" in page
    tables = {table["name"]: table["hidden"] for table in read(get, "/facts.json")["tables"]}
    assert tables["fact"] and tables["sentence_search"]


def test_there_are_addresses() -> None:
    assert len(ADDRESSES) >= 5


def test_the_metadata_are_current() -> None:
    done = subprocess.run([sys.executable, str(BUILDER), "--check"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_check_finds_a_change(tmp_path: Path) -> None:
    (tmp_path / "scripts").mkdir()
    (tmp_path / "docs").mkdir()
    (tmp_path / "extractor").symlink_to(ROOT / "extractor")
    (tmp_path / "schemas").symlink_to(ROOT / "schemas")
    builder = tmp_path / "scripts" / BUILDER.name
    builder.write_text(BUILDER.read_text("utf-8"), "utf-8")
    command = [sys.executable, str(builder)]
    done = subprocess.run([*command, "--check"], capture_output=True, text=True, check=False)
    assert done.returncode == 1 and "is not current" in done.stderr
    subprocess.run(command, check=True)
    assert subprocess.run([*command, "--check"], check=False).returncode == 0
