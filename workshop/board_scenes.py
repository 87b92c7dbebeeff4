"""Pictures of the board at work: cards, gates, swimlanes, densities, what is stuck or nobody's."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from leaddesk.db.reads.filters import Order
from leaddesk.qualify.filtering.tree import Is
from leaddesk.qualify.terms import StageKind
from leaddesk.ui.board.room import BoardRoom
from workshop.hand import Hand


def board(hand: Hand, _: Path) -> Iterator[str]:
    """Cards, gate, reasons, menus, toast."""
    hand.trigger("go.board")
    yield "board"
    hand.press("Right", "Ctrl+Right")
    hand.rest(0.5)
    yield "board-gate"
    hand.press("Escape", "Ctrl+M")
    yield "board-move-menu"
    hand.press("Escape")
    card = hand.program.commands.selected_lead()
    hand.trigger("lead.move_to", lead=card, to="lost")
    hand.rest(0.5)
    yield "board-lost"
    hand.press("1", "Return")
    hand.rest(0.5)
    yield "board-toast"
    hand.trigger("edit.undo")
    hand.press("Ctrl+K")
    hand.type("an")
    hand.rest(0.5)
    yield "palette"
    hand.press("Escape", "Ctrl+/")
    yield "shortcuts"
    hand.press("Escape")
    hand.trigger("help.guide")
    yield "guide"
    hand.press("Escape")


def gate(hand: Hand, _: Path) -> Iterator[str]:
    """A gate through several stages, a sum typed in it, a reason with a day, folded and unfolded columns."""
    hand.trigger("go.board")
    lead = hand.program.commands.selected_lead()
    hand.trigger("lead.move_to", lead=lead, to="proposal")
    hand.rest(0.5)
    yield "gate-far"
    hand.press("A")
    yield "gate-anyway"
    hand.press("Escape")
    hand.trigger("lead.move_to", lead=lead, to="parked")
    hand.rest(0.5)
    yield "gate-parked"
    hand.press("Escape", "W", "Right", "W")
    yield "board-folded"
    hand.press("W", *["Right"] * 7, "W")
    yield "board-unfolded"


def looks(hand: Hand, _: Path) -> Iterator[str]:
    """A look at a card, several selected and held by a gate, all densities, swimlanes, everything folded or over."""
    hand.trigger("go.board")
    hand.press("Right", "Home", "Space")
    hand.rest(0.3)
    yield "board-peek"
    hand.press("Space", "Shift+Down", "Shift+Down", "Right", "Ctrl+Space")
    yield "board-several"
    hand.trigger("lead.move_to", lead=hand.program.commands.selected_lead(), to="proposal")
    hand.rest(0.5)
    yield "board-several-gate"
    hand.press("Escape", "Escape", "D")
    yield "board-three-lines"
    hand.press("D")
    yield "board-dense"
    hand.press("G")
    hand.rest(0.5)
    yield "board-dense-owners"
    hand.press("D", "G", "G")
    hand.rest(0.5)
    yield "board-bands"
    hand.press("Ctrl+G", "Down", "Space")
    hand.rest(0.5)
    yield "board-bands-folded"
    hand.press("Space", "G")
    for stage in hand.program.desk.playbook.open_stages:
        room = hand.window.room_widget("board")
        if isinstance(room, BoardRoom) and room.lanes.lanes[stage.key].wide:
            room.lanes.fold(stage.key, True)
    hand.rest(0.3)
    yield "board-all-folded"


def lanes(hand: Hand, _: Path) -> Iterator[str]:
    """Swimlanes by owner, source and band in every density; the menu they are chosen from."""
    hand.trigger("go.board")
    hand.press("Right")
    for grouping in ("owner", "source", "band"):
        hand.press("G")
        for density in ("roomy", "three-lines", "dense"):
            hand.rest(0.3)
            yield f"lanes-{grouping}-{density}"
            hand.press("D")
    room = _room(hand)
    room.look.showMenu()
    yield "lanes-menu"
    hand.press("Escape")


def stuck(hand: Hand, _: Path) -> Iterator[str]:
    """What waited too long first, what is parked, nurtured, won and lost, the pool of leads that are nobody's."""
    hand.trigger("go.board")
    room = _room(hand)
    room.filters.ordered.chosen.emit(Order.STAGE_SINCE)
    hand.rest(0.5)
    yield "stuck-rot"
    hand.press("Right", "Space")
    hand.rest(0.3)
    yield "stuck-peek"
    hand.press("Space")
    closed = {stage.key for stage in hand.program.desk.playbook.stages if stage.kind is not StageKind.OPEN}
    for stage in room.lanes.lanes:
        room.lanes.fold(stage, stage not in closed)
    hand.rest(0.5)
    yield "stuck-closed"
    for stage in room.lanes.lanes:
        room.lanes.fold(stage, stage in closed)
    room.filters.show_where(Is("owner", ("",)))
    hand.rest(0.5)
    yield "stuck-pool"
    hand.press("Home", "Ctrl+Shift+K")
    hand.rest(0.7)
    yield "stuck-claimed"


def _room(hand: Hand) -> BoardRoom:
    room = hand.window.room_widget("board")
    assert isinstance(room, BoardRoom)
    return room


BOARD_SCENES = (board, gate, looks, lanes, stuck)
