"""The scripts room by keys: to a question, and until an edit was looked at."""

from __future__ import annotations

from leaddesk.ui.scripts.room import ScriptsRoom
from tests.drivers import WindowDriver

NOW = 1_800_000_000_000


def enter(driver: WindowDriver) -> ScriptsRoom:
    """Go to the room and wait until its draft is there and checked."""
    driver.press("Ctrl+4")
    page = driver.page
    assert isinstance(page, ScriptsRoom)
    driver.wait_for(lambda: page.sitting.is_ready and not page.sitting.checking)
    return page


def checked(driver: WindowDriver, room: ScriptsRoom) -> None:
    """Wait until the newest edit was looked at."""
    driver.wait_for(lambda: not room.sitting.checking)


def choose(driver: WindowDriver, room: ScriptsRoom, key: str) -> None:
    """Walk to a question in the outline by keys."""
    outline = room.columns.left.outline
    outline.setFocus()
    driver.press("Home")
    for _ in range(80):
        if outline.spot.key == key and outline.spot.kind in ("question", "spare"):
            return
        driver.press("Down")
    raise AssertionError(key)


def reword(driver: WindowDriver, room: ScriptsRoom, text: str = "Who signs?") -> None:
    """Another wording of one question."""
    choose(driver, room, "approver")
    driver.press("Return", "Ctrl+A")
    driver.type(text)
    driver.press("Tab")
    checked(driver, room)
