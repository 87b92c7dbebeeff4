"""One window a database: a second LeadDesk on the same file raises the first one's window and ends."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCryptographicHash, QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

PATIENCE = 1000  # milliseconds


def name_of(database: Path) -> str:
    """The name under which the window of a database can be reached on this machine."""
    digest = QCryptographicHash.hash(str(database.resolve()).encode(), QCryptographicHash.Algorithm.Sha256)
    return "leaddesk-" + bytes(digest.toHex().data()).decode()[:24]


def raise_other(database: Path) -> bool:
    """Whether another LeadDesk has this database open; its window is raised then."""
    socket = QLocalSocket()
    socket.connectToServer(name_of(database))
    if not socket.waitForConnected(PATIENCE):
        return False
    socket.write(b"raise\n")
    socket.waitForBytesWritten(PATIENCE)
    # The other one answers by closing, so that this one does not end before it was heard.
    if socket.state() == QLocalSocket.LocalSocketState.ConnectedState:
        socket.waitForDisconnected(PATIENCE)
    return True


class Doorbell(QObject):
    """Rings when another LeadDesk was started on the database of this one."""

    rung = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._ring)

    def listen(self, database: Path) -> bool:
        """Answer for this database from now on; what a killed program left behind is cleared away."""
        self._server.close()
        name = name_of(database)
        if self._server.listen(name):
            return True
        QLocalServer.removeServer(name)
        return self._server.listen(name)

    def close(self) -> None:
        """Answer no longer."""
        self._server.close()

    def _ring(self) -> None:
        while self._server.hasPendingConnections():
            socket = self._server.nextPendingConnection()
            socket.disconnected.connect(socket.deleteLater)
            socket.disconnectFromServer()
        self.rung.emit()
