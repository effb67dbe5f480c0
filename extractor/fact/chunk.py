"""A sentence as a row of chunks: every mention one chunk, noun phrases joined, ambiguous verb-nouns decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractor.fact.verb import decide_tag
from extractor.lexicon.table import active_overlay, per_overlay, read_table
from extractor.model import Place, Program, Quantity
from extractor.text import BodySpan
from extractor.words import split_words

CLAUSE_MARKS = frozenset("，；：。！？,;:!?…—\n")
_QUOTES = frozenset('“”‘’「」『』《》"')
_OPEN, _CLOSE = frozenset("（(【〔["), frozenset("）)】〕]")
_UNDECIDED = frozenset("MVXK")  # classes that neighbours decide
_MARKS = {**dict.fromkeys(_QUOTES, "Y"), **dict.fromkeys(_OPEN | _CLOSE, "B"), "、": "H"}


@dataclass(frozen=True, slots=True)
class Mark:
    """A mention in a sentence: `tag` is Q (quantity), L (place or coreference), T (period) or G (program)."""

    span: BodySpan
    tag: str
    item: object


@dataclass(slots=True)
class Chunk:
    text: str
    tag: str  # Q L T G NP V K D A P C H(、) E U Z F R M W B(bracket) O
    start: int
    end: int
    item: object = None
    head: int = 0  # NP: where the head noun phrase begins that may stand as an indicator
    clause: int = 0
    first: tuple[int, int] | None = None  # NP: its first word
    verbal: tuple[int, int] | None = None  # NP: its last word where that may be a verb (搬迁, 培训)
    run: Sequence[Chunk] = ()  # NP: its words


def split_chunks(text: str, span: BodySpan, marks: Sequence[Mark]) -> list[Chunk]:
    """The chunks of the sentence `span` of `text`; `marks` lie inside it, ascending, not overlapping."""
    words: list[Chunk] = []
    at = span.start
    for mark in [*marks, None]:
        end = mark.span.start if mark is not None else span.end
        if end > at:
            words.extend(_to_chunks(text, at, end))
        if mark is not None:
            words.append(
                Chunk(text[mark.span.start : mark.span.end], mark.tag, mark.span.start, mark.span.end, mark.item)
            )
            at = mark.span.end
    words = _drop_brackets(words)
    _name_quoted(words)
    _decide_verbs(words)
    chunks = _join_nouns(words, text)
    clause = 0
    for chunk in chunks:
        chunk.clause = clause
        if chunk.tag == "W":
            clause += 1
    return chunks


def _to_chunks(text: str, start: int, end: int) -> list[Chunk]:
    out: list[Chunk] = []
    for surface, tag, begin in split_words(text[start:end], start):
        if tag == "W":
            tag = _MARKS.get(surface, "W")
        if surface.isspace():
            if "　" in surface and out and out[-1].tag == "X":
                out[-1].tag = "N"  # a run-in heading
            continue
        if surface[0] == "每" and len(surface) > 1:
            tag = "D"
        stop = begin + len(surface)
        if out and tag in ("N", "X", "F") and out[-1].text == "每" and out[-1].end == begin:  # 每户, 每公里
            out[-1] = Chunk("每" + surface, "D", out[-1].start, stop)
            continue
        out.append(Chunk(surface, tag, begin, stop))
    return out


_LONGEST_NAME = 8  # words between quotation marks


def _name_quoted(words: list[Chunk]) -> None:
    """A short quotation without a figure is a name: its words are nouns (“金桥贷”, “代办”事项)."""
    opened: int | None = None
    for i, word in enumerate(words):
        if word.tag != "Y":
            continue
        if word.text in "“「『":
            opened = i
        elif opened is not None and word.text in "”」』":
            inside = words[opened + 1 : i]
            if len(inside) <= _LONGEST_NAME and not any(w.tag in ("Q", "W", "T") for w in inside):
                for w in inside:
                    w.tag = "L" if w.tag == "L" else "N"
            opened = None


def _drop_brackets(words: list[Chunk]) -> list[Chunk]:
    """Brackets without a quantity say nothing about the grammar round them; those with one begin a clause."""
    if not any(word.tag == "B" for word in words):
        return words
    out: list[Chunk] = []
    stack: list[int] = []
    for word in words:
        out.append(word)
        if word.tag != "B":
            continue
        if word.text in _OPEN:
            stack.append(len(out) - 1)
        elif stack:
            opened = stack.pop()
            if not any(w.tag == "Q" for w in out[opened:]):
                del out[opened:]
    for word in out:
        if word.tag == "B":
            word.tag = "W"
    return out


def _decide_verbs(words: list[Chunk]) -> None:
    for i, word in enumerate(words):
        tag = word.tag
        if tag in _UNDECIDED:
            word.tag = decide_tag(words, i)
            if tag == "X":
                word.verbal = (word.start, word.end)


def _join_nouns(words: list[Chunk], text: str) -> list[Chunk]:
    """Runs of nouns, modifiers and quoted words become one NP chunk."""
    out: list[Chunk] = []
    i = 0
    while i < len(words):
        word = words[i]
        if word.tag not in ("N", "A", "Y"):
            out.append(word)
            i += 1
            continue
        j = i
        while j < len(words) and words[j].tag in ("N", "A", "Y") and (j == i or words[j].start == words[j - 1].end):
            j += 1
        run = words[i:j]
        i = j
        if len(run) == 1 and word.tag == "N":
            span = (word.start, word.end)
            out.append(Chunk(word.text, "NP", *span, head=word.start, first=span, verbal=word.verbal, run=run))
            continue
        while run and run[-1].tag == "A" and any(w.tag == "N" for w in run) and len(run) > 1:
            tail = run.pop()
            if (i < len(words) and words[i].tag == "Q") or tail.text[-1] in "单":
                run.append(tail)
                break
            i -= 1
        if not any(w.tag == "N" for w in run):
            if all(w.tag == "Y" for w in run):
                continue
            out.extend(w for w in run if w.tag != "Y")
            continue
        lead: list[Chunk] = []
        while run and run[0].tag == "Y" and not _closes(run):
            run = run[1:]
        while run and run[-1].tag == "Y" and run[-1].text in "“‘《「『":
            run = run[:-1]
        out.extend(lead)
        head = _head_of(run, bool(out) and out[-1].tag in ("V", "K"))
        out.append(
            Chunk(
                text[run[0].start : run[-1].end],
                "NP",
                run[0].start,
                run[-1].end,
                head=head,
                first=(run[0].start, run[0].end),
                verbal=run[-1].verbal,
                run=run,
            )
        )
    return out


_HEAD_LENGTH = 7


@per_overlay()
def _owners() -> tuple[str, ...]:
    """Words that own a thing rather than tell its kind: people and the smaller bodies."""
    people = [row["surface"] for row in read_table("actor.tsv", active_overlay()) if row["kind"] == "people"]
    return ("村", "乡", "镇", "县", "社", "队", *people)


def _head_of(run: list[Chunk], is_object: bool) -> int:
    """Where the head noun phrase begins: the last word with one noun before it (就业岗位, 惠农政策).

    More would take in the owner or a verb in disguise (某村人均收入, 财政投入防治经费). A verb-noun counts as a
    modifier only in an object (使用改良品种).
    """
    at = len(run) - 1
    while at > 0 and run[at].tag == "Y":
        at -= 1
    while at > 0 and run[-1].end - run[at].start < 2:
        at -= 1
    if run[at].verbal is not None and not is_object and len(run[at].text) > 1:
        long = at > 0 and run[at - 1].tag == "N" and run[at - 1].verbal is None and len(run[at - 1].text) > 2
        at -= long and not run[at - 1].text.endswith(_owners())  # 固定资产投资, but 县里投资
        return run[at].start
    if at > 0:
        before = run[at - 1]
        modifies = before.tag in ("N", "A") and (before.verbal is None or is_object) and len(before.text) > 1
        if (
            modifies
            and run[-1].end - before.start <= _HEAD_LENGTH
            and not before.text.endswith(("村", "乡", "镇", "县", "社", "队"))
        ):
            at -= 1
    return run[at].start


def _closes(run: list[Chunk]) -> bool:
    depth = 0
    for word in run:
        if word.tag == "Y":
            depth += 1 if word.text in "“‘《「『" else -1
    return depth == 0


def to_mark(item: Quantity | Place | Program | object, span: BodySpan, tag: str) -> Mark:
    return Mark(span, tag, item)
