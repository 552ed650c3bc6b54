"""The engine and a second, slow interpreter of the language say the same of everybody."""

from __future__ import annotations

import pytest

from tests.reference.compare import differences
from tests.reference.generate import case

CASES, CROWD = 60, 20


@pytest.mark.parametrize("seed", range(CASES))
def test_engine_and_interpreter_agree_on_generated_flows(seed: int) -> None:
    assert [str(one) for one in differences(case(seed, crowd=CROWD))] == []
