"""Phone numbers, mail addresses and handles of a lead: one of each kind, with a normal form to match by."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select

from leaddesk.db.schema import contact_point
from leaddesk.db.store import Step
from leaddesk.operations.numbers import dialled
from leaddesk.qualify.fields import FIELD, FieldKind
from leaddesk.qualify.state import FactValue


def set_contact_points(step: Step, lead_id: str, facts: Mapping[str, FactValue | None], region: str | None) -> None:
    """Sets the contact points named by field keys; None removes one. `region`: ISO country numbers are dialled from."""
    for kind, value in facts.items():
        found = step.connection.execute(
            select(contact_point.c.id)
            .where(contact_point.c.lead_id == lead_id, contact_point.c.kind == kind)
            .order_by(contact_point.c.no)
            .limit(1)
        ).scalar()
        if value is None:
            if found is not None:
                step.delete(contact_point, found)
            continue
        text = str(value)
        columns = {"value": text, "normal": normal_form(kind, text, region)}
        if found is None:
            step.insert(contact_point, lead_id=lead_id, kind=kind, **columns)
        else:
            step.update(contact_point, found, **columns)


def normal_form(kind: str, text: str, region: str | None = None) -> str | None:
    """What a contact point is found again by: a phone as E.164 (digits where it is none), else lower case."""
    if FIELD[kind].kind is not FieldKind.PHONE:
        return text.strip().casefold() or None
    return dialled(text, region)


def region_of(country: str | None) -> str | None:
    """The ISO code numbers of a country without a + belong to, where the country is written as one or well known."""
    if not country:
        return None
    text = country.strip()
    if len(text) == 2 and text.isascii() and text.isalpha():
        return text.upper()
    return _COUNTRIES.get(text.casefold())


_COUNTRIES = {
    "中国": "CN",
    "china": "CN",
    "germany": "DE",
    "deutschland": "DE",
    "德国": "DE",
    "france": "FR",
    "法国": "FR",
    "united kingdom": "GB",
    "英国": "GB",
    "united states": "US",
    "usa": "US",
    "美国": "US",
    "netherlands": "NL",
    "荷兰": "NL",
    "spain": "ES",
    "西班牙": "ES",
    "italy": "IT",
    "意大利": "IT",
    "poland": "PL",
    "波兰": "PL",
    "austria": "AT",
    "奥地利": "AT",
    "switzerland": "CH",
    "瑞士": "CH",
    "japan": "JP",
    "日本": "JP",
    "brazil": "BR",
    "巴西": "BR",
    "india": "IN",
    "印度": "IN",
    "singapore": "SG",
    "新加坡": "SG",
}
