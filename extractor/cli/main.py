"""`govfacts COMMAND`: one module a command, imported when it is called."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import NamedTuple, NoReturn

OK, FAILED, USAGE = 0, 1, 2

EPILOG = """\
examples:
  govfacts extract page.txt > facts.jsonl
  govfacts extract --date 2024-07-15 --source 海滨日报 pages/*.txt
  cat old.txt | govfacts extract --date 1958 -
  govfacts run pages/ --db facts.db
  govfacts explain "今年以来，全县新建农家书屋12个。"
  govfacts evaluate gold.jsonl --texts texts/

Exit status: 0 all inputs done, 1 at least one input failed, 2 usage.
"""


class Command(NamedTuple):
    """A command: `module` has add_arguments(parser) and run(arguments) -> exit status."""

    module: str
    help: str


COMMANDS = {
    "extract": Command("extractor.cli.extract", "print the facts of texts as JSON Lines"),
    "run": Command("extractor.cli.run", "read files, folders and archives into a database"),
    "export": Command("extractor.cli.export", "write a database to Parquet, CSV, JSON Lines or XLSX"),
    "search": Command("extractor.cli.search", "find facts in a database"),
    "stats": Command("extractor.cli.stats", "count what a database holds"),
    "serve": Command("extractor.cli.serve", "serve a database: web page and REST interface"),
    "view": Command("extractor.cli.view", "write a page that shows a text with its facts"),
    "review": Command("extractor.cli.review", "judge facts: accept, reject, correct; export them as gold"),
    "explain": Command("extractor.cli.explain", "show what each stage makes of a sentence"),
    "evaluate": Command("extractor.cli.evaluate", "score extraction against gold annotations"),
}


class VersionAction(argparse.Action):
    """Prints the version with the digests of the data and leaves; reads the data only then."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> NoReturn:
        from extractor.version import VERSION, gazetteer_digest, lexicon_digest

        print(f"lexicon   {lexicon_digest()}\ngazetteer {gazetteer_digest()}\ngovfacts  {VERSION}")
        parser.exit()


def build_parser(command: str | None) -> argparse.ArgumentParser:
    """The parser with all commands; only the arguments of `command` are filled in, so that no other is imported."""
    parser = argparse.ArgumentParser(
        prog="govfacts",
        description="Turns Chinese government news reports into facts, each with the sentence that proves it.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action=VersionAction, nargs=0, help="print version and digests of the data, leave")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, entry in COMMANDS.items():
        sub = commands.add_parser(name, help=entry.help, description=entry.help[0].upper() + entry.help[1:] + ".")
        if name == command:
            import_module(entry.module).add_arguments(sub)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command. Returns the exit status."""
    from extractor.errors import GovfactsError, UsageError

    words = list(sys.argv[1:] if argv is None else argv)
    command = next((word for word in words if not word.startswith("-")), None)
    parser = build_parser(command)
    try:
        arguments = parser.parse_args(words)
    except SystemExit as leave:  # argparse leaves by itself on usage errors and --help
        return leave.code if isinstance(leave.code, int) else USAGE
    run: Callable[[argparse.Namespace], int] = import_module(COMMANDS[arguments.command].module).run
    try:
        return run(arguments)
    except UsageError as error:
        print(f"govfacts {arguments.command}: {error}", file=sys.stderr)
        return USAGE
    except GovfactsError as error:
        print(f"govfacts: {error}", file=sys.stderr)
        return FAILED
    except BrokenPipeError:
        _close_stdout()
        return FAILED
    except KeyboardInterrupt:
        return 130


def _close_stdout() -> None:
    """The reader has gone: what is left in the buffer goes nowhere, so that the exit's flush is quiet."""
    import os

    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    sys.exit(main())
