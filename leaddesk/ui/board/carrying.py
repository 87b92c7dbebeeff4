"""Cards under way: what a drag carries, and how it looks."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QMimeData, QPoint, QRectF, Qt
from PySide6.QtGui import QDrag, QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from leaddesk.ui import figures, theme
from leaddesk.ui.theme import colour

#: What dragged cards are to the window system: their lead numbers as text, with commas between.
MIME = "application/x-leaddesk-lead"


def carry(source: QWidget, nos: Collection[int], picture: QPixmap, hot_spot: QPoint) -> None:
    """Drag cards from a widget under the picture of one of them; more than one shows their number."""
    drag = QDrag(source)
    drag.setMimeData(carried(nos))
    drag.setPixmap(_faded(picture, len(nos)))
    drag.setHotSpot(hot_spot)
    drag.exec(Qt.DropAction.MoveAction)


def carried(nos: Collection[int]) -> QMimeData:
    """Lead numbers as a drag carries them."""
    data = QMimeData()
    data.setData(MIME, ",".join(map(str, nos)).encode())
    return data


def carried_leads(data: QMimeData) -> list[int]:
    """The lead numbers a drag carries; none where it comes from elsewhere or makes no sense."""
    parts = bytes(data.data(MIME).data()).decode("ascii", "replace").split(",")
    return [int(part) for part in parts] if all(part.isascii() and part.isdigit() for part in parts) else []


def _faded(picture: QPixmap, count: int) -> QPixmap:
    faded = QPixmap(picture.size())
    faded.setDevicePixelRatio(picture.devicePixelRatio())
    faded.fill(Qt.GlobalColor.transparent)
    painter = QPainter(faded)
    painter.setOpacity(0.85)
    painter.drawPixmap(0, 0, picture)
    if count > 1:
        painter.setOpacity(1)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font(12, bold=True))
        text = figures.count(count)
        wide = max(22.0, painter.fontMetrics().horizontalAdvance(text) + 12.0)
        box = QRectF(faded.deviceIndependentSize().width() - wide - 2, 2, wide, 22)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("accent"))
        painter.drawRoundedRect(box, 11, 11)
        painter.setPen(colour("on-accent"))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), text)
    painter.end()
    return faded
