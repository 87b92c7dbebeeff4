"""Finds which column of a table is which field of a lead, by its name and by what stands in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from leaddesk.exchange.aliases import Meaning, meanings
from leaddesk.exchange.values import Style, fold, is_nothing, read_values
from leaddesk.qualify.fields import FIELD, FieldKind

#: A column kept as a custom field under its own name, and one left out.
CUSTOM = "custom"
SKIP = "skip"

#: Fields that several columns may fill.
SEVERAL = frozenset({"other_phone", "other_email", "handle", "note", "tags"})

_OVERFLOW = {"phone": "other_phone", "mobile": "other_phone", "email": "other_email"}
_MAIL = re.compile(r"[^@\s<>]+@[^@\s<>]+\.[\w-]{2,}")
_LINKEDIN = re.compile(r"linkedin\.com/", re.IGNORECASE)
_SOMEBODY_ELSE = re.compile(r"owner|assign|creat|manager|assistant|负责|创建|跟进", re.IGNORECASE)
_LEGAL = re.compile(
    r"公司|集团|\b(inc|ltd|llc|gmbh|corp|limited|company|co|s\.?a\.?|ag|plc|b\.?v\.?|s\.?r\.?l\.?|sarl|pty|llp|group)\b\.?",
    re.IGNORECASE,
)
# Ids of what several leads may have in common: only believed where no two rows have the same.
_SHARED_IDS = frozenset({"accountid", "companyid", "organizationid", "code", "leadnumber", "customernumber"})
# Facts that a list of companies has, and facts that only people have.
_OF_COMPANIES = frozenset({"industry", "size", "revenue", "registration_number"})
_OF_PEOPLE = frozenset({"given_name", "family_name", "title", "email", "mobile", "company", "linkedin"})


_MANY = frozenset({FieldKind.PHONE, FieldKind.EMAIL, FieldKind.TAGS, FieldKind.LONG_TEXT, FieldKind.HANDLE})


def holds_several(field: str) -> bool:
    """Whether several columns may be this field without one of them being lost."""
    return field not in FIELD or FIELD[field].kind in _MANY


def match_columns(
    columns: Sequence[str], samples: Sequence[Sequence[str]], stages: Mapping[str, str] | None = None
) -> tuple[str, ...]:
    """The field of each column: a field key, or CUSTOM where none is sure.

    `samples`: the first rows, as wide as `columns`. `stages`: folded names of the playbook's stages to their keys.
    Every field is used once, except those of SEVERAL.
    """
    contents = [_content(samples, at) for at in range(len(columns))]
    chosen: list[str] = [CUSTOM] * len(columns)
    taken: set[str] = set()
    for _, at, field in sorted(_claims(columns, contents, stages or {})):
        if chosen[at] != CUSTOM:
            continue
        if field in taken:
            field = _OVERFLOW.get(field, field)  # noqa: PLW2901
        if field in taken and field not in SEVERAL:
            continue
        chosen[at] = field
        taken.add(field)
    _by_content(columns, contents, chosen, taken)
    _companies(chosen)
    return tuple(chosen)


def _content(samples: Sequence[Sequence[str]], at: int) -> list[str]:
    return [row[at] for row in samples if at < len(row) and not is_nothing(row[at])]


def _claims(
    columns: Sequence[str], contents: Sequence[Sequence[str]], stages: Mapping[str, str]
) -> list[tuple[int, int, str]]:
    """(rank, column, field) for each meaning of each header that its content does not deny."""
    claims: list[tuple[int, int, str]] = []
    for at, header in enumerate(columns):
        for meaning in meanings(re.sub(r" \(\d+\)$", "", header)):
            if _agrees(meaning, header, contents[at], stages):
                # A column whose content proves its field comes before one that merely is called so.
                proven = meaning.field in {"origin", "stage", "linkedin"} and bool(contents[at])
                claims.append((-1 if proven else meaning.rank, at, meaning.field))
    return claims


def _agrees(meaning: Meaning, header: str, values: Sequence[str], stages: Mapping[str, str]) -> bool:
    """Whether what stands in a column may be the field its header names."""
    kind = FIELD[meaning.field].kind
    if kind is FieldKind.STAGE:
        return bool(values) and all(fold(value) in stages for value in values)
    if kind is FieldKind.CHOICE:
        return bool(values) and _share(values, _reads(meaning.field)) > 0.9
    if meaning.field == "linkedin":
        return _share(values, lambda value: _LINKEDIN.search(value) is not None) > 0.5 if values else meaning.rank < 4
    if meaning.field == "external_id":
        return len(set(values)) >= len(values) * (1 if fold(header) in _SHARED_IDS else 0.5)
    if kind in {FieldKind.EMAIL, FieldKind.DATE, FieldKind.YES_NO, FieldKind.MONEY, FieldKind.PHONE}:
        return not values or _share(values, _reads(meaning.field)) >= 0.5
    return True


def _reads(field: str) -> Callable[[str], bool]:
    def reads(value: str) -> bool:
        try:
            read_values(field, value, Style())
        except ValueError:
            return False
        return True

    return reads


def _share(values: Sequence[str], holds: Callable[[str], bool]) -> float:
    return sum(map(holds, values)) / len(values) if values else 0.0


def _by_content(columns: Sequence[str], contents: Sequence[Sequence[str]], chosen: list[str], taken: set[str]) -> None:
    """What columns without a telling name hold: mail addresses anywhere; the rest only where no column has a name."""
    nameless = all(header.startswith("#") for header in columns)
    for at, values in enumerate(contents):
        if chosen[at] != CUSTOM or not values or _SOMEBODY_ELSE.search(columns[at]):
            continue
        field = _held(values, nameless or columns[at].startswith("#"))
        field = _OVERFLOW.get(field, field) if field in taken else field
        if field and (field not in taken or field in SEVERAL):
            chosen[at] = field
            taken.add(field)
    if nameless:
        _people(contents, chosen, taken)


def _held(values: Sequence[str], nameless: bool) -> str:
    if _share(values, lambda value: _MAIL.fullmatch(value.strip()) is not None) >= 0.8:
        return "email"
    if not nameless:
        return ""
    if _share(values, lambda value: _LINKEDIN.search(value) is not None) >= 0.8:
        return "linkedin"
    if _share(values, lambda value: re.match(r"(https?://|www\.)", value.strip()) is not None) >= 0.8:
        return "website"
    digits = [re.sub(r"\D", "", value) for value in values]
    if _share(values, _reads("phone")) >= 0.9 and min(map(len, digits)) >= 7:
        mobiles = all(re.fullmatch(r"(86)?1[3-9]\d{9}", number) for number in digits)
        return "mobile" if mobiles else "phone"
    if _share(values, lambda value: _LEGAL.search(value) is not None) >= 0.5:
        return "company"
    return ""


def _people(contents: Sequence[Sequence[str]], chosen: list[str], taken: set[str]) -> None:
    """Names in a table without a header: a column that joins two others, else the first of words."""
    free = [
        at
        for at, values in enumerate(contents)
        if chosen[at] == CUSTOM and values and _share(values, lambda value: not re.search(r"[\d@]", value)) == 1
    ]
    for whole in free:
        for given in free:
            for family in free:
                triple = list(zip(contents[whole], contents[given], contents[family], strict=False))
                if len({whole, given, family}) == 3 and all(
                    a.split() == [*b.split(), *c.split()] for a, b, c in triple
                ):
                    chosen[whole], chosen[given], chosen[family] = "name", "given_name", "family_name"
                    return
    if free and "name" not in taken:
        chosen[free[0]] = "name"


def _companies(chosen: list[str]) -> None:
    """`Name` in a list of companies is the company's."""
    known = set(chosen)
    if "name" in known and len(known & _OF_COMPANIES) >= 2 and not known & _OF_PEOPLE:
        chosen[chosen.index("name")] = "company"
