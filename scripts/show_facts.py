"""Prints the facts of a JSON Lines file of `govfacts extract` as a table: show_facts.py FACTS.jsonl [ROWS]."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

ROWS = 40
AROUND = 9  # characters of the evidence on either side of the quantity


def to_text(span: dict[str, Any] | None) -> str:
    return span["text"] if span else ""


def to_snippet(fact: dict[str, Any]) -> Text:
    """The quantity in its sentence."""
    evidence, quantity = fact["evidence"]["text"], fact["quantity"]["text"]
    at = evidence.find(quantity)
    start, end = max(0, at - AROUND), at + len(quantity) + AROUND
    before = ("…" if start else "") + evidence[start:at]
    behind = evidence[at + len(quantity) : end] + ("…" if end < len(evidence) else "")
    return Text.assemble(before, (quantity, "bold green"), behind)


def to_value(quantity: dict[str, Any]) -> str:
    low, high = quantity["min_value"], quantity["max_value"]
    number = quantity["value"] or f"{low or ''}..{high or ''}"
    sign = {"more_than": ">", "equal_or_more": "≥", "less_than": "<", "equal_or_less": "≤", "approx": "≈"}
    if quantity["unit"] == "第":
        return f"第{number}"
    return f"{sign.get(quantity['modifier'], '')}{number} {quantity['unit']}".strip()


def main() -> int:
    path = Path(sys.argv[1])
    rows = int(sys.argv[2]) if len(sys.argv) > 2 else ROWS
    records = [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]
    facts = [record for record in records if record["record"] == "fact"]
    console = Console(width=None if sys.stdout.isatty() else 150)
    table = Table("place", "period", "action", "indicator", "quantity", "value", "evidence", title="facts")
    # Some of every document, so that the table shows more than the first page.
    docs = sorted({fact["doc"] for fact in facts})
    share = max(1, rows // max(1, len(docs)))
    shown = [fact for doc in docs for fact in [f for f in facts if f["doc"] == doc][:share]][:rows]
    for fact in shown:
        table.add_row(
            fact["place"]["name"] if fact["place"] else "",
            to_text(fact["period"]),
            to_text(fact["action"]),
            to_text(fact["indicator"]),
            fact["quantity"]["text"],
            to_value(fact["quantity"]),
            to_snippet(fact),
        )
    console.print(table)
    articles = sum(record["record"] == "article" for record in records)
    console.print(f"{len(shown)} of {len(facts)} facts shown, from {articles} articles", highlight=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())
