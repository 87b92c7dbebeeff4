"""Whatever is done in whatever order: undone step by step nothing is left, done again everything is back."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from leaddesk.errors import LeadDeskError
from leaddesk.operations import answers, calls, leads, pipeline, tasks
from leaddesk.qualify.state import Said
from leaddesk.qualify.terms import Money, Standing
from tests.operations.trial import Trial

Deed = Callable[[Trial, str], object]


def _deed(verb: Callable[..., object], *args: object, **kwargs: object) -> Deed:
    return lambda trial, lead_id: trial.store.run(verb, lead_id, *args, now=trial.now, **kwargs)


_DEEDS: list[Deed] = [
    _deed(leads.set_facts, {"company": "Acme", "size": 300, "title": "CEO"}),
    _deed(leads.set_facts, {"company": "Other", "industry": "Logistics"}),
    _deed(leads.set_facts, {"company": "", "phone": "+49 30 1", "tags": "a,b"}),
    _deed(leads.set_facts, {"phone": "", "value": "30000 EUR", "do_not_call": "yes"}, {"Hat": "no"}),
    _deed(leads.add_note, "likes tea"),
    _deed(leads.add_event, "price_request"),
    _deed(leads.add_stakeholder, "Bo", role="signer"),
    _deed(answers.give_answer, "approver", Said(keys=("committee",))),
    _deed(answers.give_answer, "approver", Said(keys=("on_call",))),
    _deed(answers.give_answer, "preparer", Said(text="Bo")),
    _deed(answers.give_answer, "preparer", Said(text="Eve")),
    _deed(answers.give_answer, "budget_sum", Said(money=Money(4_000_000, "EUR"))),
    _deed(answers.give_answer, "budget_sum", Said(heard=Standing.EVADED)),
    _deed(answers.give_answer, "size", Said(number=40)),
    _deed(answers.withdraw_answer, "approver"),
    _deed(answers.withdraw_answer, "preparer"),
    _deed(answers.withdraw_answer, "budget_sum"),
    _deed(answers.withdraw_answer, "size"),
    _deed(calls.log_call, "no_answer", 3),
    _deed(calls.log_call, "do_not_call"),
    _deed(calls.start_call),
    _deed(tasks.add_task, "Call Bo", date(2026, 3, 9)),
    _deed(pipeline.move_lead, "mql"),
    _deed(pipeline.move_lead, "sql", override="to try"),
    _deed(pipeline.move_lead, "lost", reason="price"),
    _deed(pipeline.move_lead, "nurture"),
    _deed(pipeline.move_lead, "new", place="m"),
    lambda trial, lead_id: trial.store.run(leads.delete_leads, [lead_id], now=trial.now),
]


@settings(max_examples=15)
@given(st.lists(st.tuples(st.sampled_from(_DEEDS), st.integers(0, 1)), max_size=14))
def test_all_is_undone_and_done_again(deeds: list[tuple[Deed, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        trial = Trial(Path(folder))
        nothing = trial.dump()
        both = [trial.store.run(leads.add_lead, {"name": name}, now=trial.now)[0] for name in ("Anna", "Bo")]
        for deed, which in deeds:
            trial.now += 60_000
            before = trial.dump()
            try:
                deed(trial, both[which])
            except LeadDeskError:
                assert trial.dump() == before
        everything = trial.dump()
        undone = 0
        while trial.store.undo(now=trial.now) is not None:
            undone += 1
        assert trial.dump() == nothing
        for _ in range(undone):
            assert trial.store.redo(now=trial.now) is not None
        assert trial.dump() == everything
        assert trial.store.redo(now=trial.now) is None
        trial.store.close()
