"""What every part of a flow document has in common."""

from typing import Any, Self

from pydantic import BaseModel, ConfigDict


class Part(BaseModel):
    """A frozen piece of a flow; keys we do not know are kept as they came."""

    model_config = ConfigDict(frozen=True, extra="allow", serialize_by_alias=True)

    def model_post_init(self, context: Any, /) -> None:
        """A part made in code tells its type in the document, as one that was read does."""
        if "type" in type(self).model_fields:
            self.__pydantic_fields_set__.add("type")

    def __copy__(self) -> Self:
        """A copy without what was computed from the original, for a copy may be changed."""
        copied = super().__copy__()
        for name in copied.__dict__.keys() - type(self).model_fields.keys():
            del copied.__dict__[name]
        return copied

    def to_json(self) -> dict[str, Any]:
        """The part as it was written: what was absent stays absent, what was null stays null."""
        return self.model_dump(mode="json", exclude_unset=True)
