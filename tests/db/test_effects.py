"""What another playbook would change: counted slice by slice, nothing where it says the same."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import select

from leaddesk.db.days import local_day
from leaddesk.db.reads.effects import Effect, effect_slice, leads_in_work
from leaddesk.db.reads.playbooks import first_id, in_force, versions
from leaddesk.db.schema import lead
from leaddesk.db.states import load
from leaddesk.db.store import Store
from leaddesk.exchange.playbook_answers import set_answer_field
from leaddesk.exchange.playbook_draft import Draft, draft_of
from leaddesk.operations.playbooks import adopt_playbook
from leaddesk.operations.samples import add_samples
from leaddesk.qualify.assessment import assess
from leaddesk.qualify.paths import longest_path
from leaddesk.qualify.playbook import Playbook
from leaddesk.qualify.summary import outcome_of
from leaddesk.resources import text_of

NOW = 1_800_000_000_000


def whole(store: Store, other: Playbook, limit: int) -> Effect:
    with store.reader() as reader:
        found = Effect()
        last: int | None = -1
        while last is not None:
            part = reader.ask(effect_slice, other, last, NOW, limit)
            found, last = found + part.effect, part.last
        assert found.leads == reader.ask(leads_in_work)
        return found


def draft() -> Draft:
    return draft_of(text_of("playbooks", "default.toml"))


def test_the_same_playbook_changes_nothing_and_another_is_counted_in_slices(tmp_path: Path) -> None:
    with Store.open(tmp_path / "leads.leaddesk") as store:
        for _ in store.job(add_samples, 60, 1, now=NOW):
            pass
        nothing = whole(store, draft().read(), 100)
        assert nothing == Effect(leads=nothing.leads)
        stricter = draft()
        data = dict(stricter.data)
        data["grades"] = {**data["grades"], "hot": 100, "warm": 100}  # type: ignore[dict-item]
        stricter = stricter.with_data(data)
        effect = whole(store, stricter.read(), 7)
        assert effect.band > 0
        assert effect.higher == effect.lower == 0
        assert whole(store, stricter.read(), 1000) == effect
        poorer = set_answer_field(draft(), "approver", 0, "points", 0)
        assert whole(store, poorer.read(), 20).higher == 0


def test_an_outcome_is_what_an_assessment_says(tmp_path: Path) -> None:
    with Store.open(tmp_path / "leads.leaddesk") as store:
        for _ in store.job(add_samples, 60, 1, now=NOW):
            pass
        with store.reader() as reader:
            met: set[str] = set()
            for known in load(reader.connection, [row.id for row in reader.connection.execute(select(lead.c.id))]):
                outcome = outcome_of(reader.playbook, known.state, NOW, local_day(NOW))
                whole_ = assess(reader.playbook, known.state, NOW, local_day(NOW))
                assert (outcome.score, outcome.band) == (whole_.score, whole_.band)
                assert {whole_.lifecycle_suggested} - {None} <= outcome.met
                met |= outcome.met
        assert "sql" in met


def test_versions_are_listed_newest_first(tmp_path: Path) -> None:
    with Store.open(tmp_path / "leads.leaddesk") as store:
        store.run(adopt_playbook, text_of("playbooks", "simple.toml"), now=NOW)
        with store.reader() as reader:
            found = reader.ask(versions)
            assert [one.number for one in found] == [2, 1]
            assert reader.ask(in_force) == found[0]
            assert reader.ask(first_id) == found[1].id
            assert found[0].toml == text_of("playbooks", "simple.toml")


def test_the_longest_path_leaves_out_what_cannot_be_asked_together() -> None:
    playbook = draft_of(
        text_of("playbooks", "simple.toml")
        + """
[[questions]]
key = "x"
criterion = "need"
kind = "single"
wording = { en = "x", zh_CN = "x" }
answers = [
  { key = "p", label = { en = "p", zh_CN = "p" }, standing = "yes", points = 0 },
  { key = "q", label = { en = "q", zh_CN = "q" }, standing = "yes", points = 0 },
]

[[questions]]
key = "after_p"
criterion = "need"
kind = "text"
when = { question = "x", is = "p" }
wording = { en = "x", zh_CN = "x" }
answers = [{ key = "p", label = { en = "p", zh_CN = "p" }, standing = "yes", points = 0 }]

[[questions]]
key = "after_q"
criterion = "need"
kind = "text"
when = { question = "x", is = "q" }
wording = { en = "x", zh_CN = "x" }
answers = [{ key = "p", label = { en = "p", zh_CN = "p" }, standing = "yes", points = 0 }]
"""
    ).read()
    own = draft_of(text_of("playbooks", "simple.toml")).read()
    plain = longest_path(own, own.scripts[0].questions)
    assert plain <= len(own.questions)
    assert longest_path(playbook, playbook.question) == plain + 2
    assert longest_path(playbook, ["x", "after_p", "after_q"]) == 2
    assert longest_path(playbook, []) == 0
    shipped = draft().read()
    script = shipped.scripts[0]
    branched = {question.key for question in shipped.questions if question.when is not None}
    asked = set(script.questions)
    assert len(asked - branched) <= longest_path(shipped, asked) < len(asked)
