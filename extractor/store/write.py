"""Rows into the database: whole documents, each in place of its older version."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from extractor.store.connection import Cells, Connection
from extractor.store.row import COLUMNS, DocumentRows, Row
from extractor.store.settle import find_concerned, hold_reviews, settle
from extractor.store.token import to_tokens
from extractor.store.total import Totals
from schemas import RunRecord

SIZE = 500  # documents asked for at once


class Writer:
    """The one bulk writer of a database. Numbers of rows are given out here, so it must hold the connection's lock."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._next = {table: self._last(table) + 1 for table in ("run", "document", "article", "sentence", "fact")}
        self._places: dict[Cells, int] = {
            tuple(row[1:]): row[0] for row in connection.query(f"SELECT {','.join(COLUMNS['place'])} FROM place")
        }
        self._next_place = max(0, *self._places.values(), 0) + 1

    def _last(self, table: str) -> int:
        last = 0  # numbers below it are people's
        for name in ("fact", "fact_rejected") if table == "fact" else (table,):
            ((number,),) = self.connection.query(f"SELECT coalesce(max({table}_pk), 0) FROM {name}")
            last = max(last, number)
        return last

    def start_run(self, run: RunRecord, settings: str, digest: str) -> int:
        """Writes down that a run begins; its number. `settings`: JSON."""
        number = self._take("run", 1)
        with self.connection.transaction():
            self.connection.insert(
                "run",
                ("run_pk", "run_id", "version", "lexicon_digest", "gazetteer_digest", "settings", "digest", "started"),
                [
                    (
                        number,
                        run.run_id,
                        run.version,
                        run.lexicon_digest,
                        run.gazetteer_digest,
                        settings,
                        digest,
                        run.started,
                    )
                ],
            )
        return number

    def finish_run(self, run: int, finished: str) -> None:
        """Writes down that a run has ended, and takes out the places that no document names any more."""
        with self.connection.transaction():
            hold_reviews(self.connection)
            gone = self._prune()
            self.connection.execute("UPDATE run SET finished = ? WHERE run_pk = ?", (finished, run))
        self._places = {place: number for place, number in self._places.items() if number not in gone}

    def save(self, run: int, documents: Sequence[DocumentRows], failures: Sequence[Row] = ()) -> None:
        """Documents and failures in one transaction: (doc, part, sha256, stage, error, message) a failure. What a
        document or a failure of the same name held before goes; a failed document's older facts stay."""
        documents = list({(rows.doc, rows.part): rows for rows in documents}.values())  # the last of a name holds
        before = (dict(self._next), self._next_place, dict(self._places))
        try:
            with self.connection.transaction():
                hold_reviews(self.connection)
                self._learn_places()
                self._forget([(rows.doc, rows.part) for rows in documents])
                self._insert(run, documents)
                self._note(run, failures)
                concerned = find_concerned(self.connection, before[0]["document"], before[0]["fact"])
                settle(self.connection, concerned)
        except BaseException:
            self._next, self._next_place, self._places = before
            raise

    def remove(self, documents: Sequence[tuple[str, int]]) -> None:
        """Takes documents (name, part) out."""
        with self.connection.transaction():
            hold_reviews(self.connection)
            self._forget(documents)

    def _learn_places(self) -> None:
        """People's corrections bring places of their own meanwhile, with numbers below zero."""
        sql = f"SELECT {','.join(COLUMNS['place'])} FROM place WHERE place_pk < 0"
        self._places.update({tuple(row[1:]): row[0] for row in self.connection.query(sql)})

    def _prune(self) -> set[int]:
        used = " AND ".join(
            f"NOT EXISTS (SELECT 1 FROM {table} t WHERE t.place_pk = p.place_pk)"
            for table in ("place_mention", "fact", "fact_rejected", "article")
        )
        gone = {number for (number,) in self.connection.query(f"SELECT p.place_pk FROM place p WHERE {used}")}
        for number in gone:
            self.connection.execute("DELETE FROM place WHERE place_pk = ?", (number,))
        return gone

    def _take(self, table: str, count: int) -> int:
        first = self._next[table]
        self._next[table] += count
        return first

    def _forget(self, documents: Sequence[tuple[str, int]]) -> None:
        totals = Totals()
        for at in range(0, len(documents), SIZE):
            some = documents[at : at + SIZE]
            marks = ",".join("(?, ?)" for _ in some)
            cells = [cell for name in some for cell in name]
            self.connection.execute(f"DELETE FROM failure WHERE (doc, part) IN (VALUES {marks})", cells)
            sql = f"SELECT document_pk FROM document WHERE (doc, part) IN (VALUES {marks})"
            for (number,) in list(self.connection.query(sql, cells)):
                self._unindex(number)
                articles = self.connection.query("SELECT article_pk FROM article WHERE document_pk = ?", (number,))
                totals.add_stored(self.connection, [article for (article,) in articles], -1)
                self.connection.execute("DELETE FROM document WHERE document_pk = ?", (number,))
        totals.save(self.connection)

    def _unindex(self, document: int) -> None:
        if self.connection.dialect == "postgres":
            return  # its index rows go with their rows: no need to make the tokens again
        sentences = self.connection.query(
            "SELECT s.sentence_pk, s.text FROM sentence s JOIN article a ON a.article_pk = s.article_pk "
            "WHERE a.document_pk = ?",
            (document,),
        )
        self.connection.unindex("sentence_search", [(number, *to_tokens(text)) for number, text in sentences])
        heads = self.connection.query(
            "SELECT article_pk, kicker, title FROM article WHERE document_pk = ?", (document,)
        )
        rows = [(number, *to_tokens(" ".join(filter(None, head)))) for number, *head in heads]
        self.connection.unindex("article_search", [row for row in rows if row[2]])

    def _insert(self, run: int, documents: Sequence[DocumentRows]) -> None:
        out: dict[str, list[Cells]] = {table: [] for table in COLUMNS}
        sentence_index: list[tuple[int, str, str]] = []
        article_index: list[tuple[int, str, str]] = []
        for rows in documents:
            document = self._take("document", 1)
            article = self._take("article", len(rows.articles))
            sentence = self._take("sentence", len(rows.sentences))
            fact = self._take("fact", len(rows.facts))
            places = [self._intern(place, out["place"]) for place in rows.places]
            out["document"].append((document, *rows.document, run))
            out["article"] += [
                (article + r[0], document, None if r[2] is None else places[r[2]], *r[3:]) for r in rows.articles
            ]
            out["sentence"] += [(sentence + r[0], article + r[1], *r[2:]) for r in rows.sentences]
            out["fact"] += [
                (fact + r[0], article + r[1], sentence + r[2], None if r[3] is None else places[r[3]], *r[4:])
                for r in rows.facts
            ]
            out["place_mention"] += [(article + r[0], places[r[1]], *r[2:]) for r in rows.place_mentions]
            out["program_mention"] += [(article + r[0], *r[1:]) for r in rows.program_mentions]
            out["period_mention"] += [(article + r[0], *r[1:]) for r in rows.period_mentions]
            sentence_index += [(sentence + i, *tokens) for i, tokens in enumerate(rows.sentence_tokens)]
            article_index += [(article + i, *tokens) for i, tokens in enumerate(rows.article_tokens) if tokens.chars]
        for table, cells in out.items():
            self.connection.insert(table, COLUMNS[table], cells)
        self.connection.index("sentence_search", sentence_index)
        self.connection.index("article_search", article_index)
        totals = Totals()
        totals.add_documents(documents)
        totals.save(self.connection)

    def _intern(self, place: Cells, new: list[Cells]) -> int:
        number = self._places.get(place)
        if number is None:
            number = self._places[place] = self._next_place
            self._next_place += 1
            new.append((number, *place))
        return number

    def _note(self, run: int, failures: Iterable[Row]) -> None:
        for failure in failures:
            self.connection.execute(
                "INSERT INTO failure (doc, part, sha256, stage, error, message, tries, run_pk) "
                "VALUES (?, ?, ?, ?, ?, ?, 1, ?) ON CONFLICT (doc, part) DO UPDATE SET sha256 = excluded.sha256, "
                "stage = excluded.stage, error = excluded.error, message = excluded.message, "
                "tries = failure.tries + 1, run_pk = excluded.run_pk",
                (*failure, run),
            )
