"""Flows that real shops run, where the data lies beside the repository."""

from __future__ import annotations

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[3] / "shared"
FOLDER = SHARED / "data" / "real-flows"
SCHEMAS = SHARED / "spec" / "flow-definition.schemas.json"
real_flows = pytest.mark.parametrize(
    "file",
    sorted(FOLDER.glob("*.json"))
    or [pytest.param(None, marks=pytest.mark.skip(reason="no real flows beside the repository"))],
    ids=lambda file: file.stem if file else "none",
)
