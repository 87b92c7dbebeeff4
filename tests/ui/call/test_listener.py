"""Making ready to understand shorthand, a little at a time."""

from __future__ import annotations

import tomllib

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from leaddesk.qualify.reading import read_playbook
from leaddesk.resources import text_of
from leaddesk.ui.call.listener import Listener


def test_every_pattern_is_there_in_the_end(qtbot: QtBot) -> None:
    playbook = read_playbook(tomllib.loads(text_of("playbooks", "simple.toml")))
    owner = QObject()
    listener = Listener(owner)
    assert not listener.ready
    listener.prepare(playbook)
    assert not listener.ready
    qtbot.waitUntil(lambda: listener.ready, timeout=30_000)
    assert next(listener._left, "nothing") == "nothing"
    listener.prepare(playbook)
    assert listener.ready
