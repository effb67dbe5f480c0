"""`govfacts review`: people's verdicts on facts, from the command line or by single keys."""

from __future__ import annotations

import argparse
import getpass
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractor.cli.main import FAILED, OK
from extractor.cli.search import add_filter_arguments
from extractor.errors import ExportError, GovfactsError, InputError, UnreadableError, UsageError

if TYPE_CHECKING:
    from extractor.search import Question
    from extractor.store import Connection

FORMATS = ("table", "jsonl")
DESCRIPTION = """\
A verdict is kept beside the machine's record, holds in every answer at once, and survives every later run. The last
verdict on a fact decides; all are kept. `next` on a terminal goes through the facts by single keys.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.description = DESCRIPTION
    parser.add_argument("--db", metavar="DB", required=True, help="SQLite file or postgresql:// address")
    parser.add_argument("--reviewer", metavar="NAME", help="who judges (default: the name of the account)")
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    _add_verdicts(actions)
    _add_reading(actions)
    _add_files(actions)


def _add_verdicts(actions: Any) -> None:
    for name, what in (("accept", "a fact is right as it is read now"), ("reject", "it is none")):
        one = actions.add_parser(name, help=what, description=f"Says that {what}.")
        one.add_argument("facts", metavar="FACT_ID", nargs="+")
        one.add_argument("--note", metavar="TEXT", help="remark that is kept with the verdict")
    one = actions.add_parser("correct", help="say what a fact should read", description="Corrects fields of a fact.")
    one.add_argument("fact", metavar="FACT_ID")
    _add_fields(one)
    one = actions.add_parser("add", help="add a fact that was not found, in the sentence of another one")
    one.add_argument("beside", metavar="FACT_ID", help="a fact in the same sentence")
    _add_fields(one)
    one = actions.add_parser("undo", help="take the reviewer's last verdict on facts back")
    one.add_argument("facts", metavar="FACT_ID", nargs="+")


def _add_fields(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--set",
        metavar="FIELD=VALUE",
        action="append",
        default=[],
        help="indicator=农家书屋, quantity.value=120, place=370828; nothing behind = takes the field out",
    )
    parser.add_argument("--fields", metavar="JSON", help="the same as a JSON object of a record's fields")
    parser.add_argument("--note", metavar="TEXT", help="remark that is kept with the verdict")


def _add_reading(actions: Any) -> None:
    one = actions.add_parser(
        "next", help="the facts that the reviewer has not judged, the least confident first; by keys on a terminal"
    )
    one.add_argument("text", metavar="TEXT", nargs="?", help="what to search for, as in govfacts search")
    one.add_argument("--limit", metavar="N", type=int, default=20, help="facts that are listed (default 20)")
    one.add_argument("--unjudged", action="store_true", help="only facts that nobody has judged")
    one.add_argument("--blind", action="store_true", help="show the machine's reading, not what others made of it")
    one.add_argument("--repeats", action="store_true", help="also facts that repeat another, and reprints")
    one.add_argument("--list", action="store_true", help="list them, on a terminal too")
    one.add_argument("--format", choices=FORMATS, default="table", help="of a list (default: table)")
    add_filter_arguments(one.add_argument_group("filters"))
    one = actions.add_parser("list", help="judged facts, the latest one first")
    one.add_argument("--verdict", choices=("accepted", "corrected", "rejected", "none"), help="only these")
    one.add_argument("--by", metavar="NAME", help="only facts that this reviewer judged")
    one.add_argument("--disputed", action="store_true", help="only facts that reviewers differ on")
    one.add_argument("--lost", action="store_true", help="only facts that no document of the database holds now")
    one.add_argument("--limit", metavar="N", type=int, default=100, help="facts shown, at most 1,000 (default 100)")
    one.add_argument("--cursor", metavar="C", type=int, help="go on behind the page that gave it")
    one.add_argument("--format", choices=FORMATS, default="table", help="default: table")
    one = actions.add_parser("show", help="a fact with all its verdicts, as JSON")
    one.add_argument("fact", metavar="FACT_ID")
    one = actions.add_parser("agreement", help="how far reviewers agree, field by field")
    one.add_argument("--between", metavar="NAME", nargs="+", default=[], help="only these reviewers")
    one.add_argument("--format", choices=("table", "json"), default="table", help="default: table")


def _add_files(actions: Any) -> None:
    one = actions.add_parser("export", help="the judged facts as gold annotations, or the verdicts themselves")
    one.add_argument("--out", metavar="FILE", type=Path, help="default: standard output")
    one.add_argument("--texts", metavar="DIR", type=Path, help="folder for the texts, which evaluate needs")
    one.add_argument("--verdicts", action="store_true", help="the log of verdicts, for import into another database")
    one = actions.add_parser("import", help="verdicts of another database, or gold annotations")
    one.add_argument("files", metavar="FILE", nargs="+", help="JSON Lines; `-` for standard input")


def run(arguments: argparse.Namespace) -> int:
    """Exit status 0; 1 where a fact or a line was refused and the others were done; errors of all else are raised."""
    from extractor.store import check_current, open_connection

    action: str = arguments.action
    writes = action not in ("list", "show", "agreement", "export")
    with closing(open_connection(arguments.db, write=writes)) as connection:
        check_current(connection)
        return ACTIONS[action](connection, arguments)


def find_reviewer(arguments: argparse.Namespace) -> str:
    """Who judges. Raises UsageError."""
    name = arguments.reviewer
    if name is None:
        try:
            name = getpass.getuser()
        except (KeyError, OSError) as error:
            raise UsageError("--reviewer: is needed, the account has no name") from error
    if not name.strip() or len(name) > 100 or not name.isprintable():
        raise UsageError(f"--reviewer {name!r}: expected a name of at most 100 characters")
    return str(name)


def parse_fields(arguments: argparse.Namespace) -> dict[str, Any]:
    """The corrected fields that the options give. Raises UsageError."""
    fields: dict[str, Any] = {}
    if arguments.fields is not None:
        try:
            fields = json.loads(arguments.fields)
        except ValueError as error:
            raise UsageError(f"--fields: is no JSON: {error}") from error
        if not isinstance(fields, dict):
            raise UsageError("--fields: expected a JSON object")
    for pair in arguments.set:
        set_field(fields, pair)
    if not fields:
        raise UsageError("nothing to correct: give --set FIELD=VALUE or --fields JSON")
    return fields


def set_field(fields: dict[str, Any], pair: str) -> None:
    """Adds FIELD=VALUE; a dot leads into a field. Raises UsageError."""
    name, sign, value = pair.partition("=")
    outer, dot, inner = name.strip().partition(".")
    if not sign or not outer:
        raise UsageError(f"--set {pair}: expected FIELD=VALUE")
    if not dot:
        fields[outer] = value or None
        return
    holder = fields.get(outer)
    if not isinstance(holder, dict):
        holder = fields[outer] = {} if holder is None else {"text": holder}
    holder[inner] = value or None


def _judge(connection: Connection, arguments: argparse.Namespace) -> int:
    from extractor.review import decide

    reviewer = find_reviewer(arguments)
    return _each(
        arguments.facts, lambda fact: decide(connection, fact, arguments.action, reviewer, note=arguments.note)
    )


def _undo(connection: Connection, arguments: argparse.Namespace) -> int:
    from extractor.review import undo

    reviewer = find_reviewer(arguments)
    return _each(arguments.facts, lambda fact: undo(connection, fact, reviewer))


def _each(facts: Sequence[str], judge: Callable[[str], Any]) -> int:
    """Prints what holds of each fact then; one that is refused does not keep the others."""
    from extractor.cli.review_output import to_state_line

    status = OK
    for fact in facts:
        try:
            print(to_state_line(judge(fact)))
        except GovfactsError as error:
            if len(facts) == 1:
                raise
            print(f"govfacts review: {error}", file=sys.stderr)
            status = FAILED
    return status


def _correct(connection: Connection, arguments: argparse.Namespace) -> int:
    from extractor.cli.review_output import to_state_line
    from extractor.review import decide

    fields = parse_fields(arguments)
    state = decide(connection, arguments.fact, "correct", find_reviewer(arguments), fields=fields, note=arguments.note)
    print(to_state_line(state))
    return OK


def _add(connection: Connection, arguments: argparse.Namespace) -> int:
    from extractor.cli.review_output import to_state_line
    from extractor.review import add_beside

    fields = parse_fields(arguments)
    print(
        to_state_line(add_beside(connection, arguments.beside, fields, find_reviewer(arguments), note=arguments.note))
    )
    return OK


def _next(connection: Connection, arguments: argparse.Namespace) -> int:
    from extractor.cli.review_output import write_candidates
    from extractor.review import count_queue, find_next

    question, reviewer = to_question(arguments), find_reviewer(arguments)
    if sys.stdin.isatty() and sys.stdout.isatty() and not arguments.list:
        from extractor.cli.review_terminal import Session

        return Session(connection, reviewer, question, unjudged=arguments.unjudged, blind=arguments.blind).run()
    candidates = find_next(connection, reviewer, question, limit=arguments.limit, unjudged=arguments.unjudged)
    write_candidates(candidates, arguments.format, blind=arguments.blind)
    left = count_queue(connection, reviewer, question, unjudged=arguments.unjudged)
    print(f"{len(candidates)} of {left} facts that {reviewer} has not judged", file=sys.stderr)
    return OK


def to_question(arguments: argparse.Namespace) -> Question:
    """What the filters ask. Raises UsageError."""
    from extractor.search import OPTIONS, Question

    given = vars(arguments)
    kept = [name for name in OPTIONS if name not in ("limit", "cursor", "sort", "descending", "rejected")]
    return Question(**{name: given[option] for name in kept if (option := OPTIONS[name].replace("-", "_")) in given})


def _list(connection: Connection, arguments: argparse.Namespace) -> int:
    from extractor.cli.review_output import write_states
    from extractor.review import list_reviews

    page = list_reviews(
        connection,
        verdict=arguments.verdict,
        reviewer=arguments.by,
        disputed=arguments.disputed,
        found=False if arguments.lost else None,
        limit=arguments.limit,
        cursor=arguments.cursor,
    )
    write_states(page.reviews, arguments.format)
    more = f"; --cursor {page.cursor}" if page.cursor is not None else ""
    print(f"{len(page.reviews)} of {page.total} judged facts{more}", file=sys.stderr)
    return OK


def _show(connection: Connection, arguments: argparse.Namespace) -> int:
    from extractor.review import read_review

    state = read_review(connection, arguments.fact)
    if state is None:
        raise UsageError(f"{arguments.fact}: nobody has judged it")
    _write(state.model_dump_json(indent=1) + "\n")
    return OK


def _agreement(connection: Connection, arguments: argparse.Namespace) -> int:
    from extractor.cli.review_output import to_agreement_table
    from extractor.review import measure_agreement

    agreement = measure_agreement(connection, arguments.between)
    _write(agreement.model_dump_json() + "\n" if arguments.format == "json" else to_agreement_table(agreement))
    return OK


def _export(connection: Connection, arguments: argparse.Namespace) -> int:
    from extractor.review import export_gold, export_verdicts

    if arguments.verdicts and arguments.texts is not None:
        raise UsageError("--texts: goes with gold, not with --verdicts")
    path: Path | None = arguments.out
    try:
        with nullcontext(None) if path is None else path.open("w", encoding="utf-8", newline="\n") as file:
            out = file or _Bytes()
            if arguments.verdicts:
                print(f"{export_verdicts(connection, out)} verdicts", file=sys.stderr)
                return OK
            report = export_gold(connection, out, arguments.texts)
    except OSError as error:
        raise ExportError(f"{path}: {error.strerror or error}") from error
    for reason in report.missing:
        print(f"govfacts review: {reason}", file=sys.stderr)
    print(f"{report.documents} documents, {report.facts} facts", file=sys.stderr)
    return FAILED if report.missing else OK


class _Bytes:
    """Standard output as UTF-8, whatever the terminal's language is."""

    def write(self, text: str) -> int:
        return sys.stdout.buffer.write(text.encode("utf-8", "replace"))


def _import(connection: Connection, arguments: argparse.Namespace) -> int:
    from extractor.review import import_file

    status = OK
    for name in arguments.files:
        try:
            with _open(name) as lines:
                report = import_file(connection, lines, find_reviewer(arguments))
        except InputError as error:
            print(f"govfacts review: {error}", file=sys.stderr)
            status = FAILED
            continue
        for message in (*report.conflicts, *report.errors):
            print(f"{name}: {message}", file=sys.stderr)
        print(
            f"{name}: {report.added} new, {report.known} known, {len(report.conflicts)} conflicts, "
            f"{len(report.errors)} errors",
            file=sys.stderr,
        )
        if report.errors:
            status = FAILED
    return status


def _open(name: str) -> Any:
    try:
        if name == "-":
            return nullcontext(_decode(name, sys.stdin.buffer))
        return _Lines(name, Path(name).open("rb"))
    except OSError as error:
        raise UnreadableError(name, error.strerror or str(error)) from error


class _Lines:
    def __init__(self, name: str, file: Any) -> None:
        self._name, self._file = name, file

    def __enter__(self) -> Iterable[str]:
        return _decode(self._name, self._file)

    def __exit__(self, *_: object) -> None:
        self._file.close()


def _decode(name: str, lines: Iterable[bytes]) -> Iterable[str]:
    for line in lines:
        yield line.decode("utf-8", "replace")


def _write(text: str) -> None:
    sys.stdout.buffer.write(text.encode("utf-8", "replace"))
    sys.stdout.buffer.flush()


ACTIONS: dict[str, Callable[[Any, argparse.Namespace], int]] = {
    "accept": _judge,
    "reject": _judge,
    "correct": _correct,
    "add": _add,
    "undo": _undo,
    "next": _next,
    "list": _list,
    "show": _show,
    "agreement": _agreement,
    "export": _export,
    "import": _import,
}
