"""`python3 dev.py soak`: kills the program in the middle of calls, and looks whether what was saved is still there."""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import select

from leaddesk.db.check import check
from leaddesk.db.schema import answer, call, note
from leaddesk.db.store import Reader
from workshop.hand import demo

ROOT = Path(__file__).resolve().parent.parent


@dataclass
class Soak:
    """What many kills came to. `lost`: what had been shown as saved and is not there; `findings`: broken databases."""

    kills: int = 0
    shown_saved: int = 0
    lost: list[str] = field(default_factory=list)
    findings: list[str] = field(default_factory=list)
    not_resumed: int = 0


def kill_again_and_again(database: Path, kills: int, seed: int = 1) -> Iterator[Soak]:
    """Start a caller on the database, kill it at a random instant of its work, look; so many times."""
    soak = Soak()
    chance = random.Random(seed)
    for turn in range(kills):
        lines = _caller_killed(database, turn, chance.uniform(0.1, 2.5))
        soak.kills += 1
        said = [line for line in lines if "started" not in line]
        soak.shown_saved += len(said)
        with Reader(database) as reader:
            soak.lost += _lost(reader, said)
            soak.findings += [str(finding) for finding in check(reader)]
            open_calls = reader.connection.execute(select(call.c.id).where(call.c.ended_at.is_(None))).all()
            soak.not_resumed += bool(lines) and len(open_calls) != 1
        yield soak


def _caller_killed(database: Path, seed: int, after: float) -> list[dict[str, object]]:
    """What a caller said was saved before it was killed, so many seconds after its call was up."""
    with tempfile.TemporaryDirectory() as home:
        environment = {
            **os.environ,
            "LEADDESK_HOME": home,
            "PYTHONPATH": str(ROOT),
            "QT_QPA_PLATFORM": "offscreen",
        }
        command = [sys.executable, "-m", "workshop.caller", str(database), str(seed)]
        child = subprocess.Popen(
            command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        assert child.stdout is not None
        first = child.stdout.readline()
        time.sleep(after)
        child.send_signal(signal.SIGKILL)
        rest, _ = child.communicate()
    whole = [line for line in [first, *rest.splitlines(keepends=True)] if line.endswith("\n")]
    return [json.loads(line) for line in whole]


def _lost(reader: Reader, said: list[dict[str, object]]) -> list[str]:
    """What was shown as saved and is not in the database."""
    rows = reader.connection.execute(select(answer.c.question, answer.c["keys"], answer.c.heard, answer.c.note)).all()
    notes = reader.connection.execute(select(note.c.text)).scalars().all()
    there = {(question, keys or "", heard or "") for question, keys, heard, _ in rows}
    written = " ".join([*(words or "" for *_, words in rows), *notes])
    lost = []
    for line in said:
        if "note" in line:
            if str(line["note"]) not in written:
                lost.append(str(line))
        else:
            keys = ",".join(str(key) for key in list(line["keys"]))  # type: ignore[call-overload]
            if (line["question"], keys, line["heard"] or "") not in there:
                lost.append(str(line))
    return lost


def main() -> int:
    """Kill, look, print; 1 when anything was lost."""
    parser = argparse.ArgumentParser(prog="dev.py soak", description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args()
    soak = Soak()
    with tempfile.TemporaryDirectory() as folder:
        database = demo(Path(folder) / "soak.leaddesk")
        for soak in kill_again_and_again(database, wanted.kills, wanted.seed):
            if soak.kills % 10 == 0 or soak.lost:
                print(f"{soak.kills} kills, {soak.shown_saved} shown as saved, {len(soak.lost)} lost", flush=True)
    print(f"calls not taken up again: {soak.not_resumed}; database findings: {len(soak.findings)}")
    for line in [*soak.lost, *soak.findings]:
        print(line)
    return 1 if soak.lost or soak.findings or soak.not_resumed else 0


if __name__ == "__main__":
    sys.exit(main())
