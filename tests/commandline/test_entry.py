"""How a line ends: its exit code, one line on stderr, never a traceback, never Qt."""

from __future__ import annotations

import subprocess
import sys
from argparse import Namespace
from collections.abc import Generator
from pathlib import Path

import pytest

from leaddesk.commandline import entry, session
from leaddesk.db.records import Progress
from leaddesk.db.store import Step, Store
from leaddesk.operations.leads import add_lead
from leaddesk.operations.verb import operation
from leaddesk.paths import log_folder
from tests.commandline.conftest import Shell

_ROOT = Path(__file__).resolve().parent.parent.parent


def _python(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *arguments], cwd=_ROOT, capture_output=True, text=True, encoding="utf-8")


def test_a_line_is_typed_into_the_program_itself(tmp_path: Path) -> None:
    database = str(tmp_path / "typed.leaddesk")
    added = _python("-m", "leaddesk", "add", "name=王晓明", "--db", database, "--lang", "zh_CN")
    assert (added.returncode, added.stderr) == (0, "")
    assert "王晓明" in added.stdout
    wrong = _python("-m", "leaddesk", "shw")
    assert (wrong.returncode, wrong.stdout, wrong.stderr.count("\n")) == (2, "", 1)
    missing = _python("-m", "leaddesk", "show", "nobody", "--db", database)
    assert (missing.returncode, missing.stdout, missing.stderr.count("\n")) == (1, "", 1)


def test_no_verb_loads_qt(shell: Shell, tmp_path: Path) -> None:
    table = tmp_path / "leads.csv"
    table.write_text("Name,Company\nBo,Acme\n", encoding="utf-8")
    lead_id = shell.add()
    lines = [
        ["show", lead_id],
        ["board"],
        ["list", "--search", "anna"],
        ["fields"],
        ["answer", lead_id, "approver", "named"],
        ["move", lead_id, "discovery"],
        ["import", str(table)],
        ["demo", "--leads", "3"],
        ["undo"],
        ["check"],
    ]
    script = tmp_path / "look.py"
    script.write_text(
        "import sys\nfrom leaddesk.commandline.entry import main\n"
        f"for line in {lines!r}:\n    main(['--db', {str(shell.database)!r}, *line])\n"
        "print([name for name in sys.modules if name.split('.')[0] in ('PySide6', 'shiboken6')], file=sys.stderr)\n",
        encoding="utf-8",
    )
    done = _python("-c", f"import runpy, sys; sys.path.insert(0, {str(_ROOT)!r}); runpy.run_path({str(script)!r})")
    assert done.stderr.splitlines()[-1] == "[]"


def test_what_nobody_foresaw_is_one_line_and_the_log_has_the_rest(capsys: pytest.CaptureFixture[str]) -> None:
    code = entry.run(Namespace(verb="juggle", lang="en", json=False))
    printed = capsys.readouterr()
    assert code == 1
    assert printed.err.count("\n") == 1
    log = log_folder() / "commandline.log"
    assert str(log) in printed.err
    assert "KeyError: 'juggle'" in log.read_text(encoding="utf-8")


def test_a_reader_that_has_seen_enough_is_no_error(shell: Shell) -> None:
    for name in ("Bo", "Eve"):
        shell.add(name=name)
    line = [sys.executable, "-m", "leaddesk", "list", "--json", "--db", str(shell.database)]
    running = subprocess.Popen(line, cwd=_ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert running.stdout is not None
    assert running.stderr is not None
    running.stdout.close()
    said = running.stderr.read()
    running.stderr.close()
    assert (running.wait(), said) == (0, b"")


@operation
def _interrupted(step: Step) -> Generator[Progress, None, None]:
    """Adds a lead and is stopped by Ctrl+C at its second."""
    add_lead(step, {"name": "Bo"})
    yield Progress(1)
    raise KeyboardInterrupt


def test_ctrl_c_takes_back_what_a_job_did(tmp_path: Path) -> None:
    with Store.open(tmp_path / "typed.leaddesk") as store:
        job = store.job(_interrupted, now=1)
        with pytest.raises(KeyboardInterrupt):
            session.follow(job)
        assert store.last_undoable() is None


def test_ctrl_c_ends_with_130(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_arguments: Namespace) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("leaddesk.commandline.records.fields", interrupted)
    told = shell.type("fields")
    assert (told.code, told.out, told.err) == (130, "", "leaddesk: Stopped. Nothing was changed.\n")


def test_a_terminal_without_chinese_gets_marks_instead_of_an_error(shell: Shell) -> None:
    shell.add(name="王晓明")
    line = [sys.executable, "-X", "utf8=0", "-m", "leaddesk", "list", "--db", str(shell.database), "--lang", "zh_CN"]
    environment = {"PYTHONIOENCODING": "cp1252", "LEADDESK_HOME": str(shell.database.parent)}
    done = subprocess.run(line, cwd=_ROOT, capture_output=True, env=environment)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"???" in done.stdout
    done = subprocess.run([*line, "--json"], cwd=_ROOT, capture_output=True, env=environment)
    assert b"\\u738b" in done.stdout
