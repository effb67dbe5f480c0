"""Scores one document's records against its gold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from extractor.evaluate.match import (
    BLANK,
    MARKS,
    SAME_MENTION,
    Plain,
    adcode_of,
    is_accepted,
    is_same_bounds,
    is_same_quantity,
    pair_spans,
    squash,
)
from extractor.evaluate.report import Report

FACT_LAYERS = ("detect", "quantity", "fact")
PHRASES = ("indicator", "action", "period", "program")
BODY_SHARE = 0.95  # of an article's characters, intersection over union
RECORD_OF = {"places": "place", "programs": "program"}


def score_document(gold: Plain, records: list[Plain], source: str | None, report: Report) -> None:
    """Adds a document's score to the report. `records` are its records as plain values."""
    name = gold["text_file"]
    if source is not None:
        check_grounding(source, records, name, report)
    score_facts(gold.get("facts", []), [r for r in records if r["record"] == "fact"], name, report)
    for layer, kind in RECORD_OF.items():
        if layer in gold:
            score_mentions(layer, gold[layer], [r for r in records if r["record"] == kind], name, report)
    if "articles" in gold:
        layout = {i for i, character in enumerate(source or "") if BLANK.match(character)}
        articles = [r for r in records if r["record"] == "article"]
        for article in gold["articles"]:
            score_article(article, articles, layout, name, report)
        if len(articles) > len(gold["articles"]):
            report.note("articles", name, f"{len(articles) - len(gold['articles'])} more articles than there are")


def score_facts(gold: list[Plain], facts: list[Plain], name: str, report: Report) -> None:
    """The layers of facts, and the fields of those that were detected."""
    pairs = pair_spans(gold, [fact["quantity"] for fact in facts])
    found, used = {i for i, _ in pairs}, {j for _, j in pairs}
    for j, fact in enumerate(facts):
        if j not in used:
            for layer in FACT_LAYERS:
                report.tallies[layer].spurious += 1
            quantity = fact["quantity"]
            report.note(
                "spurious", name, f"{quantity['text']} [{quantity['start_char']}] {fact['evidence']['text'][:60]}"
            )
    for i, item in enumerate(gold):
        if i not in found and not item.get("optional"):
            for layer in FACT_LAYERS:
                report.tallies[layer].missed += 1
            report.note("missed", name, f"{item['text']} [{item['start_char']}]")
    for i, j in pairs:
        if not gold[i].get("optional"):
            _score_pair(gold[i], facts[j], name, report)


def _score_pair(gold: Plain, fact: Plain, name: str, report: Report) -> None:
    quantity = fact["quantity"]
    report.tallies["detect"].right += 1
    right = gold["kind"] == fact["kind"] and is_same_quantity(gold, quantity)
    if not right:
        report.note("quantity", name, f"{gold['text']}: want {_tell(gold, gold)}, got {_tell(fact, quantity)}")
    checks = {"bounds": is_same_bounds(gold, quantity)}
    for key in PHRASES:
        if f"{key}_any" in gold:
            checks[key] = is_accepted(gold[f"{key}_any"], fact.get(key))
    if "place_adcode" in gold:
        checks["place"] = gold["place_adcode"] == adcode_of(fact)
    for key, ok in checks.items():
        report.check(key, ok)
        if not ok:
            report.note(key, name, f"{gold['text']}: want {_want(gold, key)}, got {_got(fact, key)}")
    report.tallies["quantity"].add(right)
    report.tallies["fact"].add(right and checks.get("indicator", True) and checks.get("place", True))


def score_mentions(layer: str, gold: list[Plain], predicted: list[Plain], name: str, report: Report) -> None:
    """Mentions of places or programs."""
    pairs = pair_spans(gold, predicted)
    found, used = {i for i, _ in pairs}, {j for _, j in pairs}
    for i, j in pairs:
        item, record = gold[i], predicted[j]
        if item.get("optional"):
            continue
        right = SAME_MENTION[layer](item, record)
        report.tallies[layer].add(right)
        if not right:
            got = f"{record['text']} {record.get('adcode', '')}"
            report.note(layer, name, f"{item['text']} {item.get('adcode', '')}: got {got}")
    for i, item in enumerate(gold):
        if i not in found and not item.get("optional"):
            report.tallies[layer].missed += 1
            report.note(layer, name, f"missed {item['text']} [{item['start_char']}]")
    for j, record in enumerate(predicted):
        if j not in used:
            report.tallies[layer].spurious += 1
            report.note(layer, name, f"spurious {record['text']} [{record['start_char']}]")


def score_article(gold: Plain, articles: list[Plain], layout: set[int], name: str, report: Report) -> None:
    """Body, title and place of the article that shares most with the gold one."""
    want = _characters(gold) - layout
    best: Plain | None = None
    best_share = 0.0
    for article in articles:
        got = _characters(article) - layout
        share = len(want & got) / len(want | got) if want or got else 0.0
        if share > best_share:
            best, best_share = article, share
    checks = {
        "article_body": best_share >= BODY_SHARE,
        "article_title": best is not None and squash(best.get("title")) == squash(gold.get("title")),
        "article_place": best is not None and adcode_of(best) == gold.get("place_adcode"),
    }
    for key, ok in checks.items():
        report.check(key, ok)
        if not ok:
            got_title = (best or {}).get("title")
            report.note(key, name, f"{(gold.get('title') or '')[:30]}: got {got_title} share {best_share:.2f}")


def check_grounding(source: str, records: list[Plain], name: str, report: Report) -> None:
    """Every span's surface stands in the source, white space aside; a program's drops its marks."""
    for record in records:
        for key, span in find_spans(record, record["record"]):
            report.spans += 1
            bare = MARKS if key == "program" else BLANK
            if bare.sub("", source[span["start_char"] : span["end_char"]]) != bare.sub("", span["text"]):
                report.broken += 1
                report.note("grounding", name, f"{span['text']!r} at {span['start_char']}")


def find_spans(node: Any, key: str) -> Iterator[tuple[str, Plain]]:
    """All spans inside a record with the key that holds them."""
    if isinstance(node, dict):
        if isinstance(node.get("text"), str) and isinstance(node.get("start_char"), int):
            yield key, node
        for name, value in node.items():
            yield from find_spans(value, name)
    elif isinstance(node, list):
        for value in node:
            yield from find_spans(value, key)


def _characters(article: Plain) -> set[int]:
    return {i for start, end in article["spans"] for i in range(start, end)}


def _tell(item: Plain, quantity: Plain) -> str:
    return f"{item['kind']} {quantity.get('value')} {quantity.get('modifier')} {quantity.get('unit')!r}"


def _want(gold: Plain, key: str) -> object:
    if key == "bounds":
        return [gold.get("min_value"), gold.get("max_value")]
    return gold["place_adcode"] if key == "place" else gold[f"{key}_any"]


def _got(fact: Plain, key: str) -> object:
    if key == "bounds":
        return [fact["quantity"].get("min_value"), fact["quantity"].get("max_value")]
    if key == "place":
        return adcode_of(fact)
    return (fact.get(key) or {}).get("text")
