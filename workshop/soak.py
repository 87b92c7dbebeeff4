"""`python3 dev.py soak`: kills the program while keys are typed into a call, and looks whether anything is missing."""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from leaddesk.db.check import check
from leaddesk.db.engine import driver
from leaddesk.db.store import Reader
from workshop.hand import demo
from workshop.ledger import Account, read_ledger
from workshop.reckoning import Held, differences, held_by

ROOT = Path(__file__).resolve().parent.parent
#: Of so many runs one has another program writing to the database now and then, so that the files beside it serve.
_LOCKED_EVERY = 3


@dataclass
class Soak:
    """What many kills came to.

    `missing`: what was typed more than a second before, or shown as saved, and is not there; `astray`: what stands
    where nobody typed it; `findings`: broken databases; `not_resumed`: calls that were not taken up where they stood.
    """

    kills: int = 0
    keys: int = 0
    shown_saved: int = 0
    locked: int = 0
    missing: list[str] = field(default_factory=list)
    astray: list[str] = field(default_factory=list)
    findings: list[str] = field(default_factory=list)
    not_resumed: list[str] = field(default_factory=list)

    @property
    def failures(self) -> list[str]:
        """Everything that is wrong."""
        return [*self.missing, *self.astray, *self.findings, *self.not_resumed]

    def line(self) -> str:
        """How far it is."""
        return (
            f"{self.kills} kills ({self.locked} with the database locked now and then), {self.keys} keys typed, "
            f"{self.shown_saved} of them shown as saved, {len(self.missing)} missing, {len(self.astray)} astray, "
            f"{len(self.not_resumed)} calls not resumed, {len(self.findings)} database findings"
        )


def kill_again_and_again(database: Path, kills: int, seed: int = 1) -> Iterator[Soak]:
    """Start a caller on the database, kill it at a random instant of its work, start it again and look; so many times.

    All runs share one home, so that what one left beside the database is there for the next.
    """
    soak, chance = Soak(), random.Random(seed)
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        caller, before = _Caller(database, home, seed * 1000), held_by(database, _drafts(home))
        for turn in range(kills):
            locked = turn % _LOCKED_EVERY == _LOCKED_EVERY - 1
            with _locked_now_and_then(database, random.Random(chance.random())) if locked else _left_alone():
                caller.work()
                caller.kill_after(chance.uniform(0.3, 4.0))
            account = read_ledger(caller.ledger)
            caller = _Caller(database, home, seed * 1000 + turn + 1)  # takes up what was left
            after = held_by(database, _drafts(home))
            _reckon(soak, before, after, account, caller, locked=locked)
            with Reader(database) as reader:
                soak.findings += [str(finding) for finding in check(reader)]
            before = after
            yield soak
        caller.kill_after(0)


def _reckon(soak: Soak, before: Held, after: Held, account: Account, caller: _Caller, *, locked: bool) -> None:
    soak.kills += 1
    soak.locked += locked
    soak.keys += len(account.entries)
    soak.shown_saved += sum(entry.number <= account.saved for entry in account.entries)
    missing, astray = differences(before, after, account, every_answer=not locked)
    soak.missing += [f"run {soak.kills}: {what}" for what in missing]
    soak.astray += [f"run {soak.kills}: {what}" for what in astray]
    calls = [str(fact["call"]) for fact in account.facts if "call" in fact]
    ending = {entry.place[1] for entry in account.entries if entry.place[0] == "ended"}
    if calls and calls[-1] not in ending and caller.told["call"] != calls[-1]:
        soak.not_resumed.append(f"run {soak.kills}: call {calls[-1]} was not taken up, but {caller.told}")
    elif caller.told["resumed"] and caller.told["asked"] != after.stands.get(str(caller.told["call"])):
        soak.not_resumed.append(f"run {soak.kills}: taken up at {caller.told['asked']}, not where it stood")


class _Caller:
    """One program, up and waiting; `told`: what it took up."""

    def __init__(self, database: Path, home: Path, seed: int) -> None:
        self.ledger = home / f"ledger-{seed}"
        environment = {
            **os.environ,
            "LEADDESK_HOME": str(home),
            "PYTHONPATH": str(ROOT),
            "QT_QPA_PLATFORM": "offscreen",
        }
        command = [sys.executable, "-m", "workshop.caller", str(database), str(self.ledger), str(seed)]
        self._child = subprocess.Popen(
            command, env=environment, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert self._child.stdout is not None
        line = self._child.stdout.readline()
        if not line:
            raise RuntimeError("the caller ended by itself")
        self.told: dict[str, object] = json.loads(line)

    def work(self) -> None:
        """Let it type."""
        assert self._child.stdin is not None
        self._child.stdin.write("go\n")
        self._child.stdin.flush()
        while not self.ledger.exists() or b'"number"' not in self.ledger.read_bytes():
            if self._child.poll() is not None:
                raise RuntimeError("the caller ended by itself")
            time.sleep(0.01)

    def kill_after(self, seconds: float) -> None:
        """Kill it without a warning."""
        time.sleep(seconds)
        if self._child.poll() is not None:
            raise RuntimeError("the caller ended by itself")
        self._child.send_signal(signal.SIGKILL)
        self._child.communicate()


@contextmanager
def _locked_now_and_then(database: Path, chance: random.Random) -> Iterator[None]:
    """Another program writes to the database for a while, again and again; after the block nobody does."""
    over = threading.Event()

    def lock() -> None:
        connection = driver.connect(str(database), isolation_level=None, timeout=30)
        while not over.wait(chance.uniform(0.1, 0.6)):
            connection.execute("BEGIN IMMEDIATE")
            over.wait(chance.uniform(0.3, 2.5))
            connection.execute("ROLLBACK")
        connection.close()

    thread = threading.Thread(target=lock)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


@contextmanager
def _left_alone() -> Iterator[None]:
    yield


def _drafts(home: Path) -> Path:
    return home / "state" / "typed"


def main() -> int:
    """Kill, look, print; 1 when anything is wrong."""
    parser = argparse.ArgumentParser(prog="dev.py soak", description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args()
    soak, told = Soak(), 0
    with tempfile.TemporaryDirectory() as folder:
        database = demo(Path(folder) / "soak.leaddesk")
        for soak in kill_again_and_again(database, wanted.kills, wanted.seed):
            for failure in soak.failures[told:]:
                print(failure, flush=True)
            told = len(soak.failures)
            if soak.kills % 10 == 0:
                print(soak.line(), flush=True)
    print(soak.line())
    return 1 if soak.failures else 0


if __name__ == "__main__":
    sys.exit(main())
