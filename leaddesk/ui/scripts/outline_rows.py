"""What the outline of a script shows: the script itself, its groups and questions, and the rest of the pool."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from leaddesk import words
from leaddesk.exchange import playbook_scripts as scripts
from leaddesk.exchange.playbook_draft import Draft
from leaddesk.ui.scripts.condition_words import says, title_of
from leaddesk.ui.scripts.outline import OutlineRow, Spot


def outline_rows(draft: Draft, script: str, wrong: Collection[tuple[str, str]], language: str) -> list[OutlineRow]:
    """The rows; `wrong`: kind and key of the spots where something is."""
    rows = [OutlineRow(Spot("script", script), says(language, "about_script"), ("script", script) in wrong)]
    for group in scripts.groups(draft, script):
        label = picked(group.label, language) or group.key
        rows.append(OutlineRow(Spot("group", group.key), label, ("group", group.key) in wrong))
        for key in group.questions:
            title = title_of(draft, key, language)
            rows.append(OutlineRow(Spot("question", key, group.key), title, ("question", key) in wrong))
    spare = scripts.left_out(draft, script)
    if spare:
        rows.append(OutlineRow(Spot("pool"), says(language, "pool", n=len(spare))))
    rows += [
        OutlineRow(Spot("spare", key), title_of(draft, key, language), ("question", key) in wrong) for key in spare
    ]
    return rows


def first_spot(draft: Draft, script: str) -> Spot:
    """The first question of a script; the script itself where it asks nothing."""
    for group in scripts.groups(draft, script):
        if group.questions:
            return Spot("question", group.questions[0], group.key)
    return Spot("script", script)


def picked(found: object, language: str) -> str:
    """A text of the file in a language; empty where there is none."""
    if not isinstance(found, Mapping):
        return ""
    return words.pick({str(key): str(one) for key, one in found.items()}, language)
