"""Chips: what a question asks for, each with the address that asks it no more."""

from __future__ import annotations

from typing import NamedTuple

from extractor.serve.web.address import Address
from extractor.serve.web.facet import to_label
from extractor.serve.web.language import find_message

NAMED = ("kind", "unit", "indicator")  # their values have names
ORDER = ("sort", "descending")


class Chip(NamedTuple):
    """An option with its value and the address without it."""

    name: str
    value: str
    href: str


def build_chips(address: Address) -> list[Chip]:
    """A chip an option; the order is none of them."""
    asked = dict(address.asked)
    chips: list[Chip] = []
    if asked.get("from") and asked.get("from") == asked.get("to"):
        name = find_message("option.period", address.language, "")
        chips.append(Chip(name, asked.pop("from"), address.ask({"from": None, "to": None})))
        asked.pop("to")
    for option, value in asked.items():
        if option in ORDER or (option == "repeats" and value.lower() not in ("1", "true", "yes")):
            continue
        label = to_label(option, value, address.language) if option in NAMED else value
        if option == "repeats":
            label = find_message("repeats.yes", address.language, value)
        name = find_message(f"option.{option}", address.language, option)
        chips.append(Chip(name, label, address.ask({option: None})))
    return chips
