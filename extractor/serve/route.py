"""Which pattern of an address a request is for."""

from __future__ import annotations

from starlette.types import Scope

PREFIX = "/api/v1"
OTHER = "other"  # addresses that no route has


def to_route(scope: Scope) -> str:
    """The pattern, never the address: there are few patterns. Routes of a router may lack its prefix."""
    path = str(getattr(scope.get("route"), "path", OTHER))
    if path == OTHER or path.startswith(PREFIX) or not scope["path"].startswith(f"{PREFIX}/"):
        return path
    return PREFIX + path
