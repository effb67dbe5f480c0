"""The doer of one clause: the noun phrase of an actor before its verb, or behind 由 and 被."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from extractor.fact.actor import Actors
from extractor.fact.chunk import Chunk
from extractor.fact.person import join_names, load_surnames
from extractor.fact.verb import FIGURE_TAILS
from extractor.model import Quantity
from extractor.text import BodySpan
from extractor.words import load_classes, load_flagged

_NOMINAL = frozenset(("N", "A", "L", "R", "Y", "H", "E", "G", "X", "M"))
_LIGHT = frozenset(("T", "D", "C", "Z", "B", "O", "F"))
_FOLLOWS = frozenset("VKDPT")  # what may stand behind an doer
_DATELINE = 8  # words
_SIDES = frozenset("东西南北")
_NAME = 3  # characters of a full name
_IDIOM = 4  # characters of a set phrase that stands as an adverb (挨家挨户, 齐心协力)


class Clause(NamedTuple):
    """What a clause says of its doer. role: act (it has one), plain (a verb comes first: the doer before it acts),
    topic (a figure or a thing is spoken of), state (nobody acts), bare (no verb), source (据…统计)."""

    role: str
    doer: BodySpan | None = None
    passive: bool = False


_PLAIN, _STATE, _TOPIC, _BARE, _SOURCE = map(Clause, ("plain", "state", "topic", "bare", "source"))


class ClauseReader:
    """Reads the clauses of one sentence, given as words."""

    def __init__(self, text: str, actors: Actors) -> None:
        self.text = text
        self.actors = actors

    def read(self, words: Sequence[Chunk]) -> Clause:
        """`words`: the words of one clause, without its mark."""
        words = join_names(words, self.actors.ends_role)
        doer = self._find_passive(words)
        if doer is not None:
            return Clause("act", doer, passive=True)
        at = self._skip_lead(words)
        if any(words[i].text in ("与", "将", "把") and words[i + 1].tag in _NOMINAL | {"Q"} for i in range(at)):
            return _PLAIN  # 与高校共建, 将门店全部承包
        if at < len(words) and words[at].tag == "P":
            if words[at].text in self.actors.bases:
                return _STATE
            behind = self._skip_preposition(words, at)
            if behind is None:
                return _PLAIN
            at = self._skip_lead(words, behind)
        if at == len(words):
            return _SOURCE
        return self._read_from(words, at)

    def _read_from(self, words: Sequence[Chunk], at: int) -> Clause:
        if words[at].text in self.actors.means:
            return _STATE
        end = self._nominal_end(words, at)
        if end == at:
            return self._read_verb(words, at)
        if words[at].text in self.actors.acts and at + 1 < len(words) and words[at + 1].tag == "Q":
            return _PLAIN  # 贷款15万元
        cut = self._cut_doer(words, at, end)
        if cut is None and (stop := self._find_unknown(words, at, end)) is not None:
            return Clause("act", BodySpan(words[at].start, stop))
        if cut is None:
            verbal = next((w for w in words[end:] if w.tag in ("V", "K")), None)
            return _TOPIC if verbal is not None or _is_figure(words[end - 1].text) else _BARE
        stop, behind = cut
        doer = BodySpan(words[at].start, stop)
        joined = behind < len(words) and words[behind].start < stop  # 妇女组织
        return Clause("act" if joined else self._judge(words, behind), doer)

    def _find_unknown(self, words: Sequence[Chunk], at: int, end: int) -> int | None:
        """Where the name of a doer ends whose kind no row tells, but whose verb has an object (海关查获手表四千只)."""
        verb = self._skip_lead(words, end)
        last = words[end - 1]
        if verb == len(words) or words[verb].tag != "V" or last.tag not in ("N", "R") or len(last.text) < 2:
            return None
        if words[verb].text in self.actors.states or words[verb].text in self.actors.reports:
            return None
        name = self.text[words[at].start : last.end]
        if last.verbal is not None or name in self.actors.states:
            return None
        if self.actors.is_thing(name) or _is_figure(name) or any(w.tag in ("U", "Q") for w in words[at:end]):
            return None
        for i in range(verb + 1, len(words)):
            if words[i].tag in ("U", "K", "P", "F", "H"):
                return None
            if words[i].tag == "Q":
                has_object = words[i - 1].tag == "N" or (i + 1 < len(words) and words[i + 1].tag in ("N", "A"))
                return last.end if has_object else None
        return None

    def _read_verb(self, words: Sequence[Chunk], at: int) -> Clause:
        word = words[at]
        if word.verbal is not None and at + 1 < len(words) and _is_figure(words[at + 1].text):
            return _TOPIC  # 销售收入超过
        if word.tag == "V" and at + 1 < len(words) and words[at + 1].tag == "N":
            end = self._nominal_end(words, at + 1)
            if end < len(words) and words[end].tag == "K":
                return _TOPIC  # 注册志愿者达
        if word.tag == "Q":
            return _PLAIN if any(w.tag == "V" for w in words[at:]) else _BARE
        if word.tag == "K" or word.text in self.actors.states or word.text in self.actors.comes:
            return _STATE
        return _PLAIN

    def _judge(self, words: Sequence[Chunk], behind: int) -> str:
        """The role of a clause whose doer's name ends before `behind`."""
        if behind < len(words) and (words[behind].tag == "U" or self._counts(words, behind)):
            return "topic"  # 柳塘镇的300亩莲藕, 全县12个镇面积达
        first = self._skip_lead(words, behind)
        if first < len(words) and words[first].text in self.actors.adverbs:
            first += 1
        turned = False  # behind a preposition a number is not what was done (对46家医院进行)
        for i in range(behind, len(words)):
            word = words[i]
            if word.text in self.actors.means or word.text in self.actors.bases:
                return "state"
            if word.tag == "K" or word.text in self.actors.states:
                return "state"
            if word.tag == "P" and i + 1 < len(words) and words[i + 1].tag == "V" and word.text == "被":
                return "state"
            if word.verbal is not None and word.tag == "V" and _heads_figure(words, i):
                return "topic"  # 全县教育经费投入达
            if word.tag in ("V", "O") or (i == first and self._acts(words, i)):
                if word.text in self.actors.reports and not any(w.tag == "Q" for w in words[i:]):
                    return "source"
                return "topic" if _modifies(words, i) else "act"
            turned |= word.tag == "P"
            if word.tag == "Q" and not turned and self._counts(words, i):
                break
        return "act" if not any(w.tag == "Q" for w in words[behind:]) else "bare"

    def _counts(self, words: Sequence[Chunk], i: int) -> bool:
        """Whether a number of things follows the name (not 全县三天收完)."""
        quantity = words[i].item
        return isinstance(quantity, Quantity) and quantity.dimension != "duration"

    def _skip_lead(self, words: Sequence[Chunk], at: int = 0) -> int:
        start = at
        while at < len(words) and words[at].tag in _LIGHT:
            if words[at].text in self.actors.means or _adjoins(words, at):
                return at
            at += 1
        if at + 1 < len(words) and words[at].tag == "M" and words[at + 1].tag in ("V", "D"):
            at += 1  # 一季孵出
        if start == 0 and at < len(words) and words[at].text.startswith(self.actors.papers):
            return self._skip_dateline(words, at)
        return at

    def _skip_dateline(self, words: Sequence[Chunk], at: int) -> int:
        """Behind 本报某县讯."""
        for i in range(at, min(at + _DATELINE, len(words))):
            if words[i].text.endswith(("讯", "电")):
                return self._skip_lead(words, i + 1)
        return at

    def _skip_preposition(self, words: Sequence[Chunk], at: int) -> int | None:
        """Behind a phrase that a word of position ends (在…领导下), or None where the phrase has no such end."""
        for i in range(at + 1, len(words)):
            if words[i].tag == "F" or words[i].text == "起":
                return i + 1
            if words[i].tag == "Q":
                return None
        return None

    def _nominal_end(self, words: Sequence[Chunk], at: int) -> int:
        """Where the run of nominal words from `at` ends. A conjunction or 的 goes on only between nominal words."""
        i = at
        while i < len(words):
            word = words[i]
            if not (word.tag in _NOMINAL or self._goes_on(words, i, at)):
                break
            i += 1
        return i

    def _goes_on(self, words: Sequence[Chunk], i: int, at: int) -> bool:
        """Whether a word that is no noun stands inside the name that begins at `at`."""
        word = words[i]
        following = words[i + 1] if i + 1 < len(words) else None
        if word.tag == "Q":
            return self._counts_actors(words, i, at)
        if word.tag == "F" and i == at:
            return True  # 前方战士
        if i == at and self._is_trade(words, i):
            return True
        if word.tag == "F" and word.text not in _SIDES:
            return self.actors.is_division(self.text[words[at].start : word.end])  # 全市上下
        if word.tag == "V" and word.verbal is not None and i > at and self._is_modifier(words, i, at):
            return True
        if word.text in _SIDES and following is not None and following.tag == "N" and i > at:
            return True  # 第三区西河头村
        joins = word.tag in ("C", "U") or word.text in ("同", "跟")
        if joins and i > at and following is not None and following.tag in _NOMINAL:
            return True
        return word.tag in ("V", "K", "P", "D", "O") and len(word.text) == 1 and self._in_company(words, i)

    def _is_trade(self, words: Sequence[Chunk], i: int) -> bool:
        """A verb that tells the kind of a body or of people (帮扶单位, 养鱼专业户) before another verb."""
        word = words[i]
        if word.tag != "V" or i + 2 >= len(words) or words[i + 1].tag != "N" or words[i + 1].start != word.end:
            return False
        named = words[i + 1].text.endswith(self.actors.trades)
        if not named and (word.verbal is None or word.text in self.actors.causes):
            return False
        return words[i + 2].tag in (*_FOLLOWS, "N") and (named or self._ends(words, i + 1, i + 2))

    def _is_modifier(self, words: Sequence[Chunk], i: int, at: int) -> bool:
        """全区 防汛 大军 抢修: a verb-noun inside a longer name, a verb follows."""
        if i + 2 >= len(words) or words[i].text in self.actors.causes or words[i + 1].tag != "N":
            return False
        return words[i + 2].tag in _FOLLOWS and self._ends(words, at, i + 2)

    def _counts_actors(self, words: Sequence[Chunk], i: int, at: int) -> bool:
        """46名驻村干部 and 等19个部门; also 300余人 alone before a verb."""
        quantity = words[i].item
        if not isinstance(quantity, Quantity) or quantity.kind != "count":
            return False
        following = words[i + 1] if i + 1 < len(words) else None
        if following is None:
            return False
        if i > at:
            listed = words[i - 1].tag == "E" and (following.tag in _NOMINAL or "person" in quantity.flags)
            return listed or (following.tag in ("N", "A") and self._leads_to_people(words, i + 1, at))
        return following.tag in _NOMINAL or "person" in quantity.flags

    def _leads_to_people(self, words: Sequence[Chunk], i: int, at: int) -> bool:
        """安平县126名技术员组成: the counted nouns behind an area name doers, and a verb follows."""
        while i < len(words) and words[i].tag in ("N", "A"):
            i += 1
        return i < len(words) and words[i].tag in _FOLLOWS and self._ends(words, at, i)

    def _in_company(self, words: Sequence[Chunk], i: int) -> bool:
        """恒达机械有限公司: a character of a firm's name that is a word elsewhere."""
        for word in words[i + 1 : i + 4]:
            if word.tag not in ("N", "A", "X"):
                return False
            if self.text[words[i + 1].start : word.end].endswith(self.actors.firms):
                return True
        return False

    def _cut_doer(self, words: Sequence[Chunk], at: int, end: int) -> tuple[int, int] | None:
        """Where the doer's name ends in the text, and the index of the first word behind it."""
        whole = end
        while whole > at and (
            words[whole - 1].tag == "A"
            or len(words[whole - 1].text) == _IDIOM
            or words[whole - 1].text in self.actors.adverbs
        ):
            if self._ends(words, at, whole):
                break
            whole -= 1
        if whole == at:
            whole = end
        verb = next((w for w in words[end:] if w.tag in ("V", "K", "Q")), None)
        figure = verb is not None and verb.tag == "K"  # 商品零售价格指数上涨: no verb inside the name
        for i in range(at, end):
            behind = i + 1
            if figure and behind < whole:
                continue
            named = self._name_end(words, at, behind)
            if named is not None:
                behind = named
            elif not self._ends(words, at, behind):
                inside = self._split_word(words, at, i)
                if inside is not None:
                    return inside, i
                continue
            if named is not None and behind < end and self.actors.ends_role(words[behind].text):
                behind += 1  # 刘长山夫妇
            if named is not None and not (behind < end and words[behind].tag in ("C", "H", "E")):
                return words[behind - 1].end, behind
            if behind < end and words[behind].tag == "C" and verb is not None and verb.text in self.actors.mutual:
                return words[behind - 1].end, behind  # 企业与我县签订
            if behind >= whole or (self._acts(words, behind) and not self._is_name(words, at, behind, whole, end)):
                return words[behind - 1].end, behind
        return None

    def _is_name(self, words: Sequence[Chunk], at: int, verb: int, whole: int, end: int) -> bool:
        """县 培训 中心 举办: the word that could be the verb stands inside a longer name, a verb follows."""
        if words[verb].text in self.actors.causes or not self._ends(words, at, whole):
            return False
        if any(word.tag == "H" for word in words[verb:whole]):
            return False  # 国家投资、社队集资
        return end < len(words) and words[end].tag in _FOLLOWS

    def _ends(self, words: Sequence[Chunk], at: int, end: int) -> bool:
        last = words[end - 1]
        if last.tag == "L":
            return True
        if last.tag in ("H", "C", "U", "E"):
            return False
        if last.tag == "Q":
            return end - 1 == at or words[end - 2].tag == "E"
        return self.actors.ends_name(self.text[words[at].start : last.end])

    def _name_end(self, words: Sequence[Chunk], at: int, end: int) -> int | None:
        """Behind a person's name that follows the role (村民李大明), or None."""
        if end >= len(words) or words[end].text[0] not in load_surnames() or words[end].tag != "N":
            return None
        if not self.text[words[at].start : words[end].start].endswith(self.actors.people):
            return None
        start = words[end].start
        for i in range(end, min(end + 3, len(words))):
            length = words[i].end - start
            if length > _NAME or words[i].tag != "N":
                return None
            following = words[i + 1] if i + 1 < len(words) else None
            if length == _NAME or (length == 2 and following is not None and following.text in ("们", "等")):
                return i + 1
            if length >= 2 and (following is None or following.tag not in ("N", "A") or self._may_act(following)):
                return i + 1
        return None

    def _acts(self, words: Sequence[Chunk], i: int) -> bool:
        """Whether the word at `i` may be the verb; a noun of a sum only before its number (国家投资三百万元)."""
        if words[i].text not in self.actors.acts:
            return self._may_act(words[i])
        return i + 1 == len(words) or words[i + 1].tag not in ("N", "A")

    def _may_act(self, word: Chunk) -> bool:
        """Whether a word that stands as a noun may be the verb of an doer before it."""
        if word.tag in ("V", "K"):
            return True
        if len(word.text) == _IDIOM and load_classes().get(word.text[:2]) == "D":
            return load_classes().get(word.text[2:], "V") in ("V", "X")  # 大力推广, 积极探索
        if word.text in self.actors.causes:
            return True
        return word.verbal is not None and word.text not in load_flagged("figure")

    def _split_word(self, words: Sequence[Chunk], at: int, i: int) -> int | None:
        """Where an doer ends inside a word that the dictionary joins with its verb (妇女组织 + 变工队), or None."""
        word = words[i]
        following = words[i + 1] if i + 1 < len(words) else None
        if len(word.text) < _IDIOM or following is None or following.tag not in ("N", "A", "V"):
            return None
        middle = word.end - 2
        if load_classes().get(word.text[-2:]) not in ("V", "X"):
            return None
        return middle if self.actors.ends_name(self.text[words[at].start : middle]) else None

    def _find_passive(self, words: Sequence[Chunk]) -> BodySpan | None:
        """The actor behind 由 or 被, where a verb follows that is not itself an attribute."""
        for i, word in enumerate(words):
            if word.tag != "P" or word.text not in self.actors.by or i + 1 == len(words):
                continue
            end = self._nominal_end(words, i + 1)
            cut = self._cut_doer(words, i + 1, end) if end > i + 1 else None
            if cut is None:
                continue
            verb = next((k for k in range(cut[1], len(words)) if self._acts(words, k)), None)
            if verb is None or _modifies(words, verb):
                continue
            if words[verb].tag != "K":
                return BodySpan(words[i + 1].start, cut[0])
        return None


def _adjoins(words: Sequence[Chunk], i: int) -> bool:
    """Whether a word of position opens a name (前方战士)."""
    if words[i].tag != "F" or len(words[i].text) < 2 or i + 1 == len(words):
        return False
    return words[i + 1].tag == "N" and (i == 0 or words[i - 1].tag not in ("N", "L"))


def _is_figure(word: str) -> bool:
    return word in load_flagged("figure") or word.endswith(FIGURE_TAILS)


def _heads_figure(words: Sequence[Chunk], i: int) -> bool:
    """Whether the verb-noun at `i` belongs to the name of a figure: a linking verb comes before any number."""
    for word in words[i + 1 :]:
        if word.tag == "K":
            return True
        if word.tag not in ("N", "A", "V", "X", "D"):
            return False
    return False


def _modifies(words: Sequence[Chunk], verb: int) -> bool:
    """Whether the verb ends a modifier (承建的, 借去的)."""
    i = verb + 1
    while i < len(words) and words[i].tag in ("Z", "O", "F"):
        i += 1
    return i < len(words) and words[i].tag == "U"
