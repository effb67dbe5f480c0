"""Links between pages lead somewhere, every page is reached from docs/README.md, every command has a guide."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from extractor.cli.main import COMMANDS
from support import ROOT

DOCS = ROOT / "docs"
PAGES = sorted(DOCS.rglob("*.md"))
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
BLOCKS = re.compile(r"^```(?:sh|console)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def to_name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def find_links(path: Path) -> list[tuple[Path, str]]:
    """(file, anchor) of a page's links into the project; code is no link."""
    text = FENCE.sub("", path.read_text("utf-8"))
    links = [link.partition("#") for link in LINK.findall(text) if not link.startswith(("http:", "https:"))]
    return [((path.parent / name).resolve() if name else path, anchor) for name, _, anchor in links]


def find_anchors(path: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    heads = re.findall(r"^#+ (.+)$", FENCE.sub("", path.read_text("utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("path", [*PAGES, ROOT / "README.md"], ids=to_name)
def test_links_lead_somewhere(path: Path) -> None:
    dead = [str(target) for target, _ in find_links(path) if not target.exists()]
    assert not dead
    lost = [
        f"{target.name}#{anchor}"
        for target, anchor in find_links(path)
        if anchor and target.suffix == ".md" and anchor not in find_anchors(target)
    ]
    assert not lost


def test_every_page_is_reached_from_the_index() -> None:
    reached, ahead = set(), [DOCS / "README.md"]
    while ahead:
        page = ahead.pop()
        if page in reached:
            continue
        reached.add(page)
        ahead += [target for target, _ in find_links(page) if target.suffix == ".md" and DOCS in target.parents]
    assert set(PAGES) == reached


def test_the_index_names_every_page() -> None:
    named = {target for target, _ in find_links(DOCS / "README.md")}
    assert not [to_name(page) for page in PAGES if page not in named and page.name != "README.md"]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_a_guide(command: str) -> None:
    """It is shown at work in a guide, and the reference leads to one that speaks of it."""
    guides = [DOCS / "tutorial.md", *(DOCS / "how-to").glob("*.md")]
    shown = [path for path in guides if f"govfacts {command} " in "".join(BLOCKS.findall(path.read_text("utf-8")))]
    assert shown
    reference = (DOCS / "reference" / "commands.md").read_text("utf-8")
    (link,) = re.findall(rf"^## govfacts {command}\n\n.*?^Guide: \[.*?\]\((.*?)\)", reference, re.MULTILINE | re.DOTALL)
    guide = (DOCS / "reference" / link.partition("#")[0]).resolve()
    assert f"govfacts {command}" in guide.read_text("utf-8")
