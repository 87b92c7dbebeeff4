"""What a person put together: conditions side by side, all or any of which must hold; no Qt."""

from __future__ import annotations

from dataclasses import dataclass, replace

from leaddesk.qualify.custom import CUSTOM
from leaddesk.qualify.fields import FIELD, Home
from leaddesk.qualify.filtering.tree import All, AnyOf, Is, Not, Stands, Where

_ONE_VALUE = (Home.LEAD, Home.ACCOUNT)


@dataclass(frozen=True, slots=True)
class Rules:
    """Conditions in the order they were added; one of them may hold alternatives. `loose`: any of them is enough."""

    of: tuple[Where, ...] = ()
    loose: bool = False

    @classmethod
    def read(cls, where: Where | None) -> Rules:
        """A tree as conditions side by side."""
        match where:
            case None:
                return cls()
            case All():
                return cls(where.of)
            case AnyOf():
                return cls(where.of, loose=True)
            case _:
                return cls((where,))

    @property
    def where(self) -> Where | None:
        """The tree; None where nothing is asked."""
        if not self.of:
            return None
        return AnyOf(self.of) if self.loose else All(self.of)

    def add(self, where: Where) -> Rules:
        """One more. A lead has one stage, so another stage is added to the first as an alternative."""
        if where in self.of:
            return self
        for place, one in enumerate(self.of):
            together = _together(one, where)
            if together is not None:
                return self.put(place, together)
        return replace(self, of=(*self.of, where))

    def add_beside(self, place: int, where: Where) -> Rules:
        """An alternative to the condition at a place."""
        here = self.of[place]
        together = _together(here, where)
        if together is None:
            before = here.of if isinstance(here, AnyOf) else (here,)
            together = here if where in before else AnyOf((*before, where))
        return self.put(place, together)

    def put(self, place: int, where: Where) -> Rules:
        """Another condition in the place of one."""
        return replace(self, of=(*self.of[:place], where, *self.of[place + 1 :]))

    def drop(self, place: int) -> Rules:
        """Without the condition at a place."""
        return replace(self, of=self.of[:place] + self.of[place + 1 :])

    def oppose(self, place: int) -> Rules:
        """The opposite of the condition at a place."""
        here = self.of[place]
        return self.put(place, here.of if isinstance(here, Not) else Not(here))

    def turn(self) -> Rules:
        """Any instead of all, or the other way round."""
        return replace(self, loose=not self.loose)


def _together(one: Where, other: Where) -> Where | None:
    """Two conditions on something of which a lead has only one, as one; None where they are not."""
    if isinstance(one, Is) and isinstance(other, Is) and one.subject == other.subject and _has_one(one.subject):
        return Is(one.subject, tuple(dict.fromkeys((*one.values, *other.values))))
    if isinstance(one, Stands) and isinstance(other, Stands) and one.subject == other.subject:
        return Stands(one.subject, tuple(dict.fromkeys((*one.standings, *other.standings))))
    return None


def _has_one(subject: str) -> bool:
    field = FIELD.get(subject)
    return field.home in _ONE_VALUE if field is not None else not subject.startswith(CUSTOM)
