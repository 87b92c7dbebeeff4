"""Where a number stands among few and among many."""

from __future__ import annotations

from array import array

import numpy as np
import pytest

from leaddesk.ui.board.standing_place import place_of


@pytest.mark.parametrize("leads", [0, 3, 50_000])
def test_the_place_of_a_number(leads: int) -> None:
    nos = array("q", np.arange(leads * 2, 0, -2).tolist())
    assert place_of(1, nos) is None
    for place in (0, leads // 2, leads - 1) if leads else ():
        assert place_of(nos[place], nos) == place
    nos.append(7)  # it is held by nobody afterwards
    assert place_of(7, nos) == leads
