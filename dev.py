"""Sets LeadDesk up and runs it: `python3 dev.py run`, `python3 dev.py test`, and the rest of the workshop.

Needs nothing but Python 3.11 and pip: it looks for the shared libraries Qt opens, installs what is missing where it
may, makes a virtual environment and fills it from a hash-locked file. All of that is skipped while nothing has changed.
"""

from __future__ import annotations

import argparse
import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
BUILD = ROOT / "build"

# What Qt opens at run time, and the Debian package that brings it.
QT_LIBRARIES = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
}
WINDOW_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
CHINESE_FONT_PACKAGE = "fonts-wqy-microhei"
CHINESE_FONT_NAMES = ("wqy", "notosanscjk", "noto-cjk", "sourcehansans", "droidsansfallback")


def main(arguments: list[str]) -> int:
    """Run one workshop command and return its exit code."""
    parser = argparse.ArgumentParser(prog="dev.py", description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="COMMAND")
    for name, (_, text) in COMMANDS.items():
        verbs.add_parser(name, help=text, add_help=False)
    known, rest = parser.parse_known_args(arguments[:1])
    rest = [*rest, *arguments[1:]]
    return COMMANDS[known.verb][0](rest)


def run(rest: list[str]) -> int:
    """Open the program; with no display, play the tour off screen instead."""
    prepare("requirements.lock")
    if has_display() or rest:
        return call(PYTHON, "-m", "leaddesk", *rest)
    print("There is no display here, so LeadDesk plays its tour off screen with sample leads.")
    return call(PYTHON, "-m", "workshop.tour", "--into", BUILD / "tour", platform="offscreen")


def test(rest: list[str]) -> int:
    """Run every test."""
    prepare("requirements-dev.lock")
    workers = [] if any(word.startswith("-n") for word in rest) else ["-n", str(min(4, os.cpu_count() or 1))]
    return call(PYTHON, "-m", "pytest", *workers, *rest, platform="offscreen")


def check(rest: list[str]) -> int:
    """Run everything a change must pass: style, types, import contracts, tests. Stop at the first that fails."""
    prepare("requirements-dev.lock")
    steps: list[tuple[str | Path, ...]] = [
        (PYTHON, "-m", "ruff", "check", "."),
        (PYTHON, "-m", "ruff", "format", "--check", "."),
        (PYTHON, "-m", "mypy"),
        (VENV / PYTHON.parent.name / "lint-imports", "--no-cache"),
    ]
    for step in steps:
        print("→", *[Path(word).name if isinstance(word, Path) else word for word in step], flush=True)
        if code := call(*step):
            return code
    return test(rest)


def screens(rest: list[str]) -> int:
    """Draw every room in both themes and languages into build/screens."""
    prepare("requirements.lock")
    return call(PYTHON, "-m", "workshop.screens", "--into", BUILD / "screens", *rest, platform="offscreen")


def bench(rest: list[str]) -> int:
    """Print start-up, page, search and save as ratios to their floors."""
    prepare("requirements.lock")
    return call(PYTHON, "-m", "bench", *rest, platform="offscreen")


def soak(rest: list[str]) -> int:
    """Kill and fuzz the program for a long time."""
    prepare("requirements-dev.lock")
    return call(PYTHON, "-m", "workshop.soak", *rest, platform="offscreen")


COMMANDS = {
    "run": (run, "open LeadDesk (arguments go to the program)"),
    "test": (test, "run the tests (arguments go to pytest)"),
    "check": (check, "style, types, import contracts and tests: what a change must pass"),
    "screens": (screens, "draw every room, both themes, both languages, into build/screens"),
    "bench": (bench, "start-up, page, search and save as ratios to their floors"),
    "soak": (soak, "long runs that kill and fuzz the program"),
}


def prepare(lock_name: str) -> None:
    """Bring libraries, environment and translations up to date; do nothing when they are."""
    if sys.version_info < (3, 11):
        sys.exit("LeadDesk needs Python 3.11 or newer; this is " + sys.version.split()[0] + ".")
    if sys.platform.startswith("linux"):
        install_debian_packages()
    fill_environment(lock_name)
    call(PYTHON, ROOT / "build_translations.py")


def install_debian_packages() -> None:
    """Install just the missing shared libraries and a Chinese font, or say the one line that does."""
    missing = [package for soname, package in QT_LIBRARIES.items() if not loads(soname)]
    if has_display():
        missing += [package for soname, package in WINDOW_LIBRARIES.items() if not loads(soname)]
    if not has_chinese_font():
        missing.append(CHINESE_FONT_PACKAGE)
    if not missing:
        return
    if not shutil.which("apt-get"):
        print("Qt may need these libraries, which were not found: " + ", ".join(missing), file=sys.stderr)
        return
    prefix = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if prefix and (not shutil.which("sudo") or subprocess.run([*prefix, "true"], capture_output=True).returncode):
        print("Please run once:  sudo apt-get install " + " ".join(missing), file=sys.stderr)
        return
    print("Installing " + " ".join(missing), flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = [*prefix, "apt-get", "install", "-y", "-q", "--no-install-recommends", *missing]
    for command in ([*prefix, "apt-get", "update", "-q"], install):
        done = subprocess.run(command, env=quiet, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if done.returncode:
        print(done.stderr.strip(), file=sys.stderr)
        print("Please run once:  sudo apt-get install " + " ".join(missing), file=sys.stderr)


def loads(soname: str) -> bool:
    """Whether the dynamic linker finds a library."""
    try:
        ctypes.CDLL(soname)
    except OSError:
        return False
    return True


def has_chinese_font() -> bool:
    """Whether some well-known Chinese font lies in the usual folders."""
    folders = [
        Path("/usr/share/fonts"),
        Path("/usr/local/share/fonts"),
        Path.home() / ".fonts",
        Path.home() / ".local/share/fonts",
    ]
    names = (
        path.name.lower().replace(" ", "") for folder in folders if folder.is_dir() for path in folder.rglob("*.*t*")
    )
    return any(known in name for name in names for known in CHINESE_FONT_NAMES)


def has_display() -> bool:
    """Whether a window can be opened."""
    if os.environ.get("QT_QPA_PLATFORM") in {"offscreen", "minimal"}:
        return False
    if not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def fill_environment(lock_name: str) -> None:
    """Make .venv and install what the lock names, unless that very lock is already in."""
    lock = ROOT / lock_name
    fingerprint = hashlib.sha256(lock.read_bytes() + sys.version.encode()).hexdigest()
    stamp = VENV / f".{lock_name}.installed"
    if PYTHON.exists() and stamp.exists() and stamp.read_text() == fingerprint:
        return
    if not PYTHON.exists():
        make_environment()
    print(f"Installing what {lock_name} names (only this first time)", flush=True)
    call_or_exit(*pip(), "install", "--quiet", "--require-hashes", "--only-binary", ":all:", "-r", lock)
    stamp.write_text(fingerprint)


def make_environment() -> None:
    """Make .venv, also where Debian's python3-venv is missing."""
    print("Making .venv", flush=True)
    call_or_exit(sys.executable, "-m", "venv", "--without-pip", "--clear", VENV)


def pip() -> list[str | Path]:
    """The pip of this machine, aimed at .venv, so that the environment needs no ensurepip."""
    return [sys.executable, "-m", "pip", "--python", str(PYTHON), "--disable-pip-version-check", "--no-input"]


def call(*command: str | Path, platform: str | None = None) -> int:
    """Run a command in the project's folder and return its exit code."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    if platform and not os.environ.get("QT_QPA_PLATFORM"):
        environment["QT_QPA_PLATFORM"] = platform
    try:
        return subprocess.run([str(word) for word in command], cwd=ROOT, env=environment).returncode
    except KeyboardInterrupt:
        return 130


def call_or_exit(*command: str | Path) -> None:
    """Run a command and end with its code when it fails."""
    if code := call(*command):
        sys.exit(code)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
