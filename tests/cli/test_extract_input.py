"""`govfacts extract` as installed, on inputs of all kinds."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from extractor.cli.text_out import to_file_name
from read.archive import make_gbk_zip, make_tar, make_zip
from support import Plain, find_broken_spans, parse_lines, run_govfacts

TEXT = "　　本报讯（记者　李木）今年以来，全县新建农家书屋12个，培训管理员30余名。\n"


def of(records: list[Plain], name: str) -> list[Plain]:
    return [record for record in records if record["record"] == name]


def read_texts(folder: Path) -> dict[str, str]:
    """The saved text of each document by the manifest, whose digests and lengths are checked."""
    found: dict[str, str] = {}
    for line in map(json.loads, (folder / "manifest.jsonl").read_text("utf-8").splitlines()):
        text = (folder / line["file"]).read_bytes().decode("utf-8")
        part = text[line["offset"] : line["offset"] + line["characters"]]
        assert hashlib.sha256(part.encode()).hexdigest() == line["sha256"]
        found[line["doc"]] = text
    return found


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    (folder / "deep").mkdir(parents=True)
    (folder / "a.txt").write_text(TEXT, "utf-8")
    (folder / "b.zip").write_bytes(make_gbk_zip("新闻/春耕.txt", TEXT.encode("gb18030")))
    (folder / "c.tar.gz").write_bytes(make_tar([("x.txt", TEXT.encode("utf-16")), ("bad.txt", b"\0" * 99)], "w:gz"))
    lines = [json.dumps({"title": "书屋建成", "text": TEXT, "date": "2024-07-15"}, ensure_ascii=False), "{", ""]
    (folder / "d.jsonl").write_text("\n".join(lines), "utf-8")
    (folder / "deep" / "e.csv").write_text(f'标题,正文\n书屋建成,"{TEXT}"\n', "gb18030")
    (folder / "deep" / "f.zip").write_bytes(make_zip({"g.zip": make_zip({"h.txt": TEXT})})[:-30])
    return folder


def test_every_document_in_order_and_every_failure_named(inputs: Path, tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    done = run_govfacts("extract", "in", "--text-out", texts, cwd=tmp_path)
    assert done.returncode == 1
    records = parse_lines(done.stdout)
    docs = [
        *("in/a.txt", "in/b.zip!/新闻/春耕.txt", "in/c.tar.gz!/x.txt", "in/d.jsonl#1", "in/deep/e.csv#2"),
    ]
    assert [record["doc"] for record in of(records, "source")] == docs
    for doc in docs:
        facts = [record for record in of(records, "fact") if record["doc"] == doc]
        assert [fact["quantity"]["text"] for fact in facts] == ["12个", "30余名"], doc
    lines = done.stderr.decode().splitlines()
    assert [line.split(": ")[1] for line in lines] == ["in/c.tar.gz!/bad.txt", "in/d.jsonl#2", "in/deep/f.zip"]
    sources = read_texts(texts)
    assert list(sources) == docs
    broken = [line for record in records[1:] for line in find_broken_spans(sources[record["doc"]], record)]
    assert not broken
    titles = {record["doc"]: record["title"] for record in of(records, "article")}
    assert (titles["in/d.jsonl#1"], titles["in/deep/e.csv#2"]) == ("书屋建成", "书屋建成")
    assert of(records, "source")[3]["published"] == "2024-07-15"


def test_parts_of_a_large_text(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    text = "海滨日报　1974年8月3日\n\n" + "".join(
        f"全社新修水渠{number}条，打井{number + 3}眼。\n\n" for number in range(2, 60)
    )
    path.write_text(text, "gb18030")
    whole = parse_lines(run_govfacts("extract", path).stdout)
    done = run_govfacts("extract", path, "--part-characters", "300", "--text-out", tmp_path / "t")
    assert done.returncode == 0
    records = parse_lines(done.stdout)
    sources = of(records, "source")
    assert len(sources) > 3
    assert [source["part"] for source in sources] == list(range(1, len(sources) + 1))
    assert {source["published"] for source in sources} == {"1974-08-03"}
    assert read_texts(tmp_path / "t") == {str(path): text}
    assert not [line for record in records[1:] for line in find_broken_spans(text, record)]
    spans = [(fact["quantity"]["start_char"], fact["quantity"]["text"]) for fact in of(records, "fact")]
    assert spans == [(fact["quantity"]["start_char"], fact["quantity"]["text"]) for fact in of(whole, "fact")]


def test_bad_bytes(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT.encode() + "全县植树".encode() + b"\xff" + "造林。\n".encode())
    refused = run_govfacts("extract", path)
    assert refused.returncode == 1
    at = len((TEXT + "全县植树").encode())
    assert refused.stderr.decode() == f"govfacts: {path}: byte 0xff at offset {at} is not UTF-8\n"
    read = run_govfacts("extract", "--errors", "replace", path)
    assert (read.returncode, read.stderr) == (0, b"")
    assert len(of(parse_lines(read.stdout), "fact")) == 2


def test_lists_of_names(inputs: Path, tmp_path: Path) -> None:
    names = b"in/d.jsonl\n\nin/a.txt\n"
    (tmp_path / "list").write_bytes(names)
    want = ["in/d.jsonl#1", "in/a.txt"]
    for args, stdin in ((["--files-from", "list"], b""), (["--files-from", "-"], names), (["@list"], b"")):
        done = run_govfacts("extract", *args, stdin=stdin, cwd=tmp_path)
        assert [source["doc"] for source in of(parse_lines(done.stdout), "source")] == want
    done = run_govfacts("extract", "in/deep/e.csv", "--files-from", "no-such", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr == b"govfacts: no-such: no such file\n"
    assert len(of(parse_lines(done.stdout), "source")) == 1


def test_columns(tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_text(f"nr\tkopf\tinhalt\n7\t书屋建成\t{TEXT.strip()}\n", "utf-8")
    options = ["--text-column", "inhalt", "--title-column", "kopf", "--id-column", "nr"]
    done = run_govfacts("extract", "a.tsv", *options, cwd=tmp_path)
    (article,) = of(parse_lines(done.stdout), "article")
    assert (article["doc"], article["title"]) == ("a.tsv#7", "书屋建成")
    plain = run_govfacts("extract", "a.tsv", cwd=tmp_path)
    assert plain.returncode == 1
    assert b"--text-column" in plain.stderr


def test_limits(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(make_zip({"a.txt": TEXT, "b.txt": TEXT}))
    done = run_govfacts("extract", "a.zip", "--max-members", "1", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr == b"govfacts: a.zip!/b.txt: a.zip has more than 1 members (max_members)\n"
    assert len(of(parse_lines(done.stdout), "source")) == 1


@pytest.mark.parametrize("args", [["--max-depth", "0", "a"], ["--errors", "ignore", "a"], ["--files-from"], []])
def test_wrong_options(args: list[str]) -> None:
    done = run_govfacts("extract", *args)
    assert (done.returncode, done.stdout) == (2, b"")


def test_a_folder_for_texts_that_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    done = run_govfacts("extract", "a.txt", "--text-out", "a.txt", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr.startswith(b"govfacts: a.txt: ")


@pytest.mark.parametrize(
    ("doc", "start"),
    [
        ("pages/a.txt", "pages_a.txt-"),
        ("-", "text-"),
        ("../../etc/passwd", "etc_passwd-"),
        ("a.zip!/新闻/春耕.txt", "a.zip_新闻_春耕.txt-"),
        ("http://a.cn/x?y=1&z=2", "http_a.cn_x_y_1_z_2-"),
    ],
)
def test_names_of_saved_texts(doc: str, start: str) -> None:
    name = to_file_name(doc)
    assert name.startswith(start)
    assert name.endswith(".txt")
    assert "/" not in name


def test_names_of_saved_texts_are_short_and_differ() -> None:
    names = {to_file_name(doc) for doc in ("长" * 500, "长" * 501, "a/b", "a_b", "A_b", "a\0b")}
    assert len({name.casefold() for name in names}) == 6
    assert max(len(name.encode()) for name in names) < 120
