"""What all sample stories share: the playbook, the instant, and what can be looked up once."""

from __future__ import annotations

from collections.abc import Mapping

from leaddesk.db.days import local_day
from leaddesk.operations.sample_answers import Script
from leaddesk.operations.sample_people import Vocabulary
from leaddesk.qualify.fit import rule_for
from leaddesk.qualify.playbook import Playbook, Stage
from leaddesk.qualify.state import FactValue
from leaddesk.qualify.terms import Instant, StageKind, Tenths

# Of a hundred leads, how many stand in the open stages from the first on, and in those of each other kind: first for
# a board one looks at, then for one with thousands, where most leads are new.
_FEW_LEADS = 600
_OPEN_SHARES = ((32, 20, 11, 6, 4, 4, 3, 3), (46, 24, 6, 3, 1, 1, 1, 1))
_OTHER_SHARES = (
    {StageKind.WON: 5, StageKind.NURTURE: 11, StageKind.PARKED: 4, StageKind.LOST: 7},
    {StageKind.WON: 2, StageKind.NURTURE: 11, StageKind.PARKED: 2, StageKind.LOST: 5},
)


class Setting:
    """What all stories share: the playbook, the instant, and what can be looked up once."""

    def __init__(self, playbook: Playbook, vocabulary: Vocabulary, now: Instant) -> None:
        self.playbook = playbook
        self.vocabulary = vocabulary
        self.now = now
        self.today = local_day(now)
        self.script = Script(playbook)
        self._mixes = (_mix(playbook, 0), _mix(playbook, 1))
        self.hot = tuple(kind for kind in playbook.event_kinds if kind.hot)
        self.calm = tuple(kind for kind in playbook.event_kinds if not kind.hot)
        ends = playbook.dispositions
        self.goes_on = tuple(end for end in ends if end.reached and end.stage is None and not end.do_not_call)
        self.tries = tuple(end for end in ends if not end.reached)
        self.order = {rule.key: place for place, rule in enumerate(playbook.lifecycle)}
        self._worth: dict[tuple[str, FactValue], Tenths] = {}

    def stage_for(self, index: int, seed: int) -> Stage:
        """The stage lead number `index` stands in; of every hundred leads each stage has its share."""
        wanted = self.playbook.stage.get(self.vocabulary.stage(index) or "")
        mix = self._mixes[index >= _FEW_LEADS]
        return wanted or mix[(index * 61 + seed * 7) % len(mix)]

    def fit(self, facts: Mapping[str, FactValue]) -> Tenths:
        """What known facts are worth."""
        total = 0
        for profile in self.playbook.profiles:
            value = facts.get(profile.fact)
            if value is None:
                continue
            key = (profile.fact, value)
            if key not in self._worth:
                self._worth[key] = rule_for(profile, value).points
            total += self._worth[key]
        return total


def _mix(playbook: Playbook, size: int) -> tuple[Stage, ...]:
    open_shares = _OPEN_SHARES[size]
    shares = [
        (stage, open_shares[min(place, len(open_shares) - 1)]) for place, stage in enumerate(playbook.open_stages)
    ]
    for kind, share in _OTHER_SHARES[size].items():
        stage = next((one for one in playbook.stages if one.kind is kind), None)
        if stage is not None:
            shares.append((stage, share))
    return tuple(stage for stage, share in shares for _ in range(share))
