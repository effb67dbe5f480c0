"""Numbers for the charts: money by year, most frequent indicators, facts by place."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from extractor.search import Question, count_facets
from extractor.search.condition import Condition
from extractor.search.page import count
from extractor.search.select import Selection, build_selection
from extractor.serve.web.address import Address
from extractor.serve.web.facet import to_indicator, to_label
from extractor.store import Connection

YUAN = "CNY"
TOP = 20
LARGE = 1_000_000  # facts up to which every chart is drawn
MOST_PLACES = 5_000
MANY = 400  # places over which the tree ends at the prefectures
PREFECTURE, COUNTY = 2, 3  # names of their paths


class MoneyYear(NamedTuple):
    """Money of a year in today's yuan. `facts`: stated amounts that are added up; `vague`: ranges, bounds and vague
    numbers, which are not."""

    year: int
    yuan: float
    largest: float
    facts: int
    vague: int
    href: str


class Bar(NamedTuple):
    """A count with its name."""

    label: str
    facts: int
    href: str


class Node(NamedTuple):
    """A place of the tree with what lies in it. `share`: hundredths of its neighbours' most."""

    name: str
    facts: int
    share: int
    href: str
    children: tuple[Node, ...]


class Charts(NamedTuple):
    """All charts of a question; not `whole`: of very many facts only those that an index counts."""

    whole: bool
    money: tuple[MoneyYear, ...]
    undated: int
    indicators: tuple[Bar, ...]
    kinds: tuple[Bar, ...]
    years: tuple[Bar, ...]
    places: tuple[Node, ...]


def read_charts(connection: Connection, question: Question, address: Address) -> Charts:
    """Counts and sums of the question's facts. Raises UsageError."""
    plain = replace(question, cursor=None, sort=None)
    selection = build_selection(connection, plain, ranked=False)
    whole = count(connection, selection) <= LARGE
    counts = count_facets(connection, plain, ("kind", "year", "indicator") if whole else ("kind", "year"), 200)
    money, undated = _read_money(connection, selection, address) if whole else ((), 0)
    return Charts(
        whole=whole,
        money=money,
        undated=undated,
        indicators=tuple(
            Bar(
                to_indicator(str(row.value), address.language),
                row.facts,
                address.ask({"indicator": str(row.value)}, path="/"),
            )
            for row in counts.get("indicator", ())[:TOP]
        ),
        kinds=tuple(
            Bar(
                to_label("kind", str(row.value), address.language),
                row.facts,
                address.ask({"kind": str(row.value)}, path="/"),
            )
            for row in counts["kind"]
        ),
        years=tuple(
            Bar(str(row.value), row.facts, address.ask({"from": row.value, "to": row.value}, path="/"))
            for row in sorted(counts["year"])
        ),
        places=_read_tree(connection, selection, address) if whole else (),
    )


def _read_money(connection: Connection, selection: Selection, address: Address) -> tuple[tuple[MoneyYear, ...], int]:
    """Money by year, what is part of a stated total left out, and the amounts without a year."""
    money = Condition(
        "f.kind = 'money' AND f.amount_unit = ? AND f.part_of IS NULL AND f.per IS NULL AND f.amount IS NOT NULL",
        (YUAN,),
    )
    vague = "CASE WHEN f.value IS NULL THEN 1 ELSE 0 END"
    columns = f"f.year, {vague}, count(*), sum(f.amount), max(f.amount)"
    query = selection.to_sql(columns, "GROUP BY 1, 2", money)
    rows: dict[int, MoneyYear] = {}
    undated = 0
    for year, is_vague, facts, yuan, largest in connection.query(query.sql, query.values):
        if year is None:
            undated += facts
            continue
        href = address.ask({"kind": "money", "unit": YUAN, "from": year, "to": year, "sort": "value"}, path="/")
        row = rows.get(year) or MoneyYear(year, 0.0, 0.0, 0, 0, href)
        rows[year] = row._replace(vague=facts) if is_vague else row._replace(yuan=yuan, largest=largest, facts=facts)
    return tuple(rows[year] for year in sorted(rows)), undated


def _read_tree(connection: Connection, selection: Selection, address: Address) -> tuple[Node, ...]:
    joined = selection._replace(source=f"{selection.source} JOIN place p ON p.place_pk = f.place_pk")
    query = joined.to_sql("p.path, count(*)", f"GROUP BY p.path ORDER BY 2 DESC, 1 LIMIT {MOST_PLACES}")
    tree: dict[str, _Branch] = {}
    rows = list(connection.query(query.sql, query.values))
    depth = COUNTY if len(rows) <= MANY else PREFECTURE
    for path, facts in rows:
        level = tree
        for name in (path or "").split("/")[:depth]:
            if not name:
                break
            branch = level.setdefault(name, _Branch())
            branch.facts += facts
            level = branch.below
    return _to_nodes(tree, (), address)


class _Branch:
    """A node while it is counted."""

    def __init__(self) -> None:
        self.facts = 0
        self.below: dict[str, _Branch] = {}


def _to_nodes(level: dict[str, _Branch], above: tuple[str, ...], address: Address) -> tuple[Node, ...]:
    ordered = sorted(level.items(), key=lambda item: (-item[1].facts, item[0]))
    most = ordered[0][1].facts if ordered else 1
    nodes = []
    for name, branch in ordered:
        path = (*above, name)
        href = address.ask({"place": "/".join(path)}, path="/")
        share = max(1, round(100 * branch.facts / most))
        nodes.append(Node(name, branch.facts, share, href, _to_nodes(branch.below, path, address)))
    return tuple(nodes)
