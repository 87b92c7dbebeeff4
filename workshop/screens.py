"""`python3 dev.py screens`: draws every room and state, both themes, both languages, from sample leads."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from workshop.hand import Hand, at_work, demo

CSV = """Lead ID,Name,Company,Phone,Email,Lead Source,Annual spend,Favourite colour
L-1,Anna Nowak,Baltic Timber,+48 22 555 01 42,anna@example.com,Trade fair,€12k,green
L-2,王小明,江南仪器有限公司,021-5555 0142,wang@example.com,展会,¥12万,
L-3,<img src=x>,=1+1,n/a,not a mail,Webinar,,blue
,,,,,,,
L-4,Jonas,"Fjord Optics
L-5,Eva Lind,Sund AB,+46 8 5550 0142,eva@example.com,Referral,400,red
"""

Scene = Callable[[Hand, Path], Iterator[str]]


def first_day(hand: Hand, folder: Path) -> Iterator[str]:
    """The welcome, an import, an empty board."""
    yield "welcome"
    hand.trigger("go.board")
    yield "board-nobody"
    hand.trigger("go.leads")
    yield "leads-nobody"
    hand.trigger("call.next")
    yield "call-nobody"
    hand.trigger("file.import")
    yield "import-choose"
    source = folder / "fair.csv"
    source.write_text(CSV, encoding="utf-8")
    hand.trigger("file.import", path=source)
    hand.rest(1)
    yield "import-preview"
    hand.press("Ctrl+Return")
    hand.rest(1.5)
    yield "import-report"


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


def leads(hand: Hand, _: Path) -> Iterator[str]:
    """The table, the sheet, the form."""
    hand.trigger("go.leads")
    hand.press("Down", "Down", "Down")
    hand.rest(0.5)
    yield "leads"
    hand.trigger("lead.new")
    yield "lead-new"
    hand.press("Escape")
    hand.trigger("lead.edit")
    yield "lead-edit"
    hand.press("Escape")
    hand.trigger("lead.find")
    hand.type("zzz")
    hand.rest(0.5)
    yield "leads-none-found"
    hand.press("Escape", "Escape")


def call(hand: Hand, _: Path) -> Iterator[str]:
    """Before, every kind of question, the checklist, the end."""
    hand.trigger("call.next")
    hand.rest(0.5)
    yield "call-before"
    hand.press("Return")
    hand.rest(0.5)
    yield "call-question"
    hand.press("2")
    yield "call-answered"
    for key, name in (("B", "money"), ("N", "need"), ("T", "timeframe"), ("F", "fit")):
        hand.press(key)
        yield f"call-{name}"
    hand.press("Ctrl+J")
    yield "call-jump"
    hand.press("Escape", "F6")
    hand.rest(0.5)
    yield "call-checklist"
    hand.press("F6", "F10")
    hand.rest(0.5)
    yield "call-ending"
    hand.press("Escape")


def settings(hand: Hand, _: Path) -> Iterator[str]:
    """The settings."""
    hand.trigger("settings")
    yield "settings"


def main() -> int:
    """Draw all, or what `--only` names."""
    parser = argparse.ArgumentParser(prog="dev.py screens", description=__doc__)
    parser.add_argument("--into", type=Path, required=True)
    parser.add_argument("--only", default="", help="draw just the pictures whose name holds this")
    parser.add_argument("--size", default="1440x900")
    wanted = parser.parse_args()
    width, height = (int(part) for part in wanted.size.split("x"))
    drawn = 0
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        os.environ["LEADDESK_HOME"] = str(folder / "home")
        samples = demo(folder / "samples.leaddesk")
        for language in ("en", "zh_CN"):
            for theme in ("light", "dark"):
                place = wanted.into / f"{language}-{theme}"
                for scene in (first_day, board, leads, call, settings):
                    database = folder / f"{scene.__name__}-{language}-{theme}.leaddesk"
                    if scene is not first_day:
                        shutil.copyfile(samples, database)
                    with at_work(database, language, theme, (width, height)) as hand:
                        for name in scene(hand, folder):
                            if wanted.only in name:
                                hand.save_picture(place / f"{name}.png")
                                drawn += 1
    print(f"{drawn} pictures in {wanted.into}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
