"""How far reviewers agree: percent, Krippendorff's alpha, Cohen's kappa, field by field."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from itertools import combinations
from typing import Any

from extractor.review.log import find_holding, read_verdicts
from extractor.store import Connection
from schemas import FactRecord
from schemas.review import Agreement, FieldAgreement, VerdictRecord

Unit = Mapping[str, Hashable]  # what each reviewer said of one fact
FIELDS = ("kind", "quantity", "indicator", "action", "subject", "place", "program", "period", "base")


def measure_agreement(connection: Connection, reviewers: Sequence[str] = ()) -> Agreement:
    """Agreement over the facts that two or more reviewers (of these, where they are named) have judged; each reviewer's
    last verdict counts, the ones that were taken back do not."""
    sql = (
        "SELECT review_pk FROM verdict WHERE action <> 'undo' GROUP BY review_pk HAVING count(DISTINCT reviewer) > 1 "
        "ORDER BY review_pk"
    )
    numbers = [number for (number,) in connection.query(sql)]
    judged: list[dict[str, VerdictRecord]] = []
    for verdicts in read_verdicts(connection, numbers).values():
        said = {
            one.reviewer: one for one in find_holding(verdicts).opinions if not reviewers or one.reviewer in reviewers
        }
        if len(said) > 1:
            judged.append(said)
    rows = [_measure("fact", [{who: one.action != "reject" for who, one in said.items()} for said in judged])]
    for field in FIELDS:
        units = [
            {who: to_value(one.fact, field) for who, one in said.items() if one.action != "reject" and one.fact}
            for said in judged
        ]
        rows.append(_measure(field, [unit for unit in units if len(unit) > 1]))
    return Agreement(reviewers=tuple(sorted({who for said in judged for who in said})), fields=tuple(rows))


def _measure(field: str, units: Sequence[Unit]) -> FieldAgreement:
    return FieldAgreement(
        field=field,
        facts=len(units),
        percent=_round(share_equal(units)),
        alpha=_round(find_alpha(units)),
        kappa=_round(find_kappa(units)),
    )


def _round(number: float | None) -> float | None:
    return None if number is None else round(number, 4)


def to_value(fact: FactRecord, field: str) -> Hashable:
    """What a fact says in a field, without where it says so."""
    part: Any = getattr(fact, field)
    if part is None:
        return None
    if field == "kind":
        return str(part)
    if field == "quantity":
        return part.value, part.min_value, part.max_value, part.modifier, part.unit
    if field == "place":
        return str(part.adcode or part.path or part.name)
    if field == "period":
        return (part.start_date, part.end_date) if part.start_date or part.end_date else str(part.text)
    return "".join(part.text.split())


def share_equal(units: Sequence[Unit]) -> float | None:
    """Share of the pairs of judgements on the same fact that are equal; None without any."""
    pairs = [one == other for unit in units for one, other in combinations(unit.values(), 2)]
    return sum(pairs) / len(pairs) if pairs else None


def find_alpha(units: Sequence[Unit]) -> float | None:
    """Krippendorff's alpha for nominal data, any number of reviewers, judgements missing; None where nothing was judged
    twice or where all judgements are the same, so that chance cannot be told."""
    coincidences: Counter[tuple[Hashable, Hashable]] = Counter()
    for unit in units:
        values = list(unit.values())
        if len(values) < 2:
            continue
        counts = Counter(values)
        for one, many in counts.items():
            for other, more in counts.items():
                pairs = many * (more - 1) if one == other else many * more
                coincidences[one, other] += pairs / (len(values) - 1)  # type: ignore[assignment]
    totals: Counter[Hashable] = Counter()
    for (one, _), number in coincidences.items():
        totals[one] += number
    all_values = sum(totals.values())
    expected = all_values**2 - sum(number**2 for number in totals.values())
    if not expected:
        return None
    observed = sum(number for (one, other), number in coincidences.items() if one != other)
    return 1 - (all_values - 1) * observed / expected


def find_kappa(units: Sequence[Unit]) -> float | None:
    """Cohen's kappa; None for more or fewer than two reviewers, or where chance alone gives full agreement."""
    names = sorted({who for unit in units for who in unit})
    if len(names) != 2:
        return None
    pairs = [(unit[names[0]], unit[names[1]]) for unit in units if len(unit) == 2]
    if not pairs:
        return None
    first, second = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    observed = sum(one == other for one, other in pairs) / len(pairs)
    chance = sum(first[value] * second[value] for value in first) / len(pairs) ** 2
    return None if chance == 1 else (observed - chance) / (1 - chance)
