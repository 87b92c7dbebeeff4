"""The same story by somebody who types lines: one verb for each thing the rep does in the window."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

from leaddesk.commandline.entry import main
from tests.story.story import ADDED, CHANGED
from tests.story.tale import Clock, Tale, write_leads

#: What was printed since it was asked last: on stdout, on stderr.
Printed: TypeAlias = Callable[[], tuple[str, ...]]


class Typist:
    """Types lines in this process, at the story's time."""

    def __init__(self, database: Path, tale: Tale, clock: Clock, printed: Printed) -> None:
        self.database = database
        self.tale = tale
        self.clock = clock
        self._printed = printed

    def type(self, verb: str, *line: str) -> Any:
        """Type a line that must succeed; what it tells."""
        self._printed()
        where = ("--db", str(self.database), "--lang", self.tale.language, "--as-of", self.clock.typed)
        code = main([*where, verb, *line, "--json"])
        out, err = self._printed()
        assert (code, err) == (0, ""), err
        self.clock.pass_minutes()
        return json.loads(out)


def type_story(typist: Typist, folder: Path) -> None:
    """From an empty database to a qualified lead."""
    tale, lead = typist.tale, typist.tale.lead_id
    assert typist.type("import", str(write_leads(folder, tale)))["rejected"] == 1
    added = typist.type("add", *(f"{key}={value}" for key, value in ADDED.items()))["id"]
    typist.type("set", added, *(f"{key}={value}" for key, value in CHANGED.items()))
    typist.type("delete", added)
    typist.type("undo")
    (found,) = typist.type("list", "--search", tale.typed_name)["leads"]
    assert found["name"] == tale.lead
    for answer in tale.call:
        note = ("--note", answer.note) if answer.note else ()
        typist.type("answer", lead, answer.question, answer.value, *note)
    step = _next_step(tale)
    typist.type("call", lead, "--outcome", "reached_qualified", "--next", step, "--due", "2026-03-09")
    typist.type("move", lead, "discovery")
    typist.type("answer", lead, "reserved", "asked_for")
    typist.type("move", lead, "sql")


def _next_step(tale: Tale) -> str:
    return {"en": "Follow up on the call", "zh_CN": "跟进上次通话"}[tale.language]
