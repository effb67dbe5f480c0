"""`govfacts serve`: what it says where it cannot serve, and that its options reach the server."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from extractor.batch import Options, run_batch
from extractor.cli import serve
from extractor.cli.main import OK, USAGE, main
from extractor.errors import UsageError
from extractor.settings import Settings
from support import run_govfacts


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("serve")
    (folder / "page.txt").write_text("全县新修渠道35公里。", "utf-8")
    run_batch([str(folder / "page.txt")], str(folder / "facts.db"), Settings(), Options())
    return str(folder / "facts.db")


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that somebody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield int(server.getsockname()[1])


def test_a_port_that_is_taken(database: str, taken: int) -> None:
    done = run_govfacts("serve", "--db", database, "--port", str(taken))
    assert done.returncode == USAGE
    assert f"--port {taken}: another program listens at 127.0.0.1:{taken}" in done.stderr.decode()


def test_a_database_that_is_not_there(tmp_path: Path) -> None:
    done = run_govfacts("serve", "--db", tmp_path / "none.db")
    assert done.returncode == 1 and "no such database" in done.stderr.decode()


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--port", "70000"], "expected 0 to 65535"),
        (["--host", "no.such.host.invalid"], "--host no.such.host.invalid"),
        (["--host", "203.0.113.7", "--port", "0"], "--host 203.0.113.7"),
        (["--max-body", "0"], "--max-body 0: expected more than 0"),
        (["--query-seconds", "nan"], "--query-seconds nan: expected more than 0"),
        (["--lexicon", "none"], "--lexicon none: no such folder"),
        (["--token-file", "none"], "--token-file none: No such file"),
    ],
)
def test_options_that_are_wrong(
    database: str, options: list[str], told: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GOVFACTS_TOKEN", raising=False)
    assert main(["serve", "--db", database, *options]) == USAGE
    assert told in capsys.readouterr().err


def test_libraries_that_are_missing(database: str) -> None:
    code = (
        "import sys; sys.modules['uvicorn'] = None; from extractor.cli.main import main; sys.exit(main(sys.argv[1:]))"
    )
    command = [sys.executable, "-c", code, "serve", "--db", database]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == USAGE
    assert "needs uvicorn: pip install 'govfacts[serve]'" in done.stderr


def test_options_reach_the_server(database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import argparse

    (tmp_path / "token").write_text("correct-horse-battery\n", "utf-8")
    parser = argparse.ArgumentParser()
    serve.add_arguments(parser)
    words = ["--db", database, "--token-file", str(tmp_path / "token"), "--origin", "https://a.example"]
    words += ["--max-body", "5", "--query-seconds", "2.5", "--origin", "https://b.example"]
    options = serve.to_options(parser.parse_args(words))
    assert (options.token, options.max_body, options.query_seconds) == ("correct-horse-battery", 5, 2.5)
    assert options.origins == ("https://a.example", "https://b.example")
    assert options.connections == 8


def test_listening_in_both_families() -> None:
    with serve.listen("127.0.0.1", 0) as server:
        assert server.getsockname()[1] > 0
    if socket.has_ipv6:
        try:
            with serve.listen("::1", 0) as server:
                assert server.family == socket.AF_INET6
        except UsageError:
            pytest.skip("this machine has no ::1")


def test_help_names_the_limits(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", "--help"]) == OK
    text = capsys.readouterr().out
    assert all(f"--{name.replace('_', '-')}" in text for name in (*serve.LIMITS, *serve.SECONDS))
