"""A look at a card: nothing of it is cut short, and points stand apart from what they are for."""

from __future__ import annotations

from leaddesk.ui.text import Text
from tests.drivers import WindowDriver
from tests.ui.board.hands import Board


def test_no_line_of_a_look_is_cut_while_it_follows_the_keyboard(sample_window: WindowDriver) -> None:
    board = Board(sample_window)
    sample_window.press("Right", "Home", "Space")
    peek = board.room.peek
    seen = set()
    for _ in range(4):
        title = peek.accessibleName()
        labels = [label for label in peek.findChildren(Text) if label.isVisible()]
        assert all(label.height() >= label.heightForWidth(label.width()) for label in labels if label.wordWrap())
        seen.add(title)
        sample_window.press("Right")
        sample_window.wait_for(lambda: peek.lead == board.room.selected_lead() or not peek.isVisible())
    assert len(seen) > 1
