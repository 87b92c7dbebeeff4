"""Writes rows to an XLSX file, numbers as numbers and days as days, whatever their number; whole or not at all."""

from __future__ import annotations

import io
import secrets
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from leaddesk.errors import Cancelled, FileTrouble
from leaddesk.exchange.cells import Cell, text_of
from leaddesk.exchange.targets import check_target
from leaddesk.qualify.terms import Money, minor_digits

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

#: What a sheet has room for, its head among them; what goes beyond stands on further sheets.
MOST_ROWS = 1_048_576
#: Letters a cell has room for, and digits a number is exact to.
_MOST_LETTERS = 32_767
_EXACT = 10**15
#: Days before this one are counted wrongly by spreadsheets, which know a 29 February 1900.
_FIRST_DAY = date(1900, 3, 1)
_WIDEST, _NARROWEST, _SEEN = 48, 9, 100


class _Part(io.FileIO):
    """The file as it comes to be; stopped, it takes no more and says so once; whoever still packs then goes on."""

    stopped = False
    gone = False

    def write(self, data: object, /) -> int:
        """All of it: a disk that is nearly full takes less than it is given, and says so only the next time."""
        view = memoryview(data).cast("B")  # type: ignore[arg-type]
        if self.gone:
            return len(view)
        if self.stopped:
            self.gone = True
            raise Cancelled
        done = 0
        while done < len(view):
            done += super().write(view[done:])
        return done

    def seek(self, place: int, whence: int = io.SEEK_SET, /) -> int:
        """The archive's end is looked for once more when it is thrown away."""
        return 0 if self.gone else super().seek(place, whence)

    def tell(self) -> int:
        """Where the next byte goes."""
        return 0 if self.gone else super().tell()

    def flush(self) -> None:
        """Nothing waits here."""


class XlsxFile:
    """A file that comes to be under another name and gets its own with `keep`; closed before, it goes.

    `sheet`: what the sheets are called. `staying`: a file that must not be written over. Rows go to the disk as they
    come, so that the memory needed does not grow. Raises FileTrouble: cannot_write, exists.
    """

    def __init__(self, path: Path, heads: Sequence[str], sheet: str, *staying: Path, most: int = MOST_ROWS) -> None:
        check_target(path, *staying)
        from xlsxwriter import Workbook

        self._path, self._heads, self._name, self._most = path, list(heads), sheet[:25], most
        mark = f".{path.name[:100]}.{secrets.token_hex(4)}"
        self._part, self._rows = path.with_name(mark), path.with_name(f"{mark}.rows")
        self._formats: dict[str, Format] = {}
        self._widths = [len(head) + 3 for head in self._heads]
        self._row = self._seen = 0
        self._sheets: list[Worksheet] = []
        self._file: _Part | None = None
        self._over = False
        with self._told():
            self._rows.mkdir()
            self._file = _Part(self._part, "w+b")
            self._book = Workbook(
                self._file,
                {
                    "constant_memory": True,
                    "tmpdir": str(self._rows),
                    "strings_to_formulas": False,
                    "strings_to_urls": False,
                    "strings_to_numbers": False,
                },
            )
            self._book.use_zip64()
            self._next_sheet()

    @property
    def sheets(self) -> int:
        """How many sheets there are by now."""
        return len(self._sheets)

    def write(self, rows: Iterable[Sequence[Cell]]) -> None:
        """Adds rows of cells."""
        file = self._file
        if file is None:
            return
        with self._told():
            for row in rows:
                if self._row >= self._most:
                    self._next_sheet()
                for place, cell in enumerate(row):
                    self._put(self._sheets[-1], place, cell)
                self._row += 1

    def keep(self) -> None:
        """Packs the file and gives it its name; an older one of that name is replaced. Cancelled once it is stopped."""
        file = self._file
        if file is None:
            return
        with self._told():
            for sheet in self._sheets:
                for place, width in enumerate(self._widths):
                    sheet.set_column(place, place, max(_NARROWEST, min(width, _WIDEST)))
            self._book.close()
            file.close()
            if self._file is not file:  # it was let go meanwhile, in another thread
                return
            self._part.replace(self._path)
            self._file, self._over = None, True
        shutil.rmtree(self._rows, ignore_errors=True)

    def stop(self) -> None:
        """Nothing more is packed, in whichever thread that goes on."""
        if self._file is not None:
            self._file.stopped = True

    def close(self) -> None:
        """Lets go; what was not kept goes."""
        file, self._file, self._over = self._file, None, True
        if file is not None:
            file.stopped = file.gone = True
        for sheet in self._sheets:
            with suppress(OSError, ValueError):
                sheet._opt_close()  # noqa: SLF001 -- the only way to let go of the rows without packing them
        if file is not None:
            with suppress(OSError):
                file.close()
        shutil.rmtree(self._rows, ignore_errors=True)
        self._part.unlink(missing_ok=True)

    # ── cells ────────────────────────────────────────────────────────────────────────────────────────────────────

    def _next_sheet(self) -> None:
        number = len(self._sheets) + 1
        sheet = self._book.add_worksheet(self._name if number == 1 else f"{self._name} {number}")
        sheet.freeze_panes(1, 0)
        self._sheets.append(sheet)
        for place, head in enumerate(self._heads):
            sheet.write_string(0, place, _short(head), self._format("head"))
        self._row = 1

    def _put(self, sheet: Worksheet, place: int, cell: Cell) -> None:
        if cell is None or cell == "":
            return
        if self._seen < _SEEN * len(self._heads):
            self._seen += 1
            self._widths[place] = max(self._widths[place], len(text_of(cell)) + 2)
        row = self._row
        if isinstance(cell, str):
            sheet.write_string(row, place, _short(cell))
        elif isinstance(cell, bool):
            sheet.write_boolean(row, place, cell)
        elif isinstance(cell, date):
            self._put_day(sheet, place, cell)
        elif isinstance(cell, Money):
            if abs(cell.minor) < _EXACT:
                worth = Decimal(cell.minor).scaleb(-minor_digits(cell.currency))
                sheet.write_number(row, place, worth, self._format(cell.currency))
            else:
                sheet.write_string(row, place, text_of(cell))
        elif abs(cell) < _EXACT:
            sheet.write_number(row, place, cell)
        else:
            sheet.write_string(row, place, text_of(cell))

    def _put_day(self, sheet: Worksheet, place: int, cell: date) -> None:
        if (cell.date() if isinstance(cell, datetime) else cell) < _FIRST_DAY:
            sheet.write_string(self._row, place, text_of(cell))
        else:
            shown = "moment" if isinstance(cell, datetime) else "day"
            sheet.write_datetime(self._row, place, cell, self._format(shown))

    def _format(self, name: str) -> Format:
        """How a head, a day, an instant or a sum of a currency is shown."""
        made = self._formats.get(name)
        if made is None:
            shown: dict[str, object] = {"num_format": f'#,##0.00 "{name}"' if minor_digits(name) else f'#,##0 "{name}"'}
            if name == "head":
                shown = {"bold": True}
            elif name in ("day", "moment"):
                shown = {"num_format": "yyyy-mm-dd" if name == "day" else "yyyy-mm-dd hh:mm"}
            made = self._formats[name] = self._book.add_format(shown)
        return made

    @contextmanager
    def _told(self) -> Iterator[None]:
        """What a disk has to say, as FileTrouble; nothing where the file was let go meanwhile, in another thread."""
        from xlsxwriter.exceptions import XlsxWriterException

        try:
            yield
        except (OSError, ValueError, XlsxWriterException) as trouble:
            if not self._over:
                self.close()
                cause = next((one for one in trouble.args if isinstance(one, OSError)), trouble)
                why = getattr(cause, "strerror", None) or str(trouble)
                raise FileTrouble("cannot_write", path=str(self._path), why=why) from None
        except Cancelled:
            if not self._over:
                self.close()
                raise


def _short(text: str) -> str:
    """A text as far as a cell has room for it."""
    if len(text.encode("utf-16-le")) // 2 <= _MOST_LETTERS:
        return text
    return text.encode("utf-16-le")[: 2 * (_MOST_LETTERS - 1)].decode("utf-16-le", errors="ignore") + "…"
