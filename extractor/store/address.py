"""The address of a PostgreSQL database: what errors show of it, and how a session is set up."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from extractor.errors import StoreError

CONNECT = "10"  # seconds
# What the address may set otherwise.
DEFAULTS = {
    "cursor_tuple_fraction": "1",  # results are read to their end
    "lock_timeout": "30s",
    "tcp_keepalives_idle": "60",  # a writer whose machine is gone loses its lock after two minutes
    "tcp_keepalives_interval": "10",
    "tcp_keepalives_count": "6",
}
BAD = (
    "--db postgresql://...: not a valid address; in user, password and names @ : / ? # % are written as %40 %3A %2F %3F"
)


@dataclass(frozen=True, slots=True)
class Address:
    """libpq's parameters; `name` has neither the user nor the password."""

    name: str
    parameters: dict[str, Any]

    def __repr__(self) -> str:
        return f"Address({self.name})"

    def to_parameters(self, *, write: bool, statement_timeout: int | None = None) -> dict[str, Any]:
        """For psycopg.connect. Options of the address come behind our defaults, so they hold; a reader cannot write."""
        options = [f"-c {name}={value}" for name, value in DEFAULTS.items()]
        if statement_timeout is not None:
            options.append(f"-c statement_timeout={statement_timeout}")
        options.append(str(self.parameters.get("options") or os.environ.get("PGOPTIONS", "")))
        if not write:
            options.append("-c default_transaction_read_only=on")
        return {
            "connect_timeout": CONNECT,
            "fallback_application_name": f"govfacts {os.getpid()}",
            **self.parameters,
            "client_encoding": "UTF8",
            "options": " ".join(filter(None, options)),
        }


def parse_address(url: str) -> Address:
    """Raises StoreError, which never shows a part of the address that could belong to a password."""
    psycopg = load_psycopg()
    try:
        parameters = psycopg.conninfo.conninfo_to_dict(url)
    except psycopg.Error:
        parameters = {}
    host, port = str(parameters.get("host", "")), str(parameters.get("port", ""))
    database = str(parameters.get("dbname", ""))
    if not parameters or "@" in host + database or not all(part.isdigit() for part in port.split(",") if part):
        raise StoreError(BAD)
    where = host + (f":{port}" if port else "")
    return Address(f"postgresql://{where}/{database}", parameters)


@lru_cache(maxsize=1)
def load_psycopg() -> Any:
    """The library; StoreError where it is not installed."""
    try:
        import psycopg
    except ImportError as error:
        reason = f"a PostgreSQL database needs psycopg ({error}): pip install 'govfacts[postgres]'"
        raise StoreError(reason) from error
    return psycopg
