"""Provenance: the run and the source of records."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from schemas.base import ContentId, Digest, Record, ReducedDate, Sha256

Scalar = str | int | float | bool | None


class RunRecord(Record):
    """One invocation: which version read the inputs, with which tables and settings."""

    record: Literal["run"] = Field(default="run", description="discriminator")
    run_id: ContentId = Field(description="id of the invocation")
    version: str = Field(description="version of govfacts")
    lexicon_digest: Digest = Field(description="digest of the lexicon tables in use")
    gazetteer_digest: Digest = Field(description="digest of the gazetteer in use")
    settings: dict[str, Scalar] = Field(description="settings of the run by name")
    started: Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}Z$")] = Field(
        description="when the run began, UTC"
    )


class SourceRecord(Record):
    """One input document as read."""

    record: Literal["source"] = Field(default="source", description="discriminator")
    sha256: Sha256 = Field(
        description="sha256 of the input's bytes; of the text in UTF-8 for a row of a table or a part"
    )
    bytes: int = Field(ge=0, description="size of the input; of the text in UTF-8 for a row of a table or a part")
    encoding: str = Field(description="encoding that the text was decoded from")
    format: str = Field(description="format of the input, such as text")
    published: ReducedDate | None = Field(description="day, month (1974-07) or year (1958) of publication, or null")
    published_basis: Literal["option", "metadata", "header", "masthead", "file_name"] | None = Field(
        description="where the date was found"
    )
    newspaper: str | None = Field(default=None, description="name of the paper, or null")
    source_uri: str | None = Field(default=None, description="where the document stands (a web address), or null")
    part: int = Field(default=1, ge=1, description="number of the part, where a large document is read in parts")
    offset: int = Field(default=0, ge=0, description="code points of the document before this part")
