"""What every shape of an authored file has in common."""

from pydantic import BaseModel, ConfigDict


class Shape(BaseModel):
    """The keys a mapping may have and what each may be; a key that is not named is a fault."""

    model_config = ConfigDict(extra="forbid", strict=True)
