"""The fields of a lead: the one list that import, command line, lead sheet and playbook rules share."""

from __future__ import annotations

import enum
from dataclasses import dataclass


class FieldKind(enum.StrEnum):
    """How a field's text is read and compared."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    YES_NO = "yes_no"
    CHOICE = "choice"
    PHONE = "phone"
    EMAIL = "email"
    LINK = "link"
    HANDLE = "handle"
    STAGE = "stage"
    TAGS = "tags"


class Home(enum.StrEnum):
    """Which table keeps the field."""

    LEAD = "lead"
    ACCOUNT = "account"
    CONTACT_POINT = "contact_point"
    TAG = "lead_tag"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Field:
    """One field; its words are `[fields]` of `resources/words`."""

    key: str
    kind: FieldKind
    home: Home
    choices: tuple[str, ...] = ()


_L, _A, _C = Home.LEAD, Home.ACCOUNT, Home.CONTACT_POINT

FIELDS: tuple[Field, ...] = (
    Field("name", FieldKind.TEXT, _L),
    Field("given_name", FieldKind.TEXT, _L),
    Field("family_name", FieldKind.TEXT, _L),
    Field("title", FieldKind.TEXT, _L),
    Field("department", FieldKind.TEXT, _L),
    Field("company", FieldKind.TEXT, _A),
    Field("registration_number", FieldKind.TEXT, _A),
    Field("industry", FieldKind.TEXT, _A),
    Field("size", FieldKind.NUMBER, _A),
    Field("revenue", FieldKind.MONEY, _A),
    Field("technology", FieldKind.TEXT, _A),
    Field("website", FieldKind.LINK, _A),
    Field("phone", FieldKind.PHONE, _C),
    Field("mobile", FieldKind.PHONE, _C),
    Field("other_phone", FieldKind.PHONE, _C),
    Field("email", FieldKind.EMAIL, _C),
    Field("other_email", FieldKind.EMAIL, _C),
    Field("wechat", FieldKind.HANDLE, _C),
    Field("linkedin", FieldKind.HANDLE, _C),
    Field("handle", FieldKind.HANDLE, _C),
    Field("country", FieldKind.TEXT, _L),
    Field("region", FieldKind.TEXT, _L),
    Field("city", FieldKind.TEXT, _L),
    Field("address", FieldKind.TEXT, _L),
    Field("postcode", FieldKind.TEXT, _L),
    Field("language", FieldKind.TEXT, _L),
    Field("time_zone", FieldKind.TEXT, _L),
    Field("source", FieldKind.TEXT, _L),
    Field("campaign", FieldKind.TEXT, _L),
    Field("origin", FieldKind.CHOICE, _L, ("inbound", "outbound", "referral")),
    Field("existing_customer", FieldKind.YES_NO, _L),
    Field("owner", FieldKind.TEXT, _L),
    Field("stage", FieldKind.STAGE, _L),
    Field("value", FieldKind.MONEY, _L),
    Field("expected_on", FieldKind.DATE, _L),
    Field("first_contact_on", FieldKind.DATE, _L),
    Field("do_not_call", FieldKind.YES_NO, _L),
    Field("do_not_email", FieldKind.YES_NO, _L),
    Field("external_id", FieldKind.TEXT, _L),
    Field("tags", FieldKind.TAGS, Home.TAG),
    Field("note", FieldKind.LONG_TEXT, Home.NOTE),
)

FIELD: dict[str, Field] = {field.key: field for field in FIELDS}
