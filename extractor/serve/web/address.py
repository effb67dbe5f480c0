"""Addresses of the page: every view of it is one, with what is asked in its query."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from extractor.errors import UsageError
from extractor.search import OPTIONS, Question, parse_question
from extractor.serve.web.language import Language

LONGEST = 1_200  # characters of one value of a query; more is cut off before it is looked at
ASKED = tuple(option for option in OPTIONS.values() if option not in ("limit", "cursor"))
ORDER = ("sort", "descending")
LIMITS = (10, 20, 50, 100)
MOST_PAGES = 1_000_000


@dataclass(frozen=True, slots=True)
class Address:
    """`root`: what a proxy puts before all paths. `asked`: options of the question by name, none empty. `explicit`:
    whether the address names its language."""

    root: str
    path: str
    asked: Mapping[str, str]
    limit: int = 20
    cursor: str | None = None
    page: int = 1
    language: Language = "zh"
    explicit: bool = False

    @property
    def key(self) -> tuple[object, ...]:
        """What tells links of one view from those of another, its page aside."""
        return self.root, self.path, tuple(self.asked.items()), self.limit, self.language, self.explicit

    def to(self, path: str, **query: str | int | None) -> str:
        """The address of another view that asks nothing but `query`."""
        return self._join(path, {key: str(value) for key, value in query.items() if value not in (None, "")})

    def ask(self, changes: Mapping[str, str | int | None] | None = None, *, path: str | None = None) -> str:
        """The address of this question with other options, on its first page."""
        asked = {**self.asked, **{key: "" if value is None else str(value) for key, value in (changes or {}).items()}}
        if "text" in (changes or {}) and not asked["text"] and asked.get("sort") == "relevance":
            asked.pop("sort")
        if self.limit != LIMITS[1]:
            asked.setdefault("limit", str(self.limit))
        return self._join(self.path if path is None else path, {key: value for key, value in asked.items() if value})

    def next(self, cursor: str) -> str:
        """The address of the next page."""
        return self.ask({"cursor": cursor, "page": self.page + 1})

    def speak(self, language: Language) -> str:
        """This view in a language."""
        query = {**self.asked, "lang": language}
        if self.limit != LIMITS[1]:
            query["limit"] = str(self.limit)
        if self.cursor:
            query |= {"cursor": self.cursor, "page": str(self.page)}
        return self._join(self.path, query)

    def _join(self, path: str, query: Mapping[str, str]) -> str:
        pairs = dict(query)
        if self.explicit:
            pairs.setdefault("lang", self.language)
        return f"{self.root}/{quote(path.lstrip('/'), safe='/._-~')}" + (f"?{urlencode(pairs)}" if pairs else "")


def read_address(root: str, path: str, query: Mapping[str, str], language: Language) -> Address:
    """What an address asks; names that are no option are left aside, as links of other pages may add some."""
    cells = {key.replace("_", "-"): value[:LONGEST].strip() for key, value in query.items()}
    asked = {option: cells[option] for option in ASKED if cells.get(option)}
    return Address(
        root=root.rstrip("/"),
        path=path,
        asked=asked,
        limit=next((limit for limit in LIMITS if str(limit) == cells.get("limit")), LIMITS[1]),
        cursor=cells.get("cursor") or None,
        page=_read_page(cells.get("page")) if cells.get("cursor") else 1,
        language=language,
        explicit=cells.get("lang") == language,
    )


def _read_page(text: str | None) -> int:
    return min(int(text), MOST_PAGES) if text and text.isascii() and text.isdecimal() and len(text) < 8 else 1


def to_question(address: Address) -> Question:
    """The question of an address. Raises UsageError that names the option."""
    text = address.asked.get("text")
    if text is not None and len(text) == LONGEST:
        raise UsageError(f"--text: more than {LONGEST - 1} characters")
    cells: dict[str, str | None] = {**address.asked, "limit": str(address.limit), "cursor": address.cursor}
    if cells.get("sort") == "relevance" and not text:
        cells.pop("sort")
    return parse_question(cells)
