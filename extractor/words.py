"""Words and their classes. The only module that imports jieba (or rjieba, the same dictionary and model in Rust)."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from extractor.lexicon.table import active_overlay, per_overlay, read_table

Tagged = list[tuple[str, str]]

# jieba's part-of-speech tags to the classes that the fact grammar knows
_CLASS = {
    "n": "N",
    "nr": "N",
    "ns": "N",
    "nt": "N",
    "nz": "N",
    "nrt": "N",
    "nrfg": "N",
    "ng": "N",
    "l": "N",
    "i": "D",
    "j": "N",
    "an": "N",
    "s": "N",
    "eng": "N",
    "vn": "X",
    "v": "V",
    "vd": "V",
    "vi": "V",
    "vq": "V",
    "vg": "V",
    "zg": "N",
    "a": "A",
    "ad": "A",
    "ag": "A",
    "b": "A",
    "z": "A",
    "d": "D",
    "df": "D",
    "dg": "D",
    "p": "P",
    "c": "C",
    "uj": "U",
    "ul": "Z",
    "uz": "Z",
    "ug": "Z",
    "uv": "A",
    "ud": "U",
    "f": "F",
    "r": "R",
    "t": "T",
    "tg": "T",
    "m": "M",
    "mq": "M",
    "q": "N",
    "y": "Z",
    "u": "O",
    "e": "O",
    "o": "O",
    "h": "A",
    "k": "N",
}


class Word(NamedTuple):
    """A word, its class and where it begins. Classes: N noun, V verb, X verb or noun, K linking verb, A modifier,
    D adverb,
    P preposition, C conjunction, U 的, Z aspect, F position, R pronoun, T time, M numeral, E 等, W punctuation,
    O other."""

    text: str
    tag: str
    start: int


@per_overlay()
def _load_twin() -> Any | None:
    """The fast twin with our dictionary, None where it is not installed."""
    try:
        import rjieba
    except ImportError:
        return None
    tokenizer = rjieba.Jieba()
    _add_words(tokenizer)
    return tokenizer


@per_overlay()
def _load_jieba() -> Any:
    """A private tokenizer of jieba itself with our dictionary."""
    import logging

    import jieba

    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    tokenizer.initialize()
    _add_words(tokenizer)
    return tokenizer


def _add_words(tokenizer: Any) -> None:
    for surface in load_classes():
        if len(surface) > 1:
            tokenizer.add_word(surface, 2000, "nz")


def load_python() -> Callable[[str], Tagged]:
    """jieba itself, with tags from the dictionary."""
    import jieba.posseg

    tokenizer = _load_jieba()
    tags = jieba.posseg.POSTokenizer(tokenizer).word_tag_tab

    def cut(text: str) -> Tagged:
        return [(word, tags.get(word, "x")) for word in tokenizer.lcut(text, HMM=False)]

    return cut


@per_overlay()
def load_tagger() -> Callable[[str], Tagged]:
    """The fast twin where it is installed, else jieba."""
    twin = _load_twin()
    if twin is None:
        return load_python()
    return lambda text: [(word, tag) for word, tag in twin.tag(text, False)]


@per_overlay()
def load_cutter() -> Callable[[str], list[str]]:
    """The words of a text without their tags."""
    twin = _load_twin()
    if twin is not None:
        return lambda text: list(twin.cut(text, False))
    tokenizer = _load_jieba()
    return lambda text: list(tokenizer.lcut(text, HMM=False))


@lru_cache(maxsize=1)
def load_searcher() -> Callable[[str], list[str]]:
    """jieba's search mode: long words and the words inside them. The fast twin where it is installed."""
    try:
        import rjieba
    except ImportError:
        import logging

        import jieba

        jieba.setLogLevel(logging.WARNING)
        tokenizer = jieba.Tokenizer()
        tokenizer.initialize()
        return lambda text: list(tokenizer.cut_for_search(text, HMM=False))
    twin = rjieba.Jieba()
    return lambda text: list(twin.cut_for_search(text, False))


@per_overlay(4)
def load_classes(overlay: Path | None = None) -> dict[str, str]:
    """Our own word classes, which go before jieba's tags."""
    overlay = overlay or active_overlay()
    compounds = {
        row["verb"] + complement: "V"
        for row in read_table("verb_complement.tsv", overlay)
        for complement in row["complements"].split(",")
    }
    return compounds | {row["surface"]: row["tag"] for row in read_table("word.tsv", overlay)}


@per_overlay(64)
def load_flagged(flag: str, overlay: Path | None = None) -> frozenset[str]:
    """The words of our table that carry `flag`."""
    return frozenset(
        row["surface"] for row in read_table("word.tsv", overlay or active_overlay()) if flag in row["flags"].split(",")
    )


def split_words(text: str, start: int = 0) -> list[Word]:
    """The words of `text`, their starts counted from `start`."""
    classes = load_classes()
    out: list[Word] = []
    at = start
    for surface, tag in load_tagger()(text):
        own = classes.get(surface)
        if own is not None:
            out.append(Word(surface, own, at))
        elif len(surface) == 1:
            out.append(Word(surface, _single(surface, tag), at))
        else:
            out.extend(_split_compound(surface, tag, at, classes))
        at += len(surface)
    return _join_suffixes(out)


_SUFFIXES = frozenset("率量额数值费款户站点队组员机器线区园厂社所室房排料剂")
_MOVES = "购买置动租派集调增加用"  # verbs that end so take a vehicle as their object


def _join_suffixes(words: list[Word]) -> list[Word]:
    """办结 + 率, 收奶 + 站: a noun suffix behind a longer word makes one noun; so do single characters that no
    dictionary knows as a word (分 + 盟)."""
    out: list[Word] = []
    for word in words:
        last = out[-1] if out else None
        long = last is not None and last.tag in ("V", "X", "N", "A") and len(last.text) > 1
        if last is not None and last.tag == "V" and last.text[-1] in "到完":  # 借到 + 款
            long = False
        vehicle = last is not None and word.text == "车" and last.text[-1] not in _MOVES
        if last is not None and long and (word.text in _SUFFIXES or vehicle or _ends_noun(word, last, words)):
            out[-1] = Word(last.text + word.text, "N", last.start)
        elif last is not None and word.text == "率" and len(last.text) == 1 and last.tag in "VNo":  # 网 + 办 + 率
            start = len(out) - 1
            if start and len(out[start - 1].text) == 1 and out[start - 1].tag in "No":
                start -= 1
            joined = "".join(part.text for part in out[start:]) + word.text
            out[start:] = [Word(joined, "N", out[start].start)]
        elif last is not None and _is_rate_tail(word, last):
            out[-1] = Word(last.text + word.text, "N", last.start)
        elif last is not None and last.tag == "o" and (word.tag == "o" or (word.tag == "N" and len(word.text) == 1)):
            out[-1] = Word(last.text + word.text, "o" if word.tag == "o" else "N", last.start)
        else:
            out.append(word)
    return [word._replace(tag="O" if len(word.text) == 1 else "N") if word.tag == "o" else word for word in out]


_RATES = frozenset(("利率", "税率", "汇率", "费率", "比率", "效率", "概率", "频率", "功率", "速率"))


def _is_rate_tail(word: Word, last: Word) -> bool:
    """路率 behind 好: the dictionary's word or ours, cut one character late."""
    if len(word.text) != 2 or word.text[1] != "率" or len(last.text) != 1 or last.tag not in "VXAo":
        return False
    return word.text not in _RATES or last.text in "欠缴收免"  # 欠费率, but 高费率


def _ends_noun(word: Word, last: Word, words: list[Word]) -> bool:
    """报销 + 比 (not the preposition), and 院坝 + 会 where nothing follows that it could be the auxiliary of."""
    return (word.text, word.tag) == ("比", "N") or (word.text == "会" and last.tag == "N" and word is words[-1])


_ADVERBS = frozenset("共已将仅各再又均都还可需应")


def _single(surface: str, tag: str) -> str:
    if surface in "，。；：！？、（）()“”‘’《》,;:!?…—【】「」":
        return "W"
    if surface == "等":
        return "E"
    if surface in "了着过":
        return "Z"
    if surface == "的":
        return "U"
    found = _CLASS.get(tag, "N" if "一" <= surface <= "龥" else "O")
    if found in ("V", "X"):
        return "o"
    return "N" if found == "M" and not surface.isdigit() else found


def _split_compound(surface: str, tag: str, at: int, classes: dict[str, str]) -> list[Word]:
    """化解矛盾 and 发放贷款 stand in the dictionary as one word: the verb and its object are two."""
    if surface[0] in _ADVERBS and classes.get(surface[1:]) in ("V", "X", "K"):
        return [Word(surface[0], "D", at), Word(surface[1:], classes[surface[1:]], at + 1)]
    if len(surface) == 2 and surface[1] in "达为" and (surface[0] in _SUFFIXES or surface[0] == "比"):  # 完好 + 率达
        return [Word(surface[0], "N", at), Word(surface[1], "K", at + 1)]
    if surface[-1] == "比" and len(surface) > 2 and classes.get(surface[:-1]) == "N":  # 产量比去年
        return [Word(surface[:-1], "N", at), Word("比", "P", at + len(surface) - 1)]
    if len(surface) > 3 and tag[0] in "nlivz":
        head = surface[:2]
        if classes.get(head) in ("V", "X") and classes.get(surface[2:], "N") in ("N", "X"):
            return [Word(head, classes[head], at), Word(surface[2:], classes.get(surface[2:], "N"), at + 2)]
    if tag[0] == "v" and surface[-1] in "率费" and len(surface) > 2:  # 辍学率, 补助费
        return [Word(surface, "N", at)]
    return [Word(surface, _CLASS.get(tag, "N"), at)]
