"""`python3 dev.py screens`: draws every room and state, both themes, both languages, from sample leads."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path

from leaddesk.db.reads.board import cards
from leaddesk.db.reads.filters import Filters, Sort
from leaddesk.db.reads.leads import list_order
from leaddesk.operations.leads import add_lead
from leaddesk.qualify.filtering.tree import Is
from leaddesk.resources import text_of
from leaddesk.ui.scripts.room import ScriptsRoom
from leaddesk.ui.settings.room import SettingsRoom
from workshop.board_scenes import BOARD_SCENES
from workshop.call_scenes import CALL_SCENES
from workshop.hand import Hand, at_work, demo, likeness
from workshop.table_scene import table

CSV = """Lead ID,Name,Company,Phone,Email,Lead Source,Annual spend,Favourite colour
L-1,Anna Nowak,Baltic Timber,+48 22 555 01 42,anna@example.com,Trade fair,€12k,green
L-2,王小明,江南仪器有限公司,021-5555 0142,wang@example.com,展会,¥12万,
L-3,<img src=x>,=1+1,n/a,not a mail,Webinar,,blue
,,,,,,,
L-4,Jonas,"Fjord Optics
L-5,Eva Lind,Sund AB,+46 8 5550 0142,eva@example.com,Referral,400,red
"""

STRANGERS: tuple[dict[str, str], ...] = (
    {
        "name": "María de los Ángeles Valentina Castellano-Navarro y de la Fuente",
        "company": "Donaudampfschifffahrt" * 3,
    },
    {"name": "<b>Bold & <img src=x></b>", "company": "<i>=1+1</i>", "title": "<u>Head</u>", "phone": "+1 202 555 0142"},
    {"name": "Null\u200b\u202eesrever", "company": "العربية للتجارة", "title": "مدير المشتريات"},
    {"name": "南宫·买买提·阿卜杜热合曼·赛义德", "company": "内蒙古自治区呼和浩特市新城区进出口贸易股份有限公司"},
    {"phone": "021-5555 0142"},
)

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


def filters(hand: Hand, _: Path) -> Iterator[str]:
    """The chooser of conditions, chips, views, nobody found, a condition whose stage is gone."""
    chinese = hand.program.desk.language == "zh_CN"
    hand.trigger("go.leads")
    hand.press("Ctrl+Shift+F")
    yield "filter-chooser"
    hand.type("权力" if chinese else "authority")
    hand.rest(0.5)
    yield "filter-authority"
    hand.press("Return")
    yield "filter-values"
    hand.press("1", "Ctrl+Shift+F")
    hand.type("评分40" if chinese else "score 40")
    hand.press("Return", "Ctrl+Shift+B", "O")
    hand.type("逾期" if chinese else "overdue")
    hand.rest(0.5)
    yield "filter-alternative"
    hand.press("Return")
    hand.trigger("filter.save")
    hand.type("值得打电话" if chinese else "Worth a call")
    yield "filter-save"
    hand.press("Return")
    hand.rest(0.5)
    yield "filter-view"
    hand.trigger("go.board")
    hand.press("Ctrl+Shift+V")
    yield "filter-views"
    hand.press("1")
    hand.rest(0.5)
    yield "filter-board"
    hand.press("Ctrl+Shift+F")
    hand.type("城市 没有这样的城市" if chinese else "city Nowhere")
    hand.press("Return")
    hand.rest(0.5)
    yield "filter-none"
    bar = hand.window.room_widget("board").filter_bar()  # type: ignore[union-attr]
    bar.show_where(Is("stage", ("demo", "new")))  # type: ignore[union-attr]
    hand.rest(0.5)
    yield "filter-gone"


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
    hand.press("F6", "F8")
    yield "call-other-language"
    hand.press("F8", "Ctrl+P")
    hand.type("Marek Zieliński")
    hand.press("Tab", "Tab", "1", "Tab", "3")
    yield "call-person"
    hand.press("Return", "Ctrl+J")
    hand.type("拍板")
    hand.press("Return", "1", "Ctrl+Shift+P", "4")
    hand.rest(0.5)
    yield "call-disagreement"
    hand.press("T", "1")
    hand.rest(0.5)
    yield "call-remarks"
    hand.press("Ctrl+J")
    hand.type("拍板")
    hand.press("Return", "Tab")
    hand.type("预算30万，财务总监批，十月上线")
    hand.rest(0.5)
    yield "call-offers"
    hand.press("F10")
    hand.rest(0.5)
    yield "call-ending"
    hand.press("Escape")


def sheet(hand: Hand, _: Path) -> Iterator[str]:
    """Several leads chosen, the sheet down to its foot, all fields of the form, a trouble in it."""
    hand.trigger("go.leads")
    hand.press("Down", "Shift+Down", "Shift+Down")
    hand.rest(0.5)
    yield "leads-several"
    hand.press(*["Down"] * 9, "Return")
    hand.rest(0.5)
    bar = hand.scroll_bar_of_focus()
    yield "sheet"
    for part, name in ((0.5, "sheet-middle"), (1.0, "sheet-foot")):
        bar.setValue(round(bar.maximum() * part))
        yield name
    hand.trigger("lead.note")
    hand.type("Asks for references from the timber trade")
    yield "sheet-note"
    hand.trigger("lead.new")
    hand.type("Anna")
    hand.press(*["Tab"] * 8)
    hand.type("a lot")
    hand.press("Tab")
    yield "lead-trouble"


def kinds(hand: Hand, _: Path) -> Iterator[str]:
    """Questions of every kind, answers told earlier, a note, an answer that cannot be read, people, the end."""
    hand.trigger("call.next")
    hand.rest(0.5)
    hand.press("Return")
    hand.rest(0.5)
    for question in hand.program.desk.playbook.questions:
        if question.key in ("people", "budget_sum", "size", "go_live", "hoped", "preparer", "unsolved", "culture"):
            hand.trigger("call.start", lead=hand.program.commands.selected_lead(), question=question.key)
            hand.rest(0.4)
            yield f"kind-{question.key}"
            if question.kind == "several":
                hand.press("1", "3", "5")
                yield "kind-several-chosen"
    hand.trigger("call.start", lead=hand.program.commands.selected_lead(), question="budget_sum")
    hand.press("Tab")
    hand.type("much")
    hand.press("Return")
    yield "kind-unreadable"
    hand.press("Escape", "Tab", "Tab")
    hand.type("We lose a day a week to customs forms 每周损失一天")
    yield "kind-note"
    hand.press("Escape", "F5")
    hand.rest(0.5)
    yield "objection"
    hand.press("1")
    hand.rest(0.5)
    yield "objection-chosen"
    hand.press("Escape", "Escape", "F10")
    hand.rest(0.5)
    hand.press("1")
    yield "ending-reached"
    hand.press("Tab", "Tab", "Tab", "Tab")
    yield "ending-stage"
    hand.press("1", "Return")
    hand.rest(0.7)
    yield "call-afterwards"
    hand.trigger("call.recap")
    hand.rest(0.5)
    yield "recap"
    hand.press("Escape")
    hand.trigger("call.log", lead=hand.program.commands.selected_lead())
    hand.rest(0.5)
    yield "call-log"


def strangers(hand: Hand, _: Path) -> Iterator[str]:
    """Names that are too long, markup, other scripts, nothing but a phone number."""
    for facts in STRANGERS:
        hand.program.desk.do(add_lead, facts)
    hand.rest(0.5)
    hand.trigger("go.board")
    hand.press("Left", "W", "End")
    yield "strangers-board"
    stranger = hand.program.desk.get(list_order, Filters(search="Donaudampf"), Sort.URGENCY, hand.program.desk.now())[0]
    hand.trigger("lead.open", lead=hand.program.desk.get(cards, [stranger], hand.program.desk.now())[0].id)
    hand.rest(0.5)
    yield "strangers-leads"
    hand.trigger("call.start", lead=hand.program.commands.selected_lead())
    hand.rest(0.5)
    yield "strangers-before"
    hand.press("Return")
    hand.rest(0.5)
    yield "strangers-call"


def broken(hand: Hand, folder: Path) -> Iterator[str]:
    """The settings with a playbook that was refused; the dialogs."""
    hand.trigger("settings")
    room = hand.window.room_widget("settings")
    text = text_of("playbooks", "simple.toml")
    for right, wrong in (('kind = "open"', 'kind = "ajar"'), ("points = 4", "points = 4.25"), ('is = "', 'is = "x')):
        text = text.replace(right, wrong)
    if isinstance(room, SettingsRoom):
        room.playbook.adopt(text)
    hand.rest(0.5)
    yield "settings-broken"
    hand.trigger("help.about")
    yield "about"
    hand.press("Escape")
    crash = hand.window.tell_crash()
    yield "crash"
    crash.close()
    (folder / "nobody.txt").write_text("no database", encoding="utf-8")
    hand.program.open(folder / "nobody.txt")
    hand.rest(0.5)
    yield "cannot-open"
    hand.press("Escape")


def scripts(hand: Hand, _: Path) -> Iterator[str]:
    """A question of a script, a problem at its field, what a draft would change, a branch, a try as a call."""
    hand.trigger("go.scripts")
    hand.rest(1)
    hand.press(*["Down"] * 6)
    yield "scripts"
    hand.press("Return", "Ctrl+A", "Del")
    hand.rest(0.5)
    yield "scripts-problem"
    hand.press("Ctrl+Z")
    hand.type("Who signs in the end? 最后谁签字？")
    hand.rest(2)
    yield "scripts-draft"
    hand.trigger("scripts.try")
    hand.press("2")
    hand.rest(0.5)
    yield "scripts-try"
    hand.press("Escape")
    hand.trigger("go.scripts")
    hand.press("Down", "Down")
    room = hand.window.room_widget("scripts")
    if isinstance(room, ScriptsRoom):
        room.ask_when()
        hand.rest(0.5)
        yield "scripts-when"
        hand.press("Escape")
        room.carrying.ask_version()
        hand.rest(0.5)
        yield "scripts-versions"
        hand.press("Escape", "Home")
        hand.rest(0.5)
        yield "scripts-about"


def settings(hand: Hand, _: Path) -> Iterator[str]:
    """The settings."""
    hand.trigger("settings")
    yield "settings"


SCENES: tuple[Scene, ...] = (
    first_day,
    *BOARD_SCENES,
    filters,
    leads,
    sheet,
    call,
    kinds,
    strangers,
    scripts,
    settings,
    broken,
    *CALL_SCENES,
    table,
)


def main() -> int:
    """Draw all, or what `--only` names."""
    parser = argparse.ArgumentParser(prog="dev.py screens", description=__doc__)
    parser.add_argument("--into", type=Path, required=True)
    parser.add_argument("--only", default="", help="draw just the pictures whose name holds this")
    parser.add_argument("--scene", default="", help="play just these scenes, with commas between them")
    parser.add_argument("--language", default="en,zh_CN")
    parser.add_argument("--theme", default="light,dark")
    parser.add_argument("--leads", type=int, default=120, help="how many sample leads")
    parser.add_argument("--database", type=Path, help="play on one copy of this database, all scenes after each other")
    parser.add_argument("--size", default="1440x900")
    wanted = parser.parse_args()
    drawn = 0
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        os.environ["LEADDESK_HOME"] = str(folder / "home")
        source = folder / "samples.leaddesk"
        if wanted.database is not None:
            likeness(wanted.database, source)
        else:
            demo(source, wanted.leads)
        for picture in _pictures(wanted, source, folder):
            drawn += wanted.only in picture
    print(f"{drawn} pictures in {wanted.into}")
    return 0


def _pictures(wanted: argparse.Namespace, source: Path, folder: Path) -> Iterator[str]:
    """Play the scenes wanted; each on a copy of its own, unless the database is one that was named."""
    width, height = (int(part) for part in wanted.size.split("x"))
    played = [scene for scene in SCENES if not wanted.scene or scene.__name__ in wanted.scene.split(",")]
    for language, theme, scene in product(wanted.language.split(","), wanted.theme.split(","), played):
        name = f"{scene.__name__}-{language}-{theme}"
        os.environ["LEADDESK_HOME"] = str(folder / name)  # what one scene sets by hand is not the next one's
        database = folder / f"{name}.leaddesk"
        if scene is not first_day:
            database = source if wanted.database is not None else Path(shutil.copyfile(source, database))
        with at_work(database, language, theme, (width, height), quiet=wanted.database is not None) as hand:
            for picture in scene(hand, folder):
                if wanted.only in picture:
                    hand.save_picture(wanted.into / f"{language}-{theme}" / f"{picture}.png")
                yield picture


if __name__ == "__main__":
    sys.exit(main())
