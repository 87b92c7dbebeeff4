"""Turns the rows of a table into what they say of leads, without knowing which leads there are already."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from leaddesk.exchange.mapping import CUSTOM, SKIP
from leaddesk.exchange.tables import BadRow, Layout, rows
from leaddesk.exchange.values import Style, clean, is_exact, is_nothing, read_values
from leaddesk.qualify.fields import FIELD, Home
from leaddesk.qualify.state import FactValue

_REMEMBERED = 4096
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
    read = [(at, column.read) for at, column in enumerate(columns) if column.key != SKIP]
    for row in rows(layout):
        if isinstance(row, BadRow):
            yield row
            continue
        found = Incoming(row.line, row.cells)
        cells = row.cells
        for at, put in read:
            text = cells[at]
            if text:
                put(found, text)
        yield found


class _Column:
    """One column with what it read before: sources, owners and days come again and again."""

    def __init__(self, name: str, key: str, style: Style) -> None:
        self.key = key
        self._name = name
        self._style = style
        self._known: dict[str, list[FactValue] | None] = {}
        self._put: Callable[[Incoming, FactValue], None] = self._fact
        self._of_company = False
        if key in FIELD:
            home = FIELD[key].home
            self._of_company = home is Home.ACCOUNT and key != "company"
            self._put = {Home.CONTACT_POINT: self._point, Home.TAG: self._tag, Home.NOTE: self._note}.get(
                home, self._fact
            )

    def read(self, found: Incoming, text: str) -> None:
        """Puts what a cell says where it belongs; what it does not say as its field asks stays a custom value."""
        if self.key == CUSTOM:
            self._keep(found, text)
            return
        values = self._values(text)
        if values is None:
            found.unread.append(self._name)
            self._keep(found, text)
            return
        if values and self._of_company:
            found.of_company.setdefault(self.key, (self._name, text))
        for value in values:
            self._put(found, value)
        if values and not is_exact(self.key, text):
            self._keep(found, text)

    def _values(self, text: str) -> list[FactValue] | None:
        try:
            return self._known[text]
        except KeyError:
            pass
        try:
            values: list[FactValue] | None = read_values(self.key, text, self._style)
        except (ValueError, OverflowError):
            values = None
        if len(self._known) >= _REMEMBERED:
            self._known.clear()
        self._known[text] = values
        return values

    def _keep(self, found: Incoming, text: str) -> None:
        text = clean(text)
        if not is_nothing(text):
            found.custom[self._name] = text

    def _fact(self, found: Incoming, value: FactValue) -> None:
        found.facts.setdefault(self.key, value)

    def _point(self, found: Incoming, value: FactValue) -> None:
        text = str(value)
        if text not in found.seen:
            taken = any(kind == self.key for kind, _ in found.points)
            found.seen.add(text)
            found.points.append((_BESIDE.get(self.key, self.key) if taken else self.key, text))

    def _tag(self, found: Incoming, value: FactValue) -> None:
        tag = str(value)
        if ("tag", tag) not in found.seen:
            found.seen.add(("tag", tag))
            found.tags.append(tag)

    def _note(self, found: Incoming, value: FactValue) -> None:
        found.notes.append(str(value))
