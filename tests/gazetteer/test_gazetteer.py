"""The compiled gazetteer: up to date, complete, quick, consistent."""

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise

import pytest

from extractor.gazetteer import find_ancestor, find_common, gazetteer_digest, is_within, load_gazetteer
from extractor.gazetteer.table import Gazetteer
from extractor.mention.place import find_places
from extractor.mention.place_resolve import PlaceContext, resolve_places
from extractor.model import Place, Published
from support import ROOT, count_steps


def resolve(text: str, year: int = 2020) -> Place:
    return resolve_places(text, find_places(text), PlaceContext(Published(year)))[0]


def test_committed_file_is_up_to_date() -> None:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", str(ROOT / "scripts" / "build_gazetteer"), "--check"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def test_builder_refuses_other_arguments() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "build_gazetteer"), "--other"], capture_output=True, check=False
    )
    assert done.returncode == 2


def test_digest_is_stable() -> None:
    assert gazetteer_digest() == gazetteer_digest()
    assert len(gazetteer_digest()) == 16


def test_loads_quickly() -> None:
    import zlib

    from extractor.gazetteer.table import _read_bytes

    text = zlib.decompress(_read_bytes()).decode("utf-8")
    lines = text.count("\n")
    assert count_steps(lambda: Gazetteer(text)) < 60 * lines


def test_periods_of_an_identity_do_not_overlap() -> None:
    for periods in load_gazetteer().periods.values():
        for one, following in pairwise(periods):
            assert one.valid_to <= following.valid_from, (one, following)


def test_every_division_is_found_by_its_name() -> None:
    gazetteer = load_gazetteer()
    for identity, periods in gazetteer.periods.items():
        for division in periods:
            form = gazetteer.form(division.name)
            assert form is not None and identity in form.identities


def test_every_path_begins_with_a_province() -> None:
    gazetteer = load_gazetteer()
    for periods in gazetteer.periods.values():
        for division in periods:
            assert gazetteer.path(division, division.valid_from)[0].level == "province", division


def test_place_ids_are_distinct() -> None:
    gazetteer = load_gazetteer()
    assert len(gazetteer.identity_of) == len(gazetteer.periods)


@pytest.mark.parametrize(
    ("small", "large", "inside"),
    [
        (("江阴市", 2020), ("江苏省", 2020), True),
        (("江阴市", 2020), ("无锡市", 2020), True),
        (("无锡市", 2020), ("江阴市", 2020), False),
        (("江阴县", 1981), ("江阴市", 2020), True),
        (("临朐县九山镇", 2020), ("临朐县", 1985), True),
        (("临朐县九山镇", 2020), ("山东省", 2020), True),
        (("苏州工业园区", 2020), ("苏州市", 2020), True),
        (("苏州工业园区", 2020), ("江苏省", 2020), True),
        (("苏州市", 2020), ("苏州工业园区", 2020), False),
        (("临朐县", 2020), ("江苏省", 2020), False),
    ],
)
def test_is_within(small: tuple[str, int], large: tuple[str, int], inside: bool) -> None:
    assert is_within(resolve(*small), resolve(*large)) is inside


def test_ancestors() -> None:
    town = resolve("临朐县九山镇")
    names = [place.name for depth in range(1, 5) if (place := find_ancestor(town, depth)) is not None]
    assert names == ["山东省", "潍坊市", "临朐县", "九山镇"]
    assert find_ancestor(town, 5) is None
    assert find_ancestor(town, 0) is None


def test_common_holder() -> None:
    places = resolve_places("江阴市和宜兴市", find_places("江阴市和宜兴市"), PlaceContext(Published(2020)))
    common = find_common(places)
    assert common is not None and common.adcode == "320200"
    assert find_common([resolve("江阴市"), resolve("临朐县")]) is None
    assert find_common([]) is None
