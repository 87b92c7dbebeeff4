"""Puts leads that come from elsewhere among those that are there: known ones are brought up to date, others added."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from typing import Any

from sqlalchemy import Table, select

from leaddesk.db.arrivals import Intake, Newcomer
from leaddesk.db.engine import fetch
from leaddesk.db.reads.custom_fields import fields_in
from leaddesk.db.schema import account, contact_point, custom_value, lead, lead_tag, note
from leaddesk.db.store import Step
from leaddesk.exchange.incoming import Incoming
from leaddesk.exchange.values import clean
from leaddesk.operations.accounts import match_key, place_at_account
from leaddesk.operations.contacts import normal_form, region_of
from leaddesk.operations.facts import lead_columns
from leaddesk.operations.pool import record_owner
from leaddesk.operations.rows import Row
from leaddesk.qualify.custom import read_custom, written
from leaddesk.qualify.fields import FIELD, Home
from leaddesk.qualify.state import FactValue
from leaddesk.qualify.terms import Money

_THERE = "SELECT no FROM lead WHERE external_id IN (SELECT value FROM json_each(?))"
_PROTECTED = ("do_not_call", "do_not_email")
_SEVERAL = frozenset({"other_phone", "other_email", "handle"})


class Arrivals:
    """Takes rows in chunks; within them and across them the same external id is the same lead."""

    def __init__(self, step: Step) -> None:
        self._step = step
        self._companies = _Companies(step)
        self._since = step.since
        self._intake = Intake(step)
        self._own = {field.name.casefold(): field for field in fields_in(step.connection)}
        self._told: set[tuple[str | None, str]] = set()  # what earlier rows said of companies, by account and field
        self.added = 0
        self.updated = 0

    def settle(self, rows: Sequence[Incoming]) -> None:
        """Adds or updates the leads of some rows, in their order."""
        if self._since != self._step.since:  # a new transaction: others may have written since the last one
            self._since = self._step.since
            self._companies.forget()
        chunk: list[tuple[str, Incoming]] = []
        seen: set[str] = set()
        for row in rows:
            if self._own:
                self._fit(row)
            external_id = row.external_id
            if external_id:
                if external_id in seen:
                    self._settle(chunk)
                    chunk, seen = [], set()
                seen.add(external_id)
            chunk.append((external_id, row))
        self._settle(chunk)

    def _fit(self, row: Incoming) -> None:
        """Under the names of the fields a team defined, in the form these keep; what does not fit stays as it is."""
        custom, row.custom = row.custom, {}
        for name, text in custom.items():
            field = self._own.get(name.strip().casefold())
            if field is None:
                row.custom[name] = text
            else:
                with suppress(ValueError):
                    text = written(read_custom(field, text))  # noqa: PLW2901
                row.custom[field.name] = text

    def _settle(self, rows: Sequence[tuple[str, Incoming]]) -> None:
        """`rows`: with their external ids, none of which comes twice."""
        known = self._known([external_id for external_id, _ in rows if external_id])
        new = [row for external_id, row in rows if external_id not in known]
        old = [(row, known[external_id]) for external_id, row in rows if external_id in known]
        self._add(new)
        if old:
            self._update(old)
        self.added += len(new)
        self.updated += len(old)

    def _known(self, external_ids: Sequence[str]) -> dict[str, Row]:
        """Leads by external id; where two have the same, the older."""
        if not external_ids:
            return {}
        there = fetch(self._step.connection, _THERE, json.dumps(external_ids))
        if not there:
            return {}
        numbers = [number for (number,) in there]
        query = select(lead).where(lead.c.no.in_(numbers)).order_by(lead.c.no.desc())
        return {row["external_id"]: dict(row) for row in self._step.connection.execute(query).mappings()}

    # ── adding ───────────────────────────────────────────────────────────────────────────────────────────────────

    def _add(self, rows: Sequence[Incoming]) -> None:
        accounts = self._companies.place(rows)
        ids = self._step.new_ids(len(rows))
        self._intake.take(list(map(self._newcomer, rows, ids, accounts)))

    def _newcomer(self, row: Incoming, lead_id: str, account_id: str | None) -> Newcomer:
        if row.of_company:
            self._told |= {(account_id, key) for key in row.of_company}
        now, facts = self._step.now, row.facts
        named = self._step.playbook.stage.get(str(facts["stage"])) if "stage" in facts else None
        stage = named or self._step.playbook.stages[0]
        columns: dict[str, object] = {
            **lead_columns(facts),
            "id": lead_id,
            "account_id": account_id,
            "stage": stage.key,
            "stage_since": now,
            "created_at": now,
        }
        reached = None
        if named is not None and named.lifecycle:
            columns |= {"lifecycle": named.lifecycle, "lifecycle_at": now}
            reached = json.dumps({"by": "import", "stage": named.key})
        return Newcomer(
            columns,
            self._companies.shown(account_id),
            _with_normal_forms(row),
            row.custom,
            row.tags,
            row.notes,
            reached,
        )

    # ── updating ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _update(self, pairs: Sequence[tuple[Incoming, Row]]) -> None:
        ids = [row["id"] for _, row in pairs]
        points = self._belongings(contact_point, ids)
        custom = self._belongings(custom_value, ids)
        tags = self._belongings(lead_tag, ids)
        notes = self._belongings(note, ids)
        accounts = self._accounts_of([row["account_id"] for _, row in pairs if row["account_id"]])
        for arrived, row in pairs:
            self._update_lead(arrived, row)
            self._update_account(arrived, row, accounts.get(row["account_id"]), custom[row["id"]])
            self._update_points(arrived, row, points[row["id"]])
            self._update_custom(arrived, row["id"], custom[row["id"]])
            self._add_texts(arrived, row["id"], {one["tag"] for one in tags[row["id"]]}, notes[row["id"]])

    def _belongings(self, table: Table, lead_ids: Sequence[str]) -> dict[str, list[Row]]:
        found: dict[str, list[Row]] = defaultdict(list)
        query = select(table).where(table.c.lead_id.in_(lead_ids)).order_by(table.c.no)
        for row in self._step.connection.execute(query).mappings():
            found[row["lead_id"]].append(dict(row))
        return found

    def _accounts_of(self, account_ids: Sequence[str]) -> dict[str | None, dict[str, Any]]:
        query = select(account).where(account.c.id.in_(set(account_ids)))
        return {row["id"]: dict(row) for row in self._step.connection.execute(query).mappings()}

    def _update_lead(self, arrived: Incoming, row: Row) -> None:
        facts: dict[str, FactValue | None] = dict(arrived.facts)
        for key in _PROTECTED:
            if row[key] and not facts.get(key):
                facts.pop(key, None)
        columns = {key: value for key, value in lead_columns(facts).items() if row[key] != value and value is not None}
        self._step.update(lead, row["id"], **columns)
        if "owner" in columns:
            record_owner(self._step, row["id"], row["owner"], str(columns["owner"]), "assigned")

    def _update_account(self, arrived: Incoming, row: Row, present: dict[str, Any] | None, custom: list[Row]) -> None:
        facts = {key: value for key, value in arrived.facts.items() if FIELD[key].home is Home.ACCOUNT}
        if present is not None:
            kept = {(one["name"], one["value"]) for one in custom}
            joined = "company" not in facts or match_key(str(facts["company"])) == present["match_key"]
            facts = {
                key: value
                for key, value in facts.items()
                if not _same(present, key, value) and not (joined and self._contradicts(arrived, key, present, kept))
            }
            self._told |= {(present["id"], key) for key in (*arrived.of_company, "company")}
            if joined:
                present.update(_columns(facts))
        if facts:
            place_at_account(self._step, row, facts)
            self._companies.forget()  # one may have another name now, know more, or be gone

    def _contradicts(self, arrived: Incoming, key: str, present: Row, kept: set[tuple[str, str]]) -> bool:
        """Whether a colleague's row said otherwise, now or when the lead came: then it stays with the lead alone.

        Another spelling of the same name is no news of the company.
        """
        if key not in arrived.of_company:
            return (present["id"], key) in self._told
        name, text = arrived.of_company[key]
        if (present["id"], key) not in self._told and (name, clean(text)) not in kept:
            return False
        arrived.keep_of_company(key)
        return True

    def _update_points(self, arrived: Incoming, row: Row, present: list[Row]) -> None:
        region = region_of(str(arrived.facts.get("country") or row["country"] or ""))
        for kind, value in arrived.points:
            normal = normal_form(kind, value, region)
            if any(point["normal"] == normal or point["value"] == value for point in present):
                continue
            there = next((point for point in present if point["kind"] == kind), None)
            if there is None or kind in _SEVERAL:
                self._step.insert(contact_point, lead_id=row["id"], kind=kind, value=value, normal=normal)
            else:
                self._step.update(contact_point, there["id"], value=value, normal=normal)

    def _update_custom(self, arrived: Incoming, lead_id: str, present: list[Row]) -> None:
        there = {row["name"]: row for row in present}
        for name, text in arrived.custom.items():
            if name not in there:
                self._step.insert(custom_value, lead_id=lead_id, name=name, value=text)
            elif there[name]["value"] != text:
                self._step.update(custom_value, there[name]["id"], value=text)

    def _add_texts(self, arrived: Incoming, lead_id: str, tags: set[str], notes: list[Row]) -> None:
        for tag in arrived.tags:
            if tag not in tags:
                self._step.insert(lead_tag, lead_id=lead_id, tag=tag)
        for text in arrived.notes:
            if not any(text == one["text"] for one in notes):
                self._step.insert(note, lead_id=lead_id, at=self._step.now, text=text)


def _with_normal_forms(row: Incoming) -> list[tuple[str, str, str | None]]:
    if not row.points:
        return []
    region = region_of(str(row.facts.get("country", "")))
    return [(kind, value, normal_form(kind, value, region)) for kind, value in row.points]


class _Companies:
    """The accounts of added leads: found by name, made when new, what they lack filled in; never overwritten.

    What a row says otherwise of its company becomes a custom value of its lead.
    """

    def __init__(self, step: Step) -> None:
        self._step = step
        self._ids: dict[str, str] = {}
        self._known: dict[str, dict[str, Any]] = {}
        self._shown: dict[str, dict[str, Any]] = {}

    def place(self, rows: Sequence[Incoming]) -> list[str | None]:
        """The account of each row, None where it says nothing of a company."""
        facts = [{key: value for key, value in row.facts.items() if key in _AT_ACCOUNT} for row in rows]
        keys = [_match_key(str(fact["company"])) if fact.get("company") else "" for fact in facts]
        self._find({key for key in keys if key})
        made: dict[str, dict[str, object]] = {}
        placed: list[str | None] = []
        for row, fact, key in zip(rows, facts, keys, strict=True):
            if not fact:
                placed.append(None)
                continue
            account_id = self._ids.get(key) if key else None
            if account_id is None:
                account_id = self._step.new_id()
                made[account_id] = self._new(account_id, key, fact)
            else:
                self._fill(account_id, fact, made)
                known = self._known[account_id]
                for name in row.of_company:
                    if not _same(known, name, fact[name]):
                        row.keep_of_company(name)
            placed.append(account_id)
        self._step.bulk_insert(account, list(made.values()))
        return placed

    def shown(self, account_id: str | None) -> Mapping[str, Any]:
        """The columns of an account that was placed last, each behind `firm_`."""
        if account_id is None:
            return {}
        shown = self._shown.get(account_id)
        if shown is None:
            known = self._known[account_id]
            shown = self._shown[account_id] = {f"firm_{name}": value for name, value in known.items()}
        return shown

    def forget(self) -> None:
        """Accounts are to be looked at anew."""
        self._ids, self._known, self._shown = {}, {}, {}

    def _find(self, keys: Iterable[str]) -> None:
        wanted = [key for key in keys if key not in self._ids]
        query = select(account).where(account.c.match_key.in_(wanted)).order_by(account.c.no.desc())
        for row in self._step.connection.execute(query).mappings() if wanted else ():
            self._ids[row["match_key"]] = row["id"]
            self._known[row["id"]] = {name: row[name] for name in ("company", *_FILLED)}

    def _new(self, account_id: str, key: str, facts: Mapping[str, FactValue]) -> dict[str, object]:
        columns = _columns(facts)
        company = facts.get("company", "")
        if key:
            self._ids[key] = account_id
        self._known[account_id] = {"company": company} | {name: columns.get(name) for name in _FILLED}
        return {"company": company, **columns, "id": account_id, "match_key": key, "created_at": self._step.now}

    def _fill(self, account_id: str, facts: Mapping[str, FactValue], made: dict[str, dict[str, object]]) -> None:
        known = self._known[account_id]
        columns = {name: value for name, value in _columns(facts).items() if known[name] is None}
        if not columns:
            return
        known |= columns
        self._shown.pop(account_id, None)
        if account_id in made:
            made[account_id].update(columns)
        else:
            self._step.update(account, account_id, **columns)


_AT_ACCOUNT = {key for key, field in FIELD.items() if field.home is Home.ACCOUNT}
_match_key = lru_cache(maxsize=20_000)(match_key)
_FILLED = ("registration_number", "industry", "size", "revenue", "revenue_currency", "technology", "website")


def _columns(facts: Mapping[str, FactValue]) -> dict[str, object]:
    columns: dict[str, object] = {key: value for key, value in facts.items() if key not in {"revenue", "company"}}
    revenue = facts.get("revenue")
    if isinstance(revenue, Money):
        columns |= {"revenue": revenue.minor, "revenue_currency": revenue.currency}
    return columns


def _same(present: Mapping[str, Any], key: str, value: FactValue) -> bool:
    if isinstance(value, Money):
        return (present["revenue"], present["revenue_currency"]) == (value.minor, value.currency)
    return bool(present[key] == value)
