"""`govfacts evaluate`: extraction of the gold's texts, scored layer by layer."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from extractor.cli.main import FAILED, OK
from extractor.cli.option import add_reading_arguments, to_settings
from extractor.errors import InputError
from extractor.settings import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        "Extracts the texts of a gold file with the gold's dates and prints precision, recall and F1 of each layer."
    )
    add_reading_arguments(parser, date=False)
    parser.add_argument("gold", metavar="GOLD.jsonl", type=Path, help="gold annotations, one document a line")
    parser.add_argument("--texts", metavar="DIR", type=Path, required=True, help="folder of the gold's text files")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--errors", metavar="N", type=int, default=0, help="print the first N errors on standard error")


def run(arguments: argparse.Namespace) -> int:
    """Exit status 0, or 1 where a text could not be read (its gold then counts as missed)."""
    from extractor.evaluate import Report, read_gold, score_document

    settings = to_settings(arguments)
    report = Report()
    status = OK
    for gold in read_gold(arguments.gold):
        try:
            text, records = extract_records(arguments.texts / gold["text_file"], _to_date(gold.get("date")), settings)
        except InputError as error:
            print(f"govfacts: {error}", file=sys.stderr)
            status = FAILED
            text, records = None, []
        score_document(gold, records, text, report)
    write_report(report.to_dict(), as_json=arguments.json)
    for line in report.errors[: arguments.errors]:
        print(line, file=sys.stderr)
    return status


def _to_date(date: object) -> str | None:
    return None if date is None else str(date)


def extract_records(path: Path, date: str | None, settings: Settings) -> tuple[str, list[dict[str, Any]]]:
    """A text and its records as plain values. Raises InputError."""
    from extractor.pipeline import read_articles
    from extractor.read import read_source
    from extractor.record import to_records

    source = read_source(str(path), settings, date=date)
    records = to_records(source, read_articles(source, settings))
    return source.text, [record.model_dump(mode="json") for record in records]


def write_report(report: dict[str, Any], *, as_json: bool) -> None:
    """The report on standard output: a table, or one JSON object."""
    if as_json:
        sys.stdout.buffer.write(json.dumps(report, ensure_ascii=False).encode() + b"\n")
        return
    lines = [f"{'layer':14s} {'precision':>9s} {'recall':>7s} {'f1':>7s} {'tp':>6s} {'fp':>6s} {'fn':>6s}"]
    lines += [
        f"{layer:14s} {row['precision']:9.4f} {row['recall']:7.4f} {row['f1']:7.4f} "
        f"{row['tp']:6d} {row['fp']:6d} {row['fn']:6d}"
        for layer, row in report.items()
        if layer not in ("accuracy", "grounding")
    ]
    lines += ["", f"{'field':14s} {'share':>9s} {'right':>7s} {'of':>7s}"]
    lines += [
        f"{name:14s} {row['share']:9.4f} {row['right']:7d} {row['of']:7d}" for name, row in report["accuracy"].items()
    ]
    lines += ["", f"spans {report['grounding']['spans']}, broken {report['grounding']['broken']}", ""]
    sys.stdout.buffer.write("\n".join(lines).encode())
