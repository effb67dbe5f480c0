"""`govfacts review` as it is called, and its keys on a real terminal."""

from __future__ import annotations

import io
import json
import os
import pty
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from extractor.cli.main import main
from review.desk import Desk

FIRST = {"reviewer": "林溪"}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with closing(Desk(str(tmp_path / "facts.db"), tmp_path)) as desk:
        desk.write()
        desk.run()
        yield desk


class Call:
    """What a call printed."""

    def __init__(self, desk: Desk, capfd: pytest.CaptureFixture[str], *words: str) -> None:
        self.status = main(["review", "--db", desk.name, "--reviewer", "林溪", *words])
        self.out, self.err = capfd.readouterr()


def test_verdicts_by_name(desk: Desk, capfd: pytest.CaptureFixture[str]) -> None:
    one, other = desk.find("12个"), desk.find("3.5万份")
    call = Call(desk, capfd, "accept", one, "--note", "见原件")
    assert (call.status, call.err) == (0, "") and call.out.startswith(f"{one}  accepted   12个 = 12 个 (count, exact)")
    call = Call(desk, capfd, "reject", other, "0" * 16)
    assert call.status == 1 and f"{other}  rejected" in call.out and "no such fact" in call.err
    assert Call(desk, capfd, "undo", other).out.startswith(f"{other}  undone")
    assert Call(desk, capfd, "undo", other).status == 2
    assert Call(desk, capfd, "accept", "0" * 16).status == 2
    assert [fact["verdict"] for fact in desk.read() if fact["fact_id"] == one] == ["accepted"]


def test_corrections_by_field(desk: Desk, capfd: pytest.CaptureFixture[str]) -> None:
    fact = desk.find("12个")
    words = (
        "--set",
        "indicator=种植技术资料",
        "--set",
        "quantity.value=21",
        "--set",
        "subject=",
        "--set",
        "place=兴国县",
    )
    call = Call(desk, capfd, "correct", fact, *words)
    assert call.status == 0 and "12个 = 21 个" in call.out and "indicator 种植技术资料" in call.out
    assert "place 兴国县" in call.out and "subject" not in call.out
    call = Call(desk, capfd, "correct", fact, "--fields", '{"quantity": {"value": "22"}}', "--set", "quantity.unit=处")
    assert "12个 = 22 处" in call.out
    for words, reason in (
        (("--set", "indicator=不在句中"), "does not stand"),
        (("--set", "colour=red"), "cannot be corrected"),
    ):
        call = Call(desk, capfd, "correct", fact, *words)
        assert call.status == 1 and reason in call.err
    for words, reason in (
        ((), "nothing to correct"),
        (("--set", "indicator"), "expected FIELD=VALUE"),
        (("--fields", "{"), "is no JSON"),
        (("--fields", "[]"), "expected a JSON object"),
    ):
        call = Call(desk, capfd, "correct", fact, *words)
        assert call.status == 2 and reason in call.err


def test_a_fact_is_added_beside_another(desk: Desk, capfd: pytest.CaptureFixture[str]) -> None:
    fact = desk.find("12个")
    call = Call(
        desk, capfd, "add", fact, "--set", "quantity=二郎口镇", "--set", "quantity.value=1", "--set", "action=新建"
    )
    assert call.status == 0 and "二郎口镇 = 1" in call.out and "action 新建" in call.out
    assert "二郎口镇" in desk.texts()


def test_lists(desk: Desk, capfd: pytest.CaptureFixture[str]) -> None:
    one, other = desk.find("12个"), desk.find("3.5万份")
    Call(desk, capfd, "accept", one)
    Call(desk, capfd, "reject", other)
    call = Call(desk, capfd, "list")
    assert [line[:27].strip() for line in call.out.splitlines()] == [f"{other}  rejected", f"{one}  accepted"]
    assert "2 of 2 judged facts" in call.err
    call = Call(desk, capfd, "list", "--verdict", "rejected", "--format", "jsonl")
    assert [json.loads(line)["fact_id"] for line in call.out.splitlines()] == [other]
    call = Call(desk, capfd, "list", "--limit", "1")
    assert "--cursor" in call.err
    cursor = call.err.split("--cursor ")[1].strip()
    assert Call(desk, capfd, "list", "--limit", "1", "--cursor", cursor).out.startswith(one)
    assert Call(desk, capfd, "list", "--lost").out == ""
    assert json.loads(Call(desk, capfd, "show", one).out)["verdicts"][0]["reviewer"] == "林溪"
    assert Call(desk, capfd, "show", desk.find("36公里")).status == 2


def test_the_queue_is_listed_where_nobody_can_press_keys(desk: Desk, capfd: pytest.CaptureFixture[str]) -> None:
    call = Call(desk, capfd, "next", "资金", "--kind", "money")
    assert call.status == 0 and "约3200万元 = 32000000 CNY" in call.out and "安徽省全椒县" in call.out
    assert "1 of 1 facts that 林溪 has not judged" in call.err
    plain = json.loads(Call(desk, capfd, "next", "--limit", "1", "--format", "jsonl", "--blind").out)
    assert plain["seen"] == 0 and plain["fact"]["quantity"]["text"] in desk.texts()
    assert Call(desk, capfd, "next", "--min", "many").status == 2


def test_agreement_is_printed(desk: Desk, capfd: pytest.CaptureFixture[str]) -> None:
    fact = desk.find("12个")
    Call(desk, capfd, "accept", fact)
    desk.judge("12个", "accept", "周平")
    table = Call(desk, capfd, "agreement").out
    assert table.startswith("reviewers: 周平, 林溪\n") and "fact            1    100.0       -       -" in table
    assert json.loads(Call(desk, capfd, "agreement", "--format", "json").out)["fields"][0]["percent"] == 1
    assert "none who share" in Call(desk, capfd, "agreement", "--between", "方圆").out


def test_export_and_import(
    desk: Desk, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    Call(desk, capfd, "correct", desk.find("12个"), "--set", "quantity.value=21")
    gold, log, texts = tmp_path / "gold.jsonl", tmp_path / "log.jsonl", tmp_path / "texts"
    assert "1 documents, 1 facts" in Call(desk, capfd, "export", "--out", str(gold), "--texts", str(texts)).err
    assert "1 verdicts" in Call(desk, capfd, "export", "--verdicts", "--out", str(log)).err
    assert Call(desk, capfd, "export").out.count("\n") == 1
    assert Call(desk, capfd, "export", "--verdicts", "--texts", str(texts)).status == 2
    assert Call(desk, capfd, "export", "--out", str(tmp_path / "no" / "gold.jsonl")).status == 1
    assert main(["evaluate", str(gold), "--texts", str(texts)]) == 0
    capfd.readouterr()
    with closing(Desk(str(tmp_path / "other.db"), tmp_path)) as other:
        other.run()
        call = Call(other, capfd, "import", str(log), str(tmp_path / "nowhere"))
        assert call.status == 1 and "1 new, 0 known" in call.err and "nowhere: No such file" in call.err
        assert other.read() == desk.read()
        call = Call(other, capfd, "import", str(gold))
        assert call.status == 0 and "0 new, 1 known" in call.err
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"{\n" + log.read_bytes())))
        call = Call(other, capfd, "import", "-")
        assert call.status == 1 and "-: line 1: is no JSON" in call.err and "0 new, 1 known" in call.err
    (desk.folder / "canal-20240715.txt").unlink()
    call = Call(desk, capfd, "export", "--texts", str(texts))
    assert call.status == 1 and "is not there any more" in call.err


def test_wrong_calls(desk: Desk, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["review", "--db", str(tmp_path / "none.db"), "list"]) == 1
    assert main(["review", "--db", desk.name]) == 2
    assert main(["review", "--db", desk.name, "--reviewer", "\x1b[2J", "accept", desk.find("12个")]) == 2
    capfd.readouterr()


class Terminal:
    """`review next` on a terminal of its own."""

    def __init__(self, desk: Desk, *words: str) -> None:
        command = [
            sys.executable,
            "-m",
            "extractor.cli.main",
            "review",
            "--db",
            desk.name,
            "--reviewer",
            "林溪",
            "next",
        ]
        self._main, other = pty.openpty()
        environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
        self._process = subprocess.Popen(
            [*command, *words], stdin=other, stdout=other, stderr=other, env=environment, close_fds=True
        )
        os.close(other)
        self.text = ""

    def wait(self, text: str) -> None:
        """Until a text is shown behind what was waited for before."""
        seen = b""
        end = time.monotonic() + 60
        while text.encode() not in seen:
            ready, _, _ = select.select([self._main], [], [], max(0, end - time.monotonic()))
            assert ready, seen.decode("utf-8", "replace")
            try:
                seen += os.read(self._main, 65536)
            except OSError:  # the other side is closed
                break
        self.text = seen.decode("utf-8", "replace")
        assert text in self.text

    def press(self, keys: str) -> None:
        os.write(self._main, keys.encode())

    def end(self) -> int:
        status = self._process.wait(60)
        os.close(self._main)
        return status


def test_keys_on_a_terminal(desk: Desk) -> None:
    terminal = Terminal(desk)
    counted = sum(fact["counted"] for fact in desk.read())
    terminal.wait("q quit")
    assert f"{counted} left" in terminal.text and "\x1b[1;33m" in terminal.text
    terminal.press("a")
    terminal.wait("q quit")
    assert "accepted" in terminal.text and f"{counted - 1} left" in terminal.text
    terminal.press("r")
    terminal.wait("q quit")
    assert "rejected" in terminal.text and f"{counted - 2} left" in terminal.text
    terminal.press("u")
    terminal.wait("q quit")
    assert "taken back" in terminal.text and f"{counted - 1} left" in terminal.text
    terminal.press("s")
    terminal.wait("q quit")
    terminal.press("x")
    terminal.wait("q quit")
    terminal.press("?")
    terminal.wait("no verdict yet")
    terminal.press("c")
    terminal.wait("done): ")
    terminal.press("nonsense\n")
    terminal.wait("done): ")
    assert "expected FIELD=VALUE" in terminal.text
    terminal.press("indicator=\n")
    terminal.wait("done): ")
    terminal.press("\n")
    terminal.wait("q quit")
    assert "corrected" in terminal.text or "accepted" in terminal.text
    terminal.press("c")
    terminal.wait("done): ")
    terminal.press("\n")
    terminal.wait("nothing corrected")
    terminal.press("c")
    terminal.wait("done): ")
    terminal.press("colour=red\n")
    terminal.wait("done): ")
    terminal.press("\n")
    terminal.wait("cannot be corrected")
    terminal.press("q")
    terminal.wait("2 judged, 1 skipped")
    assert terminal.end() == 0
    assert sum(fact["verdict"] is not None for fact in desk.read()) == 2


def test_the_terminal_ends_with_the_queue(desk: Desk) -> None:
    terminal = Terminal(desk, "资金", "--kind", "money", "--blind")
    terminal.wait("q quit")
    terminal.press("u")
    terminal.wait("q quit")
    assert "nothing to take back" in terminal.text
    terminal.press("s")
    terminal.wait("1 skipped")
    assert "all others were skipped" in terminal.text and terminal.end() == 0
    terminal = Terminal(desk, "没有这样的事")
    terminal.wait("0 judged, 0 skipped")
    assert "nothing is left to be judged" in terminal.text and terminal.end() == 0


def test_a_verdict_meanwhile_is_told_on_the_terminal(desk: Desk) -> None:
    terminal = Terminal(desk, "资金", "--kind", "money")
    terminal.wait("q quit")
    desk.judge("约3200万元", "accept", "周平")
    terminal.press("r")
    terminal.wait("q quit")
    assert "周平 judged it at" in terminal.text and "accepted" in terminal.text
    terminal.press("r")
    terminal.wait("1 judged, 0 skipped")
    assert terminal.end() == 0 and "约3200万元" not in desk.texts()


def test_verdicts_hold_after_a_run_over_what_is_stale(
    desk: Desk, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    gone, kept = desk.find("12个"), desk.find("3.5万份")
    Call(desk, capfd, "correct", gone, "--set", "quantity.value=21")
    Call(desk, capfd, "reject", kept)
    tables = tmp_path / "mine"
    tables.mkdir()
    (tables / "exclusion.tsv").write_text("rule\tpattern\nlost_count\t12个\n", "utf-8")
    assert main(["run", "--stale", "--db", desk.name, "--lexicon", str(tables)]) == 0
    assert "3 stale" in capfd.readouterr().err
    (fact,) = [fact for fact in desk.read() if fact["fact_id"] == gone]
    assert (fact["value"], fact["origin"], fact["verdict"]) == ("21", "review", "corrected")
    assert "3.5万份" not in desk.texts()
    assert "origin" in Call(desk, capfd, "show", gone).out
    desk.check()
