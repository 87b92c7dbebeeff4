"""What happens in the story: the file a rep has, the hours of her day, and what is said on the call, per language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from leaddesk.qualify.terms import Instant

_MINUTE: Instant = 60_000

#: Name, company, job, phone, mail, industry, people, city, source, value, number, booth.
_LEADS: tuple[tuple[str, ...], ...] = (
    ("Bo Svensson", "Nordic Foods AB", "Buyer", "+46 8 555 011 20", "bo@nordic.example", "Food", "80", "Stockholm"),
    ("Anna Kowalska", "Baltic Freight", "Head of Operations", "+48 58 555 01 42", "anna@baltic.example", "Logistics"),
    ("陈志强", "华辰精密制造", "总经理", "0512-6555 0148", "chen@huachen.example", "制造", "", "苏州"),
    ("Maria Rossi", "Rossi Tessuti", "Sales assistant", "+39 06 555 0171", "maria@rossi.example", "Textile", "35"),
    ("李娜", "江南包装", "采购", "025-5555 0133", "li@jiangnan.example", "包装", "60", "南京"),
    ("Tom Baker", "Baker Consulting", "Consultant", "+44 20 7946 0101", "tom@baker.example", "Consulting", "8"),
    ("王晓明", "南方仪器", "工程师", "020-5555 0190", "wang@nanfang.example", "仪器", "150", "广州"),
    ("Ines Costa", "Porto Wines", "Owner's assistant", "+351 22 555 0100", "ines@porto.example", "Wine", "20"),
    ("Peter Novak", "Novak Stavby", "Foreman", "+420 2 5555 0155", "peter@novak.example", "Construction", "45"),
    ("赵敏", "滨海食品", "", "0411-5555 0167", "zhao@binhai.example", "食品", "90", "大连"),
    ("", "Quiet Mills", "", "+1 207 555 0188", "", "Paper", "30", "Bangor"),
)
_CITIES = {1: "Gdansk"}
_SOURCES = ("Trade fair", "Inbound", "展会", "Referral")
_VALUES = {1: "38000 EUR", 2: "210000 CNY"}
_HEADERS = {
    "en": "Full Name,Company,Job Title,Phone,Email,Industry,Employees,City,Lead Source,Deal Value,Lead ID,Booth",
    "zh_CN": "姓名,公司名称,职位,电话,邮箱,行业,员工人数,城市,来源,金额,客户编号,展位",
}
LEADS_IN_FILE = len(_LEADS)
#: A quote that never closes: nobody can say where this row's cells end.
UNREADABLE = '"Broken,row'
UNREADABLE_LINE = 7


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said to a question: the keys that answer it in the window, and the value that does on a line."""

    question: str
    keys: tuple[str, ...]
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Tale:
    """The story in one language and theme. `lead` is called; `passed_over` come before and are put off."""

    language: str
    theme: str
    encoding: str
    lead: str
    lead_id: str
    phone: str
    passed_over: int
    typed_name: str
    sum_typed: str
    sum_said: str
    sum_shown: str
    day_typed: str
    hope: str
    preparer: str
    note: str

    @property
    def call(self) -> tuple[Answer, ...]:
        """What is said on the call, in order: corrected once, evaded once, and one thing they do not know."""
        return (
            Answer("approver", ("3",), "committee"),
            Answer("preparer", ("2", f"'{self.preparer}", "Return"), self.preparer),
            Answer("difficulty", ("1",), "ours"),
            Answer("approver", ("1",), "on_call"),
            Answer("budget_sum", ("Tab", f"'{self.sum_typed}", "Return"), self.sum_said),
            Answer("people", ("1", "5", "Return"), "users,management"),
            Answer("size", ("Tab", "'240", "Return"), "240"),
            Answer("unsolved", ("4",), "4"),
            Answer("hoped", ("1", f"'{self.hope}", "Return"), self.hope),
            Answer("go_live", ("Tab", f"'{self.day_typed}", "Return"), "2026-04-13"),
            Answer("culture", ("1",), "yes"),
            Answer("used_today", ("0",), "--unknown"),
            Answer("reserved", ("9",), "--evaded", self.note),
        )


ENGLISH = Tale(
    language="en",
    theme="light",
    encoding="utf-8",
    lead="Anna Kowalska",
    lead_id="C-102",
    phone="+48 58 555 01 42",
    passed_over=0,
    typed_name="kowal",
    sum_typed="30k",
    sum_said="30000 EUR",
    sum_shown="€30k",
    day_typed="in 6 weeks",
    hope="Half the errors in invoices",
    preparer="Marek Nowak",
    note="Asks for figures by Friday",
)
CHINESE = Tale(
    language="zh_CN",
    theme="dark",
    encoding="gb18030",
    lead="陈志强",
    lead_id="C-103",
    phone="0512-6555 0148",
    passed_over=1,
    typed_name="志强",
    sum_typed="30万",
    sum_said="300000 CNY",
    sum_shown="¥30万",
    day_typed="6周后",
    hope="开票差错减半",
    preparer="周丽",
    note="周五之前要数据",
)


class Clock:
    """The time of the story: from ten o'clock here on Monday, 2 March 2026, or some hours later, minute by minute."""

    def __init__(self, hours: int = 0) -> None:
        self._now: Instant = round(datetime(2026, 3, 2, 10, 0).astimezone().timestamp() * 1000)
        self.pass_minutes(60 * hours)

    def __call__(self) -> Instant:
        """This instant."""
        return self._now

    def pass_minutes(self, minutes: int = 1) -> None:
        """Time goes on."""
        self._now += minutes * _MINUTE

    @property
    def typed(self) -> str:
        """This instant as a person types it on a line."""
        return datetime.fromtimestamp(self._now / 1000).astimezone().isoformat(timespec="seconds")


def write_leads(folder: Path, tale: Tale) -> Path:
    """The file a rep has: a dozen rows of English and Chinese leads, one of which nobody can read."""
    rows = []
    for place, lead in enumerate(_LEADS):
        name, company, job, phone, mail, industry, size, city = (*lead, "", "")[:8]
        cells = [name, company, job, phone, mail, industry, size, city or _CITIES.get(place, "")]
        cells += [_SOURCES[place % len(_SOURCES)], _VALUES.get(place, ""), f"C-{101 + place}", f"H{place % 3}"]
        rows.append(",".join(cells))
    rows.insert(UNREADABLE_LINE - 2, UNREADABLE)
    path = folder / "leads.csv"
    path.write_text("\n".join((_HEADERS[tale.language], *rows)) + "\n", encoding=tale.encoding)
    return path
