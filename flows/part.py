"""What every part of a flow document has in common."""

from typing import Any

from pydantic import BaseModel, ConfigDict


class Part(BaseModel):
    """A frozen piece of a flow; keys we do not know are kept as they came."""

    model_config = ConfigDict(frozen=True, extra="allow", serialize_by_alias=True)

    def to_json(self) -> dict[str, Any]:
        """The part as it was written: what was absent stays absent, what was null stays null."""
        return self.model_dump(mode="json", exclude_unset=True)
