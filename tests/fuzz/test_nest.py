"""Nests that would fill the memory or take for ever: read in a process that has a gigabyte of its own and a minute."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from read.archive import make_tar, make_zip

MEMORY = 4 << 30  # bytes of address space: the libraries alone map two
SECONDS = 60  # of processor time
PROSE = "全乡新修水渠35公里，培训农民120余名。"
RUN = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, ({memory}, {memory}))
resource.setrlimit(resource.RLIMIT_CPU, ({seconds}, {seconds}))
from extractor.cli.main import main
sys.exit(main(["extract", sys.argv[1]]))
"""


def _entities() -> bytes:
    rows = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    return f'<?xml version="1.0"?><!DOCTYPE alto [<!ENTITY e0 "九">{rows}]><alto><Layout>&e11;</Layout></alto>'.encode()


def _deep_zip() -> bytes:
    data = make_zip({"a.txt": PROSE})
    for _ in range(40):
        data = make_zip({"in.zip": data, "b.txt": PROSE})
    return data


NESTS = {
    "deep.html": ("<div>" * 60_000 + PROSE + "</div>" * 60_000).encode(),
    "spans.html": ("<html><body>" + "<b><i>" * 30_000 + PROSE).encode(),
    "tables.html": ("<table><tr><td>" * 5_000 + PROSE).encode(),
    "wide.html": (f"<table><tr>{'<td colspan=1000 rowspan=1000>3' * 400}</tr></table><p>{PROSE}</p>").encode(),
    "entities.xml": _entities(),
    "deep.xml": ('<?xml version="1.0"?><alto>' + "<Layout>" * 50_000 + "</Layout>" * 50_000 + "</alto>").encode(),
    "deep.jsonl": (b'{"text":' + b"[" * 200_000 + b"]" * 200_000 + b"}\n" + json.dumps({"text": PROSE}).encode()),
    "deep.zip": _deep_zip(),
    "many.tar.gz": make_tar([(f"{n}.txt", b"") for n in range(5_000)], "w:gz"),
    "bars.txt": ("|" * 30_000 + "\n" + "3  " * 30_000 + "\n" + "三　　" * 15_000).encode(),
    "gutters.txt": ("\n".join(f"{PROSE}  {PROSE}  {PROSE}" for _ in range(1_000))).encode(),
    "jumps.txt": (f"（上接第一版）{PROSE}（下转第二版）\n\n" * 2_000).encode(),
    "heads.txt": ("白石乡修路\n" * 20_000).encode(),
    "notices.txt": ("今日天气\n\n3  4\n" * 4_000).encode(),
    "tall.tif": b"II*\x00\x08\x00\x00\x00"
    + b"\x02\x00\x00\x01\x04\x00\x01\x00\x00\x00\xff\xff\xff\x7f" * 2
    + b"\x00" * 40,
}


@pytest.mark.parametrize("name", sorted(NESTS))
def test_a_nest_ends_with_records_or_a_clear_error(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(NESTS[name])
    run = RUN.format(memory=MEMORY, seconds=SECONDS)
    done = subprocess.run([sys.executable, "-c", run, str(path)], capture_output=True, check=False)
    errors = done.stderr.decode()
    assert done.returncode in (0, 1), errors[-2_000:]
    assert "Traceback" not in errors and "InternalError" not in errors and "Error:" not in errors, errors[-2_000:]
    assert done.stdout.startswith(b'{"doc":""')
    assert done.returncode == 0 or name in io.StringIO(errors).readline(), errors[-2_000:]
