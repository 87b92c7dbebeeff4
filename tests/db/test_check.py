"""What is sound is not called damaged."""

from __future__ import annotations

from pathlib import Path

from leaddesk.db import schema
from leaddesk.db.store import Store
from tests.builders import add_lead, assert_sound, do, store_in


def test_an_index_that_another_program_wrote_to_is_not_damaged(store: Store, tmp_path: Path) -> None:
    """Both remember pieces of the index that the other merges."""
    with store_in(tmp_path) as other:
        for number in range(24):
            writer = (store, other)[number // 3 % 2]
            lead_id = add_lead(writer, f"Anna {number}")
            if number % 2:
                _delete(writer, lead_id)
            assert_sound(store)
            assert_sound(other)


def _delete(store: Store, lead_id: str) -> None:
    do(store, lambda step: step.delete(schema.lead, lead_id))
