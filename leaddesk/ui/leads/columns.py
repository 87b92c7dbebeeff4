"""The columns of the table: those of a card, parts of the score, every fact, and fields of the team's own."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from leaddesk import words
from leaddesk.db.reads.filters import Sort
from leaddesk.db.reads.table import CREATED, CUSTOM, FACT, GRADE, LAST_CALL, PART
from leaddesk.qualify.custom import CustomField
from leaddesk.qualify.fields import FIELD, FIELDS, Field, FieldKind
from leaddesk.qualify.playbook import Playbook

CHECK, NAME, KNOWN, STAGE, NEXT_STEP = "check", "name", "known", "stage", "next_step"


@dataclass(frozen=True, slots=True)
class Column:
    """One column. Widths in pixels: at `least`; words wider than `most` are cut, than `enough` before others go.

    `part`: its part of what is left over. `sort`: what a click on its head sorts by, empty: nothing. `falling`: from
    the largest down, unless turned round. `field`: what an edit in place changes. `further`: a card does not hold it.
    """

    key: str
    least: int = 84
    part: int = 1
    enough: int = 0
    most: int = 220
    right: bool = False
    sort: str = ""
    falling: bool = False
    field: Field | CustomField | None = None
    further: bool = False


def _figure(key: str, least: int, sort: str, changes: Field | None = None, *, further: bool = False) -> Column:
    return Column(key, least, 0, 0, 100, right=True, sort=sort, falling=True, field=changes, further=further)


#: The columns shown until somebody chooses others.
USUAL: tuple[Column, ...] = (
    Column(NAME, 120, 3, 130, 260, sort=Sort.TITLE, field=FIELD["name"]),
    Column("company", 110, 3, 118, 260, sort=Sort.COMPANY, field=FIELD["company"]),
    Column("source", 76, 1, 90, 180, sort=Sort.SOURCE, field=FIELD["source"]),
    Column(STAGE, 76, 1, 90, 160, sort=Sort.STAGE, field=FIELD["stage"]),
    Column(KNOWN, 126, 0, 0, 100),
    _figure("score", 54, Sort.SCORE),
    _figure("up_to", 54, Sort.UP_TO),
    _figure("value", 64, Sort.VALUE, FIELD["value"]),
    _figure("in_stage", 64, Sort.STAGE_SINCE),
    Column(NEXT_STEP, 140, 3, 140, 280, sort=Sort.NEXT_STEP),
)
#: Where there is little room these of the usual ones go first.
SPARED = ("source", "up_to", "in_stage", STAGE, "value", "company")
CHECKS = Column(CHECK, 34, 0, 0, 34)

_OTHERS: tuple[Column, ...] = (
    Column("owner", 90, 1, 0, 180, sort=Sort.OWNER, field=FIELD["owner"]),
    Column("temperature", 60, 0, 0, 100, sort="temperature", falling=True),
    Column("lifecycle", 100, 1, 0, 200, sort="lifecycle", falling=True),
    Column(GRADE, 54, 0, 0, 80, sort=GRADE, further=True),
    Column(CREATED, 84, 0, 0, 110, sort=CREATED, falling=True, further=True),
    Column(LAST_CALL, 84, 0, 0, 110, sort=LAST_CALL, falling=True, further=True),
)
_SHOWN_OTHERWISE = frozenset({"note", "owner", *(column.key for column in USUAL)})
_NARROW = (FieldKind.NUMBER, FieldKind.DATE, FieldKind.MONEY)


def columns_of(playbook: Playbook, custom: Iterable[CustomField]) -> dict[str, Column]:
    """Every column there is, by key, in the order in which they are offered."""
    parts = [_figure(f"{PART}{part.key}", 54, f"{PART}{part.key}", further=True) for part in playbook.parts]
    facts = [_of_field(one.key, f"{FACT}{one.key}", one) for one in FIELDS if one.key not in _SHOWN_OTHERWISE]
    own = [_of_field(f"{CUSTOM}{one.name}", f"{CUSTOM}{one.name}", one) for one in custom]
    return {column.key: column for column in (*USUAL, *_OTHERS, *parts, *own, *facts)}


def _of_field(key: str, sort: str, changes: Field | CustomField) -> Column:
    right = changes.kind in (FieldKind.NUMBER, FieldKind.MONEY)
    part = 0 if changes.kind in _NARROW else 1
    falling = changes.kind in _NARROW
    return Column(key, 84, part, 0, 220, right=right, sort=sort, falling=falling, field=changes, further=True)


def column_label(column: Column, playbook: Playbook, language: str) -> str:
    """What the head of a column says."""
    if column.key.startswith(CUSTOM):
        return column.key.removeprefix(CUSTOM)
    if column.key.startswith(PART):
        part = playbook.part.get(column.key.removeprefix(PART))
        return words.pick(part.label, language) if part is not None else column.key
    if column.further and column.key in FIELD:
        short = words.say(language, "fields", f"{column.key}.short")
        return words.say(language, "fields", column.key) if short == f"{column.key}.short" else short
    return words.say(language, "leads", f"column_{column.key}")


# ── how a person wants the table ─────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Look:
    """Columns in order (none: the usual ones), widths given by hand, and the order of the rows."""

    columns: tuple[str, ...] = ()
    widths: Mapping[str, int] = field(default_factory=dict)
    sort: str = Sort.URGENCY
    backwards: bool = False


def read_look(kept: str) -> Look:
    """A look as `written` wrote it; what cannot be read is left out. Widths alone: `name=180,company=140`."""
    if not kept.startswith("{"):
        return Look(widths=_old_widths(kept))
    try:
        data = json.loads(kept)
    except ValueError:
        return Look()
    return look_from(data) if isinstance(data, dict) else Look()


def look_from(data: Mapping[str, object]) -> Look:
    """A look from what was read of JSON."""
    shown, widths = data.get("columns"), data.get("widths")
    sort = data.get("sort")
    return Look(
        tuple(dict.fromkeys(key for key in shown if isinstance(key, str))) if isinstance(shown, list) else (),
        {key: width for key, width in widths.items() if type(width) is int and 0 < width < 5000}
        if isinstance(widths, dict)
        else {},
        sort if isinstance(sort, str) and sort else Sort.URGENCY,
        data.get("backwards") is True,
    )


def look_as_data(look: Look) -> dict[str, object]:
    """A look as JSON can hold it."""
    return {
        "columns": list(look.columns),
        "widths": dict(sorted(look.widths.items())),
        "sort": str(look.sort),
        "backwards": look.backwards,
    }


def written(look: Look) -> str:
    """As it is kept among the settings."""
    return json.dumps(look_as_data(look), ensure_ascii=False)


def _old_widths(kept: str) -> dict[str, int]:
    pairs = (part.partition("=") for part in kept.split(","))
    known = {column.key for column in USUAL}
    return {name: int(width) for name, _, width in pairs if name in known and width.isascii() and width.isdigit()}


def chosen(look: Look, known: Mapping[str, Column]) -> tuple[Column, ...]:
    """The columns of a look that exist, the check first; the usual ones where it names none."""
    named: Sequence[Column] = [known[key] for key in look.columns if key in known]
    return (CHECKS, *(named or USUAL))
