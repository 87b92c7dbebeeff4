"""Sample leads: always the same, plausible under both playbooks, and gone without a trace."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest
from sqlalchemy import func, select

from leaddesk.db import schema
from leaddesk.db.days import local_day
from leaddesk.db.ids import LENGTH
from leaddesk.db.journal import unrecorded
from leaddesk.db.reads.leads import state_of
from leaddesk.db.records import Progress
from leaddesk.db.store import Store
from leaddesk.errors import BadValue
from leaddesk.operations.contacts import normal_form
from leaddesk.operations.leads import add_lead
from leaddesk.operations.sample_story import Rows
from leaddesk.operations.samples import add_samples, plan_samples, remove_samples
from leaddesk.qualify.assessment import assess
from leaddesk.qualify.gate import check_gate
from leaddesk.qualify.playbook import Playbook
from leaddesk.qualify.reading import read_playbook
from leaddesk.qualify.terms import DAY, Instant, StageKind
from leaddesk.resources import text_of

NOW: Instant = 1_795_300_000_000
PLAYBOOKS = ("default", "simple")


def playbook(name: str = "default") -> Playbook:
    """A shipped playbook."""
    return read_playbook(tomllib.loads(text_of("playbooks", f"{name}.toml")))


def finish(job: Iterator[Progress]) -> object:
    """Runs a job to its end; what the operation returned."""
    while True:
        try:
            next(job)
        except StopIteration as end:
            return end.value[0]


@pytest.fixture(params=PLAYBOOKS)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """A database under each shipped playbook."""
    toml = text_of("playbooks", f"{request.param}.toml")
    with Store.open(tmp_path / "leads.leaddesk", playbook=toml) as opened:
        yield opened


def dump(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """Every row people enter, by table."""
    return {
        table.name: sorted(tuple(row) for row in store.connection.execute(select(table))) for table in schema.JOURNALLED
    }


# ── the plan ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def plan(count: int, seed: int = 1, now: Instant = NOW, name: str = "default") -> list[Rows]:
    return list(plan_samples(count, seed, now, playbook(name)))


def test_the_same_seed_plans_the_same_leads() -> None:
    assert plan(60) == plan(60)


def test_a_lead_is_the_same_whatever_the_count() -> None:
    assert plan(30) == list(islice(plan_samples(200, 1, NOW, playbook()), 30))


def test_another_seed_plans_other_leads_with_other_ids() -> None:
    one, two = plan(60, seed=1), plan(60, seed=2)
    assert not {rows[schema.lead][0]["id"] for rows in one} & {rows[schema.lead][0]["id"] for rows in two}
    assert one[40][schema.lead][0]["name"] != two[40][schema.lead][0]["name"]


def test_ids_and_names_do_not_depend_on_the_day() -> None:
    today, later = plan(40), plan(40, now=NOW + 200 * DAY)
    for one, two in zip(today, later, strict=True):
        assert [(row["id"], row["name"]) for row in one[schema.lead]] == [
            (row["id"], row["name"]) for row in two[schema.lead]
        ]


def test_ids_are_unique() -> None:
    ids = [str(row["id"]) for rows in plan(400) for more in rows.values() for row in more]
    assert len(set(ids)) == len(ids)
    assert {len(id_) for id_ in ids} == {LENGTH}


def test_nothing_happens_before_the_lead_is_there_or_after_now() -> None:
    instants = ("at", "started_at", "ended_at", "created_at", "stage_since", "lifecycle_at")
    for rows in plan(400):
        created = rows[schema.lead][0]["created_at"]
        for table, more in rows.items():
            for row in more:
                for key in instants:
                    if row.get(key) is not None:
                        assert created <= row[key] <= NOW, (table.name, key)  # type: ignore[operator]


def test_stage_changes_lead_in_order_to_where_the_lead_stands() -> None:
    for rows in plan(400):
        moves = rows[schema.stage_change]
        assert [move["at"] for move in moves] == sorted(int(str(move["at"])) for move in moves)
        assert [move["to_stage"] for move in moves[:-1]] == [move["from_stage"] for move in moves[1:]]
        lead = rows[schema.lead][0]
        assert (moves[-1]["to_stage"], moves[-1]["at"]) == (lead["stage"], lead["stage_since"])


@pytest.mark.parametrize("name", PLAYBOOKS)
def test_every_stage_has_leads(name: str) -> None:
    stages = Counter(str(rows[schema.lead][0]["stage"]) for rows in plan(120, name=name))
    assert stages.keys() == playbook(name).stage.keys()


def test_nobody_can_be_reached() -> None:
    for rows in plan(300):
        for point in rows[schema.contact_point]:
            kind, value = str(point["kind"]), str(point["value"])
            if kind == "email":
                assert re.fullmatch(r"[a-z0-9.]+@example\.(com|org|net)", value)
            else:
                assert re.match(_FREE, value), value
            assert point["normal"] == normal_form(kind, value)


# Ranges kept free for fiction by the authorities of their countries, and Chinese and Polish ones given to nobody.
_FREE = (
    r"\+86 154 0000 \d{4}$|\+49 (30 23125|40 66969|89 99998|69 90009|221 4710) \d{3}$|\+49 171 39200\d\d$"
    r"|\+44 (20 7946|113 496|121 496|161 496) 0\d{3}$|\+44 7700 900\d{3}$|\+1 \d{3} 555 01\d\d$"
    r"|\+33 (1 99 00|2 61 91|3 53 01|4 65 71|6 39 98) \d\d \d\d$|\+46 (8 465 004|31 390 06|40 628 04) \d\d$"
    r"|\+48 58 555 01 \d\d$|\+61 2 5550 \d{4}$"
)


def test_they_test_every_layout() -> None:
    leads = [rows[schema.lead][0] for rows in plan(200)]
    companies = [str(row["company"]) for rows in plan(200) for row in rows.get(schema.account, ())]
    assert len({lead["value_currency"] for lead in leads} - {None}) >= 3
    assert {lead["country"] for lead in leads} > {"中国", "Germany", "United States"}
    assert any(len(str(lead["name"])) > 40 for lead in leads)
    assert any("<" in company for company in companies)
    assert any(re.search(r"[A-Za-z]", company) and re.search(r"[\u4e00-\u9fff]", company) for company in companies)
    assert {lead["origin"] for lead in leads} == {"inbound", "outbound", "referral"}


# ── in a database ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_leads_are_added_with_all_that_hangs_on_them(store: Store) -> None:
    assert finish(store.job(add_samples, 120, 1, now=NOW)) == 120
    count = select(func.count())
    assert store.connection.execute(count.select_from(schema.lead).where(schema.lead.c.sample == 1)).scalar() == 120
    assert store.connection.execute(count.select_from(schema.standing)).scalar() == 120
    for table in (schema.answer, schema.call, schema.event, schema.task, schema.contact_point, schema.stakeholder):
        assert store.connection.execute(count.select_from(table)).scalar()
    assert not store.connection.exec_driver_sql("PRAGMA foreign_key_check").all()


def test_every_gate_was_open_when_it_was_passed(store: Store) -> None:
    finish(store.job(add_samples, 200, 3, now=NOW))
    moves = store.connection.execute(select(schema.stage_change).where(schema.stage_change.c.from_stage.is_not(None)))
    checked: Counter[str] = Counter()
    for move in moves.all():
        state = replace(state_of(store, move.lead_id), stage=move.from_stage, stage_before=None)
        then = assess(store.playbook, state, move.at, local_day(move.at))
        check = check_gate(store.playbook, state, then, move.to_stage)
        assert check.open, (move.to_stage, [one.code for one in check.unmet])
        checked[move.to_stage] += 1
    assert checked.keys() == {stage.key for stage in store.playbook.stages[1:]}


def test_no_hidden_question_was_answered(store: Store) -> None:
    finish(store.job(add_samples, 100, 3, now=NOW))
    for answer in store.connection.execute(select(schema.answer)).all():
        state = state_of(store, answer.lead_id)
        then = assess(store.playbook, state, answer.at - 1, local_day(answer.at))
        assert then.questions[answer.question].visible, answer.question


def test_reasons_and_dates_are_there_where_a_stage_wants_them(store: Store) -> None:
    finish(store.job(add_samples, 200, 1, now=NOW))
    for lead in store.connection.execute(select(schema.lead)).all():
        stage = store.playbook.stage[lead.stage]
        choices = {choice.key for choice in store.playbook.reasons.get(stage.needs_reason or "", ())}
        assert lead.reason in choices if stage.needs_reason else lead.reason is None
        assert (lead.parked_until is not None) == stage.needs_date
        assert (lead.stage_before is not None) == (stage.kind is not StageKind.OPEN)


def test_leads_of_the_same_seed_are_added_once(store: Store) -> None:
    finish(store.job(add_samples, 50, 1, now=NOW))
    assert finish(store.job(add_samples, 80, 1, now=NOW + DAY)) == 30
    assert finish(store.job(add_samples, 80, 1, now=NOW + DAY)) == 0
    assert finish(store.job(add_samples, 80, 2, now=NOW + DAY)) == 80
    assert not store.connection.exec_driver_sql("PRAGMA foreign_key_check").all()


def test_leads_of_the_same_seed_are_added_once_though_an_earlier_version_added_them(store: Store) -> None:
    finish(store.job(add_samples, 50, 1, now=NOW))
    ask = store.connection.exec_driver_sql
    ask("PRAGMA foreign_keys = OFF")
    with unrecorded(store.connection):
        for table in set(schema.JOURNALLED) - {schema.playbook_version}:
            for column in {"id", "lead_id", "account_id"} & set(table.c.keys()):
                ask(f"UPDATE {table.name} SET {column} = '01234567-89ab-7000-8000' || substr({column}, 5)")
    ask("PRAGMA foreign_keys = ON")
    assert finish(store.job(add_samples, 80, 1, now=NOW + DAY)) == 30
    assert not ask("PRAGMA foreign_key_check").all()
    names = ask("SELECT company FROM account").scalars().all()
    assert len(set(names)) == len(names)


def test_undo_takes_them_all_away_and_redo_brings_them_back(store: Store) -> None:
    before = dump(store)
    finish(store.job(add_samples, 60, 1, now=NOW))
    after = dump(store)
    assert store.undo(now=NOW) is not None
    assert dump(store) == before
    assert store.redo(now=NOW) is not None
    assert dump(store) == after


def test_removing_leaves_leads_of_ones_own(store: Store) -> None:
    finish(store.job(add_samples, 60, 1, now=NOW))
    own, _ = store.run(add_lead, {"name": "Jo Own", "company": "Baltic Freight"}, now=NOW)
    full = dump(store)
    assert finish(store.job(remove_samples, now=NOW)) == 60
    assert store.connection.execute(select(schema.lead.c.id)).scalars().all() == [own]
    assert store.connection.execute(select(schema.account.c.company)).scalars().all() == ["Baltic Freight"]
    assert not store.connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    assert store.undo(now=NOW) is not None
    assert dump(store) == full


def test_removing_where_there_are_none_changes_nothing(store: Store) -> None:
    assert finish(store.job(remove_samples, now=NOW)) == 0
    assert store.last_undoable() is None


def test_stopping_half_way_adds_nothing(store: Store) -> None:
    before = dump(store)
    job = store.job(add_samples, 700, 1, now=NOW)
    assert next(job).total == 700
    job.close()
    assert dump(store) == before


@pytest.mark.parametrize("count", [0, -1, 10**9])
def test_a_count_out_of_reach_is_refused(store: Store, count: int) -> None:
    with pytest.raises(BadValue, match="bad_count"):
        finish(store.job(add_samples, count, 1, now=NOW))
