"""Facts of tables: one a figure, its indicator, unit and time by the headers of its row and column."""

from __future__ import annotations

import re
import sys
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from extractor.lexicon.table import active_overlay, per_overlay, read_table
from extractor.mention.find import is_old_yuan
from extractor.mention.numeral import parse_numeral
from extractor.mention.period import find_periods
from extractor.mention.table_column import Column, find_columns
from extractor.mention.table_grid import Row, Table, find_tables
from extractor.mention.table_head import find_units, find_year, is_guarded, parse_figure, parse_time, parse_unit
from extractor.model import Article, Bounds, Fact, FactPlace, Period, Phrase, Place, Published, Quantity
from extractor.table_line import is_blank
from extractor.text import BodySpan

_MARK = re.compile(
    r"^(?:[#*＊△▲·•—－-]+|[（(]?[一二三四五六七八九十]{1,3}[）)、.．]|[（(]?[0-9０-９]{1,2}[）)、.．](?![0-9])|[①-⑳])\s*"
)
_AMONG = re.compile(r"^(?:其\s*中|包括|内)\s*[:：]?\s*|^[:：]\s*")
_BRACKET = re.compile(r"[（(〔]([^（）()〔〕]{1,14})[）)〕]$")
_EACH = re.compile(r"([亩户人社村队])(?:均|产(?!业|品|量|值))")
_TOTAL = re.compile(r"(?:全[县市省区乡镇社]|合|总|共|小)?\s*计|平\s*均|全[县市省区州盟乡镇社]|累\s*计")
_DOWN = str.maketrans("－−﹣＋．％，", "---+.%,")
_LONGEST_NAME = 30


@dataclass(frozen=True, slots=True)
class TableReading:
    """`facts` of all tables; `spans`: their rows and headers in order, whose figures running text does not read."""

    facts: tuple[Fact, ...]
    spans: tuple[BodySpan, ...]

    def holds(self, span: BodySpan) -> bool:
        """The span stands in a table."""
        at = bisect_right(self.spans, (span.start, sys.maxsize)) - 1
        return at >= 0 and span.start < self.spans[at].end


def find_table_facts(
    article: Article,
    source: str,
    places: Sequence[Place],
    place: Place | None,
    published: Published | None,
    overlay: Path | None = None,
) -> TableReading:
    """The facts of an article's tables; a table of weather, rates, times or telephone numbers has none."""
    facts: list[Fact] = []
    spans: list[BodySpan] = []
    for table in find_tables(article, source):
        spans += [row.span for row in (*table.heads, *table.rows)]
        spans += [span for span in table.captions if find_units(article.text.text[slice(*span)], overlay)]
        facts += _Scene(article.text.text, table, places, place, published, overlay).read()
    spans += _find_listed(article, overlay)
    return TableReading(tuple(facts), tuple(sorted(set(spans))))


def _find_listed(article: Article, overlay: Path | None) -> list[BodySpan]:
    """The lines of a notice of weather or rates whose columns only single blanks part: no table can be told in them."""
    if article.kind != "notice" or not is_guarded(article.title or "", overlay):
        return []
    return [span for role, span in article.parts if role == "body" and "。" not in article.text.text[slice(*span)]]


@per_overlay()
def _confidence() -> float:
    shares = {row["feature"]: float(row["share"]) for row in read_table("confidence.tsv", active_overlay())}
    return shares.get("table.column", shares.get("*", 0.5))


class _Scene:
    def __init__(
        self,
        text: str,
        table: Table,
        places: Sequence[Place],
        place: Place | None,
        published: Published | None,
        overlay: Path | None,
    ) -> None:
        self.text, self.table, self.overlay = text, table, overlay
        self.place, self.published = place, published
        self.places = {p.span: p for p in places}
        captions = [self._slice(span) for span in table.captions]
        self.units = next((units for line in captions if (units := find_units(line, overlay))), [])
        self.period = next((p for span in table.captions if (p := self._caption_period(span))), None)
        year = int(self.period.start_date[:4]) if self.period and self.period.start_date else None
        self.year = year
        self.heads = find_columns(text, table, published, overlay, year)
        self.guarded = is_guarded(" ".join([*captions[:2], *(c.text for c in self.heads.columns)]), overlay)

    def _slice(self, span: BodySpan) -> str:
        return self.text[span.start : span.end]

    def _caption_period(self, span: BodySpan) -> Period | None:
        """The time that a caption or headline names."""
        line = self._slice(span)
        found = [p for p in find_periods(line, self.published) if p.governs and p.rule != "recurrence"]
        found = found or find_year(line, self.published)
        return _shift(found[0], span.start) if found else None

    def read(self) -> list[Fact]:
        if self.guarded or self.heads.name is None:
            return []
        facts: list[Fact] = []
        name: BodySpan | None = None
        for row in self.table.rows:
            cell = row.cells[self.heads.name] if self.heads.name < len(row.cells) else None
            name = cell or name  # a cell over several rows
            if name is None or not self._slice(name).strip():
                continue
            facts += self._read_row(row, name)
        return facts

    def _read_row(self, row: Row, cell: BodySpan) -> list[Fact]:
        label, unit = self._split_name(cell)
        if label is None:
            return []
        time = self._row_time(row)
        unit = self._row_unit(row) or unit
        facts = []
        for k, span in enumerate(row.cells):
            column = self.heads.columns[k] if k < len(self.heads.columns) else None
            if span is None or column is None or column.role in ("serial", "unit", "text") or k == self.heads.name:
                continue
            quantity = self._quantity(span, column, unit)
            if quantity is not None:
                facts.append(self._fact(row, label, column, quantity, time))
        return [fact for fact in facts if fact.indicator is not None or not self._by_time]

    @property
    def _by_time(self) -> bool:
        """The rows have no names, only years."""
        return self.heads.time is not None and self.heads.time == self.heads.name

    def _row_time(self, row: Row) -> Period | None:
        """The year or month that the row is about."""
        at = self.heads.time
        span = row.cells[at] if at is not None and at < len(row.cells) else None
        return parse_time(self._slice(span), span.start, self.published, self.year) if span else None

    def _split_name(self, cell: BodySpan) -> tuple[BodySpan | None, str | None]:
        """A row's name without its mark and unit, and the unit: 1.粮食总产量（万吨）."""
        text = self._slice(cell)
        start, end, unit = 0, len(text), None
        bracket = _BRACKET.search(text)
        if bracket and (unit := parse_unit(bracket[1], self.overlay)):
            end = bracket.start()
        for pattern in (_MARK, _AMONG, _MARK):
            match = pattern.match(text[start:end])
            if match and match.end() < end - start:
                start += match.end()
        bare = text[start:end]
        start += len(bare) - len(bare.lstrip())
        end = start + len(bare.strip())
        if end <= start or end - start > _LONGEST_NAME:
            return None, None
        return BodySpan(cell.start + start, cell.start + end), unit

    def _row_unit(self, row: Row) -> str | None:
        at = self.heads.unit
        span = row.cells[at] if at is not None and at < len(row.cells) else None
        return parse_unit(self._slice(span), self.overlay) if span else None

    def _quantity(self, span: BodySpan, column: Column, row_unit: str | None) -> Quantity | None:
        text = self._slice(span)
        if is_blank(text):
            return None
        number = unicodedata.normalize("NFKC", text).translate(_DOWN).replace(" ", "")
        sign = number[0] if number[0] in "-+" else ""
        number = number.lstrip("-+±")
        found = parse_figure(number, "", self.overlay)
        if found is None:
            unit = self._unit(column, row_unit, number)
            found = parse_figure(number, unit, self.overlay) if unit else None
            if found is None and unit == "" and (value := parse_numeral(number)) is not None:
                found = Quantity(span, text, "count", Bounds(value, value, value, "exact"), "", None, "table.count")
        if found is None:
            return None
        if sign == "-":
            found = replace(found, bounds=_negate(found.bounds))
        if found.unit == "CNY" and is_old_yuan(self.published):
            found = replace(found, unit="CNY_1948")
        return replace(found, span=span, text=text, rule="table.cell")

    def _unit(self, column: Column, row_unit: str | None, number: str) -> str | None:
        """The unit of a bare number: its column's, its row's, the caption's; "" for a count without one."""
        percent = next((unit for unit in self.units if unit in "%％‰"), None)
        if column.unit is not None:
            return column.unit
        if column.role == "growth":
            return percent or ("%" if "." in number or column.relative else None)
        if row_unit is not None or column.counted is not None:
            return row_unit or column.counted
        plain = next((unit for unit in self.units if unit != percent), percent)
        return plain if plain is not None else ("" if column.counts else None)

    def _fact(self, row: Row, label: BodySpan, column: Column, quantity: Quantity, time: Period | None) -> Fact:
        place = self._place(label, column)
        name = self._slice(label)
        indicator: BodySpan | None = None if self._by_time else label
        subject: BodySpan | None = None
        named = column.label if not self.heads.names_figures else None
        if named is not None and column.name not in self.places:
            indicator = named
            whole = place is not None and place.basis == "mention" and place.place.span == label
            subject = None if whole or self._by_time or _TOTAL.fullmatch(name) else label
        elif _TOTAL.fullmatch(name) and column.name is not None:
            indicator = column.name
        period = time or column.period or self.heads.near(column) or self.period
        if (
            quantity.per is None
            and quantity.kind != "ratio"
            and indicator
            and (each := _EACH.search(self._slice(indicator)))
        ):
            quantity = replace(quantity, per=each[1])  # 亩产, 人均收入
        return Fact(
            quantity,
            row.span,
            self._phrase(indicator),
            self._phrase(column.verb),
            self._phrase(subject),
            place,
            None,
            period,
            "table.column",
            base=self._phrase(column.base),
            confidence=_confidence(),
        )

    def _place(self, label: BodySpan, column: Column) -> FactPlace | None:
        for span in (label, column.name):
            if span is not None and (found := self.places.get(span)):
                return FactPlace(found, "mention")
        return FactPlace(self.place, "article") if self.place is not None else None

    def _phrase(self, span: BodySpan | None) -> Phrase | None:
        return Phrase(span, self._slice(span)) if span is not None else None


def _negate(bounds: Bounds) -> Bounds:
    def turn(value: Decimal | None) -> Decimal | None:
        return None if value is None else -value

    return Bounds(turn(bounds.value), turn(bounds.high), turn(bounds.low), bounds.modifier)


def _shift(period: Period, start: int) -> Period:
    return replace(period, span=BodySpan(period.span.start + start, period.span.end + start))
