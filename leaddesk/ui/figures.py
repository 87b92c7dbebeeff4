"""Sums, points, days and instants as a person reads them, in English and Chinese; sums and points heed the shield."""

from __future__ import annotations

from datetime import date, datetime

from leaddesk.qualify.terms import DAY, Instant, Money, Tenths, minor_digits, points
from leaddesk.ui import shield

# Currencies people know by sign. The yen shares ¥ with the yuan, so it says whose it is.
_SIGNS = {
    "EUR": "€",
    "USD": "$",
    "GBP": "£",
    "CNY": "¥",
    "JPY": "JP¥",
    "INR": "₹",
    "KRW": "₩",
    "BRL": "R$",
    "HKD": "HK$",
    "TWD": "NT$",
    "PLN": "zł ",
}
_UNITS = {"en": ((10**9, "B"), (10**6, "M"), (10**3, "k")), "zh_CN": ((10**8, "亿"), (10**4, "万"))}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEKDAYS = {
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    "zh_CN": ("周一", "周二", "周三", "周四", "周五", "周六", "周日"),
}
HOUR: Instant = 60 * 60 * 1000
MINUTE: Instant = 60 * 1000


def sign(currency: str) -> str:
    """What stands before a sum: € for EUR, the code itself where there is no sign."""
    return _SIGNS.get(currency, f"{currency} ")


def short_money(money: Money, language: str, digits: int = 3) -> str:
    """A sum in few letters: €380k, €2.1M, in Chinese €38万, ¥840万; rounded to so many significant digits."""
    if shield.is_up():
        return shield.DOTS
    major = abs(money.minor) / 10 ** minor_digits(money.currency)
    minus = "-" if money.minor < 0 else ""
    units = _UNITS.get(language, _UNITS["en"])
    rounded = _significant(major, digits)
    for size, name in units:
        if rounded >= size:
            return f"{minus}{sign(money.currency)}{_plain(rounded / size)}{name}"
    return f"{minus}{sign(money.currency)}{_plain(rounded)}"


def full_money(money: Money, language: str) -> str:
    """A sum to the last digit: €80,000, €1,250.50; in Chinese whole tens of thousands as 8万."""
    if shield.is_up():
        return shield.DOTS
    places = minor_digits(money.currency)
    whole, rest = divmod(abs(money.minor), 10**places)
    minus = "-" if money.minor < 0 else ""
    if language == "zh_CN" and not rest and whole >= 10**4 and whole % 10**3 == 0:
        return f"{minus}{sign(money.currency)}{_plain(whole / 10**4)}万"
    tail = f".{rest:0{places}d}" if rest else ""
    return f"{minus}{sign(money.currency)}{whole:,}{tail}"


def typed_money(money: Money) -> str:
    """A sum as it can be typed again: 30000 EUR, 1250.50 USD."""
    places = minor_digits(money.currency)
    whole, rest = divmod(abs(money.minor), 10**places)
    tail = f".{rest:0{places}d}" if rest else ""
    return f"{'-' if money.minor < 0 else ''}{whole}{tail} {money.currency}"


def count(number: int) -> str:
    """A count with its thousands set apart."""
    return f"{number:,}"


def short_count(number: int, language: str) -> str:
    """A count where there is room for four letters: 640, 1.3k, 8万."""
    for size, name in _UNITS.get(language, _UNITS["en"]):
        if number >= size:
            return f"{_plain(_significant(number / size, 2))}{name}"
    return str(number)


def signed_points(tenths: Tenths) -> str:
    """Points of one reason: +18, +2.5, −3."""
    shown = points(abs(tenths))
    return shield.figure(f"−{shown}" if tenths < 0 else f"+{shown}")


def exact_points(tenths: Tenths) -> str:
    """A score where it is explained point by point, and in what is spoken or shown on a resting pointer: 32.5, 32."""
    return shield.figure(f"{points(tenths)}")


def whole_points(tenths: Tenths) -> str:
    """A score on a card or in a list: cut, not rounded, so that a threshold looks passed only when it is."""
    return shield.figure(f"{tenths // 10}")


def days_since(at: Instant, now: Instant) -> int:
    """Whole days that have passed."""
    return max(0, (now - at) // DAY)


def days(number: int, language: str) -> str:
    """3d, 3 天."""
    return f"{number} 天" if language == "zh_CN" else f"{number}d"


def lasting(milliseconds: Instant, language: str) -> str:
    """How long something goes on: 12 min, 2 h, 3d; 12 分钟, 2 小时, 3 天."""
    chinese = language == "zh_CN"
    if milliseconds < HOUR:
        return f"{max(0, milliseconds // MINUTE)} {'分钟' if chinese else 'min'}"
    if milliseconds < DAY:
        return f"{milliseconds // HOUR} {'小时' if chinese else 'h'}"
    return days(milliseconds // DAY, language)


def near_day(day: date, today: date, language: str) -> str:
    """A day as it is spoken of: today, tomorrow, Thu, 25 Nov, 25 Nov 2027."""
    chinese = language == "zh_CN"
    ahead = (day - today).days
    if ahead == 0:
        return "今天" if chinese else "today"
    if ahead == 1:
        return "明天" if chinese else "tomorrow"
    if ahead == -1:
        return "昨天" if chinese else "yesterday"
    if 1 < ahead < 7:
        return _WEEKDAYS["zh_CN" if chinese else "en"][day.weekday()]
    return calendar_day(day, language, today)


def calendar_day(day: date, language: str, today: date | None = None) -> str:
    """A date: 25 Nov 2027, 2027年11月25日; without the year where it is this year's."""
    this_year = today is not None and day.year == today.year
    if language == "zh_CN":
        return f"{day.month}月{day.day}日" if this_year else f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {_MONTHS[day.month - 1]}" + ("" if this_year else f" {day.year}")


def weekday_date(day: date, language: str, today: date | None = None) -> str:
    """A day with its weekday: Tue 24 Nov, 11月24日 周二."""
    chinese = language == "zh_CN"
    weekday = _WEEKDAYS["zh_CN" if chinese else "en"][day.weekday()]
    shown = calendar_day(day, language, today)
    return f"{shown} {weekday}" if chinese else f"{weekday} {shown}"


def minutes_into(milliseconds: Instant) -> str:
    """How far into a call something was said: 04:12, 1:04:12; never before its begin."""
    minutes, seconds = divmod(max(0, milliseconds) // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes:02d}:{seconds:02d}"


def local_moment(at: Instant) -> datetime:
    """An instant on the clock of this machine."""
    return datetime.fromtimestamp(at / 1000).astimezone()


def moment(at: Instant, now: Instant, language: str) -> str:
    """When something happened: the time of day if today, else the day."""
    there, here = local_moment(at), local_moment(now)
    if there.date() == here.date():
        return there.strftime("%H:%M")
    return calendar_day(there.date(), language, here.date())


def is_square(text: str) -> bool:
    """Whether words begin with a letter that is as wide as high: Chinese, Japanese, Korean."""
    return bool(text) and ord(text[0]) >= 0x2E80


def _significant(value: float, digits: int) -> float:
    return float(f"{value:.{digits}g}")


def _plain(value: float) -> str:
    """Without a tail of zeros and never as 1e+06."""
    return f"{value:,.2f}".rstrip("0").rstrip(".")
