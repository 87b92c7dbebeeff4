"""The recap as a PDF: plain text on A4, over as many pages as it takes."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QSizeF
from PySide6.QtGui import QFont, QPageLayout, QPageSize, QPdfWriter, QTextDocument
from PySide6.QtWidgets import QApplication

_MARGIN = 22  # millimetres
_DOTS = 300  # an inch
_POINTS = 11


def recap_pdf(title: str, text: str) -> bytes:
    """The text as a PDF; nothing in it is taken for markup."""
    drawn = QBuffer()
    drawn.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(drawn)
    writer.setTitle(title)
    writer.setCreator("LeadDesk")
    writer.setResolution(_DOTS)
    margins = QMarginsF(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
    writer.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4),
            QPageLayout.Orientation.Portrait,
            margins,
            QPageLayout.Unit.Millimeter,
        )
    )
    letter = QTextDocument()
    letter.documentLayout().setPaintDevice(writer)
    font = QFont(QApplication.font())
    font.setPointSize(_POINTS)
    letter.setDefaultFont(font)
    letter.setDocumentMargin(0)
    letter.setPlainText(f"{title}\n\n{text}")
    letter.setPageSize(QSizeF(writer.pageLayout().paintRectPixels(_DOTS).size()))
    letter.print_(writer)
    return bytes(drawn.data().data())
