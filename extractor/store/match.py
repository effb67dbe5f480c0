"""Which fact of a document a judged fact is, however the document was read again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from schemas import FactRecord

LEAST = 0.5  # of two quantities' characters that a rejection holds for the other reading


class Candidate(NamedTuple):
    """A fact as the machine reads it now."""

    number: int
    article: int
    fact_id: str
    start: int
    end: int
    numbers: tuple[str | None, ...]  # kind, value, bounds
    text: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Judged:
    """A judged fact with the verdict that decides. `fact`: as that verdict leaves it."""

    number: int
    fact_id: str
    verdict: str
    fact: FactRecord
    machine: FactRecord | None
    doc: str
    part: int
    sha256: str
    offset: int


class Document(NamedTuple):
    """What the documents of a verdict are told apart by."""

    doc: str
    part: int
    sha256: str
    offset: int


@dataclass(slots=True)
class Matches:
    """`found`: candidates by number with the judged fact that each is. `lost`: judged facts of this very content that
    the machine does not find."""

    found: dict[int, Judged]
    lost: list[Judged]


def match(document: Document, candidates: Sequence[Candidate], judged: Iterable[Judged]) -> Matches:
    """Each judged fact to the candidate of its id, else to the one at its place in the same bytes, else to the one
    with the same sentence and quantity in the document of its name. No candidate is two of them."""
    matches = Matches({}, [])
    left = _match_ids(candidates, sorted(judged, key=lambda one: one.fact_id), matches)
    same = [one for one in left if one.sha256 == document.sha256]
    pairs = sorted(
        (-share, candidate.start, candidate.number, at)
        for at, one in enumerate(same)
        for candidate in candidates
        if (share := _share(document, candidate, one)) > 0
    )
    taken: set[int] = set()
    for _, _, number, at in pairs:
        if at not in taken and number not in matches.found:
            taken.add(at)
            matches.found[number] = same[at]
    for at, one in enumerate(same):
        if at not in taken and one.verdict != "rejected" and not _is_covered(document, one, matches):
            matches.lost.append(one)
    _match_sentences(document, candidates, [one for one in left if one.sha256 != document.sha256], matches)
    return matches


def _match_ids(candidates: Sequence[Candidate], judged: Sequence[Judged], matches: Matches) -> list[Judged]:
    """Takes those with the same id; the judged facts that are left."""
    used: set[int] = set()
    for own in (True, False):  # by its id; then by the one that the machine gave it when it was judged last
        ids = {
            (one.fact_id if own or one.machine is None else one.machine.fact_id): one
            for one in judged
            if one.number not in used and (own or one.machine is not None)
        }
        for candidate in candidates:
            found = ids.get(candidate.fact_id)
            if found is not None and candidate.number not in matches.found:
                matches.found[candidate.number] = found
                used.add(found.number)
    return [one for one in judged if one.number not in used]


def _spans(document: Document, one: Judged) -> list[tuple[int, int]]:
    """Where the judged quantity stands in a document of the same bytes, as people and as the machine had it."""
    shift = document.offset - one.offset
    quantities = [record.quantity for record in (one.fact, one.machine) if record is not None]
    return [(quantity.start_char + shift, quantity.end_char + shift) for quantity in quantities]


def _share(document: Document, candidate: Candidate, one: Judged) -> float:
    """How much of a candidate and of a judged fact is the same place, 0 where it is another fact."""
    best = 0.0
    for start, end in _spans(document, one):
        both = min(end, candidate.end) - max(start, candidate.start)
        best = max(best, both / (max(end, candidate.end) - min(start, candidate.start)))
    if one.verdict != "rejected" or best == 1:
        return best
    return best if best >= LEAST and candidate.numbers == to_numbers(one.fact) else 0.0


def _is_covered(document: Document, one: Judged, matches: Matches) -> bool:
    """Whether another judged fact stands at the same place: one quantity is told once."""
    start, end = _spans(document, one)[0]
    return any(
        min(end, other_end) > max(start, other_start)
        for other in (*matches.found.values(), *matches.lost)
        if other.sha256 == document.sha256 and other.verdict != "rejected"
        for other_start, other_end in _spans(document, other)[:1]
    )


def _match_sentences(
    document: Document, candidates: Sequence[Candidate], judged: Sequence[Judged], matches: Matches
) -> None:
    """Those of an edited document: the same sentence and quantity, the first ones first."""
    free: dict[tuple[str, str], list[Candidate]] = {}
    for candidate in candidates:
        if candidate.number not in matches.found:
            free.setdefault((candidate.evidence, candidate.text), []).append(candidate)
    for one in sorted(judged, key=lambda one: (one.fact.quantity.start_char, one.fact_id)):
        if (one.doc, one.part) != (document.doc, document.part):
            continue
        record = one.machine or one.fact
        waiting = free.get((squeeze(record.evidence.text), squeeze(record.quantity.text)))
        if waiting:
            matches.found[waiting.pop(0).number] = one


def to_numbers(fact: FactRecord) -> tuple[str | None, ...]:
    """What a quantity says, whatever is counted."""
    quantity = fact.quantity
    return fact.kind, quantity.value, quantity.min_value, quantity.max_value


def squeeze(text: str) -> str:
    """The text without white space."""
    return "".join(text.split())
