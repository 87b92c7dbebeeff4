"""Writes the README's table of shortcuts, and with `--pictures` its pictures: `python -m workshop.readme`."""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from pathlib import Path

from leaddesk.ui.commands import shortcut_table

README = Path(__file__).resolve().parent.parent / "README.md"
BEGIN, END = "<!-- shortcuts: made by workshop/readme.py -->", "<!-- end of shortcuts -->"


def table(language: str = "en") -> str:
    """The shortcuts as a Markdown table."""
    rows = [f"| {menu} | {words} | {_keys(keys)} |" for menu, words, keys in shortcut_table(language)]
    return "\n".join(["| | | |", "|---|---|---|", *rows])


#: Keys as the window writes them, where Qt calls them otherwise.
_WRITTEN = {"Return": "Enter", "Left": "←", "Right": "→", "Up": "↑", "Down": "↓"}


def _keys(keys: str) -> str:
    """Shortcuts as the window shows them on this side of macOS."""
    return " / ".join(f"`{'+'.join(_WRITTEN.get(key, key) for key in one.split('+'))}`" for one in keys.split(" / "))


def with_table(text: str) -> str:
    """The README's text with the table of today between its marks."""
    return re.sub(f"{re.escape(BEGIN)}.*?{re.escape(END)}", lambda _: f"{BEGIN}\n{table()}\n{END}", text, flags=re.S)


#: Pictures of the documents, and the stop of the tour each is made from.
PICTURES = {
    "board": "01-board",
    "call-before": "02-call-before",
    "call": "04-call-answered",
    "gate": "07-gate",
    "leads": "09-leads",
}


def _channels(colour: int) -> tuple[int, int, int]:
    return colour >> 16 & 255, colour >> 8 & 255, colour & 255


def _fewer(counted: Counter[int], most: int = 256) -> dict[int, int]:
    """Which colour stands for each: the commonest of those much like it, and of these the nearest that is kept."""
    alike: dict[tuple[int, ...], Counter[int]] = {}
    for colour, count in counted.items():
        alike.setdefault(tuple(channel >> 3 for channel in _channels(colour)), Counter())[colour] = count
    groups = sorted(alike.values(), key=lambda group: -group.total())
    kept = [group.most_common(1)[0][0] for group in groups[:most]]

    def nearest(colour: int) -> int:
        here = _channels(colour)
        return min(kept, key=lambda one: sum((a - b) ** 2 for a, b in zip(here, _channels(one), strict=True)))

    stands = [*kept, *(nearest(group.most_common(1)[0][0]) for group in groups[most:])]
    return {colour: stand for group, stand in zip(groups, stands, strict=True) for colour in group}


def shrink(tour: Path, into: Path) -> None:
    """Make small pictures of the documents from those of the tour: smaller, and with a palette."""
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QImage

    for name, stop in PICTURES.items():
        image = QImage(str(tour / f"{stop}.png"))
        small = image.scaledToWidth(1200, Qt.TransformationMode.SmoothTransformation)
        plain = small.convertToFormat(QImage.Format.Format_RGB32)
        pixels = memoryview(plain.bits()).cast("B").cast("I")
        stands = _fewer(Counter(pixels))
        for place, colour in enumerate(pixels):
            pixels[place] = stands[colour]
        table = sorted(set(stands.values()))
        plain.convertToFormat(QImage.Format.Format_Indexed8, table).save(str(into / f"{name}.png"), quality=0)


def main() -> int:
    """Write what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pictures", type=Path, metavar="FOLDER", help="the folder a tour wrote its pictures to")
    tour = parser.parse_args().pictures
    if tour is not None:
        shrink(tour, README.parent / "docs" / "screens")
    README.write_text(with_table(README.read_text(encoding="utf-8")), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
