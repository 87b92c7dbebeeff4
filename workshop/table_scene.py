"""Pictures of the table of leads at work."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from leaddesk.operations.fields import add_field
from leaddesk.ui.leads.room import LeadsRoom
from workshop.hand import Hand

#: So many leads are shown chosen, but not changed: nobody waits for that while pictures are drawn.
_MANY = 10_000


def table(hand: Hand, _: Path) -> Iterator[str]:
    """Chosen columns, cells being changed, many leads at once, fields of one's own, the sheet with them."""
    hand.program.desk.do(add_field, "Renewal", "date")
    hand.program.desk.do(add_field, "Colour", "choice", ["Green", "Blue"])
    hand.program.desk.do(add_field, "Annual spend", "money")
    hand.trigger("go.leads")
    room = hand.window.room_widget("leads")
    assert isinstance(room, LeadsRoom)
    hand.press("Down", "Down")
    hand.rest(0.5)
    hand.trigger("table.columns")
    yield "table-columns"
    hand.press("Escape")
    room.table.show_columns(
        ("name", "city", "size", "known", "score", "part.fit", "grade", "expected_on", "value", "last_call", "owner")
    )
    hand.rest(0.5)
    hand.press("Right")
    yield "table-chosen"
    hand.press("F2")
    yield "table-cell"
    hand.press("Escape", *["Right"] * 7, "F2")
    hand.type("much")
    hand.press("Return")
    yield "table-cell-wrong"
    hand.press("Escape", "Ctrl+A")
    hand.rest(0.5)
    yield "table-all"
    hand.press("Shift+F2")
    panel = room.many.panel
    if panel is not None:
        panel.add_field("owner")
        hand.type("Eve Lind")
        panel.add_field("custom.Renewal")
        hand.type("next friday")
    hand.rest(0.3)
    yield "table-many"
    if panel is not None:
        panel.stage.setCurrentIndex(panel.stage.findData("sql"))
        panel.stage.picked.emit("sql")
    if room.table.chosen_count() < _MANY:
        hand.press("Return")
        hand.rest(2)
        yield "table-stayed"
    hand.press("Escape", "Escape")
    hand.trigger("fields.edit")
    yield "table-fields"
    hand.press("Escape", "Ctrl+Shift+O")
    yield "table-event"
    hand.press("Escape")
    room.sheet.story.stand_on(room.sheet.story.rows[0])
    hand.rest(0.3)
    yield "table-story"
    room.sheet.facts.stand_on(room.sheet.facts.rows[-1])
    hand.press("F2")
    yield "table-facts"
