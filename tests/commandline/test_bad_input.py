"""Whatever is typed or read: one clear sentence, the right exit code, nothing half done, nothing lost."""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leaddesk import words
from leaddesk.commandline.arguments import VERBS
from leaddesk.commandline.entry import main
from leaddesk.db.check import check, dump
from leaddesk.db.store import Store
from leaddesk.paths import config_folder
from tests.commandline.conftest import Shell, Told

_ROOT = Path(__file__).resolve().parent.parent.parent


def _type(database: Path, *line: str) -> Told:
    """Types a line without any fixture, so that it can be typed a thousand times in one test."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main(["--db", str(database), *line])
    return Told(code, out.getvalue(), err.getvalue())


def _held(database: Path) -> object:
    """All that was entered."""
    with Store.open(database, create=False) as store:
        return dump(store)


def _sound(database: Path) -> None:
    with Store.open(database, create=False) as store:
        assert check(store) == []


def _one_sentence(told: Told, *codes: int) -> None:
    assert told.code in (codes or (1,)), told
    assert told.err.count("\n") == 1, told
    assert told.err.startswith("leaddesk: ")
    assert len(told.err) < 2000
    assert "foresee" not in told.err
    assert "意料之外" not in told.err


def _refused_in_both(database: Path, *line: str, code: int = 1) -> None:
    """One sentence in each language, another in each, and nothing was changed."""
    before = _held(database)
    said = []
    for language in words.LANGUAGES:
        told = _type(database, *line, "--lang", language)
        _one_sentence(told, code)
        said.append(told.err)
    assert said[0] != said[1]
    assert _held(database) == before


@pytest.fixture
def database(shell: Shell) -> Path:
    """A database with a lead in it, known as -x too."""
    shell.add(external_id="-x", company="Acme")
    return shell.database


# ── files ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b" \n \n",
        b"\xef\xbb\xbf",
        b"Name,Company\n",
        b"\0" * 5000,
        b"PK\x03\x04" + b"x" * 500,
        bytes(range(256)) * 40,
    ],
    ids=["empty", "blank", "mark alone", "header alone", "zeros", "spreadsheet", "binary"],
)
def test_files_that_are_no_table(database: Path, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "leads.csv").write_bytes(content)
    _refused_in_both(database, "import", str(tmp_path / "leads.csv"))


@pytest.mark.parametrize("name", ["nothing.csv", ".", "", "x" * 300, "typed.leaddesk", "typed.leaddesk/x"])
def test_names_that_are_no_table(database: Path, tmp_path: Path, name: str) -> None:
    _refused_in_both(database, "import", str(tmp_path / name))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes on this system")
def test_a_pipe_is_not_waited_for(database: Path, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    _refused_in_both(database, "import", str(tmp_path / "pipe"))
    _refused_in_both(database, "restore", str(tmp_path / "pipe"))
    _refused_in_both(database, "backup", str(tmp_path / "pipe"))
    _refused_in_both(database, "board", "--png", str(tmp_path / "pipe"))


@pytest.mark.parametrize("encoding", ["nonsense", "base64", "utf-16", "utf-32", "idna", " "])
def test_encodings_it_cannot_be(database: Path, tmp_path: Path, encoding: str) -> None:
    (tmp_path / "leads.csv").write_text("Name,Company\nZoë,Škoda\n", encoding="utf-8")
    _refused_in_both(database, "import", str(tmp_path / "leads.csv"), "--encoding", encoding)


def test_a_giant_cell_is_one_rejected_row(database: Path, tmp_path: Path) -> None:
    path = tmp_path / "leads.csv"
    with path.open("wb") as file:
        file.write(b'Name,Company\nBo,Beta\n"')
        for _ in range(8):
            file.write(b"x" * (1 << 20))
        file.write(b'",Gamma\nEve,Delta\n')
    told = json.loads(_type(database, "import", str(path), "--json").out)
    assert (told["added"], told["rejections"]) == (2, [{"line": 3, "reason": "too_long"}])


def test_cells_are_shown_as_just_what_they_say(database: Path, tmp_path: Path) -> None:
    names = ["=1+1", "@SUM(A1)", "<img src=x onerror=1>", "'; drop table lead;--", "👩‍👩‍👧 ﷺ", "%s{0}"]
    path = tmp_path / "leads.csv"
    path.write_text("Name,Company\n" + "".join(f'"{name}",C\n' for name in names), encoding="utf-8")
    assert _type(database, "import", str(path)).code == 0
    listed = json.loads(_type(database, "list", "--json").out)["leads"]
    assert {lead["name"] for lead in listed} == {*names, "Anna Kowalska"}


@pytest.mark.parametrize(
    "options",
    [
        ["--map", "Nope=name"],
        ["--map", "Name=name", "--map", "Company=name"],
        ["--map", "Name=skip", "--map", " name=name"],
        ["--map", "Name=shoe_size"],
        ["--date-order", "sideways"],
    ],
)
def test_columns_that_cannot_be_mapped(database: Path, tmp_path: Path, options: list[str]) -> None:
    (tmp_path / "leads.csv").write_text("Name,Company\nBo,Beta\n", encoding="utf-8")
    _refused_in_both(database, "import", str(tmp_path / "leads.csv"), *options, code=1 if "Nope=name" in options else 2)


@pytest.mark.parametrize("line", ["import leads.csv --rejected", "board --png", "board --pdf", "backup"])
def test_nothing_that_must_stay_is_written_over(database: Path, tmp_path: Path, line: str) -> None:
    table = tmp_path / "leads.csv"
    table.write_text("Name,Company,City\nBo,Beta,Bonn\nTotal\n", encoding="utf-8")
    typed = [str(table) if word == "leads.csv" else word for word in line.split()]
    for target in (database, tmp_path, tmp_path / "nowhere" / "x", tmp_path / ("x" * 300)):
        before = table.read_bytes(), sorted(tmp_path.iterdir())
        _refused_in_both(database, *typed, str(target))
        assert (table.read_bytes(), sorted(tmp_path.iterdir())) == before
    if "--p" not in line:
        _refused_in_both(database, *typed, str(table))


# ── values ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "fact",
    [
        *("size=1e400", "size=NaN", "size=Infinity", "size=-1", "size=1.5", "size=99999999999999999999", "size=²"),
        *("value=1e400 EUR", "value=-5 EUR", "value=30000 XXX", "value=30000", "value=NaN EUR", "value=0.001 EUR"),
        *("expected_on=0000-00-00", "expected_on=31.02.2026", "expected_on=10000-01-01", "expected_on=soon"),
        *("do_not_call=maybe", "origin=moon", "stage=nowhere", "stage=won", "stage=lost", "external_id=-x"),
    ],
)
def test_values_that_cannot_be(database: Path, fact: str) -> None:
    _refused_in_both(database, "add", "name=Bo", fact)


def test_a_gate_on_adding_says_what_it_wants(database: Path) -> None:
    told = _type(database, "add", "name=Bo", "stage=sql", "--json", "--lang", "en")
    assert json.loads(told.out)["unmet"]
    assert "Bo cannot enter SQL yet: " in told.err
    assert "yet: ." not in told.err


@pytest.mark.parametrize(
    "line",
    [
        "show|nobody",
        "show|",
        "show|" + "a" * 100_000,
        "show|\x1b[31mred",
        "note|--|-x| ",
        "event|nowhere|--|-x",
        "event|--at|2999-01-01|--|-x|pricing_page",
        "answer|--|-x|nowhere|x",
        "answer|--|-x|approver|x",
        "answer|--|-x|size|1e308",
        "answer|--|-x|size|1.5",
        "call|--outcome|nowhere|--|-x",
        "move|--|-x|won",
        "move|--override| |--|-x|won",
        "move|--reason|luck|--|-x|lost",
        "move|--reason|contract_runs|--until|2000-01-01|--|-x|parked",
        "move|--sign-off|nobody=Bo|--|-x|sql",
        "list|--stage|nowhere",
        "demo|--leads|0",
        "redo",
        "restore|nowhere",
        "restore|" + "x" * 300,
    ],
)
def test_lines_that_are_refused(database: Path, line: str) -> None:
    typed = line.split("|")
    if "nowhere" in typed and typed[0] == "event":
        typed = ["event", "--", "-x", "nowhere"]
    before = _held(database)
    # Options stand before the --.
    told = _type(database, "--lang", "zh_CN", *typed)
    _one_sentence(told)
    assert _held(database) == before


@pytest.mark.parametrize("day", ["1969-12-31", "9999-12-31", "0001-01-01", "2026-02-30", "someday", "", "10000-01-01"])
@pytest.mark.parametrize("verb", ["list", "add name=Bo", "undo", "check"])
def test_days_that_cannot_be(database: Path, day: str, verb: str) -> None:
    _refused_in_both(database, *verb.split(), "--as-of", day, code=2)


def test_a_clock_set_back_leaves_everything_sound(database: Path) -> None:
    assert _type(database, "note", "--as-of", "2030-01-01", "--", "-x", "later").code == 0
    for day in ("1970-01-02", "2001-01-01", "2999-12-31"):
        assert _type(database, "note", "--as-of", day, "--", "-x", day).code == 0
        assert _type(database, "list", "--json", "--as-of", day).code == 0
    _sound(database)
    for _ in range(5):
        assert _type(database, "undo").code == 0
    _sound(database)


def test_a_word_taken_for_an_option_says_how_it_is_typed(database: Path) -> None:
    told = _type(database, "show", "-x", "--lang", "en")
    _one_sentence(told, 2)
    assert "Put -- before" in told.err
    assert _type(database, "show", "--", "-x").code == 0


def test_an_empty_number_is_told_in_words(database: Path) -> None:
    for option in ("--limit", "--as-of"):
        told = _type(database, "list", option, "", "--lang", "zh_CN")
        _one_sentence(told, 2)
        assert "argument" not in told.err


# ── databases ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_first_verb_typed_says_which_ones_make_a_database(tmp_path: Path) -> None:
    told = _type(tmp_path / "new.leaddesk", "list", "--lang", "en")
    _one_sentence(told)
    assert "`leaddesk add`, `import` and `demo`" in told.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("place", [1, 5, 9, 17, 30, 60])
def test_garbage_in_the_middle_is_told_as_damage(database: Path, tmp_path: Path, place: int) -> None:
    assert _type(database, "demo", "--leads", "3").code == 0
    whole = bytearray(database.read_bytes())
    start = place * 4096 % len(whole)
    whole[start : start + 3000] = b"\xa5" * 3000
    damaged = tmp_path / "damaged.leaddesk"
    for line in ("list --json", "board --json", "check", "add name=Bo", "undo", "list --search anna", "backup copy"):
        damaged.write_bytes(whole)
        typed = [str(tmp_path / "copy") if word == "copy" else word for word in line.split()]
        told = _type(damaged, *typed)
        if told.code:
            _one_sentence(told)
        for tail in ("-wal", "-shm", "-journal"):
            damaged.with_name(damaged.name + tail).unlink(missing_ok=True)


@pytest.mark.skipif(sys.platform == "win32", reason="no limits of files here")
@pytest.mark.parametrize("room", [0, 4096, 600_000])
def test_a_disk_without_room_changes_nothing(database: Path, tmp_path: Path, room: int) -> None:
    before = _held(database)
    limit = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({room}, {room}));"
    for line in (
        ["demo", "--leads", "300"],
        ["backup", str(tmp_path / "copy")],
        ["board", "--png", str(tmp_path / "p")],
    ):
        if room and line[0] != "demo":
            continue
        run = f"from leaddesk.commandline.entry import main; raise SystemExit(main({['--db', str(database), *line]!r}))"
        done = subprocess.run([sys.executable, "-c", limit + run], cwd=_ROOT, capture_output=True, text=True)
        _one_sentence(Told(done.returncode, done.stdout, done.stderr))
        assert _held(database) == before
    assert {path.name for path in tmp_path.iterdir() if "leaddesk" not in path.suffix} <= {database.name}
    _sound(database)


# ── surroundings ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _shell(database: Path, rest: str) -> Told:
    line = f"'{sys.executable}' -m leaddesk --lang en --db '{database}' {rest}"
    done = subprocess.run(["sh", "-c", line], cwd=_ROOT, capture_output=True, text=True, encoding="utf-8")
    assert "Traceback" not in done.stderr
    assert "Exception" not in done.stderr
    return Told(done.returncode, done.stdout, done.stderr)


@pytest.mark.skipif(sys.platform == "win32", reason="the shell is another one here")
def test_output_that_goes_nowhere(database: Path) -> None:
    assert _shell(database, "list >&-") == Told(0, "", "")
    assert _shell(database, "show nobody 2>&-") == Told(1, "", "")
    if Path("/dev/full").exists():
        told = _shell(database, "add name=Full >/dev/full")
        _one_sentence(told)
        assert "has been done" in told.err
        assert _shell(database, "show nobody 2>/dev/full") == Told(1, "", "")


def test_a_home_that_cannot_be(database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("LEADDESK_HOME", str(tmp_path / "file"))
    assert _type(database, "list").code == 0
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main(["add", "name=Bo"])
    _one_sentence(Told(code, out.getvalue(), err.getvalue()))
    assert "LEADDESK_HOME" in err.getvalue()


@pytest.mark.parametrize("content", [b"{", b"\xff\xfe\0", b"[1]", b"[" * 100_000])
def test_broken_settings_are_told_once(database: Path, content: bytes) -> None:
    (config_folder() / "settings.json").write_bytes(content)
    told = _type(database, "list", "--lang", "en")
    assert (told.code, told.err) == (0, "leaddesk: Your settings cannot be read; the usual ones are taken.\n")
    _one_sentence(_type(database, "show", "nobody"))


def test_a_name_that_is_no_text_is_left_out(database: Path) -> None:
    (config_folder() / "settings.json").write_text('{"person": "\\ud800"}', encoding="utf-8")
    assert _type(database, "move", "--override", "known", "--", "-x", "mql").code == 0


# ── anything ─────────────────────────────────────────────────────────────────────────────────────────────────────────

_TABLES = (
    'Name,Company,Email,Phone,Value,Size,Created,Tags,Note\nAnna,"Acme, Inc",a@b.de,+49 30 123456,"1.234,50 €",51-200,'
    '28/01/2018,"a;b","x\ny"\nBo,Ac""me,<b@c.d>,13800138000,12万,约200人,2018年1月2日,,\n',
    "姓名;公司;手机;注册资本\n王晓明;上海物流有限公司;13800138000;500万元\n李;;;\n",
    "Id\tFirst Name\tLast Name\tExpected close date\n1\tA\tB\t1/2/2026\n2\tC\tD\t13/12/2026\n",
)
_PIECES = st.sampled_from(
    [
        *(b'"', b'""', b",", b";", b"\t", b"\n", b"\r", b"\0", b"\xff", b"\xfe\xff", b"'", b"\\", b"=1+1", b"\x1a"),
        *(
            b"\x1b[31m",
            b"9" * 50,
            b"1e400",
            b"NaN",
            b"-5",
            b"0000-00-00",
            b"31.02.2026",
            b"1/1/1",
            b"@",
            b"<img src=x>",
        ),
        *("亿".encode(), "²".encode(), "٣".encode(), "\u202e".encode(), b"5 XXX", b"99999", b"1999999999999"),
    ]
) | st.binary(min_size=1, max_size=6)
_ENCODINGS = st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "latin-1"])
_CUTS = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 6), _PIECES), max_size=8)


@pytest.fixture(scope="module")
def open_house() -> Iterator[Path]:
    """A database that many lines are typed at."""
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "typed.leaddesk"
        _type(database, "demo", "--leads", "3")
        assert _type(database, "add", "name=Anna", "external_id=T1").code == 0
        yield database


@settings(max_examples=30)
@given(table=st.sampled_from(_TABLES), encoding=_ENCODINGS, cuts=_CUTS)
def test_any_bytes_are_imported_or_refused(
    open_house: Path, table: str, encoding: str, cuts: list[tuple[float, int, bytes]]
) -> None:
    content = table.encode(encoding, errors="replace")
    for where, gone, piece in cuts:
        place = round(where * len(content))
        content = content[:place] + piece + content[place + gone :]
    path = open_house.with_name("leads.csv")
    path.write_bytes(content)
    before = _held(open_house)
    told = _type(open_house, "import", str(path), "--json", "--rejected", str(open_house.with_name("rejected.csv")))
    if told.code:
        _one_sentence(told)
    else:
        done = json.loads(told.out)
        assert done["read"] == done["added"] + done["updated"] + done["skipped"] + done["rejected"]
        assert json.loads(_type(open_house, "list", "--json").out)["total"] == 4 + done["added"]
        if done["added"] or done["updated"]:
            assert _type(open_house, "undo").code == 0
    assert _held(open_house) == before


_WORDS = st.sampled_from(
    [
        *("T1", "", "-x", "--", "--json", "--lang", "zh_CN", "--as-of", "2026-01-01", "9999-12-31", "--limit", "-1"),
        *("name=A", "size=5", "value=5 EUR", "stage=sql", "custom.x=1", "custom.=", "=", "tags=a,b", "external_id=T1"),
        *(
            "approver",
            "named",
            "price",
            "lost",
            "won",
            "new",
            "--reason",
            "--until",
            "--override",
            "--evaded",
            "--note",
        ),
        *("pricing_page", "--at", "--outcome", "no_answer", "--minutes", "5", "--next", "--due", "--search", '"', "王"),
        *("\x1b", "9" * 400, "a" * 5000, "--sort", "score", "--map", "Name=name", "--sign-off", "manager=Bo", "NaN"),
    ]
) | st.text(st.characters(exclude_characters="\0"), max_size=5)
_TYPED = sorted(VERBS.keys() - {"backup", "restore", "board", "demo", "import", "playbook"})


@settings(max_examples=80)
@given(verb=st.sampled_from(_TYPED), line=st.lists(_WORDS, max_size=6))
def test_any_words_are_done_or_refused(open_house: Path, verb: str, line: list[str]) -> None:
    before = _held(open_house)
    told = _type(open_house, verb, *line)
    if told.code:
        _one_sentence(told, 1, 2)
        assert _held(open_house) == before
    else:
        assert told.err == ""
        if "--json" in line:
            json.loads(told.out)


def test_after_all_of_that_it_is_sound(open_house: Path) -> None:
    _sound(open_house)
