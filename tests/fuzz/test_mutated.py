"""Changed files of every format: records whose spans are right, or an error of the tree.

GOVFACTS_FUZZ=10 runs ten times as many rounds, GOVFACTS_FUZZ_SEED=n other ones.
"""

from __future__ import annotations

import os
from pathlib import Path
from random import Random

import pytest

from extractor import GovfactsError
from extractor.pipeline import read_articles
from extractor.read import Input, find_inputs, read_source
from extractor.record import to_records, to_source_record
from extractor.settings import Settings
from fuzz.mutator import mutate
from fuzz.sample_file import make_samples
from support import find_broken_spans

TIMES = int(os.environ.get("GOVFACTS_FUZZ", "1"))
SEED = os.environ.get("GOVFACTS_FUZZ_SEED", "0")
ROUNDS = {".pdf": 8, ".png": 1, ".tif": 1}  # the others: 25
MOST_MEMBERS = 40
SETTINGS = Settings(
    max_bytes=20_000_000, max_unpacked_bytes=50_000_000, max_members=MOST_MEMBERS, part_characters=20_000
)


def read_file(path: Path, settings: Settings = SETTINGS) -> int:
    """Reads all documents of a file; how many gave records. An error of the tree is an answer."""
    done = 0
    for item in find_inputs([str(path)], settings):
        try:
            done += read_document(item, settings)
        except GovfactsError as error:
            assert str(error)
    return done


def read_document(item: Input, settings: Settings) -> bool:
    source = read_source(item, settings)
    to_source_record(source).model_dump_json()
    for record in to_records(source, read_articles(source, settings)):
        record.model_dump_json()
        broken = find_broken_spans(source.text, _shift(record.model_dump(mode="json"), source.offset))
        assert not broken, broken[:3]
    return True


def _shift(record: dict[str, object], offset: int) -> dict[str, object]:
    """The record with its offsets counted from the begin of its part."""
    if not offset:
        return record

    def move(node: object) -> object:
        if isinstance(node, dict):
            return {
                key: [[a - offset, b - offset] for a, b in value]
                if key == "spans"
                else value - offset
                if key in ("start_char", "end_char")
                else move(value)
                for key, value in node.items()
            }
        return [move(item) for item in node] if isinstance(node, list) else node

    moved = move(record)
    assert isinstance(moved, dict)
    return moved


@pytest.mark.parametrize("name", sorted(make_samples()))
def test_the_sample_itself_is_read(name: str, tmp_path: Path) -> None:
    if name.endswith((".png", ".tif")):
        pytest.skip("tests/read reads the scans")
    path = tmp_path / name
    path.write_bytes(make_samples()[name])
    assert read_file(path) > 0


@pytest.mark.parametrize("name", sorted(make_samples()))
def test_a_changed_file_gives_right_spans_or_a_clear_error(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    done = 0
    for number in range(ROUNDS.get(path.suffix, 25) * TIMES):
        random = Random(f"{SEED}/{name}/{number}")
        path.write_bytes(mutate(make_samples()[name], random))
        try:
            done += read_file(path)
        except Exception as error:
            error.add_note(f"round {number} of {name}, seed {SEED}")
            raise
    assert done or not name.endswith((".txt", ".html", ".jsonl")), "no changed file of a text format was read"
