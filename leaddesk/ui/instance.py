"""One window a database: a second LeadDesk on the same file raises the first one's window and ends."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCryptographicHash, QLockFile, QObject, Signal

from leaddesk.paths import data_folder

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer

PATIENCE = 1000  # milliseconds


def name_of(database: Path) -> str:
    """The name under which the window of a database can be reached on this machine."""
    digest = QCryptographicHash.hash(str(database.resolve()).encode(), QCryptographicHash.Algorithm.Sha256)
    return "leaddesk-" + bytes(digest.toHex().data()).decode()[:24]


class Place:
    """Being the one window of a database. A lock whose program was killed counts as free."""

    def __init__(self) -> None:
        self._lock: QLockFile | None = None

    def take(self, database: Path) -> bool:
        """Whether this program is the one now; the place taken before is given up then."""
        folder = data_folder() / "open"
        folder.mkdir(exist_ok=True)
        lock = QLockFile(str(folder / f"{name_of(database)}.lock"))
        lock.setStaleLockTime(0)
        if self._lock is not None and self._lock.fileName() == lock.fileName():
            return True
        if not lock.tryLock(0) and lock.error() == QLockFile.LockError.LockFailedError:
            return False
        self.leave()
        self._lock = lock
        return True

    def leave(self) -> None:
        """Let another program take it."""
        if self._lock is not None:
            self._lock.unlock()
            self._lock = None


def raise_other(database: Path) -> bool:
    """Bring the window of another LeadDesk on this database to the front; False when it does not answer."""
    from PySide6.QtNetwork import QLocalSocket

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
        self._server: QLocalServer | None = None

    def listen(self, database: Path) -> bool:
        """Answer for this database from now on; what a killed program left behind is cleared away."""
        from PySide6.QtNetwork import QLocalServer

        self.close()
        server = self._server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        server.newConnection.connect(self._ring)
        name = name_of(database)
        if server.listen(name):
            return True
        QLocalServer.removeServer(name)
        return server.listen(name)

    def close(self) -> None:
        """Answer no longer."""
        if self._server is not None:
            self._server.close()
            self._server.deleteLater()
            self._server = None

    def _ring(self) -> None:
        while self._server is not None and self._server.hasPendingConnections():
            socket = self._server.nextPendingConnection()
            socket.disconnected.connect(socket.deleteLater)
            socket.disconnectFromServer()
        self.rung.emit()
