"""What can be done with rows of the outline: questions, groups and scripts are added, copied, moved and taken out."""

from __future__ import annotations

from collections.abc import Callable

from leaddesk import words
from leaddesk.exchange import playbook_questions as questions
from leaddesk.exchange import playbook_scripts as scripts
from leaddesk.exchange.playbook_draft import Draft
from leaddesk.ui.scripts.condition_words import title_of
from leaddesk.ui.scripts.outline import Spot
from leaddesk.ui.scripts.script_page import script_name
from leaddesk.ui.scripts.sitting import Sitting


class Verbs:
    """Carries out what is asked at a spot of a script; each gives the spot to go to afterwards."""

    def __init__(self, sitting: Sitting) -> None:
        self._sitting = sitting

    @property
    def _draft(self) -> Draft:
        return self._sitting.draft

    def possible(self, verb: str, script: str, spot: Spot) -> bool:
        """Whether a verb makes sense there."""
        if verb in ("remove_script", "script_earlier", "script_later"):
            return len(self._draft.tables("scripts")) > 1
        if verb in ("new_script", "copy_script", "add_question", "add_group"):
            return True
        wanted = {
            "copy": ("question", "spare"),
            "take_out": ("question",),
            "take_in": ("spare",),
            "remove": ("question", "spare", "group"),
            "move_up": ("question", "group"),
            "move_down": ("question", "group"),
        }.get(verb, ())
        del script
        return spot.kind in wanted

    def do(self, verb: str, script: str, spot: Spot) -> tuple[str, Spot]:
        """Do it; the script and the spot to show then."""
        found: dict[str, Callable[[str, Spot], tuple[str, Spot]]] = {
            "add_question": self._add_question,
            "copy": self._copy,
            "take_out": self._take_out,
            "take_in": self._take_in,
            "remove": self._remove,
            "move_up": lambda key, at: self._move(key, at, -1),
            "move_down": lambda key, at: self._move(key, at, 1),
            "add_group": self._add_group,
            "new_script": self._new_script,
            "copy_script": self._copy_script,
            "remove_script": self._remove_script,
            "script_earlier": lambda key, at: self._move_script(key, at, -1),
            "script_later": lambda key, at: self._move_script(key, at, 1),
        }
        act = found.get(verb)
        if act is None or not self.possible(verb, script, spot):
            return script, spot
        return act(script, spot)

    def drop(self, script: str, question: str, group: str, before: str) -> tuple[str, Spot]:
        """A question was dropped before another, or at the end of a group."""
        fresh = scripts.place_question(self._draft, script, question, group, before or None)
        self._edit("move_question", fresh, question)
        return self._shown(script), Spot("question", question, group)

    def _edit(self, name: str, fresh: Draft, question: str = "", script: str = "") -> None:
        draft = fresh if question and questions.question(fresh, question) else self._draft
        details: dict[str, object] = {}
        if question:
            details["title"] = {language: title_of(draft, question, language) for language in words.LANGUAGES}
        if script:
            known = fresh if script in scripts.script_keys(fresh) else self._draft
            details["script"] = script_name(known, script)
        self._sitting.history.seal()
        self._sitting.edit(name, fresh, "", **details)

    def _shown(self, script: str) -> str:
        keys = scripts.script_keys(self._draft)
        return script if script in keys else keys[0]

    # ── questions ────────────────────────────────────────────────────────────────────────────────────────────────

    def _group_of(self, script: str, spot: Spot) -> tuple[str, str | None]:
        """The group a new question goes into, and the question it follows."""
        found = scripts.groups(self._draft, script)
        if spot.kind == "question":
            return spot.group, spot.key
        if spot.kind == "group":
            return spot.key, next((g.questions[-1] for g in found if g.key == spot.key and g.questions), None)
        last = found[-1] if found else None
        return (last.key, last.questions[-1] if last.questions else None) if last else ("", None)

    def _add_question(self, script: str, spot: Spot) -> tuple[str, Spot]:
        group, after = self._group_of(script, spot)
        criteria = [str(one.get("key")) for one in self._draft.tables("criteria")]
        follows = questions.question(self._draft, after or "") or {}
        criterion = group if group in criteria else str(follows.get("criterion", criteria[0] if criteria else ""))
        fresh, key = questions.add_question(self._draft, criterion, after)
        if not scripts.is_implicit(fresh):
            fresh = scripts.take_in(fresh, script, group, key, after)
        self._edit("add_question", fresh)
        return script, Spot("question", key, group)

    def _copy(self, script: str, spot: Spot) -> tuple[str, Spot]:
        fresh, key = questions.copy_question(self._draft, spot.key)
        if not scripts.is_implicit(fresh) and spot.kind == "question":
            fresh = scripts.take_in(fresh, script, spot.group, key, spot.key)
        self._edit("copy_question", fresh, spot.key)
        return script, Spot(spot.kind, key, spot.group)

    def _take_out(self, script: str, spot: Spot) -> tuple[str, Spot]:
        self._edit("take_out", scripts.take_out(self._draft, script, spot.key), spot.key)
        return self._shown(script), Spot("spare", spot.key)

    def _take_in(self, script: str, spot: Spot) -> tuple[str, Spot]:
        found = scripts.groups(self._draft, script)
        criterion = str((questions.question(self._draft, spot.key) or {}).get("criterion", ""))
        group = next((g.key for g in found if g.key == criterion), found[-1].key if found else "")
        self._edit("take_in", scripts.take_in(self._draft, script, group, spot.key), spot.key)
        return self._shown(script), Spot("question", spot.key, group)

    def _remove(self, script: str, spot: Spot) -> tuple[str, Spot]:
        if spot.kind == "group":
            self._edit("remove_group", scripts.remove_group(self._draft, script, spot.key), script=script)
        else:
            self._edit("remove_question", questions.remove_question(self._draft, spot.key), spot.key)
        return self._shown(script), Spot("")

    def _move(self, script: str, spot: Spot, by: int) -> tuple[str, Spot]:
        if spot.kind == "group":
            self._edit("move_group", scripts.move_group(self._draft, script, spot.key, by), script=script)
        else:
            fresh = scripts.move_question(self._draft, script, spot.key, by)
            self._edit("move_question", fresh, spot.key)
        return self._shown(script), Spot(spot.kind, spot.key)

    # ── groups and scripts ───────────────────────────────────────────────────────────────────────────────────────

    def _add_group(self, script: str, spot: Spot) -> tuple[str, Spot]:
        del spot
        fresh, key = scripts.add_group(self._draft, script)
        self._edit("add_group", fresh, script=script)
        return self._shown(script), Spot("group", key)

    def _new_script(self, script: str, spot: Spot) -> tuple[str, Spot]:
        del script, spot
        fresh, key = scripts.add_script(self._draft)
        self._edit("new_script", fresh)
        return key, Spot("script", key)

    def _copy_script(self, script: str, spot: Spot) -> tuple[str, Spot]:
        del spot
        fresh, key = scripts.copy_script(self._draft, script)
        self._edit("copy_script", fresh, script=script)
        return key, Spot("script", key)

    def _remove_script(self, script: str, spot: Spot) -> tuple[str, Spot]:
        del spot
        self._edit("remove_script", scripts.remove_script(self._draft, script), script=script)
        shown = scripts.script_keys(self._draft)[0]
        return shown, Spot("script", shown)

    def _move_script(self, script: str, spot: Spot, by: int) -> tuple[str, Spot]:
        self._edit("move_script", scripts.move_script(self._draft, script, by), script=script)
        return script, spot
