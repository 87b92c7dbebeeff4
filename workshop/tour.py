"""The README's tour, played off screen with sample leads: `python3 dev.py run` where there is no display.

Writes a picture of each stop and a line of what was done, and leaves the person's own files alone.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from leaddesk.db.reading import Reading
from leaddesk.db.reads.board import cards
from leaddesk.db.records import Card
from leaddesk.db.search import search
from leaddesk.qualify.terms import Instant
from workshop.hand import Hand, at_work, demo


def stops(hand: Hand) -> Iterator[tuple[str, str]]:
    """Plays the tour; each stop is a name for its picture and a sentence of what was done."""
    hand.trigger("go.board")
    hand.rest(0.5)
    yield "board", "The board: score, up to, B A N T F, value, next step and days in stage on every card."
    yield from _call(hand)
    yield from _gate(hand)
    hand.press("Ctrl+K")
    hand.type("Anna")
    hand.rest(0.5)
    yield "find", "Ctrl+K and a few letters: any lead and any command."
    hand.press("Escape")
    hand.trigger("go.leads")
    hand.press("Down", "Down", "Down", "Down", "Down", "Down", "Down", "Down")
    hand.rest(0.5)
    yield "leads", "All leads in one table; the sheet on the right says where every point comes from."
    hand.trigger("go.board")
    hand.rest(0.5)
    yield "board-after", "Back on the board, everything is saved; Ctrl+Z takes back any of it, by name."


def _call(hand: Hand) -> Iterator[tuple[str, str]]:
    hand.press("F9")
    hand.rest(0.5)
    yield "call-before", "F9: the lead most worth a call now, its number, and what happened so far."
    hand.press("Return")
    hand.rest(0.5)
    yield "call", "Enter: the call runs, and the question that matters most is on screen."
    hand.press("1", "Return", "1", "Return", "2", "Tab")
    hand.press("Tab")
    hand.type("We lose a day a week to manual forms.")
    hand.rest(1)
    yield "call-answered", "Digits answer, Tab goes to the note: score, gate and next question change with every key."
    hand.press("F10")
    hand.rest(0.5)
    hand.press("1")
    hand.rest(0.5)
    yield "call-ending", "F10: outcome, next step and stage, each with a digit."
    hand.type("Send the comparison")
    hand.press("Tab")
    hand.type("+3d")
    hand.press("Return")
    hand.rest(1)
    yield "call-done", "Saved; the next lead is waiting."


def _gate(hand: Hand) -> Iterator[tuple[str, str]]:
    desk = hand.program.desk
    anna = desk.get(_named, "Anna Kowalska", desk.now())
    hand.trigger("go.board")
    hand.rest(0.5)
    hand.trigger("lead.move_to", lead=anna.id, to="sql")
    hand.rest(0.8)
    hand.window.toast.hide()  # of the call before
    yield "gate", f"{anna.title} dropped on SQL: the gate asks for what is still missing, and takes it right there."
    hand.press("Escape")


def _named(reading: Reading, name: str, now: Instant) -> Card:
    """The lead a search for a name finds first."""
    return cards(reading, list(search(reading, name, 1)), now)[0]


def main() -> int:
    """Play it; pictures and `tour.txt` go into a folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--into", type=Path, required=True)
    parser.add_argument("--language", default="en", choices=("en", "zh_CN"))
    parser.add_argument("--theme", default="light", choices=("light", "dark"))
    wanted = parser.parse_args()
    said = []
    with tempfile.TemporaryDirectory() as folder:
        os.environ["LEADDESK_HOME"] = folder
        database = demo(Path(folder) / "tour.leaddesk")
        with at_work(database, wanted.language, wanted.theme) as hand:
            for number, (name, sentence) in enumerate(stops(hand), start=1):
                picture = wanted.into / f"{number:02}-{name}.png"
                hand.save_picture(picture)
                said.append(f"{number}. {sentence}\n   {picture}")
                print(said[-1], flush=True)
    (wanted.into / "tour.txt").write_text("\n".join(said) + "\n", encoding="utf-8")
    print("To open a window, run this on a machine with a display. The command line works everywhere: leaddesk --help")
    return 0


if __name__ == "__main__":
    sys.exit(main())
