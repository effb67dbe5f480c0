"""A database that answers questions about exported facts: only what filters ask for is in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any

from extractor.store import Connection, migrate, open_connection
from extractor.store.row import COLUMNS
from extractor.store.token import Tokens, to_tokens

BATCH = 5_000  # facts of a transaction
# Columns of table fact by those of an exported one, where the names differ.
NAMES = {
    "indicator_text": "indicator",
    "action_text": "action",
    "subject_text": "subject",
    "program_text": "program",
    "period_text": "period",
    "base_text": "base",
}
EMPTY: dict[str, Any] = {"quantity_start": 0, "quantity_end": 0}  # places in the text, which no filter asks for
PLACE = (
    *("adcode", "place_id", "place", "place_level", "place_path"),
    *("province", "province_code", "prefecture_code", "county_code"),
)
SENTENCE = ("evidence_start", "evidence_end", "evidence")

Row = Mapping[str, Any]


def index_facts(
    path: Path, names: Sequence[str], rows: Iterable[Sequence[Any]], kickers: Mapping[str, str], *, texts: bool
) -> None:
    """Makes the database; the number of a fact is that of its row, from 1. `kickers`: by article; `texts`: whether
    texts will be searched."""
    with closing(open_connection(path, create=True)) as connection:
        migrate(connection)
        index = _Index(connection, kickers, to_tokens if texts else _to_nothing)
        numbered = enumerate((dict(zip(names, row, strict=True)) for row in rows), 1)
        while batch := list(islice(numbered, BATCH)):
            with connection.transaction():
                for number, row in batch:
                    index.add(number, row)
                index.flush()


class _Index:
    """What is shared by several facts gets its number once."""

    def __init__(self, connection: Connection, kickers: Mapping[str, str], to_tokens: Callable[[str], Tokens]) -> None:
        self._connection = connection
        self._to_tokens = to_tokens
        self._kickers = kickers
        self._numbers: dict[tuple[Any, ...], int] = {}
        self._new: dict[str, list[tuple[Any, ...]]] = {}
        self._tokens: dict[str, list[tuple[int, str, str]]] = {"sentence_search": [], "article_search": []}
        connection.execute(
            "INSERT INTO run (run_pk, run_id, version, lexicon_digest, gazetteer_digest, settings, digest, started) "
            "VALUES (1, '', '', '', '', '{}', '', '')"
        )

    def add(self, number: int, row: Row) -> None:
        """A fact with what it stands in."""
        document = self._intern("document", (row["doc"],), lambda key: self._to_document(key, row))
        article = self._intern(
            "article", (row["doc"], row["article_id"]), lambda key: self._to_article(key, document, row)
        )
        sentence = self._intern(
            "sentence", (article, row["evidence_start"]), lambda key: self._to_sentence(key, article, row)
        )
        place = None
        if row["place"] is not None:
            cells = tuple(row[name] for name in PLACE)
            place = self._intern("place", cells, lambda key: (key, *cells))
        values = {**row, **EMPTY, "fact_pk": number, "article_pk": article, "sentence_pk": sentence, "place_pk": place}
        fact = tuple(values.get(NAMES.get(name, name)) for name in COLUMNS["fact"])
        self._new.setdefault("fact", []).append(fact)

    def _intern(self, table: str, key: tuple[Any, ...], build: Any) -> int:
        full = (table, *key)
        if full not in self._numbers:
            self._numbers[full] = number = len(self._numbers) + 1
            self._new.setdefault(table, []).append(build(number))
        return self._numbers[full]

    def _to_document(self, number: int, row: Row) -> tuple[Any, ...]:
        values = {"document_pk": number, "doc": row["doc"], "part": 1, "newspaper": row["newspaper"], "run_pk": 1}
        return _fill("document", values, sha256="", encoding="", format="", char_offset=0, bytes=0, characters=0)

    def _to_article(self, number: int, document: int, row: Row) -> tuple[Any, ...]:
        kicker = self._kickers.get(row["article_id"])
        tokens = self._to_tokens(" ".join(filter(None, (kicker, row["title"]))))
        if tokens.chars:
            self._tokens["article_search"].append((number, *tokens))
        values = {"article_pk": number, "document_pk": document, "ordinal": number, "kicker": kicker}
        same = {name: row[name] for name in ("article_id", "title", "published", "text_quality", "duplicate_of")}
        kind = row["article_kind"]
        return _fill("article", {**values, **same}, kind=kind, byline="[]", spans="[]", body="", characters=0)

    def _to_sentence(self, number: int, article: int, row: Row) -> tuple[Any, ...]:
        self._tokens["sentence_search"].append((number, *self._to_tokens(row["evidence"])))
        start, end, text = (row[name] for name in SENTENCE)
        values = {"sentence_pk": number, "article_pk": article, "start_char": start, "end_char": end, "text": text}
        return _fill("sentence", values)

    def flush(self) -> None:
        """Writes what is new, tables before those that point at them."""
        for table, columns in COLUMNS.items():
            self._connection.insert(table, columns, self._new.pop(table, []))
        for table, tokens in self._tokens.items():
            self._connection.index(table, tokens)
            tokens.clear()


def _to_nothing(text: str) -> Tokens:
    return Tokens("", "")


def _fill(table: str, values: Row, **more: Any) -> tuple[Any, ...]:
    cells = {**values, **more}
    return tuple(cells.get(name) for name in COLUMNS[table])
