"""Facts judged by single keys, the least confident first."""

from __future__ import annotations

import sys
from typing import Any

from extractor.cli.main import OK
from extractor.cli.review_output import FIELDS, clean, to_history, to_shown
from extractor.errors import ConflictError, RecordError, UsageError
from extractor.review import count_queue, decide, find_next, undo
from extractor.review.queue import Candidate
from extractor.search import Question
from extractor.search.highlight import find_quantity
from extractor.store import Connection
from schemas import FactRecord

KEYS = "a accept  r reject  c correct  s skip  u undo  ? history  q quit"
BOLD, PLAIN = "\x1b[1;33m", "\x1b[0m"
ASK = "field=value (indicator=农家书屋, quantity.value=120, place=370828; nothing: done): "


class Session:
    """One reviewer's way through a queue."""

    def __init__(
        self, connection: Connection, reviewer: str, question: Question, *, unjudged: bool, blind: bool
    ) -> None:
        self.connection, self.reviewer, self.question = connection, reviewer, question
        self.unjudged, self.blind = unjudged, blind
        self.skipped: set[str] = set()
        self.left = count_queue(connection, reviewer, question, unjudged=unjudged)
        self.done: list[str] = []  # fact_ids in the order of their verdicts

    def run(self) -> int:
        """Until the queue is empty or the reviewer leaves; exit status 0."""
        while True:
            found = find_next(self.connection, self.reviewer, self.question, unjudged=self.unjudged, skip=self.skipped)
            if not found:
                self._say("nothing is left to be judged" if not self.skipped else "all others were skipped")
                break
            if not self._judge(found[0]):
                break
        self._say(f"{len(self.done)} judged, {len(self.skipped)} skipped")
        return OK

    def _judge(self, candidate: Candidate) -> bool:
        """One fact; False where the reviewer leaves."""
        self._show(candidate)
        while True:
            key = read_key().lower()
            if key in ("q", "\x03", "\x04", ""):
                return False
            if key == "?":
                verdicts = () if candidate.review is None or self.blind else candidate.review.verdicts
                self._say("\n".join(to_history(verdicts)) or "no verdict yet")
            elif key == "s":
                self.skipped.add(candidate.hit.fact.fact_id)
                return True
            elif key == "u":
                self._undo()
                return True
            elif key in ("a", "r", "c") and self._decide(candidate, key):
                return True
            elif key not in ("a", "r", "c"):
                self._say(KEYS)

    def _decide(self, candidate: Candidate, key: str) -> bool:
        """Whether the fact is done with."""
        fields = self._ask() if key == "c" else None
        if key == "c" and not fields:
            self._say("nothing corrected")
            return False
        action = {"a": "accept", "r": "reject", "c": "correct"}[key]
        try:
            state = decide(
                self.connection,
                candidate.hit.fact.fact_id,
                action,
                self.reviewer,
                fields=fields,
                seen=candidate.seen,
                blind=self.blind,
            )
        except (RecordError, UsageError) as error:
            self._say(str(error))
            return False
        except ConflictError as error:  # it comes again, as it is now
            self._say(str(error))
            return True
        self.done.append(state.fact_id)
        self.left -= 1
        self._say(state.verdict or "")
        return True

    def _ask(self) -> dict[str, Any]:
        from extractor.cli.review import set_field

        fields: dict[str, Any] = {}
        while True:
            sys.stdout.write(ASK)
            sys.stdout.flush()
            line = sys.stdin.readline().strip()
            if not line:
                return fields
            try:
                set_field(fields, line)
            except UsageError as error:
                self._say(str(error))

    def _undo(self) -> None:
        if not self.done:
            self._say("nothing to take back")
            return
        fact = self.done.pop()
        undo(self.connection, fact, self.reviewer)
        self.left += 1
        self._say(f"{fact}: taken back")

    def _show(self, candidate: Candidate) -> None:
        fact = to_shown(candidate, blind=self.blind)
        article = candidate.hit.article
        head = [fact.fact_id, f"confidence {candidate.confidence:.2f}", f"{self.left} left", fact.doc]
        head += [text for text in (article.newspaper, article.published, article.title) if text]
        self._say("\n" + clean("  ".join(head)))
        self._say(to_bold(fact))
        for line in to_lines(fact):
            self._say(clean(line))
        if not self.blind and candidate.hit.verdict is not None:
            self._say(f"    {candidate.hit.verdict}")
        self._say(KEYS)

    @staticmethod
    def _say(text: str) -> None:
        sys.stdout.write(text + "\n")
        sys.stdout.flush()


def to_bold(fact: FactRecord) -> str:
    """The sentence with its quantity in bold."""
    text = fact.evidence.text
    where = find_quantity(
        text, fact.evidence.start_char, fact.evidence.end_char, fact.quantity.text, fact.quantity.start_char
    )
    if where is None:
        return clean(text)
    start, end = where
    return f"{clean(text[:start])}{BOLD}{clean(text[start:end])}{PLAIN}{clean(text[end:])}"


def to_lines(fact: FactRecord) -> list[str]:
    """The fields, one a line."""
    quantity = fact.quantity
    numbers = (
        quantity.value if quantity.value is not None else f"{quantity.min_value or ''}..{quantity.max_value or ''}"
    )
    lines = [f"    {'quantity':10s}{quantity.text} = {numbers} {quantity.unit} ({fact.kind}, {quantity.modifier})"]
    for name in FIELDS:
        part = getattr(fact, name)
        text = "-" if part is None else "/".join(part.path) or part.name if name == "place" else part.text
        if name == "period" and part is not None and (part.start_date or part.end_date):
            text += f" ({part.start_date or ''}..{part.end_date or ''})"
        lines.append(f"    {name:10s}{text}")
    return lines


def read_key() -> str:
    """One key without its echo; empty at the end of the input."""
    import termios
    import tty

    descriptor = sys.stdin.fileno()
    before = termios.tcgetattr(descriptor)
    try:
        tty.setcbreak(descriptor, termios.TCSANOW)  # a key that was pressed before is not lost
        return sys.stdin.read(1)
    finally:
        termios.tcsetattr(descriptor, termios.TCSADRAIN, before)
