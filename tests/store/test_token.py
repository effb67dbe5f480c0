"""Tokens of the search index, and finding a stretch of a text by them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.fold import fold
from extractor.store import Connection
from extractor.store.postgres import to_lexeme
from extractor.store.token import LONGEST, to_tokens
from sample import sentences
from store_case import fill, read_rows, start

TEXT = st.text(
    st.one_of(st.characters(exclude_categories=("Cs",)), st.sampled_from("修渠12．％ＡbＣ萬畝 　\n、“”")), max_size=60
)


def find(connection: Connection, phrase: str, table: str = "sentence") -> set[int]:
    """Rows that hold a phrase, character by character."""
    chars = to_tokens(phrase).chars
    if connection.dialect == "sqlite":
        quoted = chars.replace('"', '""')
        sql, query = f"SELECT rowid FROM {table}_search WHERE {table}_search MATCH ?", f'chars : "{quoted}"'
    else:
        sql = f"SELECT {table}_pk FROM {table}_search WHERE chars @@ ?::tsquery"
        query = " <-> ".join(map(to_lexeme, chars.split()))
    return {number for (number,) in connection.query(sql, (query,))}


@given(TEXT)
def test_folding_keeps_the_length(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


@given(TEXT)
def test_characters_cover_the_text(text: str) -> None:
    bare = "".join(text.split())
    assert to_tokens(text).chars.replace(" ", "") == fold(bare)
    assert to_tokens(text).chars.split(" ") == (list(fold(bare)) or [""])


@given(st.one_of(TEXT, sentences()))
def test_words_stand_in_the_text(text: str) -> None:
    folded = fold("".join(text.split()))
    for word in to_tokens(text).words.split():
        assert word in folded and word[0].isalnum()


@given(sentences())
def test_words_cover_every_letter_and_digit(text: str) -> None:
    words = set("".join(to_tokens(text).words.split()))
    assert {char for char in fold(text) if char.isalnum()} <= words


@given(TEXT)
def test_forms_of_print_have_the_same_tokens(text: str) -> None:
    assert to_tokens(fold(text)) == to_tokens(text)
    assert to_tokens(f"　{text}\n") == to_tokens(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("修建水渠３２萬畝", "修建 水渠 32 万亩"),
        ("GDP增长6.5%", "gdp 增长 6 5"),
        ("", ""),
        ("，。！", ""),
    ],
)
def test_words(text: str, words: str) -> None:
    assert set(words.split()) <= set(to_tokens(text).words.split()) or not words
    assert words or to_tokens(text).words == ""


def test_a_long_text_is_indexed_to_a_limit() -> None:
    assert len(to_tokens("修" * (LONGEST + 5)).chars.split()) == LONGEST


def test_any_stretch_of_a_sentence_finds_it(database: Connection) -> None:
    fill(database)
    rows = list(database.query("SELECT sentence_pk, text FROM sentence"))
    for number, text in rows:
        bare = "".join(text.split())
        for at in range(0, len(bare) - 3, 3):
            stretch = bare[at : at + 7]
            expected = {other for other, content in rows if fold(stretch) in fold("".join(content.split()))}
            assert number in expected
            assert find(database, stretch) == expected, stretch


@pytest.mark.parametrize("phrase", ["126 5公里", "95,6%", "3200 万 亿", "126.5%"])
def test_marks_are_not_passed_over(database: Connection, phrase: str) -> None:
    fill(database)
    assert find(database, phrase) == set()


def test_headlines_are_found(database: Connection) -> None:
    fill(database)
    titles = dict(database.query("SELECT title, article_pk FROM article"))
    assert find(database, "農家", "article") == set()
    assert find(database, "田間地頭", "article") == {titles["水渠修到田间地头"]}


def test_the_index_follows_the_documents(database: Connection) -> None:
    writer, run = start(database)
    writer.save(run, [read_rows("canal.txt"), read_rows("water.txt")])
    assert find(database, "灌溉渠道") and find(database, "普宁市")
    writer.remove([("canal.txt", 1)])
    assert find(database, "灌溉渠道") == set() == find(database, "田间地头", "article")
    numbers = {number for (number,) in database.query("SELECT sentence_pk FROM sentence")}
    assert find(database, "1.2亿") == numbers > find(database, "普宁市") > set()
