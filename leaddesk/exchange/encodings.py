"""Finds out in which encoding a text file was written, and says how sure that is."""

from __future__ import annotations

import codecs
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from leaddesk.errors import FileTrouble

#: What a person can choose from, and what is tried. Trial decoding alone is no proof: gb18030 reads nearly anything.
ENCODINGS: tuple[str, ...] = (
    "utf-8",
    "gb18030",
    "big5",
    "cp1252",
    "cp932",
    "euc_jp",
    "cp949",
    "cp1250",
    "cp1251",
    "cp1253",
    "cp1254",
    "cp1255",
    "cp1256",
    "cp1257",
    "koi8_r",
    "cp874",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "utf-32",
)
_TRIED = [name for name in ENCODINGS if not name.startswith("utf")]

_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BINARY: tuple[bytes, ...] = (
    b"PK\x03\x04",
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"SQLite format 3\x00",
    b"\x7fELF",
    b"\xd0\xcf\x11\xe0",
    b"7z\xbc\xaf",
    b"Rar!",
    b"BM6",
    b"MZ\x90",
)

_CHUNK = 1 << 20
_SAMPLE = 1 << 18
_PLAIN_CONTROLS = frozenset(b"\t\n\r\f\v\x1b\x1c\x1d\x1e\x1f\x00\x1a")


@dataclass(frozen=True, slots=True)
class Guess:
    """An encoding Python knows, and how sure it is: 1.0 proven, 0.0 a last resort. `lines`: line ends in the file."""

    encoding: str
    confidence: float
    lines: int


@dataclass(slots=True)
class _Scan:
    """What one pass over the bytes of a file found."""

    head: bytes = b""
    sample: bytes = b""
    lines: int = 0
    is_utf8: bool = True
    is_ascii: bool = True


def guess_encoding(path: Path) -> Guess:
    """The encoding of a text file. Raises FileTrouble: not_found, is_folder, no_file, unreadable, empty, binary."""
    scan = _scan(path)
    if not scan.head:
        raise FileTrouble("empty", path=str(path))
    for mark, encoding in _MARKS:
        if scan.head.startswith(mark):
            return Guess(encoding, 1.0, scan.lines)
    if wide := _wide(scan.head):
        return Guess(wide, 0.9, scan.lines)
    if _is_binary(scan.head):
        raise FileTrouble("binary", path=str(path))
    if scan.is_utf8:
        return Guess("utf-8", 1.0 if not scan.is_ascii else 0.95, scan.lines)
    return Guess(*_narrow(scan.sample), scan.lines)


def known_encoding(name: str) -> str:
    """The name of an encoding a person gave, as Python knows it. Raises FileTrouble: unknown_encoding."""
    try:
        found = codecs.lookup(name.strip())
        "".encode(found.name)
    except (LookupError, ValueError):
        raise FileTrouble("unknown_encoding", encoding=name) from None
    return found.name


def _scan(path: Path) -> _Scan:
    try:
        kind = path.stat().st_mode
        if stat.S_ISDIR(kind):
            raise FileTrouble("is_folder", path=str(path))
        if not stat.S_ISREG(kind):  # a pipe gives its bytes only once, a device may never end
            raise FileTrouble("no_file", path=str(path))
        with path.open("rb") as file:
            return _scan_stream(iter(lambda: file.read(_CHUNK), b""))
    except (FileNotFoundError, NotADirectoryError):
        raise FileTrouble("not_found", path=str(path)) from None
    except OSError as trouble:
        raise FileTrouble("unreadable", path=str(path), why=trouble.strerror or "") from None


def _scan_stream(chunks: Iterator[bytes]) -> _Scan:
    scan = _Scan()
    decoder = codecs.getincrementaldecoder("utf-8")()
    sample: list[bytes] = []
    gathered = 0
    rest = b""
    for chunk in chunks:
        scan.head = scan.head or chunk[:_SAMPLE]
        scan.lines += chunk.count(b"\n") or chunk.count(b"\r")
        plain = chunk.isascii()
        scan.is_ascii = scan.is_ascii and plain
        if scan.is_utf8:
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError:
                scan.is_utf8 = False
        if not plain and gathered < _SAMPLE:
            # Whole lines only: a character cut in half would speak against its own encoding.
            lines = (rest + chunk).splitlines()
            rest = lines.pop()[:_CHUNK]
            telling = [line[:_CHUNK] for line in lines if not line.isascii()]
            sample += telling
            gathered += sum(map(len, telling))
    if scan.is_utf8:
        try:
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            scan.is_utf8 = False
    if not rest.isascii():
        sample.append(rest)
    scan.sample = b"\n".join(sample)[:_CHUNK]
    return scan


def _wide(head: bytes) -> str:
    """UTF-16 without its mark: line ends and commas leave zero bytes on one side only."""
    head = head[: len(head) // 2 * 2][:4096]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if not head or max(even, odd) < len(head) // 40 or min(even, odd) > max(even, odd) // 20:
        return ""
    name = "utf-16-le" if odd > even else "utf-16-be"
    try:
        text = head.decode(name)
    except UnicodeDecodeError:
        return ""
    return name if "\n" in text or "\r" in text or "," in text else ""


def _is_binary(head: bytes) -> bool:
    if head.startswith(_BINARY):
        return True
    head = head[:8192]
    controls = sum(1 for byte in head if byte < 0x20 and byte not in _PLAIN_CONTROLS)
    return controls * 20 > len(head) or head.count(0) * 4 > len(head)


def _narrow(sample: bytes) -> tuple[str, float]:
    """One of the encodings of the last century, or UTF-8 with a few broken bytes."""
    read = sample.decode("utf-8", errors="replace")
    broken = read.count("\ufffd")
    if broken * 5 <= sum(1 for letter in read if letter > "\x7f") - broken:
        return "utf-8", 0.8
    from charset_normalizer import from_bytes

    matches = from_bytes(sample[:_SAMPLE], cp_isolation=_TRIED)
    best = matches.best()
    if best is None:
        return "cp1252", 0.0
    if best.encoding in _LATIN:
        return _latin(sample), 0.6
    rivals = [match for match in matches if match.encoding != best.encoding]
    sure = 0.9 if all(match.chaos > best.chaos + 0.05 for match in rivals) else 0.6
    return best.encoding, sure


# ── the four Latin code pages, in which the same bytes are letters of different languages ────────────────────────────

_LATIN = frozenset({"cp1250", "cp1252", "cp1254", "cp1257"})
_TURKISH = frozenset(b"\xf0\xfd\xfe\xdd\xde\xd0")
# Łłśźżą… ěňřšťž: in cp1252 these bytes are signs inside a word, or letters no Western language uses often.
_CENTRAL = frozenset(b"\xb3\xb9\xbf\x9c\x9f\xa3\xa5\xaf\x8c\x8f\x9d\x8d\xbe\xbc\xcc\xec\xf2\x9e\x8e\x9a\x8a\xf8\xd8")
_NORDIC = frozenset(b"\xe5\xe6\xc5\xc6")


def _latin(sample: bytes) -> str:
    letters = [byte for byte in sample if byte > 0x7F]
    nordic = any(byte in _NORDIC for byte in letters)
    central = sum(1 for byte in letters if byte in _CENTRAL and not (nordic and byte in b"\xf8\xd8"))
    turkish = [byte for byte in letters if byte in _TURKISH]
    if len(turkish) * 4 >= len(letters) and len(set(turkish)) > 1 and central * 10 < len(letters):
        return "cp1254"
    return "cp1250" if central >= 2 and central * 5 >= len(letters) else "cp1252"
