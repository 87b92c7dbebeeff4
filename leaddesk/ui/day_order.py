"""Whether the month comes before the day where somebody writes both in figures."""

from __future__ import annotations

from PySide6.QtCore import QLocale


def month_first(language: str) -> bool:
    """As this machine's dates are written, 11/30/2026; in Chinese always."""
    if language.startswith("zh"):
        return True
    short = QLocale.system().dateFormat(QLocale.FormatType.ShortFormat)
    return 0 <= short.find("M") < short.find("d")
