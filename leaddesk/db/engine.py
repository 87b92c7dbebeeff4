"""Opens connections: the driver, its pragmas, SQLite's troubles as ours, and which files this process has open."""

from __future__ import annotations

import re
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection, ExceptionContext
from sqlalchemy.pool import NullPool

from leaddesk.errors import DatabaseTrouble

#: "LDsk": tells our databases from everybody else's.
APPLICATION_ID = 0x4C44736B

#: How long a write waits for another program's, in milliseconds.
BUSY_MS = 5000

_TROUBLES = {
    3: "unreadable",  # PERM
    5: "locked",  # BUSY
    6: "locked",  # LOCKED
    8: "read_only",  # READONLY
    10: "disk_error",  # IOERR
    11: "corrupt",  # CORRUPT
    13: "full",  # FULL
    14: "unreadable",  # CANTOPEN
    23: "unreadable",  # AUTH
    26: "not_ours",  # NOTADB
}


def _driver() -> ModuleType:
    try:
        from sqlcipher3 import dbapi2
    except ImportError:
        import sqlite3

        return sqlite3
    else:
        return dbapi2  # type: ignore[no-any-return]


driver = _driver()
# Nothing as a value costs the driver six times what a text costs, unless somebody says what becomes of it.
driver.register_adapter(type(None), {}.get)

#: SQLite before 3.51.3 can lose a commit when its log starts anew: there the old journal serves.
JOURNAL_MODE = "wal" if driver.sqlite_version_info >= (3, 51, 3) else "delete"

_PRAGMAS = (
    f"busy_timeout={BUSY_MS}",
    "synchronous=FULL",
    "foreign_keys=ON",
    "recursive_triggers=ON",
    # Older SQLite does not trust its own JSON functions in triggers.
    f"trusted_schema={'OFF' if driver.sqlite_version_info >= (3, 42) else 'ON'}",
    "cell_size_check=ON",
    "secure_delete=ON",
    "temp_store=MEMORY",
    "mmap_size=0",
    f"journal_size_limit={16 * 1024 * 1024}",  # the log of a large import is cut back
)

# Where a connection keeps which file it is of.
_PATH = "path"

_gate = threading.RLock()
_open: Counter[Path] = Counter()


@contextmanager
def gate() -> Iterator[None]:
    """Within it no other thread of this process opens a database: for looking at a file before connecting."""
    with _gate:
        yield


def is_open(path: Path) -> bool:
    """Whether this process has a connection to the file: then it may not be opened in any other way."""
    return _open[path.resolve()] > 0


def open_paths() -> frozenset[Path]:
    """All database files this process has connections to."""
    with _gate:
        return frozenset(+_open)


class Opened:
    """A connection to a database file, in autocommit: transactions are begun and ended in SQL.

    It lives on the thread that made it. Errors of SQLite come out as DatabaseTrouble.
    """

    def __init__(self, path: Path, engine: Engine) -> None:
        self.path = path.resolve()
        with _gate:
            _open[self.path] += 1
        try:
            self.connection: Connection = engine.connect()
        except BaseException:
            self._let_go()
            raise
        self.connection.info[_PATH] = path
        self._closed = False

    def close(self) -> None:
        """Close it; a second time does nothing."""
        if not self._closed:
            self._closed = True
            try:
                self.connection.close()
            finally:
                self._let_go()

    def _let_go(self) -> None:
        with _gate:
            _open[self.path] -= 1


def engine_of(path: Path, *, create: bool = False, query_only: bool = False) -> Engine:
    """What makes connections to one file; it opens nothing by itself."""
    mode = "rwc" if create else "rw"
    # Of a share of Windows, //server/folder, SQLite wants the server as part of the path.
    uri = re.sub(r"^file://(?=[^/])", "file:////", path.resolve().as_uri()) + f"?mode={mode}"
    pragmas = (*_PRAGMAS, "query_only=ON") if query_only else _PRAGMAS

    def connect() -> DBAPIConnection:
        try:
            raw = driver.connect(uri, uri=True, isolation_level=None, cached_statements=500)
            for pragma in pragmas:
                raw.execute(f"PRAGMA {pragma}")
        except driver.Error as error:
            _raise_trouble(error, path)
            raise
        return raw  # type: ignore[no-any-return]

    engine = create_engine(
        "sqlite://", module=driver, creator=connect, poolclass=NullPool, isolation_level="AUTOCOMMIT"
    )
    event.listen(engine, "handle_error", _translation(path))
    return engine


def begin(connection: Connection) -> None:
    """Begins a write. DatabaseTrouble `locked` when another program's write does not end in time."""
    write(connection, "BEGIN IMMEDIATE")


def commit(connection: Connection) -> None:
    """Ends a write durably."""
    write(connection, "COMMIT")


def roll_back(connection: Connection) -> None:
    """Takes a write back; nothing where SQLite did so by itself."""
    if in_transaction(connection):
        write(connection, "ROLLBACK")


def in_transaction(connection: Connection) -> bool:
    """Whether a transaction is open."""
    return bool(connection.connection.dbapi_connection.in_transaction)  # type: ignore[union-attr]


def pragma(connection: Connection, name: str) -> int:
    """The number a pragma gives."""
    return int(connection.exec_driver_sql(f"PRAGMA {name}").scalar_one())


def fetch(connection: Connection, sql: str, *values: object) -> list[tuple[Any, ...]]:
    """The rows of a read as plain tuples, straight from the driver: a fifth of the time where they are few.

    What goes wrong is asked again in the usual way, which says it in our words.
    """
    driven = connection.connection.dbapi_connection
    try:
        return driven.execute(sql, values).fetchall()  # type: ignore[union-attr,no-any-return]
    except driver.Error:
        return [tuple(row) for row in connection.exec_driver_sql(sql, values).all()]


class Written(NamedTuple):
    """What a write did. `rows`: how many it changed; `last`: the number of the last row added."""

    rows: int
    last: int


def write(connection: Connection, sql: str, *values: object) -> Written:
    """Writes straight through the driver: of a short statement most of the usual way is not its own work.

    What goes wrong is not tried again: SQLite may have taken the whole transaction back.
    """
    driven: Any = connection.connection.dbapi_connection
    try:
        done = driven.execute(sql, values)
    except driver.Error as error:
        _raise_trouble(error, connection.info[_PATH])
        raise
    return Written(done.rowcount, done.lastrowid or 0)


def write_many(connection: Connection, sql: str, rows: Sequence[Sequence[object]]) -> None:
    """As `write`, once for each row of values."""
    if not rows:
        return
    driven: Any = connection.connection.dbapi_connection
    try:
        driven.executemany(sql, rows)
    except driver.Error as error:
        _raise_trouble(error, connection.info[_PATH])
        raise


def rows_changed(connection: Connection) -> int:
    """How many rows the connection ever changed, taken back or not: the same while it writes nothing."""
    driven: Any = connection.connection.dbapi_connection
    return int(driven.total_changes)


@cache
def quoted(name: str) -> str:
    """A table's or column's name as SQL."""
    return '"' + name.replace('"', '""') + '"'


def _translation(path: Path) -> Callable[[ExceptionContext], None]:
    def translate(context: ExceptionContext) -> None:
        # After Ctrl+C too the connection is as good as before, and what was begun on it is to be taken back on it.
        context.is_disconnect = False
        _raise_trouble(context.original_exception, path)

    return translate


def _raise_trouble(error: BaseException, path: Path) -> None:
    code = getattr(error, "sqlite_errorcode", None)
    trouble = _TROUBLES.get(code & 0xFF) if isinstance(code, int) else None
    if code == 1 and str(error).startswith("no such table"):  # another program took it away
        trouble = "corrupt"
    if trouble is not None:
        raise DatabaseTrouble(trouble, path=str(path)) from error
