"""What another playbook would change on the leads in work, a slice of them at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, func, select

from leaddesk.db.days import local_day
from leaddesk.db.reading import Reading
from leaddesk.db.schema import lead
from leaddesk.db.states import load
from leaddesk.qualify.own import own_facts
from leaddesk.qualify.playbook import Playbook
from leaddesk.qualify.summary import outcome_of
from leaddesk.qualify.terms import Instant

#: Leads in one slice: some hundredths of a second, so that other reads never wait long.
SLICE = 100


@dataclass(frozen=True, slots=True)
class Effect:
    """What changes on so many `leads`.

    `higher`, `lower`: scores that rise or fall; `band`: leads that are hot, warm or cold and were something else;
    `become`, `no_longer`: how many more and fewer meet each rule of the lifecycle; `homeless`: leads that stand in a
    stage the other playbook does not have.
    """

    leads: int = 0
    higher: int = 0
    lower: int = 0
    band: int = 0
    homeless: int = 0
    become: Mapping[str, int] = field(default_factory=dict)
    no_longer: Mapping[str, int] = field(default_factory=dict)

    def __add__(self, other: Effect) -> Effect:
        return Effect(
            self.leads + other.leads,
            self.higher + other.higher,
            self.lower + other.lower,
            self.band + other.band,
            self.homeless + other.homeless,
            dict(Counter(self.become) + Counter(other.become)),
            dict(Counter(self.no_longer) + Counter(other.no_longer)),
        )


@dataclass(frozen=True, slots=True)
class EffectSlice:
    """The effect on one slice. `last`: the number of its last lead, to go on behind; None: there are no more."""

    effect: Effect
    last: int | None


def leads_in_work(reading: Reading) -> int:
    """How many leads stand in open stages."""
    return int(reading.connection.execute(select(func.count()).select_from(lead).where(_in_work(reading))).scalar_one())


def effect_slice(reading: Reading, other: Playbook, after: int, as_of: Instant, limit: int = SLICE) -> EffectSlice:
    """What another playbook would change on the next leads in work, behind the lead with the number `after`."""
    today = local_day(as_of)
    wanted = select(lead.c.id, lead.c.no).where(_in_work(reading), lead.c.no > after).order_by(lead.c.no).limit(limit)
    rows = reading.connection.execute(wanted).all()
    higher = lower = band = homeless = 0
    become: Counter[str] = Counter()
    no_longer: Counter[str] = Counter()
    for known in load(reading.connection, [row.id for row in rows], own_facts(reading.playbook) | own_facts(other)):
        if known.state.stage not in other.stage:
            homeless += 1
            continue
        old = outcome_of(reading.playbook, known.state, as_of, today)
        new = outcome_of(other, known.state, as_of, today)
        higher += new.score > old.score
        lower += new.score < old.score
        band += new.band is not old.band
        become.update(new.met - old.met)
        no_longer.update(old.met - new.met)
    effect = Effect(len(rows), higher, lower, band, homeless, dict(become), dict(no_longer))
    return EffectSlice(effect, rows[-1].no if len(rows) == limit else None)


def _in_work(reading: Reading) -> ColumnElement[bool]:
    return lead.c.stage.in_([stage.key for stage in reading.playbook.open_stages])
