"""What follows from a draft: its playbook or what is wrong with it, and how long its scripts can get."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from leaddesk.db.reading import Reading
from leaddesk.db.reads.custom_fields import unknown_in
from leaddesk.db.reads.playbooks import Version, first_id, in_force
from leaddesk.exchange.playbook_draft import Draft, draft_of
from leaddesk.exchange.playbook_files import read_file
from leaddesk.exchange.playbook_kept import DraftKeeper, KeptDraft
from leaddesk.operations.playbooks import parse_playbook
from leaddesk.qualify.paths import longest_path
from leaddesk.qualify.playbook import Playbook
from leaddesk.qualify.problems import BrokenPlaybook, Problem


@dataclass(frozen=True, slots=True)
class Checked:
    """A draft that was looked at. `playbook`: None where there are problems. `paths`: the longest way per script."""

    draft: Draft
    playbook: Playbook | None
    problems: tuple[Problem, ...] = ()
    paths: Mapping[str, int] = field(default_factory=dict)
    former_paths: Mapping[str, int] = field(default_factory=dict)
    #: Fields of the team's own that it asks for and nobody defined.
    unknown: tuple[str, ...] = ()


def check(reading: Reading, draft: Draft) -> Checked:
    """Reads a draft as it would be read when it is adopted."""
    try:
        playbook = parse_playbook(draft.text)  # kept: whoever adopts it has it read already
    except BrokenPlaybook as broken:
        return Checked(draft, None, broken.problems)
    unknown = unknown_in(reading, playbook)
    return Checked(draft, playbook, (), _paths(playbook), _paths(reading.playbook), unknown)


def _paths(playbook: Playbook) -> dict[str, int]:
    return {script.key: longest_path(playbook, script.questions) for script in playbook.scripts}


def newest(reading: Reading) -> tuple[Version, Draft]:
    """What is in force, and a draft of it."""
    version = in_force(reading)
    return version, draft_of(version.toml)


def from_file(reading: Reading, path: Path) -> Draft:
    """A draft of a file; one with problems too. Raises FileTrouble, or BrokenPlaybook where it is no playbook."""
    del reading
    draft = draft_of(read_file(path))
    if not draft.tables("questions"):
        draft.read()
    return draft


def from_text(reading: Reading, toml: str) -> Draft:
    """A draft of a text."""
    del reading
    return draft_of(toml)


@dataclass(frozen=True, slots=True)
class Found:
    """What the room begins with: the version in force, a draft of it, and a draft that was kept."""

    version: Version
    base: Draft
    keeper: DraftKeeper
    kept: KeptDraft | None = None
    kept_draft: Draft | None = None


def find(reading: Reading, folder: Path, database: Path) -> Found:
    """Looks up what is in force and whether a draft was kept."""
    version = in_force(reading)
    keeper = DraftKeeper(folder, database, first_id(reading))
    base = draft_of(version.toml)
    kept = keeper.find()
    if kept is None:
        return Found(version, base, keeper)
    try:
        return Found(version, base, keeper, kept, draft_of(kept.text))
    except BrokenPlaybook:
        return Found(version, base, keeper)
