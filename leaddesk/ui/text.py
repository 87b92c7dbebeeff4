"""Plain-text widgets for words of leads, so that markup in a name is shown and never obeyed, and the one open_link."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QStyle, QStyleOption, QWidget

from leaddesk.ui import theme

SCHEMES = ("http", "https", "mailto", "tel")


class Text(QLabel):
    """Plain words. `kind` and `tone` are looks of app.qss: mute, small, faint, title, name, section; accent, late, met.

    `wrap`: it may take several lines. `selectable`: it can be marked and copied by mouse and keys.
    """

    def __init__(
        self,
        text: str = "",
        kind: str = "",
        *,
        tone: str = "",
        wrap: bool = False,
        selectable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        if selectable:
            flags = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            self.setTextInteractionFlags(flags)
        if kind:
            self.setProperty("kind", kind)
        if tone:
            self.setProperty("tone", tone)
        self.setText(text)

    def set_tone(self, tone: str) -> None:
        """Change the tone; empty for none."""
        theme.look(self, "tone", tone)


class ElidedText(Text):
    """Plain words on one line, cut with … where there is no room; whole in the tooltip then."""

    def __init__(self, text: str = "", kind: str = "", *, tone: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, kind, tone=tone, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def minimumSizeHint(self) -> QSize:
        """Room for a few letters."""
        return QSize(min(40, super().sizeHint().width()), super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw as much as fits."""
        del event
        painter = QPainter(self)
        option = QStyleOption()
        option.initFrom(self)
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_Widget, option, painter, self)
        room = self.contentsRect()
        whole = self.text().replace("\n", " ")
        shown = self.fontMetrics().elidedText(whole, Qt.TextElideMode.ElideRight, room.width())
        set_tooltip(self, whole if shown != whole else "")
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(room, int(self.alignment() | Qt.TextFlag.TextSingleLine), shown)


def cut(text: str, most: int) -> str:
    """The beginning of a very long text: to lay out a whole book would hold the window up for seconds."""
    return text if len(text) <= most else f"{text[:most].rstrip()} …"


def on_one_baseline(*labels: QLabel) -> None:
    """Let the first lines of labels that begin at one height stand on one line, whatever the size of their letters."""
    for label in labels:
        label.ensurePolished()
        label.setAlignment((label.alignment() & Qt.AlignmentFlag.AlignHorizontal_Mask) | Qt.AlignmentFlag.AlignTop)
    deepest = max((label.fontMetrics().ascent() for label in labels), default=0)
    for label in labels:
        label.setContentsMargins(0, deepest - label.fontMetrics().ascent(), 0, 0)


def set_tooltip(widget: QWidget, text: str) -> None:
    """A tooltip of plain words."""
    escaped = plain(text) if text else ""
    if widget.toolTip() != escaped:
        widget.setToolTip(escaped)


def breakable(text: str, most: int = 28) -> str:
    """Words on one line whose very long ones may be broken; not for what is copied."""
    return " ".join(
        "\u200b".join(word[place : place + most] for place in range(0, len(word), most)) for word in text.split()
    )


def give_way(widget: QWidget) -> None:
    """Let long words in a widget not make everything around it wider."""
    policy = widget.sizePolicy()
    policy.setHorizontalPolicy(QSizePolicy.Policy.Ignored)
    widget.setSizePolicy(policy)


def plain(text: str) -> str:
    """Words for a place where Qt guesses between plain text and markup (tooltips, what's this, message boxes)."""
    if "<" not in text:
        return text
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\n", "<br>")
    return f"<span>{escaped}</span>"


def menu_words(text: str) -> str:
    """Words for a menu item or button, where & marks a key."""
    return text.replace("&", "&&")


def open_link(link: str) -> bool:
    """Hand a link to the program that the system keeps for it; only http(s), mailto and tel. False: not opened."""
    url = QUrl(link, QUrl.ParsingMode.StrictMode)
    if not url.isValid() or url.scheme().lower() not in SCHEMES:
        return False
    return QDesktopServices.openUrl(url)
