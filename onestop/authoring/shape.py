"""The base class of all shapes of authored YAML."""

from pydantic import BaseModel, ConfigDict


class Shape(BaseModel):
    """A mapping with known keys. An unknown key is a fault."""

    model_config = ConfigDict(extra="forbid", strict=True)
