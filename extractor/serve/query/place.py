"""The tree of the database's places under their latest names, with what is told of each and of all that lies in it."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from extractor.gazetteer import Division, find_divisions, load_gazetteer
from extractor.model import Place
from extractor.search.facet import count_facets
from extractor.search.question import Question
from extractor.store import Connection
from extractor.text import BodySpan
from schemas.api import PlaceDetail, PlaceNode, PlacePage, YearCount

Path = tuple[str, ...]
YEARS = 1_000
NOWHERE = BodySpan(0, 1)
BELOW = ("township", "village")  # what stands below the gazetteer's divisions in a path, where no row tells


class Row(NamedTuple):
    """A row of table place."""

    number: int
    adcode: str | None
    place_id: str | None
    name: str
    level: str
    path: str


@dataclass(slots=True)
class Node:
    """A place and the numbers of its rows; counts are those of the rows alone until they are added up."""

    path: Path
    level: str
    adcode: str | None = None
    place_id: str | None = None
    own_facts: int = 0
    facts: int = 0
    articles: int = 0
    children: list[Path] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class PlaceTree:
    """All places; `names`: by path, place_id and code, also former ones."""

    nodes: dict[Path, Node]
    names: dict[str, Path]
    unplaced: int

    def find(self, name: str) -> Node | None:
        """The place of a path, a place_id or a code."""
        path = self.names.get(name.strip("/"))
        return None if path is None else self.nodes[path]

    def to_record(self, node: Node) -> PlaceNode:
        """The place as it is given."""
        return PlaceNode.model_validate(
            {
                **{name: getattr(node, name) for name in ("path", "level", "adcode", "place_id")},
                **{name: getattr(node, name) for name in ("own_facts", "facts", "articles")},
                "name": node.path[-1],
                "children": len(node.children),
            }
        )

    def to_page(self, node: Node | None) -> PlacePage:
        """A place between what it lies in and what lies in it."""
        above = [] if node is None else [self.nodes[node.path[:size]] for size in range(1, len(node.path))]
        below = [self.nodes[path] for path in (self._roots() if node is None else node.children)]
        below.sort(key=lambda child: (-child.facts, child.path))
        return PlacePage(
            place=None if node is None else self.to_record(node),
            above=tuple(map(self.to_record, above)),
            children=tuple(map(self.to_record, below)),
            unplaced=self.unplaced,
        )

    def _roots(self) -> list[Path]:
        return [path for path in self.nodes if len(path) == 1]


class TreeCache:
    """The tree of the database's latest state: made once, whoever asks meanwhile waits."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._state: str | None = None
        self._tree: PlaceTree | None = None

    def read(self, connection: Connection, state: str) -> PlaceTree:
        """The tree of a state."""
        with self._lock:
            if self._tree is None or self._state != state:
                self._tree, self._state = read_tree(connection), state
            return self._tree


def read_detail(connection: Connection, tree: PlaceTree, node: Node) -> PlaceDetail:
    """A place with its time line."""
    question = Question(place=(node.place_id and node.adcode) or "/".join(node.path))
    years = count_facets(connection, question, ("year",), YEARS)["year"]
    counts = sorted((int(count.value), count.facts) for count in years)
    page = tree.to_page(node)
    return PlaceDetail(
        place=page.place,
        above=page.above,
        children=page.children,
        unplaced=page.unplaced,
        years=tuple(YearCount(year=year, facts=facts) for year, facts in counts),
    )


def read_tree(connection: Connection) -> PlaceTree:
    """Counts everything. Raises StoreError."""
    facts: dict[int | None, int] = dict(
        connection.query("SELECT place_pk, count(*) FROM fact WHERE counted = 1 GROUP BY place_pk")
    )
    articles: dict[int | None, int] = dict(
        connection.query("SELECT place_pk, count(*) FROM article WHERE duplicate_of IS NULL GROUP BY place_pk")
    )
    tree = PlaceTree({}, {}, int(facts.get(None, 0)))
    rows = [Row(*row) for row in connection.query("SELECT place_pk, adcode, place_id, name, level, path FROM place")]
    for row in rows:
        node = _add(tree, row)
        node.own_facts += facts.get(row.number, 0)
        node.articles += articles.get(row.number, 0)
    for path in sorted(tree.nodes, key=len, reverse=True):
        node = tree.nodes[path]
        node.facts += node.own_facts
        if len(path) > 1:
            above = tree.nodes[path[:-1]]
            above.facts += node.facts
            above.articles += node.articles
            above.children.append(path)
    _add_names(tree, rows)
    return tree


def _add(tree: PlaceTree, row: Row) -> Node:
    """The node of a row, made with all above it where it is new."""
    printed = tuple(row.path.split("/")) if row.path else (row.name,)
    divisions = _find_latest(row, printed)
    for size, division in enumerate(divisions, 1):
        path = tuple(above.name for above in divisions[:size])
        if path not in tree.nodes:
            place_id = load_gazetteer().place_id(division.identity)
            tree.nodes[path] = Node(path, division.level, division.adcode or None, place_id)
    held = tuple(division.name for division in divisions)
    rest = () if row.place_id in load_gazetteer().identity_of else printed[len(_find_held(row, printed)) :]
    path = held + rest
    for size in range(len(held) + 1, len(path) + 1):
        level = BELOW[min(size - len(held) - 1, 1)] if size < len(path) else row.level
        tree.nodes.setdefault(path[:size], Node(path[:size], level))
    node = tree.nodes[path]
    if rest:
        node.level, node.adcode, node.place_id = row.level, row.adcode or node.adcode, row.place_id or node.place_id
    tree.names["/".join(printed)] = path
    return node


def _find_held(row: Row, printed: Path) -> tuple[Division, ...]:
    """The gazetteer's divisions of a path as it was printed."""
    place = Place(NOWHERE, row.name, row.adcode, row.place_id, row.name, row.level, printed, "")
    return find_divisions(place)


def _find_latest(row: Row, printed: Path) -> tuple[Division, ...]:
    """The divisions from the province down to the row's own, or to what holds it, as they are today or were last."""
    gazetteer = load_gazetteer()
    identity = gazetteer.identity_of.get(row.place_id or "")
    if identity is None:
        held = _find_held(row, printed)
        if not held:
            return ()
        identity = held[-1].identity
    latest = gazetteer.periods[identity][-1]
    return gazetteer.path(latest, latest.valid_to - 1)


def _add_names(tree: PlaceTree, rows: Iterable[Row]) -> None:
    """Paths of today hold before former ones, ids and codes of today before former ones."""
    former = dict(tree.names)
    for row in rows:
        path = former["/".join(row.path.split("/")) if row.path else row.name]
        for name in (row.place_id, row.adcode):
            if name:
                tree.names[name] = path
    for path, node in tree.nodes.items():
        for name in ("/".join(path), node.adcode, node.place_id):
            if name:
                tree.names[name] = path
