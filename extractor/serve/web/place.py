"""A place: its facts by year, and what lies in it."""

from __future__ import annotations

from typing import NamedTuple

from extractor.search import Question, count_facets
from extractor.search.hit import read_hits
from extractor.search.page import count
from extractor.search.select import build_selection
from extractor.serve.query.place import Node, PlaceTree
from extractor.serve.web.address import Address
from extractor.serve.web.result import Result, to_result
from extractor.store import Connection

MOST_YEARS = 200
MOST_FACTS = 20_000  # of a place of which each year shows examples
EXAMPLES = 2  # facts shown of a year
MOST_CHILDREN = 400


class Year(NamedTuple):
    """A year of the time line. `share`: its facts, in hundredths of the year with most."""

    year: int
    facts: int
    share: int
    href: str
    examples: tuple[Result, ...]


class Child(NamedTuple):
    """A place within another. `facts`: of it and of all that lies in it."""

    name: str
    href: str
    facts: int
    share: int


class PlaceView(NamedTuple):
    """`parents`: names from province down, with their addresses."""

    name: str
    path: str
    parents: tuple[tuple[str, str], ...]
    facts: int
    search: str
    chart: str
    years: tuple[Year, ...]
    undated: int
    children: tuple[Child, ...]


def read_place(connection: Connection, tree: PlaceTree, path: str, address: Address) -> PlaceView:
    """A place by its path (山东省/济宁市), its code or a name, former ones too; of an empty one all provinces. What the
    tree does not know is searched for. Raises UsageError."""
    asked = "/".join(part.strip() for part in path.split("/") if part.strip())
    node = find_node(tree, asked) if asked else None
    names = node.path if node is not None else tuple(asked.split("/")) if asked else ()
    place = "/".join(names)
    question = Question(place=place) if place else Question()
    total = count(connection, build_selection(connection, question, ranked=False))
    counts = count_facets(connection, question, ("year",), MOST_YEARS)["year"]
    most = max((row.facts for row in counts), default=1)
    examples = _read_examples(connection, question, address) if place and 0 < total <= MOST_FACTS else {}
    years = []
    for row in sorted(counts, reverse=True):
        year = int(row.value)
        query: dict[str, str | int | None] = {"place": place, "from": year, "to": year}
        years.append(
            Year(year, row.facts, _share(row.facts, most), address.to("/", **query), tuple(examples.get(year, ())))
        )
    return PlaceView(
        name=names[-1] if names else "",
        path=place,
        parents=tuple((name, address.to("/place/" + "/".join(names[: at + 1]))) for at, name in enumerate(names[:-1])),
        facts=total,
        search=address.to("/", place=place),
        chart=address.to("/chart", place=place),
        years=tuple(years),
        undated=max(0, total - sum(row.facts for row in counts)),
        children=_to_children(tree, node, address) if node is not None or not place else (),
    )


def find_node(tree: PlaceTree, asked: str) -> Node | None:
    """The place of a path or a code, or the only one of a full or short name."""
    node = tree.find(asked)
    if node is not None or "/" in asked:
        return node
    named = [node for path, node in tree.nodes.items() if asked in (path[-1], path[-1][:-1])]
    return named[0] if len(named) == 1 else None


def _share(facts: int, most: int) -> int:
    return max(1, round(100 * facts / max(1, most)))


def _read_examples(connection: Connection, question: Question, address: Address) -> dict[int, list[Result]]:
    """The surest facts of each year."""
    selection = build_selection(connection, question, ranked=False)
    ranked = selection.to_sql(
        "f.fact_pk, f.year, ROW_NUMBER() OVER (PARTITION BY f.year ORDER BY f.confidence DESC, f.amount DESC, "
        "f.fact_pk) AS position"
    )
    sql = f"SELECT year, fact_pk FROM ({ranked.sql}) ranked WHERE position <= {EXAMPLES} AND year IS NOT NULL"
    rows = sorted(
        connection.query(f"{sql} ORDER BY year DESC, position LIMIT 200", ranked.values), key=lambda row: -row[0]
    )
    hits = {hit.fact.fact_id: hit for hit in read_hits(connection, question, [fact for _, fact in rows], {})}
    found: dict[int, list[Result]] = {}
    for hit in hits.values():
        if hit.year is not None:
            found.setdefault(hit.year, []).append(to_result(hit, address))
    return found


def _to_children(tree: PlaceTree, node: Node | None, address: Address) -> tuple[Child, ...]:
    """What lies right below, under its latest name, those with most facts first; what has none is left out."""
    children = [child for child in tree.to_page(node).children if child.facts][:MOST_CHILDREN]
    most = children[0].facts if children else 1
    return tuple(
        Child(child.name, address.to("/place/" + "/".join(child.path)), child.facts, _share(child.facts, most))
        for child in children
    )
