"""Commands on a small flow by hand: what they print and how they leave."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import types
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from extractor.cli.main import COMMANDS, main
from extractor.errors import LexiconError
from extractor.model import Exclusion, Phrase, Reading, Source
from extractor.settings import Settings
from extractor.text import BodySpan
from extractor.version import gazetteer_digest
from record.fake_reading import BODY, TITLE, reading, wrap
from support import ROOT

PAGE = wrap(11)


def fake_articles(source: Source, settings: Settings) -> list[Reading]:
    """The flow: one page that it knows, faults that texts ask for."""
    if "fault" in source.text:
        raise ValueError("a fault\nof ours")
    if "table" in source.text:
        raise LexiconError("unit.tsv:3: wrong")
    return [reading(source.text)] if TITLE in source.text else []


@pytest.fixture(autouse=True)
def pipeline(monkeypatch: pytest.MonkeyPatch) -> None:
    module = types.ModuleType("extractor.pipeline")
    module.read_articles = fake_articles  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "extractor.pipeline", module)


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.txt"
    path.write_text(PAGE, "utf-8")
    return path


def read(captured: pytest.CaptureFixture[str]) -> tuple[list[dict[str, Any]], list[str]]:
    out, err = captured.readouterr()
    return [json.loads(line) for line in out.split("\n") if line], err.splitlines()


def test_records_in_order(page: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", "--source", "海滨日报", "--date", "1958", str(page)]) == 0
    records, errors = read(capfd)
    assert errors == []
    assert [record["record"] for record in records] == [
        *("run", "source", "article", "fact", "fact", "place", "program", "period")
    ]
    assert {record["doc"] for record in records[1:]} == {str(page)}
    assert records[0]["settings"]["newspaper"] == "海滨日报"
    assert records[0]["settings"]["date"] == "1958"
    assert (records[1]["published"], records[1]["published_basis"]) == ("1958", "option")
    assert list(records[3])[:2] == ["doc", "record"]


def test_the_same_file_twice_and_stdin(
    page: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(PAGE.encode("gb18030"))))
    assert main(["extract", str(page), "-", str(page)]) == 0
    records, _ = read(capfd)
    assert [record["doc"] for record in records if record["record"] == "source"] == [str(page), "-", str(page)]
    ids = [record["article_id"] for record in records if record["record"] == "article"]
    assert len(ids) == 3
    assert len(set(ids)) == 1


def test_failures_are_one_line_each(page: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    bad = {"empty": b"", "fault": b"fault", "table": b"table", "damaged": "全乡修渠".encode() + b"\xff"}
    for name, data in bad.items():
        (tmp_path / name).write_bytes(data)
    names = [str(tmp_path / name) for name in (*bad, "missing")]
    assert main(["extract", *names, str(page)]) == 1
    records, errors = read(capfd)
    assert {record["doc"] for record in records[1:]} == {str(page)}
    assert len(errors) == 5
    for line, name, reason in zip(
        errors,
        names,
        ("empty", "ValueError: a fault of ours", "unit.tsv:3: wrong", "offset 12", "no such file"),
        strict=True,
    ):
        assert line.startswith(f"govfacts: {name}: ")
        assert reason in line


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["extract"],
        ["no-such"],
        ["extract", "--no-such", "a"],
        ["extract", "--date", "2023-02-30", "a"],
        ["extract", "--lexicon", "no/such/folder", "a"],
        ["evaluate", "gold.jsonl"],
        ["explain", "--date", "x", "渠成。"],
    ],
)
def test_usage(words: list[str], capfd: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 2
    out, err = capfd.readouterr()
    assert out == ""
    assert err


@pytest.mark.parametrize(
    ("fault", "status", "message"),
    [
        (BrokenPipeError(), 1, ""),
        (KeyboardInterrupt(), 130, ""),
        (LexiconError("unit.tsv:3: wrong"), 1, "govfacts: unit.tsv:3: wrong\n"),
    ],
)
def test_how_a_command_leaves(fault: BaseException, status: int, message: str, page: Path) -> None:
    """In a process of its own: a closed pipe takes standard output away."""
    code = (
        "import sys, builtins; from extractor.cli import extract, main\n"
        "from extractor.errors import LexiconError\n"
        f"def run(arguments): raise {fault!r}\n"
        f"extract.run = run; sys.exit(main.main(['extract', {str(page)!r}]))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=False)
    assert (done.returncode, done.stderr) == (status, message)


def test_progress_where_somebody_watches(
    page: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert main(["extract", str(page), "no/such", str(page)]) == 1
    err = capfd.readouterr().err
    assert "\r1" in err
    assert "\r\033[Kgovfacts: no/such: no such file\n" in err
    assert err.endswith("\r3\r\033[K")


@pytest.mark.parametrize("name", COMMANDS)
def test_help_of_each_command(name: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert main([name, "--help"]) == 0
    assert f"govfacts {name}" in capfd.readouterr().out


def test_help_names_commands_and_examples(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    out = capfd.readouterr().out
    assert all(name in out for name in COMMANDS)
    assert "examples:" in out


def test_version_has_digests(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    words = capfd.readouterr().out.split()
    assert words[0::2] == ["lexicon", "gazetteer", "govfacts"]
    assert [len(word) for word in words[1:4:2]] == [64, len(gazetteer_digest())]


def test_explain(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", PAGE]) == 0
    out = capfd.readouterr().out
    for part in (
        BODY,
        "3.50公里  measure length 3.50 exact 公里  <number>",
        "渠",
        "<verb_object>",
        "甲省 / 青石乡",
        "<head>",
    ):
        assert part in out
    assert "1958-01-01..1958-12-31" in out
    assert "\033" not in out


def test_explain_tells_what_is_no_quantity_and_what_a_fact_rests_on(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    once = reading(PAGE)
    span = BodySpan(*once.periods[0].span)
    base = Phrase(span, "今年")
    fuller = replace(
        once,
        place=None,
        facts=(replace(once.facts[0], base=base, features=("near", "verb"), period=None, program=None, place=None),),
        periods=(replace(once.periods[0], governs=False),),
        exclusions=(Exclusion(span, "今年", "idiom"),),
    )
    monkeypatch.setattr(sys.modules["extractor.pipeline"], "read_articles", lambda *_: [fuller])
    assert main(["explain", PAGE]) == 0
    out = capfd.readouterr().out
    for part in (
        "about no place",
        "今年  <idiom>",
        "base of a comparison",
        "base      今年",
        "near verb",
        "place     -",
    ):
        assert part in out


def test_explain_in_colour_on_a_terminal(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    assert main(["explain", PAGE]) == 0
    assert "\033[" in capfd.readouterr().out


def test_explain_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "渠成。"]) == 0
    assert "none" in capfd.readouterr().out


def test_evaluate(page: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    start = PAGE.index("3.50")
    fact = {"text": "3.50公里", "start_char": start, "end_char": start + 6, "kind": "measure", "value": "3.5"}
    gold = [
        {"text_file": "page.txt", "date": 1958, "facts": [{**fact, "unit": "公里", "indicator_any": ["渠"]}]},
        {"text_file": "missing.txt", "date": None, "facts": [fact]},
    ]
    path = tmp_path / "gold.jsonl"
    path.write_text("".join(json.dumps(document) + "\n" for document in gold), "utf-8")
    assert main(["evaluate", str(path), "--texts", str(tmp_path), "--json", "--errors", "1"]) == 1
    out, err = capfd.readouterr()
    report = json.loads(out)
    assert report["detect"] == {"precision": 0.5, "recall": 0.5, "f1": 0.5, "tp": 1, "fp": 1, "fn": 1}
    assert report["grounding"]["broken"] == 0
    assert "missing.txt: no such file" in err
    assert "spurious\tpage.txt\t120万元" in err
    assert main(["evaluate", str(path), "--texts", str(tmp_path)]) == 1
    assert "detect            0.5000  0.5000  0.5000      1      1      1" in capfd.readouterr().out


def test_the_fast_path_loads_no_idle_library() -> None:
    idle = ("rich", "pandas", "charset_normalizer", "asyncio", "jieba")
    code = (
        "import sys, extractor.cli.extract, extractor.read, extractor.record, extractor.cli.main as m;"
        f"m.build_parser('extract'); print([name for name in {idle!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.strip() == "[]"


def test_help_loads_no_model() -> None:
    code = (
        "import sys; from extractor.cli.main import main; main(['--help']);"
        "print([name for name in ('pydantic', 'spacy', 'regex') if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stderr.strip() == "[]"
