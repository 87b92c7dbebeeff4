"""What a call asks again and again looks at its own lead only, and at no table as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import event

from leaddesk.db.reads.calls import open_call
from leaddesk.db.reads.spoken import spoken_call
from leaddesk.db.reads.talk import written
from leaddesk.db.store import Store
from leaddesk.operations.answers import give_answer
from leaddesk.operations.calls import end_call, start_call
from leaddesk.operations.leads import add_lead
from leaddesk.qualify.state import Said
from tests.builders import NOW


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "calls.leaddesk") as opened:
        yield opened


def test_no_table_is_read_whole(store: Store) -> None:
    lead = store.run(add_lead, {"name": "Anna"}, now=NOW)[0]
    call = store.run(start_call, lead, now=NOW)[0]
    store.run(give_answer, lead, "reserved", Said(keys=("approved",)), note="in May", call_id=call, now=NOW)
    asked: list[tuple[str, object]] = []
    with store.reader() as reader:
        event.listen(reader.connection, "before_cursor_execute", lambda *told: asked.append((told[2], told[3])))
        assert reader.ask(written, call) == {"reserved": "in May"}
        going_on = reader.ask(open_call)
        assert going_on is not None
        assert going_on.id == call
        store.run(end_call, call, "no_answer", now=NOW + 60_000)
        reader.ask(spoken_call, lead)
        assert reader.ask(open_call) is None
        plans = [
            str(row[-1])
            for sql, values in asked
            if sql.lstrip().startswith("SELECT")
            for row in reader.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values)  # type: ignore[arg-type]
        ]
    assert any("call_open" in plan for plan in plans)
    large = ("call", "answer", "note", "task", "lead")
    assert not [plan for plan in plans if plan.startswith("SCAN") and plan.split()[1] in large and "USING" not in plan]
