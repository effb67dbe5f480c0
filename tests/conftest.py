"""Fixtures for all tests, and how hypothesis runs: the same examples on every run unless told otherwise."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, settings

from support import PAGES, Plain, parse_lines, run_govfacts

SLOW = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much)
settings.register_profile("fixed", deadline=None, derandomize=True, max_examples=60, suppress_health_check=SLOW)
settings.register_profile("search", deadline=None, max_examples=1000, suppress_health_check=SLOW)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fixed"))


@pytest.fixture(scope="session")
def page_records() -> list[Plain]:
    """What `govfacts extract` prints for all pages of the corpora."""
    done = run_govfacts("extract", *PAGES)
    assert done.returncode == 0, done.stderr.decode()
    return parse_lines(done.stdout)
