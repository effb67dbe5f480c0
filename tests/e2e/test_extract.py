"""`govfacts extract` as installed: outputs, failing inputs, exit statuses."""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from schemas import AnyRecord
from support import PAGES, ROOT, Plain, drop_offsets, find_broken_spans, parse_lines, run_govfacts

PAGE = "　　本报讯（记者　李木）今年以来，全县新建农家书屋12个，培训管理员30余名。\n"


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.txt"
    path.write_text(PAGE, "utf-8")
    return path


def of(records: list[Plain], name: str) -> list[Plain]:
    return [record for record in records if record["record"] == name]


def test_many_files(page_records: list[Plain]) -> None:
    assert len(PAGES) >= 5
    docs = [str(path) for path in PAGES]
    assert [record["doc"] for record in of(page_records, "source")] == docs
    with_facts = {record["doc"] for record in of(page_records, "fact")}
    assert with_facts <= set(docs)
    assert len(with_facts) >= 0.8 * len(docs)


def test_the_run_comes_first_and_once(page_records: list[Plain]) -> None:
    assert page_records[0]["record"] == "run"
    assert len(of(page_records, "run")) == 1


def test_every_line_is_a_record_of_the_schemas(page_records: list[Plain]) -> None:
    adapter: TypeAdapter[object] = TypeAdapter(AnyRecord)
    for record in page_records:
        adapter.validate_python(record)
    assert Counter(record["record"] for record in page_records).keys() == {
        *("run", "source", "article", "fact", "place", "program", "period")
    }


def test_every_span_says_what_stands_in_the_source(page_records: list[Plain]) -> None:
    sources = {str(path): path.read_bytes().decode("utf-8-sig") for path in PAGES}
    broken = [
        f"{record['doc']}: {line}"
        for record in page_records
        if record["record"] not in ("run", "source")
        for line in find_broken_spans(sources[record["doc"]], record)
    ]
    assert not broken, "\n".join(broken[:20])


def test_ids_are_unique_and_resolve(page_records: list[Plain]) -> None:
    facts = of(page_records, "fact")
    articles = {record["article_id"] for record in of(page_records, "article")}
    assert len({record["fact_id"] for record in facts}) == len(facts)
    for name in ("fact", "place", "program", "period"):
        assert {record["article_id"] for record in of(page_records, name)} <= articles
    assert {record["part_of"] for record in facts if record["part_of"]} <= {record["fact_id"] for record in facts}


def test_the_same_again_but_for_the_run(page_records: list[Plain]) -> None:
    again = parse_lines(run_govfacts("extract", *PAGES).stdout)
    assert again[1:] == page_records[1:]
    assert again[0].keys() == page_records[0].keys()


def test_a_file_alone_gives_what_it_gives_among_others(page_records: list[Plain]) -> None:
    by_doc: dict[str, list[Plain]] = defaultdict(list)
    for record in page_records[1:]:
        by_doc[record["doc"]].append(record)
    last = str(PAGES[-1])
    assert parse_lines(run_govfacts("extract", last).stdout)[1:] == by_doc[last]


def test_stdin(page: Path) -> None:
    done = run_govfacts("extract", "-", stdin=page.read_bytes())
    assert done.returncode == 0
    records = parse_lines(done.stdout)
    assert {record["doc"] for record in records[1:]} == {"-"}
    assert [record["quantity"]["text"] for record in of(records, "fact")] == ["12个", "30余名"]


def test_nothing_but_records_on_stdout_and_nothing_on_stderr(page: Path) -> None:
    done = run_govfacts("extract", page)
    assert all(line.startswith(b"{") and line.endswith(b"}") for line in done.stdout.splitlines())
    assert done.stderr == b""


def test_the_date_option_sets_the_period(page: Path) -> None:
    records = parse_lines(run_govfacts("extract", "--date", "2024-07-15", page).stdout)
    periods = {(fact["period"]["start_date"], fact["period"]["end_date"]) for fact in of(records, "fact")}
    assert periods == {("2024-01-01", "2024-07-15")}
    assert of(records, "article")[0]["published"] == "2024-07-15"
    year = parse_lines(run_govfacts("extract", "--date", "1958", page).stdout)
    assert of(year, "fact")[0]["period"]["start_date"] == "1958-01-01"


def test_the_date_of_a_file_name(tmp_path: Path) -> None:
    path = tmp_path / "20240715.txt"
    path.write_text(PAGE, "utf-8")
    records = parse_lines(run_govfacts("extract", path).stdout)
    assert of(records, "source")[0]["published"] == "2024-07-15"
    assert of(records, "source")[0]["published_basis"] == "file_name"


def test_failing_inputs_are_named_and_the_others_are_done(page: Path, tmp_path: Path) -> None:
    binary, empty, missing = tmp_path / "photo.txt", tmp_path / "empty.txt", tmp_path / "missing.txt"
    binary.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 20)
    empty.write_bytes(b"")
    done = run_govfacts("extract", binary, empty, missing, page)
    assert done.returncode == 1
    records = parse_lines(done.stdout)
    assert len(of(records, "fact")) == 2
    assert {record["doc"] for record in records[1:]} == {str(page)}
    lines = done.stderr.decode().splitlines()
    assert len(lines) == 3
    for line, path in zip(lines, (binary, empty, missing), strict=True):
        assert str(path) in line
        assert len(line) > len(str(path)) + 10
    assert "Traceback" not in done.stderr.decode()


@pytest.mark.parametrize(
    "args",
    [["extract"], ["extract", "--no-such-option", "x"], ["no-such-command"], ["extract", "--date", "2024-13-01", "x"]],
)
def test_usage_is_status_2(args: list[str]) -> None:
    done = run_govfacts(*args)
    assert done.returncode == 2
    assert done.stdout == b""
    assert done.stderr and b"Traceback" not in done.stderr


def test_help_and_version() -> None:
    done = run_govfacts("--help")
    assert done.returncode == 0
    assert b"extract" in done.stdout
    assert run_govfacts("extract", "--help").returncode == 0
    version = run_govfacts("--version")
    assert version.returncode == 0
    assert version.stdout.split()[-1].count(b".") == 2


@pytest.mark.parametrize("path", PAGES[:3], ids=lambda path: path.name)
@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-8-sig"])
def test_a_twin_in_another_encoding_gives_the_same_records(path: Path, encoding: str, tmp_path: Path) -> None:
    twin = tmp_path / path.name
    twin.write_bytes(path.read_bytes().decode("utf-8-sig").encode(encoding))
    want = parse_lines(run_govfacts("extract", path).stdout)
    got = parse_lines(run_govfacts("extract", twin).stdout)
    assert of(got, "fact")
    for name in ("article", "fact", "place", "program", "period"):
        assert drop_offsets(of(got, name)) == drop_offsets(of(want, name))
    source = path.read_bytes().decode("utf-8-sig")
    assert not [line for record in got[2:] for line in find_broken_spans(source, record)]


def test_windows_line_ends_give_the_same_facts(tmp_path: Path) -> None:
    path = PAGES[0]
    twin = tmp_path / path.name
    source = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n").replace("\n", "\r\n")
    twin.write_bytes(source.encode())
    want = parse_lines(run_govfacts("extract", path).stdout)
    got = parse_lines(run_govfacts("extract", twin).stdout)
    assert drop_offsets(of(got, "fact")) == drop_offsets(of(want, "fact"))
    assert not [line for record in got[2:] for line in find_broken_spans(source, record)]


def test_a_closed_pipe_is_no_traceback() -> None:
    import subprocess
    import sys

    command = Path(sys.executable).with_name("govfacts")
    with subprocess.Popen(
        [command, "extract", *PAGES], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT
    ) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert b"Traceback" not in process.stderr.read()
