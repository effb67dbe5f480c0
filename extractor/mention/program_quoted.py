"""Programs in quotation marks: a quoted name and its type word, lists of names, names that a verb introduces."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from extractor.mention.program_lexicon import ProgramLexicon
from extractor.mention.program_text import drop_marks, to_program
from extractor.mention.quotation import Quotation, is_speech
from extractor.model import Program

WINDOW = 28  # how far behind the marks a type word may end
MAX_GAP = 11  # modifiers between the marks and the first type word
MAX_STEP = 4  # between one type word and the next (联盟议事机制)
MAX_INNER = 45
MAX_LIST = 200


@lru_cache(maxsize=1)
def _five_year() -> re.Pattern[str]:
    return re.compile(r"[一二三四五六七八九十]{1,2}五")


@lru_cache(maxsize=1)
def _manner() -> re.Pattern[str]:
    """A manner of work (菜单式, 一站式, 清单化): it names a mechanism at most."""
    return re.compile(r"[一-鿿]{2,3}[式化型]")


class Tail(NamedTuple):
    """The type word behind a quotation. `shared`: it belongs to a list (等行动, 两项工程) and is no part of a name."""

    type: str
    end: int
    shared: bool


@lru_cache(maxsize=1)
def _connector() -> re.Pattern[str]:
    return re.compile(r"(?:、|和|与|及|以及|暨|等(?:一?系列|多项|主题)?)?")


@lru_cache(maxsize=1)
def _tail_stretch() -> re.Pattern[str]:
    return re.compile(r" ?[一-鿿A-Za-z]*")


@lru_cache(maxsize=1)
def _list_mark() -> re.Pattern[str]:
    count = r"(?:[一二两三四五六七八九十百数多几]+|\d{1,4})余?[大个项种类期场次条批家]{1,2}|一?系列|多[项种个类]"
    return re.compile(rf"等(?:{count})?|(?:{count})")


@lru_cache(maxsize=1)
def _sentence() -> re.Pattern[str]:
    return re.compile(r"[。！？；!?;…：:]|[，,]\Z")


@lru_cache(maxsize=1)
def _predicate() -> re.Pattern[str]:
    """Begins a sentence or command, not a name."""
    return re.compile(
        r"(?:大力|积极|深入|扎实|认真|切实|开展|实施|推进|加强|加快|建立|健全|完善|我们|没有|不是|不能|要|把|将|是|搞|抓|跑|这|那|一个|一项|该|此)"
    )


@lru_cache(maxsize=1)
def _rank() -> re.Pattern[str]:
    """Begins a title of honour that one strives for (创建“全国文明城市”)."""
    return re.compile(r"全[国省市县]|[国省市县]级|国家|国际|世界|一流|先进|模范")


@lru_cache(maxsize=1)
def _object_end() -> re.Pattern[str]:
    """A verb that makes the type word its object (学党章、见行动): no name ends there."""
    return re.compile(r"(?:[见看促的+＋]|(?:\A|[^一-鿿])[抓建强树创进上跑争办搞重有讲守定兴])\Z")


@lru_cache(maxsize=1)
def _closed() -> re.Pattern[str]:
    """What may stand behind a name that has no type word."""
    return re.compile(r"[，。；！？：、）)”’\n,;]|\Z|等|工作|以来|后|时|并|，| ")


@lru_cache(maxsize=1)
def _counted() -> re.Pattern[str]:
    return re.compile(r"[项个种大类化级条型式]")


def find_tail(text: str, end: int, listed: bool, lexicon: ProgramLexicon) -> Tail | None:
    """The last type word that the words behind the mark at `end` lead to without a break, or None."""
    at = end
    shared = False
    mark = _list_mark().match(text, at)
    if mark and (listed or mark.group().startswith("等")):
        shared = True
        at = mark.end()
    stretch = _tail_stretch().match(text, at, at + WINDOW)
    assert stretch is not None
    best: re.Match[str] | None = None
    previous = at
    # two characters more, so that a type word which goes on (活动室) shows
    for match in lexicon.head.finditer(text, at, min(stretch.end() + 2, len(text))):
        if match.end() > stretch.end():
            break
        gap = text[previous : match.start()]
        if len(gap) > (MAX_STEP if best else MAX_GAP) or _is_parted(text, previous, match, lexicon):
            break
        if best is not None and "的" in gap:
            break
        best = match
        previous = match.end()
    if best is None:
        return None
    return Tail(lexicon.types[best.group()], best.end(), shared)


def _is_parted(text: str, start: int, head: re.Match[str], lexicon: ProgramLexicon) -> bool:
    for pattern in (lexicon.stop, lexicon.blank):
        parting = pattern.search(text, start, head.end())
        if parting and parting.start() < head.start():
            return True
    return False


def _split_lists(text: str, quotations: list[Quotation]) -> Iterator[list[Quotation]]:
    group: list[Quotation] = []
    for quotation in quotations:
        if quotation.depth or quotation.is_title:
            continue
        if group:
            joint = _connector().match(text, group[-1].span.end)
            if joint is None or joint.end() != quotation.span.start or len(group) >= MAX_LIST:
                yield group
                group = []
        group.append(quotation)
    if group:
        yield group


def find_quoted(text: str, quotations: list[Quotation], lexicon: ProgramLexicon) -> list[Program]:
    """Programs whose name or a part of it stands in quotation marks."""
    out: list[Program] = []
    for group in _split_lists(text, quotations):
        out.extend(_read_list(text, group, lexicon))
    return out


def _read_list(text: str, group: list[Quotation], lexicon: ProgramLexicon) -> Iterator[Program]:
    start = group[0].span.start
    before = text[max(0, start - 16) : start]
    tail = find_tail(text, group[-1].span.end, len(group) > 1, lexicon)
    if lexicon.honour.search(before) and (tail is None or tail.type != "document"):
        return
    verb = _introducing_verb(text, group, before, lexicon) if tail is None else None
    for i, quotation in enumerate(group):
        if not _may_name(text, quotation, lexicon):
            continue
        inner = text[slice(*quotation.inner)]
        last = i == len(group) - 1
        program = _read_typed(text, quotation, inner, tail, last, lexicon)
        if program is None and verb is not None and tail is None:
            program = _read_introduced(text, quotation, inner, verb, lexicon)
        if program is not None:
            yield program


def _may_name(text: str, quotation: Quotation, lexicon: ProgramLexicon) -> bool:
    start, end = quotation.inner
    if end - start > MAX_INNER or _sentence().search(text, start, end):
        return False
    return drop_marks(text[start:end]) not in lexicon.never


def _read_typed(
    text: str, quotation: Quotation, inner: str, tail: Tail | None, last: bool, lexicon: ProgramLexicon
) -> Program | None:
    start, end = quotation.span
    own = _inner_type(text, quotation, inner, lexicon)
    if tail is not None and last and not tail.shared and own not in ("project", "campaign"):
        if inner.isdecimal() and _counted().match(text, end):
            return None
        if _manner().fullmatch(inner) and tail.type != "mechanism":
            return None
        type_ = "document" if _five_year().fullmatch(inner) else tail.type
        return to_program(text, start, tail.end, type_, "quoted.tail")
    if own:
        return to_program(text, start, end, own, "quoted.inside")
    if tail is not None and len(inner) > 1 and not inner.isdecimal():
        return to_program(text, start, end, tail.type, "quoted.list")
    return None


def _inner_type(text: str, quotation: Quotation, inner: str, lexicon: ProgramLexicon) -> str | None:
    """Type of a name whose own last word is a type word (春风行动)."""
    match = lexicon.inside.search(inner)
    if (
        match is None
        or inner in lexicon.alone
        or "，" in inner
        or _predicate().match(inner)
        or _object_end().search(inner, 0, match.start())
        or is_speech(text, quotation)
    ):
        return None
    type_ = lexicon.types[match.group()]
    if match.start() < (1 if type_ == "brand" else 2):
        return None
    return type_


def _introducing_verb(text: str, group: list[Quotation], before: str, lexicon: ProgramLexicon) -> str | None:
    """Type that the verb before the first or the frame around a single name gives, or None."""
    end = group[-1].span.end
    behind = text[end : end + 10]
    if len(group) == 1 and before.endswith(("以", "用")) and behind.startswith(("为抓手", "为载体")):
        return "mechanism"
    stretch = _tail_stretch().match(behind)
    assert stretch is not None
    if not _closed().match(text, end) or lexicon.blank.search(stretch.group()) or lexicon.noun.match(behind):
        return None
    match = lexicon.verb.search(before)
    return lexicon.verbs[match.group(1)] if match else None


def _read_introduced(
    text: str, quotation: Quotation, inner: str, type_: str, lexicon: ProgramLexicon
) -> Program | None:
    name = drop_marks(inner)
    if not 4 <= len(name) <= 20 or name in lexicon.alone or any(c in name for c in "，、,"):
        return None
    if _predicate().match(name) or _rank().match(name) or lexicon.thing.search(name) or name[-1] in "的了吗呢":
        return None
    return to_program(text, *quotation.span, "mechanism" if "+" in name else type_, "quoted.verb")
