"""A file with anything in it is shown with its problems, and edited, without a stumble."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from pytestqt.qtbot import QtBot

from leaddesk.exchange import playbook_scripts as scripts
from leaddesk.exchange.playbook_draft import Draft, draft_of
from leaddesk.exchange.playbook_places import Data
from leaddesk.resources import text_of
from leaddesk.ui.scripts.outline import Spot
from tests.drivers import running
from tests.ui.scripts.driver import enter

ODD: tuple[object, ...] = (
    5,
    -1.5,
    "",
    "words",
    True,
    [],
    [1, "a"],
    {},
    {"en": 5},
    {"en": ""},
    [{}],
    [{"key": "x"}],
    {"a": {}},
)


def places(value: object, path: tuple[object, ...] = ()) -> Iterator[tuple[object, ...]]:
    """Every place within the questions and scripts of a playbook."""
    if isinstance(value, dict):
        for key, one in value.items():
            yield (*path, key)
            yield from places(one, (*path, key))
    elif isinstance(value, list):
        for number, one in enumerate(value):
            yield (*path, number)
            yield from places(one, (*path, number))


def replaced(value: object, path: tuple[object, ...], odd: object) -> object:
    """A copy with something odd at a place."""
    if not path:
        return odd
    if isinstance(value, dict):
        return {key: replaced(one, path[1:], odd) if key == path[0] else one for key, one in value.items()}
    if isinstance(value, list):
        return [replaced(one, path[1:], odd) if number == path[0] else one for number, one in enumerate(value)]
    return value


def spoilt(seed: int) -> Draft:
    """A playbook with some odd values in it."""
    chance = random.Random(seed)
    data: Data = dict(scripts.written_out(draft_of(text_of("playbooks", "simple.toml"))).data)
    for _ in range(chance.randint(1, 6)):
        found = [path for path in places(data) if path[0] in ("questions", "scripts", "criteria", "name")]
        data = cast("Data", replaced(data, chance.choice(found), chance.choice(ODD)))
    return draft_of(text_of("playbooks", "simple.toml")).with_data(data)


def test_files_with_odd_values_are_shown_and_edited(qtbot: QtBot, tmp_path: Path) -> None:
    with running(qtbot, tmp_path / "leads.leaddesk") as driver:
        room = enter(driver)
        for seed in range(6):
            draft = spoilt(seed)
            room.sitting.edit("import", draft, "", file="odd.toml")
            for verb in ("add_question", "copy", "move_down", "take_out", "add_group", "copy_script"):
                room.ask(verb)
            for spot in [Spot("question", str(one.get("key"))) for one in room.sitting.draft.tables("questions")]:
                room._go(room.script, spot)
                for row in room.columns.question.answers.rows:
                    row.more.setChecked(True)
            for key in scripts.script_keys(room.sitting.draft):
                room.show_script(key)
            driver.wait_for(lambda: not room.sitting.checking)
            for row_ in range(room.columns.problems.list.count()):
                room.columns.problems.list.setCurrentRow(row_)
                room.columns.problems.list._choose(room.columns.problems.list.currentItem())


@pytest.mark.parametrize("seed", range(20))
def test_the_text_of_an_odd_file_says_what_it_holds(seed: int) -> None:
    draft = spoilt(seed)
    assert draft_of(draft.text).data == draft.data
