"""Putting another playbook in force: a new version, with every score following in the same step."""

from __future__ import annotations

from sqlalchemy import func, select

from leaddesk import words
from leaddesk.db.reader import parsed
from leaddesk.db.schema import playbook_version, stage_total
from leaddesk.db.store import Step
from leaddesk.errors import Refused
from leaddesk.operations.verb import operation
from leaddesk.qualify.playbook import Playbook


@operation
def adopt_playbook(step: Step, toml: str) -> str:
    """Adopts the playbook of a TOML text and returns the id of its version; the text in force already changes nothing.

    Raises BrokenPlaybook with all that is wrong; Refused `stages_in_use` (stages, n) when leads stand in stages that it
    does not have.
    """
    playbook = parse_playbook(toml)
    step.name_it(name=dict(playbook.name))
    in_force = select(playbook_version.c.toml).where(playbook_version.c.id == step.playbook_id)
    if step.connection.execute(in_force).scalar() == toml:
        return step.playbook_id
    _refuse_homeless(step, playbook)
    newest = step.connection.execute(select(func.max(playbook_version.c.number))).scalar() or 0
    return step.insert(
        playbook_version,
        number=newest + 1,
        name=words.pick(playbook.name, step.language),
        toml=toml,
        adopted_at=step.now,
    )


def parse_playbook(toml: str) -> Playbook:
    """The playbook of a TOML text. Raises BrokenPlaybook with all that is wrong: `not_toml`, `too_deep`, …."""
    return parsed(toml)  # kept: the store asks for the same text once it is in force


def _refuse_homeless(step: Step, playbook: Playbook) -> None:
    columns = stage_total.c
    standing = select(columns.stage, func.sum(columns.leads)).where(columns.stage.not_in(list(playbook.stage)))
    standing = standing.group_by(columns.stage)
    homeless = {str(stage): int(leads) for stage, leads in step.connection.execute(standing)}
    if homeless:
        labels = {key: words.pick(stage.label, step.language) for key, stage in step.playbook.stage.items()}
        named = ", ".join(labels.get(key, key) for key in homeless)
        raise Refused("stages_in_use", stages=named, n=sum(homeless.values()))
