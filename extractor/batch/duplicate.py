"""Articles printed more than once: the same content, or the same story with small changes."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from extractor.store import Connection
from extractor.store.article import read_figures
from extractor.store.signature import PERMUTATIONS
from extractor.store.total import keep_totals

if TYPE_CHECKING:
    from numpy.typing import NDArray

# By date, then by name: which of several prints is the first does not hang on the order of reading.
ORDER = "ORDER BY a.published IS NULL, a.published, d.doc, d.part, a.ordinal, a.article_pk"
BANDS, WIDTH = 16, 4  # finds 99.9 % of the pairs that share 0.7 of their shingles, 6 % of those that share 0.25
# Share of equal MinHash numbers. Over the articles of corpora/ (150 characters and more) the lowest of twenty is 0.89
# with another dateline, 0.94 with a credit, 0.83 with a character in sixty changed, 0.58 and 0.63 with one and two
# sentences dropped (of three to six); the same text with other figures has 0.23 to 0.98, two different texts 0.06.
ALIKE = 0.6
FIGURES = 0.8  # share of the shorter print's figures that the other has: a monthly report keeps its words, not these
STORIES = 8  # of one group that an article is compared with: forms that are filled in every month have thousands
CHUNK = 10_000


def find_reprints(
    rows: Iterable[int], to_keys: Callable[[int], Sequence[Hashable]], is_reprint: Callable[[int, int], bool]
) -> dict[int, int]:
    """The rows that tell again what an earlier one told, each with that one.

    `rows` stand in the order of their prints. `to_keys` gives a row's keys, one a band, in the bands' order; rows
    without a key in common are never compared, so that any sets of them may be gone through apart.
    `is_reprint(first, row)` decides.
    """
    stories: dict[Hashable, list[int]] = {}  # by key, the first prints seen so far
    found: dict[int, int] = {}
    for row in rows:
        keys = to_keys(row)
        heads = dict.fromkeys(head for key in keys for head in stories.get(key, ()))
        first = next((head for head in heads if is_reprint(head, row)), None)
        if first is not None:
            found[row] = first
            continue
        for key in keys:
            known = stories.setdefault(key, [])
            if len(known) < STORIES:
                known.append(row)
    return found


def is_alike(one: NDArray[np.uint32], other: NDArray[np.uint32]) -> bool:
    """Whether two signatures are those of one story."""
    return float(np.mean(one == other)) >= ALIKE


def share_figures(one: Collection[Hashable], other: Collection[Hashable]) -> bool:
    """Whether two articles' figures, each once, are those of one story."""
    least = min(len(one), len(other))
    if not least:
        return not (one or other)
    return len(set(one) & set(other)) >= FIGURES * least


def mark_duplicates(connection: Connection) -> int:
    """Sets `duplicate_of` of every article that an earlier one tells already, and counts its facts no more; clears
    what no longer holds. The number of duplicates.

    Memory: about 100 bytes an article; signatures lie in a temporary file.
    """
    with tempfile.TemporaryFile() as file:
        table = _Table(connection, file)
        first = table.find_first()
        return _write(connection, table, first)


class _Table:
    """All articles in the order of their prints, as arrays."""

    def __init__(self, connection: Connection, file: Any) -> None:
        self.connection = connection
        numbers: list[NDArray[np.int64]] = []
        identities: list[NDArray[np.uint64]] = []
        marks: list[NDArray[np.uint64]] = []
        signed: list[NDArray[np.bool_]] = []
        empty = bytes(4 * PERMUTATIONS)
        rows = connection.query(
            "SELECT a.article_pk, a.article_id, a.duplicate_of, a.signature FROM article a "
            f"JOIN document d ON d.document_pk = a.document_pk {ORDER}"
        )
        for chunk in _chunks(rows):
            numbers.append(np.array([row[0] for row in chunk], dtype=np.int64))
            identities.append(np.array([int(row[1], 16) for row in chunk], dtype=np.uint64))
            marks.append(np.array([int(row[2] or "0", 16) for row in chunk], dtype=np.uint64))
            signed.append(np.array([row[3] is not None for row in chunk], dtype=np.bool_))
            file.write(b"".join(row[3] or empty for row in chunk))
        file.flush()
        none = np.array([], dtype=np.int64)
        self.numbers = np.concatenate(numbers) if numbers else none
        self.identities = np.concatenate(identities) if numbers else none.astype(np.uint64)
        self.marks = np.concatenate(marks) if numbers else none.astype(np.uint64)
        self.signed = np.concatenate(signed) if numbers else none.astype(np.bool_)
        size = len(self.numbers)
        self.signatures: NDArray[np.uint32] = (
            np.memmap(file, dtype="<u4", mode="r", shape=(size, PERMUTATIONS))
            if size
            else np.zeros((0, PERMUTATIONS), dtype=np.uint32)
        )

    def find_first(self) -> NDArray[np.int64]:
        """For each article the row of the first print of its story (its own row where it is the first)."""
        size = len(self.numbers)
        first = np.arange(size, dtype=np.int64)
        if not size:
            return first
        _, index, inverse = np.unique(self.identities, return_index=True, return_inverse=True)
        first = index[inverse].astype(np.int64)
        groups = self._group()
        shared = np.zeros(size, dtype=np.bool_)
        for group in groups:
            shared |= (np.bincount(group)[group] > 1) & self.signed
        found = find_reprints(
            map(int, np.flatnonzero(shared & (first == np.arange(size)))),
            lambda row: [(band, int(group[row])) for band, group in enumerate(groups)],
            self._is_reprint,
        )
        for row, head in found.items():
            first[row] = head
        return first[first]

    def _group(self) -> list[NDArray[np.int64]]:
        """For each band the number of each article's group: those with the same numbers in the band."""
        groups: list[NDArray[np.int64]] = []
        for band in range(BANDS):
            part = np.ascontiguousarray(self.signatures[:, band * WIDTH : (band + 1) * WIDTH])
            keys = part.view(np.dtype((np.void, part.dtype.itemsize * WIDTH))).ravel()
            groups.append(np.unique(keys, return_inverse=True)[1].ravel().astype(np.int64))
        return groups

    def _is_reprint(self, one: int, other: int) -> bool:
        return is_alike(self.signatures[one], self.signatures[other]) and share_figures(
            self._find_figures(one), self._find_figures(other)
        )

    def _find_figures(self, row: int) -> set[tuple[Any, ...]]:
        return read_figures(self.connection, int(self.numbers[row]))


def _chunks(rows: Iterator[tuple[Any, ...]]) -> Iterator[Sequence[tuple[Any, ...]]]:
    chunk: list[tuple[Any, ...]] = []
    for row in rows:
        chunk.append(row)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _write(connection: Connection, table: _Table, first: NDArray[np.int64]) -> int:
    later = first != np.arange(len(first))
    wanted = np.where(later, table.identities[first], np.uint64(0))
    changed = np.flatnonzero(wanted != table.marks)
    for at in range(0, len(changed), CHUNK):
        numbers = [int(number) for number in table.numbers[changed[at : at + CHUNK]]]
        with connection.transaction(), keep_totals(connection, numbers):
            for row in changed[at : at + CHUNK]:
                identity = f"{int(wanted[row]):016x}" if later[row] else None
                number = int(table.numbers[row])
                connection.execute("UPDATE article SET duplicate_of = ? WHERE article_pk = ?", (identity, number))
                counted = "0" if later[row] else "CASE WHEN repeat_of IS NULL THEN 1 ELSE 0 END"
                connection.execute(f"UPDATE fact SET counted = {counted} WHERE article_pk = ?", (number,))
    return int(later.sum())
