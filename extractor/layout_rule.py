"""The layout lexicons compiled: what a line, a dateline or a credit looks like."""

from __future__ import annotations

import re
from functools import lru_cache

from extractor.lexicon.table import Row, active_overlay, per_overlay, read_table

_PLACE = r"(?:(?!记者|通讯|特约|评论|编辑|讯|电(?!白|子))[\u4e00-\u9fff、]){0,9}?\s?"
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_DIGIT = r"[0-9０-９一二三四五六七八九十〇○零廿卅]"
_DATE = (
    rf"(?:(?:{_DIGIT}{{4}}\s?年\s?)?(?:{_DIGIT}{{1,3}}\s?月\s?)?{_DIGIT}{{1,3}}\s?日"
    r"(?:[早午晚夜晨]|凌晨|上午|下午|晚间)?)?\s?"
)
_OPEN = r"[【\[（(〔［]"
_MARK = r"[■□●◆◇▲△★☆○◎▶\s]*"
_NONE = "(?!)"  # where a user took all rows away
LONGEST_FURNITURE = 160  # characters; mastheads with staff and telephone numbers stay well under it
_FURNITURE = ("separator", "folio", "jump", "code", "date", "label", "author", "mark", "footer", "footer_line")


def _rows(role: str) -> list[Row]:
    return [row for row in read_table("layout.tsv", active_overlay()) if row["role"] == role]


@per_overlay(64)
def _pattern(role: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{_renumber(row)})" for row in _rows(role)) or _NONE)


def _renumber(row: Row) -> str:
    """The row's pattern with its one group named by the row, so that rows can stand in one alternation."""
    pattern = row["pattern"].replace(r"\1", f"(?P={row['id']})")
    return re.sub(r"(?<!\\)\((?!\?)", f"(?P<{row['id']}>", pattern, count=1) if pattern != row["pattern"] else pattern


@per_overlay()
def _furniture() -> re.Pattern[str]:
    parts = []
    for role in _FURNITURE:
        parts += [f"(?P<r_{role}_{i}>{_renumber(row)})" for i, row in enumerate(_rows(role))]
    return re.compile("|".join(parts) or _NONE)


def is_role(text: str, role: str) -> bool:
    """True where `text` (a line without margins) has the look of `role`, a role of layout.tsv."""
    return _pattern(role).search(text) is not None


def find_role(text: str) -> str | None:
    """The furniture role of a line without its margins, None for text of the page."""
    if len(text) > LONGEST_FURNITURE:
        return None
    match = _furniture().match(text)
    if match is None:
        return "masthead" if is_masthead(text) else None
    name = next(key for key, value in match.groupdict().items() if value is not None and key.startswith("r_"))
    return name[2:].rpartition("_")[0]


@per_overlay()
def _masthead() -> re.Pattern[str]:
    rows = read_table("masthead.tsv", active_overlay())
    return re.compile("|".join(f"(?:{_renumber(row)})" for row in rows) or _NONE)


@lru_cache(maxsize=1)
def _masthead_hint() -> re.Pattern[str]:  # opens with one class: the engine scans for that many times as fast
    return re.compile(
        r"[报版编校责期刊年邮线址印@电农wA-D](?:(?<=[报版编校责期刊年邮线址印@])|(?<=电)话|(?<=农)历|(?<=w)ww|(?<=[A-D])\d)"
    )


def count_masthead(text: str, least: float = 0.0) -> tuple[int, float]:
    """How many masthead pieces a line holds and the share of its characters that they make up; (0, 0) as soon as
    less than `least` is left."""
    pattern = _masthead()
    ink = sum(map(str.isalnum, text))
    used = missed = pieces = at = 0
    while at < len(text):
        match = pattern.match(text, at)
        if match is not None and match.end() > at:
            pieces += 1
            used += sum(map(str.isalnum, match.group()))
            at = match.end()
            continue
        if text[at].isalnum():
            missed += 1
            if ink - missed < least * ink:
                return 0, 0.0
        at += 1
    return pieces, used / ink if ink else 0.0


def is_masthead(text: str) -> bool:
    """True for the line of a masthead or page foot."""
    if not _masthead_hint().search(text) or text[-1] in "。！？，；、":
        return False
    pieces, share = count_masthead(text, 0.69)
    # one piece alone (a paper's name, 要闻) must be the whole line; several may leave small words between them
    return (pieces >= 2 and share >= 0.7) or (pieces == 1 and share >= 0.95)


@per_overlay()
def _dateline() -> re.Pattern[str]:
    parts = [
        row["pattern"].replace("{place}", _PLACE).replace("{date}", _DATE)
        for row in read_table("dateline.tsv", active_overlay())
    ]
    any_of = "|".join(f"(?:{part})" for part in parts) or _NONE
    return re.compile(rf"{_MARK}(?P<open>{_OPEN}\s?)?(?P<dateline>{any_of})(?(open)\s?[】\]）)〕］])")


@lru_cache(maxsize=1)
def _dateline_hint() -> re.Pattern[str]:
    return re.compile("[讯电消报](?:(?<=[讯电])|(?<=消)息|(?<=报)道)")


def find_dateline(text: str, start: int, end: int) -> tuple[int, int, int] | None:
    """Start and end of the dateline that opens `text[start:end]`, and the end of its brackets."""
    if _dateline_hint().search(text, start, min(end, start + 48)) is None:
        return None
    match = _dateline().match(text, start, end)
    return (*match.span("dateline"), match.end()) if match else None


@lru_cache(maxsize=1)
def _glue() -> re.Pattern[str]:
    return re.compile(r"[ \t\u3000\xa0]+(?=[【\[（(〔［■□●◆]?\s?(?:本[报刊台站网社]|据?新华社|据?中新社))")


def find_glued(text: str, start: int, end: int) -> int | None:
    """Where a report opens behind a headline on one physical line, None where it does not."""
    for match in _glue().finditer(text, start + 1, min(end, start + 80)):
        if find_dateline(text, match.end(), end):
            return match.end()
    return None


@per_overlay()
def surnames() -> frozenset[str]:
    return frozenset("".join(row["characters"] for row in read_table("layout_surname.tsv", active_overlay())))


@per_overlay()
def role_words() -> str:
    """Alternation of the words before reporters' names, longest first."""
    rows = read_table("layout_role.tsv", active_overlay())
    return "|".join(sorted((re.escape(row["word"]) for row in rows), key=len, reverse=True)) or _NONE


NAME = r"[^\s、，,。；;：:/／（）()■□●◆“”《》]{1,12}"  # names with private glyphs stand as 夏ｊùｎ＠①


@per_overlay()
def _byline() -> re.Pattern[str]:
    """A line that is a byline: ■本报通讯员 周平, 本报记者 周平 李敏 通讯员 王波."""
    names = rf"{NAME}(?:[\s、，,/／]{{1,6}}{NAME}){{0,9}}?"
    one = rf"(?:{role_words()})[\s:：/／、]{{0,6}}{names}"
    return re.compile(
        rf"^[■□●◆◇▲★☆○◎（(【\s]{{0,4}}(?:文/?图?[\s/:：|]{{0,3}})?{one}(?:[\s、；;]{{1,6}}{one}){{0,3}}"
        rf"(?:\s{{0,4}}(?:摄影报道|报道|文/图|文/摄|整理))?[）)】]?$"
    )


def is_name(text: str) -> bool:
    """True where `text` reads as one person's name."""
    bare = re.sub(r"[\s\u3000]", "", text)
    return (
        2 <= len(bare) <= 4
        and bare[0] in surnames()
        and all("\u4e00" <= c <= "\u9fff" or c == "·" for c in bare)
        and not is_role(bare, "place")
    )


def is_byline(text: str) -> bool:
    """True where `text` is a byline or a credit in brackets and no more."""
    if len(text) > 90:
        return False
    if _byline().match(text) is None:
        return is_credit(text)
    rest = re.sub(rf"{role_words()}|摄影报道|报道|文/图|文/摄|整理", " ", text)
    words = [w for w in re.split(r"[\s、，,;；:：/／|()（）【】■□●◆◇▲★☆○◎]+", rest) if w not in ("", "文", "图")]
    # words of the language are longer than names and seldom begin with a surname
    return (
        bool(words)
        and all(len(w) <= 4 or "·" in w or not w.isalpha() for w in words)
        and sum(len(w) == 1 or w[0] in surnames() or not _HAN.fullmatch(w) for w in words) * 2 >= len(words)
    )


def is_credit(text: str) -> bool:
    """True where `text` is nothing but names in brackets: （周平 李敏）."""
    if len(text) > 40 or text[0] not in "（(" or text[-1] not in "）)":
        return False
    words = [w for w in re.split(r"[\s、，,/]+", text[1:-1]) if w]
    if len(words) in (2, 4) and all(len(w) == 1 for w in words):  # 周　平
        words = [words[i] + words[i + 1] for i in range(0, len(words), 2)]
    return bool(words) and all(is_name(word) for word in words)
