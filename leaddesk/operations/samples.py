"""Sample leads: invented, always the same for the same seed, and taken away again with one verb."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping
from random import Random
from typing import Final

from sqlalchemy import Table, delete, func, select

from leaddesk.db import schema
from leaddesk.db.ids import LENGTH, id_of
from leaddesk.db.records import Progress
from leaddesk.db.store import Step
from leaddesk.errors import BadValue
from leaddesk.operations.sample_people import Company, Person, vocabulary
from leaddesk.operations.sample_setting import Setting
from leaddesk.operations.sample_story import Rows, Story
from leaddesk.operations.verb import operation
from leaddesk.qualify.playbook import Playbook
from leaddesk.qualify.state import FactValue
from leaddesk.qualify.terms import Instant

#: How many the welcome offers.
USUAL = 120

#: More would only fill the disk.
MOST = 2_000_000

_CHUNK: Final = 500

# Ids carry an instant; samples have one of their own, so that the same seed gives the same ids on any day.
_BORN: Final = 1_577_836_800_000

# Every so many leads one works at the company of the lead before.
_COLLEAGUE = 9


def plan_samples(count: int, seed: int, now: Instant, playbook: Playbook) -> Iterator[Rows]:
    """Invents leads one by one: for each the rows of all tables, parents first, with ids made from seed and number.

    Lead number n is the same whatever the count; only its dates follow `now`. Stages, facts, answers and events agree
    with the playbook: when a lead entered its stage, the gate was open.
    """
    setting = Setting(playbook, vocabulary(), now)
    for index in range(count):
        yield _lead_rows(setting, index, seed)


@operation
def add_samples(step: Step, count: int = USUAL, seed: int = 1) -> Generator[Progress, None, int]:
    """Adds invented leads and returns how many; those of the same seed that are there already are left as they are."""
    if not 0 < count <= MOST:
        raise BadValue("bad_count", most=MOST)
    there = _ids(step, schema.lead)
    companies = _ids(step, schema.account)
    older = _of_earlier_versions(step)
    moved: dict[object, object] = {}
    added = 0
    pending: Rows = {}
    for done, rows in enumerate(plan_samples(count, seed, step.now, step.playbook), start=1):
        row = rows[schema.lead][0]
        if row["external_id"] in older:
            moved[row["account_id"]] = older[row["external_id"]]
        elif row["id"] not in there:
            added += 1
            row["account_id"] = moved.get(row["account_id"], row["account_id"])
            if rows.get(schema.account) and rows[schema.account][0]["id"] in companies:
                del rows[schema.account]
            for table, more in rows.items():
                pending.setdefault(table, []).extend(more)
        if len(pending.get(schema.lead, ())) >= step.at_once:
            _write(step, pending)
        if done % _CHUNK == 0:
            yield Progress(done, count, "samples")
    _write(step, pending)
    step.name_it(n=added)
    yield Progress(count, count, "samples")
    return added


@operation
def remove_samples(step: Step) -> Generator[Progress, None, int]:
    """Deletes every sample lead with all that hangs on it, and companies left without leads; returns how many."""
    lead = schema.lead
    total = step.connection.execute(select(func.count()).where(lead.c.sample == 1)).scalar_one()
    done = 0
    while ids := step.connection.execute(select(lead.c.id).where(lead.c.sample == 1).limit(_CHUNK)).scalars().all():
        accounts = set(step.connection.execute(select(lead.c.account_id).where(lead.c.id.in_(ids))).scalars())
        for table in reversed(_HANGING):
            step.connection.execute(delete(table).where(table.c.lead_id.in_(ids)))
        step.connection.execute(delete(lead).where(lead.c.id.in_(ids)))
        left = select(lead.c.account_id).where(lead.c.account_id.in_(accounts - {None}))
        orphans = accounts - {None} - set(step.connection.execute(left).scalars())
        step.connection.execute(delete(schema.account).where(schema.account.c.id.in_(orphans)))
        done += len(ids)
        yield Progress(done, total, "samples")
    step.name_it(n=done)
    return done


_HANGING: Final = tuple(table for table in schema.JOURNALLED if "lead_id" in table.c)


def _of_earlier_versions(step: Step) -> Mapping[object, object]:
    """The companies of sample leads by their external ids, where earlier versions gave them longer ids."""
    lead = schema.lead.c
    older = select(lead.external_id, lead.account_id).where(lead.sample == 1, func.length(lead.id) > LENGTH)
    return {row.external_id: row.account_id for row in step.connection.execute(older)}


def _ids(step: Step, table: Table) -> set[object]:
    return set(step.connection.execute(select(table.c.id)).scalars())


def _write(step: Step, pending: Rows) -> None:
    for table in schema.JOURNALLED:
        rows = pending.pop(table, None)
        if rows:
            if table is schema.answer or table is schema.call:
                for row in rows:
                    row["playbook_id"] = step.playbook_id
            step.bulk_insert(table, rows)


class _Ids:
    """Ids of one lead's rows, which count up: its own is the first, its company's the next."""

    def __init__(self, seed: int, index: int) -> None:
        self._noise = _random(seed, index, 0).getrandbits(62)
        self._born = _BORN + index
        self._next = 0

    def __call__(self) -> str:
        made = id_of(self._born, self._next, self._noise)
        self._next += 1
        return made


def _random(seed: int, index: int, purpose: int) -> Random:
    """A generator of its own for each lead and purpose, so that no lead depends on how many others there are."""
    return Random((seed << 42) + (index << 2) + purpose)  # noqa: S311


def _lead_rows(setting: Setting, index: int, seed: int) -> Rows:
    stage = setting.stage_for(index, seed)
    home = _home(index)
    there, random = _random(seed, home, 1), _random(seed, index, 2)
    place = setting.vocabulary.place(there, home)
    # Who came this far has to be near the ideal customer, else the gates would not have opened.
    colleague = home + 1 if _home(home + 1) == home else home
    near = _came_far(setting, home, seed) or _came_far(setting, colleague, seed)
    company = setting.vocabulary.company(there, home, place, near)
    person = setting.vocabulary.person(random, index, place, _came_far(setting, index, seed))
    ids = _Ids(seed, index)
    lead_id, account_id = ids(), ids()
    if home != index:
        theirs = _Ids(seed, home)
        account_id = [theirs(), theirs()][1]
    known = {"company": company.name, "industry": company.industry, "size": company.size, "title": person.job}
    facts: dict[str, FactValue] = {key: value for key, value in known.items() if value is not None}
    story = Story(setting, random, person, stage, facts, lead_id, ids)
    rows: Rows = {}
    if home == index:
        rows[schema.account] = [_account_row(company, account_id, story)]
    rows[schema.lead] = [_lead_row(person, lead_id, account_id, story, f"S{seed}-{index + 1:04d}")]
    rows[schema.contact_point] = _contact_rows(person, lead_id, ids)
    rows.update(story.rows)
    return rows


def _home(index: int) -> int:
    """The lead whose company lead number `index` works at: mostly its own."""
    return index - 1 if index >= 2 * _COLLEAGUE and index % _COLLEAGUE == 0 else index


def _came_far(setting: Setting, index: int, seed: int) -> bool:
    return setting.stage_for(index, seed) is not setting.playbook.open_stages[0]


def _account_row(company: Company, account_id: str, story: Story) -> dict[str, object]:
    return {
        "id": account_id,
        "company": company.name,
        "match_key": company.key,
        "industry": company.industry,
        "size": company.size,
        "website": company.website,
        "created_at": story.columns["created_at"],
    }


def _lead_row(person: Person, lead_id: str, account_id: str, story: Story, external_id: str) -> dict[str, object]:
    zh = person.place.words == "zh"
    return {
        "id": lead_id,
        "account_id": account_id,
        "name": person.name,
        "given_name": person.given,
        "family_name": person.family,
        "title": person.job,
        "department": person.department,
        "country": person.place.country,
        "region": person.place.regions[person.city],
        "city": person.place.cities[person.city],
        "language": person.place.language,
        "time_zone": person.place.zone,
        "source": person.source.name_zh if zh else person.source.name,
        "campaign": person.source.campaign,
        "origin": person.source.origin,
        "owner": person.owner,
        "external_id": external_id,
        "do_not_email": 0,
        "sample": 1,
        **story.columns,
    }


def _contact_rows(person: Person, lead_id: str, ids: _Ids) -> list[dict[str, object]]:
    points = (("phone", person.phone), ("mobile", person.mobile), ("email", person.mail))
    return [
        {"id": ids(), "lead_id": lead_id, "kind": kind, "value": value, "normal": _normal(kind, value)}
        for kind, value in points
        if value is not None
    ]


def _normal(kind: str, value: str) -> str:
    """As `contacts.normal_form` would say: invented numbers are all written with their country."""
    return value.casefold() if kind == "email" else value.replace(" ", "")
