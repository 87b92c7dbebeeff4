"""Turns the rows of a table into what they say of leads, without knowing which leads there are already."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from leaddesk.exchange.mapping import CUSTOM, SKIP
from leaddesk.exchange.plain import Plain, plain_reader, text_as_it_is
from leaddesk.exchange.tables import BadRow, Layout, Row, rows
from leaddesk.exchange.values import Style, clean, is_exact, is_nothing, read_values
from leaddesk.qualify.fields import FIELD, Home
from leaddesk.qualify.state import FactValue

# Cells a column remembers, and how often one has to come again, on average, to be worth it.
_REMEMBERED = 4096
_OFTEN = 2
_BESIDE = {"phone": "other_phone", "mobile": "other_phone", "email": "other_email"}


@dataclass(slots=True)
class Incoming:
    """What one row says of a lead. `points`: (kind, value) of phones, mails, handles; `custom`: by column.

    `unread`: columns whose text was not what their field asks for; it is kept among `custom`. `of_company`: by field,
    the column and the text of what is said of the company, which other leads may share and contradict.
    """

    line: int
    cells: Sequence[str]
    facts: dict[str, FactValue] = field(default_factory=dict)
    points: list[tuple[str, str]] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    custom: dict[str, str] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)
    seen: set[str | tuple[str, str]] = field(default_factory=set)  # points and tags: a cell may hold thousands
    of_company: dict[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def is_blank(self) -> bool:
        """Whether the row says nothing at all."""
        return not (self.facts or self.points or self.tags or self.notes or self.custom)

    @property
    def is_named(self) -> bool:
        """Whether there is anything to show the lead by: a name, a company, an id, an address or a number."""
        return bool(self.points) or any(self.facts.get(key) for key in _NAMING)

    @property
    def external_id(self) -> str:
        """What the other program knows the lead by, or nothing."""
        return str(self.facts.get("external_id", ""))

    def keep_of_company(self, key: str) -> None:
        """Keeps what was said of the company as a custom value of the lead alone."""
        name, text = self.of_company[key]
        self.custom[name] = clean(text)


_NAMING = ("name", "given_name", "family_name", "company", "external_id")


def incoming(layout: Layout, fields: Sequence[str], styles: Sequence[Style]) -> Iterator[Incoming | BadRow]:
    """What each row of a table says, in order. `fields` and `styles`: one for each column."""
    columns = [_Column(name, key, style) for name, key, style in zip(layout.columns, fields, styles, strict=True)]
    # What reads most cells, taken apart: it runs once a cell.
    read = [
        (at, column.place, column.key, column.name, column.known.get, column.plain, column)
        for at, column in enumerate(columns)
        if column.key != SKIP
    ]
    for row in rows(layout):
        yield row if isinstance(row, BadRow) else _said(row, read)


def _said(row: Row, columns: Sequence[_Apart]) -> Incoming:
    facts: dict[str, FactValue] = {}
    custom: dict[str, str] = {}
    cells = row.cells
    found = Incoming(row.line, cells, facts, [], [], [], custom, [], set(), {})
    for at, place, key, name, known, plain, column in columns:
        text = cells[at]
        if not text:
            continue
        value = known(text)
        if value is None:
            value = plain(text)
            if value is None:
                column.read(found, text)
                continue
            if column.remembers:
                column.remember(text, value, row.line)
        if place is _Place.FACT:
            if key not in facts:
                facts[key] = value
        elif place is _Place.CUSTOM:
            custom[name] = value  # type: ignore[assignment]  # such a column reads texts only
        else:
            column.put(found, text, value)
    return found


class _Place(enum.Enum):
    """Where a value goes: to the facts of the lead, to its custom values, or where it takes more than that."""

    FACT = 1
    CUSTOM = 2
    OTHER = 3


class _Column:
    """One column with what it read before: sources, owners and days come again and again."""

    def __init__(self, name: str, key: str, style: Style) -> None:
        self.name = name
        self.key = key
        #: The one value of a cell, by its text, where that is all there is to it.
        self.known: dict[str, FactValue] = {}
        self._style = style
        self._values: dict[str, list[FactValue] | None] = {}
        #: Gives the one value of a cell that is plain to see; None where that takes a closer look.
        self.plain = plain_reader(key) if key in FIELD else text_as_it_is
        self.remembers = True
        self._since = 0  # the line it remembers from
        home = FIELD[key].home if key in FIELD else None
        self._of_company = home is Home.ACCOUNT and key != "company"
        self._put = self._fact
        if home is not None:
            puts = {Home.CONTACT_POINT: self._point, Home.TAG: self._tag, Home.NOTE: self._note}
            self._put = puts.get(home, self._fact)
        self.place = _Place.OTHER
        if home is None:
            self.place = _Place.CUSTOM
        elif self._put == self._fact and not self._of_company:
            self.place = _Place.FACT

    def put(self, found: Incoming, text: str, value: FactValue) -> None:
        """Puts the one value of a cell where it belongs."""
        if self._of_company:
            found.of_company.setdefault(self.key, (self.name, text))
        self._put(found, value)

    def read(self, found: Incoming, text: str) -> None:
        """Puts what a cell says where it belongs; what it does not say as its field asks stays a custom value."""
        if self.key == CUSTOM:
            self._keep(found, text)
            return
        values = self._read(text)
        if values is None:
            found.unread.append(self.name)
            self._keep(found, text)
            return
        exact = not values or is_exact(self.key, text)
        if exact and len(values) == 1 and self.remembers:
            self.remember(text, values[0], found.line)
        for value in values:
            self.put(found, text, value)
        if not exact:
            self._keep(found, text)

    def remember(self, text: str, value: FactValue, line: int) -> None:
        """Keeps the one value of a cell, for when the same text comes again."""
        known = self.known
        if len(known) >= _REMEMBERED:
            known.clear()
            # Of a column in which nearly every cell says something else nothing is worth remembering.
            self.remembers = line - self._since > _OFTEN * _REMEMBERED
            self._since = line
        known[text] = value

    def _read(self, text: str) -> list[FactValue] | None:
        try:
            return self._values[text]
        except KeyError:
            pass
        try:
            values: list[FactValue] | None = read_values(self.key, text, self._style)
        except (ValueError, OverflowError):
            values = None
        if len(self._values) >= _REMEMBERED:
            self._values.clear()
        self._values[text] = values
        return values

    def _keep(self, found: Incoming, text: str) -> None:
        text = clean(text)
        if not is_nothing(text):
            found.custom[self.name] = text

    def _fact(self, found: Incoming, value: FactValue) -> None:
        found.facts.setdefault(self.key, value)

    def _point(self, found: Incoming, value: FactValue) -> None:
        text = str(value)
        if text not in found.seen:
            taken = found.points and any(kind == self.key for kind, _ in found.points)
            found.seen.add(text)
            found.points.append((_BESIDE.get(self.key, self.key) if taken else self.key, text))

    def _tag(self, found: Incoming, value: FactValue) -> None:
        tag = str(value)
        if ("tag", tag) not in found.seen:
            found.seen.add(("tag", tag))
            found.tags.append(tag)

    def _note(self, found: Incoming, value: FactValue) -> None:
        found.notes.append(str(value))


# The place of a column among the cells, and what reading most of its cells takes.
_Apart: TypeAlias = tuple[int, _Place, str, str, Callable[[str], FactValue | None], Plain, _Column]
