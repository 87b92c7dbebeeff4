"""Invents what happened with a sample lead: its way through the stages, with events, calls, answers and tasks on it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from random import Random
from typing import TypeAlias

from sqlalchemy import Table

from leaddesk import words
from leaddesk.db import schema
from leaddesk.db.days import local_day
from leaddesk.operations.sample_answers import Demand, Reply, holds
from leaddesk.operations.sample_people import Person, pick
from leaddesk.operations.sample_setting import Setting
from leaddesk.qualify.answers import band_of_money
from leaddesk.qualify.playbook import Disposition, Question, Stage
from leaddesk.qualify.state import FactValue
from leaddesk.qualify.terms import DAY, Instant, Money, StageKind, Tenths, minor_digits

Rows: TypeAlias = dict[Table, list[dict[str, object]]]

HOUR: Instant = DAY // 24
MINUTE: Instant = HOUR // 60


class Story:
    """The story of one lead. `rows` hang on it, `columns` belong to its own row."""

    def __init__(
        self,
        setting: Setting,
        random: Random,
        person: Person,
        stage: Stage,
        facts: Mapping[str, FactValue],
        lead_id: str,
        new_id: Callable[[], str],
    ) -> None:
        self.rows: Rows = {}
        self.columns: dict[str, object] = {}
        self._setting, self._random, self._person, self._stage = setting, random, person, stage
        self._facts = dict(facts)
        self._lead_id, self._new_id = lead_id, new_id
        self._replies: dict[str, Reply] = {}
        self._language = "zh_CN" if person.place.words == "zh" else "en"
        self._path = self._find_path()
        self._hot = person.hot or (len(self._path) <= _UNCALLED and bool(setting.hot) and random.random() < 0.1)
        self._warmth = min(1.0, 0.15 * len(self._path) + 0.6 * random.random())
        if stage.kind in (StageKind.LOST, StageKind.NURTURE):
            self._warmth *= 0.4
        self._at = self._find_times()
        self._tell()

    # ── the way ──────────────────────────────────────────────────────────────────────────────────────────────────

    def _find_path(self) -> list[Stage]:
        open_stages = self._setting.playbook.open_stages
        if self._stage.kind is StageKind.OPEN:
            return list(open_stages[: open_stages.index(self._stage) + 1])
        last = len(open_stages)
        if self._stage.kind is StageKind.NURTURE:
            last = min(last, 2 + int(self._random.random() * 2))
        elif self._stage.kind is not StageKind.WON:
            last = min(last, 2 + int(self._random.random() * (last - 1)))
        return [*open_stages[:last], self._stage]

    def _find_times(self) -> list[Instant]:
        """When it entered each stage, ascending and in working hours."""
        random = self._random
        stayed = {StageKind.OPEN: 21.0, StageKind.NURTURE: 90.0, StageKind.PARKED: 30.0}.get(self._stage.kind, 120.0)
        stayed *= random.random() ** 2 if self._stage.kind is StageKind.OPEN else random.random()
        times = [
            min(self._working_hour(self._setting.now - int(max(stayed, self._hot) * DAY)), self._setting.now - HOUR)
        ]
        for _ in self._path[1:]:
            gap = 1 + 13 * random.random() ** 2
            times.append(min(self._working_hour(times[-1] - int(gap * DAY)), times[-1] - 3 * HOUR))
        return times[::-1]

    def _working_hour(self, at: Instant) -> Instant:
        return at - at % DAY + 7 * HOUR + int(self._random.random() * 9 * HOUR)

    def _tell(self) -> None:
        created, since = self._at[0], self._at[-1]
        self.columns = {
            "stage": self._stage.key,
            "stage_since": since,
            "stage_before": self._path[-2].key if self._stage.kind is not StageKind.OPEN else None,
            "parked_until": None,
            "reason": None,
            "lifecycle": next(iter(self._setting.order), None),
            "lifecycle_at": created,
            "do_not_call": 0,
            "value": None,
            "value_currency": None,
            "expected_on": None,
            "created_at": created,
            "first_contact_on": None,
        }
        self._guess_value()
        self._row(
            schema.stage_change, from_stage=None, to_stage=self._path[0].key, at=created, **_MOVE, by=self._person.owner
        )
        for place in range(1, len(self._path)):
            self._enter(place)
        self._look_around(created)
        self._go_on(since)
        self._plan(since)
        self._write_down(created)

    def _guess_value(self) -> None:
        """A value somebody put down before anything was said."""
        place = self._person.place
        if self._person.value is not None:
            self._set_value(Money(self._person.value * 10 ** minor_digits(place.currency), place.currency))
        elif len(self._path) > 1 and self._random.random() < 0.3:
            step = 20_000 if place.currency == "CNY" else 2_500
            units = step * (2 + int(self._random.random() ** 3 * 60))
            self._set_value(Money(units * 10 ** minor_digits(place.currency), place.currency))

    def _set_value(self, money: Money) -> None:
        self._facts["value"] = money
        self.columns["value"], self.columns["value_currency"] = money.minor, money.currency

    # ── one stage entered ────────────────────────────────────────────────────────────────────────────────────────

    def _enter(self, place: int) -> None:
        """Does what the gate of the stage at this place of the path asks for, and moves."""
        stage, at, before = self._path[place], self._at[place], self._at[place - 1]
        demand = self._setting.script.demands[stage.key]
        disposition = self._ending(stage)
        if demand.call or (place > 1 and (stage.kind is StageKind.OPEN or disposition is not None)):
            self._call(at - 2 * MINUTE, disposition, demand.answers, share=0.25 + 0.35 * self._warmth)
        self._meet(demand, before, at)
        for only_if, more in demand.only_if:
            if holds(only_if, self._replies, self._facts):
                self._meet(more, before, at)
        reason = self._reason(stage, disposition)
        until = None
        if stage.needs_date:
            until = (self._setting.today + timedelta(days=7 + int(self._random.random() * 110))).isoformat()
        self.columns |= {"reason": reason, "parked_until": until}
        self._row(
            schema.stage_change,
            from_stage=self._path[place - 1].key,
            to_stage=stage.key,
            at=at,
            reason=reason,
            override=None,
            until=until,
            by=self._person.owner,
        )
        self._raise_lifecycle(stage, at)

    def _meet(self, demand: Demand, before: Instant, at: Instant) -> None:
        for kind in demand.events:
            self._event(kind, self._between(before, at))
        if demand.score:
            self._reach(demand.score, at)
        for code in demand.signoffs:
            self._row(schema.signoff, code=code, by=self._person.owner, at=at - MINUTE)
        if "value" in demand.facts and "value" not in self._facts:
            self._set_value(Money(2_500_000, self._person.place.currency))

    def _reach(self, score: Tenths, at: Instant) -> None:
        """Adds events of different groups, new enough to count whole, until fit and they reach a score."""
        missing = score + 10 - self._setting.fit(self._facts)
        caps = {group.key: group.cap for group in self._setting.playbook.event_groups}
        kinds = self._setting.calm if self._random.random() < 0.8 else self._setting.hot + self._setting.calm
        by_worth = sorted(kinds, key=lambda kind: -kind.points - 30 * self._random.random())
        for kind in by_worth:
            if missing <= 0:
                return
            if kind.group in caps and kind.points >= _WORTH_TELLING:
                missing -= min(caps.pop(kind.group), kind.points)
                self._event(kind.key, at - int((1 + self._random.random()) * HOUR))

    def _ending(self, stage: Stage) -> Disposition | None:
        """How the call before a move out of the open stages ended."""
        if stage.kind is StageKind.OPEN:
            return None
        ends = [end for end in self._setting.playbook.dispositions if end.stage == stage.key]
        return pick(self._random, ends) if ends and self._random.random() < 0.7 else None

    def _reason(self, stage: Stage, disposition: Disposition | None) -> str | None:
        if stage.needs_reason is None:
            return None
        choices = [choice.key for choice in self._setting.playbook.reasons.get(stage.needs_reason, ())]
        if disposition is not None and disposition.key in choices:
            return disposition.key
        return pick(self._random, choices) if choices else None

    def _raise_lifecycle(self, stage: Stage, at: Instant) -> None:
        order, present = self._setting.order, self.columns["lifecycle"]
        if stage.lifecycle is None or order.get(stage.lifecycle, -1) <= order.get(str(present), -1):
            return
        evidence = json.dumps({"by": "person", "stage": stage.key})
        self._row(schema.lifecycle_change, from_key=present, to_key=stage.lifecycle, at=at, evidence=evidence)
        self.columns |= {"lifecycle": stage.lifecycle, "lifecycle_at": at}

    # ── calls ────────────────────────────────────────────────────────────────────────────────────────────────────

    def _call(
        self, end: Instant, disposition: Disposition | None, wanted: Mapping[str, Sequence[str]], share: float
    ) -> None:
        """A call that reached the person and ended at `end`: what is wanted was asked, and a share of the rest."""
        replies = self._ask(wanted, share)
        minutes = 2 + len(replies) + int(self._random.random() * 5)
        started = end - minutes * MINUTE
        ending = disposition or pick(self._random, self._setting.goes_on)
        call_id = self._log(started, minutes, ending)
        for number, reply in enumerate(replies):
            self._answer(reply, started + (number + 1) * MINUTE - 20_000, call_id)
        if ending.do_not_call:
            self.columns["do_not_call"] = 1
        if self.columns["first_contact_on"] is None:
            self.columns["first_contact_on"] = local_day(started).isoformat()

    def _log(self, started: Instant, minutes: int, ending: Disposition) -> str:
        said = ending.reached and self._random.random() < 0.3
        row = self._row(
            schema.call,
            started_at=started,
            ended_at=started + minutes * MINUTE,
            minutes=minutes,
            outcome=ending.key,
            note=pick(self._random, self._person.said.quotes) if said else None,
        )
        return str(row["id"])

    def _ask(self, wanted: Mapping[str, Sequence[str]], share: float) -> list[Reply]:
        replies = []
        for question in self._setting.script.questions:
            allowed = wanted.get(question.key)
            former = self._replies.get(question.key)
            if allowed is None:
                if former is not None or self._random.random() >= share:
                    continue
            elif former is not None and not set(former.chosen_keys).isdisjoint(allowed):
                continue
            if self._setting.script.visible(question, self._replies, self._facts):
                reply = self._reply(question, allowed)
                self._replies[question.key] = reply
                replies.append(reply)
        return replies

    def _reply(self, question: Question, allowed: Sequence[str] | None) -> Reply:
        value = self._facts.get("value")
        if question.sets == "value" and isinstance(value, Money) and self._person.value is not None:
            band = band_of_money(question.answers, value)
            if band is not None and (allowed is None or band.key in allowed):
                return Reply(question, (band,), money=value)
        person = self._person
        return self._setting.script.reply(
            self._random,
            question,
            allowed=allowed,
            warmth=self._warmth,
            currency=person.place.currency,
            texts=person.said.texts.get(question.key) or person.said.texts["other"],
            name=lambda: self._setting.vocabulary.other_name(self._random, person.place),
        )

    def _answer(self, reply: Reply, at: Instant, call_id: str) -> None:
        day = None if reply.days is None else local_day(at) + timedelta(days=reply.days)
        noted = reply.heard is None and self._random.random() < 0.15
        self._row(
            schema.answer,
            call_id=call_id,
            question=reply.question.key,
            at=at,
            keys=reply.keys,
            money=reply.money.minor if reply.money else None,
            currency=reply.money.currency if reply.money else None,
            number=reply.number,
            day=day.isoformat() if day else None,
            text=reply.text,
            heard=str(reply.heard) if reply.heard else None,
            note=pick(self._random, self._person.said.quotes) if noted else "",
            **_SAID,
        )
        if reply.money is not None and reply.question.sets == "value":
            self._set_value(reply.money)
        if day is not None and reply.question.sets == "expected_on":
            self.columns["expected_on"] = day.isoformat()
        if reply.text is not None and reply.question.kind == "person":
            self._stakeholder(reply.text, reply.question.asks, None, at)

    # ── beside the way ───────────────────────────────────────────────────────────────────────────────────────────

    def _look_around(self, created: Instant) -> None:
        """Small signs of interest now and then; the hot ones have just asked for something."""
        random, calm, now = self._random, self._setting.calm, self._setting.now
        for _ in range(int(random.random() * 3.4) if calm else 0):
            self._event(pick(random, calm).key, self._between(created, now))
        if self._hot and self._setting.hot:
            self._event(pick(random, self._setting.hot).key, now - int((0.3 + 6 * random.random()) * HOUR))

    def _go_on(self, since: Instant) -> None:
        """What was tried since the last move."""
        free = self._setting.now - since
        if self._stage.kind is not StageKind.OPEN or self._hot or free < DAY // 3:
            return
        if len(self._path) > _UNCALLED and self._random.random() < 0.6:
            self._call(since + int(free * (0.3 + 0.6 * self._random.random())), None, {}, 0.3)
        elif self._setting.tries and self._random.random() < 0.35 * len(self._path) - 0.2:
            self._log(self._between(since, self._setting.now), 0, pick(self._random, self._setting.tries))

    def _plan(self, since: Instant) -> None:
        """The next step of most open leads, some of them overdue."""
        random, kind = self._random, self._stage.kind
        if kind is StageKind.OPEN and not self._hot and random.random() < 0.25 + 0.17 * len(self._path):
            due = self._setting.today + timedelta(days=pick(random, _DUE))
        elif kind is StageKind.NURTURE and random.random() < 0.5:
            due = self._setting.today + timedelta(days=15 + int(random.random() * 75))
        else:
            return
        entry = self._stage.tasks
        text = words.pick(entry[0].text, self._language) if entry else pick(random, self._person.said.tasks)
        time = (
            f"{9 + int(random.random() * 8):02d}:{pick(random, ('00', '00', '30'))}" if random.random() < 0.4 else None
        )
        self._task(text, due, time, since)

    def _task(self, text: str, due: date, time: str | None, since: Instant) -> None:
        self._row(schema.task, text=text, due_on=due.isoformat(), due_time=time, done_at=None, created_at=since)

    def _write_down(self, created: Instant) -> None:
        """Notes, tags and people."""
        random, person = self._random, self._person
        if random.random() < 0.08 * len(self._path):
            at = self._between(created, self._setting.now)
            self._row(schema.note, call_id=None, at=at, text=pick(random, person.said.notes))
        if random.random() < 0.12:
            self._row(schema.lead_tag, tag=pick(random, person.said.tags))
        if len(self._path) > _UNCALLED and random.random() < 0.45 and self._setting.playbook.roles:
            name = self._setting.vocabulary.other_name(random, person.place)
            role = pick(random, self._setting.playbook.roles).key
            attitude = pick(random, ("for", "neutral", "neutral", "against"))
            self._stakeholder(name, role, attitude, self._at[-1])

    def _stakeholder(self, name: str, role: str | None, attitude: str | None, at: Instant) -> None:
        self._row(schema.stakeholder, name=name, title=None, role=role, attitude=attitude, note=None, created_at=at)

    def _event(self, kind: str, at: Instant) -> None:
        self._row(schema.event, kind=kind, at=max(at, self._at[0]), note=None)

    def _between(self, first: Instant, last: Instant) -> Instant:
        return first + int(self._random.random() * max(last - first - 5 * MINUTE, 0))

    def _row(self, table: Table, **values: object) -> dict[str, object]:
        values["id"] = self._new_id()
        values["lead_id"] = self._lead_id
        rows = self.rows.get(table)
        if rows is None:
            rows = self.rows[table] = []
        rows.append(values)
        return values


# A path so short has no call that reached anybody.
_UNCALLED = 2

# Events below this are noise to a gate that asks for a score.
_WORTH_TELLING: Tenths = 25

_DUE: Sequence[int] = (-3, -1, 0, 0, 0, 1, 1, 2, 3, 4, 6, 9, 14)
_MOVE: Mapping[str, object] = {"reason": None, "override": None, "until": None}
_SAID: Mapping[str, object] = {"by": "", "withdrawn_at": None}
