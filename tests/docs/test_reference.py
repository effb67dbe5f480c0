"""The reference is what the code says: current, whole, and true of what runs."""

from __future__ import annotations

import argparse
import fnmatch
import re
import subprocess
import sys
from dataclasses import fields
from importlib import import_module
from pathlib import Path

import pytest

import schemas
from extractor import errors
from extractor.cli.main import COMMANDS, main
from extractor.lexicon.table import parse_table
from extractor.pipeline import read_articles
from extractor.read import read_source
from extractor.settings import Settings
from support import PAGES, ROOT

REFERENCE = ROOT / "docs" / "reference"
LEXICON = ROOT / "extractor" / "lexicon"


def read_page(name: str) -> str:
    return (REFERENCE / f"{name}.md").read_text("utf-8")


def to_section(text: str, head: str) -> str:
    """What stands below a heading of the second or third level."""
    return re.split(r"^##+ ", text.partition(f"# {head}\n")[2], maxsplit=1, flags=re.MULTILINE)[0]


def test_the_reference_is_current() -> None:
    command = [sys.executable, str(ROOT / "scripts" / "build_reference"), "--check"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_is_named_with_its_meaning(name: str) -> None:
    parser = argparse.ArgumentParser()
    import_module(COMMANDS[name].module).add_arguments(parser)
    parsers = {f"govfacts {name}": parser}
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            parsers |= {f"govfacts {name} {choice}": inner for choice, inner in action.choices.items()}
    text = read_page("commands")
    for head, inner in parsers.items():
        section = to_section(text, head)
        assert section, head
        for action in inner._actions:
            if isinstance(action, (argparse._HelpAction, argparse._SubParsersAction)):
                continue
            shown = action.option_strings or [str(action.metavar or action.dest)]
            rows = [row for row in section.splitlines() if row.startswith(f"| `{shown[0]}`")]
            assert len(rows) == 1, (head, shown)
            assert rows[0].split(" | ")[-1].strip(" |"), f"{head} {shown[0]}: no meaning"


def test_every_setting_is_named() -> None:
    text = read_page("settings")
    assert not [field.name for field in fields(Settings) if f"| `{field.name}` |" not in text]


def test_every_field_of_every_record_is_told() -> None:
    text, told = read_page("records"), (ROOT / "schemas" / "FIELDS.md").read_text("utf-8")
    for name, model in schemas.RECORDS.items():
        assert f"[{name}](../../schemas/FIELDS.md#{model.__name__.lower()})" in text
        section = to_section(told, model.__name__)
        assert not [field for field in model.model_fields if f"| {field} |" not in section], name


@pytest.mark.parametrize("path", sorted(LEXICON.glob("*.tsv")), ids=lambda path: path.name)
def test_every_table_and_column_is_named(path: Path) -> None:
    section = to_section(read_page("lexicon"), path.name)
    head = next(line for line in path.read_text("utf-8").splitlines() if not line.startswith("#"))
    assert not [column for column in head.split("\t") if f"`{column}`" not in section]
    assert "Read by `extractor/" in section


def test_the_guide_to_the_tables_leads_to_all_of_them() -> None:
    assert "(reference/lexicon.md)" in (ROOT / "docs" / "lexicon.md").read_text("utf-8")


def test_every_error_class_is_named() -> None:
    classes = [item for item in vars(errors).values() if isinstance(item, type) and issubclass(item, Exception)]
    text = read_page("errors")
    assert len(classes) > 10
    assert not [item.__name__ for item in classes if f"`{item.__name__}` |" not in text]


@pytest.mark.parametrize(
    ("error", "words"),
    [
        ("UnreadableError", ["extract", "nowhere.txt"]),
        ("UndecodableError", ["extract", "zeros.txt"]),
        ("OversizedError", ["extract", "--max-members", "1", "two.jsonl.zip"]),
        ("UsageError", ["extract"]),
        ("UsageError", ["extract", "--date", "yesterday", "good.txt"]),
        ("LexiconError", ["explain", "--lexicon", "mine", "盐巴四百驮。"]),
        ("StoreError", ["stats", "--db", "good.txt"]),
        ("ExportError", ["export", "--db", "facts.db", "--format", "csv", "--out", "good.txt"]),
    ],
)
def test_exit_statuses_are_those_told(
    error: str, words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import zipfile

    monkeypatch.chdir(tmp_path)
    Path("good.txt").write_text("全县新修水渠36公里。", "utf-8")
    Path("zeros.txt").write_bytes(bytes(40))
    Path("mine").mkdir()
    Path("mine/measure.tsv").write_text("surface\tunit\n驮\t驮\n", "utf-8")
    with zipfile.ZipFile("two.jsonl.zip", "w") as archive:
        archive.writestr("a.txt", "全县新修水渠36公里。")
        archive.writestr("b.txt", "全县新修水渠46公里。")
    if error == "ExportError":
        assert main(["run", "good.txt", "--db", "facts.db", "--quiet"]) == 0
        capsys.readouterr()
    status = main(words)
    (told,) = re.findall(rf"`{error}` \| (\d) \|", read_page("errors"))
    assert status == int(told), capsys.readouterr().err
    assert capsys.readouterr().err.startswith("govfacts")


def read_rules() -> list[dict[str, str]]:
    return list(parse_table((ROOT / "scripts" / "reference_rule.tsv").read_text("utf-8"), "reference_rule.tsv"))


def test_rule_ids_of_the_sample_pages_are_told() -> None:
    """Whatever made something on them is in the reference, at its stage."""
    patterns: dict[str, list[str]] = {}
    for row in read_rules():
        patterns.setdefault(row["stage"], []).append(row["rule"].partition("@")[0])
    seen: set[tuple[str, str]] = set()
    for path in PAGES:
        for reading in read_articles(read_source(str(path), Settings()), Settings()):
            seen |= {("fact", fact.rule) for fact in reading.facts}
            seen |= {("quantity", fact.quantity.rule) for fact in reading.facts}
            seen |= {("excluded", exclusion.rule) for exclusion in reading.exclusions}
            seen |= {("place", place.resolved_by) for place in reading.places}
            seen |= {("program", program.rule) for program in reading.programs}
            seen |= {("period", period.rule) for period in reading.periods}
    assert {stage for stage, _ in seen} == set(patterns)
    assert not [item for item in sorted(seen) if not any(fnmatch.fnmatch(item[1], p) for p in patterns[item[0]])]


def test_rule_ids_that_are_told_are_in_the_code() -> None:
    code = "\n".join(path.read_text("utf-8") for path in (ROOT / "extractor").rglob("*.py"))
    for row in read_rules():
        rule = row["rule"].partition("@")[0]
        stem = rule.removesuffix("*")
        assert f'"{rule}"' in code or f'"{stem}{{' in code or stem in ("idiom.", "numeral_word."), rule
        assert not row["table"] or (LEXICON / row["table"]).is_file(), rule
