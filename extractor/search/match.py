"""A search text against the indexes of sentences and headlines: exact stretches of characters.

A sentence is hit where each term stands in it or in its article's headline or kicker. Only the index of characters
decides, so that a term is found inside longer runs whatever the words around it; the index of words only ranks.
Measured on 1.25 million generated sentences (scripts/bench_search.py): asking for the words as well loses every hit
that is cut otherwise (年 half of 500,000 sentences, 贫资 all of 133,000) and takes as long (扶贫资金 31 ms instead of
24); only runs of digits gain (2019年 28 ms instead of 106).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import Literal, NamedTuple

from extractor.search.condition import Condition, any_of
from extractor.search.term import Term
from extractor.store import Connection

Dialect = Literal["sqlite", "postgres"]
FEW = 2  # terms up to which all ways to part them between headline and sentence are tried
# A word of the query that is a word of the sentence counts twice its stretch of characters: 收入 before 回收入库.
WORDS, CHARS = 2.0, 1.0
# What a term in the headline alone is worth: as much as a rather common one in the sentence, since all sentences of the
# article share it.
HEAD = 1.0


class Match(NamedTuple):
    """`hits`: a SELECT of sentence_pk and score (the lower the better), None where the text only excludes; `excluded`:
    a condition on row f of table fact."""

    hits: Condition | None
    excluded: Condition | None


def build_match(
    connection: Connection, terms: Sequence[Term], *, ranked: bool, within: Condition | None = None
) -> Match:
    """The SQL of a text's terms. Without `ranked` all scores are 0. `within`: a SELECT of the few sentences that may
    be hits, where it is known: no other is looked at again or ranked."""
    wanted = [term.text for term in terms if not term.excluded]
    unwanted = [term.text for term in terms if term.excluded]
    hits = None if not wanted else _build_hits(connection, wanted, ranked=ranked, within=within)
    return Match(hits, _build_excluded(connection.dialect, unwanted) if unwanted else None)


def _build_hits(connection: Connection, wanted: Sequence[str], *, ranked: bool, within: Condition | None) -> Condition:
    branches = [
        _build_branch(connection.dialect, head, [term for term in wanted if term not in head], ranked, within)
        for head in _find_heads(connection, wanted)
    ]
    if len(branches) == 1:
        return branches[0]
    union = " UNION ALL ".join(branch.sql for branch in branches)
    values = tuple(value for branch in branches for value in branch.values)
    return Condition(f"SELECT sentence_pk, min(score) FROM ({union}) branch GROUP BY sentence_pk", values)


def _find_heads(connection: Connection, wanted: Sequence[str]) -> Iterable[tuple[str, ...]]:
    """The sets of terms that headlines hold together, the empty one first: the rest must stand in the sentence."""
    if len(wanted) <= FEW:
        return [subset for size in range(len(wanted) + 1) for subset in combinations(wanted, size)]
    masks: dict[int, int] = {}
    for number, term in enumerate(wanted):
        condition = _matches(connection.dialect, "article_search", [term])
        key = _key("article_search", connection.dialect)
        for (article,) in connection.query(f"SELECT {key} FROM article_search WHERE {condition.sql}", condition.values):
            masks[article] = masks.get(article, 0) | 1 << number
    return [
        tuple(term for number, term in enumerate(wanted) if mask >> number & 1) for mask in sorted({0, *masks.values()})
    ]


def _build_branch(
    dialect: Dialect, head: Sequence[str], body: Sequence[str], ranked: bool, within: Condition | None
) -> Condition:
    """Sentences that hold `body` in articles whose headlines hold `head`."""
    bonus = f" - {HEAD * len(head)}" if head and ranked else ""
    inside = _build_inside(dialect, head) if head else Condition("")
    if not body:
        sql = f"SELECT sentence_pk, 0.0{bonus} AS score FROM ({inside.sql}) inside"
        return _restrict(Condition(sql, inside.values), "WHERE", "sentence_pk", within)
    found = _matches(dialect, "sentence_search", body, ranked=ranked)
    score = _score(dialect, body) if ranked else Condition("0.0")
    key = _key("sentence_search", dialect)
    sql = f"SELECT {key} AS sentence_pk, {score.sql}{bonus} AS score FROM sentence_search WHERE {found.sql}"
    if head:  # the plus keeps SQLite from asking the full text index once a row of the list
        sql += f" AND +{key} IN ({inside.sql})"
    return _restrict(Condition(sql, score.values + found.values + inside.values), "AND", key, within)


def _restrict(branch: Condition, word: str, key: str, within: Condition | None) -> Condition:
    if within is None:
        return branch
    return Condition(f"{branch.sql} {word} +{key} IN ({within.sql})", branch.values + within.values)


def _build_inside(dialect: Dialect, head: Sequence[str]) -> Condition:
    """All sentences of the articles whose headlines hold `head`."""
    found = _matches(dialect, "article_search", head)
    key = _key("article_search", dialect)
    return Condition(
        f"SELECT s.sentence_pk FROM article_search JOIN sentence s ON s.article_pk = {key} WHERE {found.sql}",
        found.values,
    )


def _build_excluded(dialect: Dialect, unwanted: Sequence[str]) -> Condition:
    parts = []
    for table, column in (("sentence_search", "f.sentence_pk"), ("article_search", "f.article_pk")):
        found = any_of([_matches(dialect, table, [term]) for term in unwanted])
        if dialect == "sqlite":  # its full text index takes one expression
            found = Condition(f"{table} MATCH ?", (" OR ".join(map(to_phrase, unwanted)),))
        parts.append(
            Condition(f"{column} NOT IN (SELECT {_key(table, dialect)} FROM {table} WHERE {found.sql})", found.values)
        )
    return Condition(" AND ".join(part.sql for part in parts), tuple(v for part in parts for v in part.values))


def _key(table: str, dialect: Dialect) -> str:
    return f"{table}.rowid" if dialect == "sqlite" else f"{table}.{table.removesuffix('_search')}_pk"


def _matches(dialect: Dialect, table: str, terms: Sequence[str], *, ranked: bool = False) -> Condition:
    """The condition that a row of a search table holds all terms."""
    if dialect == "postgres":
        return Condition(f"{table}.chars @@ CAST(? AS tsquery)", (" & ".join(map(to_lexemes, terms)),))
    phrases = " AND ".join(map(to_phrase, terms))
    words = find_words(terms) if ranked else []
    if words:  # true wherever the phrases are; it only makes bm25 see the words
        phrases += f" AND ({to_phrase(terms[0])} OR {' OR '.join(to_phrase(word, 'words') for word in words)})"
    return Condition(f"{table} MATCH ?", (phrases,))


def _score(dialect: Dialect, terms: Sequence[str]) -> Condition:
    if dialect == "sqlite":
        return Condition(f"bm25(sentence_search, {WORDS}, {CHARS})")
    query = " & ".join(map(to_lexemes, terms))
    words = " | ".join(to_lexemes([word]) for word in find_words(terms)) or query
    return Condition(
        f"-({CHARS} * ts_rank_cd(sentence_search.chars, CAST(? AS tsquery)) "
        f"+ {WORDS} * ts_rank_cd(sentence_search.words, CAST(? AS tsquery)))",
        (query, words),
    )


def find_words(terms: Sequence[str]) -> list[str]:
    """The words of the terms as the index of words has them, each once."""
    from extractor.words import load_searcher

    cut = load_searcher()
    return list(dict.fromkeys(word for term in terms for word in cut(term) if word[0].isalnum()))


def to_phrase(text: str, column: str = "chars") -> str:
    """A phrase of SQLite's full text search: single characters side by side, or one word.

    >>> to_phrase('修"')
    'chars : "修 \"\""'
    """
    tokens = " ".join(text) if column == "chars" else text
    return f'{column} : "' + tokens.replace('"', '""') + '"'


def to_lexemes(tokens: Iterable[str]) -> str:
    """Tokens side by side as a tsquery writes them; a text is its characters."""
    quoted = ("'" + token.replace("\\", "\\\\").replace("'", "''") + "'" for token in tokens)
    return "(" + " <-> ".join(quoted) + ")"


def build_inside_sentence(connection: Connection, text: str) -> Condition:
    """The condition on row f of table fact that its sentence holds a folded text without blanks."""
    found = _matches(connection.dialect, "sentence_search", [text])
    key = _key("sentence_search", connection.dialect)
    return Condition(f"f.sentence_pk IN (SELECT {key} FROM sentence_search WHERE {found.sql})", found.values)
