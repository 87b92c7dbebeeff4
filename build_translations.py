"""Compiles resources/i18n/*.ts to .qm: as a script into build/i18n, as hatchling's build hook into the wheel."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface as Hook
except ImportError:  # a plain run needs no hatchling
    Hook = object  # type: ignore[assignment,misc]

ROOT = Path(__file__).resolve().parent


class CustomBuildHook(Hook):  # type: ignore[type-arg]
    """Puts the compiled translations into the wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile, and name the results to hatchling."""
        del version
        for qm in compile_translations(ROOT / "build" / "i18n"):
            build_data["force_include"][str(qm)] = f"leaddesk/_resources/i18n/{qm.name}"


def compile_translations(into: Path) -> list[Path]:
    """Compile each .ts file that is newer than its .qm; return every .qm."""
    into.mkdir(parents=True, exist_ok=True)
    made = []
    for source in sorted((ROOT / "resources" / "i18n").glob("*.ts")):
        target = into / f"{source.stem}.qm"
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            subprocess.run([str(lrelease()), "-silent", str(source), "-qm", str(target)], check=True)  # noqa: S603
        made.append(target)
    return made


def lrelease() -> Path:
    """The compiler that comes with PySide6."""
    import importlib.util

    spec = importlib.util.find_spec("PySide6")
    if spec is None or spec.origin is None:
        sys.exit("PySide6 is not installed")
    folder = Path(spec.origin).parent
    return next(path for path in (folder / "lrelease", folder / "lrelease.exe") if path.exists())


if __name__ == "__main__":
    compile_translations(ROOT / "build" / "i18n")
