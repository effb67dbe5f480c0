"""Reports that go on elsewhere (下转第二版): both parts as one, where both are there."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractor.article.assign import share
from extractor.article.story import Story
from extractor.layout import Block
from extractor.text import Span

Headed = tuple[Story, list[Span], list[Span]]  # with the lines of its kicker and its title

MOST = 40  # reports that are looked at for the first part
ALIKE = 0.5  # share of the shorter headline's character pairs that the other holds
_SPACES = re.compile(r"\s+")
_CLOSED = "。！？!?”’」』）)…"


def join_continued(source: str, stories: Sequence[Headed]) -> list[Headed]:
    """The stories in their order, a part that comes from another sheet behind the part that it belongs to."""
    out: list[Headed] = []
    leaving: list[Headed] = []
    for item in stories:
        first = _find_first(source, item, leaving) if item[0].comes else None
        if first is None:
            out.append(item)
        else:
            leaving.remove(first)
            _append(source, first[0], item[0])
        if item[0].leaves:
            leaving = [*leaving[1 - MOST :], item if first is None else first]
    return out


def _find_first(source: str, item: Headed, leaving: Sequence[Headed]) -> Headed | None:
    """The report whose headline the part repeats, in full or in short; without a headline, the only one open."""
    title = _ink(source, item[2])
    if not title:
        return leaving[0] if len(leaving) == 1 else None
    worths = [(_likeness(_ink(source, first[2]), title), -k) for k, first in enumerate(leaving)]
    best = max(worths, default=(0.0, 0))
    return leaving[-best[1]] if best[0] >= ALIKE else None


def _likeness(one: str, other: str) -> float:
    return max(share(one, other), share(other, one))


def _append(source: str, first: Story, rest: Story) -> None:
    """The paragraphs of `rest` behind those of `first`; a sentence that was cut goes on in its paragraph."""
    behind = list(rest.paragraphs)
    last = first.paragraphs[-1]
    if behind and source[last.spans[-1].end - 1] not in _CLOSED:
        begun = behind.pop(0)
        first.paragraphs[-1] = Block(
            "body", last.lines + begun.lines, last.spans + begun.spans, last.starts, begun.ends, last.jump
        )
    first.paragraphs += behind
    first.names += [name for name in rest.names if name not in first.names]


def _ink(source: str, spans: Sequence[Span]) -> str:
    return _SPACES.sub("", "".join(source[s.start : s.end] for s in spans))
