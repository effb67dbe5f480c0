"""What all records share: the base model, spans and decimal strings."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

DecimalText = Annotated[str, Field(pattern=r"^-?(0|[1-9][0-9]*)(\.[0-9]*[1-9])?$", description="plain decimal")]
IsoDate = Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
ReducedDate = Annotated[str, Field(pattern=r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$")]
ContentId = Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{16,64}$")]
Share = Annotated[float, Field(ge=0, le=1)]
Level = Literal["province", "prefecture", "county", "township", "zone", "village"]


class Frozen(BaseModel):
    """Base of all models: immutable, no unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class TextSpan(Frozen):
    """A stretch of the source and its surface."""

    text: str = Field(min_length=1, description="surface without the white space of the layout")
    start_char: int = Field(ge=0, description="first code point in the source as decoded")
    end_char: int = Field(ge=1, description="code point behind the last one")

    @model_validator(mode="after")
    def check_order(self) -> Self:
        """Refuses an empty or inverted span."""
        if self.start_char >= self.end_char:
            raise ValueError(f"end_char {self.end_char} is not behind start_char {self.start_char}")
        return self


class Record(Frozen):
    """Base of all records: the discriminator is each record's `record` field."""

    doc: str = Field(description="the input as named on the command line, `-` for stdin; empty for a run")
