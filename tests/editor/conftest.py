"""A page without a browser for each test of a panel."""

from __future__ import annotations

import gc
from collections.abc import AsyncIterator

import pytest
from nicegui.testing import User, user_simulation


@pytest.fixture
async def user() -> AsyncIterator[User]:
    """Somebody who looks at a page.

    NiceGUI collects garbage before and after each; what tests before have left in the process is
    kept out of that, for among thousands of tests it takes seconds a time.
    """
    gc.freeze()
    async with user_simulation() as simulated:
        yield simulated
    gc.unfreeze()
