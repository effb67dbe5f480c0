"""What a figure counts or is the value of: the thing, or the named figure, of one frame."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from extractor.fact.chunk import Chunk
from extractor.fact.frame import Frame
from extractor.fact.subject import actors, organisations
from extractor.fact.verb import FIGURE_TAILS
from extractor.model import Phrase, Quantity
from extractor.text import BodySpan
from extractor.words import load_flagged


@dataclass(frozen=True, slots=True)
class Scene:
    """One sentence that holds quantities."""

    text: str
    sentence: BodySpan
    chunks: list[Chunk]
    frames: dict[int, Frame]
    overlay: Path | None = None


SUMS = ("款", "金", "费", "补助", "补贴", "奖励", "工资", "津贴", "债券")
NO_KIND: frozenset[str] = frozenset()


def kinds_of(item: object) -> frozenset[str]:
    """What a row of the grammar may ask of a quantity: its kind, and of a count whether it is of people, events or
    things."""
    if not isinstance(item, Quantity):
        return NO_KIND
    if item.kind != "count" or item.surface_unit in ("个", "家", "户"):
        return frozenset((item.kind,))
    flags = item.flags
    return frozenset(("count", *({"person", "event"} & flags or {"thing"})))


def find_indicator(scene: Scene, frame: Frame, topic: Phrase | None, last: int) -> Phrase | None:
    """What the quantity of `frame` counts, or the figure it is the value of. `topic`: the sentence's last one; `last`:
    the chunk of the quantity before, -1 for none."""
    chunks = scene.chunks
    if frame.indicator is not None:
        chunk = chunks[frame.indicator]
        if frame.indicator < frame.quantity and _only_holds(chunks, frame):
            return None
        if topic is not None and topic.text.endswith((*FIGURE_TAILS, "收入", "产")) and _is_standard(chunks, frame):
            return topic
        if frame.rule == "attribute_before":
            behind = chunks[frame.quantity + 2]  # 某镇七十岁的老人, 发给烈属三百元的抚恤金
            if chunks[frame.quantity].text.endswith("岁") or behind.text.endswith(SUMS):
                chunk = behind
        if (
            frame.rule == "verb_figure"
            and frame.action is not None
            and chunks[frame.action].text in load_flagged("figure")
        ):
            return to_phrase(chunks[frame.action])  # 贫困户户均增收1800元
        if frame.rule == "noun_before" and (patient := _patient(chunks, frame)) is not None:
            return to_phrase(patient)
        if frame.rule == "noun_behind" and chunk.first is not None and _has_figure(chunks, frame):
            return trim_phrase(scene.text, *chunk.first)
        if frame.rule == "noun_before" and (given := _skip_recipient(chunks, frame)) is not None:
            return trim_phrase(scene.text, given, chunk.end)  # 卖给国家棉花30万斤
        return trim_phrase(scene.text, chunk.head or chunk.start, chunk.end)
    if frame.rule == "verb_only" and frame.action is not None and chunks[frame.action].text in load_flagged("figure"):
        return to_phrase(chunks[frame.action])
    if frame.rule == "verb_alone" and (theme := _theme(chunks, frame)) is not None:
        return trim_phrase(scene.text, theme.head or theme.start, theme.end)
    if frame.fallback == "none" or not _takes_topic(chunks, frame):
        return None
    at = frame.quantity
    if at >= 2 and chunks[at - 1].text in "：:" and chunks[at - 2].tag == "L":  # 甲乡：596套
        return None
    clause = chunks[at].clause
    since = chunks[last].clause if last >= 0 else -1
    for wanted in range(max(since + 1, clause - 2), clause):
        for index, chunk in enumerate(chunks[: frame.quantity]):
            if chunk.clause != wanted or chunk.tag in ("T", "D", "C", "L"):
                continue
            if chunk.tag == "F" or chunks[index + 1].tag == "F":
                continue  # 河上水位
            if chunk.tag == "NP":
                return trim_phrase(scene.text, chunk.head or chunk.start, chunk.end)
            break  # 按可比价格计算: the clause does not begin with its subject
    return topic


def _patient(chunks: Sequence[Chunk], frame: Frame) -> Chunk | None:
    """What a verb-noun that opens its clause was done to (道路硬化36公里, 生猪出栏12万头)."""
    at = frame.indicator
    if at is None or at > frame.quantity or chunks[at].verbal is None or len(chunks[at].run) < 2:
        return None
    done, patient = chunks[at].run[-1], chunks[at].run[-2]
    if not kinds_of(chunks[frame.quantity].item) & {"thing", "measure"} or done.text in load_flagged("figure"):
        return None
    opens = all(c.tag in ("T", "D", "L", "C") for c in chunks[:at] if c.clause == chunks[at].clause)
    names = patient.tag != "N" or len(patient.text) < 2 or patient.text.endswith(actors())
    return patient if opens and not names else None


def _theme(chunks: Sequence[Chunk], frame: Frame) -> Chunk | None:
    """The noun before a verb that governs it from behind (文化活动开展60场, 危房改造完成86户), not who did it."""
    at = frame.action
    if at is None or chunks[at].text not in load_flagged("support") | load_flagged("aspectual"):
        return None
    while at > 0 and chunks[at - 1].tag in ("D", "T", "Z"):
        at -= 1
    noun = chunks[at - 1] if at else None
    if noun is None or noun.tag != "NP" or noun.text.endswith(actors()):
        return None
    return noun


def _has_figure(chunks: Sequence[Chunk], frame: Frame) -> bool:
    """Whether the noun behind a count goes on to a figure of its own (18个村集体经济收入均在10万元以上)."""
    quantity = chunks[frame.quantity].item
    if not isinstance(quantity, Quantity) or quantity.kind != "count" or frame.indicator is None:
        return False
    for chunk in chunks[frame.indicator + 1 :]:
        if chunk.tag == "Q":
            return isinstance(chunk.item, Quantity) and chunk.item.kind != "count"
        if chunk.tag not in ("K", "D", "P", "T", "V") or (
            chunk.tag == "V" and chunk.text not in load_flagged("figure")
        ):
            return False
    return False


def _only_holds(chunks: Sequence[Chunk], frame: Frame) -> bool:
    """Whether the noun before is only where they were (某厂有十三人受伤) or who acted (他先后6次到会)."""
    kinds = kinds_of(chunks[frame.quantity].item)
    if frame.rule == "noun_before" and frame.indicator and chunks[frame.indicator - 1].text.endswith("给"):
        return len(chunks[frame.indicator].run) < 2  # 卖给国家2.9万斤, but 分给社员口粮360斤
    if frame.rule == "verb_figure" and frame.indicator is not None:
        return chunks[frame.indicator].text.endswith(actors())
    if frame.indicator is None or "count" not in kinds or frame.quantity + 1 >= len(chunks):
        return False
    verbal = chunks[frame.quantity + 1].tag in ("V", "P", "D", "Z")
    if "event" in kinds and frame.rule in ("adverb_before", "linked"):
        return verbal
    held = frame.action is not None and "有" in chunks[frame.action].text
    return held and "person" in kinds and verbal and chunks[frame.indicator].text.endswith(organisations())


def _is_standard(chunks: Sequence[Chunk], frame: Frame) -> bool:
    """Whether the noun before is only what the sentence's topic is held against (比晚稻高出30斤)."""
    at = frame.indicator
    if at is None or at > frame.quantity:
        return False
    clause = chunks[at].clause
    for chunk in reversed(chunks[:at]):
        if chunk.clause != clause or chunk.tag in ("NP", "Q", "H", "T"):
            return False
        if chunk.text == "比":
            return True
    return False


def _skip_recipient(chunks: Sequence[Chunk], frame: Frame) -> int | None:
    """Where the thing begins that was given, behind who got it; the phrase's end where it names no thing."""
    at = frame.indicator
    if not at or not _gives(chunks[at - 1].text):
        return None
    chunk = chunks[at]
    if not chunk.run or chunk.run[0].text not in load_flagged("recipient"):
        return None
    return chunk.run[1].start if len(chunk.run) > 1 else chunk.end


def _gives(verb: str) -> bool:
    return verb.endswith("给") or verb in load_flagged("giving")


def _takes_topic(chunks: Sequence[Chunk], frame: Frame) -> bool:
    """A count takes over the sentence's last indicator only where it stands alone (其中大型12个), not before a verb."""
    quantity = chunks[frame.quantity].item
    if not isinstance(quantity, Quantity) or quantity.kind != "count":
        return True
    following = chunks[frame.quantity + 1].tag if frame.quantity + 1 < len(chunks) else "W"
    return following in ("W", "H", "Q", "C") and quantity.surface_unit not in ("次", "人次")


_STRIP_FRONT = "“‘《「『”’》」』的各该本此其这那等和与及、类"
_STRIP_BACK = "“‘《「『、的"


def trim_phrase(text: str, start: int, end: int) -> Phrase | None:
    """A phrase without marks and function words at its ends (a closing mark stays where its opening one is inside)."""
    while (
        start < end
        and text[start] in _STRIP_FRONT
        and not (text[start] in "“‘《" and any(c in "”’》" for c in text[start:end]))
    ):
        start += 1
    while end > start and text[end - 1] in _STRIP_BACK:
        end -= 1
    while end > start and text[end - 1] in "”’》" and not any(c in "“‘《" for c in text[start:end]):
        end -= 1
    return Phrase(BodySpan(start, end), text[start:end]) if end > start else None


def to_phrase(chunk: Chunk) -> Phrase:
    """The chunk as it stands."""
    return Phrase(BodySpan(chunk.start, chunk.end), chunk.text)
