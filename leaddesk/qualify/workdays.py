"""Days somebody works: what is counted where a lead is said to have waited too long."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

#: Weekdays as a playbook names them, Monday first.
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEK = len(WEEKDAYS)
#: No lead is older.
_EARLIEST = date(1900, 1, 1)


@dataclass(frozen=True, slots=True)
class Calendar:
    """Which days a team works.

    `weekend`: weekdays nobody works, 0 is Monday. `holidays`: free days; `yearly`: (month, day) free in every year.
    `workdays`: days that are worked although they lie on a weekend or holiday.
    """

    weekend: frozenset[int] = frozenset({5, 6})
    holidays: frozenset[date] = frozenset()
    yearly: frozenset[tuple[int, int]] = frozenset()
    workdays: frozenset[date] = frozenset()

    def works(self, day: date) -> bool:
        """Whether a day is worked."""
        if day in self.workdays:
            return True
        return day.weekday() not in self.weekend and not self._is_holiday(day)

    def _is_holiday(self, day: date) -> bool:
        return day in self.holidays or (day.month, day.day) in self.yearly

    def worked(self, since: date, until: date) -> int:
        """How many days are worked after `since`, up to and including `until`; 0 where that is not later."""
        days = (until - since).days
        if days <= 0:
            return 0
        weeks, rest = divmod(days, _WEEK)
        found = weeks * (_WEEK - len(self.weekend))
        found += sum((until.weekday() - back) % _WEEK not in self.weekend for back in range(rest))
        return found + sum(self._differs(day) for day in self._special(since, until))

    def _differs(self, day: date) -> int:
        """What a special day adds to, or takes from, its week."""
        return int(self.works(day)) - int(day.weekday() not in self.weekend)

    def _special(self, since: date, until: date) -> Iterator[date]:
        """The days after `since`, up to `until`, that are not as the week has them; each once."""
        named = self.holidays | self.workdays
        yield from (day for day in named if since < day <= until)
        for year in range(since.year, until.year + 1):
            for month, day_of_month in self.yearly:
                try:
                    day = date(year, month, day_of_month)
                except ValueError:  # 29 February
                    continue
                if since < day <= until and day not in named:
                    yield day

    def before(self, until: date, days: int) -> date | None:
        """The latest day after which so many days were worked up to and including `until`; None: there is none.

        So `worked(day, until) >= days` exactly for it and all earlier days.
        """
        if len(self.weekend) >= _WEEK:
            return None
        day, still = until, days
        while still > 0:
            if still > (day - _EARLIEST).days:
                return None
            # Never farther than every day worked would lead; so it ends at the latest one.
            earlier = day - timedelta(days=max(1, still // _WEEK * _WEEK))
            still -= self.worked(earlier, day)
            day = earlier
        return day


#: Saturday and Sunday are free, and nothing else.
EVERY_WEEK = Calendar()
