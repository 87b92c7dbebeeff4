"""Colours by role, fonts, icons and the style sheet: the only module that knows a colour, and switches them live."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from leaddesk.resources import resource, text_of

# The first Latin family a machine has is taken; Chinese ones must be named, else Qt may take Japanese glyph forms.
_LATIN = (
    "Inter",
    "Segoe UI Variable Text",
    "Segoe UI",
    "SF Pro Text",
    "Noto Sans",
    "Ubuntu",
    "Cantarell",
    "Open Sans",
    "DejaVu Sans Condensed",
)
_CHINESE = ("PingFang SC", "Microsoft YaHei UI", "Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Micro Hei")
_TEXT_SIZE = 13  # pixels at 100 %

_PALETTE = {
    QPalette.ColorRole.Window: "ground",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "surface",
    QPalette.ColorRole.AlternateBase: "chip",
    QPalette.ColorRole.ToolTipBase: "toast",
    QPalette.ColorRole.ToolTipText: "on-toast",
    QPalette.ColorRole.PlaceholderText: "faint",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.Button: "surface",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.BrightText: "not-met",
    QPalette.ColorRole.Link: "accent",
    QPalette.ColorRole.LinkVisited: "accent",
    QPalette.ColorRole.Highlight: "accent",
    QPalette.ColorRole.HighlightedText: "on-accent",
    QPalette.ColorRole.Light: "raised",
    QPalette.ColorRole.Midlight: "hover",
    QPalette.ColorRole.Mid: "line",
    QPalette.ColorRole.Dark: "line-strong",
    QPalette.ColorRole.Shadow: "shadow",
    QPalette.ColorRole.Accent: "accent",
}


@dataclass(frozen=True, slots=True)
class Theme:
    """A named set of colours: role → #RRGGBB or #RRGGBBAA."""

    name: str
    dark: bool
    roles: dict[str, str]

    def colour(self, role: str) -> QColor:
        """The colour of a role."""
        text = self.roles[role]
        colour = QColor(text[:7])
        if len(text) == 9:
            colour.setAlpha(int(text[7:], 16))
        return colour


@lru_cache(maxsize=4)
def theme_named(name: str) -> Theme:
    """A shipped theme, `light` or `dark`."""
    data = tomllib.loads(text_of("themes", f"{name}.toml"))
    return Theme(data["name"], data["dark"], dict(data["roles"]))


_current = "light"


def current() -> Theme:
    """The theme on display."""
    return theme_named(_current)


def colour(role: str) -> QColor:
    """The colour of a role in the theme on display; ask while painting, never keep it."""
    return current().colour(role)


def apply(application: QApplication, choice: str) -> None:
    """Put a choice (`system`, `light`, `dark`) on display; every widget gets a PaletteChange event."""
    global _current
    _current = resolved(choice)
    theme = current()
    _paint_icon.cache_clear()
    application.setPalette(palette(theme))
    application.setStyleSheet(style_sheet(theme))


def resolved(choice: str) -> str:
    """`light` or `dark`: what the system has where the choice is to follow it."""
    if choice in ("light", "dark"):
        return choice
    hints = QGuiApplication.styleHints()
    return "dark" if hints is not None and hints.colorScheme() == Qt.ColorScheme.Dark else "light"


def palette(theme: Theme) -> QPalette:
    """Our own palette, since some platforms have no colour scheme at all."""
    made = QPalette()
    for role, name in _PALETTE.items():
        made.setColor(role, theme.colour(name))
    disabled = QPalette.ColorGroup.Disabled
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText, QPalette.ColorRole.WindowText):
        made.setColor(disabled, role, theme.colour("open"))
    return made


def style_sheet(theme: Theme) -> str:
    """app.qss with each `@role` replaced by its colour, and `@strong`, `@icons`, `@tone` by what they are here."""
    others = {"strong": str(strong_weight()), "icons": resource("icons").as_posix(), "tone": theme.name}

    def fill(match: re.Match[str]) -> str:
        if match[1] in others:
            return others[match[1]]
        found = theme.colour(match[1])
        return f"rgba({found.red()},{found.green()},{found.blue()},{found.alpha()})"

    return re.sub(r"@([a-z][a-z-]*)", fill, text_of("app.qss"))


# ── fonts ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def base_font() -> QFont:
    """The font of the program: a calm Latin family of this machine, then Simplified Chinese ones by name."""
    font = QFont()
    font.setFamilies(list(_families()))
    font.setPixelSize(_TEXT_SIZE)
    font.setStyleStrategy(QFont.StyleStrategy.PreferAntialias)
    return font


@lru_cache(maxsize=1)
def _families() -> tuple[str, ...]:
    here = set(QFontDatabase.families())
    latin = [name for name in _LATIN if name in here] or [
        QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()
    ]
    return (*latin[:1], *_CHINESE)


@lru_cache(maxsize=1)
def strong_weight() -> int:
    """The weight of names and titles: 600 where the font has it, else 700, since only that is made up from regular."""
    styles = " ".join(QFontDatabase.styles(_families()[0])).lower()
    return 600 if "semibold" in styles or "demi" in styles or "semi bold" in styles else 700


def font(size: float = _TEXT_SIZE, *, bold: bool = False, medium: bool = False) -> QFont:
    """The base font in another size (pixels at 100 %) or weight."""
    made = QFont(base_font())
    made.setPixelSize(round(size))
    if bold:
        made.setWeight(QFont.Weight.Bold)
    elif medium:
        made.setWeight(QFont.Weight(strong_weight()))
    return made


# ── looks ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def look(widget: QWidget, name: str, value: str | bool = True) -> None:
    """Give a widget a look of app.qss (`look(label, "kind", "mute")` → `[kind="mute"]`), also after it was shown."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


# ── icons ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def icon(name: str, role: str = "mute", active: str | None = None, size: int = 20) -> QIcon:
    """A shipped icon in the colour of a role; `active` is the role while checked or on."""
    made = QIcon(pixmap(name, role, size))
    if active is not None:
        made.addPixmap(pixmap(name, active, size), QIcon.Mode.Normal, QIcon.State.On)
    made.addPixmap(pixmap(name, "open", size), QIcon.Mode.Disabled)
    return made


def pixmap(name: str, role: str = "mute", size: int = 20, ratio: float = 0) -> QPixmap:
    """An icon of so many logical pixels, sharp on this screen."""
    application = QGuiApplication.instance()
    sharp = ratio or (application.devicePixelRatio() if isinstance(application, QGuiApplication) else 1.0)
    return _paint_icon(name, current().roles[role], size, sharp)


@lru_cache(maxsize=512)
def _paint_icon(name: str, hex_colour: str, size: int, ratio: float) -> QPixmap:
    from PySide6.QtSvg import QSvgRenderer

    source = resource("icons", f"{name}.svg").read_text(encoding="utf-8").replace("currentColor", hex_colour[:7])
    made = QPixmap(round(size * ratio), round(size * ratio))
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    QSvgRenderer(QByteArray(source.encode())).render(painter, QRectF(0, 0, made.width(), made.height()))
    painter.end()
    made.setDevicePixelRatio(ratio)
    return made


def contrast(first: QColor, second: QColor) -> float:
    """The contrast of two colours as WCAG reckons it, 1 to 21."""
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(shade: QColor) -> float:
    def linear(channel: float) -> float:
        return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)

    red, green, blue = (linear(part) for part in (shade.redF(), shade.greenF(), shade.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
