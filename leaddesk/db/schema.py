"""The tables. Journalled tables have `no`, a stable row number, and `id`, ordered by time: see `db/ids.py`.

Instants are integers, milliseconds since 1970 UTC; days are text, YYYY-MM-DD; sums are integers of minor units beside
their currency; yes/no are 0 and 1. A change here needs a migration in `db/migrations`.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, MetaData, Table, Text, text

metadata = MetaData()


def _keys() -> tuple[Column[int], Column[str]]:
    return Column("no", Integer, primary_key=True), Column("id", Text, nullable=False, unique=True)


def _lead_key() -> Column[str]:
    return Column("lead_id", Text, ForeignKey("lead.id", ondelete="CASCADE"), nullable=False, index=True)


# ── what people enter (journalled) ───────────────────────────────────────────────────────────────────────────────────

account = Table(
    "account",
    metadata,
    *_keys(),
    Column("company", Text, nullable=False),
    Column("match_key", Text, nullable=False, index=True),  # the name folded, to find the same company again
    Column("registration_number", Text),
    Column("industry", Text),
    Column("size", Integer),  # people
    Column("revenue", Integer),
    Column("revenue_currency", Text),
    Column("technology", Text),
    Column("website", Text),
    Column("created_at", Integer, nullable=False),
)

lead = Table(
    "lead",
    metadata,
    *_keys(),
    Column("account_id", Text, ForeignKey("account.id"), index=True),
    Column("name", Text),
    Column("given_name", Text),
    Column("family_name", Text),
    Column("title", Text),
    Column("department", Text),
    Column("country", Text),
    Column("region", Text),
    Column("city", Text),
    Column("address", Text),
    Column("postcode", Text),
    Column("language", Text),
    Column("time_zone", Text),
    Column("source", Text),
    Column("campaign", Text),
    Column("origin", Text),
    Column("existing_customer", Integer),
    Column("owner", Text),
    Column("value", Integer),
    Column("value_currency", Text),
    Column("expected_on", Text),
    Column("first_contact_on", Text),
    Column("do_not_call", Integer, nullable=False, server_default="0"),
    Column("do_not_email", Integer, nullable=False, server_default="0"),
    Column("external_id", Text, index=True),
    Column("stage", Text, nullable=False),
    Column("stage_since", Integer, nullable=False),
    Column("stage_before", Text),  # the open stage it left for a closed, parked or nurture one
    Column("place", Text),  # own order within the column, a fractional key
    Column("parked_until", Text),
    Column("reason", Text),  # why lost, parked or in nurture
    Column("lifecycle", Text),
    Column("lifecycle_at", Integer),
    Column("sample", Integer, nullable=False, server_default="0"),
    Column("created_at", Integer, nullable=False),
    CheckConstraint("(value IS NULL) = (value_currency IS NULL)", name="value_has_currency"),
)

contact_point = Table(
    "contact_point",
    metadata,
    *_keys(),
    _lead_key(),
    Column("kind", Text, nullable=False),  # a field key: phone, mobile, other_phone, email, other_email, wechat …
    Column("value", Text, nullable=False),  # as written
    Column("normal", Text),  # E.164, lower-case mail: for matching
)

custom_value = Table(
    "custom_value",
    metadata,
    *_keys(),
    _lead_key(),
    Column("name", Text, nullable=False, index=True),  # the header it came under, or what the person called it
    Column("value", Text, nullable=False),
)

lead_tag = Table("lead_tag", metadata, *_keys(), _lead_key(), Column("tag", Text, nullable=False, index=True))

stakeholder = Table(
    "stakeholder",
    metadata,
    *_keys(),
    _lead_key(),
    Column("name", Text, nullable=False),
    Column("title", Text),
    Column("role", Text),  # a key of the playbook's roles
    Column("attitude", Text),
    Column("note", Text),
    Column("created_at", Integer, nullable=False),
)

event = Table(
    "event",
    metadata,
    *_keys(),
    _lead_key(),
    Column("kind", Text, nullable=False),
    Column("at", Integer, nullable=False),
    Column("note", Text),
)

call = Table(
    "call",
    metadata,
    *_keys(),
    _lead_key(),
    Column("started_at", Integer, nullable=False),
    Column("ended_at", Integer),  # null while it is going on
    Column("minutes", Integer),
    Column("outcome", Text),
    Column("question", Text),  # where it stands, to take up after a crash
    Column("note", Text),
    Column("playbook_id", Text),
    Column("script", Text),  # a key of the playbook's scripts; null: the one offered for the lead
    Index("call_open", "ended_at", sqlite_where=text("ended_at IS NULL")),
)

answer = Table(
    "answer",
    metadata,
    *_keys(),
    _lead_key(),
    Column("call_id", Text),
    Column("question", Text, nullable=False),
    Column("at", Integer, nullable=False),
    Column("keys", Text),  # answer keys joined by commas
    Column("money", Integer),
    Column("currency", Text),
    Column("number", Text),  # decimal text
    Column("day", Text),
    Column("text", Text),
    Column("heard", Text),  # evaded or unknown
    Column("by", Text, nullable=False, server_default=""),
    Column("note", Text, nullable=False, server_default=""),
    Column("withdrawn_at", Integer),
    Column("playbook_id", Text),
)

task = Table(
    "task",
    metadata,
    *_keys(),
    _lead_key(),
    Column("text", Text, nullable=False),
    Column("due_on", Text, nullable=False),
    Column("due_time", Text),  # HH:MM or null
    Column("done_at", Integer),
    Column("created_at", Integer, nullable=False),
)

note = Table(
    "note",
    metadata,
    *_keys(),
    _lead_key(),
    Column("call_id", Text),
    Column("question", Text),  # what was being asked when it was written, until the answer takes it over
    Column("at", Integer, nullable=False),
    Column("text", Text, nullable=False),
)

objection = Table(
    "objection",
    metadata,
    *_keys(),
    _lead_key(),
    Column("call_id", Text),
    Column("key", Text, nullable=False, index=True),  # a key of the playbook's objections
    Column("at", Integer, nullable=False),
    Column("note", Text, nullable=False, server_default=""),
)

stage_change = Table(
    "stage_change",
    metadata,
    *_keys(),
    _lead_key(),
    Column("from_stage", Text),
    Column("to_stage", Text, nullable=False),
    Column("at", Integer, nullable=False),
    Column("reason", Text),
    Column("override", Text),  # why the gate was passed although it said no
    Column("until", Text),
    Column("by", Text),
)

lifecycle_change = Table(
    "lifecycle_change",
    metadata,
    *_keys(),
    _lead_key(),
    Column("from_key", Text),
    Column("to_key", Text, nullable=False),
    Column("at", Integer, nullable=False),
    Column("evidence", Text, nullable=False),  # JSON: fit and engagement points, or who decided
)

owner_change = Table(
    "owner_change",
    metadata,
    *_keys(),
    _lead_key(),
    Column("from_owner", Text),
    Column("to_owner", Text),  # null: back in the public pool
    Column("at", Integer, nullable=False),
    Column("why", Text, nullable=False),  # assigned, claimed, released, untouched
)

signoff = Table(
    "signoff",
    metadata,
    *_keys(),
    _lead_key(),
    Column("code", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Integer, nullable=False),
)

playbook_version = Table(
    "playbook_version",
    metadata,
    *_keys(),
    Column("number", Integer, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("toml", Text, nullable=False),
    Column("adopted_at", Integer, nullable=False),
)

#: What a team calls facts of its own; their values are `custom_value` rows of the same name.
custom_field = Table(
    "custom_field",
    metadata,
    *_keys(),
    Column("name", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),  # text, number, money, date, choice or yes_no
    Column("choices", Text),  # JSON: the words to choose from
    Column("place", Integer, nullable=False),  # where it stands among the others
    Column("created_at", Integer, nullable=False),
)

#: Filters under a name, for board and table alike.
saved_view = Table(
    "saved_view",
    metadata,
    *_keys(),
    Column("name", Text, nullable=False, unique=True),
    Column("filters", Text, nullable=False),  # JSON
    Column("look", Text, nullable=False, server_default="{}"),  # JSON: order, lanes, columns of the table
    Column("pinned", Integer, nullable=False, server_default="0"),
    Column("place", Integer, nullable=False),
    Column("created_at", Integer, nullable=False),
)

JOURNALLED: tuple[Table, ...] = (
    account,
    lead,
    contact_point,
    custom_value,
    lead_tag,
    stakeholder,
    event,
    call,
    answer,
    task,
    note,
    objection,
    stage_change,
    lifecycle_change,
    owner_change,
    signoff,
    playbook_version,
    custom_field,
    saved_view,
)

# ── the journal ──────────────────────────────────────────────────────────────────────────────────────────────────────

step = Table(
    "step",
    metadata,
    Column("no", Integer, primary_key=True),
    Column("name", Text, nullable=False),  # the operation, e.g. move_lead
    Column("details", Text, nullable=False),  # JSON for its words, e.g. {"lead": "Anna Kowalska", "stage": "sql"}
    Column("merge", Text),  # steps with the same key that follow each other closely are one
    Column("at", Integer, nullable=False),
    # 1 undone, 2 undone and overtaken: never redone; of several transactions and between two: 3 being made, 4 being
    # undone, 5 being redone.
    Column("undone", Integer, nullable=False, server_default="0"),
    Index("step_undone", "undone", "no", sqlite_where=text("undone = 1")),
)

change = Table(
    "change",
    metadata,
    Column("no", Integer, primary_key=True),
    Column("step", Integer, ForeignKey("step.no"), nullable=False, index=True),
    Column("table", Text, nullable=False),
    Column("row", Text),  # the row's id; null for a range
    Column(
        "field", Text, nullable=False
    ),  # a column; '*' a whole row, as JSON; '#' a range of row numbers inserted in bulk
    Column("old", Text),  # of a range: its rows as JSON, once they were undone
    Column("new", Text),  # of a range: JSON [first, last]
    Column("lead", Text),  # whose change it is, where the table knows
    # What was changed of a lead, or of its company, is looked up from its timeline.
    Index("change_lead", "lead", "step", sqlite_where=text("lead IS NOT NULL")),
    Index("change_account", "row", sqlite_where=text("\"table\" = 'account'")),
)

#: A transaction of a step that has several: its newest change, and whether what it did is there now.
step_part = Table(
    "step_part",
    metadata,
    Column("last", Integer, primary_key=True),
    Column("step", Integer, ForeignKey("step.no"), nullable=False, index=True),
    Column("held", Integer, nullable=False),
)

# One row: which step the triggers write to, and whether they record (bulk inserts turn it off).
recording = Table(
    "recording",
    metadata,
    Column("no", Integer, primary_key=True),
    Column("step", Integer),
    Column("on", Integer, nullable=False),
)

about = Table("about", metadata, Column("key", Text, primary_key=True), Column("value", Text, nullable=False))

# ── derived: refreshed at the end of a step, never journalled ────────────────────────────────────────────────────────

#: One row a lead: what the board and lists sort and filter by. A dated cache: right from `computed_at` to `changes_at`.
standing = Table(
    "standing",
    metadata,
    Column("lead_no", Integer, primary_key=True),
    Column("stage", Text, nullable=False),
    Column("source", Text),
    Column("owner", Text),
    Column("score", Integer, nullable=False),  # tenths
    Column("up_to", Integer, nullable=False),  # tenths
    Column("parts", Text, nullable=False),  # JSON {part: tenths}; those without points may be left out
    Column("strip", Text, nullable=False),  # one letter a criterion, in playbook order: y p n u e -
    Column("lifecycle", Text),
    Column("temperature", Text, nullable=False),
    Column("band", Text, nullable=False),
    Column("waiting", Integer, nullable=False),  # 0 when hot and not yet called, else 1: sorts first
    Column("hot_since", Integer),
    Column("next_id", Text),  # the earliest open task: id, day, time, words
    Column("next_on", Text),
    Column("next_time", Text),
    Column("next_text", Text),
    Column("value", Integer),
    Column("currency", Text),
    Column("title", Text, nullable=False),  # what the lead is shown as: name, else company, mail, external id
    Column("company", Text),
    Column("stage_since", Integer, nullable=False),
    Column("place", Text),
    Column("computed_at", Integer, nullable=False),
    Column("changes_at", Integer, index=True),
    Column("touched_at", Integer, nullable=False, server_default="0"),  # when somebody last did something about it
    Column("touched", Text, nullable=False, server_default=""),  # what: call, stage, owner, task, note or answer
    Column("judged_by", Integer, nullable=False, server_default="0"),  # a version of the playbook: `db/judging.py`
    Index("standing_urgency", "stage", "waiting", "next_on", text("score DESC")),
    Index("standing_waiting", "stage", "hot_since", text("score DESC"), sqlite_where=text("waiting = 0")),
    Index("standing_score", "stage", text("score DESC")),
    Index("standing_up_to", "stage", text("up_to DESC")),
    Index("standing_value", "stage", "currency", text("value DESC")),
    Index("standing_own", "stage", "place"),
    Index("standing_best", text("score DESC")),
)

#: Count and sum of a column of the board per currency ('' for leads without value), kept by differences.
stage_total = Table(
    "stage_total",
    metadata,
    Column("stage", Text, primary_key=True),
    Column("source", Text, primary_key=True),
    Column("owner", Text, primary_key=True),
    Column("currency", Text, primary_key=True),
    Column("leads", Integer, nullable=False),
    Column("value", Integer, nullable=False),
)

#: Whose standing was written lately, for those who keep standings in memory; null: too many to name.
standing_change = Table(
    "standing_change",
    metadata,
    Column("no", Integer, primary_key=True),
    Column("lead_no", Integer),
)

# The search index `search` is an FTS5 table made in db/search.py: rowid = lead.no.
