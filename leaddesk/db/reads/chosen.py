"""What is asked about cards a person selected."""

from __future__ import annotations

from collections.abc import Sequence

from leaddesk.db.reading import Reading
from leaddesk.db.states import ids_of


def ids_in_order(reading: Reading, nos: Sequence[int]) -> list[str]:
    """The ids of leads by number, in the order given; leads that are gone are left out."""
    found = ids_of(reading.connection, nos)
    return [found[number] for number in nos if number in found]
