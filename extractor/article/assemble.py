"""A story -> Article: its text in one piece, with the role and source of every part."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.article.credit import find_call, find_caption_credit, find_credit, unique
from extractor.article.story import Story
from extractor.article.unwrap import Piece, to_head_pieces, to_pieces
from extractor.layout_rule import find_dateline, is_role
from extractor.model import Article
from extractor.text import BodySpan, MappedText, Span

_CREDITS = 3  # credits one behind the other at the end of a text


def assemble(
    source: str, story: Story, kicker: Sequence[Span], title: Sequence[Span], ordinal: int, page: int | None
) -> Article:
    """The article of a story with its headline's lines."""
    paragraphs = [list(block.spans) for block in story.paragraphs]
    names = list(story.names)
    names += _cut_credits(source, paragraphs, story.caption)
    lines: list[tuple[str, list[Piece]]] = []
    if kicker:
        lines.append(("kicker", to_head_pieces(source, kicker)))
    if title:
        lines.append(("title", to_head_pieces(source, title)))
    lines += [("body", to_pieces(source, spans)) for spans in paragraphs]
    pieces: list[Piece] = []
    parts: list[tuple[str, BodySpan]] = []
    at = 0
    for role, line in lines:
        size = sum(len(p) if isinstance(p, str) else p.end - p.start for p in line)
        if not size:
            continue
        if pieces:
            pieces.append("\n")
            at += 1
        pieces += line
        parts.append((role, BodySpan(at, at + size)))
        at += size
    text = MappedText.build(source, pieces)
    first = next((span for role, span in parts if role == "body"), None)
    dateline = None
    if first is not None:
        found = find_dateline(text.text, first.start, first.end)
        if found:
            dateline = BodySpan(found[0], found[1])
        names += find_call(text.text[found[2] if found else first.start : first.end])
    return Article(
        ordinal=ordinal,
        kind=_kind(story, text.text, parts, dateline),
        text=text,
        parts=tuple(parts),
        title=_part(text.text, parts, "title"),
        kicker=_part(text.text, parts, "kicker"),
        byline=tuple(unique(names)),
        dateline=dateline,
        spans=tuple(
            _merge(source, sorted([*kicker, *title])) + _merge(source, [s for spans in paragraphs for s in spans])
        ),
        page=page,
    )


def _part(text: str, parts: Sequence[tuple[str, BodySpan]], role: str) -> str | None:
    return next((text[span.start : span.end] for name, span in parts if name == role), None)


def _kind(story: Story, text: str, parts: Sequence[tuple[str, BodySpan]], dateline: BodySpan | None) -> str:
    if story.caption:
        return "caption"
    if dateline is None:
        heads = [word for role, s in parts if role != "body" for word in text[s.start : s.end].split()]
        body = next((text[s.start : s.start + 40] for role, s in parts if role == "body"), "")
        if any(is_role(head, "notice") for head in heads) or is_role(body, "notice"):
            return "notice"
    return "news"


def _cut_credits(source: str, paragraphs: list[list[Span]], caption: bool) -> list[str]:
    """Takes reporters' credits off the end of the last paragraph; their names."""
    names: list[str] = []
    for _ in range(_CREDITS):
        if not paragraphs:
            break
        spans = paragraphs[-1]
        tail: list[Span] = []
        size = 0
        for span in reversed(spans):
            tail.insert(0, span)
            size += span.end - span.start
            if size >= 120:
                break
        joined = "\n".join(source[s.start : s.end] for s in tail)
        found = (find_caption_credit(joined) if caption else None) or find_credit(joined)
        if found is None:
            break
        at, credited = found
        if not joined[:at].strip() and len(tail) == len(spans) and len(paragraphs) == 1:
            break
        names += credited
        del spans[len(spans) - len(tail) :]
        for span in tail:
            length = span.end - span.start
            keep = min(length, at)
            bare = source[span.start : span.start + keep].rstrip()
            if bare:
                spans.append(Span(span.start, span.start + len(bare)))
            at -= length + 1
            if at <= 0:
                break
        if not spans:
            paragraphs.pop()
    return names


def _merge(source: str, spans: Sequence[Span]) -> list[Span]:
    """Neighbouring stretches with nothing but white space between them as one."""
    out: list[Span] = []
    for span in spans:
        if out and out[-1].end <= span.start and not source[out[-1].end : span.start].strip():
            out[-1] = Span(out[-1].start, span.end)
        else:
            out.append(span)
    return out
