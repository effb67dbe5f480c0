"""Mentions and sentences to facts: one fact a quantity."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter
from pathlib import Path

from extractor.fact.chunk import Chunk, Mark, split_chunks
from extractor.fact.confidence import estimate_confidence
from extractor.fact.frame import Frame, find_frames
from extractor.fact.indicator import identify
from extractor.fact.part import PartTie
from extractor.fact.period import PeriodTie, find_base, spare_name
from extractor.fact.place import PlaceTie
from extractor.fact.program import ParagraphHead, tie_program
from extractor.fact.respective import find_series, pair_series
from extractor.fact.subject import SubjectTie
from extractor.fact.theme import NO_KIND, Scene, find_indicator, kinds_of, to_phrase, trim_phrase
from extractor.fact.verb import FIGURE_TAILS
from extractor.model import Fact, FactPlace, Period, Phrase, Place, Program, Quantity, Sentence
from extractor.text import BodySpan
from extractor.words import load_classes, load_flagged


@dataclass(frozen=True, slots=True)
class Findings:
    """What the mention stage found in one text. `coreferences` are (span, place) already resolved."""

    quantities: Sequence[Quantity]
    places: Sequence[Place]
    article_place: Place | None
    coreferences: Sequence[tuple[BodySpan, Place]]
    programs: Sequence[Program]
    periods: Sequence[Period]


def assemble_facts(
    text: str, sentences: Sequence[Sentence], findings: Findings, overlay: Path | None = None
) -> list[Fact]:
    """The facts of one text, in the order of their quantities."""
    facts: list[Fact] = []
    tie = PlaceTie(text, findings.places, findings.coreferences, findings.article_place)
    clock = PeriodTie(text)
    parts = PartTie(text, overlay)
    head = ParagraphHead()
    for sentence, marks in _marks_by_sentence(sentences, findings):
        clock.enter(sentence, marks)
        figures = any(mark.tag == "Q" for mark in marks)
        programs = [mark.item for mark in marks if isinstance(mark.item, Program)]
        head.enter(sentence.paragraph, sentence.span.end - sentence.span.start, programs, figures=figures)
        if not figures:
            tie.skip(sentence, marks)
            continue
        chunks = split_chunks(text, sentence.span, marks)
        kinds = [kinds_of(chunk.item) if chunk.tag == "Q" else NO_KIND for chunk in chunks]
        frames = find_frames(chunks, kinds, overlay)
        scene = Scene(text, sentence.span, chunks, frames, overlay)
        found = [identify(fact, text, overlay) for fact in _assemble_sentence(scene, sentence, marks, tie, clock)]
        places = [index for index, chunk in enumerate(chunks) if chunk.tag == "Q"]
        totals = parts.link(sentence.paragraph, chunks, list(zip(places, found, strict=True)))
        if head.program is not None:
            found = [fact if fact.program else replace(fact, program=head.program) for fact in found]
        for position, total in totals.items():
            found[position] = replace(found[position], part_of=total.quantity.span)
        facts.extend(found)
    return facts


def _marks_by_sentence(sentences: Sequence[Sentence], findings: Findings) -> Iterator[tuple[Sentence, list[Mark]]]:
    """The mentions of each sentence, overlaps settled: quantities first, then periods, places, programs."""
    every = [
        *((q.span, 0, "Q", q) for q in findings.quantities),
        *((p.span, 1, "T", p) for p in findings.periods),
        *((p.span, 2, "L", p) for p in findings.places),
        *((span, 3, "L", place) for span, place in findings.coreferences),
        *((p.span, 4, "G", p) for p in findings.programs),
    ]
    every.sort(key=itemgetter(1))  # stable: by start, then by rank
    every.sort(key=lambda m: m[0][0])
    at = 0
    for sentence in sentences:
        inside: list[tuple[BodySpan, int, str, object]] = []
        while at < len(every) and every[at][0].start < sentence.span.end:
            if every[at][0].start >= sentence.span.start and every[at][0].end <= sentence.span.end:
                inside.append(every[at])
            at += 1
        if len(inside) < 2:
            yield sentence, [Mark(span, tag, item) for span, _, tag, item in inside]
            continue
        taken: list[tuple[BodySpan, int, str, object]] = []
        for item in sorted(inside, key=lambda m: (m[1], m[0].start)):
            if item[2] == "G":
                taken = [(spare_name(t[0], t[3], item[0]), *t[1:]) for t in taken]
            if item[2] == "G" and any(
                t[2] == "L" and item[0].start <= t[0].start and t[0].end <= item[0].end for t in taken
            ):
                taken = [
                    t for t in taken if not (t[2] == "L" and item[0].start <= t[0].start and t[0].end <= item[0].end)
                ]
            if not any(t[0].start < item[0].end and item[0].start < t[0].end for t in taken):
                taken.append(item)
        taken.sort(key=lambda m: m[0].start)
        yield sentence, [Mark(span, tag, item) for span, _, tag, item in taken]


def _assemble_sentence(
    scene: Scene, sentence: Sentence, marks: list[Mark], tie: PlaceTie, clock: PeriodTie
) -> Iterator[Fact]:
    topic: Phrase | None = None
    action: Phrase | None = None
    last = -1
    tie.enter(sentence, marks)
    pairs, rows = pair_series(scene.chunks), find_series(scene.chunks)
    row_topics: list[Phrase | None] = []
    subjects = SubjectTie(scene.text, scene.chunks, scene.overlay)
    earlier: list[tuple[int, Fact]] = []
    for index, chunk in enumerate(scene.chunks):
        quantity = chunk.item
        if chunk.tag != "Q" or not isinstance(quantity, Quantity):
            continue
        frame = scene.frames.get(index) or Frame("none", -1, index, None, None, "none")  # rows taken away by a user
        alone = earlier and earlier[-1][1].indicator is None and _is_next(scene, last, index)  # 惠及3.6万户、7.8万人
        indicator = find_indicator(scene, frame, None if alone else topic, last)
        verb = _action(scene, frame, index)
        if verb is None and last >= 0 and _goes_on(scene, action, last, index):
            verb = action
        place = tie.resolve(scene.chunks, index)
        if index in rows:
            place_in_row, size = rows[index]
            if place_in_row == 0:
                row_topics = [fact.indicator for _, fact in earlier[-size:]]
            if index not in pairs and len(row_topics) == size:
                indicator = row_topics[place_in_row] or indicator
        if index in pairs:
            partner = scene.chunks[pairs[index]]
            if partner.tag == "NP":
                indicator = trim_phrase(scene.text, partner.head or partner.start, partner.end) or indicator
            elif isinstance(partner.item, Place):
                place = FactPlace(partner.item, "mention")
        named = scene.chunks[pairs[index]].item if index in pairs else None
        period = named if isinstance(named, Period) else clock.resolve(scene.chunks, index)
        program = tie_program(scene.chunks, index, earlier)
        fact = Fact(
            quantity,
            sentence.span,
            indicator,
            verb,
            subjects.resolve(index, verb),
            place,
            program,
            period,
            f"frame.{frame.rule}",
            base=_to_phrase(scene.text, find_base(scene.chunks, index)),
            confidence=estimate_confidence(f"frame.{frame.rule}", quantity),
        )
        earlier.append((index, fact))
        yield fact
        if indicator is not None and frame.rule not in ("share_of",):
            topic = indicator
        action, last = verb, index


def _action(scene: Scene, frame: Frame, index: int) -> Phrase | None:
    chunks = scene.chunks
    if frame.action is not None:
        return to_phrase(chunks[frame.action])
    before = frame.indicator if frame.indicator is not None and frame.indicator < index else index
    clause = chunks[index].clause
    nearest: Chunk | None = None
    support, origins = load_flagged("support"), load_flagged("origin")
    owned = before > 0 and chunks[before - 1].tag == "U"
    for chunk in reversed(chunks[:before]):
        if chunk.clause != clause:
            break
        if chunk.tag not in ("V", "K") or (owned and chunk.text in origins):
            continue  # 来自21个省的128支队
        if nearest is None or (chunk.text in support and nearest.tag == "V" and nearest.text not in support):
            nearest = chunk
    if nearest is not None:
        return to_phrase(nearest)
    if frame.indicator is not None and frame.indicator < index:
        noun = chunks[frame.indicator]
        verbal = noun.verbal if len(noun.run) < 2 or noun.run[-1].text not in load_flagged("named") else None
        if verbal is not None:  # but 固定资产投资 is a figure's name
            return Phrase(BodySpan(*verbal), scene.text[verbal[0] : verbal[1]])
    for at, chunk in enumerate(chunks[index + 1 :], index + 1):
        if chunk.clause != clause:
            break
        if chunk.tag == "V":
            own = chunks[index + 1].tag == "H" and at + 1 < len(chunks) and chunks[at + 1].tag == "Q"
            return None if own else to_phrase(chunk)  # 总投资5亿元、占地300亩
    return None


def _goes_on(scene: Scene, verb: Phrase | None, last: int, index: int) -> bool:
    """Whether a phrase without a verb takes over the verb of the quantity before it (打造示范田14处，试验田7处)."""
    if _has_verb(scene, last + 1, index):
        return False
    quantity, before = scene.chunks[index].item, scene.chunks[last].item
    if not isinstance(quantity, Quantity) or not isinstance(before, Quantity):
        return False
    measures_other = before.kind == "ratio" and quantity.kind != "ratio"
    if measures_other and verb is not None and load_classes().get(verb.text) == "K":
        return False  # 增长8.5%，猪240万头
    if verb is not None and verb.text in load_flagged("figure") and quantity.kind != before.kind:
        return False  # 投资2亿元、建筑面积4万平方米
    if quantity.kind == "count" or scene.chunks[index - 1].tag == "Q" or _is_listed(scene, last, index):
        return True
    noun = scene.chunks[index - 1]
    alike = quantity.kind == "measure" and quantity.unit == before.unit and noun.tag == "NP"
    return alike and not noun.text.endswith((*FIGURE_TAILS, "度"))  # 种植小麦260亩，玉米120亩, but not 堤顶厚度6厘米


def _is_listed(scene: Scene, last: int, index: int) -> bool:
    """Whether only a 、 or 和 parts the quantity's phrase from the one before."""
    between = scene.chunks[last + 1 : index]
    return any(c.tag in ("H", "C") for c in between) and not any(c.tag == "W" for c in between)


def _is_next(scene: Scene, last: int, index: int) -> bool:
    return [chunk.tag for chunk in scene.chunks[last + 1 : index]] == ["H"]


def _has_verb(scene: Scene, start: int, end: int) -> bool:
    return any(chunk.tag in ("V", "K") for chunk in scene.chunks[start:end])


def _to_phrase(text: str, span: tuple[int, int] | None) -> Phrase | None:
    return Phrase(BodySpan(*span), text[span[0] : span[1]]) if span is not None else None
