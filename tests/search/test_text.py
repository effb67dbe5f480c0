"""Searching for a text finds what reading all sentences and headlines finds."""

from __future__ import annotations

import random

import pytest

from extractor.fold import load_variants
from extractor.search import Question, search
from extractor.store import Connection
from search.brute import Row, find_all, find_texts, holds, ids

QUOTED = '"{}"'


def to_full_width(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" and c != '"' else c for c in text)


def to_traditional(text: str) -> str:
    back = {form: chr(code) for code, form in load_variants().items()}
    return "".join(back.get(c, c) for c in text)


def draw_terms(rows: list[Row], seed: int, count: int) -> list[str]:
    """Stretches of one to six characters out of the texts, with no quotation mark that would end them."""
    pick = random.Random(seed)
    texts, terms = find_texts(rows), []
    while len(terms) < count:
        text = pick.choice(texts)
        start = pick.randrange(len(text))
        term = text[start : start + pick.randint(1, 6)]
        if term.strip() and '"' not in term:
            terms.append(term)
    return terms


@pytest.mark.parametrize("seed", range(4))
def test_any_stretch_is_found(connection: Connection, rows: list[Row], seed: int) -> None:
    for term in draw_terms(rows, seed, 80):
        expected = ids(row for row in rows if row.counted and holds(row, term))
        assert expected or not any(holds(row, term) for row in rows if row.counted)
        for form in (term, to_full_width(term), to_traditional(term)):
            assert sorted(find_all(connection, text=QUOTED.format(form), sort="date")) == expected, form


def test_terms_must_all_be_there(connection: Connection, rows: list[Row]) -> None:
    pick = random.Random(5)
    several = 0
    for _ in range(120):
        near = [pick.choice(rows)] if pick.random() < 0.7 else rows
        terms = [QUOTED.format(term) for term in draw_terms(near, pick.randrange(10**6), pick.randint(2, 5))]
        expected = ids(row for row in rows if all(holds(row, term.strip('"')) for term in terms))
        several += len(expected) > 0
        assert sorted(find_all(connection, text=" ".join(terms), repeats=True)) == expected, terms
    assert several > 50


def test_terms_taken_out(connection: Connection, rows: list[Row]) -> None:
    for seed in range(30):
        wanted, unwanted, other = draw_terms(rows, seed, 3)
        text = f'"{wanted[:1]}" -"{unwanted[:1]}" -"{other}"'
        if not wanted[:1].strip() or not unwanted[:1].strip():
            continue
        expected = ids(
            row
            for row in rows
            if row.counted and holds(row, wanted[:1]) and not holds(row, unwanted[:1]) and not holds(row, other)
        )
        assert sorted(find_all(connection, text=text)) == expected, text
    assert len(find_all(connection, text="-年")) == sum(row.counted and not holds(row, "年") for row in rows)


def test_one_term_in_the_headline_another_in_the_sentence(few: Connection) -> None:
    assert search(few, Question(text="国营农场 开荒")).total == 2
    assert search(few, Question(text="石料厂 缴税 产值")).total >= 2


@pytest.mark.parametrize(
    "text",
    [
        *(
            "资金 OR 水库",
            "资金 AND 水库",
            "NOT 资金",
            "NEAR(资金 水库)",
            "资金*",
            "^资金",
            "chars:资金",
            "words : 资金",
            "{chars}",
        ),
        *(
            '"',
            '""',
            '"资金',
            '资金"',
            "'",
            "''",
            "(",
            ")",
            "%",
            "_",
            "%资金%",
            "资金_",
            "\\",
            "\\'",
            "资金;--",
            "?",
            ":1",
        ),
        *(
            "!",
            "&",
            "|",
            "<->",
            "资金 & 水库",
            "!资金",
            "资金:*",
            "😀",
            "👨‍👩‍👧‍👦",
            "\u200b",
            "\ufeff",
            "e\u0301",
            "𠮷",
            "-",
            "--",
            "---资金",
            "- 资金",
        ),
        *("資金", "\0", "资\0金", "\x1b[31m", "\n资金\n", "　资金　", "+", "a" * 1000, "资" * 1000),
    ],
)
def test_special_characters_are_plain_text(connection: Connection, rows: list[Row], text: str) -> None:
    """Whatever is typed is a text to look for, blanks and control characters part its terms, a dash takes one out."""
    wanted, unwanted = [], []
    for term in "".join(" " if c < " " else c for c in text).split():
        out = term.startswith("-") and len(term) > 1
        term = term[1:] if out else term
        term = term[1:-1] if len(term) > 1 and term[0] == term[-1] == '"' else term
        if term:
            (unwanted if out else wanted).append(term)
    expected = ids(
        row
        for row in rows
        if row.counted and all(holds(row, t) for t in wanted) and not any(holds(row, t) for t in unwanted)
    )
    assert sorted(find_all(connection, text=text, sort="date")) == expected


def test_marks_are_characters(few: Connection) -> None:
    """1.5% is not 15, and marks alone are found."""
    assert search(few, Question(text="1.5%")).total == search(few, Question(text="１．５％")).total > 0
    assert search(few, Question(text="15")).total == 0
    assert search(few, Question(text="-=+@")).total != search(few, Question(text='"-=+@"')).total > 0


def test_relevance_puts_the_sentence_before_the_headline(connection: Connection, rows: list[Row]) -> None:
    page = search(connection, Question(text="水库", limit=1000))
    scores = [hit.score for hit in page.hits]
    assert None not in scores
    assert scores == sorted(scores)  # type: ignore[type-var]
    inside = ["水库" in hit.fact.evidence.text for hit in page.hits]
    assert True in inside
    assert False in inside
    assert inside[0]
    assert page.hits[0].highlight.terms
    backward = search(connection, Question(text="水库", limit=1000, descending=False))
    assert backward.hits == tuple(reversed(page.hits))
