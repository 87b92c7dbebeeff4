"""The companies behind leads: found again by their folded name, made when new, dropped with their last lead."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from sqlalchemy import func, select

from leaddesk.db.schema import account, lead
from leaddesk.db.store import Step
from leaddesk.operations.rows import Row
from leaddesk.qualify.state import FactValue
from leaddesk.qualify.terms import Money


def match_key(company: str) -> str:
    """A company's name folded: one form for widths and cases, no spaces, no punctuation.

    Legal forms stay: "Acme Ltd" and "Acme GmbH" are two companies.
    """
    folded = unicodedata.normalize("NFKC", company).casefold()
    return re.sub(r"[\W_]+", "", folded) or folded.strip()


def find_account(step: Step, company: str) -> str | None:
    """The id of the account with this name, the oldest where there are several."""
    key = match_key(company)
    if not key:
        return None
    return step.connection.execute(
        select(account.c.id).where(account.c.match_key == key).order_by(account.c.no).limit(1)
    ).scalar()


def place_at_account(step: Step, row: Row, facts: Mapping[str, FactValue | None]) -> None:
    """Sets account facts of a lead: joins the account a new company name means, then writes the other facts there.

    `facts` holds fields at home in the account, with values already read; None empties a field.
    """
    facts = dict(facts)
    present: str | None = row["account_id"]
    here = present
    if "company" in facts:
        company = facts.pop("company")
        here = _join(step, present, str(company or ""))
    if here is None and any(value is not None for value in facts.values()):
        here = _new(step, "")
    if here is not None and facts:
        step.update(account, here, **_columns(facts))
    if here != present:
        step.update(lead, row["id"], account_id=here)
        drop_if_empty(step, present)


def drop_if_empty(step: Step, account_id: str | None) -> None:
    """Deletes an account no lead stands for any more."""
    if account_id is not None and not _leads_of(step, account_id):
        step.delete(account, account_id)


def _join(step: Step, present: str | None, company: str) -> str | None:
    """The account for a company name: an existing one, the present one renamed where it is this lead's alone, or new.

    No name: the account keeps what else it knows where it is this lead's alone, else the lead leaves it.
    """
    there = find_account(step, company)
    if present is not None and (there == present or (there is None and _leads_of(step, present) == 1)):
        step.update(account, present, company=company, match_key=match_key(company))
        return present
    return there or (_new(step, company) if company else None)


def _new(step: Step, company: str) -> str:
    return step.insert(account, company=company, match_key=match_key(company), created_at=step.now)


def _leads_of(step: Step, account_id: str) -> int:
    return step.connection.execute(select(func.count()).where(lead.c.account_id == account_id)).scalar_one()


def _columns(facts: Mapping[str, FactValue | None]) -> dict[str, object]:
    columns: dict[str, object] = {}
    for key, value in facts.items():
        if key == "revenue":
            columns["revenue"] = value.minor if isinstance(value, Money) else None
            columns["revenue_currency"] = value.currency if isinstance(value, Money) else None
        else:
            columns[key] = value
    return columns
