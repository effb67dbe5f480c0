"""The tree drawn in errors.py is the tree of its classes."""

from __future__ import annotations

import inspect
import re

from extractor import errors


def read_drawing(text: str) -> list[tuple[str, str | None]]:
    """(class, parent) in the order drawn."""
    tree: list[tuple[str, str | None]] = []
    path: list[str] = []
    for line in text.split("\n"):
        body = line.strip()
        found = re.match(r"^((?:│\s+)*)([├└]── )?(\w+Error)\b", body)
        if found is None:
            continue
        depth = found[1].count("│") + (1 if found[2] else 0)
        path[depth:] = [found[3]]
        tree.append((found[3], path[depth - 1] if depth else None))
    return tree


def read_classes() -> dict[str, str | None]:
    classes = [c for _, c in inspect.getmembers(errors, inspect.isclass) if issubclass(c, errors.GovfactsError)]
    return {c.__name__: c.__base__.__name__ if c is not errors.GovfactsError else None for c in classes}


def test_drawing_equals_classes() -> None:
    drawing = read_drawing(errors.__doc__ or "")
    assert len(drawing) == len(dict(drawing))
    assert dict(drawing) == read_classes()


def test_every_class_says_what_it_means() -> None:
    for name in read_classes():
        assert getattr(errors, name).__doc__
