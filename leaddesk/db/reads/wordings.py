"""Playbooks as they were: in which words a call that has ended was asked, whatever was adopted since."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import replace

from sqlalchemy import select

from leaddesk.db.engine import fetch
from leaddesk.db.reading import Reading
from leaddesk.db.schema import playbook_version
from leaddesk.qualify.playbook import Playbook, Question
from leaddesk.qualify.reading import read_former_playbook
from leaddesk.qualify.terms import Instant

_NEWEST = "SELECT id FROM playbook_version ORDER BY number DESC LIMIT 1"
# A version never changes, so one that was read is good for every connection.
_READ: dict[str, Playbook] = {}
_MOST = 40


class Wordings:
    """The versions of the playbook that rows of one read were written under."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._in_force: str | None = None

    def of(self, version: str | None) -> Playbook | None:
        """The playbook of a version; None where it is the one in force, or nothing is known of it."""
        if version is None or version == self._newest():
            return None
        found = _READ.get(version)
        if found is None:
            toml = select(playbook_version.c.toml).where(playbook_version.c.id == version)
            text = self._reading.connection.execute(toml).scalar()
            if text is None:
                return None
            found = read_former_playbook(tomllib.loads(text))
            if len(_READ) >= _MOST:
                _READ.clear()
            _READ[version] = found
        return found

    def in_force_at(self, at: Instant) -> str | None:
        """The version that was in force at an instant; before the first, that one."""
        version = playbook_version.c
        ids = select(version.id).limit(1)
        then = ids.where(version.adopted_at <= at).order_by(version.number.desc())
        for asked in (then, ids.order_by(version.number)):
            found: str | None = self._reading.connection.execute(asked).scalar()
            if found is not None:
                return found
        return None

    def question(self, version: str | None, key: str) -> Question | None:
        """A question as a version asked it; None where the playbook in force asks it, or nothing is known of it."""
        playbook = self.of(version)
        return playbook.question.get(key) if playbook is not None else None

    def merged(self, version: str | None, asked: Iterable[tuple[str, str | None]]) -> Playbook:
        """The playbook of a version, with questions as other versions asked them: by key, with the version of each.

        What was said on a call that went on while another version was adopted was asked in the words of both.
        """
        base = self.of(version) or self._reading.playbook
        questions: dict[str, Question] = dict(base.question)
        criteria = dict(base.criterion)
        parts = dict(base.part)
        for key, other in asked:
            of_it = self.of(other) or self._reading.playbook
            question = of_it.question.get(key)
            if question is not None:
                questions[key] = question
                criteria.setdefault(question.criterion, of_it.criterion[question.criterion])
                part = criteria[question.criterion].part
                parts.setdefault(part, of_it.part[part])
        return replace(
            base,
            questions=tuple(questions.values()),
            criteria=tuple(criteria.values()),
            parts=tuple(parts.values()),
        )

    def _newest(self) -> str:
        if self._in_force is None:
            ((self._in_force,),) = fetch(self._reading.connection, _NEWEST)
        return self._in_force


def asked_then(wordings: Wordings, versions: Mapping[str, tuple[str, str | None]]) -> dict[str, Question]:
    """By the id of an answer, the question as it was asked, where that was not by the playbook in force.

    `versions`: by the id of an answer, its question and its version.
    """
    found = {one: wordings.question(version, key) for one, (key, version) in versions.items()}
    return {one: question for one, question in found.items() if question is not None}
