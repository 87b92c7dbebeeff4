"""Brings resources/i18n/*.ts up to the sources with lupdate, and tells what is not translated yet.

`python -m workshop.translations` writes the files and ends with 1 while something is unfinished.
"""

from __future__ import annotations

import importlib.util
import subprocess
import sys
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "i18n"
CHINESE = FOLDER / "leaddesk_zh_CN.ts"
ENGLISH = FOLDER / "leaddesk_en.ts"


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence of a .ts file. `texts`: its translations, one a plural form."""

    context: str
    source: str
    texts: tuple[str, ...]
    finished: bool


def sources() -> list[Path]:
    """Every file that may hold self.tr(…)."""
    return sorted([ROOT / "leaddesk" / "app.py", *(ROOT / "leaddesk" / "ui").rglob("*.py")])


def update(target: Path, language: str, *options: str, into: Path | None = None) -> Path:
    """Run lupdate; `into` another file than the one that is kept, for looking only."""
    made = into or target
    if into is not None and target.exists():
        into.write_bytes(target.read_bytes())
    names = [str(path.relative_to(ROOT)) for path in sources()]
    fixed = ["-silent", "-no-obsolete", "-locations", "none", "-source-language", "en", "-target-language", language]
    command = [str(lupdate()), *fixed, *options, *names, "-ts", str(made)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return made


def messages(path: Path) -> list[Message]:
    """What a .ts file holds."""
    found = []
    for context in ET.parse(path).getroot().iter("context"):
        name = context.findtext("name") or ""
        for message in context.iter("message"):
            translation = message.find("translation")
            if translation is None:
                continue
            forms = [form.text or "" for form in translation.iter("numerusform")] or [translation.text or ""]
            done = translation.get("type") is None and all(forms)
            found.append(Message(name, message.findtext("source") or "", tuple(forms), done))
    return found


def lupdate() -> Path:
    """The tool that comes with PySide6."""
    spec = importlib.util.find_spec("PySide6")
    if spec is None or spec.origin is None:
        sys.exit("PySide6 is not installed")
    folder = Path(spec.origin).parent
    return next(path for path in (folder / "lupdate", folder / "lupdate.exe") if path.exists())


def main() -> int:
    """Update both files and list what is unfinished."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    update(CHINESE, "zh_CN")
    update(ENGLISH, "en", "-pluralonly")
    unfinished = [(path.name, one) for path in (CHINESE, ENGLISH) for one in messages(path) if not one.finished]
    for name, one in unfinished:
        print(f"{name}: {one.context}: {one.source!r}")
    print(f"{len(unfinished)} unfinished")
    return 1 if unfinished else 0


if __name__ == "__main__":
    sys.exit(main())
