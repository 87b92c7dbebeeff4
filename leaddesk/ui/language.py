"""Speaks a language: the translators of our own sentences and of Qt's, and dates and numbers of that country."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from leaddesk.resources import compiled_translations
from leaddesk.ui.desk import Desk

_LOCALES = {"en": "en_GB", "zh_CN": "zh_CN"}


class Speaker:
    """Keeps the translators in use."""

    def __init__(self, application: QApplication, desk: Desk) -> None:
        self._application = application
        self._desk = desk
        self._translators: list[QTranslator] = []

    def speak(self, language: str) -> None:
        """Switch; every widget gets a LanguageChange event."""
        self._desk.language = language
        QLocale.setDefault(QLocale(_LOCALES.get(language, language)))
        self.be_silent()
        qt = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
        sources = [qt / f"qtbase_{language}.qm", compiled_translations() / f"leaddesk_{language}.qm"]
        self._translators = [made for made in map(_loaded, sources) if made is not None]
        for translator in self._translators:
            self._application.installTranslator(translator)
        for widget in self._application.topLevelWidgets():
            self._application.postEvent(widget, QEvent(QEvent.Type.LanguageChange))

    def be_silent(self) -> None:
        """Let the translators go."""
        for old in self._translators:
            self._application.removeTranslator(old)
        self._translators = []


def _loaded(path: Path) -> QTranslator | None:
    translator = QTranslator()
    return translator if path.is_file() and translator.load(str(path)) else None
