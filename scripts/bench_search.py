"""Searches and the queries of docs/queries.md on a database of generated facts, each beside a scan of the whole table.

usage: scripts/bench search [FACTS] [--db FILE] [--rounds N]     (default: 5,000,000 facts in a temporary file,
                                                                  which takes some minutes and GB to make)

An existing FILE is asked as it is; one that is not there is made and stays. A postgresql:// address is filled where its
schema is empty.
"""

from __future__ import annotations

import argparse
import random
import re
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

from rich.console import Console
from rich.table import Table

from extractor.gazetteer import load_gazetteer
from extractor.lexicon.table import read_table
from extractor.search import Question, count_facets, read_stats, search, suggest
from extractor.search.filter import build_filters
from extractor.search.match import find_words, to_phrase
from extractor.store import Connection, DocumentRows, Writer, migrate, open_connection
from extractor.store.row import COLUMNS
from extractor.store.token import to_tokens
from schemas import RunRecord

ROOT = Path(__file__).resolve().parents[1]


def _split(words: str) -> list[str]:
    return words.split()


SENTENCES, FACTS = 8, 4  # of an article, of a sentence
BATCH = 2_000  # documents of a transaction
HEADS = _split("全县 全市 我区 该镇 今年以来 去年 截至目前 据统计 为此 其中 上半年 三年来 村里 公社 合作社 当地")
VERBS = _split("新建 投入 发放 培训 完成 实现 改造 整合 收购 种植 安置 出栏 检查 植树 铺设 捐赠 筹集 推广 举办 受理")
THINGS = _split(
    "扶贫资金 粮食产量 财政收入 就业岗位 农村公路 高标准农田 水库 学校 卫生院 图书 党员 干部 技术人员 贫困户 良种 化肥 "
    "肥猪 苹果 蔬菜大棚 棉花 电商平台 工业产值 固定资产投资 出口总额 旅游收入 社会救助金 养老保险 住房 厕所 路灯 管网 "
    "光伏电站 合作社 龙头企业 驻村工作队 志愿者"
)
LINKS = _split(
    "进一步 积极 共 累计 全部 同比 先后 一次性 按计划 重点 统筹 组织 帮助群众 带动农户 依托产业 通过招商引资 "
    "在各级支持下"
)
UNITS = (  # kind, unit, unit of the amount, one of the former in the latter
    ("money", "元", "CNY", 1.0),
    ("money", "万元", "CNY", 1e4),
    ("measure", "亩", "m2", 666.666667),
    ("measure", "公顷", "m2", 1e4),
    ("measure", "公斤", "kg", 1.0),
    ("measure", "吨", "kg", 1e3),
    ("measure", "公里", "m", 1e3),
    ("count", "个", "个", 1.0),
    ("count", "户", "户", 1.0),
    ("count", "人", "人", 1.0),
    ("count", "名", "名", 1.0),
    ("ratio", "%", "%", 1.0),
)
# Canonical indicators that the searches and docs/queries.md ask for, by the place of their unit in UNITS.
INDICATORS = {
    0: ("output_value", "income", "total_investment"),
    2: ("orchard_area",),
    4: ("grain_output",),
    9: ("population",),
    11: ("satisfaction_rate",),
}
PAPERS = tuple(f"{name}日报" for name in _split("东山 海州 江口 平原 北川 南岭 西河 长林 新城 湖滨"))
AT = {name: at for at, name in enumerate(COLUMNS["fact"])}


class Generator:
    """Documents of one article each, the same for one seed: years, places, programs and words as uneven as in print."""

    def __init__(self, seed: int = 7) -> None:
        self.random = random.Random(seed)
        gazetteer = load_gazetteer()
        self.places: list[tuple[Any, ...]] = []
        for identity in sorted(gazetteer.periods):
            division = gazetteer.periods[identity][-1]
            if division.level != "county" or not division.adcode:
                continue
            code, path = division.adcode, [above.name for above in gazetteer.path(division, 2020)]
            codes = (code[:2] + "0000", code[:4] + "00", code)
            place_id = gazetteer.place_id(identity)
            self.places.append((code, place_id, division.name, "county", "/".join(path), path[0], *codes))
        self.random.shuffle(self.places)
        self.weights = [1 / (rank + 20) for rank in range(len(self.places))]
        self.programs = [f"{self._word()}{self._word()}工程" for _ in range(3_000)]
        self.names = [self._word() + thing for thing in THINGS for _ in range(40)]
        self.indicators = find_indicators()

    def _word(self) -> str:
        return "".join(self.random.choices("春光金穗红雁安康惠民清流乡村振兴富强同心暖阳绿洲银龄星火石榴雨露蓝天", k=2))

    def documents(self, facts: int) -> Iterator[DocumentRows]:
        for number in range(max(1, facts // (SENTENCES * FACTS))):
            yield self._document(number)

    def _document(self, number: int) -> DocumentRows:
        pick = self.random
        (place,) = pick.choices(self.places, self.weights)
        year = pick.randint(1950, 2025) if pick.random() < 0.3 else pick.randint(2005, 2025)
        day = f"{year}-{pick.randint(1, 12):02d}-{pick.randint(1, 28):02d}"
        name = f"bench/{number:07d}.txt"
        head = (name, 1, 0, f"{number:064x}", 3000, 1000, "utf-8", "text", day, "file_name", pick.choice(PAPERS), None)
        rows = DocumentRows(name, 1, head, places=[place])
        title = f"{place[2]}{pick.choice(VERBS)}{pick.choice(THINGS)}"
        quality = round(pick.uniform(0.6, 1), 4)
        start = (0, 0, 0, f"{number:016x}", 0, "news", title, None, "[]", None, None, None, day, year, "[]", title)
        rows.articles.append((*start, 600, None, None, quality, None, None))
        rows.article_tokens.append(to_tokens(title))
        at = 0
        for sentence in range(SENTENCES):
            text = self._sentence(rows, sentence, at, place, (year, day))
            rows.sentences.append((sentence, 0, at, at + len(text), text, None, None))
            rows.sentence_tokens.append(to_tokens(text))
            at += len(text)
        return rows

    def _sentence(
        self, rows: DocumentRows, sentence: int, at: int, place: tuple[Any, ...], when: tuple[int, str]
    ) -> str:
        pick = self.random
        text = pick.choice(HEADS) + (f"{when[0]}年" if pick.random() < 0.2 else "") + "，"
        program = pick.choice(self.programs) if pick.random() < 0.2 else None
        if program:
            text += f"实施“{program}”，"
        for part in range(FACTS):
            at_unit = pick.randrange(len(UNITS))
            kind, unit, amount_unit, factor = UNITS[at_unit]
            thing = pick.choice(self.names) if pick.random() < 0.3 else pick.choice(THINGS)
            number = round(10 ** pick.uniform(0, 5), pick.choice((0, 0, 1)))
            value = f"{number:.0f}" if number == int(number) else f"{number}"
            text += pick.choice(LINKS) + pick.choice(VERBS) + thing
            quantity = (value + unit, at + len(text), at + len(text) + len(value + unit))
            text += value + unit + ("。" if part == FACTS - 1 else "，")
            row: list[Any] = [None] * len(AT)
            row[0], row[1], row[2], row[3] = len(rows.facts), 0, sentence, 0
            cells = {
                "fact_id": f"{pick.getrandbits(64):016x}",
                "place_basis": "article",
                "kind": kind,
                **dict(zip(("quantity_text", "quantity_start", "quantity_end"), quantity, strict=True)),
                **dict.fromkeys(("value", "min_value", "max_value"), value),
                "modifier": "exact",
                "unit": amount_unit if kind == "money" else unit,
                "amount": round(number * factor, 6),
                "amount_unit": amount_unit,
                "indicator_text": thing,
                "indicator_start": quantity[1] - len(thing),
                "indicator_end": quantity[1],
                "indicator_id": pick.choices(*self.indicators[at_unit])[0] if pick.random() < 0.5 else None,
                "year": when[0],
                "day": when[1],
                "rule": "generated",
                "confidence": round(pick.uniform(0.5, 1), 3),
                "counted": int(pick.random() < 0.97),
            }
            if program:
                cells |= {
                    "program_text": program,
                    "program_start": at,
                    "program_end": at + 1,
                    "program_type": "project",
                }
            if pick.random() < 0.5:
                cells |= {"period_text": "年", "period_start": at, "period_end": at + 1}
                cells |= {
                    "period_start_date": f"{when[0] - (pick.random() < 0.1) * 5}-01-01",
                    "period_end_date": when[1],
                }
            for name, cell in cells.items():
                row[AT[name]] = cell
            rows.facts.append(tuple(row))
        return text


def find_indicators() -> list[tuple[list[str], list[float]]]:
    """For each unit its indicators and how frequent they are: 552 in all, a few of them in most facts."""
    rest = sorted(
        {row["id"] for row in read_table("indicator.tsv")} - {name for row in INDICATORS.values() for name in row}
    )
    found = []
    for at in range(len(UNITS)):
        names = [*INDICATORS.get(at, ()), *rest[at :: len(UNITS)]]
        found.append((names, [1 / (rank + 2) for rank in range(len(names))]))
    return found


def make_database(name: str, facts: int) -> None:
    """Writes generated documents, as `govfacts run` would."""
    with closing(open_connection(name, write=True, create=True)) as connection, connection.lock():
        migrate(connection)
        writer = Writer(connection)
        run = writer.start_run(
            RunRecord(
                doc="",
                run_id="0" * 16,
                version="0",
                lexicon_digest="0" * 16,
                gazetteer_digest="0" * 16,
                settings={},
                started="2000-01-01T00:00:00Z",
            ),
            "{}",
            "0" * 32,
        )
        batch: list[DocumentRows] = []
        for rows in Generator().documents(facts):
            batch.append(rows)
            if len(batch) == BATCH:
                writer.save(run, batch)
                batch = []
        writer.save(run, batch)


class Case(NamedTuple):
    """`work` is timed; `scan`: the same facts without an index."""

    name: str
    work: Callable[[], object]
    scan: Callable[[], object] | None = None


def find_searches(generator: Generator) -> dict[str, dict[str, Any]]:
    """Typical questions; names are some of those that the generator makes."""
    program, thing = generator.programs[7], generator.names[3]
    return {
        "a rare text": {"text": program},
        "two characters of a rare text": {"text": thing[:2]},
        "a word in many sentences": {"text": "扶贫资金"},
        "two words": {"text": "驻村 资金"},
        "two words, by value": {"text": "驻村 资金", "sort": "value"},
        "three words": {"text": "驻村 资金 2020年"},
        "a word without another": {"text": "驻村 -资金"},
        "a year": {"text": "2019年", "sort": "date"},
        "one character in most sentences": {"text": "年", "sort": "date"},
        "text and county": {"text": "扶贫资金", "place": "金乡县"},
        "text, kind and bound": {
            "text": "扶贫资金",
            "kind": "money",
            "minimum": "1000万",
            "unit": "元",
            "sort": "value",
        },
        "county": {"place": "金乡县"},
        "county and years": {"place": "金乡县", "first_day": "2020", "last_day": "2024"},
        "province, by value": {"place": "山东省", "kind": "money", "sort": "value"},
        "money, by value": {"kind": "money", "minimum": "10000000", "unit": "CNY", "sort": "value"},
        "area over a bound": {"unit": "亩", "minimum": "9万", "sort": "value"},
        "one day": {"first_day": "2019-05-04", "last_day": "2019-05-04"},
        "a program": {"program": program},
        "an indicator and months": {"indicator": "grain_output", "first_day": "2020-01", "last_day": "2020-02"},
        "an indicator's text": {"indicator": thing},
        "a newspaper and a year": {"newspaper": PAPERS[0], "first_day": "2020", "last_day": "2020"},
        "all, the latest": {},
        "all, by value": {"sort": "value"},
    }


EXAMPLES = {"头雁领航行动": "{program}"}  # names in docs/queries.md that generated facts do not have


def find_documented(program: str) -> list[tuple[str, str]]:
    """Title and SQL of each query of docs/queries.md, its example of a program replaced."""
    text = (ROOT / "docs" / "queries.md").read_text("utf-8")
    found = []
    for part in text.split("\n## ")[1:]:
        title, body = part.split("\n", 1)
        for number, sql in enumerate(re.findall(r"```sql\n(.*?);\n```", body, re.DOTALL), 1):
            for example, form in EXAMPLES.items():
                sql = sql.replace(example, form.replace("{program}", program))
            found.append((title if number == 1 else f"{title} ({number})", sql))
    return found


def to_scan(connection: Connection, question: Question) -> Callable[[], object]:
    """The question answered by reading all facts and, with a text, their sentences."""
    conditions = list(build_filters(connection, question))
    source = "fact f NOT INDEXED" if connection.dialect == "sqlite" else "fact f"
    where = [condition.sql for condition in conditions]
    values = [value for condition in conditions for value in condition.values]
    if question.terms:
        source += " JOIN sentence s ON s.sentence_pk = f.sentence_pk"
        where += [f"s.text {'NOT ' * term.excluded}LIKE ?" for term in question.terms]
        values += [f"%{term.text}%" for term in question.terms]
    sql = f"SELECT count(*), max(f.amount) FROM {source} WHERE {' AND '.join(where)}"
    return lambda: list(connection.query(sql, values))


def find_cases(connection: Connection) -> Iterator[Case]:
    generator = Generator()
    for name, fields in find_searches(generator).items():
        question = Question(**fields)
        yield Case(name, lambda q=question: search(connection, q).total, to_scan(connection, question))  # type: ignore[misc]
    whole = "SELECT count(*), sum(amount), max(year), max(kind), max(program_text) FROM fact"
    whole += " NOT INDEXED" if connection.dialect == "sqlite" else ""
    for name, sql in find_documented(generator.programs[7]):
        yield Case(name, lambda s=sql: len(list(connection.query(s))), lambda: list(connection.query(whole)))  # type: ignore[misc]
    yield Case("facets of a text", lambda: len(count_facets(connection, Question(text="驻村 资金"))))
    yield Case("suggested programs", lambda: len(suggest(connection, "program", generator.programs[7][:2])))
    yield Case("suggested places", lambda: len(suggest(connection, "place", "济")))
    yield Case("stats", lambda: read_stats(connection).total.facts)


def time_best(work: Callable[[], object], rounds: int) -> tuple[float, object]:
    """Seconds of the fastest round, and what it gave."""
    best, result = float("inf"), None
    for _ in range(rounds):
        start = time.perf_counter()
        result = work()
        best = min(best, time.perf_counter() - start)
        if best > 20:
            break
    return best, result


def compare_forms(connection: Connection, rounds: int) -> Table:
    """Phrases of characters alone, and with the words that the term is cut into: what decides search/match.py."""
    table = Table("term", "characters", "hits", "and words", "hits", title="Forms of a search, milliseconds")
    for term in ("扶贫资金", "2019年", "资金", Generator().programs[7], "年", "贫资", "万元，"):
        chars = to_phrase(term)
        both = " AND ".join([chars, *(to_phrase(word, "words") for word in find_words([term]))])
        cells: list[str] = [term]
        for form in (chars, both):
            sql = "SELECT count(*) FROM sentence_search WHERE sentence_search MATCH ?"
            seconds, rows = time_best(lambda s=sql, f=form: list(connection.query(s, (f,))), rounds)  # type: ignore[misc]
            cells += [f"{seconds * 1000:.1f}", f"{rows[0][0]:,}"]  # type: ignore[index]
        table.add_row(*cells)
    return table


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="scripts/bench search", description="Searches beside scans.")
    parser.add_argument("facts", metavar="FACTS", type=int, nargs="?", default=5_000_000)
    parser.add_argument("--db", metavar="FILE", help="database to ask; made where it is not there")
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as folder:
        name = arguments.db or str(Path(folder) / "bench.db")
        if is_empty(name):
            start = time.perf_counter()
            make_database(name, arguments.facts)
            print(f"{arguments.facts:,} facts written in {time.perf_counter() - start:.0f} s")
        with closing(open_connection(name)) as connection:
            write_report(connection, arguments.rounds)
    return 0


def is_empty(name: str) -> bool:
    """Whether the database is yet to be made."""
    if "://" not in name:
        return not Path(name).exists()
    with closing(open_connection(name, write=True)) as connection:
        migrate(connection)
        return not list(connection.query("SELECT 1 FROM fact LIMIT 1"))


def write_report(connection: Connection, rounds: int) -> None:
    console = Console(width=120)
    ((facts,),) = connection.query("SELECT sum(facts) FROM v_fact_totals")
    console.print(f"{facts:,} facts, {connection.dialect}")
    table = Table("question", "found", "ms", "scan ms", "times as fast", title="Searches and dashboard queries")
    for case in find_cases(connection):
        seconds, found = time_best(case.work, rounds)
        scan = None if case.scan is None else time_best(case.scan, 1)[0]
        ratio = ["-", "-"] if scan is None else [f"{scan * 1000:.0f}", f"{scan / seconds:.1f}"]
        table.add_row(case.name, f"{found:,}", f"{seconds * 1000:.1f}", *ratio)
    console.print(table)
    if connection.dialect == "sqlite":
        console.print(compare_forms(connection, rounds))


if __name__ == "__main__":
    raise SystemExit(main())
