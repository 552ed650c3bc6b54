"""Parts that cannot be read are kept as they came."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError, WrapValidator
from pydantic import ValidatorFunctionWrapHandler as Handler

from flows.part import Part


def or_opaque(opaque: type[Part]) -> WrapValidator:
    """Reads a part by its type; an object that is none of them is read as the opaque kind."""

    def read_or_keep(raw: Any, read: Handler) -> Any:
        try:
            return read(raw)
        except ValidationError:
            if not isinstance(raw, dict):
                raise
            return opaque.model_validate(raw)

    return WrapValidator(read_or_keep)
