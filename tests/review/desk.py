"""A reviewer's desk: documents in a folder, runs over them, and what is read of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from extractor.batch import Options, run_batch
from extractor.record.span import remove_marks
from extractor.review import decide, undo
from extractor.search import Question, search
from extractor.settings import Settings
from extractor.store import Connection, open_connection
from schemas import FactRecord
from schemas.review import ReviewState

TEXTS = {
    "canal-20240715.txt": "水渠修到田间地头\n\n　　本报讯 今年以来，安徽省全椒县整修灌溉渠道126.5公里，"
    "筹集修路资金约3200万元，培训护林员1500余名。其中，二郎口镇新建农家书屋12个，发放种植技术资料3.5万份。\n"
    "　　全椒县整修灌溉渠道126.5公里，群众满意率达95.6%。\n",
    "wrapped-20190308.txt": "水渠通到山脚下\n\n　　本报讯 今年春天，江西省兴国县新修环\n"
    "山公路36公里，投资580万元，栽种油茶苗\n4.6万株，受益农户860户，山乡的面貌焕\n"
    "然一新，游客也来得比往年更早了。\n　　兴国县计划明年再修公路12公里，让更多\n"
    "的农户走上致富路，把山货运到外面去。\n",
    "cotton-19531102.txt": "　　本报讯 河北省隆尧县收购籽棉1250万斤，发放贷款35亿元，全县共有互助组2300多个。\n",
}


class Desk:
    """A database and the folder of its documents."""

    def __init__(self, name: str, folder: Path) -> None:
        self.name, self.folder = name, folder / "pages"
        self.folder.mkdir(exist_ok=True)
        self._tables = folder / "tables"
        self._open: list[Connection] = []

    @property
    def connection(self) -> Connection:
        """Open for writing; made with the first run."""
        if not self._open:
            self._open.append(open_connection(self.name, write=True))
        return self._open[0]

    def close(self) -> None:
        for connection in self._open:
            connection.close()

    def write(self, **texts: str) -> None:
        for name, text in (texts or TEXTS).items():
            (self.folder / name).write_text(text, "utf-8")

    def run(self, tables: dict[str, str] | None = None, *, inputs: list[str] | None = None) -> None:
        """A run over the folder, with rows of our own laid over the tables."""
        settings = Settings()
        if tables:
            number = len(list(self._tables.parent.glob("tables*")))
            folder = self._tables.with_name(f"tables{number}")
            folder.mkdir()
            for name, text in tables.items():
                (folder / name).write_text(text, "utf-8")
            settings = Settings(lexicon=folder)
        assert not run_batch(inputs or [str(self.folder)], self.name, settings, Options()).failures

    def find(self, text: str, doc: str | None = None) -> str:
        """The fact_id of the first fact of a quantity."""
        sql = "SELECT fact_id FROM v_facts WHERE quantity_text = ? AND doc LIKE ? ORDER BY evidence_start, fact_pk"
        return str(next(iter(self.connection.query(sql, (text, f"%/pages/{doc or ''}%"))))[0])

    def judge(self, text: str, action: str, reviewer: str = "林溪", **options: Any) -> ReviewState:
        return decide(self.connection, self.find(text), action, reviewer, **options)

    def undo(self, fact: str, reviewer: str = "林溪") -> ReviewState:
        return undo(self.connection, fact, reviewer)

    def read(self, doc: str = "") -> list[dict[str, Any]]:
        """All that is read of the facts, in text order, without numbers of the database."""
        names = [name for (name,) in self._columns() if name not in ("fact_pk", "run_id")]
        order = "ORDER BY doc, evidence_start, quantity_text, fact_id"
        sql = f"SELECT {', '.join(names)} FROM v_facts WHERE doc LIKE ? {order}"
        return [dict(zip(names, row, strict=True)) for row in self.connection.query(sql, (f"%/pages/{doc}%",))]

    def _columns(self) -> list[tuple[str]]:
        from extractor.store.migrate import load_tables

        return [(column.name,) for column in load_tables()["v_facts"].columns]

    def texts(self, doc: str = "") -> list[str]:
        return [fact["quantity_text"] for fact in self.read(doc)]

    def hits(self, **asked: Any) -> list[FactRecord]:
        return [hit.fact for hit in search(self.connection, Question(limit=100, **asked)).hits]

    def check(self) -> None:
        """Every span of every fact holds its text, the totals are the facts', and no row hangs loose."""
        for fact in [*self.hits(repeats=True), *self.hits(rejected=True)]:
            if not Path(fact.doc).exists():
                continue  # moved or taken away
            source = Path(fact.doc).read_text("utf-8")
            for name in ("quantity", "indicator", "action", "subject", "program", "period", "base", "evidence"):
                part = getattr(fact, name)
                if part is not None:
                    assert remove_marks(source[part.start_char : part.end_char]) == remove_marks(part.text), (
                        name,
                        part,
                    )
        ((facts, counted),) = self.connection.query("SELECT count(*), coalesce(sum(counted), 0) FROM fact")
        for table in ("fact_total", "paper_total"):
            sums = list(
                self.connection.query(f"SELECT coalesce(sum(facts), 0), coalesce(sum(counted), 0) FROM {table}")
            )
            assert sums == [(facts, counted)], table
        loose = (
            "SELECT count(*) FROM fact_review v WHERE NOT EXISTS (SELECT 1 FROM fact f WHERE f.fact_pk = v.fact_pk) "
            "AND NOT EXISTS (SELECT 1 FROM fact_rejected f WHERE f.fact_pk = v.fact_pk)"
        )
        assert list(self.connection.query(loose)) == [(0,)]
        alone = (
            "SELECT count(*) FROM fact_rejected f WHERE NOT EXISTS "
            "(SELECT 1 FROM fact_review v WHERE v.fact_pk = f.fact_pk)"
        )
        assert list(self.connection.query(alone)) == [(0,)]
